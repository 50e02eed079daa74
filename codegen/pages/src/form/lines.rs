//! Lines with their numbers.

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
