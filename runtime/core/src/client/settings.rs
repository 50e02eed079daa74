//! The settings of a client, not checked yet.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::observe::Observer;
use crate::password::PolicyEnforcement;
use crate::rate::RateLimit;
use crate::retry::RetryPolicy;
use crate::transport::{
    ATTEMPT_TIMEOUT, ConnectionSettings, Login, ProxySource, Transport, TransportError,
};

/// How long a call may take in all, unless a client says otherwise.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(60);

/// What a client can be told besides who calls. `client_setters!` has the methods.
#[derive(Clone)]
pub struct Settings {
    /// One address for all services.
    pub endpoint: Option<String>,
    /// A pattern for the addresses of all services.
    pub endpoint_template: Option<String>,
    /// The addresses of single services, by name.
    pub service_endpoints: BTreeMap<String, String>,
    /// What happens to a password that breaks its policy.
    pub enforcement: PolicyEnforcement,
    /// Whether `http://` to other machines is allowed.
    pub plain_http: bool,
    /// The caller's, or why there is none.
    pub transport: Option<Result<Arc<dyn Transport>, TransportError>>,
    /// How connections are made and kept.
    pub connection: ConnectionSettings,
    /// Read when the client is built.
    pub proxy: Option<ProxySource>,
    /// User and password at the proxy.
    pub proxy_login: Option<Login>,
    /// The method that last changed `connection` or the proxy.
    pub connection_set_by: Option<&'static str>,
    /// Unless it is set, the client names itself.
    pub user_agent: Option<String>,
    /// How long one attempt may take.
    pub attempt_timeout: Duration,
    /// How long a call may take in all.
    pub operation_timeout: Duration,
    /// Which calls are sent again.
    pub retry: RetryPolicy,
    /// By service; they go before the API documents' own.
    pub rate_limits: BTreeMap<String, RateLimit>,
    /// Whether the limits in the API documents hold.
    pub documented_limits: bool,
    /// Who is told how attempts and calls end.
    pub observer: Option<Arc<dyn Observer>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            endpoint: None,
            endpoint_template: None,
            service_endpoints: BTreeMap::new(),
            enforcement: PolicyEnforcement::default(),
            plain_http: false,
            transport: None,
            connection: ConnectionSettings::default(),
            proxy: None,
            proxy_login: None,
            connection_set_by: None,
            user_agent: None,
            attempt_timeout: ATTEMPT_TIMEOUT,
            operation_timeout: OPERATION_TIMEOUT,
            retry: RetryPolicy::default(),
            rate_limits: BTreeMap::new(),
            documented_limits: true,
            observer: None,
        }
    }
}

impl Settings {
    /// Whether a setting, and not the API's document, gives this service its address.
    pub fn addresses(&self, service: &str) -> bool {
        self.addresses_all() || self.service_endpoints.contains_key(service)
    }

    /// Whether one setting gives all services an address.
    pub(super) fn addresses_all(&self) -> bool {
        self.endpoint.is_some() || self.endpoint_template.is_some()
    }
}
