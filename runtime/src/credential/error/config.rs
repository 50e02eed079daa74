//! Why the configuration of another tool gives nothing.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use super::{CredentialsError, Malformed};
use crate::credential::file::{self, FileProblem};
use crate::sanitize::{self, sanitized};

/// Why the configuration of another tool gives nothing: the file, the line and the entry where
/// they are known, and the problem; never a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    pub(crate) path: PathBuf,
    pub(crate) line: Option<usize>,
    pub(crate) entry: Option<String>,
    pub(crate) problem: ConfigProblem,
}

impl ConfigError {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The line, counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// The name of the profile or the cloud.
    pub fn entry(&self) -> Option<&str> {
        self.entry.as_deref()
    }

    /// What is wrong.
    pub fn problem(&self) -> &ConfigProblem {
        &self.problem
    }

    /// Whether the tool is not in use at all, as against in use and broken.
    pub(crate) fn is_absence(&self) -> bool {
        matches!(
            self.problem,
            ConfigProblem::NotFound { .. } | ConfigProblem::NoHome
        )
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_string_lossy();
        write!(
            f,
            "the configuration file {}",
            sanitized(&path, sanitize::ADDRESS)
        )?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(entry) = &self.entry {
            write!(f, ", `{}`", sanitized(entry, sanitize::NAME))?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl std::error::Error for ConfigError {}

impl From<ConfigError> for CredentialsError {
    fn from(error: ConfigError) -> Self {
        Self::Config(Box::new(error))
    }
}

/// What is wrong with the configuration of another tool.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigProblem {
    /// There is no such file.
    #[error("it does not exist; {help}")]
    NotFound {
        /// What to do.
        help: &'static str,
    },
    /// Where it should be is not known.
    #[error("the home directory is not known; set HOME, or name the file")]
    NoHome,
    /// It is a directory or something else without text.
    #[error("it is no regular file")]
    NoFile,
    /// The system does not let it be read.
    #[error("it cannot be read: {0}")]
    Unreadable(io::ErrorKind),
    /// It is larger than 1 MiB.
    #[error("it is larger than 1 MiB, so it is hardly such a file")]
    TooLarge,
    /// It holds bytes that are not UTF-8.
    #[error("it is not UTF-8 text; save it in that encoding")]
    NotUtf8,
    /// It is not written in the language of such files.
    #[error("it is no {0}")]
    Syntax(&'static str),
    /// A value has another shape than the tool gives it.
    #[error("`{key}` is not {expected}")]
    Shape {
        /// The key.
        key: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// The entry that was asked for is not there.
    #[error("it has no such entry; it has {}", none_or_listed(known))]
    NoEntry {
        /// The names of the entries there are.
        known: Vec<String>,
    },
    /// There are several entries, and nobody said which.
    #[error("say which entry is meant; it has {}", none_or_listed(known))]
    Unchosen {
        /// The names of the entries there are.
        known: Vec<String>,
    },
    /// The entry lacks keys.
    #[error("it lacks {}", keys.join(" and "))]
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
    /// Its secrets are encrypted, and only the tool has the key.
    #[error(
        "its secrets are encrypted, and only KooCLI can read them; run `hcloud configure set \
         --cli-auth-encrypt=false` and set the keys again, or give them by another way"
    )]
    Encrypted,
    /// A way to prove who calls that this client does not have, or not by a file.
    #[error("{what} is not read from it; {help}")]
    Unsupported {
        /// What the file asks for.
        what: String,
        /// What to do.
        help: &'static str,
    },
    /// IAM has to be asked for the credentials, which a provider cannot.
    #[error("it gives no credentials without asking for them; give it to `.cloud_config(..)`")]
    NeedsClient,
}

impl From<FileProblem> for ConfigProblem {
    fn from(problem: FileProblem) -> Self {
        match problem {
            FileProblem::NotFound => Self::NotFound {
                help: "look at its name",
            },
            FileProblem::NoFile => Self::NoFile,
            FileProblem::Unreadable(kind) => Self::Unreadable(kind),
            FileProblem::TooLarge => Self::TooLarge,
        }
    }
}

fn none_or_listed(names: &[String]) -> String {
    /// As many as a person reads.
    const MOST: usize = 16;
    match names.len() {
        0 => "none".to_owned(),
        count => {
            let shown = file::listed(names.iter().take(MOST).map(String::as_str));
            match count.checked_sub(MOST) {
                Some(more @ 1..) => format!("{shown} and {more} more"),
                _ => shown,
            }
        }
    }
}
