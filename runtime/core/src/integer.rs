//! Whole numbers of any size.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::json::{Name, RAW, exact, write_plain};

/// A whole number of any size, digit for digit as JSON has it.
///
/// ```
/// use openapi_client_runtime::Integer;
///
/// let wide: Integer = serde_json::from_str("340282366920938463463374607431768211456")?;
/// assert_eq!(wide.to_string(), "340282366920938463463374607431768211456");
/// assert_eq!(wide.as_u128(), None);
/// assert_eq!(Integer::from(7), "7".parse().unwrap());
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// It is read from JSON text without loss. A [`serde_json::Value`] has no room for more than 64
/// bits: one that was read before into such a value, or through serde's `untagged` or `flatten`, is
/// an error where digits were lost, never another number.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Integer(Box<str>);

/// A text that is no whole number in decimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no whole number: write digits, with a minus sign in front where it is negative")]
pub struct InvalidInteger;

impl Integer {
    /// Its digits, with a minus sign in front where it is negative.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The nearest floating-point number, which may be another; infinite where it is too large.
    pub fn to_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    fn parts(&self) -> (bool, &str) {
        match self.0.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, &self.0),
        }
    }

    /// What a number is in JSON: `5.0` and `5e0` are whole too.
    fn of_json(text: &str) -> Option<Self> {
        let whole = || Self::of_float(text.parse().ok()?);
        text.parse().ok().or_else(whole)
    }

    /// Where it is certain that no digit was lost.
    fn of_float(value: f64) -> Option<Self> {
        exact(value).map(Self::from)
    }
}

impl FromStr for Integer {
    type Err = InvalidInteger;

    fn from_str(text: &str) -> Result<Self, InvalidInteger> {
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", text),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidInteger);
        }
        Ok(Self(match digits.trim_start_matches('0') {
            "" => "0".into(),
            digits => [sign, digits].concat().into(),
        }))
    }
}

macro_rules! conversions {
    ($($from:ident)*; $($as:ident $to:ident)*) => {
        $(impl From<$from> for Integer {
            fn from(value: $from) -> Self {
                Self(value.to_string().into())
            }
        })*

        impl Integer {
            $(
                #[doc = concat!("The number, if it is one of `", stringify!($to), "`.")]
                pub fn $as(&self) -> Option<$to> {
                    self.0.parse().ok()
                }
            )*
        }
    };
}

conversions! {
    u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize;
    as_i64 i64 as_u64 u64 as_i128 i128 as_u128 u128
}

impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |digits: &str, others: &str| {
            let by_length = digits.len().cmp(&others.len());
            by_length.then_with(|| digits.cmp(others))
        };
        match (self.parts(), other.parts()) {
            ((false, one), (false, other)) => size(one, other),
            ((true, one), (true, other)) => size(other, one),
            ((true, _), (false, _)) => Ordering::Less,
            ((false, _), (true, _)) => Ordering::Greater,
        }
    }
}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Integer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_plain(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW, Digits)
    }
}

/// Reads the text of a number where the format gives it, and otherwise the number.
struct Digits;

impl<'de> Visitor<'de> for Digits {
    type Value = Integer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Integer, A::Error> {
        // What is an object, and no text of a number, has other keys.
        let wrong = || de::Error::invalid_type(de::Unexpected::Other("another value"), &Digits);
        if map.next_key::<Name>()?.is_none_or(|name| !name.0) {
            return Err(wrong());
        }
        let text: String = map.next_value()?;
        Integer::of_json(&text).ok_or_else(wrong)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Integer, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Integer, E> {
        Ok(value.into())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Integer, E> {
        Ok(value.into())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Integer, E> {
        Ok(value.into())
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Integer, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Integer, E> {
        let wrong = || E::invalid_type(de::Unexpected::Other("a rounded number"), &self);
        Integer::of_float(value).ok_or_else(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const WIDE: &str = "-123456789012345678901234567890123456789012345678901234567890";

    fn integer(text: &str) -> Integer {
        text.parse().unwrap()
    }

    #[derive(Debug, serde::Serialize, serde::Deserialize)]
    struct Record {
        id: Integer,
        others: Vec<Option<Integer>>,
    }

    #[test]
    fn no_digit_is_lost_there_and_back() {
        let text = format!(r#"{{"id":{WIDE},"others":[18446744073709551616,null,-7]}}"#);
        let record: Record = serde_json::from_str(&text).unwrap();
        assert_eq!(record.id.as_str(), WIDE);
        assert_eq!(record.others[0].as_ref().unwrap().as_i128(), Some(1 << 64));
        assert_eq!(serde_json::to_string(&record).unwrap(), text);
        let read: Record = serde_json::from_reader(text.as_bytes()).unwrap();
        assert_eq!(read.id, record.id);
        assert_eq!(
            format!("{:?} {}", record.id, record.id),
            format!("{WIDE} {WIDE}")
        );
    }

    #[test]
    fn texts_and_numbers_that_are_none_are_refused() {
        for text in ["", "-", "+1", "1.5", "1e3", "0x1", " 1", "١"] {
            assert_eq!(text.parse::<Integer>(), Err(InvalidInteger), "{text}");
        }
        assert_eq!(integer("-000").as_str(), "0");
        assert_eq!(integer("007").as_str(), "7");
        let read = serde_json::from_str::<Integer>;
        assert_eq!(read("5.0").unwrap(), Integer::from(5));
        assert_eq!(read("1e3").unwrap(), Integer::from(1000));
        for text in [
            "1.5",
            "\"5\"",
            "true",
            "null",
            "{}",
            "[1]",
            "1e400",
            "1e30",
            r#"{"a":1}"#,
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(Integer),
        Text(String),
    }

    /// Where serde has put a number aside, digits may be gone already.
    #[test]
    fn what_was_rounded_before_is_an_error_and_no_other_number() {
        let read = |text: &str| serde_json::from_str::<Either>(text);
        assert!(matches!(read("-7").unwrap(), Either::Number(it) if it == Integer::from(-7)));
        let widest = u64::MAX.to_string();
        assert!(
            matches!(read(&widest).unwrap(), Either::Number(it) if it.as_u64() == Some(u64::MAX))
        );
        assert!(matches!(read("\"7\"").unwrap(), Either::Text(it) if it == "7"));
        assert!(read("18446744073709551616").is_err());
        assert_eq!(
            serde_json::from_value::<Integer>(json!(3)).unwrap(),
            Integer::from(3)
        );
        assert!(serde_json::from_value::<Integer>(json!(1e30)).is_err());
        let kindly = crate::lenient::from_slice::<Vec<Integer>>;
        assert_eq!(
            kindly(b"[1, 18446744073709551615]").unwrap()[1].as_u64(),
            Some(u64::MAX)
        );
        assert!(kindly(b"[18446744073709551616]").is_none());
    }

    #[test]
    fn they_are_ordered_by_what_they_are() {
        let mut all: Vec<_> = ["10", "9", "-10", WIDE, "0", "-9"].map(integer).to_vec();
        all.sort();
        let all: Vec<_> = all.iter().map(Integer::as_str).collect();
        assert_eq!(all, [WIDE, "-10", "-9", "0", "9", "10"]);
        assert_eq!(integer("12").as_u64(), Some(12));
        assert_eq!(integer("-12").as_u64(), None);
    }

    #[test]
    fn a_parameter_has_all_digits() {
        use crate::wire::{RequestBuilder, Style};
        let request = RequestBuilder::get("/")
            .query_param("n", Style::Form.joined(), &[integer(WIDE), integer("1")])
            .build()
            .unwrap();
        assert_eq!(request.query_text(), format!("n={WIDE},1"));
    }
}
