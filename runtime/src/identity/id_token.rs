//! Tokens for an ID token of OpenID Connect.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::sign_in::token_credentials;
use super::source::{SecretFile, SecretSource};
use super::{IdentityError, IdentityService, Scope};
use crate::credentials::{
    Credentials, CredentialsError, CredentialsFuture, Environment, ProvideCredentials, env,
};
use crate::secret::Password;

/// A user whom an identity provider of the account vouches for, and what the token is to be for:
/// the region's own project, unless it is said otherwise.
///
/// ```no_run
/// use huaweicloud_runtime::identity::{IdTokenSignIn, SecretFile};
///
/// let user = IdTokenSignIn::new("my-provider", SecretFile::new("/var/run/secrets/id-token"))
///     .project_name("cn-north-4_team");
/// ```
#[derive(Clone)]
pub struct IdTokenSignIn {
    identity_provider: String,
    source: Arc<dyn SecretSource>,
    scope: Scope,
    account: String,
}

impl IdTokenSignIn {
    /// `identity_provider` is its id at IAM; `source` gives an ID token that is still valid,
    /// whenever one is needed.
    pub fn new(identity_provider: impl Into<String>, source: impl SecretSource + 'static) -> Self {
        Self {
            identity_provider: identity_provider.into(),
            source: Arc::new(source),
            scope: Scope::default(),
            account: String::new(),
        }
    }

    /// Takes the identity provider and the file of the ID token from the variables of the official
    /// SDKs, `HUAWEICLOUD_SDK_IDP_ID` and `HUAWEICLOUD_SDK_ID_TOKEN_FILE`, and the project from
    /// `HUAWEICLOUD_SDK_PROJECT_ID` where it is set.
    ///
    /// # Errors
    /// Names the variables that are missing or hold an unusable value.
    pub fn from_env() -> Result<Self, CredentialsError> {
        Self::from_environment(&Environment::of_process())
    }

    /// [`from_env`](Self::from_env) with variables of your own.
    ///
    /// # Errors
    /// As for [`from_env`](Self::from_env).
    pub fn from_environment(environment: &Environment) -> Result<Self, CredentialsError> {
        let (provider, file) = (
            environment.text(env::IDP_ID)?,
            environment.var(env::ID_TOKEN_FILE),
        );
        let (Some(provider), Some(file)) = (&provider, &file) else {
            let names = [
                (env::IDP_ID, provider.is_none()),
                (env::ID_TOKEN_FILE, file.is_none()),
            ];
            let missing = names.into_iter().filter(|(_, is_missing)| *is_missing);
            let names = missing.map(|(name, _)| name).collect();
            return Err(CredentialsError::MissingVariables { names });
        };
        let user = Self::new(provider.as_str(), SecretFile::new(file));
        Ok(match environment.text(env::PROJECT_ID)? {
            Some(id) => user.project_id(id),
            None => user,
        })
    }

    /// The token is to be for a project, by its name, such as `cn-north-4_team`.
    #[must_use]
    pub fn project_name(mut self, name: impl Into<String>) -> Self {
        self.scope = Scope::ProjectName(name.into());
        self
    }

    /// The token is to be for a project, by its id.
    #[must_use]
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.scope = Scope::ProjectId(id.into());
        self
    }

    /// The token is to be for the whole account of this name.
    #[must_use]
    pub fn account(mut self, name: impl Into<String>) -> Self {
        self.scope = Scope::Account;
        self.account = name.into();
        self
    }

    /// The id of the identity provider.
    pub fn identity_provider(&self) -> &str {
        &self.identity_provider
    }

    /// The name of the account, where the token is to be for one.
    pub fn account_name(&self) -> &str {
        &self.account
    }

    /// What the token is to be for.
    pub fn token_scope(&self) -> &Scope {
        &self.scope
    }

    /// Has the token be for a project, where nothing was chosen; says whether it did.
    pub(crate) fn choose_project(&mut self, name: &str) -> bool {
        let chosen = self.scope == Scope::Region;
        if chosen {
            self.scope = Scope::ProjectName(name.to_owned());
        }
        chosen
    }
}

impl fmt::Debug for IdTokenSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdTokenSignIn")
            .field("identity_provider", &self.identity_provider)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// Exchanges an ID token whenever it is asked; `Cached` keeps what it gives.
#[derive(Debug)]
pub(crate) struct IdTokenProvider {
    service: Arc<dyn IdentityService>,
    user: IdTokenSignIn,
    /// An ID token that was refused does not become valid; the next one may be.
    refused: Mutex<Option<(Password, IdentityError)>>,
}

impl IdTokenProvider {
    pub(crate) fn new(service: Arc<dyn IdentityService>, user: IdTokenSignIn) -> Self {
        Self {
            service,
            user,
            refused: Mutex::default(),
        }
    }

    async fn sign_in(&self) -> Result<Credentials, CredentialsError> {
        let refused = || self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let id_token = self.user.source.secret().await?;
        if let Some((token, error)) = &*refused()
            && *token == id_token
        {
            return Err(CredentialsError::SignIn(Box::new(error.clone())));
        }
        match self.service.exchange(&self.user, id_token.clone()).await {
            Ok(signed_in) => token_credentials(signed_in),
            Err(error) => {
                if error.is_refusal() {
                    *refused() = Some((id_token, error.clone()));
                }
                Err(CredentialsError::SignIn(Box::new(error)))
            }
        }
    }
}

impl ProvideCredentials for IdTokenProvider {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.sign_in())
    }
}
