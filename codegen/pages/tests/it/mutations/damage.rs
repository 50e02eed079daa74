//! Damage to the tables of a written page, of the kinds extraction does in every form.

use crate::mutations::Sample;
use crate::mutations::claims::{Claims, Expected, route_gone};
use crate::mutations::doc::{Doc, Part};
use crate::mutations::judge::Case;
use crate::mutations::model::{Column, Form};
use crate::mutations::render::render;
use crate::mutations::words::Para;

/// All damage to the tables of a document, one at a time.
pub fn damages(doc: &Doc, expected: &Expected, sample: &mut Sample) -> Vec<Case> {
    let mut out = Damages {
        doc,
        expected,
        sample,
        out: Vec::new(),
    };
    let shapes: Vec<(usize, Vec<usize>)> = doc
        .tables()
        .map(|table| {
            (
                table.header.len(),
                table.rows.iter().map(|row| row.cells.len()).collect(),
            )
        })
        .collect();
    for (index, (columns, rows)) in shapes.iter().enumerate() {
        out.header(index, *columns);
        for (row, cells) in rows.iter().enumerate() {
            out.row(index, row, *cells);
        }
        out.flags(index);
    }
    out.parts();
    out.out
}

struct Damages<'d> {
    doc: &'d Doc,
    expected: &'d Expected,
    sample: &'d mut Sample,
    out: Vec<Case>,
}

impl Damages<'_> {
    fn damage(&mut self, what: String, excused: Claims, change: impl FnOnce(&mut Doc)) {
        if !self.sample.takes() {
            return;
        }
        let mut doc = self.doc.clone();
        change(&mut doc);
        let text = render(&doc).text();
        self.out.push(Case {
            what,
            text,
            expected: self.expected.clone(),
            excused,
        });
    }

    fn column(&self, table: usize, column: usize) -> Column {
        self.doc.tables().nth(table).unwrap().header[column]
            .as_ref()
            .unwrap()
            .0
    }

    fn said(&self, table: usize, row: usize) -> Claims {
        self.doc.tables().nth(table).unwrap().rows[row].said.clone()
    }

    fn all(&self, table: usize, row: usize) -> Claims {
        let line = &self.doc.tables().nth(table).unwrap().rows[row];
        line.own
            .iter()
            .chain(&line.said)
            .chain(&line.below)
            .cloned()
            .collect()
    }

    fn header(&mut self, table: usize, columns: usize) {
        for column in 0..columns {
            let kind = self.column(table, column);
            let excused = Claims::new();
            for (how, text) in [("renamed", "Zorble"), ("emptied", "")] {
                if text.is_empty() && self.doc.form == Form::Plain {
                    continue;
                }
                self.damage(
                    format!("table {table}: heading {kind:?} {how}"),
                    excused.clone(),
                    |doc| {
                        if let Some((_, head)) = &mut doc.table_mut(table).header[column] {
                            text.clone_into(head);
                        }
                    },
                );
            }
            if !matches!(self.doc.form, Form::Grid | Form::Simple) {
                self.damage(
                    format!("table {table}: heading {kind:?} lost"),
                    excused,
                    |doc| doc.table_mut(table).header[column] = None,
                );
            }
            for other in column + 1..columns {
                let what = format!(
                    "table {table}: headings {kind:?} and {:?} swapped",
                    self.column(table, other)
                );
                self.damage(what, Claims::new(), |doc| {
                    doc.table_mut(table).header.swap(column, other)
                });
            }
        }
        self.damage(
            format!("table {table}: caption lost"),
            Claims::new(),
            |doc| doc.table_mut(table).caption = None,
        );
    }

    fn row(&mut self, table: usize, row: usize, cells: usize) {
        let doc = self.doc;
        let drawn = matches!(doc.form, Form::Grid | Form::Simple);
        for column in 0..cells {
            let kind = self.column(table, column);
            if doc.tables().nth(table).unwrap().rows[row].cells[column].is_none() {
                continue;
            }
            let mut excused = if kind == Column::About {
                self.said(table, row)
            } else {
                Claims::new()
            };
            if kind == Column::Status && matches!(doc.form, Form::Plain | Form::Simple) {
                // What is left is a second paragraph of the status above: so rendered text goes on,
                // and so simple tables do by their very rules.
                excused = self.all(table, row);
            }
            if !drawn {
                self.damage(
                    format!("table {table} row {row}: cell {kind:?} lost"),
                    excused.clone(),
                    |doc| doc.table_mut(table).rows[row].cells[column] = None,
                );
            }
            if doc.form != Form::Plain {
                self.damage(
                    format!("table {table} row {row}: cell {kind:?} emptied"),
                    excused,
                    |doc| {
                        if let Some(cell) = &mut doc.table_mut(table).rows[row].cells[column] {
                            cell.paras = vec![Para::Text(String::new())];
                        }
                    },
                );
            }
            for other in column + 1..cells {
                let what = format!(
                    "table {table} row {row}: cells {kind:?} and {:?} swapped",
                    self.column(table, other)
                );
                self.damage(what, Claims::new(), |doc| {
                    doc.table_mut(table).rows[row].cells.swap(column, other)
                });
            }
        }
        if !drawn && cells > 2 {
            let excused = self.said(table, row);
            self.damage(
                format!("table {table} row {row}: cut in half"),
                excused,
                |doc| doc.table_mut(table).rows[row].cells[cells / 2..].fill(None),
            );
        }
        let excused = self.all(table, row);
        self.damage(format!("table {table} row {row}: lost"), excused, |doc| {
            doc.table_mut(table).rows.remove(row);
        });
    }

    /// Every answer to "mandatory?" lost, as extraction loses single characters.
    fn flags(&mut self, table: usize) {
        let Some(column) = self
            .doc
            .tables()
            .nth(table)
            .unwrap()
            .header
            .iter()
            .flatten()
            .position(|(column, _)| *column == Column::Required)
        else {
            return;
        };
        self.damage(
            format!("table {table}: all flags lost"),
            Claims::new(),
            |doc| {
                for row in &mut doc.table_mut(table).rows {
                    row.cells[column] = None;
                }
            },
        );
    }

    /// Headings, status lines, routes, whole tables, and examples that are no JSON.
    fn parts(&mut self) {
        let mut tables = 0;
        for (at, part) in self.doc.parts.iter().enumerate() {
            let (what, excused) = match part {
                Part::Table(table) => {
                    let all = table
                        .rows
                        .iter()
                        .flat_map(|row| row.own.iter().chain(&row.said).chain(&row.below))
                        .cloned()
                        .collect();
                    tables += 1;
                    (format!("table {} lost", tables - 1), all)
                }
                Part::Heading(text) => (format!("heading {text} lost"), Claims::new()),
                Part::Status(text) => (format!("line {text} lost"), Claims::new()),
                Part::Route(text) => {
                    let (excused, extra) = route_gone(text, &self.expected.must);
                    self.damage(format!("route {text} lost"), excused, |doc| {
                        doc.parts.remove(at);
                    });
                    self.out.last_mut().unwrap().expected.may.extend(extra);
                    continue;
                }
                Part::Code(text) => {
                    let text = text.clone();
                    self.examples(at, &text);
                    continue;
                }
                Part::Title(_) | Part::Para(_) => continue,
            };
            self.damage(what, excused, |doc| {
                doc.parts.remove(at);
            });
        }
    }

    fn examples(&mut self, at: usize, text: &str) {
        for mark in ['{', '}', '"', ':', ','] {
            for (nth, (index, _)) in text.match_indices(mark).enumerate().step_by(3) {
                let mut broken = text.to_owned();
                broken.remove(index);
                self.damage(
                    format!("example {at}: '{mark}' number {nth} lost"),
                    Claims::new(),
                    |doc| doc.parts[at] = Part::Code(broken),
                );
            }
        }
        self.damage(format!("example {at} lost"), Claims::new(), |doc| {
            doc.parts.remove(at);
        });
    }
}
