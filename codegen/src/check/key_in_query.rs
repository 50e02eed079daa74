//! Keys are not sent in the query.

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
    code: "safety::key-in-query",
    severity: Severity::Warning,
    class: Class::Lint,
    explanation: "A security scheme sends its key in the query. Addresses are kept in logs, histories and caches, and the key with them.",
    remedy: "Declare the scheme with `in: header`, if the service takes the key there.",
    fires: &["components: {securitySchemes: {key: {type: apiKey, name: key, in: query}}}"],
    silent: &["components: {securitySchemes: {key: {type: apiKey, name: X-Key, in: header}}}"],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in outline.of(Kind::SecurityScheme) {
        let word = |field: &str| site.node.get(field).and_then(Node::as_str);
        let Some(place) = site.node.get("in") else {
            continue;
        };
        if word("type") == Some("apiKey") && word("in") == Some("query") {
            let name = site.key.unwrap_or_default();
            let message = format!("the scheme `{name}` sends its key in the address");
            report
                .find(&RULE, &place.span, message, "kept in logs")
                .help("use `in: header`, if the service takes the key there");
        }
    }
}
