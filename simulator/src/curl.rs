//! A curl command for an operation, from the examples of its document.

use std::fmt::Write;

use huaweicloud_codegen::model::{ClientParameter, ParameterLocation};
use serde_json::Value;

use crate::operation::{Operation, RequestBody, essence, is_json};
use crate::spelled::{FORM, JSON, Place, encode, spelled};

/// A command for a POSIX shell that calls an operation of the simulator at `endpoint`.
pub(crate) fn command(
    operation: &Operation,
    endpoint: &str,
    credentials: &[(String, String)],
) -> String {
    let mut path = operation.path().to_owned();
    let fixed = operation.query.iter();
    let mut query: Vec<_> = fixed
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    let mut headers = Vec::new();
    let mut cookies = Vec::new();
    for parameter in &operation.parameters {
        let is_token = parameter.client_parameter == Some(ClientParameter::AuthToken);
        if is_token || !parameter.required {
            continue;
        }
        let name = &parameter.name;
        let place = match parameter.location {
            ParameterLocation::Header => Place::Header,
            ParameterLocation::Path => Place::Path,
            _ => Place::Pairs,
        };
        let pairs = spelled(name, &parameter.example, parameter.written.spelling, place);
        let whole = || {
            pairs
                .iter()
                .map(|(_, text)| text.as_str())
                .collect::<String>()
        };
        let each = pairs.iter().map(|(name, text)| format!("{name}={text}"));
        match parameter.location {
            ParameterLocation::Path => path = path.replace(&format!("{{{name}}}"), &whole()),
            ParameterLocation::Header => headers.push(format!("{name}: {}", whole())),
            ParameterLocation::Query => query.extend(each),
            ParameterLocation::Cookie => cookies.extend(each),
        }
    }
    if operation.needs_authentication {
        let credentials = credentials.iter();
        headers.extend(credentials.map(|(name, value)| format!("{name}: {value}")));
    }
    if !cookies.is_empty() {
        headers.push(format!("Cookie: {}", cookies.join("; ")));
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
        let _ = write!(command, " \\\n  -d {}", quoted(&text(body)));
    }
    command
}

/// The example of a body, as its media type writes it.
fn text(body: &RequestBody) -> String {
    let essence = essence(&body.media_type);
    match &body.example {
        Value::Object(fields) if essence == "application/x-www-form-urlencoded" => {
            let pairs = fields.iter().flat_map(|(name, value)| {
                let own = body.spelled.iter().find(|(it, _)| it == name);
                let spelling = match own {
                    Some((_, written)) => written.spelling,
                    // What is an object is JSON, as the client sends it.
                    None if value.is_object() => JSON,
                    None => FORM,
                };
                spelled(name, value, spelling, Place::Pairs)
            });
            let pairs: Vec<_> = pairs.map(|(name, text)| format!("{name}={text}")).collect();
            pairs.join("&")
        }
        Value::String(text) if !is_json(&essence) => text.clone(),
        value => value.to_string(),
    }
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
    fn a_form_is_spelled_as_its_document_has_it_and_read_so() {
        let root = json!({"paths": {"/form": {"post": {
            "operationId": "Post",
            "requestBody": {"content": {"application/x-www-form-urlencoded": {
                "schema": {"type": "object", "required": ["tags"], "properties": {
                    "tags": {"type": "array", "items": {"type": "string"}, "minItems": 2},
                    "words": {"type": "array", "items": {"type": "string"}},
                    "lid": {"type": "object", "properties": {"color": {"type": "string"}}},
                    "at": {"type": "object", "properties": {"x": {"type": "integer"}}}}},
                "encoding": {"tags": {"style": "form", "explode": false}, "at": {"style": "deepObject"}},
                "example": {"tags": ["a", "b&c"], "words": ["d", "e"], "lid": {"color": "red"}, "at": {"x": 1}}}}},
            "responses": {"200": {}}}}}});
        let operation = &reader::operations("a", root).unwrap()[0];
        let body = operation.body.as_ref().unwrap();
        let form = text(body);
        assert_eq!(
            form,
            "tags=a,b%26c&words=d&words=e&lid=%7B%22color%22%3A%22red%22%7D&at%5Bx%5D=1"
        );
        let read = crate::validate::form(body, &form).unwrap();
        assert_eq!(read, body.example);
        assert!(body.check.problems(&read, "body").is_empty());
        assert!(crate::validate::form(body, "tags=a&tags=b").is_err());
    }

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
