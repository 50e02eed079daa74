//! Errors in disguise: a success whose body names an error, as gateways send at times.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// Whether the body, if it is JSON at all, is an object that names no error
/// for certain; so that nearly every success is read once, not twice.
pub(super) fn is_plain_object(body: &[u8]) -> bool {
    let is_object = body.trim_ascii_start().first() == Some(&b'{');
    // A key may hide behind escapes.
    is_object && !body.contains(&b'\\') && !holds_err(body)
}

/// Whether `err` is anywhere in it. It never stops early, so that the compiler
/// can look at many bytes at once.
fn holds_err(body: &[u8]) -> bool {
    let from = |start: usize| body.get(start..).unwrap_or_default();
    let words = body.iter().zip(from(1)).zip(from(2));
    words.fold(false, |found, ((a, b), c)| {
        found | ((*a == b'e') & (*b == b'r') & (*c == b'r'))
    })
}

/// Whether an object names an error. Its values are passed over and not kept.
pub(super) struct NamesError(pub(super) bool);

impl<'de> Deserialize<'de> for NamesError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = NamesError;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<NamesError, A::Error> {
                let mut names_error = false;
                while let Some(name) = map.next_key::<Cow<'_, str>>()? {
                    names_error |= match name.as_ref() {
                        "error_code" | "errorCode" | "errCode" | "error_msg" | "errorMsg" => {
                            map.next_value::<Option<IgnoredAny>>()?.is_some()
                        }
                        // A flag or a text of this name is no error.
                        "error" => map.next_value::<Value>()?.is_object(),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            false
                        }
                    };
                }
                Ok(NamesError(names_error))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}
