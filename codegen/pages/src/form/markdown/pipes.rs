//! Rows of pipe tables that have another number of cells than the header.
//!
//! Markdown pads such rows or drops what is too much without a word; here nothing may get lost.

use crate::block::{Cell, Lines, Text};
use crate::vocabulary::{is_type, name_like, yes_no};

/// The cells of a row whose source has the cells `raw` and whose header has `width`.
pub(super) fn repair(cells: Vec<Cell>, raw: &[String], width: usize, lines: Lines) -> Vec<Cell> {
    if raw.len() == width || width == 0 {
        return cells;
    }
    let plain = |text: &str| Text::new(text.replace('\\', ""), lines);
    let cell = |text, column| Cell { text, column };
    // A bar in the last cell, as in a list of special characters, is a bar.
    let (first, last) = raw.split_at(raw.len().min(width - 1));
    let name = first.first().map(|name| name.replace('\\', ""));
    let orderly = name.is_some_and(|name| name_like(&name))
        && first
            .iter()
            .skip(1)
            .all(|cell| yes_no(cell).is_some() || is_type(cell));
    if raw.len() > width && orderly {
        let last = cell(Text::new(last.join("|"), lines), Some(width - 1));
        let first = first.iter().enumerate();
        return first
            .map(|(column, text)| cell(plain(text), Some(column)))
            .chain([last])
            .collect();
    }
    raw.iter().map(|text| cell(plain(text), None)).collect()
}
