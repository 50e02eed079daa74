//! Settings of a client, checked when it is built.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use super::core::{Core, Settings};
use crate::check;
use crate::credentials::{Credentials, CredentialsError};
use crate::endpoint::{Endpoint, InvalidEndpoint};
use crate::invalid::InvalidRequest;
use crate::password::PolicyEnforcement;
use crate::region::{ServiceEndpoints, UnknownRegion};
use crate::transport::{ReqwestTransport, Transport, TransportError};

/// What User-Agent says unless a client names itself.
const USER_AGENT: &str = concat!("huaweicloud-runtime/", env!("CARGO_PKG_VERSION"));
/// The longest region name accepted, in bytes. The vendor's have up to 16.
const LONGEST_REGION: usize = 64;

/// Collects the settings of a [`Core`].
#[derive(Clone)]
pub struct CoreBuilder {
    region: String,
    endpoint: Option<String>,
    service_endpoints: BTreeMap<String, String>,
    credentials: Option<Credentials>,
    project_id: Option<String>,
    enforcement: PolicyEnforcement,
    plain_http: bool,
    transport: Option<Arc<dyn Transport>>,
    user_agent: String,
}

/// Why a client cannot be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuilderError {
    /// No credentials were given.
    #[error(
        "no credentials: call `.credentials(..)` with `Credentials::from_env()?`, \
         `Credentials::aksk(..)` or `Credentials::token(..)`"
    )]
    NoCredentials,
    /// The credentials hold an unusable value.
    #[error(transparent)]
    Credentials(CredentialsError),
    /// The region's name is malformed.
    #[error("`{0}` is no region name: use lower-case letters, digits and dashes, as in cn-north-4")]
    MalformedRegion(String),
    /// No service knows the region, and no endpoint was given.
    #[error(transparent)]
    UnknownRegion(UnknownRegion),
    /// An endpoint was given for a service that this client does not have.
    #[error("no service is called `{service}`; the services of this client are: {known}")]
    UnknownService {
        /// The name given.
        service: String,
        /// The names there are.
        known: String,
    },
    /// An endpoint cannot be used.
    #[error(transparent)]
    Endpoint(InvalidEndpoint),
    /// The project id cannot be part of a path.
    #[error(transparent)]
    ProjectId(InvalidRequest),
    /// The User-Agent cannot be sent.
    #[error("the user agent holds characters that no header can carry; use visible ASCII")]
    UserAgent,
    /// The transport cannot be set up, for example without TLS.
    #[error("the transport cannot be set up: {}", .0.reason())]
    Transport(TransportError),
}

impl CoreBuilder {
    /// Begins with a region, such as `cn-north-4`.
    pub fn new(region: impl Into<String>) -> Self {
        Self {
            region: region.into(),
            endpoint: None,
            service_endpoints: BTreeMap::new(),
            credentials: None,
            project_id: None,
            enforcement: PolicyEnforcement::default(),
            plain_http: false,
            transport: None,
            user_agent: USER_AGENT.to_owned(),
        }
    }

    /// The address of all services, instead of those of the region.
    #[must_use]
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// The address of one service; it goes before [`endpoint`](Self::endpoint).
    #[must_use]
    pub fn service_endpoint(mut self, service: &str, url: impl Into<String>) -> Self {
        self.service_endpoints
            .insert(service.to_owned(), url.into());
        self
    }

    /// Who is calling. Needed.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// The project of calls that name none; it goes before the one kept with
    /// the credentials.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// What to do with a password that breaks its policy. Default: refuse it.
    #[must_use]
    pub fn password_policy(mut self, enforcement: PolicyEnforcement) -> Self {
        self.enforcement = enforcement;
        self
    }

    /// Allows endpoints with plain http on other machines. Secrets and
    /// signatures then cross the network in the open.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Sends through a transport of the caller's making.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(transport);
        self
    }

    /// Sends through a reqwest client of the caller's making; see
    /// [`ReqwestTransport::with_client`].
    #[must_use]
    pub fn reqwest_client(self, client: reqwest::Client) -> Self {
        self.transport(Arc::new(ReqwestTransport::with_client(client)))
    }

    /// What User-Agent says.
    #[must_use]
    pub fn user_agent(mut self, value: impl Into<String>) -> Self {
        self.user_agent = value.into();
        self
    }

    /// Checks everything and builds the client of these services.
    ///
    /// # Errors
    /// [`BuilderError`] names the setting and what to do.
    pub fn build(self, services: &'static [ServiceEndpoints]) -> Result<Core, BuilderError> {
        let credentials = self
            .credentials
            .as_ref()
            .ok_or(BuilderError::NoCredentials)?;
        credentials.validate().map_err(BuilderError::Credentials)?;
        if !is_region(&self.region) {
            let shown = self.region.chars().take(LONGEST_REGION).collect();
            return Err(BuilderError::MalformedRegion(shown));
        }
        let project_id = self
            .project_id
            .clone()
            .or_else(|| credentials.project().map(str::to_owned));
        if let Some(id) = &project_id {
            check::identifier("project_id", id).map_err(BuilderError::ProjectId)?;
        }
        let user_agent =
            HeaderValue::from_str(&self.user_agent).map_err(|_| BuilderError::UserAgent)?;
        let endpoints = self.endpoints(services)?;
        let transport = match &self.transport {
            Some(transport) => Arc::clone(transport),
            None => default_transport(&endpoints).map_err(BuilderError::Transport)?,
        };
        Ok(Core::new(Settings {
            region: self.region,
            services,
            endpoints,
            credentials: credentials.clone(),
            project_id,
            enforcement: self.enforcement,
            transport,
            user_agent,
        }))
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
        for service in services {
            let given = self
                .service_endpoints
                .get(service.service)
                .or(self.endpoint.as_ref());
            let url = match given {
                Some(url) => url.as_str(),
                None => match service.lookup(&self.region) {
                    Ok(url) => url,
                    Err(unknown) => {
                        first_unknown.get_or_insert(unknown);
                        continue;
                    }
                },
            };
            endpoints.insert(service.service, self.parse(url)?);
        }
        match first_unknown {
            Some(unknown) if endpoints.is_empty() => Err(BuilderError::UnknownRegion(unknown)),
            _ => Ok(endpoints),
        }
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
) -> Result<Arc<dyn Transport>, TransportError> {
    let transport = if endpoints.values().any(Endpoint::is_https) {
        ReqwestTransport::new()?
    } else {
        ReqwestTransport::plain_http()?
    };
    Ok(Arc::new(transport))
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

impl fmt::Debug for CoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoreBuilder")
            .field("region", &self.region)
            .field("credentials", &self.credentials)
            .field("enforcement", &self.enforcement)
            .finish_non_exhaustive()
    }
}
