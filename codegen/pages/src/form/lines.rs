//! Lines with their numbers.

use std::borrow::Cow;

use crate::block::{Lines, Text};
use crate::slice::Slice;

/// A line of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Counted from 1.
    pub number: usize,
    /// Without the line end and without blanks at the end.
    pub text: &'a str,
    /// How many columns were cut off in front.
    pub margin: usize,
}

impl<'a> Line<'a> {
    /// A whole line.
    pub(super) fn new(number: usize, text: &'a str) -> Self {
        Self {
            number,
            text: text.trim_end(),
            margin: 0,
        }
    }

    /// Whether nothing stands on it.
    pub(super) fn is_blank(self) -> bool {
        crate::steps::count(1);
        self.text.is_empty()
    }

    /// The blanks it begins with; a tab reaches to the next eighth column.
    pub(super) fn indent(self) -> usize {
        let blanks = self.text.chars();
        blanks
            .take_while(|c| matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}'))
            .fold(self.margin, behind)
    }

    /// The line without the blanks around it.
    pub(super) fn trimmed(self) -> &'a str {
        crate::steps::count(1);
        self.text.trim()
    }

    /// The line without its first `columns` columns of blanks.
    pub(super) fn dedented(self, columns: usize) -> &'a str {
        let mut column = self.margin;
        self.text.trim_start_matches(|c: char| {
            let before = column;
            column = behind(column, c);
            before < columns && c.is_whitespace()
        })
    }
}

/// The column behind a blank.
fn behind(column: usize, blank: char) -> usize {
    match blank {
        '\t' => (column / 8 + 1) * 8,
        _ => column + 1,
    }
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let lines = text.lines().enumerate();
    lines
        .map(|(index, text)| Line::new(index + 1, text))
        .collect()
}

/// No address of a link is longer, in characters.
const LONGEST_TARGET: usize = 1_000;

/// A text in which the links of Markdown are their words: an export that keeps addresses says no more.
pub(super) fn unlinked(text: &str) -> Cow<'_, str> {
    const TARGET: &str = "](http";
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once(TARGET) {
        crate::steps::count(before.len());
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let words = before.get(line..).unwrap_or_default().rfind('[');
        let mut ends = after.char_indices().take(LONGEST_TARGET);
        let end = ends.find(|(_, it)| matches!(it, ')' | ' ' | '\n'));
        let target = end.filter(|(_, it)| *it == ')').map(|(at, _)| at);
        match (words, target) {
            (Some(words), Some(target)) => {
                let (head, label) = before.split_at(line + words);
                out.push_str(head);
                out.push_str(label.get(1..).unwrap_or_default());
                rest = after.get(target + 1..).unwrap_or_default();
            }
            _ => {
                out.push_str(before);
                out.push_str(TARGET);
                rest = after;
            }
        }
    }
    if out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// From the first to the last of these lines.
pub(super) fn span(lines: &[Line<'_>]) -> Lines {
    Lines::new(
        lines.first().map_or(0, |line| line.number),
        lines.last().map_or(0, |line| line.number),
    )
}

/// The lines of a listing, without the indentation they share and blank ones at the end.
pub(super) fn listing(lines: &[Line<'_>], shown: impl Fn(&str) -> String) -> Text {
    let lines = lines.to(lines.behind_last(|line| !line.is_blank()));
    let filled = lines.iter().filter(|line| !line.is_blank());
    let indent = filled.map(|line| line.indent()).min().unwrap_or(0);
    let words = lines.iter().map(|line| shown(line.dedented(indent)));
    Text::new(words.collect::<Vec<_>>().join("\n"), span(lines))
}

/// The words of lines that belong to no cell that could be told, a text each, so that none is lost.
pub(super) fn loose(lines: &[Line<'_>]) -> Vec<Text> {
    let filled = lines
        .iter()
        .filter(|line| line.text.chars().any(char::is_alphanumeric));
    let words = |line: &Line<'_>| line.trimmed().trim_matches('|').trim().to_owned();
    filled
        .map(|line| Text::new(words(line), span(&[*line])))
        .collect()
}
