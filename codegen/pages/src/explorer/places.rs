//! Where the values of a JSON text stand.

use crate::slice::Slice;
use std::collections::HashMap;

use serde_json::Value;

/// The line of each value of a parsed text: that of its key, where it has one.
pub(super) struct Places {
    /// By the address of the value, which stays where it is as long as it is borrowed.
    lines: HashMap<*const Value, usize>,
}

impl Places {
    /// Values stand in the text in the order in which they were parsed. A key that was said twice
    /// has lost a value; then no line is known.
    pub(super) fn new(root: &Value, text: &str) -> Self {
        let lines = lines(text);
        let mut values = Vec::with_capacity(lines.len());
        let mut left = vec![root];
        while let Some(value) = left.pop() {
            values.push(std::ptr::from_ref(value));
            match value {
                Value::Array(items) => left.extend(items.iter().rev()),
                Value::Object(object) => left.extend(object.values().rev()),
                _ => {}
            }
        }
        let is_whole = lines.len() == values.len();
        let known = values.into_iter().zip(lines).filter(|_| is_whole);
        Self {
            lines: known.collect(),
        }
    }

    /// The line of a value; the first where it is not known.
    pub(super) fn line(&self, value: &Value) -> usize {
        let line = self.lines.get(&std::ptr::from_ref(value));
        line.copied().unwrap_or(1)
    }
}

/// The line of every value of a text that is known to be JSON, in order.
fn lines(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let (mut out, mut at, mut line) = (Vec::new(), 0, 1);
    // The line of the key whose value is next.
    let mut key = None;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\n' => line += 1,
            b'"' => {
                at = end_of_string(bytes, at);
                let rest = bytes.from(at);
                let next = rest.iter().find(|it| !it.is_ascii_whitespace());
                match next {
                    Some(b':') => key = Some(line),
                    _ => out.push(key.take().unwrap_or(line)),
                }
            }
            b'{' | b'[' => out.push(key.take().unwrap_or(line)),
            b'}' | b']' | b',' | b':' => {}
            byte if byte.is_ascii_whitespace() => {}
            _ => {
                out.push(key.take().unwrap_or(line));
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
        for (pointer, line) in [
            ("", 1),
            ("/a", 2),
            ("/a/b\"}", 2),
            ("/a/b\"}/0", 3),
            ("/a/b\"}/1", 3),
            ("/a/b\"}/2", 4),
            ("/a/b\"}/3", 4),
            ("/name", 5),
            ("/c", 6),
            ("/d", 6),
        ] {
            let value = root.pointer(pointer).expect(pointer);
            assert_eq!(places.line(value), line, "{pointer}");
        }
        assert_eq!(places.line(&Value::Null), 1);
    }

    #[test]
    fn a_key_said_twice_leaves_no_line_known() {
        let text = "{\n\"a\": 1,\n\"a\": 2}";
        let root: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(Places::new(&root, text).line(&root["a"]), 1);
    }
}
