//! A table element into a table: spans, headers, captions, the text of cells.

use super::run::Run;
use super::text::{lines, listing};
use super::tree::{Data, Id, Tree};
use crate::block::{Cell, Table, Text};
use crate::vocabulary::column;

/// The widest table that is laid out; spans beyond are cut.
const MAX_COLUMNS: usize = 200;

/// A row as it stands in the tree.
struct Row {
    cells: Vec<Id>,
    head: bool,
}

/// Reads a table.
pub(super) fn table(tree: &Tree, id: Id, max_depth: usize) -> Table {
    let mut caption = None;
    let mut rows = Vec::new();
    collect(tree, id, 0, false, &mut caption, &mut rows);
    let mut out = Table {
        caption: caption.and_then(|id| cell_text(tree, id, max_depth)),
        anchors: tree
            .attribute(id, "id")
            .map(str::to_owned)
            .into_iter()
            .collect(),
        lines: lines(tree, id, max_depth),
        ..Table::default()
    };
    let head = head_rows(tree, &rows, max_depth);
    let (header_rows, body_rows) = rows.split_at(head);
    let ids = header_ids(tree, header_rows);
    let mut spans = Spans::default();
    for row in header_rows {
        // Of several header rows the last is the finest.
        out.header = lay_out(tree, row, &mut spans, &[], max_depth);
    }
    let width = out
        .header
        .iter()
        .filter_map(|cell| cell.column)
        .max()
        .map_or(0, |last| last + 1);
    let mut spans = Spans::default();
    for row in body_rows {
        let covered = spans.covered();
        let mut cells = lay_out(tree, row, &mut spans, &ids, max_depth);
        let named = !ids.is_empty()
            && row
                .cells
                .iter()
                .all(|cell| named_column(tree, *cell, &ids).is_some());
        if width > 0 && cells.len() + covered != width && !named && !spans.wide {
            // A cell is missing or too much: which one, the tags do not tell.
            for cell in &mut cells {
                cell.column = None;
            }
        }
        if !cells.is_empty() {
            out.rows.push(cells);
        }
    }
    out
}

/// A table of two cells, line numbers and program: how some pages show listings.
pub(super) fn line_numbered_listing(tree: &Tree, id: Id, max_depth: usize) -> Option<Text> {
    let mut caption = None;
    let mut rows = Vec::new();
    collect(tree, id, 0, false, &mut caption, &mut rows);
    let [row] = rows.as_slice() else { return None };
    let [numbers, program] = row.cells.as_slice() else {
        return None;
    };
    let text = listing(tree, *numbers, max_depth)?.text;
    let counts = text
        .split_whitespace()
        .enumerate()
        .all(|(at, word)| word.parse() == Ok(at + 1));
    counts.then(|| listing(tree, *program, max_depth)).flatten()
}

/// Finds the rows and the caption of a table, but not those of tables inside its cells.
fn collect(
    tree: &Tree,
    id: Id,
    depth: usize,
    head: bool,
    caption: &mut Option<Id>,
    rows: &mut Vec<Row>,
) {
    if depth > 3 {
        return;
    }
    for child in tree.children(id) {
        match tree.name(*child) {
            "caption" => *caption = caption.or(Some(*child)),
            "tr" => rows.push(Row {
                cells: tree
                    .children(*child)
                    .iter()
                    .copied()
                    .filter(|cell| matches!(tree.name(*cell), "td" | "th"))
                    .collect(),
                head,
            }),
            "thead" => collect(tree, *child, depth + 1, true, caption, rows),
            "tbody" | "tfoot" => collect(tree, *child, depth + 1, false, caption, rows),
            _ => {}
        }
    }
}

/// How many of the first rows are headers: those of `thead`, rows of `th`, or a first row whose
/// words are column headings.
fn head_rows(tree: &Tree, rows: &[Row], max_depth: usize) -> usize {
    let marked = rows
        .iter()
        .take_while(|row| {
            row.head
                || (!row.cells.is_empty() && row.cells.iter().all(|cell| tree.name(*cell) == "th"))
        })
        .count();
    if marked > 0 {
        return marked;
    }
    let known = rows.first().is_some_and(|row| {
        row.cells.len() > 1
            && row.cells.iter().all(|cell| {
                cell_text(tree, *cell, max_depth).is_some_and(|text| column(&text.text).is_some())
            })
    });
    usize::from(known)
}

/// The ids of header cells with their columns.
fn header_ids(tree: &Tree, rows: &[Row]) -> Vec<(String, usize)> {
    let [row] = rows else { return Vec::new() };
    row.cells
        .iter()
        .enumerate()
        .filter_map(|(column, cell)| Some((tree.attribute(*cell, "id")?.trim().to_owned(), column)))
        .collect()
}

/// The column a cell names itself, by its `headers` attribute.
fn named_column(tree: &Tree, cell: Id, ids: &[(String, usize)]) -> Option<usize> {
    let names = tree.attribute(cell, "headers")?;
    let mut columns = names
        .split_whitespace()
        .filter_map(|name| ids.iter().find(|(id, _)| id == name));
    columns.next().map(|(_, column)| *column)
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
}

/// Puts the cells of a row into columns.
fn lay_out(
    tree: &Tree,
    row: &Row,
    spans: &mut Spans,
    ids: &[(String, usize)],
    max_depth: usize,
) -> Vec<Cell> {
    let mut out = Vec::new();
    let before: Vec<bool> = spans.rows.iter().map(|rows| *rows > 0).collect();
    for rows in &mut spans.rows {
        *rows = rows.saturating_sub(1);
    }
    spans.wide = false;
    let mut column = 0;
    for cell in &row.cells {
        while before.get(column).copied().unwrap_or(false) {
            column += 1;
        }
        let wide = span(tree, *cell, "colspan");
        let high = span(tree, *cell, "rowspan");
        spans.wide |= wide > 1;
        let text = cell_text(tree, *cell, max_depth).unwrap_or_else(|| Text {
            lines: lines(tree, *cell, max_depth),
            ..Text::default()
        });
        let stands = named_column(tree, *cell, ids).unwrap_or(column);
        out.push(Cell {
            text,
            column: Some(stands),
        });
        let end = (column + wide).min(MAX_COLUMNS);
        if spans.rows.len() < end {
            spans.rows.resize(end, 0);
        }
        for rows in spans.rows.get_mut(column..end).unwrap_or_default() {
            *rows = high - 1;
        }
        column = end.max(column + 1);
    }
    out
}

fn span(tree: &Tree, cell: Id, name: &str) -> usize {
    tree.attribute(cell, name)
        .and_then(|value| value.trim().parse().ok())
        .unwrap_or(1)
        .clamp(1, 10_000)
}

/// The words of a cell: paragraphs and list items on lines of their own.
fn cell_text(tree: &Tree, id: Id, max_depth: usize) -> Option<Text> {
    let mut run = Run::default();
    words(tree, id, 0, max_depth, &mut run);
    run.take()
}

fn words(tree: &Tree, id: Id, depth: usize, max_depth: usize, run: &mut Run) {
    if depth > max_depth {
        return;
    }
    for child in tree.children(id) {
        let Some(node) = tree.node(*child) else {
            continue;
        };
        if let Data::Text(text) = &node.data {
            run.words(text, node.line);
            continue;
        }
        let name = tree.name(*child);
        match name {
            "script" | "style" => {}
            "br" => run.new_line(),
            "li" => {
                run.bullet();
                words(tree, *child, depth + 1, max_depth, run);
                run.new_line();
            }
            "a" => {
                let start = run.len();
                words(tree, *child, depth + 1, max_depth, run);
                if let Some(target) = tree.attribute(*child, "href") {
                    run.link(start, target);
                }
            }
            "sup" => {
                let start = run.len();
                words(tree, *child, depth + 1, max_depth, run);
                run.raised(start);
            }
            "p" | "div" | "ul" | "ol" | "dl" | "dt" | "dd" | "tr" | "table" | "pre" | "section"
            | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                // The first paragraph of a list item goes on after its bullet.
                if !run.at_bullet() {
                    run.new_line();
                }
                let list = matches!(name, "ul" | "ol");
                if list {
                    run.open_list();
                }
                words(tree, *child, depth + 1, max_depth, run);
                if list {
                    run.close_list();
                }
                run.new_line();
            }
            "td" | "th" => {
                words(tree, *child, depth + 1, max_depth, run);
                run.words(" ", node.line);
            }
            _ => words(tree, *child, depth + 1, max_depth, run),
        }
    }
}
