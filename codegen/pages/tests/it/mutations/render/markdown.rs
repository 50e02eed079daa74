//! Markdown, its tables in HTML or with bars.

use super::html::body;
use super::{File, Origin, named};
use crate::mutations::doc::{Doc, Part, Table};
use crate::mutations::model::Form;
use crate::mutations::words::{Para, Words};

pub fn page(doc: &Doc) -> File {
    let mut out = File::default();
    let mut tables = 0;
    for (at, part) in doc.parts.iter().enumerate() {
        match part {
            Part::Title(text) => out.line(
                Origin::Part(at),
                format!("# {text}<a name=\"tide_0001\"></a>"),
            ),
            Part::Heading(text) => out.line(
                Origin::Part(at),
                format!("## {text}<a name=\"section{at}\"></a>"),
            ),
            Part::Para(text) => out.line(Origin::Nothing, text),
            Part::Route(text) => out.line(
                Origin::Part(at),
                text.replace('_', "\\_")
                    .replace('{', "\\{")
                    .replace('}', "\\}"),
            ),
            Part::Status(text) => out.line(Origin::Part(at), format!("**{}**", text.trim())),
            Part::Code(text) => out.line(Origin::Code(at), format!("```\n{text}\n```")),
            Part::Table(table) => {
                if let Some(caption) = &table.caption {
                    out.line(
                        Origin::Caption(tables),
                        format!(
                            "**{} {}**  {caption}",
                            doc.words().table.trim(),
                            table.number
                        ),
                    );
                    out.blank();
                }
                if doc.form == Form::MarkdownHtml {
                    out.line(
                        Origin::Frame(tables),
                        format!("<a name=\"table{}\"></a>", table.number),
                    );
                    out.line(Origin::Frame(tables), "<table>");
                    body(table, tables, doc.words(), "#table", &mut out);
                } else {
                    bars(table, tables, doc.words(), &mut out);
                }
                tables += 1;
            }
        }
        out.blank();
    }
    out
}

fn bars(table: &Table, index: usize, words: &Words, out: &mut File) {
    let heads: String = table
        .header
        .iter()
        .flatten()
        .map(|(_, head)| format!("{head}|"))
        .collect();
    out.line(Origin::Head(index, 0), format!("|{heads}"));
    out.line(
        Origin::Frame(index),
        format!("|{}", "--|".repeat(table.header.iter().flatten().count())),
    );
    for (at, row) in table.rows.iter().enumerate() {
        let cells: String = row
            .cells
            .iter()
            .flatten()
            .map(|cell| format!("{}|", flat(&cell.paras, words)))
            .collect();
        out.line(Origin::Row(index, at, None), format!("|{cells}"));
    }
}

/// A cell in one line: lists run together.
fn flat(paras: &[Para], words: &Words) -> String {
    let texts = paras.iter().map(|para| match para {
        Para::Text(text) => named(text, words),
        Para::List(items) => items.concat(),
    });
    texts.collect::<Vec<_>>().join(" ").replace('|', "\\|")
}
