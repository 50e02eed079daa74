//! Where credentials come from.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::{Credentials, CredentialsError};

/// The future of a [`ProvideCredentials`].
pub type CredentialsFuture<'a> =
    Pin<Box<dyn Future<Output = Result<Credentials, CredentialsError>> + Send + 'a>>;

/// Gives credentials when a request is about to be signed.
///
/// The client asks once an attempt and keeps nothing, so a provider that takes time remembers what
/// it got: wrap it in [`Cached`](super::Cached). [`Credentials`] are a provider of themselves.
///
/// A client shows of its provider the name of its type, and nothing that it holds.
pub trait ProvideCredentials: Send + Sync {
    /// The credentials to use now.
    ///
    /// The future may be dropped at any time. Its error says where it looked
    /// and what is wrong there; a provider of your own makes one with
    /// [`CredentialsError::other`].
    fn provide(&self) -> CredentialsFuture<'_>;

    /// Told that a service refused these credentials, most often with status 401. Whoever keeps
    /// them lets go of them: [`provide`](Self::provide) is asked again at once, and where it
    /// gives others the call is made with those. It is told so three times a minute at most.
    fn rejected(&self, credentials: &Credentials) {
        let _ = credentials;
    }

    /// What `Debug` of a client calls it: the name of its type, unless it says otherwise.
    fn kind(&self) -> &'static str {
        std::any::type_name::<Self>()
    }
}

impl ProvideCredentials for Credentials {
    fn provide(&self) -> CredentialsFuture<'_> {
        let credentials = self.clone();
        Box::pin(std::future::ready(Ok(credentials)))
    }

    fn kind(&self) -> &'static str {
        self.kind_name()
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Arc<P> {
    fn provide(&self) -> CredentialsFuture<'_> {
        (**self).provide()
    }

    fn rejected(&self, credentials: &Credentials) {
        (**self).rejected(credentials);
    }

    fn kind(&self) -> &'static str {
        (**self).kind()
    }
}

impl<P: ProvideCredentials + ?Sized> ProvideCredentials for Box<P> {
    fn provide(&self) -> CredentialsFuture<'_> {
        (**self).provide()
    }

    fn rejected(&self, credentials: &Credentials) {
        (**self).rejected(credentials);
    }

    fn kind(&self) -> &'static str {
        (**self).kind()
    }
}
