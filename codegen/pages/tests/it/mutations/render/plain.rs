//! Rendered text with one cell a line, parted by blank lines.

use super::{File, Origin, named};
use crate::mutations::doc::{Cell, Doc, Part, Table};
use crate::mutations::words::Para;

pub fn page(doc: &Doc) -> File {
    let mut out = File::default();
    let mut tables = 0;
    for (at, part) in doc.parts.iter().enumerate() {
        match part {
            Part::Title(text) | Part::Heading(text) | Part::Route(text) => {
                out.line(Origin::Part(at), text)
            }
            Part::Status(text) => out.line(Origin::Part(at), text.trim()),
            Part::Para(text) => out.line(Origin::Nothing, text),
            Part::Code(text) => out.line(Origin::Code(at), text),
            Part::Table(table) => {
                self::table(doc, table, tables, &mut out);
                tables += 1;
                continue;
            }
        }
        out.blank();
    }
    out
}

fn table(doc: &Doc, table: &Table, index: usize, out: &mut File) {
    let indent = if table.iam { "    " } else { "" };
    if let Some(caption) = &table.caption {
        out.line(
            Origin::Caption(index),
            format!("{}{} {caption}", doc.words().table, table.number),
        );
        out.blank();
    }
    for (column, head) in table.header.iter().enumerate() {
        let Some((_, head)) = head else { continue };
        out.line(Origin::Head(index, column), format!("{indent}{head}"));
        out.blank();
    }
    for (at, row) in table.rows.iter().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            if let Some(cell) = cell {
                self::cell(doc, cell, (index, at, column), indent, out);
            }
        }
    }
}

fn cell(
    doc: &Doc,
    cell: &Cell,
    (table, row, column): (usize, usize, usize),
    indent: &str,
    out: &mut File,
) {
    for (at, para) in cell.paras.iter().enumerate() {
        let origin = if at == 0 {
            Origin::Row(table, row, Some(column))
        } else {
            Origin::About(table, row, column, false)
        };
        match para {
            Para::Text(text) => out.line(origin, format!("{indent}{}", named(text, doc.words()))),
            Para::List(items) => items
                .iter()
                .for_each(|item| out.line(origin, format!("{indent}  • {item}"))),
        }
        out.blank();
    }
}
