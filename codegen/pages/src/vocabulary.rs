//! The words pages are written with: headings, captions, column headings, yes and no, types.
//!
//! One place for all languages: `lexicon` has the words, `lookup` how they are looked up, and the others
//! what a cell, a line or a title comes to.
//! Nothing here looks at more than one line of text. Words are compared in the shape `plain` gives
//! them.

mod address;
mod caption;
mod column;
mod concept;
mod header;
pub(crate) mod lexicon;
mod lookup;
mod operation;
mod section;
mod table;
mod types;
mod value;

pub(crate) use address::METHODS;
pub use address::{service_in_address, service_word};
pub use caption::number_in;
pub(crate) use caption::{Caption, caption, table_number};
pub(crate) use column::column;
pub(crate) use concept::{speaks_of_fields, status_of_outcome};
pub(crate) use header::{demands_header, is_header};
pub(crate) use lexicon::{Column, Term};
pub(crate) use lookup::{Meaning, is_han};
pub(crate) use operation::{is_marked_deprecated, says_deprecated};
pub(crate) use section::{Section, section};
pub(crate) use table::TableKind;
pub use types::{LIST_OF, array_of, is_media_type, is_of_kind, kind_of_type, kinds_agree};
pub(crate) use types::{is_of_form, is_other_scalar, is_type, kind_of_values, without_length};
pub(crate) use value::{
    CLASSES, is_action, is_any_key, is_certain_answer, is_of_status, is_status, leading_statuses,
    name_like, status_codes, status_told,
};
pub use value::{folded, is_bullet, is_none, words_for, yes_no};

/// A text made comparable: [`bare`], and in lower case.
pub(crate) fn plain(text: &str) -> String {
    bare(text).to_lowercase()
}

/// A text with half-width punctuation and digits, single blanks, without emphasis marks, pilcrows, and
/// trailing colons or full stops.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars().map(half_width) {
        if c.is_whitespace() {
            blank = !out.is_empty();
        } else if !matches!(
            c,
            '*' | '`' | '¶' | '#' | '\u{200b}' | '\u{feff}' | '\u{f0c1}' | '\\'
        ) {
            if std::mem::take(&mut blank) {
                out.push(' ');
            }
            out.push(c);
        }
    }
    let end = out.trim_end_matches([':', '.', '。', ' ', ',', ';']).len();
    out.truncate(end);
    out
}

/// What follows a word at the beginning of a text, whatever the case of its ASCII letters.
pub(crate) fn after<'t>(word: &str, text: &'t str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then_some(rest)
}

/// Whether a word is one of a list, whose words are parted by `|`.
pub(crate) fn is_among(list: &str, word: &str) -> bool {
    list.split('|').any(|it| it == word)
}

/// The half-width form of a full-width character; others as they are.
pub(crate) fn half_width(c: char) -> char {
    crate::steps::count(1);
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '、' => ',',
        '‘' | '’' => '\'',
        '“' | '”' | '„' => '"',
        _ => c,
    }
}

/// A text with full-width characters made half-width, otherwise untouched.
pub(crate) fn half(text: &str) -> String {
    text.chars().map(half_width).collect()
}
