//! New pieces of YAML, in block or in flow style.

/// A value that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum New {
    /// A scalar as it is written, quotes included.
    Scalar(String),
    /// A mapping.
    Map(Vec<(String, New)>),
    /// A list.
    List(Vec<New>),
}

impl New {
    pub(super) fn scalar(text: impl Into<String>) -> Self {
        New::Scalar(text.into())
    }

    /// `key: value`, its first line without indentation, the others indented by `indent`.
    pub(super) fn block_entry(key: &str, value: &New, indent: usize) -> String {
        match value {
            New::Map(entries) if !entries.is_empty() => {
                let inner = " ".repeat(indent + 2);
                let lines = entries.iter().map(|(key, value)| {
                    format!("\n{inner}{}", Self::block_entry(key, value, indent + 2))
                });
                format!("{key}:{}", lines.collect::<String>())
            }
            New::List(items) if !items.is_empty() => {
                let inner = " ".repeat(indent + 2);
                let lines = items
                    .iter()
                    .map(|item| format!("\n{inner}- {}", Self::block_item(item, indent + 2)));
                format!("{key}:{}", lines.collect::<String>())
            }
            other => format!("{key}: {}", other.flow()),
        }
    }

    /// What stands behind `- `; further lines are indented by two more than the dash.
    pub(super) fn block_item(item: &New, indent: usize) -> String {
        match item {
            New::Map(entries) if !entries.is_empty() => {
                let inner = " ".repeat(indent + 2);
                let lines: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| Self::block_entry(key, value, indent + 2))
                    .collect();
                lines.join(&format!("\n{inner}"))
            }
            other => other.flow(),
        }
    }

    /// It between brackets, on one line.
    pub(super) fn flow(&self) -> String {
        match self {
            New::Scalar(text) => text.clone(),
            New::Map(entries) => {
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{key}: {}", value.flow()))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
            New::List(items) => {
                let items: Vec<String> = items.iter().map(New::flow).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }
}
