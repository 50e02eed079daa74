//! What may be shown of the examples and defaults of a page: one list for all of them, wherever they are
//! shown. Somebody's data stands there, at times with a secret in it, and a sentence is the page's own.

use std::iter;
use std::mem::discriminant;
use std::net::{IpAddr, SocketAddr};

use huaweicloud_codegen::check::sounds_secret;
use huaweicloud_codegen::load::tree::{Node, Value as Listed};
use huaweicloud_pages::vocabulary::is_media_type;
use serde_json::{Value, json};

/// A text longer than this is no word.
const LONGEST: usize = 64;

/// A name of more words is a sentence.
const MOST_WORDS: usize = 3;

/// The most lists and objects in each other. A document has 64, some of them around an example.
const MOST_LEVELS: usize = 40;

/// A value is looked for among so many that are listed; one behind them is taken for one that is not, so
/// that long lists of both take no time.
const MOST_LISTED: usize = 256;

/// A shorter word may change between kinds of letters and digits as often as it likes.
const SHORTEST_MIXED: usize = 10;

/// No name has more small letters, capitals or digits without another sign between them.
const LONGEST_RUN: usize = 24;

/// The place of a value.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place<'a> {
    /// A document, and the schema in it of what stands here.
    schema: Option<(&'a Node, &'a Node)>,
    /// What was made up for it.
    made: Option<&'a Value>,
    /// Whether it is in something that sounds like a secret, or beside a text that does.
    is_secret: bool,
}

impl<'a> Place<'a> {
    /// The place of a value that a document has a schema of.
    pub(crate) fn of(root: &'a Node, schema: &'a Node, made: Option<&'a Value>) -> Self {
        Self {
            made,
            ..Self::default().with(Some((root, schema)))
        }
    }

    fn with(self, schema: Option<(&'a Node, &'a Node)>) -> Self {
        let schema = schema.map(|(root, schema)| (root, root.resolved(schema)));
        Self { schema, ..self }
    }

    fn said(self, key: &str) -> Option<&'a Node> {
        self.schema.and_then(|(_, it)| it.get(key))
    }

    /// The schema that names a field.
    fn property(self, name: &str) -> Option<(&'a Node, &'a Node)> {
        let (root, _) = self.schema?;
        let own = self.said("properties").and_then(|it| it.get(name));
        let parts = self.said("allOf").map(Node::items).unwrap_or_default();
        let mut parts = parts.iter().map(|it| root.resolved(it));
        let own = own.or_else(|| parts.find_map(|it| it.get("properties")?.get(name)));
        own.map(|it| (root, it))
    }

    /// A field of an object, or a value of a map.
    fn field(self, name: &str) -> Self {
        let values = self.schema.zip(self.said("additionalProperties"));
        let values = values.map(|((root, _), it)| (root, it));
        Self {
            made: self.made.and_then(|it| it.get(name)),
            is_secret: self.is_secret || sounds_secret(name),
            ..self.with(self.property(name).or(values))
        }
    }

    fn item(self) -> Self {
        let items = self.schema.zip(self.said("items"));
        Self {
            made: self.made.and_then(|it| it.get(0)),
            ..self.with(items.map(|((root, _), it)| (root, it)))
        }
    }

    /// Whether everybody is told the value.
    fn is_public(self, value: &Value) -> bool {
        let listed = self.said("enum").map(Node::items).unwrap_or_default();
        let mut listed = listed.iter().take(MOST_LISTED);
        listed.any(|it| match (&it.value, value) {
            (Listed::String(listed), Value::String(value)) => listed == value,
            (Listed::Number(listed), Value::Number(value)) => listed == value,
            _ => false,
        })
    }
}

/// Whether what is called so is the name of a secret, which may stand beside it: `key: Admin password`.
pub(crate) fn names_secret(name: &str, value: &Value) -> bool {
    let is_sign = |it: char| it.is_alphanumeric() || "_.- ".contains(it);
    let is_name = |it: &&str| it.chars().all(is_sign) && it.split(' ').count() <= MOST_WORDS;
    let named = value.as_str().filter(is_name);
    named.is_some_and(sounds_secret) && !sounds_secret(name)
}

/// A value without secrets and sentences: what was made up stands in their place.
pub(crate) fn harmless(value: &Value, mut place: Place<'_>) -> Value {
    match value {
        Value::Object(fields) => {
            place.is_secret |= fields
                .iter()
                .any(|(name, it)| names_secret(name, it) && !place.field(name).is_public(it));
            let others = (2..).map(|number| format!("key{number}"));
            let others = iter::once("key".to_owned()).chain(others);
            let mut others = others.filter(|it| !fields.contains_key(it));
            let fields = fields.iter().map(|(name, value)| {
                // What no schema names is data.
                let is_name = is_word(name) || place.property(name).is_some();
                let own = Some(name).filter(|_| is_name).cloned();
                let key = own.or_else(|| others.next()).unwrap_or_default();
                (key, harmless(value, place.field(name)))
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => {
            place = place.item();
            let mut named = items.iter().filter(|it| names_secret("", it));
            place.is_secret |= named.any(|it| !place.is_public(it));
            items.iter().map(|it| harmless(it, place)).collect()
        }
        Value::Null | Value::Bool(_) => value.clone(),
        Value::Number(_) | Value::String(_) => {
            let is_open = place.said("x-secret").and_then(Node::as_bool) == Some(false);
            let is_secret = place.said("format").and_then(Node::as_str) == Some("password")
                || place.is_secret && !is_open;
            let is_plain = value
                .as_str()
                .is_none_or(|it| is_word(it) || has_format(it));
            if !is_secret && is_plain || place.is_public(value) {
                return value.clone();
            }
            let example = place.said("example").map(Node::to_json);
            let made = place.made.cloned();
            // Text in the place of a number is told, whatever it is.
            let other = if value.is_number() {
                json!(1)
            } else {
                json!("example")
            };
            let is_like = |it: &Value| discriminant(it) == discriminant(value);
            example.or(made).filter(is_like).unwrap_or(other)
        }
    }
}

/// Whether a value may be shown as it is.
pub(crate) fn is_harmless(value: &Value) -> bool {
    is_harmless_as("", value)
}

/// Whether a value may be shown as what is called so.
pub(crate) fn is_harmless_as(name: &str, value: &Value) -> bool {
    let place = Place::default().field(name);
    !is_deep(value) && harmless(value, place) == *value
}

/// Whether no document has a place for a value.
pub(crate) fn is_deep(value: &Value) -> bool {
    fn levels(value: &Value) -> usize {
        match value {
            Value::Array(items) => 1 + items.iter().map(levels).max().unwrap_or(0),
            Value::Object(fields) => 1 + fields.values().map(levels).max().unwrap_or(0),
            _ => 0,
        }
    }
    levels(value) > MOST_LEVELS
}

/// Whether a text is a name of a few words, none of which looks like a token.
pub(crate) fn are_words(text: &str) -> bool {
    let is_in_name = |it: &str| !it.is_empty() && !it.ends_with('.') && is_word(it);
    text.split(' ').count() <= MOST_WORDS && text.split(' ').all(is_in_name)
}

/// Whether a text is words with colons between them, as the actions of IAM are.
pub(crate) fn is_action(text: &str) -> bool {
    text.split(':').all(is_word)
}

/// Whether a text is one word, and looks like no token.
fn is_word(text: &str) -> bool {
    let is_sign = |it: u8| it.is_ascii_alphanumeric() || b"_.-".contains(&it);
    text.len() <= LONGEST && text.bytes().all(is_sign) && !is_token(text)
}

/// Whether a word is long and changes between letters and digits, or between small and large ones, more
/// often than names do; or is a secret's name with a number.
fn is_token(word: &str) -> bool {
    let kind = |it: u8| match it {
        b'0'..=b'9' => Some(0),
        b'a'..=b'z' => Some(1),
        b'A'..=b'Z' => Some(2),
        _ => None,
    };
    let kinds: Vec<Option<u8>> = word.bytes().map(kind).collect();
    // A capital begins a word.
    let is_change = |two: &&[Option<u8>]| match two {
        [Some(a), Some(b)] => a != b && (*a, *b) != (2, 1),
        _ => false,
    };
    let changes = kinds.windows(2).filter(is_change).count();
    let mut runs = kinds.chunk_by(|a, b| a == b);
    word.len() >= SHORTEST_MIXED && changes * 4 > word.len()
        || runs.any(|it| it.len() > LONGEST_RUN)
        || sounds_secret(word) && kinds.contains(&Some(0))
}

/// Whether a text has the form of an identifier, a time, an address or a type of media.
fn has_format(text: &str) -> bool {
    let is_hex =
        |it: &str, length| it.len() == length && it.bytes().all(|it| it.is_ascii_hexdigit());
    let are_hex = |sign, lengths: &[usize]| {
        let parts: Vec<&str> = text.split(sign).collect();
        let mut pairs = parts.iter().zip(lengths);
        parts.len() == lengths.len() && pairs.all(|(part, length)| is_hex(part, *length))
    };
    let media = text.split_once('/');
    text.len() <= LONGEST
        && (are_hex('-', &[8, 4, 4, 4, 12])
            || are_hex(':', &[2; 6])
            || is_moment(text)
            || is_address(text)
            || is_media_type(text) && media.is_some_and(|(_, it)| is_word(it)))
}

/// `2021-01-02`, `03:04`, `03:04:05`, or the first with one of the others and a zone behind it.
fn is_moment(text: &str) -> bool {
    let shape = text.replace(|it: char| it.is_ascii_digit(), "0");
    let date = shape.strip_prefix("0000-00-00");
    let time = match date {
        Some("") => return true,
        Some(rest) => rest.strip_prefix(['T', ' ']),
        None => Some(shape.as_str()),
    };
    let rest = time.and_then(|it| it.strip_prefix("00:00"));
    let rest = rest.map(|it| it.strip_prefix(":00").unwrap_or(it));
    let rest = rest.map(|it| match it.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches('0'),
        None => it,
    });
    rest.is_some_and(|it| ["", "Z", "+0000", "+00:00", "-0000", "-00:00"].contains(&it))
}

/// An address of a network, or of a file or a page without anything that is sent along.
fn is_address(text: &str) -> bool {
    let (host, bits) = text.split_once('/').unwrap_or((text, "0"));
    let is_net = host.parse::<IpAddr>().is_ok() && bits.parse::<u8>().is_ok();
    let url = ["http://", "https://"]
        .iter()
        .find_map(|it| text.strip_prefix(it));
    let path = url.or_else(|| text.strip_prefix('/'));
    let mut pieces = path.into_iter().flat_map(|it| it.split(['/', ':']));
    is_net
        || text.parse::<SocketAddr>().is_ok()
        || path.is_some_and(|it| !is_token(it)) && pieces.all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_formats_are_shown_and_nothing_else() {
        for text in [
            "",
            "up",
            "cn-north-4",
            "s3.large.2",
            "BatchRebootBaremetalServers",
            "Ubuntu_16.04_server_64bit",
            "5560df16-cebf-4473-95c4-d1b573c16e79",
            "2021-01-02",
            "2021-01-02T03:04:05.123Z",
            "2021-01-02 03:04:05",
            "03:04",
            "192.0.2.1",
            "192.0.2.0/24",
            "192.0.2.1:6379",
            "2001:db8::1",
            "fa:16:3e:09:31:dc",
            "/dev/vda",
            "https://ecs.example.com:443/v2.1/",
            "application/xml",
        ] {
            assert!(is_harmless(&json!(text)), "{text}");
        }
        for text in [
            "two words",
            "Opened by the harbour master.",
            "键",
            "a\nb",
            "********",
            "P@ssw0rd",
            "user:pass",
            "a=b",
            "Password123",
            "my-secret-7",
            "9f86d081884c7d659a2feaa0c55ad015",
            "AKIA5OSF0DNN7E4XAMP1Q2WZ",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dGVzdA",
            "Xy7kQ9pL2m",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "krugkidrovuwgzamjzgsaebtgba",
            "https://user@example.com/",
            "https://example.com/?token=a",
            "https://example.com/#a",
            "https://example.com/9f86d081884c7d659a2feaa0c55ad015",
            "ftp://example.com",
            "2021-01-02T03:04:05 hunter",
            "/etc/a b",
        ] {
            assert!(!is_harmless(&json!(text)), "{text}");
        }
        let long = "a-".repeat(40);
        assert!(!is_harmless(&json!(long)));
    }

    #[test]
    fn what_is_in_or_beside_a_secret_is_one() {
        for (value, shown) in [
            (
                json!({"key": "password", "value": "hunter"}),
                json!({"key": "example", "value": "example"}),
            ),
            (
                json!({"tokens": [{"a": "hunter", "b": [7, true, null]}], "c": 7}),
                json!({"tokens": [{"a": "example", "b": [1, true, null]}], "c": 7}),
            ),
            (json!(["passwd", "hunter"]), json!(["example", "example"])),
            (
                json!({"My very own key.": "a", "key2": "b", "Mine too.": "c", "And mine.": "d"}),
                json!({"key": "a", "key2": "b", "key3": "c", "key4": "d"}),
            ),
            (
                json!([{"k": "Admin password", "v": "hunter"}, {"k": "密码", "v": "hunter"}]),
                json!([{"k": "example", "v": "example"}, {"k": "example", "v": "example"}]),
            ),
            // The name is told, not what is called so.
            (
                json!({"password": "my-secret", "size": 7, "why": "The password is lost."}),
                json!({"password": "example", "size": 7, "why": "example"}),
            ),
        ] {
            assert_eq!(harmless(&value, Place::default()), shown);
            assert!(!is_harmless(&value));
        }
        assert!(!is_harmless_as("pin", &json!(1234)));
        let deep = (0..50).fold(json!(1), |inner, _| json!([inner]));
        assert!(!is_harmless(&deep) && is_deep(&deep));
    }
}
