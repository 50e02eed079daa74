//! The documents in `spec/` say what the vendor's pages say, and their examples obey them.
//!
//! Each file of `tests/fixtures/claims/` states the facts of one operation. The same facts are
//! worked out from the document here and compared both ways, so that a fact changed, lost or
//! added on either side is named.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use examples::{Shown, collect_examples, examples_of, obeys};
use facts::{facts, statements};

mod examples;
mod facts;

/// The services, with the number of regions each is offered in.
const SERVICES: [(&str, usize); 5] = [
    ("bms", 28),
    ("ecs", 33),
    ("dcs", 34),
    ("cbh", 27),
    ("dws", 31),
];

/// Documents without a page of their own among the claims: what the client needs to make the
/// calls of the others.
const SUPPORTING: [&str; 1] = ["iam"];

/// Every document.
fn documents() -> impl Iterator<Item = &'static str> {
    SERVICES
        .into_iter()
        .map(|(service, _)| service)
        .chain(SUPPORTING)
}

#[test]
fn every_document_is_known_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    let mut found: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            let name = entry.unwrap().file_name().into_string().unwrap();
            name.strip_suffix(".yaml").map(str::to_owned)
        })
        .collect();
    found.sort();
    let mut known: Vec<_> = documents().collect();
    known.sort_unstable();
    assert_eq!(found, known);
}

#[test]
fn every_document_says_what_its_page_says() {
    let mut wrong = Vec::new();
    for (service, _) in SERVICES {
        let claims = read(&format!("tests/fixtures/claims/{service}.yaml"));
        let document = spec(service);
        assert_eq!(document["openapi"], "3.0.3", "{service}");
        let claimed = statements(&claims);
        let found = statements(&facts(&document, text(&claims["operation"])));
        assert!(
            claimed.len() > 20,
            "{service}: only {} claims were read",
            claimed.len()
        );
        wrong.extend(
            claimed
                .difference(&found)
                .map(|s| format!("{service}: claimed, not in the document: {s}")),
        );
        wrong.extend(
            found
                .difference(&claimed)
                .map(|s| format!("{service}: in the document, not claimed: {s}")),
        );
    }
    assert!(
        wrong.is_empty(),
        "spec/ and tests/fixtures/claims/ differ:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_service_has_its_regions() {
    for (service, count) in SERVICES {
        let document = spec(service);
        let mut endpoints = BTreeMap::new();
        for server in array(&document["servers"]) {
            let region = &server["variables"]["region"];
            for name in array(&region["enum"]) {
                let endpoint = text(&server["url"]).replace("{region}", text(name));
                let earlier = endpoints.insert(text(name).to_owned(), endpoint);
                assert_eq!(earlier, None, "{service}: region {name} stands twice");
            }
            let default = text(&region["default"]);
            assert!(
                array(&region["enum"]).iter().any(|name| name == default),
                "{service}: default {default} is no region"
            );
        }
        assert_eq!(endpoints.len(), count, "{service}: number of regions");
        assert_eq!(
            document["servers"][0]["variables"]["region"]["default"], "cn-north-4",
            "{service}: default region"
        );
        for (region, endpoint) in endpoints {
            let domain = match (service, region.as_str()) {
                (
                    "dws",
                    "ap-southeast-4" | "cn-east-4" | "cn-north-12" | "cn-south-4" | "tr-west-1",
                ) => "cn",
                ("dws", "eu-west-101") => "eu",
                _ => "com",
            };
            assert_eq!(
                endpoint,
                format!("https://{service}.{region}.myhuaweicloud.{domain}")
            );
        }
    }
}

#[test]
fn every_example_obeys_its_schema() {
    let mut wrong = Vec::new();
    for service in documents() {
        let document = spec(service);
        let mut shown = Vec::new();
        collect_examples(&document, "", &mut shown);
        assert!(
            shown.len() >= 4,
            "{service}: only {} examples were found",
            shown.len()
        );
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
    for service in documents() {
        let mut wrong = Vec::new();
        look(&spec(service)["paths"], "", &mut wrong);
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

fn spec(service: &str) -> Value {
    read(&format!("spec/{service}.yaml"))
}

fn read(path: &str) -> Value {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let content = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_yaml::from_str(&content).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("text expected, found {value}"))
}

fn object(value: &Value) -> &Map<String, Value> {
    value
        .as_object()
        .unwrap_or_else(|| panic!("a map expected, found {value}"))
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
