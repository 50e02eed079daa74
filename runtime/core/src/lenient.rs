//! Reading what services write otherwise than their documents say.
//!
//! Error codes come as `"400"` or as `400`, flags as `"true"`, and lists that the documents call
//! required are at times `null`. A reset that worked must not turn into an error by that, so
//! responses are read kindly where the meaning is clear; requests are never. `response` does it for
//! whole bodies, of whatever type. What serde reads without knowing the type, the alternatives of a
//! choice, has texts read here, by `#[serde(deserialize_with = "…")]`; and so are the words of
//! enumerations.

mod response;

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};

pub(crate) use response::{MOST_EMPTY_KEYS, from_slice_within};
pub use response::{from_slice, truth};

/// A word of an enumeration, in the spelling of the document where it lists the word: in another
/// case, or as another way of saying yes or no where the document has one word for each. Any other
/// word is given as it came.
///
/// # Errors
/// When there is no text.
pub fn word<'de, D: Deserializer<'de>>(
    deserializer: D,
    listed: &'static [&'static str],
) -> Result<Cow<'static, str>, D::Error> {
    let word = String::deserialize(deserializer)?;
    Ok(match meant(&word, listed) {
        Some(known) => Cow::Borrowed(known),
        None => Cow::Owned(word),
    })
}

fn meant(word: &str, listed: &[&'static str]) -> Option<&'static str> {
    let only = |fits: &dyn Fn(&str) -> bool| {
        let mut found = listed.iter().copied().filter(|known| fits(known));
        found.next().filter(|_| found.next().is_none())
    };
    let answers = |answer: bool| only(&|known| truth(known) == Some(answer));
    only(&|known| known == word)
        .or_else(|| only(&|known| known.eq_ignore_ascii_case(word.trim())))
        .or_else(|| {
            let (yes, no) = (answers(true)?, answers(false)?);
            truth(word).map(|answer| if answer { yes } else { no })
        })
}

/// An enumeration that knows which of its words the document lists.
pub trait Listed {
    /// Whether the document lists this word.
    fn is_listed(&self) -> bool;
}

impl<T: Listed> Listed for Option<T> {
    fn is_listed(&self) -> bool {
        self.as_ref().is_none_or(T::is_listed)
    }
}

/// A word that answers a question: one that the document does not list is neither yes nor no.
///
/// # Errors
/// For a word that the document does not list.
pub fn listed<'de, D: Deserializer<'de>, T: Deserialize<'de> + Listed>(
    deserializer: D,
) -> Result<T, D::Error> {
    let word = T::deserialize(deserializer)?;
    if word.is_listed() {
        return Ok(word);
    }
    let expected = "one of the words that the document lists";
    Err(de::Error::invalid_value(
        Unexpected::Other("another word"),
        &expected,
    ))
}

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
    use super::meant;

    #[test]
    fn words_are_known_in_any_case_and_yes_and_no_in_any_wording() {
        let flag = &["True", "False"];
        for word in ["True", "true", "TRUE", " true", "1", "yes", "on"] {
            assert_eq!(meant(word, flag), Some("True"), "{word}");
        }
        for word in ["False", "false", "0", "No"] {
            assert_eq!(meant(word, flag), Some("False"), "{word}");
        }
        for word in ["", "maybe", "truee", "null", "2"] {
            assert_eq!(meant(word, flag), None, "{word}");
        }
        // Another case may be another word, and a yes may be one of two.
        assert_eq!(meant("a", &["a", "A"]), Some("a"));
        assert_eq!(meant("b", &["B", "B "]), Some("B"));
        assert_eq!(meant("ab", &["AB", "Ab"]), None);
        assert_eq!(meant("true", &["on", "paused"]), None);
        assert_eq!(meant("true", &["on", "1", "off"]), None);
    }

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
