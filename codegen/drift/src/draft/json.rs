//! Schemas without their words.

use serde_json::{Map, Value};

/// A schema without words and examples, which say nothing about what it allows.
pub(super) fn bare(schema: &Value) -> Value {
    let Value::Object(fields) = schema else {
        return schema.clone();
    };
    let kept = fields.iter().filter(|(key, _)| {
        !key.starts_with("x-")
            && !["description", "example", "examples", "title"].contains(&key.as_str())
    });
    let kept: Map<String, Value> = kept
        .map(|(key, value)| {
            let value = match (key.as_str(), value) {
                ("properties", Value::Object(inner)) => {
                    let inner = inner.iter().map(|(name, it)| (name.clone(), bare(it)));
                    Value::Object(inner.collect())
                }
                ("items" | "additionalProperties", it) => bare(it),
                ("allOf", Value::Array(parts)) => parts.iter().map(bare).collect(),
                (_, it) => it.clone(),
            };
            (key.clone(), value)
        })
        .collect();
    Value::Object(kept)
}
