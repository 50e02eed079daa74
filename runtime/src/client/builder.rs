//! Settings of a client, checked when it is built.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::core::Core;
use super::pending::{self, Asked, LookUp};
use super::settings::ShownProvider;
use crate::config::{Caller, CloudConfig, Project};
use crate::credential::{
    Credentials, Environment, MetadataProvider, ProvideCredentials, WithoutCredentials,
};
use crate::identity::{Agency, IamPending, IdTokenSignIn, SignIn};
use crate::observe::Observer;
use crate::password::PolicyEnforcement;
use crate::rate::RateLimit;
use crate::retry::RetryPolicy;
use crate::secret::Password;
use crate::shown::{self, shown};
use crate::signing::SigningScheme;
#[cfg(feature = "reqwest")]
use crate::transport::ReqwestTransport;
use crate::transport::{
    ATTEMPT_TIMEOUT, ConnectionSettings, Login, ProxySource, Resolve, Transport, TransportError,
};

/// How long a call may take in all, unless a client says otherwise.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(60);

/// Says how a client works, then [builds](Self::build) it: whatever client `C` is, one with async
/// or one without.
///
/// ```
/// use std::time::Duration;
/// use huaweicloud_runtime::{ClientBuilder, Credentials, RetryPolicy};
///
/// # fn set_up<C>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
/// builder
///     .credentials(Credentials::aksk("AK", "SK").project_id("0123456789abcdef0123456789abcdef"))
///     .endpoint("http://127.0.0.1:8080")
///     .retry_policy(RetryPolicy::none())
///     .operation_timeout(Duration::from_secs(20))
///     .pool_max_idle_per_host(4)
/// # }
/// ```
#[derive(Clone)]
pub struct ClientBuilder<C = Core> {
    pub(super) region: String,
    pub(super) endpoint: Option<String>,
    pub(super) endpoint_template: Option<String>,
    pub(super) service_endpoints: BTreeMap<String, String>,
    /// That of a configuration.
    pub(super) iam_endpoint: Option<String>,
    pub(super) environment: Option<Environment>,
    pub(super) provider: Option<Arc<dyn ProvideCredentials>>,
    /// What the provider gives, where that is fixed.
    pub(super) credentials: Option<Credentials>,
    pub(super) login: Option<Asked<pending::Login>>,
    pub(super) agency: Option<Asked<Agency>>,
    pub(super) project_id: Option<String>,
    pub(super) project_name: Option<Asked<String>>,
    pub(super) look_up: LookUp,
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
    /// Unless it is set, the client names itself.
    pub(super) user_agent: Option<String>,
    pub(super) signing: SigningScheme,
    pub(super) attempt_timeout: Duration,
    pub(super) operation_timeout: Duration,
    pub(super) retry: RetryPolicy,
    /// By service; they go before the API documents' own.
    pub(super) rate_limits: BTreeMap<String, RateLimit>,
    /// Whether the limits in the API documents hold.
    pub(super) documented_limits: bool,
    pub(super) observer: Option<Arc<dyn Observer>>,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    /// Begins with a region, such as `cn-north-4`.
    pub fn new(region: impl Into<String>) -> Self {
        Self {
            region: region.into(),
            endpoint: None,
            endpoint_template: None,
            service_endpoints: BTreeMap::new(),
            iam_endpoint: None,
            environment: None,
            provider: None,
            credentials: None,
            login: None,
            agency: None,
            project_id: None,
            project_name: None,
            look_up: LookUp::Never,
            enforcement: PolicyEnforcement::default(),
            plain_http: false,
            transport: None,
            connection: ConnectionSettings::default(),
            proxy: None,
            proxy_login: None,
            connection_set_by: None,
            user_agent: None,
            signing: SigningScheme::default(),
            attempt_timeout: ATTEMPT_TIMEOUT,
            operation_timeout: OPERATION_TIMEOUT,
            retry: RetryPolicy::default(),
            rate_limits: BTreeMap::new(),
            documented_limits: true,
            observer: None,
            client: PhantomData,
        }
    }

    /// One address for all services instead of the region's: `https://` with a host, or `http://`
    /// to this machine. Of this and [`endpoint_template`](Self::endpoint_template) the last counts.
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

    /// The address of one service, by its name (`dcs`), instead of the region's; it goes before
    /// [`endpoint`](Self::endpoint) and [`endpoint_template`](Self::endpoint_template).
    #[must_use]
    pub fn service_endpoint(mut self, service: &str, url: impl Into<String>) -> Self {
        self.service_endpoints
            .insert(service.to_owned(), url.into());
        self
    }

    /// What requests are signed with, or the token they carry. This,
    /// [`credentials_provider`](Self::credentials_provider) or [`sign_in`](Self::sign_in) is
    /// needed; the last of them counts.
    #[must_use]
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.provider = Some(Arc::new(credentials.clone()));
        self.credentials = Some(credentials);
        self.login = None;
        self
    }

    /// Where credentials come from, asked anew for every attempt, so that one whose answer costs
    /// time should remember it: the official chain ([`ChainProvider`](crate::ChainProvider)), a
    /// profile, the metadata service, or a source of your own.
    #[must_use]
    pub fn credentials_provider(mut self, provider: Arc<dyn ProvideCredentials>) -> Self {
        self.provider = Some(provider);
        self.credentials = None;
        self.login = None;
        self
    }

    /// Signs in at IAM with a user's password when the first call is made, and again before the
    /// token ends. Of this, [`credentials`](Self::credentials) and
    /// [`credentials_provider`](Self::credentials_provider) the last counts.
    ///
    /// However many calls are made at once, one of them signs in and the others wait. A password
    /// that IAM refuses is not tried again: wrong ones lock the user out.
    ///
    /// The client needs the calls of IAM for it, in `huaweicloud-password` the feature `iam`;
    /// without them it cannot be built.
    ///
    /// ```
    /// use huaweicloud_runtime::ClientBuilder;
    /// use huaweicloud_runtime::identity::SignIn;
    ///
    /// # fn sign_in<C>(builder: ClientBuilder<C>, password: String) -> ClientBuilder<C> {
    /// builder.sign_in(SignIn::new("my-account", "my-user", password))
    /// # }
    /// ```
    #[must_use]
    pub fn sign_in(self, user: SignIn) -> Self {
        self.log_in(pending::Login::Password(user), "sign_in")
    }

    /// Signs in at IAM as a user whom an identity provider vouches for, with an ID token of OpenID
    /// Connect; otherwise as [`sign_in`](Self::sign_in), of which and this the last counts.
    #[must_use]
    pub fn sign_in_with_id_token(self, user: IdTokenSignIn) -> Self {
        self.log_in(pending::Login::IdToken(user), "sign_in_with_id_token")
    }

    fn log_in(mut self, what: pending::Login, setting: &'static str) -> Self {
        self.provider = Some(Arc::new(IamPending));
        self.credentials = None;
        self.login = Some(Asked { what, setting });
        self
    }

    /// Makes all calls with temporary keys of another account, which IAM gives for an agency to
    /// whoever [`credentials`](Self::credentials), [`sign_in`](Self::sign_in) and their like say.
    /// The keys are fetched when the first call is made, once however many calls there are, kept
    /// in memory, and renewed before they end.
    ///
    /// Projects are those of that account: a project that is kept with the credentials is not
    /// meant. Like [`sign_in`](Self::sign_in) it needs the calls of IAM.
    ///
    /// ```
    /// use huaweicloud_runtime::ClientBuilder;
    /// use huaweicloud_runtime::identity::Agency;
    ///
    /// # fn assume<C>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
    /// builder.assume_agency(Agency::new("their-account", "their-agency"))
    /// # }
    /// ```
    #[must_use]
    pub fn assume_agency(mut self, agency: Agency) -> Self {
        self.agency = Some(Asked {
            what: agency,
            setting: "assume_agency",
        });
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
    /// names no project, IAM is asked for the one of the region, as those tools do, if the client
    /// has the calls for it; a user, an agency or the name of a project in it needs them, like
    /// [`sign_in`](Self::sign_in).
    ///
    /// The region is not taken: it is what a builder begins with.
    ///
    /// ```no_run
    /// use huaweicloud_runtime::ClientBuilder;
    /// use huaweicloud_runtime::credentials::KooCli;
    ///
    /// # fn set_up<C>() -> Result<ClientBuilder<C>, Box<dyn std::error::Error>> {
    /// let config = KooCli::new().load()?;
    /// let region = config.region().unwrap_or("cn-north-4").to_owned();
    /// Ok(ClientBuilder::new(region).cloud_config(config))
    /// # }
    /// ```
    #[must_use]
    pub fn cloud_config(mut self, config: CloudConfig) -> Self {
        let setting = "cloud_config";
        self = match config.caller {
            Caller::Credentials(credentials) => self.credentials(credentials),
            Caller::SignIn(user) => self.log_in(pending::Login::Password(user), setting),
            Caller::Metadata => self.credentials_provider(Arc::new(MetadataProvider::new())),
        };
        if let Some(what) = config.agency {
            self.agency = Some(Asked { what, setting });
        }
        self.iam_endpoint = config.iam_endpoint.or(self.iam_endpoint);
        if self.project_id.is_some() || self.project_name.is_some() {
            return self;
        }
        match config.project {
            Some(Project::Id(id)) => self.project_id = Some(id),
            Some(Project::Name(what)) => self.project_name = Some(Asked { what, setting }),
            None if self.look_up == LookUp::Never => self.look_up = LookUp::IfPossible,
            None => {}
        }
        self
    }

    /// Asks IAM for the project of the region when a call names none and neither this builder nor
    /// the credentials have one. No such project, or more than one, is an error. The answer is
    /// kept in memory, for each key. Like [`sign_in`](Self::sign_in) it needs the calls of IAM.
    #[must_use]
    pub fn look_up_project_id(mut self) -> Self {
        self.look_up = LookUp::Always;
        self
    }

    /// The project of calls that name none, by its name, such as `cn-north-4_team`: IAM is asked
    /// for its id as for that of the region's own project, see
    /// [`look_up_project_id`](Self::look_up_project_id). It goes before a project that is kept
    /// with the credentials; of this and [`project_id`](Self::project_id) the last counts.
    ///
    /// A user who signs in, and whose [`SignIn`] chooses no scope, gets a token for this project.
    /// Like [`sign_in`](Self::sign_in) it needs the calls of IAM.
    #[must_use]
    pub fn project_name(mut self, name: impl Into<String>) -> Self {
        self.project_name = Some(Asked {
            what: name.into(),
            setting: "project_name",
        });
        self.project_id = None;
        self
    }

    /// Takes addresses from the environment, under the names of the official SDKs:
    /// `HUAWEICLOUD_SDK_REGION_{SERVICE}_{REGION}` in capitals with `_` for `-` (as in
    /// `HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4`; the first of several separated by commas), and
    /// `HUAWEICLOUD_SDK_IAM_ENDPOINT`. Addresses given to this builder go before them. Not asked
    /// for, the environment leads no password anywhere.
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

    /// The project that calls are about, 32 hexadecimal digits; it goes before the one kept with
    /// the credentials. Each call can name another.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self.project_name = None;
        self
    }

    /// What happens to a password that breaks the documented policy. Default: it is refused
    /// before anything is sent.
    #[must_use]
    pub fn password_policy(mut self, enforcement: PolicyEnforcement) -> Self {
        self.enforcement = enforcement;
        self
    }

    /// Allows `http://` to other machines. Requests then travel readable by anybody on the way,
    /// passwords included.
    #[must_use]
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// What carries requests instead of the built-in HTTP client. The timeouts of
    /// attempts and operations hold for it too; how it connects is its own
    /// matter, so settings of connections beside it are refused.
    #[must_use]
    pub fn transport(mut self, transport: Arc<dyn Transport>) -> Self {
        self.transport = Some(Ok(transport));
        self
    }

    /// Sends through a reqwest client with settings of your own, of the version that this crate
    /// re-exports as `reqwest`, with TLS as your own dependency on reqwest asks for it; needs the
    /// feature `reqwest`. What would lead a request elsewhere is switched off, see
    /// [`ReqwestTransport`]; settings of connections beside it are refused, and those that reqwest
    /// refuses are told when the client is built.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn reqwest_client(mut self, settings: crate::reqwest::ClientBuilder) -> Self {
        self.transport = Some(match ReqwestTransport::new(settings) {
            Ok(transport) => Ok(Arc::new(transport)),
            Err(error) => Err(error),
        });
        self
    }

    /// The `User-Agent` of every request.
    #[must_use]
    pub fn user_agent(mut self, value: impl Into<String>) -> Self {
        self.user_agent = Some(value.into());
        self
    }

    /// How requests are signed with an access key pair. Default: with the
    /// secret key itself; a dedicated endpoint may ask for derived keys
    /// (V11-HMAC-SHA256).
    ///
    /// ```
    /// use huaweicloud_runtime::{ClientBuilder, SigningScheme};
    ///
    /// # fn sign<C>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
    /// builder.signing(SigningScheme::derived("cn-north-4", "dcs"))
    /// # }
    /// ```
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

    /// How long a call may take in all: credentials, attempts, the waits between
    /// them, and that for its [turn](crate::rate). Default: 60 s. It holds for every transport.
    #[must_use]
    pub fn operation_timeout(mut self, limit: Duration) -> Self {
        self.operation_timeout = limit;
        self
    }

    /// Which calls are sent again, how often and how soon. Default: only those for which a second
    /// time is certain to do no harm, three times at most; see [`RetryPolicy::default`].
    #[must_use]
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many calls to a service leave in how much time, instead of what its
    /// API document says. The limit of an operation of its own holds besides.
    ///
    /// Calls wait for their turn, first come, first served, within
    /// [`operation_timeout`](Self::operation_timeout); one whose turn would come
    /// after that is an error at once. See [`rate`](crate::rate), also for what
    /// happens when a service refuses calls.
    #[must_use]
    pub fn rate_limit(mut self, service: &str, limit: RateLimit) -> Self {
        self.rate_limits.insert(service.to_owned(), limit);
        self
    }

    /// Calls leave at once, whatever the API documents say about limits and
    /// whatever [`rate_limit`](Self::rate_limit) was called with before. A
    /// service that refuses calls is still obeyed.
    #[must_use]
    pub fn no_rate_limit(mut self) -> Self {
        self.rate_limits.clear();
        self.documented_limits = false;
        self
    }

    /// Who is told how attempts and calls end, for metrics.
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

    /// How long an idle connection is kept. Default: 10 s. Servers close theirs after a minute or
    /// so, and a request on a closed one fails as if it might have arrived.
    #[must_use]
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.connection.pool_idle_timeout = limit;
        self.connection_set_by = Some("pool_idle_timeout");
        self
    }

    /// Speaks HTTP/2 with servers that offer it; needs the feature `http2`. Default: HTTP/1.1
    /// alone.
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

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = self.provider.as_deref().map(|provider| ShownProvider {
            fixed: self.credentials.as_ref(),
            provider,
        });
        f.debug_struct("ClientBuilder")
            .field("region", &shown(&self.region, shown::NAME))
            .field("credentials", &credentials)
            .field("enforcement", &self.enforcement)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}
