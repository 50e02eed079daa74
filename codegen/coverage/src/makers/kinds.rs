//! The kinds of things that requests are made of in a document, and calls that have all of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::document::{self, Operation, entries, resolve, text};

/// A call to be made: an operation with one of its bodies and one set of its credentials.
pub struct Choice<'d> {
    pub operation: Operation<'d>,
    pub body: Option<(&'d str, &'d Value)>,
    pub schemes: Vec<&'d str>,
    pub kinds: BTreeSet<String>,
}

/// Calls that have each kind of the document so many times, as long as there are others that have it.
pub fn choose(document: &Value, each: usize) -> Vec<Choice<'_>> {
    let mut open: Vec<_> = document::operations(document)
        .into_iter()
        .flat_map(choices)
        .collect();
    let mut wanted = BTreeMap::new();
    for kind in open.iter().flat_map(|it| &it.kinds) {
        wanted.entry(kind.clone()).or_insert(each);
    }
    let mut chosen = Vec::new();
    loop {
        let gain = |it: &Choice<'_>| {
            let news = it.kinds.iter().filter(|kind| wanted[*kind] > 0);
            // Of two that bring the same, the one with less that could go wrong beside it.
            (news.count(), std::cmp::Reverse(it.kinds.len()))
        };
        let best = open.iter().enumerate().rev().max_by_key(|it| gain(it.1));
        let Some((index, _)) = best.filter(|it| gain(it.1).0 > 0) else {
            return chosen;
        };
        let best = open.remove(index);
        for kind in &best.kinds {
            if let Some(count) = wanted.get_mut(kind) {
                *count = count.saturating_sub(1);
            }
        }
        chosen.push(best);
    }
}

fn choices(operation: Operation<'_>) -> Vec<Choice<'_>> {
    let parameters = operation.parameters().into_iter();
    let common: BTreeSet<_> = parameters.map(|it| of_parameter(operation, it)).collect();
    let bodies: Vec<_> = operation.bodies().into_iter().map(Some).collect();
    let bodies = if bodies.is_empty() {
        vec![None]
    } else {
        bodies
    };
    let mut sets = operation.security();
    if sets.is_empty() {
        sets.push(Vec::new());
    }
    let mut found = Vec::new();
    for body in bodies {
        for schemes in &sets {
            let mut kinds = common.clone();
            kinds.extend(body.map(|it| of_body(operation, it)));
            kinds.insert(of_schemes(operation, schemes));
            found.push(Choice {
                operation,
                body,
                schemes: schemes.clone(),
                kinds,
            });
        }
    }
    found
}

/// The kind of a body.
pub fn of_body(operation: Operation<'_>, (media_type, it): (&str, &Value)) -> String {
    let schema = it.get("schema").unwrap_or(&Value::Null);
    let schema = resolve(operation.document, schema);
    // Some documents give each operation a form, with fields or without.
    let is_empty = schema.get("properties").is_some_and(|it| *it == json!({}));
    let empty = if is_empty { WITHOUT_FIELDS } else { "" };
    format!("body {media_type}{empty}")
}

/// The end of the kind of a body that has none.
pub const WITHOUT_FIELDS: &str = " without fields";

/// The kind of a set of credentials.
pub fn of_schemes(operation: Operation<'_>, schemes: &[&str]) -> String {
    let all = operation.document.pointer("/components/securitySchemes");
    let words = schemes.iter().map(|name| {
        let scheme = all.and_then(|it| it.get(*name));
        let scheme = scheme.map_or(&Value::Null, |it| resolve(operation.document, it));
        let more = [text(scheme, "scheme"), text(scheme, "in")].concat();
        format!("{} {more}", text(scheme, "type")).trim().to_owned()
    });
    let words: Vec<_> = words.collect();
    match words.as_slice() {
        [] => "credential none".to_owned(),
        all => format!("credential {}", all.join(" and ")),
    }
}

/// The kind of a parameter.
pub fn of_parameter(operation: Operation<'_>, parameter: &Value) -> String {
    let place = text(parameter, "in");
    if let Some((media_type, _)) = entries(parameter.get("content")).next() {
        return format!("{place} as {media_type}");
    }
    let schema = parameter.get("schema").unwrap_or(&Value::Null);
    let shape = shape(operation.document, schema);
    let (style, explode) = spelling(parameter);
    let mut kind = match shape {
        "list" | "object" | "one of" => {
            let explode = if explode { ", exploded" } else { "" };
            format!("{place} {shape} ({style}{explode})")
        }
        _ if ["form", "simple"].contains(&style) => format!("{place} {shape}"),
        _ => format!("{place} {shape} ({style})"),
    };
    if parameter.get("allowReserved").and_then(Value::as_bool) == Some(true) {
        kind.push_str(", reserved characters");
    }
    kind
}

/// The style of a parameter and whether it is exploded.
pub fn spelling(parameter: &Value) -> (&str, bool) {
    let style = match (text(parameter, "style"), text(parameter, "in")) {
        ("", "path" | "header") => "simple",
        ("", _) => "form",
        (style, _) => style,
    };
    let explode = parameter.get("explode").and_then(Value::as_bool);
    (style, explode.unwrap_or(style == "form"))
}

fn shape<'d>(document: &'d Value, schema: &'d Value) -> &'d str {
    let schema = resolve(document, schema);
    let ty = match schema.get("type") {
        Some(Value::Array(types)) => {
            let mut types = types.iter().filter_map(Value::as_str);
            types.find(|it| *it != "null").unwrap_or_default()
        }
        ty => ty.and_then(Value::as_str).unwrap_or_default(),
    };
    let has = |key: &str| schema.get(key).is_some();
    match ty {
        "array" => "list",
        "object" => "object",
        "string" => "text",
        "" if has("properties") => "object",
        "" if has("items") => "list",
        "" if has("oneOf") || has("anyOf") || has("allOf") => "one of",
        "" => "any",
        ty => ty,
    }
}
