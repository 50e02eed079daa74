//! Tables drawn with `+`, `-`, `=` and `|`.

use super::canvas::Drawn;
use super::cell::cell;
use crate::block::{Cell, Lines, Table};
use crate::form::lines::Line;
use crate::slice::Slice;
use crate::vocabulary::{is_status, is_type, name_like, yes_no};

/// Whether a line is the upper border of such a table.
pub(super) fn is_border(text: &str) -> bool {
    text.len() > 2
        && text.starts_with('+')
        && text.ends_with('+')
        && text.contains(['-', '='])
        && text.chars().all(|c| matches!(c, '+' | '-' | '='))
}

/// How many lines the table that begins at `start` has: all to the next blank one, so that a line
/// that lost its bar is seen to be one of the table.
pub(super) fn extent(lines: &[Line<'_>], start: usize) -> usize {
    lines.from(start).lead(|line| !line.is_blank())
}

/// Reads the lines of one table; `last` when the page ends with it.
pub(super) fn table(lines: &[Line<'_>], last: bool) -> Table {
    let spanned = crate::form::lines::span(lines);
    let mut table = Table {
        lines: spanned,
        ..Table::default()
    };
    let indent = lines.first().map_or(0, |line| line.indent());
    let drawn: Vec<Drawn> = lines
        .iter()
        .map(|line| Drawn::new(line.dedented(indent)))
        .collect();
    // Where the page ends within the table, what stands above the last rule is whole.
    let rule = |line: &Drawn| line.width() > 0 && is_rule(line, 0, line.width() - 1);
    let whole = match drawn.iter().rposition(rule) {
        Some(rule) if last && rule > 0 => rule + 1,
        _ => lines.len(),
    };
    let (above, below) = lines.split_at(whole);
    match rows(drawn.to(whole), above) {
        Ok((header, rows)) => {
            table.header = header;
            table.rows = rows;
            table.cut = !below.is_empty();
            let cells = loose(below).concat();
            if table.cut {
                table.rows.push(cells);
            }
        }
        Err(broken) => {
            table.rows = loose(lines);
            table.broken = Some(broken);
        }
    }
    table
}

type Rows = (Vec<Cell>, Vec<Vec<Cell>>);

fn rows(drawn: &[Drawn], lines: &[Line<'_>]) -> Result<Rows, String> {
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
    // A row ends where any of its columns is ruled off.
    let ruled = |line: &Drawn, column: usize| {
        let from = bounds.get(column).copied().unwrap_or(0) + 1;
        let to = bounds.get(column + 1).copied().unwrap_or(0);
        line.all(from, to, &['-', '=', '+'])
    };
    let columns = bounds.len() - 1;
    let rules: Vec<usize> = (0..drawn.len())
        .filter(|index| {
            drawn.get(*index).is_some_and(|line| {
                (0..columns).any(|column| {
                    ruled(line, column) && line.at(bounds.get(column).copied().unwrap_or(0)) == '+'
                })
            })
        })
        .collect();
    let mut header = Vec::new();
    let mut out: Vec<Vec<Cell>> = Vec::new();
    let mut open: Vec<Option<Cell>> = vec![None; columns];
    for pair in rules.windows(2) {
        let &[above, below] = pair else { continue };
        let band = above + 1..below;
        let (Some(inside), Some(sources), Some(bottom)) =
            (drawn.get(band.clone()), lines.get(band), drawn.get(below))
        else {
            continue;
        };
        let mut row = Vec::new();
        let mut column = 0;
        while column < columns {
            let mut end = column + 1;
            while end < columns && spans(inside, bounds.get(end).copied().unwrap_or(0))? {
                end += 1;
            }
            let from = bounds.get(column).copied().unwrap_or(0) + 1;
            let to = bounds.get(end).copied().unwrap_or(0);
            let texts: Vec<String> = inside.iter().map(|line| line.between(from, to)).collect();
            if column == 0 {
                let second = bounds
                    .get(end + 1)
                    .map(|to| bounds.get(end).map_or(0, |from| from + 1)..*to);
                rule_lost(&texts, inside, second, sources)?;
            }
            let mut read = cell(&texts, sources, column);
            // A cell that reaches over several rows says the same in each.
            if let Some(above) = open.get_mut(column).and_then(Option::take) {
                if read.text.text.is_empty() {
                    read.text.text.clone_from(&above.text.text);
                    read.text.links.clone_from(&above.text.links);
                    read.text.lines = above.text.lines;
                } else {
                    return Err(format!(
                        "line {}: a cell reaches over a rule and goes on below it",
                        sources.first().map_or(0, |line| line.number)
                    ));
                }
            }
            if !ruled(bottom, column)
                && let Some(slot) = open.get_mut(column)
            {
                *slot = Some(read.clone());
            }
            row.push(read);
            column = end;
        }
        if bottom.all(left + 1, right, &['=', '+']) && header.is_empty() && out.is_empty() {
            header = row;
        } else {
            out.push(row);
        }
    }
    Ok((header, out))
}

/// Fails when a row begins within a row: further down in it stand a name and, beside it, an answer or
/// a type, or there stands a second status.
fn rule_lost(
    first: &[String],
    inside: &[Drawn],
    second: Option<std::ops::Range<usize>>,
    sources: &[Line<'_>],
) -> Result<(), String> {
    let mut filled = false;
    for (index, text) in first.iter().enumerate() {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        let beside = second.clone().and_then(|range| {
            inside
                .get(index)
                .map(|line| line.between(range.start, range.end))
        });
        let closed =
            beside.is_some_and(|text| yes_no(text.trim()).is_some() || is_type(text.trim()));
        if filled && (is_status(text) || (name_like(text) && closed)) {
            let line = sources.get(index).map_or(0, |line| line.number);
            return Err(format!(
                "line {line}: a row begins here without a rule above it"
            ));
        }
        filled = true;
    }
    Ok(())
}

/// Whether a line is a rule from side to side.
fn is_rule(line: &Drawn, left: usize, right: usize) -> bool {
    line.all(left, right + 1, &['+', '-', '='])
}

/// The columns at which the borders have corners.
fn bounds(drawn: &[Drawn]) -> Vec<usize> {
    let mut bounds: Vec<usize> = Vec::new();
    for line in drawn {
        let full = line.at(0) == '+' && line.all(0, line.width(), &['+', '-', '=']);
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

/// The lines of a table that cannot be read, each as one cell, so that none is lost.
fn loose(lines: &[Line<'_>]) -> Vec<Vec<Cell>> {
    lines
        .iter()
        .filter(|line| line.text.chars().any(char::is_alphanumeric))
        .map(|line| {
            let at = Lines::of(line.number);
            vec![Cell {
                text: crate::block::Text::new(line.trimmed(), at),
                column: None,
            }]
        })
        .collect()
}
