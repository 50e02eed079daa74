//! What is wrong with a credentials file.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::credential::file::FileProblem;
use crate::credential::{CredentialsError, Malformed, env};
use crate::sanitize::{self, sanitized};

/// Why a credentials file gives no credentials: the file, the line where there
/// is one, and the problem; never a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError {
    pub(crate) path: PathBuf,
    pub(crate) line: Option<usize>,
    pub(crate) problem: ProfileProblem,
}

impl ProfileError {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line, counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// What is wrong.
    pub fn problem(&self) -> &ProfileProblem {
        &self.problem
    }

    pub(in crate::credential) fn is_absence(&self) -> bool {
        matches!(
            self.problem,
            ProfileProblem::NotFound | ProfileProblem::NoHome
        )
    }
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_string_lossy();
        write!(
            f,
            "the credentials file {}",
            sanitized(&path, sanitize::ADDRESS)
        )?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl std::error::Error for ProfileError {}

impl From<ProfileError> for CredentialsError {
    fn from(error: ProfileError) -> Self {
        Self::Profile(Box::new(error))
    }
}

impl From<FileProblem> for ProfileProblem {
    fn from(problem: FileProblem) -> Self {
        match problem {
            FileProblem::NotFound => Self::NotFound,
            FileProblem::NoFile => Self::NoFile,
            FileProblem::Unreadable(kind) => Self::Unreadable(kind),
            FileProblem::TooLarge => Self::TooLarge,
        }
    }
}

/// What is wrong with a credentials file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileProblem {
    /// There is no such file.
    #[error(
        "it does not exist; write it, or name another in {}",
        env::CREDENTIALS_FILE
    )]
    NotFound,
    /// Where it should be is not known.
    #[error(
        "the home directory is not known; set HOME or {}",
        env::CREDENTIALS_FILE
    )]
    NoHome,
    /// It is a directory or something else without text.
    #[error("it is no regular file")]
    NoFile,
    /// The system does not let it be read.
    #[error("it cannot be read: {0}")]
    Unreadable(io::ErrorKind),
    /// It is larger than 64 KiB.
    #[error("it is larger than 64 KiB, so it is hardly a credentials file")]
    TooLarge,
    /// It holds bytes that are not UTF-8.
    #[error("it is not UTF-8 text; save it in that encoding")]
    NotUtf8,
    /// A line that is nothing known.
    #[error("this is neither a [section], nor `key = value`, nor a # comment")]
    NotReadable,
    /// An entry in front of all sections.
    #[error("this stands in front of the first section; write [basic] above it")]
    OutsideSections,
    /// A section that there is already.
    #[error("this section is there twice; remove one")]
    SectionTwice,
    /// A key that the section has already.
    #[error("this key is there twice in its section; remove one")]
    KeyTwice,
    /// The profile is not there.
    #[error("it has no section {}", listed(wanted))]
    NoSection {
        /// The sections that would do.
        wanted: Vec<String>,
    },
    /// The section lacks keys.
    #[error("this section lacks {}", keys.join(" and "))]
    MissingKeys {
        /// Their names.
        keys: Vec<&'static str>,
    },
    /// A value that cannot be used.
    #[error("the value of {key} {problem}")]
    Malformed {
        /// Its key.
        key: &'static str,
        /// What is wrong with it.
        problem: Malformed,
    },
    /// The section is for sign-in by an identity provider.
    #[error(
        "this section is for sign-in by an identity provider; give it ak and sk, or call \
         `.sign_in_with_id_token(..)`"
    )]
    Federated,
}

fn listed(names: &[String]) -> String {
    let listed = |name: &String| format!("[{}]", sanitized(name, sanitize::NAME));
    let names: Vec<String> = names.iter().map(listed).collect();
    names.join(" or ")
}
