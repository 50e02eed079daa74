//! Lines by screen columns: what tables drawn in text are measured in.

use std::ops::Range;

use crate::form::lines::Line;
use crate::slice::Slice;
use unicode_width::UnicodeWidthChar;

/// The columns of a text.
pub(super) fn columns(text: &str) -> Vec<Option<char>> {
    let columns = text.chars().flat_map(|c| {
        let wide = c.width() == Some(2);
        std::iter::once(Some(c)).chain(wide.then_some(None))
    });
    columns.collect()
}

/// A drawn line, one entry a screen column; the second column of a wide character is `None`.
#[derive(Debug, Clone)]
pub(super) struct Drawn<'a> {
    /// The line it was drawn on.
    pub(super) source: Line<'a>,
    cells: Vec<Option<char>>,
}

impl<'a> Drawn<'a> {
    /// The lines of a drawing, without the indentation of the first.
    pub(super) fn lines(lines: &[Line<'a>]) -> Vec<Self> {
        let indent = lines.first().map_or(0, |line| line.indent());
        let drawn = lines.iter().map(|source| Self {
            source: *source,
            cells: columns(source.dedented(indent)),
        });
        drawn.collect()
    }

    /// The character at a column; a blank beyond the end.
    pub(super) fn at(&self, column: usize) -> char {
        crate::steps::count(1);
        self.cells.get(column).copied().flatten().unwrap_or(' ')
    }

    /// The number of columns.
    pub(super) fn width(&self) -> usize {
        self.cells.len()
    }

    /// The text between two columns, without blanks at its end.
    pub(super) fn between(&self, columns: &Range<usize>) -> String {
        let cells = self.cells.to(columns.end).from(columns.start);
        let mut text: String = cells.iter().flatten().collect();
        text.truncate(text.trim_end().len());
        text
    }

    /// Whether all columns of a stretch (not an empty one) hold one of these characters.
    pub(super) fn all(&self, from: usize, to: usize, wanted: &str) -> bool {
        from < to && (from..to).all(|column| wanted.contains(self.at(column)))
    }
}
