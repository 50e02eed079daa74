//! Column headings.

use super::lexicon::{Column, Word};
use super::lookup::Meaning;
use super::plain;

/// The role of a column by its heading, in any of the languages; `None` for words it does not know.
#[must_use]
pub(crate) fn column(heading: &str) -> Option<Column> {
    let heading = plain(heading);
    let look = |heading: &str| {
        Column::of(heading).or_else(|| {
            Some(match Word::of(heading)? {
                Word::Default => Column::Default,
                Word::Range | Word::Options | Word::Value | Word::Constraints => Column::Range,
                Word::Example => Column::Example,
                _ => return None,
            })
        })
    };
    look(&heading).or_else(|| look(heading.split_once('(')?.0.trim()))
}
