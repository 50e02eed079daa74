//! What can go wrong with a call.
//!
//! [`Error`] separates what matters to a caller: was anything sent, did the
//! server answer, and is its answer one that the API documents.

mod answer;
mod body;
mod details;
mod excerpt;
mod hint;

use std::fmt;

pub use answer::{ApiError, DecodeError, DecodeFailure, UndocumentedError};
pub use details::ErrorDetails;

pub(crate) use details::request_id as details_request_id;

use crate::credentials::CredentialsError;
use crate::identity::IdentityError;
use crate::invalid::InvalidRequest;
use crate::operation::{Operation, Retry};
use crate::transport::{TransportError, TransportErrorKind};

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
            .map(ErrorDetails::status)
            .or_else(|| self.identity()?.status())
    }

    /// The vendor's error code, such as `DCS.4845` or `APIGW.0301`.
    pub fn code(&self) -> Option<&str> {
        self.details()
            .and_then(ErrorDetails::code)
            .or_else(|| self.identity()?.code())
    }

    /// The server's message.
    pub fn message(&self) -> Option<&str> {
        self.details().and_then(ErrorDetails::message)
    }

    /// The id that the vendor's support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.details()
            .and_then(ErrorDetails::request_id)
            .or_else(|| self.identity()?.request_id())
    }

    /// What to do about it, if the code is one where that is known; shown by
    /// `Display` after the server's message.
    pub fn hint(&self) -> Option<&'static str> {
        self.details().and_then(ErrorDetails::hint)
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

    /// Whether credentials or permissions are to blame: unusable credentials,
    /// status 401 or 403, or one of the gateway's codes for a bad signature, a
    /// clock that is off, or an expired token.
    pub fn is_auth(&self) -> bool {
        matches!(self, Self::Credentials(error) if error.is_auth())
            || self.details().is_some_and(ErrorDetails::is_auth)
    }

    /// Whether the same call may succeed later and sending it again can do no
    /// harm: the request did not reach the server, or was throttled; or the
    /// failure is passing (timeout, 408, 502, 503, 504) and the operation is
    /// safe to repeat. Never after a 401: five in a row lock the access key.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::InvalidRequest(_) => false,
            Self::Credentials(error) => error.is_retryable(),
            Self::Transport(error) => {
                let passing = matches!(
                    error.kind(),
                    TransportErrorKind::Connect
                        | TransportErrorKind::Timeout
                        | TransportErrorKind::Body
                );
                passing && (!error.may_have_been_processed() || is_safe(error.operation()))
            }
            Self::Api(_) | Self::Undocumented(_) | Self::Decode(_) => {
                self.details().is_some_and(|details| {
                    details.is_throttled()
                        || (matches!(details.status(), 408 | 502..=504)
                            && is_safe(Some(details.operation())))
                })
            }
        }
    }

    /// `false` when the call certainly changed nothing: nothing was sent, the
    /// request did not arrive, or the server refused it with a status from 400
    /// to 499 (408 excepted).
    pub fn may_have_been_processed(&self) -> bool {
        match self {
            // Signing in and looking up a project change nothing.
            Self::InvalidRequest(_) | Self::Credentials(_) => false,
            Self::Transport(error) => error.may_have_been_processed(),
            Self::Api(_) | Self::Undocumented(_) | Self::Decode(_) => self
                .status()
                .is_none_or(|status| status == 408 || !(400..500).contains(&status)),
        }
    }
}

fn is_safe(operation: Option<&Operation>) -> bool {
    operation.is_some_and(|operation| operation.retry == Retry::Safe)
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
