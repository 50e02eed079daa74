//! A curl command for an operation, from the examples of its document.

use std::fmt::Write;

use huaweicloud_codegen::model::{ClientParameter, ParameterLocation};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::operation::{Operation, Parameter};

const UNRESERVED_STAYS: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A command for a POSIX shell to which the simulator at `endpoint` responds with success.
pub(crate) fn command(
    operation: &Operation,
    endpoint: &str,
    credentials: &[(String, String)],
) -> String {
    let mut path = operation.path().to_owned();
    let mut query = Vec::new();
    let mut headers = Vec::new();
    for parameter in &operation.parameters {
        let is_token = parameter.client_parameter == Some(ClientParameter::AuthToken);
        if is_token || !parameter.required {
            continue;
        }
        let name = &parameter.name;
        let value = text(parameter);
        match parameter.location {
            ParameterLocation::Path => path = path.replace(&format!("{{{name}}}"), &encode(&value)),
            ParameterLocation::Query => query.push(format!("{}={}", encode(name), encode(&value))),
            ParameterLocation::Header => headers.push(format!("{name}: {value}")),
            // The client sends none.
            ParameterLocation::Cookie => {}
        }
    }
    if operation.needs_authentication {
        let credentials = credentials.iter();
        headers.extend(credentials.map(|(name, value)| format!("{name}: {value}")));
    }
    let body = operation.body.as_ref();
    if let Some(body) = body {
        headers.push(format!("Content-Type: {}", body.media_type));
    }
    let mut url = format!("{endpoint}{path}");
    if !query.is_empty() {
        url = format!("{url}?{}", query.join("&"));
    }
    let mut command = format!("curl -i -X {} {}", operation.method(), quoted(&url));
    for header in headers {
        // Writing to a String cannot fail.
        let _ = write!(command, " \\\n  -H {}", quoted(&header));
    }
    if let Some(body) = body {
        let text = match &body.example {
            Value::String(text) => text.clone(),
            value => value.to_string(),
        };
        let _ = write!(command, " \\\n  -d {}", quoted(&text));
    }
    command
}

fn text(parameter: &Parameter) -> String {
    match &parameter.example {
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items = items.iter().map(|item| match item {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            items.collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, &UNRESERVED_STAYS).to_string()
}

/// Single quotes, in which a POSIX shell leaves everything else alone.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader;
    use serde_json::json;

    #[test]
    fn holds_all_that_is_needed_and_survives_the_shell() {
        let root = json!({"paths": {"/v1/{id}": {"post": {
            "operationId": "Post",
            "parameters": [
                {"name": "id", "in": "path", "required": true, "example": "a b", "schema": {"type": "string"}},
                {"name": "page", "in": "query", "required": true, "schema": {"type": "integer", "minimum": 1}},
                {"name": "optional", "in": "query", "schema": {"type": "integer"}},
                {"name": "X-Auth-Token", "in": "header", "required": true,
                 "x-client-parameter": "auth_token", "schema": {"type": "string"}},
            ],
            "requestBody": {"content": {"application/json": {
                "schema": {"type": "object", "properties": {"word": {"type": "string"}}},
                "example": {"word": "it's"}}}},
            "responses": {"200": {}}}}}});
        let operation = &reader::operations("a", root).unwrap()[0];
        let credentials = [("X-Auth-Token".to_owned(), "demo".to_owned())];
        assert_eq!(
            command(operation, "http://127.0.0.1:1", &credentials),
            concat!(
                "curl -i -X POST 'http://127.0.0.1:1/v1/a%20b?page=1' \\\n",
                "  -H 'X-Auth-Token: demo' \\\n",
                "  -H 'Content-Type: application/json' \\\n",
                r#"  -d '{"word":"it'\''s"}'"#,
            )
        );
    }
}
