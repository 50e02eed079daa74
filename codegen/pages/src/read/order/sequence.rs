//! Tables without captions that stand in the order in which rows first name what they hold.
//!
//! A row names its table by a number ("See Table 4") or by the structure in its type ("Array of Gauge
//! objects"). When there is a table for each name and no more, the publisher's order tells which is
//! which: by the numbers, else where it is the same level by level and with each structure right below
//! its row.

use std::collections::VecDeque;

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

/// What rows name, and the rows.
struct Named<'v> {
    name: Name,
    rows: Vec<Open<'v>>,
}

#[derive(PartialEq, Eq)]
enum Name {
    Number(u32),
    Structure(String),
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
    let mut given: Vec<(Name, usize)> = Vec::new();
    let mut waiting: VecDeque<Named<'_>> = VecDeque::new();
    let mut tables = below.iter();
    let mut now: (&TableRows<'_>, Vec<&Value>) = (first, shown.to_vec());
    loop {
        let mut new: VecDeque<Named<'_>> = VecDeque::new();
        for open in rows(now.0, &now.1) {
            let Some(name) = now.0.rows.get(open.row.1).and_then(name) else {
                continue;
            };
            if let Some((_, table)) = given.iter().find(|(known, _)| *known == name) {
                links.push((open.row, *table));
                continue;
            }
            let mut known = waiting.iter_mut().chain(&mut new);
            match known.find(|known| known.name == name) {
                Some(known) => known.rows.push(open),
                None => new.push_back(Named {
                    name,
                    rows: vec![open],
                }),
            }
        }
        // More names than tables cannot all have theirs.
        if given.len() + waiting.len() + new.len() > below.len() {
            return None;
        }
        if deep {
            new.append(&mut waiting);
            waiting = new;
        } else {
            waiting.append(&mut new);
        }
        let Some(next) = next(&mut waiting) else {
            return tables.next().is_none().then_some(links);
        };
        let table = *tables.next()?;
        if next
            .rows
            .iter()
            .any(|row| !row.shown.is_empty() && !fits(table, &row.shown))
        {
            return None;
        }
        links.extend(next.rows.iter().map(|row| (row.row, table.at.number)));
        given.push((next.name, table.at.number));
        now = (
            table,
            next.rows.into_iter().flat_map(|row| row.shown).collect(),
        );
    }
}

/// The name whose table comes next: the least number, or else the first.
fn next<'v>(waiting: &mut VecDeque<Named<'v>>) -> Option<Named<'v>> {
    let number = |index: &usize| match waiting.get(*index).map(|named| &named.name) {
        Some(Name::Number(number)) => *number,
        _ => u32::MAX,
    };
    let least = (0..waiting.len()).min_by_key(number)?;
    waiting.remove(least)
}

/// What a row names as the table of its fields.
fn name(row: &Row<'_>) -> Option<Name> {
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
    own.next_back().map(|word| Name::Structure(word.to_owned()))
}
