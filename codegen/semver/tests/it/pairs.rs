//! `pairs.yaml`: changes of one document, each there and back.

use std::collections::BTreeMap;

use huaweicloud_codegen::{Source, load::load, profile};
use huaweicloud_semver::{Difference, compare};
use serde_json::Value;

pub const BASE: &str = include_str!("../base.yaml");

pub fn source(text: &str) -> Source {
    Source::new("spec/vault.yaml", text)
}

/// One change: its words, and the document on both sides.
pub struct Pair {
    pub change: String,
    pub old: String,
    pub new: String,
    /// The codes that are told on the wire, with how bad each is.
    pub wire: Value,
    /// Words that one of them is told in.
    pub says: String,
    pub verdict: Value,
}

/// The pairs of the file, there and back.
pub fn pairs() -> Vec<Pair> {
    let listed = load(&[Source::new("pairs.yaml", include_str!("../pairs.yaml"))]);
    let listed = listed.documents[0].tree.to_json();
    let mut pairs = Vec::new();
    for it in listed.as_array().unwrap() {
        let text = |key: &str| it[key].as_str().unwrap().to_owned();
        let (from, to) = (text("from"), text("to"));
        let count = BASE.matches(&from).count();
        assert_eq!(count, 1, "{}", text("change"));
        let changed = BASE.replace(&from, &to);
        pairs.push(Pair {
            change: text("change"),
            old: BASE.to_owned(),
            new: changed.clone(),
            wire: it["wire"].clone(),
            says: it["says"].as_str().unwrap_or_default().to_owned(),
            verdict: it["verdict"].clone(),
        });
        pairs.push(Pair {
            change: format!("{}, back", text("change")),
            old: changed,
            new: BASE.to_owned(),
            wire: it["back"].clone(),
            says: String::new(),
            verdict: it.get("verdict_back").unwrap_or(&it["verdict"]).clone(),
        });
    }
    pairs
}

pub fn difference(old: &str, new: &str) -> Difference {
    let profile = profile::of_the_workspace();
    compare(&[source(old)], &[source(new)], profile).unwrap()
}

#[test]
fn each_change_is_told_once_and_as_bad_as_it_is() {
    let mut wrong = Vec::new();
    for pair in pairs() {
        let found = difference(&pair.old, &pair.new);
        let told: Vec<_> = found
            .wire
            .iter()
            .map(|it| (it.code, format!("{:?}", it.severity).to_lowercase()))
            .collect();
        let once: BTreeMap<_, _> = told
            .iter()
            .map(|(code, word)| (*code, word.as_str()))
            .collect();
        let expected: BTreeMap<&str, &str> = pair
            .wire
            .as_object()
            .unwrap()
            .iter()
            .map(|(code, severity)| (code.as_str(), severity.as_str().unwrap()))
            .collect();
        let verdict = found.verdict().to_string();
        let is_said = found.wire.iter().any(|it| it.message.contains(&pair.says));
        if told.len() != once.len()
            || once != expected
            || pair.verdict != verdict
            || !pair.says.is_empty() && !is_said
        {
            wrong.push(format!(
                "{}: {verdict} {told:?} {:?} {:?}",
                pair.change, found.wire, found.rust
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
