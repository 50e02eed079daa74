//! Blocks as a walk over a page meets them: which words are a heading's, a list item's or a caption,
//! and which anchors lead to which table. One for all forms whose marks tell these apart.

use super::words::is_caption;
use crate::block::{Block, INDENT, Lines, Table, Text};
use crate::vocabulary::is_of_status;

/// The longest line, in bytes, that can be a label of what follows.
const MAX_LABEL: usize = 160;

/// The most links of a paragraph that are given to its lines.
const MAX_LINKS: usize = 50;

/// The blocks so far, and what waits for the next.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) out: Vec<Block>,
    /// Anchors met since the last words: they name the table that follows.
    anchors: Vec<String>,
    /// Anchors of the short lines right before: a link to such a line means the table after it.
    labels: Vec<String>,
    /// The depth of lists.
    list: u8,
    /// The next words are those of a list item.
    item: bool,
}

impl Flow {
    /// Notes anchors.
    pub(super) fn anchors(&mut self, names: impl IntoIterator<Item = String>) {
        self.anchors.extend(names);
    }

    /// A list begins.
    pub(super) fn open_list(&mut self) {
        self.list = self.list.saturating_add(1);
    }

    /// A list ends.
    pub(super) fn close_list(&mut self) {
        self.list = self.list.saturating_sub(1);
    }

    /// An item begins, or ends.
    pub(super) fn item(&mut self, open: bool) {
        self.item = open;
    }

    /// A heading.
    pub(super) fn heading(&mut self, level: u8, text: Text) {
        self.labels = std::mem::take(&mut self.anchors);
        self.out.push(Block::Heading { level, text });
    }

    /// A listing.
    pub(super) fn code(&mut self, text: Text) {
        self.anchors.clear();
        self.labels.clear();
        self.out.push(Block::Code(text));
    }

    /// Words outside of tables; anchors met in them stay for a table that follows.
    pub(super) fn words(&mut self, text: Text) {
        if text.text.len() <= MAX_LABEL {
            self.labels.append(&mut self.anchors);
        } else {
            self.labels.clear();
            self.anchors.clear();
        }
        if std::mem::take(&mut self.item) {
            let depth = self.list.max(1);
            self.out.push(Block::Item { depth, text });
        } else if text.text.contains('\n') && text.text.lines().any(is_apart) {
            self.out.extend(lines(&text).map(Block::Paragraph));
        } else {
            self.out.push(Block::Paragraph(text));
        }
    }

    /// A table, which the anchors and the caption before it name; what it goes on with it joins.
    pub(super) fn table(&mut self, mut table: Table) {
        table.anchors.append(&mut self.anchors);
        table.anchors.append(&mut self.labels);
        if table.caption.is_none()
            && let Some(caption) = take_caption(&mut self.out)
        {
            table.lines.first = table.lines.first.min(caption.lines.first);
            table.caption = Some(caption);
        }
        match self.out.last_mut() {
            Some(Block::Table(above)) if goes_on(above, &table) => {
                above.lines.last = above.lines.last.max(table.lines.last);
                above.rows.extend(table.rows);
            }
            _ => self.out.push(Block::Table(table)),
        }
    }
}

/// A status or a caption, told apart from what only a line end parts it from.
fn is_apart(line: &str) -> bool {
    is_of_status(line) || is_caption(line)
}

/// The lines of a text, each with its links.
fn lines(text: &Text) -> impl Iterator<Item = Text> {
    text.text.lines().enumerate().map(|(index, line)| {
        let at = (text.lines.first + index).min(text.lines.last);
        let links = text.links.iter().take(MAX_LINKS);
        Text {
            text: line.trim().to_owned(),
            lines: Lines::new(at, at),
            links: links
                .filter(|link| line.contains(&link.text))
                .cloned()
                .collect(),
        }
    })
}

/// Whether a table goes on with the one right above: it has no head and no name of its own, and its
/// rows are as wide.
fn goes_on(above: &Table, table: &Table) -> bool {
    let width = above.header.len();
    let nameless = table.caption.is_none() && table.anchors.is_empty() && table.header.is_empty();
    let whole = above.broken.is_none() && table.broken.is_none();
    let mut rows = table.rows.iter();
    width > 1
        && nameless
        && whole
        && !table.rows.is_empty()
        && rows.all(|row| {
            let mut cells = row.iter().enumerate();
            row.len() == width && cells.all(|(at, cell)| cell.column == Some(at))
        })
}

/// Takes the caption of the table that follows out of the blocks before it: a line right there.
fn take_caption(before: &mut Vec<Block>) -> Option<Text> {
    match before.last_mut() {
        Some(Block::Paragraph(text) | Block::Item { text, .. }) if is_caption(&text.text) => {
            let caption = std::mem::take(text);
            before.pop();
            Some(caption)
        }
        _ => None,
    }
}

/// The blocks of a cell as its text: paragraphs and items on lines of their own.
pub(super) fn joined(blocks: Vec<Block>) -> Option<Text> {
    let words = blocks.into_iter().flat_map(|block| match block {
        Block::Heading { text, .. } | Block::Paragraph(text) | Block::Code(text) => vec![text],
        Block::Item { depth, mut text } => {
            let indent = INDENT.repeat(usize::from(depth.saturating_sub(1)));
            text.text = format!("{indent}- {}", text.text);
            vec![text]
        }
        Block::Table(table) => {
            let cells = table
                .header
                .into_iter()
                .chain(table.rows.into_iter().flatten());
            cells.map(|cell| cell.text).collect()
        }
    });
    words.reduce(|mut above, below| {
        above.text.push('\n');
        above.text.push_str(&below.text);
        above.lines = above.lines.join(below.lines);
        above.links.extend(below.links);
        above
    })
}
