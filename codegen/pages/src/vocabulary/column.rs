//! Column headings.

use super::lexicon::{self, Column, Word};
use super::plain;

/// The role of a column by its heading, in any of the languages; `None` for words it does not know.
#[must_use]
pub(crate) fn column(heading: &str) -> Option<Column> {
    let heading = plain(heading);
    let look = |word: &str| {
        lexicon::heading(word).or_else(|| {
            Some(match lexicon::meaning(word)? {
                Word::Default => Column::Default,
                Word::Range | Word::Options | Word::Value | Word::Constraints => Column::Range,
                Word::Example => Column::Example,
                _ => return None,
            })
        })
    };
    look(&heading).or_else(|| {
        let (before, _) = heading.split_once('(')?;
        look(before.trim())
    })
}
