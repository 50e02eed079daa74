//! Facts as JSON: the short notation that people and tools compare.
//!
//! `name:Type:required` with `y`, `n` or `?`; nested fields by dots, items of an array by `[]`, any
//! key of a map by `.*`; a type `?` where the page has none.

use serde_json::{Map, Value, json};

use crate::facts::{Bounds, Facts, FieldFacts, FieldLocation, PasswordRules, Required};

/// The facts of one page as JSON.
#[must_use]
pub fn facts(facts: &Facts) -> Value {
    let mut out = Map::new();
    let own = facts.routes.first();
    let own_path = own.map(|route| route.value.path.as_str());
    let mut alternatives: Vec<&str> = Vec::new();
    for route in facts.routes.iter().skip(1) {
        let path = route.value.path.as_str();
        if Some(path) != own_path && !alternatives.contains(&path) {
            alternatives.push(path);
        }
    }
    out.insert(
        "operation".into(),
        json!(facts.operation.as_ref().map(|name| &name.value)),
    );
    out.insert(
        "deprecated".into(),
        json!(facts.deprecated.as_ref().is_some_and(|fact| fact.value)),
    );
    out.insert("method".into(), json!(own.map(|route| &route.value.method)));
    out.insert("path".into(), json!(own_path));
    out.insert("path_alternatives".into(), json!(alternatives));
    for (key, place) in [
        ("path_params", FieldLocation::Path),
        ("query_params", FieldLocation::Query),
        ("header_params", FieldLocation::Header),
        ("body_params", FieldLocation::Body),
    ] {
        let list: Vec<String> = facts
            .parameters
            .iter()
            .filter(|(at, _)| *at == place)
            .map(|(_, field)| parameter(field))
            .collect();
        out.insert(key.into(), json!(list));
    }
    let mut responses = Map::new();
    for response in &facts.responses {
        let fields: Vec<String> = response.fields.iter().map(field).collect();
        responses.insert(response.status.clone(), json!(fields));
    }
    out.insert("responses".into(), Value::Object(responses));
    let statuses: Vec<&String> = facts.statuses.iter().map(|fact| &fact.value).collect();
    out.insert("status_codes".into(), json!(statuses));

    let all = || all_fields(facts);
    out.insert(
        "enums".into(),
        map(all(), |field| {
            field.enum_values.as_ref().map(|fact| json!(fact.value))
        }),
    );
    out.insert(
        "defaults".into(),
        map(all(), |field| {
            field.default.as_ref().map(|fact| fact.value.clone())
        }),
    );
    let nullable: Vec<&str> = all()
        .filter(|field| field.nullable.as_ref().is_some_and(|fact| fact.value))
        .map(|field| field.path.as_str())
        .collect();
    out.insert("nullable".into(), json!(nullable));
    out.insert(
        "lengths".into(),
        bounds(all(), |field| &field.lengths, length),
    );
    out.insert("ranges".into(), bounds(all(), |field| &field.ranges, pair));
    let policy = all().find_map(|field| field.password.as_ref());
    out.insert(
        "password_policy".into(),
        policy.map_or(Value::Null, |fact| password(&fact.value)),
    );
    let secrets: Vec<&str> = all()
        .filter(|field| field.secret.as_ref().is_some_and(|fact| fact.value))
        .map(|field| field.path.as_str())
        .collect();
    out.insert("secret_fields".into(), json!(secrets));
    out.insert(
        "asynchronous".into(),
        json!(facts.asynchronous.as_ref().map(|fact| fact.value)),
    );
    out.insert(
        "iam_action".into(),
        json!(facts.iam.first().map(|row| &row.value.action)),
    );
    let contradictions: Vec<Value> = facts
        .contradictions
        .iter()
        .map(|c| json!({"about": c.about, "first": c.first.0, "line": c.first.1.lines.first, "second": c.second.0, "second_line": c.second.1.lines.first}))
        .collect();
    out.insert("contradictions".into(), json!(contradictions));
    let deprecated: Vec<&str> = all()
        .filter(|field| field.deprecated.as_ref().is_some_and(|fact| fact.value))
        .map(|field| field.path.as_str())
        .collect();
    out.insert("deprecated_fields".into(), json!(deprecated));
    Value::Object(out)
}

/// One page as an entry of the list the notation is exchanged in.
#[must_use]
pub fn entry(file: &str, page: &Facts) -> Value {
    json!({"file": file, "facts": facts(page)})
}

fn all_fields(facts: &Facts) -> impl Iterator<Item = &FieldFacts> {
    let parameters = facts.parameters.iter().map(|(_, field)| field);
    parameters.chain(
        facts
            .responses
            .iter()
            .flat_map(|response| response.fields.iter()),
    )
}

/// `name:Type:y`.
#[must_use]
pub fn parameter(of: &FieldFacts) -> String {
    let required = match of.required.0 {
        Required::Yes => "y",
        Required::No | Required::Conditional => "n",
        Required::Unknown => "?",
    };
    format!("{}:{required}", field(of))
}

/// `name:Type`.
#[must_use]
pub fn field(of: &FieldFacts) -> String {
    let kind = of.type_.as_ref().map_or("?", |fact| fact.value.as_str());
    format!("{}:{kind}", of.path)
}

fn map<'f>(
    fields: impl Iterator<Item = &'f FieldFacts>,
    value: impl Fn(&FieldFacts) -> Option<Value>,
) -> Value {
    let mut out = Map::new();
    for field in fields {
        if let Some(value) = value(field) {
            out.entry(field.path.clone()).or_insert(value);
        }
    }
    Value::Object(out)
}

fn bounds<'f>(
    fields: impl Iterator<Item = &'f FieldFacts>,
    of: impl Fn(&FieldFacts) -> &Vec<crate::facts::Fact<Bounds>>,
    write: fn(&Bounds) -> Value,
) -> Value {
    let mut out = Map::new();
    for field in fields {
        for fact in of(field) {
            let name = match &fact.value.part {
                Some(part) => format!("{} ({part})", field.path),
                None => field.path.clone(),
            };
            out.entry(name).or_insert_with(|| write(&fact.value));
        }
    }
    Value::Object(out)
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

fn password(of: &PasswordRules) -> Value {
    let mut out = Map::new();
    if let Some((min, max)) = of.length {
        out.insert("length".into(), json!([min, max]));
    }
    if let Some(classes) = of.min_classes {
        out.insert("min_classes".into(), json!(classes));
    }
    if let Some(specials) = &of.specials {
        out.insert("specials".into(), json!(specials));
    }
    if !of.forbid.is_empty() {
        out.insert("forbid".into(), json!(of.forbid));
    }
    Value::Object(out)
}
