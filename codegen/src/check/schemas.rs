//! Schemas: types, bounds, enums and required names that contradict each other.

use std::collections::HashMap;

use super::grammar::Kind;
use super::outline::{Outline, Site};
use super::spelling;
use crate::diagnostic::{Report, codes};
use crate::load::tree::{Entry, Node, Value};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in outline.of(Kind::Schema) {
        keywords(site, report);
        array(site, report);
        required(outline, site, report);
        enumeration(site, report);
        bounds(site, report);
        parts(site, report);
        unsupported(site, report);
    }
}

fn schema_type<'a>(site: &Site<'a>) -> Option<&'a str> {
    site.node.get("type").and_then(Node::as_str)
}

/// Which keywords speak of which type.
const KEYWORDS: &[(&[&str], &[&str])] = &[
    (&["minLength", "maxLength", "pattern"], &["string"]),
    (
        &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
        &["integer", "number"],
    ),
    (
        &["items", "minItems", "maxItems", "uniqueItems"],
        &["array"],
    ),
    (
        &[
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
        &["object"],
    ),
];

fn keywords(site: &Site<'_>, report: &mut Report<'_>) {
    let Some(schema_type) = site.node.entry("type") else {
        return;
    };
    let Some(word) = schema_type.value.as_str() else {
        return;
    };
    for (keywords, types) in KEYWORDS.iter().filter(|(_, types)| !types.contains(&word)) {
        for entry in site.node.entries() {
            if !keywords.contains(&entry.key.as_str()) {
                continue;
            }
            let (key, types) = (&entry.key, spelling::one_of(types));
            let message = format!("`{key}` says nothing about the type `{word}`");
            report
                .warning(codes::KEYWORD_TYPE, &entry.key_span, message, "no effect")
                .related(&schema_type.value.span, "the type")
                .help(format!("remove it, or change the type to {types}"));
        }
    }
}

fn array(site: &Site<'_>, report: &mut Report<'_>) {
    if schema_type(site) == Some("array") && site.node.get("items").is_none() {
        let span = site.node.get("type").map_or(site.at, |it| &it.span);
        let message = "an array needs `items`";
        report
            .error(codes::ARRAY_ITEMS, span, message, "an array of what?")
            .help("add `items: {type: …}`");
    }
}

fn required(outline: &Outline<'_>, site: &Site<'_>, report: &mut Report<'_>) {
    let Some(list) = site.node.entry("required") else {
        return;
    };
    if matches!(list.value.value, Value::Sequence(_)) && list.value.items().is_empty() {
        let message = "an empty `required` has no effect";
        report
            .warning(codes::NO_EFFECT, &list.key_span, message, "no name")
            .help("remove it");
    }
    let mut seen: HashMap<&str, &Node> = HashMap::new();
    for item in list.value.items() {
        let Some(name) = item.as_str() else { continue };
        if let Some(first) = seen.insert(name, item) {
            let message = format!("`{name}` is required twice");
            report
                .error(codes::REQUIRED, &item.span, message, "this one")
                .related(&first.span, "the first one")
                .help("keep one of them");
        }
    }
    if !knows_all_properties(outline, site) {
        return;
    }
    let properties = site.node.get("properties").map_or(&[][..], Node::entries);
    let names: std::collections::HashSet<&str> =
        properties.iter().map(|entry| entry.key.as_str()).collect();
    for item in list.value.items() {
        let Some(name) = item.as_str().filter(|name| !names.contains(name)) else {
            continue;
        };
        let message = format!("`{name}` is required, but there is no such property");
        let finding = report.warning(codes::REQUIRED, &item.span, message, "not a property");
        match spelling::nearest(name, properties.iter().map(|it| it.key.as_str())) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help("describe the property, or remove the name"),
        };
    }
}

/// Whether no other schema could bring the property in: a part of `allOf` may require what
/// another part describes.
fn knows_all_properties(outline: &Outline<'_>, site: &Site<'_>) -> bool {
    let combined = |site: &Site<'_>| matches!(site.role, "allOf" | "oneOf" | "anyOf");
    let combines = ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|it| site.node.get(it).is_some());
    let open = site
        .node
        .get("additionalProperties")
        .is_some_and(|it| it.as_bool() != Some(false));
    // A shared schema may be one part of an `allOf` elsewhere; with properties of its own it is
    // taken to be whole.
    let whole = site.node.get("properties").is_some()
        || outline
            .parent(site)
            .is_none_or(|parent| parent.kind != Kind::Components);
    whole && !combined(site) && !combines && !open
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

fn bounds(site: &Site<'_>, report: &mut Report<'_>) {
    for (low, high) in [
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
        ("minimum", "maximum"),
    ] {
        let number = |field: &str| {
            let entry = site.node.entry(field)?;
            Some((entry, entry.value.as_f64()?))
        };
        let (Some((low_at, least)), Some((high_at, most))) = (number(low), number(high)) else {
            continue;
        };
        let excludes = |field: &str| site.node.get(field).and_then(Node::as_bool) == Some(true);
        let exclusive =
            low == "minimum" && (excludes("exclusiveMinimum") || excludes("exclusiveMaximum"));
        if least > most || (exclusive && least >= most) {
            let message = format!("`{low}` is above `{high}`: no value fits");
            report
                .error(
                    codes::BOUNDS,
                    &low_at.value.span,
                    message,
                    "the lower bound",
                )
                .related(&high_at.value.span, "the upper bound")
                .help("correct one of the bounds");
        }
    }
    for (flag, partner) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        if let Some(entry) = site.node.entry(flag)
            && entry.value.as_bool() == Some(true)
            && site.node.get(partner).is_none()
        {
            let message = format!("`{flag}` needs `{partner}`");
            report
                .error(codes::BOUNDS, &entry.key_span, message, "of which number?")
                .help(format!("add `{partner}`, or remove `{flag}`"));
        }
    }
    if let Some(step) = site.node.get("multipleOf")
        && step.as_f64().is_some_and(|it| it <= 0.0)
    {
        report
            .error(
                codes::BOUNDS,
                &step.span,
                "`multipleOf` must be above 0",
                "not above 0",
            )
            .help("correct the number, or remove the field");
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
