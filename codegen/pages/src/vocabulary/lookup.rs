//! How words are looked up.

use std::cmp::Reverse;
use std::collections::HashMap;

use memchr::memmem::Finder;

/// Words by language.
pub(super) type Words = &'static [&'static str];

/// A table of the lexicon as it is looked through: its words taken apart once.
pub(crate) struct Table<M> {
    /// The words of each meaning, in the order of the table.
    words: Vec<Vec<(&'static str, Finder<'static>)>>,
    /// What groups of words mean, by their first: a Western word, or a Chinese character. The longest of
    /// them stand first, and of several meanings the first counts.
    groups: HashMap<&'static str, Vec<(&'static str, M)>>,
}

impl<M: Meaning> Table<M> {
    pub(super) fn new() -> Self {
        let mut groups: HashMap<&'static str, Vec<(&'static str, M)>> = HashMap::new();
        for (meaning, words) in M::TABLE {
            for word in among(words) {
                let known = groups.entry(first_word(word)).or_default();
                if !known.iter().any(|(old, _)| *old == word) {
                    known.push((word, *meaning));
                }
            }
        }
        for words in groups.values_mut() {
            words.sort_by_key(|(word, _)| Reverse(word.len()));
        }
        let words = M::TABLE.iter().map(|(_, words)| {
            let words = among(words).map(|word| (word, Finder::new(word)));
            words.collect()
        });
        let words = words.collect();
        Self { words, groups }
    }
}

/// Meanings that a table of the lexicon has words for.
pub(crate) trait Meaning: Copy + PartialEq + 'static {
    /// The words of each.
    const TABLE: &'static [(Self, Words)];

    /// The table as it is looked through.
    fn table() -> &'static Table<Self>;

    /// Its place in the table.
    fn place(self) -> usize {
        let found = Self::TABLE.iter().position(|(it, _)| *it == self);
        found.unwrap_or(Self::TABLE.len())
    }

    /// Its words, in every language.
    fn words(self) -> impl Iterator<Item = &'static str> {
        self.finders().map(|(word, _)| *word)
    }

    /// Its words, each with what finds it in a text.
    fn finders(self) -> impl Iterator<Item = &'static (&'static str, Finder<'static>)> {
        let words = Self::table().words.get(self.place());
        words.into_iter().flatten()
    }

    /// The longest group of words that a text begins with: its length and meaning.
    fn longest(text: &str) -> Option<(usize, Self)> {
        crate::steps::count(1);
        let mut known = Self::table().groups.get(first_word(text))?.iter();
        let (word, meaning) = known.find(|(word, _)| starts_with(text, word))?;
        Some((word.len(), *meaning))
    }

    /// What a whole text means.
    fn of(text: &str) -> Option<Self> {
        let whole = Self::longest(text).filter(|(len, _)| *len == text.len());
        whole.map(|(_, meaning)| meaning)
    }

    /// Whether a text has a word with one of these meanings.
    fn says(text: &str, meanings: &[Self]) -> bool {
        let lower = text.to_lowercase();
        let mut before = ' ';
        lower.char_indices().any(|(at, c)| {
            let starts = is_han(c) || is_han(before) || !before.is_alphanumeric();
            before = c;
            let said = || Self::longest(lower.get(at..)?);
            starts && said().is_some_and(|(_, said)| meanings.contains(&said))
        })
    }

    /// Whether a text in lower case has words with these meanings and no others.
    fn says_only(text: &str, meanings: &[Self]) -> bool {
        let mut rest = text.trim_start();
        while let Some((len, _)) = Self::longest(rest).filter(|(_, it)| meanings.contains(it)) {
            rest = rest.get(len..).unwrap_or("").trim_start();
        }
        rest.is_empty()
    }

    /// Whether a text is one of its words.
    fn is(self, text: &str) -> bool {
        self.words().any(|word| word == text)
    }

    /// The longest of its words that a text begins with, and what follows.
    fn begins(self, text: &str) -> Option<(&'static str, &str)> {
        let known = self.words().filter(|word| starts_with(text, word));
        let word = known.max_by_key(|word| word.len())?;
        Some((word, text.get(word.len()..)?))
    }

    /// What stands before one of its words at the end of a text.
    fn ends(self, text: &str) -> Option<&str> {
        self.words().find_map(|word| {
            let before = text.strip_suffix(word)?;
            let apart = !before.ends_with(is_western) || !word.starts_with(is_western);
            apart.then_some(before)
        })
    }

    /// Whether one of its words stands in a text, by itself.
    fn within(self, text: &str) -> bool {
        self.places(text).next().is_some()
    }

    /// What stands before and behind its words in a text.
    fn places(self, text: &str) -> impl Iterator<Item = (&str, &str)> {
        self.finders().flat_map(move |(word, finder)| {
            finder.find_iter(text.as_bytes()).filter_map(move |at| {
                let (before, rest) = text.split_at_checked(at)?;
                let apart = !before.ends_with(is_western) || !word.starts_with(is_western);
                let found = apart && starts_with(rest, word);
                found.then_some((before, rest.get(word.len()..)?))
            })
        })
    }
}

/// The words of a list, which are parted by `|` and by language.
fn among(words: Words) -> impl Iterator<Item = &'static str> {
    let all = words.iter().flat_map(|words| words.split('|'));
    all.filter(|word| !word.is_empty())
}

/// A letter or digit of a Western word: nothing parts Chinese ones.
fn is_western(c: char) -> bool {
    c == '_' || c.is_alphanumeric() && !is_han(c)
}

/// Whether a character is Chinese.
pub(crate) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether a text begins with a word; Western ones must end where it does.
fn starts_with(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| !word.ends_with(is_western) || !rest.starts_with(is_western))
}

/// How many characters of a word are looked at: more than any known one has.
const LONGEST_WORD: usize = 64;

/// What groups are looked up by.
fn first_word(text: &str) -> &str {
    let ends = |c: char| !is_western(c) && !matches!(c, '\'' | '-' | '.' | '/');
    let mut places = text.char_indices().take(LONGEST_WORD + 1);
    let end = match text.chars().next() {
        Some(c) if is_western(c) => places
            .find(|(at, c)| ends(*c) || *at >= LONGEST_WORD)
            .map_or(text.len(), |(at, _)| at),
        Some(c) => c.len_utf8(),
        None => 0,
    };
    let word = text.get(..end).unwrap_or("");
    word.trim_end_matches(['.', '/', '-', '\''])
}
