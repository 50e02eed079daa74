//! The tree into blocks.

use super::MAX_DEPTH;
use super::run::{Run, listing};
use super::table;
use super::tree::Node;
use crate::block::{Block, Table};
use crate::form::FormError;
use crate::form::flow::{Flow, joined};
use crate::vocabulary::is_among;

/// Elements that say nothing a page says: what is not shown, and what is struck out.
const SILENT: &str = "script|style|head|template|noscript|button|svg|iframe|del|s|strike";

/// Elements that end a paragraph before and after them; the last ones do so within a cell.
const PARTING: &str = "p|div|section|article|main|header|footer|nav|aside|blockquote|dl|dt|dd|figure|figcaption\
     |form|fieldset|address|hr|center|body|html|details|summary|pre|table|tr";

/// The blocks of a node, of the page's body or of one cell.
pub(super) fn blocks(node: &Node, depth: usize, cell: bool) -> Result<Vec<Block>, FormError> {
    let mut walk = Walk {
        cell,
        flow: Flow::default(),
        run: Run::default(),
    };
    walk.children(node, depth)?;
    walk.flush();
    Ok(walk.flow.out)
}

struct Walk {
    /// Whether these are the blocks of a cell: tables and listings are words there.
    cell: bool,
    flow: Flow,
    run: Run,
}

impl Walk {
    fn children(&mut self, node: &Node, depth: usize) -> Result<(), FormError> {
        if depth > MAX_DEPTH {
            return Err(FormError::TooDeep {
                line: node.line,
                limit: MAX_DEPTH,
            });
        }
        for child in node.children().iter() {
            self.node(child, depth + 1)?;
        }
        Ok(())
    }

    fn node(&mut self, node: &Node, depth: usize) -> Result<(), FormError> {
        if let Some(words) = &node.words {
            self.run.words(words, node.line);
            return Ok(());
        }
        let id = || node.attribute("id").map(str::to_owned);
        match node.name() {
            name if is_among(SILENT, name) => {}
            "br" => self.run.new_line(),
            "a" => {
                let name = node.attribute("name").map(str::to_owned);
                self.flow.anchors(name.or_else(id));
                let start = self.run.len();
                self.children(node, depth)?;
                if let Some(target) = node.attribute("href") {
                    self.run.link(start, target);
                }
            }
            "sup" => {
                let start = self.run.len();
                self.children(node, depth)?;
                self.run.raised(start);
            }
            name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                self.flush();
                self.children(node, depth)?;
                let level = name.bytes().last().map_or(2, |digit| digit - b'0');
                if let Some(text) = self.run.take() {
                    self.flow.heading(level, text);
                }
            }
            "pre" if !self.cell => {
                self.flush();
                if let Some(text) = listing(node) {
                    self.flow.code(text);
                }
            }
            "table" if !self.cell => {
                self.flush();
                if let Some(code) = table::line_numbered_listing(node) {
                    self.flow.code(code);
                } else {
                    let words = |cell: &Node| blocks(cell, depth, true).map(joined);
                    let mut table = table::table(node, words)?;
                    table.broken = self.spilled(node.line);
                    self.flow.table(table);
                    // Words of a cell are all that is read of them.
                    for inner in node.tables() {
                        let why = "a table that stands within a cell of another";
                        self.flow.table(Table::broken(why, inner, []));
                    }
                }
            }
            "td" | "th" => {
                self.children(node, depth)?;
                self.run.words(" ", node.line);
            }
            "ul" | "ol" => {
                self.flush();
                self.flow.open_list();
                self.children(node, depth)?;
                self.flush();
                self.flow.close_list();
            }
            "li" => {
                self.flush();
                self.flow.item(true);
                self.flow.anchors(id());
                self.children(node, depth)?;
                self.flush();
                self.flow.item(false);
            }
            name if is_among(PARTING, name) => {
                self.flush();
                if name == "p" {
                    self.flow.anchors(id());
                }
                self.children(node, depth)?;
                self.flush();
            }
            _ => self.children(node, depth)?,
        }
        Ok(())
    }

    /// Why a table that begins on a line is broken, when words spilled out of it. What stands in a
    /// table and in none of its cells is moved before the table, as the standard has it: one below
    /// words of a later line has lost a cell's tag, and its cells are not what they seem.
    fn spilled(&self, table: usize) -> Option<String> {
        let above = self.flow.out.iter().rev().map_while(Block::words);
        let line = above.map(|words| words.lines.first).max()?;
        (line > table)
            .then(|| format!("line {line}: words stand in the table and in none of its cells"))
    }

    fn flush(&mut self) {
        if let Some(text) = self.run.take() {
            self.flow.words(text);
        }
    }
}
