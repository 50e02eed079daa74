//! Paragraphs that are the cells of a table, and the table they make.

use super::lines::text;
use super::prose::join;
use super::rebuild::{Columns, Names, Unit};
use crate::block::{Cell, Lines, Table, Text};

/// A paragraph of the page.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub text: String,
    pub lines: Lines,
    pub indent: usize,
    pub list: bool,
}

/// A table from its headings and cells in their order.
pub(super) fn table(
    heads: &[Paragraph],
    inside: &[Paragraph],
    caption: Option<Text>,
    names: &Names,
) -> Table {
    let headings: Vec<String> = heads.iter().map(|unit| unit.text.clone()).collect();
    let header = heads
        .iter()
        .enumerate()
        .map(|(index, unit)| Cell {
            text: text(unit.text.clone(), unit.lines),
            column: Some(index),
        })
        .collect();
    let units: Vec<Unit> = inside
        .iter()
        .map(|unit| Unit {
            text: unit.text.clone(),
            lines: unit.lines,
            list: unit.list,
        })
        .collect();
    let columns = Columns::new(&headings, names);
    let first = caption
        .as_ref()
        .map(|caption| caption.lines)
        .or_else(|| heads.first().map(|unit| unit.lines))
        .unwrap_or_default();
    let last = inside
        .last()
        .or(heads.last())
        .map(|unit| unit.lines)
        .unwrap_or_default();
    let mut table = Table {
        caption,
        header,
        lines: join(first, last),
        ..Table::default()
    };
    if columns.anchored() {
        table.rows = columns.rows(&units);
    } else {
        table.broken = Some("the column that names the rows is missing".to_owned());
        table.rows = units
            .into_iter()
            .map(|unit| {
                vec![Cell {
                    text: text(unit.text, unit.lines),
                    column: None,
                }]
            })
            .collect();
    }
    table
}
