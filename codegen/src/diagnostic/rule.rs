//! What there is to know of one kind of finding.

use super::{Class, Severity};

/// One thing that can be wrong with a document. Its texts are what `lint --explain` prints and
/// `docs/lint.md` is made of.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name, which never changes its meaning: `schema::pattern`.
    pub code: &'static str,
    /// How much it weighs, where no policy says otherwise.
    pub severity: Severity,
    /// What kind of thing it is.
    pub class: Class,
    /// What it is, in a sentence or two.
    pub explanation: &'static str,
    /// What to do about it, in a sentence or two.
    pub remedy: &'static str,
    /// Pieces of documents in which it is found. None where it takes more than a piece.
    pub fires: &'static [&'static str],
    /// Pieces like them in which it is not.
    pub silent: &'static [&'static str],
}
