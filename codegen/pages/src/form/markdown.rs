//! Markdown, its tables in HTML or in pipes.
//!
//! pulldown-cmark reads the Markdown. Tables in HTML are cut out before, since a blank line inside
//! one would end it for Markdown, and are read as HTML.

mod cut;
mod pipes;
mod walk;

use super::FormError;
use crate::block::{Block, Table};

/// The deepest nesting of lists and quotes that is read.
const MAX_DEPTH: usize = 64;

/// The blocks of a page in Markdown.
///
/// # Errors
///
/// When lists or quotes, or elements in its HTML, are nested deeper than any page nests them.
pub fn blocks(text: &str) -> Result<Vec<Block>, FormError> {
    let (rest, pieces) = cut::tables(text);
    let mut tables = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        tables.push(html_table(piece)?);
    }
    walk::blocks(&rest, tables, MAX_DEPTH)
}

/// Reads a table that was cut out.
fn html_table(piece: &cut::Piece<'_>) -> Result<Vec<Block>, FormError> {
    let mut blocks = super::html::fragment(piece.html, piece.before)?;
    if !piece.closed {
        for block in &mut blocks {
            if let Block::Table(table) = block {
                table.broken = Some("the table has no end".to_owned());
            }
        }
        if blocks.is_empty() {
            blocks.push(Block::Table(Table {
                broken: Some("the table has no end".to_owned()),
                ..Table::default()
            }));
        }
    }
    Ok(blocks)
}
