//! What there is to know of one kind of finding.

use super::{Class, Severity};

/// One thing that can be wrong with a document.
#[derive(Debug)]
pub struct Rule {
    /// Its stable name, which never changes its meaning: `schema::pattern`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What kind of thing it is.
    pub class: Class,
    /// What it is, in one sentence.
    pub explanation: &'static str,
    /// Pieces of documents in which it is found.
    pub fires: &'static [&'static str],
    /// Pieces like them in which it is not.
    pub silent: &'static [&'static str],
}
