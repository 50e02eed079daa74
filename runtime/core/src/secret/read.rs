//! Reading a secret. What is no text is refused without being shown.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};

use super::{Password, REDACTED, REDACTED_BEFORE};

#[cfg(test)]
mod tests;

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Asked for a text, formats for people write what they found instead
        // into their error; asked for anything, they leave that to the visitor.
        // Other formats do not know what comes next, and have to be told.
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Text)
        } else {
            deserializer.deserialize_string(Text)
        }
    }
}

/// Takes texts. It names the kind of everything else, since a password of digits
/// that nobody put in quotes is one too.
struct Text;

impl Text {
    fn refuse<T, E: de::Error>(self, kind: &'static str) -> Result<T, E> {
        Err(E::invalid_type(Unexpected::Other(kind), &self))
    }
}

/// For kinds whose values serde would show: refused by name.
macro_rules! refuse {
    ($($visit:ident($value:ty): $kind:literal,)*) => {
        $(fn $visit<E: de::Error>(self, _: $value) -> Result<Password, E> {
            self.refuse($kind)
        })*
    };
}

impl<'de> Visitor<'de> for Text {
    type Value = Password;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a secret text")
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Password, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Password, E> {
        // What was serialized without its value must not come back as one.
        if value == REDACTED {
            return Err(E::custom(REDACTED_BEFORE));
        }
        Ok(Password::new(value))
    }

    // Shorter numbers come here too; lists, maps and the like have no value that
    // serde would show.
    refuse! {
        visit_bool(bool): "a boolean without quotes",
        visit_i64(i64): "a number without quotes",
        visit_i128(i128): "a number without quotes",
        visit_u64(u64): "a number without quotes",
        visit_u128(u128): "a number without quotes",
        visit_f64(f64): "a number without quotes",
        visit_bytes(&[u8]): "bytes",
    }
}
