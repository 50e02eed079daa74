//! OpenAPI 3.1 → the vocabulary of 3.0, so that every stage behind reads one grammar.
//!
//! 3.1 writes schemas in JSON Schema 2020-12. What that says in another way than 3.0 is rewritten
//! (`type: [string, 'null']`, `const`, numeric exclusive bounds, fields beside `$ref`); what 3.0 has
//! no word for is put aside and told. A rewritten value keeps the place of what it was made from.

use serde_json::Number;

use super::tree::{Entry, Node, Span, Value, unescaped};
use super::walk::{entries_mut, get_mut, walk};
use crate::diagnostic::{Report, codes};
use crate::grammar::Kind;

mod schema;

/// What of a schema 3.0 has no word for is kept under, for whoever compares documents.
pub const KEPT: &str = "x-json-schema";

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
    rewrite_object(root, Kind::Document, report);
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

/// Fields that 3.0 does not have, by the object that has them in 3.1.
const REMOVED: &[(Kind, &[&str])] = &[
    (Kind::Document, &["webhooks", "jsonSchemaDialect"]),
    (Kind::Components, &["pathItems"]),
    (Kind::Info, &["summary"]),
    (Kind::License, &["identifier"]),
];

/// Rewrites an object of version 3.1, and all that is in it.
pub(super) fn rewrite_object(node: &mut Node, kind: Kind, report: &mut Report<'_>) {
    walk(node, kind, &mut |node, kind| {
        match kind {
            Kind::Schema => rewrite(node, report),
            Kind::Operation => any_response(node),
            _ => {}
        }
        for (_, fields) in REMOVED.iter().filter(|it| it.0 == kind) {
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
        true
    });
}

/// Responses are optional in 3.1; without them nothing is said of what comes back.
fn any_response(operation: &mut Node) {
    if operation.get("responses").is_none() {
        let span = operation.span.start..operation.span.start;
        let described = mapping(&span, [("description", text(&span, ""))]);
        let any = Value::Mapping(vec![entry(&span, "default", described)]);
        insert(operation, "responses", &span, any);
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
