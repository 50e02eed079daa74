//! Why a simulator could not be started.

use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a simulator could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SimulatorError {
    /// The spec directory or a file in it cannot be read.
    #[error("cannot read {}: {source}; name the directory of OpenAPI documents with --spec", path.display())]
    Unreadable {
        /// The directory or file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The spec directory holds no OpenAPI document.
    #[error("{} holds no OpenAPI document: a *.yaml file with an `openapi` field is needed", directory.display())]
    NoDocuments {
        /// The directory.
        directory: PathBuf,
    },
    /// A document says something that cannot be served.
    #[error("{file}: {problem}")]
    Document {
        /// File name inside the spec directory.
        file: String,
        /// What is wrong, and where in the document.
        problem: String,
    },
    /// The address cannot be listened on.
    #[error(
        "cannot listen on {address}: {source}; choose another with --addr (port 0 takes any free one)"
    )]
    Bind {
        /// The address asked for.
        address: SocketAddr,
        /// What the operating system said.
        source: std::io::Error,
    },
}

impl SimulatorError {
    pub(crate) fn document(file: &str, problem: impl Into<String>) -> Self {
        Self::Document {
            file: file.to_owned(),
            problem: problem.into(),
        }
    }
}
