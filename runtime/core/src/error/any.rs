//! Errors of calls whatever the operation.

use std::fmt;

use super::{CredentialsFailure, Error, ErrorDetails};
use crate::outcome::Outcome;

/// What the error of any operation tells; each method is the one of [`Error`]. An error from
/// before any call tells nothing.
pub trait CallError: std::error::Error + Send + Sync + 'static {
    /// See [`Error::details`].
    fn details(&self) -> Option<&ErrorDetails> {
        None
    }
    /// See [`Error::status`].
    fn status(&self) -> Option<u16> {
        None
    }
    /// See [`Error::code`].
    fn code(&self) -> Option<&str> {
        None
    }
    /// See [`Error::message`].
    fn message(&self) -> Option<&str> {
        None
    }
    /// See [`Error::request_id`].
    fn request_id(&self) -> Option<&str> {
        None
    }
    /// See [`Error::hint`].
    fn hint(&self) -> Option<&'static str> {
        None
    }
    /// See [`Error::is_throttled`].
    fn is_throttled(&self) -> bool {
        false
    }
    /// See [`Error::is_auth`].
    fn is_auth(&self) -> bool {
        false
    }
    /// See [`Error::is_retryable`].
    fn is_retryable(&self) -> bool {
        false
    }
    /// See [`Error::outcome`]; none where the error is from before any call.
    fn outcome(&self) -> Option<Outcome> {
        None
    }
    /// See [`Error::may_have_been_processed`].
    fn may_have_been_processed(&self) -> bool {
        false
    }
}

macro_rules! as_error_does {
    ($($method:ident -> $output:ty)*) => {
        impl<E: fmt::Debug + Send + Sync + 'static, C: CredentialsFailure> CallError for Error<E, C> {
            $(fn $method(&self) -> $output {
                self.$method()
            })*

            fn outcome(&self) -> Option<Outcome> {
                Some(self.outcome())
            }
        }
    };
}

as_error_does! {
    details -> Option<&ErrorDetails>
    status -> Option<u16>
    code -> Option<&str>
    message -> Option<&str>
    request_id -> Option<&str>
    hint -> Option<&'static str>
    is_throttled -> bool
    is_auth -> bool
    is_retryable -> bool
    may_have_been_processed -> bool
}

/// The error of a call of any operation, for functions that make calls of several.
///
/// `?` turns each operation's own error into it, and it tells what [`CallError`] has.
///
/// Behind a `Box<dyn std::error::Error>` it is found again by
/// `downcast_ref::<AnyError>()`, whatever the operation was.
pub struct AnyError(Box<dyn CallError>);

impl AnyError {
    /// The operation's own error, if it is of this type.
    pub fn downcast_ref<T: std::error::Error + 'static>(&self) -> Option<&T> {
        let error: &(dyn std::error::Error + 'static) = &*self.0;
        error.downcast_ref()
    }
}

impl<T: CallError> From<T> for AnyError {
    fn from(error: T) -> Self {
        Self(Box::new(error))
    }
}

impl std::ops::Deref for AnyError {
    type Target = dyn CallError;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.0, f)
    }
}

impl std::error::Error for AnyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}
