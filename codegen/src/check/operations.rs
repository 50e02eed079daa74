//! Operations: their names, bodies and responses.

use std::collections::HashMap;

use heck::ToSnakeCase;

use super::grammar::Kind;
use super::outline::{Outline, Site};
use super::paths;
use crate::diagnostic::{Report, codes};
use crate::load::tree::{Node, Span};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    names(outline, report);
    for (site, _, method) in paths::operations(outline) {
        body(site, method, report);
        responses(site, report);
        if let Some(callbacks) = site.node.entry("callbacks") {
            let message = "callbacks have no effect on a client";
            report
                .warning(
                    codes::NO_EFFECT,
                    &callbacks.key_span,
                    message,
                    "not generated",
                )
                .help("remove them, or keep them for other readers");
        }
    }
    for site in outline.of(Kind::RequestBody) {
        if let Some(content) = site
            .node
            .entry("content")
            .filter(|it| it.value.entries().is_empty())
        {
            let message = "a request body needs at least one media type";
            report
                .error(
                    codes::EMPTY_LIST,
                    &content.key_span,
                    message,
                    "no media type",
                )
                .help("add one, such as `application/json: {schema: …}`");
        }
    }
}

fn names(outline: &Outline<'_>, report: &mut Report<'_>) {
    let mut seen: HashMap<String, (&str, &Span)> = HashMap::new();
    for site in outline.of(Kind::Operation) {
        let Some(node) = site.node.get("operationId") else {
            continue;
        };
        let Some(name) = node.as_str() else { continue };
        let snake = name.to_snake_case();
        let identifier = snake.starts_with(|it: char| it.is_ascii_lowercase())
            && snake
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !identifier {
            let message = format!("`{name}` cannot become the name of a method");
            report
                .error(codes::OPERATION_ID, &node.span, message, "this name")
                .help("begin with a letter and use letters, digits, `_` and `-`: `ShowServer`");
            continue;
        }
        match seen.get(&snake) {
            None => {
                seen.insert(snake, (name, &node.span));
            }
            Some((other, span)) => {
                let message = if *other == name {
                    format!("the operationId `{name}` is there twice")
                } else {
                    format!("`{name}` and `{other}` both become the method `{snake}`")
                };
                report
                    .error(codes::OPERATION_ID, &node.span, message, "this one")
                    .related(span, "the first one")
                    .help("give each operation a name of its own");
            }
        }
    }
}

fn body(site: &Site<'_>, method: &str, report: &mut Report<'_>) {
    let Some(body) = site.node.entry("requestBody") else {
        return;
    };
    if matches!(method, "get" | "head" | "trace") {
        let method = method.to_ascii_uppercase();
        let message = format!("{method} with a request body");
        report
            .warning(
                codes::BODY,
                &body.key_span,
                message,
                "HTTP gives it no meaning",
            )
            .help("servers and proxies may drop it; send the values as query parameters");
    }
}

fn responses(site: &Site<'_>, report: &mut Report<'_>) {
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
                .error(codes::STATUS, &entry.key_span, message, "this key")
                .help(help);
        }
    }
}

fn is_mapping(node: &Node) -> bool {
    matches!(node.value, crate::load::tree::Value::Mapping(_))
}
