//! OpenAPI 3.1 → the vocabulary of 3.0, so that every stage behind reads one grammar.
//!
//! 3.1 writes schemas in JSON Schema 2020-12. What that says in another way than 3.0 is rewritten
//! (`type: [string, 'null']`, `const`, numeric exclusive bounds, fields beside `$ref`); what 3.0 has
//! no word for is taken out and told. A rewritten value keeps the place of what it was made from.

use serde_json::Number;

use super::tree::{Entry, Node, Span, Value, unescaped};
use crate::diagnostic::{Report, codes};
use crate::model::Method;

mod schema;

use schema::rewrite;

/// Whether a document says that it is of version 3.1.
pub(super) fn is_modern(root: &Node) -> bool {
    let version = root.get("openapi").and_then(Node::as_str);
    version.is_some_and(|version| version == "3.1" || version.starts_with("3.1."))
}

/// Rewrites a document of version 3.1 in the vocabulary of 3.0.
pub(super) fn rewrite_document(root: &mut Node, report: &mut Report<'_>) {
    if root.get("paths").is_none() {
        // Optional in 3.1, where webhooks may be all there is.
        let span = root.span.start..root.span.start;
        insert(root, "paths", &span, Value::Mapping(Vec::new()));
    }
    inline_path_items(root);
    visit(root, Place::Document, report);
}

/// 3.0 has no components for path items: what refers to one becomes it.
fn inline_path_items(root: &mut Node) {
    const PREFIX: &str = "#/components/pathItems/";
    let items = root.pointer("/components/pathItems").cloned();
    let Some(items) = items else { return };
    for path in get_mut(root, "paths").into_iter().flat_map(entries_mut) {
        let reference = path.value.get("$ref").and_then(Node::as_str);
        let name = reference.and_then(|it| it.strip_prefix(PREFIX));
        if let Some(item) = name.and_then(|name| items.get(&unescaped(name))) {
            path.value = item.clone();
        }
    }
}

/// What stands at a place of the document.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Document,
    Info,
    License,
    Components,
    PathItem,
    Operation,
    Parameter,
    Body,
    MediaType,
    Encoding,
    Response,
    Schema,
}

/// How a field holds what it holds.
#[derive(Clone, Copy)]
enum Held {
    /// It is the value.
    One,
    /// It is a list of them.
    List,
    /// It is a mapping with them under names of any kind.
    Map,
}

/// Where schemas stand: in which field of what.
const FIELDS: &[(Place, &[&str], Held, Place)] = &[
    (Place::Document, &["paths"], Held::Map, Place::PathItem),
    (Place::Document, &["info"], Held::One, Place::Info),
    (Place::Info, &["license"], Held::One, Place::License),
    (
        Place::Document,
        &["components"],
        Held::One,
        Place::Components,
    ),
    (Place::Components, &["schemas"], Held::Map, Place::Schema),
    (
        Place::Components,
        &["parameters", "headers"],
        Held::Map,
        Place::Parameter,
    ),
    (
        Place::Components,
        &["requestBodies"],
        Held::Map,
        Place::Body,
    ),
    (
        Place::Components,
        &["responses"],
        Held::Map,
        Place::Response,
    ),
    (
        Place::PathItem,
        &["parameters"],
        Held::List,
        Place::Parameter,
    ),
    (Place::PathItem, &Method::KEYS, Held::One, Place::Operation),
    (
        Place::Operation,
        &["parameters"],
        Held::List,
        Place::Parameter,
    ),
    (Place::Operation, &["requestBody"], Held::One, Place::Body),
    (Place::Operation, &["responses"], Held::Map, Place::Response),
    (Place::Parameter, &["schema"], Held::One, Place::Schema),
    (Place::Parameter, &["content"], Held::Map, Place::MediaType),
    (Place::Body, &["content"], Held::Map, Place::MediaType),
    (Place::Response, &["content"], Held::Map, Place::MediaType),
    (Place::Response, &["headers"], Held::Map, Place::Parameter),
    (Place::MediaType, &["schema"], Held::One, Place::Schema),
    (Place::MediaType, &["encoding"], Held::Map, Place::Encoding),
    (Place::Encoding, &["headers"], Held::Map, Place::Parameter),
    (
        Place::Schema,
        &["properties", "$defs"],
        Held::Map,
        Place::Schema,
    ),
    (
        Place::Schema,
        &["items", "additionalProperties", "not"],
        Held::One,
        Place::Schema,
    ),
    (
        Place::Schema,
        &["allOf", "oneOf", "anyOf"],
        Held::List,
        Place::Schema,
    ),
];

/// Fields that 3.0 does not have, by the object that has them in 3.1.
const REMOVED: &[(Place, &[&str])] = &[
    (Place::Document, &["webhooks", "jsonSchemaDialect"]),
    (Place::Components, &["pathItems"]),
    (Place::Info, &["summary"]),
    (Place::License, &["identifier"]),
];

fn visit(node: &mut Node, place: Place, report: &mut Report<'_>) {
    if place == Place::Schema {
        rewrite(node, report);
    }
    if place == Place::Operation && node.get("responses").is_none() {
        // Optional in 3.1; nothing is said of what comes back.
        let span = node.span.start..node.span.start;
        let described = mapping(&span, [("description", text(&span, ""))]);
        insert(
            node,
            "responses",
            &span,
            Value::Mapping(vec![entry(&span, "default", described)]),
        );
    }
    for (_, fields, held, inner) in FIELDS.iter().filter(|it| it.0 == place) {
        for field in *fields {
            let Some(value) = get_mut(node, field) else {
                continue;
            };
            // 3.0 has a word for these two.
            if *field == "additionalProperties" && matches!(value.value, Value::Bool(_)) {
                continue;
            }
            match held {
                Held::One => visit(value, *inner, report),
                Held::List => items_mut(value).for_each(|it| visit(it, *inner, report)),
                Held::Map => entries_mut(value)
                    .filter(|it| !it.key.starts_with("x-") || *inner == Place::Schema)
                    .for_each(|it| visit(&mut it.value, *inner, report)),
            }
        }
    }
    for (_, fields) in REMOVED.iter().filter(|it| it.0 == place) {
        for field in *fields {
            if let Some(removed) = remove(node, field)
                && *field == "webhooks"
            {
                let message = "the client does not receive webhooks";
                report
                    .warning(codes::NOT_READ, &removed.key_span, message, "not read")
                    .help("a client makes calls; what calls you is a server's matter");
            }
        }
    }
}

fn get_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    entries_mut(node)
        .find(|entry| entry.key == key)
        .map(|entry| &mut entry.value)
}

fn entries_mut(node: &mut Node) -> impl Iterator<Item = &mut Entry> {
    match &mut node.value {
        Value::Mapping(entries) => entries.iter_mut(),
        _ => [].iter_mut(),
    }
}

fn items_mut(node: &mut Node) -> impl Iterator<Item = &mut Node> {
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut(),
        _ => [].iter_mut(),
    }
}

fn remove(node: &mut Node, key: &str) -> Option<Entry> {
    let Value::Mapping(entries) = &mut node.value else {
        return None;
    };
    let at = entries.iter().position(|entry| entry.key == key)?;
    Some(entries.remove(at))
}

/// Adds a field; of one that is there already, the value changes.
fn insert(node: &mut Node, key: &str, span: &Span, value: Value) {
    let value = Node {
        span: span.clone(),
        value,
    };
    match get_mut(node, key) {
        Some(known) => *known = value,
        None => {
            if let Value::Mapping(entries) = &mut node.value {
                entries.push(entry(span, key, value));
            }
        }
    }
}

fn entry(span: &Span, key: &str, value: Node) -> Entry {
    Entry {
        key: key.to_owned(),
        key_span: span.clone(),
        value,
    }
}

fn mapping<'k>(span: &Span, fields: impl IntoIterator<Item = (&'k str, Node)>) -> Node {
    let fields = fields
        .into_iter()
        .map(|(key, value)| entry(span, key, value));
    Node {
        span: span.clone(),
        value: Value::Mapping(fields.collect()),
    }
}

fn text(span: &Span, words: &str) -> Node {
    Node {
        span: span.clone(),
        value: Value::String(words.to_owned()),
    }
}

fn number(value: &Value) -> Option<&Number> {
    match value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
