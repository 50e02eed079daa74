//! Examples of requests and responses.

use std::collections::HashMap;

use serde_json::Value;

use super::page::{Page, Placed};
use super::source;
use crate::block::{Block, Lines};
use crate::facts::{Example, ExampleBody, Fact, FactSource, FieldFacts, SourceKind};
use crate::value::type_word;
use crate::vocabulary::{Section, is_media_type, status_told};

/// An example, and its value even when it is only JSON to a lenient eye.
pub(super) struct Read {
    pub(super) fact: Example,
    pub(super) value: Option<Value>,
    /// The status a line inside it tells ("201 Created").
    pub(super) told: Option<String>,
    /// How many lines it has, and the first of them that each quoted text stands in.
    lines: (usize, HashMap<String, usize>),
}

impl Read {
    /// Where it has a field, as far as its lines are those of the file.
    pub(super) fn at(&self, path: &str) -> FactSource {
        let whole = &self.fact.source;
        let name = path.rsplit(['.', '[', ']']).find(|it| !it.is_empty());
        let (own, quoted) = &self.lines;
        let at = quoted.get(name.unwrap_or(path));
        // The marks around it may be lines of their own.
        let around = (whole.lines.last + 1 - whole.lines.first).checked_sub(*own);
        let around = around.filter(|it| *it <= 2).map(|it| it.div_ceil(2));
        let line = at
            .zip(around)
            .map(|(at, around)| whole.lines.first + at + around);
        FactSource {
            lines: line.map_or(whole.lines, Lines::of),
            ..whole.clone()
        }
    }
}

/// The examples of a page.
pub(super) fn examples(page: &Page<'_>) -> Vec<Read> {
    let placed = page.placed.iter();
    let placed = placed.filter(|placed| placed.section != Some(Section::SdkExample));
    placed.flat_map(example).collect()
}

/// What a listing shows: nothing, an example, or one for each media type that it names.
fn example(placed: &Placed<'_>) -> Vec<Read> {
    let Block::Code(code) = placed.block else {
        return Vec::new();
    };
    let asks = asks(&code.text);
    let is_response = match placed.section {
        Some(section) if section.is_response() => !asks,
        Some(section) if section.is_request() => false,
        _ => !asks && placed.status.is_some(),
    };
    let told = status_told(&code.text).filter(|_| is_response);
    let headed = placed
        .status
        .as_ref()
        .and_then(|status| status.only().cloned());
    let status = headed.or_else(|| told.clone()).filter(|_| is_response);
    let bodies = match json_part(&code.text) {
        Some(json) => match serde_json::from_str::<Value>(json) {
            Ok(value) => {
                let bodies = by_media_type(value).into_iter();
                let bodies = bodies.map(|value| (ExampleBody::Json(value.clone()), Some(value)));
                bodies.collect()
            }
            Err(error) => vec![(
                ExampleBody::Unreadable(format!("no JSON: {error}")),
                lenient(json),
            )],
        },
        None if told.is_some() => vec![(ExampleBody::Unreadable("no JSON".to_owned()), None)],
        None => Vec::new(),
    };
    let read = |(body, value)| Read {
        fact: Example {
            status: status.clone(),
            is_response,
            body,
            source: source(SourceKind::Example, code.lines),
        },
        value,
        told: told.clone(),
        lines: quoted(code.text.trim_end()),
    };
    bodies.into_iter().map(read).collect()
}

/// The bodies that stand under nothing but media types, as "application/json-1"; otherwise the whole.
fn by_media_type(value: Value) -> Vec<Value> {
    match value {
        Value::Object(map) if !map.is_empty() && map.keys().all(|key| is_media_type(key)) => {
            map.into_iter().map(|(_, body)| body).collect()
        }
        value => vec![value],
    }
}

/// How many lines a listing has, and the first of them that each quoted text stands in.
fn quoted(code: &str) -> (usize, HashMap<String, usize>) {
    let mut found = HashMap::new();
    let mut all = 0;
    for line in code.lines() {
        for text in line.split('"').skip(1).step_by(2) {
            found.entry(text.to_owned()).or_insert(all);
        }
        all += 1;
    }
    (all, found)
}

/// Whether a listing begins with a request line.
fn asks(code: &str) -> bool {
    code.lines()
        .any(|line| super::route::request_line(line).is_some())
}

/// What of a listing is meant to be JSON: from the first line that begins with a bracket.
fn json_part(code: &str) -> Option<&str> {
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        if line.trim_start().starts_with(['{', '[']) {
            return code.get(at..).map(str::trim);
        }
        at += line.len();
    }
    None
}

/// JSON with comments, commas too many or left out, and words after its end.
fn lenient(json: &str) -> Option<Value> {
    let mut out = String::with_capacity(json.len());
    let mut quoted = false;
    let mut escaped = false;
    let mut chars = json.chars().peekable();
    while let Some(c) = chars.next() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            out.push(if c.is_control() { ' ' } else { c });
            continue;
        }
        match c {
            '"' => {
                if out
                    .trim_end()
                    .ends_with(|c: char| c.is_alphanumeric() || "\"]}".contains(c))
                {
                    out.push(',');
                }
                quoted = true;
                escaped = false;
                out.push(c);
            }
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|c| *c != '\n').is_some() {},
            '}' | ']' => {
                let kept = out.trim_end().trim_end_matches(',').len();
                out.truncate(kept);
                out.push(c);
            }
            '，' => out.push(','),
            _ => out.push(c),
        }
    }
    serde_json::Deserializer::from_str(&out)
        .into_iter::<Value>()
        .next()?
        .ok()
}

/// The values at a path, at most a few of a long array.
pub(super) fn find<'v>(value: &'v Value, path: &str, out: &mut Vec<&'v Value>) {
    if out.len() > 16 {
        return;
    }
    let path = path.strip_prefix('.').unwrap_or(path);
    if path.is_empty() {
        out.push(value);
    } else if let Some(rest) = path.strip_prefix("[]") {
        for item in value.as_array().into_iter().flatten().take(16) {
            find(item, rest, out);
        }
    } else if let Some(rest) = path.strip_prefix('*') {
        let object = value.as_object().into_iter().flatten();
        for (_, item) in object.take(16) {
            find(item, rest, out);
        }
    } else {
        // Names can hold dots: the longest key that begins the path.
        let inner = value.as_object().into_iter().flatten();
        let inner = inner.filter_map(|(key, inner)| {
            let rest = path.strip_prefix(key.as_str())?;
            (rest.is_empty() || rest.starts_with(['.', '['])).then_some((inner, rest))
        });
        if let Some((inner, rest)) = inner.min_by_key(|(_, rest)| rest.len()) {
            find(inner, rest, out);
        }
    }
}

/// The path of a field inside another, or inside the whole body.
pub(super) fn join(outer: &str, name: &str) -> String {
    match outer {
        "" => name.to_owned(),
        outer => format!("{outer}.{name}"),
    }
}

/// A field that only an example shows.
pub(super) fn field(path: String, value: &Value, said: &FactSource) -> FieldFacts {
    let type_ = match value {
        Value::Null => None,
        Value::Array(items) if items.iter().any(Value::is_object) => Some("Array of objects"),
        value => Some(type_word(value)),
    };
    FieldFacts {
        path,
        named: vec![said.clone()],
        type_: Fact::maybe(type_.map(str::to_owned), said),
        ..FieldFacts::default()
    }
}

/// The most fields that are taken from examples.
const MAX_SHOWN: usize = 1_000;

/// How deep examples are followed.
const MAX_DEPTH: usize = 8;

/// The fields inside a value that an example shows, at any depth. An array shows the fields of all
/// its items; what is there already is left as it is.
pub(super) fn fields(path: &str, value: &Value, said: &FactSource, out: &mut Vec<FieldFacts>) {
    let (path, objects) = match value {
        Value::Array(items) => (format!("{path}[]"), items.as_slice()),
        value => (path.to_owned(), std::slice::from_ref(value)),
    };
    if path.matches('.').count() >= MAX_DEPTH {
        return;
    }
    for (name, value) in objects.iter().filter_map(Value::as_object).flatten() {
        let path = join(&path, name);
        if out.len() < MAX_SHOWN && !out.iter().any(|old| old.path == path) {
            out.push(field(path.clone(), value, said));
            fields(&path, value, said, out);
        }
    }
}
