//! Tables drawn with `+`, `-`, `=` and `|`.

use std::ops::Range;

use super::canvas::Drawn;
use super::cell;
use crate::block::{Cell, Table};
use crate::form::lines::{Line, loose, span};
use crate::form::words::is_beside_name;
use crate::slice::Slice;
use crate::vocabulary::{is_status, name_like};

/// Whether a line is the upper border of such a table.
pub(super) fn is_border(text: &str) -> bool {
    text.len() > 2
        && text.starts_with('+')
        && text.ends_with('+')
        && text.contains(['-', '='])
        && text.chars().all(|c| matches!(c, '+' | '-' | '='))
}

/// How many lines the table has that begins with these: all to the next blank one, so that a line
/// that lost its bar is seen to be one of the table; but words right below its last border are none.
pub(super) fn extent(lines: &[Line<'_>]) -> usize {
    let table = lines.to(lines.lead(|line| !line.is_blank()));
    let border = table.behind_last(|line| is_border(line.trimmed()));
    let within = |line: &Line<'_>| line.text.contains('|');
    match table.from(border).iter().any(within) {
        true => table.len(),
        false => border,
    }
}

/// Reads the lines of one table; `last` when the page ends with it.
pub(super) fn table(lines: &[Line<'_>], last: bool) -> Table {
    let drawn = Drawn::lines(lines);
    // Where the page ends within the table, what stands above the last rule is whole.
    let whole = match drawn.iter().rposition(is_rule) {
        Some(rule) if last && rule > 0 => rule + 1,
        _ => lines.len(),
    };
    let mut table = match rows(drawn.to(whole)) {
        Ok(table) => table,
        Err(why) => return Table::broken(why, span(lines), loose(lines)),
    };
    table.lines = span(lines);
    table.cut = whole < lines.len();
    if table.cut {
        let cell = |text| Cell { text, column: None };
        let below = loose(lines.from(whole)).into_iter();
        table.rows.push(below.map(cell).collect());
    }
    table
}

/// The header and the rows.
fn rows(drawn: &[Drawn<'_>]) -> Result<Table, String> {
    let bounds = bounds(drawn);
    let Some(&right) = bounds.last() else {
        return Err("the table has no columns".to_owned());
    };
    let is_edge = |c: char| matches!(c, '|' | '+');
    for line in drawn {
        if line.width() != right + 1 || !is_edge(line.at(0)) || !is_edge(line.at(right)) {
            let line = line.source.number;
            return Err(format!("line {line} is not as wide as the table's border"));
        }
    }
    if let Some(line) = drawn.last().filter(|line| !is_rule(line)) {
        let line = line.source.number;
        return Err(format!(
            "the table's lower border is missing at line {line}"
        ));
    }
    let edge = |column: usize| bounds.get(column).copied().unwrap_or(right);
    let ruled =
        |line: &Drawn<'_>, column: usize| line.all(edge(column) + 1, edge(column + 1), "-=+");
    let columns = bounds.len() - 1;
    // A row ends where any of its columns is ruled off.
    let ends_row = |line: &Drawn<'_>| {
        (0..columns).any(|column| ruled(line, column) && line.at(edge(column)) == '+')
    };
    let rules: Vec<usize> = (0..drawn.len())
        .filter(|index| drawn.is_at(*index, ends_row))
        .collect();
    let mut table = Table::default();
    // The cells that go on below a rule.
    let mut open: Vec<Option<Cell>> = vec![None; columns];
    for (above, below) in rules.iter().zip(rules.from(1)) {
        let inside = drawn.to(*below).from(above + 1);
        let Some(bottom) = drawn.get(*below) else {
            continue;
        };
        let between = |from: usize, to: usize| edge(from) + 1..edge(to);
        let mut row = Vec::new();
        let mut column = 0;
        while column < columns {
            let mut end = column + 1;
            while end < columns && spans(inside, edge(end))? {
                end += 1;
            }
            if column == 0 {
                rule_lost(inside, &between(0, end), &between(end, end + 1))?;
            }
            let mut read = cell(inside, &between(column, end), column);
            let slot = open.get_mut(column);
            // A cell that reaches over several rows says the same in each.
            if let Some(above) = slot.as_ref().and_then(|slot| slot.as_ref()) {
                if !read.text.text.is_empty() {
                    let line = inside.first().map_or(0, |line| line.source.number);
                    return Err(format!(
                        "line {line}: a cell reaches over a rule and goes on below it"
                    ));
                }
                read.text = above.text.clone();
            }
            if let Some(slot) = slot {
                *slot = (!ruled(bottom, column)).then(|| read.clone());
            }
            row.push(read);
            column = end;
        }
        if bottom.all(1, right, "=+") && table.header.is_empty() && table.rows.is_empty() {
            table.header = row;
        } else {
            table.rows.push(row);
        }
    }
    Ok(table)
}

/// Fails when a row begins within a row: further down in it stand a name and, beside it, an answer or
/// a type, or there stands a second status.
fn rule_lost(
    inside: &[Drawn<'_>],
    first: &Range<usize>,
    second: &Range<usize>,
) -> Result<(), String> {
    let filled = inside
        .iter()
        .filter(|line| !line.between(first).trim().is_empty());
    let lost = filled.skip(1).find(|line| {
        let (text, beside) = (line.between(first), line.between(second));
        let text = text.trim();
        is_status(text) || name_like(text) && is_beside_name(beside.trim())
    });
    lost.map_or(Ok(()), |line| {
        let line = line.source.number;
        Err(format!(
            "line {line}: a row begins here without a rule above it"
        ))
    })
}

/// Whether a line is a rule from side to side.
fn is_rule(line: &Drawn<'_>) -> bool {
    line.all(0, line.width(), "+-=")
}

/// The columns at which the borders have corners.
fn bounds(drawn: &[Drawn<'_>]) -> Vec<usize> {
    let mut bounds: Vec<usize> = Vec::new();
    for line in drawn
        .iter()
        .filter(|line| line.at(0) == '+' && is_rule(line))
    {
        bounds.extend((0..line.width()).filter(|column| line.at(*column) == '+'));
    }
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}

/// Whether the cells on both sides of a boundary are one in these lines.
fn spans(inside: &[Drawn<'_>], boundary: usize) -> Result<bool, String> {
    let bars = inside
        .iter()
        .filter(|line| matches!(line.at(boundary), '|' | '+'))
        .count();
    match bars {
        bars if bars == inside.len() => Ok(false),
        0 => Ok(true),
        _ => Err("a bar between two cells is missing in part of a row".to_owned()),
    }
}
