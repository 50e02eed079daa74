//! Operations: their names, and what none can have.

use std::collections::HashMap;

use heck::ToSnakeCase;

use super::Check;
use super::outline::Outline;
use crate::diagnostic::{Report, codes};
use crate::grammar::Kind;
use crate::load::tree::Span;

pub(super) const CHECK: Check = Check {
    rules: &[],
    run: check,
};

fn check(outline: &Outline<'_>, report: &mut Report<'_>) {
    names(outline, report);
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
