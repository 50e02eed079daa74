//! The tables that rows say their fields stand in.

use std::collections::{HashMap, HashSet};

use super::named::{caption_names, label, words};
use super::{Links, Nested, Shape, holds_fields, numbered, responses, structures};
use crate::block::Text;
use crate::read::page::Page;
use crate::read::rows::{Row, TableRows};
use crate::vocabulary::{TableKind, number_in, plain, section};

/// Links the rows that say where their fields stand.
pub(super) fn stated(
    tables: &[TableRows<'_>],
    rows: &[Nested<'_, '_>],
    page: &Page<'_>,
    links: &mut Links,
) {
    let index = Index::new(tables, rows);
    for nested in rows {
        if links.children.contains_key(&nested.id) {
            continue;
        }
        if let Some(target) = target(nested, &index, tables, page) {
            links.link(nested.id, target);
        }
    }
}

/// What is looked up for each row.
struct Index<'n, 't, 'b> {
    /// The named tables by the words of their captions.
    spoken: HashMap<&'t str, Vec<&'t TableRows<'b>>>,
    /// The names of the rows that may hold fields, and of their structures.
    named: HashSet<&'n str>,
}

impl<'n, 't, 'b> Index<'n, 't, 'b> {
    fn new(tables: &'t [TableRows<'b>], rows: &'n [Nested<'_, '_>]) -> Self {
        let mut spoken: HashMap<&str, Vec<&TableRows<'_>>> = HashMap::new();
        for table in tables
            .iter()
            .filter(|table| table.kind == TableKind::Nested)
        {
            for word in words(table).collect::<HashSet<_>>() {
                spoken.entry(word).or_default().push(table);
            }
        }
        let holding = rows.iter().filter(|row| row.shape != Shape::Scalar);
        Self {
            spoken,
            named: holding.flat_map(|row| own_names(row.row)).collect(),
        }
    }
}

/// What the caption of a row's table may call it: its name, or the structure in its type.
fn own_names<'r>(row: &'r Row<'_>) -> impl Iterator<Item = &'r str> {
    std::iter::once(row.name.as_str()).chain(structures(row))
}

/// The table that a row says its fields stand in. A caption that names the row confirms it; a number
/// that nothing confirms gives way to the only table that does, as numbers go stale.
fn target(
    nested: &Nested<'_, '_>,
    index: &Index<'_, '_, '_>,
    tables: &[TableRows<'_>],
    page: &Page<'_>,
) -> Option<usize> {
    let row = nested.row;
    let ours = |table: &TableRows<'_>| responses(table) == nested.responses;
    let by_type = row.type_cell.and_then(|text| reference(text, page));
    let described = row.description.as_ref();
    let by_words = described.and_then(|read| reference(read.text, page));
    let said: Vec<(Reference, &TableRows<'_>)> = [by_type, by_words]
        .into_iter()
        .flatten()
        .filter_map(|said| Some((said, numbered(tables, said.table)?)))
        .filter(|(said, table)| said.table != nested.id.0 && holds_fields(table))
        .collect();
    let confirmed = |(_, table): &&(Reference, &TableRows<'_>)| {
        own_names(row).any(|name| words(table).any(|word| word == name))
    };
    let mut named = said.iter().filter(confirmed);
    let first = named.clone().find(|(_, table)| ours(table));
    if let Some((said, _)) = first.or_else(|| named.next()) {
        return Some(said.table);
    }
    // Neither a value nor what has no type is said to hold fields by words that no name confirms.
    let vague = matches!(nested.shape, Shape::Unknown | Shape::Scalar);
    let mut said = said
        .iter()
        .filter(|(said, _)| !vague || Some(*said) == by_type);
    let meant = said.next();
    if let Some((said, _)) = meant.filter(|(said, _)| said.linked) {
        return Some(said.table);
    }
    let spoken = own_names(row).find_map(|name| index.spoken.get(name));
    let named = spoken.into_iter().flatten().filter(|other| ours(other));
    // "See Parameters in the gauge field": the link was lost, and its words are left.
    let in_words = |other: &&&TableRows<'_>| {
        let label = plain(label(other));
        row.texts().any(|text| plain(&text.text).contains(&label))
    };
    let mut named = named.filter(|other| meant.is_some() || in_words(other));
    match (named.next(), named.next(), meant) {
        (Some(only), None, _) => Some(only.at.number),
        // What the URI and headers hold is no field of a body, and what names another row is that one's.
        (_, _, Some((said, table))) => {
            let other = caption_names(table).iter().any(|name| {
                index.named.contains(name.as_str()) && !own_names(row).any(|own| own == name)
            });
            (!table.kind.is_outer() && !other).then_some(said.table)
        }
        _ => None,
    }
}

/// A table of this page that words refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reference {
    table: usize,
    /// By a link, and not by its number alone.
    linked: bool,
}

/// The table of this page that a cell refers to.
pub(super) fn reference(text: &Text, page: &Page<'_>) -> Option<Reference> {
    let mut elsewhere = Vec::new();
    let by_number = |number| {
        let table = page.captioned(number)?;
        Some(Reference {
            table,
            linked: false,
        })
    };
    for link in &text.links {
        let (file, anchor) = link.target.split_once('#').unwrap_or((&link.target, ""));
        let number = number_in(&link.text).map(|(number, _)| number);
        if let Some(table) = page.anchored(anchor).filter(|_| !anchor.is_empty()) {
            // "Table 6" that leads to Table 7: the table was lost, and its anchor left.
            let own = page
                .tables
                .get(table - 1)
                .and_then(|at| at.caption.as_ref())
                .and_then(|caption| caption.number);
            let stale = number.is_some() && own.is_some() && number != own;
            if stale && number.is_some_and(|number| page.captioned(number).is_none()) {
                continue;
            }
            return Some(Reference {
                table,
                linked: !stale,
            });
        }
        // An anchor that the page does not have is another page's, unless it lost all it had.
        if file.is_empty() && !page.has_anchors() {
            if let Some(found) = number.and_then(by_number) {
                return Some(found);
            }
        } else {
            elsewhere.extend(number);
        }
    }
    let mut rest = text.text.as_str();
    while let Some((number, after)) = number_in(rest) {
        if !elsewhere.contains(&number)
            && !is_of_another_page(after)
            && let Some(found) = by_number(number)
        {
            return Some(found);
        }
        rest = after;
    }
    None
}

/// Whether the words behind "Table 3" name another topic, as "in Querying Gauges" does.
fn is_of_another_page(after: &str) -> bool {
    let after = after.trim_start();
    let topic = ["in ", "of ", "under "]
        .iter()
        .find_map(|word| after.strip_prefix(word));
    // "in Request Parameters" is of this page.
    let topic =
        topic.filter(|it| section(it.split(['.', ',', ';']).next().unwrap_or(it).trim()).is_none());
    let mut words = topic.into_iter().flat_map(str::split_whitespace);
    words
        .next()
        .is_some_and(|word| word.len() > 3 && word.starts_with(|c: char| c.is_ascii_uppercase()))
        && words.next().is_some_and(|word| word.len() > 1)
}
