//! Captions that stand as a paragraph before their table.

use crate::block::{Block, Table};
use crate::vocabulary::caption;

/// Moves a paragraph that is the caption of the table right after it into the table.
pub(super) fn attach(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match block {
            Block::Table(mut table) => {
                take_caption(&mut out, &mut table);
                out.push(Block::Table(table));
            }
            other => out.push(other),
        }
    }
    out
}

fn take_caption(before: &mut Vec<Block>, table: &mut Table) {
    if table.caption.is_some() {
        return;
    }
    let text = match before.last() {
        Some(Block::Paragraph(text) | Block::Item { text, .. }) => text,
        _ => return,
    };
    if !is_caption(&text.text) {
        return;
    }
    if let Some(Block::Paragraph(text) | Block::Item { text, .. }) = before.pop() {
        table.lines.first = table.lines.first.min(text.lines.first);
        table.caption = Some(text);
    }
}

/// Whether a line is a caption and no sentence about a table.
fn is_caption(line: &str) -> bool {
    let line = line.trim();
    if line.contains('\n') || line.chars().count() > 160 || line.ends_with(['.', '。', ':', '：'])
    {
        return false;
    }
    caption(line).is_some_and(|caption| {
        let first = caption
            .words
            .split_whitespace()
            .next()
            .unwrap_or("")
            .to_lowercase();
        let verb = [
            "describes",
            "lists",
            "shows",
            "describe",
            "lista",
            "décrit",
            "présente",
            "enumera",
            "所示",
            "beschrijft",
            "descreve",
            "muestra",
        ];
        caption.number.is_some() && !verb.contains(&first.as_str())
    })
}
