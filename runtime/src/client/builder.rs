//! Settings of a client, checked when it is built.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::pending::Login;
use crate::credentials::{
    Caller, CloudConfig, Credentials, Environment, MetadataProvider, Project, ProvideCredentials,
    WithoutCredentials,
};
use crate::identity::{self, Agency, IamPending, IdTokenSignIn, SignIn};
use crate::observe::Observer;
use crate::password::PolicyEnforcement;
use crate::retry::RetryPolicy;
use crate::signing::SigningScheme;
#[cfg(feature = "reqwest")]
use crate::transport::ReqwestTransport;
use crate::transport::{ATTEMPT_TIMEOUT, ConnectionSettings, Transport};

/// What User-Agent says unless a client names itself.
const USER_AGENT: &str = concat!("huaweicloud-runtime/", env!("CARGO_PKG_VERSION"));
/// How long a call may take in all, unless a client says otherwise.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(60);

/// Collects the settings of a [`Core`](super::Core).
#[derive(Clone)]
pub struct CoreBuilder {
    pub(super) region: String,
    pub(super) endpoint: Option<String>,
    pub(super) service_endpoints: BTreeMap<String, String>,
    pub(super) environment: Option<Environment>,
    pub(super) provider: Option<Arc<dyn ProvideCredentials>>,
    /// What the provider gives, where that is fixed.
    pub(super) credentials: Option<Credentials>,
    pub(super) login: Option<Login>,
    pub(super) agency: Option<Agency>,
    pub(super) project_id: Option<String>,
    pub(super) project_name: Option<String>,
    pub(super) look_up_project: bool,
    pub(super) enforcement: PolicyEnforcement,
    pub(super) plain_http: bool,
    pub(super) transport: Option<Arc<dyn Transport>>,
    pub(super) connection: ConnectionSettings,
    /// The method that last changed `connection`.
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
            service_endpoints: BTreeMap::new(),
            environment: None,
            provider: None,
            credentials: None,
            login: None,
            agency: None,
            project_id: None,
            project_name: None,
            look_up_project: false,
            enforcement: PolicyEnforcement::default(),
            plain_http: false,
            transport: None,
            connection: ConnectionSettings::default(),
            connection_set_by: None,
            user_agent: USER_AGENT.to_owned(),
            signing: SigningScheme::default(),
            attempt_timeout: ATTEMPT_TIMEOUT,
            operation_timeout: OPERATION_TIMEOUT,
            retry: RetryPolicy::default(),
            observer: None,
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

    /// Who is calling. Needed, unless
    /// [`credentials_provider`](Self::credentials_provider) is called; the
    /// later of the two counts.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.provider = Some(Arc::new(credentials.clone()));
        self.credentials = Some(credentials);
        self.login = None;
        self
    }

    /// Who tells at each attempt who is calling. It is asked every time, so
    /// one whose answer costs time should remember it.
    #[must_use]
    pub fn credentials_provider(mut self, provider: Arc<dyn ProvideCredentials>) -> Self {
        self.provider = Some(provider);
        self.credentials = None;
        self.login = None;
        self
    }

    /// Signs in at IAM when the first call is made, and again before the token ends; of this,
    /// [`credentials`](Self::credentials) and
    /// [`credentials_provider`](Self::credentials_provider) the last counts. It takes effect with
    /// [`Core::with_identity`](super::Core::with_identity).
    #[must_use]
    pub fn sign_in(self, user: SignIn) -> Self {
        self.log_in(Login::Password(user))
    }

    /// Signs in at IAM as a user whom an identity provider vouches for, with an ID token of OpenID
    /// Connect; otherwise as [`sign_in`](Self::sign_in), of which and this the last counts.
    #[must_use]
    pub fn sign_in_with_id_token(self, user: IdTokenSignIn) -> Self {
        self.log_in(Login::IdToken(user))
    }

    fn log_in(mut self, login: Login) -> Self {
        self.provider = Some(Arc::new(IamPending));
        self.credentials = None;
        self.login = Some(login);
        self
    }

    /// Makes all calls with temporary keys of another account, which IAM gives for an agency to
    /// whoever [`credentials`](Self::credentials), [`sign_in`](Self::sign_in) and their like say.
    /// The keys are fetched when the first call is made, once however many calls there are, kept
    /// in memory, and renewed before they end.
    ///
    /// Projects are those of that account: a project that is kept with the credentials is not
    /// meant. It takes effect with [`Core::with_identity`](super::Core::with_identity); without
    /// it, no call is made with the caller's own credentials instead.
    #[must_use]
    pub fn assume_agency(mut self, agency: Agency) -> Self {
        self.agency = Some(agency);
        self
    }

    /// Builds without credentials, for operations that need none, such as signing in. Any other
    /// operation ends before anything is sent, with
    /// [`CredentialsError::Without`](crate::CredentialsError::Without). Of this and the other ways
    /// to say who calls, the last counts.
    #[must_use]
    pub fn without_credentials(self) -> Self {
        self.credentials_provider(Arc::new(WithoutCredentials))
    }

    /// Takes from the configuration of another tool who calls, and what it says of the project
    /// and the address of IAM, where this builder was not told already. Where the configuration
    /// names no project, IAM is asked for the one of the region, as those tools do.
    ///
    /// The region is not taken: it is what a builder begins with.
    ///
    /// ```no_run
    /// use huaweicloud_runtime::CoreBuilder;
    /// use huaweicloud_runtime::credentials::KooCli;
    ///
    /// let config = KooCli::new().load()?;
    /// let builder = CoreBuilder::new(config.region().unwrap_or("cn-north-4")).cloud_config(config);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn cloud_config(mut self, config: CloudConfig) -> Self {
        self = match config.caller {
            Caller::Credentials(credentials) => self.credentials(credentials),
            Caller::SignIn(user) => self.sign_in(user),
            Caller::Metadata => self.credentials_provider(Arc::new(MetadataProvider::new())),
        };
        if let Some(agency) = config.agency {
            self = self.assume_agency(agency);
        }
        if let Some(url) = config.iam_endpoint {
            let service = identity::SERVICE.to_owned();
            self.service_endpoints.entry(service).or_insert(url);
        }
        if self.project_id.is_some() || self.project_name.is_some() {
            return self;
        }
        match config.project {
            Some(Project::Id(id)) => self.project_id(id),
            Some(Project::Name(name)) => self.project_name(name),
            None => self.look_up_project_id(),
        }
    }

    /// Asks IAM for the region's own project when a call names none and neither client nor
    /// credentials have one. The answer is kept in memory for each key. It takes effect with
    /// [`Core::with_identity`](super::Core::with_identity).
    #[must_use]
    pub fn look_up_project_id(mut self) -> Self {
        self.look_up_project = true;
        self
    }

    /// The project of calls that name none, by its name, such as `cn-north-4_team`: IAM is asked
    /// for its id as for that of the region's own project, see
    /// [`look_up_project_id`](Self::look_up_project_id). It goes before a project that is kept
    /// with the credentials; of this and [`project_id`](Self::project_id) the last counts.
    ///
    /// A user who signs in, and whose [`SignIn`] chooses no scope, gets a token for this project.
    #[must_use]
    pub fn project_name(mut self, name: impl Into<String>) -> Self {
        self.project_name = Some(name.into());
        self.project_id = None;
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
        self.project_name = None;
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
        self.transport = Some(transport);
        self
    }

    /// Sends through a reqwest client of the caller's making; see
    /// [`ReqwestTransport::with_client`].
    #[cfg(feature = "reqwest")]
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
        self.connection.proxy_from_environment = true;
        self.connection_set_by = Some("proxy_from_environment");
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

impl fmt::Debug for CoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CoreBuilder")
            .field("region", &self.region)
            .field("credentials", &self.provider)
            .field("enforcement", &self.enforcement)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
