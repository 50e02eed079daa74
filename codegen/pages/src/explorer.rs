//! The API Explorer's definitions: Swagger 2.0, one operation a file.

mod places;
mod schema;

use std::collections::HashSet;

use serde_json::Value;

use crate::error::ReadError;
use crate::facts::{
    Contradiction, Example, ExampleBody, Fact, FactSource, Facts, FieldLocation, Required,
    ResponseFacts, Route, SourceKind,
};
use crate::read::conflict::{add, odd_type};
use crate::read::{add_queries, queries, unread};
use crate::value::type_word;
use crate::vendor::{extensions, is_silent, request_examples};
use crate::vocabulary::{
    METHODS, is_among, is_marked_deprecated, is_status, plain, service_in_address, service_word,
};
use places::{Places, values};

/// What is read of an operation and of a response, or no fact about a call.
const KNOWN: &str = "consumes|deprecated|description|externalDocs|operationId|parameters|produces|responses|schemes|summary";
const KNOWN_OF_RESPONSES: &str = "$ref|description|examples|headers|schema";

/// Where the paths of a definition begin, as swagger and as the portal calls it.
const BASES: [&str; 2] = ["basePath", "base_path"];

/// The facts of a definition.
///
/// # Errors
///
/// When it is no JSON, no Swagger 2.0, or holds no operation or more than one.
pub(crate) fn facts(name: &str, text: &str) -> Result<Facts, ReadError> {
    let wrong = |what: String, at: &str| ReadError::Definition {
        name: name.to_owned(),
        what,
        at: at.to_owned(),
    };
    let root: Value = serde_json::from_str(text).map_err(|error| {
        let why = match error.is_eof() {
            true => "it ends too early",
            false => "a sign that does not belong there, or nesting too deep",
        };
        let at = format!("line {}, column {}", error.line(), error.column());
        wrong(format!("this is no JSON ({why})"), &at)
    })?;
    // Its bodies and components stand where nothing looks, so that half of it would be read.
    if root.get("openapi").is_some_and(|it| !it.is_null()) {
        let what = "this is OpenAPI 3, and only Swagger 2.0 is read";
        return Err(wrong(what.to_owned(), "/openapi"));
    }
    let all = operations(&root).map_err(|what| wrong(what, "/paths"))?;
    if let Some(odd) = all.iter().find(|it| it.call.get("requestBody").is_some()) {
        let what = format!(
            "{} {} has a body as OpenAPI 3 writes it",
            odd.method, odd.path
        );
        return Err(wrong(what, "/paths"));
    }
    let name = text_of(&root, "name");
    let is_named = |it: &&Operation<'_>| name.is_none() || text_of(it.call, "operationId") == name;
    let own: Vec<&Operation<'_>> = match all.as_slice() {
        [only] => vec![only],
        several => several.iter().filter(is_named).collect(),
    };
    let call = match own.as_slice() {
        // One call may have several paths.
        [first, others @ ..] if others.iter().all(|it| it.call == first.call) => first,
        _ => {
            let what = match own.len() {
                0 => format!("none of its {} operations has its name", all.len()),
                several => format!("there are {several} operations where one is expected"),
            };
            return Err(wrong(what, "/paths"));
        }
    };
    if let Some(odd) = own.iter().find(|it| !is_template(it.path)) {
        let what = format!("the braces of the path {} do not match", odd.path);
        return Err(wrong(what, "/paths"));
    }
    let operation = call.call;
    let definition = Definition {
        root: &root,
        places: Places::new(&root, text),
    };
    let queries = queries(call.path).into_iter();
    let queries: Vec<_> = queries.map(|it| definition.fact(operation, it)).collect();
    let base = BASES.iter().find_map(|key| text_of(&root, key));
    let routes = own
        .iter()
        .map(|it| definition.fact(it.call, it.route(base)));
    let title = definition.words(&[(operation, "summary"), (&root, "summary")]);
    let flag = operation.get("deprecated");
    let flag = flag.filter(|is| is.as_bool() == Some(true));
    let deprecated = flag.map(|is| definition.fact(is, true)).or_else(|| {
        let marked = title
            .as_ref()
            .filter(|it| is_marked_deprecated(&plain(&it.value)))?;
        Some(Fact {
            value: true,
            sources: marked.sources.clone(),
        })
    });
    let mut facts = Facts {
        routes: routes.collect(),
        title,
        operation: definition.words(&[(operation, "operationId"), (&root, "name")]),
        deprecated,
        ..Facts::default()
    };
    facts.texts = definition.texts(operation);
    facts.services = definition.services();
    facts.keywords = definition.keywords(operation);
    // What an operation says itself comes first.
    for holder in [operation, call.item] {
        definition.parameters(operation, items(holder, "parameters"), &mut facts);
    }
    add_queries(&queries, &mut facts.parameters);
    let sent = request_examples(operation).map(|it| definition.example(None, it));
    facts.examples.extend(sent);
    definition.responses(operation, &mut facts);
    for part in unread(call.path) {
        let words = format!("a part of the query of the path: \"{part}\"");
        facts
            .left_out
            .push((words, definition.source(operation).lines));
    }
    // Its own are all the same call.
    for other in all.iter().filter(|it| it.call != operation) {
        let Route { method, path } = other.route(base);
        let lines = definition.source(other.call).lines;
        facts
            .left_out
            .push((format!("another operation, {method} {path}"), lines));
    }
    facts.contradictions = contradictions(&facts);
    definition.dangling(&mut facts);
    Ok(facts)
}

/// Whether every brace of a path has its partner.
fn is_template(path: &str) -> bool {
    let mut pieces = path.split('{');
    let is_closed = |piece: &str| {
        let parts = piece.split_once('}');
        parts.is_some_and(|(name, rest)| !name.contains('/') && !rest.contains('}'))
    };
    pieces.next().is_some_and(|it| !it.contains('}')) && pieces.all(is_closed)
}

/// An operation of a definition.
struct Operation<'r> {
    path: &'r str,
    method: &'r str,
    /// What all operations of its path have.
    item: &'r Value,
    call: &'r Value,
}

impl Operation<'_> {
    /// Its route, its path below the one that all begin with.
    fn route(&self, base: Option<&str>) -> Route {
        let path = self.path.split('?').next().unwrap_or(self.path);
        let path = match base.map(|it| (it.trim_matches('/'), path.trim_start_matches('/'))) {
            // Some say it in each path too.
            Some((base, path)) if format!("{path}/").starts_with(&format!("{base}/")) => {
                format!("/{path}")
            }
            Some(("", path)) => format!("/{path}"),
            Some((base, path)) => format!("/{base}/{path}"),
            None => path.to_owned(),
        };
        Route {
            method: self.method.to_uppercase(),
            path,
        }
    }
}

/// The operations of a definition; there is one at least.
fn operations(root: &Value) -> Result<Vec<Operation<'_>>, String> {
    if !root.get("paths").is_some_and(Value::is_object) {
        return Err("a Swagger 2.0 definition has paths, this has none".to_owned());
    }
    let mut all: Vec<Operation<'_>> = Vec::new();
    for (path, item) in entries(root, "paths") {
        let is_method = |name: &str| METHODS.iter().any(|it| it.eq_ignore_ascii_case(name));
        let calls = item.as_object().into_iter().flatten();
        let calls = calls.filter(|(method, it)| is_method(method) && it.is_object());
        all.extend(calls.map(|(method, call)| Operation {
            path,
            method,
            item,
            call,
        }));
    }
    if all.is_empty() {
        return Err("there is no operation".to_owned());
    }
    Ok(all)
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
    fn source(&self, value: &Value) -> FactSource {
        FactSource {
            kind: SourceKind::Definition,
            lines: self.places.of(value),
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

    /// What is said of an operation and of each of its responses in words.
    fn texts(&self, operation: &Value) -> Vec<(Option<String>, Fact<String>)> {
        let responses = entries(operation, "responses");
        let of_responses = responses.map(|(status, it)| (Some(status.clone()), self.resolve(it)));
        let all = std::iter::once((None, operation)).chain(of_responses);
        let told = all.filter_map(|(about, of)| Some((about, self.words(&[(of, "description")])?)));
        told.collect()
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
        for value in values(self.root) {
            if let Some(target) = text_of(value, "$ref")
                && self.target(target).is_none()
            {
                facts.unreadable.push((
                    format!("nothing stands at the reference \"{target}\""),
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

    fn parameters<'v>(
        &self,
        operation: &Value,
        all: impl Iterator<Item = &'v Value>,
        facts: &mut Facts,
    ) where
        'r: 'v,
    {
        for parameter in all {
            let parameter = self.resolve(parameter);
            let is_required = parameter.get("required").and_then(Value::as_bool);
            let required = is_required.map(|is| if is { Required::Yes } else { Required::No });
            let place = match text_of(parameter, "in") {
                Some("path") => FieldLocation::Path,
                Some("query") => FieldLocation::Query,
                Some("header") => FieldLocation::Header,
                // A form is told by its keyword `in`.
                Some("body" | "formData") => FieldLocation::Body,
                _ => continue,
            };
            if text_of(parameter, "in") == Some("body") {
                let schema = parameter.get("schema").unwrap_or(&Value::Null);
                let needed = required.unwrap_or(Required::No);
                let types = self.media_types(operation, "consumes");
                let (body, fields) = self.body(parameter, schema, needed, types);
                facts.body = Some(body);
                let fields = fields.into_iter().map(|field| (place, field));
                facts.parameters.extend(fields);
                self.examples(schema, None, facts);
                continue;
            }
            let Some(name) = text_of(parameter, "name") else {
                continue;
            };
            let required = match place {
                FieldLocation::Path => Some(Required::Yes),
                _ => required,
            };
            let mut field = self.field(name, name, parameter, required);
            if place == FieldLocation::Body {
                let form = self.fact(parameter, Value::from("formData"));
                field.keywords.push(("in".to_owned(), form));
            }
            let mut known = facts.parameters.iter();
            if !known.any(|(at, old)| *at == place && old.path == field.path) {
                facts.parameters.push((place, field));
            }
        }
    }

    fn responses(&self, operation: &Value, facts: &mut Facts) {
        let open = Required::Unknown;
        for (status, declared) in entries(operation, "responses") {
            let response = self.resolve(declared);
            let is_code = is_status(status);
            let said = self.source(declared);
            let mut own = ResponseFacts {
                status: if is_code { status } else { "error" }.to_owned(),
                named: vec![said.clone()],
                ..ResponseFacts::default()
            };
            if let Some(schema) = response.get("schema") {
                let types = self.media_types(operation, "produces");
                let (body, fields) = self.body(declared, schema, open, types);
                (own.body, own.fields) = (Some(body), fields);
                self.examples(schema, Some(status), facts);
            }
            let headers = entries(response, "headers");
            let headers = headers.map(|(name, it)| self.field(name, name, it, Some(open)));
            own.headers = headers.collect();
            if is_code {
                facts.statuses.push(Fact::new(status.clone(), said));
            }
            for (_, body) in entries(response, "examples") {
                facts.examples.push(self.example(Some(status), body));
            }
            let type_ = own.body.as_ref().and_then(|it| it.type_.as_ref());
            // An error without a schema is a status and no more.
            if !own.fields.is_empty()
                || !own.headers.is_empty()
                || status.starts_with('2')
                || type_.is_some_and(|it| it.value != "Object")
            {
                facts.responses.push(own);
            }
        }
        facts.statuses.sort_by(|a, b| a.value.cmp(&b.value));
        facts.responses.sort_by(|a, b| a.status.cmp(&b.status));
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
            Value::String(text) if text.trim().is_empty() => ExampleBody::Json(Value::Null),
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
fn contradictions(facts: &Facts) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for example in &facts.examples {
        let ExampleBody::Json(Value::Object(body)) = &example.body else {
            continue;
        };
        let fields = facts.fields_of(example.status.as_deref());
        let Some(around) = fields.first().and_then(|field| field.named.first()) else {
            continue;
        };
        let about = match &example.status {
            None => "body parameter".to_owned(),
            Some(status) => format!("response {status}"),
        };
        for (key, value) in body {
            let shown = (type_word(value), &example.source);
            let about = format!("{about} {key}");
            match fields.iter().find(|field| field.path == *key) {
                None => add(&mut found, about, ("not declared", around), shown),
                Some(field) => odd_type(about, field, &[value], &example.source, &mut found),
            }
        }
    }
    let mut told = HashSet::new();
    found.retain(|it| told.insert(it.about.clone()));
    found
}
