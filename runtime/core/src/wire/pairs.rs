//! From any flat value to pairs of name and text.

use std::fmt;

use serde::ser::{self, Impossible, Serialize};

/// A name and its decoded value.
pub(super) type Pair = (String, String);

/// The pairs that `value` gives under `name`.
pub(super) fn collect_pairs<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
) -> Result<Vec<Pair>, &'static str> {
    let mut pairs = Vec::new();
    let writer = Pairs {
        name,
        level: Level::Top,
        out: &mut pairs,
    };
    match value.serialize(writer) {
        Ok(()) => Ok(pairs),
        Err(Refused(problem)) => Err(problem),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// The value itself: scalar, list or struct.
    Top,
    /// A field of a struct: scalar or list.
    Field,
    /// An entry of a list: scalar.
    Entry,
}

/// Writes pairs under one name.
struct Pairs<'a> {
    name: &'a str,
    level: Level,
    out: &'a mut Vec<Pair>,
}

/// Why a value gives no pairs; never quotes it.
#[derive(Debug)]
struct Refused(&'static str);

const NESTED: Refused = Refused("only scalars, texts and lists of them can be written");

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

impl<'a> Pairs<'a> {
    fn push(self, text: String) -> Result<(), Refused> {
        if self.name.is_empty() {
            return Err(Refused("a form needs a struct or a map"));
        }
        self.out.push((self.name.to_owned(), text));
        Ok(())
    }

    fn entries(self) -> Result<Entries<'a>, Refused> {
        if self.level == Level::Entry || self.name.is_empty() {
            return Err(NESTED);
        }
        Ok(Entries {
            name: self.name,
            out: self.out,
        })
    }

    fn fields(self) -> Result<Fields<'a>, Refused> {
        if self.level != Level::Top {
            return Err(NESTED);
        }
        Ok(Fields {
            key: None,
            out: self.out,
        })
    }
}

macro_rules! scalars {
    ($($method:ident $type:ty)*) => {$(
        fn $method(self, value: $type) -> Result<(), Refused> {
            self.push(value.to_string())
        }
    )*};
}

impl<'a> ser::Serializer for Pairs<'a> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Entries<'a>;
    type SerializeTuple = Entries<'a>;
    type SerializeTupleStruct = Entries<'a>;
    type SerializeTupleVariant = Impossible<(), Refused>;
    type SerializeMap = Fields<'a>;
    type SerializeStruct = Fields<'a>;
    type SerializeStructVariant = Impossible<(), Refused>;

    scalars! {
        serialize_bool bool serialize_i8 i8 serialize_i16 i16 serialize_i32 i32
        serialize_i64 i64 serialize_i128 i128 serialize_u8 u8 serialize_u16 u16
        serialize_u32 u32 serialize_u64 u64 serialize_u128 u128 serialize_f32 f32
        serialize_f64 f64 serialize_char char serialize_str &str
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Refused> {
        Err(NESTED)
    }

    fn serialize_none(self) -> Result<(), Refused> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Refused> {
        Ok(())
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Refused> {
        self.push(variant.to_owned())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        // As in JSON: an object with the variant as its only field.
        let mut fields = self.fields()?;
        fields.field(variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Entries<'a>, Refused> {
        self.entries()
    }

    fn serialize_tuple(self, _: usize) -> Result<Entries<'a>, Refused> {
        self.entries()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Entries<'a>, Refused> {
        self.entries()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Refused>, Refused> {
        Err(NESTED)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Fields<'a>, Refused> {
        self.fields()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'a>, Refused> {
        self.fields()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Refused>, Refused> {
        Err(NESTED)
    }
}

/// The entries of a list, each under the list's name.
struct Entries<'a> {
    name: &'a str,
    out: &'a mut Vec<Pair>,
}

impl Entries<'_> {
    fn entry<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        value.serialize(Pairs {
            name: self.name,
            level: Level::Entry,
            out: self.out,
        })
    }
}

impl ser::SerializeSeq for Entries<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.entry(value)
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

impl ser::SerializeTuple for Entries<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.entry(value)
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Entries<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.entry(value)
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

/// The fields of a struct or map, each under its own name.
struct Fields<'a> {
    key: Option<String>,
    out: &'a mut Vec<Pair>,
}

impl Fields<'_> {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Refused> {
        value.serialize(Pairs {
            name,
            level: Level::Field,
            out: self.out,
        })
    }
}

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}

impl ser::SerializeMap for Fields<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        let mut pairs = collect_pairs("key", key).map_err(Refused)?;
        match (pairs.pop(), pairs.is_empty()) {
            (Some((_, key)), true) => {
                self.key = Some(key);
                Ok(())
            }
            _ => Err(NESTED),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        let key = self.key.take().ok_or(NESTED)?;
        self.field(&key, value)
    }

    fn end(self) -> Result<(), Refused> {
        Ok(())
    }
}
