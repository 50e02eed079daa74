//! JSON → the tree, without a parser of YAML in between. To that one a document on one line may be a
//! key up to its last bracket, so that it holds all there is in it before it tells of the first value.

use std::collections::HashSet;

use serde_json::value::RawValue;

use super::scalar::{self, Plain};
use super::tree::{DEEPEST, Entry, Node, Value};

/// Reads a text that is one object of JSON, and says the same of it as the reader of YAML. Nothing
/// where there is anything to report, or the two might differ: that reader has the words for it.
pub(super) fn parse(text: &str) -> Option<Node> {
    let mut reader = Reader {
        text,
        at: text.len() - text.trim_start_matches('\u{feff}').len(),
        entries: Vec::new(),
        items: Vec::new(),
    };
    reader.skip(BLANKS);
    if reader.next() != Some(b'{') {
        return None;
    }
    let root = reader.node(1)?;
    reader.skip(BLANKS);
    reader.next().is_none().then_some(root)
}

const BLANKS: &[u8] = b" \t\r\n";

struct Reader<'t> {
    text: &'t str,
    at: usize,
    /// What was read of all that is open, so that each list is made when it is known how long it is.
    entries: Vec<Entry>,
    items: Vec<Node>,
}

impl Reader<'_> {
    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self, these: &[u8]) {
        while self.next().is_some_and(|it| these.contains(&it)) {
            self.at += 1;
        }
    }

    fn takes(&mut self, byte: u8) -> bool {
        let takes = self.next() == Some(byte);
        self.at += usize::from(takes);
        takes
    }

    fn node(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let value = match self.next()? {
            b'{' | b'[' if depth > DEEPEST => return None,
            b'{' => self.mapping(depth)?,
            b'[' => self.sequence(depth)?,
            b'"' => Value::String(self.string()?),
            _ => self.plain()?,
        };
        let span = start..self.at;
        Some(Node { span, value })
    }

    fn mapping(&mut self, depth: usize) -> Option<Value> {
        let first = self.entries.len();
        self.each(b'}', &mut |this| {
            let start = this.at;
            let key = this.string()?;
            let key_span = start..this.at;
            // YAML cares where the colon stands, and not for a tab behind it.
            this.skip(b" ");
            if !this.takes(b':') || this.next() == Some(b'\t') {
                return None;
            }
            this.skip(BLANKS);
            let value = this.node(depth + 1)?;
            this.entries.push(Entry {
                key,
                key_span,
                value,
            });
            Some(())
        })?;
        let entries: Vec<_> = self.entries.drain(first..).collect();
        let mut keys = HashSet::with_capacity(entries.len());
        let are_unique = entries.iter().all(|it| keys.insert(it.key.as_str()));
        are_unique.then_some(Value::Mapping(entries))
    }

    fn sequence(&mut self, depth: usize) -> Option<Value> {
        let first = self.items.len();
        self.each(b']', &mut |this| {
            let item = this.node(depth + 1)?;
            this.items.push(item);
            Some(())
        })?;
        Some(Value::Sequence(self.items.drain(first..).collect()))
    }

    /// Reads what stands between brackets, with commas in between.
    fn each(&mut self, end: u8, one: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.at += 1;
        self.skip(BLANKS);
        if self.takes(end) {
            return Some(());
        }
        loop {
            one(self)?;
            self.skip(BLANKS);
            if self.takes(end) {
                return Some(());
            }
            if !self.takes(b',') {
                return None;
            }
            self.skip(BLANKS);
        }
    }

    fn string(&mut self) -> Option<String> {
        let start = self.at;
        if !self.takes(b'"') {
            return None;
        }
        let mut is_escaped = false;
        loop {
            match self.next()? {
                b'"' => break,
                b'\\' => {
                    is_escaped = true;
                    self.at += 2;
                }
                0..b' ' => return None,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        match is_escaped {
            true => serde_json::from_str(self.text.get(start..self.at)?).ok(),
            false => Some(self.text.get(start + 1..self.at - 1)?.to_owned()),
        }
    }

    /// A number, `true`, `false` or `null`.
    fn plain(&mut self) -> Option<Value> {
        let rest = self.text.get(self.at..)?;
        let end = rest.find([',', ']', '}', ' ', '\t', '\r', '\n'])?;
        serde_json::from_str::<&RawValue>(&rest[..end]).ok()?;
        self.at += end;
        match scalar::resolve(&rest[..end]) {
            Plain::Value(value) => Some(value),
            Plain::NoJsonNumber => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parse::parse_yaml;
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::Source;

    /// The tree of a text, which is the one that the reader of YAML makes of it too.
    fn read(text: &str) -> Option<Node> {
        let tree = parse(text)?;
        let source = Source::new("a.json", text);
        let mut report = Report::new(&source);
        let yaml = parse_yaml(text, &mut report);
        let found = report.finish();
        assert_eq!(
            (Some(&tree), found.iter().count()),
            (yaml.as_ref(), 0),
            "{text:?}"
        );
        Some(tree)
    }

    #[test]
    fn json_is_what_yaml_says_it_is() {
        for text in [
            "{}",
            "\u{feff} {\"a\": [], \"b\":{\"c\":[1,-2.5e3,1e400,-0,0.1]}}\n",
            "{\"a\": true, \"b\" : [false,null ], \"<<\": {\"~\": \"~\"}, \"\": \"\"}",
            "{\r\n\t\"\u{e9}\": \"\u{1f600}\u{feff}\u{85}\u{2028}\\ud83d\\ude00\\/\\b\\f\\n\\r\\t\\\\\\\"\\u0000\"\n}",
            "{\n\"a\": # no comment\n1}",
            "{\"123456789012345678901234567890\": 123456789012345678901234567890}",
        ] {
            assert_eq!(read(text).is_some(), !text.contains('#'), "{text:?}");
        }
    }

    #[test]
    fn what_is_wrong_or_doubtful_is_left_to_the_reader_of_yaml() {
        let deep = |n: usize| format!("{{\"a\": {}{}}}", "[".repeat(n), "]".repeat(n));
        assert!(read(&deep(63)).is_some());
        let deep = deep(64);
        for text in [
            "",
            "[]",
            "a: b",
            "{\"a\": 1, \"a\": 2}",
            "{\"a\": 1,}",
            "{\"a\"\n: 1}",
            "{\"a\":\t1}",
            "{a: 1}",
            "{\"a\": 'b'}",
            "{\"a\": 01}",
            "{\"a\": .inf}",
            "{\"a\": \"\\ud83d\"}",
            "{\"a\": \"b\nc\"}",
            "{\"a\": \"\\x41\"}",
            "{\"a\": \"b",
            "{\"a\": \"b\\",
            "{\"a\": 1",
            "{\"a\": 1} {}",
            "{\"a\": 1}\n---\n",
            &deep,
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_read_is_read_alike(
            parts in proptest::collection::vec(
                prop_oneof![
                    Just("{\"a\":"), Just("}"), Just("["), Just("]"), Just(","), Just("\"b\":"),
                    Just("\"c\""), Just("\"\\u00e9\\n\""), Just(" "), Just("\t"), Just("\n"),
                    Just("\r\n"), Just("-1.50"), Just("1E+2"), Just("null"), Just("\"# : - \""),
                ],
                0..24,
            ),
        ) {
            let mut text = format!("{{\"z\":{}", parts.concat());
            for open in ["", "]", "}", "1]", "1}"] {
                text.push_str(open);
                read(&text);
                read(&format!("{text}}}"));
            }
        }
    }
}
