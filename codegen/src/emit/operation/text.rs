//! The words of an operation's documentation.

use crate::emit::docs::{code, first_line, link as address, markdown, rules};
use crate::emit::security;
use crate::model::{Operation, Parameter, ParameterLocation, Permission, RateLimit};

use super::{Context, headers, headers_name};

/// What the operation does, in one line.
pub fn title(operation: &Operation) -> String {
    let text = operation
        .summary
        .as_deref()
        .or(operation.description.as_deref());
    match text {
        Some(text) => first_line(&markdown(text)),
        None => format!("{} {}.", operation.method.wire(), code(&operation.path)),
    }
}

pub(super) fn module(context: &Context<'_>) -> String {
    let operation = context.operation;
    format!("{}: {}", code(&operation.id), title(operation))
}

/// The documentation of the builder, which is what a caller looks up.
pub(super) fn builder(context: &Context<'_>) -> String {
    let operation = context.operation;
    let mut text = title(operation);
    if let Some(description) = &operation.description {
        push(&mut text, &markdown(description));
    }
    push(
        &mut text,
        &format!(
            "`{} {}`",
            operation.method.wire(),
            operation.path.replace('`', "'")
        ),
    );
    parameters(context, &mut text);
    responses(context, &mut text);
    if let Some(words) = security::of_operation(context.service, context.operation) {
        section(&mut text, "Credentials", &words);
    }
    limits(context, &mut text);
    if !operation.permissions.is_empty() {
        let permissions = operation.permissions.iter().map(permission);
        let heading = context.service.package.permissions.heading;
        section(&mut text, heading, &list(permissions));
    }
    if let Some(link) = &operation.docs {
        section(&mut text, "Source", &address(&link.url));
    }
    text
}

fn parameters(context: &Context<'_>, text: &mut String) {
    let operation = context.operation;
    if operation.parameters.is_empty() {
        return;
    }
    let lines = operation.parameters.iter().map(parameter);
    section(text, "Parameters", &list(lines));
}

fn parameter(parameter: &Parameter) -> String {
    let place = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    let mut line = format!("- {} ({place}", code(&parameter.name));
    line.push_str(if parameter.required {
        ", required"
    } else {
        ", optional"
    });
    match parameter.client_parameter {
        Some(crate::model::ClientParameter::ProjectId) => line.push_str(", from the client"),
        Some(crate::model::ClientParameter::AuthToken) => line.push_str(", from the credentials"),
        None => {}
    }
    if parameter.deprecated {
        line.push_str(", deprecated");
    }
    line.push(')');
    if let Some(description) = &parameter.description {
        line.push_str(": ");
        line.push_str(&one_line(&markdown(description)));
    }
    let rules = rules(
        &parameter.constraints,
        parameter.policy.as_ref(),
        parameter.default.as_ref(),
    );
    if !rules.is_empty() {
        line.push(' ');
        line.push_str(&rules);
    }
    line
}

fn responses(context: &Context<'_>, text: &mut String) {
    let operation = context.operation;
    if operation.responses.is_empty() {
        return;
    }
    let lines = operation.responses.iter().map(|response| {
        format!(
            "- {}: {}",
            code(&response.status.key()),
            one_line(&markdown(&response.description))
        )
    });
    section(text, "Responses", &list(lines));
    if !headers(context).is_empty() {
        let name = headers_name(context);
        push(
            text,
            &format!("[`{name}::of`] gives the headers of a success."),
        );
    }
    push(
        text,
        "Any other status is [`Error::Undocumented`](crate::Error::Undocumented).",
    );
}

/// How fast the client makes the call.
fn limits(context: &Context<'_>, text: &mut String) {
    let own = context.operation.rate_limit;
    let shared = context.service.rate_limit;
    let lines: Vec<_> = [
        (own, "of it"),
        (shared, "to the service, all its calls together"),
    ]
    .into_iter()
    .filter_map(|(limit, what)| limit.map(|limit| format!("- {} {what}", calls(limit))))
    .collect();
    if lines.is_empty() {
        return;
    }
    section(text, "Rate limit", &list(lines.into_iter()));
    push(
        text,
        "Calls beyond that wait for their turn; `ClientBuilder::rate_limit` sets another limit.",
    );
}

/// `500 calls a minute`.
fn calls(limit: RateLimit) -> String {
    let noun = if limit.calls == 1 { "call" } else { "calls" };
    let time = match limit.seconds {
        1 => "a second".to_owned(),
        60 => "a minute".to_owned(),
        3600 => "an hour".to_owned(),
        86_400 => "a day".to_owned(),
        seconds => format!("in {seconds} seconds"),
    };
    format!("{} {noun} {time}", limit.calls)
}

/// One permission with its conditions, as a list item.
fn permission(action: &Permission) -> String {
    let mut parts = Vec::new();
    parts.extend(
        action
            .access
            .as_ref()
            .map(|access| format!("access {}", code(access))),
    );
    parts.extend(
        action
            .resource
            .as_ref()
            .map(|resource| format!("resource {}", code(resource))),
    );
    let list = |words: &[String]| {
        words
            .iter()
            .map(|word| code(word))
            .collect::<Vec<_>>()
            .join(", ")
    };
    if !action.conditions.is_empty() {
        parts.push(format!("conditions {}", list(&action.conditions)));
    }
    if !action.alias.is_empty() {
        parts.push(format!("alias {}", list(&action.alias)));
    }
    if !action.dependencies.is_empty() {
        parts.push(format!("depends on {}", list(&action.dependencies)));
    }
    let detail = if parts.is_empty() {
        String::new()
    } else {
        format!(" ({})", parts.join("; "))
    };
    format!("- {}{detail}", code(&action.action))
}

/// What stands below a heading.
fn section(text: &mut String, heading: &str, body: &str) {
    push(text, &format!("# {heading}\n{body}"));
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("\n")
}

fn push(text: &mut String, part: &str) {
    text.push_str("\n\n");
    text.push_str(part);
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
