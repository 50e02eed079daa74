//! The text that goes into the generator: one OpenAPI document, with the name it is reported under
//! and the files that it refers to.

use std::cell::Cell;
use std::ops::Range;
use std::path::MAIN_SEPARATOR;
use std::sync::Arc;

use indexmap::IndexMap;

/// A path that stands in a file, as it is seen from where the file is seen: without `.`, and with `..`
/// at its beginning alone. A drive, or a revision, before a `:` stays what it is.
pub(crate) fn seen_from(file: &str, path: &str) -> String {
    let file = match MAIN_SEPARATOR {
        '/' => file.to_owned(),
        other => file.replace(other, "/"),
    };
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let first = file.split('/').next().unwrap_or_default();
    let before = first.rfind(':').map_or(0, |at| at + 1);
    let root = before + usize::from(file[before..].starts_with('/'));
    let (root, folder) = (&file[..root], folder.get(root..).unwrap_or_default());
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|it| *it != "..") => _ = parts.pop(),
            ".." if root.ends_with('/') => {}
            part => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

/// Bytes of a source's text, from and up to. Those behind the text are of the files that it refers
/// to, one after the other, with one byte in between.
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
    /// What stands behind the paths that its references name, in the order they were come upon.
    files: Arc<IndexMap<String, Referred>>,
}

/// What stands behind a path that a reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Referred {
    /// A file with this text.
    Text(Arc<str>),
    /// The file, or the document itself, that is known by another path.
    Same(String),
    /// No file, or none that can be read, and why.
    Missing(String),
    /// One that is not to be read, and why.
    Refused(String),
}

/// Bytes of a source or of a file that it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcePlace<'s> {
    /// The path of the file.
    pub path: &'s str,
    /// Its text.
    pub text: &'s str,
    /// The bytes in that text.
    pub span: Span,
}

impl SourcePlace<'_> {
    /// The line and column where it begins.
    pub fn position(&self) -> Position {
        Lines::new(self.text).position(self.span.start)
    }
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
            files: Arc::default(),
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

    /// The same with what stands behind a path that its references name. One that is there already
    /// is replaced.
    #[must_use]
    pub fn referring(mut self, path: impl Into<String>, referred: Referred) -> Self {
        self.refer(path, referred);
        self
    }

    /// Learns what stands behind a path.
    pub(crate) fn refer(&mut self, path: impl Into<String>, referred: Referred) {
        Arc::make_mut(&mut self.files).insert(path.into(), referred);
    }

    /// The same, and all that it refers to, below a folder.
    #[must_use]
    pub fn below(mut self, folder: &str) -> Self {
        let inside = |path: &str| seen_from(&format!("{folder}/"), path);
        self.path = inside(&self.path);
        let files = self.files.iter().map(|(path, referred)| {
            let referred = match referred {
                Referred::Same(other) => Referred::Same(inside(other)),
                other => other.clone(),
            };
            (inside(path), referred)
        });
        self.files = Arc::new(files.collect());
        self
    }

    /// The same document with another text.
    #[must_use]
    pub fn with_text(&self, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..self.clone()
        }
    }

    /// What stands behind each path that its references name.
    pub fn referred(&self) -> &IndexMap<String, Referred> {
        &self.files
    }

    /// The path and the text of the document, and of each file that it refers to.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let files = self.files.iter().filter_map(|(path, it)| match it {
            Referred::Text(text) => Some((path.as_str(), &**text)),
            _ => None,
        });
        std::iter::once((self.path.as_str(), self.text.as_str())).chain(files)
    }

    /// Where bytes are written: in the document, or in a file that it refers to. A byte behind the
    /// last end counts as that end.
    pub fn place(&self, span: &Span) -> SourcePlace<'_> {
        let mut start = 0;
        let (mut path, mut text) = (self.path.as_str(), self.text.as_str());
        for (next, others) in self.texts().skip(1) {
            let behind = start + text.len() + 1;
            if span.start < behind {
                break;
            }
            (start, path, text) = (behind, next, others);
        }
        let inside = |byte: usize| byte.saturating_sub(start).min(text.len());
        let span = inside(span.start)..inside(span.end);
        SourcePlace { path, text, span }
    }

    /// The bytes of a place, counted from the beginning of the document; none where it refers to no
    /// such file.
    pub(crate) fn span_of(&self, path: &str, span: &Span) -> Option<Span> {
        let mut start = 0;
        for (known, text) in self.texts() {
            if known == path {
                return Some(start + span.start..start + span.end);
            }
            start += text.len() + 1;
        }
        None
    }

    /// The line and column of a byte, in the file that has it; a byte behind the end counts as the
    /// end.
    pub fn position(&self, byte: usize) -> Position {
        self.place(&(byte..byte)).position()
    }
}

/// Where each line of a text begins; made once when many places are looked up.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Whether the byte order mark is somewhere in it, which is no character anybody sees.
    has_marks: bool,
    /// The byte looked up last, and how many characters stand before it on its line.
    last: Cell<(usize, usize)>,
}

/// The byte order mark.
const MARK: char = '\u{feff}';

impl<'a> Lines<'a> {
    /// Finds the lines of a text; `\n` and `\r\n` end one.
    pub(crate) fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        let last = Cell::new((0, 0));
        Self {
            text,
            starts,
            has_marks: text.contains(MARK),
            last,
        }
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
            let marks = match self.has_marks {
                true => between.matches(MARK).count(),
                false => 0,
            };
            between.chars().count() - marks
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
    fn bytes_behind_a_text_are_of_the_files_it_refers_to() {
        let text = |text: &str| Referred::Text(text.into());
        let source = Source::new("a.yaml", "abc")
            .referring("x.yaml", Referred::Missing("it is not there".to_owned()))
            .referring("b.yaml", text(""))
            .referring("c.yaml", text("d\nef"));
        for (byte, path, inside) in [
            (0, "a.yaml", 0),
            (3, "a.yaml", 3),
            (4, "b.yaml", 0),
            (5, "c.yaml", 0),
            (9, "c.yaml", 4),
            (99, "c.yaml", 4),
        ] {
            let place = source.place(&(byte..byte + 1));
            assert_eq!((place.path, place.span.start), (path, inside), "{byte}");
            let back = source.span_of(path, &place.span).unwrap();
            assert_eq!(back.start, byte.min(9));
        }
        let line = source.position(8).line;
        assert_eq!(line, 2);
        assert_eq!(source.span_of("x.yaml", &(0..1)), None);
    }

    #[test]
    fn a_source_is_moved_with_what_it_refers_to() {
        let same = |path: &str| Referred::Same(path.to_owned());
        let moved = Source::new("a.yaml", "")
            .referring("b/c.yaml", same("a.yaml"))
            .referring("../d.yaml", same("../e.yaml"))
            .below("v1:x/./y");
        let expected = Source::new("v1:x/y/a.yaml", "")
            .referring("v1:x/y/b/c.yaml", same("v1:x/y/a.yaml"))
            .referring("v1:x/d.yaml", same("v1:x/e.yaml"));
        assert_eq!(moved, expected);
        assert_eq!(Source::new("a.yaml", "").below(".").path, "a.yaml");
    }

    #[test]
    fn the_service_is_the_file_stem() {
        assert_eq!(Source::new("spec/demo.yaml", "").service(), "demo");
        assert_eq!(Source::new("demo", "").service(), "demo");
    }
}
