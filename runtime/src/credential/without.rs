//! A client that was built to do without credentials.

use super::{CredentialsError, CredentialsFuture, ProvideCredentials};

/// Has none, and says so to whoever needs some.
#[derive(Debug)]
pub(crate) struct WithoutCredentials;

impl ProvideCredentials for WithoutCredentials {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Err(CredentialsError::Without)))
    }

    fn kind(&self) -> &'static str {
        "none"
    }
}
