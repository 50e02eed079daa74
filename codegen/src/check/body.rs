//! Request bodies stand where HTTP gives them a meaning.

use super::Check;
use super::outline::{Outline, Site};
use super::paths;
use crate::diagnostic::{Class, Report, Rule, Severity};

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "spec::body-without-meaning",
    severity: Severity::Warning,
    class: Class::Lint,
    explanation: "A request body stands where the method gives it no meaning.",
    remedy: "Send the values as query parameters, or use POST.",
    fires: &[
        "paths: {/a: {get: {operationId: a, requestBody: {content: {application/json: {}}}, responses: {'204': {description: ok}}}}}",
    ],
    silent: &[
        "paths: {/a: {put: {operationId: a, requestBody: {content: {application/json: {}}}, responses: {'204': {description: ok}}}}}",
    ],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for (site, _, method) in paths::operations(outline) {
        look(site, method, report);
    }
}

fn look(site: &Site<'_>, method: &str, report: &mut Report<'_>) {
    let Some(body) = site.node.entry("requestBody") else {
        return;
    };
    if matches!(method, "get" | "head" | "trace") {
        let method = method.to_ascii_uppercase();
        let message = format!("{method} with a request body");
        report
            .find(&RULE, &body.key_span, message, "HTTP gives it no meaning")
            .help("servers and proxies may drop it; send the values as query parameters");
    }
}
