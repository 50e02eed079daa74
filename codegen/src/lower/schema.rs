//! Schemas → types: every object, enumeration and choice gets a name, every alias is seen through.

use indexmap::IndexSet;

use crate::diagnostic::codes;
use crate::load::tree::{Node, Value};
use crate::model::{NamedSchema, SchemaKind, Type, Usage, Variant};
use crate::names::Names;

use super::context::{Context, text};

mod choice;
mod direction;
mod family;
mod field;
mod integer;
mod layers;
mod merge;
mod secret;
mod shape;
#[cfg(test)]
mod tests;

pub(super) use direction::{keep_unlisted, respect_directions, split_directions};
pub(super) use field::{constraints, lower_policy};
pub(super) use integer::of_schema as whole_number;
pub(super) use layers::Layers;
pub(super) use secret::show_in_addresses;

/// How many references may stand inside each other before an object waits for its turn.
const MAX_DEPTH: usize = 48;

impl<'d> Context<'d> {
    /// The type of a schema. `hint` names it in case it is an object without a name of its own.
    pub(super) fn lower_type(&mut self, node: &'d Node, hint: &str) -> Type {
        let Some(reference) = node.get("$ref").and_then(Node::as_str) else {
            return self.lower_inline(node, hint, None);
        };
        let reference = self.references.plain(reference);
        self.lower_reference(&reference, node, hint)
    }

    /// The type of what a reference leads to; `node` is where it stands.
    fn lower_reference(&mut self, reference: &str, node: &'d Node, hint: &str) -> Type {
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
            return self.any_json(target);
        }
        self.schemas.open.push(reference.clone());
        let ty = if target.get("$ref").is_some() {
            // Another name for a type that has one.
            self.lower_type(target, hint)
        } else if let Some(family) = self.family(&reference, target) {
            self.lower_family(target, &family, name)
        } else {
            self.lower_inline(target, &name.clone(), Some(name))
        };
        self.schemas.open.pop();
        let own_name = self.own_name(&reference);
        let ty = self.unless_secret(own_name, Some(&Layers::of(self, target)), ty);
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
            return self.lower_secret(node);
        }
        let heir = |only: &&Node| name.is_none() || !self.is_base(only);
        if let Some(only) = shape::only_member(node).filter(heir) {
            // Words around one schema, the usual way to describe a reference.
            return self.lower_wrapped(node, only, hint, name);
        }
        let open = &self.schemas.open_inline;
        if let Some((_, name)) = open.iter().find(|(known, _)| std::ptr::eq(*known, node)) {
            return Type::Named(name.clone());
        }
        for key in ["oneOf", "anyOf"] {
            let Some(alternatives) = node.get(key) else {
                continue;
            };
            if !shape::only_asks(node, key) {
                return self.lower_choice(node, alternatives, hint, name);
            }
            self.report.warning(
                alternatives,
                codes::NOT_READ,
                format!(
                    "`{key}` is not read: the server alone checks which of these properties go together"
                ),
                "say what it means in the description",
            );
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
            Some("integer") => integer::of_schema(&Layers::of(self, node)),
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
                match node.get("enum").map(listed_type) {
                    Some(Type::String) => self.lower_string(node, hint, name),
                    listed => listed.unwrap_or(Type::Any),
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

    /// Any JSON in the place of a schema that says more. What holds a secret is hidden as a whole.
    fn any_json(&mut self, node: &'d Node) -> Type {
        if let Some(secret) = self.find_secret(node) {
            self.report.error(
                secret,
                codes::SECRET_LOST,
                "this secret stands in a schema that can only be taken as any JSON; all of it is kept secret"
                    .to_owned(),
                "write the schema around it as an object with properties",
            );
            return Type::SecretJson;
        }
        Type::Any
    }

    /// The type of a whole body. An object of which nothing is listed is one, and no map: its first
    /// property would make another type of it.
    pub(super) fn lower_whole(&mut self, node: &'d Node, hint: &str) -> Type {
        let (mut reference, mut target) = (None, node);
        for _ in 0..16 {
            let Some(to) = target.get("$ref").and_then(Node::as_str) else {
                break;
            };
            let Some(found) = self.references.node(to) else {
                break;
            };
            reference = Some(self.references.plain(to));
            target = found;
        }
        if !shape::is_unlisted_object(target) || self.may_be_null(node) {
            return self.lower_element(node, hint);
        }
        let name = reference.and_then(|it| self.schemas.components.get(&it).cloned());
        let kind = SchemaKind::Object {
            fields: Vec::new(),
            extra: Some(Type::Any),
        };
        self.define(target, hint, name, kind)
    }

    /// The type of a body, a list's items or a map's values, which may be `null` each.
    pub(super) fn lower_element(&mut self, node: &'d Node, hint: &str) -> Type {
        // It parts what it holds from what it is in.
        let between = (std::ptr::null(), String::new());
        self.schemas.open_inline.push(between);
        let ty = self.lower_type(node, hint);
        self.schemas.open_inline.pop();
        self.refuse_policy(node);
        if self.may_be_null(node) && !matches!(ty, Type::Any | Type::SecretJson) {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        }
    }

    /// Whether `null` is a value of a schema.
    pub(super) fn may_be_null(&self, node: &'d Node) -> bool {
        let layers = Layers::of(self, node);
        layers.flag("nullable") || field::lists_null(&layers)
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
        let listed = node.get("enum").map(Node::items).unwrap_or_default();
        let words: IndexSet<_> = listed.iter().filter_map(word).collect();
        if words.is_empty() {
            return Type::String;
        }
        let mut idents = Names::reserving(["Unknown"]);
        let called = words.iter().map(|word| match &**word {
            "" => "Empty",
            word => word,
        });
        let called = idents.pascals(&called.collect::<Vec<_>>());
        let variants = words.into_iter().zip(called);
        let variants = variants
            .map(|(wire, ident)| Variant { wire, ident })
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
            _ => self.any_json(node),
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
        let extra = match parts.additional {
            None => {
                self.schemas.unsaid.push(name.clone());
                None
            }
            Some(said) if said.as_bool() == Some(false) => None,
            Some(said) if said.entries().is_empty() => Some(Type::Any),
            Some(schema) => Some(self.lower_element(schema, &format!("{name}Extra"))),
        };
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

/// A word of an enumeration of texts: a number or truth value among them is one that nobody put into
/// quotes; `null` is nullable's matter.
fn word(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(node.to_json().to_string()),
        _ => None,
    }
}

/// The type that all values of an `enum` have, where nothing else says it.
fn listed_type(words: &Node) -> Type {
    let all = |is: fn(&Node) -> bool| {
        let mut values = words
            .items()
            .iter()
            .filter(|it| it.value != Value::Null)
            .peekable();
        values.peek().is_some() && values.all(is)
    };
    if all(|it| it.as_str().is_some()) {
        Type::String
    } else if all(|it| it.as_bool().is_some()) {
        Type::Boolean
    } else if all(|it| it.as_number().is_some_and(|it| !it.is_f64())) {
        integer::of_listed(words)
    } else if all(|it| it.as_number().is_some()) {
        Type::Number { bits: 64 }
    } else {
        Type::Any
    }
}
