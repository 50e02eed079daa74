//! Markdown, its tables in HTML or in pipes.
//!
//! pulldown-cmark reads the Markdown. Tables in HTML are cut out before, since a blank line inside
//! one would end it for Markdown, and are read as HTML.

mod cut;
mod pipes;
mod walk;

use super::detect::{Fit, Source};
use super::{FormError, Reader, malformed};
use crate::block::{Block, Lines, Table};

/// The deepest nesting of lists and quotes that is read.
const MAX_DEPTH: usize = 64;

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
        let (rest, pieces) = cut::tables(text);
        let mut tables = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            tables.push(html_table(piece)?);
        }
        let mut blocks = malformed::tags(walk::blocks(&rest, tables, MAX_DEPTH)?, text);
        malformed::pieces(&mut blocks, |line| {
            line.starts_with('|') && line.matches('|').count() > 2 || malformed::is_pipe_rule(line)
        });
        malformed::open_listings(&mut blocks);
        Ok(blocks)
    }
}

/// Reads a table that was cut out.
fn html_table(piece: &cut::Piece<'_>) -> Result<Vec<Block>, FormError> {
    let mut blocks = super::html::fragment(piece.html, piece.before)?;
    if !piece.closed {
        let why = "the table has no end";
        for block in &mut blocks {
            if let Block::Table(table) = block {
                table.cut = piece.last;
                table.broken = (!piece.last).then(|| why.to_owned());
            }
        }
        if blocks.is_empty() {
            blocks.push(Block::Table(Table::broken(
                why,
                Lines::of(piece.before + 1),
                [],
            )));
        }
    }
    Ok(blocks)
}
