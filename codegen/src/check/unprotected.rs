//! Operations that change something say whose business it is.

use super::Check;
use super::outline::Outline;
use super::paths;
use crate::diagnostic::{Class, Report, Rule, Severity};
use crate::load::tree::Node;

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "safety::unprotected-change",
    severity: Severity::Warning,
    class: Class::Lint,
    explanation: "An operation that changes something names no security, nor does the document, though schemes are declared. Its calls carry no credentials.",
    remedy: "Add `security`, for the document or the operation. `security: []` says that the operation is open on purpose.",
    fires: &[
        "paths: {/a: {post: {operationId: a, responses: {'204': {description: ok}}}}}\ncomponents: {securitySchemes: {token: {type: http, scheme: bearer}}}",
    ],
    silent: &[
        "paths: {/a: {post: {operationId: a, responses: {'204': {description: ok}}}}}\nsecurity: [{token: []}]\ncomponents: {securitySchemes: {token: {type: http, scheme: bearer}}}",
        "paths: {/a: {post: {operationId: a, security: [], responses: {'204': {description: ok}}}}}\ncomponents: {securitySchemes: {token: {type: http, scheme: bearer}}}",
        "paths: {/a: {get: {operationId: a, responses: {'204': {description: ok}}}}}\ncomponents: {securitySchemes: {token: {type: http, scheme: bearer}}}",
        "paths: {/a: {post: {operationId: a, responses: {'204': {description: ok}}}}}",
    ],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    let root = outline.root();
    let schemes = root
        .get("components")
        .and_then(|all| all.entry("securitySchemes"))
        .filter(|schemes| !schemes.value.entries().is_empty());
    let Some(schemes) = schemes.filter(|_| root.get("security").is_none()) else {
        return;
    };
    for (site, _, method) in paths::operations(outline) {
        let changes = matches!(method, "post" | "put" | "patch" | "delete");
        if !changes || site.node.get("security").is_some() {
            continue;
        }
        let name = site.node.get("operationId").and_then(Node::as_str);
        let message = match name {
            Some(name) => format!("`{name}` changes something and asks for no credentials"),
            None => "this operation changes something and asks for no credentials".to_owned(),
        };
        report
            .find(&RULE, site.at, message, "no `security`")
            .related(&schemes.key_span, "the schemes there are")
            .help("add `security`, or `security: []` if it is open on purpose");
    }
}
