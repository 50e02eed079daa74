//! Examples of requests and responses.

use serde_json::Value;

use super::page::{Page, Placed};
use super::source;
use crate::block::{Block, Text};
use crate::facts::{Example, ExampleBody, Fact, FactSource, FieldFacts, SourceKind};
use crate::value::type_word;
use crate::vocabulary::{Section, status_told};

/// An example, and its value even when it is only JSON to a lenient eye.
pub(super) struct Read {
    pub(super) fact: Example,
    pub(super) value: Option<Value>,
    /// The status a line inside it tells ("201 Created").
    pub(super) told: Option<String>,
}

/// The examples of a page.
pub(super) fn examples(page: &Page<'_>) -> Vec<Read> {
    let mut out = Vec::new();
    for placed in &page.placed {
        let Block::Code(code) = placed.block else {
            continue;
        };
        if placed.section == Some(Section::SdkExample) {
            continue;
        }
        out.extend(example(placed, code));
    }
    out
}

fn example(placed: &Placed<'_>, code: &Text) -> Option<Read> {
    let asks = asks(&code.text);
    let is_response = match placed.section {
        Some(Section::Response | Section::ResponseExample) => !asks,
        Some(Section::Request | Section::RequestExample | Section::Uri) => false,
        _ => !asks && placed.status.is_some(),
    };
    let told = if is_response {
        status_told(&code.text)
    } else {
        None
    };
    let status = placed
        .status
        .as_ref()
        .map(|status| status.code.clone())
        .or_else(|| told.clone());
    let json = json_part(&code.text);
    if json.is_none() && told.is_none() {
        return None;
    }
    let (body, value) = match json {
        Some(json) => match serde_json::from_str::<Value>(json) {
            Ok(value) => (ExampleBody::Json(value.clone()), Some(value)),
            Err(error) => (
                ExampleBody::Unreadable(format!("no JSON: {error}")),
                lenient(json),
            ),
        },
        None => (ExampleBody::Unreadable("no JSON".to_owned()), None),
    };
    let fact = Example {
        status: if is_response { status } else { None },
        is_response,
        body,
        source: source(SourceKind::Example, code.lines),
    };
    Some(Read { fact, value, told })
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
            '“' | '”' => {
                out.push('"');
            }
            _ => out.push(c),
        }
    }
    serde_json::Deserializer::from_str(&out)
        .into_iter::<Value>()
        .next()?
        .ok()
}

/// A field that only an example shows.
pub(super) fn field(path: &str, value: &Value, said: &FactSource) -> FieldFacts {
    let type_ = (!value.is_null()).then(|| type_word(value));
    FieldFacts {
        path: path.to_owned(),
        named: vec![said.clone()],
        type_: type_.map(|name| Fact::new(name.to_owned(), said.clone())),
        ..FieldFacts::default()
    }
}

/// The most fields that are taken from examples.
const MAX_SHOWN: usize = 1_000;

/// How deep examples are followed.
const MAX_DEPTH: usize = 8;

/// A field that only an example shows, and those inside it. An array shows the fields of all its
/// items; what is there already is left as it is.
pub(super) fn fields(
    path: &str,
    value: &Value,
    said: &FactSource,
    depth: usize,
    out: &mut Vec<FieldFacts>,
) {
    if depth > MAX_DEPTH || out.len() >= MAX_SHOWN || out.iter().any(|old| old.path == path) {
        return;
    }
    let mut own = field(path, value, said);
    let objects: Vec<&Value> = match value {
        Value::Array(items) => items.iter().filter(|item| item.is_object()).collect(),
        _ => Vec::new(),
    };
    if !objects.is_empty() {
        own.type_ = Some(Fact::new("Array of objects".to_owned(), said.clone()));
    }
    out.push(own);
    inner_fields(path, value, said, depth, out);
}

/// The fields inside a value an example shows.
pub(super) fn inner_fields(
    path: &str,
    value: &Value,
    said: &FactSource,
    depth: usize,
    out: &mut Vec<FieldFacts>,
) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                fields(&format!("{path}.{name}"), value, said, depth + 1, out);
            }
        }
        Value::Array(items) => {
            for (name, value) in items.iter().filter_map(Value::as_object).flatten() {
                fields(&format!("{path}[].{name}"), value, said, depth + 1, out);
            }
        }
        _ => {}
    }
}
