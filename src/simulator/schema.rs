//! OpenAPI 3.0 schemas as checks: translated to JSON Schema 2020-12, plus the extension rules.

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::rules::Rules;

/// A compiled check of one value that a request carries.
#[derive(Debug)]
pub(crate) struct SchemaCheck {
    validator: Validator,
    rules: Rules,
}

impl SchemaCheck {
    /// Compiles an OpenAPI schema without `$ref`s; the error says what in it cannot be used.
    pub(crate) fn compile(schema: &Value) -> Result<Self, String> {
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .should_validate_formats(true)
            .build(&closed(schema))
            .map_err(|error| format!("the schema cannot be used: {}", error.masked()))?;
        Ok(Self {
            validator,
            rules: Rules::compile(schema)?,
        })
    }

    /// What is wrong with `value`, each in words that never hold the value; `at` names its place.
    pub(crate) fn problems(&self, value: &Value, at: &str) -> Vec<String> {
        let mut problems: Vec<String> = self
            .validator
            .iter_errors(value)
            .map(|error| {
                let place = format!("{at}{}", error.instance_path().as_str().replace('/', "."));
                match error.kind() {
                    ValidationErrorKind::AdditionalProperties { unexpected }
                    | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                        format!("{place} has undocumented fields: {}", unexpected.join(", "))
                    }
                    _ => format!("{place}: {}", error.masked_with("the value")),
                }
            })
            .collect();
        self.rules.check(value, at, &mut problems);
        problems
    }
}

/// The type a schema names, looking through `allOf`.
pub(crate) fn type_of(schema: &Value) -> Option<&str> {
    schema.get("type").and_then(Value::as_str).or_else(|| {
        let parts = schema.get("allOf")?.as_array()?;
        parts.iter().find_map(type_of)
    })
}

/// Keywords that mean the same in both languages and hold no schema.
const SAME: [&str; 14] = [
    "type",
    "enum",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "minimum",
    "maximum",
];

/// A schema that stands alone (a body, a property, an item): undocumented fields are refused when
/// it documents any field at all.
fn closed(schema: &Value) -> Value {
    let mut translated = keywords(schema);
    if documents_fields(schema) && schema.get("additionalProperties").is_none() {
        // Not `additionalProperties`: that one does not see the fields of `allOf` parts.
        translated.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
    }
    or_null(schema, translated)
}

/// A part of a composed schema, which must leave the other parts' fields alone.
fn part(schema: &Value) -> Value {
    or_null(schema, keywords(schema))
}

fn or_null(schema: &Value, translated: Map<String, Value>) -> Value {
    if is_true(schema, "nullable") {
        json!({"anyOf": [translated, {"type": "null"}]})
    } else {
        Value::Object(translated)
    }
}

fn documents_fields(schema: &Value) -> bool {
    let named = schema
        .get("properties")
        .and_then(Value::as_object)
        .is_some_and(|properties| !properties.is_empty());
    named
        || ["allOf", "oneOf", "anyOf"].iter().any(|composition| {
            schema
                .get(composition)
                .and_then(Value::as_array)
                .is_some_and(|parts| parts.iter().any(documents_fields))
        })
}

fn keywords(schema: &Value) -> Map<String, Value> {
    let mut out = Map::new();
    let Some(schema) = schema.as_object() else {
        return out;
    };
    for (key, value) in schema {
        let translated = match key.as_str() {
            same if SAME.contains(&same) => value.clone(),
            "allOf" | "oneOf" | "anyOf" => {
                Value::Array(value.as_array().into_iter().flatten().map(part).collect())
            }
            "not" => part(value),
            "items" => closed(value),
            "additionalProperties" if value.is_boolean() => value.clone(),
            "additionalProperties" => closed(value),
            "properties" => Value::Object(
                fields_of_requests(value)
                    .map(|(name, property)| (name.clone(), closed(property)))
                    .collect(),
            ),
            "required" => Value::Array(needed_in_requests(value, schema.get("properties"))),
            _ => continue,
        };
        out.insert(key.clone(), translated);
    }
    for (bound, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        // OpenAPI 3.0 says `exclusiveMinimum: true` beside the bound; JSON Schema says the bound.
        if schema.get(exclusive) == Some(&Value::Bool(true))
            && let Some(limit) = out.remove(bound)
        {
            out.insert(exclusive.to_owned(), limit);
        }
    }
    out
}

/// The properties a request may hold: those that only answers carry are left out.
fn fields_of_requests(properties: &Value) -> impl Iterator<Item = (&String, &Value)> {
    properties
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(_, property)| !is_true(property, "readOnly"))
}

fn needed_in_requests(required: &Value, properties: Option<&Value>) -> Vec<Value> {
    let is_read_only = |name: &Value| {
        name.as_str()
            .and_then(|name| properties?.get(name))
            .is_some_and(|property| is_true(property, "readOnly"))
    };
    required
        .as_array()
        .into_iter()
        .flatten()
        .filter(|name| !is_read_only(name))
        .cloned()
        .collect()
}

fn is_true(schema: &Value, keyword: &str) -> bool {
    schema.get(keyword).and_then(Value::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(schema: Value, value: Value) -> Vec<String> {
        SchemaCheck::compile(&schema)
            .unwrap()
            .problems(&value, "body")
    }

    #[test]
    fn refuses_fields_nobody_documented_also_through_all_of() {
        let schema = json!({"allOf": [
            {"type": "object", "properties": {"a": {"type": "string"}}},
            {"type": "object", "properties": {"b": {"type": "object", "properties": {"c": {}}}}},
        ]});
        assert!(problems(schema.clone(), json!({"a": "x", "b": {"c": 1}})).is_empty());
        let outer = problems(schema.clone(), json!({"z": 1}));
        assert_eq!(outer, ["body has undocumented fields: z"]);
        let inner = problems(schema, json!({"b": {"z": 1}}));
        assert!(
            inner
                .iter()
                .any(|p| p.contains("body.b has undocumented fields: z")),
            "{inner:?}"
        );
    }

    #[test]
    fn an_object_without_documented_fields_stays_open() {
        assert!(problems(json!({"type": "object"}), json!({"anything": 1})).is_empty());
        let map = json!({"type": "object", "additionalProperties": {"type": "integer"}});
        assert!(problems(map.clone(), json!({"anything": 1})).is_empty());
        assert!(!problems(map, json!({"anything": "x"})).is_empty());
    }

    #[test]
    fn nullable_and_exclusive_bounds_are_translated() {
        let text = json!({"type": "string", "enum": ["a"], "nullable": true});
        assert!(problems(text.clone(), Value::Null).is_empty());
        assert!(!problems(text, json!("b")).is_empty());
        let number =
            json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true, "maximum": 3});
        assert!(!problems(number.clone(), json!(1)).is_empty());
        assert!(problems(number.clone(), json!(3)).is_empty());
        assert!(!problems(number, json!(4)).is_empty());
    }

    #[test]
    fn what_only_answers_carry_is_neither_needed_nor_welcome() {
        let schema = json!({"type": "object", "required": ["id", "name"], "properties": {
            "id": {"type": "string", "readOnly": true}, "name": {"type": "string"}}});
        assert!(problems(schema.clone(), json!({"name": "n"})).is_empty());
        assert!(!problems(schema, json!({"name": "n", "id": "i"})).is_empty());
    }

    #[test]
    fn no_problem_repeats_the_value() {
        let schema = json!({"type": "object", "properties": {
            "secret": {"type": "string", "minLength": 30, "pattern": "^[a-z]+$", "enum": ["q"],
                       "x-password-policy": {"min": 30}}}});
        let found = problems(schema, json!({"secret": "Hunter2!Hunter2!"}));
        assert!(found.len() >= 4, "{found:?}");
        assert!(!found.join(" ").contains("Hunter2"), "{found:?}");
    }

    #[test]
    fn a_schema_that_cannot_be_used_is_an_error() {
        assert!(SchemaCheck::compile(&json!({"type": "string", "pattern": "("})).is_err());
    }
}
