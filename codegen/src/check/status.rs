//! Responses stand under a status.

use super::Check;
use super::outline::{Outline, Site};
use crate::diagnostic::{Class, Report, Rule, Severity, codes};
use crate::grammar::Kind;
use crate::load::tree::{Node, Value};

pub(super) const CHECK: Check = Check {
    rules: &[RULE],
    run: check,
};

const RULE: Rule = Rule {
    code: "spec::status",
    severity: Severity::Error,
    class: Class::Invalid,
    explanation: "The key of a response is no status.",
    remedy: "Use 100 to 599, `1XX` to `5XX`, or `default`.",
    fires: &[
        "paths: {/a: {get: {operationId: a, responses: {'600': {description: no}}}}}",
        "paths: {/a: {get: {operationId: a, responses: {2xx: {description: no}}}}}",
    ],
    silent: &[
        "paths: {/a: {get: {operationId: a, responses: {'204': {description: ok}, 4XX: {description: no}, default: {description: no}}}}}",
    ],
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    for site in outline.of(Kind::Operation) {
        look(site, report);
    }
}

fn look(site: &Site<'_>, report: &mut Report<'_>) {
    let Some(responses) = site.node.entry("responses") else {
        return;
    };
    let statuses = responses.value.entries().iter();
    let mut statuses = statuses.filter(|it| !it.key.starts_with("x-")).peekable();
    if statuses.peek().is_none() && is_mapping(&responses.value) {
        let message = "an operation needs at least one response";
        report
            .error(
                codes::EMPTY_LIST,
                &responses.key_span,
                message,
                "no response",
            )
            .help("describe the response of a call that succeeds");
    }
    for entry in statuses {
        let key = entry.key.as_str();
        let digits = key.bytes().all(|b| b.is_ascii_digit());
        let valid = match (key.as_bytes(), digits) {
            ([b'1'..=b'5', _, _], true) | ([b'1'..=b'5', b'X', b'X'], _) => true,
            _ => key == "default",
        };
        if !valid {
            let message = format!("`{key}` is not a response status");
            let upper = key.to_ascii_uppercase();
            let range = matches!(upper.as_bytes(), [b'1'..=b'5', b'X', b'X']);
            let help = match key.to_ascii_lowercase().as_str() {
                "default" => "write `default` in lower case".to_owned(),
                _ if range => format!("write `{upper}` in upper case"),
                _ => "use 100 to 599, `1XX` to `5XX`, or `default`".to_owned(),
            };
            report
                .find(&RULE, &entry.key_span, message, "this key")
                .help(help);
        }
    }
}

fn is_mapping(node: &Node) -> bool {
    matches!(node.value, Value::Mapping(_))
}
