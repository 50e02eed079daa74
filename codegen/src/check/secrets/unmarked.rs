//! Text that sounds like a secret, and is not marked as one.

use std::collections::HashSet;

use super::names::sounds_secret;
use crate::check::outline::{Outline, Site};
use crate::diagnostic::{Report, Severity, codes};
use crate::grammar::Kind;
use crate::load::tree::{Node, Span};

/// What text can be that no secret is.
#[rustfmt::skip]
const NO_SECRETS: &[&str] = &[
    "date", "time", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "url", "uri-reference",
    "regex", "json-pointer", "int32", "int64", "float", "double", "decimal",
];

/// How deep lists, maps and choices are looked into for the text in them.
const DEEPEST: usize = 64;

/// Whether text of this name is taken for a secret where the document does not say so itself.
pub fn is_taken_for_secret(name: &str, format: Option<&str>, marked: Option<bool>) -> bool {
    marked != Some(false)
        && !format.is_some_and(|it| NO_SECRETS.contains(&it))
        && sounds_secret(name)
}

pub(super) fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in &outline.sites {
        match (site.kind, site.key) {
            (Kind::Schema, key) => {
                if let Some(name) = key.filter(|_| is_component(outline, site)) {
                    let found = text(outline, site.node);
                    tell(outline, "schema", name, found, site.at, report);
                }
                for entry in site.node.get("properties").map_or(&[][..], Node::entries) {
                    let found = text(outline, &entry.value);
                    tell(
                        outline,
                        "property",
                        &entry.key,
                        found,
                        &entry.key_span,
                        report,
                    );
                }
            }
            (Kind::Parameter, _) => {
                let name = site.node.get("name");
                if let Some((node, name)) = name.and_then(|it| Some((it, it.as_str()?)))
                    && !is_of_the_client(outline, site.node, name)
                {
                    let found = schemas(site.node).find_map(|it| text(outline, it));
                    let what = match site.node.get("in").and_then(Node::as_str) {
                        Some("header") => "header parameter",
                        Some("cookie") => "cookie parameter",
                        _ => "parameter",
                    };
                    tell(outline, what, name, found, &node.span, report);
                }
            }
            // A header that is described elsewhere has its name here.
            (Kind::Response, _) => {
                for entry in site.node.get("headers").map_or(&[][..], Node::entries) {
                    let named = entry.value.get("$ref").is_some();
                    let header = outline.resolve(&entry.value).filter(|_| named);
                    let found =
                        header.and_then(|header| schemas(header).find_map(|it| text(outline, it)));
                    let name = &entry.key;
                    tell(outline, "header", name, found, &entry.key_span, report);
                }
            }
            (Kind::Header, Some(name)) => {
                let found = schemas(site.node).find_map(|it| text(outline, it));
                tell(outline, "header", name, found, site.at, report);
            }
            _ => {}
        }
    }
}

/// The schemas of a parameter or header.
fn schemas(node: &Node) -> impl Iterator<Item = &Node> {
    let content = node.get("content").map_or(&[][..], Node::entries);
    let content = content.iter().filter_map(|entry| entry.value.get("schema"));
    node.get("schema").into_iter().chain(content)
}

fn is_component(outline: &Outline<'_>, site: &Site<'_>) -> bool {
    outline
        .parent(site)
        .is_some_and(|parent| parent.kind == Kind::Components)
}

/// Whether the client puts the value in, which keeps it as a secret whatever the document says.
fn is_of_the_client(outline: &Outline<'_>, parameter: &Node, name: &str) -> bool {
    let place = parameter.get("in").and_then(Node::as_str);
    let token = outline.profile.token_header();
    let mut headers = token.into_iter().chain(["authorization"]);
    parameter.get("x-client-parameter").is_some()
        || place == Some("header") && headers.any(|it| it.eq_ignore_ascii_case(name))
}

/// Whether a property is taken for a secret that is not marked as one.
pub(super) fn is_unmarked(outline: &Outline<'_>, name: &str, schema: &Node) -> bool {
    sounds_secret(name) && text(outline, schema).is_some()
}

/// Unmarked text in a schema, in the items of a list, or in the values of a map.
fn text<'a>(outline: &Outline<'a>, schema: &'a Node) -> Option<&'a Node> {
    find(outline, schema, &mut HashSet::new(), DEEPEST)
}

fn find<'a>(
    outline: &Outline<'a>,
    schema: &'a Node,
    seen: &mut HashSet<usize>,
    left: usize,
) -> Option<&'a Node> {
    // A component of its own name is told of there.
    let own_name =
        |reference: &str| sounds_secret(reference.rsplit('/').next().unwrap_or_default());
    if schema
        .get("$ref")
        .and_then(Node::as_str)
        .is_some_and(own_name)
    {
        return None;
    }
    let schema = outline.resolve(schema)?;
    // Recursive types come back to the same bytes.
    if left == 0 || !seen.insert(schema.span.start) {
        return None;
    }
    let word = |field: &str| schema.get(field).and_then(Node::as_str);
    if schema.get("x-secret").and_then(Node::as_bool) == Some(false) {
        return None;
    }
    let format = word("format");
    if format == Some("password") || format.is_some_and(|it| NO_SECRETS.contains(&it)) {
        return None;
    }
    match word("type") {
        // The document tells everybody its words.
        Some("string") if schema.get("enum").is_some() => return None,
        Some("string") => return Some(schema),
        Some("array") => return find(outline, schema.get("items")?, seen, left - 1),
        _ => {}
    }
    // Objects with properties have names of their own.
    let values = match schema.get("properties") {
        Some(properties) if !properties.entries().is_empty() => None,
        _ => schema
            .get("additionalProperties")
            .filter(|it| it.as_bool() != Some(false)),
    };
    let all_of = schema.get("allOf").map_or(&[][..], Node::items);
    // Without a type it may be text.
    let says_what = [
        "type",
        "properties",
        "additionalProperties",
        "allOf",
        "oneOf",
        "anyOf",
    ];
    if !says_what.iter().any(|field| schema.get(field).is_some()) {
        return Some(schema);
    }
    // One marked part marks the whole.
    if all_of.iter().any(|part| is_marked(outline, part)) {
        return None;
    }
    let choices = ["oneOf", "anyOf"]
        .into_iter()
        .flat_map(|field| schema.get(field).map_or(&[][..], Node::items));
    let mut inside = values.into_iter().chain(all_of).chain(choices);
    inside.find_map(|part| find(outline, part, seen, left - 1))
}

/// Whether a schema, or what its reference names, says that it is a secret or that it is none.
fn is_marked(outline: &Outline<'_>, schema: &Node) -> bool {
    let marked = |node: &Node| {
        node.get("format").and_then(Node::as_str) == Some("password")
            || node.get("x-secret").and_then(Node::as_bool) == Some(false)
    };
    let target = schema.get("$ref").and_then(Node::as_str);
    marked(schema)
        || target
            .and_then(|it| outline.component(it))
            .is_some_and(|it| marked(&it.value))
}

fn tell(
    outline: &Outline<'_>,
    what: &str,
    name: &str,
    text: Option<&Node>,
    at: &Span,
    report: &mut Report<'_>,
) {
    let Some(text) = text.filter(|_| sounds_secret(name)) else {
        return;
    };
    // What is written here is to be right; what others wrote is told, and goes on.
    let severity = match outline.profile.is_foreign() {
        false => Severity::Error,
        true => Severity::Warning,
    };
    let message = format!("the {what} `{name}` looks like a secret, but is not marked as one");
    // In an address it would not be sent.
    let is_taken = severity == Severity::Warning && what != "parameter";
    let label = match is_taken {
        true => "the client takes it for a secret, and never prints it",
        false => "would be printed in logs",
    };
    let finding = report.add(
        severity,
        codes::SECRET_UNMARKED,
        at,
        message,
        label.to_owned(),
    );
    let key = text.entry("type").map_or(&text.span, |it| &it.key_span);
    if key.start != at.start {
        finding.related(key, "plain text");
    }
    finding.help(
        "add `format: password` to its schema, or `x-secret: false` if it only looks like one",
    );
}
