//! Where the values of a JSON text stand.

use crate::block::Lines;
use crate::slice::Slice;
use std::collections::HashMap;

use serde_json::Value;

/// The place of each value of a parsed text: that of its key, where it has one.
pub(super) struct Places {
    /// By the address of the value, which stays where it is as long as it is borrowed.
    known: HashMap<*const Value, Lines>,
}

impl Places {
    /// Values stand in the text in the order in which they were parsed. A key that was said twice
    /// has lost a value; then no place is known.
    pub(super) fn new(root: &Value, text: &str) -> Self {
        let places = places(text);
        let values = values(root);
        let is_whole = places.len() == values.len();
        let values = values.into_iter().map(std::ptr::from_ref);
        let known = values.zip(places).filter(|_| is_whole);
        Self {
            known: known.collect(),
        }
    }

    /// The place of a value; the first line where it is not known.
    pub(super) fn of(&self, value: &Value) -> Lines {
        let place = self.known.get(&std::ptr::from_ref(value));
        place.copied().unwrap_or(Lines::of(1))
    }
}

/// Every value of a parsed text, in order.
pub(super) fn values(root: &Value) -> Vec<&Value> {
    let (mut all, mut left) = (Vec::new(), vec![root]);
    while let Some(value) = left.pop() {
        all.push(value);
        match value {
            Value::Array(items) => left.extend(items.iter().rev()),
            Value::Object(object) => left.extend(object.values().rev()),
            _ => {}
        }
    }
    all
}

/// The place of every value of a text that is known to be JSON, in order.
fn places(text: &str) -> Vec<Lines> {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    // Up to where characters are counted, and the place there.
    let (mut counted, mut line, mut column) = (0, 1, 1);
    // The place of the key whose value is next.
    let mut key = None;
    while let Some(byte) = bytes.get(at) {
        let letters = bytes.get(counted..at).unwrap_or_default().iter();
        column += letters.filter(|it| (**it as i8) >= -0x40).count();
        counted = at;
        let here = Lines::at(line, column);
        at += 1;
        match byte {
            b'\n' => (counted, line, column) = (at, line + 1, 1),
            b'"' => {
                at = end_of_string(bytes, at);
                let rest = bytes.from(at);
                let next = rest.iter().find(|it| !it.is_ascii_whitespace());
                match next {
                    Some(b':') => key = Some(here),
                    _ => out.push(key.take().unwrap_or(here)),
                }
            }
            b'{' | b'[' => out.push(key.take().unwrap_or(here)),
            b'}' | b']' | b',' | b':' => {}
            byte if byte.is_ascii_whitespace() => {}
            _ => {
                out.push(key.take().unwrap_or(here));
                let rest = bytes.from(at);
                let ends = |it: &u8| it.is_ascii_whitespace() || b",]}".contains(it);
                at += rest.iter().position(ends).unwrap_or(rest.len());
            }
        }
    }
    out
}

/// The byte behind the end of a string that begins before a byte.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'\\' => 2,
            b'"' => return at + 1,
            _ => 1,
        };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_their_keys_are() {
        let text = "{\n \"a\": {\"b\\\"}\":\n  [1, -2.5e3,\n \"x:\", {}]},\n \"name\": \"a\",\n \"c\" : null, \"d\": true\n}";
        let root: Value = serde_json::from_str(text).expect("JSON");
        let places = Places::new(&root, text);
        for (pointer, place) in [
            ("", "1:1"),
            ("/a", "2:2"),
            ("/a/b\"}", "2:8"),
            ("/a/b\"}/0", "3:4"),
            ("/a/b\"}/1", "3:7"),
            ("/a/b\"}/2", "4:2"),
            ("/a/b\"}/3", "4:8"),
            ("/name", "5:2"),
            ("/c", "6:2"),
            ("/d", "6:14"),
        ] {
            let value = root.pointer(pointer).expect(pointer);
            assert_eq!(places.of(value).to_string(), place, "{pointer}");
        }
        assert_eq!(places.of(&Value::Null), Lines::of(1));
    }

    /// Some definitions are one line, in words of many bytes a letter.
    #[test]
    fn columns_count_characters() {
        let text = "{\"词语\":\"数\\\"据\",\"b\":[\"é\",2]}";
        let root: Value = serde_json::from_str(text).expect("JSON");
        let places = Places::new(&root, text);
        for (pointer, column) in [("/词语", 2), ("/b", 14), ("/b/0", 19), ("/b/1", 23)] {
            let value = root.pointer(pointer).expect(pointer);
            assert_eq!(places.of(value), Lines::at(1, column), "{pointer}");
        }
    }

    #[test]
    fn a_key_said_twice_leaves_no_place_known() {
        let text = "{\n\"a\": 1,\n\"a\": 2}";
        let root: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(Places::new(&root, text).of(&root["a"]), Lines::of(1));
    }
}
