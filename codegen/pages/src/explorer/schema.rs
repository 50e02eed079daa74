//! Schemas into fields.

use serde_json::Value;

use super::{Definition, entries, items};
use crate::facts::{Bounds, Fact, FactSource, FieldFacts, Required};
use crate::value::shown;
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

impl Definition<'_> {
    /// A body with what is said of it elsewhere, and its fields; one that is an array holds them in its
    /// items.
    pub(super) fn body(
        &self,
        declared: &Value,
        schema: &Value,
        required: Required,
        further: Option<(String, Fact<Value>)>,
    ) -> (FieldFacts, Vec<FieldFacts>) {
        let mut body = self.field("", "", schema, Some(required));
        body.named = vec![self.source(declared)];
        body.keywords.extend(further);
        let mut fields = Vec::new();
        self.below(schema, "", &mut Vec::new(), &mut fields);
        if required == Required::Unknown {
            fields.iter_mut().for_each(returned);
        }
        (body, fields)
    }

    /// The fields below a value: of the items of an array, of the values of a map, of an object.
    /// `above` are the schemas it stands in: what is inside itself is known already.
    fn below<'v>(
        &'v self,
        declared: &'v Value,
        path: &str,
        above: &mut Vec<&'v Value>,
        out: &mut Vec<FieldFacts>,
    ) {
        let schema = self.resolve(declared);
        if above.len() > MAX_DEPTH || above.iter().any(|it| std::ptr::eq(*it, schema)) {
            return;
        }
        above.push(schema);
        if let Some(items) = schema.get("items") {
            self.below(items, &format!("{path}[]"), above, out);
        } else if let Some(values) = values_of(schema) {
            self.below(values, &format!("{path}.*"), above, out);
        }
        for part in items(schema, "allOf") {
            self.below(part, path, above, out);
        }
        let listed = schema.get("required").and_then(Value::as_array);
        for (name, property) in entries(schema, "properties") {
            if out.len() >= MAX_FIELDS {
                break;
            }
            let inner = match path {
                "" => name.clone(),
                path => format!("{path}.{name}"),
            };
            let is_in = |all: &Vec<Value>| all.iter().any(|it| it.as_str() == Some(name));
            let needed = listed.map(|all| match is_in(all) {
                true => Required::Yes,
                false => Required::No,
            });
            out.push(self.field(&inner, name, property, needed));
            self.below(property, &inner, above, out);
        }
        above.pop();
    }

    /// A property, a parameter, or a body as a whole; `required` is nothing where the definition does
    /// not say it.
    pub(super) fn field(
        &self,
        path: &str,
        name: &str,
        declared: &Value,
        required: Option<Required>,
    ) -> FieldFacts {
        let said = self.source(declared);
        let target = self.resolve(declared);
        let (lists, of) = self.innermost(declared);
        let inner = self.resolve(of);
        // What is said of plain values is said where they are: in the items of a list of them.
        let is_plain =
            inner.get("properties").is_none() && inner.get("additionalProperties").is_none();
        let items = Some(inner).filter(|_| is_plain && lists > 0);
        // What stands beside a reference leads over what it refers to.
        let own = |key: &str| said_of(declared, key).or_else(|| said_of(target, key));
        let get = |key: &str| own(key).or_else(|| said_of(items?, key));
        let is = |key: &str| own(key).and_then(Value::as_bool) == Some(true);
        let lists_null = |key: &str, null: &Value| {
            let listed = own(key).and_then(Value::as_array);
            listed.is_some_and(|values| values.contains(null))
        };
        let type_ = type_name(lists, inner);
        let integer = type_.as_deref();
        let integer = integer.is_some_and(|it| it.to_lowercase().contains("integer"));
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
        let bounds = |min: Option<String>, max: Option<String>| {
            let part = None;
            let some = min.is_some() || max.is_some();
            Fact::maybe(some.then_some(Bounds { part, min, max }), &said)
        };
        let lengths = bounds(bound("minLength", "", 1), bound("maxLength", "", -1));
        let ranges = bounds(
            bound("minimum", "exclusiveMinimum", 1),
            bound("maximum", "exclusiveMaximum", -1),
        );
        let listed = get("enum").and_then(Value::as_array).map(|values| {
            let some = values.iter().filter(|value| !value.is_null());
            some.map(shown).collect::<Vec<_>>()
        });
        let nullable = is("nullable")
            || lists_null("enum", &Value::Null)
            || lists_null("type", &Value::from("null"));
        let secret = get("x-sensitive").is_some_and(|value| shown(value) == "true")
            || get("format").and_then(Value::as_str) == Some("password")
            || crate::read::is_secret(name);
        let flag = |is: bool| Fact::maybe(is.then_some(true), &said);
        let words = own("description").and_then(Value::as_str);
        let words = words.filter(|text| !text.is_empty()).map(str::to_owned);
        // A value of the map, or of the maps in the list.
        let values = values_of(inner).filter(|_| path.matches(['*', ']']).count() <= MAX_DEPTH);
        let values = values.map(|it| {
            let path = format!("{path}{}.*", "[]".repeat(lists));
            Box::new(self.field(&path, name, it, Some(Required::Unknown)))
        });
        FieldFacts {
            path: path.to_owned(),
            named: vec![said.clone()],
            type_: Fact::maybe(type_, &said),
            // Where nothing is said it is optional, and nobody the source.
            required: match required {
                Some(required) => (required, Some(said.clone())),
                None => (Required::No, None),
            },
            description: Fact::maybe(words, &said),
            deprecated: flag(is("deprecated")),
            nullable: flag(nullable),
            enum_values: Fact::maybe(listed.filter(|values| !values.is_empty()), &said),
            default: Fact::maybe(own("default").filter(|it| !it.is_null()).cloned(), &said),
            lengths: lengths.into_iter().collect(),
            ranges: ranges.into_iter().collect(),
            max_items: Fact::maybe(own("maxItems").and_then(Value::as_u64), &said),
            secret: flag(secret),
            schema: Fact::maybe(schema_name(of, inner), &said),
            keywords: keywords(
                &[
                    Some(declared),
                    Some(target),
                    Some(inner).filter(|_| lists > 0),
                ],
                &said,
            ),
            values,
            ..FieldFacts::default()
        }
    }

    /// What a list, or a list of lists, is of, as it is declared, and how many lists there are.
    fn innermost<'v>(&'v self, declared: &'v Value) -> (usize, &'v Value) {
        let mut inner = declared;
        for lists in 0..MAX_DEPTH {
            match self.resolve(inner).get("items") {
                Some(items) => inner = items,
                None => return (lists, inner),
            }
        }
        (MAX_DEPTH, inner)
    }
}

/// Of what comes back nothing must be given; where a definition says so it is a keyword.
fn returned(field: &mut FieldFacts) {
    let said = field.named.first().cloned();
    if let (Required::Yes, Some(said)) = (field.required.0, said.clone()) {
        let said = Fact::new(Value::Bool(true), said);
        field.keywords.push(("required".to_owned(), said));
    }
    field.required = (Required::Unknown, said);
}

/// The name of the schema of an object.
fn schema_name(declared: &Value, target: &Value) -> Option<String> {
    let reference = declared.get("$ref").and_then(Value::as_str)?;
    let is_object = target.get("properties").is_some() || target.get("allOf").is_some();
    let name = reference.rsplit('/').next().filter(|_| is_object)?;
    Some(name.to_owned())
}

/// Keywords that have no words on pages, each once.
fn keywords(of: &[Option<&Value>], said: &FactSource) -> Vec<(String, Fact<Value>)> {
    let mut found: Vec<(String, Fact<Value>)> = Vec::new();
    let objects = of.iter().flatten().filter_map(|it| it.as_object());
    for (key, value) in objects.flatten() {
        let twin = key.strip_prefix("x-").filter(|it| is_among(TWINS, it));
        // One that says the same is the same.
        let is_twin = twin.is_some_and(|it| {
            let mut all = of.iter().flatten();
            all.find_map(|of| of.get(it)).is_none_or(|it| it == value)
        });
        let key = twin.filter(|_| is_twin).unwrap_or(key);
        // Whether more may come than is named, not what.
        let is_closed = key == "additionalProperties" && *value == Value::Bool(false);
        let is_read =
            !is_closed && is_among(KNOWN, key) || key.starts_with("x-") && is_silent(key, value);
        let is_news = !is_read && found.iter().all(|(known, _)| known != key);
        if is_news {
            found.push((key.to_owned(), Fact::new(value.clone(), said.clone())));
        }
    }
    found
}

/// The type in the words of the pages: of a schema that so many lists are around.
fn type_name(lists: usize, schema: &Value) -> Option<String> {
    (0..lists).fold(plain_type(schema), |of, _| {
        let Some(of) = of.map(|of| of.to_lowercase()) else {
            return Some("Array".to_owned());
        };
        let plural = if of.ends_with('s') { "" } else { "s" };
        Some(format!("Array of {of}{plural}"))
    })
}

fn plain_type(schema: &Value) -> Option<String> {
    let name = match schema.get("type") {
        Some(Value::String(name)) if !name.is_empty() => name,
        // Of several types beside "null" none leads.
        Some(Value::Array(types)) => {
            let types = types.iter().filter_map(Value::as_str);
            let mut types = types.filter(|type_| *type_ != "null");
            types.next().filter(|_| types.next().is_none())?
        }
        _ => ["properties", "allOf", "additionalProperties"]
            .iter()
            .any(|it| schema.get(it).is_some())
            .then_some("object")?,
    };
    Some(match name {
        "string" | "integer" | "number" | "boolean" | "array" | "object" => {
            let (first, rest) = name.split_at(1);
            first.to_uppercase() + rest
        }
        other => other.to_owned(),
    })
}

/// What a schema says by a keyword, or by the extension of the same name.
fn said_of<'v>(schema: &'v Value, key: &str) -> Option<&'v Value> {
    let twin = || is_among(TWINS, key).then(|| format!("x-{key}"));
    schema.get(key).or_else(|| schema.get(twin()?))
}

/// The schema of a map's values.
fn values_of(schema: &Value) -> Option<&Value> {
    let values = schema.get("additionalProperties");
    values.filter(|values| values.is_object())
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
