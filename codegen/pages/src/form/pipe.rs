//! Rendered text whose tables kept their bars, in three dialects: a row a line, a cell a line, and
//! a cell a line with a bar above each row.

mod body;
mod head;

use super::detect::{Fit, Source};
use super::flow::take_caption;
use super::lines::{Line, lines, span};
use super::prose::Prose;
use super::rebuild::{Columns, Names, Unit, loose, placed};
use super::{FormError, Reader, bars, lined};
use crate::block::{Block, Lines, Table, Text};
use crate::slice::Slice;
use body::Body;
use head::{Dialect, Head, heads, rule};

/// Text whose tables kept their bars.
pub(super) struct Pipe;

impl Reader for Pipe {
    fn name(&self) -> &'static str {
        "text with pipe tables"
    }

    fn fit(&self, source: &Source<'_>) -> Fit {
        let lines = &source.lines;
        if has_cell_lines(lines) || bars::is_written(lines) {
            return Fit::Sure;
        }
        Fit::No.or(
            !source.headed && !source.tags && lines.iter().any(is_rule),
            Fit::Likely,
        )
    }

    fn blocks(&self, text: &str) -> Result<Vec<Block>, FormError> {
        let names = Names::of(text);
        let lines = lines(text);
        if !bars::is_written(&lines) {
            return Ok(tables_and_prose(&lines, &names));
        }
        let made = bars::joined(&lines);
        let lines: Vec<Line<'_>> = made
            .iter()
            .map(|(number, text)| Line {
                number: *number,
                text,
            })
            .collect();
        Ok(tables_and_prose(&lines, &names))
    }
}

fn tables_and_prose(lines: &[Line<'_>], names: &Names) -> Vec<Block> {
    let heads = heads(lines);
    let mut prose = Prose::default();
    let mut line = 0;
    for (index, head) in heads.iter().enumerate() {
        // The next heading ends this table, whatever it looks like until then.
        let limit = heads.get(index + 1).map_or(lines.len(), |next| next.first);
        lined::add(lines.to(head.first).from(line), names, &mut prose, outside);
        let caption = take_caption(&mut prose.blocks);
        let body = Body::read(lines.to(limit), head, limit == lines.len());
        let mut tables = tables(head, body.parted(), names);
        if let Some(first) = tables.first_mut() {
            if let Some(caption) = &caption {
                first.lines = caption.lines.join(first.lines);
            }
            first.caption = caption;
        }
        prose.blocks.extend(tables.into_iter().map(Block::Table));
        line = body.end;
    }
    lined::add(lines.from(line), names, &mut prose, outside);
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
        prose.add(lines.to(start).from(from));
        let stray = lines.from(start);
        let stray = stray.upto(|line| !(is_cell(line) || line.is_blank()));
        let pieces: Vec<Text> = stray
            .iter()
            .filter(|line| line.text.chars().any(char::is_alphanumeric))
            .map(|line| Text::new(line.trimmed().trim_matches('|').trim(), span(&[*line])))
            .collect();
        if !pieces.is_empty() {
            let why = "its cells stand below no heading";
            prose
                .blocks
                .push(Block::Table(Table::broken(why, span(stray), pieces)));
        }
        from = start + stray.len();
    }
    prose.add(lines.from(from));
}

/// Whether a line is the rule of a table of several columns.
fn is_rule(line: &Line<'_>) -> bool {
    rule(line.text).is_some_and(|columns| columns >= 2)
}

/// Whether there is a table with a cell a line, or with rows that only end in a bar: no Markdown is
/// written so.
fn has_cell_lines(lines: &[Line<'_>]) -> bool {
    let mut above = "";
    lines.iter().any(|line| {
        let words = line.trimmed();
        let cell = above.ends_with('|')
            && !above.starts_with('|')
            && (above.matches('|').count() == 1 || !words.starts_with('|'));
        if !words.is_empty() {
            above = words;
        }
        cell && is_rule(line)
    })
}

fn table(head: &Head, body: &Body, names: &Names) -> Table {
    let columns = head.columns;
    let by_role = Columns::new(&head.cells, body.rows.iter().flatten(), names).of_whole_cells();
    let units = head.cells.iter().chain(body.rows.iter().flatten());
    let mut table = Table {
        lines: units
            .map(|unit| unit.lines)
            .reduce(Lines::join)
            .unwrap_or_default(),
        header: placed(&head.cells),
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
        let mut cells = row.iter().enumerate();
        row.len() == columns && cells.all(|(column, unit)| by_role.fits(column, &unit.text))
    };
    let whole = body.rows.len() - usize::from(body.cut && !body.rows.is_empty());
    let (rows, last) = body.rows.split_at(whole);
    let all_fit = rows.iter().all(fits);
    if !all_fit && !by_role.anchored() && table.broken.is_none() {
        table.broken = Some("a row has not as many cells as the table has columns".to_owned());
    }
    let filled = |row: &[Unit]| -> Vec<Unit> {
        let filled = row.iter().filter(|unit| !unit.text.is_empty());
        filled.cloned().collect()
    };
    table.rows = if table.broken.is_some() {
        rows.iter().map(|row| loose(row)).collect()
    } else if all_fit || head.dialect != Dialect::Cells {
        rows.iter()
            .map(|row| {
                if fits(row) {
                    placed(row)
                } else {
                    by_role.row(&filled(row))
                }
            })
            .collect()
    } else {
        // Without bars between them, a lost cell moves all that follow it.
        by_role.rows(&filled(&rows.concat()))
    };
    table.cut = !last.is_empty();
    table.rows.extend(last.iter().map(|row| loose(row)));
    table
}
