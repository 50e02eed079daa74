//! What is told of a call: to people as a table, to scripts as JSON or YAML.

use std::io::{self, Write};

use comfy_table::{Cell, ContentArrangement, Table, presets};
use huaweicloud_runtime::CallError;
use openapi_client_runtime::sanitize::{self, sanitized};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::arguments::Reply;
use crate::outcome::Outcome;
use crate::problem::Problem;
use crate::settings::{self, Format};

/// What is told of a call, without a secret.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    pub(crate) service: &'static str,
    pub(crate) operation: &'static str,
    pub(crate) region: String,
    /// What it was about: the values that anybody may see.
    pub(crate) target: Map<String, Value>,
    pub(crate) outcome: Outcome,
    #[serde(flatten)]
    pub(crate) told: Told,
    /// How many requests were sent.
    pub(crate) attempts: u32,
    /// Where the new password is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) secret: Option<String>,
}

/// What the service says.
#[derive(Debug, Default, Serialize)]
#[serde(default)]
pub(crate) struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) request_id: Option<String>,
    /// What went wrong, with what to do where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(crate) response: Value,
}

impl Told {
    pub(crate) fn of_reply(reply: Reply) -> Self {
        Self {
            status: Some(reply.status),
            request_id: reply.request_id,
            response: reply.value,
            ..Self::default()
        }
    }

    pub(crate) fn of_error(error: &dyn CallError) -> Self {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Self {
            status: error.status(),
            code: owned(error.code()),
            request_id: owned(error.request_id()),
            error: Some(settings::in_flags(&error.to_string())),
            response: Value::Null,
        }
    }
}

/// A call that did not succeed.
pub(crate) fn problem(error: &dyn CallError) -> Problem {
    Problem::Call(Outcome::of(error), settings::in_flags(&error.to_string()))
}

/// Writes something to standard output.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write(value: &impl Serialize, format: Format) -> io::Result<()> {
    let text = match format {
        Format::Table => table(value)?,
        Format::Json => escaped(&serde_json::to_string_pretty(value)?),
        Format::Yaml => yaml(value)?,
    };
    let mut out = io::stdout().lock();
    out.write_all(text.trim_end().as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Writes a problem as a document, where one was asked for; tells whether it did.
pub(crate) fn write_problem(problem: &Problem, format: Format) -> bool {
    let error = serde_json::json!({"outcome": problem.word(), "error": problem.to_string()});
    format != Format::Table && write(&error, format).is_ok()
}

/// JSON in which what a terminal would obey, or nobody would see, is escaped.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c == '\n' || sanitize::is_shown(c) {
            true => text.push(c),
            false => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    text.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    text
}

fn yaml(value: &impl Serialize) -> io::Result<String> {
    let mut value = serde_json::to_value(value)?;
    clean(&mut value);
    serde_saphyr::to_string(&value).map_err(io::Error::other)
}

/// Escapes in texts what a terminal would obey, or nobody would see.
fn clean(value: &mut Value) {
    match value {
        Value::String(text) => {
            if !text.chars().all(sanitize::is_shown) {
                *text = sanitized(text, text.len());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A line for each value, with the names of what holds it before its own.
fn table(value: &impl Serialize) -> io::Result<String> {
    let mut value = serde_json::to_value(value)?;
    clean(&mut value);
    if let Value::Array(items) = &value {
        let blocks = items.iter().map(table).collect::<io::Result<Vec<_>>>()?;
        return Ok(blocks.join("\n\n"));
    }
    let mut lines = Vec::new();
    flatten(String::new(), &value, &mut lines);
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic);
    for (name, value) in lines {
        table.add_row([Cell::new(name), Cell::new(value)]);
    }
    let text = table.to_string();
    let lines: Vec<_> = text
        .lines()
        .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end())
        .collect();
    Ok(lines.join("\n"))
}

fn flatten(name: String, value: &Value, lines: &mut Vec<(String, String)>) {
    let inner = |key: &str| match name.is_empty() {
        true => key.replace('_', " "),
        false => format!("{name}.{key}"),
    };
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            for (key, value) in fields {
                flatten(inner(key), value, lines);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, value) in items.iter().enumerate() {
                flatten(inner(&index.to_string()), value, lines);
            }
        }
        Value::String(text) => lines.push((name, text.clone())),
        Value::Null => {}
        Value::Object(_) | Value::Array(_) => lines.push((name, "none".to_owned())),
        other => lines.push((name, other.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_in_every_format() {
        let value = serde_json::json!({"a": "x\u{1b}[31m\u{9b}y\u{202e}z", "b": ["1", {"c_d": 2}]});
        let json = escaped(&serde_json::to_string(&value).unwrap());
        assert_eq!(
            json,
            r#"{"a":"x\u001b[31m\u009by\u202ez","b":["1",{"c_d":2}]}"#
        );
        assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), value);
        let all = [yaml(&value).unwrap(), table(&value).unwrap()];
        for text in all {
            assert!(
                text.chars().all(|c| c == '\n' || sanitize::is_shown(c)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_table_has_a_line_for_each_value() {
        let value = serde_json::json!({"request_id": "r", "target": {"id": "x"}, "none": null});
        assert_eq!(table(&value).unwrap(), "request id  r\ntarget.id   x");
        let several = serde_json::json!([{"code": "1"}, {"code": "2"}]);
        assert_eq!(table(&several).unwrap(), "code  1\n\ncode  2");
    }
}
