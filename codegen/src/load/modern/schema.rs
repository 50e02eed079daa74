//! One schema of JSON Schema 2020-12 → one of OpenAPI 3.0.

use super::super::tree::{Entry, Node, Span, Value};
use super::super::walk::{entries_mut, get_mut};
use super::{KEPT, entry, insert, mapping, number, remove, text};
use crate::diagnostic::{Report, codes};
use crate::number::compare;

/// Keywords that constrain values in ways 3.0 has no word for; told, since nothing checks them.
const NOT_READ: &[&str] = &[
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentSchemas",
    "dependentRequired",
    "unevaluatedItems",
    "contentSchema",
    "$dynamicRef",
];

/// Keywords that say nothing of values.
const SILENT: &[&str] = &[
    "$schema",
    "$id",
    "$anchor",
    "$comment",
    "$vocabulary",
    "$dynamicAnchor",
];

/// Rewrites one schema, not those in it.
pub(super) fn rewrite(node: &mut Node, report: &mut Report<'_>) {
    if let Value::Bool(allowed) = node.value {
        // `true` takes anything, `false` nothing, which no type says.
        if !allowed {
            let message = "no value fits the schema `false`: it is read as one that any value fits";
            report
                .warning(codes::NOT_READ, &node.span, message, "not read")
                .help("leave out what cannot be there");
        }
        *node = mapping(&node.span.clone(), []);
        return;
    }
    for keyword in SILENT {
        remove(node, keyword);
    }
    unevaluated(node);
    for keyword in NOT_READ {
        if let Some(removed) = remove(node, keyword) {
            let message =
                format!("`{keyword}` is not read: values are taken as if it were not there");
            report
                .warning(codes::NOT_READ, &removed.key_span, message, "not read")
                .help("say what it means in the description");
            keep(node, removed);
        }
    }
    types(node);
    null_among_alternatives(node);
    constant(node);
    for (bound, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        exclusive_bound(node, bound, exclusive);
    }
    examples(node);
    content(node, report);
    lists(node, report);
    patterns(node, report);
    beside_reference(node);
}

/// Puts a keyword aside.
fn keep(node: &mut Node, keyword: Entry) {
    match get_mut(node, KEPT).map(|it| &mut it.value) {
        Some(Value::Mapping(kept)) => kept.push(keyword),
        _ => {
            let span = keyword.key_span.clone();
            insert(node, KEPT, &span, Value::Mapping(vec![keyword]));
        }
    }
}

/// `type: [a, 'null']` → `type: a` that may be null; several types → a choice of them.
fn types(node: &mut Node) {
    let Some(list) = node.get("type").filter(|it| !it.items().is_empty()) else {
        if node.get("type").and_then(Node::as_str) == Some("null") {
            let span = node.get("type").map_or(0..0, |it| it.span.clone());
            remove(node, "type");
            nullable(node, &span);
        }
        return;
    };
    let span = list.span.clone();
    let named: Vec<_> = list
        .items()
        .iter()
        .filter_map(Node::as_str)
        .map(str::to_owned)
        .collect();
    let others: Vec<_> = named.iter().filter(|it| *it != "null").collect();
    if others.len() < named.len() {
        nullable(node, &span);
    }
    match others.as_slice() {
        [] => {
            remove(node, "type");
        }
        [one] => insert(node, "type", &span, Value::String((*one).clone())),
        several => {
            // What belongs to one type alone goes along with it.
            let mut alternatives: Vec<_> = several
                .iter()
                .map(|it| mapping(&span, [("type", text(&span, it))]))
                .collect();
            for (keyword, owner) in OF_ONE_TYPE {
                let owned = remove_if(node, keyword, |_| several.iter().any(|it| it == owner));
                let place = several.iter().position(|it| it == owner);
                if let (Some(owned), Some(Value::Mapping(fields))) =
                    (owned, place.map(|it| &mut alternatives[it].value))
                {
                    fields.push(owned);
                }
            }
            remove(node, "type");
            add(node, "anyOf", &span, alternatives);
        }
    }
}

/// Gives a schema alternatives or parts; where it has some already, both hold.
fn add(node: &mut Node, key: &str, span: &Span, schemas: Vec<Node>) {
    let list = Node {
        span: span.clone(),
        value: Value::Sequence(schemas),
    };
    let combined = ["allOf", "anyOf", "oneOf"]
        .iter()
        .any(|it| node.get(it).is_some());
    if !combined {
        insert(node, key, span, list.value);
        return;
    }
    let part = match (key, list.value) {
        ("allOf", Value::Sequence(parts)) => parts,
        (key, value) => {
            let list = Node {
                span: span.clone(),
                value,
            };
            vec![mapping(span, [(key, list)])]
        }
    };
    let known = entries_mut(node).find(|it| it.key == "allOf");
    match known.map(|it| &mut it.value.value) {
        Some(Value::Sequence(all)) => all.extend(part),
        _ => insert(node, "allOf", span, Value::Sequence(part)),
    }
}

/// Without a word on other properties, that on those which nothing else describes says the same.
fn unevaluated(node: &mut Node) {
    if let Some(said) = remove(node, "unevaluatedProperties")
        && node.get("additionalProperties").is_none()
    {
        insert(
            node,
            "additionalProperties",
            &said.key_span,
            said.value.value,
        );
    }
}

/// Keywords that mean something for values of one type.
const OF_ONE_TYPE: &[(&str, &str)] = &[
    ("properties", "object"),
    ("required", "object"),
    ("additionalProperties", "object"),
    ("minProperties", "object"),
    ("maxProperties", "object"),
    ("items", "array"),
    ("minItems", "array"),
    ("maxItems", "array"),
    ("uniqueItems", "array"),
    ("minLength", "string"),
    ("maxLength", "string"),
    ("pattern", "string"),
    ("format", "string"),
];

fn remove_if(node: &mut Node, key: &str, condition: impl Fn(&Node) -> bool) -> Option<Entry> {
    let holds = node.get(key).is_some_and(condition);
    holds.then(|| remove(node, key)).flatten()
}

fn nullable(node: &mut Node, span: &Span) {
    insert(node, "nullable", span, Value::Bool(true));
}

/// `anyOf: [X, {type: 'null'}]` → X that may be null.
fn null_among_alternatives(node: &mut Node) {
    for key in ["oneOf", "anyOf"] {
        let is_null = |it: &Node| it.get("type").and_then(Node::as_str) == Some("null");
        let Some(list) = node.get(key).filter(|it| it.items().iter().any(is_null)) else {
            continue;
        };
        let span = list.span.clone();
        let mut left: Vec<_> = list
            .items()
            .iter()
            .filter(|it| !is_null(it))
            .cloned()
            .collect();
        remove(node, key);
        nullable(node, &span);
        match left.len() {
            0 => {}
            // Beside a reference, `nullable` would be ignored; in `allOf` it is not.
            1 => add(node, "allOf", &span, left),
            _ => insert(node, key, &span, Value::Sequence(std::mem::take(&mut left))),
        }
    }
}

/// `const: x` → an enumeration of one.
fn constant(node: &mut Node) {
    let Some(constant) = remove(node, "const") else {
        return;
    };
    let span = constant.key_span.clone();
    if node.get("type").is_none() {
        let ty = match &constant.value.value {
            Value::String(_) => Some("string"),
            Value::Bool(_) => Some("boolean"),
            Value::Number(number) if number.is_f64() => Some("number"),
            Value::Number(_) => Some("integer"),
            Value::Null => None,
            Value::Sequence(_) => Some("array"),
            Value::Mapping(_) => Some("object"),
        };
        if let Some(ty) = ty {
            insert(node, "type", &span, Value::String(ty.to_owned()));
        }
    }
    insert(node, "enum", &span, Value::Sequence(vec![constant.value]));
}

/// `exclusiveMinimum: 5` → `minimum: 5, exclusiveMinimum: true`.
fn exclusive_bound(node: &mut Node, bound: &str, exclusive: &str) {
    let Some(value) = node.get(exclusive).filter(|it| number(&it.value).is_some()) else {
        return;
    };
    let (span, value) = (value.span.clone(), value.value.clone());
    // Of two bounds the narrower holds.
    let known = node.get(bound).and_then(|it| number(&it.value));
    let narrower = match (known, number(&value)) {
        (Some(known), Some(new)) => match bound {
            "minimum" => compare(new, known).is_ge(),
            _ => compare(new, known).is_le(),
        },
        _ => true,
    };
    if narrower {
        insert(node, bound, &span, value);
        insert(node, exclusive, &span, Value::Bool(true));
    } else {
        remove(node, exclusive);
    }
}

/// `examples: [a, b]` → `example: a`.
fn examples(node: &mut Node) {
    let Some(list) = remove_if(node, "examples", |it| {
        matches!(it.value, Value::Sequence(_))
    }) else {
        return;
    };
    if let (Some(first), None) = (list.value.items().first(), node.get("example")) {
        let (span, value) = (first.span.clone(), first.value.clone());
        insert(node, "example", &span, value);
    }
}

/// `contentEncoding: base64` → `format: byte`; other content is bytes as they are.
fn content(node: &mut Node, report: &mut Report<'_>) {
    let encoding = remove(node, "contentEncoding");
    let media_type = remove(node, "contentMediaType");
    let known = ["base64", "7bit", "8bit", "binary"];
    if let Some(encoding) = &encoding
        && encoding
            .value
            .as_str()
            .is_some_and(|it| !known.contains(&&*it.to_ascii_lowercase()))
    {
        let message = "this encoding is not read: the text is given and taken as it is written";
        report
            .warning(codes::NOT_READ, &encoding.key_span, message, "not read")
            .help("say in the description how the text is encoded");
    }
    let word = |it: &Option<Entry>| it.as_ref()?.value.as_str().map(str::to_ascii_lowercase);
    let (format, said, other) = match (word(&encoding).as_deref(), word(&media_type).as_deref()) {
        (Some("base64"), _) => ("byte", encoding, media_type),
        (None, Some("application/octet-stream")) => ("binary", media_type, encoding),
        _ => {
            return encoding
                .into_iter()
                .chain(media_type)
                .for_each(|it| keep(node, it));
        }
    };
    if let Some(other) = other {
        keep(node, other);
    }
    let span = said.map_or(0..0, |it| it.key_span);
    if node.get("format").is_none() {
        insert(node, "format", &span, Value::String(format.to_owned()));
    }
    if node.get("type").is_none() {
        insert(node, "type", &span, Value::String("string".to_owned()));
    }
}

/// `prefixItems` → a list of any of its items.
fn lists(node: &mut Node, report: &mut Report<'_>) {
    if let Some(tuple) = remove(node, "prefixItems") {
        let message = "the places of this list are not told apart: each item may be any of them";
        report
            .warning(codes::NOT_READ, &tuple.key_span, message, "not read")
            .help("write an object with a property for each, if the API takes one");
        keep(node, tuple.clone());
        let rest = remove(node, "items").map(|it| it.value);
        let is_open = rest.as_ref().is_none_or(|it| it.as_bool() == Some(true));
        let others = rest.into_iter().filter(|it| it.as_bool().is_none());
        let members = tuple.value.items().iter().cloned().chain(others);
        let items = one_of_these(&tuple.key_span, members.collect(), is_open);
        insert(node, "items", &tuple.key_span, items.value);
    }
    let is_flag = |it: &Node| matches!(it.value, Value::Bool(_));
    remove_if(node, "items", is_flag);
}

/// `patternProperties` → values under names of any kind.
fn patterns(node: &mut Node, report: &mut Report<'_>) {
    let Some(patterns) = remove(node, "patternProperties") else {
        return;
    };
    if patterns.value.entries().is_empty() {
        return;
    }
    keep(node, patterns.clone());
    let span = patterns.key_span.clone();
    let others = node.get("additionalProperties").cloned();
    let is_open = others.as_ref().is_none_or(|it| it.as_bool() == Some(true));
    let others = others.filter(|it| it.as_bool().is_none());
    let values = patterns.value.entries().iter().map(|it| it.value.clone());
    let values: Vec<_> = values.chain(others).collect();
    if values.len() > 1 || is_open {
        let message = "which names these values have is not looked at: each may be any of them";
        report
            .warning(codes::NOT_READ, &span, message, "not read")
            .help("add `additionalProperties: false` if there are no others");
    }
    let value = one_of_these(&span, values, is_open);
    insert(node, "additionalProperties", &span, value.value);
}

/// The schema of what is one of these, or anything else where that is open. What is plain becomes any
/// JSON then; what may hold a secret keeps its shape, so that it stays one.
fn one_of_these(span: &Span, mut members: Vec<Node>, is_open: bool) -> Node {
    let is_plain = |it: &Node| {
        let compound = [
            "$ref",
            "format",
            "properties",
            "items",
            "allOf",
            "anyOf",
            "oneOf",
        ];
        !compound.iter().any(|key| it.get(key).is_some())
    };
    if is_open {
        if members.iter().all(is_plain) {
            return mapping(span, []);
        }
        members.push(mapping(span, []));
    }
    match members.len() {
        0 => mapping(span, []),
        1 => members.remove(0),
        _ => {
            let list = Node {
                span: span.clone(),
                value: Value::Sequence(members),
            };
            mapping(span, [("anyOf", list)])
        }
    }
}

/// Fields beside `$ref` hold in 3.1: `{$ref: X, description: …}` → `{allOf: [{$ref: X}], description: …}`.
fn beside_reference(node: &mut Node) {
    if node.get("$ref").is_none() || node.entries().len() < 2 {
        return;
    }
    let Some(reference) = remove(node, "$ref") else {
        return;
    };
    let span = reference.key_span.clone();
    let reference = Node {
        span: reference.value.span.clone(),
        value: Value::Mapping(vec![Entry { ..reference }]),
    };
    let known = entries_mut(node).find(|it| it.key == "allOf");
    match known {
        Some(list) => {
            if let Value::Sequence(items) = &mut list.value.value {
                items.insert(0, reference);
            }
        }
        None => {
            if let Value::Mapping(entries) = &mut node.value {
                let list = Node {
                    span: span.clone(),
                    value: Value::Sequence(vec![reference]),
                };
                entries.push(entry(&span, "allOf", list));
            }
        }
    }
}
