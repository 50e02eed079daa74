//! What every document in `spec/` has to have, whichever they are.
//!
//! Whether it says what its page says is held by `codegen/drift/src/check/reviewed.rs`, whether its
//! examples are what it asks for by `simulator/src/reader.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// Every document by its service.
fn documents() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    let files = fs::read_dir(folder).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        let service = path
            .file_name()?
            .to_str()?
            .strip_suffix(".yaml")?
            .to_owned();
        let text = fs::read_to_string(&path).unwrap();
        Some((service, serde_yaml::from_str(&text).unwrap()))
    });
    files.collect()
}

/// What a document says of an operation.
pub struct Documented {
    /// The first status of a success.
    pub success: String,
    /// Whether nobody has to prove who calls.
    pub is_open: bool,
}

/// What the document says whose operation a request is for. A path that services share begins with
/// the name of one.
pub fn operation(method: &str, target: &str) -> Documented {
    let path = target.split('?').next().unwrap();
    let fits = |template: &str, path: &str| {
        let (template, path) = (template.split('/'), path.split('/'));
        template.clone().count() == path.clone().count()
            && template
                .zip(path)
                .all(|(it, part)| it == part || it.starts_with('{'))
    };
    let documents = documents();
    let mut found = documents.iter().flat_map(|(service, document)| {
        let named = path.strip_prefix(&format!("/{service}")).unwrap_or(path);
        let paths = document["paths"].as_object().unwrap().iter();
        paths.filter_map(move |(template, item)| {
            let operation = item.get(method.to_lowercase())?;
            fits(template, named).then_some((document, operation))
        })
    });
    let (document, operation) = found.next().unwrap_or_else(|| panic!("{method} {target}"));
    let statuses = operation["responses"].as_object().unwrap().keys();
    let security = operation.get("security").unwrap_or(&document["security"]);
    Documented {
        success: statuses
            .filter(|it| it.starts_with('2'))
            .min()
            .unwrap()
            .clone(),
        is_open: security.as_array().unwrap().is_empty(),
    }
}

#[test]
fn every_body_and_parameter_has_an_example() {
    fn look(node: &Value, place: &str, wrong: &mut Vec<String>) {
        let shown = ["example", "examples"]
            .iter()
            .any(|field| node.get(field).is_some());
        if node.get("schema").is_some() && !shown {
            wrong.push(place.to_owned());
        }
        for (key, value) in node.as_object().into_iter().flatten() {
            look(value, &format!("{place}/{key}"), wrong);
        }
        for (index, item) in node.as_array().into_iter().flatten().enumerate() {
            look(item, &format!("{place}/{index}"), wrong);
        }
    }
    for (service, document) in documents() {
        let mut wrong = Vec::new();
        look(&document["paths"], "", &mut wrong);
        assert!(wrong.is_empty(), "{service}: without an example: {wrong:?}");
    }
}
