//! Media types: what a message may be written in, and which of it the client writes or reads.

use crate::load::tree::{Entry, Node};
use crate::media_type::{essence, is_json};

use crate::model::Type;

use super::context::Context;
use super::schema::Layers;

/// What is written in a media type, the most telling first: of several, the client takes the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Written {
    /// JSON.
    Json,
    /// Fields of a form.
    Form,
    /// Parts of a form.
    Multipart,
    /// Text.
    Text,
    /// Whatever bytes.
    Bytes,
}

impl Written {
    /// The media type of what is written where a document has this one, which may be a range.
    pub(super) fn media_type(self, documented: &str) -> String {
        if !documented.contains('*') {
            return documented.to_owned();
        }
        let own = match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
            Self::Multipart => "multipart/form-data",
            Self::Text => "text/plain",
            Self::Bytes => "application/octet-stream",
        };
        own.to_owned()
    }
}

impl<'d> Context<'d> {
    /// The entries of `content` in the order in which the client prefers them, whatever that of the
    /// document.
    pub(super) fn media(&self, content: &'d Node) -> Vec<(&'d Entry, Written)> {
        let entries = content.entries().iter();
        let entries = entries.filter(|entry| !entry.key.starts_with("x-"));
        let mut all: Vec<_> = entries.map(|entry| (entry, self.written(entry))).collect();
        let is_range = |entry: &Entry| essence(&entry.key).contains('*');
        if all
            .iter()
            .any(|(entry, written)| *written == Written::Json && !is_range(entry))
        {
            // Where JSON has a type of its own, a range is of all others.
            let ranges = all.iter_mut().filter(|(entry, _)| is_range(entry));
            for (entry, written) in ranges.filter(|it| it.1 == Written::Json) {
                *written = self.unstructured(entry);
            }
        }
        all.sort_by_cached_key(|(entry, written)| {
            let media_type = essence(&entry.key);
            let says_nothing = entry.value.get("schema").is_none();
            (
                *written,
                says_nothing,
                media_type != "application/json",
                !self.has_fields(entry),
                media_type,
            )
        });
        all
    }

    /// Whether what is written there has fields, which callers set one by one.
    fn has_fields(&self, entry: &'d Entry) -> bool {
        let schema = entry.value.get("schema").map(|it| Layers::of(self, it));
        let has = |key: &str| schema.as_ref().is_some_and(|it| it.get(key).is_some());
        has("properties") || has("allOf")
    }

    /// What is written in any media type but that of JSON.
    fn unstructured(&self, entry: &'d Entry) -> Written {
        let schema = entry.value.get("schema").map(|it| Layers::of(self, it));
        let word = schema.and_then(|it| it.get("type")).and_then(Node::as_str);
        match word {
            Some("string") => Written::Text,
            _ => Written::Bytes,
        }
    }

    fn written(&self, entry: &'d Entry) -> Written {
        let is_bytes = || {
            let schema = entry.value.get("schema");
            schema.is_some_and(|it| self.is_bytes(it))
        };
        match essence(&entry.key).as_str() {
            "application/x-www-form-urlencoded" => Written::Form,
            // The parts of the others mean something else.
            "multipart/form-data" | "multipart/*" => Written::Multipart,
            // A file, whatever stands in it.
            _ if is_bytes() => Written::Bytes,
            json if is_json(json) => Written::Json,
            text if is_text(text) => Written::Text,
            // Of any type: what has a shape is JSON.
            "*" | "*/*" | "application/*" if entry.value.get("schema").is_some() => Written::Json,
            _ if self.is_secret_text(entry) => Written::Text,
            _ => Written::Bytes,
        }
    }

    /// Whether an entry is a text that is marked as a secret, whatever its media type says.
    fn is_secret_text(&self, entry: &'d Entry) -> bool {
        let schema = entry.value.get("schema");
        schema.is_some_and(|it| self.text_body(Some(it)) == Type::SecretText)
    }

    /// Whether a schema stands for bytes as they are, not for a value.
    pub(super) fn is_bytes(&self, schema: &'d Node) -> bool {
        let layers = Layers::of(self, schema);
        let word = |key| layers.get(key).and_then(Node::as_str);
        matches!(word("type"), Some("string" | "file")) && matches!(word("format"), Some("binary"))
            || word("type") == Some("file")
    }
}

fn is_text(essence: &str) -> bool {
    let (kind, subtype) = essence.split_once('/').unwrap_or_default();
    let written = ["xml", "javascript", "yaml", "x-yaml", "graphql", "sql"];
    kind == "text" || written.contains(&subtype) || subtype.ends_with("+xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_told_apart_by_their_essence() {
        assert_eq!(
            essence("Application/JSON; charset=utf-8"),
            "application/json"
        );
        for json in ["application/json", "text/json", "application/problem+json"] {
            assert!(is_json(json), "{json}");
        }
        for text in [
            "text/plain",
            "application/xml",
            "application/atom+xml",
            "text/csv",
        ] {
            assert!(is_text(text) && !is_json(text), "{text}");
        }
        for bytes in ["application/octet-stream", "image/png", "application/pdf"] {
            assert!(!is_text(bytes) && !is_json(bytes), "{bytes}");
        }
    }
}
