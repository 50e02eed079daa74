//! Secrets that a document of others does not mark: text whose name says that it is one.

use crate::check::is_taken_for_secret;
use crate::load::tree::Node;
use crate::model::{ParameterLocation, Type};

use super::super::context::Context;
use super::layers::Layers;

impl<'d> Context<'d> {
    /// The type of what has this name: text that sounds like a secret is one.
    pub(crate) fn unless_secret(&self, name: &str, schema: &Layers<'d>, ty: Type) -> Type {
        let format = schema.get("format").and_then(Node::as_str);
        let marked = schema.get("x-secret").and_then(Node::as_bool);
        match self.profile.is_foreign() && is_taken_for_secret(name, format, marked) {
            true => with_text(ty, &Type::Password),
            false => ty,
        }
    }

    /// The type of a parameter: in an address no secret can be sent, so that it is text there.
    pub(crate) fn parameter_type(
        &self,
        name: &str,
        location: ParameterLocation,
        schema: Option<&Layers<'d>>,
        ty: Type,
    ) -> Type {
        if !self.profile.is_foreign() {
            return ty;
        }
        match (location, schema) {
            (ParameterLocation::Header, Some(schema)) if ty == Type::String => {
                self.unless_secret(name, schema, ty)
            }
            (ParameterLocation::Path | ParameterLocation::Query, _) => {
                with_secret(ty, &Type::String)
            }
            _ => ty,
        }
    }
}

/// A type with another in the place of text, be it in lists or maps.
fn with_text(ty: Type, other: &Type) -> Type {
    instead(ty, &Type::String, other)
}

/// Likewise of secrets.
fn with_secret(ty: Type, other: &Type) -> Type {
    instead(ty, &Type::Password, other)
}

fn instead(ty: Type, from: &Type, to: &Type) -> Type {
    let inside = |inner: Box<Type>| Box::new(instead(*inner, from, to));
    match ty {
        ty if ty == *from => to.clone(),
        Type::Array(inner) => Type::Array(inside(inner)),
        Type::Map(inner) => Type::Map(inside(inner)),
        Type::Nullable(inner) => Type::Nullable(inside(inner)),
        ty => ty,
    }
}
