//! What was given, held against what a reader of the document decoded.

use std::fmt;

use serde_json::Value;

use super::document::{entries, items, text};

/// The place of credentials, wherever they are sent.
const SECURITY: &str = "security";

/// A part of a request: its place, and its name where the place has several.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    place: String,
    name: String,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(format!("{} {}", self.place, self.name).trim_end())
    }
}

/// How a call ended.
#[derive(Default)]
pub struct Outcome {
    /// What differs, in words; nothing where all is as it was given.
    pub differs: Vec<String>,
    /// What the first reader could not read and the second could.
    pub second: Vec<Part>,
}

/// Compares a call with what arrived of it.
pub fn call(facts: &Value, seen: Option<&Value>, said: &str) -> Outcome {
    let mut outcome = Outcome::default();
    let Some(seen) = seen else {
        outcome.differs.push(format!("nothing arrived: {said}"));
        return outcome;
    };
    for (place, values) in entries(facts.get("given")) {
        for (name, value) in entries(Some(values)) {
            let of = |reader: &str| {
                let read = seen.get(reader)?.get(place)?;
                let (_, it) = entries(Some(read)).find(|it| it.0.eq_ignore_ascii_case(name))?;
                Some(it.clone())
            };
            // JSON keeps the types of its values; a query is text.
            let is_strict = false;
            outcome.one(part(place, name), value, of, is_strict);
        }
    }
    let body = facts.get("body").filter(|it| !it.is_null());
    if let Some(body) = body {
        let is_strict = text(facts, "media_type").contains("json");
        let of = |reader: &str| seen.get(reader)?.get("body").cloned();
        outcome.one(part("body", ""), body, of, is_strict);
    }
    for (name, value) in entries(facts.get("secrets")) {
        let of = |reader: &str| seen.get(reader)?.get(SECURITY)?.get(name).cloned();
        outcome.one(part(SECURITY, name), value, of, true);
    }
    for error in items(seen.pointer("/first/errors")) {
        let said_of = part(text(error, "at"), text(error, "name"));
        if !outcome.is_read(&said_of, facts) {
            let says = text(error, "says");
            outcome
                .differs
                .push(format!("{said_of}: the reader says {says}"));
        }
    }
    outcome
}

fn part(place: &str, name: &str) -> Part {
    Part {
        place: place.to_owned(),
        name: name.to_ascii_lowercase(),
    }
}

impl Outcome {
    /// Whether the second reader read as given just what the first has something to say of. Of
    /// credentials it says it of all of an operation.
    fn is_read(&self, said_of: &Part, facts: &Value) -> bool {
        if said_of.place != SECURITY {
            return self.second.contains(said_of);
        }
        let mut asked = entries(facts.get("secrets")).peekable();
        asked.peek().is_some() && asked.all(|it| self.second.contains(&part(SECURITY, it.0)))
    }

    fn one(&mut self, what: Part, given: &Value, of: impl Fn(&str) -> Option<Value>, strict: bool) {
        let (first, second) = (of("first"), of("second"));
        let is = |it: &Option<Value>| it.as_ref().is_some_and(|it| same(given, it, strict));
        if is(&first) {
            return;
        }
        if is(&second) {
            self.second.push(what);
            return;
        }
        let shown = |it: Option<Value>| it.map_or("nothing".to_owned(), |it| it.to_string());
        self.differs.push(format!(
            "{what}: given {given}, read {} and {}",
            shown(first),
            shown(second)
        ));
    }
}

/// Whether two values are the same; unless `strict`, a number is its text.
fn same(given: &Value, seen: &Value, strict: bool) -> bool {
    match (given, seen) {
        (Value::Object(given), Value::Object(seen)) => {
            given.len() == seen.len()
                && given
                    .iter()
                    .all(|(key, value)| seen.get(key).is_some_and(|it| same(value, it, strict)))
        }
        (Value::Array(given), Value::Array(seen)) => {
            given.len() == seen.len() && given.iter().zip(seen).all(|it| same(it.0, it.1, strict))
        }
        (Value::Number(a), Value::Number(b)) => {
            a == b || (a.as_i64().is_none() || b.as_i64().is_none()) && a.as_f64() == b.as_f64()
        }
        (Value::Number(_) | Value::Bool(_), Value::String(text)) if !strict => {
            serde_json::from_str(text).is_ok_and(|it: Value| same(given, &it, true))
        }
        (given, seen) => given == seen,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What the first reader says is excused for that part alone which the second read as given.
    #[test]
    fn an_excuse_is_of_the_part_that_was_read() {
        let facts =
            json!({"given": {"query": {"ids": [1, 2]}}, "secrets": {"key": "a", "token": "b"}});
        let differs = |at: &str, name: &str, security: Value| {
            let error = json!({"at": at, "name": name, "says": "no ids: identity"});
            let seen = json!({
                "first": {"errors": [error], "security": security},
                "second": {"query": {"ids": ["1", "2"]}, "security": {"key": "a", "token": "b"}},
            });
            call(&facts, Some(&seen), "ok").differs.len()
        };
        assert_eq!(differs("query", "ids", json!({})), 0);
        assert_eq!(differs("query", "identity", json!({})), 1);
        assert_eq!(differs("header", "ids", json!({})), 1);
        assert_eq!(differs("body", "", json!({})), 1);
        assert_eq!(differs("security", "", json!({})), 0);
        assert_eq!(differs("security", "", json!({"key": "a"})), 1);
    }

    #[test]
    fn text_is_a_number_in_a_query_and_not_in_json() {
        assert!(same(
            &json!({"a": [1, true]}),
            &json!({"a": ["1", "true"]}),
            false
        ));
        assert!(!same(&json!({"a": [1]}), &json!({"a": ["1"]}), true));
        assert!(!same(&json!({"a": 1}), &json!({"a": 1, "b": 2}), false));
        assert!(same(&json!(1.0), &json!(1), true));
        let wide = json!(9_007_199_254_740_993_i64);
        assert!(!same(&wide, &json!(9_007_199_254_740_992_i64), true));
    }
}
