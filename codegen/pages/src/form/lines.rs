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
}

impl<'a> Line<'a> {
    /// Whether nothing stands on it.
    pub(super) fn is_blank(self) -> bool {
        crate::steps::count(1);
        self.text.is_empty()
    }

    /// The blanks it begins with; a tab reaches to the next eighth column.
    pub(super) fn indent(self) -> usize {
        let mut column = 0;
        for c in self.text.chars() {
            match c {
                ' ' | '\u{a0}' | '\u{3000}' => column += 1,
                '\t' => column = (column / 8 + 1) * 8,
                _ => break,
            }
        }
        column
    }

    /// The line without the blanks around it.
    pub(super) fn trimmed(self) -> &'a str {
        crate::steps::count(1);
        self.text.trim()
    }

    /// The line without its first `columns` columns of blanks.
    pub(super) fn dedented(self, columns: usize) -> &'a str {
        let mut column = 0;
        for (at, c) in self.text.char_indices() {
            if column >= columns || !c.is_whitespace() {
                return self.text.get(at..).unwrap_or_default();
            }
            column = if c == '\t' {
                (column / 8 + 1) * 8
            } else {
                column + 1
            };
        }
        ""
    }
}

/// The lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    text.lines()
        .enumerate()
        .map(|(index, text)| Line {
            number: index + 1,
            text: text.trim_end(),
        })
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
