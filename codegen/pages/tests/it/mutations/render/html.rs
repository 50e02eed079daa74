//! HTML as the publishing tool writes it.

use super::{File, Origin, refer};
use crate::mutations::doc::{Cell, Doc, Part, Table};
use crate::mutations::words::{Para, Words};

pub fn page(doc: &Doc) -> File {
    let mut out = File::default();
    out.line(
        Origin::Nothing,
        "<a name=\"tide_0001\"></a><a name=\"tide_0001\"></a>",
    );
    out.blank();
    let mut open = false;
    let mut tables = 0;
    for (at, part) in doc.parts.iter().enumerate() {
        match part {
            Part::Title(text) => {
                out.line(
                    Origin::Part(at),
                    format!("<h1 class=\"topictitle1\">{}</h1>", escape(text)),
                );
                out.line(Origin::Nothing, "<div id=\"body1\">");
            }
            Part::Heading(text) => {
                if open {
                    out.line(Origin::Nothing, "</div>");
                }
                open = true;
                out.line(Origin::Part(at), format!("<div class=\"section\" id=\"tide_0001__section{at}\"><h4 class=\"sectiontitle\">{}</h4>", escape(text)));
            }
            Part::Para(text) => out.line(
                Origin::Nothing,
                format!("<p id=\"tide_0001__p{at}\">{}</p>", escape(text)),
            ),
            Part::Route(text) => out.line(
                Origin::Part(at),
                format!("<p id=\"tide_0001__p{at}\">{}</p>", escape(text)),
            ),
            Part::Status(text) => out.line(
                Origin::Part(at),
                format!(
                    "<p id=\"tide_0001__p{at}\"><strong>{}</strong></p>",
                    escape(text)
                ),
            ),
            Part::Code(text) => out.line(
                Origin::Code(at),
                format!("<pre class=\"screen\">{}</pre>", escape(text)),
            ),
            Part::Table(table) => {
                let anchor = format!("tide_0001__table{}", table.number);
                out.line(
                    Origin::Frame(tables),
                    format!("<div class=\"tablenoborder\"><a name=\"{anchor}\"></a>"),
                );
                let caption = table.caption.as_ref().map(|words| {
                    format!(
                        "<caption><b>{}{} </b>{}</caption>",
                        doc.words().table,
                        table.number,
                        escape(words)
                    )
                });
                let start = format!(
                    "<table cellpadding=\"4\" cellspacing=\"0\" summary=\"\" id=\"{anchor}\" frame=\"border\" border=\"1\" rules=\"all\">"
                );
                out.line(
                    if caption.is_some() {
                        Origin::Caption(tables)
                    } else {
                        Origin::Frame(tables)
                    },
                    format!("{start}{}", caption.unwrap_or_default()),
                );
                body(table, tables, doc.words(), "#tide_0001__table", &mut out);
                out.line(Origin::Frame(tables), "</div>");
                tables += 1;
            }
        }
    }
    out.line(Origin::Nothing, "</div>");
    out.line(Origin::Nothing, "</div>");
    out
}

/// From the head of a table to its end.
pub fn body(table: &Table, index: usize, words: &Words, target: &str, out: &mut File) {
    out.line(Origin::Frame(index), "<thead align=\"left\"><tr>");
    for (column, head) in table.header.iter().enumerate() {
        let Some((_, head)) = head else { continue };
        out.line(
            Origin::Head(index, column),
            format!(
                "<th class=\"cellrowborder\" valign=\"top\" width=\"25%\"><p>{}</p>",
                escape(head)
            ),
        );
        out.line(Origin::Head(index, column), "</th>");
    }
    out.line(Origin::Frame(index), "</tr>");
    out.line(Origin::Frame(index), "</thead>");
    out.line(Origin::Frame(index), "<tbody>");
    for (at, line) in table.rows.iter().enumerate() {
        out.line(Origin::Row(index, at, None), "<tr>");
        for (column, cell) in line.cells.iter().enumerate() {
            if let Some(cell) = cell {
                self::cell(cell, (index, at, column), words, target, out);
            }
        }
        out.line(Origin::Row(index, at, None), "</tr>");
    }
    out.line(Origin::Frame(index), "</tbody>");
    out.line(Origin::Frame(index), "</table>");
}

fn cell(
    cell: &Cell,
    (table, row, column): (usize, usize, usize),
    words: &Words,
    target: &str,
    out: &mut File,
) {
    let mut start = "<td class=\"cellrowborder\" valign=\"top\" width=\"25%\">".to_owned();
    let own = Origin::Row(table, row, Some(column));
    for (at, para) in cell.paras.iter().enumerate() {
        let origin = if at == 0 {
            own
        } else {
            Origin::About(table, row, column, false)
        };
        let text = match para {
            Para::Text(text) => format!(
                "<p>{}</p>",
                refer(&escape(text), words, |name, number| format!(
                    "<a href=\"{target}{number}\">{name}</a>"
                ))
            ),
            Para::List(items) => {
                let items: String = items
                    .iter()
                    .map(|item| format!("<li>{}</li>", escape(item)))
                    .collect();
                format!("<ul>{items}</ul>")
            }
        };
        out.line(origin, std::mem::take(&mut start) + &text);
    }
    out.line(own, start + "</td>");
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
