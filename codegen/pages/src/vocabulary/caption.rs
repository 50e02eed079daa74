//! Table captions.

use super::concept::{FIELDS, NONE, Rule, concepts, first, words_of};
use super::lexicon::*;
use super::lookup::Meaning;
use super::table::TableKind;
use super::{after, bare};

/// A caption taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caption {
    /// The number, when it has one.
    pub(crate) number: Option<u32>,
    /// What it says the table describes.
    pub(crate) kind: TableKind,
    /// The words after the number, as written.
    pub(crate) words: String,
    /// Words that say no kind: likely the name of a field or structure. In the case of the page.
    pub(crate) names: Vec<String>,
}

/// The longest caption, in bytes.
const MAX_CAPTION: usize = 600;

/// Takes "Table 2 Request body parameters" apart; also a caption that has lost "Table 2".
/// `None` for an empty caption, and for what is too long to be one.
pub(crate) fn caption(text: &str) -> Option<Caption> {
    if text.len() > MAX_CAPTION {
        return None;
    }
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '*' | '¶' | '`' | '\\'))
        .collect();
    let text = text.trim();
    let (number, words) = table_number(text).map_or((None, text), |(it, words)| (Some(it), words));
    if number.is_none() && !words.contains(char::is_alphanumeric) {
        return None;
    }
    let bare = bare(words);
    let (set, mut unknown) = concepts(&bare);
    let kinds = if unknown.is_empty() {
        KINDS
    } else {
        NAMED_KINDS
    };
    let mut kind = first(kinds, set).unwrap_or(TableKind::Nested);
    // "Structure of the status field", "error data structure": that of a field named so.
    let field = set & !FIELDS;
    if unknown.is_empty() && set & STRUCTURE != 0 && [ERROR, STATUS, CODE].contains(&field) {
        kind = TableKind::Nested;
        unknown.extend(words_of(&bare, field));
    }
    Some(Caption {
        number,
        kind,
        words: words.to_owned(),
        names: unknown.into_iter().map(str::to_owned).collect(),
    })
}

/// The number of "Table 3" at the beginning of a text, and what follows it.
pub(crate) fn table_number(text: &str) -> Option<(u32, &str)> {
    Term::Table.words().find_map(|word| {
        let rest = after(word, text)?.trim_start();
        let digits = rest.find(|c: char| !c.is_ascii_digit());
        let (number, words) = rest.split_at_checked(digits.unwrap_or(rest.len()))?;
        let words = words.trim_start_matches([':', '.', '-', '：', ' ', '\u{a0}']);
        Some((number.parse().ok()?, words.trim()))
    })
}

/// The first "Table 3" inside a text: the number, and what follows it.
#[must_use]
pub fn number_in(text: &str) -> Option<(u32, &str)> {
    if !text.bytes().any(|it| it.is_ascii_digit()) {
        return None;
    }
    let mut before = ' ';
    text.char_indices().find_map(|(at, c)| {
        let inside = c.is_ascii() && before.is_alphabetic();
        before = c;
        table_number(text.get(at..).filter(|_| !inside)?)
    })
}

/// The kinds of tables by captions that have no word of their own; the first that fits is meant.
const KINDS: &[Rule<TableKind>] = &[
    (AUTHORIZATION, NONE, NONE, TableKind::Iam),
    (STATUS | CODE, NONE, NONE, TableKind::Status),
    (RETURN, NONE, VALUE | CODE, TableKind::Status),
    (ERROR | CODE, NONE, NONE, TableKind::ErrorCodes),
    (ERROR, NONE, NONE, TableKind::Error),
    (HEADER | REQUEST, RESPONSE, NONE, TableKind::RequestHeader),
    (HEADER | RESPONSE, REQUEST, NONE, TableKind::ResponseHeader),
    (HEADER, NONE, NONE, TableKind::Header),
    (RESPONSE, REQUEST, NONE, TableKind::Response),
    (QUERY, NONE, NONE, TableKind::Query),
    (PATH, NONE, NONE, TableKind::Path),
    (URI, NONE, NONE, TableKind::Uri),
    (NONE, NONE, BODY | FORM, TableKind::RequestBody),
    (REQUEST, NONE, NONE, TableKind::Request),
    (NORMAL, NONE, NONE, TableKind::Response),
    (NONE, NONE, FIELDS, TableKind::Parameters),
];

/// Those of captions with words of their own: only what cannot be a field's name decides.
const NAMED_KINDS: &[Rule<TableKind>] = &[
    (REQUEST | HEADER, NONE, NONE, TableKind::RequestHeader),
    (RESPONSE | HEADER, NONE, NONE, TableKind::ResponseHeader),
    (REQUEST | BODY, NONE, NONE, TableKind::RequestBody),
    (RESPONSE | BODY, NONE, NONE, TableKind::Response),
    (STATUS | CODE, NONE, NONE, TableKind::Status),
    (ERROR | CODE, NONE, NONE, TableKind::ErrorCodes),
];
