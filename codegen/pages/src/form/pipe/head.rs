//! The heading of a pipe table: the cells above the rule, and the dialect they show.

use crate::form::lines::{Line, span};
use crate::form::rebuild::Unit;
use crate::form::words::split_row;
use crate::slice::Slice;

/// The number of columns when a line is the rule below a table's heading: `---|---|`.
pub(super) fn rule(text: &str) -> Option<usize> {
    let text = text.trim();
    let known = text.contains('|')
        && text.contains("--")
        && text.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '));
    known.then(|| text.split('|').filter(|part| part.contains('-')).count())
}

/// How a table is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// All cells of a row on one line.
    Rows,
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
    let above = (from..rule)
        .rev()
        .find(|index| lines.is_at(*index, |line| !line.trimmed().is_empty()));
    if let Some(line) = above.and_then(|index| lines.get(index))
        && bars(line.trimmed().trim_start_matches('|')) >= columns.saturating_sub(1).max(1)
        && bars(line.trimmed()) >= 2
    {
        let cells = split_row(line.trimmed(), columns)
            .into_iter()
            .map(|cell| Unit::new(cell, span(&[*line])))
            .collect();
        return Head {
            first: above.unwrap_or(rule),
            rule,
            columns,
            cells,
            dialect: Dialect::Rows,
        };
    }
    // The bar above a heading may close a cell whose list was lost: the row below the rule tells.
    let below = lines
        .iter()
        .skip(rule + 1)
        .map(|line| line.trimmed())
        .find(|words| !words.is_empty())
        .filter(|words| words.ends_with('|'));
    let barred = match below {
        Some(words) => words == "|",
        None => lines.is_at(rule, |line| line.trimmed().starts_with('|')),
    };
    let mut cells = Vec::new();
    let mut first = rule;
    for index in (from..rule).rev() {
        let Some(line) = lines.get(index) else { break };
        let words = line.trimmed();
        match words.strip_suffix('|').map(str::trim) {
            _ if words.is_empty() => {}
            Some("") if barred => {
                first = index;
                break;
            }
            Some(cell) if cells.len() < columns && !cell.is_empty() => {
                cells.push(Unit::new(
                    cell.trim_start_matches('|').trim().to_owned(),
                    span(&[*line]),
                ));
                first = index;
            }
            _ => break,
        }
    }
    cells.reverse();
    let dialect = if barred {
        Dialect::BarredCells
    } else {
        Dialect::Cells
    };
    Head {
        first,
        rule,
        columns,
        cells,
        dialect,
    }
}

pub(super) fn bars(text: &str) -> usize {
    text.matches('|').count() - text.matches("\\|").count()
}
