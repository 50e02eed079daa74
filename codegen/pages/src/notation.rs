//! Facts as JSON: the short notation that people and tools compare.
//!
//! `name:Type:required` with `y`, `n` or `?`; nested fields by dots, items of an array by `[]`, any
//! key of a map by `.*`; a type `?` where the page has none.

use serde_json::{Map, Value, json};

use crate::facts::{Bounds, Fact, Facts, FieldFacts, FieldLocation, PasswordRules, Required};

/// The facts of one page as JSON.
#[must_use]
pub fn facts(facts: &Facts) -> Value {
    let own = facts.routes.first().map(|route| &route.value);
    let mut alternatives: Vec<&str> = Vec::new();
    for route in facts.routes.iter().skip(1) {
        let path = route.value.path.as_str();
        if own.is_some_and(|own| own.path != path) && !alternatives.contains(&path) {
            alternatives.push(path);
        }
    }
    let sent = |place: FieldLocation| -> Vec<String> {
        let all = facts.parameters.iter().filter(|(at, _)| *at == place);
        all.map(|(_, field)| parameter(field)).collect()
    };
    let responses = facts.responses.iter().map(|response| {
        let fields: Vec<String> = response.fields.iter().map(field).collect();
        (response.status.clone(), json!(fields))
    });
    let statuses: Vec<&String> = facts.statuses.iter().map(|fact| &fact.value).collect();
    let all = || facts.fields();
    let policy = all().find_map(|field| field.password.as_ref());
    let contradictions = facts.contradictions.iter().map(|it| {
        let (first, second) = (&it.first, &it.second);
        json!({
            "about": it.about,
            "first": first.0, "line": first.1.lines.first,
            "second": second.0, "second_line": second.1.lines.first,
        })
    });
    json!({
        "operation": value(facts.operation.as_ref()),
        "deprecated": is(facts.deprecated.as_ref()),
        "method": own.map(|route| &route.method),
        "path": own.map(|route| &route.path),
        "path_alternatives": alternatives,
        "path_params": sent(FieldLocation::Path),
        "query_params": sent(FieldLocation::Query),
        "header_params": sent(FieldLocation::Header),
        "body_params": sent(FieldLocation::Body),
        "responses": Value::Object(responses.collect()),
        "status_codes": statuses,
        "enums": values(all(), |field| field.enum_values.as_ref()),
        "defaults": values(all(), |field| field.default.as_ref()),
        "nullable": names(all(), |field| field.nullable.as_ref()),
        "lengths": bounds(all(), |field| &field.lengths, length),
        "ranges": bounds(all(), |field| &field.ranges, pair),
        "password_policy": policy.map(|fact| password(&fact.value)),
        "secret_fields": names(all(), |field| field.secret.as_ref()),
        "asynchronous": value(facts.asynchronous.as_ref()),
        "iam_action": facts.iam.first().map(|row| &row.value.action),
        "contradictions": contradictions.collect::<Vec<_>>(),
        "deprecated_fields": names(all(), |field| field.deprecated.as_ref()),
    })
}

fn value<T: Clone + Into<Value>>(fact: Option<&Fact<T>>) -> Option<Value> {
    fact.map(|fact| fact.value.clone().into())
}

fn is(fact: Option<&Fact<bool>>) -> bool {
    fact.is_some_and(|fact| fact.value)
}

/// The paths of the fields that are something.
fn names<'f>(
    fields: impl Iterator<Item = &'f FieldFacts>,
    said: impl Fn(&FieldFacts) -> Option<&Fact<bool>>,
) -> Vec<&'f str> {
    let fields = fields.filter(|field| is(said(field)));
    fields.map(|field| field.path.as_str()).collect()
}

/// `name:Type:y`.
fn parameter(of: &FieldFacts) -> String {
    let required = match of.required.0 {
        Required::Yes => "y",
        Required::No | Required::Conditional => "n",
        Required::Unknown => "?",
    };
    format!("{}:{required}", field(of))
}

/// `name:Type`.
fn field(of: &FieldFacts) -> String {
    let kind = of.type_.as_ref().map_or("?", |fact| fact.value.as_str());
    format!("{}:{kind}", of.path)
}

/// An object of what is said of fields, by their paths; the first of a path counts.
fn map(entries: impl Iterator<Item = (String, Value)>) -> Value {
    let mut out = Map::new();
    for (path, value) in entries {
        out.entry(path).or_insert(value);
    }
    Value::Object(out)
}

fn values<'f, T: Clone + Into<Value> + 'f>(
    fields: impl Iterator<Item = &'f FieldFacts>,
    said: impl Fn(&'f FieldFacts) -> Option<&'f Fact<T>>,
) -> Value {
    map(fields.filter_map(|field| Some((field.path.clone(), value(said(field))?))))
}

fn bounds<'f>(
    fields: impl Iterator<Item = &'f FieldFacts>,
    of: impl Fn(&'f FieldFacts) -> &'f Vec<Fact<Bounds>>,
    write: fn(&Bounds) -> Value,
) -> Value {
    map(fields.flat_map(|field| {
        of(field).iter().map(move |fact| match &fact.value.part {
            Some(part) => (format!("{} ({part})", field.path), write(&fact.value)),
            None => (field.path.clone(), write(&fact.value)),
        })
    }))
}

fn number(text: &str) -> Value {
    text.parse::<i64>()
        .map_or_else(|_| json!(text), |value| json!(value))
}

/// A length with a maximum alone is a number, any other a pair.
fn length(of: &Bounds) -> Value {
    match (&of.min, &of.max) {
        (None, Some(max)) => number(max),
        _ => pair(of),
    }
}

fn pair(of: &Bounds) -> Value {
    let end = |end: &Option<String>| end.as_deref().map_or(Value::Null, number);
    json!([end(&of.min), end(&of.max)])
}

/// What a page says of a password; what it leaves open is not there.
fn password(of: &PasswordRules) -> Value {
    let mut rules = json!({
        "length": of.length,
        "min_classes": of.min_classes,
        "classes": of.classes,
        "specials": of.specials,
        "forbid": of.forbid,
    });
    if let Some(rules) = rules.as_object_mut() {
        rules.retain(|_, said| !said.is_null() && *said != json!([]));
    }
    rules
}
