//! Table captions.

use super::concept::{NONE, Rule, concepts, first, words_of};
use super::lexicon::*;
use super::lookup::Meaning;
use super::{after, bare};

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
    let roles = if unknown.is_empty() {
        ROLES
    } else {
        NAMED_ROLES
    };
    let mut role = first(roles, set).unwrap_or(Role::Named);
    // "Structure of the status field", "error data structure": that of a field named so.
    let field = set & !(STRUCTURE | PARAMETER | DESCRIPTION);
    if unknown.is_empty() && set & STRUCTURE != 0 && [ERROR, STATUS, CODE].contains(&field) {
        role = Role::Named;
        unknown.extend(words_of(&bare, field));
    }
    Some(Caption {
        number,
        role,
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
    (
        NONE,
        NONE,
        PARAMETER | DESCRIPTION | STRUCTURE,
        Role::Parameters,
    ),
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
