//! Secrets are marked as secrets, and none is written into an address.

mod names;
mod unmarked;

use std::collections::HashSet;

pub use names::sounds_secret;
pub use unmarked::is_taken_for_secret;

use super::Check;
use super::outline::{Outline, Site};
use crate::diagnostic::{Report, codes};
use crate::grammar::Kind;
use crate::load::tree::{Entry, Node, Span};

pub(super) const CHECK: Check = Check {
    rules: &[],
    run: check,
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in &outline.sites {
        match site.kind {
            Kind::Schema => marked(site, report),
            Kind::Parameter => parameter(outline, site, report),
            _ => {}
        }
    }
    unmarked::check(outline, report);
}

/// How deep a parameter is searched; nobody writes more than a few levels into an address.
const DEEPEST: usize = 64;

/// What a field marked as a secret cannot be.
fn marked(site: &Site<'_>, report: &mut Report<'_>) {
    let Some(format) = site
        .node
        .get("format")
        .filter(|it| it.as_str() == Some("password"))
    else {
        return;
    };
    if let Some(schema_type) = site.node.get("type")
        && let Some(word) = schema_type.as_str().filter(|word| *word != "string")
    {
        let message = format!("`format: password` needs the type `string`, not `{word}`");
        report
            .error(
                codes::SECRET_NOT_TEXT,
                &format.span,
                message,
                "only text can be a secret",
            )
            .related(&schema_type.span, "the type")
            .help("mark the text inside, or change the type");
    }
    if let Some(default) = site.node.entry("default") {
        let message = "a secret should have no default";
        report
            .warning(
                codes::SECRET_DEFAULT,
                &default.key_span,
                message,
                "known to everybody",
            )
            .related(&format.span, "marked as a secret")
            .help("remove the default");
    }
}

fn parameter(outline: &Outline<'_>, site: &Site<'_>, report: &mut Report<'_>) {
    let Some(name_node) = site.node.get("name") else {
        return;
    };
    let Some(name) = name_node.as_str() else {
        return;
    };
    let content = site.node.get("content").map_or(&[][..], Node::entries);
    let content = content.iter().filter_map(|entry| entry.value.get("schema"));
    let schemas: Vec<&Node> = site.node.get("schema").into_iter().chain(content).collect();

    let place = site.node.get("in").and_then(Node::as_str);
    if let Some(place @ ("path" | "query")) = place {
        let mut seen = HashSet::new();
        for schema in &schemas {
            if let Some(secret) = find_secret(outline, schema, &mut seen, DEEPEST) {
                let message = format!("the {place} parameter `{name}` carries a secret");
                let finding = report.error(
                    codes::SECRET_IN_URL,
                    &name_node.span,
                    message,
                    "would be part of the address",
                );
                finding.related(secret, "a secret");
                finding.help(
                    "addresses end up in logs: send it in the body or in a header, \
                     or remove `format: password` if it is no secret",
                );
                return;
            }
        }
    }
}

/// The place of `format: password` in a schema or anything it holds, `left` levels deep.
fn find_secret<'a>(
    outline: &Outline<'a>,
    schema: &'a Node,
    seen: &mut HashSet<usize>,
    left: usize,
) -> Option<&'a Span> {
    let schema = outline.resolve(schema)?;
    // Recursive types come back to the same bytes.
    if left == 0 || !seen.insert(schema.span.start) {
        return None;
    }
    if let Some(format) = schema
        .get("format")
        .filter(|it| it.as_str() == Some("password"))
    {
        return Some(&format.span);
    }
    let properties = schema.get("properties").map_or(&[][..], Node::entries);
    let unmarked = |entry: &&Entry| {
        outline.profile.is_foreign() && unmarked::is_unmarked(outline, &entry.key, &entry.value)
    };
    if let Some(taken) = properties.iter().find(unmarked) {
        return Some(&taken.key_span);
    }
    let properties = properties.iter().map(|entry| &entry.value);
    let parts = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .flat_map(|field| schema.get(field).map_or(&[][..], Node::items));
    let one = ["items", "additionalProperties"]
        .into_iter()
        .filter_map(|field| schema.get(field));
    properties
        .chain(parts)
        .chain(one)
        .find_map(|child| find_secret(outline, child, seen, left - 1))
}
