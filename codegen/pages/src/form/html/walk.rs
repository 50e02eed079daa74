//! The tree into blocks.

use super::run::Run;
use super::table;
use super::text::listing;
use super::tree::{Data, Id, Tree};
use crate::block::{Block, Cell, Table};
use crate::form::FormError;

/// Elements that say nothing a page says.
const SILENT: &[&str] = &[
    "script", "style", "head", "template", "noscript", "button", "svg", "iframe",
];

/// Elements that end a paragraph before and after them.
const PARTING: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "blockquote",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "address",
    "hr",
    "center",
    "body",
    "html",
    "details",
    "summary",
];

/// The longest line, in bytes, that can be a label of what follows.
const MAX_LABEL: usize = 160;

/// The blocks of a tree.
pub(super) fn blocks(tree: &Tree, max_depth: usize) -> Result<Vec<Block>, FormError> {
    let mut walk = Walk {
        tree,
        max_depth,
        out: Vec::new(),
        run: Run::default(),
        anchors: Vec::new(),
        labels: Vec::new(),
        list: 0,
        item: false,
    };
    walk.children(0, 0)?;
    walk.flush();
    Ok(walk.out)
}

/// Whether a table goes on with the one right above: it has no head and no name of its own, and its
/// rows are as wide.
fn continues(above: &Table, table: &Table) -> bool {
    let width = above.header.len();
    let nameless = table.caption.is_none() && table.anchors.is_empty() && table.header.is_empty();
    let fits = |row: &Vec<Cell>| {
        row.len() == width
            && row
                .iter()
                .enumerate()
                .all(|(at, cell)| cell.column == Some(at))
    };
    width > 1 && nameless && !table.rows.is_empty() && table.rows.iter().all(fits)
}

struct Walk<'t> {
    tree: &'t Tree,
    max_depth: usize,
    out: Vec<Block>,
    run: Run,
    /// Anchors met since the last words: they name the table that follows.
    anchors: Vec<String>,
    /// Anchors of the short lines right before: a link to such a line means the table after it.
    labels: Vec<String>,
    /// The depth of lists.
    list: u8,
    /// The next words are those of a list item.
    item: bool,
}

impl Walk<'_> {
    fn children(&mut self, id: Id, depth: usize) -> Result<(), FormError> {
        if depth > self.max_depth {
            return Err(FormError::TooDeep {
                line: self.tree.line(id),
                limit: self.max_depth,
            });
        }
        let tree = self.tree;
        for child in tree.children(id) {
            self.node(*child, depth + 1)?;
        }
        Ok(())
    }

    fn node(&mut self, id: Id, depth: usize) -> Result<(), FormError> {
        let tree = self.tree;
        let Some(node) = tree.node(id) else {
            return Ok(());
        };
        if let Data::Text(text) = &node.data {
            self.run.words(text, node.line);
            return Ok(());
        }
        let name = tree.name(id);
        match name {
            name if SILENT.contains(&name) => {}
            "br" => self.run.new_line(),
            "a" => {
                if let Some(anchor) = tree
                    .attribute(id, "name")
                    .or_else(|| tree.attribute(id, "id"))
                {
                    self.anchors.push(anchor.to_owned());
                }
                let start = self.run.len();
                self.children(id, depth)?;
                if let Some(target) = tree.attribute(id, "href") {
                    self.run.link(start, target);
                }
            }
            "sup" => {
                let start = self.run.len();
                self.children(id, depth)?;
                self.run.raised(start);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.children(id, depth)?;
                let level = name.bytes().last().map_or(2, |digit| digit - b'0');
                if let Some(text) = self.run.take() {
                    self.labels.clear();
                    self.labels.append(&mut self.anchors);
                    self.out.push(Block::Heading { level, text });
                }
            }
            "pre" => {
                self.flush();
                self.anchors.clear();
                self.labels.clear();
                if let Some(text) = listing(tree, id, self.max_depth) {
                    self.out.push(Block::Code(text));
                }
            }
            "table" => {
                self.flush();
                let mut anchors = std::mem::take(&mut self.anchors);
                anchors.append(&mut self.labels);
                anchors.extend(tree.attribute(id, "id").map(str::to_owned));
                if let Some(code) = table::line_numbered_listing(tree, id, self.max_depth) {
                    self.out.push(Block::Code(code));
                } else {
                    let table = table::table(tree, id, anchors, self.max_depth);
                    match self.out.last_mut() {
                        Some(Block::Table(above)) if continues(above, &table) => {
                            above.lines.last = above.lines.last.max(table.lines.last);
                            above.rows.extend(table.rows);
                        }
                        _ => self.out.push(Block::Table(table)),
                    }
                }
            }
            "ul" | "ol" => {
                self.flush();
                self.list = self.list.saturating_add(1);
                self.children(id, depth)?;
                self.flush();
                self.list = self.list.saturating_sub(1);
            }
            "li" => {
                self.flush();
                self.item = true;
                self.anchors
                    .extend(tree.attribute(id, "id").map(str::to_owned));
                self.children(id, depth)?;
                self.flush();
                self.item = false;
            }
            name if PARTING.contains(&name) => {
                self.flush();
                if name == "p" {
                    self.anchors
                        .extend(tree.attribute(id, "id").map(str::to_owned));
                }
                self.children(id, depth)?;
                self.flush();
            }
            _ => self.children(id, depth)?,
        }
        Ok(())
    }

    fn flush(&mut self) {
        let Some(text) = self.run.take() else { return };
        if text.text.len() <= MAX_LABEL {
            self.labels.append(&mut self.anchors);
        } else {
            self.labels.clear();
            self.anchors.clear();
        }
        if self.item {
            self.item = false;
            self.out.push(Block::Item {
                depth: self.list.max(1),
                text,
            });
        } else {
            self.out.push(Block::Paragraph(text));
        }
    }
}
