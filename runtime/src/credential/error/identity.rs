//! Why IAM could not be asked, or gave no use.

use std::fmt;
use std::time::Duration;

use crate::sanitize::{self, Sanitized, sanitized};
use openapi_client_runtime::error::{CredentialsFailure, Error};

/// The longest text that is shown, in characters: that of an error of a call, which has been cut
/// already.
const LONGEST: usize = 3 * sanitize::SENTENCE;

/// A call of IAM that failed. It holds what the call's error said, and no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityError {
    text: String,
    status: Option<u16>,
    code: Option<String>,
    request_id: Option<String>,
    retryable: bool,
    asked_again_in: Option<Duration>,
}

impl IdentityError {
    /// A response that is fine for HTTP and of no use here. `text` says what is wrong, without the
    /// response's content.
    pub fn unusable(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            status: None,
            code: None,
            request_id: None,
            retryable: false,
            asked_again_in: None,
        }
    }

    /// The HTTP status of IAM's response, if there is one.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// IAM's error code.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The id that the vendor's support asks for.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Whether asking again later may succeed and can do no harm.
    pub fn is_retryable(&self) -> bool {
        self.retryable
    }

    /// How long until IAM is asked again, where it refused the user: asking on with a wrong
    /// password would lock the user, and asking a lock would renew it.
    pub fn asked_again_in(&self) -> Option<Duration> {
        self.asked_again_in
    }

    pub(crate) fn again_in(mut self, wait: Duration) -> Self {
        self.asked_again_in = Some(wait);
        self
    }

    /// Whether IAM refused the user, so that asking again with the same password or key would
    /// bring it nearer to being locked.
    pub(crate) fn is_refusal(&self) -> bool {
        matches!(self.status, Some(401 | 403))
    }
}

impl<E, C: CredentialsFailure> From<Error<E, C>> for IdentityError {
    fn from(error: Error<E, C>) -> Self {
        Self {
            text: error.to_string(),
            status: error.status(),
            code: error.code().map(str::to_owned),
            request_id: error.request_id().map(str::to_owned),
            retryable: error.is_retryable(),
            asked_again_in: None,
        }
    }
}

impl fmt::Display for IdentityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Sanitized(&self.text, LONGEST))?;
        match self.asked_again_in {
            Some(wait) => write!(
                f,
                "; IAM is asked again in {} s, so that the user is not locked out",
                wait.as_secs_f64().ceil()
            ),
            None => Ok(()),
        }
    }
}

impl std::error::Error for IdentityError {}

/// Why the id of a project is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectIdError {
    /// IAM was asked and gave an error.
    #[error(
        "the project `{}` could not be looked up: {error}",
        sanitized(name, sanitize::NAME)
    )]
    LookUp {
        /// The name of the project; that of a region's own is the region's.
        name: String,
        /// What IAM said.
        error: IdentityError,
    },
    /// The caller sees no project of that name.
    #[error(
        "IAM lists no project called `{}` for these credentials; a region's own project is \
         called like the region: check the region or `.project_name(..)`, sign in to the console \
         once with it chosen, or give the id with `.project_id(..)`",
        sanitized(name, sanitize::NAME)
    )]
    NotFound {
        /// The name.
        name: String,
    },
    /// There is more than one, and a guess could reset the password of the wrong thing.
    #[error(
        "IAM lists {count} projects called `{}` for these credentials; say which one with \
         `.project_id(..)`",
        sanitized(name, sanitize::NAME)
    )]
    Several {
        /// The name.
        name: String,
        /// How many.
        count: usize,
    },
    /// The id that IAM gave cannot be part of a path.
    #[error(
        "IAM gave an id for the project `{}` that cannot be part of a path",
        sanitized(name, sanitize::NAME)
    )]
    Unusable {
        /// The name.
        name: String,
    },
}

impl ProjectIdError {
    /// IAM's response, if it is an error.
    pub fn identity(&self) -> Option<&IdentityError> {
        match self {
            Self::LookUp { error, .. } => Some(error),
            _ => None,
        }
    }

    /// Whether asking again later may succeed.
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::LookUp { error, .. } if error.is_retryable())
    }
}
