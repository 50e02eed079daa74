//! Tokens for a user's password.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::{IdentityError, IdentityService};
use crate::credentials::{
    Credentials, CredentialsError, CredentialsFuture, ProvideCredentials, parse_moment,
};
use crate::secret::Password;

/// An IAM user who signs in with a password, and what the token is to be for.
///
/// ```
/// use huaweicloud_runtime::identity::SignIn;
///
/// let user = SignIn::new("my-account", "my-user", "my-password");
/// assert!(!format!("{user:?}").contains("my-password"));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct SignIn {
    account: String,
    user: String,
    password: Password,
    scope: Scope,
}

/// What a token is to be for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Scope {
    /// The region's own project: the one that is called like the client's region.
    #[default]
    Region,
    /// A project by its name, such as `cn-north-4_team`.
    ProjectName(String),
    /// A project by its id.
    ProjectId(String),
    /// The whole account, for global services.
    Account,
}

impl SignIn {
    /// `account` is the name of the account (IAM calls it a domain) that the user belongs to.
    pub fn new(
        account: impl Into<String>,
        user: impl Into<String>,
        password: impl Into<Password>,
    ) -> Self {
        Self {
            account: account.into(),
            user: user.into(),
            password: password.into(),
            scope: Scope::default(),
        }
    }

    /// What the token is to be for; the region's own project by default.
    #[must_use]
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// The name of the account.
    pub fn account_name(&self) -> &str {
        &self.account
    }

    /// The name of the user.
    pub fn user_name(&self) -> &str {
        &self.user
    }

    /// The password, for the body of the request.
    pub fn password(&self) -> &Password {
        &self.password
    }

    /// What the token is to be for.
    pub fn token_scope(&self) -> &Scope {
        &self.scope
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn")
            .field("account", &self.account)
            .field("user", &self.user)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// Signs in whenever it is asked; `Cached` keeps what it gives.
pub(crate) struct TokenProvider {
    service: Arc<dyn IdentityService>,
    user: SignIn,
    /// A wrong password does not become right, and asking on locks the user out.
    refused: Mutex<Option<IdentityError>>,
}

impl TokenProvider {
    pub(crate) fn new(service: Arc<dyn IdentityService>, user: SignIn) -> Self {
        Self {
            service,
            user,
            refused: Mutex::default(),
        }
    }

    async fn sign_in(&self) -> Result<Credentials, CredentialsError> {
        let refused = || self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(error) = refused().clone() {
            return Err(CredentialsError::SignIn(Box::new(error)));
        }
        let signed_in = match self.service.sign_in(&self.user).await {
            Ok(signed_in) => signed_in,
            Err(error) => {
                if error.is_refusal() {
                    *refused() = Some(error.clone());
                }
                return Err(CredentialsError::SignIn(Box::new(error)));
            }
        };
        let mut credentials = Credentials::token(signed_in.token.expose());
        if let Some(text) = &signed_in.expires_at {
            let moment = parse_moment(text).ok_or_else(|| {
                CredentialsError::SignIn(Box::new(IdentityError::unusable(
                    "`token.expires_at` is not a time like 2030-01-31T12:00:00.000000Z",
                )))
            })?;
            credentials = credentials.expires_at(moment);
        }
        if let Some(id) = signed_in.project_id {
            credentials = credentials.project_id(id);
        }
        if let Some(id) = signed_in.domain_id {
            credentials = credentials.domain_id(id);
        }
        Ok(credentials)
    }
}

impl ProvideCredentials for TokenProvider {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.sign_in())
    }

    fn kind(&self) -> &'static str {
        "sign-in"
    }
}

/// Stands where the provider of tokens will be once IAM can be called.
#[derive(Debug)]
pub(crate) struct SignInPending;

impl ProvideCredentials for SignInPending {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Err(CredentialsError::other(
            "the client signs in, and was built without the service `iam`",
        ))))
    }

    fn kind(&self) -> &'static str {
        "sign-in"
    }
}
