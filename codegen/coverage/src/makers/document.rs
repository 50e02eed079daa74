//! A document of a maker as its own words, without any reading of the generator's.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The keys of a path's entry that hold operations.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// How many references may follow on one another.
const LONGEST: usize = 32;

/// What a reference points at, or the value itself.
pub fn resolve<'d>(document: &'d Value, mut value: &'d Value) -> &'d Value {
    for _ in 0..LONGEST {
        let pointer = value.get("$ref").and_then(Value::as_str);
        let target = pointer
            .and_then(|it| it.strip_prefix('#'))
            .and_then(|it| document.pointer(&it.replace("%7B", "{").replace("%7D", "}")));
        match target {
            Some(target) => value = target,
            None => return value,
        }
    }
    value
}

/// The members of an object; none of anything else.
pub fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// The elements of a list; none of anything else.
pub fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// An operation where it stands.
#[derive(Clone, Copy)]
pub struct Operation<'d> {
    pub document: &'d Value,
    pub path: &'d str,
    pub method: &'d str,
    item: &'d Value,
    value: &'d Value,
}

/// All operations in the document's order.
pub fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut found = Vec::new();
    for (path, item) in entries(document.get("paths")) {
        // What stands behind these is no path, and is tried elsewhere.
        if !path.starts_with('/') || path.contains(['#', '?']) {
            continue;
        }
        let item = resolve(document, item);
        for (method, value) in entries(Some(item)) {
            if METHODS.contains(&method.as_str()) {
                found.push(Operation {
                    document,
                    path,
                    method,
                    item,
                    value,
                });
            }
        }
    }
    found
}

impl<'d> Operation<'d> {
    /// What it is called.
    pub fn name(&self) -> String {
        format!("{} {}", self.method.to_ascii_uppercase(), self.path)
    }

    /// Its parameters, those of its path among them. Three headers are none by the standard.
    pub fn parameters(&self) -> Vec<&'d Value> {
        let mut found: Vec<&Value> = Vec::new();
        let lists = [self.value, self.item].map(|it| items(it.get("parameters")));
        for parameter in lists.into_iter().flatten() {
            let parameter = resolve(self.document, parameter);
            let (place, name) = (text(parameter, "in"), text(parameter, "name"));
            let lower = name.to_ascii_lowercase();
            let is_other = ["accept", "content-type", "authorization"].contains(&&*lower);
            let known = |it: &&Value| text(it, "in") == place && text(it, "name") == name;
            if !(place == "header" && is_other || found.iter().any(known)) {
                found.push(parameter);
            }
        }
        found
    }

    /// The media types of its body with what is said of each.
    pub fn bodies(&self) -> Vec<(&'d str, &'d Value)> {
        let body = self.value.get("requestBody");
        let body = body.map(|it| resolve(self.document, it));
        let content = entries(body.and_then(|it| it.get("content")));
        content.map(|(name, it)| (name.as_str(), it)).collect()
    }

    /// The schemes that it asks for, one set of these.
    pub fn security(&self) -> Vec<Vec<&'d str>> {
        let own = self.value.get("security");
        let sets = items(own.or_else(|| self.document.get("security")));
        sets.map(|it| entries(Some(it)).map(|(name, _)| name.as_str()).collect())
            .collect()
    }
}

/// A text member, or an empty one.
pub fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The document with these operations and what they refer to alone: crates of whole documents take
/// hours to compile.
pub fn cut(document: &Value, chosen: &[Operation<'_>]) -> Value {
    let mut paths = Map::new();
    for operation in chosen {
        let entry = paths.entry(operation.path).or_insert_with(|| {
            let members = entries(Some(operation.item));
            let kept = members.filter(|(key, _)| !METHODS.contains(&key.as_str()));
            Value::Object(kept.map(|(key, it)| (key.clone(), it.clone())).collect())
        });
        entry[operation.method] = operation.value.clone();
    }
    let mut whole = document.clone();
    whole["paths"] = Value::Object(paths);
    if let Some(it) = whole.as_object_mut() {
        it.remove("webhooks");
    }
    let schemes = document.pointer("/components/securitySchemes").cloned();
    let (mut needed, mut open) = (BTreeSet::new(), vec![whole["paths"].clone()]);
    while let Some(value) = open.pop() {
        let mut found = Vec::new();
        references(&value, &mut found);
        for reference in found {
            let mut steps = reference.trim_start_matches("#/").splitn(4, '/');
            let (Some("components"), Some(kind), Some(name)) =
                (steps.next(), steps.next(), steps.next())
            else {
                continue;
            };
            let pointer = format!("/components/{kind}/{name}");
            if needed.insert(pointer.clone()) {
                open.extend(document.pointer(&pointer).cloned());
            }
        }
    }
    let mut components = Map::new();
    for pointer in needed {
        let mut steps = pointer.split('/').skip(2);
        let (Some(kind), Some(name)) = (steps.next(), steps.next()) else {
            continue;
        };
        let name = name.replace("~1", "/").replace("~0", "~");
        if let Some(value) = document.pointer(&pointer) {
            let entry = components.entry(kind).or_insert_with(|| Map::new().into());
            entry[&name] = value.clone();
        }
    }
    if let Some(schemes) = schemes {
        components.insert("securitySchemes".to_owned(), schemes);
    }
    whole["components"] = Value::Object(components);
    whole
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(it) if it.starts_with("#/") => found.push(it.clone()),
                    // The names in a mapping may be bare.
                    Value::String(it) if key != "description" && !it.contains(['/', ' ']) => {
                        found.push(format!("#/components/schemas/{it}"));
                    }
                    member => references(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| references(it, found)),
        _ => {}
    }
}
