//! What the formats of findings for other programs have in common, whatever was found.

pub mod github;
pub mod sarif;

use super::Severity;

/// How much a finding weighs, in the words of other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// It has to be put right.
    Error,
    /// It has to be looked at.
    Warning,
    /// It is good to know.
    Note,
}

impl From<Severity> for Weight {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
        }
    }
}
