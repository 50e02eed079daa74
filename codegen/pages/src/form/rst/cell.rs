//! The inside of a cell: paragraphs and lists, written one below the other.

use super::inline::text;
use crate::block::{Cell, Lines};
use crate::form::lines::{Line, span};

/// Reads a cell from the pieces of its lines. `sources` are the lines they were cut from.
pub(super) fn cell(pieces: &[String], sources: &[Line<'_>], column: usize) -> Cell {
    let mut parts: Vec<String> = Vec::new();
    let mut at: Option<Lines> = None;
    let mut fresh = true;
    for (piece, source) in pieces.iter().zip(sources) {
        let piece = piece.trim();
        // Admonitions and the like show their words only; the mark itself is not shown.
        let is_mark = piece.starts_with(".. ");
        if piece.is_empty() || is_mark || piece == "::" {
            fresh = true;
            continue;
        }
        let lines = at.get_or_insert(Lines::of(source.number));
        lines.last = source.number;
        let item = ["-  ", "- ", "*  ", "* ", "•"]
            .iter()
            .find_map(|mark| piece.strip_prefix(mark));
        match (item, parts.last_mut()) {
            (Some(item), _) => parts.push(format!("- {}", item.trim())),
            (None, Some(last)) if !fresh => {
                last.push(' ');
                last.push_str(piece);
            }
            (None, _) => parts.push(piece.to_owned()),
        }
        fresh = false;
    }
    Cell {
        text: text(&parts.join("\n"), at.unwrap_or(span(sources))),
        column: Some(column),
    }
}
