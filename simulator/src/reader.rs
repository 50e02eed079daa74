//! Taking the operations out of the documents: what the model knows, beside the schemas themselves.

use std::sync::Arc;

use http::Method;
use huaweicloud_codegen::check::Direction;
use huaweicloud_codegen::load::Document;
use huaweicloud_codegen::load::tree::Node;
use huaweicloud_codegen::lower::path_item;
use huaweicloud_codegen::model::{
    self, Body, Content, Model, ParameterLocation, SchemaKind, Service, Type,
};
use huaweicloud_codegen::sample;
use serde_json::Value;

use crate::body::BodyMaker;
use crate::document::Documents;
use crate::error::SimulatorError;
use crate::operation::{DocumentedResponse, Operation, Parameter, RequestBody, is_json};
use crate::schema::SchemaCheck;
use crate::subject;
use crate::written::{Shape, Written};

/// What is served, and what of the documents cannot be looked after.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) operations: Vec<Operation>,
    pub(crate) documents: Vec<Arc<Document>>,
    pub(crate) model: Model,
    pub(crate) notes: Vec<String>,
}

/// Takes every operation out of the documents. What cannot be checked of documents of others is
/// served unchecked, with a note; of one's own it is an error.
pub(crate) fn read(of: Documents) -> Result<Read, SimulatorError> {
    let mut read = Read {
        operations: Vec::new(),
        documents: of.documents.into_iter().map(Arc::new).collect(),
        model: of.model,
        notes: Vec::new(),
    };
    for service in &read.model.services {
        let document = |it: &&Arc<Document>| it.source.path == service.path;
        let Some(document) = read.documents.iter().find(document) else {
            continue;
        };
        let shared = Arc::new(service.clone());
        for operation in &service.operations {
            let reader = Reader {
                document,
                service: &shared,
                operation,
                is_foreign: of.is_foreign,
            };
            let mut notes = Vec::new();
            let name = format!("{}.{}", service.name, operation.id);
            let found = reader.read(&mut notes);
            let notes = notes.into_iter().map(|note| format!("{name}: {note}"));
            read.notes.extend(notes);
            match found {
                Ok(operation) => read.operations.push(operation),
                Err(problem) if of.is_foreign => read.notes.push(format!("{name}: {problem}")),
                Err(problem) => {
                    return Err(SimulatorError::Operation {
                        operation: name,
                        problem,
                    });
                }
            }
        }
    }
    Ok(read)
}

/// The headers that say how a message is framed.
const FRAMING: [&str; 5] = [
    "Connection",
    "Content-Length",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
];

struct Reader<'a> {
    document: &'a Arc<Document>,
    service: &'a Arc<Service>,
    operation: &'a model::Operation,
    is_foreign: bool,
}

impl<'a> Reader<'a> {
    fn read(&self, notes: &mut Vec<String>) -> Result<Operation, String> {
        let operation = self.operation;
        let method = operation.method.wire();
        let item = self.item().ok_or("its path is not in the document")?;
        let node = item
            .get(operation.method.key())
            .ok_or("its method is not in the document")?;
        let responses = operation.responses.iter();
        let read = Operation {
            service: self.service.name.clone(),
            name: operation.id.clone(),
            method: Method::from_bytes(method.as_bytes()).map_err(|error| error.to_string())?,
            path: operation.path.clone(),
            query: operation.query.clone(),
            needs_authentication: !operation.anonymous,
            security: self.security(),
            rate_limit: self.rate_limit(),
            subject: subject::of(self.service, operation),
            secrets_in_path: self.secrets_in_path(&[node, item]),
            parameters: self.parameters(&[node, item], notes)?,
            body: self.body(node, notes)?,
            responses: responses.map(|it| self.response(node, it)).collect(),
        };
        match read.success() {
            None if !self.is_foreign => Err("no response for a success is documented".to_owned()),
            _ => Ok(read),
        }
    }

    /// The schemes of each alternative that the operation has.
    fn security(&self) -> Vec<Vec<model::SecurityScheme>> {
        let alternatives = self.operation.security.iter().flatten();
        let schemes = alternatives.map(|alternative| {
            let schemes = alternative.iter();
            let schemes = schemes.filter_map(|it| self.service.scheme(&it.scheme));
            schemes.cloned().collect()
        });
        schemes.collect()
    }

    /// The operation's own limit, else that of its service, each counted for itself.
    fn rate_limit(&self) -> Option<(String, model::RateLimit)> {
        let (service, operation) = (&self.service.name, self.operation);
        let own = operation.rate_limit.map(|limit| {
            let place = format!("{service}.{}", operation.id);
            (place, limit)
        });
        own.or_else(|| Some((service.clone(), self.service.rate_limit?)))
    }

    /// A check, or one that takes everything where the document is not ours to mend.
    fn check(
        &self,
        schema: Option<&Node>,
        what: &str,
        notes: &mut Vec<String>,
    ) -> Result<SchemaCheck, String> {
        match SchemaCheck::compile(self.document, schema, Direction::Request) {
            Err(problem) if self.is_foreign => {
                notes.push(format!("{what} is not checked: {problem}"));
                SchemaCheck::compile(self.document, None, Direction::Request)
            }
            other => other.map_err(|problem| format!("{what}: {problem}")),
        }
    }

    /// The path item.
    fn item(&self) -> Option<&'a Node> {
        path_item(self.document, self.service, self.operation)
    }

    fn resolved(&self, node: &'a Node) -> &'a Node {
        self.document.tree.resolved(node)
    }

    /// The parameters of the path that are secrets: the model takes them for texts, as all of a path is
    /// seen.
    fn secrets_in_path(&self, owners: &[&'a Node]) -> Vec<String> {
        let lists = owners.iter().filter_map(|owner| owner.get("parameters"));
        let word =
            |node: &Node, field: &str| node.get(field).and_then(Node::as_str).map(str::to_owned);
        let secrets = lists.flat_map(Node::items).filter_map(|node| {
            let node = self.resolved(node);
            let schema = self.resolved(node.get("schema")?);
            let is_secret = word(schema, "format").as_deref() == Some("password");
            (is_secret && word(node, "in").as_deref() == Some("path"))
                .then(|| word(node, "name"))?
        });
        secrets.collect()
    }

    fn parameters(
        &self,
        owners: &[&'a Node],
        notes: &mut Vec<String>,
    ) -> Result<Vec<Parameter>, String> {
        let lists = owners.iter().filter_map(|owner| owner.get("parameters"));
        let nodes: Vec<&Node> = lists
            .flat_map(Node::items)
            .map(|node| self.resolved(node))
            .collect();
        let parameters = self.operation.parameters.iter().map(|parameter| {
            let says = |node: &Node, field: &str, word: &str| {
                node.get(field).and_then(Node::as_str) == Some(word)
            };
            let node = nodes.iter().find(|node| {
                says(node, "name", &parameter.name)
                    && says(node, "in", location_word(parameter.location))
            });
            let schema = node.and_then(|node| node.get("schema"));
            let given = parameter.example.clone().or(parameter.default.clone());
            Ok(Parameter {
                name: parameter.name.clone(),
                location: parameter.location,
                required: parameter.required,
                client_parameter: parameter.client_parameter,
                written: Written {
                    spelling: parameter.spelling,
                    shape: Shape::of(self.service, &parameter.ty),
                },
                check: self.check(schema, &format!("parameter `{}`", parameter.name), notes)?,
                example: given.unwrap_or_else(|| sample::parameter_value(self.service, parameter)),
            })
        });
        parameters.collect()
    }

    fn body(&self, node: &'a Node, notes: &mut Vec<String>) -> Result<Option<RequestBody>, String> {
        let Some(body) = &self.operation.body else {
            return Ok(None);
        };
        let content = node
            .get("requestBody")
            .and_then(|it| self.resolved(it).get("content"));
        let schema_of = |media_type: &str| content?.get(media_type)?.get("schema");
        let schema = schema_of(&body.media_type);
        let others = body.others.iter().map(|media_type| {
            let what = format!("request body of {media_type}");
            let check = self.check(schema_of(media_type), &what, notes)?;
            Ok((media_type.clone(), check))
        });
        let others = others.collect::<Result<_, String>>()?;
        let example = body.example.clone();
        Ok(Some(RequestBody {
            required: body.required,
            media_type: body.media_type.clone(),
            others,
            fields: Shape::of(self.service, &body.ty),
            spelled: self.spelled(body),
            check: self.check(schema, "request body", notes)?,
            example: example.unwrap_or_else(|| sample::value(self.service, &body.ty)),
        }))
    }

    /// The fields of a form that are spelled in a way of their own.
    fn spelled(&self, body: &Body) -> Vec<(String, Written)> {
        let Content::Form(spellings) = &body.content else {
            return Vec::new();
        };
        let fields = match &body.ty {
            Type::Named(name) => self.service.schemas.get(name).map(|it| &it.kind),
            _ => None,
        };
        let Some(SchemaKind::Object { fields, .. }) = fields else {
            return Vec::new();
        };
        let spelled = spellings.iter().filter_map(|(name, spelling)| {
            let field = fields.iter().find(|field| field.name == *name)?;
            let shape = Shape::of(self.service, &field.ty);
            let spelling = *spelling;
            Some((name.clone(), Written { spelling, shape }))
        });
        spelled.collect()
    }

    fn response(&self, node: &'a Node, response: &model::Response) -> DocumentedResponse {
        let responses = node.get("responses").map_or(&[][..], Node::entries);
        let entry = responses.iter().find(|it| it.key == response.status.key());
        let content = entry
            .and_then(|entry| self.resolved(&entry.value).get("content"))
            .map_or(&[][..], Node::entries);
        // JSON first: it is what a client of these services reads.
        let media = content.iter().find(|media| is_json(&media.key));
        let media = media.or_else(|| content.first());
        let mut examples = media.map_or_else(Vec::new, |media| self.examples(&media.value));
        let has_own_example = !examples.is_empty();
        if media.is_some() && !has_own_example {
            let made = || response.body().map(|ty| sample::value(self.service, ty));
            let preferred = response.contents.first();
            let example = preferred.and_then(|it| it.example.clone());
            let value = example.or_else(made);
            examples.push((String::new(), value.unwrap_or(Value::Null)));
        }
        // How a response is framed, the connection decides.
        let is_sent = |it: &&model::ResponseHeader| {
            it.required
                && !FRAMING
                    .iter()
                    .any(|name| it.name.eq_ignore_ascii_case(name))
        };
        let headers = response.headers.iter().filter(is_sent);
        DocumentedResponse {
            status: response.status,
            headers: headers.map(|it| self.header(it)).collect(),
            content_type: media.map(|media| media.key.clone()),
            examples,
            has_own_example,
            maker: self.maker(media.map(|media| &media.value), response),
        }
    }

    fn maker(&self, media: Option<&'a Node>, response: &model::Response) -> Option<BodyMaker> {
        Some(BodyMaker {
            document: Arc::clone(self.document),
            service: Arc::clone(self.service),
            schema: media?.get("schema")?.clone(),
            ty: response.body()?.clone(),
        })
    }

    fn header(&self, header: &model::ResponseHeader) -> (String, String) {
        let example = header.example.clone();
        let text = match example.unwrap_or_else(|| sample::value(self.service, &header.ty)) {
            Value::String(text) => text,
            other => other.to_string(),
        };
        (header.name.clone(), text)
    }

    /// The examples of a media type: `example`, else each of `examples`, with their names.
    fn examples(&self, media: &'a Node) -> Vec<(String, Value)> {
        if let Some(example) = media.get("example") {
            return vec![(String::new(), example.to_json())];
        }
        let examples = media.get("examples").map_or(&[][..], Node::entries);
        let examples = examples.iter().filter_map(|entry| {
            let value = self.resolved(&entry.value).get("value")?;
            Some((entry.key.clone(), value.to_json()))
        });
        examples.collect()
    }
}

fn location_word(place: ParameterLocation) -> &'static str {
    match place {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}

/// Operations of a document that a test made: its `paths`, and servers if it says where.
#[cfg(test)]
pub(crate) fn operations(service: &str, mut root: Value) -> Result<Vec<Operation>, SimulatorError> {
    use huaweicloud_codegen::Source;
    root["openapi"] = "3.0.3".into();
    root["info"] = serde_json::json!({"title": "A test", "version": "1"});
    for response in root["paths"]
        .as_object_mut()
        .into_iter()
        .flatten()
        .flat_map(|(_, item)| {
            let methods = item.as_object_mut().into_iter().flatten();
            methods.filter_map(|(_, method)| method.get_mut("responses")?.as_object_mut())
        })
    {
        for (_, response) in response {
            response["description"] = "what it means".into();
        }
    }
    let source = Source::new(format!("{service}.yaml"), root.to_string());
    let profile = huaweicloud_codegen::profile::of_the_workspace();
    Ok(read(Documents::of(&[source], profile)?)?.operations)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;
    use serde_json::json;

    #[test]
    fn takes_everything_from_the_document() {
        let operations = operations("shop", json!({
            "servers": [{"url": "https://shop.{region}.example.com/rest/",
                         "variables": {"region": {"default": "a"}}}],
            "paths": {"/v1/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}],
                "get": {"operationId": "Show", "security": [], "responses": {
                    "404": {},
                    "202": {"content": {"application/json": {
                        "schema": {"type": "object", "required": ["a"],
                                   "properties": {"a": {"type": "boolean"}}}}}}}},
                "delete": {"operationId": "Delete", "responses": {"default": {}}},
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
        let id = |text| show.parameters[0].written.value("id", text);
        assert_eq!(id("7"), json!(7));
        assert_eq!(id("seven"), json!("seven"));
        let (status, response) = show.success().unwrap();
        assert_eq!(
            (status.as_u16(), &response.examples[0].1),
            (202, &json!({"a": true}))
        );
        assert_eq!(delete.success().unwrap().0, 200);
    }

    #[test]
    fn finds_a_response_by_number_then_class_then_default() {
        let operations = operations(
            "shop",
            json!({"paths": {"/": {"get": {"operationId": "G", "responses": {
            "200": {}, "404": {}, "4XX": {}, "default": {}}}}}}),
        )
        .unwrap();
        let found = |status: u16| {
            let status = StatusCode::from_u16(status).unwrap();
            operations[0].response(status).unwrap().status.key()
        };
        assert_eq!(
            [found(404), found(409), found(500)],
            ["404", "4XX", "default"]
        );
    }

    #[test]
    fn problems_name_the_place() {
        let parameter = json!([{"name": "p", "in": "body", "schema": {}}]);
        for (root, word) in [
            (
                json!({"parameters": parameter, "responses": {"200": {}}}),
                "`body`",
            ),
            (json!({"responses": {"2O0": {}}}), "2O0"),
            (json!({"responses": {"404": {}}}), "success"),
        ] {
            let mut root = json!({"paths": {"/v1": {"put": root}}});
            root["paths"]["/v1"]["put"]["operationId"] = "Put".into();
            let error = operations("shop", root).unwrap_err().to_string();
            assert!(error.starts_with("shop") && error.contains(word), "{error}");
        }
    }

    fn value(operation: &Operation, query: &str) -> Value {
        let pairs = query.split('&').filter_map(|it| it.split_once('='));
        let parameter = &operation.parameters[0];
        let pairs: Vec<_> = pairs.collect();
        match parameter
            .written
            .in_pairs(&parameter.name, &pairs, &|_| false, &mut |_| {})
        {
            crate::written::Given::Value(value) => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn lists_come_repeated() {
        let root = json!({"paths": {"/": {"get": {"operationId": "G", "responses": {"200": {}},
            "parameters": [{"name": "ids", "in": "query",
                "schema": {"type": "array", "items": {"type": "integer"}}}]}}}});
        let operations = operations("shop", root).unwrap();
        assert_eq!(value(&operations[0], "ids=1&ids=2"), json!([1, 2]));
    }

    /// Whatever documents there are: what they show is what they ask for, by the judge of this
    /// simulator, and so is what is made where they show nothing.
    #[test]
    fn every_example_and_every_sample_fits() {
        let spec = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec");
        let profile = huaweicloud_codegen::profile::of_the_workspace();
        let of = Documents::read(spec.as_ref(), profile).unwrap();
        let documents: Vec<_> = of.documents.into_iter().map(Arc::new).collect();
        let mut wrong = Vec::new();
        let mut shown = 0;
        for service in &of.model.services {
            let document = documents.iter();
            let mut document = document.filter(|it| it.source.path == service.path);
            let document = document.next().unwrap();
            let shared = Arc::new(service.clone());
            for operation in &service.operations {
                let reader = Reader {
                    document,
                    service: &shared,
                    operation,
                    is_foreign: false,
                };
                let name = format!("{}.{}", service.name, operation.id);
                let mut judge = |check: &SchemaCheck, value: &Value, at: &str| {
                    shown += 1;
                    wrong.extend(check.problems(value, &format!("{name}: {at}")));
                };
                let node = reader.item().unwrap().get(operation.method.key()).unwrap();
                let read = reader.read(&mut Vec::new()).unwrap();
                for parameter in &read.parameters {
                    judge(&parameter.check, &parameter.example, &parameter.name);
                }
                if let (Some(body), Some(read)) = (&operation.body, &read.body) {
                    let content = reader.resolved(node.get("requestBody").unwrap());
                    let media = content
                        .get("content")
                        .unwrap()
                        .get(&read.media_type)
                        .unwrap();
                    for (_, example) in reader.examples(media) {
                        judge(&read.check, &example, "the example");
                    }
                    judge(&read.check, &sample::value(service, &body.ty), "the sample");
                }
                for entry in node.get("responses").unwrap().entries() {
                    let content = reader.resolved(&entry.value).get("content");
                    for media in content.map_or(&[][..], Node::entries) {
                        let schema = media.value.get("schema");
                        let check = SchemaCheck::compile(document, schema, Direction::Response);
                        for (_, example) in reader.examples(&media.value) {
                            judge(check.as_ref().unwrap(), &example, &entry.key);
                        }
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(shown > 0, "there are documents");
    }
}
