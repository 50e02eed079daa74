//! Tables drawn with rows of `=` alone.

use std::ops::Range;

use super::canvas::Drawn;
use super::cell;
use crate::block::Table;
use crate::form::lines::{Line, span};
use crate::form::words::is_beside_name;
use crate::slice::Slice;

/// Whether a line is the border of such a table: at least two runs of `=`.
pub(super) fn is_border(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("==") && text.contains(' ') && text.chars().all(|c| matches!(c, '=' | ' '))
}

/// How many lines the table has that begins with these: to the border that nothing follows.
pub(super) fn extent(lines: &[Line<'_>]) -> usize {
    let mut borders = 0;
    for (index, line) in lines.iter().enumerate() {
        if line.trimmed().starts_with(".. ") || super::grid::is_border(line.trimmed()) {
            break;
        }
        if is_border(line.text) {
            borders += 1;
            let ends = lines.get(index + 1).is_none_or(|next| next.is_blank());
            if index > 0 && (ends || borders == 3) {
                return index + 1;
            }
        }
    }
    // The lower border is missing: the table ends with its paragraph.
    lines.lead(|line| !line.is_blank())
}

/// Reads the lines of one table; `last` when the page ends with it.
pub(super) fn table(lines: &[Line<'_>], last: bool) -> Table {
    let drawn = Drawn::lines(lines);
    let mut columns = drawn.first().map(columns).unwrap_or_default();
    let borders: Vec<usize> = (0..lines.len())
        .filter(|index| lines.is_at(*index, |line| is_border(line.text)))
        .collect();
    let same = |index: &usize| drawn.is_at(*index, |line| self::columns(line) == columns);
    let same = borders.iter().all(same);
    let closed = borders.len() > 1 && borders.last() == Some(&(lines.len() - 1));
    let mut table = Table {
        lines: span(lines),
        // The page ends within the table, below the border of its heading.
        cut: last && same && borders.len() == 2 && !closed,
        ..Table::default()
    };
    if !closed && !table.cut {
        table.broken = Some("the table's lower border is missing".to_owned());
    } else if !same {
        table.broken = Some("the table's borders do not have the same columns".to_owned());
    }
    let lower = if borders.len() > 2 || table.cut {
        borders.get(1).copied()
    } else {
        None
    };
    // The last column takes what goes on behind it.
    if let Some(last) = columns.last_mut() {
        last.end = usize::MAX;
    }
    let mut rows: Vec<Range<usize>> = Vec::new();
    for (index, line) in drawn.iter().enumerate() {
        if borders.contains(&index) {
            continue;
        }
        let gaps = columns.iter().zip(columns.from(1));
        let mut gaps = gaps.map(|(left, right)| line.between(&(left.end..right.start)));
        if gaps.any(|gap| !gap.trim().is_empty()) && table.broken.is_none() {
            let line = line.source.number;
            table.broken = Some(format!("line {line}: a cell is wider than its column"));
        }
        let cells: Vec<String> = columns.iter().map(|it| line.between(it)).collect();
        // Nothing in the first column: the row above goes on.
        let goes_on = cells.first().is_some_and(String::is_empty) && !own_row(&cells);
        match rows.last_mut() {
            Some(row) if goes_on && row.end == index => row.end += 1,
            _ if line.source.is_blank() => {}
            _ => rows.push(index..index + 1),
        }
    }
    for row in rows {
        let inside = drawn.to(row.end).from(row.start);
        let cells = columns.iter().enumerate();
        let cells = cells.map(|(column, between)| cell(inside, between, column));
        if lower.is_some_and(|lower| row.start < lower) {
            table.header.extend(cells);
        } else {
            table.rows.push(cells.collect());
        }
    }
    table
}

/// Whether a line without a first cell is a row that lost it: it answers what each row answers once.
fn own_row(cells: &[String]) -> bool {
    let filled = || {
        cells
            .iter()
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
    };
    filled().any(is_beside_name) && filled().count() > 1
}

/// The runs of `=`.
fn columns(border: &Drawn<'_>) -> Vec<Range<usize>> {
    let runs = |column: &usize| border.at(*column) == '=';
    let width = border.width();
    let starts = (0..width).filter(|at| runs(at) && at.checked_sub(1).is_none_or(|it| !runs(&it)));
    starts
        .map(|start| start..(start..width).find(|at| !runs(at)).unwrap_or(width))
        .collect()
}
