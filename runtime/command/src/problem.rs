//! Why the command ends without a call, or besides one.

use crate::outcome::{self, Outcome};

/// Something that is wrong, in plain words, with how the process ends.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// The arguments, the settings or a plan are wrong.
    #[error("{0}")]
    Usage(String),
    /// A call cannot be made, or did not succeed.
    #[error("{1}")]
    Call(Outcome, String),
    /// Something on this machine failed.
    #[error("{0}")]
    Local(String),
    /// Stopped before anything was sent, with how the process ends then.
    #[error("stopped; nothing was sent")]
    Interrupted(u8),
    /// It has been told already.
    #[error("")]
    Told(u8),
}

impl Problem {
    /// In a word or a few, as a document has it.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Usage(_) => "usage",
            Self::Call(outcome, _) => outcome.word(),
            Self::Local(_) | Self::Told(_) => Outcome::Failed.word(),
            Self::Interrupted(_) => "interrupted",
        }
    }

    /// How the process ends.
    pub(crate) fn exit(&self) -> u8 {
        match self {
            Self::Usage(_) => outcome::USAGE,
            Self::Call(outcome, _) => outcome.exit(),
            Self::Local(_) => Outcome::Failed.exit(),
            Self::Interrupted(code) => *code,
            Self::Told(code) => *code,
        }
    }
}
