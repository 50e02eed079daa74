//! What a JSON value is, in the words that pages have for types.

use serde_json::Value;

use crate::vocabulary::{is_of_kind, kind_of_type};

/// The type of a value.
pub(crate) fn type_word(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "Boolean",
        Value::Number(number) if number.is_f64() => "Double",
        Value::Number(_) => "Integer",
        Value::String(_) => "String",
        Value::Array(_) => "Array",
        Value::Object(_) => "Object",
    }
}

/// A value as text: text itself without its quotes.
pub(crate) fn shown(value: &Value) -> String {
    let text = value.as_str();
    text.map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether a value can be of a type; `None` when the type does not tell.
pub(crate) fn fits(type_: &str, value: &Value) -> Option<bool> {
    if value.is_null() {
        return None;
    }
    Some(is_of_kind(&kind_of_type(type_)?, value))
}
