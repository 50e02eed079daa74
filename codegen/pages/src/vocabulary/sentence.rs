//! What sentences say, by the words they are put together from.

use std::sync::LazyLock;

use super::lexicon::Word;
use super::lookup::{Index, Meaning, among, is_han};

/// The groups of words that sentences are put together from.
static SENTENCES: LazyLock<Index<Word>> = LazyLock::new(|| {
    let all = Word::TABLE.iter();
    Index::new(all.flat_map(|(word, words)| among(words).map(|phrase| (phrase, *word))))
});

/// The longest group of words that a text in lower case begins with: its length and meaning.
pub(crate) fn longest(text: &str) -> Option<(usize, Word)> {
    SENTENCES.longest(text)
}

/// What a whole text means, when the lexicon has it.
pub(crate) fn meaning(text: &str) -> Option<Word> {
    SENTENCES.meaning(text)
}

/// Whether a text has a word with one of these meanings.
pub(crate) fn says(text: &str, words: &[Word]) -> bool {
    let lower = text.to_lowercase();
    let mut before = ' ';
    lower.char_indices().any(|(at, c)| {
        let starts = is_han(c) || is_han(before) || !before.is_alphanumeric();
        before = c;
        starts
            && longest(lower.get(at..).unwrap_or("")).is_some_and(|(_, word)| words.contains(&word))
    })
}

/// Whether a text has words with these meanings and no others.
pub(super) fn says_only(text: &str, words: &[Word]) -> bool {
    let mut rest = text.trim_start();
    while let Some((len, _)) = longest(rest).filter(|(_, word)| words.contains(word)) {
        rest = rest.get(len..).unwrap_or("").trim_start();
    }
    rest.is_empty()
}
