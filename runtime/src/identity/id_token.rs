//! Tokens for an ID token of OpenID Connect.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::refused::Refused;
use super::sign_in::token_credentials;
use super::source::{SecretFile, SecretSource};
use super::{IdentityService, Scope};
use crate::credential::environment::text;
use crate::credential::{
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
            text(environment, env::IDP_ID)?,
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
        Ok(match text(environment, env::PROJECT_ID)? {
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
pub(crate) struct IdTokenProvider {
    service: Arc<dyn IdentityService>,
    user: IdTokenSignIn,
    refused: Refused,
    /// The ID token that was refused last. It hardly becomes valid; the next one may be.
    of: Mutex<Option<Password>>,
}

impl IdTokenProvider {
    pub(crate) fn new(service: Arc<dyn IdentityService>, user: IdTokenSignIn) -> Self {
        Self {
            service,
            user,
            refused: Refused::default(),
            of: Mutex::default(),
        }
    }

    async fn sign_in(&self) -> Result<Credentials, CredentialsError> {
        let last = || self.of.lock().unwrap_or_else(PoisonError::into_inner);
        let id_token = self.user.source.secret().await?;
        if last().as_ref() == Some(&id_token)
            && let Some(error) = self.refused.standing()
        {
            return Err(CredentialsError::SignIn(Box::new(error)));
        }
        match self.service.exchange(&self.user, id_token.clone()).await {
            Ok(signed_in) => token_credentials(signed_in),
            Err(error) => {
                if error.is_refusal() {
                    *last() = Some(id_token);
                    self.refused.remember(error.clone());
                }
                // Without the time for which it stands: a source may give another ID token each
                // time, and `Cached` bounds how often these are tried.
                Err(CredentialsError::SignIn(Box::new(error)))
            }
        }
    }
}

impl ProvideCredentials for IdTokenProvider {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.sign_in())
    }

    fn kind(&self) -> &'static str {
        "sign-in with an ID token"
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use http::HeaderMap;
    use tokio::time::advance;

    use super::super::{IdentityError, IdentityFuture, Passcode, Project, SignIn, SignedIn};
    use super::*;
    use crate::credential::Cached;
    use crate::error::{Error, UndocumentedError};
    use crate::operation::Operation;

    static EXCHANGE: Operation = Operation::new("iam", "Exchange", "POST", "/v3.0/tokens");
    const REFUSED: &str = r#"{"error":{"code":401,"message":"no"}}"#;

    /// Refuses all ID tokens but this, and counts.
    struct Iam {
        accepts: Mutex<&'static str>,
        asked: AtomicUsize,
    }

    impl IdentityService for Iam {
        fn sign_in<'a>(
            &'a self,
            _: &'a SignIn,
            _: Option<Passcode>,
        ) -> IdentityFuture<'a, SignedIn> {
            Box::pin(std::future::ready(Err(IdentityError::unusable("not here"))))
        }

        fn exchange<'a>(
            &'a self,
            _: &'a IdTokenSignIn,
            id_token: Password,
        ) -> IdentityFuture<'a, SignedIn> {
            self.asked.fetch_add(1, Ordering::Relaxed);
            let result = if id_token.expose() == *self.accepts.lock().unwrap() {
                Ok(SignedIn::new(Password::new("token")))
            } else {
                let details = crate::error::details_of(&EXCHANGE, 401, &HeaderMap::new(), REFUSED);
                let error = UndocumentedError::new(details);
                Err(Error::<()>::Undocumented(Box::new(error)).into())
            };
            Box::pin(std::future::ready(result))
        }

        fn projects<'a>(&'a self, _: &'a str) -> IdentityFuture<'a, Vec<Project>> {
            Box::pin(std::future::ready(Ok(Vec::new())))
        }
    }

    fn iam() -> Arc<Iam> {
        Arc::new(Iam {
            accepts: Mutex::new("good"),
            asked: AtomicUsize::new(0),
        })
    }

    #[tokio::test(start_paused = true)]
    async fn a_refused_id_token_is_asked_about_again_after_a_while_and_the_next_one_at_once() {
        let iam = iam();
        let given = Arc::new(Mutex::new("bad"));
        let source = Arc::clone(&given);
        let user = IdTokenSignIn::new("idp", move || {
            let id_token = Password::new(*source.lock().unwrap());
            async move { Ok(id_token) }
        });
        let provider = IdTokenProvider::new(iam.clone(), user);
        let asked = || iam.asked.load(Ordering::Relaxed);
        assert!(provider.provide().await.is_err());
        for minute in 1..15 {
            advance(Duration::from_secs(60)).await;
            let error = provider.provide().await.unwrap_err();
            let left = error.asked_again_in().unwrap();
            assert_eq!(left, Duration::from_secs(60 * (15 - minute)));
            assert_eq!(asked(), 1);
        }
        *given.lock().unwrap() = "good";
        assert!(provider.provide().await.is_ok());
        *given.lock().unwrap() = "bad";
        assert!(provider.provide().await.is_err());
        assert_eq!(asked(), 2);
        // What was refused may have become good: the identity provider was set up meanwhile.
        *iam.accepts.lock().unwrap() = "bad";
        advance(Duration::from_secs(60)).await;
        assert!(provider.provide().await.is_ok());
        assert_eq!(asked(), 3);
    }

    #[tokio::test]
    async fn a_source_that_gives_another_each_time_does_not_flood_iam() {
        let iam = iam();
        let count = AtomicUsize::new(0);
        let user = IdTokenSignIn::new("idp", move || {
            let number = count.fetch_add(1, Ordering::Relaxed);
            async move { Ok(Password::new(format!("bad {number}"))) }
        });
        let provider = Cached::new(IdTokenProvider::new(iam.clone(), user));
        for _ in 0..100 {
            assert!(provider.provide().await.is_err());
        }
        assert_eq!(iam.asked.load(Ordering::Relaxed), 1);
    }
}
