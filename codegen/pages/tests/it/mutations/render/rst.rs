//! reStructuredText with grid tables, or with simple ones.

use unicode_width::UnicodeWidthStr;

use super::{File, Origin, refer};
use crate::mutations::doc::{Cell, Doc, Part, Table};
use crate::mutations::model::Form;
use crate::mutations::words::{Para, Words};

pub fn page(doc: &Doc) -> File {
    let mut out = File::default();
    out.line(
        Origin::Nothing,
        ":original_name: tide_0001.html\n\n.. _tide_0001:\n",
    );
    let mut tables = 0;
    for (at, part) in doc.parts.iter().enumerate() {
        match part {
            Part::Title(text) => out.line(
                Origin::Part(at),
                format!("{text}\n{}", "=".repeat(text.width())),
            ),
            Part::Heading(text) => out.line(
                Origin::Part(at),
                format!("{text}\n{}", "-".repeat(text.width())),
            ),
            Part::Para(text) => out.line(Origin::Nothing, text),
            Part::Route(text) => out.line(Origin::Part(at), text),
            Part::Status(text) => out.line(Origin::Part(at), format!("**{}**", text.trim())),
            Part::Code(text) => {
                out.line(Origin::Code(at), ".. code-block::");
                out.blank();
                for line in text.lines() {
                    out.line(
                        Origin::Code(at),
                        if line.is_empty() {
                            String::new()
                        } else {
                            format!("   {line}")
                        },
                    );
                }
            }
            Part::Table(table) => {
                self::table(doc, table, tables, &mut out);
                tables += 1;
            }
        }
        out.blank();
    }
    out
}

fn table(doc: &Doc, table: &Table, index: usize, out: &mut File) {
    out.line(
        Origin::Frame(index),
        format!(".. _tide_0001__table{}:", table.number),
    );
    out.blank();
    let mut indent = "";
    if let Some(caption) = &table.caption {
        out.line(
            Origin::Caption(index),
            format!(
                ".. table:: **{}{}** {caption}",
                doc.words().table,
                table.number
            ),
        );
        out.blank();
        indent = "   ";
    }
    let heads: Vec<String> = table
        .header
        .iter()
        .map(|head| {
            head.as_ref()
                .map_or_else(String::new, |(_, head)| head.clone())
        })
        .collect();
    if doc.form == Form::Simple {
        simple(doc, table, index, indent, &heads, out);
    } else {
        grid(doc, table, index, indent, &heads, out);
    }
}

fn linked(text: &str, words: &Words) -> String {
    refer(text, words, |name, number| {
        format!(":ref:`{name} <tide_0001__table{number}>`")
    })
}

/// The lines of a cell in a grid.
fn lines(cell: Option<&Cell>, words: &Words) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for para in cell.into_iter().flat_map(|cell| &cell.paras) {
        if !out.is_empty() {
            out.push(String::new());
        }
        match para {
            Para::Text(text) => out.push(escape(&linked(text, words))),
            Para::List(items) => {
                out.extend(items.iter().map(|item| format!("-  {}", escape(item))))
            }
        }
    }
    out
}

/// Stars and underscores would be markup.
fn escape(text: &str) -> String {
    text.replace('*', "\\*").replace("_=", "\\_=")
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn grid(doc: &Doc, table: &Table, index: usize, indent: &str, heads: &[String], out: &mut File) {
    let rows: Vec<Vec<Vec<String>>> = table
        .rows
        .iter()
        .map(|row| {
            row.cells
                .iter()
                .map(|cell| lines(cell.as_ref(), doc.words()))
                .collect()
        })
        .collect();
    let widths: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(at, head)| {
            rows.iter()
                .filter_map(|row| row.get(at))
                .flatten()
                .map(|line| line.width())
                .max()
                .unwrap_or(0)
                .max(head.width())
        })
        .collect();
    let border = |mark: &str| -> String {
        std::iter::once("+".to_owned())
            .chain(
                widths
                    .iter()
                    .map(|width| format!("{}+", mark.repeat(width + 2))),
            )
            .collect()
    };
    let drawn = |texts: Vec<&str>| -> String {
        let cells: String = widths
            .iter()
            .enumerate()
            .map(|(at, width)| format!(" {} |", pad(texts.get(at).unwrap_or(&""), *width)))
            .collect();
        format!("{indent}|{cells}")
    };
    out.line(Origin::Frame(index), format!("{indent}{}", border("-")));
    out.line(
        Origin::Head(index, 0),
        drawn(heads.iter().map(String::as_str).collect()),
    );
    out.line(Origin::Frame(index), format!("{indent}{}", border("=")));
    for (at, row) in rows.iter().enumerate() {
        let height = row.iter().map(Vec::len).max().unwrap_or(1);
        for line in 0..height {
            let texts = row
                .iter()
                .map(|cell| cell.get(line).map_or("", String::as_str))
                .collect();
            let about = row.len() - 1;
            let origin = if line == 0 {
                Origin::Row(index, at, None)
            } else {
                Origin::About(index, at, about, false)
            };
            out.line(origin, drawn(texts));
        }
        out.line(Origin::Frame(index), format!("{indent}{}", border("-")));
    }
}

fn simple(doc: &Doc, table: &Table, index: usize, indent: &str, heads: &[String], out: &mut File) {
    let flat = |cell: Option<&Cell>| {
        lines(cell, doc.words())
            .into_iter()
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| flat(cell.as_ref())).collect())
        .collect();
    let widths: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(at, head)| {
            rows.iter()
                .filter_map(|row| row.get(at))
                .map(|cell| cell.width())
                .max()
                .unwrap_or(0)
                .max(head.width())
                .max(2)
        })
        .collect();
    let border: Vec<String> = widths.iter().map(|width| "=".repeat(*width)).collect();
    let border = format!("{indent}{}", border.join(" "));
    let drawn = |texts: &[String]| {
        let cells: Vec<String> = widths
            .iter()
            .zip(texts)
            .map(|(width, text)| pad(text, *width))
            .collect();
        format!("{indent}{}", cells.join(" ").trim_end())
    };
    out.line(Origin::Frame(index), border.clone());
    out.line(Origin::Head(index, 0), drawn(heads));
    out.line(Origin::Frame(index), border.clone());
    for (at, row) in rows.iter().enumerate() {
        out.line(Origin::Row(index, at, None), drawn(row));
    }
    out.line(Origin::Frame(index), border);
}
