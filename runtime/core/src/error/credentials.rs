//! Why there are no credentials for a call, whoever gives them.

use super::details::ErrorDetails;

/// Why there are no usable credentials: the error of a vendor's credentials.
pub trait CredentialsFailure: std::error::Error + Send + Sync + 'static {
    /// What to call on the builder of a client so that there are some.
    fn ways() -> &'static str
    where
        Self: Sized,
    {
        "call `.credentials(..)` or `.credentials_provider(..)`; a client for operations that need \
         none is built with `.without_credentials()`"
    }

    /// The earlier response that refused the credentials, for which they are not sent again.
    fn refusal(&self) -> Option<&ErrorDetails> {
        None
    }

    /// Whether somebody was asked for credentials over the network, so that something was sent.
    fn was_asked_for(&self) -> bool {
        false
    }

    /// The HTTP status of the response of whoever was asked.
    fn status(&self) -> Option<u16> {
        None
    }

    /// The code of that response.
    fn code(&self) -> Option<&str> {
        None
    }

    /// The id of that request.
    fn request_id(&self) -> Option<&str> {
        None
    }

    /// Whether the credentials themselves are to blame.
    fn is_auth(&self) -> bool {
        true
    }

    /// Whether asking for them again later may succeed and can do no harm.
    fn is_retryable(&self) -> bool {
        false
    }
}
