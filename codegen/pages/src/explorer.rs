//! The API Explorer's definitions: Swagger 2.0, one operation a file.

mod places;
mod schema;

use serde_json::{Map, Value};

use crate::block::Lines;
use crate::error::ReadError;
use crate::facts::{
    Contradiction, Example, ExampleBody, Fact, FactSource, Facts, FieldFacts, FieldLocation,
    Required, ResponseFacts, Route, SourceKind,
};
use crate::value::{fits, type_word};
use crate::vendor::{extensions, is_silent};
use crate::vocabulary::{is_among, service_in_address, service_word};
use places::Places;
use schema::Schemas;

/// What is read of an operation and of a response, or no fact about a call.
const KNOWN: &str = "consumes|deprecated|description|externalDocs|operationId|parameters|produces|responses|schemes|\
     summary|tags";
const KNOWN_OF_RESPONSES: &str = "$ref|description|examples|headers|schema";

/// The facts of a definition.
///
/// # Errors
///
/// When it is no JSON, no Swagger 2.0, or holds no operation or more than one.
pub(crate) fn facts(name: &str, text: &str) -> Result<Facts, ReadError> {
    let wrong = |what: String, at: String| ReadError::Definition {
        name: name.to_owned(),
        what,
        at,
    };
    let root: Value = serde_json::from_str(text).map_err(|error| {
        wrong(
            format!(
                "this is no JSON ({})",
                if error.is_eof() {
                    "it ends too early"
                } else {
                    "a sign that does not belong there, or nesting too deep"
                }
            ),
            format!("line {}, column {}", error.line(), error.column()),
        )
    })?;
    let Some(paths) = root.get("paths").and_then(Value::as_object) else {
        return Err(wrong(
            "a Swagger 2.0 definition has paths, this has none".to_owned(),
            "/paths".to_owned(),
        ));
    };
    let (path, method, operation) =
        operation(&root, paths).map_err(|what| wrong(what, "/paths".to_owned()))?;
    if !is_template(path) {
        return Err(wrong(
            format!("the braces of the path {path} do not match"),
            "/paths".to_owned(),
        ));
    }
    let definition = Definition::new(&root, text);
    let mut facts = Facts {
        routes: vec![definition.fact(
            operation,
            Route {
                method: method.to_uppercase(),
                path: path.to_owned(),
            },
        )],
        title: definition.words(&[(operation, "summary"), (&root, "summary")]),
        operation: definition.words(&[(operation, "operationId"), (&root, "name")]),
        deprecated: operation
            .get("deprecated")
            .filter(|is| is.as_bool() == Some(true))
            .map(|is| definition.fact(is, true)),
        ..Facts::default()
    };
    facts.services = definition.services();
    facts.keywords = definition.keywords(operation);
    definition.parameters(operation, &mut facts);
    definition.responses(operation, &mut facts);
    contradictions(&mut facts);
    definition.dangling(&mut facts);
    Ok(facts)
}

/// Whether every brace of a path has its partner.
fn is_template(path: &str) -> bool {
    let mut open = false;
    for c in path.chars() {
        match c {
            '{' | '}' if open == (c == '{') => return false,
            '{' | '}' => open = c == '{',
            '/' if open => return false,
            _ => {}
        }
    }
    !open
}

type Operation<'r> = (&'r str, &'r str, &'r Value);

/// The one operation of a definition.
fn operation<'r>(root: &'r Value, paths: &'r Map<String, Value>) -> Result<Operation<'r>, String> {
    let methods = ["get", "post", "put", "delete", "patch", "head", "options"];
    let all: Vec<Operation<'r>> = paths
        .iter()
        .filter_map(|(path, item)| Some((path, item.as_object()?)))
        .flat_map(|(path, item)| {
            item.iter()
                .map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
        })
        .filter(|(_, method, operation)| {
            methods.contains(&method.to_lowercase().as_str()) && operation.is_object()
        })
        .collect();
    let name = text_of(root, "name");
    let named: Vec<&Operation<'r>> = all
        .iter()
        .filter(|(.., operation)| name.is_some() && text_of(operation, "operationId") == name)
        .collect();
    match (all.as_slice(), named.as_slice()) {
        ([only], _) => Ok(*only),
        (_, [only]) => Ok(**only),
        ([], _) => Err("there is no operation".to_owned()),
        _ => Err(format!(
            "there are {} operations where one is expected",
            all.len()
        )),
    }
}

/// The items of a list that stands below a key.
fn items<'v>(of: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    of.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// The entries of an object that stands below a key.
fn entries<'v>(of: &'v Value, key: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    of.get(key).and_then(Value::as_object).into_iter().flatten()
}

fn text_of<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str().filter(|text| !text.is_empty())
}

/// A definition and where its values stand.
struct Definition<'r> {
    root: &'r Value,
    places: Places,
}

impl<'r> Definition<'r> {
    fn new(root: &'r Value, text: &str) -> Self {
        Self {
            root,
            places: Places::new(root, text),
        }
    }

    fn source(&self, value: &Value) -> FactSource {
        FactSource {
            kind: SourceKind::Definition,
            lines: Lines::of(self.places.line(value)),
            cell: None,
        }
    }

    /// What a value of it says.
    fn fact<T>(&self, value: &Value, said: T) -> Fact<T> {
        Fact::new(said, self.source(value))
    }

    /// The first of some texts that is there.
    fn words(&self, of: &[(&Value, &str)]) -> Option<Fact<String>> {
        of.iter().find_map(|(object, key)| {
            let value = object.get(key)?;
            Some(self.fact(value, text_of(object, key)?.to_owned()))
        })
    }

    /// The words by which it names its service: its short name and its host.
    fn services(&self) -> Vec<Fact<String>> {
        let product = text_of(self.root, "product_short").and_then(service_word);
        let host = text_of(self.root, "host");
        let host = host.and_then(|host| service_in_address(&format!("https://{host}")));
        let mut out: Vec<Fact<String>> = Vec::new();
        for (key, word) in [("product_short", product), ("host", host)] {
            if let Some(word) = word.filter(|word| out.iter().all(|fact| fact.value != *word)) {
                out.push(self.fact(self.root.get(key).unwrap_or(self.root), word));
            }
        }
        out
    }

    /// What is said of an operation and its responses, and is not read.
    fn keywords(&self, operation: &'r Value) -> Vec<(String, Fact<Value>)> {
        let known = extensions(operation);
        let mut found: Vec<(String, Fact<Value>)> = Vec::new();
        for (key, word, said) in known.iter().filter(|(_, word, _)| !word.is_empty()) {
            let at = operation.get(key).unwrap_or(operation);
            found.push(((*word).to_owned(), self.fact(at, said.clone())));
        }
        let responses = entries(operation, "responses");
        let responses = responses.map(|(_, it)| (KNOWN_OF_RESPONSES, self.resolve(it)));
        for (read, of) in std::iter::once((KNOWN, operation)).chain(responses) {
            for (key, value) in of.as_object().into_iter().flatten() {
                let is_known = is_among(read, key) || known.iter().any(|(it, ..)| it == key);
                if !(is_known || key.starts_with("x-") && is_silent(key, value)) {
                    found.push((key.clone(), self.fact(value, value.clone())));
                }
            }
        }
        found
    }

    /// A reader of schemas, of what is sent or of what comes back.
    fn schemas(&self, writes: bool) -> Schemas<'_, 'r> {
        Schemas {
            definition: self,
            writes,
        }
    }

    /// What a `$ref` leads to, or the value itself.
    fn resolve<'v>(&self, value: &'v Value) -> &'v Value
    where
        'r: 'v,
    {
        let target = text_of(value, "$ref").and_then(|target| self.target(target));
        target.unwrap_or(value)
    }

    /// What stands at a reference.
    fn target(&self, reference: &str) -> Option<&'r Value> {
        self.root.pointer(reference.strip_prefix('#')?)
    }

    /// Reports the references that lead nowhere.
    fn dangling(&self, facts: &mut Facts) {
        let mut left = vec![self.root];
        while let Some(value) = left.pop() {
            match value {
                Value::Array(items) => left.extend(items),
                Value::Object(object) => left.extend(object.values()),
                _ => {}
            }
            if let Some(target) = text_of(value, "$ref")
                && self.target(target).is_none()
            {
                facts.unreadable.push((
                    format!("nothing stands at the reference {target}"),
                    self.source(value).lines,
                ));
            }
        }
    }

    /// The media types of bodies, where none of them is JSON.
    fn media_types(&self, operation: &Value, key: &str) -> Option<(String, Fact<Value>)> {
        let said = operation.get(key)?;
        let mut types = said.as_array()?.iter().filter_map(Value::as_str).peekable();
        types.peek()?;
        let has_json = types.any(|it| it.to_ascii_lowercase().contains("json"));
        (!has_json).then(|| (key.to_owned(), self.fact(said, said.clone())))
    }

    fn parameters(&self, operation: &Value, facts: &mut Facts) {
        for parameter in items(operation, "parameters") {
            let parameter = self.resolve(parameter);
            let required = parameter.get("required").and_then(Value::as_bool);
            let place = match text_of(parameter, "in") {
                Some("path") => FieldLocation::Path,
                Some("query") => FieldLocation::Query,
                Some("header") => FieldLocation::Header,
                Some("body") => {
                    let schemas = self.schemas(true);
                    let schema = parameter.get("schema").unwrap_or(&Value::Null);
                    let needed = match required {
                        Some(true) => Required::Yes,
                        _ => Required::No,
                    };
                    let mut body = schemas.whole(schema, Some(needed), &self.source(parameter));
                    body.keywords
                        .extend(self.media_types(operation, "consumes"));
                    facts.body = Some(body);
                    let fields = schemas.body(schema);
                    facts
                        .parameters
                        .extend(fields.into_iter().map(|field| (FieldLocation::Body, field)));
                    self.examples(schema, None, facts);
                    continue;
                }
                // A form is told by its keyword `in`.
                Some("formData") => FieldLocation::Body,
                _ => continue,
            };
            let Some(name) = text_of(parameter, "name") else {
                continue;
            };
            let required = match required {
                Some(false) if place != FieldLocation::Path => Some(Required::No),
                None if place != FieldLocation::Path => None,
                _ => Some(Required::Yes),
            };
            let schemas = self.schemas(true);
            let mut field = schemas.field(name.to_owned(), name, parameter, required);
            if text_of(parameter, "in") == Some("formData") {
                let form = self.fact(parameter, Value::from("formData"));
                field.keywords.push(("in".to_owned(), form));
            }
            if !facts
                .parameters
                .iter()
                .any(|(at, old)| *at == place && old.path == field.path)
            {
                facts.parameters.push((place, field));
            }
        }
    }

    fn responses(&self, operation: &Value, facts: &mut Facts) {
        for (status, declared) in entries(operation, "responses") {
            let response = self.resolve(declared);
            let is_code = crate::vocabulary::is_status(status);
            let said = self.source(declared);
            let schemas = self.schemas(false);
            let open = Some(Required::Unknown);
            let schema = response.get("schema");
            let fields = schema.map(|it| schemas.body(it)).unwrap_or_default();
            let body = schema.map(|it| {
                let mut body = schemas.whole(it, open, &said);
                body.keywords
                    .extend(self.media_types(operation, "produces"));
                body
            });
            let headers: Vec<FieldFacts> = entries(response, "headers")
                .map(|(name, it)| schemas.field(name.clone(), name, it, open))
                .collect();
            let is_value =
                |it: &FieldFacts| it.type_.as_ref().is_some_and(|it| it.value != "Object");
            if is_code {
                facts.statuses.push(Fact::new(status.clone(), said.clone()));
            }
            if let Some(schema) = schema {
                self.examples(schema, Some(status), facts);
            }
            for (_, body) in entries(response, "examples") {
                facts.examples.push(self.example(Some(status), body));
            }
            // An error without a schema is a status and no more.
            if !fields.is_empty()
                || !headers.is_empty()
                || status.starts_with('2')
                || body.as_ref().is_some_and(is_value)
            {
                let status = if is_code {
                    status.clone()
                } else {
                    "error".to_owned()
                };
                facts.responses.push(ResponseFacts {
                    status,
                    named: vec![said],
                    fields,
                    body,
                    headers,
                });
            }
        }
        facts
            .statuses
            .sort_by(|one, other| one.value.cmp(&other.value));
        facts
            .responses
            .sort_by(|one, other| one.status.cmp(&other.status));
    }

    /// The example of a schema.
    fn examples(&self, schema: &Value, status: Option<&str>, facts: &mut Facts) {
        let schema = self.resolve(schema);
        if let Some(example) = schema.get("example") {
            facts.examples.push(self.example(status, example));
        }
    }

    fn example(&self, status: Option<&str>, body: &Value) -> Example {
        let source = self.source(body);
        let body = match body {
            // Bodies are sometimes given as text.
            Value::String(text) => serde_json::from_str(text).map_or_else(
                |error| ExampleBody::Unreadable(format!("no JSON: {error}")),
                ExampleBody::Json,
            ),
            other => ExampleBody::Json(other.clone()),
        };
        Example {
            status: status.map(str::to_owned),
            is_response: status.is_some(),
            body,
            source,
        }
    }
}

/// Where an example does not fit the fields its schema declares.
fn contradictions(facts: &mut Facts) {
    let mut found: Vec<Contradiction> = Vec::new();
    for example in &facts.examples {
        let ExampleBody::Json(Value::Object(body)) = &example.body else {
            continue;
        };
        let (about, fields): (String, Vec<&FieldFacts>) = match &example.status {
            None => (
                "body parameter".to_owned(),
                facts
                    .parameters
                    .iter()
                    .filter(|(place, _)| *place == FieldLocation::Body)
                    .map(|(_, field)| field)
                    .collect(),
            ),
            Some(status) => {
                let Some(response) = facts
                    .responses
                    .iter()
                    .find(|response| response.status == *status)
                else {
                    continue;
                };
                (
                    format!("response {status}"),
                    response.fields.iter().collect(),
                )
            }
        };
        let Some(around) = fields.first().and_then(|field| field.named.first()) else {
            continue;
        };
        for (key, value) in body {
            let (what, first) = match fields.iter().find(|field| field.path == *key) {
                None => (
                    format!("{about} {key}"),
                    ("not declared".to_owned(), around.clone()),
                ),
                Some(field) => {
                    let Some(type_) = &field.type_ else { continue };
                    let Some(said) = type_.sources.first() else {
                        continue;
                    };
                    if fits(&type_.value, value) != Some(false) {
                        continue;
                    }
                    (
                        format!("{about} {key}: type"),
                        (type_.value.clone(), said.clone()),
                    )
                }
            };
            if !found.iter().any(|old| old.about == what) {
                found.push(Contradiction {
                    about: what,
                    first,
                    second: (type_word(value).to_owned(), example.source.clone()),
                });
            }
        }
    }
    facts.contradictions = found;
}
