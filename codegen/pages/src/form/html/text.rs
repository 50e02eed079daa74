//! The text below a node, and the lines it reaches over.

use super::run::Run;
use super::tree::{Data, Id, Tree};
use crate::block::{Lines, Text};

/// The text of a listing, its line breaks kept.
pub(super) fn listing(tree: &Tree, id: Id, max_depth: usize) -> Option<Text> {
    let mut run = Run::default();
    raw(tree, id, 0, max_depth, &mut |words, line| {
        run.verbatim(words, line);
    });
    run.take()
}

/// Every text below a node, in order; what lies deeper than the limit is left out.
fn raw(tree: &Tree, id: Id, depth: usize, max_depth: usize, each: &mut dyn FnMut(&str, usize)) {
    if depth > max_depth {
        return;
    }
    for child in tree.children(id) {
        match tree.node(*child).map(|node| (&node.data, node.line)) {
            Some((Data::Text(text), line)) => each(text, line),
            Some((Data::Element { name, .. }, line)) if &**name == "br" => each("\n", line),
            _ => raw(tree, *child, depth + 1, max_depth, each),
        }
    }
}

/// The lines a node reaches over.
pub(super) fn lines(tree: &Tree, id: Id, max_depth: usize) -> Lines {
    let first = tree.line(id);
    let mut last = first;
    raw(tree, id, 0, max_depth, &mut |text, line| {
        if !text.trim().is_empty() {
            last = last.max(line + text.trim_end().matches('\n').count());
        }
    });
    Lines::new(first, last)
}
