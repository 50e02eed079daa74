//! Tables that lost their captions: which row's fields they hold, told by their order and by the
//! examples.
//!
//! Pipe text keeps no captions, so that "Table 3 Tide" is only the table after another one, and other
//! text may lose one. The publisher puts the tables of one body right below each other, outermost
//! first.

mod sequence;

use std::collections::VecDeque;

use serde_json::Value;

use super::examples::Read;
use super::kind::TableKind;
use super::nest::{Links, Shape, shape};
use super::responses;
use super::rows::TableRows;
use crate::slice::Slice;
use crate::vocabulary::{Role, Section, is_header, speaks_of_fields};

/// A row (the table's number and the row's index) and the number of the table with its fields.
pub(super) type TableLink = ((usize, usize), usize);

/// Finds the tables without a caption that hold fields of rows above them. What follows
/// a body's table and cannot be told is made nested all the same: it is no body of its own.
pub(super) fn links(tables: &mut [TableRows<'_>], examples: &[Read]) -> Vec<TableLink> {
    doubt(tables);
    let mut out = Vec::new();
    let mut start = 0;
    while start < tables.len() {
        let length = run(tables.from(start));
        if let Some(group) = tables.get_mut(start..start + length) {
            body(group, examples, &mut out);
        }
        start += length;
    }
    out
}

/// A table whose caption has words nobody knows ("Table 2 Parameters of the gauge") is that of the
/// body, when its section has no other and no row refers to it.
pub(super) fn promote(tables: &mut [TableRows<'_>], links: &Links) {
    for index in 0..tables.len() {
        let Some(table) = tables
            .get(index)
            .filter(|table| table.kind == TableKind::Nested)
        else {
            continue;
        };
        let of_parameters =
            table.at.caption.as_ref().is_some_and(|caption| {
                caption.role == Role::Named && speaks_of_fields(&caption.words)
            });
        let shown = table.at.section.is_some_and(Section::is_example);
        let Some(kind) = TableKind::by_section(table.at.section).filter(|_| !shown) else {
            continue;
        };
        let alone = !tables.iter().any(|other| {
            other.at.number != table.at.number
                && other.at.section == table.at.section
                && other.at.status == table.at.status
                && (other.kind.is_placed()
                    && other.kind != TableKind::RequestHeader
                    && other.kind != TableKind::ResponseHeader
                    || other.kind == TableKind::Nested && other.at.number < table.at.number
                    || other.at.table.broken.is_some())
        });
        // "Parameters in the request body" right above a table captioned "Format of the gauge".
        let said = table.at.hint.as_ref().is_some_and(|hint| match hint.role {
            Role::RequestBody => kind == TableKind::Request,
            Role::ResponseBody => kind == TableKind::Response,
            _ => false,
        });
        if (of_parameters || said)
            && alone
            && !links.is_claimed(table.at.number)
            && let Some(table) = tables.get_mut(index)
        {
            table.kind = kind;
        }
    }
}

/// Takes responses for untold whose status was likely lost: those without one where others have theirs,
/// and a success that has nothing but the fields of an error.
fn doubt(tables: &mut [TableRows<'_>]) {
    let told = tables
        .iter()
        .any(|table| table.kind == TableKind::Response && table.at.status.is_some());
    for table in tables
        .iter_mut()
        .filter(|table| table.kind == TableKind::Response)
    {
        let untold = told && table.at.status.is_none();
        let succeeds = table.at.code().is_some_and(responses::is_success);
        let of_errors =
            table.rows.len() >= 2 && table.rows.iter().all(|row| row.name.starts_with("error_"));
        if untold || (succeeds && of_errors) {
            table.kind = TableKind::Nested;
        }
    }
}

/// How many tables stand right below each other under one heading and one status, all but the first
/// without a caption.
fn run(tables: &[TableRows<'_>]) -> usize {
    let Some(first) = tables.first() else {
        return 1;
    };
    let own = match TableKind::by_section(first.at.section) {
        None | Some(TableKind::Uri) => first.kind,
        Some(kind) => kind,
    };
    let together = |table: &TableRows<'_>| {
        table.at.section == first.at.section
            && table.at.status == first.at.status
            && table.at.hint.is_none()
            && table.at.caption.is_none()
            && table.kind == own
    };
    if !first.kind.is_body() && first.kind != TableKind::Nested {
        return 1;
    }
    1 + tables.from(1).lead(together)
}

/// A row whose fields a table below may hold.
struct Open<'v> {
    row: (usize, usize),
    type_: String,
    /// What the examples show in its place.
    shown: Vec<&'v Value>,
}

/// Links the tables of one body.
fn body(group: &mut [TableRows<'_>], examples: &[Read], out: &mut Vec<TableLink>) {
    let is_headers = |table: &TableRows<'_>| table.rows.iter().all(|row| is_header(&row.name));
    let Some(root) = group.iter().position(|table| !is_headers(table)) else {
        return;
    };
    let Some((first, below)) = group.get_mut(root..).and_then(<[_]>::split_first_mut) else {
        return;
    };
    let responses = first.kind == TableKind::Response;
    let status = first.at.code();
    let shown: Vec<&Value> = examples
        .iter()
        .filter(|example| {
            example.fact.is_response == responses
                && (!responses || status.is_none() || example.fact.status.as_deref() == status)
        })
        .filter_map(|example| example.value.as_ref())
        .collect();
    let mut open: VecDeque<Open<'_>> = rows(first, &shown).into();
    let tables: Vec<&TableRows<'_>> = below.iter().filter(|table| !is_headers(table)).collect();
    if let Some(mut links) = sequence::links(first, &tables, &shown) {
        out.append(&mut links);
        for table in below.iter_mut().filter(|table| !is_headers(table)) {
            table.kind = TableKind::Nested;
        }
        return;
    }
    let mut left = below.len();
    // A row that lost its type may hold fields too, and a table whose row cannot be told may hold rows
    // for those below it.
    let mut certain = !lost_types(first);
    for table in below.iter_mut().filter(|table| !is_headers(table)) {
        table.kind = TableKind::Nested;
        let mut found: Vec<usize> = (0..open.len())
            .filter(|index| open.get(*index).is_some_and(|row| fits(table, &row.shown)))
            .collect();
        let different = |open: &VecDeque<Open<'_>>| {
            let mut types: Vec<&str> = open.iter().map(|row| row.type_.as_str()).collect();
            types.sort_unstable();
            types.windows(2).all(|pair| pair.first() != pair.last())
        };
        // Without an example the order tells, when there are as many tables as rows for them.
        let unshown = open.iter().all(|row| row.shown.is_empty());
        if found.is_empty()
            && certain
            && (open.len() == 1 || (unshown && open.len() == left && different(&open)))
        {
            found.push(0);
        }
        left -= 1;
        let (Some(index), 1) = (found.first().copied(), found.len()) else {
            certain = false;
            continue;
        };
        let Some(row) = open.remove(index) else {
            continue;
        };
        out.push((row.row, table.at.number));
        certain &= !lost_types(table);
        open.extend(rows(table, &row.shown));
    }
}

/// Whether a row of a table has no type.
fn lost_types(table: &TableRows<'_>) -> bool {
    table.rows.iter().any(|row| shape(row) == Shape::Unknown)
}

/// The rows of a table that hold fields.
fn rows<'v>(table: &TableRows<'_>, shown: &[&'v Value]) -> Vec<Open<'v>> {
    let holds = |index: &usize| {
        table.rows.is_at(*index, |row| {
            !matches!(shape(row), Shape::Scalar | Shape::Unknown)
        })
    };
    (0..table.rows.len())
        .filter(holds)
        .filter_map(|index| {
            let row = table.rows.get(index)?;
            let inside = shown
                .iter()
                .filter_map(|value| value.get(&row.name))
                .flat_map(objects)
                .collect();
            let type_ = row
                .type_
                .as_ref()
                .map_or(String::new(), |(name, _)| name.clone());
            Some(Open {
                row: (table.at.number, index),
                type_,
                shown: inside,
            })
        })
        .collect()
}

/// The objects a value is, or has as its items.
fn objects(value: &Value) -> Vec<&Value> {
    match value {
        Value::Object(_) => vec![value],
        Value::Array(items) => items.iter().filter(|item| item.is_object()).collect(),
        _ => Vec::new(),
    }
}

/// Whether what the examples show has fields, and all of them are the table's.
fn fits(table: &TableRows<'_>, shown: &[&Value]) -> bool {
    let mut keys = shown
        .iter()
        .filter_map(|value| value.as_object())
        .flat_map(|object| object.keys())
        .peekable();
    keys.peek().is_some() && keys.all(|key| table.rows.iter().any(|row| row.name == *key))
}
