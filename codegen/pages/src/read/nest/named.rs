//! The tables whose captions name the rows whose fields they hold.

use std::collections::HashMap;

use super::{Links, Nested, RowId, Shape, holds_fields, numbered, responses, structures};
use crate::read::rows::TableRows;
use crate::vocabulary::TableKind;

/// Rows by a word, as it is written and as captions may change it.
#[derive(Default)]
struct Index<'n, 't, 'b>(HashMap<String, Vec<(&'t str, &'n Nested<'t, 'b>)>>);

impl<'n, 't, 'b> Index<'n, 't, 'b> {
    fn add(&mut self, word: &'t str, row: &'n Nested<'t, 'b>) {
        self.0.entry(bare(word)).or_default().push((word, row));
    }

    /// The rows with a word, to the letter or nearly so.
    fn rows(&self, word: &str, exact: bool) -> impl Iterator<Item = &'n Nested<'t, 'b>> {
        let rows = self.0.get(&bare(word)).into_iter().flatten();
        let rows = rows.filter(move |(own, _)| !exact || *own == word);
        rows.map(|(_, row)| *row)
    }
}

/// Links the tables whose captions name a row, or the structure in its type.
pub(super) fn by_name(tables: &[TableRows<'_>], rows: &[Nested<'_, '_>], links: &mut Links) {
    let mut named = Index::default();
    let mut typed = Index::default();
    for nested in rows {
        named.add(&nested.row.name, nested);
        for word in structures(nested.row) {
            typed.add(word, nested);
        }
    }
    let mut called: HashMap<&str, Vec<usize>> = HashMap::new();
    for table in tables.iter().filter(|table| holds_fields(table)) {
        called
            .entry(label(table))
            .or_default()
            .push(table.at.number);
    }
    for table in tables.iter().filter(|table| holds_fields(table)) {
        let number = table.at.number;
        if links.is_claimed(number) {
            continue;
        }
        let side = responses(table);
        let names = caption_names(table);
        let rows = |(index, exact, once): &(&Index<'_, '_, '_>, bool, bool), name: &String| {
            let open = index.rows(name, *exact).filter(|nested| {
                nested.id.0 != number
                    && nested.responses == side
                    && !links.children.contains_key(&nested.id)
            });
            // The last row above that has a name and may hold fields, when its table has only one.
            let fits = |nested: &&Nested<'_, '_>| {
                !once || nested.shape != Shape::Unknown && nested.id.0 < number
            };
            let mut rows: Vec<RowId> = open.filter(fits).map(|it| it.id).collect();
            // A structure that is told again, for another status, is that of the rows above it.
            let again = called.get(label(table)).map_or(&[][..], Vec::as_slice);
            rows.retain(|row| {
                let below = again.iter().find(|number| **number > row.0);
                below
                    .or(again.last())
                    .is_none_or(|nearest| *nearest == number)
            });
            if *once {
                let last = rows.iter().map(|row| row.0).max();
                rows.retain(|row| Some(row.0) == last);
                rows.truncate(usize::from(rows.len() == 1));
            }
            rows
        };
        // The structure in the type, as often as it occurs, or the name of a field, once; nearly so
        // when nothing is called that to the letter.
        let ways = [
            (&typed, true, false),
            (&named, true, true),
            (&named, false, true),
            (&typed, false, false),
        ];
        // A table that stands by itself is only that of a field named so.
        let nested = table.kind == TableKind::Nested;
        let ways = ways
            .iter()
            .filter(|(_, exact, once)| nested || *exact && *once);
        let mut found = ways.map(|way| names.iter().flat_map(|name| rows(way, name)).collect());
        let found: Vec<RowId> = match dotted(table, tables, &named, links) {
            Some(row) => vec![row],
            None => found
                .find(|rows: &Vec<_>| !rows.is_empty())
                .unwrap_or_default(),
        };
        for id in found {
            links.link(id, number);
        }
    }
}

/// A name without what the words of a caption change in it: `Gauges` for `gauge`, `FlowLog` for
/// `flow_log`.
fn bare(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    let name: String = letters.flat_map(char::to_lowercase).collect();
    name.strip_suffix('s').map_or(name.clone(), str::to_owned)
}

/// The row that a caption with dots names by its whole path: `password` of the table that is
/// captioned `auth.identity`, in `auth.identity.password`.
fn dotted(
    table: &TableRows<'_>,
    tables: &[TableRows<'_>],
    named: &Index<'_, '_, '_>,
    links: &Links,
) -> Option<RowId> {
    let names = caption_names(table);
    let path = names
        .iter()
        .find(|name| name.contains('.'))?
        .replace("[]", "");
    let (outer, last) = path.rsplit_once('.')?;
    let side = responses(table);
    let open = |nested: &&Nested<'_, '_>| {
        crate::steps::count(1);
        nested.responses == side
            && nested.id.0 != table.at.number
            && !links.children.contains_key(&nested.id)
    };
    let within = |nested: &&Nested<'_, '_>| {
        numbered(tables, nested.id.0).is_some_and(|above| {
            let above = caption_names(above);
            above.iter().any(|name| name.replace("[]", "") == outer)
        })
    };
    let mut inside = named.rows(last, true).filter(open).filter(within);
    let only = inside.next()?;
    inside.next().is_none().then_some(only.id)
}

/// The words that head a table.
pub(super) fn label<'t>(table: &'t TableRows<'_>) -> &'t str {
    let heading = table.at.heading();
    heading.map_or("", |heading| heading.words.as_str())
}

/// The words that head a table, one by one.
pub(super) fn words<'t>(table: &'t TableRows<'_>) -> impl Iterator<Item = &'t str> {
    let parts = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | ':' | '.');
    label(table).split(parts)
}

/// The names a caption could give: its own words, and its first when the rest describes.
pub(super) fn caption_names(table: &TableRows<'_>) -> Vec<String> {
    let Some(caption) = table.at.heading() else {
        return Vec::new();
    };
    let mut names = caption.names.clone();
    let first: String = caption
        .words
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
        .collect();
    if !first.is_empty() && !names.contains(&first) {
        names.push(first);
    }
    names
}
