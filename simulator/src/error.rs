//! Why a simulator could not be started.

use std::net::SocketAddr;
use std::path::PathBuf;

use huaweicloud_codegen::workspace::FileError;

/// Why a simulator could not be started.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SimulatorError {
    /// The spec directory or a file in it cannot be read.
    #[error("{0}; name the directory of OpenAPI documents with --spec")]
    Unreadable(#[from] FileError),
    /// The spec directory holds no OpenAPI document.
    #[error("{} holds no OpenAPI document: a *.yaml file with an `openapi` field is needed", directory.display())]
    NoDocuments {
        /// The directory.
        directory: PathBuf,
    },
    /// The documents have mistakes: each with its place.
    #[error("{report}")]
    Documents {
        /// A line or more for each.
        report: String,
    },
    /// An operation cannot be served.
    #[error("{operation}: {problem}")]
    Operation {
        /// Its service, method and path.
        operation: String,
        /// What is wrong.
        problem: String,
    },
    /// The rules of faults are none.
    #[error(transparent)]
    Faults(#[from] crate::fault::PlanError),
    /// The list of resources is none.
    #[error(transparent)]
    Resources(#[from] crate::state::ListingError),
    /// Rules or resources name what no document describes.
    #[error(
        "{what} name {name}, which no document describes; `GET /_simulator/operations` lists what there is"
    )]
    Unknown {
        /// What names it: the rules of faults, or the list of resources.
        what: &'static str,
        /// The service, operation or response.
        name: String,
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
