//! What headings and captions are put together from, and what it comes to.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::lexicon::{CONSTRAINT, EXAMPLE, FILLERS, Ideas, VALUE, Word, ideas, is_han, meaning};

/// No idea.
pub(super) const NONE: Ideas = 0;

/// What ideas come to: all of the first are there, none of the second, and any of the third.
pub(super) type Rule<T> = (Ideas, Ideas, Ideas, T);

/// What the first rule that fits says.
pub(super) fn first<T: Copy>(rules: &[Rule<T>], set: Ideas) -> Option<T> {
    let fits = |(all, none, any, _): &&Rule<T>| {
        set & all == *all && set & none == 0 && (*any == 0 || set & any != 0)
    };
    rules.iter().find(fits).map(|(.., said)| *said)
}

/// The ideas in a text in the shape of [`super::plain`], and the words that are none of them.
pub(super) fn concepts(text: &str) -> (Ideas, Vec<String>) {
    let mut found = 0;
    let mut unknown = Vec::new();
    for word in text.split([' ', ',', '/', '(', ')', ':', '–']) {
        let word = word
            .strip_prefix("d'")
            .or_else(|| word.strip_prefix("l'"))
            .unwrap_or(word);
        if word.is_empty() || word == "-" || FILLER_INDEX.contains(word) {
            continue;
        }
        if let Some(idea) = western(word) {
            found |= idea;
        } else if word.chars().any(is_han) {
            chinese(word, &mut found, &mut unknown);
        } else {
            unknown.push(word.to_owned());
        }
    }
    (found, unknown)
}

/// The Western words by themselves: pages of many short lines are looked through word by word.
static INDEX: LazyLock<HashMap<&'static str, Ideas>> = LazyLock::new(|| {
    let mut index = HashMap::new();
    for (idea, word) in ideas() {
        index.entry(word).or_insert(idea);
    }
    index
});

/// The words that say nothing here.
static FILLER_INDEX: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| FILLERS.split(' ').collect());

/// The Chinese words, longer ones before their parts: nothing parts them in a text.
static CHINESE: LazyLock<Vec<(Ideas, &'static str)>> = LazyLock::new(|| {
    let mut out: Vec<_> = ideas()
        .filter(|(_, word)| word.starts_with(is_han))
        .collect();
    out.sort_by_key(|(_, word)| std::cmp::Reverse(word.len()));
    out
});

/// What headings share with sentences is in the lexicon.
fn western(word: &str) -> Option<Ideas> {
    INDEX.get(word).copied().or_else(|| {
        Some(match meaning(word)? {
            Word::Example => EXAMPLE,
            Word::Value => VALUE,
            Word::Constraints => CONSTRAINT,
            _ => return None,
        })
    })
}

/// Takes a run of Chinese (and what Latin words stand inside it) apart.
fn chinese(word: &str, found: &mut Ideas, unknown: &mut Vec<String>) {
    let mut rest = word;
    let mut odd = String::new();
    while let Some(c) = rest.chars().next() {
        if let Some((idea, known)) = CHINESE.iter().find(|(_, known)| rest.starts_with(known)) {
            flush(&mut odd, found, unknown);
            *found |= *idea;
            rest = rest.get(known.len()..).unwrap_or("");
            continue;
        }
        let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let edge = odd
            .chars()
            .last()
            .is_some_and(|last| latin(last) != latin(c));
        if edge {
            flush(&mut odd, found, unknown);
        }
        odd.push(c);
        rest = rest.get(c.len_utf8()..).unwrap_or("");
    }
    flush(&mut odd, found, unknown);
}

fn flush(odd: &mut String, found: &mut Ideas, unknown: &mut Vec<String>) {
    if odd.is_empty() {
        return;
    }
    match western(odd) {
        Some(idea) => *found |= idea,
        None => unknown.push(odd.clone()),
    }
    odd.clear();
}
