//! What every document in `spec/` has to be, whichever they are: examples everywhere, and true ones.
//!
//! Whether a document says what its page says is held by `codegen/drift/src/check/reviewed.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use examples::{Shown, collect_examples, examples_of, obeys};

mod examples;

/// Every document by its service.
fn documents() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    let files = fs::read_dir(folder).unwrap().filter_map(|entry| {
        let path = entry.unwrap().path();
        let service = path.file_name()?.to_str()?.strip_suffix(".yaml")?.to_owned();
        let text = fs::read_to_string(&path).unwrap();
        Some((service, serde_yaml::from_str(&text).unwrap()))
    });
    files.collect()
}

#[test]
fn every_example_obeys_its_schema() {
    let mut wrong = Vec::new();
    for (service, document) in documents() {
        let mut shown = Vec::new();
        collect_examples(&document, "", &mut shown);
        assert!(!shown.is_empty(), "{service}: no examples were found");
        for Shown {
            place,
            schema,
            example,
        } in shown
        {
            if let Err(problem) = obeys(&document, schema, example) {
                wrong.push(format!("{service}: {place}: {problem}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "examples against their own schema:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_body_and_parameter_has_an_example() {
    fn look(node: &Value, place: &str, wrong: &mut Vec<String>) {
        if node.get("schema").is_some() && examples_of(node).is_empty() {
            wrong.push(place.to_owned());
        }
        for (key, value) in node.as_object().into_iter().flatten() {
            look(value, &format!("{place}/{key}"), wrong);
        }
        for (index, item) in array(node).iter().enumerate() {
            look(item, &format!("{place}/{index}"), wrong);
        }
    }
    for (service, document) in documents() {
        let mut wrong = Vec::new();
        look(&document["paths"], "", &mut wrong);
        assert!(wrong.is_empty(), "{service}: without an example: {wrong:?}");
    }
}

/// The object itself, or the one its `$ref` names.
fn resolve<'a>(document: &'a Value, node: &'a Value) -> &'a Value {
    let Some(reference) = node["$ref"].as_str() else {
        return node;
    };
    let target = document.pointer(reference.trim_start_matches('#'));
    target.unwrap_or_else(|| panic!("{reference} leads nowhere"))
}

fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("text expected, found {value}"))
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
