//! HTML of the publishing tool.
//!
//! html5ever builds the tree as a browser would; `tree` keeps it with line numbers, `walk` turns
//! it into blocks, `table` lays out the cells.

mod run;
mod table;
mod text;
mod tree;
mod walk;

use super::FormError;
use crate::block::Block;

/// The deepest nesting of elements that is read.
const MAX_DEPTH: usize = 200;

/// The blocks of a page in HTML.
///
/// # Errors
///
/// When elements are nested deeper than any page nests them.
pub fn blocks(text: &str) -> Result<Vec<Block>, FormError> {
    fragment(text, 0)
}

/// The blocks of a piece of HTML that stands after `before` lines of its file.
pub(super) fn fragment(text: &str, before: usize) -> Result<Vec<Block>, FormError> {
    let tree = tree::parse(text, before, MAX_DEPTH)?;
    walk::blocks(&tree, MAX_DEPTH)
}
