//! Tables without captions that stand in the order in which rows first name what they hold.
//!
//! A row names its table by a number ("See Table 4") or by the structure in its type ("Array of Gauge
//! objects"). When there is a table for each name and no more, the publisher's order tells which is
//! which: by the numbers, else where it is the same level by level and with each structure right below
//! its row.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::{Open, fits, rows};
use crate::read::nest::{RowId, structures};
use crate::read::row::{Row, TableRows};
use crate::vocabulary::number_in;

/// The links of all tables below the first of a body, when their order is certain.
pub(super) fn links(
    first: &TableRows<'_>,
    below: &[&TableRows<'_>],
    shown: &[&Value],
) -> Option<Vec<(RowId, usize)>> {
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
) -> Option<Vec<(RowId, usize)>> {
    let mut links = Vec::new();
    let mut known: HashMap<Name<'_>, Named<'_>> = HashMap::new();
    // What waits for its table: the least number comes first, and then structures, those of the
    // first table or of the last first.
    let mut waiting: BTreeMap<(bool, isize, usize), Name<'_>> = BTreeMap::new();
    let mut now: (&TableRows<'_>, Vec<&Value>) = (first, shown.to_vec());
    let mut tables = below.iter();
    for level in 0.. {
        for open in rows(now.0, &now.1) {
            let Some(name) = now.0.rows.get(open.row.1).and_then(name) else {
                continue;
            };
            crate::steps::count(1);
            let count = known.len();
            match known.get_mut(&name) {
                Some(Named {
                    table: Some(table), ..
                }) => links.push((open.row, *table)),
                Some(named) => named.rows.push(open),
                // More names than tables cannot all have theirs.
                None if count == below.len() => return None,
                None => {
                    let place = match name {
                        Name::Number(number) => (false, number.try_into().ok()?, count),
                        Name::Structure(_) if deep => (true, -level, count),
                        Name::Structure(_) => (true, level, count),
                    };
                    waiting.insert(place, name);
                    let rows = vec![open];
                    known.insert(name, Named { rows, table: None });
                }
            }
        }
        let Some((_, name)) = waiting.pop_first() else {
            break;
        };
        let named = known.get_mut(&name)?;
        let table = *tables.next()?;
        let waited = std::mem::take(&mut named.rows);
        let other = |row: &Open<'_>| !row.shown.is_empty() && !fits(table, &row.shown);
        if waited.iter().any(other) {
            return None;
        }
        links.extend(waited.iter().map(|row| (row.row, table.at.number)));
        named.table = Some(table.at.number);
        now = (
            table,
            waited.into_iter().flat_map(|row| row.shown).collect(),
        );
    }
    tables.next().is_none().then_some(links)
}

/// What a row names as the table of its fields.
fn name<'r>(row: &'r Row<'_>) -> Option<Name<'r>> {
    let numbered = row.texts().find_map(|text| number_in(&text.text));
    if let Some((number, _)) = numbered {
        return Some(Name::Number(number));
    }
    structures(row).last().map(Name::Structure)
}
