//! Tables drawn with `+`, `-`, `=` and `|`.

use super::canvas::Drawn;
use super::cell_of_pieces;
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
    let rule = |line: &Drawn| line.width() > 0 && is_rule(line, 0, line.width() - 1);
    let whole = match drawn.iter().rposition(rule) {
        Some(rule) if last && rule > 0 => rule + 1,
        _ => lines.len(),
    };
    let (above, below) = lines.split_at(whole);
    let mut table = match rows(drawn.to(whole), above) {
        Ok(table) => table,
        Err(why) => return Table::broken(why, span(lines), loose(lines)),
    };
    table.lines = span(lines);
    table.cut = !below.is_empty();
    if table.cut {
        let cell = |text| Cell { text, column: None };
        table
            .rows
            .push(loose(below).into_iter().map(cell).collect());
    }
    table
}

/// The header and the rows.
fn rows(drawn: &[Drawn], lines: &[Line<'_>]) -> Result<Table, String> {
    let bounds = bounds(drawn);
    let (Some(&left), Some(&right)) = (bounds.first(), bounds.last()) else {
        return Err("the table has no columns".to_owned());
    };
    for (line, source) in drawn.iter().zip(lines) {
        if line.width() != right + 1
            || !matches!(line.at(left), '|' | '+')
            || !matches!(line.at(right), '|' | '+')
        {
            return Err(format!(
                "line {} is not as wide as the table's border",
                source.number
            ));
        }
    }
    if !drawn.last().is_some_and(|line| is_rule(line, left, right)) {
        return Err(format!(
            "the table's lower border is missing at line {}",
            lines.last().map_or(0, |line| line.number)
        ));
    }
    let edge = |column: usize| bounds.get(column).copied().unwrap_or(right);
    let ruled = |line: &Drawn, column: usize| line.all(edge(column) + 1, edge(column + 1), "-=+");
    let columns = bounds.len() - 1;
    // A row ends where any of its columns is ruled off.
    let ends_row = |line: &Drawn| {
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
        let sources = lines.to(*below).from(above + 1);
        let Some(bottom) = drawn.get(*below) else {
            continue;
        };
        let cut = |from: usize, to: usize| -> Vec<String> {
            let lines = inside.iter();
            lines
                .map(|line| line.between(edge(from) + 1, edge(to)))
                .collect()
        };
        let mut row = Vec::new();
        let mut column = 0;
        while column < columns {
            let mut end = column + 1;
            while end < columns && spans(inside, edge(end))? {
                end += 1;
            }
            let texts = cut(column, end);
            if column == 0 {
                rule_lost(&texts, &cut(end, end + 1), sources)?;
            }
            let mut read = cell_of_pieces(&texts, sources, column);
            let slot = open.get_mut(column);
            // A cell that reaches over several rows says the same in each.
            if let Some(above) = slot.as_ref().and_then(|slot| slot.as_ref()) {
                if !read.text.text.is_empty() {
                    let line = span(sources).first;
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
        if bottom.all(left + 1, right, "=+") && table.header.is_empty() && table.rows.is_empty() {
            table.header = row;
        } else {
            table.rows.push(row);
        }
    }
    Ok(table)
}

/// Fails when a row begins within a row: further down in it stand a name and, beside it, an answer or
/// a type, or there stands a second status.
fn rule_lost(first: &[String], second: &[String], sources: &[Line<'_>]) -> Result<(), String> {
    let lines = first.iter().zip(second).zip(sources);
    let filled = lines.filter(|((text, _), _)| !text.trim().is_empty());
    let lost = filled.skip(1).find(|((text, beside), _)| {
        let (text, beside) = (text.trim(), beside.trim());
        is_status(text) || name_like(text) && is_beside_name(beside)
    });
    match lost {
        Some((_, line)) => Err(format!(
            "line {}: a row begins here without a rule above it",
            line.number
        )),
        None => Ok(()),
    }
}

/// Whether a line is a rule from side to side.
fn is_rule(line: &Drawn, left: usize, right: usize) -> bool {
    line.all(left, right + 1, "+-=")
}

/// The columns at which the borders have corners.
fn bounds(drawn: &[Drawn]) -> Vec<usize> {
    let mut bounds: Vec<usize> = Vec::new();
    for line in drawn {
        let full = line.at(0) == '+' && line.all(0, line.width(), "+-=");
        if full {
            bounds.extend((0..line.width()).filter(|column| line.at(*column) == '+'));
        }
    }
    bounds.sort_unstable();
    bounds.dedup();
    bounds
}

/// Whether the cells on both sides of a boundary are one in these lines.
fn spans(inside: &[Drawn], boundary: usize) -> Result<bool, String> {
    let bars = inside
        .iter()
        .filter(|line| matches!(line.at(boundary), '|' | '+'))
        .count();
    if bars == inside.len() {
        Ok(false)
    } else if bars == 0 {
        Ok(true)
    } else {
        Err("a bar between two cells is missing in part of a row".to_owned())
    }
}
