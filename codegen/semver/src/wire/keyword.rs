//! Keywords of two schemas that have neither an order nor a meaning of their own here.

use std::collections::BTreeSet;

use huaweicloud_codegen::load::tree::{Node, Value};
use serde_json::Value as Json;

use super::at::At;
use super::codes::{self, Code};
use super::schema::shown;
use super::shape::{BOUNDS, Shape};
use super::{Comparison, Found, Side, places};

impl<'d> Comparison<'d> {
    /// Compares a keyword that has no order: one that comes narrows, one that goes widens.
    pub(super) fn keyword(
        &mut self,
        at: At<'_>,
        was: &Shape<'d>,
        is: &Shape<'d>,
        name: &str,
        code: Option<Code>,
    ) {
        let (old, new) = (was.keyword(name), is.keyword(name));
        if !self.differs(was, is, name) {
            return;
        }
        let by_itself = match (old, new) {
            (None, _) => codes::CONSTRAINT_NARROWED,
            (_, None) => codes::CONSTRAINT_WIDENED,
            _ => codes::CONSTRAINT_CHANGED,
        };
        let shown = |node: Found<'d>| match node {
            Some(node) => format!("{name} {}", shown(node)),
            None => format!("no {name}"),
        };
        let (code, message) = code.unwrap_or(by_itself).of(at, &shown(old), &shown(new));
        self.tell(code, at.direction, places(was, is, name), message);
    }

    fn differs(&self, was: &Shape<'d>, is: &Shape<'d>, name: &str) -> bool {
        let meaning = |side, shape: &Shape<'d>| {
            let node = shape.keyword(name)?;
            Some(meaning(side, node, &mut Vec::new()))
        };
        meaning(&self.old, was) != meaning(&self.new, is)
    }

    /// Compares the keywords that nothing here knows: `told` are those that were told of.
    pub(super) fn keywords(
        &mut self,
        at: At<'_>,
        was: &Shape<'d>,
        is: &Shape<'d>,
        mut told: Vec<&'d str>,
    ) {
        let names = was.keywords.keys().chain(is.keywords.keys()).copied();
        let is_known = |name: &str| {
            KNOWN.contains(&name)
                || name.starts_with("x-")
                || BOUNDS.iter().any(|(bound, _)| *bound == name)
                || is_word(name)
        };
        let unknown: BTreeSet<&'d str> = names.filter(|it| !is_known(it)).collect();
        let differ = unknown.into_iter().filter(|it| self.differs(was, is, it));
        let differ: Vec<_> = differ.collect();
        told.extend(&differ);
        for name in differ {
            let is_told = |(it, with): &(&str, &str)| *it == name && told.contains(with);
            if !TOLD_WITH.iter().any(is_told) {
                self.keyword(at, was, is, name, None);
            }
        }
    }
}

/// Keywords that are compared by name elsewhere, or say nothing of a value.
const KNOWN: &[&str] = &[
    "$defs",
    "type",
    "enum",
    "format",
    "contentEncoding",
    "contentMediaType",
    "default",
    "items",
    "additionalProperties",
    "pattern",
    "multipleOf",
    "not",
    "uniqueItems",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "discriminator",
    "deprecated",
    "readOnly",
    "writeOnly",
];

/// Keywords that go with another: where that one is told of, they are no difference besides.
const TOLD_WITH: &[(&str, &str)] = &[
    ("then", "if"),
    ("else", "if"),
    ("minContains", "contains"),
    ("maxContains", "contains"),
    ("patternProperties", "additionalProperties"),
    ("prefixItems", "items"),
];

fn is_word(name: &str) -> bool {
    super::WORDS.iter().any(|(word, _)| *word == name)
}

/// So many references are followed in a value; nobody writes more.
const MOST_REFERENCES: usize = 1_000;

/// What a value says, whatever the order of its names: references followed, and without words for people.
/// What is referred to again is known by its first time.
fn meaning<'d>(side: &Side<'d>, node: &'d Node, seen: &mut Vec<&'d Node>) -> Json {
    let target = side.resolved(node);
    if !std::ptr::eq(node, target) {
        match seen.iter().position(|it| std::ptr::eq(*it, target)) {
            Some(place) => return place.into(),
            None if seen.len() == MOST_REFERENCES => return node.to_json(),
            None => seen.push(target),
        }
    }
    match &target.value {
        Value::Mapping(entries) => {
            // A property may be called like a word.
            let is_kept = |value: &Node| matches!(value.value, Value::Mapping(_));
            let said = entries.iter();
            let said = said.filter(|it| !is_word(&it.key) || is_kept(&it.value));
            said.map(|it| (it.key.clone(), meaning(side, &it.value, seen)))
                .collect()
        }
        Value::Sequence(items) => {
            let items = items.iter().map(|it| meaning(side, it, seen));
            let mut items: Vec<_> = items.collect();
            if items.iter().all(Json::is_string) {
                items.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
            }
            items.into()
        }
        _ => target.to_json(),
    }
}
