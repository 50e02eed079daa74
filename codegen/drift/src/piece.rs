//! New pieces of YAML, in block or in flow style.

use serde_json::Value;

use crate::lines::filled;
use crate::scalar;

/// A value that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum New {
    /// A scalar as it is written, quotes included.
    Scalar(String),
    /// A mapping.
    Map(Vec<(String, New)>),
    /// A list.
    List(Vec<New>),
    /// A value with comments above it, a line each; an empty one is an empty line.
    Commented(Vec<String>, Box<New>),
}

/// `key: value` of a mapping.
pub(crate) fn entry(key: &str, value: New) -> (String, New) {
    (key.to_owned(), value)
}

/// A value of JSON as it is written.
pub(crate) fn written(value: &Value) -> New {
    match value {
        Value::String(text) => New::text(text),
        Value::Array(items) => New::List(items.iter().map(written).collect()),
        Value::Object(fields) => {
            let fields = fields.iter();
            let fields = fields.map(|(key, value)| (scalar::as_text(key), written(value)));
            New::Map(fields.collect())
        }
        other => New::Scalar(other.to_string()),
    }
}

/// Comments are broken where they would go beyond this column.
const WIDTH: usize = 100;

impl New {
    pub(crate) fn scalar(text: impl Into<String>) -> Self {
        New::Scalar(text.into())
    }

    /// A text, in quotes where that is needed.
    pub(crate) fn text(text: &str) -> Self {
        New::Scalar(scalar::as_text(text))
    }

    /// It below comments, if there are any.
    pub(crate) fn below(self, comments: Vec<String>) -> Self {
        match self {
            whole if comments.is_empty() => whole,
            New::Commented(own, value) => New::Commented([comments, own].concat(), value),
            whole => New::Commented(comments, Box::new(whole)),
        }
    }

    /// Puts comments above it, if there are any.
    pub(crate) fn comment(&mut self, comments: Vec<String>) {
        let whole = std::mem::replace(self, New::Map(Vec::new()));
        *self = whole.below(comments);
    }

    /// It without the comments above it, and those.
    fn parted(&self) -> (&[String], &New) {
        match self {
            New::Commented(comments, value) => (comments, value),
            value => (&[], value),
        }
    }

    /// `key: value`, its first line without indentation, the others indented by `indent`.
    pub(crate) fn block_entry(key: &str, value: &New, indent: usize) -> String {
        let (above, value) = value.parted();
        let above = comment_lines(above, indent);
        let inner = format!("\n{}", " ".repeat(indent + 2));
        match value.lines(indent + 2) {
            none if none.is_empty() => format!("{above}{key}: {}", value.flow()),
            lines => format!("{above}{key}:{inner}{}", lines.join(&inner)),
        }
    }

    /// The entries or items of a collection, their further lines indented; of a scalar none.
    fn lines(&self, indent: usize) -> Vec<String> {
        match self {
            New::Map(entries) => {
                let entries = entries.iter();
                let lines = entries.map(|(key, value)| Self::block_entry(key, value, indent));
                lines.collect()
            }
            New::List(items) => {
                let lines = items.iter().map(|item| {
                    let (above, item) = item.parted();
                    let above = comment_lines(above, indent);
                    format!("{above}- {}", Self::block_item(item, indent))
                });
                lines.collect()
            }
            New::Scalar(_) | New::Commented(..) => Vec::new(),
        }
    }

    /// What stands behind `- `; further lines are indented by two more than the dash.
    pub(crate) fn block_item(item: &New, indent: usize) -> String {
        match item {
            New::Map(entries) if !entries.is_empty() => {
                let inner = format!("\n{}", " ".repeat(indent + 2));
                item.lines(indent + 2).join(&inner)
            }
            other => other.flow(),
        }
    }

    /// It between brackets, on one line.
    pub(crate) fn flow(&self) -> String {
        match self {
            New::Scalar(text) => text.clone(),
            // No comment has room on a line with others.
            New::Commented(_, value) => value.flow(),
            New::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| format!("{key}: {}", value.flow()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            New::List(items) => {
                let items: Vec<String> = items.iter().map(New::flow).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }
}

/// Comments above something that begins at a column, each broken into lines; the last line ends where
/// that begins.
pub(crate) fn comment_lines(comments: &[String], indent: usize) -> String {
    let below = format!("\n{}", " ".repeat(indent));
    let mut out = String::new();
    for comment in comments {
        if comment.is_empty() {
            // An empty line has no blanks either.
            out.truncate(out.trim_end_matches(' ').len());
            out.push_str(&below);
            continue;
        }
        for line in filled(comment, WIDTH.saturating_sub(indent + 2)) {
            out.push_str(&format!("# {line}{below}"));
        }
    }
    out
}
