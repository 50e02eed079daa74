//! Why credentials are missing or unusable.

mod config;
mod identity;
mod metadata;
mod profile;

use std::time::Duration;

use openapi_client_runtime::authentication::{Malformed, RefusedCredentials};
use openapi_client_runtime::error::{CredentialsFailure, ErrorDetails};

pub use self::config::{ConfigError, ConfigProblem};
pub use self::identity::{IdentityError, ProjectIdError};
pub(crate) use self::metadata::Step;
pub use self::metadata::{MetadataError, MetadataProblem};
pub use self::profile::{ProfileError, ProfileProblem};

use super::chain::ChainError;
use crate::sanitize::{self, sanitized};

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
    /// The agency cannot be assumed.
    #[error("the agency cannot be assumed: {problem}")]
    UnusableAgency {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The client is to ask IAM, whose calls it was made without.
    #[error(
        "`.{setting}(..)` needs the calls of IAM, and this client was built without them: \
         switch on its feature `iam`, or give it `.credentials(..)` and `.project_id(..)`"
    )]
    NoIdentity {
        /// The method of [`ClientBuilder`](crate::ClientBuilder) that asks for it.
        setting: &'static str,
    },
    /// A provider of another's making has none.
    #[error("{}", sanitized(.0, sanitize::SENTENCE))]
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
            | Self::UnusableAgency { .. }
            | Self::NoIdentity { .. }
            | Self::Other(_) => false,
        }
    }

    /// IAM's response, if it was asked.
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

impl From<RefusedCredentials> for CredentialsError {
    fn from(refused: RefusedCredentials) -> Self {
        Self::Refused(Box::new(refused))
    }
}

impl CredentialsFailure for CredentialsError {
    fn ways() -> &'static str {
        "call `.credentials(..)` with `Credentials::from_env()?`, `Credentials::aksk(..)` or \
         `Credentials::token(..)`, or call `.credentials_provider(..)` or `.sign_in(..)`; a client \
         for operations that need none is built with `.without_credentials()`"
    }

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
