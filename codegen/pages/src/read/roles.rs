//! What each table describes.

use std::collections::{HashMap, HashSet};

use super::nest::structures;
use super::page::Page;
use super::route;
use super::rows::{Row, TableRows, first_of};
use crate::facts::{Fact, Route};
use crate::vocabulary::{Caption, Column, Section, TableKind, speaks_of_fields};

/// Gives every table its kind.
pub(super) fn settle(tables: &mut [TableRows<'_>], page: &Page<'_>, routes: &[Fact<Route>]) {
    for table in tables.iter_mut() {
        table.kind = kind(table, page, routes);
    }
    named_parts(tables);
}

/// "Gauge parameter description" above a table below that of a body heads the fields of one of its
/// rows.
fn named_parts(tables: &mut [TableRows<'_>]) {
    // What the tables above have: the names and types of their rows, and the fields of bodies by place.
    let mut known = HashSet::new();
    let mut structured = HashSet::new();
    let mut bodies: HashMap<_, HashSet<String>> = HashMap::new();
    for table in tables {
        let place = (table.at.section, table.at.status.clone());
        let names = table.at.caption.is_none()
            && table.at.hint.as_ref().is_some_and(|hint| {
                hint.kind == TableKind::Nested
                    && !hint.names.is_empty()
                    && (speaks_of_fields(&hint.words)
                        || hint.names.iter().any(|name| known.contains(name)))
            });
        // Most of the same fields again: the body of another case, and no part of the first.
        let again = |body: &HashSet<String>| {
            let same = table.rows.iter().filter(|row| body.contains(&row.name));
            same.count() * 2 > table.rows.len()
        };
        // "Table 5 Error", or "Error" alone, below "error | Error object" is that of the structure.
        let heading = table.at.heading();
        let structure =
            heading.is_some_and(|it| structured.contains(&(table.at.section, it.words.clone())));
        if structure && table.kind.is_placed()
            || names && table.kind.is_body() && bodies.get(&place).is_some_and(|body| !again(body))
        {
            table.kind = TableKind::Nested;
        }
        if table.kind.is_body() {
            let fields = table.rows.iter().map(|row| row.name.clone());
            bodies.entry(place).or_default().extend(fields);
        }
        for row in &table.rows {
            crate::steps::count(1);
            known.insert(row.name.clone());
            known.extend(row.type_.iter().map(|(type_, _)| type_.clone()));
            structured.extend(structures(row).map(|name| (table.at.section, name.to_owned())));
        }
    }
}

fn kind(table: &TableRows<'_>, page: &Page<'_>, routes: &[Fact<Route>]) -> TableKind {
    let at = table.at;
    let has = |column| table.has(column);
    let unnamed = !has(Column::Name);
    let typeless = !has(Column::Type);
    let of_codes = has(Column::Status) && (unnamed || typeless);
    let sections = [Section::Status, Section::ErrorCodes, Section::SdkExample];
    let [of_status, of_errors, of_sdk] = sections.map(|section| at.section == Some(section));
    let by_columns = first_of([
        (at.table.broken.is_some(), TableKind::Other),
        (route::is_table(table), TableKind::Route),
        (unnamed && has(Column::Action), TableKind::Iam),
        (of_codes && unnamed && of_status, TableKind::Status),
        (unnamed && has(Column::ErrorCode), TableKind::ErrorCodes),
        (of_codes && of_errors, TableKind::ErrorCodes),
        (of_codes, TableKind::Status),
        (unnamed || of_errors || of_sdk, TableKind::Other),
        // The name column of a table of codes.
        (typeless && of_status, TableKind::Other),
    ]);
    let captioned = || by_caption(at.caption.as_ref()?, table);
    let hinted = || {
        let hint = at
            .hint
            .as_ref()
            .filter(|hint| hint.kind != TableKind::Nested);
        by_caption(hint?, table)
    };
    let kind = by_columns.or_else(captioned).or_else(hinted);
    let kind = kind.or_else(|| TableKind::by_section(at.section));
    kind.unwrap_or_else(|| match at.section {
        Some(_) if page.has_sections => TableKind::Other,
        _ => without_section(table, routes),
    })
}

fn by_caption(caption: &Caption, table: &TableRows<'_>) -> Option<TableKind> {
    let section = table.at.section;
    let responses = section.is_some_and(Section::is_response);
    let asks = section.is_some_and(Section::is_request);
    Some(match caption.kind {
        TableKind::Header if responses => TableKind::ResponseHeader,
        TableKind::Header => TableKind::RequestHeader,
        // Where the section and the caption disagree, the caption was copied.
        TableKind::RequestBody | TableKind::Request if responses => TableKind::Response,
        TableKind::Request if section == Some(Section::Uri) => TableKind::Uri,
        TableKind::Response if asks && table.has(Column::Required) => TableKind::Request,
        TableKind::Status | TableKind::ErrorCodes | TableKind::Iam | TableKind::Parameters => {
            return None;
        }
        kind => kind,
    })
}

/// A page that lost its headings: names in the route's path, then a column for "mandatory", tell.
fn without_section(table: &TableRows<'_>, routes: &[Fact<Route>]) -> TableKind {
    let in_path = |row: &Row<'_>| routes.iter().any(|route| route.value.has(&row.name));
    match table.at.status {
        _ if !table.rows.is_empty() && table.rows.iter().all(in_path) => TableKind::Path,
        Some(_) => TableKind::Response,
        // Nothing tells what is in the path and what in the body.
        None if routes.is_empty() => TableKind::Nested,
        None if table.has(Column::Required) => TableKind::Request,
        None if table.has(Column::Type) => TableKind::Response,
        None => TableKind::Other,
    }
}
