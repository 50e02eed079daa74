//! What headings and captions are put together from, and what it comes to.

use super::lexicon::*;
use super::lookup::{Meaning, is_han};
use super::{is_status, plain};

/// No idea.
pub(super) const NONE: Ideas = 0;

/// What tables and descriptions of fields are headed by.
pub(super) const FIELDS: Ideas = PARAMETER | DESCRIPTION | STRUCTURE;

/// What ideas come to: all of the first are there, none of the second, and any of the third.
pub(super) type Rule<T> = (Ideas, Ideas, Ideas, T);

/// What the first rule that fits says.
pub(super) fn first<T: Copy>(rules: &[Rule<T>], set: Ideas) -> Option<T> {
    let fits = |(all, none, any, _): &&Rule<T>| {
        set & all == *all && set & none == 0 && (*any == 0 || set & any != 0)
    };
    rules.iter().find(fits).map(|(.., said)| *said)
}

/// The ideas in a text, and the words that are none of them, as written.
pub(super) fn concepts(text: &str) -> (Ideas, Vec<&str>) {
    let mut found = 0;
    let mut unknown = Vec::new();
    for piece in text.split([' ', ',', '/', '(', ')', ':', '–']) {
        let piece = ["d'", "l'"]
            .iter()
            .find_map(|it| piece.strip_prefix(it))
            .unwrap_or(piece);
        for word in words(piece) {
            match idea(word) {
                Some(idea) => found |= idea,
                None => unknown.push(word),
            }
        }
    }
    (found, unknown)
}

/// The words of a text that stand for some ideas and no others, as written.
pub(super) fn words_of(text: &str, ideas: Ideas) -> impl Iterator<Item = &str> {
    let words = text.split(' ').flat_map(words);
    words.filter(move |word| idea(word) == Some(ideas))
}

/// The status that stands with a word for how a call went and nothing else: "Normal 200", "正常：200".
pub(crate) fn status_of_outcome(text: &str) -> Option<String> {
    let text = plain(text);
    let (ideas, unknown) = concepts(&text);
    let is_outcome = matches!(ideas, NORMAL | ERROR);
    let only = <[&str; 1]>::try_from(unknown).ok()?;
    only.first()
        .filter(|it| is_outcome && is_status(it))
        .map(|it| (*it).to_owned())
}

/// Whether words speak of parameters, fields or structures.
pub(crate) fn speaks_of_fields(words: &str) -> bool {
    concepts(&plain(words)).0 & (PARAMETER | STRUCTURE) != 0
}

/// What headings share with sentences is in the table for those.
fn idea(word: &str) -> Option<Ideas> {
    let word = word.to_lowercase();
    Ideas::of(&word).or_else(|| {
        Some(match Word::of(&word)? {
            Word::Example => EXAMPLE,
            Word::Value => VALUE,
            Word::Constraints => CONSTRAINT,
            _ => return None,
        })
    })
}

/// A word by itself; of a run of Chinese each that is known, and what stands between them, Latin words
/// apart from the rest.
fn words(piece: &str) -> Vec<&str> {
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut cuts = vec![0];
    let mut at = 0;
    let mut before = None;
    let has_chinese = piece.chars().any(is_han);
    while let Some(rest) = piece.get(at..).filter(|_| has_chinese)
        && let Some(c) = rest.chars().next()
    {
        let known = Ideas::longest(rest).filter(|_| is_han(c));
        if known.is_some() || before.is_some_and(|before| latin(before) != latin(c)) {
            cuts.push(at);
        }
        at += known.map_or(c.len_utf8(), |(len, _)| len);
        before = Some(c).filter(|_| known.is_none());
        if known.is_some() {
            cuts.push(at);
        }
    }
    cuts.push(piece.len());
    let parts = cuts.windows(2).filter_map(|ends| match ends {
        [from, to] => piece.get(*from..*to),
        _ => None,
    });
    parts.filter(|part| !matches!(*part, "" | "-")).collect()
}
