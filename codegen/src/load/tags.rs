//! Tags of YAML's core schema, and what a scalar means with or without one.

use saphyr_parser::{ScalarStyle, Tag};

use super::scalar::{self, Plain};
use super::tree::{Span, Value};
use crate::diagnostic::{Report, codes};

/// The value of a scalar.
pub(super) fn scalar(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
    span: &Span,
    report: &mut Report<'_>,
) -> Value {
    let Some(tag) = tag else {
        return match style {
            ScalarStyle::Plain => plain(text, span, report),
            _ => Value::String(text.to_owned()),
        };
    };
    let name = core_name(tag);
    if is_plain_bang(tag) || name == Some("str") {
        return Value::String(text.to_owned());
    }
    if !matches!(name, Some("null" | "bool" | "int" | "float")) {
        unknown(tag, span, report);
        return Value::String(text.to_owned());
    }
    let value = plain(text, span, report);
    let fits = match name {
        Some("null") => value == Value::Null,
        Some("bool") => matches!(value, Value::Bool(_)),
        Some("int") => matches!(&value, Value::Number(number) if !number.is_f64()),
        _ => matches!(value, Value::Number(_)),
    };
    if !fits {
        let message = format!("the value does not fit its tag `!!{}`", tag.suffix);
        report
            .error(codes::TAG, span, message, "of another kind")
            .help("remove the tag; plain YAML says what kind a value is");
    }
    value
}

/// Reports a tag that does not belong on a list (`seq`) or mapping (`map`).
pub(super) fn collection(tag: Option<&Tag>, expected: &str, span: &Span, report: &mut Report<'_>) {
    if let Some(tag) = tag
        && core_name(tag) != Some(expected)
        && !is_plain_bang(tag)
    {
        unknown(tag, span, report);
    }
}

fn plain(text: &str, span: &Span, report: &mut Report<'_>) -> Value {
    match scalar::resolve(text) {
        Plain::Value(value) => value,
        Plain::NoJsonNumber => {
            let message = format!("`{text}` is a number JSON cannot write");
            report
                .error(codes::NUMBER, span, message, "not a finite number")
                .help("leave the field out, or put the value in quotes if it is text");
            Value::String(text.to_owned())
        }
    }
}

fn unknown(tag: &Tag, span: &Span, report: &mut Report<'_>) {
    let name = if tag.is_yaml_core_schema() {
        format!("!!{}", tag.suffix)
    } else {
        format!("{}{}", tag.handle, tag.suffix)
    };
    let message = format!("the tag `{name}` has no meaning here");
    report
        .error(codes::TAG, span, message, "tagged value")
        .help("remove the tag; OpenAPI uses plain YAML");
}

/// The tag `!`, which only keeps a scalar from being anything but text.
fn is_plain_bang(tag: &Tag) -> bool {
    matches!(
        (tag.handle.as_str(), tag.suffix.as_str()),
        ("!", "") | ("", "!")
    )
}

/// The name of a tag of YAML's core schema: `str` for `!!str`.
fn core_name(tag: &Tag) -> Option<&str> {
    tag.is_yaml_core_schema().then_some(tag.suffix.as_str())
}
