//! Where credentials come from.

use std::future::Future;
use std::pin::Pin;

use super::credentials::Credentials;
use super::error::CredentialsError;

/// The future of a [`ProvideCredentials`].
pub type CredentialsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// Gives credentials when a request is about to be sent.
///
/// The client asks once an attempt and keeps nothing, so a provider that takes time remembers what
/// it got. A client shows of its provider the name of its type, and nothing that it holds.
///
/// ```
/// use openapi_client_runtime::authentication::standard::{
///     Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
/// };
///
/// struct TokenFile;
///
/// impl ProvideCredentials for TokenFile {
///     fn provide(&self) -> CredentialsFuture<'_> {
///         Box::pin(async {
///             let token = std::fs::read_to_string("token").map_err(|error| {
///                 CredentialsError::other(format!("the file `token` cannot be read: {error}"))
///             })?;
///             Ok(Credentials::bearer(token.trim()))
///         })
///     }
/// }
/// ```
pub trait ProvideCredentials: Send + Sync {
    /// The credentials to use now.
    ///
    /// The future may be dropped at any time. Its error says where it looked and what is wrong
    /// there; make one with [`CredentialsError::other`].
    fn provide(&self) -> CredentialsFuture<'_>;

    /// Told that the server refused these credentials, most often with status 401. Whoever keeps
    /// them lets go of them: [`provide`](Self::provide) is asked again at once, and where it gives
    /// others the call is made with those. It is told so three times a minute at most.
    fn rejected(&self, credentials: &Credentials) {
        let _ = credentials;
    }

    /// What `Debug` of a client calls it: the name of its type, unless it says otherwise.
    fn kind(&self) -> &'static str {
        std::any::type_name::<Self>()
    }
}
