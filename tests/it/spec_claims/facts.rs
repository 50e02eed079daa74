//! Works out from a document what it says about one operation.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{array, object, resolve, text};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The facts of one operation, in the shape of a claims file.
pub(crate) fn facts(document: &Value, operation_id: &str) -> Value {
    let (method, path, operation) = operation(document, operation_id);
    let mut facts = json!({
        "operation": operation_id,
        "request": format!("{} {path}", method.to_uppercase()),
        "page": operation["externalDocs"]["url"],
        "deprecated": operation["deprecated"] == true,
        "path": {},
        "query": {},
        "header": {},
        "body": "none",
        "responses": {},
        "iam": {},
        "security": {},
        "endpoints": {},
    });
    for parameter in array(&operation["parameters"]) {
        let parameter = resolve(document, parameter);
        let words = describe_parameter(document, parameter);
        facts[text(&parameter["in"])][text(&parameter["name"])] = json!(words);
    }
    if let Some(body) = operation.get("requestBody") {
        let body = resolve(document, body);
        assert_eq!(body["required"], true, "{operation_id}: the body is needed");
        let schema = resolve(document, &content(body)["schema"]);
        facts["body"] = fields(document, schema);
        for (name, property) in object(&schema["properties"]) {
            if let Some(policy) = property.get("x-password-policy") {
                facts["password_policy"][name] = policy.clone();
            }
        }
    }
    for (status, response) in object(&operation["responses"]) {
        let response = resolve(document, response);
        facts["responses"][status] = match response.get("content") {
            Some(_) => fields(document, resolve(document, &content(response)["schema"])),
            None => json!("no body"),
        };
        if let Some(rule) = response.get("x-success-when") {
            let field = text(&rule["field"]);
            facts["success"] = json!(format!("{status} if {field} is {}", rule["equals"]));
        }
    }
    for action in array(&operation["x-iam-actions"]) {
        let mut rest = object(action).clone();
        rest.shift_remove("action");
        facts["iam"][text(&action["action"])] = Value::Object(rest);
    }
    let security = operation.get("security").unwrap_or(&document["security"]);
    for choice in array(security) {
        let names: Vec<&str> = object(choice).keys().map(String::as_str).collect();
        let name = names.join(" and ");
        let scheme = &document["components"]["securitySchemes"][&name];
        let [kind, place, key] = ["type", "in", "name"].map(|field| text(&scheme[field]));
        facts["security"][name] = json!(format!("{kind}, {place} {key}"));
    }
    for (whose, node) in [("service", document), ("operation", operation)] {
        if let Some(limit) = node.get("x-rate-limit") {
            let words = format!("{} calls in {} seconds", limit["calls"], limit["seconds"]);
            facts["rate_limit"][whose] = json!(words);
        }
    }
    for server in array(&document["servers"]) {
        facts["endpoints"][text(&server["url"])] = server["variables"]["region"]["enum"].clone();
    }
    facts
}

fn operation<'a>(document: &'a Value, operation_id: &str) -> (&'a str, &'a str, &'a Value) {
    for (path, item) in object(&document["paths"]) {
        for (method, operation) in object(item) {
            if METHODS.contains(&method.as_str()) && operation["operationId"] == operation_id {
                return (method, path, operation);
            }
        }
    }
    let title = &document["info"]["title"];
    panic!("no operation {operation_id} in {title}")
}

fn describe_parameter(document: &Value, parameter: &Value) -> String {
    let schema = resolve(document, &parameter["schema"]);
    let mut words = describe(schema, parameter["required"] == true);
    if parameter["deprecated"] == true {
        words.push_str(", deprecated");
    }
    if let Some(held) = parameter.get("x-client-parameter") {
        words.push_str(&format!(", held by the client as {}", text(held)));
    }
    words
}

/// The fields of an object, each in words.
fn fields(document: &Value, schema: &Value) -> Value {
    assert_eq!(schema["type"], "object", "the body is an object: {schema}");
    let required: Vec<&str> = array(&schema["required"]).iter().map(text).collect();
    let in_words = object(&schema["properties"])
        .iter()
        .map(|(name, property)| {
            let words = describe(
                resolve(document, property),
                required.contains(&name.as_str()),
            );
            (name.clone(), json!(words))
        });
    Value::Object(in_words.collect())
}

/// Everything a schema says about a value, in words and always in the same order. A keyword that
/// has no words of its own here appears as it is, so that none goes unseen.
fn describe(schema: &Value, required: bool) -> String {
    let mut words = vec![
        text(&schema["type"]).to_owned(),
        if required { "required" } else { "optional" }.to_owned(),
    ];
    let is_secret = schema["format"] == "password" && schema["writeOnly"] == true;
    if is_secret {
        words.push("secret".to_owned());
    }
    let mut keywords: Vec<_> = object(schema).iter().collect();
    keywords.sort_by_key(|(keyword, _)| keyword.as_str());
    for (keyword, value) in keywords {
        words.push(match keyword.as_str() {
            // Told above, told elsewhere, or no constraint.
            // No page says what a name only sounds like.
            "type" | "description" | "example" | "x-password-policy" | "x-secret" => continue,
            "maxLength" if schema.get("minLength").is_some() => continue,
            "format" | "writeOnly" if is_secret => continue,
            "nullable" | "deprecated" if value == true => keyword.clone(),
            "enum" => {
                let values: Vec<&str> = array(value).iter().map(text).collect();
                format!("one of {}", values.join(" "))
            }
            "minLength" => match schema["maxLength"].as_u64() {
                Some(max) => format!("{value} to {max} characters"),
                None => format!("{value} or more characters"),
            },
            "x-required-unless" => {
                format!(
                    "needed unless {} is {}",
                    text(&value["field"]),
                    value["equals"]
                )
            }
            "x-predicate" => format!("{} if {}", text(&value["name"]), text(&value["equals"])),
            other => format!("{other} {value}"),
        });
    }
    words.join(", ")
}

/// One line for every leaf of a tree; the order of lists does not count.
pub(crate) fn statements(tree: &Value) -> BTreeSet<String> {
    fn walk(node: &Value, place: String, out: &mut BTreeSet<String>) {
        match node {
            Value::Object(fields) if !fields.is_empty() => {
                for (key, value) in fields {
                    walk(value, format!("{place} › {key}"), out);
                }
            }
            Value::Array(items) if !items.is_empty() => {
                for item in items {
                    walk(item, place.clone(), out);
                }
            }
            leaf => {
                out.insert(format!("{}: {leaf}", place.trim_start_matches(" › ")));
            }
        }
    }
    let mut out = BTreeSet::new();
    walk(tree, String::new(), &mut out);
    out
}

fn content(of: &Value) -> &Value {
    let types = object(&of["content"]);
    assert!(
        types.keys().eq(["application/json"]),
        "other than one JSON body: {:?}",
        types.keys()
    );
    &of["content"]["application/json"]
}
