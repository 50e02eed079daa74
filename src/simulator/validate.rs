//! Whether a request is what the operation documents: parameters, content type and body.

use huaweicloud_codegen::model::{ClientParameter, ParameterLocation};
use hyper::HeaderMap;
use hyper::header::CONTENT_TYPE;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::spec::{Operation, Parameter, essence};

/// The parts of a request that are judged.
pub(crate) struct Incoming<'a> {
    /// Path parameters by name, decoded.
    pub(crate) path_values: &'a [(&'a str, String)],
    /// The query as it stands on the request line, without the question mark.
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// Everything that is wrong with a request, in words that hold no value of it.
///
/// What the document does not know counts as wrong: a client that sends it is mistaken about the
/// API, and the real service may ignore it without a word.
pub(crate) fn problems(operation: &Operation, incoming: &Incoming<'_>) -> Vec<String> {
    let mut problems = Vec::new();
    match query_pairs(incoming.query) {
        Some(pairs) => parameters(operation, incoming, &pairs, &mut problems),
        None => problems.push("the query is not UTF-8 text".to_owned()),
    }
    body(operation, incoming, &mut problems);
    problems
}

/// The pairs of a query, decoded; a plus sign stays one, since these services sign it as such.
pub(crate) fn query_pairs(query: &str) -> Option<Vec<(String, String)>> {
    let decode = |text: &str| {
        let decoded = percent_decode_str(text).decode_utf8().ok()?;
        Some(decoded.into_owned())
    };
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(value)?))
        })
        .collect()
}

fn parameters(
    operation: &Operation,
    incoming: &Incoming<'_>,
    query: &[(String, String)],
    problems: &mut Vec<String>,
) {
    for parameter in &operation.parameters {
        let texts = texts(parameter, incoming, query);
        let name = &parameter.name;
        if texts.is_empty() {
            // The token is no parameter of a signed request; authentication has judged it already.
            let held_by_client = parameter.client_parameter == Some(ClientParameter::AuthToken);
            if parameter.required && !held_by_client {
                problems.push(format!("parameter {name} is missing"));
            }
            continue;
        }
        let value = parameter.value(&texts);
        if texts.len() > 1 && !value.is_array() {
            problems.push(format!("parameter {name} is sent more than once"));
            continue;
        }
        problems.extend(
            parameter
                .check
                .problems(&value, &format!("parameter {name}")),
        );
    }
    for (name, _) in query {
        let is_documented = operation.parameters.iter().any(|parameter| {
            parameter.location == ParameterLocation::Query && parameter.name == *name
        });
        if !is_documented {
            problems.push(format!("query parameter {name} is not documented"));
        }
    }
}

fn texts<'a>(
    parameter: &Parameter,
    incoming: &'a Incoming<'_>,
    query: &'a [(String, String)],
) -> Vec<&'a str> {
    let named = |name: &str| name == parameter.name;
    match parameter.location {
        ParameterLocation::Path => incoming
            .path_values
            .iter()
            .filter(|(name, _)| named(name))
            .map(|(_, value)| value.as_str())
            .collect(),
        ParameterLocation::Query => query
            .iter()
            .filter(|(name, _)| named(name))
            .map(|(_, value)| value.as_str())
            .collect(),
        ParameterLocation::Header => incoming
            .headers
            .get_all(parameter.name.as_str())
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect(),
        // The client sends none, and no document of it is served.
        ParameterLocation::Cookie => Vec::new(),
    }
}

fn body(operation: &Operation, incoming: &Incoming<'_>, problems: &mut Vec<String>) {
    let Some(documented) = &operation.body else {
        if !incoming.body.is_empty() {
            problems.push("a body was sent, and none is documented".to_owned());
        }
        return;
    };
    if incoming.body.is_empty() {
        if documented.required {
            problems.push("the body is missing".to_owned());
        }
        return;
    }
    let sent = incoming
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(essence);
    let name = &documented.media_type;
    if sent.as_ref() != Some(&essence(name)) {
        problems.push(match sent {
            Some(_) => format!("the Content-Type is not the documented {name}"),
            None => format!("the Content-Type is missing; {name} is documented"),
        });
        return;
    }
    match serde_json::from_slice::<Value>(incoming.body) {
        Ok(value) => problems.extend(documented.check.problems(&value, "body")),
        Err(error) => problems.push(format!(
            "the body is not JSON: line {}, column {}",
            error.line(),
            error.column()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::reader;
    use hyper::header::HeaderValue;
    use serde_json::json;

    fn operation() -> Operation {
        let root = json!({"paths": {"/v1/{id}": {"post": {
            "operationId": "Post",
            "parameters": [
                {"name": "id", "in": "path", "required": true, "schema": {"type": "string", "maxLength": 4}},
                {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 10}},
                {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                {"name": "X-Language", "in": "header", "required": true, "schema": {"type": "string", "enum": ["en-us"]}},
                {"name": "X-Auth-Token", "in": "header", "required": true, "x-client-parameter": "auth_token",
                 "schema": {"type": "string"}},
            ],
            "requestBody": {"required": true, "content": {"application/json; charset=utf-8": {
                "schema": {"type": "object", "properties": {"name": {"type": "string"}}}}}},
            "responses": {"200": {}}}}}});
        reader::read("a", root).unwrap().remove(0)
    }

    fn judge(
        id: &str,
        query: &str,
        headers: &[(&'static str, &'static str)],
        body: &str,
    ) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_static(value));
        }
        problems(
            &operation(),
            &Incoming {
                path_values: &[("id", id.to_owned())],
                query,
                headers: &map,
                body: body.as_bytes(),
            },
        )
        .join("; ")
    }

    const FINE: [(&str, &str); 2] = [
        ("x-language", "en-us"),
        ("content-type", "application/json"),
    ];

    #[test]
    fn a_documented_request_is_fine_with_and_without_the_token_header() {
        assert_eq!(
            judge("a", "limit=3&tags=x&tags=y", &FINE, r#"{"name":"n"}"#),
            ""
        );
        let with_token = [FINE[0], FINE[1], ("x-auth-token", "t")];
        assert_eq!(judge("a", "", &with_token, "{}"), "");
    }

    #[test]
    fn every_fault_is_named() {
        for (fault, found) in [
            ("parameter id: ", judge("too long", "", &FINE, "{}")),
            ("parameter limit: ", judge("a", "limit=11", &FINE, "{}")),
            ("parameter limit: ", judge("a", "limit=many", &FINE, "{}")),
            (
                "limit is sent more than once",
                judge("a", "limit=1&limit=2", &FINE, "{}"),
            ),
            (
                "query parameter other is not documented",
                judge("a", "other=1", &FINE, "{}"),
            ),
            (
                "the query is not UTF-8",
                judge("a", "limit=%ff", &FINE, "{}"),
            ),
            (
                "parameter X-Language is missing",
                judge("a", "", &FINE[1..], "{}"),
            ),
            ("Content-Type is missing", judge("a", "", &FINE[..1], "{}")),
            ("the body is missing", judge("a", "", &FINE, "")),
            ("the body is not JSON", judge("a", "", &FINE, "{")),
            (
                "undocumented fields: more",
                judge("a", "", &FINE, r#"{"more":1}"#),
            ),
        ] {
            assert!(found.contains(fault), "{fault}: {found}");
        }
        let plain = [FINE[0], ("content-type", "text/plain")];
        assert!(judge("a", "", &plain, "{}").contains("not the documented application/json"));
    }
}
