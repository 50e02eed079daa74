//! Schemas into fields.

use serde_json::Value;

use super::{Definition, text_of};
use crate::facts::{Bounds, Fact, FieldFacts, Required};

/// The deepest nesting of schemas that is followed.
const MAX_DEPTH: usize = 12;

/// The most fields of one body.
const MAX_FIELDS: usize = 4_000;

/// Reads schemas.
pub(super) struct Schemas<'s, 'r> {
    pub(super) definition: &'s Definition<'r>,
    /// Whether what is read is sent; of what comes back nothing is required.
    pub(super) writes: bool,
}

impl Schemas<'_, '_> {
    /// The fields of a body.
    pub(super) fn body(&self, schema: &Value) -> Vec<FieldFacts> {
        let mut out = Vec::new();
        let schema = self.definition.resolve(schema);
        // A body that is an array holds its fields in the items.
        match schema.get("items") {
            Some(items) => self.properties(items, "[].", 0, &mut out),
            None => self.properties(schema, "", 0, &mut out),
        }
        out
    }

    fn properties(&self, schema: &Value, prefix: &str, depth: usize, out: &mut Vec<FieldFacts>) {
        let schema = self.definition.resolve(schema);
        if depth > MAX_DEPTH {
            return;
        }
        for part in schema
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            self.properties(part, prefix, depth + 1, out);
        }
        let required: Vec<&str> = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (name, property) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if out.len() >= MAX_FIELDS {
                return;
            }
            let path = format!("{prefix}{name}");
            let needed = match (self.writes, required.contains(&name.as_str())) {
                (false, _) => Required::Unknown,
                (true, true) => Required::Yes,
                (true, false) => Required::No,
            };
            out.push(self.field(path.clone(), name, property, needed));
            self.below(property, &path, depth, out);
        }
    }

    /// The fields below a property: of an object, of the items of an array, of the values of a map.
    fn below(&self, property: &Value, path: &str, depth: usize, out: &mut Vec<FieldFacts>) {
        let schema = self.definition.resolve(property);
        if let Some(items) = schema.get("items") {
            self.properties(items, &format!("{path}[]."), depth + 1, out);
        } else if let Some(values) = schema
            .get("additionalProperties")
            .filter(|values| values.is_object())
        {
            self.properties(values, &format!("{path}.*."), depth + 1, out);
        }
        if schema.get("properties").is_some() || schema.get("allOf").is_some() {
            self.properties(schema, &format!("{path}."), depth + 1, out);
        }
    }

    /// A property or a parameter.
    pub(super) fn field(
        &self,
        path: String,
        name: &str,
        declared: &Value,
        required: Required,
    ) -> FieldFacts {
        let said = self.definition.source(name);
        let target = self.definition.resolve(declared);
        // What stands beside a reference leads over what it refers to.
        let get = |key: &str| declared.get(key).or_else(|| target.get(key));
        let text = |key: &str| {
            get(key)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
        };
        let number = |key: &str| {
            get(key)
                .and_then(Value::as_i64)
                .map(|value| value.to_string())
        };
        let description = text("description");
        let type_ = self.type_name(target);
        let pair = |least: &str, most: &str| {
            let (min, max) = (number(least), number(most));
            (min.is_some() || max.is_some()).then_some(Bounds {
                part: None,
                min,
                max,
            })
        };
        let fact = |value| Fact::new(value, said.clone());
        let integer = type_.as_deref() == Some("Integer");
        // A bound that is left out: a flag beside it, or, in newer schemas, a number of its own.
        let bound = |key: &str, excluded: &str, by: i64| -> Option<String> {
            let own = get(key).and_then(Value::as_i64);
            let next = |value: i64| value.checked_add(by).filter(|_| integer);
            let least = match get(excluded) {
                Some(Value::Bool(true)) => own.and_then(next),
                Some(Value::Number(number)) => {
                    let apart = number.as_i64().and_then(next)?;
                    Some(own.map_or(apart, |own| {
                        if by > 0 {
                            own.max(apart)
                        } else {
                            own.min(apart)
                        }
                    }))
                }
                _ => own,
            };
            least.map(|value| value.to_string())
        };
        let range = || {
            let min = bound("minimum", "exclusiveMinimum", 1);
            let max = bound("maximum", "exclusiveMaximum", -1);
            (min.is_some() || max.is_some()).then_some(Bounds {
                part: None,
                min,
                max,
            })
        };
        let listed = get("enum").and_then(Value::as_array);
        let values = listed.map(|values| {
            let some = values.iter().filter(|value| !value.is_null());
            some.map(shown).collect::<Vec<_>>()
        });
        let nullable = listed.is_some_and(|values| values.iter().any(Value::is_null))
            || ["nullable", "x-nullable"]
                .iter()
                .any(|key| get(key).and_then(Value::as_bool) == Some(true))
            || get("type")
                .and_then(Value::as_array)
                .is_some_and(|types| types.iter().any(|type_| type_.as_str() == Some("null")));
        let secret = get("x-sensitive")
            .is_some_and(|value| value.as_bool() == Some(true) || value.as_str() == Some("true"))
            || text("format") == Some("password")
            || crate::read::is_secret(name);
        let field = |required| FieldFacts {
            path,
            named: vec![said.clone()],
            type_: type_.map(|value| Fact::new(value, said.clone())),
            required: (required, Some(said.clone())),
            description: description.map(|value| Fact::new(value.to_owned(), said.clone())),
            deprecated: get("deprecated")
                .and_then(Value::as_bool)
                .filter(|is| *is)
                .map(|value| Fact::new(value, said.clone())),
            nullable: nullable.then(|| Fact::new(true, said.clone())),
            enum_values: values
                .filter(|values| !values.is_empty())
                .map(|value| Fact::new(value, said.clone())),
            default: get("default")
                .filter(|value| !value.is_null())
                .map(|value| Fact::new(value.clone(), said.clone())),
            lengths: pair("minLength", "maxLength")
                .map(fact)
                .into_iter()
                .collect(),
            ranges: range().map(fact).into_iter().collect(),
            max_items: get("maxItems")
                .and_then(Value::as_u64)
                .map(|value| Fact::new(value, said.clone())),
            secret: secret.then(|| Fact::new(true, said.clone())),
            password: None,
            unclear: Vec::new(),
        };
        field(required)
    }

    /// The type in the words of the pages.
    fn type_name(&self, schema: &Value) -> Option<String> {
        if let Some(items) = schema.get("items") {
            let of = self
                .type_name(self.definition.resolve(items))
                .unwrap_or_else(|| "object".to_owned())
                .to_lowercase();
            return Some(format!("Array of {of}s"));
        }
        // Of several types beside "null" none leads.
        let only = schema.get("type").and_then(Value::as_array).map(|types| {
            let mut types = types
                .iter()
                .filter_map(Value::as_str)
                .filter(|type_| *type_ != "null");
            types.next().filter(|_| types.next().is_none())
        });
        if only == Some(None) {
            return None;
        }
        let name = match text_of(schema, "type").or(only.flatten()) {
            Some("string") => "String",
            Some("integer") => "Integer",
            Some("number") => "Number",
            Some("boolean") => "Boolean",
            Some("array") => "Array",
            Some("object") => "Object",
            Some(other) => other,
            None if schema.get("properties").is_some()
                || schema.get("allOf").is_some()
                || schema.get("additionalProperties").is_some() =>
            {
                "Object"
            }
            None => return None,
        };
        Some(name.to_owned())
    }
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether a value is of a type.
pub(super) fn fits(type_: &str, value: &Value) -> bool {
    match (type_, value) {
        (_, Value::Null) => true,
        ("String", value) => value.is_string(),
        ("Integer", value) => value.is_i64() || value.is_u64(),
        ("Number", value) => value.is_number(),
        ("Boolean", value) => value.is_boolean(),
        ("Object", value) => value.is_object(),
        (type_, value) if type_.starts_with("Array") => value.is_array(),
        _ => true,
    }
}

/// The type of a value.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "Boolean",
        Value::Number(number) if number.is_f64() => "Number",
        Value::Number(_) => "Integer",
        Value::String(_) => "String",
        Value::Array(_) => "Array",
        Value::Object(_) => "Object",
    }
}
