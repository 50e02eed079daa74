//! YAML as far as `clouds.yaml` uses it: mappings, lists and texts, with the line of each.
//!
//! A text without quotes is what is written, be it a number or a word: a password `0123` or `yes`
//! is meant as it stands.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};
use zeroize::Zeroizing;

/// Mappings and lists inside each other.
const DEEPEST: usize = 32;
/// Values of a file, those that aliases repeat among them.
const MOST: usize = 20_000;
/// The key whose mapping is taken over.
const MERGE: &str = "<<";

/// A value and where it is.
#[derive(Clone)]
pub(super) struct Node {
    pub(super) line: usize,
    pub(super) value: Value,
}

#[derive(Clone)]
pub(super) enum Value {
    Null,
    Text(Rc<Zeroizing<String>>),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// Where the text is none, and what is wrong there.
pub(super) struct Wrong {
    pub(super) line: usize,
    pub(super) what: &'static str,
}

impl Node {
    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    pub(super) fn fields(&self) -> Option<&[(String, Node)]> {
        match &self.value {
            Value::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// The value of a key, for which `-` is as good as `_`.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let is_it = |given: &str| match given.contains('-') {
            true => given.replace('-', "_") == key,
            false => given == key,
        };
        let fields = self.fields()?.iter();
        fields
            .filter(|(given, _)| is_it(given))
            .map(|(_, value)| value)
            .find(|value| !value.is_null())
    }

    /// Lays another value over this one: mappings are joined, everything else is replaced.
    pub(super) fn lay_over(&mut self, other: Node) {
        match (&mut self.value, other.value) {
            (Value::Map(fields), Value::Map(others)) => {
                for (key, value) in others {
                    match fields.iter_mut().find(|(known, _)| *known == key) {
                        Some((_, known)) => known.lay_over(value),
                        None => fields.push((key, value)),
                    }
                }
            }
            (_, value) => {
                *self = Node {
                    line: other.line,
                    value,
                }
            }
        }
    }
}

/// Reads a text that holds one document, or none.
pub(super) fn parse(text: &str) -> Result<Node, Wrong> {
    let mut reader = Reader {
        events: Parser::new_from_str(text),
        anchors: HashMap::new(),
        values: 0,
    };
    let mut root = None;
    loop {
        let (event, line) = reader.next()?;
        match event {
            Event::StreamEnd => break,
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
            _ if root.is_some() => {
                let what = "YAML of one document";
                return Err(Wrong { line, what });
            }
            event => root = Some(reader.node(event, line, 1)?),
        }
    }
    Ok(root.unwrap_or(Node {
        line: 1,
        value: Value::Null,
    }))
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    anchors: HashMap<usize, Node>,
    values: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, usize), Wrong> {
        match self.events.next_event() {
            Some(Ok((event, span))) => Ok((event, span.start.line())),
            // Its message can quote the text.
            Some(Err(error)) => Err(Wrong {
                line: error.marker().line(),
                what: "YAML",
            }),
            None => Ok((Event::StreamEnd, 1)),
        }
    }

    fn node(&mut self, event: Event<'a>, line: usize, depth: usize) -> Result<Node, Wrong> {
        self.count(1, line)?;
        if depth > DEEPEST {
            let what = "YAML of a reasonable depth";
            return Err(Wrong { line, what });
        }
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => (scalar(text, style), anchor),
            Event::SequenceStart(anchor, _) => (self.list(depth)?, anchor),
            Event::MappingStart(anchor, _) => (self.map(depth)?, anchor),
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                let node = node.ok_or(Wrong {
                    line,
                    what: "YAML: an alias stands in what it repeats",
                })?;
                self.count(size(&node), line)?;
                return Ok(node);
            }
            // The other events never begin a value.
            _ => (Value::Null, 0),
        };
        let node = Node { line, value };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    /// A few lines of aliases of aliases can stand for more values than there is memory.
    fn count(&mut self, values: usize, line: usize) -> Result<(), Wrong> {
        self.values = self.values.saturating_add(values);
        if self.values <= MOST {
            return Ok(());
        }
        Err(Wrong {
            line,
            what: "YAML of a reasonable size",
        })
    }

    fn list(&mut self, depth: usize) -> Result<Value, Wrong> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::List(items)),
                (event, line) => items.push(self.node(event, line, depth + 1)?),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value, Wrong> {
        let mut fields: Vec<(String, Node)> = Vec::new();
        let mut merged = Vec::new();
        loop {
            let (event, line) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let key = self.node(event, line, depth + 1)?;
            let (event, at) = self.next()?;
            let value = self.node(event, at, depth + 1)?;
            let key = key.text().unwrap_or_default().to_owned();
            if key == MERGE {
                merged.push(value);
            } else if fields.iter().any(|(known, _)| *known == key) {
                let what = "YAML: this key is there twice";
                return Err(Wrong { line, what });
            } else {
                fields.push((key, value));
            }
        }
        // What stands in the mapping itself counts, then the first of those taken over.
        for value in merged {
            let sources = match value.value {
                Value::List(items) => items,
                _ => vec![value],
            };
            for source in sources {
                let Value::Map(more) = source.value else {
                    continue;
                };
                for (key, value) in more {
                    if fields.iter().all(|(known, _)| *known != key) {
                        fields.push((key, value));
                    }
                }
            }
        }
        Ok(Value::Map(fields))
    }
}

fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Value {
    let is_plain = style == ScalarStyle::Plain;
    if is_plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") {
        return Value::Null;
    }
    Value::Text(Rc::new(Zeroizing::new(text.into_owned())))
}

fn size(node: &Node) -> usize {
    match &node.value {
        Value::Null | Value::Text(_) => 1,
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Map(fields) => 1 + fields.iter().map(|(_, value)| size(value)).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, (usize, &'static str)> {
        parse(text).map_err(|wrong| (wrong.line, wrong.what))
    }

    fn at<'n>(node: &'n Node, path: &str) -> Option<&'n str> {
        path.split('.')
            .try_fold(node, |node, key| node.get(key))?
            .text()
    }

    #[test]
    fn texts_are_what_is_written() {
        let node = read(
            "a: {n: 0123, yes: yes, e: 1e5, q: \"a\\tb\", s: 'it''s', x-y: d}\n\
             b: |\n  two\n  lines\nc: ~\nd: null\ne:\nf: ''\n",
        )
        .unwrap();
        for (path, text) in [
            ("a.n", Some("0123")),
            ("a.yes", Some("yes")),
            ("a.e", Some("1e5")),
            ("a.q", Some("a\tb")),
            ("a.s", Some("it's")),
            ("a.x_y", Some("d")),
            ("b", Some("two\nlines\n")),
            ("c", None),
            ("d", None),
            ("e", None),
            ("f", Some("")),
        ] {
            assert_eq!(at(&node, path), text, "{path}");
        }
        assert_eq!(node.get("f").map(|it| it.line), Some(8));
    }

    #[test]
    fn json_is_read_too() {
        let node = read("{\n\t\"a\": {\n\t\t\"b\": \"c\\/\\u00e9\\\"\",\n\t\t\"d\": 12\n\t}\n}\n")
            .unwrap();
        assert_eq!(at(&node, "a.b"), Some("c/é\""));
        assert_eq!(at(&node, "a.d"), Some("12"));
    }

    #[test]
    fn aliases_and_merge_keys_are_followed() {
        let node = read(
            "base: &base {u: one, p: two}\nmore: &more {p: three, q: four}\n\
             x: {<<: *base, u: own}\ny: {<<: [*base, *more]}\nz: *base\n",
        )
        .unwrap();
        for (path, text) in [
            ("x.u", "own"),
            ("x.p", "two"),
            ("y.p", "two"),
            ("y.q", "four"),
            ("z.u", "one"),
        ] {
            assert_eq!(at(&node, path), Some(text), "{path}");
        }
    }

    #[test]
    fn a_layer_joins_mappings_and_replaces_the_rest() {
        let mut node = read("a: {b: {c: 1, d: 2}, e: [1, 2]}").unwrap();
        node.lay_over(read("a: {b: {d: 3}, e: [4], f: 5}").unwrap());
        assert_eq!(at(&node, "a.b.c"), Some("1"));
        assert_eq!(at(&node, "a.b.d"), Some("3"));
        assert_eq!(at(&node, "a.f"), Some("5"));
        let Value::List(items) = &node.get("a").unwrap().get("e").unwrap().value else {
            panic!("no list")
        };
        assert_eq!(items.len(), 1);
    }

    #[test]
    fn what_is_no_yaml_or_too_much_has_a_line() {
        let deep = "[".repeat(200);
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..9 {
            let alias = format!("*a{}, ", n - 1).repeat(10);
            bomb.push_str(&format!("a{n}: &a{n} [{alias}]\n"));
        }
        for (text, line) in [
            ("a: [1\nb: 2", 2),
            ("a: 1\na: 2", 2),
            ("a: 1\n---\nb: 2", 3),
            ("a: *nowhere", 1),
            ("a: &a [*a]", 1),
            ("a: b: c", 1),
            (deep.as_str(), 1),
            (bomb.as_str(), 4),
        ] {
            let Err((found, what)) = read(text) else {
                panic!("{text:.40}")
            };
            assert!(
                found.abs_diff(line) <= 1,
                "{text:.40}: line {found}, {what}"
            );
        }
    }

    #[test]
    fn no_text_panics() {
        proptest::proptest!(|(text in "[-\\[\\]{}:,?&*!|>'\"%@`# \\n\\ta-c<~0é]*")| {
            let _ = parse(&text);
        });
    }
}
