//! What can go wrong with a call.
//!
//! [`Error`] separates what matters to a caller: was anything sent, did the
//! server answer, and is its answer one that the API documents.

mod answer;
mod any;
mod body;
mod details;
mod hint;

use std::fmt;

pub use answer::{ApiError, DecodeError, DecodeFailure, UndocumentedError};
pub use any::{AnyError, CallError};
pub use details::{ErrorDetails, Withheld};

pub(crate) use body::{KNOWN_NAMES, Reading};
pub(crate) use details::{request_id, shown_header};

use crate::credentials::CredentialsError;
use crate::identity::IdentityError;
use crate::invalid::InvalidRequest;
use crate::retry::Ending;
use crate::transport::TransportError;

/// What went wrong with a call; `E` is the operation's own error type.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The request breaks a documented rule. Nothing was sent.
    InvalidRequest(InvalidRequest),
    /// The credentials cannot be used, or IAM gave no token or project for them. The call itself
    /// was not made.
    Credentials(CredentialsError),
    /// There is no answer.
    Transport(TransportError),
    /// The server refused, in a way that the API documents.
    Api(Box<ApiError<E>>),
    /// The server answered with something that the API does not document.
    Undocumented(Box<UndocumentedError>),
    /// The answer's status is documented, and its body is not what it should
    /// be.
    Decode(Box<DecodeError>),
}

/// What a call of any operation can fail with before there is an answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum SendError {
    /// The request cannot be sent.
    InvalidRequest(InvalidRequest),
    /// The credentials cannot be used.
    Credentials(CredentialsError),
    /// There is no answer.
    Transport(TransportError),
}

impl<E> Error<E> {
    /// What is known about the server's answer, if there is one.
    pub fn details(&self) -> Option<&ErrorDetails> {
        match self {
            Self::Api(error) => Some(error.details()),
            Self::Undocumented(error) => Some(error.details()),
            Self::Decode(error) => Some(error.details()),
            Self::InvalidRequest(_) | Self::Credentials(_) | Self::Transport(_) => None,
        }
    }

    /// The HTTP status of the answer.
    pub fn status(&self) -> Option<u16> {
        self.details()
            .or_else(|| self.refusal())
            .map(ErrorDetails::status)
            .or_else(|| self.identity()?.status())
    }

    /// The vendor's error code, such as `DCS.4845` or `APIGW.0301`.
    pub fn code(&self) -> Option<&str> {
        self.details()
            .or_else(|| self.refusal())
            .and_then(ErrorDetails::code)
            .or_else(|| self.identity()?.code())
    }

    /// The server's message.
    pub fn message(&self) -> Option<&str> {
        self.details()
            .or_else(|| self.refusal())
            .and_then(ErrorDetails::message)
    }

    /// The id that the vendor's support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.details()
            .or_else(|| self.refusal())
            .and_then(ErrorDetails::request_id)
            .or_else(|| self.identity()?.request_id())
    }

    /// What to do about it, if the code is one where that is known; shown by
    /// `Display` after the server's message.
    pub fn hint(&self) -> Option<&'static str> {
        self.details()
            .or_else(|| self.refusal())
            .and_then(ErrorDetails::hint)
    }

    /// Whether the server asks for fewer calls: status 429, or the gateway's
    /// code 0308.
    pub fn is_throttled(&self) -> bool {
        self.details().is_some_and(ErrorDetails::is_throttled)
            || self
                .identity()
                .is_some_and(|error| error.status() == Some(429))
    }

    /// What IAM answered, where the client asked it for a token or a project and got neither.
    fn identity(&self) -> Option<&IdentityError> {
        match self {
            Self::Credentials(error) => error.identity(),
            _ => None,
        }
    }

    /// The earlier answer for which the credentials were not sent this time.
    fn refusal(&self) -> Option<&ErrorDetails> {
        match self {
            Self::Credentials(error) => error.refusal(),
            _ => None,
        }
    }

    /// How it ended, if it went as far as sending.
    fn ending(&self) -> Option<Ending> {
        match self {
            Self::InvalidRequest(_) | Self::Credentials(_) => None,
            Self::Transport(error) => Some(Ending::of_transport(error)),
            Self::Api(_) | Self::Undocumented(_) | Self::Decode(_) => {
                self.details().map(ErrorDetails::ending)
            }
        }
    }

    /// Whether credentials or permissions are to blame: unusable credentials,
    /// status 401 or 403, or one of the gateway's codes for a bad signature, a
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
        self.ending()
            .is_some_and(|ending| ending.may_be_repeated(operation))
    }

    /// `false` when the call certainly changed nothing: nothing was sent, the
    /// request did not arrive, or the server refused it with a status from 400
    /// to 499. 408 is no refusal, and 429 is one only with the gateway's own
    /// code: a proxy on the way may have passed the request on before.
    pub fn may_have_been_processed(&self) -> bool {
        // Signing in and looking up a project change nothing.
        self.ending().is_some_and(Ending::may_have_been_processed)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(error) => error.fmt(f),
            Self::Credentials(error) => write!(f, "{}{error}", error.prefix()),
            Self::Transport(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Undocumented(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    /// The cause of a call without an answer. The other kinds say all in their
    /// own text.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            _ => None,
        }
    }
}

impl<E> From<InvalidRequest> for Error<E> {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(error)
    }
}

impl<E> From<crate::wire::BuildError> for Error<E> {
    fn from(error: crate::wire::BuildError) -> Self {
        Self::InvalidRequest(error.into())
    }
}

impl<E> From<SendError> for Error<E> {
    fn from(error: SendError) -> Self {
        match error {
            SendError::InvalidRequest(error) => Self::InvalidRequest(error),
            SendError::Credentials(error) => Self::Credentials(error),
            SendError::Transport(error) => Self::Transport(error),
        }
    }
}

impl From<InvalidRequest> for SendError {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(error)
    }
}

impl From<CredentialsError> for SendError {
    fn from(error: CredentialsError) -> Self {
        Self::Credentials(error)
    }
}

impl From<TransportError> for SendError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(error) => error.fmt(f),
            Self::Credentials(error) => write!(f, "{}{error}", error.prefix()),
            Self::Transport(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SendError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::InvalidRequest(_) | Self::Credentials(_) => None,
        }
    }
}

/// The details of an answer to a request without secrets.
#[cfg(test)]
pub(crate) fn details_of(
    operation: &'static crate::operation::Operation,
    status: u16,
    headers: &http::HeaderMap,
    body: &str,
) -> ErrorDetails {
    let mut response = http::Response::new(bytes::Bytes::from(body.to_owned()));
    if let Ok(status) = http::StatusCode::from_u16(status) {
        *response.status_mut() = status;
    }
    *response.headers_mut() = headers.clone();
    crate::response::RawResponse::new(operation, response, crate::redact::Redactor::default())
        .details()
}
