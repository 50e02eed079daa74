//! What can go wrong with a call.
//!
//! [`Error`] separates what matters to a caller: was anything sent, did the
//! server respond, and is its response one that the API documents.

mod any;
mod body;
mod credentials;
mod details;
mod refusal;
mod response;

use std::fmt;

pub use any::{AnyError, CallError};
pub use credentials::CredentialsFailure;
pub use details::{Conventions, ErrorDetails, Plain, Withheld};
pub use refusal::Refusal;
pub use response::{ApiError, DecodeError, DecodeFailure, UndocumentedError};

pub(crate) use body::{KNOWN_NAMES, Reading};
pub(crate) use details::{header_of, redacted_header};

use crate::invalid::InvalidRequest;
use crate::outcome::Outcome;
use crate::retry::AttemptOutcome;
use crate::transport::TransportError;

/// What went wrong with a call; `E` is the operation's own error type, `C` the error of the vendor's
/// credentials.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E, C> {
    /// The request breaks a documented rule. Nothing was sent.
    InvalidRequest(InvalidRequest),
    /// The credentials cannot be used, or could not be had. The call itself was not made.
    Credentials(C),
    /// There is no response.
    Transport(TransportError),
    /// The server refused, in a way that the API documents.
    Api(Box<ApiError<E>>),
    /// The server responded with something that the API does not document.
    Undocumented(Box<UndocumentedError>),
    /// The response's status is documented, and its body is not what it should
    /// be.
    Decode(Box<DecodeError>),
}

/// What a call of any operation can fail with before there is a response.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendError<C> {
    /// The request cannot be sent.
    InvalidRequest(InvalidRequest),
    /// The credentials cannot be used.
    Credentials(C),
    /// There is no response.
    Transport(TransportError),
}

impl<C> SendError<C> {
    /// What came of the call.
    pub(crate) fn outcome(&self) -> Outcome {
        match self {
            Self::InvalidRequest(_) => Outcome::InvalidRequest,
            Self::Credentials(_) => Outcome::Credentials,
            Self::Transport(error) => Outcome::Transport(error.kind()),
        }
    }
}

impl<E, C: CredentialsFailure> Error<E, C> {
    /// What is known about the server's response, if there is one.
    pub fn details(&self) -> Option<&ErrorDetails> {
        match self {
            Self::Api(error) => Some(error.details()),
            Self::Undocumented(error) => Some(error.details()),
            Self::Decode(error) => Some(error.details()),
            Self::InvalidRequest(_) | Self::Credentials(_) | Self::Transport(_) => None,
        }
    }

    /// The HTTP status of the response.
    pub fn status(&self) -> Option<u16> {
        self.response()
            .map(ErrorDetails::status)
            .or_else(|| self.credentials()?.status())
    }

    /// The API's error code, such as `SHOP.4845`.
    pub fn code(&self) -> Option<&str> {
        self.response()
            .and_then(ErrorDetails::code)
            .or_else(|| self.credentials()?.code())
    }

    /// The server's message.
    pub fn message(&self) -> Option<&str> {
        self.response().and_then(ErrorDetails::message)
    }

    /// The id that the vendor's support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.response()
            .and_then(ErrorDetails::request_id)
            .or_else(|| self.credentials()?.request_id())
    }

    /// What to do about it, if the code is one where that is known; shown by
    /// `Display` after the server's message.
    pub fn hint(&self) -> Option<&'static str> {
        self.response().and_then(ErrorDetails::hint)
    }

    /// Whether the server asks for fewer calls: status 429, or a code that means the same.
    pub fn is_throttled(&self) -> bool {
        self.details().is_some_and(ErrorDetails::is_throttled)
            || self
                .credentials()
                .is_some_and(|error| error.status() == Some(429))
    }

    fn credentials(&self) -> Option<&C> {
        match self {
            Self::Credentials(error) => Some(error),
            _ => None,
        }
    }

    /// The server's response, or the earlier one for which the credentials were not sent this time.
    fn response(&self) -> Option<&ErrorDetails> {
        let refusal = || self.credentials()?.refusal();
        self.details().or_else(refusal)
    }

    /// What came of the call, as an [`Observer`](crate::Observer) is told it: whether anything was
    /// sent, and how the server responded.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::InvalidRequest(_) => Outcome::InvalidRequest,
            Self::Credentials(_) => Outcome::Credentials,
            Self::Transport(error) => Outcome::Transport(error.kind()),
            Self::Api(_) | Self::Undocumented(_) | Self::Decode(_) => {
                let status = self.details().map(ErrorDetails::status);
                Outcome::Responded(status.unwrap_or_default())
            }
        }
    }

    /// How it ended, if it went as far as sending.
    fn attempt(&self) -> Option<AttemptOutcome> {
        match self {
            Self::InvalidRequest(_) | Self::Credentials(_) => None,
            Self::Transport(error) => Some(AttemptOutcome::of_transport(error)),
            Self::Api(_) | Self::Undocumented(_) | Self::Decode(_) => {
                self.details().map(ErrorDetails::outcome)
            }
        }
    }

    /// Whether credentials or permissions are to blame: unusable credentials,
    /// status 401 or 403, or a code that says so: for a bad signature, a
    /// clock that is off, or an expired token.
    pub fn is_auth(&self) -> bool {
        matches!(self, Self::Credentials(error) if error.is_auth())
            || self.details().is_some_and(ErrorDetails::is_auth)
    }

    /// Whether the same call may succeed later and sending it again can do no
    /// harm. The client goes by the same rule, see
    /// [`RetryPolicy`](crate::RetryPolicy). Never after a 401: five in a row lock
    /// the access key.
    pub fn is_retryable(&self) -> bool {
        let operation = match self {
            Self::Credentials(error) => return error.is_retryable(),
            Self::Transport(error) => error.operation(),
            _ => self.details().map(ErrorDetails::operation),
        };
        self.attempt()
            .is_some_and(|outcome| outcome.may_be_retried(operation))
    }

    /// `false` when the call certainly changed nothing: nothing was sent, the
    /// request did not arrive, or the server refused it with a status from 400
    /// to 499. 408 is no refusal, and 429 is one only in words that
    /// prove it: a proxy on the way may have passed the request on before.
    pub fn may_have_been_processed(&self) -> bool {
        // Asking for credentials changes nothing.
        self.attempt()
            .is_some_and(AttemptOutcome::may_have_been_processed)
    }
}

impl<E, C: CredentialsFailure> fmt::Display for Error<E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(error) => error.fmt(f),
            Self::Credentials(error) => write!(f, "{}{error}", prefix(error)),
            Self::Transport(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Undocumented(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug, C: CredentialsFailure> std::error::Error for Error<E, C> {
    /// The cause of a call without a response. The other kinds say all in their
    /// own text.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            _ => None,
        }
    }
}

impl<E, C> From<InvalidRequest> for Error<E, C> {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(error)
    }
}

impl<E, C> From<crate::wire::BuildError> for Error<E, C> {
    fn from(error: crate::wire::BuildError) -> Self {
        Self::InvalidRequest(error.into())
    }
}

impl<E, C> From<SendError<C>> for Error<E, C> {
    fn from(error: SendError<C>) -> Self {
        match error {
            SendError::InvalidRequest(error) => Self::InvalidRequest(error),
            SendError::Credentials(error) => Self::Credentials(error),
            SendError::Transport(error) => Self::Transport(error),
        }
    }
}

impl<E, C> From<TransportError> for Error<E, C> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl<C> From<InvalidRequest> for SendError<C> {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(error)
    }
}

impl<C: CredentialsFailure> From<C> for SendError<C> {
    fn from(error: C) -> Self {
        Self::Credentials(error)
    }
}

impl<C> From<TransportError> for SendError<C> {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl<C: CredentialsFailure> fmt::Display for SendError<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(error) => error.fmt(f),
            Self::Credentials(error) => write!(f, "{}{error}", prefix(error)),
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl<C: CredentialsFailure> std::error::Error for SendError<C> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::InvalidRequest(_) | Self::Credentials(_) => None,
        }
    }
}

/// What an error of the credentials begins with, in one of a call.
fn prefix<C: CredentialsFailure>(error: &C) -> &'static str {
    match error.was_asked_for() {
        true => "the call was not made: ",
        false => "nothing was sent: ",
    }
}
