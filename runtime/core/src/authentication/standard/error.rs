//! Why there are no credentials.

use crate::authentication::{Malformed, RefusedCredentials};
use crate::error::{AnyError, CredentialsFailure, Error, ErrorDetails};
use crate::sanitize::{self, sanitized};

/// Why credentials are unusable. No value is ever part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// A value that cannot be used.
    #[error("the credentials' {name} {problem}")]
    Malformed {
        /// The value.
        name: &'static str,
        /// What is wrong with it.
        problem: Malformed,
    },
    /// The name of a key's header, query parameter or cookie that cannot be one.
    #[error(
        "`{}` cannot be the name of an API key's {location}",
        sanitized(name, sanitize::NAME)
    )]
    Name {
        /// The name given.
        name: String,
        /// What it was given as.
        location: &'static str,
    },
    /// The client has no credentials for what the operation asks for.
    #[error(
        "the operation asks for {asked}, and none of the client's credentials are for that; give \
         some to `.credentials(..)` or let the provider give them, several with `.and(..)`, and \
         where they say `.for_scheme(..)` under the name that the operation asks for"
    )]
    NotAskedFor {
        /// What the operation asks for, in words.
        asked: String,
    },
    /// Two of them would stand in the same place.
    #[error(
        "two of the credentials belong in {}, where a request has room for one; give the client one \
         of them, or say by `.for_scheme(..)`, with another name for each, which scheme it is for",
        sanitized(place, sanitize::SENTENCE)
    )]
    SamePlace {
        /// The place, in words.
        place: String,
    },
    /// The operation asks for two at once that would stand in the same place.
    #[error(
        "the operation asks for two credentials at once in {}, where a request has room for one, so \
         no client can make it as its document says; give credentials for another way that the \
         document names, and have the document mended where it names none",
        sanitized(place, sanitize::SENTENCE)
    )]
    NoRoom {
        /// The place, in words.
        place: String,
    },
    /// The server has just refused them, so they are not sent again for a while.
    #[error(transparent)]
    Refused(Box<RefusedCredentials>),
    /// A provider has none.
    #[error("{}", sanitized(.0, sanitize::SENTENCE))]
    Other(String),
}

impl CredentialsError {
    /// An error of a provider of your own. The text is shown on one line of at most 1,000
    /// characters: say where you looked, what is wrong and what to do, and no secret.
    pub fn other(text: impl Into<String>) -> Self {
        Self::Other(text.into())
    }
}

impl From<RefusedCredentials> for CredentialsError {
    fn from(refused: RefusedCredentials) -> Self {
        Self::Refused(Box::new(refused))
    }
}

/// Credentials that were missing before any call.
impl From<CredentialsError> for AnyError {
    fn from(error: CredentialsError) -> Self {
        Error::<std::convert::Infallible, CredentialsError>::Credentials(error).into()
    }
}

impl CredentialsFailure for CredentialsError {
    fn refusal(&self) -> Option<&ErrorDetails> {
        match self {
            Self::Refused(refused) => Some(refused.details()),
            _ => None,
        }
    }
}
