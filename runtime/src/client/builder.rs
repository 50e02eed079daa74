//! Settings of a client, checked when it is built.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use openapi_client_runtime::client::Settings;

use super::core::Core;
use super::identity_requests::{Configured, Login, ProjectLookUp};
use crate::config::{Caller, CloudConfig, Project};
use crate::credential::{
    Credentials, Environment, MetadataProvider, ProvideCredentials, WithoutCredentials,
};
use crate::identity::{Agency, IamPlaceholder, IdTokenSignIn, SignIn};
use crate::sanitize::{self, sanitized};
use crate::signing::SigningScheme;

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
    pub(super) settings: Settings,
    pub(super) region: String,
    /// That of a configuration.
    pub(super) iam_endpoint: Option<String>,
    pub(super) environment: Option<Environment>,
    pub(super) provider: Option<Arc<dyn ProvideCredentials>>,
    /// What the provider gives, where that is fixed.
    pub(super) credentials: Option<Credentials>,
    pub(super) login: Option<Configured<Login>>,
    pub(super) agency: Option<Configured<Agency>>,
    pub(super) project_id: Option<String>,
    pub(super) project_name: Option<Configured<String>>,
    pub(super) look_up: ProjectLookUp,
    pub(super) signing: SigningScheme,
    client: PhantomData<fn() -> C>,
}

impl<C> ClientBuilder<C> {
    /// Begins with a region, such as `cn-north-4`.
    pub fn new(region: impl Into<String>) -> Self {
        Self {
            settings: Settings::default(),
            region: region.into(),
            iam_endpoint: None,
            environment: None,
            provider: None,
            credentials: None,
            login: None,
            agency: None,
            project_id: None,
            project_name: None,
            look_up: ProjectLookUp::Never,
            signing: SigningScheme::default(),
            client: PhantomData,
        }
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

    /// Where credentials come from, asked anew for every attempt, so that one that takes time
    /// should remember what it got: the official chain ([`ChainProvider`](crate::ChainProvider)), a
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
        self.log_in(Login::Password(user), "sign_in")
    }

    /// Signs in at IAM as a user whom an identity provider vouches for, with an ID token of OpenID
    /// Connect; otherwise as [`sign_in`](Self::sign_in), of which and this the last counts.
    #[must_use]
    pub fn sign_in_with_id_token(self, user: IdTokenSignIn) -> Self {
        self.log_in(Login::IdToken(user), "sign_in_with_id_token")
    }

    fn log_in(mut self, value: Login, setting: &'static str) -> Self {
        self.provider = Some(Arc::new(IamPlaceholder));
        self.credentials = None;
        self.login = Some(Configured { value, setting });
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
        self.agency = Some(Configured {
            value: agency,
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
            Caller::SignIn(user) => self.log_in(Login::Password(user), setting),
            Caller::Metadata => self.credentials_provider(Arc::new(MetadataProvider::new())),
        };
        if let Some(value) = config.agency {
            self.agency = Some(Configured { value, setting });
        }
        self.iam_endpoint = config.iam_endpoint.or(self.iam_endpoint);
        if self.project_id.is_some() || self.project_name.is_some() {
            return self;
        }
        match config.project {
            Some(Project::Id(id)) => self.project_id = Some(id),
            Some(Project::Name(value)) => self.project_name = Some(Configured { value, setting }),
            None if self.look_up == ProjectLookUp::Never => {
                self.look_up = ProjectLookUp::IfPossible
            }
            None => {}
        }
        self
    }

    /// Asks IAM for the project of the region when a call names none and neither this builder nor
    /// the credentials have one. No such project, or more than one, is an error. The response is
    /// kept in memory, for each key. Like [`sign_in`](Self::sign_in) it needs the calls of IAM.
    #[must_use]
    pub fn look_up_project_id(mut self) -> Self {
        self.look_up = ProjectLookUp::Always;
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
        self.project_name = Some(Configured {
            value: name.into(),
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

    openapi_client_runtime::client_setters!();
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = self.credentials.as_ref().map(Credentials::kind_name);
        let provider = self.provider.as_deref().map(|provider| provider.kind());
        f.debug_struct("ClientBuilder")
            .field("region", &sanitized(&self.region, sanitize::NAME))
            .field("credentials", &credentials.or(provider))
            .field("enforcement", &self.settings.enforcement)
            .field("retry", &self.settings.retry)
            .finish_non_exhaustive()
    }
}
