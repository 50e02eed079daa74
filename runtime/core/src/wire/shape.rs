//! From any value to what parameters and form fields are made of: scalars, lists and objects.

use std::fmt;

use serde::ser::{self, Serialize};
use zeroize::Zeroizing;

/// The name under which `serde_json::value::RawValue` hands over JSON text.
const RAW: &str = "$serde_json::private::RawValue";

/// A value, taken apart.
pub(super) enum Shape {
    /// An absent option.
    Null,
    Scalar(Scalar),
    List(Vec<Shape>),
    Object(Vec<(String, Shape)>),
}

/// A single value. It may be a secret, so it is wiped.
pub(super) struct Scalar {
    pub(super) text: Zeroizing<String>,
    /// Whether JSON writes it in quotes.
    is_text: bool,
}

/// Why a value has no shape; never quotes it.
#[derive(Debug)]
pub(super) struct Refused(pub(super) &'static str);

/// The problem with what is nested too deep for where it stands.
pub(super) const NESTED: &str = "only scalars, texts and lists of them can be written";
const KEYS: Refused = Refused("the keys of a map must be scalars or texts");

impl Shape {
    /// Takes a value apart.
    pub(super) fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, &'static str> {
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
    pub(super) fn to_json(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        self.push_json(&mut text);
        text
    }

    fn push_json(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Scalar(scalar) if scalar.is_text => push_quoted(out, &scalar.text),
            Self::Scalar(scalar) => out.push_str(&scalar.text),
            Self::List(entries) => {
                out.push('[');
                for (index, entry) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    entry.push_json(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (name, member)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    push_quoted(out, name);
                    out.push(':');
                    member.push_json(out);
                }
                out.push('}');
            }
        }
    }

    fn text(text: impl Into<String>) -> Self {
        Self::Scalar(Scalar {
            text: Zeroizing::new(text.into()),
            is_text: true,
        })
    }

    fn number(text: String) -> Self {
        Self::Scalar(Scalar {
            text: Zeroizing::new(text),
            is_text: false,
        })
    }
}

/// Writes a text as JSON does.
fn push_quoted(out: &mut String, text: &str) {
    let quoted = Zeroizing::new(serde_json::Value::from(text).to_string());
    out.push_str(&quoted);
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
            Ok(Shape::number(value.to_string()))
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
        finite(f64::from(value), value.to_string())
    }

    fn serialize_f64(self, value: f64) -> Result<Shape, Refused> {
        finite(value, value.to_string())
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

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members, Refused> {
        Ok(Members::default())
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
fn finite(value: f64, text: String) -> Result<Shape, Refused> {
    if value.is_finite() {
        Ok(Shape::number(text))
    } else {
        Err(Refused("a number is infinite, or none (NaN)"))
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
    key: Option<String>,
    list: Vec<(String, Shape)>,
}

impl Members {
    fn finish(mut self) -> Shape {
        if let [(name, Shape::Scalar(scalar))] = &mut self.list[..]
            && name == RAW
        {
            let text = std::mem::take(&mut scalar.text);
            return Shape::Scalar(Scalar {
                text,
                is_text: false,
            });
        }
        tagged(self.variant, Shape::Object(self.list))
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
                Ok(self.finish())
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
        Ok(self.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

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
            json!([1, -2, 1.5, true, null, [], {}]),
            json!({"a": {"b": [{"c": null}]}, "": "x"}),
        ] {
            let text = Shape::of(&value).unwrap().to_json();
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
        let choices = [
            Choice::Unit,
            Choice::Newtype(1),
            Choice::Tuple(2, None),
            Choice::Struct { a: "x" },
        ];
        let text = Shape::of(&choices).unwrap().to_json();
        assert_eq!(*text, serde_json::to_string(&choices).unwrap());
    }

    #[test]
    fn what_has_no_text_is_refused_without_its_value() {
        assert!(Shape::of(&f64::NAN).is_err());
        assert!(Shape::of(&f32::INFINITY).is_err());
        let keys = std::collections::BTreeMap::from([(vec![1], 2)]);
        assert_eq!(Shape::of(&keys).err(), Some(KEYS.0));
    }
}
