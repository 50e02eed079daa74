//! Lines by screen columns: what tables drawn in text are measured in.

use crate::form::lines::Line;
use crate::slice::Slice;
use unicode_width::UnicodeWidthChar;

/// A drawn line, one entry a screen column; the second column of a wide character is `None`.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    cells: Vec<Option<char>>,
}

impl Drawn {
    /// The lines of a drawing, without the indentation of the first.
    pub(super) fn lines(lines: &[Line<'_>]) -> Vec<Self> {
        let indent = lines.first().map_or(0, |line| line.indent());
        lines
            .iter()
            .map(|line| Self::new(line.dedented(indent)))
            .collect()
    }

    /// The columns of a line.
    pub(super) fn new(text: &str) -> Self {
        let mut cells = Vec::with_capacity(text.len());
        for c in text.chars() {
            cells.push(Some(c));
            if c.width() == Some(2) {
                cells.push(None);
            }
        }
        Self { cells }
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
    pub(super) fn between(&self, from: usize, to: usize) -> String {
        let to = to.min(self.cells.len());
        let mut text: String = self.cells.to(to).from(from).iter().flatten().collect();
        text.truncate(text.trim_end().len());
        text
    }

    /// Whether all columns of a stretch (not an empty one) hold one of these characters.
    pub(super) fn all(&self, from: usize, to: usize, wanted: &str) -> bool {
        from < to && (from..to).all(|column| wanted.contains(self.at(column)))
    }
}
