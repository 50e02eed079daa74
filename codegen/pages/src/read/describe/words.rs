//! Small things about sentences and numbers.

use crate::vocabulary::half;

/// A description made easy to look through: half-width, dashes and tildes alike, no escapes, no
/// bar between thousands.
pub(super) fn tidy(text: &str) -> String {
    half(text)
        .chars()
        .map(|c| match c {
            '–' | '—' | '−' => '-',
            '～' | '∼' | '〜' => '~',
            '\t' => ' ',
            c => c,
        })
        .collect()
}

/// The sentences of a text: parted at line ends and at full stops that end one.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for line in text.split(['\n', '。', ';']) {
        let mut start = 0;
        let bytes = line.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let ends = *byte == b'.' && bytes.get(at + 1).is_none_or(|next| *next == b' ');
            if ends {
                out.extend(line.get(start..at).map(str::trim));
                start = at + 1;
            }
        }
        out.extend(line.get(start..).map(str::trim));
    }
    out.retain(|sentence| !sentence.is_empty());
    out
}

/// A number as written, without the bars between thousands.
pub(super) fn number(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(',').collect();
    let grouped = groups.len() == 1 || groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = text.replace(',', "");
    let bare = digits.strip_prefix('-').unwrap_or(&digits);
    (grouped
        && !bare.is_empty()
        && bare.len() <= 19
        && bare
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.'))
    .then_some(digits)
}

/// A number plus a step, for bounds that are not included.
pub(super) fn step(text: &str, by: i64) -> Option<String> {
    number(text)?
        .parse::<i64>()
        .ok()?
        .checked_add(by)
        .map(|value| value.to_string())
}

/// Whether a text can be one value: a word or a number, without blanks.
pub(super) fn value_like(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars
        .next()
        .is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    first
        && text.len() <= 64
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '+' | '/'))
        && text.chars().any(|c| c.is_ascii_alphanumeric())
        && !text.ends_with([':', '-', '.'])
}

/// A value without the quotes and marks around it, and without the stop of its sentence.
pub(super) fn bare(text: &str) -> &str {
    let marks = ['"', '\'', '`', '*', ' ', '“', '”', '‘', '’'];
    text.trim()
        .trim_matches(marks)
        .trim_end_matches(['.', ',', ';'])
        .trim_end_matches(marks)
}
