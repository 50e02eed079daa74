//! Reading JSON that a server wrote, and numbers of any size.
//!
//! serde_json has names of its own by which values come to it as text: an object with one of them is
//! read as JSON once more, whatever it is nested in, and nothing counts how deep. A server that
//! writes such a name would thus end the program with an overflow of its stack. No API has them.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{self, Serialize as _, Serializer};
use serde_json::value::RawValue;

/// How the names begin that serde_json keeps for itself.
pub(crate) const KEPT: &str = "$serde_json::private::";
/// The name under which it gives and takes the text of a value; a test holds it.
pub(crate) const RAW: &str = "$serde_json::private::RawValue";
/// Whole numbers from here on are not exact as floating-point numbers.
const INEXACT: f64 = 9_007_199_254_740_992.0;

/// The whole number that a floating-point number is, where it is certain that no digit was lost.
pub(crate) fn exact(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < INEXACT).then_some(value as i64)
}

/// Writes a number or a boolean that is there as the text that JSON has for it, with all its digits.
pub(crate) fn write_plain<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = text.parse()
        && text != "-0"
    {
        return serializer.serialize_i64(value);
    }
    if let Ok(value) = text.parse() {
        return serializer.serialize_u64(value);
    }
    if let Ok(value) = text.parse() {
        return serializer.serialize_bool(value);
    }
    let text = RawValue::from_string(text.to_owned()).map_err(ser::Error::custom)?;
    text.serialize(serializer)
}

/// Reads a JSON text, unless it has a name that serde_json keeps for itself.
///
/// # Errors
/// Those of serde_json, and of data where there is such a name.
pub fn from_slice<T: DeserializeOwned>(json: &[u8]) -> serde_json::Result<T> {
    match has_kept_name(json) {
        false => serde_json::from_slice(json),
        true => Err(de::Error::custom(
            "a name in it begins with `$serde_json::`",
        )),
    }
}

/// Whether a member anywhere has such a name.
fn has_kept_name(json: &[u8]) -> bool {
    // Any letter of it may be written as an escape.
    let text = String::from_utf8_lossy(json);
    if !text.contains("serde_json") && !text.contains("\\u") {
        return false;
    }
    FOUND.set(false);
    // What is no JSON is told of when it is read.
    let _ = serde_json::from_slice::<Names>(json);
    FOUND.get()
}

thread_local! {
    static FOUND: Cell<bool> = const { Cell::new(false) };
}

/// Looks at the names in a value and keeps nothing.
struct Names;

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Look;

        macro_rules! scalars {
            ($($visit:ident: $ty:ty,)*) => {$(
                fn $visit<E>(self, _: $ty) -> Result<Names, E> {
                    Ok(Names)
                }
            )*};
        }

        impl<'de> Visitor<'de> for Look {
            type Value = Names;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            scalars! { visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str, }

            fn visit_unit<E>(self) -> Result<Names, E> {
                Ok(Names)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Names, A::Error> {
                while list.next_element::<Names>()?.is_some() {}
                Ok(Names)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Names, A::Error> {
                while let Some(Name(is_kept)) = map.next_key()? {
                    if is_kept {
                        FOUND.set(true);
                    }
                    map.next_value::<Names>()?;
                }
                Ok(Names)
            }
        }

        deserializer.deserialize_any(Look)
    }
}

/// Whether a name is one of those that serde_json keeps for itself.
pub(crate) struct Name(pub(crate) bool);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Look;

        impl Visitor<'_> for Look {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_str<E>(self, name: &str) -> Result<Name, E> {
                Ok(Name(name.starts_with(KEPT)))
            }
        }

        deserializer.deserialize_str(Look)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Lists in texts in lists, each text a new beginning for what counts how deep.
    fn nested(name: &str, levels: usize) -> String {
        (0..levels).fold("1".to_owned(), |inner, _| {
            let text = serde_json::to_string(&inner).unwrap();
            format!(
                "{}{{\"{name}\":{text}}}{}",
                "[".repeat(100),
                "]".repeat(100)
            )
        })
    }

    #[test]
    fn no_text_in_a_text_is_read_as_json() {
        for name in [
            "$serde_json::private::RawValue",
            "\\u0024serde_json::private::RawValue",
            "$\\u0073erde_json::private::Number",
        ] {
            for levels in [1, 4] {
                let text = nested(name, levels);
                let error = from_slice::<Value>(text.as_bytes()).unwrap_err();
                assert!(error.is_data(), "{name}: {error}");
            }
        }
    }

    #[test]
    fn everything_else_is_read_as_ever() {
        for text in [
            r#"{"a":[1,-2,3.5,true,null,"x"],"\u0062":{"serde_json":1}}"#,
            r#""$serde_json::private::RawValue""#,
            "[]",
        ] {
            let read: Value = from_slice(text.as_bytes()).unwrap();
            assert_eq!(read, serde_json::from_str::<Value>(text).unwrap());
        }
        assert!(from_slice::<Value>(b"{\"\\u0061\":").unwrap_err().is_eof());
    }
}
