//! The heading of a pipe table: the cells above the rule, and the dialect they show.

use crate::form::lines::{Line, span};
use crate::form::rebuild::Unit;
use crate::form::words::{rule, split_row};
use crate::slice::Slice;

/// How a table is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// All cells of a row on one line, which ends in a bar.
    Rows,
    /// The same with bars between the cells alone.
    OpenRows,
    /// One cell a line.
    Cells,
    /// One cell a line, and a bar on a line of its own above each row.
    BarredCells,
}

/// The heading of a table.
pub(super) struct Head {
    pub(super) first: usize,
    pub(super) rule: usize,
    pub(super) columns: usize,
    pub(super) cells: Vec<Unit>,
    pub(super) dialect: Dialect,
}

/// The headings of all tables.
pub(super) fn heads(lines: &[Line<'_>]) -> Vec<Head> {
    let mut heads = Vec::new();
    let mut from = 0;
    for (index, line) in lines.iter().enumerate() {
        if let Some(columns) = rule(line.text) {
            heads.push(head(lines, from, index, columns));
            from = index + 1;
        }
    }
    heads
}

/// Finds the heading above a rule.
fn head(lines: &[Line<'_>], from: usize, rule: usize, columns: usize) -> Head {
    let mut head = Head {
        first: rule,
        rule,
        columns,
        cells: Vec::new(),
        dialect: Dialect::Rows,
    };
    let above = lines.to(rule).from(from);
    let row = above.behind_last(|line| !line.is_blank());
    if let Some(line) = above.before(row)
        && bars(line.trimmed().trim_start_matches('|')) >= columns.saturating_sub(1).max(1)
        && (bars(line.trimmed()) >= 2 || !line.trimmed().ends_with('|'))
    {
        if !line.trimmed().ends_with('|') {
            head.dialect = Dialect::OpenRows;
        }
        let cells = split_row(line.trimmed(), columns + 1).into_iter();
        head.cells = cells.map(|cell| Unit::new(cell, span(&[*line]))).collect();
        head.first = from + row - 1;
        return head;
    }
    // The bar above a heading may close a cell whose list was lost: the row below the rule tells.
    let mut below = lines.from(rule + 1).iter().map(|line| line.trimmed());
    let below = below.find(|words| !words.is_empty());
    let barred = match below.filter(|words| words.ends_with('|')) {
        Some(words) => words == "|",
        None => lines.is_at(rule, |line| line.trimmed().starts_with('|')),
    };
    head.dialect = if barred {
        Dialect::BarredCells
    } else {
        Dialect::Cells
    };
    for (index, line) in above.iter().enumerate().rev() {
        let words = line.trimmed();
        match words.strip_suffix('|').map(str::trim) {
            _ if words.is_empty() => continue,
            Some("") if barred => {
                head.first = from + index;
                break;
            }
            Some(cell) if head.cells.len() < columns && !cell.is_empty() => {
                let cell = cell.trim_start_matches('|').trim();
                head.cells.push(Unit::new(cell, span(&[*line])));
                head.first = from + index;
            }
            _ => break,
        }
    }
    head.cells.reverse();
    head
}

pub(super) fn bars(text: &str) -> usize {
    text.matches('|').count() - text.matches("\\|").count()
}
