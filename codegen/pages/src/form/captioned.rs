//! Captions that stand as a paragraph before their table.

use super::words::is_sentence;
use crate::block::{Block, Text};
use crate::vocabulary::{caption, is_among};

/// The longest caption, in characters.
const MAX_CAPTION: usize = 160;

/// How sentences about a table go on.
const VERBS: &str =
    "describes|lists|shows|describe|lista|décrit|présente|enumera|所示|beschrijft|descreve|muestra";

/// Whether a line is a table's numbered caption and not a sentence about the table.
pub(super) fn is_caption(line: &str) -> bool {
    let line = line.trim().trim_start_matches('*');
    // All words for a table begin so; the check is for speed alone.
    line.starts_with(['T', 't', '表'])
        && !is_sentence(line)
        && !line.contains('\n')
        && line.chars().count() <= MAX_CAPTION
        && caption(line).is_some_and(|caption| {
            let verb = caption.words.split_whitespace().next().unwrap_or("");
            caption.number.is_some() && !is_among(VERBS, &verb.to_lowercase())
        })
}

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
