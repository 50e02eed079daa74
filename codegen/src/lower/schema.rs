//! Schemas → types: every object, enumeration and choice gets a name, every alias is seen through.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::load::tree::Node;
use crate::model::{NamedSchema, SchemaKind, Type, Usage, Variant};
use crate::names::{Names, pascal};

use super::service::{Context, text};

mod field;
mod merge;

pub(super) use field::{constraints, lower_policy};

/// Names that generated code uses unqualified beside the types of a document.
const RESERVED: [&str; 9] = [
    "String", "Option", "Vec", "Box", "Result", "Password", "Default", "Self", "Error_",
];

/// How deep types may nest before they are taken as any JSON.
const MAX_DEPTH: usize = 48;

/// The types found so far.
pub(super) struct Schemas {
    /// The Rust name of each component, by the text of a reference to it.
    components: HashMap<String, String>,
    names: Names,
    found: IndexMap<String, NamedSchema>,
    /// References being lowered, to notice aliases that go in a circle.
    open: Vec<String>,
}

impl Schemas {
    /// Gives the components their names first, so that no inline object takes one.
    pub(super) fn new(tree: &Node) -> Self {
        let mut names = Names::reserving(RESERVED);
        let components = tree
            .pointer("/components/schemas")
            .map(Node::entries)
            .unwrap_or_default();
        let components = components
            .iter()
            .map(|entry| {
                let token = entry.key.replace('~', "~0").replace('/', "~1");
                (
                    format!("#/components/schemas/{token}"),
                    names.pascal(&entry.key),
                )
            })
            .collect();
        Self {
            components,
            names,
            found: IndexMap::new(),
            open: Vec::new(),
        }
    }

    /// A type found so far, by its Rust name.
    pub(super) fn get(&self, name: &str) -> Option<&NamedSchema> {
        self.found.get(name)
    }

    pub(super) fn finish(self) -> IndexMap<String, NamedSchema> {
        let mut found = self.found;
        found.sort_keys();
        found
    }
}

impl<'d> Context<'d> {
    /// The type of a schema. `hint` names it in case it is an object without a name of its own.
    pub(super) fn lower_type(&mut self, node: &'d Node, hint: &str) -> Type {
        if self.schemas.open.len() > MAX_DEPTH {
            return Type::Any;
        }
        let Some(reference) = node.get("$ref").and_then(Node::as_str) else {
            return self.lower_inline(node, hint, None);
        };
        let Some(target) = self.tree.reference(reference) else {
            return Type::Any;
        };
        let reference = reference.to_owned();
        let name = match self.schemas.components.get(&reference) {
            Some(name) => name.clone(),
            None => {
                let name = self
                    .schemas
                    .names
                    .pascal(reference.rsplit('/').next().unwrap_or(hint));
                self.schemas
                    .components
                    .insert(reference.clone(), name.clone());
                name
            }
        };
        if self.schemas.found.contains_key(&name) {
            return Type::Named(name);
        }
        if self.schemas.open.contains(&reference) {
            self.report.warning(
                node,
                "lower::circular-type",
                format!(
                    "`{reference}` contains itself without an object between; taken as any JSON"
                ),
                "put an object with a property between the type and itself",
            );
            return Type::Any;
        }
        self.schemas.open.push(reference);
        let ty = if target.get("$ref").is_some() {
            // Another name for a type that has one.
            self.lower_type(target, hint)
        } else {
            self.lower_inline(target, &name.clone(), Some(name))
        };
        self.schemas.open.pop();
        ty
    }

    /// The type of a schema that is not a reference; `name` is given when it is a component.
    fn lower_inline(&mut self, node: &'d Node, hint: &str, name: Option<String>) -> Type {
        for key in ["oneOf", "anyOf"] {
            if let Some(alternatives) = node.get(key) {
                return self.lower_choice(node, alternatives.items(), hint, name);
            }
        }
        if let Some(members) = node.get("allOf") {
            return self.lower_all_of(node, members, hint, name);
        }
        let properties = node
            .get("properties")
            .map(Node::entries)
            .unwrap_or_default();
        match node.get("type").and_then(Node::as_str) {
            Some("string") => self.lower_string(node, hint, name),
            Some("integer") => Type::Integer {
                bits: bits(node, "int32"),
            },
            Some("number") => Type::Number {
                bits: bits(node, "float"),
            },
            Some("boolean") => Type::Boolean,
            Some("array") => match node.get("items") {
                Some(items) => {
                    Type::Array(Box::new(self.lower_element(items, &format!("{hint}Item"))))
                }
                None => Type::Array(Box::new(Type::Any)),
            },
            Some("object") if properties.is_empty() => self.lower_map(node, hint),
            None if properties.is_empty() => {
                if node.get("additionalProperties").is_some() {
                    return self.lower_map(node, hint);
                }
                match node.get("enum") {
                    Some(words) if is_words(words) => self.lower_string(node, hint, name),
                    _ => Type::Any,
                }
            }
            _ => {
                let parts = merge::Parts::of(node);
                self.lower_object(node, &parts, hint, name)
            }
        }
    }

    /// The type of a list's items or a map's values, which may be `null` each.
    fn lower_element(&mut self, node: &'d Node, hint: &str) -> Type {
        let ty = self.lower_type(node, hint);
        let nullable = self.resolve(node).get("nullable").and_then(Node::as_bool) == Some(true);
        if nullable && ty != Type::Any {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        }
    }

    fn lower_map(&mut self, node: &'d Node, hint: &str) -> Type {
        let value = match node.get("additionalProperties") {
            Some(schema) if !schema.entries().is_empty() => {
                self.lower_element(schema, &format!("{hint}Value"))
            }
            _ => Type::Any,
        };
        Type::Map(Box::new(value))
    }

    fn lower_string(&mut self, node: &'d Node, hint: &str, name: Option<String>) -> Type {
        if node.get("format").and_then(Node::as_str) == Some("password") {
            return Type::Password;
        }
        let Some(words) = node.get("enum").filter(|words| is_words(words)) else {
            return Type::String;
        };
        let mut idents = Names::reserving(["Unknown"]);
        let variants = words
            .items()
            .iter()
            .filter_map(Node::as_str)
            .map(|wire| Variant {
                wire: wire.to_owned(),
                ident: idents.pascal(wire),
            })
            .collect();
        self.define(node, hint, name, SchemaKind::Enum { variants })
    }

    fn lower_choice(
        &mut self,
        node: &'d Node,
        alternatives: &'d [Node],
        hint: &str,
        name: Option<String>,
    ) -> Type {
        if let [only] = alternatives {
            return self.lower_type(only, hint);
        }
        // The name is taken before the alternatives are lowered, which may refer to it.
        let name = self.claim(hint, name);
        self.define_named(
            node,
            &name,
            SchemaKind::OneOf {
                alternatives: Vec::new(),
            },
        );
        let types: Vec<_> = alternatives
            .iter()
            .enumerate()
            .map(|(index, alternative)| {
                self.lower_type(alternative, &alternative_hint(hint, alternative, index))
            })
            .collect();
        let types = distinct(types);
        self.define_named(
            node,
            &name,
            SchemaKind::OneOf {
                alternatives: types,
            },
        );
        Type::Named(name)
    }

    fn lower_all_of(
        &mut self,
        node: &'d Node,
        members: &'d Node,
        hint: &str,
        name: Option<String>,
    ) -> Type {
        match merge::all_of(self, node) {
            Some(parts) if !parts.properties.is_empty() => {
                self.lower_object(node, &parts, hint, name)
            }
            _ => {
                // A reference with words around it, the usual way to describe a reference.
                let mut shapes = members
                    .items()
                    .iter()
                    .filter(|member| merge::has_shape(member));
                match (shapes.next(), shapes.next()) {
                    (Some(only), None) => self.lower_type(only, hint),
                    (None, _) => Type::Any,
                    (Some(_), Some(_)) => {
                        self.report.warning(
                            members,
                            "lower::all-of",
                            "these schemas cannot be merged into one object; taken as any JSON"
                                .to_owned(),
                            "allOf merges objects with properties; write other shapes out",
                        );
                        Type::Any
                    }
                }
            }
        }
    }

    fn lower_object(
        &mut self,
        node: &'d Node,
        parts: &merge::Parts<'d>,
        hint: &str,
        name: Option<String>,
    ) -> Type {
        let name = self.claim(hint, name);
        let empty = SchemaKind::Object {
            fields: Vec::new(),
            extra: None,
        };
        self.define_named(node, &name, empty);
        let fields = self.lower_fields(parts, &name);
        let extra = parts
            .additional
            .filter(|schema| !schema.entries().is_empty())
            .map(|schema| self.lower_element(schema, &format!("{name}Extra")));
        self.define_named(node, &name, SchemaKind::Object { fields, extra });
        Type::Named(name)
    }

    fn define(&mut self, node: &Node, hint: &str, name: Option<String>, kind: SchemaKind) -> Type {
        let name = self.claim(hint, name);
        self.define_named(node, &name, kind);
        Type::Named(name)
    }

    fn claim(&mut self, hint: &str, name: Option<String>) -> String {
        name.unwrap_or_else(|| self.schemas.names.pascal(hint))
    }

    fn define_named(&mut self, node: &Node, name: &str, kind: SchemaKind) {
        let schema = NamedSchema {
            name: name.to_owned(),
            description: text(node.get("description")).or_else(|| text(node.get("title"))),
            deprecated: node.get("deprecated").and_then(Node::as_bool) == Some(true),
            kind,
            usage: Usage::default(),
        };
        self.schemas.found.insert(name.to_owned(), schema);
    }
}

/// 32 when the schema has the short format, else 64.
fn bits(node: &Node, short: &str) -> u8 {
    if node.get("format").and_then(Node::as_str) == Some(short) {
        32
    } else {
        64
    }
}

/// Whether an `enum` lists texts; `null` beside them is nullable's matter.
fn is_words(words: &Node) -> bool {
    !words.items().is_empty() && words.items().iter().any(|word| word.as_str().is_some())
}

/// The name of an alternative: its title, else the field only it requires, else its number.
fn alternative_hint(hint: &str, alternative: &Node, index: usize) -> String {
    let title = text(alternative.get("title"));
    let field = alternative
        .get("required")
        .map(Node::items)
        .unwrap_or_default();
    match (title, field) {
        (Some(title), _) => format!("{hint}{}", pascal(&title)),
        (None, [only]) => format!("{hint}{}", pascal(only.as_str().unwrap_or_default())),
        _ => format!("{hint}Variant{}", index + 1),
    }
}

/// The types without those that stand there already, which no trial could tell apart.
fn distinct(types: Vec<Type>) -> Vec<Type> {
    let mut kept: Vec<Type> = Vec::new();
    for ty in types {
        if !kept.contains(&ty) {
            kept.push(ty);
        }
    }
    kept
}
