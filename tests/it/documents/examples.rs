//! Finds the examples of a document and holds each against its own schema.

use serde_json::{Map, Value, json};

use super::{array, resolve, text};

/// An example or default, beside the schema it has to obey.
pub(crate) struct Shown<'a> {
    pub(crate) place: String,
    pub(crate) schema: &'a Value,
    pub(crate) example: &'a Value,
}

pub(crate) fn collect_examples<'a>(node: &'a Value, place: &str, shown: &mut Vec<Shown<'a>>) {
    let schema = node.get("schema").unwrap_or(node);
    let mut found = examples_of(node);
    // A server variable has a default as well, and no type: its enum is looked at elsewhere.
    found.extend(node.get("default").filter(|_| node.get("type").is_some()));
    shown.extend(found.into_iter().map(|example| Shown {
        place: place.to_owned(),
        schema,
        example,
    }));
    for (key, child) in node.as_object().into_iter().flatten() {
        if key != "example" && key != "examples" {
            collect_examples(child, &format!("{place}/{key}"), shown);
        }
    }
    for (index, child) in array(node).iter().enumerate() {
        collect_examples(child, &format!("{place}/{index}"), shown);
    }
}

pub(crate) fn examples_of(node: &Value) -> Vec<&Value> {
    let named = node.get("examples").and_then(Value::as_object);
    let named = named
        .into_iter()
        .flatten()
        .map(|(_, example)| &example["value"]);
    node.get("example").into_iter().chain(named).collect()
}

/// Checks an example against its schema and against the extensions JSON Schema does not know.
pub(crate) fn obeys(document: &Value, schema: &Value, example: &Value) -> Result<(), String> {
    let mut root = in_json_schema(schema);
    root["components"] = in_json_schema(&document["components"]);
    let validator = jsonschema::validator_for(&root).map_err(|problem| problem.to_string())?;
    validator
        .validate(example)
        .map_err(|problem| problem.to_string())?;

    let schema = resolve(document, schema);
    if let (Some(known), Some(given)) = (schema["properties"].as_object(), example.as_object())
        && let Some(stray) = given.keys().find(|name| !known.contains_key(*name))
    {
        return Err(format!("the schema has no field {stray}"));
    }
    if let (Some(policy), Some(password)) = (schema.get("x-password-policy"), example.as_str()) {
        obeys_policy(policy, password)?;
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(value) = example.get(name) {
            obeys(document, property, value).map_err(|problem| format!("{name}: {problem}"))?;
        }
        if let Some(rule) = property.get("x-required-unless") {
            let waived = example[text(&rule["field"])] == rule["equals"];
            if waived == example.get(name).is_some() {
                return Err(format!(
                    "{name} is there although waived, or missing although needed"
                ));
            }
        }
    }
    Ok(())
}

fn obeys_policy(policy: &Value, password: &str) -> Result<(), String> {
    let length = password.chars().count() as u64;
    if Some(length) < policy["min"].as_u64() || Some(length) > policy["max"].as_u64() {
        return Err(format!("a password of {length} characters"));
    }
    let is_special = |c: char| match policy["specials"].as_str() {
        Some(listed) => listed.contains(c),
        None => c.is_ascii_punctuation(),
    };
    if let Some(stray) = password
        .chars()
        .find(|&c| !c.is_ascii_alphanumeric() && !is_special(c))
    {
        return Err(format!("a password with {stray:?}"));
    }
    let classes = array(&policy["classes"])
        .iter()
        .filter(|class| match text(class) {
            "lower" => password.contains(|c: char| c.is_ascii_lowercase()),
            "upper" => password.contains(|c: char| c.is_ascii_uppercase()),
            "letter" => password.contains(|c: char| c.is_ascii_alphabetic()),
            "digit" => password.contains(|c: char| c.is_ascii_digit()),
            "special" => password.contains(is_special),
            other => panic!("unknown class {other}"),
        });
    let classes = classes.count() as u64;
    if Some(classes) < policy["minClasses"].as_u64() {
        return Err(format!("a password of {classes} classes"));
    }
    Ok(())
}

/// An OpenAPI 3.0 schema as JSON Schema: `nullable` becomes one type more.
fn in_json_schema(schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => {
            let mut out: Map<String, Value> = fields
                .iter()
                .map(|(k, v)| (k.clone(), in_json_schema(v)))
                .collect();
            if out.remove("nullable") == Some(json!(true)) {
                out.insert("type".to_owned(), json!([fields["type"], "null"]));
                if let Some(Value::Array(values)) = out.get_mut("enum") {
                    values.push(Value::Null);
                }
            }
            Value::Object(out)
        }
        Value::Array(items) => items.iter().map(in_json_schema).collect(),
        leaf => leaf.clone(),
    }
}
