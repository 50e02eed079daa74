//! What a page says in words outside of its tables of fields.

use super::kind::TableKind;
use super::page::Page;
use super::responses::row;
use super::rows::{TableRows, cell};
use super::{route, source};
use crate::block::{Block, Text};
use crate::facts::{Fact, SourceKind};
use crate::vocabulary::{Column, Meaning, Section, Term, is_none, status_code, table_number};

/// The texts of a page about the operation, or about a status. Headings, captions, request lines, examples
/// and what is said of calls in general are none, nor is a short line with a date, which a publisher adds.
pub(super) fn texts(
    page: &Page<'_>,
    tables: &[TableRows<'_>],
) -> Vec<(Option<String>, Fact<String>)> {
    let told = page.texts().filter(|(placed, text)| {
        let is_elsewhere = placed.section.is_some_and(|section| {
            section.is_example() || matches!(section, Section::Calling | Section::Debugging)
        });
        let is_words = !matches!(placed.block, Block::Heading { .. }) && is_told(&text.text);
        is_words && !is_elsewhere
    });
    let told = told.map(|(placed, text)| {
        let about = placed.status.as_ref().map(|status| status.code.clone());
        (about, fact(text))
    });
    let others = tables.iter().filter(|table| {
        let kinds = [TableKind::Status, TableKind::ErrorCodes, TableKind::Other];
        kinds.contains(&table.kind) && !table.has(Column::Name)
    });
    let rows = others.flat_map(|table| &table.cells).flat_map(|cells| {
        let status = cell(cells, Column::Status).is_some();
        let codes = row(cells).map(|(codes, _)| codes).filter(|_| status);
        let about = codes.and_then(|codes| codes.into_iter().next());
        let texts = cells.iter().filter(move |(kind, read)| {
            *kind != Some(Column::Status) && !read.text.text.is_empty()
        });
        texts.map(move |(_, read)| (about.clone(), fact(read.text)))
    });
    told.chain(rows).collect()
}

fn fact(text: &Text) -> Fact<String> {
    Fact::new(text.text.clone(), source(SourceKind::Prose, text.lines))
}

/// Whether a text says something of its own.
fn is_told(text: &str) -> bool {
    let lower = text.to_lowercase();
    let label = Term::Published.begins(&lower);
    let (most, day) = label.map_or((MOST_BESIDES_DAY / 4, lower.as_str()), |(_, day)| {
        (MOST_BESIDES_DAY, day)
    });
    let numbers = || {
        day.split(|it: char| !it.is_ascii_digit())
            .filter(|it| !it.is_empty())
    };
    let is_year = |it: &str| it.len() == 4 && it.starts_with(['1', '2']);
    let is_stamp = day.chars().filter(|it| it.is_alphabetic()).count() <= most
        && numbers().any(is_year)
        && numbers().nth(1).is_some();
    let is_caption = table_number(text.trim_start_matches('*')).is_some();
    !is_none(text)
        && !is_stamp
        && !is_caption
        && status_code(text).is_none()
        && route::request_lines(text).is_empty()
}

/// How many letters, of a month and a time zone, stand beside a day that a label announces; by itself it
/// has a fourth of them.
const MOST_BESIDES_DAY: usize = 12;

#[cfg(test)]
mod tests {
    use super::is_told;

    #[test]
    fn a_day_by_itself_or_behind_its_label_is_no_text() {
        for (text, expected) in [
            ("Updated on 2026-01-02 GMT+08:00", false),
            ("Last updated: September 3, 2026", false),
            ("更新时间：2026/01/02 GMT+08:00", false),
            ("Actualizado el 2026-01-02", false),
            ("2026-01-02", false),
            ("本接口2027年6月30日后不可用。", true),
            ("仅支持2020年之后的水尺。", true),
            ("Gauges of 2020 only.", true),
            ("Updated limits: 5000.", true),
            ("Published on port 8080.", true),
            ("不超过2000。", true),
            ("Updated on 2026-01-02: only gauges of that day.", true),
            ("无", false),
        ] {
            assert_eq!(is_told(text), expected, "{text}");
        }
    }
}
