//! The types of a document while it is lowered: which are known, which are being made.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::load::references::References;
use crate::load::tree::Node;
use crate::model::{NamedSchema, Type};
use crate::names::Names;
use crate::names::reserved::TYPES;

use super::reached;

/// The types found so far.
pub(super) struct Schemas {
    /// The Rust name of each component, by the text of a reference to it.
    pub(super) components: HashMap<String, String>,
    pub(super) names: Names,
    pub(super) found: IndexMap<String, NamedSchema>,
    /// References being lowered, to notice aliases that go in a circle.
    pub(super) open: Vec<String>,
    /// What each reference is, so that a component is lowered once however often it is used.
    pub(super) known: HashMap<String, Type>,
    /// Objects and choices without a name of their own that are being lowered, with the names
    /// they got: merged into a derived type, a schema can come upon itself.
    pub(super) open_inline: Vec<(*const Node, String)>,
    /// What each property inside a component is; merged into several types it stays one type.
    pub(super) properties: HashMap<*const Node, Type>,
    /// References that were too deep to follow and wait for their turn.
    pub(super) deferred: Vec<String>,
    /// The fields that travel one way only, by owner and wire name.
    pub(super) one_way: Vec<OneWay>,
    /// The objects of which the document does not say whether they take other members.
    pub(super) unsaid: Vec<String>,
}

/// What is known once all types are.
pub(super) struct Found {
    /// The types by name.
    pub(super) schemas: IndexMap<String, NamedSchema>,
    /// The fields among them that travel one way only.
    pub(super) one_way: Vec<OneWay>,
    /// The objects among them that may or may not take other members.
    pub(super) unsaid: Vec<String>,
    /// The names that are taken.
    pub(super) names: Names,
}

impl Schemas {
    /// Gives the components their names first, so that no inline object takes one.
    pub(super) fn new(tree: &Node, references: &References<'_>) -> Self {
        let mut names = Names::reserving(TYPES.iter().copied());
        let components = reached::names(tree, references, &mut names);
        Self {
            components,
            names,
            found: IndexMap::new(),
            open: Vec::new(),
            known: HashMap::new(),
            open_inline: Vec::new(),
            properties: HashMap::new(),
            deferred: Vec::new(),
            one_way: Vec::new(),
            unsaid: Vec::new(),
        }
    }

    /// A type found so far, by its Rust name.
    pub(super) fn get(&self, name: &str) -> Option<&NamedSchema> {
        self.found.get(name)
    }

    /// All that was found.
    pub(super) fn finish(self) -> Found {
        let mut schemas = self.found;
        schemas.sort_keys();
        Found {
            schemas,
            one_way: self.one_way,
            unsaid: self.unsaid,
            names: self.names,
        }
    }
}

/// A field that the document says travels one way only.
#[derive(Debug)]
pub(super) struct OneWay {
    /// The Rust name of its object.
    pub(super) owner: String,
    /// Its wire name.
    pub(super) field: String,
    /// Whether it is in responses only, else it is in requests only.
    pub(super) read_only: bool,
}
