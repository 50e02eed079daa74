//! OpenAPI 3.0 schemas → JSON Schema, for a validator: what draft 7 knows, and one word of 2020-12
//! in closed ones. The one translation there is.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::outline::Outline;
use crate::load::Document;
use crate::load::tree::{Entry, Node, Value as Yaml};
use crate::profile;

/// Which way a value travels: `readOnly` properties are not required in a request, `writeOnly`
/// ones not in a response, and in a shared schema neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the service.
    Request,
    /// From the service.
    Response,
    /// Not known.
    Either,
}

/// A schema of a checked document as one of JSON Schema 2020-12 for what travels one way, closed:
/// a field that nobody documented does not fit, nor one that travels the other way.
pub fn closed_schema(document: &Document, schema: &Node, direction: Direction) -> Value {
    let outline = Outline::new(document, profile::of_the_workspace());
    let broken_patterns = HashSet::new();
    let mut translator = Translator::new(&outline, &broken_patterns);
    translator.closed = true;
    let mut translated = translator.standing_alone(schema, direction);
    let definitions = translator.definitions();
    if let Some(fields) = translated.as_object_mut() {
        fields.insert("definitions".to_owned(), Value::Object(definitions));
    }
    translated
}

/// Formats the validator knows as OpenAPI means them; the others say nothing about an example.
const FORMATS: &[&str] = &["date", "date-time", "ipv4", "ipv6"];

/// How many compositions inside each other are looked into for fields.
const DEEPEST: usize = 8;

/// Fields that mean the same in both languages and hold no schema.
const SAME: &[&str] = &[
    "minLength",
    "maxLength",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Translates schemas and, on the way, the components they refer to.
pub(super) struct Translator<'o, 'a> {
    outline: &'o Outline<'a>,
    broken_patterns: &'o HashSet<String>,
    /// Whether undocumented fields are refused.
    closed: bool,
    /// The definition of each component, by the place of its key, for each direction.
    numbers: HashMap<(usize, Direction), usize>,
    pending: Vec<(&'a Entry, Direction)>,
}

impl<'o, 'a> Translator<'o, 'a> {
    pub(super) fn new(outline: &'o Outline<'a>, broken_patterns: &'o HashSet<String>) -> Self {
        Self {
            outline,
            broken_patterns,
            closed: false,
            numbers: HashMap::new(),
            pending: Vec::new(),
        }
    }

    /// Every component the translated schemas refer to, under its number.
    pub(super) fn definitions(&mut self) -> Map<String, Value> {
        let mut definitions = Map::new();
        let mut next = 0;
        while let Some((entry, direction)) = self.pending.get(next).copied() {
            definitions.insert(next.to_string(), self.schema(&entry.value, direction));
            next += 1;
        }
        definitions
    }

    /// A schema that is no part of another: a body, a property, an item. Parts of a composed one must
    /// leave each other's fields alone.
    fn standing_alone(&mut self, node: &'a Node, direction: Direction) -> Value {
        let mut schema = self.schema(node, direction);
        let says = |field| self.outline.schema_field(node, field).is_some();
        if self.closed
            && !says("additionalProperties")
            && self.documents_fields(node, DEEPEST)
            && let Some(fields) = schema.as_object_mut()
        {
            // Not `additionalProperties`: that one does not see the fields of `allOf` parts.
            fields.insert("unevaluatedProperties".to_owned(), false.into());
        }
        schema
    }

    fn documents_fields(&self, node: &'a Node, left: usize) -> bool {
        let Some(node) = self.outline.resolve(node).filter(|_| left > 0) else {
            return false;
        };
        let named = node
            .get("properties")
            .is_some_and(|it| !it.entries().is_empty());
        named
            || ["allOf", "oneOf", "anyOf"].iter().any(|field| {
                let parts = node.get(field).map_or(&[][..], Node::items);
                parts
                    .iter()
                    .any(|part| self.documents_fields(part, left - 1))
            })
    }

    /// One schema. A field of the wrong kind is left out: it has been told of.
    pub(super) fn schema(&mut self, node: &'a Node, direction: Direction) -> Value {
        if let Some(reference) = node.get("$ref") {
            let target = reference.as_str().and_then(|it| self.outline.component(it));
            // A reference that leads nowhere takes everything; it has been told of, too.
            return target.map_or(Value::Bool(true), |entry| {
                let next = self.numbers.len();
                let key = (entry.key_span.start, direction);
                let number = *self.numbers.entry(key).or_insert_with(|| {
                    self.pending.push((entry, direction));
                    next
                });
                json!({"$ref": format!("#/definitions/{number}")})
            });
        }
        if !matches!(node.value, Yaml::Mapping(_)) {
            return Value::Bool(true);
        }
        let mut out = Map::new();
        self.values(node, &mut out);
        numbers(node, &mut out);
        self.object(node, direction, &mut out);
        if let Some(items) = node.get("items") {
            out.insert("items".to_owned(), self.standing_alone(items, direction));
        }
        for field in ["allOf", "oneOf", "anyOf"] {
            let parts = node.get(field).map_or(&[][..], Node::items);
            if !parts.is_empty() {
                let parts = parts.iter().map(|part| {
                    let schema = self.schema(part, direction);
                    match self.word_of(node, part) {
                        Some(word) => json!({"allOf": [schema, word]}),
                        None => schema,
                    }
                });
                out.insert(field.to_owned(), parts.collect());
            }
        }
        if node.get("nullable").and_then(Node::as_bool) == Some(true) {
            return nullable(out);
        }
        Value::Object(out)
    }

    /// What else a value of an alternative has to say, where a discriminator decides and the alternative
    /// does not list its words itself: one of them. Examples of documents are not held to it.
    fn word_of(&self, node: &Node, part: &'a Node) -> Option<Value> {
        let discriminator = node.get("discriminator").filter(|_| self.closed)?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let own = self.outline.property(part, property);
        if own.is_some_and(|it| self.outline.schema_field(it, "enum").is_some()) {
            return None;
        }
        let meant = self.outline.component(part.get("$ref")?.as_str()?)?;
        let is_meant = |target: &str| {
            let found = self.outline.component(target);
            target == meant.key || found.is_some_and(|it| it.key_span == meant.key_span)
        };
        let mapping = discriminator.get("mapping").map_or(&[][..], Node::entries);
        let mapped = mapping
            .iter()
            .filter(|it| it.value.as_str().is_some_and(is_meant));
        let is_another = mapping.iter().any(|it| it.key == meant.key);
        let own = (!is_another).then_some(&meant.key);
        let words: Vec<&String> = mapped.map(|it| &it.key).chain(own).collect();
        Some(json!({"required": [property], "properties": {property: {"enum": words}}}))
    }

    fn values(&self, node: &Node, out: &mut Map<String, Value>) {
        let text = |field: &str| node.get(field).and_then(Node::as_str);
        let types = ["string", "integer", "number", "boolean", "array", "object"];
        if let Some(word) = text("type").filter(|word| types.contains(word)) {
            out.insert("type".to_owned(), word.into());
        }
        if let Some(format) = text("format").filter(|format| FORMATS.contains(format)) {
            out.insert("format".to_owned(), format.into());
        }
        if let Some(pattern) = text("pattern").filter(|it| !self.broken_patterns.contains(*it)) {
            out.insert("pattern".to_owned(), pattern.into());
        }
        let words = node.get("enum").map_or(&[][..], Node::items);
        if !words.is_empty() {
            let words: Vec<Value> = words.iter().map(Node::to_json).collect();
            out.insert("enum".to_owned(), words.into());
        }
        for field in SAME {
            let value = node.get(field);
            let fits = match *field {
                "uniqueItems" => value.is_some_and(|it| it.as_bool().is_some()),
                "multipleOf" => value.and_then(Node::as_f64).is_some_and(|it| it > 0.0),
                _ => value.is_some_and(|it| it.as_u64().is_some()),
            };
            if let Some(value) = value.filter(|_| fits) {
                out.insert((*field).to_owned(), value.to_json());
            }
        }
    }

    fn object(&mut self, node: &'a Node, direction: Direction, out: &mut Map<String, Value>) {
        let properties = node.get("properties").map_or(&[][..], Node::entries);
        if !properties.is_empty() {
            let translated = properties
                .iter()
                .filter(|entry| !self.closed || self.travels(&entry.value, direction))
                .collect::<Vec<_>>()
                .into_iter()
                .map(|entry| {
                    let property = self.standing_alone(&entry.value, direction);
                    (entry.key.clone(), property)
                })
                .collect();
            out.insert("properties".to_owned(), Value::Object(translated));
        }
        let names = node.get("required").map_or(&[][..], Node::items);
        let names: HashSet<&str> = names.iter().filter_map(Node::as_str).collect();
        let mut names: Vec<&str> = names
            .into_iter()
            .filter(|name| {
                let property = properties.iter().find(|entry| entry.key == *name);
                property.is_none_or(|entry| self.travels(&entry.value, direction))
            })
            .collect();
        names.sort_unstable();
        if !names.is_empty() {
            out.insert("required".to_owned(), names.into());
        }
        if let Some(more) = node.get("additionalProperties") {
            let more = match more.as_bool() {
                Some(flag) => Value::Bool(flag),
                None => self.standing_alone(more, direction),
            };
            out.insert("additionalProperties".to_owned(), more);
        }
    }

    /// Whether a property can be required of a value that travels this way.
    fn travels(&self, property: &'a Node, direction: Direction) -> bool {
        let set = |field| {
            let value = self.outline.schema_field(property, field);
            value.and_then(Node::as_bool) == Some(true)
        };
        match direction {
            Direction::Request => !set("readOnly"),
            Direction::Response => !set("writeOnly"),
            Direction::Either => !set("readOnly") && !set("writeOnly"),
        }
    }
}

/// Bounds of numbers: the flags of OpenAPI 3.0 become the numbers of draft 7, and the sizes of
/// `int32` and `int64` bounds.
fn numbers(node: &Node, out: &mut Map<String, Value>) {
    for (bound, flag) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if let Some(number) = node.get(bound).filter(|it| it.as_f64().is_some()) {
            let exclusive = node.get(flag).and_then(Node::as_bool) == Some(true);
            let field = if exclusive { flag } else { bound };
            out.insert(field.to_owned(), number.to_json());
        }
    }
    let text = |field: &str| node.get(field).and_then(Node::as_str);
    let size = match (text("type"), text("format")) {
        (Some("integer"), Some("int32")) => (i64::from(i32::MIN), i64::from(i32::MAX)),
        (Some("integer"), Some("int64")) => (i64::MIN, i64::MAX),
        _ => return,
    };
    out.entry("minimum").or_insert(size.0.into());
    out.entry("maximum").or_insert(size.1.into());
}

/// The same schema, null allowed.
fn nullable(mut schema: Map<String, Value>) -> Value {
    if ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|field| schema.contains_key(*field))
    {
        return json!({"anyOf": [{"type": "null"}, schema]});
    }
    if let Some(word) = schema.get_mut("type") {
        *word = json!([word.take(), "null"]);
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
        words.dedup();
    }
    Value::Object(schema)
}
