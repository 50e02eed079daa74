//! What was given, held against what a reader of the document decoded.

use serde_json::Value;

use super::document::{entries, text};

/// How a call ended.
pub struct Outcome {
    /// What differs, in words; nothing where all is as it was given.
    pub differs: Vec<String>,
    /// What the first reader could not read and the second could.
    pub second: Vec<String>,
}

/// Compares a call with what arrived of it.
pub fn call(facts: &Value, seen: Option<&Value>, said: &str) -> Outcome {
    let mut outcome = Outcome {
        differs: Vec::new(),
        second: Vec::new(),
    };
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
            outcome.one(&format!("{place} {name}"), value, of, is_strict);
        }
    }
    let body = facts.get("body").filter(|it| !it.is_null());
    if let Some(body) = body {
        let is_strict = text(facts, "media_type").contains("json");
        let of = |reader: &str| seen.get(reader)?.get("body").cloned();
        outcome.one("body", body, of, is_strict);
    }
    for (name, value) in entries(facts.get("secrets")) {
        let of = |reader: &str| seen.get(reader)?.get("security")?.get(name).cloned();
        outcome.one(&format!("credential {name}"), value, of, true);
    }
    let errors = seen.pointer("/first/errors").and_then(Value::as_array);
    let unexplained = errors.into_iter().flatten().filter_map(Value::as_str);
    let unexplained: Vec<_> = unexplained
        .filter(|it| {
            !outcome
                .second
                .iter()
                .any(|part| it.contains(part.split(' ').next_back().unwrap_or(part)))
        })
        .map(|it| format!("the reader says: {it}"))
        .collect();
    outcome.differs.extend(unexplained);
    outcome
}

impl Outcome {
    fn one(&mut self, what: &str, given: &Value, of: impl Fn(&str) -> Option<Value>, strict: bool) {
        let (first, second) = (of("first"), of("second"));
        let is = |it: &Option<Value>| it.as_ref().is_some_and(|it| same(given, it, strict));
        if is(&first) {
            return;
        }
        if is(&second) {
            self.second.push(what.to_owned());
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
