//! A whole response, read kindly: values that are written as another type than the document says
//! and mean one thing only.
//!
//! | due | taken too |
//! |---|---|
//! | a text | a number, a boolean; `null` is the empty text |
//! | a boolean | `true`, `yes`, `on`, `1` and their opposites, as a text in any case; 1 and 0 |
//! | a number | its digits as a text; where it is whole, `5.0` too |
//! | a list, a map | `null`, as an empty one |
//! | anything that may be missing | the empty text, as if it were |
//!
//! All else stays an error. It is the way for responses that cannot be read as they stand, so the
//! others pay nothing for it.

use std::cell::Cell;
use std::fmt;

use serde::de::value::{
    BorrowedStrDeserializer, Error, MapAccessDeserializer, MapDeserializer, SeqDeserializer,
};
use serde::de::{
    self, Deserialize, DeserializeOwned, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

use crate::json::exact;

/// For how many keys empty texts are taken out of one response; each means reading it again.
pub(crate) const MOST_EMPTY_KEYS: usize = 8;

/// Reads a JSON text; `None` where it is none, or means no such value for certain.
pub fn from_slice<T: DeserializeOwned>(json: &[u8]) -> Option<T> {
    from_slice_within(json, MOST_EMPTY_KEYS)
}

/// The same where empty texts under no more than so many keys are taken out.
pub(crate) fn from_slice_within<T: DeserializeOwned>(json: &[u8], empty_keys: usize) -> Option<T> {
    let mut tree: Tree = crate::json::from_slice(json).ok()?;
    if matches!(tree, Tree::Null) {
        return None;
    }
    for _ in 0..=empty_keys {
        let in_the_way = Cell::new(None);
        let reader = Reader {
            tree: &tree,
            in_the_way: &in_the_way,
        };
        match T::deserialize(reader) {
            Ok(value) => return Some(value),
            Err(_) => {
                let key = tree.key_of(in_the_way.get()?)?.to_owned();
                tree.remove_empty(&key);
            }
        }
    }
    None
}

/// What a text says in answer to a yes-or-no question.
pub fn truth(text: &str) -> Option<bool> {
    const YES: [&str; 4] = ["true", "yes", "on", "1"];
    const NO: [&str; 4] = ["false", "no", "off", "0"];
    let text = text.trim();
    let is = |word: &&str| word.eq_ignore_ascii_case(text);
    match (YES.iter().any(is), NO.iter().any(is)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// JSON as it came: a key that is there twice is here twice.
enum Tree {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    Text(String),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// The key of a member of an object, at any depth.
    fn key_of(&self, member: *const Tree) -> Option<&str> {
        match self {
            Self::List(items) => items.iter().find_map(|item| item.key_of(member)),
            Self::Object(members) => members.iter().find_map(|(key, value)| {
                let is_it = std::ptr::eq(value, member).then_some(key.as_str());
                is_it.or_else(|| value.key_of(member))
            }),
            _ => None,
        }
    }

    /// Takes out every member of this key that is an empty text, at any depth: what one entry of a
    /// list leaves empty, others do too.
    fn remove_empty(&mut self, key: &str) {
        match self {
            Self::List(items) => items.iter_mut().for_each(|item| item.remove_empty(key)),
            Self::Object(members) => {
                members.retain(|(name, value)| name != key || !value.is_empty_text());
                let values = members.iter_mut().map(|(_, value)| value);
                values.for_each(|value| value.remove_empty(key));
            }
            _ => {}
        }
    }

    fn is_empty_text(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }

    /// The number that it is, or that its text is.
    fn number(&self) -> Option<Number> {
        match self {
            Self::Unsigned(number) => Some(Number::Unsigned(*number)),
            Self::Signed(number) => Some(Number::Signed(*number)),
            Self::Float(number) => Some(Number::Float(*number)),
            Self::Text(text) => Number::parse(text.trim()),
            _ => None,
        }
    }

    /// The text that it is, or that a text for it would be.
    fn text(&self) -> Option<String> {
        match self {
            Self::Bool(value) => Some(value.to_string()),
            Self::Unsigned(value) => Some(value.to_string()),
            Self::Signed(value) => Some(value.to_string()),
            // One that is whole may have lost digits.
            Self::Float(value) if value.fract() != 0.0 || exact(*value).is_some() => {
                Some(value.to_string())
            }
            _ => None,
        }
    }

    fn truth(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Unsigned(1) => Some(true),
            Self::Unsigned(0) => Some(false),
            Self::Text(text) => truth(text),
            _ => None,
        }
    }
}

#[derive(Clone, Copy)]
enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl Number {
    /// A number as JSON writes it.
    fn parse(text: &str) -> Option<Self> {
        match serde_json::from_str(text).ok()? {
            Tree::Unsigned(number) => Some(Self::Unsigned(number)),
            Tree::Signed(number) => Some(Self::Signed(number)),
            Tree::Float(number) => Some(Self::Float(number)),
            _ => None,
        }
    }

    /// The same as a whole number, if it is one.
    fn whole(self) -> Option<Self> {
        match self {
            Self::Float(number) => exact(number).map(Self::Signed),
            whole => Some(whole),
        }
    }

    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Unsigned(number) => visitor.visit_u64(number),
            Self::Signed(number) => visitor.visit_i64(number),
            Self::Float(number) => visitor.visit_f64(number),
        }
    }
}

#[derive(Clone, Copy)]
struct Reader<'t> {
    tree: &'t Tree,
    /// The empty text that could not be read as what is due.
    in_the_way: &'t Cell<Option<*const Tree>>,
}

impl<'t> Reader<'t> {
    fn of(self, tree: &'t Tree) -> Self {
        Self { tree, ..self }
    }

    fn list<V: Visitor<'t>>(self, items: &'t [Tree], visitor: V) -> Result<V::Value, Error> {
        let mut items = SeqDeserializer::new(items.iter().map(|item| self.of(item)));
        let value = visitor.visit_seq(&mut items)?;
        items.end()?;
        Ok(value)
    }

    fn members(
        self,
        members: &'t [(String, Tree)],
    ) -> MapDeserializer<'t, impl Iterator<Item = (BorrowedStrDeserializer<'t, Error>, Self)>, Error>
    {
        let members = members.iter();
        MapDeserializer::new(members.map(move |(key, value)| {
            let key = BorrowedStrDeserializer::new(key);
            (key, self.of(value))
        }))
    }

    fn whole<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree.number().and_then(Number::whole) {
            Some(number) => number.visit(visitor),
            None => self.deserialize_any(visitor),
        }
    }

    fn float<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree.number() {
            Some(number) => number.visit(visitor),
            None => self.deserialize_any(visitor),
        }
    }
}

macro_rules! numbers {
    ($($method:ident: $how:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$how(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(value) => visitor.visit_bool(*value),
            Tree::Unsigned(value) => visitor.visit_u64(*value),
            Tree::Signed(value) => visitor.visit_i64(*value),
            Tree::Float(value) => visitor.visit_f64(*value),
            Tree::Text(value) => {
                let read = visitor.visit_borrowed_str(value);
                if read.is_err() && self.tree.is_empty_text() {
                    self.in_the_way.set(Some(self.tree));
                }
                read
            }
            Tree::List(items) => self.list(items, visitor),
            Tree::Object(members) => visitor.visit_map(self.members(members)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree.truth() {
            Some(value) => visitor.visit_bool(value),
            None => self.deserialize_any(visitor),
        }
    }

    numbers! {
        deserialize_i8: whole, deserialize_i16: whole, deserialize_i32: whole,
        deserialize_i64: whole, deserialize_i128: whole, deserialize_u8: whole,
        deserialize_u16: whole, deserialize_u32: whole, deserialize_u64: whole,
        deserialize_u128: whole, deserialize_f32: float, deserialize_f64: float
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree.text() {
            Some(text) => visitor.visit_string(text),
            None if matches!(self.tree, Tree::Null) => visitor.visit_borrowed_str(""),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree {
            Tree::Null => self.list(&[], visitor),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.tree {
            Tree::Null => visitor.visit_map(self.members(&[])),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.tree {
            Tree::Text(word) => visitor.visit_enum(BorrowedStrDeserializer::new(word)),
            Tree::Object(members) => {
                visitor.visit_enum(MapAccessDeserializer::new(self.members(members)))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        char bytes byte_buf unit unit_struct tuple tuple_struct struct identifier
    }
}

impl<'de> IntoDeserializer<'de, Error> for Reader<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyJson)
    }
}

struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Unsigned(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Signed(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry()? {
            members.push(member);
        }
        Ok(Tree::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    struct Response {
        name: String,
        flag: bool,
        count: i32,
        ratio: f64,
        list: Vec<String>,
        map: BTreeMap<String, bool>,
        note: Option<String>,
        limit: Option<u64>,
        inner: Option<Box<Response>>,
    }

    /// A response with a member written otherwise.
    fn read(member: &str, json: &str) -> Option<Response> {
        let mut members = BTreeMap::from([
            ("name", "\"a\""),
            ("flag", "false"),
            ("count", "1"),
            ("ratio", "1.5"),
            ("list", "[]"),
            ("map", "{}"),
        ]);
        members.insert(member, json);
        let members = members
            .iter()
            .map(|(key, value)| format!("\"{key}\":{value}"));
        let json = format!("{{{}}}", members.collect::<Vec<_>>().join(","));
        from_slice(json.as_bytes())
    }

    #[test]
    fn texts_are_taken_from_what_is_none() {
        for (json, text) in [
            ("5", "5"),
            ("-5", "-5"),
            ("1.0", "1"),
            ("1.5", "1.5"),
            ("true", "true"),
            ("null", ""),
        ] {
            assert_eq!(read("name", json).unwrap().name, text);
        }
        // Of the last, digits were lost before anybody asked for a text.
        for json in ["[]", "{}", "[\"a\"]", "18446744073709551617"] {
            assert_eq!(read("name", json), None);
        }
        // It may have been one more.
        assert_eq!(read("limit", "9007199254740992.0"), None);
        assert_eq!(read("note", "7").unwrap().note.as_deref(), Some("7"));
        assert_eq!(read("note", "\"\"").unwrap().note.as_deref(), Some(""));
        assert_eq!(
            read("list", "[1, null, true]").unwrap().list,
            ["1", "", "true"]
        );
    }

    #[test]
    fn booleans_are_taken_from_words_that_say_yes_or_no() {
        for json in [
            "true",
            "1",
            "\"true\"",
            "\"TRUE\"",
            "\" Yes \"",
            "\"on\"",
            "\"1\"",
        ] {
            assert!(read("flag", json).unwrap().flag, "{json}");
        }
        for json in ["false", "0", "\"False\"", "\"no\"", "\"OFF\"", "\"0\""] {
            assert!(!read("flag", json).unwrap().flag, "{json}");
        }
        for json in [
            "2",
            "-1",
            "1.0",
            "null",
            "\"\"",
            "\"maybe\"",
            "\"tru\"",
            "[]",
            "[true]",
        ] {
            assert_eq!(read("flag", json), None, "{json}");
        }
        assert!(read("map", "{\"a\": \"True\"}").unwrap().map["a"]);
    }

    #[test]
    fn numbers_are_taken_from_their_digits() {
        for json in ["5", "\"5\"", "\" 5 \"", "5.0", "\"5.0\"", "\"5e0\""] {
            assert_eq!(read("count", json).unwrap().count, 5, "{json}");
        }
        for json in [
            "5.5",
            "\"5.5\"",
            "\"\"",
            "\"five\"",
            "\"0x5\"",
            "\"+5\"",
            "\"1,000\"",
            "true",
            "null",
            "\"NaN\"",
            "99999999999",
            "\"99999999999\"",
            "[5]",
        ] {
            assert_eq!(read("count", json), None, "{json}");
        }
        assert_eq!(read("ratio", "\"-2.5\"").unwrap().ratio, -2.5);
        assert_eq!(read("ratio", "2").unwrap().ratio, 2.0);
        let largest = read("limit", "\"18446744073709551615\"").unwrap();
        assert_eq!(largest.limit, Some(u64::MAX));
        assert_eq!(read("limit", "\"-1\""), None);
    }

    #[test]
    fn nothing_is_an_empty_list_or_map_and_no_object() {
        assert!(read("list", "null").unwrap().list.is_empty());
        assert!(read("map", "null").unwrap().map.is_empty());
        assert_eq!(read("list", "\"a\""), None);
        assert_eq!(read("list", "{}"), None);
        assert_eq!(from_slice::<Response>(b"null"), None);
        assert_eq!(from_slice::<Vec<i32>>(b"null"), None);
    }

    #[test]
    fn an_empty_text_counts_as_left_out_where_that_is_allowed() {
        let response = read("limit", "\"\"").unwrap();
        assert_eq!(response.limit, None);
        assert_eq!(read("inner", "\" \"").unwrap().inner, None);
        // What must be there must say something.
        assert_eq!(read("list", "\"\""), None);
        // However many there are, they cost one more reading for each key.
        let one = r#"{"name": "", "flag": 1, "count": 1, "ratio": 1, "list": [], "map": {},
            "limit": "", "inner": ""}"#;
        let many = format!("[{}]", vec![one; 1000].join(","));
        let responses: Vec<Response> = from_slice(many.as_bytes()).unwrap();
        assert!(
            responses
                .iter()
                .all(|it| it.limit.is_none() && it.inner.is_none())
        );
    }

    #[test]
    fn a_key_that_is_there_twice_stays_an_error() {
        let twice = br#"{"name": 1, "flag": true, "flag": false, "count": 1, "ratio": 1,
            "list": [], "map": {}}"#;
        assert_eq!(from_slice::<Response>(twice), None);
    }
}
