//! Tables that lost their captions: which row's fields they hold, told by their order and by the
//! examples.
//!
//! Pipe text keeps no captions, so that "Table 3 Tide" is only the table after another one, and other
//! text may lose one. The publisher puts the tables of one body right below each other, outermost
//! first.

mod sequence;

use serde_json::Value;

use super::examples::Read;
use super::nest::{Links, RowId, Shape, shape};
use super::responses;
use super::rows::{Row, TableRows};
use crate::slice::Slice;
use crate::vocabulary::{TableKind, is_header, speaks_of_fields};

/// Finds the tables without a caption that hold fields of rows above them. What follows
/// a body's table and cannot be told is made nested all the same: it is no body of its own.
pub(super) fn links(tables: &mut [TableRows<'_>], examples: &[Read]) -> Links {
    doubt(tables);
    let mut out = Links::default();
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
        let kind = tables.get(index).and_then(|table| own_kind(table, tables));
        if let (Some(kind), Some(table)) = (kind, tables.get_mut(index))
            && !links.is_claimed(table.at.number)
        {
            table.kind = kind;
        }
    }
}

/// The kind of a table that is the body's, or the address's, though its caption does not say so.
fn own_kind(table: &TableRows<'_>, tables: &[TableRows<'_>]) -> Option<TableKind> {
    let at = table.at;
    let section = at.section.filter(|section| !section.is_example());
    let kind = TableKind::by_section(section).filter(|_| table.kind == TableKind::Nested)?;
    let caption = at.caption.as_ref();
    let of_parameters = caption.is_some_and(|caption| {
        caption.kind == TableKind::Nested && speaks_of_fields(&caption.words)
    });
    // "Parameters in the request body" right above a table captioned "Format of the gauge".
    let said = at.hint.as_ref().is_some_and(|hint| match hint.kind {
        TableKind::RequestBody => kind == TableKind::Request,
        TableKind::Response => kind == TableKind::Response,
        _ => false,
    });
    let before = |other: &TableRows<'_>| match other.kind {
        TableKind::RequestHeader | TableKind::ResponseHeader => false,
        TableKind::Nested => other.at.number < at.number,
        kind => kind.is_placed() || other.at.table.broken.is_some(),
    };
    let mut beside = tables.iter().filter(|other| {
        other.at.number != at.number
            && other.at.section == at.section
            && other.at.status == at.status
    });
    // An address has as many tables as it likes, for no value in it holds fields.
    let alone = match kind {
        TableKind::Uri => !beside.any(|other| other.rows.iter().any(holds)),
        _ => !beside.any(before),
    };
    ((of_parameters || said) && alone).then_some(kind)
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
    row: RowId,
    /// What the examples show in its place.
    shown: Vec<&'v Value>,
}

/// Links the tables of one body.
fn body(group: &mut [TableRows<'_>], examples: &[Read], out: &mut Links) {
    let is_headers = |table: &TableRows<'_>| table.rows.iter().all(|row| is_header(&row.name));
    let Some(root) = group.iter().position(|table| !is_headers(table)) else {
        return;
    };
    let Some((first, below)) = group.get_mut(root..).and_then(<[_]>::split_first_mut) else {
        return;
    };
    let mut tables = Vec::with_capacity(below.len());
    for table in below.iter_mut().filter(|table| !is_headers(table)) {
        table.kind = TableKind::Nested;
        tables.push(&*table);
    }
    let responses = first.kind == TableKind::Response;
    let status = first.at.code();
    let own = examples.iter().filter(|example| {
        let other = status.is_some() && example.fact.status.as_deref() != status;
        example.fact.is_response == responses && !(responses && other)
    });
    let shown: Vec<&Value> = own.filter_map(|example| example.value.as_ref()).collect();
    let links = sequence::links(first, &tables, &shown);
    for (row, table) in links.unwrap_or_else(|| by_example(first, &tables, &shown)) {
        out.link(row, table);
    }
}

/// Links the tables whose fields the examples show in the place of one row.
fn by_example(
    first: &TableRows<'_>,
    below: &[&TableRows<'_>],
    shown: &[&Value],
) -> Vec<(RowId, usize)> {
    let mut out = Vec::new();
    let mut open = rows(first, shown);
    for table in below {
        let mut found = (0..open.len()).filter(|at| open.is_at(*at, |row| fits(table, &row.shown)));
        if let (Some(only), None) = (found.next(), found.next()) {
            let row = open.remove(only);
            out.push((row.row, table.at.number));
            open.extend(rows(table, &row.shown));
        }
    }
    out
}

/// Whether a row holds fields.
fn holds(row: &Row<'_>) -> bool {
    !matches!(shape(row), Shape::Scalar | Shape::Unknown)
}

/// The rows of a table that hold fields.
fn rows<'v>(table: &TableRows<'_>, shown: &[&'v Value]) -> Vec<Open<'v>> {
    let rows = table.rows.iter().enumerate();
    rows.filter(|(_, row)| holds(row))
        .map(|(index, row)| Open {
            row: (table.at.number, index),
            shown: shown
                .iter()
                .filter_map(|value| value.get(&row.name))
                .flat_map(objects)
                .collect(),
        })
        .collect()
}

/// The objects a value is, or has as its items.
fn objects(value: &Value) -> impl Iterator<Item = &Value> {
    let values = match value {
        Value::Array(items) => items.as_slice(),
        value => std::slice::from_ref(value),
    };
    values.iter().filter(|value| value.is_object())
}

/// Whether what the examples show has fields, and all of them are the table's.
fn fits(table: &TableRows<'_>, shown: &[&Value]) -> bool {
    let objects = shown.iter().filter_map(|value| value.as_object());
    let mut keys = objects.flat_map(|object| object.keys()).peekable();
    keys.peek().is_some() && keys.all(|key| table.rows.iter().any(|row| row.name == *key))
}
