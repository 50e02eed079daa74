//! YAML events → the tree, with every place turned into bytes.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, StrInput};

use super::offsets::Offsets;
use super::tree::{DEEPEST, Entry, Node, Span, Value};
use super::{json, merge};
use super::{scalar, surrogates, tags};
use crate::diagnostic::{Report, codes};

/// Values that aliases may add to a document: far more than any real one, and little memory.
const MOST_EXPANDED: usize = 50_000;
/// From this many keys on, a mapping's keys are found by hash.
const MANY_KEYS: usize = 24;

/// Reading ended early; the reason is in the report.
struct Stopped;

type Read<T> = Result<T, Stopped>;

/// Reads a text; `None` if it holds no document that could be read to its end.
pub(super) fn parse(text: &str, report: &mut Report<'_>) -> Option<Node> {
    json::parse(text).or_else(|| parse_yaml(text, report))
}

/// The same, whatever it is.
pub(super) fn parse_yaml(text: &str, report: &mut Report<'_>) -> Option<Node> {
    let body = text.trim_start_matches('\u{feff}');
    let skipped = text.len() - body.len();
    let joined = surrogates::join(body);
    let (shown, offsets) = match joined {
        None => (body, Offsets::new(body, skipped)),
        Some((ref shown, bytes)) => (
            shown.as_str(),
            Offsets::of_replaced(bytes, skipped, body.len()),
        ),
    };
    let mut reader = Reader {
        events: Parser::new_from_str(shown),
        offsets,
        text,
        anchors: HashMap::new(),
        expanded: 0,
        report,
    };
    reader.document().unwrap_or_default()
}

/// A value an alias can repeat.
struct Anchor {
    node: Node,
    values: usize,
    height: usize,
}

struct Reader<'a, 'r, 'p> {
    events: Parser<'a, StrInput<'a>>,
    offsets: Offsets,
    text: &'a str,
    anchors: HashMap<usize, Anchor>,
    expanded: usize,
    report: &'r mut Report<'p>,
}

impl<'a> Reader<'a, '_, '_> {
    fn document(&mut self) -> Read<Option<Node>> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    self.report
                        .error(
                            codes::SEVERAL_DOCUMENTS,
                            &self.visible(span),
                            "the file holds a second YAML document",
                            "it begins here",
                        )
                        .help("keep one OpenAPI document in a file");
                    break;
                }
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
                event => root = Some(self.node(event, span, 1)?),
            }
        }
        if root.is_none() {
            self.report
                .error(codes::EMPTY, &(0..0), "the file holds no document", "")
                .help("write an OpenAPI 3.0 document, beginning with `openapi: 3.0.3`");
        }
        Ok(root)
    }

    fn next(&mut self) -> Read<(Event<'a>, Span)> {
        match self.events.next_event() {
            Some(Ok((event, span))) => Ok((event, self.bytes(span.start, span.end))),
            Some(Err(error)) => {
                self.syntax_error(&error);
                Err(Stopped)
            }
            None => Ok((Event::StreamEnd, self.text.len()..self.text.len())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Read<Node> {
        let (node, anchor) = match event {
            Event::Alias(anchor) => return self.alias(anchor, span, depth),
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.trimmed(span);
                let value = tags::scalar(&text, style, tag.as_deref(), &span, self.report);
                (Node { span, value }, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.enter(depth, &span)?;
                tags::collection(tag.as_deref(), "seq", &span, self.report);
                (self.sequence(span, depth)?, anchor)
            }
            Event::MappingStart(anchor, tag) => {
                self.enter(depth, &span)?;
                tags::collection(tag.as_deref(), "map", &span, self.report);
                (self.mapping(span, depth)?, anchor)
            }
            // The other events never begin a value.
            _ => (
                Node {
                    span,
                    value: Value::Null,
                },
                0,
            ),
        };
        if anchor > 0 {
            let (values, height) = measure(&node);
            let node = node.clone();
            self.anchors.insert(
                anchor,
                Anchor {
                    node,
                    values,
                    height,
                },
            );
        }
        Ok(node)
    }

    fn sequence(&mut self, span: Span, depth: usize) -> Read<Node> {
        let mut items: Vec<Node> = Vec::new();
        loop {
            let (event, at) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                let span = closed(&span, &at, items.last().map(|item| item.span.end));
                items.shrink_to_fit();
                let value = Value::Sequence(items);
                return Ok(Node { span, value });
            }
            items.push(self.node(event, at, depth + 1)?);
        }
    }

    fn mapping(&mut self, span: Span, depth: usize) -> Read<Node> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut merges: Vec<merge::Merge> = Vec::new();
        let mut index: HashMap<String, usize> = HashMap::new();
        let mut end = None;
        loop {
            let (event, at) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                let span = closed(&span, &at, end);
                let mut entries = merge::apply(entries, merges, self.report);
                entries.shrink_to_fit();
                let value = Value::Mapping(entries);
                return Ok(Node { span, value });
            }
            let key = self.key(event, at, depth)?;
            let (event, at) = self.next()?;
            let value = self.node(event, at, depth + 1)?;
            end = Some(value.span.end);
            let (key, key_span) = match key {
                Key::Text(key, span) => (key, span),
                Key::Merge(key_span) => {
                    let position = entries.len();
                    merges.push(merge::Merge {
                        position,
                        key_span,
                        value,
                    });
                    continue;
                }
                Key::Refused => continue,
            };
            let earlier = if entries.len() < MANY_KEYS {
                entries.iter().position(|entry| entry.key == key)
            } else {
                if index.is_empty() {
                    index = entries
                        .iter()
                        .map(|entry| entry.key.clone())
                        .zip(0..)
                        .collect();
                }
                index.get(&key).copied()
            };
            if let Some(first) = earlier.and_then(|at| entries.get(at)) {
                self.report
                    .error(
                        codes::DUPLICATE_KEY,
                        &key_span,
                        format!("the key `{key}` is there twice"),
                        "this one",
                    )
                    .related(&first.key_span, "the first one")
                    .help("keep one of them; readers of YAML differ in which one they take");
                continue;
            }
            if entries.len() >= MANY_KEYS {
                index.insert(key.clone(), entries.len());
            }
            entries.push(Entry {
                key,
                key_span,
                value,
            });
        }
    }

    fn key(&mut self, event: Event<'a>, span: Span, depth: usize) -> Read<Key> {
        if let Event::Scalar(text, ScalarStyle::Plain, 0, None) = &event {
            if text == "<<" {
                return Ok(Key::Merge(span));
            }
            if scalar::is_whole_number(text) {
                return Ok(Key::Text(text.to_string(), span));
            }
        }
        let node = self.node(event, span, depth + 1)?;
        let written = self.text.get(node.span.clone()).unwrap_or_default();
        let as_written = Key::Text(written.to_owned(), node.span.clone());
        let (label, key) = match &node.value {
            Value::String(text) => return Ok(Key::Text(text.clone(), node.span)),
            Value::Null => ("nothing", as_written),
            Value::Bool(_) => ("true or false", as_written),
            Value::Number(_) => ("a number", as_written),
            Value::Sequence(_) => ("a list", Key::Refused),
            Value::Mapping(_) => ("a mapping", Key::Refused),
        };
        self.report
            .error(
                codes::KEY_NOT_TEXT,
                &node.span,
                format!("a key must be text, but this one is {label}"),
                format!("read as {label}"),
            )
            .help("put the key in quotes");
        Ok(key)
    }

    fn alias(&mut self, anchor: usize, span: Span, depth: usize) -> Read<Node> {
        let Some(anchor) = self.anchors.get(&anchor) else {
            self.report
                .error(
                    codes::ALIAS,
                    &span,
                    "the alias stands inside the value it repeats",
                    "this would never end",
                )
                .help("write the value out, or describe the recursion with `$ref`");
            let value = Value::Null;
            return Ok(Node { span, value });
        };
        let height = anchor.height;
        self.expanded = self.expanded.saturating_add(anchor.values);
        if self.expanded > MOST_EXPANDED {
            let message = format!("the aliases add more than {MOST_EXPANDED} values");
            self.report
                .error(codes::ALIAS, &span, message, "the limit is passed here")
                .help("share parts with `$ref` and `components` instead");
            return Err(Stopped);
        }
        let value = anchor.node.value.clone();
        self.enter(depth + height, &span)?;
        Ok(Node { span, value })
    }

    fn enter(&mut self, depth: usize, span: &Span) -> Read<()> {
        if depth <= DEEPEST {
            return Ok(());
        }
        self.too_deep(span);
        Err(Stopped)
    }

    fn too_deep(&mut self, span: &Span) {
        let message = format!("lists and mappings are nested more than {DEEPEST} deep");
        self.report
            .error(codes::TOO_DEEP, span, message, "one level too many")
            .help("move inner schemas to `components` and refer to them");
    }

    fn syntax_error(&mut self, error: &ScanError) {
        let at = self.bytes(*error.marker(), *error.marker());
        let info = error.info();
        // The scanner reads ahead and has a limit of its own for brackets.
        if info.contains("recursion limit") {
            return self.too_deep(&self.visible(at));
        }
        let span = self.visible(at);
        self.report
            .error(
                codes::SYNTAX,
                &span,
                format!("this is not valid YAML: {info}"),
                "cannot be read",
            )
            .help(syntax_help(info));
    }

    fn bytes(&self, start: Marker, end: Marker) -> Span {
        let start = self.offsets.byte(start.index());
        start..self.offsets.byte(end.index()).max(start)
    }

    /// Cuts off the blanks a block scalar ends with.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.text.get(span.clone()).unwrap_or_default();
        span.start..span.start + text.trim_end().len()
    }

    /// Widens an empty place to a character that can be seen: the one there, or the last before.
    fn visible(&self, span: Span) -> Span {
        if !span.is_empty() {
            return span;
        }
        let after = self.text.get(span.start..).unwrap_or_default();
        if let Some(first) = after.chars().next().filter(|first| !first.is_whitespace()) {
            return span.start..span.start + first.len_utf8();
        }
        let before = self.text.get(..span.start).unwrap_or_default().trim_end();
        match before.chars().next_back() {
            Some(last) if after.trim().is_empty() => before.len() - last.len_utf8()..before.len(),
            _ => span,
        }
    }
}

enum Key {
    Text(String, Span),
    Merge(Span),
    Refused,
}

/// What to do about an error, by the words the parser has for it.
fn syntax_help(info: &str) -> &'static str {
    if info.contains("tab") {
        "indent with spaces; YAML allows no tabs there"
    } else if info.contains("unknown anchor") {
        "define the anchor with `&name` before `*name` uses it"
    } else if info.contains("mapping values are not allowed") || info.contains("':'") {
        "quote a value that contains `: `, and align the keys of a mapping"
    } else if info.contains("unexpected character") {
        "quote a value that begins with this character"
    } else if info.contains("quoted scalar") || info.contains("end of stream") {
        "close the quotation marks, brackets and braces that are open"
    } else {
        "look at the indentation and at brackets or quotation marks left open just before"
    }
}

/// Where a collection ends: at its bracket, or in block style with its last value.
fn closed(start: &Span, end: &Span, last: Option<usize>) -> Span {
    let stop = if end.is_empty() {
        last.unwrap_or(start.end)
    } else {
        // The parser counts blanks and a comment behind the bracket in.
        end.start + 1
    };
    start.start..stop.max(start.end)
}

/// How many values a node holds, itself included, and how deeply they are nested.
fn measure(node: &Node) -> (usize, usize) {
    let add = |(values, height): (usize, usize), child: &Node| {
        let (more, higher) = measure(child);
        (values + more, height.max(higher))
    };
    match &node.value {
        Value::Sequence(items) => {
            let (values, height) = items.iter().fold((1, 0), add);
            (values, height + 1)
        }
        Value::Mapping(entries) => {
            let values = entries.iter().map(|entry| &entry.value);
            let (values, height) = values.fold((1, 0), add);
            (values, height + 1)
        }
        _ => (1, 0),
    }
}
