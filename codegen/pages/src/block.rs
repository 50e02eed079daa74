//! A page as blocks: what every form of a page has in common.
//!
//! Each form (HTML, Markdown, text, …) is turned into this first, and only this is interpreted, so
//! that a table means the same however it was written down.

use std::fmt;

/// What a list item within a text is moved in by, for each list that its own is inside of.
pub const INDENT: &str = "  ";

/// A place in a file: lines counted from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Lines {
    /// The file, by its place in [`Facts::files`](crate::facts::Facts::files): 0 until facts of
    /// several files are combined.
    pub file: usize,
    /// The first line.
    pub first: usize,
    /// The last line.
    pub last: usize,
    /// Where in the first line it begins, in characters counted from 1; 0 where the lines as a whole
    /// are meant. What was made for programs may be all on one line.
    pub column: usize,
}

/// The first line, with the column if it is known.
impl fmt::Display for Lines {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            0 => formatter.pad(&self.first.to_string()),
            column => formatter.pad(&format!("{}:{column}", self.first)),
        }
    }
}

impl Lines {
    /// Lines of the one file there is.
    #[must_use]
    pub const fn new(first: usize, last: usize) -> Self {
        Self {
            file: 0,
            first,
            last,
            column: 0,
        }
    }

    /// One line.
    #[must_use]
    pub const fn of(line: usize) -> Self {
        Self::new(line, line)
    }

    /// What begins at a column of a line.
    #[must_use]
    pub const fn at(line: usize, column: usize) -> Self {
        Self {
            column,
            ..Self::of(line)
        }
    }

    /// From the first line of one place to the last of another.
    #[must_use]
    pub fn join(self, last: Self) -> Self {
        Self {
            last: last.last.max(self.last),
            ..self
        }
    }
}

/// A piece of text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The words, entities and escapes resolved, lines of one paragraph joined by `\n`.
    pub text: String,
    /// Where they stand.
    pub lines: Lines,
    /// The links inside, in order.
    pub links: Vec<TextLink>,
}

impl Text {
    /// A text without links.
    #[must_use]
    pub fn new(text: impl Into<String>, lines: Lines) -> Self {
        Self {
            text: text.into(),
            lines,
            links: Vec::new(),
        }
    }
}

/// A link inside a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLink {
    /// What is shown.
    pub text: String,
    /// Where it leads: `#anchor` for a place on the same page.
    pub target: String,
}

/// One block of a page, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; 1 is the page's title. Forms without levels give 2 to all but the title.
    Heading {
        /// The level, from 1.
        level: u8,
        /// The heading.
        text: Text,
    },
    /// A paragraph of prose.
    Paragraph(Text),
    /// One item of a list; nested items follow their parent with a greater depth.
    Item {
        /// 1 for a list on the page, 2 for one inside it, …
        depth: u8,
        /// The item's own text.
        text: Text,
    },
    /// A listing: an example of a request, a response or a route.
    Code(Text),
    /// A table.
    Table(Table),
}

impl Block {
    /// The words, of all but a table.
    pub(crate) fn words(&self) -> Option<&Text> {
        match self {
            Self::Heading { text, .. } | Self::Item { text, .. } => Some(text),
            Self::Paragraph(text) | Self::Code(text) => Some(text),
            Self::Table(_) => None,
        }
    }
}

/// A table, its cells where they belong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The caption, as "Table 2 Request body parameters".
    pub caption: Option<Text>,
    /// Anchors by which links on the page point to this table.
    pub anchors: Vec<String>,
    /// The header cells. Empty when the form lost them.
    pub header: Vec<Cell>,
    /// The rows below the header. A row may have fewer cells than the header when the form lost
    /// some; which column a cell belongs to is then in [`Cell::column`].
    pub rows: Vec<Vec<Cell>>,
    /// The whole table.
    pub lines: Lines,
    /// What the form shows to be broken about this table, in words; such a table yields no facts,
    /// only unreadable cells.
    pub broken: Option<String>,
    /// The page ends within the last row: that one yields no facts, only unreadable cells.
    pub cut: bool,
}

impl Table {
    /// What is left of a table that cannot be read, each piece as a cell, so that none is lost.
    #[must_use]
    pub fn broken(
        why: impl Into<String>,
        lines: Lines,
        pieces: impl IntoIterator<Item = Text>,
    ) -> Self {
        let pieces = pieces.into_iter();
        Self {
            rows: pieces
                .map(|text| vec![Cell { text, column: None }])
                .collect(),
            lines,
            broken: Some(why.into()),
            ..Self::default()
        }
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The cell's text: paragraphs and list items separated by `\n`, items led by `- `.
    pub text: Text,
    /// The column it stands in, from 0, as far as the form tells or alignment shows;
    /// `None` when a neighbour was lost and this one could belong to more than one column.
    pub column: Option<usize>,
}
