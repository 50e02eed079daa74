//! Tables without captions that stand in the order in which rows first name what they hold.
//!
//! A row names its table by a number ("See Table 4") or by the structure in its type ("Array of Gauge
//! objects"). When there is a table for each name and no more, the publisher's order tells which is
//! which: by the numbers, else where it is the same level by level and with each structure right below
//! its row.

use std::collections::{BTreeMap, HashMap, VecDeque};

use serde_json::Value;

use super::{Open, TableLink, fits, rows};
use crate::read::row::{Row, TableRows};
use crate::vocabulary::{kind_of_type, number_in};

/// The links of all tables below the first of a body, when their order is certain.
pub(super) fn links(
    first: &TableRows<'_>,
    below: &[&TableRows<'_>],
    shown: &[&Value],
) -> Option<Vec<TableLink>> {
    let by_level = walk(first, below, shown, false);
    let by_depth = walk(first, below, shown, true);
    by_level.filter(|links| Some(links) == by_depth.as_ref())
}

/// What rows name: the rows that wait for its table, or the table that it has.
struct Named<'v> {
    rows: Vec<Open<'v>>,
    table: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Name<'r> {
    Number(u32),
    Structure(&'r str),
}

/// Gives the tables to the names in one order; nothing when a table is left or missing, or when an
/// example shows another.
fn walk(
    first: &TableRows<'_>,
    below: &[&TableRows<'_>],
    shown: &[&Value],
    deep: bool,
) -> Option<Vec<TableLink>> {
    let mut links = Vec::new();
    let mut all: Vec<Named<'_>> = Vec::new();
    let mut known: HashMap<Name<'_>, usize> = HashMap::new();
    // What waits for its table: the least number comes first, and then structures in their order.
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    let mut structures: VecDeque<usize> = VecDeque::new();
    let mut tables = below.iter();
    let mut now: (&TableRows<'_>, Vec<&Value>) = (first, shown.to_vec());
    loop {
        let mut new = Vec::new();
        for open in rows(now.0, &now.1) {
            let Some(name) = now.0.rows.get(open.row.1).and_then(name) else {
                continue;
            };
            crate::steps::count(1);
            let at = *known.entry(name).or_insert(all.len());
            match all.get_mut(at) {
                Some(Named {
                    table: Some(table), ..
                }) => links.push((open.row, *table)),
                Some(named) => named.rows.push(open),
                // More names than tables cannot all have theirs.
                None if at == below.len() => return None,
                None => {
                    all.push(Named {
                        rows: vec![open],
                        table: None,
                    });
                    match name {
                        Name::Number(number) => _ = numbers.insert(number, at),
                        Name::Structure(_) => new.push(at),
                    }
                }
            }
        }
        if deep {
            new.iter().rev().for_each(|at| structures.push_front(*at));
        } else {
            structures.extend(new);
        }
        let next = numbers.pop_first().map(|(_, at)| at);
        let Some(next) = next.or_else(|| structures.pop_front()) else {
            return tables.next().is_none().then_some(links);
        };
        let next = all.get_mut(next)?;
        let table = *tables.next()?;
        let named = std::mem::take(&mut next.rows);
        if named
            .iter()
            .any(|row| !row.shown.is_empty() && !fits(table, &row.shown))
        {
            return None;
        }
        links.extend(named.iter().map(|row| (row.row, table.at.number)));
        next.table = Some(table.at.number);
        now = (table, named.into_iter().flat_map(|row| row.shown).collect());
    }
}

/// What a row names as the table of its fields.
fn name<'r>(row: &'r Row<'_>) -> Option<Name<'r>> {
    let numbered = row.texts().find_map(|text| number_in(&text.text));
    if let Some((number, _)) = numbered {
        return Some(Name::Number(number));
    }
    let (type_, _) = row.type_.as_ref()?;
    let words = type_.split(|c: char| !c.is_alphanumeric() && c != '_');
    let mut own = words.filter(|word| {
        word.len() > 2
            && kind_of_type(word).is_none()
            && !word.eq_ignore_ascii_case("objects")
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
    });
    own.next_back().map(Name::Structure)
}
