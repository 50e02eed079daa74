//! A client that cannot be built, as an error among those of calls.

use crate::client::BuilderError;
use crate::error::{CallError, ErrorDetails};

/// It has made no call.
impl CallError for BuilderError {
    fn details(&self) -> Option<&ErrorDetails> {
        None
    }

    fn status(&self) -> Option<u16> {
        None
    }

    fn code(&self) -> Option<&str> {
        None
    }

    fn message(&self) -> Option<&str> {
        None
    }

    fn request_id(&self) -> Option<&str> {
        None
    }

    fn hint(&self) -> Option<&'static str> {
        None
    }

    fn is_throttled(&self) -> bool {
        false
    }

    fn is_auth(&self) -> bool {
        matches!(self, Self::NoCredentials | Self::Credentials(_))
    }

    fn is_retryable(&self) -> bool {
        false
    }

    fn may_have_been_processed(&self) -> bool {
        false
    }
}
