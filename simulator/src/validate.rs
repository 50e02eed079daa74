//! Whether a request is what the operation documents: parameters, content type and body.

use http::HeaderMap;
use http::header::{CONTENT_TYPE, COOKIE};
use huaweicloud_codegen::model::{ClientParameter, ParameterLocation};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::operation::{Operation, Parameter, RequestBody, essence, is_json};
use crate::written::{Given, decode};

/// The parts of a request that are judged.
pub(crate) struct Incoming<'a> {
    /// Path parameters by name, as they stand on the request line.
    pub(crate) path_values: &'a [(&'a str, String)],
    /// The query as it stands on the request line, without the question mark.
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) body: &'a [u8],
}

/// What came of judging a request.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// Everything that is wrong with it, in words that hold no value of it.
    pub(crate) problems: Vec<String>,
    /// Its body, where it is JSON or a form.
    pub(crate) body: Option<Value>,
}

/// Judges a request.
///
/// What the document does not know counts as wrong: a client that sends it is mistaken about the
/// API, and the real service may ignore it without a word.
pub(crate) fn judge(operation: &Operation, incoming: &Incoming<'_>) -> Judged {
    let mut judged = Judged::default();
    match query_pairs(incoming.query) {
        Some(_) => parameters(operation, incoming, &mut judged.problems),
        None => judged
            .problems
            .push("the query is not UTF-8 text".to_owned()),
    }
    body(operation, incoming, &mut judged);
    judged
}

/// The pairs of a query, decoded; a plus sign stays one, since it may have been signed as such.
pub fn query_pairs(query: &str) -> Option<Vec<(String, String)>> {
    let pairs = raw_pairs(query).into_iter();
    pairs
        .map(|(name, value)| Some((decoded(name)?, decoded(value)?)))
        .collect()
}

/// What stands percent-encoded, if it is UTF-8.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

/// A name out of a request, if it looks like one: what stands in its place by mistake may be a secret.
pub(crate) fn shown_name(name: &str) -> &str {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "_-.[]$@:".contains(it);
    match name.len() <= 40 && !name.is_empty() && name.chars().all(is_plain) {
        true => name,
        false => "(not shown)",
    }
}

fn raw_pairs(query: &str) -> Vec<(&str, &str)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect()
}

fn parameters(operation: &Operation, incoming: &Incoming<'_>, problems: &mut Vec<String>) {
    let query = raw_pairs(incoming.query);
    let cookies = cookies(incoming.headers);
    let cookies: Vec<(&str, &str)> = cookies.iter().map(|(a, b)| (*a, *b)).collect();
    let mut taken = vec![false; query.len()];
    let names = operation.parameters.iter();
    let names: Vec<&str> = names.map(|it| it.name.as_str()).collect();
    for parameter in &operation.parameters {
        let name = &parameter.name;
        let is_other = |it: &str| it != name && names.contains(&it);
        let given = match parameter.location {
            ParameterLocation::Query => {
                let mut take = |index: usize| taken[index] = true;
                parameter
                    .written
                    .in_pairs(name, &query, &is_other, &mut take)
            }
            ParameterLocation::Cookie => {
                parameter
                    .written
                    .in_pairs(name, &cookies, &is_other, &mut |_| {})
            }
            _ => alone(parameter, incoming),
        };
        let value = match given {
            Given::Value(value) => value,
            Given::Repeated => {
                problems.push(format!("parameter {name} is sent more than once"));
                continue;
            }
            Given::Nothing => {
                // The token is no parameter of a signed request; authentication has judged it.
                let held_by_client = parameter.client_parameter == Some(ClientParameter::AuthToken);
                if parameter.required && !held_by_client {
                    problems.push(format!("parameter {name} is missing"));
                }
                continue;
            }
        };
        let place = format!("parameter {name}");
        problems.extend(parameter.check.problems(&value, &place));
    }
    let keys = operation.keys_in_query();
    for ((name, _), taken) in query.iter().zip(taken) {
        let name = decode(name);
        let is_fixed = operation.query.iter().any(|(fixed, _)| *fixed == name);
        if !taken && !is_fixed && !keys.contains(&name.as_str()) {
            let name = shown_name(&name);
            problems.push(format!("query parameter {name} is not documented"));
        }
    }
}

/// The value of a parameter that is all of a header or of a place in the path.
fn alone(parameter: &Parameter, incoming: &Incoming<'_>) -> Given {
    let name = parameter.name.as_str();
    if parameter.location == ParameterLocation::Path {
        let found = incoming.path_values.iter().find(|(it, _)| *it == name);
        return found.map_or(Given::Nothing, |(_, text)| {
            Given::Value(parameter.written.value(name, text))
        });
    }
    let texts = incoming.headers.get_all(name).iter();
    let texts: Vec<&str> = texts.filter_map(|value| value.to_str().ok()).collect();
    match texts.as_slice() {
        [] => Given::Nothing,
        [one] => Given::Value(parameter.written.header(name, one)),
        many => match parameter.written.header(name, &many.join(",")) {
            Value::Array(items) => Given::Value(Value::Array(items)),
            _ => Given::Repeated,
        },
    }
}

fn cookies(headers: &HeaderMap) -> Vec<(&str, &str)> {
    let all = headers.get_all(COOKIE).iter();
    let texts = all.filter_map(|value| value.to_str().ok());
    let pairs = texts.flat_map(|text| text.split(';'));
    pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .collect()
}

fn body(operation: &Operation, incoming: &Incoming<'_>, judged: &mut Judged) {
    let problems = &mut judged.problems;
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
    let name = documented.media_types();
    let Some(sent) = sent else {
        problems.push(format!("the Content-Type is missing; {name} is documented"));
        return;
    };
    let Some(check) = documented.check_of(&sent) else {
        problems.push(format!("the Content-Type is not the documented {name}"));
        return;
    };
    match value(documented, &sent, incoming.body) {
        Ok(value) => {
            if let Some(value) = &value {
                problems.extend(check.problems(value, "body"));
            }
            judged.body = value;
        }
        Err(problem) => problems.push(problem),
    }
}

/// What a body says, where it is JSON or a form.
fn value(documented: &RequestBody, sent: &str, body: &[u8]) -> Result<Option<Value>, String> {
    if is_json(sent) {
        let value = serde_json::from_slice(body).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            format!("the body is not JSON: line {line}, column {column}")
        })?;
        return Ok(Some(value));
    }
    if sent == "application/x-www-form-urlencoded" {
        let text = std::str::from_utf8(body).map_err(|_| "the form is not UTF-8 text")?;
        return form(documented, &text.replace('+', "%20")).map(Some);
    }
    Ok(None)
}

/// The object that a form makes.
pub(crate) fn form(body: &RequestBody, text: &str) -> Result<Value, String> {
    let pairs = raw_pairs(text);
    let mut taken = vec![false; pairs.len()];
    let mut own = Map::new();
    for (name, written) in &body.spelled {
        let is_other = |it: &str| it != name && body.fields.has(it);
        match written.in_pairs(name, &pairs, &is_other, &mut |at| taken[at] = true) {
            Given::Value(value) => drop(own.insert(name.clone(), value)),
            Given::Repeated => return Err(format!("body.{name} is sent more than once")),
            Given::Nothing => {}
        }
    }
    let rest = pairs.iter().zip(taken).filter(|(_, taken)| !taken);
    let rest = rest.map(|((name, text), _)| Some((decoded(name)?, decoded(text)?)));
    let rest: Option<Vec<_>> = rest.collect();
    let rest = rest.ok_or("the form is not UTF-8 text")?;
    own.extend(body.fields.form(&rest));
    Ok(Value::Object(own))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader;
    use http::HeaderValue;
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
        reader::operations("a", root).unwrap().remove(0)
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
        super::judge(
            &operation(),
            &Incoming {
                path_values: &[("id", id.to_owned())],
                query,
                headers: &map,
                body: body.as_bytes(),
            },
        )
        .problems
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
