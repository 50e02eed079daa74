//! Checking the settings, and building a client from them.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::HeaderValue;

use super::build_error::BuilderError;
use super::builder::ClientBuilder;
use super::core::Core;
use super::generic::ClientDescription;
use super::headers::ExtraHeaders;
use super::pending::Pending;
use super::settings::{LONGEST_TIMEOUT, Settings, Timeouts};
use crate::check;
use crate::credential::{Credentials, Environment, env};
use crate::endpoint::Endpoint;
use crate::identity;
use crate::rate::{Limiter, RateLimit};
use crate::region::{ServiceEndpoints, UnknownRegion};
use crate::retry::Budget;
use crate::transport::{
    ConnectionSettings, HttpTransport, InvalidProxy, Proxy, ProxyProblem, Transport, TransportError,
};

/// The longest region name accepted, in bytes. The vendor's have up to 16.
const LONGEST_REGION: usize = 64;
impl<C> ClientBuilder<C> {
    /// Checks everything and builds what the client of these services stands on.
    pub(super) fn build_core(self, description: &ClientDescription) -> Result<Core, BuilderError> {
        let services = description.services;
        let provider = self.provider.clone().ok_or(BuilderError::NoCredentials)?;
        let credentials = self.credentials.as_ref();
        if let Some(credentials) = credentials {
            credentials.validate().map_err(BuilderError::Credentials)?;
        }
        if !is_region(&self.region) {
            let shown = self.region.chars().take(LONGEST_REGION).collect();
            return Err(BuilderError::MalformedRegion(shown));
        }
        let project_id = self
            .project_id
            .as_deref()
            .or(credentials.and_then(|credentials| self.project_of(credentials)))
            .map(str::to_owned);
        let project_name = self.project_name.as_ref().map(|name| name.what.clone());
        for (field, value) in [("project_id", &project_id), ("project_name", &project_name)] {
            if let Some(value) = value {
                check::identifier(field, value).map_err(BuilderError::ProjectId)?;
            }
        }
        if let Some(problem) = self.agency.as_ref().and_then(|it| it.what.problem()) {
            return Err(BuilderError::Agency { problem });
        }
        let user_agent = self.user_agent.as_deref().unwrap_or(description.user_agent);
        let user_agent = HeaderValue::from_str(user_agent).map_err(|_| BuilderError::UserAgent)?;
        let timeouts = self.timeouts()?;
        let limiter = self.limiter(services)?;
        let endpoints = self.endpoints(services)?;
        let addressed = services
            .iter()
            .map(|service| service.service)
            .filter(|name| self.addresses_all() || self.by_name(name).is_some())
            .collect();
        let transport = match (&self.transport, self.connection_set_by) {
            (Some(_), Some(setting)) => return Err(BuilderError::OwnTransport { setting }),
            (Some(Ok(transport)), None) => Arc::clone(transport),
            (Some(Err(error)), None) => return Err(BuilderError::Transport(error.clone())),
            (None, _) => {
                let settings = self.connections()?;
                default_transport(&endpoints, &settings).map_err(BuilderError::Transport)?
            }
        };
        let pending = Pending {
            login: self.login,
            agency: self.agency,
            project_name: self.project_name,
            look_up: self.look_up,
        };
        let mut settings = Settings {
            region: self.region,
            services,
            endpoints,
            provider,
            fixed: self.credentials,
            addressed,
            plain_http: self.plain_http,
            project_id,
            project_name,
            is_scoped: false,
            projects: None,
            enforcement: self.enforcement,
            transport,
            user_agent,
            signing: self.signing,
            timeouts,
            retry: self.retry,
            budget: Arc::new(Budget::new(self.retry.repetitions())),
            limiter: Arc::new(limiter),
            clock: Arc::default(),
            gate: Arc::default(),
            observer: self.observer,
            extra: ExtraHeaders::default(),
        };
        settings.ask_identity(pending, description.identity)?;
        Ok(Core::new(settings))
    }

    /// The project that is kept with the credentials, where it is the one that calls are made in.
    fn project_of<'a>(&self, credentials: &'a Credentials) -> Option<&'a str> {
        let is_meant = self.project_name.is_none() && self.agency.is_none();
        credentials.project().filter(|_| is_meant)
    }

    fn timeouts(&self) -> Result<Timeouts, BuilderError> {
        for (setting, timeout) in [
            ("connect_timeout", self.connection.connect_timeout),
            ("attempt_timeout", self.attempt_timeout),
            ("operation_timeout", self.operation_timeout),
        ] {
            if timeout.is_zero() {
                return Err(BuilderError::NoTime { setting });
            }
        }
        Ok(Timeouts {
            attempt: self.attempt_timeout.min(LONGEST_TIMEOUT),
            operation: self.operation_timeout.min(LONGEST_TIMEOUT),
        })
    }

    /// How connections are made, with the proxy that is named at this moment.
    fn connections(&self) -> Result<ConnectionSettings, BuilderError> {
        if let Some((host, problem)) = self.connection.names.problem() {
            return Err(BuilderError::Resolve { host, problem });
        }
        let login = self.proxy_login.as_ref();
        let proxy = match (&self.proxy, login) {
            (Some(source), _) => Proxy::of(source, login, &Environment::of_process()),
            (None, Some(_)) => Err(InvalidProxy::new(
                "`.proxy_login(..)`",
                ProxyProblem::NoProxy,
            )),
            (None, None) => Ok(None),
        };
        Ok(ConnectionSettings {
            connect_timeout: self.connection.connect_timeout.min(LONGEST_TIMEOUT),
            proxy: proxy.map_err(BuilderError::Proxy)?,
            ..self.connection.clone()
        })
    }

    /// Whether one setting gives all services an address.
    fn addresses_all(&self) -> bool {
        self.endpoint.is_some() || self.endpoint_template.is_some()
    }

    /// The limit of each service: the caller's, else the document's.
    fn limiter(&self, services: &'static [ServiceEndpoints]) -> Result<Limiter, BuilderError> {
        all_known(self.rate_limits.keys(), services)?;
        if self.rate_limits.values().any(RateLimit::is_nothing) {
            let setting = "rate_limit";
            return Err(BuilderError::NoTime { setting });
        }
        let limits = services.iter().map(|service| {
            let documented = service.rate_limit.filter(|_| self.documented_limits);
            let given = self.rate_limits.get(service.service).copied();
            (service.service, given.or(documented))
        });
        Ok(Limiter::new(limits, self.documented_limits))
    }

    /// The address of each service that has one.
    fn endpoints(
        &self,
        services: &'static [ServiceEndpoints],
    ) -> Result<BTreeMap<&'static str, Endpoint>, BuilderError> {
        all_known(self.service_endpoints.keys(), services)?;
        let mut endpoints = BTreeMap::new();
        let mut unknown = Vec::new();
        // A service for all regions does not show that the region exists, and is not asked for a
        // region that no document names: a private cloud has an IAM of its own, and its passwords
        // are for nobody else.
        let is_known = services.iter().any(|service| service.knows(&self.region));
        let mut is_regional = is_known || self.addresses_all();
        for service in services {
            let url = match self.given(service.service)? {
                Some(url) => url,
                None => match service.lookup(&self.region) {
                    Ok(_) if !is_known => continue,
                    Ok(url) => url.to_owned(),
                    Err(_) => {
                        unknown.push(service);
                        continue;
                    }
                },
            };
            is_regional |= service.global.is_none();
            endpoints.insert(service.service, self.parse(&url)?);
        }
        if is_regional || unknown.is_empty() {
            return Ok(endpoints);
        }
        let unknown = UnknownRegion::to(unknown, &self.region);
        Err(BuilderError::UnknownRegion(unknown))
    }

    /// The address of this service alone.
    fn by_name(&self, service: &str) -> Option<&String> {
        let of_config = self.iam_endpoint.as_ref();
        let given = self.service_endpoints.get(service);
        given.or(of_config.filter(|_| service == identity::SERVICE))
    }

    /// The address that a service is given: by name, with all others, by the environment.
    fn given(&self, service: &str) -> Result<Option<String>, BuilderError> {
        if let Some(url) = self.by_name(service).or(self.endpoint.as_ref()) {
            return Ok(Some(url.clone()));
        }
        match self.of_template(service).map_err(BuilderError::Endpoint)? {
            Some(url) => Ok(Some(url)),
            None => self.of_environment(service),
        }
    }

    /// The address that the environment gives a service in the region.
    fn of_environment(&self, service: &str) -> Result<Option<String>, BuilderError> {
        let Some(environment) = &self.environment else {
            return Ok(None);
        };
        let regional = format!("{}_{service}_{}", env::REGION_PREFIX, self.region)
            .to_ascii_uppercase()
            .replace('-', "_");
        let names = (service == identity::SERVICE)
            .then(|| env::IAM_ENDPOINT.to_owned())
            .into_iter()
            .chain([regional]);
        for name in names {
            let Some(value) = environment.var(&name) else {
                continue;
            };
            let Some(text) = value.to_str() else {
                return Err(BuilderError::EnvironmentEndpoint { name });
            };
            // Several addresses stand for one service; the first is as good as any.
            let first = text.split(',').next().unwrap_or_default().trim();
            return Ok(Some(first.to_owned()));
        }
        Ok(None)
    }

    fn parse(&self, url: &str) -> Result<Endpoint, BuilderError> {
        if self.plain_http {
            Endpoint::parse_allowing_plain_http(url)
        } else {
            Endpoint::parse(url)
        }
        .map_err(BuilderError::Endpoint)
    }
}

/// Settings for a service that this client does not have are a mistake.
fn all_known<'a>(
    mut named: impl Iterator<Item = &'a String>,
    services: &'static [ServiceEndpoints],
) -> Result<(), BuilderError> {
    let unknown = named.find(|name| services.iter().all(|service| service.service != **name));
    let Some(unknown) = unknown else {
        return Ok(());
    };
    let known: Vec<&str> = services.iter().map(|service| service.service).collect();
    Err(BuilderError::UnknownService {
        service: unknown.clone(),
        known: known.join(", "),
    })
}

/// TLS is set up only where an endpoint needs it, so that a local simulator
/// works on a machine without CA certificates.
fn default_transport(
    endpoints: &BTreeMap<&'static str, Endpoint>,
    settings: &ConnectionSettings,
) -> Result<Arc<dyn Transport>, TransportError> {
    let https = endpoints.values().any(Endpoint::is_https)
        || settings.proxy.as_ref().is_some_and(Proxy::is_https);
    Ok(Arc::new(HttpTransport::with_settings(settings, https)?))
}

fn is_region(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST_REGION
        && !name.starts_with('-')
        && !name.ends_with('-')
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
