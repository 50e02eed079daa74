//! What can differ between two documents, and between the crates that are made of them.

use std::fmt;

use huaweicloud_codegen::source::Span;
use serde::Serialize;

/// What becomes of a client that was written after the old document and knows nothing of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing: another spelling, or what only a generator reads.
    None,
    /// Nothing but words for people.
    Documentation,
    /// What it sends and reads stays right.
    Compatible,
    /// It may fail or mean something else; the documents do not say.
    Dangerous,
    /// It fails.
    Breaking,
}

/// Which messages a difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// No message.
    None,
    /// What a client sends.
    Request,
    /// What a client receives.
    Response,
    /// Both, or a whole operation.
    Both,
}

impl Direction {
    /// Both of two.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, it) | (it, Self::None) => it,
            (one, other) if one == other => one,
            _ => Self::Both,
        }
    }
}

/// Bytes of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The path of the document.
    pub path: String,
    /// The bytes in it, or in a file that it refers to, which its source tells.
    pub span: PlaceSpan,
}

/// The first byte of a place and the one behind its last.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceSpan(pub usize, pub usize);

impl Place {
    /// The place of a value in a document.
    pub fn new(path: &str, span: &Span) -> Self {
        Self {
            path: path.to_owned(),
            span: PlaceSpan(span.start, span.end),
        }
    }

    /// Its bytes.
    pub fn span(&self) -> Span {
        self.span.0..self.span.1
    }
}

/// A difference on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its stable name: `parameter-added`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Whom it reaches.
    pub direction: Direction,
    /// The operations it reaches, by their methods and paths in the old document, or in the new one
    /// where the old has none; none where it is about the whole document.
    pub operations: Vec<String>,
    /// What differs, in a sentence.
    pub message: String,
    /// Where it stands in the old document.
    pub old: Option<Place>,
    /// Where it stands in the new document.
    pub new: Option<Place>,
}

/// What becomes of code that was written against the old crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// Nothing: words, facts and messages differ.
    Documentation,
    /// It compiles with a warning.
    Deprecated,
    /// It compiles, and there is more to call.
    Additive,
    /// It does not compile, or means something else.
    Breaking,
}

/// A difference in the public surface of a crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RustChange {
    /// Its stable name: `field-type-changed`.
    pub code: &'static str,
    /// What becomes of callers.
    pub effect: Effect,
    /// Whether callers still compile, and mean something else.
    pub silent: bool,
    /// The item by its path in the crate, the old one where it has moved: `demo::types::Item`.
    /// Empty where the documents alone tell of it, as of what a method answers.
    pub item: String,
    /// What differs, in a sentence with the Rust on both sides.
    pub message: String,
    /// What to write in place of the old, where that is known.
    pub instead: Option<String>,
    /// The features without which nobody notices, such as `mock`; none for all.
    pub only_with: Vec<String>,
}

/// The step that the version has to take, under Cargo's rules from 1.0 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing to release.
    None,
    /// Words, messages, facts.
    Patch,
    /// More to call, or a warning.
    Minor,
    /// Something breaks.
    Major,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}
