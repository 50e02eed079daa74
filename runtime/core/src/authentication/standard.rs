//! The credentials that OpenAPI has names for: bearer tokens, user and password (basic), and keys
//! (`apiKey`) in a header, the query or a cookie; one, or several at once.
//!
//! A token of OAuth 2 or OpenID Connect is a bearer token; whoever can renew it is a
//! [`ProvideCredentials`].

mod credentials;
mod error;
mod provider;
mod scheme;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use http::header::{HeaderMap, HeaderName};

pub use self::credentials::Credentials;
pub use self::error::CredentialsError;
pub use self::provider::{CredentialsFuture, ProvideCredentials};

use super::{Authentication, Unauthenticated};
use crate::error::SendError;
use crate::operation::Operation;

/// Calls with what OpenAPI has a name for.
#[derive(Clone)]
pub struct Standard(Source);

#[derive(Clone)]
enum Source {
    Fixed(Credentials),
    Provider(Arc<dyn ProvideCredentials>),
    None(Credentials),
}

impl Standard {
    /// With these, always.
    pub fn fixed(credentials: Credentials) -> Self {
        Self(Source::Fixed(credentials))
    }

    /// With those that the provider gives.
    pub fn provided(provider: Arc<dyn ProvideCredentials>) -> Self {
        Self(Source::Provider(provider))
    }

    /// With none.
    pub fn none() -> Self {
        Self(Source::None(Credentials::none()))
    }

    /// Refuses fixed credentials that cannot be sent.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn check(&self) -> Result<(), CredentialsError> {
        self.fixed().map_or(Ok(()), Credentials::check)
    }
}

impl Authentication for Standard {
    type Credentials = Credentials;
    type Error = CredentialsError;

    const SIGNS_BODY: bool = false;

    fn fixed(&self) -> Option<&Credentials> {
        match &self.0 {
            Source::Fixed(credentials) | Source::None(credentials) => Some(credentials),
            Source::Provider(_) => None,
        }
    }

    async fn provide(&self) -> Result<Credentials, CredentialsError> {
        let credentials = match &self.0 {
            Source::Fixed(credentials) | Source::None(credentials) => {
                return Ok(credentials.clone());
            }
            Source::Provider(provider) => provider.provide().await?,
        };
        credentials.check()?;
        Ok(credentials)
    }

    fn select<'a>(
        &self,
        operation: &Operation,
        is_set: &dyn Fn(&HeaderName) -> bool,
        credentials: Cow<'a, Credentials>,
    ) -> Result<Option<Cow<'a, Credentials>>, CredentialsError> {
        let asked = match operation.security {
            Some(security) => Credentials::select(credentials, security)?,
            // Where a document does not say, all that there is goes along.
            None => Some(credentials),
        };
        Ok(asked.and_then(|asked| Credentials::with_room(asked, is_set)))
    }

    fn rejected(&self, credentials: &Credentials) {
        if let Source::Provider(provider) = &self.0 {
            provider.rejected(credentials);
        }
    }

    /// Those that the caller's own headers stand for are not selected.
    fn is_authenticated(&self, _: &HeaderMap, _: &Credentials) -> bool {
        false
    }

    fn authenticate(
        &self,
        credentials: &Credentials,
        _project_id: Option<&str>,
        request: &mut Unauthenticated<'_>,
        _now: SystemTime,
    ) -> Result<bool, SendError<CredentialsError>> {
        credentials.add_to(request)?;
        Ok(false)
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Fixed(credentials) => fmt::Debug::fmt(credentials, f),
            Source::Provider(provider) => f.write_str(provider.kind()),
            Source::None(_) => f.write_str("none"),
        }
    }
}

impl fmt::Debug for Standard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f)
    }
}
