//! A YAML document as a tree in which every key and value knows the bytes it was written in.

pub use crate::source::Span;

/// Lists and mappings inside each other; the deepest real document seen has 24.
pub(super) const DEEPEST: usize = 64;

/// A value of the document with its place in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The bytes that hold the value.
    pub span: Span,
    /// The value itself.
    pub value: Value,
}

/// What a YAML node holds, after anchors and merge keys were resolved.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer or a float.
    Number(serde_json::Number),
    /// Any other scalar.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A map in the order it was written; keys are unique.
    Mapping(Vec<Entry>),
}

/// One `key: value` of a mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text; an integer key such as `200` is its text.
    pub key: String,
    /// The bytes that hold the key.
    pub key_span: Span,
    /// The value beside the key.
    pub value: Node,
}

/// A part of a JSON pointer as it is written.
pub fn escaped(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// A part of a JSON pointer as it was before it was written: `~1` is `/`, `~0` is `~`.
pub(crate) fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// A text without percent escapes: `%7B` is `{`.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let escaped = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        match escaped.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Node {
    /// What the value is, as messages say it.
    pub(crate) fn in_words(&self) -> &'static str {
        match &self.value {
            Value::Null if self.span.is_empty() => "nothing",
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(number) => match number.as_f64() {
                Some(value) if value < 0.0 => "a negative number",
                Some(value) if value.fract() != 0.0 => "a fraction",
                _ => "a number",
            },
            Value::String(_) => "text",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The value beside `key`, if this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry of `key`, if this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; none for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// A number, with as many digits as the document has, up to 64 bits.
    pub fn as_number(&self) -> Option<&serde_json::Number> {
        match &self.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The value of a number that is a whole number of at least 0.
    pub fn as_u64(&self) -> Option<u64> {
        match &self.value {
            Value::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    /// The value of a number.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// The node a JSON pointer leads to (`/paths/~1v1/get`); the empty pointer is the node itself.
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut node = self;
        for token in pointer.strip_prefix('/')?.split('/') {
            let token = unescaped(token);
            node = match &node.value {
                Value::Mapping(_) => node.get(&token)?,
                Value::Sequence(items) => items.get(token.parse::<usize>().ok()?)?,
                _ => return None,
            };
        }
        Some(node)
    }

    /// The node a `$ref` of this document leads to (`#/components/schemas/X`), percent-decoding aside.
    pub fn reference(&self, reference: &str) -> Option<&Node> {
        self.pointer(reference.strip_prefix('#')?)
    }

    /// A node of this document, or what its `$ref` leads to, through as many references as there are.
    pub fn resolved<'a>(&'a self, node: &'a Node) -> &'a Node {
        let mut node = node;
        // A chain longer than this goes in a circle, which `check` reports.
        for _ in 0..16 {
            let reference = node.get("$ref").and_then(Node::as_str);
            match reference.and_then(|reference| self.reference(reference)) {
                Some(target) => node = target,
                None => break,
            }
        }
        node
    }

    /// The same value without places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => serde_json::Value::Number(number.clone()),
            Value::String(text) => text.as_str().into(),
            Value::Sequence(items) => items.iter().map(Node::to_json).collect(),
            Value::Mapping(entries) => entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.value.to_json()))
                .collect(),
        }
    }
}
