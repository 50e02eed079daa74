//! Secrets: what a document marks as one, and in a document of others what sounds like one. Whatever
//! becomes of such a value, it does not print.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::check::is_taken_for_secret;
use crate::load::tree::Node;
use crate::model::{NamedSchema, Operation, ParameterLocation, SchemaKind, Type};

use super::super::context::Context;
use super::layers::Layers;
use super::shape;

impl<'d> Context<'d> {
    /// The type of what has this name: what sounds like a secret is one.
    pub(crate) fn unless_secret(&self, name: &str, schema: Option<&Layers<'d>>, ty: Type) -> Type {
        let word = |key| schema?.get(key);
        let format = word("format").and_then(Node::as_str);
        let marked = word("x-secret").and_then(Node::as_bool);
        match self.profile.is_foreign() && is_taken_for_secret(name, format, marked) {
            true => self.hidden(ty),
            false => ty,
        }
    }

    /// The type of a schema that is marked as a secret: text, or any JSON where it is something else.
    pub(super) fn lower_secret(&self, node: &'d Node) -> Type {
        let layers = Layers::of(self, node);
        let is_text = match layers.get("type").and_then(Node::as_str) {
            Some(word) => word == "string",
            None => !shape::COMPOUND.iter().any(|key| {
                let mut members = layers.iter().filter(|it| shape::only_member(it).is_none());
                members.any(|it| it.get(key).is_some())
            }),
        };
        match is_text {
            true => Type::Password,
            false => Type::SecretJson,
        }
    }

    /// A type that does not print in the place of one that does. Numbers and truth values print, and
    /// so do the words of an enumeration, which the document tells everybody.
    fn hidden(&self, ty: Type) -> Type {
        let inside = |inner: Box<Type>| Box::new(self.hidden(*inner));
        match ty {
            Type::String => Type::Password,
            Type::Text => Type::SecretText,
            Type::Any => Type::SecretJson,
            Type::Array(inner) => Type::Array(inside(inner)),
            Type::Map(inner) => Type::Map(inside(inner)),
            Type::Nullable(inner) => Type::Nullable(inside(inner)),
            Type::Named(name) if self.shows_text(&name, &mut HashSet::new()) => Type::SecretJson,
            ty => ty,
        }
    }

    /// Whether a choice of this name has text in an alternative that would be shown.
    fn shows_text(&self, name: &str, seen: &mut HashSet<String>) -> bool {
        let Some(SchemaKind::OneOf { alternatives, .. }) =
            self.schemas.get(name).map(|it| &it.kind)
        else {
            return false;
        };
        if !seen.insert(name.to_owned()) {
            return false;
        }
        let mut alternatives_show = alternatives.iter().map(|alternative| {
            let mut ty = alternative;
            while let Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) = ty {
                ty = inner;
            }
            match ty {
                Type::String | Type::Text | Type::Any => true,
                Type::Named(name) => self.shows_text(name, seen),
                _ => false,
            }
        });
        // One that is being made may hold anything.
        alternatives.is_empty() || alternatives_show.any(|it| it)
    }

    /// The type of a body that is text: a secret where its schema, or anything that is written in it,
    /// is one.
    pub(crate) fn text_body(&self, schema: Option<&'d Node>) -> Type {
        let Some(schema) = schema else {
            return Type::Text;
        };
        if self.find_secret(schema).is_some() {
            return Type::SecretText;
        }
        let reference = schema.get("$ref").and_then(Node::as_str);
        let name = reference.map(|it| self.own_name(it));
        let layers = Layers::of(self, schema);
        self.unless_secret(name.unwrap_or_default(), Some(&layers), Type::Text)
    }

    /// The type of a parameter that does not stand in the address, where a name says what it is.
    pub(crate) fn parameter_type(
        &self,
        name: &str,
        location: ParameterLocation,
        schema: Option<&Layers<'d>>,
        ty: Type,
    ) -> Type {
        match location {
            ParameterLocation::Header | ParameterLocation::Cookie => {
                self.unless_secret(name, schema, ty)
            }
            ParameterLocation::Path | ParameterLocation::Query => ty,
        }
    }
}

/// Makes what stands in addresses something that can be sent there, which no secret can: text is text,
/// and an object that holds a secret is any JSON. `check` tells of it.
pub(crate) fn show_in_addresses(
    operations: &mut [Operation],
    schemas: &IndexMap<String, NamedSchema>,
) {
    let parameters = operations.iter_mut().flat_map(|it| &mut it.parameters);
    let in_address = parameters.filter(|it| {
        matches!(
            it.location,
            ParameterLocation::Path | ParameterLocation::Query
        )
    });
    for parameter in in_address {
        let is_object = matches!(parameter.ty, Type::Named(_));
        show(&mut parameter.ty, schemas);
        // An argument of a path is text unless it says that it has parts.
        if is_object && parameter.ty == Type::Any && parameter.location == ParameterLocation::Path {
            parameter.ty = Type::Map(Box::new(Type::String));
        }
    }
}

fn show(ty: &mut Type, schemas: &IndexMap<String, NamedSchema>) {
    match ty {
        Type::Password => *ty = Type::String,
        Type::SecretJson => *ty = Type::Any,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => show(inner, schemas),
        Type::Named(_) if ty.holds_secret(schemas) => *ty = Type::Any,
        _ => {}
    }
}
