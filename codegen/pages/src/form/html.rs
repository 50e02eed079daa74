//! HTML of the publishing tool.
//!
//! html5ever builds the tree as a browser would; `tree` keeps it with line numbers, `walk` turns
//! it into blocks, `table` lays out the cells.

mod run;
mod table;
mod tree;
mod walk;

use super::detect::{Fit, Source};
use super::{FormError, Reader, malformed};
use crate::block::Block;

/// The deepest nesting of elements that is read.
const MAX_DEPTH: usize = 200;

/// HTML.
pub(super) struct Html;

impl Reader for Html {
    fn name(&self) -> &'static str {
        "HTML"
    }

    fn fit(&self, source: &Source<'_>) -> Fit {
        let named = source.is_named(&[".html", ".htm"]) && source.text.contains("</");
        Fit::sure(source.text.trim_start().starts_with('<') && !source.headed).or(named, Fit::Named)
    }

    fn blocks(&self, text: &str) -> Result<Vec<Block>, FormError> {
        Ok(malformed::tags(blocks(text)?, text, Vec::new()))
    }
}

/// The blocks of HTML.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, FormError> {
    let tree = tree::parse(text)?;
    walk::blocks(&tree, 0, false)
}
