//! The text that goes into the generator: one OpenAPI document, with the name it is reported under.

use std::cell::Cell;
use std::ops::Range;

/// Bytes of a source's text, from and up to.
pub type Span = Range<usize>;

/// One OpenAPI document as it was read, before anything is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Where the text came from, relative to the workspace with `/` between parts: `spec/demo.yaml`.
    /// Diagnostics print it; its file stem (`demo`) is the service's name.
    pub path: String,
    /// The document's text, YAML or JSON.
    pub text: String,
    /// The service's name, where that is not the file stem of the path.
    name: Option<String>,
}

/// A place in a text as people count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
}

impl Source {
    /// Pairs a path with its text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
            name: None,
        }
    }

    /// The same for a service of this name, whatever its path is.
    #[must_use]
    pub fn named(mut self, service: impl Into<String>) -> Self {
        self.name = Some(service.into());
        self
    }

    /// The service's name: the file stem of the path (`spec/demo.yaml` → `demo`), unless it was
    /// given another.
    pub fn service(&self) -> &str {
        if let Some(name) = &self.name {
            return name;
        }
        let file = self.path.rsplit('/').next().unwrap_or(&self.path);
        file.rsplit_once('.').map_or(file, |(stem, _)| stem)
    }

    /// The line and column of a byte; a byte behind the end counts as the end.
    pub fn position(&self, byte: usize) -> Position {
        Lines::new(&self.text).position(byte)
    }
}

/// Where each line of a text begins; made once when many places are looked up.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// The byte looked up last, and how many characters stand before it on its line.
    last: Cell<(usize, usize)>,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text; `\n` and `\r\n` end one.
    pub(crate) fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        let last = Cell::new((0, 0));
        Self { text, starts, last }
    }

    /// The index of the line that holds a byte, counted from 0.
    pub(crate) fn index(&self, byte: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= byte)
            .saturating_sub(1)
    }

    /// The bytes of a line without what ends it; an index behind the last line gives the last line.
    pub(crate) fn range(&self, index: usize) -> std::ops::Range<usize> {
        let index = index.min(self.starts.len().saturating_sub(1));
        let start = self.starts.get(index).copied().unwrap_or(0);
        let end = self
            .starts
            .get(index + 1)
            .copied()
            .unwrap_or(self.text.len());
        let line = self.text.get(start..end).unwrap_or_default();
        start..start + line.trim_end_matches(['\r', '\n']).len()
    }

    /// The line and column of a byte.
    pub(crate) fn position(&self, byte: usize) -> Position {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let index = self.index(byte);
        let start = self.starts.get(index).copied().unwrap_or(0);
        // A document written on one line is not counted from its beginning for every place, but from
        // the place before, whichever side of it that is.
        let visible = |from: usize, to: usize| {
            let between = self.text.get(from..to).unwrap_or_default();
            // The byte order mark is no character anybody sees.
            between.chars().filter(|it| *it != '\u{feff}').count()
        };
        let (known, known_columns) = self.last.get();
        let is_nearer = known < start || byte - start < known.abs_diff(byte);
        let columns = match known {
            _ if is_nearer || self.index(known) != index => visible(start, byte),
            known if known <= byte => known_columns + visible(known, byte),
            known => known_columns.saturating_sub(visible(byte, known)),
        };
        self.last.set((byte, columns));
        Position {
            line: index + 1,
            column: columns + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, byte: usize) -> (usize, usize) {
        let position = Source::new("a.yaml", text).position(byte);
        (position.line, position.column)
    }

    #[test]
    fn positions_count_characters() {
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("é: ü", 4), (1, 4));
        assert_eq!(at("a\r\nb\nd", 3), (2, 1));
        assert_eq!(at("a\r\nb\nd", 5), (3, 1));
        assert_eq!(at("\u{feff}ab", 4), (1, 2));
        assert_eq!(
            at("é", 1),
            (1, 1),
            "a byte inside a character is that character"
        );
        assert_eq!(at("ab", 99), (1, 3));
    }

    #[test]
    fn positions_are_the_same_in_any_order() {
        let text = "aü\u{feff}b\nçd\n\ne";
        let lines = Lines::new(text);
        let bytes = (0..=text.len()).chain((0..=text.len()).rev());
        for byte in bytes.chain([3, 9, 1, 8, 8, 0]) {
            assert_eq!(
                lines.position(byte),
                Lines::new(text).position(byte),
                "{byte}"
            );
        }
    }

    #[test]
    fn lines_leave_out_what_ends_them() {
        let text = "ab\r\ncd\n";
        let lines = Lines::new(text);
        assert_eq!(&text[lines.range(0)], "ab");
        assert_eq!(&text[lines.range(1)], "cd");
        assert_eq!(&text[lines.range(2)], "");
        assert_eq!(&text[lines.range(9)], "");
    }

    #[test]
    fn the_service_is_the_file_stem() {
        assert_eq!(Source::new("spec/demo.yaml", "").service(), "demo");
        assert_eq!(Source::new("demo", "").service(), "demo");
    }
}
