//! Why credentials are missing or unusable.

mod config;
mod identity;
mod metadata;
mod profile;

use std::time::Duration;

use openapi_client_runtime::error::{CredentialsFailure, ErrorDetails};

pub use self::config::{ConfigError, ConfigProblem};
pub use self::identity::{IdentityError, ProjectIdError};
pub(crate) use self::metadata::Step;
pub use self::metadata::{MetadataError, MetadataProblem};
pub use self::profile::{ProfileError, ProfileProblem};

use super::chain::ChainError;
use super::refused::RefusedCredentials;
use crate::shown::{self, shown};

/// Why credentials are unusable. No value is ever part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// The environment lacks variables.
    #[error("no credentials in the environment: set {}", names.join(" and "))]
    MissingVariables {
        /// Their names.
        names: Vec<&'static str>,
    },
    /// A value that cannot be used.
    #[error("the credentials' {name} {problem}")]
    Malformed {
        /// The value or the environment variable that holds it.
        name: &'static str,
        /// What is wrong with it.
        problem: Malformed,
    },
    /// The credentials file gives none.
    #[error(transparent)]
    Profile(Box<ProfileError>),
    /// The configuration of another tool gives none.
    #[error(transparent)]
    Config(Box<ConfigError>),
    /// The metadata service gives none.
    #[error(transparent)]
    Metadata(Box<MetadataError>),
    /// No provider of a chain has any.
    #[error(transparent)]
    Chain(Box<ChainError>),
    /// Signing in at IAM gave no token.
    #[error("signing in at IAM failed: {0}")]
    SignIn(Box<IdentityError>),
    /// IAM gave no keys of an agency.
    #[error("assuming the agency failed: {0}")]
    Agency(Box<IdentityError>),
    /// The client was built to do without.
    #[error(
        "this operation needs credentials, and the client was built with \
         `.without_credentials()`; build one with `.credentials(..)` or `.sign_in(..)`"
    )]
    Without,
    /// The id of the project is not known.
    #[error(transparent)]
    ProjectId(Box<ProjectIdError>),
    /// The server has just refused them, so they are not sent again for a while.
    #[error(transparent)]
    Refused(Box<RefusedCredentials>),
    /// A provider of another's making has none.
    #[error("{}", shown(.0, shown::SENTENCE))]
    Other(String),
}

impl CredentialsError {
    /// An error of a provider of your own. The text is shown on one line of at
    /// most 1,000 characters: say where you looked, what is wrong and what to
    /// do, and no secret.
    pub fn other(text: impl Into<String>) -> Self {
        Self::Other(text.into())
    }

    /// Whether the place is not in use at all, as against in use and broken.
    pub(crate) fn is_absence(&self) -> bool {
        match self {
            Self::MissingVariables { names } => names.len() > 1,
            Self::Profile(error) => error.is_absence(),
            Self::Config(error) => error.is_absence(),
            Self::Metadata(error) => error.is_absence(),
            Self::Chain(error) => error.is_absence(),
            Self::Malformed { .. }
            | Self::SignIn(_)
            | Self::Agency(_)
            | Self::Without
            | Self::ProjectId(_)
            | Self::Refused(_)
            | Self::Other(_) => false,
        }
    }

    /// What IAM answered, if it was asked.
    pub(crate) fn identity(&self) -> Option<&IdentityError> {
        match self {
            Self::SignIn(error) | Self::Agency(error) => Some(error),
            Self::ProjectId(error) => error.identity(),
            _ => None,
        }
    }

    /// How long until whoever refused them is asked again, where that is certain.
    pub(crate) fn asked_again_in(&self) -> Option<Duration> {
        match self {
            Self::Refused(refused) => Some(refused.asked_again_in()),
            _ => self.identity()?.asked_again_in(),
        }
    }
}

impl CredentialsFailure for CredentialsError {
    fn refusal(&self) -> Option<&ErrorDetails> {
        match self {
            Self::Refused(refused) => Some(refused.details()),
            _ => None,
        }
    }

    fn was_asked_for(&self) -> bool {
        matches!(self, Self::SignIn(_) | Self::Agency(_) | Self::ProjectId(_))
    }

    fn status(&self) -> Option<u16> {
        self.identity()?.status()
    }

    fn code(&self) -> Option<&str> {
        self.identity()?.code()
    }

    fn request_id(&self) -> Option<&str> {
        self.identity()?.request_id()
    }

    fn is_auth(&self) -> bool {
        !self.was_asked_for() || matches!(self.status(), Some(401 | 403))
    }

    fn is_retryable(&self) -> bool {
        match self {
            Self::SignIn(error) | Self::Agency(error) => error.is_retryable(),
            Self::ProjectId(error) => error.is_retryable(),
            _ => false,
        }
    }
}

/// What keeps a credential from being used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Malformed {
    /// Nothing in it.
    #[error("is empty; give its value")]
    Empty,
    /// A control character; most often a line break from a file.
    #[error("holds a control character; look for a line break at its end")]
    ControlCharacter,
    /// A character outside ASCII.
    #[error("holds a character outside ASCII; look for a wrong paste")]
    NotAscii,
    /// Bytes that are not UTF-8.
    #[error("is not UTF-8 text; look for a wrong encoding")]
    NotUtf8,
    /// A space in front or at the end.
    #[error("begins or ends with a space; remove it")]
    SpaceAtTheEnds,
    /// A comma or space, which the Authorization header uses to separate.
    #[error("holds a comma or a space; pass the key id alone")]
    Separator,
    /// Quotation marks around it, which a credentials file takes as part of
    /// the value.
    #[error("stands in quotation marks; remove them")]
    Quoted,
}

/// What keeps a text out of a header, if anything does.
pub(crate) fn malformed(value: &str) -> Option<Malformed> {
    if value.is_empty() {
        Some(Malformed::Empty)
    } else if value.chars().any(char::is_control) {
        Some(Malformed::ControlCharacter)
    } else if !value.is_ascii() {
        Some(Malformed::NotAscii)
    } else if value.starts_with(' ') || value.ends_with(' ') {
        Some(Malformed::SpaceAtTheEnds)
    } else {
        None
    }
}
