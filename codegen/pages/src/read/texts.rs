//! What a page says in words outside of its tables of fields.

use std::collections::HashSet;

use super::nest::structures;
use super::page::{Page, Placed};
use super::responses::row;
use super::rows::{TableRows, cell};
use super::{route, source};
use crate::block::{Block, Lines, Text};
use crate::facts::{Fact, SourceKind};
use crate::vocabulary::{
    Column, Meaning, Section, TableKind, Term, caption, is_none, is_of_status, leading_statuses,
    plain, section, table_number,
};

/// The texts of a page about the operation, or about a status. Headings, captions, request lines, examples,
/// what is said of calls and errors in general and what stands above the title are none, nor is a short line
/// with a date, which a publisher adds.
pub(super) fn texts(
    page: &Page<'_>,
    tables: &[TableRows<'_>],
    title: Option<&Fact<String>>,
) -> Vec<(Option<String>, Fact<String>)> {
    let title = title.and_then(|it| it.sources.first());
    let above = title.map_or(0, |it| it.lines.first);
    let rows = tables.iter().flat_map(|table| &table.rows);
    let named: HashSet<&str> = rows.flat_map(|row| structures(row)).collect();
    let mut current = StatusOfTexts::default();
    let told = page.texts().filter_map(|(placed, text)| {
        let about = current.status(placed, &text.text);
        let is_of_operation = about.is_none() && placed.status.is_none();
        let is_elsewhere = placed.section.is_some_and(|section| {
            let elsewhere = [
                Section::Calling,
                Section::Debugging,
                Section::SdkExample,
                Section::ErrorCodes,
            ];
            section.is_example()
                || elsewhere.contains(&section)
                || section == Section::Status && is_of_operation
        });
        let is_words = !matches!(placed.block, Block::Heading { .. }) && is_told(&text.text);
        // The name of a structure heads the table of its fields.
        let is_told = is_words
            && !is_elsewhere
            && text.lines.first >= above
            && !named.contains(text.text.trim());
        (is_told && (about.is_some() || is_of_operation)).then(|| (about, fact(text)))
    });
    let others = tables.iter().filter(|table| {
        let kinds = [TableKind::Status, TableKind::Other];
        kinds.contains(&table.kind) && !table.has(Column::Name)
    });
    let rows = others.flat_map(|table| table.cells.iter().map(move |cells| (table.kind, cells)));
    let rows = rows.flat_map(|(kind, cells)| {
        let status = cell(cells, Column::Status).is_some();
        let codes = row(cells).map(|(codes, _)| codes).filter(|_| status);
        let about = codes.and_then(|codes| codes.into_iter().next());
        // A row that names no status cannot be read, which is told.
        let is_lost = kind == TableKind::Status && about.is_none();
        let texts = cells.iter().filter(move |(kind, read)| {
            *kind != Some(Column::Status) && !read.text.text.is_empty() && !is_lost
        });
        // In a table that lost its end there may stand what heads the next, or leads elsewhere.
        texts.map(move |(_, read)| {
            let mut words = read.text.clone();
            while let Some((before, last)) = words.text.rsplit_once('\n')
                && (heads(last) || Term::ForDetails.begins(last).is_some())
            {
                words.text = before.trim_end().to_owned();
            }
            (about.clone(), fact(&words))
        })
    });
    told.chain(rows).collect()
}

/// Whether words head something else than they stand below.
fn heads(text: &str) -> bool {
    let known = caption(text).filter(|it| it.names.is_empty());
    section(text).is_some() || known.is_some() && !text.ends_with(['.', '。'])
}

/// The status that texts are about, one after the other.
#[derive(Default)]
struct StatusOfTexts {
    /// Where the last status was said.
    at: Option<Lines>,
    /// It, until something else is headed.
    about: Option<String>,
    /// Whether words of it were found.
    is_told: bool,
}

impl StatusOfTexts {
    /// The status that the next text is about.
    fn status(&mut self, placed: &Placed<'_>, text: &str) -> Option<String> {
        let status = placed.status.as_ref();
        let at = status.map(|it| it.lines);
        if at != self.at || status.is_none() && placed.section != Some(Section::Status) {
            self.at = at;
            // What is said of several is said of none alone.
            self.about = status.and_then(|it| it.only().cloned());
            self.is_told = false;
        }
        if is_of_status(text) {
            return None;
        }
        let is_headed = section(text).is_some() || self.is_told && heads(text);
        let names_others = Term::StatusLabel.begins(&plain(text)).is_some();
        match leading_statuses(text).into_iter().next() {
            Some(code) => self.about = Some(code),
            None if is_headed || names_others => self.about = None,
            None => {}
        }
        self.is_told = true;
        self.about.clone()
    }
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
        && !is_of_status(text)
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
