//! Choices of shapes, which are told apart by trying one after the other.

use crate::diagnostic::codes;
use crate::load::tree::Node;
use crate::model::{Field, SchemaKind, Type};

use super::super::context::Context;

impl<'d> Context<'d> {
    /// A choice of shapes, each a type of its own.
    pub(super) fn lower_choice(
        &mut self,
        node: &'d Node,
        alternatives: &'d Node,
        hint: &str,
        name: Option<String>,
    ) -> Type {
        if let Some(properties) = node.entry("properties")
            && !self.is_repeated_in_all(node, alternatives)
        {
            self.report.error(
                &properties.value,
                codes::CHOICE_PROPERTIES,
                "properties beside a choice of shapes: it can only be taken as any JSON".to_owned(),
                "write them into every shape of the choice",
            );
            return self.any_json(node);
        }
        // The name is taken before the alternatives are lowered, which may refer to it.
        let name = self.claim(hint, name);
        self.define_named(
            node,
            &name,
            SchemaKind::OneOf {
                alternatives: Vec::new(),
                tag: None,
            },
        );
        self.schemas.open_inline.push((node, name.clone()));
        let mut types: Vec<_> = alternatives
            .items()
            .iter()
            .map(|alternative| {
                self.refuse_policy(alternative);
                self.lower_type(alternative, &alternative_hint(hint, alternative))
            })
            .collect();
        self.schemas.open_inline.pop();
        let kind = match self.tag(node, alternatives, &types) {
            Some(tagged) => tagged,
            None => {
                // A choice of itself and others is the choice of the others; `check` tells of it.
                let outer = self.open_choices();
                types.retain(
                    |ty| !matches!(ty, Type::Named(it) if *it == name || outer.contains(it)),
                );
                if types.is_empty() && !alternatives.items().is_empty() {
                    self.schemas.found.shift_remove(&name);
                    return self.any_json(node);
                }
                let types = distinct(types);
                self.warn_of_trying(node, alternatives, &types);
                SchemaKind::OneOf {
                    alternatives: types,
                    tag: None,
                }
            }
        };
        self.define_named(node, &name, kind);
        Type::Named(name)
    }

    /// Says so where trying may take the wrong shape.
    pub(super) fn warn_of_trying(
        &mut self,
        node: &'d Node,
        alternatives: &'d Node,
        types: &[Type],
    ) {
        if let Some(discriminator) = node.get("discriminator") {
            self.report.warning(
                discriminator,
                codes::DISCRIMINATOR,
                "the discriminator is not read: not every shape is an object with a word of its \
                 own; they are told apart by trying them in order"
                    .to_owned(),
                "name every shape by a reference, or in the mapping",
            );
        }
        for (index, later) in types.iter().enumerate() {
            let earlier = types.iter().take(index);
            if let Some((first, _)) = earlier.enumerate().find(|(_, it)| self.takes(it, later)) {
                self.report.warning(
                    alternatives,
                    codes::CHOICE_ORDER,
                    format!(
                        "shapes are told apart by trying them in order, and shape {} takes values of shape {}",
                        first + 1,
                        index + 1
                    ),
                    "put the shape with more required properties first, or require what tells them apart",
                );
                return;
            }
        }
    }

    /// Whether reading a value of `other` as the type succeeds, as far as names tell.
    fn takes(&self, ty: &Type, other: &Type) -> bool {
        match (ty, other) {
            (Type::Any, _) => true,
            (Type::String | Type::Password, Type::String | Type::Password) => true,
            (Type::Integer { .. } | Type::Number { .. }, Type::Integer { .. }) => true,
            (Type::Number { .. }, Type::Number { .. }) => true,
            (Type::Array(ty), Type::Array(other)) => self.takes(ty, other),
            (Type::Map(_), _) => self.fields(other).is_some() || matches!(other, Type::Map(_)),
            _ if self.is_word(ty) => {
                matches!(other, Type::String | Type::Password) || self.is_word(other)
            }
            (Type::String | Type::Password, _) => self.is_word(other),
            _ => match (self.fields(ty), self.fields(other)) {
                (Some(fields), Some(others)) => fields
                    .iter()
                    .filter(|field| field.required)
                    .all(|field| others.iter().any(|other| other.name == field.name)),
                _ => false,
            },
        }
    }

    /// The choices that are being made right around what is lowered, with no object, list or map
    /// between.
    fn open_choices(&self) -> Vec<String> {
        let open = self.schemas.open_inline.iter().rev();
        let is_choice = |name: &str| {
            let schema = self.schemas.get(name);
            matches!(schema.map(|it| &it.kind), Some(SchemaKind::OneOf { .. }))
        };
        open.map(|(_, name)| name.clone())
            .take_while(|name| is_choice(name))
            .collect()
    }

    fn is_word(&self, ty: &Type) -> bool {
        matches!(self.kind(ty), Some(SchemaKind::Enum { .. }))
    }

    fn fields(&self, ty: &Type) -> Option<&[Field]> {
        match self.kind(ty)? {
            SchemaKind::Object { fields, .. } => Some(fields),
            _ => None,
        }
    }

    fn kind(&self, ty: &Type) -> Option<&SchemaKind> {
        match ty {
            Type::Named(name) => self.schemas.get(name).map(|schema| &schema.kind),
            _ => None,
        }
    }
}

/// The name of an alternative that has none: what it is. Its title is words, and what it requires may
/// come to be more.
fn alternative_hint(hint: &str, alternative: &Node) -> String {
    let is = |word: &str| alternative.get("type").and_then(Node::as_str) == Some(word);
    let is_choice = alternative.get("oneOf").is_some() || alternative.get("anyOf").is_some();
    let kind = match alternative.get("enum").is_some() {
        _ if is_choice => "Choice",
        _ if is("array") => "List",
        true => "String",
        false => "Object",
    };
    format!("{hint}{kind}")
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
