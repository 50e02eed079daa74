//! What kind of thing a finding is, whatever it weighs under a policy.

use std::fmt;

/// What a finding says of the document, or of the client made from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// The document contradicts the standard, or itself.
    Invalid,
    /// The client says less than the document does.
    Lossy,
    /// It would be better otherwise.
    Lint,
}

impl fmt::Display for Class {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Invalid => "invalid",
            Self::Lossy => "lossy",
            Self::Lint => "lint",
        })
    }
}
