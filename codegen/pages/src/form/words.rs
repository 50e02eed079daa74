//! What single lines of rendered text look like: routes, requests, captions, headings, listings.

use crate::vocabulary::{
    METHODS, Meaning, Section, Term, after, is_bullet, is_of_status, is_type, kind_of_type,
    section, table_number, yes_no,
};

/// Whether a text ends as a sentence does, and so is no heading.
pub(super) fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '。', ';', '；', ',', '，', '!', '?', '？', ':', '：'])
}

/// Whether a text begins with a small letter, as names do and headings do not.
pub(super) fn is_small(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether a text is a type as tables write it; in small letters it may be a name or a value.
pub(super) fn is_capital_type(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && is_type(text)
}

/// Whether a text says yes or no, be it with a condition: "Yes (when it ebbs)".
pub(super) fn is_answer(text: &str) -> bool {
    let answer = text.strip_suffix([')', '）']);
    let answer = answer.and_then(|rest| rest.split(['(', '（']).next());
    yes_no(answer.unwrap_or(text)).is_some()
}

/// Whether a text is an answer or a type: what a row has beside its name.
pub(super) fn is_beside_name(text: &str) -> bool {
    is_answer(text) || is_type(text)
}

/// The section a line heads.
pub(super) fn heading(text: &str) -> Option<Section> {
    if is_sentence(text)
        && !text
            .trim_end_matches([':', '：'])
            .chars()
            .all(|c| c.is_ascii_uppercase())
    {
        return None;
    }
    // A field may be called "method".
    if text.chars().all(|c| c.is_ascii_lowercase()) && !matches!(text, "uri" | "url") {
        return None;
    }
    section(text)
}

/// The words of a list item.
pub(super) fn item(words: &str) -> Option<&str> {
    let marked = words.strip_prefix(is_bullet);
    let mut marks = ["- ", "* "].into_iter();
    let item = marked.or_else(|| marks.find_map(|mark| words.strip_prefix(mark)));
    item.map(str::trim)
}

/// The longest caption, in characters.
const MAX_CAPTION: usize = 160;

/// Whether a line is a table's numbered caption and not a sentence about the table.
pub(super) fn is_caption(line: &str) -> bool {
    let line = line.trim().trim_start_matches('*');
    !is_sentence(line)
        && !line.contains('\n')
        && line.chars().count() <= MAX_CAPTION
        && table_number(line).is_some_and(|(_, words)| {
            let verb = words.split_whitespace().next().unwrap_or("");
            !Term::Shows.is(&verb.to_lowercase())
        })
}

/// What follows the method in `GET /v1/…` or `GET https://…`.
fn after_method(text: &str) -> Option<&str> {
    METHODS.iter().find_map(|method| {
        let rest = after(method, text)?;
        rest.starts_with([' ', '\u{a0}', '\t'])
            .then(|| rest.trim_start())
    })
}

/// Whether a line is a method with a path.
pub(super) fn is_route(text: &str) -> bool {
    after_method(text).is_some_and(|rest| rest.starts_with(['/', '{']) || is_address(rest))
}

/// Whether a line begins a listing by being a request as it is sent.
pub(super) fn is_request(text: &str) -> bool {
    after_method(text).is_some_and(is_address)
        || (is_address(text) && !text.contains(' '))
        || text.starts_with("curl ")
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Whether a line begins JSON.
pub(super) fn is_json_start(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('{') => chars
            .find(|c| !c.is_whitespace())
            .is_none_or(|c| matches!(c, '"' | '}' | '{' | '[' | '/' | '\'')),
        Some('[') => match chars.find(|c| !c.is_whitespace()) {
            // "[]String" is a type.
            Some(']') => !chars.as_str().starts_with(char::is_alphabetic),
            c => c.is_none_or(|c| matches!(c, '{' | '"')),
        },
        _ => false,
    }
}

/// Words that stand below every page and belong to none.
pub(super) fn is_footer(text: &str) -> bool {
    text.chars().count() <= 100 && Term::Footer.words().any(|it| text.starts_with(it))
}

/// Whether a line can only be outside a table, whatever stood before it.
pub(super) fn is_outside_tables(text: &str) -> bool {
    is_caption(text)
        || is_of_status(text)
        || is_route(text)
        || is_footer(text)
        || is_json_start(text)
}

/// Whether a line is a type and nothing else, not even a word for nothing.
pub(super) fn is_kind(words: &str) -> bool {
    is_type(words) && kind_of_type(words).is_some()
}

/// Whether a line shows that a table is over.
pub(super) fn ends_table(words: &str) -> bool {
    is_outside_tables(words)
        || heading(words).is_some_and(|section| section != Section::Constraints)
}

/// Ends raised words that began at `start`: a mark of a footnote goes, as no name or value has it;
/// the exponent of a number is set off as in "2^31"; other words stay as they are.
pub(super) fn raised(text: &mut String, start: usize) {
    let Some((before, words)) = text.split_at_checked(start) else {
        return;
    };
    let words = words.trim();
    let base = before
        .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
        .next()
        .unwrap_or("");
    let power = !base.is_empty()
        && base.bytes().all(|byte| byte.is_ascii_digit())
        && !words.is_empty()
        && words.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let bare = words
        .trim_start_matches(['[', '('])
        .trim_end_matches([']', ')']);
    let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    let starred = !bare.is_empty() && bare.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§'));
    let lettered = bare.len() < words.len()
        && bare.len() == 1
        && bare.bytes().all(|byte| byte.is_ascii_lowercase());
    if power {
        text.insert(start, '^');
    } else if digits || starred || lettered {
        text.truncate(start);
    }
}

/// The number of columns when a line is the rule below a table's heading: `---|---|`.
pub(super) fn rule(text: &str) -> Option<usize> {
    let text = text.trim();
    let known = text.contains('|')
        && text.contains("--")
        && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    known.then(|| text.split('|').filter(|part| part.contains('-')).count())
}

/// Whether a line is the rule of a table of several columns.
pub(super) fn is_rule(text: &str) -> bool {
    rule(text).is_some_and(|columns| columns >= 2)
}

/// The cells of a row on one line; escaped bars and those beyond the last column part nothing.
pub(super) fn split_row(line: &str, columns: usize) -> Vec<String> {
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line
        .strip_suffix('|')
        .filter(|rest| !rest.ends_with('\\'))
        .unwrap_or(line);
    let mut cells: Vec<String> = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        let last_column = cells.len() >= columns;
        if c == '|' && !escaped && !last_column {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            if c == '|' && escaped {
                cell.pop();
            }
            cell.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

#[cfg(test)]
mod raised_tests {
    use super::raised;

    #[test]
    fn footnotes_go_and_exponents_stay() {
        for (before, words, expected) in [
            ("gauge", "1", "gauge"),
            ("gauge", "[1]", "gauge"),
            ("gauge", "(a)", "gauge"),
            ("gauge", "*", "gauge"),
            ("ipv4", "1", "ipv4"),
            ("1 to 2", "31", "1 to 2^31"),
            ("10", "-6", "10^-6"),
            ("10", "[1]", "10"),
            ("2", "n", "2^n"),
            ("x", "th", "xth"),
            ("x", "", "x"),
        ] {
            let mut text = format!("{before}{words}");
            raised(&mut text, before.len());
            assert_eq!(text, expected);
        }
        let mut text = "short".to_owned();
        raised(&mut text, 99);
        assert_eq!(text, "short");
    }
}
