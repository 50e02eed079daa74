//! Captions that stand as a paragraph before their table.

use super::words::is_caption;
use crate::block::{Block, Text};

/// Takes the caption of the table that follows out of the blocks before it: a line right there.
pub(super) fn take_caption(before: &mut Vec<Block>) -> Option<Text> {
    before
        .pop_if(|block| match block {
            Block::Paragraph(text) | Block::Item { text, .. } => is_caption(&text.text),
            _ => false,
        })
        .and_then(|block| match block {
            Block::Paragraph(text) | Block::Item { text, .. } => Some(text),
            _ => None,
        })
}
