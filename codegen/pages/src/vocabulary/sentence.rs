//! What sentences say, by the words they are put together from.

use super::lexicon::Word;
use super::lookup::{Meaning, is_han};

/// Whether a text has a word with one of these meanings.
pub(crate) fn says(text: &str, words: &[Word]) -> bool {
    let lower = text.to_lowercase();
    let mut before = ' ';
    lower.char_indices().any(|(at, c)| {
        let starts = is_han(c) || is_han(before) || !before.is_alphanumeric();
        before = c;
        starts
            && Word::longest(lower.get(at..).unwrap_or(""))
                .is_some_and(|(_, word)| words.contains(&word))
    })
}

/// Whether a text has words with these meanings and no others.
pub(super) fn says_only(text: &str, words: &[Word]) -> bool {
    let mut rest = text.trim_start();
    while let Some((len, _)) = Word::longest(rest).filter(|(_, word)| words.contains(word)) {
        rest = rest.get(len..).unwrap_or("").trim_start();
    }
    rest.is_empty()
}
