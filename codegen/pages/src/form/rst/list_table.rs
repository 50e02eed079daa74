//! Tables written as lists: rows are the items of a list, cells those of the lists in them.

use super::shape::{options_skipped, trimmed};
use super::{cell, inline};
use crate::block::{Lines, Table};
use crate::form::lines::{Line, span};

/// Reads what stands in a directive `list-table`.
pub(super) fn table(lines: &[Line<'_>]) -> Table {
    let headed = lines.iter().map(|line| line.trimmed());
    let mut headed = headed.filter_map(|line| line.strip_prefix(":header-rows:"));
    let headed = headed.next().is_some_and(|count| count.trim() != "0");
    let lines = trimmed(options_skipped(lines));
    let rows = items(lines).and_then(|rows| rows.iter().map(|row| items(row)).collect());
    let rows: Vec<Vec<Vec<Line<'_>>>> = rows.unwrap_or_default();
    let width = rows.first().map_or(0, Vec::len);
    if width == 0 {
        return broken("it is no list of lists", lines);
    }
    if let Some(row) = rows.iter().find(|row| row.len() != width) {
        let line = row.iter().flatten().next().map_or(0, |line| line.number);
        let why = format!("line {line}: a row has another number of cells than the first");
        return broken(&why, lines);
    }
    let cells = |row: &Vec<Vec<Line<'_>>>| {
        let cells = row.iter().enumerate();
        cells.map(|(column, lines)| cell(lines, column)).collect()
    };
    let mut rows: Vec<_> = rows.iter().map(cells).collect();
    Table {
        header: if headed { rows.remove(0) } else { Vec::new() },
        rows,
        lines: span(lines),
        ..Table::default()
    }
}

/// A table that cannot be read, with its words.
pub(super) fn broken(why: &str, lines: &[Line<'_>]) -> Table {
    let lines = trimmed(options_skipped(lines));
    let words = lines.iter().filter(|line| !line.is_blank());
    let words = words.map(|line| inline::text(line.trimmed(), Lines::of(line.number)));
    Table::broken(why, span(lines), words)
}

/// The items of a list, each without its mark; none of lines of which one is of no item.
fn items<'a>(lines: &[Line<'a>]) -> Option<Vec<Vec<Line<'a>>>> {
    let lines = trimmed(lines);
    let indent = lines.first()?.indent();
    let mut out: Vec<Vec<Line<'a>>> = Vec::new();
    for line in lines {
        if line.is_blank() || line.indent() > indent {
            out.last_mut()?.push(*line);
            continue;
        }
        let text = line.trimmed();
        let behind = text.strip_prefix(['*', '-', '+', '•'])?;
        let words = behind.trim_start();
        if words.len() == behind.len() && !words.is_empty() {
            return None;
        }
        out.push(vec![Line {
            number: line.number,
            text: words,
            margin: line.indent() + text.len() - words.len(),
        }]);
    }
    Some(out)
}
