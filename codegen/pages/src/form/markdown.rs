//! Markdown, its tables in HTML or in pipes.
//!
//! pulldown-cmark reads the Markdown; `page` writes it as HTML, and what reads HTML reads that.
//! Tables in HTML are cut out before, since a blank line inside one would end it for Markdown.

mod cut;
mod page;

use super::words::is_rule;
use super::{FormError, html, malformed};
use crate::block::Block;

/// The blocks of a page.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, FormError> {
    let cut = cut::tables(text);
    let page = html::shown(&page::html(&cut.rest, cut.tables))?;
    let mut blocks = malformed::tags(page, text);
    malformed::pieces(&mut blocks, |line| {
        line.starts_with('|') && line.matches('|').count() > 2 || is_rule(line)
    });
    malformed::open_listings(&mut blocks);
    Ok(blocks)
}
