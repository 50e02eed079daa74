//! Shapes that a word in them tells apart: what generated code calls to read and write one.
//!
//! A value is put aside as the text it was written in, so that no digit of a number is lost while
//! its word is looked for.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;

use serde::de::{self, Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde::ser::{self, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::json::{Name, RAW};
use crate::lenient;
use crate::wire::Shape;

/// A value that was put aside.
pub struct Aside(String);

impl Aside {
    /// The word in the property, where the value is an object that has one.
    pub fn word(&self, property: &str) -> Option<String> {
        let members: HashMap<String, &RawValue> = serde_json::from_str(&self.0).ok()?;
        word(&serde_json::from_str(members.get(property)?.get()).ok()?)
    }

    /// The value as what its word says that it is, kindly where it has to be.
    ///
    /// # Errors
    /// When it is not, without the value.
    pub fn read<T: DeserializeOwned, E: de::Error>(&self) -> Result<T, E> {
        let strictly = || serde_json::from_str(&self.0).ok();
        let kindly = |empty_keys| lenient::from_slice_within(self.0.as_bytes(), empty_keys);
        // Inside of another, each is read as that one is: to try both at every level would take
        // twice as long for each.
        let read = match WAY.get() {
            Some(Way { depth, .. }) if depth >= DEEPEST => {
                return Err(E::custom("values stand inside of each other too deeply"));
            }
            Some(Way { kindly: false, .. }) => self.on_the_way(false, strictly),
            Some(Way { kindly: true, .. }) => self.on_the_way(true, || kindly(0)),
            None => self
                .on_the_way(false, strictly)
                .or_else(|| self.on_the_way(true, || kindly(lenient::MOST_EMPTY_KEYS))),
        };
        read.ok_or_else(|| E::custom("a value is not of the shape that the word in it names"))
    }

    /// Reads with a word to those inside of it.
    fn on_the_way<T>(&self, kindly: bool, read: impl FnOnce() -> T) -> T {
        let before = WAY.get();
        let depth = before.map_or(0, |it| it.depth + 1);
        let _back = Back(WAY.replace(Some(Way { depth, kindly })));
        read()
    }

    /// The value as it is.
    ///
    /// # Errors
    /// When it is no object.
    pub fn keep<E: de::Error>(&self) -> Result<Value, E> {
        match serde_json::from_str(&self.0) {
            Ok(value @ Value::Object(_)) => Ok(value),
            _ => Err(E::custom(
                "an object was due, with a word that names its shape",
            )),
        }
    }
}

/// How deep such values stand inside of each other; serde_json's own limit, which begins anew with
/// each that was put aside.
const DEEPEST: usize = 128;

/// How the value around is read.
#[derive(Clone, Copy)]
struct Way {
    depth: usize,
    kindly: bool,
}

thread_local! {
    static WAY: Cell<Option<Way>> = const { Cell::new(None) };
}

/// Puts back what was said before, however the reading ends.
struct Back(Option<Way>);

impl Drop for Back {
    fn drop(&mut self) {
        WAY.set(self.0);
    }
}

/// The word that a value is, which some write without quotes.
fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(word) => Some(word.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// The word in a value that is kept as it is.
pub fn word_of<'v>(value: &'v Value, property: &str) -> Option<&'v str> {
    value.get(property)?.as_str()
}

/// Writes a value with the word of its shape, where the value itself has none.
///
/// # Errors
/// That of the value, and when it is no object.
pub fn write<S: Serializer>(
    serializer: S,
    property: &str,
    word: &str,
    value: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    // Not by way of `serde_json::Value`, which rounds numbers and leaves secrets behind.
    let mut value = Shape::of(value).map_err(ser::Error::custom)?;
    let Shape::Object(members) = &mut value else {
        return Err(ser::Error::custom(
            "it is no object, and has no place for a word",
        ));
    };
    let is_own = |(name, value): &(String, Shape)| name == property && !value.is_null();
    if !members.iter().any(is_own) {
        members.retain(|(name, _)| name != property);
        members.push((property.to_owned(), Shape::text(word)));
    }
    value.serialize(serializer)
}

impl<'de> Deserialize<'de> for Aside {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole;

        impl<'de> Visitor<'de> for Whole {
            type Value = Aside;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Aside, A::Error> {
                if map.next_key::<Name>()?.is_none_or(|name| !name.0) {
                    return Err(de::Error::invalid_type(de::Unexpected::Map, &self));
                }
                map.next_value().map(Aside)
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Aside, D::Error> {
                Value::deserialize(deserializer).map(|value| Aside(value.to_string()))
            }
        }

        deserializer.deserialize_newtype_struct(RAW, Whole)
    }
}
