//! What of a document a finding belongs to.

use std::fmt;

use crate::load::tree::{Entry, Node, Span, escaped};
use crate::lower;
use crate::model::Method;

/// The part of a document that goes with a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// The document itself, or what is shared in it and no schema.
    Document,
    /// One operation.
    Operation {
        /// Its name, or the one that it gets.
        name: String,
        /// Where it is: `/paths/~1pets/get`.
        pointer: String,
    },
    /// A schema of `components`.
    Schema {
        /// Its name.
        name: String,
        /// Where it is: `/components/schemas/Pet`.
        pointer: String,
    },
}

impl Owner {
    /// What it is: `operation`, `schema` or `document`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Operation { .. } => "operation",
            Self::Schema { .. } => "schema",
        }
    }

    /// Its name; that of a document is nothing.
    pub fn name(&self) -> &str {
        match self {
            Self::Document => "",
            Self::Operation { name, .. } | Self::Schema { name, .. } => name,
        }
    }

    /// Where it is, as a JSON pointer; that of a document is the empty one.
    pub fn pointer(&self) -> &str {
        match self {
            Self::Document => "",
            Self::Operation { pointer, .. } | Self::Schema { pointer, .. } => pointer,
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.kind())?;
        match self.name() {
            "" => Ok(()),
            name => write!(formatter, " {name}"),
        }
    }
}

/// The owners in a document, by the bytes they take.
pub(super) struct Owners {
    /// In the order of their places, none inside of another.
    places: Vec<(Span, Owner)>,
}

impl Owners {
    /// Those of a tree; none where there is no tree.
    pub(super) fn of(tree: Option<&Node>) -> Self {
        let mut places = Vec::new();
        for path in entries(tree.and_then(|it| it.get("paths"))) {
            for operation in path.value.entries() {
                let method = operation.key.as_str();
                if Method::KEYS.contains(&method) {
                    let name = lower::operation_id(&operation.value, method, &path.key);
                    let pointer = format!("/paths/{}/{method}", escaped(&path.key));
                    let span = operation.key_span.start..operation.value.span.end;
                    places.push((span, Owner::Operation { name, pointer }));
                }
            }
        }
        let components = tree.and_then(|it| it.get("components"));
        for schema in entries(components.and_then(|it| it.get("schemas"))) {
            let name = schema.key.clone();
            let pointer = format!("/components/schemas/{}", escaped(&name));
            let span = schema.key_span.start..schema.value.span.end;
            places.push((span, Owner::Schema { name, pointer }));
        }
        // An alias takes the place where it stands, so that none is inside of another.
        places.sort_by_key(|(span, _)| span.start);
        Self { places }
    }

    /// Whose a byte is.
    pub(super) fn owner(&self, byte: usize) -> &Owner {
        let behind = self.places.partition_point(|(span, _)| span.start <= byte);
        let before = behind.checked_sub(1).and_then(|at| self.places.get(at));
        match before {
            Some((span, owner)) if byte < span.end.max(span.start + 1) => owner,
            _ => &Owner::Document,
        }
    }
}

fn entries(node: Option<&Node>) -> &[Entry] {
    node.map_or(&[], Node::entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;
    use crate::source::Source;

    #[test]
    fn findings_belong_to_what_they_stand_in() {
        let text = "openapi: 3.0.3\npaths:\n  /a/{b}:\n    parameters: []\n    get:\n      \
                    summary: c\n    put: {operationId: e}\ncomponents:\n  schemas:\n    F:\n      \
                    type: object\n  responses: {}\n";
        let loaded = load(&[Source::new("a.yaml", text)]);
        let owners = Owners::of(Some(&loaded.documents[0].tree));
        for (word, owner, pointer) in [
            ("3.0.3", "document", ""),
            ("parameters", "document", ""),
            ("get", "operation get_a_by_b", "/paths/~1a~1{b}/get"),
            ("summary", "operation get_a_by_b", "/paths/~1a~1{b}/get"),
            ("e}", "operation e", "/paths/~1a~1{b}/put"),
            ("F", "schema F", "/components/schemas/F"),
            ("object", "schema F", "/components/schemas/F"),
            ("responses", "document", ""),
        ] {
            let found = owners.owner(text.find(word).unwrap());
            assert_eq!(
                (found.to_string().as_str(), found.pointer()),
                (owner, pointer)
            );
        }
        assert_eq!(*Owners::of(None).owner(7), Owner::Document);
    }
}
