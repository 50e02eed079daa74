//! Table captions.

use super::concept::{NONE, Rule, concepts, first};
use super::lexicon::{
    AUTHORIZATION, BODY, CODE, DESCRIPTION, ERROR, FORM, HEADER, NORMAL, PARAMETER, PATH, QUERY,
    REQUEST, RESPONSE, RETURN, STATUS, URI, VALUE,
};
use super::plain;

/// What a caption says a table describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    /// The parameters of the URI: path, and query when the route has one.
    Uri,
    Path,
    Query,
    /// Headers, of whichever direction the section has.
    Header,
    RequestHeader,
    RequestBody,
    /// The request, without saying which part.
    Request,
    ResponseHeader,
    ResponseBody,
    /// The response, without saying which part.
    Response,
    /// The response when something went wrong.
    Error,
    Status,
    ErrorCodes,
    Iam,
    /// Parameters of something: where it stands tells of what.
    Parameters,
    /// It names something (a field, a structure) by words that are no part of this list.
    Named,
}

/// A caption taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caption {
    /// The number, when it has one.
    pub(crate) number: Option<u32>,
    /// What it says the table describes.
    pub(crate) role: Role,
    /// The words after the number, as written.
    pub(crate) words: String,
    /// Words that belong to no role: likely the name of a field or structure. In the case of the page.
    pub(crate) names: Vec<String>,
}

/// The longest caption, in bytes.
const MAX_CAPTION: usize = 600;

/// The words for "Table" in front of a number.
const TABLE: &[&str] = &["table", "表", "表格", "tableau", "tabla", "tabela", "tabel"];

/// How sentences about a table go on.
pub(crate) const TABLE_VERBS: &str =
    "describes|lists|shows|describe|lista|décrit|présente|enumera|所示|beschrijft|descreve|muestra";

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
    let (number, words) = number(text);
    if number.is_none() && words.is_empty() {
        return None;
    }
    let (set, unknown) = concepts(&plain(words));
    let names = in_the_case_of(words, &unknown);
    let roles = if unknown.is_empty() {
        ROLES
    } else {
        NAMED_ROLES
    };
    Some(Caption {
        number,
        role: first(roles, set).unwrap_or(Role::Named),
        words: words.to_owned(),
        names,
    })
}

/// Parts "Table 3" from what follows.
pub(super) fn number(text: &str) -> (Option<u32>, &str) {
    let lower: String = text.chars().take(12).flat_map(char::to_lowercase).collect();
    for word in TABLE {
        if !lower.starts_with(word) {
            continue;
        }
        let skipped = text
            .char_indices()
            .nth(word.chars().count())
            .map_or(text.len(), |(at, _)| at);
        let Some(rest) = text.get(skipped..) else {
            continue;
        };
        let rest = rest.trim_start();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(value) = digits.parse() {
            let words = rest
                .get(digits.len()..)
                .unwrap_or("")
                .trim_start_matches([':', '.', '-', '：', ' ', '\u{a0}']);
            return (Some(value), words.trim());
        }
    }
    (None, text)
}

/// The unknown words as the page writes them.
fn in_the_case_of(words: &str, unknown: &[String]) -> Vec<String> {
    let lower = words.to_lowercase();
    unknown
        .iter()
        .map(|word| {
            lower
                .find(word.as_str())
                .and_then(|at| words.get(at..at + word.len()))
                .filter(|found| found.to_lowercase() == *word)
                .unwrap_or(word)
                .to_owned()
        })
        .collect()
}

/// The roles of captions that have no word of their own; the first that fits is meant.
const ROLES: &[Rule<Role>] = &[
    (AUTHORIZATION, NONE, NONE, Role::Iam),
    (STATUS | CODE, NONE, NONE, Role::Status),
    (RETURN, NONE, VALUE | CODE, Role::Status),
    (ERROR | CODE, NONE, NONE, Role::ErrorCodes),
    (ERROR, NONE, NONE, Role::Error),
    (HEADER | REQUEST, RESPONSE, NONE, Role::RequestHeader),
    (HEADER | RESPONSE, REQUEST, NONE, Role::ResponseHeader),
    (HEADER, NONE, NONE, Role::Header),
    (RESPONSE | BODY, REQUEST, NONE, Role::ResponseBody),
    (RESPONSE, REQUEST, NONE, Role::Response),
    (QUERY, NONE, NONE, Role::Query),
    (PATH, NONE, NONE, Role::Path),
    (URI, NONE, NONE, Role::Uri),
    (NONE, NONE, BODY | FORM, Role::RequestBody),
    (REQUEST, NONE, NONE, Role::Request),
    (NORMAL, NONE, NONE, Role::Response),
    (NONE, NONE, PARAMETER | DESCRIPTION, Role::Parameters),
];

/// Those of captions with words of their own: only what cannot be a field's name decides.
const NAMED_ROLES: &[Rule<Role>] = &[
    (REQUEST | HEADER, NONE, NONE, Role::RequestHeader),
    (RESPONSE | HEADER, NONE, NONE, Role::ResponseHeader),
    (REQUEST | BODY, NONE, NONE, Role::RequestBody),
    (RESPONSE | BODY, NONE, NONE, Role::ResponseBody),
    (STATUS | CODE, NONE, NONE, Role::Status),
    (ERROR | CODE, NONE, NONE, Role::ErrorCodes),
];

/// The first "Table 3" inside a text: the number, and what follows it.
#[must_use]
pub fn number_in(text: &str) -> Option<(u32, &str)> {
    let mut rest = text;
    loop {
        let found = rest.char_indices().find_map(|(at, c)| {
            let starts = matches!(c, 'T' | 't' | '表');
            let before = rest.get(..at).and_then(|before| before.chars().last());
            let inside = c != '表' && before.is_some_and(char::is_alphabetic);
            (starts && !inside).then_some(at)
        })?;
        let tail = rest.get(found..)?;
        if let (Some(value), after) = number(tail) {
            return Some((value, after));
        }
        let step = tail.chars().next().map_or(1, char::len_utf8);
        rest = tail.get(step..)?;
    }
}
