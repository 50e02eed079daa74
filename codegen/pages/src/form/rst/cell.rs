//! The inside of a cell: paragraphs and lists, written one below the other.

use super::inline::resolve;
use crate::block::{Cell, Lines, Text};
use crate::form::lines::Line;

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
    let whole = sources.first().map_or(Lines::default(), |line| {
        Lines::new(
            line.number,
            sources.last().map_or(line.number, |line| line.number),
        )
    });
    let (text, links) = resolve(&parts.join("\n"));
    Cell {
        text: Text {
            text,
            lines: at.unwrap_or(whole),
            links,
        },
        column: Some(column),
    }
}
