//! The parameters of the request, by place.

use std::collections::HashMap;

use super::duplicates::Duplicates;
use super::rows::TableRows;
use super::{Context, examples, fields, wrapper};
use crate::facts::{FieldFacts, FieldLocation, Required};
use crate::vocabulary::{TableKind, caption, is_header, kind_of_type, number_in};

/// The parameters in the order of the page.
pub(super) fn parameters(
    context: &Context<'_, '_>,
    duplicates: &mut Duplicates,
) -> Vec<(FieldLocation, FieldFacts)> {
    let mut out: Vec<(FieldLocation, FieldFacts)> = Vec::new();
    for table in context.tables {
        if context.links.is_claimed(table.at.number) {
            continue;
        }
        let all = fields::fields(context, table);
        let said = said_places(table);
        for (index, field) in all.iter().enumerate() {
            let Some(place) = place(context, table, field) else {
                continue;
            };
            let place = said.get(field.top()).copied().unwrap_or(place);
            if !duplicates.is_first(&format!("{} parameter", place.word()), field) {
                continue;
            }
            out.push((place, field.clone()));
            if place == FieldLocation::Body && lost_table(context, field, all.get(index + 1)) {
                let shown = shown_inside(context, field).into_iter();
                out.extend(shown.map(|field| (place, field)));
            }
        }
    }
    wrapper::request(&mut out, context.examples);
    for (place, field) in &mut out {
        if *place == FieldLocation::Path {
            settle_path(context, field);
        }
    }
    out
}

/// Whether a field's own fields stand in a table it refers to by a number that no table of the page
/// has: text loses tables. A link to another page is told by its target.
fn lost_table(context: &Context<'_, '_>, field: &FieldFacts, next: Option<&FieldFacts>) -> bool {
    let row = field.named.first().and_then(|said| {
        let (table, row, _) = said.cell?;
        let table = context.tables.get(table.checked_sub(1)?)?.at.table;
        table.rows.get(row.checked_sub(1)?)
    });
    let mut links = row.into_iter().flatten().flat_map(|cell| &cell.text.links);
    if links.any(|link| !link.target.starts_with('#')) {
        return false;
    }
    let has_fields = next.is_some_and(|next| next.is_inside(&field.path));
    let kind = field
        .type_
        .as_ref()
        .and_then(|fact| kind_of_type(&fact.value));
    let holds = kind.is_some_and(|kind| kind.ends_with("object"));
    let said = field
        .description
        .as_ref()
        .and_then(|fact| number_in(&fact.value));
    !has_fields && holds && said.is_some_and(|(number, _)| context.page.captioned(number).is_none())
}

/// The fields that the examples show inside a field. One alone must be given, or the field would be
/// empty; which of several must, no example tells.
fn shown_inside(context: &Context<'_, '_>, field: &FieldFacts) -> Vec<FieldFacts> {
    let mut out: Vec<FieldFacts> = Vec::new();
    for (example, body) in context.bodies(false) {
        let mut found = Vec::new();
        examples::find(body, &field.path, &mut found);
        for value in found {
            examples::fields(&field.path, value, &example.fact.source, &mut out);
        }
    }
    if let [only] = out.as_mut_slice() {
        only.required = (Required::Yes, only.named.first().cloned());
    }
    out
}

fn place(
    context: &Context<'_, '_>,
    table: &TableRows<'_>,
    field: &FieldFacts,
) -> Option<FieldLocation> {
    use FieldLocation::{Body, Header, Path, Query};
    let name = field.top();
    let in_path = || context.routes.iter().any(|route| route.value.has(name));
    let in_query = || context.queries.iter().any(|it| it.value.name == name);
    let may_miss = matches!(field.required.0, Required::No | Required::Conditional);
    let route = context.routes.first();
    let get = route.is_some_and(|route| matches!(route.value.method.as_str(), "GET" | "HEAD"));
    // In a table of its own, or in one with headers: a body has no X-Auth-Token.
    let header = is_header(&field.path);
    // "Date" and "Location" may be fields, "Content-Type" is none wherever it stands.
    let surely = header && field.path.contains('-');
    let is_sent = || {
        context
            .bodies(false)
            .any(|(_, body)| body.get(name).is_some())
    };
    Some(match table.kind {
        TableKind::RequestHeader => Header,
        TableKind::Path | TableKind::Uri if in_path() => Path,
        // One table for all of the URI, under the name of its first part.
        TableKind::Path if in_query() => Query,
        TableKind::Path | TableKind::Uri | TableKind::Request if header => Header,
        TableKind::Query | TableKind::RequestBody if surely => Header,
        TableKind::Path if get && may_miss => Query,
        TableKind::Path => Path,
        // Without a route nothing tells what is in the path and what in the query.
        TableKind::Uri if context.routes.is_empty() => {
            return is_demanded_id(field).then_some(Path);
        }
        // The heading of the request was lost, and the table of its body seems one of the URI.
        TableKind::Uri if !get && is_sent() => Body,
        TableKind::Query | TableKind::Uri => Query,
        TableKind::Request if get && in_path() => Path,
        TableKind::Request if get => Query,
        TableKind::Request | TableKind::RequestBody => Body,
        _ => return None,
    })
}

/// The places that the column for them gives, by name.
fn said_places<'t>(table: &'t TableRows<'_>) -> HashMap<&'t str, FieldLocation> {
    let mut out = HashMap::new();
    for row in &table.rows {
        let place = row
            .place
            .as_ref()
            .and_then(|read| match caption(&read.text.text)?.kind {
                TableKind::Path | TableKind::Uri => Some(FieldLocation::Path),
                TableKind::Query => Some(FieldLocation::Query),
                TableKind::Header | TableKind::RequestHeader => Some(FieldLocation::Header),
                TableKind::RequestBody => Some(FieldLocation::Body),
                _ => None,
            });
        if let Some(place) = place {
            out.insert(row.name.as_str(), place);
        }
    }
    out
}

/// Whether a parameter must be there and identifies something: what a query filters by may be left
/// out, and what pages it is no identifier.
fn is_demanded_id(field: &FieldFacts) -> bool {
    field.required.0 == Required::Yes
        && (field.path == "id" || field.path.ends_with("_id") || field.path.ends_with("Id"))
}

/// A parameter of the path must be there, or there is no such path.
fn settle_path(context: &Context<'_, '_>, field: &mut FieldFacts) {
    let route = context
        .routes
        .iter()
        .find(|route| route.value.has(&field.path));
    // Where the page lost its route, the table's row is all that tells of the parameter.
    let said = match route {
        Some(route) => route.sources.first().cloned(),
        None if context.routes.is_empty() => field.named.first().cloned(),
        None => return,
    };
    if field.required.0 == Required::Unknown {
        field.required = (Required::Yes, said);
    }
}
