//! The forms that are text: that their tables come out with every cell in its column, and that a
//! cell that was lost moves no other.

mod pipe;
mod plain;
mod restructured;

use huaweicloud_pages::block::{Block, Cell, Table};
use huaweicloud_pages::form::{Form, blocks, detect};

/// The blocks of a page, after checking that its form is told.
fn page(text: &str, form: Form) -> Vec<Block> {
    assert_eq!(detect("gauge.txt", text), form, "the form of\n{text}");
    blocks(text, form).expect("a page")
}

fn tables(text: &str, form: Form) -> Vec<Table> {
    page(text, form)
        .into_iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

/// The rows of the only table: `column=text` a cell, `?` for a column that is not known.
fn rows(text: &str, form: Form) -> Vec<String> {
    let tables = tables(text, form);
    assert_eq!(tables.len(), 1, "{tables:?}");
    let table = tables.first().unwrap();
    assert_eq!(table.broken, None);
    table.rows.iter().map(|row| shown(row)).collect()
}

fn shown(row: &[Cell]) -> String {
    let cell = |cell: &Cell| {
        let column = cell
            .column
            .map_or("?".to_owned(), |column| column.to_string());
        format!("{column}={}", cell.text.text.replace('\n', "/"))
    };
    row.iter().map(cell).collect::<Vec<_>>().join(" ")
}

fn headings(text: &str, form: Form) -> Vec<(u8, String)> {
    page(text, form)
        .into_iter()
        .filter_map(|block| match block {
            Block::Heading { level, text } => Some((level, text.text)),
            _ => None,
        })
        .collect()
}

fn listings(text: &str, form: Form) -> Vec<String> {
    page(text, form)
        .into_iter()
        .filter_map(|block| match block {
            Block::Code(text) => Some(text.text),
            _ => None,
        })
        .collect()
}

#[test]
fn html_whose_words_fell_out_of_a_table_is_broken() {
    let table = "<table><tr><th>Name</th><th>Type</th></tr>\n<tr><td>id</td>\n<td>String</td></tr>\n</table>\n";
    let page = format!("# Gauges\n\n{table}");
    assert!(
        tables(&page, Form::Markdown)
            .iter()
            .all(|table| table.broken.is_none())
    );
    let lost = page.replace("<td>String</td>", "String</td>");
    let lost = lost.replace("<tr><td>id</td>\n", "<tr><td>id</td></tr><tr>\n");
    assert!(
        tables(&lost, Form::Markdown)
            .iter()
            .all(|table| table.broken.is_some()),
        "{lost}"
    );
}
