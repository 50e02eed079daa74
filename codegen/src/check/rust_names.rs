//! Names that stay apart in Rust.

use std::collections::{HashMap, HashSet};

use super::Check;
use super::outline::{Outline, Site};
use super::paths;
use crate::diagnostic::{Class, Report, Rule, Severity};
use crate::grammar::Kind;
use crate::load::tree::{Node, Span};
use crate::names;

pub(super) const CHECK: Check = Check {
    rules: &[CLASH, ENUM_VALUES, NO_OPERATION_ID],
    run: check,
};

const CLASH: Rule = Rule {
    code: "rust::name-clash",
    severity: Severity::Warning,
    class: Class::Lint,
    explanation: "Names that differ in a document become one name in Rust, so that the later one gets a number, which changes when the order does.",
    remedy: "Rename one of them, if the service lets you.",
    fires: &[
        "components: {schemas: {A: {type: object, properties: {userName: {type: string}, user_name: {type: string}}}}}",
        "components: {schemas: {user_group: {type: string}, UserGroup: {type: string}}}",
        "paths: {/a: {get: {operationId: a, parameters: [{name: sort-by, in: query, schema: {type: string}}, {name: sort_by, in: query, schema: {type: string}}], responses: {'204': {description: ok}}}}}",
    ],
    silent: &[
        "components: {schemas: {A: {type: object, properties: {user: {type: string}, user_name: {type: string}}}}}",
    ],
};

const ENUM_VALUES: Rule = Rule {
    code: "rust::enum-values",
    severity: Severity::Warning,
    class: Class::Lint,
    explanation: "Values of an enum become one name in Rust, so that the later one gets a number, or a value has no letter and digit to be named after.",
    remedy: "Nothing, if the service has these values: say in the description what each means, since the names do not.",
    fires: &[
        "components: {schemas: {A: {type: string, enum: [a-b, a_b]}}}",
        "components: {schemas: {A: {type: string, enum: ['', a]}}}",
    ],
    silent: &["components: {schemas: {A: {type: string, enum: [a, b, '+', '-']}}}"],
};

const NO_OPERATION_ID: Rule = Rule {
    code: "rust::no-operation-id",
    severity: Severity::Warning,
    class: Class::Lint,
    explanation: "An operation has no `operationId`, so that its method is named after the HTTP method and the path, and renamed when the path is.",
    remedy: "Add an `operationId` that says what it does.",
    fires: &["paths: {/a: {get: {responses: {'204': {description: ok}}}}}"],
    silent: &["paths: {/a: {get: {operationId: a, responses: {'204': {description: ok}}}}}"],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in outline.of(Kind::Schema) {
        let properties = site.node.get("properties").map_or(&[][..], Node::entries);
        let properties = properties.iter().map(|it| (it.key.as_str(), &it.key_span));
        clash("properties", properties, names::snake, report);
        values(site, report);
    }
    for site in outline.of(Kind::Components) {
        let schemas = site.node.get("schemas").map_or(&[][..], Node::entries);
        let schemas = schemas.iter().map(|it| (it.key.as_str(), &it.key_span));
        clash("schemas", schemas, names::pascal, report);
    }
    for (site, path, method) in paths::operations(outline) {
        parameters(outline, site, report);
        if site.node.get("operationId").is_none() {
            let name = names::of_operation(method, path);
            let message = format!("this operation has no name, and becomes the method `{name}`");
            // What is written here is to have names; what others wrote gets them.
            let severity = match outline.profile.is_foreign() {
                false => Severity::Error,
                true => NO_OPERATION_ID.severity,
            };
            let label = "no `operationId`".to_owned();
            report
                .add(severity, NO_OPERATION_ID.code, site.at, message, label)
                .help("add `operationId` with a name that says what it does");
        }
    }
}

fn parameters<'a>(outline: &Outline<'a>, site: &Site<'a>, report: &mut Report<'_>) {
    let all = site.node.get("parameters").map_or(&[][..], Node::items);
    let mut headers = HashSet::new();
    let all = all.iter().filter_map(|it| {
        let parameter = outline.resolve(it)?;
        let node = parameter.get("name")?;
        let name = node.as_str()?;
        let is_header = parameter.get("in").and_then(Node::as_str) == Some("header");
        // The same header in other letters is a duplicate, and another finding.
        if is_header && !headers.insert(name.to_ascii_lowercase()) {
            return None;
        }
        let at = match it.get("$ref") {
            Some(_) => &it.span,
            None => &node.span,
        };
        Some((name, at))
    });
    clash("parameters", all, names::snake, report);
}

/// Tells of names that are one after conversion. The same name twice is another finding.
fn clash<'a>(
    what: &str,
    all: impl Iterator<Item = (&'a str, &'a Span)>,
    convert: fn(&str) -> String,
    report: &mut Report<'_>,
) {
    let mut seen: HashMap<String, (&str, &Span)> = HashMap::new();
    for (name, at) in all {
        let converted = convert(name);
        let Some((other, first)) = seen.get(&converted).copied() else {
            seen.insert(converted, (name, at));
            continue;
        };
        if other != name {
            let message = format!("the {what} `{other}` and `{name}` both become `{converted}`");
            report
                .find(&CLASH, at, message, "gets a number")
                .related(first, "the first one")
                .help("rename one of them, if the service lets you");
        }
    }
}

fn values(site: &Site<'_>, report: &mut Report<'_>) {
    let mut seen: HashMap<String, &Node> = HashMap::new();
    for item in site.node.get("enum").map_or(&[][..], Node::items) {
        let Some(text) = item.as_str() else { continue };
        if text.is_empty() || names::pascal(text) == "Value" && !text.eq_ignore_ascii_case("value")
        {
            let message = format!("the value `{text}` has nothing to be named after");
            report
                .find(&ENUM_VALUES, &item.span, message, "becomes `Value`")
                .help("say in the description what it means");
            continue;
        }
        let name = names::pascal(text);
        match seen.get(&name) {
            // The same value twice is another finding.
            Some(first) if first.as_str() != Some(text) => {
                let other = first.as_str().unwrap_or_default();
                let message = format!("the values `{other}` and `{text}` both become `{name}`");
                report
                    .find(&ENUM_VALUES, &item.span, message, "gets a number")
                    .related(&first.span, "the first one")
                    .help("say in the description what each means");
            }
            Some(_) => {}
            None => {
                seen.insert(name, item);
            }
        }
    }
}
