//! The schemas that a document has by name, and those that a draft adds.
//!
//! Each is written once, with a stand-in wherever it names another. What they are called is decided when
//! all that is in each other is written: a name is taken if it is free, or if the schema that has it
//! allows the same, and whether it does may depend on what others are called, and on itself.

use std::collections::{HashMap, HashSet};

use huaweicloud_codegen::Source;
use huaweicloud_codegen::load::load;
use huaweicloud_codegen::load::tree::Node;
use serde_json::Value;

use crate::patch::schema::{SCHEMAS, reference};
use crate::piece::New;
use crate::scalar;

/// A component, and an example of it.
#[derive(Debug, Clone)]
pub(super) struct Component {
    /// Its name, or its stand-in as long as it has none.
    pub(super) name: String,
    /// A value that fits it; nothing where none can be made up, or while it is written.
    pub(super) example: Option<Value>,
}

/// The schemas of a document by name.
#[derive(Debug, Default)]
pub(super) struct Components {
    /// What each allows.
    known: HashMap<String, Value>,
    /// Those that were written for the draft, in order.
    written: Vec<Written>,
    /// Those that have no name yet, the inner first.
    nameless: Vec<usize>,
    /// How many are being written, each inside of the one before.
    open: usize,
    /// Those of the definition at hand, by the names it has for them.
    defined: HashMap<String, usize>,
}

/// A schema that was written, or is being written.
#[derive(Debug)]
struct Written {
    /// Names it may have, the best first.
    names: Vec<String>,
    schema: New,
    /// What it allows.
    bare: Value,
    example: Option<Value>,
    /// The name it has.
    name: Option<String>,
    /// Whether the name is one that the document had, for a schema that allows the same.
    is_known: bool,
}

impl Written {
    /// All names it may have, without end.
    fn all_names(&self) -> impl Iterator<Item = String> {
        let last = self.names.last().map_or("Schema", String::as_str);
        let numbered = (2..).map(move |it| format!("{last}{it}"));
        self.names.iter().cloned().chain(numbered)
    }
}

impl Components {
    /// Those that a document has.
    pub(super) fn of(root: &Node) -> Self {
        let schemas = root.get("components").and_then(|it| it.get("schemas"));
        let schemas = schemas.map(Node::entries).unwrap_or_default().iter();
        // Those of other files have another name there.
        let schemas = schemas.filter(|it| it.key_span.end <= root.span.end);
        let known = schemas.map(|it| (it.key.clone(), bare(&it.value.to_json(), false)));
        Self {
            known: known.collect(),
            ..Self::default()
        }
    }

    /// What the draft adds.
    pub(super) fn into_added(self) -> Vec<(String, New)> {
        let names: Vec<Option<String>> = self.written.iter().map(|it| it.name.clone()).collect();
        let added = self.written.into_iter().filter(|it| !it.is_known);
        let added = added.filter_map(|mut it| {
            call(&mut it.schema, &names);
            Some((scalar::as_text(&it.name?), it.schema))
        });
        added.collect()
    }

    /// The component that stands for a schema of the definition.
    pub(super) fn defined(&self, name: &str) -> Option<Component> {
        self.defined.get(name).map(|it| self.component(*it))
    }

    /// Begins a schema, which gets the first of some names that is free; where a name is that of a schema
    /// which allows the same, it stands for both. What is in it can refer to it by now.
    pub(super) fn begin(&mut self, definition: Option<&str>, names: Vec<String>) -> usize {
        let number = self.written.len();
        self.written.push(Written {
            names,
            schema: New::Map(Vec::new()),
            bare: Value::Null,
            example: None,
            name: None,
            is_known: false,
        });
        if let Some(definition) = definition {
            self.defined.insert(definition.to_owned(), number);
        }
        self.open += 1;
        number
    }

    /// Ends it, with an example.
    pub(super) fn end(&mut self, number: usize, schema: New, example: Option<Value>) -> Component {
        self.open -= 1;
        if let Some(written) = self.written.get_mut(number) {
            written.bare = bare_of(&schema);
            (written.schema, written.example) = (schema, example);
        }
        self.nameless.push(number);
        if self.open == 0 {
            for number in std::mem::take(&mut self.nameless) {
                self.name(number);
            }
        }
        self.component(number)
    }

    fn component(&self, number: usize) -> Component {
        let written = self.written.get(number);
        Component {
            name: written
                .and_then(|it| it.name.clone())
                .unwrap_or_else(|| stand_in(number)),
            example: written.and_then(|it| it.example.clone()),
        }
    }

    /// Gives a schema its name.
    fn name(&mut self, number: usize) {
        let names = self.written.get(number).map(Written::all_names);
        let is_own = |it: &String| self.allows_same(number, it, &mut HashSet::new());
        let name = names
            .into_iter()
            .flatten()
            .find(|it| !self.known.contains_key(it) || is_own(it));
        let Some(written) = self.written.get_mut(number) else {
            return;
        };
        // There is always another number.
        let name = name.unwrap_or_default();
        written.is_known = self.known.contains_key(&name);
        if !written.is_known {
            self.known.insert(name.clone(), written.bare.clone());
        }
        written.name = Some(name);
    }

    /// Whether a schema allows what the known one of a name does. What it is in has no name yet, and is
    /// taken for what it may be called if that allows the same; `assumed` is what is being looked at.
    fn is(&self, number: usize, name: &str, assumed: &mut HashSet<(usize, String)>) -> bool {
        let Some(written) = self.written.get(number) else {
            return false;
        };
        if let Some(own) = &written.name {
            return own == name;
        }
        let mut names = written.all_names();
        let first = names.find(|it| it == name || !self.known.contains_key(it));
        first.as_deref() == Some(name) && self.allows_same(number, name, assumed)
    }

    fn allows_same(
        &self,
        number: usize,
        name: &str,
        assumed: &mut HashSet<(usize, String)>,
    ) -> bool {
        let (Some(written), Some(known)) = (self.written.get(number), self.known.get(name)) else {
            return false;
        };
        !assumed.insert((number, name.to_owned())) || self.same(&written.bare, known, assumed)
    }

    /// Whether two schemas allow the same; the first may have stand-ins, the second those of others.
    fn same(&self, new: &Value, known: &Value, assumed: &mut HashSet<(usize, String)>) -> bool {
        match (new, known) {
            (Value::Object(new), Value::Object(known)) => {
                new.len() == known.len()
                    && new.iter().all(|(key, new)| {
                        let known = known.get(key);
                        known.is_some_and(|known| self.same(new, known, assumed))
                    })
            }
            (Value::Array(new), Value::Array(known)) => {
                let mut pairs = new.iter().zip(known);
                new.len() == known.len() && pairs.all(|(new, known)| self.same(new, known, assumed))
            }
            (Value::String(new), Value::String(known)) if new != known => {
                let name = known.strip_prefix(SCHEMAS).map(|it| self.final_name(it));
                let number = new.strip_prefix(SCHEMAS).and_then(number_of);
                match (number, name) {
                    (Some(number), Some(name)) => self.is(number, &name, assumed),
                    _ => false,
                }
            }
            (new, known) => new == known,
        }
    }

    /// The name that a stand-in is for, if it has one by now.
    fn final_name(&self, name: &str) -> String {
        let written = number_of(name).and_then(|it| self.written.get(it));
        let known = written.and_then(|it| it.name.clone());
        known.unwrap_or_else(|| name.to_owned())
    }
}

/// What stands for the name of a schema. No component can be called so.
fn stand_in(number: usize) -> String {
    format!("{{{number}}}")
}

fn number_of(name: &str) -> Option<usize> {
    name.strip_prefix('{')?.strip_suffix('}')?.parse().ok()
}

/// Puts names in the places of stand-ins.
fn call(schema: &mut New, names: &[Option<String>]) {
    match schema {
        New::Scalar(text) => {
            let name = text.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
            let number = name.and_then(|it| number_of(it.strip_prefix(SCHEMAS)?));
            if let Some(Some(name)) = number.and_then(|it| names.get(it)) {
                *schema = reference(name);
            }
        }
        New::Map(entries) => entries.iter_mut().for_each(|(_, it)| call(it, names)),
        New::List(items) => items.iter_mut().for_each(|it| call(it, names)),
        New::Commented(_, inner) => call(inner, names),
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
    tree.map_or(Value::Null, |it| bare(&it.to_json(), false))
}

/// A schema without words and examples, which say nothing about what it allows; among names of fields
/// none is one of these.
fn bare(schema: &Value, has_names: bool) -> Value {
    const WORDS: &[&str] = &["description", "example", "examples", "title"];
    let is_word = |key: &str| !has_names && (key.starts_with("x-") || WORDS.contains(&key));
    match schema {
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(key, _)| !is_word(key));
            let fields = fields.map(|(key, it)| {
                let has_names = !has_names && key == "properties";
                (key.clone(), bare(it, has_names))
            });
            Value::Object(fields.collect())
        }
        Value::Array(items) => items.iter().map(|it| bare(it, false)).collect(),
        plain => plain.clone(),
    }
}
