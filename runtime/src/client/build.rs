//! Checking the settings, and building a client from them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::build_error::BuilderError;
use super::builder::CoreBuilder;
use super::core::{Core, Settings, Timeouts};
use super::pending::{Assumed, Pending};
use crate::check;
use crate::credentials::{Credentials, env};
use crate::endpoint::Endpoint;
use crate::identity::{self, IamPending};
use crate::region::ServiceEndpoints;
use crate::retry::Budget;
use crate::transport::{ConnectionSettings, HttpTransport, Transport, TransportError};

/// The longest region name accepted, in bytes. The vendor's have up to 16.
const LONGEST_REGION: usize = 64;
/// Longer timeouts are cut to this, so that the clock can count them.
const LONGEST_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 3600);

impl CoreBuilder {
    /// Checks everything and builds the client of these services.
    ///
    /// # Errors
    /// [`BuilderError`] names the setting and what to do.
    pub fn build(self, services: &'static [ServiceEndpoints]) -> Result<Core, BuilderError> {
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
        for (field, value) in [
            ("project_id", &project_id),
            ("project_name", &self.project_name),
        ] {
            if let Some(value) = value {
                check::identifier(field, value).map_err(BuilderError::ProjectId)?;
            }
        }
        if let Some(problem) = self.agency.as_ref().and_then(identity::Agency::problem) {
            return Err(BuilderError::Agency { problem });
        }
        let user_agent =
            HeaderValue::from_str(&self.user_agent).map_err(|_| BuilderError::UserAgent)?;
        let timeouts = self.timeouts()?;
        let endpoints = self.endpoints(services)?;
        let addressed = services
            .iter()
            .map(|service| service.service)
            .filter(|name| self.endpoint.is_some() || self.service_endpoints.contains_key(*name))
            .collect();
        let transport = match (&self.transport, self.connection_set_by) {
            (Some(_), Some(setting)) => return Err(BuilderError::OwnTransport { setting }),
            (Some(transport), None) => Arc::clone(transport),
            (None, _) => {
                let settings = ConnectionSettings {
                    connect_timeout: self.connection.connect_timeout.min(LONGEST_TIMEOUT),
                    ..self.connection.clone()
                };
                default_transport(&endpoints, &settings).map_err(BuilderError::Transport)?
            }
        };
        let (provider, fixed, assumed) = match self.agency {
            None => (provider, self.credentials, None),
            // Nobody is to call as the caller itself.
            Some(agency) => {
                let caller = Assumed {
                    agency,
                    caller: provider,
                    fixed: self.credentials,
                };
                (Arc::new(IamPending) as _, None, Some(caller))
            }
        };
        Ok(Core::new(Settings {
            region: self.region,
            services,
            endpoints,
            provider,
            fixed,
            addressed,
            plain_http: self.plain_http,
            project_id,
            look_up_project: self.look_up_project || self.project_name.is_some(),
            project_name: self.project_name,
            is_scoped: false,
            pending: Pending {
                login: self.login,
                assumed,
            },
            projects: None,
            enforcement: self.enforcement,
            transport,
            user_agent,
            signing: self.signing,
            timeouts,
            retry: self.retry,
            budget: Arc::new(Budget::new(self.retry.repetitions())),
            clock: Arc::default(),
            observer: self.observer,
        }))
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

    /// The address of each service that has one.
    fn endpoints(
        &self,
        services: &'static [ServiceEndpoints],
    ) -> Result<BTreeMap<&'static str, Endpoint>, BuilderError> {
        if let Some(unknown) = self
            .service_endpoints
            .keys()
            .find(|name| services.iter().all(|service| service.service != **name))
        {
            let known: Vec<&str> = services.iter().map(|service| service.service).collect();
            return Err(BuilderError::UnknownService {
                service: unknown.clone(),
                known: known.join(", "),
            });
        }
        let mut endpoints = BTreeMap::new();
        let mut first_unknown = None;
        // A service for all regions does not show that the region exists, and is not asked for a
        // region that no document names: a private cloud has an IAM of its own, and its passwords
        // are for nobody else.
        let is_known = services.iter().any(|service| service.knows(&self.region));
        let mut is_regional = is_known || self.endpoint.is_some();
        for service in services {
            let given = self
                .service_endpoints
                .get(service.service)
                .or(self.endpoint.as_ref());
            let of_environment = match given {
                Some(_) => None,
                None => self.of_environment(service.service)?,
            };
            let url = match given.or(of_environment.as_ref()) {
                Some(url) => url.as_str(),
                None => match service.lookup(&self.region) {
                    Ok(_) if !is_known => continue,
                    Ok(url) => url,
                    Err(unknown) => {
                        first_unknown.get_or_insert(unknown);
                        continue;
                    }
                },
            };
            is_regional |= service.global.is_none();
            endpoints.insert(service.service, self.parse(url)?);
        }
        match first_unknown {
            Some(unknown) if !is_regional => Err(BuilderError::UnknownRegion(unknown)),
            _ => Ok(endpoints),
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

/// TLS is set up only where an endpoint needs it, so that a local simulator
/// works on a machine without CA certificates.
fn default_transport(
    endpoints: &BTreeMap<&'static str, Endpoint>,
    settings: &ConnectionSettings,
) -> Result<Arc<dyn Transport>, TransportError> {
    let https = endpoints.values().any(Endpoint::is_https);
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
