//! What holds of any two documents.

use std::collections::BTreeSet;

use huaweicloud_codegen::load::load;
use huaweicloud_semver::Difference;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::Value;

use super::pairs::{BASE, difference, pairs};

/// The base with some of the changes, in their order; those that do not fit together are left out.
fn changed(chosen: &BTreeSet<usize>) -> String {
    let all = changes();
    let mut text = BASE.to_owned();
    for &at in chosen {
        let (from, to) = &all[at % all.len()];
        if text.matches(from.as_str()).count() == 1 {
            let more = text.replace(from.as_str(), to);
            if load(&[super::pairs::source(&more)]).documents.len() == 1 {
                text = more;
            }
        }
    }
    text
}

fn changes() -> Vec<(String, String)> {
    let listed = load(&[super::pairs::source(include_str!("../pairs.yaml"))]);
    let listed = listed.documents[0].tree.to_json();
    let text = |it: &serde_json::Value, key: &str| it[key].as_str().unwrap().to_owned();
    let list = listed.as_array().unwrap().iter();
    list.map(|it| (text(it, "from"), text(it, "to"))).collect()
}

/// What a code is about, whichever way it goes.
fn kind(code: &'static str) -> &'static str {
    const KINDS: &[(&str, &[&str])] = &[
        (
            "parameter",
            &[
                "parameter-added",
                "required-parameter-added",
                "parameter-removed",
            ],
        ),
        ("presence", &["became-required", "became-optional"]),
        ("deprecation", &["deprecated", "no-longer-deprecated"]),
        ("operation", &["operation-added", "operation-removed"]),
        (
            "body",
            &["body-added", "required-body-added", "body-removed"],
        ),
        ("media type", &["media-type-added", "media-type-removed"]),
        ("success", &["success-added", "success-removed"]),
        ("error", &["error-added", "error-removed"]),
        (
            "header",
            &["header-added", "header-removed", "required-header-removed"],
        ),
        ("type", &["type-widened", "type-narrowed"]),
        ("format", &["format-widened", "format-narrowed"]),
        ("null", &["null-allowed", "null-refused"]),
        ("value", &["value-added", "value-removed"]),
        ("values", &["values-listed", "values-unlisted"]),
        ("constraint", &["constraint-narrowed", "constraint-widened"]),
        ("default", &["default-added", "default-removed"]),
        ("property", &["property-added", "property-removed"]),
        (
            "promise",
            &["required-property-added", "required-property-removed"],
        ),
        ("openness", &["closed", "opened"]),
        ("alternative", &["alternative-added", "alternative-removed"]),
        ("security", &["security-tightened", "security-loosened"]),
        ("server", &["server-added", "server-removed"]),
        (
            "word of a server",
            &["server-value-added", "server-value-removed"],
        ),
        (
            "policy",
            &["password-policy-narrowed", "password-policy-widened"],
        ),
        ("right", &["permission-added", "permission-changed"]),
        ("rate", &["rate-limit-lowered", "rate-limit-raised"]),
        ("condition", &["condition-added", "condition-removed"]),
        (
            "discriminator",
            &["discriminator-added", "discriminator-removed"],
        ),
    ];
    let found = KINDS.iter().find(|(_, codes)| codes.contains(&code));
    found.map_or(code, |(kind, _)| kind)
}

fn json(text: &str) -> Value {
    load(&[super::pairs::source(text)]).documents[0]
        .tree
        .to_json()
}

/// Puts what has no order into another: the fields of mappings, and the lists of these names.
fn shuffle(value: &mut Value, name: &str, seed: &mut u64) {
    const LISTS: [&str; 4] = ["parameters", "required", "enum", "security"];
    let mut random = |below: usize| {
        // Xorshift: it never is 0.
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        usize::try_from(*seed % (below as u64)).unwrap()
    };
    match value {
        Value::Object(fields) => {
            let mut entries: Vec<_> = std::mem::take(fields).into_iter().collect();
            for at in (1..entries.len()).rev() {
                entries.swap(at, random(at + 1));
            }
            for (key, mut value) in entries {
                shuffle(&mut value, &key, seed);
                fields.insert(key, value);
            }
        }
        Value::Array(items) => {
            if LISTS.contains(&name) {
                for at in (1..items.len()).rev() {
                    items.swap(at, random(at + 1));
                }
            }
            for item in items {
                shuffle(item, "", seed);
            }
        }
        _ => {}
    }
}

/// Writes what references to components of some sections lead to in their place.
fn inline(value: &mut Value, root: &Value, sections: &[&str]) {
    let reference = value
        .get("$ref")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let path = reference.trim_start_matches('#').to_owned();
    if sections
        .iter()
        .any(|it| path.starts_with(&format!("/components/{it}/")))
    {
        *value = root.pointer(&path).unwrap().clone();
    }
    match value {
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|it| inline(it, root, sections)),
        Value::Array(items) => items.iter_mut().for_each(|it| inline(it, root, sections)),
        _ => {}
    }
}

fn chosen() -> impl Strategy<Value = BTreeSet<usize>> {
    proptest::collection::btree_set(0..pairs().len() / 2, 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_differs_from_itself(chosen in chosen()) {
        let text = changed(&chosen);
        let found = difference(&text, &text);
        prop_assert!(found.wire.is_empty() && found.rust.is_empty() && !found.emitted);
    }

    #[test]
    fn what_comes_one_way_goes_the_other(one in chosen(), other in chosen()) {
        let (old, new) = (changed(&one), changed(&other));
        let (there, back) = (difference(&old, &new), difference(&new, &old));
        // A difference is of one kind and has the same places both ways.
        let told = |found: &Difference, back: bool| {
            let told = found.wire.iter().map(|it| {
                let places = (it.old.clone(), it.new.clone());
                (kind(it.code), if back { (places.1, places.0) } else { places })
            });
            let mut told: Vec<_> = told.collect();
            told.sort();
            told
        };
        prop_assert_eq!(told(&there, false), told(&back, true));
        prop_assert_eq!(there.rust.is_empty(), back.rust.is_empty());
    }

    #[test]
    fn a_longer_way_is_no_better(one in chosen(), more in chosen()) {
        // The second step takes nothing back of the first.
        let whole: BTreeSet<_> = one.union(&more).copied().collect();
        let (middle, end) = (changed(&one), changed(&whole));
        let first = difference(BASE, &middle);
        let second = difference(&middle, &end);
        let both = difference(BASE, &end);
        prop_assert!(both.verdict() >= first.verdict());
        prop_assert!(both.verdict() >= second.verdict());
    }

    #[test]
    fn the_order_of_things_is_no_change(chosen in chosen(), seed in any::<u64>()) {
        let text = changed(&chosen);
        let mut value = json(&text);
        shuffle(&mut value, "", &mut { seed | 1 });
        let found = difference(&text, &value.to_string());
        prop_assert!(found.wire.is_empty(), "{:?}", found.wire);
        prop_assert!(found.rust.is_empty(), "{:?}", found.rust);
    }

    #[test]
    fn a_reference_is_what_it_leads_to(chosen in chosen(), sections in subsequence(&["parameters", "responses"][..], 0..=2)) {
        let text = changed(&chosen);
        let root = json(&text);
        let mut value = root.clone();
        inline(&mut value, &root, &sections);
        let found = difference(&text, &value.to_string());
        prop_assert!(found.wire.is_empty(), "{:?}", found.wire);
        prop_assert!(found.rust.is_empty(), "{:?}", found.rust);
        let found = difference(&value.to_string(), &text);
        prop_assert!(found.wire.is_empty() && found.rust.is_empty());
    }

    #[test]
    fn another_spelling_is_no_change(chosen in chosen(), indent in select(&[2_usize, 4, 7])) {
        let text = changed(&chosen);
        let value = json(&text);
        let mut json = Vec::new();
        let indent = " ".repeat(indent);
        let formatter = serde_json::ser::PrettyFormatter::with_indent(indent.as_bytes());
        let mut serializer = serde_json::Serializer::with_formatter(&mut json, formatter);
        serde::Serialize::serialize(&value, &mut serializer).unwrap();
        let found = difference(&text, &String::from_utf8(json).unwrap());
        prop_assert!(found.wire.is_empty(), "{:?}", found.wire);
        prop_assert!(found.rust.is_empty() && !found.emitted);
    }
}
