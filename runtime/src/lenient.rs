//! Reading texts that services also send as numbers.
//!
//! Error codes come as `"400"` or as `400`, and fields that the documents call
//! required are at times `null`. Generated error types read such fields with
//! `#[serde(default, deserialize_with = "…")]`, so that an error stays an error
//! that can be read.

use std::fmt;

use serde::de::{self, Deserializer, Visitor};

/// A text, number or boolean as text; `null` as nothing.
///
/// # Errors
/// For lists and objects.
pub fn optional_string<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    deserializer.deserialize_any(Text)
}

/// A text, number or boolean as text; `null` as the empty text.
///
/// # Errors
/// For lists and objects.
pub fn string<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    optional_string(deserializer).map(Option::unwrap_or_default)
}

struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, a boolean or null")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.to_owned()))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        value.deserialize_any(self)
    }
}

#[cfg(test)]
mod tests {
    #[derive(serde::Deserialize)]
    struct Body {
        #[serde(default, deserialize_with = "super::optional_string")]
        code: Option<String>,
        #[serde(default, deserialize_with = "super::string")]
        message: String,
    }

    fn read(json: &str) -> (Option<String>, String) {
        let body: Body = serde_json::from_str(json).unwrap();
        (body.code, body.message)
    }

    #[test]
    fn texts_numbers_and_booleans() {
        for (json, text) in [
            ("\"a\"", "a"),
            ("400", "400"),
            ("-1", "-1"),
            ("true", "true"),
            ("1.5", "1.5"),
        ] {
            let (code, message) = read(&format!(r#"{{"code":{json},"message":{json}}}"#));
            assert_eq!(code.as_deref(), Some(text));
            assert_eq!(message, text);
        }
    }

    #[test]
    fn null_and_missing() {
        assert_eq!(
            read(r#"{"code":null,"message":null}"#),
            (None, String::new())
        );
        assert_eq!(read("{}"), (None, String::new()));
    }

    #[test]
    fn lists_are_refused() {
        assert!(serde_json::from_str::<Body>(r#"{"code":[1]}"#).is_err());
    }
}
