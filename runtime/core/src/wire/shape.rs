//! From any value to what parameters and form fields are made of: scalars, lists and objects.

use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{self, Serialize, Serializer};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::json::{KEPT, write_plain};
use crate::secret_bytes::write_json;

/// A value, taken apart.
pub(crate) enum Shape {
    /// An absent option.
    Null,
    Scalar(Scalar),
    List(Vec<Shape>),
    Object(Vec<(String, Shape)>),
}

/// A single value. It may be a secret, so it is wiped.
pub(crate) struct Scalar {
    pub(super) text: Zeroizing<String>,
    json: Json,
}

/// How JSON writes a scalar.
#[derive(Clone, Copy)]
enum Json {
    Quoted,
    /// As its text stands.
    Plain,
    /// With a point or an exponent, where it is whole or large.
    Float(f64),
    Float32(f32),
}

/// Why a value has no shape; never quotes it.
#[derive(Debug)]
pub(super) struct Refused(pub(super) &'static str);

/// The problem with what is nested too deep for where it stands.
pub(super) const NESTED: &str = "only scalars, texts and lists of them can be written";
/// How deep lists and objects may stand inside of each other in JSON that is given as text.
const DEEPEST: usize = 128;
const NO_JSON: Refused = Refused("a text that is given as JSON is none, or too deep");
const KEYS: Refused = Refused("the keys of a map must be scalars or texts");

impl Shape {
    /// Takes a value apart.
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, &'static str> {
        value.serialize(Shaper).map_err(|Refused(problem)| problem)
    }

    /// The text of a scalar.
    pub(super) fn scalar(&self) -> Result<&str, &'static str> {
        match self {
            Self::Scalar(scalar) => Ok(&scalar.text),
            _ => Err(NESTED),
        }
    }

    /// The same as JSON.
    pub(super) fn to_json(&self) -> Result<Zeroizing<String>, &'static str> {
        let mut json = write_json(self).map_err(|_| NO_JSON.0)?;
        let json = String::from_utf8(std::mem::take(&mut *json));
        json.map(Zeroizing::new).map_err(|_| NO_JSON.0)
    }

    /// Whether it is absent.
    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Scalar(Scalar {
            text: Zeroizing::new(text.into()),
            json: Json::Quoted,
        })
    }

    fn number(text: impl Into<String>, json: Json) -> Self {
        Self::Scalar(Scalar {
            text: Zeroizing::new(text.into()),
            json,
        })
    }

    /// What a text that is JSON says, with all digits of its numbers.
    fn of_json(json: &str, deeper: usize) -> Result<Self, Refused> {
        let inside = |value: &RawValue| {
            let deeper = deeper.checked_sub(1).ok_or(NO_JSON)?;
            Self::of_json(value.get(), deeper)
        };
        Ok(match json.trim_start().as_bytes().first() {
            Some(b'"') => Self::text(read::<String>(json)?),
            Some(b'[') => {
                let entries = read::<Vec<&RawValue>>(json)?.into_iter().map(inside);
                Self::List(entries.collect::<Result<_, _>>()?)
            }
            Some(b'{') => {
                let members = read::<BTreeMap<String, &RawValue>>(json)?.into_iter();
                let members = members.map(|(name, member)| Ok((name, inside(member)?)));
                Self::Object(members.collect::<Result<_, _>>()?)
            }
            Some(b'n') => Self::Null,
            _ => Self::number(json.trim(), Json::Plain),
        })
    }
}

fn read<'j, T: serde::Deserialize<'j>>(json: &'j str) -> Result<T, Refused> {
    serde_json::from_str(json).map_err(|_| NO_JSON)
}

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::List(entries) => serializer.collect_seq(entries),
            Self::Object(members) => serializer.collect_map(members.iter().map(|(k, v)| (k, v))),
            Self::Scalar(Scalar { text, json }) => match *json {
                Json::Quoted => serializer.serialize_str(text),
                Json::Plain => write_plain(text, serializer),
                Json::Float(value) => serializer.serialize_f64(value),
                Json::Float32(value) => serializer.serialize_f32(value),
            },
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: fmt::Display>(_: T) -> Self {
        // The text of another type's error may quote its value.
        Self("its value refuses to be written")
    }
}

/// Takes values apart.
struct Shaper;

macro_rules! scalars {
    ($($method:ident $type:ty)*) => {$(
        fn $method(self, value: $type) -> Result<Shape, Refused> {
            Ok(Shape::number(value.to_string(), Json::Plain))
        }
    )*};
}

impl ser::Serializer for Shaper {
    type Ok = Shape;
    type Error = Refused;
    type SerializeSeq = Entries;
    type SerializeTuple = Entries;
    type SerializeTupleStruct = Entries;
    type SerializeTupleVariant = Entries;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = Members;

    scalars! {
        serialize_bool bool serialize_i8 i8 serialize_i16 i16 serialize_i32 i32
        serialize_i64 i64 serialize_i128 i128 serialize_u8 u8 serialize_u16 u16
        serialize_u32 u32 serialize_u64 u64 serialize_u128 u128
    }

    fn serialize_f32(self, value: f32) -> Result<Shape, Refused> {
        finite(value.is_finite(), value.to_string(), Json::Float32(value))
    }

    fn serialize_f64(self, value: f64) -> Result<Shape, Refused> {
        finite(value.is_finite(), value.to_string(), Json::Float(value))
    }

    fn serialize_char(self, value: char) -> Result<Shape, Refused> {
        Ok(Shape::text(value))
    }

    fn serialize_str(self, value: &str) -> Result<Shape, Refused> {
        Ok(Shape::text(value))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Shape, Refused> {
        Err(Refused(NESTED))
    }

    fn serialize_none(self) -> Result<Shape, Refused> {
        Ok(Shape::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Shape, Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Shape, Refused> {
        Ok(Shape::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Shape, Refused> {
        Ok(Shape::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Shape, Refused> {
        Ok(Shape::text(variant))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Shape, Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Shape, Refused> {
        // As in JSON: an object with the variant as its only member.
        Ok(tagged(Some(variant), value.serialize(Self)?))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Entries, Refused> {
        Ok(Entries::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Entries, Refused> {
        Ok(Entries::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Entries, Refused> {
        Ok(Entries::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Entries, Refused> {
        Ok(Entries {
            variant: Some(variant),
            ..Entries::default()
        })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, Refused> {
        Ok(Members::default())
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members, Refused> {
        Ok(Members {
            // By the name of the type alone: the keys of a map are another's words.
            is_json: name.starts_with(KEPT),
            ..Members::default()
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Members, Refused> {
        Ok(Members {
            variant: Some(variant),
            ..Members::default()
        })
    }
}

/// A number that JSON has a word for.
fn finite(is_finite: bool, text: String, json: Json) -> Result<Shape, Refused> {
    match is_finite {
        true => Ok(Shape::number(text, json)),
        false => Err(Refused("a number is infinite, or none (NaN)")),
    }
}

/// An enumeration's variant stands around what it holds.
fn tagged(variant: Option<&'static str>, shape: Shape) -> Shape {
    match variant {
        Some(variant) => Shape::Object(vec![(variant.to_owned(), shape)]),
        None => shape,
    }
}

/// The entries of a list so far.
#[derive(Default)]
struct Entries {
    variant: Option<&'static str>,
    list: Vec<Shape>,
}

macro_rules! entries {
    ($($trait:ident $method:ident)*) => {$(
        impl ser::$trait for Entries {
            type Ok = Shape;
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
                self.list.push(value.serialize(Shaper)?);
                Ok(())
            }

            fn end(self) -> Result<Shape, Refused> {
                Ok(tagged(self.variant, Shape::List(self.list)))
            }
        }
    )*};
}

entries! {
    SerializeSeq serialize_element SerializeTuple serialize_element
    SerializeTupleStruct serialize_field SerializeTupleVariant serialize_field
}

/// The members of an object so far.
#[derive(Default)]
struct Members {
    variant: Option<&'static str>,
    /// Whether the only member is JSON as text: that of a `serde_json::value::RawValue`, or a
    /// `serde_json::Number` of any size.
    is_json: bool,
    key: Option<String>,
    list: Vec<(String, Shape)>,
}

impl Members {
    fn finish(self) -> Result<Shape, Refused> {
        match &self.list[..] {
            [(_, Shape::Scalar(scalar))] if self.is_json => Shape::of_json(&scalar.text, DEEPEST),
            _ => Ok(tagged(self.variant, Shape::Object(self.list))),
        }
    }
}

macro_rules! members {
    ($($trait:ident)*) => {$(
        impl ser::$trait for Members {
            type Ok = Shape;
            type Error = Refused;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Refused> {
                self.list.push((key.to_owned(), value.serialize(Shaper)?));
                Ok(())
            }

            fn end(self) -> Result<Shape, Refused> {
                self.finish()
            }
        }
    )*};
}

members!(SerializeStruct SerializeStructVariant);

impl ser::SerializeMap for Members {
    type Ok = Shape;
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        let key = key.serialize(Shaper)?;
        self.key = Some(key.scalar().map_err(|_| KEYS)?.to_owned());
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let key = self.key.take().ok_or(KEYS)?;
        self.list.push((key, value.serialize(Shaper)?));
        Ok(())
    }

    fn end(self) -> Result<Shape, Refused> {
        self.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(serde::Serialize)]
    enum Choice {
        Unit,
        Newtype(u8),
        Tuple(u8, Option<bool>),
        Struct { a: &'static str },
    }

    #[test]
    fn json_is_what_serde_json_writes() {
        for value in [
            json!(null),
            json!("a\"\n\u{1}é"),
            json!([1, -2, 1.5, 1.0, 1e300, u64::MAX, true, null, [], {}]),
            json!({"a": {"b": [{"c": null}]}, "": "x"}),
        ] {
            let text = Shape::of(&value).unwrap().to_json().unwrap();
            assert_eq!(*text, value.to_string());
        }
        let choices = [
            Choice::Unit,
            Choice::Newtype(1),
            Choice::Tuple(2, None),
            Choice::Struct { a: "x" },
        ];
        let text = Shape::of(&choices).unwrap().to_json().unwrap();
        assert_eq!(*text, serde_json::to_string(&choices).unwrap());
    }

    /// What serde_json calls the types whose text it takes as JSON, in the mouth of another.
    #[test]
    fn no_key_of_a_map_makes_json_of_a_text() {
        for name in ["RawValue", "Number"] {
            let value = json!({format!("{KEPT}{name}"): "1,\"admin\":true"});
            let text = Shape::of(&value).unwrap().to_json().unwrap();
            assert_eq!(*text, value.to_string());
        }
    }

    #[test]
    fn json_as_text_is_what_it_says() {
        let wide = "340282366920938463463374607431768211456";
        let shape = |json: &str| Shape::of(&RawValue::from_string(json.to_owned()).unwrap());
        for json in [
            format!(r#"{{"a":[{wide},0.10,-0,1E5,"x\"",null,true],"b":{{}}}}"#),
            wide.to_owned(),
            "\"x\"".to_owned(),
        ] {
            assert_eq!(*shape(&json).unwrap().to_json().unwrap(), json);
        }
        assert_eq!(shape("\"x\"").unwrap().scalar(), Ok("x"));
        assert_eq!(shape("{}").unwrap().scalar(), Err(NESTED));
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        assert_eq!(shape(&deep).err(), Some(NO_JSON.0));
    }

    proptest::proptest! {
        #[test]
        fn any_map_of_texts_goes_there_and_back(
            map in proptest::collection::btree_map(
                proptest::prop_oneof![
                    proptest::prelude::Just(format!("{KEPT}RawValue")),
                    proptest::prelude::Just(format!("{KEPT}Number")),
                    ".*",
                ],
                ".*",
                0..4,
            ),
        ) {
            let text = Shape::of(&map).unwrap().to_json().unwrap();
            let read: BTreeMap<String, String> = serde_json::from_str(&text).unwrap();
            proptest::prop_assert_eq!(read, map);
        }
    }

    #[test]
    fn what_has_no_text_is_refused_without_its_value() {
        assert!(Shape::of(&f64::NAN).is_err());
        assert!(Shape::of(&f32::INFINITY).is_err());
        let keys = std::collections::BTreeMap::from([(vec![1], 2)]);
        assert_eq!(Shape::of(&keys).err(), Some(KEYS.0));
    }
}
