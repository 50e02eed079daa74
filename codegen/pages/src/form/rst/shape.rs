//! How lines stand to each other: what belongs to what by indentation, and what a line begins.

use super::canvas;
use crate::form::lines::Line;
use crate::slice::Slice;

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    canvas::Drawn::new(text).width()
}

/// Where the lines that are indented deeper than `indent` (and blank ones between) end.
pub(super) fn body(lines: &[Line<'_>], start: usize, indent: usize) -> usize {
    let lines = lines.from(start);
    start + lines.lead(|line| line.is_blank() || line.indent() > indent)
}

/// Lines without blank ones around them.
pub(super) fn trimmed<'a, 'b>(lines: &'b [Line<'a>]) -> &'b [Line<'a>] {
    let lines = lines.from(lines.lead(|line| line.is_blank()));
    lines.to(lines.behind_last(|line| !line.is_blank()))
}

/// The lines of a directive without its options (`:class: wide`).
pub(super) fn options_skipped<'a, 'b>(lines: &'b [Line<'a>]) -> &'b [Line<'a>] {
    lines.from(lines.lead(|line| is_field(line.trimmed())))
}

/// Whether a line is `:name: value`.
pub(super) fn is_field(text: &str) -> bool {
    let Some((name, value)) = text.strip_prefix(':').and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
        && (value.is_empty() || value.starts_with(' '))
}

/// How wide the mark of a list item is, when the line is one.
pub(super) fn item(text: &str) -> Option<usize> {
    let blanks = |mark: usize| {
        let rest = text.get(mark..)?;
        let blanks = rest.len() - rest.trim_start().len();
        (blanks > 0 || rest.is_empty()).then_some(mark + blanks)
    };
    if text.starts_with(['-', '*', '•', '+']) {
        let mark = text.chars().next().map_or(1, char::len_utf8);
        return blanks(mark).filter(|_| text.len() > mark);
    }
    let number = text
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '#')
        .count();
    (number > 0 && number < 4 && text.get(number..).is_some_and(|rest| rest.starts_with('.')))
        .then(|| blanks(number + 1))
        .flatten()
        .filter(|mark| *mark < text.len())
}
