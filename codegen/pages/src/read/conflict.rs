//! Where a page disagrees with itself.
//!
//! What a table declares leads; an example or a sentence that cannot be true beside it is recorded.

use serde_json::Value;

use super::examples::Read;
use crate::facts::{Contradiction, FactSource, Facts, FieldFacts, FieldLocation};
use crate::value::{fits, type_word};

/// The most examples that are compared with each field.
const MAX_EXAMPLES: usize = 40;

/// The contradictions of a page. Values of enums that an example spells otherwise are taken back:
/// which spelling the service takes, nobody can tell.
pub(super) fn contradictions(facts: &mut Facts, examples: &[Read]) -> Vec<Contradiction> {
    let examples = examples.get(..MAX_EXAMPLES).unwrap_or(examples);
    let mut out = Vec::new();
    for (place, field) in facts
        .parameters
        .iter_mut()
        .filter(|(place, _)| *place == FieldLocation::Body)
    {
        for example in examples.iter().filter(|example| !example.fact.is_response) {
            compare(
                &format!("{} parameter", place.word()),
                field,
                example,
                &mut out,
            );
        }
    }
    for response in &mut facts.responses {
        let fails = !response.status.starts_with(['2', '?']);
        let fields = response.fields.iter_mut();
        let about = format!("response {}", response.status);
        for field in fields {
            for example in examples.iter().filter(|example| example.fact.is_response) {
                let other = example
                    .fact
                    .status
                    .as_ref()
                    .map_or(fails, |status| *status != response.status);
                if !other {
                    compare(&about, field, example, &mut out);
                }
            }
        }
    }
    path(facts, &mut out);
    out
}

/// A field against one example.
fn compare(about: &str, field: &mut FieldFacts, example: &Read, out: &mut Vec<Contradiction>) {
    let Some(body) = &example.value else { return };
    let mut values = Vec::new();
    find(body, &field.path, &mut values);
    let shown = &example.fact.source;
    odd_type(
        format!("{about} {}", field.path),
        field,
        &values,
        shown,
        out,
    );
    let Some(allowed) = &field.enum_values else {
        return;
    };
    let odd = values
        .iter()
        .filter_map(|value| value.as_str())
        .find(|value| !allowed.value.iter().any(|one| one == value));
    // A placeholder is no value.
    let Some(odd) = odd.filter(|odd| {
        !odd.is_empty()
            && !odd.contains(['{', '<', '*', ' '])
            && !odd.to_lowercase().contains("xxx")
    }) else {
        return;
    };
    if let Some(said) = allowed.sources.first() {
        add(
            out,
            format!("{about} {}: values", field.path),
            (&allowed.value.join(", "), said),
            (odd, shown),
        );
    }
    if allowed
        .value
        .iter()
        .any(|one| one.eq_ignore_ascii_case(odd))
    {
        field.enum_values = None;
    }
}

/// The first of some values that is not of a field's type.
pub(crate) fn odd_type(
    about: String,
    field: &FieldFacts,
    values: &[&Value],
    shown: &FactSource,
    out: &mut Vec<Contradiction>,
) {
    let Some(type_) = &field.type_ else { return };
    let odd = values
        .iter()
        .find(|it| fits(&type_.value, it) == Some(false));
    if let (Some(value), Some(said)) = (odd, type_.sources.first()) {
        let odd = (type_word(value), shown);
        add(out, about + ": type", (&type_.value, said), odd);
    }
}

/// Adds a contradiction; of several about one thing the first is kept in the end.
pub(crate) fn add(
    out: &mut Vec<Contradiction>,
    about: String,
    first: (&str, &FactSource),
    second: (&str, &FactSource),
) {
    out.push(Contradiction {
        about,
        first: (first.0.to_owned(), first.1.clone()),
        second: (second.0.to_owned(), second.1.clone()),
    });
}

/// The values at a path, at most a few of a long array.
pub(super) fn find<'v>(value: &'v Value, path: &str, out: &mut Vec<&'v Value>) {
    if out.len() > 16 {
        return;
    }
    if path.is_empty() {
        out.push(value);
        return;
    }
    if let Some(rest) = path.strip_prefix("[]") {
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        for item in value.as_array().into_iter().flatten().take(16) {
            find(item, rest, out);
        }
        return;
    }
    let Some(object) = value.as_object() else {
        return;
    };
    if let Some(rest) = path.strip_prefix('*') {
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        for item in object.values().take(16) {
            find(item, rest, out);
        }
        return;
    }
    // Names can hold dots: the longest key that begins the path.
    let key = object
        .keys()
        .filter(|key| {
            path.strip_prefix(key.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
        .max_by_key(|key| key.len());
    if let Some((inner, rest)) =
        key.and_then(|key| Some((object.get(key)?, path.get(key.len()..)?)))
    {
        find(inner, rest.strip_prefix('.').unwrap_or(rest), out);
    }
}

/// The placeholders of the route against the table of parameters.
fn path(facts: &Facts, out: &mut Vec<Contradiction>) {
    let Some(route) = facts.routes.first() else {
        return;
    };
    let rows: Vec<&FieldFacts> = facts
        .parameters
        .iter()
        .filter(|(place, _)| *place == FieldLocation::Path)
        .map(|(_, field)| field)
        .collect();
    let Some(said) = route.sources.first() else {
        return;
    };
    for row in &rows {
        if !route.value.has(&row.path)
            && let Some(named) = row.named.first()
        {
            add(
                out,
                format!("path parameter {}", row.path),
                ("the table has it", named),
                (&format!("the path has not: {}", route.value.path), said),
            );
        }
    }
    let table = rows.iter().find_map(|row| row.named.first());
    for name in route.value.placeholders() {
        if let Some(table) = table.filter(|_| !rows.iter().any(|row| row.path == name)) {
            add(
                out,
                format!("path parameter {name}"),
                ("the table does not have it", table),
                (&format!("the path has: {}", route.value.path), said),
            );
        }
    }
}
