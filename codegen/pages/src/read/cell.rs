//! What one cell of a table of parameters says: a name, yes or no, a type.

use crate::vocabulary::{column, is_none, is_type, name_like, number_in, plain, yes_no};

/// The name in a cell.
pub(super) fn name(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\\' | '`' | '*' | '\u{200b}') && !c.is_control() || *c == '\n')
        .collect();
    let text = text
        .trim()
        .trim_start_matches(['»', '└', '├', '─', '+', '>', '-', '•', ' '])
        .trim();
    // A long name broken over lines; not a heading or a type that ran into it.
    let word = |part: &str| {
        part.starts_with(|c: char| !c.is_ascii_lowercase())
            && (column(part).is_some() || is_type(part) || yes_no(part).is_some())
    };
    if text.contains('\n') && text.split('\n').map(str::trim).any(word) {
        return None;
    }
    let joined: String = if text.contains('\n') {
        text.split('\n').map(str::trim).collect()
    } else {
        text.to_owned()
    };
    let bare = joined
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
        .unwrap_or(&joined);
    name_like(bare).then(|| bare.to_owned())
}

/// Yes or no, also with a remark in brackets behind it.
pub(super) fn required(text: &str) -> Option<bool> {
    yes_no(text).or_else(|| {
        let text = plain(text);
        let (before, after) = text.split_once('(')?;
        // "Yes (if …)" holds under a condition only: not known.
        let condition = [
            "if", "when", "depend", "only", "unless", "如果", "当", "仅", "条件",
        ]
        .iter()
        .any(|word| after.contains(word));
        if condition { None } else { yes_no(before) }
    })
}

/// A type as the page writes it; `None` for what is no type.
pub(super) fn type_name(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|c| !matches!(c, '\\' | '`' | '*'))
        .collect();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if is_type(&text) {
        return Some(text);
    }
    // A sentence behind it says where its fields stand.
    let first = text.split_once(". ").or_else(|| text.split_once('。'));
    if let Some((first, _)) =
        first.filter(|(first, rest)| is_type(first) && number_in(rest).is_some())
    {
        return Some(first.trim().to_owned());
    }
    if yes_no(&text).is_some() || is_none(&text) {
        return None;
    }
    // The name of a structure.
    let words = text.split(' ').count();
    let tame = text.chars().all(|c| {
        c.is_alphanumeric()
            || matches!(
                c,
                ' ' | '_'
                    | '-'
                    | '.'
                    | '<'
                    | '>'
                    | '['
                    | ']'
                    | ','
                    | '('
                    | ')'
                    | '{'
                    | '}'
                    | ':'
                    | '/'
            )
    });
    (words <= 3 && tame && text.chars().count() <= 60 && !text.ends_with('.')).then_some(text)
}
