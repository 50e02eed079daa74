//! Why the metadata service gives no credentials.

use std::fmt;
use std::time::Duration;

/// Why the metadata service gives no credentials: its address and the problem;
/// nothing of its response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetadataError {
    pub(crate) address: String,
    pub(crate) step: Step,
    pub(crate) problem: MetadataProblem,
}

/// What the service was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing yet.
    Setup,
    /// The token that goes with further requests.
    Token,
    /// The keys.
    Keys,
}

impl MetadataError {
    /// The problem.
    pub fn problem(&self) -> &MetadataProblem {
        &self.problem
    }

    pub(in crate::credential) fn is_absence(&self) -> bool {
        matches!(
            self.problem,
            MetadataProblem::NoResponse(_)
                | MetadataProblem::Timeout(_)
                | MetadataProblem::NoAgency
                | MetadataProblem::Status(404)
        )
    }
}

impl fmt::Display for MetadataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the metadata service ({})", self.address)?;
        f.write_str(match self.step {
            Step::Setup => ": ",
            Step::Token => ", asked for a token: ",
            Step::Keys => ", asked for keys: ",
        })?;
        self.problem.fmt(f)
    }
}

impl std::error::Error for MetadataError {}

/// What went wrong with the metadata service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MetadataProblem {
    /// The address is not one that the service can have.
    #[error(
        "this is no address of it; write http:// and a link-local address (169.254.x.x) \
         or one of this machine, without a path"
    )]
    Address,
    /// Sending could not be set up.
    #[error("sending cannot be set up: {0}")]
    Setup(String),
    /// It cannot be reached, or its response broke off.
    #[error("{0}; it is there on cloud servers only, and can be turned off")]
    NoResponse(String),
    /// It did not respond in time.
    #[error("no response within {0:?}; it is there on cloud servers only, and can be turned off")]
    Timeout(Duration),
    /// The server has no agency, so it has no keys.
    #[error("this server has no agency; give it one in its settings")]
    NoAgency,
    /// A status other than 200.
    #[error("status {status}{hint}", status = .0, hint = hint(*.0))]
    Status(u16),
    /// The response is not what it should be.
    #[error("the response cannot be read: {0}")]
    Malformed(&'static str),
}

fn hint(status: u16) -> &'static str {
    match status {
        401 | 403 | 404 => "; is an agency set up for this server?",
        300..=399 => "; redirects are not followed",
        _ => "; try again later",
    }
}
