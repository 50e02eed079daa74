//! Markdown, its tables in HTML or in pipes.
//!
//! pulldown-cmark reads the Markdown; `page` writes it as HTML, and what reads HTML reads that.
//! Tables in HTML are cut out before, since a blank line inside one would end it for Markdown.

mod cut;
mod page;

use super::detect::{Fit, Source};
use super::{FormError, Reader, html, malformed};
use crate::block::Block;

/// Markdown.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn name(&self) -> &'static str {
        "Markdown"
    }

    fn fit(&self, source: &Source<'_>) -> Fit {
        Fit::No
            .or(source.headed || source.tags, Fit::Likely)
            .or(source.is_named(&[".md", ".markdown"]), Fit::Named)
    }

    fn blocks(&self, text: &str) -> Result<Vec<Block>, FormError> {
        let cut = cut::tables(text);
        let page = html::blocks(&page::html(&cut.rest, cut.tables))?;
        let mut blocks = malformed::tags(page, text, cut.unclosed);
        malformed::pieces(&mut blocks, |line| {
            line.starts_with('|') && line.matches('|').count() > 2 || malformed::is_pipe_rule(line)
        });
        malformed::open_listings(&mut blocks);
        Ok(blocks)
    }
}
