//! Tags are declared once.

use std::collections::HashMap;

use super::Check;
use super::outline::Outline;
use crate::diagnostic::{Class, Report, Rule, Severity};
use crate::grammar::Kind;
use crate::load::tree::Node;

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "spec::duplicate-tag",
    severity: Severity::Error,
    class: Class::Invalid,
    explanation: "A tag is declared twice.",
    remedy: "Keep one of them.",
    fires: &["tags: [{name: a}, {name: a}]"],
    silent: &["tags: [{name: a}, {name: b}]"],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    let mut seen: HashMap<&str, &Node> = HashMap::new();
    for site in outline.of(Kind::Tag) {
        let Some(name) = site.node.get("name") else {
            continue;
        };
        let Some(text) = name.as_str() else { continue };
        if let Some(first) = seen.insert(text, name) {
            let message = format!("the tag `{text}` is declared twice");
            report
                .find(&RULE, &name.span, message, "this one")
                .related(&first.span, "the first one")
                .help("keep one of them");
        }
    }
}
