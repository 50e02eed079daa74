//! The variants of a choice, each named after what it holds. progenitor names them by what all of them
//! have in common, so that one that comes or goes renames the others.

use std::collections::HashMap;

use syn::visit_mut::{self, VisitMut};
use syn::{Ident, ItemEnum, ItemImpl, Path};

use crate::emit::tokens::ident;
use crate::model::{SchemaKind, Service, Type};
use crate::names::Names;

/// What the variants of a choice are called from now on.
#[derive(Default)]
pub(super) struct Renamed {
    choice: String,
    names: HashMap<String, Ident>,
}

impl Renamed {
    /// Names the variants of a choice that is told apart by trying.
    pub(super) fn of(service: &Service, item: &mut ItemEnum) -> Self {
        let choice = item.ident.to_string();
        let schema = service.schemas.get(&choice);
        let Some(SchemaKind::OneOf { alternatives, .. }) = schema.map(|it| &it.kind) else {
            return Self::default();
        };
        if alternatives.len() != item.variants.len() {
            return Self::default();
        }
        let mut names = Names::default();
        let renamed = item.variants.iter_mut().zip(alternatives);
        let renamed = renamed.map(|(variant, ty)| {
            let name = ident(&names.pascal(held(&choice, ty)));
            let before = std::mem::replace(&mut variant.ident, name.clone());
            (before.to_string(), name)
        });
        let names = renamed.collect();
        Self { choice, names }
    }

    /// Calls the variants so in what is implemented for the choice.
    pub(super) fn apply(&mut self, item: &mut ItemImpl) {
        if !self.names.is_empty() {
            self.visit_item_impl_mut(item);
        }
    }
}

impl VisitMut for Renamed {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let mut segments = path.segments.iter_mut();
        if let (Some(owner), Some(variant), None) =
            (segments.next(), segments.next(), segments.next())
            && (owner.ident == "Self" || owner.ident == self.choice)
            && let Some(name) = self.names.get(&variant.ident.to_string())
        {
            variant.ident = name.clone();
        }
    }
}

/// What an alternative is called: a type without a name of its own goes by what it is of the choice.
fn held<'t>(choice: &str, ty: &'t Type) -> &'t str {
    match ty {
        Type::String | Type::Text | Type::SecretText => "String",
        Type::Password => "Password",
        Type::Integer { .. } | Type::Wide => "Integer",
        Type::Number { .. } => "Number",
        Type::Boolean => "Boolean",
        Type::Any | Type::SecretJson => "Value",
        Type::Bytes => "Bytes",
        Type::Array(_) => "List",
        Type::Map(_) => "Map",
        Type::Nullable(inner) => held(choice, inner),
        Type::Named(name) => match name.strip_prefix(choice) {
            Some(own) if own.starts_with(|it: char| it.is_ascii_uppercase()) => own,
            _ => name,
        },
    }
}
