//! Tokens for a user's password.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::refused::Refused;
use super::source::SecretSource;
use super::{IdentityError, IdentityService, Passcode, SignedIn};
use crate::credential::{
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
    totp: Option<Totp>,
}

/// The virtual MFA device of a user.
#[derive(Clone)]
struct Totp {
    user_id: String,
    source: Arc<dyn SecretSource>,
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
            totp: None,
        }
    }

    /// What the token is to be for; the region's own project by default.
    #[must_use]
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// Signs in with a passcode of the user's virtual MFA device too, as IAM asks of a user whose
    /// sign-in is protected by one.
    ///
    /// `user_id` is the id of the user, which IAM wants beside its name. `source` is asked for a
    /// passcode at each sign-in: the first, and each time that a token is about to end. A
    /// [`Password`] will do for a program that ends within the 24 hours of a token: a passcode is
    /// never sent twice, since it is good once and each wrong one brings the user nearer to being
    /// locked.
    #[must_use]
    pub fn totp(mut self, user_id: impl Into<String>, source: impl SecretSource + 'static) -> Self {
        self.totp = Some(Totp {
            user_id: user_id.into(),
            source: Arc::new(source),
        });
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

    /// Has the token be for a project, where nothing was chosen; says whether it did.
    pub(crate) fn choose_project(&mut self, name: &str) -> bool {
        let chosen = self.scope == Scope::Region;
        if chosen {
            self.scope = Scope::ProjectName(name.to_owned());
        }
        chosen
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn")
            .field("account", &self.account)
            .field("user", &self.user)
            .field("scope", &self.scope)
            .field("totp", &self.totp.is_some())
            .finish_non_exhaustive()
    }
}

/// Signs in whenever it is asked; `Cached` keeps what it gives.
pub(crate) struct TokenProvider {
    service: Arc<dyn IdentityService>,
    user: SignIn,
    refused: Refused,
    /// The passcode that was sent last. It is good once.
    spent: Mutex<Option<Password>>,
}

impl TokenProvider {
    pub(crate) fn new(service: Arc<dyn IdentityService>, user: SignIn) -> Self {
        Self {
            service,
            user,
            refused: Refused::default(),
            spent: Mutex::default(),
        }
    }

    /// The passcode to sign in with, where the user has a device for it.
    async fn passcode(&self) -> Result<Option<Passcode>, CredentialsError> {
        let Some(totp) = &self.user.totp else {
            return Ok(None);
        };
        let passcode = totp.source.secret().await?;
        let spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        if spent.as_ref() == Some(&passcode) {
            return Err(CredentialsError::other(
                "signing in needs a new passcode, and the source of passcodes gave the one that \
                 was sent already; wait for the next one, or give `SignIn::totp` a function that \
                 asks for it",
            ));
        }
        Ok(Some(Passcode {
            user_id: totp.user_id.clone(),
            passcode,
        }))
    }

    async fn sign_in(&self) -> Result<Credentials, CredentialsError> {
        if let Some(error) = self.refused.standing() {
            return Err(CredentialsError::SignIn(Box::new(error)));
        }
        let passcode = self.passcode().await?;
        let sent = passcode.as_ref().map(|it| it.passcode.clone());
        let asked = self.service.sign_in(&self.user, passcode).await;
        // What certainly did not arrive can be sent again.
        if !asked.as_ref().is_err_and(IdentityError::is_retryable) {
            *self.spent.lock().unwrap_or_else(PoisonError::into_inner) = sent;
        }
        match asked {
            Ok(signed_in) => token_credentials(signed_in),
            Err(error) => {
                let error = self.refused.remember(error);
                Err(CredentialsError::SignIn(Box::new(error)))
            }
        }
    }
}

/// The credentials that IAM gave out.
pub(super) fn token_credentials(signed_in: SignedIn) -> Result<Credentials, CredentialsError> {
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

impl ProvideCredentials for TokenProvider {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(self.sign_in())
    }

    fn kind(&self) -> &'static str {
        "sign-in"
    }
}

/// Stands where the provider will be once IAM can be called.
#[derive(Debug)]
pub(crate) struct IamPlaceholder;

impl ProvideCredentials for IamPlaceholder {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Err(CredentialsError::other(
            "the client signs in or assumes an agency, and was built without the service `iam`",
        ))))
    }

    fn kind(&self) -> &'static str {
        "sign-in"
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use http::HeaderMap;
    use tokio::time::advance;

    use super::super::{IdentityFuture, Project, SignedIn};
    use super::*;
    use crate::credential::Cached;
    use crate::error::{Error, UndocumentedError};
    use crate::operation::Operation;

    static SIGN_IN: Operation = Operation::new("iam", "SignIn", "POST", "/v3/auth/tokens");
    const WRONG: &str = r#"{"error":{"code":401,"message":"The username or password is wrong."}}"#;
    const LOCKED: &str = r#"{"error":{"code":401,"message":"The account is locked."}}"#;

    /// Refuses at first, so many times, and counts.
    #[derive(Debug)]
    struct Iam {
        refuses: usize,
        status: u16,
        body: &'static str,
        asked: AtomicUsize,
    }

    impl IdentityService for Iam {
        fn sign_in<'a>(
            &'a self,
            _: &'a SignIn,
            _: Option<Passcode>,
        ) -> IdentityFuture<'a, SignedIn> {
            let asked = self.asked.fetch_add(1, Ordering::Relaxed);
            Box::pin(async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                if asked >= self.refuses {
                    return Ok(SignedIn::new(Password::new("token")));
                }
                let headers = HeaderMap::new();
                let details = crate::error::details_of(&SIGN_IN, self.status, &headers, self.body);
                let error = UndocumentedError::new(details);
                Err(Error::<()>::Undocumented(Box::new(error)).into())
            })
        }

        fn projects<'a>(&'a self, _: &'a str) -> IdentityFuture<'a, Vec<Project>> {
            Box::pin(std::future::ready(Ok(Vec::new())))
        }
    }

    fn iam(
        refuses: usize,
        status: u16,
        body: &'static str,
    ) -> (Arc<Iam>, Arc<Cached<TokenProvider>>) {
        let iam = Arc::new(Iam {
            refuses,
            status,
            body,
            asked: AtomicUsize::new(0),
        });
        let user = SignIn::new("account", "user", "Hidden-Password-1");
        let provider = TokenProvider::new(iam.clone(), user);
        (iam, Arc::new(Cached::new(provider)))
    }

    impl Iam {
        fn asked(&self) -> usize {
            self.asked.load(Ordering::Relaxed)
        }
    }

    async fn fifty(provider: &Arc<Cached<TokenProvider>>) -> Vec<Result<(), CredentialsError>> {
        let calls: Vec<_> = (0..50)
            .map(|_| {
                let provider = Arc::clone(provider);
                tokio::spawn(async move { provider.provide().await.map(drop) })
            })
            .collect();
        let mut results = Vec::new();
        for call in calls {
            results.push(call.await.unwrap());
        }
        results
    }

    #[tokio::test(start_paused = true)]
    async fn a_lock_is_waited_for_and_recovers_by_itself() {
        for (status, body) in [(401, LOCKED), (401, WRONG), (403, LOCKED)] {
            let (iam, provider) = iam(1, status, body);
            for minute in 0..15 {
                for result in fifty(&provider).await {
                    let error = result.unwrap_err();
                    let left = Duration::from_secs(60 * (15 - minute));
                    let said = error.asked_again_in().unwrap();
                    assert!(
                        said <= left && said + Duration::from_secs(1) > left,
                        "{said:?}"
                    );
                    let text = error.to_string();
                    assert!(text.contains("IAM is asked again in"), "{text}");
                    assert!(text.contains("locked"), "{text}");
                }
                assert_eq!(iam.asked(), 1, "{minute}");
                advance(Duration::from_secs(60)).await;
            }
            assert!(fifty(&provider).await.iter().all(Result::is_ok));
            assert_eq!(iam.asked(), 2);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_wrong_password_is_asked_once_in_a_lock_s_time() {
        let (iam, provider) = iam(usize::MAX, 401, WRONG);
        for _ in 0..4 * 60 {
            assert!(fifty(&provider).await.iter().all(Result::is_err));
            advance(Duration::from_secs(60)).await;
        }
        // Four hours.
        assert!((15..=17).contains(&iam.asked()), "{}", iam.asked());
    }

    #[tokio::test(start_paused = true)]
    async fn other_failures_are_over_sooner() {
        let (iam, provider) = iam(1, 503, "");
        assert!(provider.provide().await.is_err());
        assert!(provider.provide().await.is_err());
        assert_eq!(iam.asked(), 1);
        let error = provider.provide().await.unwrap_err();
        assert_eq!(error.asked_again_in(), None);
    }
}
