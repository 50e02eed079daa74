//! Reading a secret from what is none: the error says what came, never the value.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;

use serde::Deserialize;
use serde::de::value::{
    BoolDeserializer, BorrowedBytesDeserializer, BytesDeserializer, CharDeserializer, Error,
    F32Deserializer, F64Deserializer, I64Deserializer, I128Deserializer, MapDeserializer,
    SeqDeserializer, StrDeserializer, StringDeserializer, U64Deserializer, U128Deserializer,
    UnitDeserializer,
};
use serde::de::{Deserializer, IntoDeserializer, Visitor};

use crate::secret::Password;

/// What no error may show, whatever it was written as.
const HIDDEN: &[&str] = &["8374", "Hid", "hid", "true", "false", "[56", "72, 105"];

fn assert_hidden(shown: &str) {
    for part in HIDDEN {
        assert!(!shown.contains(part), "{part}: {shown}");
    }
    assert!(shown.contains("a secret text"), "{shown}");
}

/// The error of reading `T` from JSON.
fn of_json<T: serde::de::DeserializeOwned + Debug>(json: &str) {
    let error = serde_json::from_str::<T>(json).unwrap_err();
    assert_hidden(&format!("{error} {error:?}"));
    let value: serde_json::Value = serde_json::from_str(json).unwrap();
    let error = serde_json::from_value::<T>(value).unwrap_err();
    assert_hidden(&format!("{error} {error:?}"));
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Body {
    password: Password,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Newtype(Password);

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only read")]
enum Tagged {
    Password(Password),
}

/// Reads the rest through serde's buffer.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only read")]
struct Flattened {
    #[serde(flatten)]
    body: Body,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only read")]
#[serde(tag = "kind")]
enum Inner {
    A { password: Password },
}

#[test]
fn json_that_is_no_text() {
    for value in [
        "83745612",
        "-83745612",
        "83.745612",
        "83745612e200",
        "83745612837456128374561283745612",
        "true",
        "false",
        "null",
        "[\"Hidden\"]",
        "[83745612]",
        "[]",
        "{}",
        "{\"Hidden\": \"Hidden\"}",
        "{\"$serde_json::private::Number\": \"8374\"}",
    ] {
        of_json::<Password>(value);
        of_json::<Newtype>(value);
        of_json::<Vec<Password>>(&format!("[{value}]"));
        of_json::<(Password, Password)>(&format!("[\"x\", {value}]"));
        of_json::<HashMap<String, Password>>(&format!("{{\"x\": {value}}}"));
        of_json::<Body>(&format!("{{\"password\": {value}}}"));
        of_json::<Flattened>(&format!("{{\"password\": {value}}}"));
        of_json::<Tagged>(&format!("{{\"Password\": {value}}}"));
        of_json::<Inner>(&format!("{{\"kind\": \"A\", \"password\": {value}}}"));
        if value != "null" {
            of_json::<Option<Password>>(value);
        }
    }
}

#[test]
fn a_key_is_read_like_a_value() {
    let error = serde_json::from_str::<BTreeMap<String, Password>>("{\"a\": 83745612}");
    assert_hidden(&error.unwrap_err().to_string());
}

/// The error of reading a secret from a deserializer.
fn of<'de, D: Deserializer<'de, Error = Error>>(deserializer: D) {
    let error = Password::deserialize(deserializer).unwrap_err();
    assert_hidden(&format!("{error} {error:?}"));
}

#[test]
fn whatever_a_format_can_hold() {
    of(BoolDeserializer::new(true));
    of(8u8.into_deserializer());
    of(I64Deserializer::new(-83_745_612));
    of(U64Deserializer::new(83_745_612));
    of(I128Deserializer::new(-83_745_612));
    of(U128Deserializer::new(83_745_612));
    of(F32Deserializer::new(8_374.5));
    of(F64Deserializer::new(83_745.612));
    of(UnitDeserializer::new());
    of(BytesDeserializer::new(b"8Hidden"));
    of(BorrowedBytesDeserializer::new(b"8Hidden"));
    of(SeqDeserializer::new(["Hidden"].into_iter()));
    of(MapDeserializer::new([("Hidden", 83_745_612)].into_iter()));
    of(Whatever(Kind::None));
    of(Whatever(Kind::Some));
    of(Whatever(Kind::Newtype));
    of(Whatever(Kind::Bytes));
    of(Whatever(Kind::Enum));
    let text = Password::deserialize(CharDeserializer::<Error>::new('Z')).unwrap();
    assert_eq!(text.expose(), "Z");
    let text = Password::deserialize(StrDeserializer::<Error>::new("abc")).unwrap();
    assert_eq!(text.expose(), "abc");
    let text = StringDeserializer::<Error>::new("abc".to_owned());
    assert_eq!(Password::deserialize(text).unwrap().expose(), "abc");
}

/// What the deserializers of serde itself do not have.
struct Whatever(Kind);

enum Kind {
    None,
    Some,
    Newtype,
    Bytes,
    Enum,
}

impl<'de> Deserializer<'de> for Whatever {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Kind::None => visitor.visit_none(),
            Kind::Some => visitor.visit_some(U64Deserializer::new(83_745_612)),
            Kind::Newtype => visitor.visit_newtype_struct(U64Deserializer::new(83_745_612)),
            Kind::Bytes => visitor.visit_byte_buf(b"8Hidden".to_vec()),
            Kind::Enum => visitor.visit_enum(StrDeserializer::new("Hidden")),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}
