//! Rows of pipe tables that have another number of cells than the header.
//!
//! Markdown pads such rows or drops what is too much without a word; here nothing may get lost.

use crate::block::{Cell, Lines, Text};
use crate::vocabulary::{is_type, name_like, yes_no};

/// The cells of a row as its source parts them; bars that are escaped part nothing.
pub(super) fn split(row: &str) -> Vec<String> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = match row.strip_suffix('|') {
        Some(shorter) if !shorter.ends_with('\\') => shorter,
        _ => row,
    };
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in row.chars() {
        match c {
            '|' if !escaped => cells.push(String::new()),
            c => {
                if let Some(cell) = cells.last_mut() {
                    if escaped && c == '|' {
                        cell.pop();
                    }
                    cell.push(c);
                }
            }
        }
        escaped = c == '\\' && !escaped;
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// The cells of a row whose source has `found` and whose header has `width` cells.
pub(super) fn repair(cells: Vec<Cell>, raw: &[String], width: usize, lines: Lines) -> Vec<Cell> {
    if raw.len() == width || width == 0 {
        return cells;
    }
    let plain = |text: &str| Text {
        text: text.replace('\\', ""),
        lines,
        links: Vec::new(),
    };
    let first = |count: usize| raw.get(..count).unwrap_or_default();
    // A bar in the last cell, as in a list of special characters, is a bar.
    let orderly = |count: usize| {
        raw.first()
            .is_some_and(|name| name_like(&name.replace('\\', "")))
            && first(count)
                .iter()
                .skip(1)
                .all(|cell| yes_no(cell).is_some() || is_type(cell))
    };
    if raw.len() > width && width > 1 && orderly(width - 1) {
        let mut out: Vec<Cell> = first(width - 1)
            .iter()
            .enumerate()
            .map(|(column, text)| Cell {
                text: plain(text),
                column: Some(column),
            })
            .collect();
        let last = raw.get(width - 1..).unwrap_or_default().join("|");
        out.push(Cell {
            text: Text {
                text: last,
                lines,
                links: Vec::new(),
            },
            column: Some(width - 1),
        });
        return out;
    }
    raw.iter()
        .map(|text| Cell {
            text: plain(text),
            column: None,
        })
        .collect()
}
