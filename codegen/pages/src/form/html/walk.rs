//! The tree into blocks.

use super::run::Run;
use super::table;
use super::text::listing;
use super::tree::{Data, Id, Tree};
use crate::block::Block;
use crate::form::FormError;
use crate::form::flow::Flow;
use crate::vocabulary::is_among;

/// Elements that say nothing a page says.
const SILENT: &str = "script|style|head|template|noscript|button|svg|iframe";

/// Elements that end a paragraph before and after them.
const PARTING: &str = "p|div|section|article|main|header|footer|nav|aside|blockquote|dl|dt|dd|figure|figcaption\
     |form|fieldset|address|hr|center|body|html|details|summary";

/// The blocks of a tree.
pub(super) fn blocks(tree: &Tree, max_depth: usize) -> Result<Vec<Block>, FormError> {
    let mut walk = Walk {
        tree,
        max_depth,
        flow: Flow::default(),
        run: Run::default(),
    };
    walk.children(0, 0)?;
    walk.flush();
    Ok(walk.flow.blocks())
}

struct Walk<'t> {
    tree: &'t Tree,
    max_depth: usize,
    flow: Flow,
    run: Run,
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
            name if is_among(SILENT, name) => {}
            "br" => self.run.new_line(),
            "a" => {
                if let Some(anchor) = tree
                    .attribute(id, "name")
                    .or_else(|| tree.attribute(id, "id"))
                {
                    self.flow.anchors([anchor.to_owned()]);
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
                    self.flow.heading(level, text);
                }
            }
            "pre" => {
                self.flush();
                if let Some(text) = listing(tree, id, self.max_depth) {
                    self.flow.code(text);
                }
            }
            "table" => {
                self.flush();
                if let Some(code) = table::line_numbered_listing(tree, id, self.max_depth) {
                    self.flow.code(code);
                } else {
                    self.flow.table(table::table(tree, id, self.max_depth));
                }
            }
            "ul" | "ol" => {
                self.flush();
                self.flow.open_list();
                self.children(id, depth)?;
                self.flush();
                self.flow.close_list();
            }
            "li" => {
                self.flush();
                self.flow.item(true);
                self.flow
                    .anchors(tree.attribute(id, "id").map(str::to_owned));
                self.children(id, depth)?;
                self.flush();
                self.flow.item(false);
            }
            name if is_among(PARTING, name) => {
                self.flush();
                if name == "p" {
                    self.flow
                        .anchors(tree.attribute(id, "id").map(str::to_owned));
                }
                self.children(id, depth)?;
                self.flush();
            }
            _ => self.children(id, depth)?,
        }
        Ok(())
    }

    fn flush(&mut self) {
        if let Some(text) = self.run.take() {
            self.flow.words(text);
        }
    }
}
