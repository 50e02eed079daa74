//! What only those find on a page who know the document.

use huaweicloud_pages::facts::{ExampleBody, Facts};
use serde_json::Value;

use super::PageClaims;
use super::words::lists;
use crate::claim::{Aspect, ClaimValue, FactName, Subject};
use crate::document::DocumentOperation;
use crate::foreign::places_of;
use crate::pair::Pairing;

impl PageClaims {
    /// The values in the examples, each of its field.
    pub(super) fn examples(&mut self, facts: &Facts, pairing: &Pairing) {
        for example in &facts.examples {
            let ExampleBody::Json(body) = &example.body else {
                continue;
            };
            let status = pairing.status(example.status.as_deref().unwrap_or("?"));
            let subject = |path: &str| match example.is_response {
                true => Subject::Response(status.clone(), path.to_owned()),
                false => Subject::Field(path.to_owned()),
            };
            let mut found = Vec::new();
            values(body, String::new(), &mut found);
            let found = found.into_iter();
            self.shown
                .extend(found.map(|(path, value)| (subject(&path), value)));
        }
    }

    /// Finds what only those find who know the document: of a list the values that are left, where they
    /// are no list any more, and the values by which extensions go.
    pub(crate) fn find_documented(&mut self, operation: &DocumentOperation) {
        for (subject, documented) in operation.claims.iter() {
            let words = self.words_of(subject).unwrap_or_default();
            let Some(said) = self.claims.get(subject) else {
                continue;
            };
            let Some(at) = said.facts.get(&Aspect::Words).map(|it| it.at) else {
                continue;
            };
            let listed = ClaimValue::items_of(said.value(Aspect::Enum));
            let equals = documented.facts.get(&Aspect::Equals).map(|it| &it.value);
            let equals = equals.filter(|it| {
                let value = it.to_string();
                // The client tells `True` from `true`.
                listed.contains(&value)
                    || places_of(words, &value).next().is_some()
                    || self.shown.contains(&(subject.clone(), value))
            });
            let default = said.one(Aspect::Default);
            let list = documented.value(Aspect::Enum);
            let known = |_| list.cloned();
            let is_kept = said.says(Aspect::Enum) || self.keeps(subject, Aspect::Enum, &known);
            let items = ClaimValue::items_of(list.filter(|_| !is_kept)).iter();
            let left = items.filter(|it| lists(words, it, default)).cloned();
            let left: Vec<String> = left.collect();
            let Some(said) = self.claims.get_mut(subject) else {
                continue;
            };
            if let Some(value) = equals {
                said.say(Aspect::Equals, value.clone(), at);
            }
            if !left.is_empty() {
                said.say(Aspect::Enum, ClaimValue::Many(left), at);
                self.rests.insert(subject.clone());
            }
        }
    }

    /// Whether the values of a thing are what is left of a list.
    pub(crate) fn has_rest_of(&self, name: &FactName) -> bool {
        name.aspect == Aspect::Enum && self.rests.contains(&name.subject)
    }
}

/// The plain values of JSON with their paths.
fn values(json: &Value, path: String, out: &mut Vec<(String, String)>) {
    match json {
        Value::Object(fields) => {
            for (name, value) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                values(value, format!("{path}{dot}{name}"), out);
            }
        }
        Value::Array(items) => {
            for item in items {
                values(item, format!("{path}[]"), out);
            }
        }
        Value::String(text) => out.push((path, text.clone())),
        other => out.push((path, other.to_string())),
    }
}
