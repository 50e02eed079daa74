//! How lines stand to each other: what belongs to what by indentation, and what a line begins.

use super::{canvas, grid, simple};
use crate::block::Table;
use crate::form::lines::Line;
use crate::slice::Slice;

/// A way to draw tables.
pub(super) struct Drawing {
    is_border: fn(&str) -> bool,
    /// How many of the lines are the table that begins with them.
    pub(super) extent: fn(&[Line<'_>]) -> usize,
    /// Reads the lines of one table, with which the page may end.
    pub(super) table: fn(&[Line<'_>], bool) -> Table,
}

const DRAWINGS: [Drawing; 2] = [
    Drawing {
        is_border: grid::is_border,
        extent: grid::extent,
        table: grid::table,
    },
    Drawing {
        is_border: simple::is_border,
        extent: simple::extent,
        table: simple::table,
    },
];

/// How the table is drawn that a line is the upper border of.
pub(super) fn drawn(text: &str) -> Option<&'static Drawing> {
    DRAWINGS.iter().find(|drawing| (drawing.is_border)(text))
}

/// Whether a line is the border of a table of either kind.
pub(super) fn is_border(text: &str) -> bool {
    drawn(text).is_some()
}

/// Whether a line underlines a heading: one mark, repeated.
pub(super) fn is_underline(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|first| {
        "=-~^\"#*+'.:_`".contains(first) && text.len() >= 3 && chars.all(|c| c == first)
    })
}

/// Whether a line begins what stands by itself, and ends a paragraph above it.
pub(super) fn starts_block(line: &Line<'_>) -> bool {
    let text = line.trimmed();
    is_border(text) || text.starts_with(".. ") || text == "::"
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    canvas::columns(text).len()
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
    let number = text.chars().take_while(|c| c.is_ascii_digit() || *c == '#');
    let number = number.count();
    let mark = match text.chars().next()? {
        mark @ ('-' | '*' | '•' | '+') => mark.len_utf8(),
        _ if (1..4).contains(&number) && text.get(number..)?.starts_with('.') => number + 1,
        _ => return None,
    };
    let rest = text.get(mark..)?;
    let words = rest.trim_start();
    (!words.is_empty() && words.len() < rest.len()).then(|| text.len() - words.len())
}
