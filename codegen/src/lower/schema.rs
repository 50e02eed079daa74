//! Schemas → types: every object, enumeration and choice gets a name, every alias is seen through.

use crate::diagnostic::codes;
use crate::load::tree::Node;
use crate::model::{NamedSchema, SchemaKind, Type, Usage, Variant};
use crate::names::Names;

use super::context::{Context, text};

mod choice;
mod direction;
mod field;
mod layers;
mod merge;
mod shape;
#[cfg(test)]
mod tests;

pub(super) use direction::respect_directions;
pub(super) use field::{constraints, lower_policy};
pub(super) use layers::Layers;

/// How many references may stand inside each other before an object waits for its turn.
const MAX_DEPTH: usize = 48;

impl<'d> Context<'d> {
    /// The type of a schema. `hint` names it in case it is an object without a name of its own.
    pub(super) fn lower_type(&mut self, node: &'d Node, hint: &str) -> Type {
        let Some(reference) = node.get("$ref").and_then(Node::as_str) else {
            return self.lower_inline(node, hint, None);
        };
        let Some(target) = self.references.node(reference) else {
            return Type::Any;
        };
        if let Some(known) = self.schemas.known.get(reference) {
            return known.clone();
        }
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
                codes::CIRCULAR_TYPE,
                format!(
                    "`{reference}` contains itself without an object between; taken as any JSON"
                ),
                "put an object with a property between the type and itself",
            );
            return self.any_json(target);
        }
        if self.schemas.open.len() > MAX_DEPTH {
            if shape::is_object_of_its_own(target) {
                self.schemas.deferred.push(reference);
                return Type::Named(name);
            }
            self.report.error(
                node,
                codes::TYPES_TOO_DEEP,
                format!("more than {MAX_DEPTH} types stand inside each other here"),
                "make the chain of types shorter, or put an object with properties into it",
            );
            return Type::Any;
        }
        self.schemas.open.push(reference.clone());
        let ty = if target.get("$ref").is_some() {
            // Another name for a type that has one.
            self.lower_type(target, hint)
        } else {
            self.lower_inline(target, &name.clone(), Some(name))
        };
        self.schemas.open.pop();
        self.schemas.known.insert(reference, ty.clone());
        ty
    }

    /// Lowers the objects that were too deep in others to be lowered with them.
    pub(super) fn lower_deferred(&mut self) {
        while let Some(reference) = self.schemas.deferred.pop() {
            let name = self.schemas.components.get(&reference).cloned();
            if let (Some(name), Some(target)) = (name, self.references.node(&reference))
                && !self.schemas.found.contains_key(&name)
            {
                self.schemas.open.push(reference);
                self.lower_inline(target, &name.clone(), Some(name));
                self.schemas.open.pop();
            }
        }
    }

    /// The type of a schema that is not a reference; `name` is given when it is a component.
    fn lower_inline(&mut self, node: &'d Node, hint: &str, name: Option<String>) -> Type {
        if shape::is_secret(node) {
            return Type::Password;
        }
        if let Some(only) = shape::only_member(node) {
            // Words around one schema, the usual way to describe a reference.
            return self.lower_wrapped(node, only, hint, name);
        }
        let open = &self.schemas.open_inline;
        if let Some((_, name)) = open.iter().find(|(known, _)| std::ptr::eq(*known, node)) {
            return Type::Named(name.clone());
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(alternatives) = node.get(key).filter(|_| !shape::only_asks(node, key)) {
                return self.lower_choice(node, alternatives, hint, name);
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

    fn lower_wrapped(
        &mut self,
        node: &'d Node,
        only: &'d Node,
        hint: &str,
        name: Option<String>,
    ) -> Type {
        if only.get("$ref").is_some() {
            return self.lower_type(only, hint);
        }
        let ty = self.lower_inline(only, hint, name);
        if let Type::Named(name) = &ty
            && let Some(schema) = self.schemas.found.get_mut(name)
            && let Some(words) = text(node.get("description"))
        {
            schema.description = Some(words);
        }
        ty
    }

    /// Any JSON in the place of a schema that says more. Nothing that holds a secret may become
    /// that, since any JSON is printed.
    fn any_json(&mut self, node: &'d Node) -> Type {
        if let Some(secret) = self.find_secret(node) {
            self.report.error(
                secret,
                codes::SECRET_LOST,
                "this secret stands in a schema that can only be taken as any JSON, which is printed"
                    .to_owned(),
                "write the schema around it as an object with properties",
            );
        }
        Type::Any
    }

    /// The type of a list's items or a map's values, which may be `null` each.
    fn lower_element(&mut self, node: &'d Node, hint: &str) -> Type {
        let ty = self.lower_type(node, hint);
        self.refuse_policy(node);
        let nullable = Layers::of(self, node).flag("nullable");
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
            _ if members.items().iter().any(shape::has_shape) => {
                self.report.warning(
                    members,
                    codes::ALL_OF,
                    "these schemas cannot be merged into one object; taken as any JSON".to_owned(),
                    "allOf merges objects with properties; write other shapes out",
                );
                self.any_json(node)
            }
            _ => Type::Any,
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
        self.schemas.open_inline.push((node, name.clone()));
        let fields = self.lower_fields(parts, &name);
        let extra = parts
            .additional
            .filter(|schema| !schema.entries().is_empty())
            .map(|schema| self.lower_element(schema, &format!("{name}Extra")));
        self.schemas.open_inline.pop();
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
