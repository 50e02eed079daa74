//! Column headings.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lexicon::{Column, Word};
use super::lookup::{Meaning, among};
use super::plain;
use super::sentence::meaning;

/// The columns by their headings: asked of every cell of text whose tables fell apart.
static COLUMNS: LazyLock<HashMap<&'static str, Column>> = LazyLock::new(|| {
    let all = Column::TABLE.iter().rev();
    let all = all.flat_map(|(column, words)| among(words).map(|word| (word, *column)));
    all.collect()
});

/// The role of a column by its heading, in any of the languages; `None` for words it does not know.
#[must_use]
pub(crate) fn column(heading: &str) -> Option<Column> {
    let heading = plain(heading);
    let look = |heading: &str| {
        COLUMNS.get(heading).copied().or_else(|| {
            Some(match meaning(heading)? {
                Word::Default => Column::Default,
                Word::Range | Word::Options | Word::Value | Word::Constraints => Column::Range,
                Word::Example => Column::Example,
                _ => return None,
            })
        })
    };
    look(&heading).or_else(|| look(heading.split_once('(')?.0.trim()))
}
