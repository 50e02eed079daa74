//! Arrays say of what.

use super::Check;
use super::outline::{Outline, Site};
use crate::diagnostic::{Class, Report, Rule, Severity};
use crate::grammar::Kind;
use crate::load::tree::Node;

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "schema::array-items",
    severity: Severity::Error,
    class: Class::Invalid,
    explanation: "An array does not say of what.",
    remedy: "Add `items`.",
    fires: &["components: {schemas: {A: {type: array}}}"],
    silent: &["components: {schemas: {A: {type: array, items: {type: string}}}}"],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in outline.of(Kind::Schema) {
        look(site, report);
    }
}

fn look(site: &Site<'_>, report: &mut Report<'_>) {
    if site.node.get("type").and_then(Node::as_str) == Some("array")
        && site.node.get("items").is_none()
    {
        let span = site.node.get("type").map_or(site.at, |it| &it.span);
        let message = "an array needs `items`";
        report
            .find(&RULE, span, message, "an array of what?")
            .help("add `items: {type: …}`");
    }
}
