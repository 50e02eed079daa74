//! Rendered text whose tables kept their bars, in three dialects: a row a line, a cell a line, and
//! a cell a line with a bar above each row.

mod body;
mod head;

use super::captioned::take_caption;
use super::lines::{Line, lines, span, text};
use super::prose::{Prose, join};
use super::rebuild::{Columns, Names, Unit};
use super::{bars, lined};
use crate::block::{Block, Cell, Table};
use body::Body;
use head::{Dialect, Head, heads, rule};

/// The blocks of a page.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let names = Names::of(text);
    let lines = lines(text);
    if !bars::is_written(&lines) {
        return tables_and_prose(&lines, &names);
    }
    let made = bars::joined(&lines);
    let lines: Vec<Line<'_>> = made
        .iter()
        .map(|(number, text)| Line {
            number: *number,
            text,
        })
        .collect();
    tables_and_prose(&lines, &names)
}

fn tables_and_prose(lines: &[Line<'_>], names: &Names) -> Vec<Block> {
    let heads = heads(lines);
    let mut prose = Prose::default();
    let mut line = 0;
    for (index, head) in heads.iter().enumerate() {
        // The next heading ends this table, whatever it looks like until then.
        let limit = heads.get(index + 1).map_or(lines.len(), |next| next.first);
        lined::add(
            lines.get(line..head.first).unwrap_or_default(),
            names,
            &mut prose,
            outside,
        );
        let caption = take_caption(&mut prose.blocks);
        let body = Body::read(lines.get(..limit).unwrap_or_default(), head);
        let mut tables = tables(head, body.parted(), names);
        if let Some(first) = tables.first_mut() {
            if let Some(caption) = &caption {
                first.lines = join(caption.lines, first.lines);
            }
            first.caption = caption;
        }
        prose.blocks.extend(tables.into_iter().map(Block::Table));
        line = body.end;
    }
    lined::add(
        lines.get(line..).unwrap_or_default(),
        names,
        &mut prose,
        outside,
    );
    prose.blocks
}

/// The table below a heading; and those whose own heading lost its rule and so seems a row of it.
fn tables(head: &Head, bodies: Vec<Body>, names: &Names) -> Vec<Table> {
    let mut out = Vec::new();
    let mut bodies = bodies.into_iter();
    if let Some(first) = bodies.next() {
        out.push(table(head, &first, names));
    }
    for mut body in bodies {
        let heading = if body.rows.is_empty() {
            Vec::new()
        } else {
            body.rows.remove(0)
        };
        let head = Head {
            cells: heading,
            ..*head
        };
        out.push(table(&head, &body, names));
    }
    out
}

/// Adds lines outside of tables. Cells among them are those of a table whose heading cannot be told.
fn outside(lines: &[Line<'_>], prose: &mut Prose) {
    let is_cell = |line: &Line<'_>| line.trimmed().ends_with('|');
    let mut from = 0;
    while let Some(start) = (from..lines.len()).find(|index| lines.get(*index).is_some_and(is_cell))
    {
        prose.add(lines.get(from..start).unwrap_or_default());
        let length = lines
            .iter()
            .skip(start)
            .take_while(|line| is_cell(line) || line.is_blank())
            .count();
        let stray = lines.get(start..start + length).unwrap_or_default();
        let cell = |line: &Line<'_>| Cell {
            text: text(line.trimmed().trim_matches('|').trim(), span(&[*line])),
            column: None,
        };
        let rows: Vec<Vec<Cell>> = stray
            .iter()
            .filter(|line| line.text.chars().any(char::is_alphanumeric))
            .map(|line| vec![cell(line)])
            .collect();
        if !rows.is_empty() {
            let broken = Some("its cells stand below no heading".to_owned());
            prose.blocks.push(Block::Table(Table {
                rows,
                lines: span(stray),
                broken,
                ..Table::default()
            }));
        }
        from = start + length;
    }
    prose.add(lines.get(from..).unwrap_or_default());
}

/// Whether some line is such a rule.
pub(in crate::form) fn has_rule(lines: &[Line<'_>]) -> bool {
    lines
        .iter()
        .any(|line| rule(line.text).is_some_and(|columns| columns >= 2))
}

/// Whether there is a table with a cell a line, or with rows that only end in a bar: no Markdown is
/// written so.
pub(in crate::form) fn has_cell_lines(lines: &[Line<'_>]) -> bool {
    lines.iter().enumerate().any(|(index, line)| {
        let above = index.checked_sub(1).and_then(|_| {
            lines
                .iter()
                .take(index)
                .rev()
                .find(|line| !line.trimmed().is_empty())
        });
        rule(line.text).is_some_and(|columns| columns >= 2)
            && above.is_some_and(|above| {
                let above = above.trimmed();
                above.ends_with('|')
                    && !above.starts_with('|')
                    && (above.matches('|').count() == 1 || !line.text.trim().starts_with('|'))
            })
    })
}

fn table(head: &Head, body: &Body, names: &Names) -> Table {
    let columns = head.columns;
    let headings: Vec<String> = head.cells.iter().map(|cell| cell.text.clone()).collect();
    let by_role = Columns::new(&headings, names).of_whole_cells();
    let cell = |unit: &Unit, column: Option<usize>| Cell {
        text: text(unit.text.clone(), unit.lines),
        column,
    };
    let places = || {
        head.cells
            .iter()
            .chain(body.rows.iter().flatten())
            .map(|unit| unit.lines)
    };
    let mut table = Table {
        lines: places().reduce(join).unwrap_or_default(),
        header: head
            .cells
            .iter()
            .enumerate()
            .map(|(column, unit)| cell(unit, Some(column)))
            .collect(),
        broken: body.broken.clone(),
        ..Table::default()
    };
    if head.cells.len() != columns && table.broken.is_none() {
        table.broken = Some(format!(
            "the heading has {} columns, the rule below it {columns}",
            head.cells.len()
        ));
    }
    let fits = |row: &Vec<Unit>| {
        row.len() == columns
            && row
                .iter()
                .enumerate()
                .all(|(column, unit)| by_role.fits(column, &unit.text))
    };
    if table.broken.is_some() {
        table.rows = body
            .rows
            .iter()
            .map(|row| row.iter().map(|unit| cell(unit, None)).collect())
            .collect();
    } else if body.rows.iter().all(fits) {
        table.rows = body
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .enumerate()
                    .map(|(column, unit)| cell(unit, Some(column)))
                    .collect()
            })
            .collect();
    } else if !by_role.anchored() {
        table.broken = Some("a row has not as many cells as the table has columns".to_owned());
        table.rows = body
            .rows
            .iter()
            .map(|row| row.iter().map(|unit| cell(unit, None)).collect())
            .collect();
    } else if head.dialect == Dialect::Cells {
        // Without bars between them, a lost cell moves all that follow it.
        let units: Vec<Unit> = body
            .rows
            .iter()
            .flatten()
            .filter(|unit| !unit.text.is_empty())
            .cloned()
            .collect();
        table.rows = by_role.rows(&units);
    } else {
        table.rows = body
            .rows
            .iter()
            .map(|row| {
                if fits(row) {
                    row.iter()
                        .enumerate()
                        .map(|(column, unit)| cell(unit, Some(column)))
                        .collect()
                } else {
                    let units: Vec<Unit> = row
                        .iter()
                        .filter(|unit| !unit.text.is_empty())
                        .cloned()
                        .collect();
                    by_role.row(&units)
                }
            })
            .collect();
    }
    table
}
