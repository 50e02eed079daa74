//! HTML of the publishing tool.
//!
//! html5ever builds the tree as a browser would; `tree` keeps it with line numbers, `walk` turns
//! it into blocks, `table` lays out the cells.

mod run;
mod table;
mod tree;
mod walk;

use super::{FormError, malformed};
use crate::block::Block;

/// The deepest nesting of elements that is read.
const MAX_DEPTH: usize = 200;

/// The blocks of a page.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, FormError> {
    Ok(malformed::tags(shown(text)?, text))
}

/// What HTML shows.
pub(super) fn shown(text: &str) -> Result<Vec<Block>, FormError> {
    let tree = tree::parse(text)?;
    walk::blocks(&tree, 0, false)
}
