//! Rendered text whose tables kept their bars: a row a line, closed or open, a cell a line, and
//! a cell a line with a bar above each row.

mod body;
mod head;

use super::lines::{self, Line, lines, span, unlinked};
use super::prose::{self, Found};
use super::rebuild::{Columns, Names, Unit, loose, placed};
use super::words::is_rule;
use super::{FormError, bars, lined};
use crate::block::{Block, Lines, Table};
use crate::slice::Slice;
use crate::vocabulary::{column, name_like};
use body::Body;
use head::{Dialect, Head, heads};

/// The blocks of a page.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, FormError> {
    let text = &*unlinked(text);
    let mut lines = lines(text);
    let made = bars::is_written(&lines).then(|| bars::joined(&lines));
    if let Some(made) = &made {
        let made = made.iter();
        lines = made.map(|(line, text)| Line::new(*line, text)).collect();
    }
    let finders = [find, lined::find, stray];
    Ok(prose::blocks(&lines, &finders, &Names::of(text)))
}

/// Finds the tables below headings with a rule.
fn find(lines: &[Line<'_>], names: &Names) -> Vec<Found> {
    let heads = heads(lines);
    // The next heading ends a table, whatever it looks like until then.
    let limits = heads
        .iter()
        .skip(1)
        .map(|next| next.first)
        .chain([lines.len()]);
    let found = heads.iter().zip(limits).map(|(head, limit)| {
        let body = Body::read(lines.to(limit), head, limit == lines.len());
        Found {
            first: head.first,
            end: body.end,
            tables: tables(head, body, names),
        }
    });
    found.collect()
}

/// The table below a heading; and those whose own heading lost its rule and so seems a row of it.
fn tables(head: &Head, mut body: Body, names: &Names) -> Vec<Table> {
    let is_heading =
        |row: &[Unit]| row.len() >= 2 && row.iter().all(|unit| column(&unit.text).is_some());
    let rows = [vec![head.cells.clone()], std::mem::take(&mut body.rows)].concat();
    let mut parts: Vec<_> = rows.chunk_by(|_, row| !is_heading(row)).collect();
    let last = parts.pop();
    let whole = Body::default();
    let parts = parts.into_iter().map(|part| (part, &whole));
    parts
        .chain(last.map(|part| (part, &body)))
        .map(|(part, body)| table(part, head, body, names))
        .collect()
}

/// Finds cells below no heading: those of a table whose heading cannot be told.
fn stray(lines: &[Line<'_>], _: &Names) -> Vec<Found> {
    // Of an open row the bars between its cells are left.
    let is_open = |words: &str| {
        let cells: Vec<&str> = words.split(" | ").collect();
        cells.len() > 2 && (name_like(cells[0]) || cells.iter().all(|it| column(it).is_some()))
    };
    let is_cell = |line: &Line<'_>| {
        let words = line.trimmed();
        words.ends_with('|') || is_open(words)
    };
    let mut out = Vec::new();
    let mut end = 0;
    while let Some(first) = (end..lines.len()).find(|index| lines.is_at(*index, is_cell)) {
        let stray = lines.from(first);
        let stray = stray.upto(|line| !(is_cell(line) || line.is_blank()));
        end = first + stray.len();
        let pieces = lines::loose(stray);
        let why = "its cells stand below no heading";
        let table = (!pieces.is_empty()).then(|| Table::broken(why, span(stray), pieces));
        out.push(Found {
            first,
            end,
            tables: table.into_iter().collect(),
        });
    }
    out
}

/// Whether there is a table with a cell a line, or with rows that only end in a bar, or with bars below
/// its cells: no Markdown is written so.
pub(super) fn is_written(lines: &[Line<'_>]) -> bool {
    let mut above = "";
    bars::is_written(lines)
        || lines.iter().any(|line| {
            let words = line.trimmed();
            let cell = above.ends_with('|')
                && !above.starts_with('|')
                && (above.matches('|').count() == 1 || !words.starts_with('|'));
            if !words.is_empty() {
                above = words;
            }
            cell && is_rule(words)
        })
}

/// A table from its heading and the rows below.
fn table(part: &[Vec<Unit>], head: &Head, body: &Body, names: &Names) -> Table {
    let columns = head.columns;
    let (heading, rows) = part.split_at(part.len().min(1));
    let heading = heading.concat();
    let mut by_role = Columns::new(&heading, rows.iter().flatten(), names);
    by_role.whole = true;
    let fits = |row: &Vec<Unit>| {
        let mut cells = row.iter().enumerate();
        row.len() == columns && cells.all(|(column, unit)| by_role.fits(column, &unit.text))
    };
    let lines = part.iter().flatten().map(|unit| unit.lines);
    let mut table = Table {
        lines: lines.reduce(Lines::join).unwrap_or_default(),
        header: placed(&heading),
        broken: body.broken.clone(),
        cut: body.cut && !rows.is_empty(),
        ..Table::default()
    };
    let (rows, last) = rows.split_at(rows.len() - usize::from(table.cut));
    let all_fit = rows.iter().all(fits);
    if table.broken.is_none() {
        table.broken = if heading.len() != columns {
            let found = heading.len();
            Some(format!(
                "the heading has {found} columns, the rule below it {columns}"
            ))
        } else if !all_fit && !by_role.anchored() {
            Some("a row has not as many cells as the table has columns".to_owned())
        } else {
            None
        };
    }
    let filled = |row: &[Unit]| -> Vec<Unit> {
        let filled = row.iter().filter(|unit| !unit.text.is_empty());
        filled.cloned().collect()
    };
    table.rows = if table.broken.is_some() {
        rows.iter().map(|row| loose(row)).collect()
    } else if all_fit || head.dialect != Dialect::Cells {
        let row = |row: &Vec<Unit>| match fits(row) {
            true => placed(row),
            false => by_role.row(&filled(row)),
        };
        rows.iter().map(row).collect()
    } else {
        // Without bars between them, a lost cell moves all that follow it.
        by_role.rows(&filled(&rows.concat()))
    };
    table.rows.extend(last.iter().map(|row| loose(row)));
    table
}
