//! The schemas that a document has by name, and those that a draft adds.

use std::collections::HashMap;

use huaweicloud_codegen::Source;
use huaweicloud_codegen::load::load;
use huaweicloud_codegen::load::tree::Node;
use serde_json::Value;

use super::json::bare;
use crate::piece::New;

/// A component, and an example of it.
#[derive(Debug, Clone)]
pub(super) struct Component {
    /// Its name.
    pub(super) name: String,
    /// A value that fits it; nothing where none can be made up.
    pub(super) example: Option<Value>,
}

/// The schemas of a document by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Components {
    /// What each allows.
    known: HashMap<String, Value>,
    /// Those that come with the draft, in order.
    added: Vec<(String, New)>,
    /// Those of the definition at hand, by the names it has for them. One without an example is being
    /// written.
    defined: HashMap<String, Component>,
}

impl Components {
    /// Those that a document has.
    pub(super) fn of(root: &Node) -> Self {
        let schemas = root.get("components").and_then(|it| it.get("schemas"));
        let schemas = schemas.map(Node::entries).unwrap_or_default().iter();
        let known = schemas.map(|it| (it.key.clone(), bare(&it.value.to_json())));
        Self {
            known: known.collect(),
            ..Self::default()
        }
    }

    /// What the draft adds.
    pub(super) fn into_added(self) -> Vec<(String, New)> {
        self.added
    }

    /// The component that stands for a schema of the definition.
    pub(super) fn defined(&self, name: &str) -> Option<&Component> {
        self.defined.get(name)
    }

    /// Adds a schema under the first of some names that is free; where a name is that of a schema which
    /// allows the same, it stands for both. `write` makes it, with an example, to have that name: it may
    /// contain itself.
    pub(super) fn add(
        &mut self,
        definition: Option<&str>,
        names: &[String],
        mut write: impl FnMut(&mut Self) -> (New, Option<Value>),
    ) -> Component {
        let numbers = (2..).filter_map(|number| Some(format!("{}{number}", names.last()?)));
        for name in names.iter().cloned().chain(numbers) {
            let before = self.clone();
            // Meant to be kept in front of what it holds.
            let at = self.added.len();
            if let Some(definition) = definition {
                let component = Component {
                    name: name.clone(),
                    example: None,
                };
                self.defined.insert(definition.to_owned(), component);
            }
            let (schema, example) = write(self);
            let component = Component {
                name: name.clone(),
                example,
            };
            let bare = bare_of(&schema);
            let is_free = match self.known.get(&name) {
                Some(known) if *known == bare => {
                    *self = before;
                    false
                }
                Some(_) => {
                    *self = before;
                    continue;
                }
                None => true,
            };
            if is_free {
                self.known.insert(name.clone(), bare);
                self.added.insert(at.min(self.added.len()), (name, schema));
            }
            if let Some(definition) = definition {
                self.defined
                    .insert(definition.to_owned(), component.clone());
            }
            return component;
        }
        // There is always another number.
        Component {
            name: String::new(),
            example: None,
        }
    }
}

/// What a new schema allows.
fn bare_of(schema: &New) -> Value {
    let text = New::block_entry("schema", schema, 0);
    let loaded = load(&[Source::new("a.yaml", text)]);
    let tree = loaded
        .documents
        .first()
        .and_then(|it| it.tree.get("schema"));
    tree.map_or(Value::Null, |it| bare(&it.to_json()))
}
