//! The parameters of the request, by place.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::duplicates::Duplicates;
use super::examples::{Read, inner_fields};
use super::kind::TableKind;
use super::rows::TableRows;
use super::{Context, fields, wrapper};
use crate::facts::{FieldFacts, FieldLocation, Required};
use crate::vocabulary::{Role, caption, is_header, kind_of_type, number_in};

/// The parameters in the order of the page.
pub(super) fn parameters(
    context: &Context<'_, '_>,
    examples: &[Read],
    duplicates: &mut Duplicates,
) -> Vec<(FieldLocation, FieldFacts)> {
    let mut out: Vec<(FieldLocation, FieldFacts)> = Vec::new();
    // Where each stands among them.
    let mut known: HashMap<(FieldLocation, String), usize> = HashMap::new();
    for table in context.tables {
        if context.links.is_claimed(table.at.number) {
            continue;
        }
        let all = fields::fields(context, table);
        let said = said_places(table);
        for (index, field) in all.iter().enumerate() {
            let told = said.get(field.path.split(['.', '[']).next().unwrap_or(&field.path));
            let Some(place) = place(context, table, field, examples) else {
                continue;
            };
            let place = told.copied().unwrap_or(place);
            match known.entry((place, field.path.clone())) {
                Entry::Occupied(at) => {
                    if let Some((_, first)) = out.get(*at.get()) {
                        duplicates.again(&format!("{} parameter", place.word()), first, field);
                    }
                    continue;
                }
                Entry::Vacant(free) => free.insert(out.len()),
            };
            let inside = (place == FieldLocation::Body
                && lost_table(context, field, all.get(index + 1)))
            .then(|| shown_inside(field, examples));
            out.push((place, field.clone()));
            out.extend(inside.into_iter().flatten().map(|field| (place, field)));
        }
    }
    wrapper::request(&mut out, examples);
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
    let has_fields = next.is_some_and(|next| {
        next.path
            .strip_prefix(&field.path)
            .is_some_and(|rest| rest.starts_with(['.', '[']))
    });
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
fn shown_inside(field: &FieldFacts, examples: &[Read]) -> Vec<FieldFacts> {
    let mut out: Vec<FieldFacts> = Vec::new();
    for example in examples.iter().filter(|example| !example.fact.is_response) {
        let mut value = example.value.as_ref();
        for name in field.path.split('.') {
            value = value.and_then(|value| match name.strip_suffix("[]") {
                Some(name) => value.get(name).and_then(|items| items.get(0)),
                None => value.get(name),
            });
        }
        let Some(value) = value else { continue };
        inner_fields(&field.path, value, &example.fact.source, 0, &mut out);
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
    examples: &[Read],
) -> Option<FieldLocation> {
    let name = field.path.split(['.', '[']).next().unwrap_or(&field.path);
    let in_path = || context.routes.iter().any(|route| route.value.has(name));
    let get = || {
        context
            .routes
            .first()
            .is_some_and(|route| matches!(route.value.method.as_str(), "GET" | "HEAD"))
    };
    // In a table of its own, or in one with headers: a body has no X-Auth-Token.
    let header = is_header(&field.path);
    // "Date" and "Location" may be fields, "Content-Type" is none wherever it stands.
    let surely = header && field.path.contains('-');
    let in_query = || context.queries.iter().any(|query| query == name);
    Some(match table.kind {
        TableKind::Path if in_path() => FieldLocation::Path,
        // One table for all of the URI, under the name of its first part.
        TableKind::Path if in_query() => FieldLocation::Query,
        TableKind::Path if header => FieldLocation::Header,
        TableKind::Path
            if get() && matches!(field.required.0, Required::No | Required::Conditional) =>
        {
            FieldLocation::Query
        }
        TableKind::Path => FieldLocation::Path,
        TableKind::Query if surely => FieldLocation::Header,
        TableKind::Query => FieldLocation::Query,
        TableKind::RequestHeader => FieldLocation::Header,
        TableKind::Uri if header => FieldLocation::Header,
        TableKind::Uri if in_path() => FieldLocation::Path,
        // Without a route nothing tells what is in the path and what in the query.
        TableKind::Uri if context.routes.is_empty() => {
            return is_demanded_id(field).then_some(FieldLocation::Path);
        }
        // The heading of the request was lost, and the table of its body seems one of the URI.
        TableKind::Uri if !get() && sent(name, examples) => FieldLocation::Body,
        TableKind::Uri => FieldLocation::Query,
        TableKind::RequestBody if surely => FieldLocation::Header,
        TableKind::RequestBody => FieldLocation::Body,
        TableKind::Request if header => FieldLocation::Header,
        TableKind::Request if get() => {
            if in_path() {
                FieldLocation::Path
            } else {
                FieldLocation::Query
            }
        }
        TableKind::Request => FieldLocation::Body,
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
            .and_then(|read| match caption(&read.text.text)?.role {
                Role::Path | Role::Uri => Some(FieldLocation::Path),
                Role::Query => Some(FieldLocation::Query),
                Role::Header | Role::RequestHeader => Some(FieldLocation::Header),
                Role::RequestBody => Some(FieldLocation::Body),
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

/// Whether an example sends a body with such a field.
fn sent(name: &str, examples: &[Read]) -> bool {
    let mut bodies = examples
        .iter()
        .filter(|example| !example.fact.is_response)
        .filter_map(|example| example.value.as_ref());
    bodies.any(|body| body.get(name).is_some())
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
