//! Schemas: enums, parts and flags that contradict each other.

use std::collections::HashMap;

use super::Check;
use super::outline::{Outline, Site};
use crate::diagnostic::{Report, codes};
use crate::grammar::Kind;
use crate::load::tree::{Entry, Node, Value};

pub(super) const CHECK: Check = Check {
    rules: &[],
    run: check,
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in outline.of(Kind::Schema) {
        enumeration(site, report);
        parts(site, report);
        unsupported(site, report);
    }
}

fn enumeration(site: &Site<'_>, report: &mut Report<'_>) {
    let Some(list) = site.node.entry("enum") else {
        return;
    };
    let items = list.value.items();
    if items.is_empty() && matches!(list.value.value, Value::Sequence(_)) {
        let message = "an enum needs at least one value";
        report
            .error(codes::EMPTY_LIST, &list.key_span, message, "no value")
            .help("remove `enum` if every value is possible");
    }
    let mut seen: HashMap<String, &Node> = HashMap::new();
    for item in items {
        let text = item.to_json().to_string();
        if let Some(first) = seen.get(&text) {
            let message = format!("the value `{text}` is there twice");
            report
                .error(codes::ENUM, &item.span, message, "this one")
                .related(&first.span, "the first one")
                .help("keep one of them");
        } else {
            seen.insert(text, item);
        }
    }
    let Some(schema_type) = site.node.entry("type") else {
        return;
    };
    let Some(word) = schema_type.value.as_str() else {
        return;
    };
    let nullable = site.node.get("nullable").and_then(Node::as_bool) == Some(true);
    for item in items {
        let null = item.value == Value::Null;
        if has_type(item, word) || (null && nullable) {
            continue;
        }
        let found = item.in_words();
        let message = format!("a value of this enum must be of the type `{word}`, but is {found}");
        let help = match (&item.value, word) {
            (Value::Null, _) => "add `nullable: true`, or remove the value",
            (_, "string") => "put the value in quotes",
            _ => "correct the value or the type",
        };
        report
            .error(codes::ENUM, &item.span, message, format!("this is {found}"))
            .related(&schema_type.value.span, "the type")
            .help(help);
    }
}

/// Whether a value is of a schema's type; a type the grammar does not know takes everything.
pub(super) fn has_type(node: &Node, schema_type: &str) -> bool {
    match (schema_type, &node.value) {
        ("string", value) => matches!(value, Value::String(_)),
        ("integer", Value::Number(number)) => {
            !number.is_f64() || number.as_f64().is_some_and(|it| it.fract() == 0.0)
        }
        ("number", value) => matches!(value, Value::Number(_)),
        ("boolean", value) => matches!(value, Value::Bool(_)),
        ("array", value) => matches!(value, Value::Sequence(_)),
        ("object", value) => matches!(value, Value::Mapping(_)),
        ("integer", _) => false,
        _ => true,
    }
}

/// Empty lists of parts, and flags that exclude each other.
fn parts(site: &Site<'_>, report: &mut Report<'_>) {
    for field in ["allOf", "oneOf", "anyOf"] {
        if let Some(entry) = site.node.entry(field)
            && matches!(&entry.value.value, Value::Sequence(items) if items.is_empty())
        {
            let message = format!("`{field}` needs at least one schema");
            report
                .error(codes::EMPTY_LIST, &entry.key_span, message, "no schema")
                .help("add a schema, or remove the field");
        }
    }
    let set = |field: &str| -> Option<&Entry> {
        let entry = site.node.entry(field)?;
        (entry.value.as_bool() == Some(true)).then_some(entry)
    };
    if let (Some(read), Some(write)) = (set("readOnly"), set("writeOnly")) {
        let message = "a value cannot be both `readOnly` and `writeOnly`";
        report
            .error(
                codes::CONFLICTING_FIELDS,
                &write.key_span,
                message,
                "this one",
            )
            .related(&read.key_span, "and this one")
            .help("keep `writeOnly` for what is only sent, `readOnly` for what is only received");
    }
}

fn unsupported(site: &Site<'_>, report: &mut Report<'_>) {
    if let Some(not) = site.node.entry("not") {
        let message = "a schema with `not` cannot become a type";
        report
            .error(codes::UNSUPPORTED, &not.key_span, message, "not supported")
            .help(
                "say what is allowed instead: an `enum`, a `pattern`, or words in the description",
            );
    }
}
