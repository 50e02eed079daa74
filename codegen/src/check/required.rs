//! The names in `required` are properties.

use std::collections::HashMap;

use super::Check;
use super::outline::{Outline, Site};
use super::spelling;
use crate::diagnostic::{Class, Report, Rule, Severity, codes};
use crate::grammar::Kind;
use crate::load::tree::{Node, Value};

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "schema::required",
    severity: Severity::Error,
    class: Class::Lint,
    explanation: "A name is required twice, or, as a warning, without a property of that name.",
    remedy: "Keep each name once, and describe the property of that name.",
    fires: &[
        "components: {schemas: {A: {type: object, required: [a, a], properties: {a: {type: string}}}}}",
    ],
    silent: &[
        "components: {schemas: {A: {type: object, required: [a], properties: {a: {type: string}}}}}",
        "components: {schemas: {A: {allOf: [{type: object, required: [a]}, {type: object, properties: {a: {type: string}}}]}}}",
    ],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in outline.of(Kind::Schema) {
        look(outline, site, report);
    }
}

fn look(outline: &Outline<'_>, site: &Site<'_>, report: &mut Report<'_>) {
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
                .error(RULE.code, &item.span, message, "this one")
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
        let finding = report.warning(RULE.code, &item.span, message, "not a property");
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
