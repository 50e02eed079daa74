//! Text with bars, in its four dialects. Lists inside cells are lost in all of them.

use super::{File, Origin, named};
use crate::mutations::doc::{Cell, Doc, Part, Table};
use crate::mutations::model::Form;
use crate::mutations::words::{Para, Words};

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
            Part::Code(text) => {
                // Indentation is lost with the rest of the rendering.
                let lines: Vec<&str> = text
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty())
                    .collect();
                out.line(Origin::Code(at), lines.join("\n"));
            }
            Part::Table(table) => {
                if let Some(caption) = &table.caption {
                    out.line(
                        Origin::Caption(tables),
                        format!("{}{} {caption}", doc.words().table, table.number),
                    );
                }
                self::table(doc, table, tables, &mut out);
                tables += 1;
            }
        }
    }
    out
}

fn table(doc: &Doc, table: &Table, index: usize, out: &mut File) {
    let bar = if doc.form == Form::PipeBars { "|" } else { "" };
    let heads = table
        .header
        .iter()
        .enumerate()
        .filter_map(|(at, head)| Some((at, head.as_ref()?.1.clone())));
    let heads: Vec<(usize, String)> = heads.collect();
    let count = heads.len();
    let (rows, open) = (
        matches!(doc.form, Form::PipeRows | Form::OpenRows),
        doc.form == Form::OpenRows,
    );
    let joined = |cells: Vec<String>| cells.join(" | ") + if open { "" } else { " |" };
    if rows {
        let heads = heads.into_iter().map(|(_, head)| head).collect();
        out.line(Origin::Head(index, 0), joined(heads));
    } else {
        if !bar.is_empty() {
            out.line(Origin::Frame(index), bar);
        }
        for (at, head) in heads {
            out.line(Origin::Head(index, at), format!("{head} |"));
        }
    }
    let rule = if open {
        vec!["---"; count].join("|")
    } else {
        format!("{bar}{}", "---|".repeat(count))
    };
    out.line(Origin::Frame(index), rule);
    for (at, row) in table.rows.iter().enumerate() {
        if rows {
            let cells = row.cells.iter().flatten();
            let cells = cells.map(|cell| flat(cell, doc.words())).collect();
            out.line(Origin::Row(index, at, None), joined(cells));
            continue;
        }
        if !bar.is_empty() {
            out.line(Origin::Frame(index), bar);
        }
        for (column, cell) in row.cells.iter().enumerate() {
            if let Some(cell) = cell {
                out.line(
                    Origin::Row(index, at, Some(column)),
                    format!("{} |", flat(cell, doc.words())),
                );
            }
        }
    }
}

fn flat(cell: &Cell, words: &Words) -> String {
    let texts = cell.paras.iter().filter_map(|para| match para {
        Para::Text(text) => Some(named(text, words)),
        Para::List(_) => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}
