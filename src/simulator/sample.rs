//! A value made from a schema, for places where the document gives no example.

use serde_json::{Map, Value, json};

use super::password::PasswordRule;
use super::schema::type_of;

/// Which way the value travels; it decides which properties belong in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// What a client sends: only what is needed, nothing `readOnly`.
    Request,
    /// What the service answers: every property, nothing `writeOnly`.
    Answer,
}

/// Builds a small value that fits the schema; examples, defaults and enums of its parts come first.
///
/// Patterns are not solved: a text with a `pattern` and no example gets a plain text.
pub(crate) fn sample(schema: &Value, direction: Direction) -> Value {
    let given = ["example", "default"]
        .iter()
        .find_map(|keyword| schema.get(keyword))
        .or_else(|| schema.get("enum")?.get(0));
    if let Some(given) = given {
        return given.clone();
    }
    if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
        return merged(parts, direction);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(first) = schema.get(choice).and_then(|parts| parts.get(0)) {
            return sample(first, direction);
        }
    }
    match type_of(schema) {
        Some("string") => Value::String(text(schema)),
        Some("integer" | "number") => number(schema),
        Some("boolean") => json!(false),
        Some("array") => list(schema, direction),
        Some("object") => Value::Object(object(schema, direction)),
        _ if schema.get("properties").is_some() => Value::Object(object(schema, direction)),
        _ => Value::Null,
    }
}

fn merged(parts: &[Value], direction: Direction) -> Value {
    let mut all = Map::new();
    for part in parts {
        match sample(part, direction) {
            Value::Object(fields) => all.extend(fields),
            // A composed schema that is no object: its first part decides.
            other => return other,
        }
    }
    Value::Object(all)
}

fn object(schema: &Value, direction: Direction) -> Map<String, Value> {
    let is_required = |name: &str| {
        schema
            .get("required")
            .and_then(Value::as_array)
            .is_some_and(|names| names.iter().any(|required| required == name))
    };
    let belongs = |name: &str, property: &Value| {
        let is = |keyword: &str| property.get(keyword) == Some(&Value::Bool(true));
        match direction {
            Direction::Request => {
                !is("readOnly")
                    && (is_required(name) || property.get("x-required-unless").is_some())
            }
            Direction::Answer => !is("writeOnly"),
        }
    };
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(name, property)| belongs(name, property))
        .map(|(name, property)| (name.clone(), sample(property, direction)))
        .collect()
}

fn list(schema: &Value, direction: Direction) -> Value {
    let item = schema
        .get("items")
        .map_or(Value::Null, |items| sample(items, direction));
    let count = size(schema, "minItems").unwrap_or(0);
    Value::Array(vec![item; count])
}

fn text(schema: &Value) -> String {
    let policy = schema
        .get("x-password-policy")
        .and_then(|policy| PasswordRule::parse(policy).ok());
    if let Some(policy) = policy {
        return policy.sample();
    }
    let base = match schema.get("format").and_then(Value::as_str) {
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        Some("date-time") => "2025-01-01T00:00:00Z",
        Some("date") => "2025-01-01",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("email") => "someone@example.com",
        Some("uri") => "https://example.com/",
        _ => "sample",
    };
    let least = size(schema, "minLength").unwrap_or(0);
    let most = size(schema, "maxLength").unwrap_or(usize::MAX);
    let length = base.len().max(least).min(most);
    base.chars()
        .chain(std::iter::repeat('x'))
        .take(length)
        .collect()
}

fn number(schema: &Value) -> Value {
    let bound = |keyword: &str| schema.get(keyword).and_then(Value::as_f64);
    let is_exclusive = |keyword: &str| schema.get(keyword) == Some(&Value::Bool(true));
    let step = bound("multipleOf").unwrap_or(1.0);
    let value = match (bound("minimum"), bound("maximum")) {
        (Some(least), _) if is_exclusive("exclusiveMinimum") => {
            ((least / step).floor() + 1.0) * step
        }
        (Some(least), _) => (least / step).ceil() * step,
        (None, Some(most)) if most < 0.0 && is_exclusive("exclusiveMaximum") => {
            ((most / step).ceil() - 1.0) * step
        }
        (None, Some(most)) if most < 0.0 => (most / step).floor() * step,
        _ => 0.0,
    };
    if type_of(schema) == Some("integer") {
        // Bounds of a document are far inside the range of i64; the cast saturates anyway.
        json!(value as i64)
    } else {
        json!(value)
    }
}

fn size(schema: &Value, keyword: &str) -> Option<usize> {
    usize::try_from(schema.get(keyword)?.as_u64()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::schema::SchemaCheck;

    #[test]
    fn samples_fit_their_own_schemas() {
        for schema in [
            json!({"type": "string", "minLength": 12, "maxLength": 14}),
            json!({"type": "string", "maxLength": 3}),
            json!({"type": "string", "format": "uuid"}),
            json!({"type": "string", "format": "date-time"}),
            json!({"type": "string", "enum": ["True", "False"]}),
            json!({"type": "string", "x-password-policy": {"min": 12, "max": 32, "minClasses": 3}}),
            json!({"type": "integer", "minimum": 3, "exclusiveMinimum": true}),
            json!({"type": "integer", "maximum": -3}),
            json!({"type": "number", "minimum": 1.5, "multipleOf": 0.5}),
            json!({"type": "array", "minItems": 2, "items": {"type": "boolean"}}),
            json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}),
            json!({"allOf": [
                {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}},
                {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}}]}),
            json!({"oneOf": [{"type": "integer"}, {"type": "string"}]}),
        ] {
            let value = sample(&schema, Direction::Request);
            let problems = SchemaCheck::compile(&schema)
                .unwrap()
                .problems(&value, "it");
            assert!(problems.is_empty(), "{schema}: {value}: {problems:?}");
        }
    }

    #[test]
    fn requests_hold_what_is_needed_and_answers_all_they_may() {
        let schema = json!({"type": "object", "required": ["needed", "id"], "properties": {
            "needed": {"type": "string"},
            "optional": {"type": "string"},
            "id": {"type": "string", "readOnly": true},
            "secret": {"type": "string", "writeOnly": true}}});
        assert_eq!(
            sample(&schema, Direction::Request),
            json!({"needed": "sample"})
        );
        assert_eq!(
            sample(&schema, Direction::Answer),
            json!({"needed": "sample", "optional": "sample", "id": "sample"})
        );
    }
}
