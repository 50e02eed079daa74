//! Tables drawn with rows of `=` alone.

use super::canvas::Drawn;
use super::cell::cell;
use crate::block::{Cell, Table};
use crate::form::lines::{Line, span};
use crate::slice::Slice;
use crate::vocabulary::{is_type, yes_no};

/// Whether a line is the border of such a table: at least two runs of `=`.
pub(super) fn is_border(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("==") && text.contains(' ') && text.chars().all(|c| matches!(c, '=' | ' '))
}

/// How many lines the table that begins at `start` has: to the border that nothing follows.
pub(super) fn extent(lines: &[Line<'_>], start: usize) -> usize {
    let rest = lines.from(start);
    let mut borders = 0;
    for (index, line) in rest.iter().enumerate() {
        if line.trimmed().starts_with(".. ") || super::grid::is_border(line.trimmed()) {
            break;
        }
        if is_border(line.text) {
            borders += 1;
            let ends = rest.get(index + 1).is_none_or(|next| next.is_blank());
            if index > 0 && (ends || borders == 3) {
                return index + 1;
            }
        }
    }
    // The lower border is missing: the table ends with its paragraph.
    rest.lead(|line| !line.is_blank())
}

/// Reads the lines of one table; `last` when the page ends with it.
pub(super) fn table(lines: &[Line<'_>], last: bool) -> Table {
    let mut table = Table {
        lines: span(lines),
        ..Table::default()
    };
    let indent = lines.first().map_or(0, |line| line.indent());
    let drawn: Vec<Drawn> = lines
        .iter()
        .map(|line| Drawn::new(line.dedented(indent)))
        .collect();
    let columns = drawn.first().map(columns).unwrap_or_default();
    let borders: Vec<usize> = (0..lines.len())
        .filter(|index| lines.get(*index).is_some_and(|line| is_border(line.text)))
        .collect();
    let same = borders
        .iter()
        .all(|index| drawn.is_at(*index, |line| self::columns(line) == columns));
    table.cut = last && same && borders.len() == 2 && borders.last() != Some(&(lines.len() - 1));
    if table.cut {
        // The page ends within the table, below the border of its heading.
    } else if borders.len() < 2 || borders.last() != Some(&(lines.len() - 1)) {
        table.broken = Some("the table's lower border is missing".to_owned());
    } else if !same {
        table.broken = Some("the table's borders do not have the same columns".to_owned());
    }
    let last_border = borders.get(1).copied().unwrap_or(0);
    let with_header = borders.len() > 2 || table.cut;
    let mut rows: Vec<(bool, Vec<Vec<String>>, usize, usize)> = Vec::new();
    for (index, line) in drawn.iter().enumerate() {
        let Some(source) = lines.get(index) else {
            continue;
        };
        if borders.contains(&index) || source.is_blank() {
            continue;
        }
        let crosses = columns.windows(2).any(|pair| match pair {
            [(_, end), (next, _)] => (*end..*next).any(|column| line.at(column) != ' '),
            _ => false,
        });
        if crosses && table.broken.is_none() {
            table.broken = Some(format!(
                "line {}: a cell is wider than its column",
                source.number
            ));
        }
        let cells: Vec<String> = columns
            .iter()
            .enumerate()
            .map(|(column, (from, to))| {
                let to = if column + 1 == columns.len() {
                    usize::MAX
                } else {
                    *to
                };
                line.between(*from, to).trim_start().to_owned()
            })
            .collect();
        let in_header = with_header && index < last_border;
        match rows.last_mut() {
            // Nothing in the first column: the row above goes on.
            Some((header, parts, _, last))
                if cells.first().is_some_and(String::is_empty)
                    && *header == in_header
                    && !own_row(&cells) =>
            {
                parts.push(cells);
                *last = index;
            }
            _ => rows.push((in_header, vec![cells], index, index)),
        }
    }
    for (in_header, parts, first, last) in rows {
        let sources = lines.get(first..=last).unwrap_or_default();
        let row: Vec<Cell> = (0..columns.len())
            .map(|column| {
                let texts: Vec<String> = parts
                    .iter()
                    .map(|cells| cells.get(column).cloned().unwrap_or_default())
                    .collect();
                cell(&texts, sources, column)
            })
            .collect();
        if in_header {
            table.header.extend(row);
        } else {
            table.rows.push(row);
        }
    }
    table
}

/// Whether a line without a first cell is a row that lost it: it answers what each row answers once.
fn own_row(cells: &[String]) -> bool {
    let answers = |cell: &String| !cell.is_empty() && (yes_no(cell).is_some() || is_type(cell));
    cells.iter().any(answers) && cells.iter().filter(|cell| !cell.is_empty()).count() > 1
}

/// Where the runs of `=` begin and end.
fn columns(border: &Drawn) -> Vec<(usize, usize)> {
    let mut columns = Vec::new();
    let mut start = None;
    for column in 0..=border.width() {
        match (border.at(column) == '=', start) {
            (true, None) => start = Some(column),
            (false, Some(from)) => {
                columns.push((from, column));
                start = None;
            }
            _ => {}
        }
    }
    columns
}
