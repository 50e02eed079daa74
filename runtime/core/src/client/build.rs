//! Checking the settings, and building a client from them.

use std::collections::BTreeMap;
use std::sync::Arc;

use http::HeaderValue;

use super::build_error::BuilderError;
use super::checked::{Checked, LONGEST_TIMEOUT, Timeouts};
use super::description::ClientDescription;
use super::engine::Engine;
use super::headers::ExtraHeaders;
use super::settings::Settings;
use super::template::filled;
use crate::authentication::Authentication;
use crate::endpoint::Endpoint;
use crate::environment::Environment;
use crate::error::CredentialsFailure;
use crate::rate::{Limiter, RateLimit};
use crate::region::{ServiceEndpoints, UnknownRegion};
use crate::retry::Budget;
use crate::transport::{
    ConnectionSettings, HttpTransport, InvalidProxy, Proxy, ProxyProblem, Transport, TransportError,
};

/// The longest region name accepted, in bytes. Those of clouds have up to 16.
const LONGEST_REGION: usize = 64;

/// Refuses what is no name of a region.
///
/// # Errors
/// [`BuilderError::MalformedRegion`].
pub fn check_region<C: CredentialsFailure>(region: &str) -> Result<(), BuilderError<C>> {
    if is_region(region) {
        return Ok(());
    }
    let shown = region.chars().take(LONGEST_REGION).collect();
    Err(BuilderError::MalformedRegion(shown))
}

impl Settings {
    /// Checks everything and builds what the client of these services stands on. The region was
    /// checked; an API without regions has the empty one.
    ///
    /// `environment` gives the address of a service that no setting and before the document gives
    /// one.
    ///
    /// # Errors
    /// [`BuilderError`] names the setting and what to do.
    pub fn build<A: Authentication>(
        self,
        description: &ClientDescription,
        region: String,
        authentication: A,
        environment: impl Fn(&str) -> Result<Option<String>, BuilderError<A::Error>>,
    ) -> Result<Engine<A>, BuilderError<A::Error>> {
        let services = description.services;
        let user_agent = self.user_agent.as_deref().unwrap_or(description.user_agent);
        let user_agent = HeaderValue::from_str(user_agent).map_err(|_| BuilderError::UserAgent)?;
        let timeouts = self.timeouts()?;
        let limiter = self.limiter(services)?;
        let endpoints = self.endpoints(services, &region, environment)?;
        let transport = match (&self.transport, self.connection_set_by) {
            (Some(_), Some(setting)) => return Err(BuilderError::OwnTransport { setting }),
            (Some(Ok(transport)), None) => Arc::clone(transport),
            (Some(Err(error)), None) => return Err(BuilderError::Transport(error.clone())),
            (None, _) => {
                let settings = self.connections()?;
                default_transport(&endpoints, &settings).map_err(BuilderError::Transport)?
            }
        };
        Ok(Engine::new(Checked {
            authentication,
            region,
            services,
            endpoints,
            enforcement: self.enforcement,
            transport,
            user_agent,
            timeouts,
            retry: self.retry,
            budget: Arc::new(Budget::new(self.retry.repetitions())),
            limiter: Arc::new(limiter),
            clock: Arc::default(),
            lockout_guard: Arc::default(),
            observer: self.observer,
            extra: ExtraHeaders::default(),
        }))
    }

    fn timeouts<C: CredentialsFailure>(&self) -> Result<Timeouts, BuilderError<C>> {
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
    fn connections<C: CredentialsFailure>(&self) -> Result<ConnectionSettings, BuilderError<C>> {
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

    /// The limit of each service: the caller's, else the document's.
    fn limiter<C: CredentialsFailure>(
        &self,
        services: &'static [ServiceEndpoints],
    ) -> Result<Limiter, BuilderError<C>> {
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
    fn endpoints<C: CredentialsFailure>(
        &self,
        services: &'static [ServiceEndpoints],
        region: &str,
        environment: impl Fn(&str) -> Result<Option<String>, BuilderError<C>>,
    ) -> Result<BTreeMap<&'static str, Endpoint>, BuilderError<C>> {
        all_known(self.service_endpoints.keys(), services)?;
        let mut endpoints = BTreeMap::new();
        let mut unknown = Vec::new();
        // A service for all regions does not show that the region exists, and is not asked for a
        // region that no document names: a private cloud has a sign-in of its own, and its passwords
        // are for nobody else.
        let is_known = region.is_empty() || services.iter().any(|service| service.knows(region));
        let mut is_regional = is_known || self.addresses_all();
        for service in services {
            let given = match self.given(service.service, region)? {
                Some(url) => Some(url),
                None => environment(service.service)?,
            };
            let url = match given {
                Some(url) => url,
                None => match service.lookup(region) {
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
        let is_somewhere = is_regional && !(region.is_empty() && endpoints.is_empty());
        if is_somewhere || unknown.is_empty() {
            return Ok(endpoints);
        }
        let unknown = UnknownRegion::to(unknown, region);
        Err(BuilderError::UnknownRegion(unknown))
    }

    /// The address that a setting gives a service: by name, with all others, by a pattern.
    fn given<C: CredentialsFailure>(
        &self,
        service: &str,
        region: &str,
    ) -> Result<Option<String>, BuilderError<C>> {
        let by_name = self.service_endpoints.get(service);
        if let Some(url) = by_name.or(self.endpoint.as_ref()) {
            return Ok(Some(url.clone()));
        }
        let template = self.endpoint_template.as_deref();
        template
            .map(|template| filled(template, service, region))
            .transpose()
            .map_err(BuilderError::Endpoint)
    }

    fn parse<C: CredentialsFailure>(&self, url: &str) -> Result<Endpoint, BuilderError<C>> {
        if self.plain_http {
            Endpoint::parse_allowing_plain_http(url)
        } else {
            Endpoint::parse(url)
        }
        .map_err(BuilderError::Endpoint)
    }
}

/// Settings for a service that this client does not have are a mistake.
fn all_known<'a, C: CredentialsFailure>(
    mut named: impl Iterator<Item = &'a String>,
    services: &'static [ServiceEndpoints],
) -> Result<(), BuilderError<C>> {
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
