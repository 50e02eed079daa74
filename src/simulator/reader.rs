//! Taking the operations out of a document.

use hyper::{Method, StatusCode};
use serde_json::{Value, json};

use super::document::Document;
use super::error::SimulatorError;
use super::sample::{Direction, sample};
use super::schema::SchemaCheck;
use super::spec::{DocumentedAnswer, MediaType, Operation, Parameter, Place, RequestBody, is_json};

/// Takes every operation out of a document.
pub(crate) fn operations(document: &Document) -> Result<Vec<Operation>, SimulatorError> {
    let base = base_path(&document.root);
    let paths = document.root.get("paths").and_then(Value::as_object);
    let mut operations = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        for (key, definition) in item.as_object().into_iter().flatten() {
            let Some(method) = method(key) else { continue };
            let path = format!("{base}{path}");
            let reader = Reader {
                document,
                item,
                definition,
            };
            let operation = reader.operation(&method, &path).map_err(|problem| {
                SimulatorError::document(&document.file, format!("{method} {path}: {problem}"))
            })?;
            operations.push(operation);
        }
    }
    Ok(operations)
}

fn method(key: &str) -> Option<Method> {
    Some(match key {
        "get" => Method::GET,
        "put" => Method::PUT,
        "post" => Method::POST,
        "delete" => Method::DELETE,
        "options" => Method::OPTIONS,
        "head" => Method::HEAD,
        "patch" => Method::PATCH,
        "trace" => Method::TRACE,
        _ => return None,
    })
}

/// The path part of the first server, such as `/rest` of `https://api.{region}.example.com/rest/`.
fn base_path(root: &Value) -> String {
    let url = root
        .pointer("/servers/0/url")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = after_scheme.find('/').map_or("", |at| &after_scheme[at..]);
    path.trim_end_matches('/').to_owned()
}

struct Reader<'a> {
    document: &'a Document,
    /// The path item.
    item: &'a Value,
    /// The operation object inside it.
    definition: &'a Value,
}

impl Reader<'_> {
    fn operation(&self, method: &Method, path: &str) -> Result<Operation, String> {
        let name = self
            .definition
            .get("operationId")
            .and_then(Value::as_str)
            .map_or_else(|| format!("{method} {path}"), str::to_owned);
        let answers = self.answers()?;
        let operation = Operation {
            service: self.document.service.clone(),
            name,
            method: method.clone(),
            path: path.to_owned(),
            needs_authentication: self.needs_authentication(),
            parameters: self.parameters()?,
            body: self.body()?,
            answers,
        };
        if operation.success().is_none() {
            return Err("no answer for a success is documented".to_owned());
        }
        Ok(operation)
    }

    /// An empty list opens an operation, and so does an empty choice in it; anything else, also
    /// silence, means credentials.
    fn needs_authentication(&self) -> bool {
        let is_open = |choice: &Value| choice.as_object().is_some_and(|schemes| schemes.is_empty());
        self.definition
            .get("security")
            .or_else(|| self.document.root.get("security"))
            .and_then(Value::as_array)
            .is_none_or(|choices| !choices.is_empty() && !choices.iter().any(is_open))
    }

    /// The parameters of the path item, replaced by those of the operation with name and place alike.
    fn parameters(&self) -> Result<Vec<Parameter>, String> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for owner in [self.item, self.definition] {
            let list = owner.get("parameters").and_then(Value::as_array);
            for definition in list.into_iter().flatten() {
                let parameter = parameter(definition)?;
                parameters.retain(|old| old.name != parameter.name || old.place != parameter.place);
                parameters.push(parameter);
            }
        }
        Ok(parameters)
    }

    fn body(&self) -> Result<Option<RequestBody>, String> {
        let Some(definition) = self.definition.get("requestBody") else {
            return Ok(None);
        };
        let mut media_types = Vec::new();
        let content = definition.get("content").and_then(Value::as_object);
        for (name, media_type) in content.into_iter().flatten() {
            let schema = media_type.get("schema").cloned().unwrap_or(json!({}));
            let check = SchemaCheck::compile(&schema)
                .map_err(|problem| format!("request body {name}: {problem}"))?;
            let example = examples(media_type)
                .into_iter()
                .next()
                .map_or_else(|| sample(&schema, Direction::Request), |(_, value)| value);
            media_types.push(MediaType {
                name: name.clone(),
                check,
                example,
            });
        }
        let required = definition.get("required").and_then(Value::as_bool);
        Ok(Some(RequestBody {
            required: required.unwrap_or(false),
            media_types,
        }))
    }

    fn answers(&self) -> Result<Vec<DocumentedAnswer>, String> {
        self.definition
            .get("responses")
            .and_then(Value::as_object)
            .ok_or("no `responses` are documented")?
            .iter()
            .filter(|(status, _)| !status.starts_with("x-"))
            .map(|(status, definition)| answer(status, definition))
            .collect()
    }
}

fn parameter(definition: &Value) -> Result<Parameter, String> {
    let text = |field: &str| definition.get(field).and_then(Value::as_str);
    let name = text("name").ok_or("a parameter has no `name`")?.to_owned();
    let place = match text("in") {
        Some("path") => Place::Path,
        Some("query") => Place::Query,
        Some("header") => Place::Header,
        Some("cookie") => Place::Cookie,
        _ => {
            return Err(format!(
                "parameter `{name}`: `in` must be path, query, header or cookie"
            ));
        }
    };
    let schema = definition.get("schema").cloned().unwrap_or(json!({}));
    let check = SchemaCheck::compile(&schema)
        .map_err(|problem| format!("parameter `{name}`: {problem}"))?;
    let example = examples(definition)
        .into_iter()
        .next()
        .map_or_else(|| sample(&schema, Direction::Request), |(_, value)| value);
    let flag = |field: &str| definition.get(field).and_then(Value::as_bool);
    Ok(Parameter {
        required: flag("required").unwrap_or(place == Place::Path),
        client_parameter: text("x-client-parameter").map(str::to_owned),
        explode: flag("explode").unwrap_or(matches!(place, Place::Query | Place::Cookie)),
        name,
        place,
        schema,
        check,
        example,
    })
}

fn answer(status: &str, definition: &Value) -> Result<DocumentedAnswer, String> {
    let is_class = status.len() == 3 && status[1..].eq_ignore_ascii_case("xx");
    if status != "default" && !is_class && status.parse::<StatusCode>().is_err() {
        return Err(format!("`{status}` is no HTTP status"));
    }
    let headers = answer_headers(definition);
    let content = definition.get("content").and_then(Value::as_object);
    // JSON first: it is what a client of these services reads.
    let media_type = content.and_then(|content| {
        content
            .iter()
            .find(|(name, _)| is_json(name))
            .or_else(|| content.iter().next())
    });
    let Some((content_type, media_type)) = media_type else {
        return Ok(DocumentedAnswer {
            status: status.to_owned(),
            headers,
            content_type: None,
            examples: Vec::new(),
            has_own_example: false,
        });
    };
    let mut examples = examples(media_type);
    let has_own_example = !examples.is_empty();
    if !has_own_example {
        let schema = media_type.get("schema").unwrap_or(&Value::Null);
        examples.push((String::new(), sample(schema, Direction::Answer)));
    }
    Ok(DocumentedAnswer {
        status: status.to_owned(),
        headers,
        content_type: Some(content_type.clone()),
        examples,
        has_own_example,
    })
}

/// The required headers of an answer, with the values of their examples.
fn answer_headers(definition: &Value) -> Vec<(String, String)> {
    let headers = definition.get("headers").and_then(Value::as_object);
    headers
        .into_iter()
        .flatten()
        .filter(|(_, header)| header.get("required") == Some(&Value::Bool(true)))
        .map(|(name, header)| {
            let schema = header.get("schema").cloned().unwrap_or(json!({}));
            let value = match examples(header).into_iter().next() {
                Some((_, value)) => value,
                None => sample(&schema, Direction::Answer),
            };
            let text = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            (name.clone(), text)
        })
        .collect()
}

/// The examples beside a schema: `example`, else each of `examples`, with their names.
fn examples(owner: &Value) -> Vec<(String, Value)> {
    if let Some(example) = owner.get("example") {
        return vec![(String::new(), example.clone())];
    }
    owner
        .get("examples")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(name, example)| Some((name.clone(), example.get("value")?.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(root: Value) -> Result<Vec<Operation>, SimulatorError> {
        operations(&Document {
            file: "shop.yaml".to_owned(),
            service: "shop".to_owned(),
            root,
        })
    }

    #[test]
    fn takes_everything_from_the_document() {
        let operations = read(json!({
            "servers": [{"url": "https://shop.{region}.example.com/rest/"}],
            "paths": {"/v1/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
                "summary": "not a method",
                "get": {"operationId": "Show", "security": [{"Token": []}, {}], "responses": {
                    "404": {"description": "no"},
                    "202": {"description": "later", "content": {"application/json": {
                        "schema": {"type": "object", "properties": {"a": {"type": "boolean"}}}}}}}},
                "delete": {"responses": {"default": {"description": "any"}}},
            }},
        }))
        .unwrap();
        let [show, delete] = &operations[..] else {
            panic!("two operations expected: {operations:?}")
        };
        assert_eq!(
            (show.name(), show.path(), show.service()),
            ("Show", "/rest/v1/{id}", "shop")
        );
        assert!(!show.needs_authentication && delete.needs_authentication);
        assert_eq!(show.parameters[0].value(&["7"]), json!(7));
        assert_eq!(show.parameters[0].value(&["seven"]), json!("seven"));
        let (status, answer) = show.success().unwrap();
        assert_eq!(
            (status.as_u16(), &answer.examples[0].1),
            (202, &json!({"a": false}))
        );
        assert_eq!(delete.name(), "DELETE /rest/v1/{id}");
        assert_eq!(delete.success().unwrap().0, 200);
    }

    #[test]
    fn finds_an_answer_by_number_then_class_then_default() {
        let operations = read(json!({"paths": {"/": {"get": {"responses": {
            "200": {}, "404": {}, "4XX": {}, "default": {}}}}}}))
        .unwrap();
        let found = |status: u16| {
            let status = StatusCode::from_u16(status).unwrap();
            operations[0].answer(status).unwrap().status.clone()
        };
        assert_eq!(
            ["404", "4XX", "default"],
            [found(404), found(409), found(500)].map(|s| s.leak())
        );
    }

    #[test]
    fn problems_name_file_operation_and_place() {
        let error = read(json!({"paths": {"/v1": {"put": {
            "parameters": [{"name": "p", "in": "body"}], "responses": {"200": {}}}}}}))
        .unwrap_err()
        .to_string();
        assert!(
            error.starts_with("shop.yaml: PUT /v1: parameter `p`"),
            "{error}"
        );
        for responses in [json!({"404": {}}), json!({"2O0": {}}), Value::Null] {
            let root = json!({"paths": {"/v1": {"put": {"responses": responses}}}});
            assert!(read(root).is_err());
        }
    }

    #[test]
    fn lists_come_repeated_or_separated() {
        let list = |explode: bool| {
            parameter(&json!({"name": "ids", "in": "query", "explode": explode,
                "schema": {"type": "array", "items": {"type": "integer"}}}))
            .unwrap()
        };
        assert_eq!(list(true).value(&["1", "2"]), json!([1, 2]));
        assert_eq!(list(false).value(&["1,2"]), json!([1, 2]));
    }
}
