//! Any JSON that holds a secret somewhere.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use zeroize::Zeroize as _;

use super::scope::Admission;
use super::{Password, REDACTED, scope};

/// A JSON value that is never shown, since a secret is somewhere in it: what a document describes in
/// a way that has no type of its own. `Debug` hides it, and so does serializing it outside of the body
/// of a request, as with [`Password`]; no part of an address takes it. Its texts are wiped on drop.
///
/// ```
/// use openapi_client_runtime::SecretJson;
///
/// let value = SecretJson::new(serde_json::json!({"password": "correct horse"}));
/// assert_eq!(format!("{value:?}"), "SecretJson([redacted])");
/// assert_eq!(value.expose()["password"], "correct horse");
/// ```
#[derive(Clone, PartialEq)]
pub struct SecretJson(Value);

impl SecretJson {
    /// Takes the value over.
    pub fn new(value: impl Into<Value>) -> Self {
        Self(value.into())
    }

    /// The value itself. Keep the borrow short and out of logs.
    pub fn expose(&self) -> &Value {
        &self.0
    }
}

impl From<Value> for SecretJson {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl fmt::Debug for SecretJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretJson({REDACTED})")
    }
}

impl Drop for SecretJson {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(wipe),
        Value::Object(members) => members.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The fewest digits of a number that is a secret: fewer are in every other text of a response.
const FEWEST_DIGITS: usize = 4;

/// A value whose texts and numbers are secrets each, so that no response shows one of them again.
struct Written<'v>(&'v Value);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) if !text.is_empty() => {
                Password::from(&**text).serialize(serializer)
            }
            Value::Number(number) => {
                let text = Password::new(number.to_string());
                let digits = text.expose().bytes().filter(u8::is_ascii_digit);
                if digits.count() >= FEWEST_DIGITS {
                    scope::remember(&text);
                }
                number.serialize(serializer)
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Written)),
            Value::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, Written(value))))
            }
            value => value.serialize(serializer),
        }
    }
}

impl Serialize for SecretJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match scope::admission() {
            Admission::Plain => {
                // An empty one is in no text. It says that there is a secret, even where all of its
                // values are too short to be looked for.
                scope::remember(&Password::from(""));
                Written(&self.0).serialize(serializer)
            }
            Admission::Redacted => serializer.serialize_str(REDACTED),
            Admission::Refused => Err(scope::refused()),
        }
    }
}

impl<'de> Deserialize<'de> for SecretJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Self(Value::deserialize(deserializer)?);
        // What was serialized without its value must not come back as one.
        match value.0 == REDACTED {
            true => Err(serde::de::Error::custom(super::REDACTED_BEFORE)),
            false => Ok(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_written_in_the_body_of_a_request_alone() {
        let value = json!({"a": [{"password": "S3cret-text", "n": 1}], "empty": ""});
        let secret: SecretJson = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"[redacted]\"");
        assert!(!format!("{secret:#?}").contains("S3cret"));
        let (written, secrets) = super::super::collect(|| serde_json::to_value(&secret).unwrap());
        assert_eq!(written, value);
        assert_eq!(secrets.len(), 2);
        assert!(serde_json::from_str::<SecretJson>("\"[redacted]\"").is_err());
    }

    #[test]
    fn no_address_takes_it_whatever_it_is() {
        for value in [
            json!(null),
            json!(true),
            json!(""),
            json!(83745612),
            json!([]),
            json!({"pin": 1}),
            json!(["S3cret-text"]),
        ] {
            let secret = SecretJson::new(value);
            let written = super::super::refuse(|| serde_json::to_string(&secret));
            let error = written.unwrap_err().to_string();
            assert!(error.contains("never put into a URL"), "{error}");
            let map = std::collections::BTreeMap::from([("a", secret)]);
            assert!(super::super::refuse(|| serde_json::to_string(&map)).is_err());
        }
    }

    #[test]
    fn a_response_shows_no_number_of_it() {
        let value = json!({"pin": 83745612, "other": -1234.5, "port": 443, "on": true});
        let secret = SecretJson::new(value);
        let (_, secrets) = super::super::collect(|| serde_json::to_string(&secret).unwrap());
        let mut redactor = crate::redact::Redactor::default();
        secrets.iter().for_each(|it| redactor.add(it));
        let found = |text: &str| redactor.examine().finds(text.as_bytes());
        assert!(found("the pin 83745612 is wrong") && found("-1234.5 is too much"));
        assert!(!found("true, of port 443"));
    }

    #[test]
    fn of_very_many_nothing_is_shown() {
        let many: Vec<String> = (0..20_000)
            .map(|number| format!("S3cret-{number}"))
            .collect();
        let secret = SecretJson::new(many);
        let (_, secrets) = super::super::collect(|| serde_json::to_string(&secret).unwrap());
        assert!(secrets.len() <= crate::secret::MOST_SECRETS + 1);
        let mut redactor = crate::redact::Redactor::default();
        secrets.iter().for_each(|it| redactor.add(it));
        assert!(redactor.examine().finds(b"x"));
    }
}
