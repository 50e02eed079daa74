//! A table element into a table: spans, headers, captions.

use std::rc::Rc;

use super::run::listing;
use super::tree::Node;
use crate::block::{Cell, Table, Text};
use crate::form::FormError;
use crate::slice::Slice;
use crate::vocabulary::column;

/// The widest table that is laid out; spans beyond are cut.
const MAX_COLUMNS: usize = 200;

/// A row as it stands in the tree: its cells and their words.
struct Row {
    cells: Vec<(Rc<Node>, Text)>,
    head: bool,
}

/// Reads a table; `words` are those of a cell.
pub(super) fn table(
    node: &Node,
    words: impl Fn(&Node) -> Result<Option<Text>, FormError>,
) -> Result<Table, FormError> {
    let mut table = Table {
        anchors: node
            .attribute("id")
            .map(str::to_owned)
            .into_iter()
            .collect(),
        lines: node.lines(),
        ..Table::default()
    };
    if let Some(caption) = node.children().iter().find(|part| part.name() == "caption") {
        table.caption = words(caption)?;
    }
    let mut rows = Vec::new();
    for (marked, cells) in cells(node) {
        let head = marked || !cells.is_empty() && cells.iter().all(|cell| cell.name() == "th");
        let texts = cells.into_iter().map(|cell| {
            let text = words(&cell)?.unwrap_or_else(|| Text::new("", cell.lines()));
            Ok((cell, text))
        });
        let cells: Vec<(Rc<Node>, Text)> = texts.collect::<Result<_, FormError>>()?;
        // A row that was struck out is none; one that lost its words is.
        let is_blank = |(_, text): &(Rc<Node>, Text)| text.text.is_empty();
        if cells.iter().all(is_blank) && cells.iter().any(|(cell, _)| cell.has_words()) {
            continue;
        }
        rows.push(Row { cells, head });
    }
    // Or else a first row whose words are headings.
    let known = |row: &Row| {
        row.cells.len() > 1
            && row
                .cells
                .iter()
                .all(|(_, text)| column(&text.text).is_some())
    };
    let marked = rows.lead(|row| row.head);
    let head = marked.max(usize::from(rows.is_at(0, known)));
    let ids = match rows.to(head) {
        [row] => ids(row),
        _ => Vec::new(),
    };
    let body = rows.split_off(head);
    let mut spans = Spans::default();
    for row in rows {
        // Of several header rows the last is the finest.
        table.header = spans.lay_out(row, &[]);
    }
    let last = table.header.iter().filter_map(|cell| cell.column).max();
    let width = last.map_or(0, |last| last + 1);
    let mut spans = Spans::default();
    for row in body {
        let covered = spans.covered();
        let named = !ids.is_empty()
            && row
                .cells
                .iter()
                .all(|(cell, _)| named(cell, &ids).is_some());
        let mut cells = spans.lay_out(row, &ids);
        if width > 0 && cells.len() + covered != width && !named && !spans.wide {
            // A cell is missing or too much: which one, the tags do not tell.
            for cell in &mut cells {
                cell.column = None;
            }
        }
        if !cells.is_empty() {
            table.rows.push(cells);
        }
    }
    Ok(table)
}

/// A table of two cells, line numbers and program: how some pages show listings.
pub(super) fn line_numbered_listing(node: &Node) -> Option<Text> {
    let rows = cells(node);
    let [(_, row)] = rows.as_slice() else {
        return None;
    };
    let [numbers, program] = row.as_slice() else {
        return None;
    };
    let text = listing(numbers)?.text;
    let mut words = text.split_whitespace().enumerate();
    let counts = words.all(|(at, word)| word.parse() == Ok(at + 1));
    counts.then(|| listing(program)).flatten()
}

/// The cells of each row, and whether it stands in the table's head.
fn cells(table: &Node) -> Vec<(bool, Vec<Rc<Node>>)> {
    let mut out = Vec::new();
    for part in table.children().iter() {
        for row in part.children().iter().filter(|row| row.name() == "tr") {
            let cells = row.children();
            let cells = cells
                .iter()
                .filter(|cell| matches!(cell.name(), "td" | "th"));
            out.push((part.name() == "thead", cells.cloned().collect()));
        }
    }
    out
}

/// The ids of header cells with their columns.
fn ids(row: &Row) -> Vec<(String, usize)> {
    let cells = row.cells.iter().enumerate();
    cells
        .filter_map(|(column, (cell, _))| Some((cell.attribute("id")?.trim().to_owned(), column)))
        .collect()
}

/// The column a cell names itself, by its `headers` attribute.
fn named(cell: &Node, ids: &[(String, usize)]) -> Option<usize> {
    let mut names = cell.attribute("headers")?.split_whitespace();
    names.find_map(|name| {
        let known = ids.iter().find(|(id, _)| id == name);
        known.map(|(_, column)| *column)
    })
}

/// Cells of earlier rows that reach into later ones.
#[derive(Default)]
struct Spans {
    /// For each column, how many more rows are covered.
    rows: Vec<usize>,
    /// The row just laid out had cells over several columns.
    wide: bool,
}

impl Spans {
    fn covered(&self) -> usize {
        self.rows.iter().filter(|rows| **rows > 0).count()
    }

    /// Puts the cells of a row into columns.
    fn lay_out(&mut self, row: Row, ids: &[(String, usize)]) -> Vec<Cell> {
        let before = self.rows.clone();
        for rows in &mut self.rows {
            *rows = rows.saturating_sub(1);
        }
        self.wide = false;
        let mut column = 0;
        let place = |(cell, text): (Rc<Node>, Text)| {
            column += before.from(column).lead(|rows| *rows > 0);
            let wide = span(&cell, "colspan");
            self.wide |= wide > 1;
            let stands = named(&cell, ids).unwrap_or(column);
            let end = (column + wide).min(MAX_COLUMNS);
            if self.rows.len() < end {
                self.rows.resize(end, 0);
            }
            for rows in self.rows.get_mut(column..end).unwrap_or_default() {
                *rows = span(&cell, "rowspan") - 1;
            }
            column = end.max(column + 1);
            Cell {
                text,
                column: Some(stands),
            }
        };
        row.cells.into_iter().map(place).collect()
    }
}

fn span(cell: &Node, name: &str) -> usize {
    let value = cell.attribute(name);
    value
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(1)
        .clamp(1, 10_000)
}
