//! Any JSON that holds a secret somewhere.

use std::fmt;

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::{Password, REDACTED, scope};

/// A JSON value that is never shown, since a secret is somewhere in it: what a document describes in
/// a way that has no type of its own. `Debug` hides it, and so does serializing it outside of the body
/// of a request, as with [`Password`].
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

/// A value whose texts are secrets each, so that no response shows one of them again.
struct Texts<'v>(&'v Value);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::String(text) if !text.is_empty() => {
                Password::from(&**text).serialize(serializer)
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Texts)),
            Value::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, value)| (name, Texts(value))))
            }
            value => value.serialize(serializer),
        }
    }
}

impl Serialize for SecretJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match scope::is_closed() {
            true => serializer.serialize_str(REDACTED),
            false => Texts(&self.0).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for SecretJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
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
        assert_eq!(secrets.len(), 1);
        assert!(super::super::refuse(|| serde_json::to_string(&secret)).is_err());
    }
}
