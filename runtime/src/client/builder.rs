//! Settings of a client, checked when it is built.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use crate::credentials::{Credentials, Environment, ProvideCredentials};
use crate::identity::{SignIn, SignInPending};
use crate::observe::Observer;
use crate::password::PolicyEnforcement;
use crate::retry::RetryPolicy;
use crate::secret::Password;
use crate::shown::{self, shown};
use crate::signing::SigningScheme;
#[cfg(feature = "reqwest")]
use crate::transport::ReqwestTransport;
use crate::transport::{
    ATTEMPT_TIMEOUT, ConnectionSettings, Login, ProxySource, Resolve, Transport, TransportError,
};

/// What User-Agent says unless a client names itself.
const USER_AGENT: &str = concat!("huaweicloud-runtime/", env!("CARGO_PKG_VERSION"));
/// How long a call may take in all, unless a client says otherwise.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(60);

/// Collects the settings of a [`Core`](super::Core).
#[derive(Clone)]
pub struct CoreBuilder {
    pub(super) region: String,
    pub(super) endpoint: Option<String>,
    pub(super) endpoint_template: Option<String>,
    pub(super) service_endpoints: BTreeMap<String, String>,
    pub(super) environment: Option<Environment>,
    pub(super) provider: Option<Arc<dyn ProvideCredentials>>,
    /// What the provider gives, where that is fixed.
    pub(super) credentials: Option<Credentials>,
    pub(super) sign_in: Option<SignIn>,
    pub(super) project_id: Option<String>,
    pub(super) look_up_project: bool,
    pub(super) enforcement: PolicyEnforcement,
    pub(super) plain_http: bool,
    /// The caller's, or why there is none.
    pub(super) transport: Option<Result<Arc<dyn Transport>, TransportError>>,
    pub(super) connection: ConnectionSettings,
    /// Read when the client is built.
    pub(super) proxy: Option<ProxySource>,
    pub(super) proxy_login: Option<Login>,
    /// The method that last changed `connection` or the proxy.
    pub(super) connection_set_by: Option<&'static str>,
    pub(super) user_agent: String,
    pub(super) signing: SigningScheme,
    pub(super) attempt_timeout: Duration,
    pub(super) operation_timeout: Duration,
    pub(super) retry: RetryPolicy,
    pub(super) observer: Option<Arc<dyn Observer>>,
}

impl CoreBuilder {
    /// Begins with a region, such as `cn-north-4`.
    pub fn new(region: impl Into<String>) -> Self {
        Self {
            region: region.into(),
            endpoint: None,
            endpoint_template: None,
            service_endpoints: BTreeMap::new(),
            environment: None,
            provider: None,
            credentials: None,
            sign_in: None,
            project_id: None,
            look_up_project: false,
            enforcement: PolicyEnforcement::default(),
            plain_http: false,
            transport: None,
            connection: ConnectionSettings::default(),
            proxy: None,
            proxy_login: None,
            connection_set_by: None,
            user_agent: USER_AGENT.to_owned(),
            signing: SigningScheme::default(),
            attempt_timeout: ATTEMPT_TIMEOUT,
            operation_timeout: OPERATION_TIMEOUT,
            retry: RetryPolicy::default(),
            observer: None,
        }
    }

    /// The address of all services, instead of those of the region. Of this and
    /// [`endpoint_template`](Self::endpoint_template) the last counts.
    #[must_use]
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self.endpoint_template = None;
        self
    }

    /// The addresses of all services of a cloud under another name, by one pattern:
    /// `https://{service}.{region}.example.com`. `{service}` is put in for each service in lower
    /// case (`dcs`) and has to be there; `{region}` may be left out. Any well-formed region will
    /// do. IAM is among the services, so that a password goes to the IAM of the same cloud.
    ///
    /// [`service_endpoint`](Self::service_endpoint) goes before it, and it goes before the
    /// environment. Of this and [`endpoint`](Self::endpoint) the last counts.
    #[must_use]
    pub fn endpoint_template(mut self, template: impl Into<String>) -> Self {
        self.endpoint_template = Some(template.into());
        self.endpoint = None;
        self
    }

    /// The address of one service; it goes before [`endpoint`](Self::endpoint) and
    /// [`endpoint_template`](Self::endpoint_template).
    #[must_use]
    pub fn service_endpoint(mut self, service: &str, url: impl Into<String>) -> Self {
        self.service_endpoints
            .insert(service.to_owned(), url.into());
        self
    }

    /// Who is calling. Needed, unless
    /// [`credentials_provider`](Self::credentials_provider) is called; the
    /// later of the two counts.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.provider = Some(Arc::new(credentials.clone()));
        self.credentials = Some(credentials);
        self.sign_in = None;
        self
    }

    /// Who tells at each attempt who is calling. It is asked every time, so
    /// one whose answer costs time should remember it.
    #[must_use]
    pub fn credentials_provider(mut self, provider: Arc<dyn ProvideCredentials>) -> Self {
        self.provider = Some(provider);
        self.credentials = None;
        self.sign_in = None;
        self
    }

    /// Signs in at IAM when the first call is made, and again before the token ends; of this,
    /// [`credentials`](Self::credentials) and
    /// [`credentials_provider`](Self::credentials_provider) the last counts. It takes effect with
    /// [`Core::with_identity`](super::Core::with_identity).
    #[must_use]
    pub fn sign_in(mut self, user: SignIn) -> Self {
        self.provider = Some(Arc::new(SignInPending));
        self.credentials = None;
        self.sign_in = Some(user);
        self
    }

    /// Asks IAM for the region's own project when a call names none and neither client nor
    /// credentials have one. The answer is kept in memory for each key. It takes effect with
    /// [`Core::with_identity`](super::Core::with_identity).
    #[must_use]
    pub fn look_up_project_id(mut self) -> Self {
        self.look_up_project = true;
        self
    }

    /// Takes addresses from the environment, under the names of the official SDKs:
    /// `HUAWEICLOUD_SDK_REGION_{SERVICE}_{REGION}` in capitals with `_` for `-` (the first of
    /// several separated by commas), and `HUAWEICLOUD_SDK_IAM_ENDPOINT`. Addresses given to this
    /// builder go before them. Not asked for, the environment leads no password anywhere.
    #[must_use]
    pub fn endpoints_from_environment(self) -> Self {
        self.endpoints_from(Environment::of_process())
    }

    /// [`endpoints_from_environment`](Self::endpoints_from_environment) with variables of your
    /// own.
    #[must_use]
    pub fn endpoints_from(mut self, environment: Environment) -> Self {
        self.environment = Some(environment);
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

    /// Sends through a transport of the caller's making. The timeouts of
    /// attempts and operations hold for it too; how it connects is its own
    /// matter, so settings of connections beside it are refused.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(Ok(transport));
        self
    }

    /// Sends through a reqwest client with these settings, but for those that would lead a
    /// request elsewhere; see [`ReqwestTransport`]. Settings that reqwest refuses are told when
    /// the client is built.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn reqwest_client(mut self, settings: reqwest::ClientBuilder) -> Self {
        self.transport = Some(match ReqwestTransport::new(settings) {
            Ok(transport) => Ok(Arc::new(transport)),
            Err(error) => Err(error),
        });
        self
    }

    /// What User-Agent says.
    #[must_use]
    pub fn user_agent(mut self, value: impl Into<String>) -> Self {
        self.user_agent = value.into();
        self
    }

    /// How requests are signed with an access key pair. Default: with the
    /// secret key itself; a dedicated endpoint may ask for derived keys.
    #[must_use]
    pub fn signing(mut self, scheme: SigningScheme) -> Self {
        self.signing = scheme;
        self
    }

    /// How long setting up a connection may take, name lookup and TLS included.
    /// Default: 10 s. An attempt that ends here has certainly sent nothing; so
    /// keep it below [`attempt_timeout`](Self::attempt_timeout), after which
    /// nobody knows.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connection.connect_timeout = limit;
        self.connection_set_by = Some("connect_timeout");
        self
    }

    /// How long one attempt may take, from the connection to the last byte of
    /// the answer. Default: 30 s. It holds for every transport.
    #[must_use]
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = limit;
        self
    }

    /// How long a call may take in all: credentials, attempts, and the waits
    /// between them. Default: 60 s. It holds for every transport.
    #[must_use]
    pub fn operation_timeout(mut self, limit: Duration) -> Self {
        self.operation_timeout = limit;
        self
    }

    /// How often and how soon calls are sent again. Default: see
    /// [`RetryPolicy::default`].
    #[must_use]
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Who is told how attempts and calls end.
    #[must_use]
    pub fn observer(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// How many idle connections to one server are kept. Default: no bound.
    #[must_use]
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.connection.pool_max_idle_per_host = Some(connections);
        self.connection_set_by = Some("pool_max_idle_per_host");
        self
    }

    /// How long an idle connection is kept. Default: 10 s.
    #[must_use]
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.connection.pool_idle_timeout = limit;
        self.connection_set_by = Some("pool_idle_timeout");
        self
    }

    /// Speaks HTTP/2 with servers that offer it. Default: HTTP/1.1 alone.
    ///
    /// All calls to a server then share a connection. One that is dropped while
    /// it waits for a server that takes only so many at once can still be sent
    /// when its turn comes, without its body.
    #[cfg(feature = "http2")]
    #[must_use]
    pub fn http2(mut self) -> Self {
        self.connection.http2 = true;
        self.connection_set_by = Some("http2");
        self
    }

    /// Reaches https endpoints through the proxy that `HTTPS_PROXY` or
    /// `ALL_PROXY` names (in upper or lower case), those listed in `NO_PROXY`
    /// excepted: names, which stand for all below them too, addresses and
    /// networks, all without a port. Plain http goes to its server directly,
    /// where [`allow_plain_http`](Self::allow_plain_http) was called too.
    /// Default: no proxy, whatever the environment says.
    #[must_use]
    pub fn proxy_from_environment(mut self) -> Self {
        self.proxy = Some(ProxySource::Environment);
        self.connection_set_by = Some("proxy_from_environment");
        self
    }

    /// Reaches all servers through this proxy, http to this machine excepted: it is asked to
    /// connect (CONNECT), and sees nothing of what goes by https.
    /// `http://proxy.example.com:3128`, or `https` where the proxy itself is to be reached by TLS. A user and a password in the address, both
    /// percent-encoded, are its login; better give them with
    /// [`proxy_login`](Self::proxy_login). Of this and
    /// [`proxy_from_environment`](Self::proxy_from_environment) the last counts.
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(ProxySource::Given(Password::new(url)));
        self.connection_set_by = Some("proxy");
        self
    }

    /// User and password at the proxy, which is told them in Basic authentication. They go
    /// before those in its address.
    #[must_use]
    pub fn proxy_login(mut self, user: impl Into<String>, password: impl Into<Password>) -> Self {
        self.proxy_login = Some((user.into(), password.into()));
        self.connection_set_by = Some("proxy_login");
        self
    }

    /// Reaches `host` at this address and port, without looking the name up; what is verified in
    /// TLS is the name. More calls for one host give it more addresses, to be tried in this
    /// order. It holds for the host of a proxy too; what is behind a proxy, the proxy looks up.
    #[must_use]
    pub fn resolve(mut self, host: impl AsRef<str>, address: SocketAddr) -> Self {
        self.connection.names.fix(host.as_ref(), address);
        self.connection_set_by = Some("resolve");
        self
    }

    /// Looks names up in another way than the system does; see [`Resolve`]. Those that
    /// [`resolve`](Self::resolve) gave an address are not asked for.
    #[must_use]
    pub fn resolver(mut self, resolver: Arc<dyn Resolve>) -> Self {
        self.connection.names.ask(resolver);
        self.connection_set_by = Some("resolver");
        self
    }

    /// Trusts a certificate authority in addition to those of the system. `pem`
    /// holds one or more certificates; more calls add more.
    #[must_use]
    pub fn ca_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.connection.ca_certificates.push(pem.into());
        self.connection_set_by = Some("ca_certificate");
        self
    }
}

/// Who gives the credentials: their kind where they are fixed, else the name of
/// the provider's type. Its `Debug` is its author's, who may have thought of no log.
pub(super) struct ShownProvider<'a> {
    pub(super) fixed: Option<&'a Credentials>,
    pub(super) provider: &'a dyn ProvideCredentials,
}

impl fmt::Debug for ShownProvider<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fixed {
            Some(credentials) => credentials.fmt(f),
            None => f.write_str(self.provider.kind()),
        }
    }
}

impl fmt::Debug for CoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = self.provider.as_deref().map(|provider| ShownProvider {
            fixed: self.credentials.as_ref(),
            provider,
        });
        f.debug_struct("CoreBuilder")
            .field("region", &shown(&self.region, shown::NAME))
            .field("credentials", &credentials)
            .field("enforcement", &self.enforcement)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
