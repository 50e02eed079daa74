//! Schemas into fields.

use serde_json::Value;

use super::{Definition, entries, items, text_of};
use crate::facts::{Bounds, Fact, FactSource, FieldFacts, Required};
use crate::vendor::is_silent;
use crate::vocabulary::is_among;

/// The deepest nesting of schemas that is followed.
const MAX_DEPTH: usize = 12;

/// The most fields of one body.
const MAX_FIELDS: usize = 4_000;

/// What the model has words of its own for, or that is no fact about a value.
const KNOWN: &str = "$ref|additionalProperties|allOf|default|deprecated|description|enum|exclusiveMaximum|exclusiveMinimum\
     |in|items|maxItems|maxLength|maximum|minLength|minimum|name|nullable|properties|required|schema|type|x-sensitive";

/// Keywords that may also stand as an extension, where they are of a newer version.
const TWINS: &str = "default|deprecated|enum|example|exclusiveMaximum|exclusiveMinimum|format|maxItems|maxLength|\
     maximum|minItems|minLength|minimum|multipleOf|nullable|pattern|readOnly|uniqueItems";

/// Reads schemas.
pub(super) struct Schemas<'s, 'r> {
    pub(super) definition: &'s Definition<'r>,
    /// Whether what is read is sent; of what comes back nothing is required.
    pub(super) writes: bool,
}

impl Schemas<'_, '_> {
    /// The fields of a body; one that is an array holds them in its items.
    pub(super) fn body(&self, schema: &Value) -> Vec<FieldFacts> {
        let mut out = Vec::new();
        self.below(schema, "", &mut Vec::new(), &mut out);
        out
    }

    /// The fields of an object. `above` are the schemas it stands in: what is inside itself is known
    /// already.
    fn properties<'v>(
        &'v self,
        schema: &'v Value,
        path: &str,
        above: &mut Vec<&'v Value>,
        out: &mut Vec<FieldFacts>,
    ) {
        let schema = self.definition.resolve(schema);
        if above.len() > MAX_DEPTH || above.iter().any(|it| std::ptr::eq(*it, schema)) {
            return;
        }
        above.push(schema);
        for part in items(schema, "allOf") {
            self.properties(part, path, above, out);
        }
        let required = schema.get("required").and_then(Value::as_array);
        let is_listed = |name: &str| {
            let mut listed = required?.iter().filter_map(Value::as_str);
            Some(listed.any(|it| it == name))
        };
        for (name, property) in entries(schema, "properties") {
            if out.len() >= MAX_FIELDS {
                break;
            }
            let inner = match path {
                "" => name.clone(),
                path => format!("{path}.{name}"),
            };
            let needed = match is_listed(name) {
                _ if !self.writes => Some(Required::Unknown),
                Some(true) => Some(Required::Yes),
                Some(false) => Some(Required::No),
                None => None,
            };
            let mut field = self.field(inner.clone(), name, property, needed);
            if !self.writes && is_listed(name) == Some(true) {
                let said = self.definition.fact(property, Value::Bool(true));
                field.keywords.push(("required".to_owned(), said));
            }
            out.push(field);
            self.below(property, &inner, above, out);
        }
        above.pop();
    }

    /// The fields below a value: of an object, of the items of an array, of the values of a map.
    fn below<'v>(
        &'v self,
        property: &'v Value,
        path: &str,
        above: &mut Vec<&'v Value>,
        out: &mut Vec<FieldFacts>,
    ) {
        let schema = self.definition.resolve(property);
        if above.len() > MAX_DEPTH || above.iter().any(|it| std::ptr::eq(*it, schema)) {
            return;
        }
        if let Some(items) = schema.get("items") {
            above.push(schema);
            self.below(items, &format!("{path}[]"), above, out);
            above.pop();
        } else if let Some(values) = values_of(schema) {
            above.push(schema);
            self.below(values, &format!("{path}.*"), above, out);
            above.pop();
        }
        if schema.get("properties").is_some() || schema.get("allOf").is_some() {
            self.properties(schema, path, above, out);
        }
    }

    /// A body as a whole.
    pub(super) fn whole(
        &self,
        schema: &Value,
        required: Option<Required>,
        said: &FactSource,
    ) -> FieldFacts {
        let mut whole = self.field(String::new(), "", schema, required);
        whole.named = vec![said.clone()];
        whole
    }

    /// A property or a parameter; `required` is nothing where the definition does not say it.
    pub(super) fn field(
        &self,
        path: String,
        name: &str,
        declared: &Value,
        required: Option<Required>,
    ) -> FieldFacts {
        self.value(path, name, declared, required, 0)
    }

    fn value(
        &self,
        path: String,
        name: &str,
        declared: &Value,
        required: Option<Required>,
        depth: usize,
    ) -> FieldFacts {
        let said = self.definition.source(declared);
        let target = self.definition.resolve(declared);
        // What is said of plain values is said where they are: in the items of a list of them.
        let inner = self.innermost(target);
        let is_plain =
            inner.get("properties").is_none() && inner.get("additionalProperties").is_none();
        let items = Some(inner).filter(|_| is_plain && !std::ptr::eq(inner, target));
        // What stands beside a reference leads over what it refers to.
        let own = |key: &str| said_of(declared, key).or_else(|| said_of(target, key));
        let get = |key: &str| own(key).or_else(|| said_of(items?, key));
        let description = own("description").and_then(Value::as_str);
        let type_ = self.type_name(target);
        let bounds = |min: Option<String>, max: Option<String>| {
            let part = None;
            let some = min.is_some() || max.is_some();
            some.then_some(Bounds { part, min, max })
        };
        let number = |key: &str| get(key)?.as_i64().map(|value| value.to_string());
        let length = bounds(number("minLength"), number("maxLength"));
        let integer = type_
            .as_deref()
            .is_some_and(|it| it.to_lowercase().contains("integer"));
        // A bound that is left out: a flag beside it, or, in newer schemas, a number of its own.
        let bound = |key: &str, excluded: &str, by: i64| -> Option<String> {
            let own = get(key).and_then(Value::as_i64);
            let next = |value: i64| value.checked_add(by).filter(|_| integer);
            let least = match get(excluded) {
                Some(Value::Bool(true)) => own.and_then(next),
                Some(Value::Number(number)) => {
                    let apart = number.as_i64().and_then(next)?;
                    let tighter = if by > 0 { i64::max } else { i64::min };
                    Some(own.map_or(apart, |own| tighter(own, apart)))
                }
                // A fraction bounds as a whole number does.
                _ if own.is_none() => return get(key)?.as_f64().map(|it| it.to_string()),
                _ => own,
            };
            least.map(|value| value.to_string())
        };
        let range = bounds(
            bound("minimum", "exclusiveMinimum", 1),
            bound("maximum", "exclusiveMaximum", -1),
        );
        let is = |key: &str| own(key).and_then(Value::as_bool) == Some(true);
        let lists = |key: &str, null: &Value| {
            let listed = own(key).and_then(Value::as_array);
            listed.is_some_and(|values| values.contains(null))
        };
        let listed = get("enum").and_then(Value::as_array);
        let values = listed.map(|values| {
            let some = values.iter().filter(|value| !value.is_null());
            some.map(shown).collect::<Vec<_>>()
        });
        let nullable =
            is("nullable") || lists("enum", &Value::Null) || lists("type", &Value::from("null"));
        let secret = get("x-sensitive").is_some_and(|value| shown(value) == "true")
            || get("format").and_then(Value::as_str) == Some("password")
            || crate::read::is_secret(name);
        FieldFacts {
            path: path.clone(),
            named: vec![said.clone()],
            type_: Fact::maybe(type_, &said),
            // Where nothing is said it is optional, and nobody the source.
            required: match required {
                Some(required) => (required, Some(said.clone())),
                None => (Required::No, None),
            },
            description: Fact::maybe(
                description
                    .filter(|text| !text.is_empty())
                    .map(str::to_owned),
                &said,
            ),
            deprecated: Fact::maybe(is("deprecated").then_some(true), &said),
            nullable: Fact::maybe(nullable.then_some(true), &said),
            enum_values: Fact::maybe(values.filter(|values| !values.is_empty()), &said),
            default: Fact::maybe(own("default").filter(|it| !it.is_null()).cloned(), &said),
            lengths: Fact::maybe(length, &said).into_iter().collect(),
            ranges: Fact::maybe(range, &said).into_iter().collect(),
            max_items: Fact::maybe(own("maxItems").and_then(Value::as_u64), &said),
            secret: Fact::maybe(secret.then_some(true), &said),
            password: None,
            schema: Fact::maybe(self.schema_name(declared), &said),
            keywords: self.keywords(&[Some(declared), Some(target), items], &said),
            values: self.values(&path, name, target, depth),
            unclear: Vec::new(),
        }
    }

    /// What a list, or a list of lists, is of.
    fn innermost<'v>(&'v self, schema: &'v Value) -> &'v Value {
        let mut inner = schema;
        for _ in 0..MAX_DEPTH {
            match inner.get("items") {
                Some(items) => inner = self.definition.resolve(items),
                None => break,
            }
        }
        inner
    }

    /// The name of the schema of an object, or of the objects in a list.
    fn schema_name(&self, declared: &Value) -> Option<String> {
        let mut declared = declared;
        for _ in 0..MAX_DEPTH {
            match self.definition.resolve(declared).get("items") {
                Some(items) => declared = items,
                None => break,
            }
        }
        let reference = declared.get("$ref").and_then(Value::as_str)?;
        let target = self.definition.resolve(declared);
        let is_object = ["properties", "allOf"]
            .iter()
            .any(|it| target.get(it).is_some());
        let name = reference.rsplit('/').next().filter(|_| is_object)?;
        Some(name.to_owned())
    }

    /// Keywords that have no words on pages, each once.
    fn keywords(&self, of: &[Option<&Value>], said: &FactSource) -> Vec<(String, Fact<Value>)> {
        let mut found: Vec<(String, Fact<Value>)> = Vec::new();
        for (key, value) in of
            .iter()
            .flatten()
            .filter_map(|it| it.as_object())
            .flatten()
        {
            let twin = key.strip_prefix("x-").filter(|it| is_among(TWINS, it));
            // One that says the same is the same.
            let is_twin = twin.is_some_and(|it| {
                let mut all = of.iter().flatten();
                all.find_map(|of| of.get(it)).is_none_or(|it| it == value)
            });
            let key = twin.filter(|_| is_twin).unwrap_or(key);
            let is_read = is_among(KNOWN, key) || key.starts_with("x-") && is_silent(key, value);
            let is_news = !is_read && found.iter().all(|(known, _)| known != key);
            if is_news {
                found.push((key.to_owned(), Fact::new(value.clone(), said.clone())));
            }
        }
        found
    }

    /// A value of the map that a schema is, or of the maps in a list.
    fn values(
        &self,
        path: &str,
        name: &str,
        schema: &Value,
        depth: usize,
    ) -> Option<Box<FieldFacts>> {
        if depth > MAX_DEPTH {
            return None;
        }
        if let Some(items) = schema.get("items") {
            return self.values(
                &format!("{path}[]"),
                name,
                self.definition.resolve(items),
                depth + 1,
            );
        }
        let values = values_of(schema)?;
        let path = format!("{path}.*");
        Some(Box::new(self.value(
            path,
            name,
            values,
            Some(Required::Unknown),
            depth + 1,
        )))
    }

    /// The type in the words of the pages.
    fn type_name(&self, schema: &Value) -> Option<String> {
        self.type_name_at(schema, 0)
    }

    fn type_name_at(&self, schema: &Value, depth: usize) -> Option<String> {
        if let Some(items) = schema.get("items").filter(|_| depth < MAX_DEPTH) {
            let items = self.definition.resolve(items);
            let Some(of) = self.type_name_at(items, depth + 1) else {
                return Some("Array".to_owned());
            };
            let of = of.to_lowercase();
            let plural = if of.ends_with('s') { "" } else { "s" };
            return Some(format!("Array of {of}{plural}"));
        }
        // Of several types beside "null" none leads.
        let only = schema.get("type").and_then(Value::as_array).map(|types| {
            let mut types = types
                .iter()
                .filter_map(Value::as_str)
                .filter(|type_| *type_ != "null");
            types.next().filter(|_| types.next().is_none())
        });
        if only == Some(None) {
            return None;
        }
        let name = match text_of(schema, "type").or(only.flatten()) {
            Some("string") => "String",
            Some("integer") => "Integer",
            Some("number") => "Number",
            Some("boolean") => "Boolean",
            Some("array") => "Array",
            Some("object") => "Object",
            Some(other) => other,
            None if schema.get("properties").is_some()
                || schema.get("allOf").is_some()
                || schema.get("additionalProperties").is_some() =>
            {
                "Object"
            }
            None => return None,
        };
        Some(name.to_owned())
    }
}

/// What a schema says by a keyword, or by the extension of the same name.
fn said_of<'v>(schema: &'v Value, key: &str) -> Option<&'v Value> {
    let twin = || {
        Some(key)
            .filter(|it| is_among(TWINS, it))
            .map(|it| format!("x-{it}"))
    };
    schema.get(key).or_else(|| schema.get(twin()?))
}

/// The schema of a map's values.
fn values_of(schema: &Value) -> Option<&Value> {
    schema
        .get("additionalProperties")
        .filter(|values| values.is_object())
}

fn shown(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::facts;
    use crate::facts::{Facts, FieldFacts};

    fn read(schema: &serde_json::Value, definitions: &serde_json::Value) -> Facts {
        let text = json!({
            "paths": {"/v1/a": {"post": {
                "operationId": "A",
                "parameters": [{"in": "body", "name": "body", "required": true, "schema": schema}],
                "responses": {"200": {"description": "-", "schema": schema}},
            }}},
            "definitions": definitions,
        });
        facts("a.json", &text.to_string()).expect("a definition")
    }

    fn field<'f>(facts: &'f Facts, path: &str) -> &'f FieldFacts {
        let mut fields = facts.parameters.iter().map(|(_, field)| field);
        fields.find(|it| it.path == path).expect(path)
    }

    #[test]
    fn what_is_in_itself_is_read_once() {
        let definitions = json!({
            "Node": {"properties": {"name": {"type": "string"}, "next": {"$ref": "#/definitions/Node"},
                "all": {"type": "array", "items": {"$ref": "#/definitions/Node"}}}},
            "Line": {"type": "array", "items": {"$ref": "#/definitions/Line"}},
        });
        let facts = read(&json!({"$ref": "#/definitions/Node"}), &definitions);
        let paths: Vec<&str> = facts
            .parameters
            .iter()
            .map(|(_, it)| it.path.as_str())
            .collect();
        assert_eq!(paths, ["name", "next", "all"]);
        assert_eq!(
            field(&facts, "all").schema.as_ref().expect("a name").value,
            "Node"
        );
        assert_eq!(
            facts.body.expect("a body").schema.expect("a name").value,
            "Node"
        );
        assert!(
            read(&json!({"$ref": "#/definitions/Line"}), &definitions)
                .parameters
                .is_empty()
        );
    }

    #[test]
    fn lists_of_lists_and_maps_keep_what_is_in_them() {
        let inner =
            json!({"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}}});
        let list = |of: &serde_json::Value| json!({"type": "array", "items": of});
        let schema = json!({"properties": {
            "grid": list(&list(&json!({"type": "integer", "format": "int64", "minimum": 0.5}))),
            "rows": list(&list(&inner)),
            "words": list(&json!({"type": "string", "enum": ["a"], "maxLength": 3, "pattern": "^a"})),
            "zones": {"type": "object", "additionalProperties": list(&inner)},
            "labels": {"type": "object", "additionalProperties": {"type": "string", "maxLength": 9}},
            "any": {"type": "array", "items": {}},
        }});
        let facts = read(&schema, &json!({}));
        let type_ = |path: &str| {
            field(&facts, path)
                .type_
                .as_ref()
                .expect(path)
                .value
                .clone()
        };
        assert_eq!(type_("grid"), "Array of array of integers");
        assert_eq!(type_("any"), "Array");
        assert_eq!(field(&facts, "grid").keywords[0].0, "format");
        assert_eq!(
            field(&facts, "grid").ranges[0].value.min.as_deref(),
            Some("0.5")
        );
        assert_eq!(type_("rows[][].x"), "String");
        assert_eq!(type_("zones.*[].x"), "String");
        let words = field(&facts, "words");
        assert_eq!(words.enum_values.as_ref().expect("values").value, ["a"]);
        assert_eq!(words.lengths[0].value.max.as_deref(), Some("3"));
        let labels = field(&facts, "labels").values.as_ref().expect("values");
        assert_eq!(labels.path, "labels.*");
        assert_eq!(labels.lengths[0].value.max.as_deref(), Some("9"));
        // What comes back is required as a keyword alone.
        let back = &facts.responses[0].fields;
        let x = back
            .iter()
            .find(|it| it.path == "rows[][].x")
            .expect("a field");
        assert_eq!(x.keywords[0].0, "required");
    }
}
