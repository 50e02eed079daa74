//! The variants of a choice, each named after what it holds, which stands in a `Box` where it is an
//! object. progenitor names them by what all of them have in common, so that one that comes or goes
//! renames the others, and boxes only what would hold itself: objects that hold choices of objects
//! grow to megabytes then, more than a stack has.

use std::collections::HashMap;

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{GenericArgument, Ident, ItemEnum, ItemImpl, Path, PathArguments};

use crate::emit::catalog::inside;
use crate::emit::tokens::ident;
use crate::model::{SchemaKind, Service, Type};
use crate::names::Names;

/// The variants of a choice as they are from now on.
#[derive(Default)]
pub(super) struct Variants {
    choice: String,
    names: HashMap<String, Ident>,
    /// The variants that hold a `Box`, by the type in it.
    boxed: HashMap<String, Ident>,
}

impl Variants {
    /// Names the variants of a choice that is told apart by trying, and boxes the objects in them.
    pub(super) fn of(service: &Service, item: &mut ItemEnum) -> Self {
        let choice = item.ident.to_string();
        let schema = service.schemas.get(&choice);
        let Some(SchemaKind::OneOf { alternatives, .. }) = schema.map(|it| &it.kind) else {
            return Self::default();
        };
        if alternatives.len() != item.variants.len() {
            return Self::default();
        }
        let mut taken = Names::default();
        let (mut names, mut boxed) = (HashMap::new(), HashMap::new());
        for (variant, ty) in item.variants.iter_mut().zip(alternatives) {
            let name = ident(&taken.pascal(held(&choice, ty)));
            let before = std::mem::replace(&mut variant.ident, name.clone());
            names.insert(before.to_string(), name.clone());
            if let Some(field) = variant.fields.iter_mut().next()
                && is_object(service, ty)
            {
                let inner = inside(&field.ty, "Box").unwrap_or(&field.ty).clone();
                field.ty = syn::parse_quote!(Box<#inner>);
                boxed.insert(inner.to_token_stream().to_string(), name);
            }
        }
        Self {
            choice,
            names,
            boxed,
        }
    }

    /// Has what is implemented for the choice go by them.
    pub(super) fn apply(&mut self, item: &mut ItemImpl) {
        if self.names.is_empty() {
            return;
        }
        self.visit_item_impl_mut(item);
        if let Some(inner) = made_from(item)
            && let Some(variant) = self.boxed.get(&inner.to_token_stream().to_string())
        {
            let choice = ident(&self.choice);
            *item = syn::parse_quote! {
                impl From<#inner> for #choice {
                    fn from(value: #inner) -> Self {
                        Self::#variant(Box::new(value))
                    }
                }
            };
        }
    }
}

impl VisitMut for Variants {
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

fn is_object(service: &Service, ty: &Type) -> bool {
    let Type::Named(name) = ty else { return false };
    let schema = service.schemas.get(name);
    schema.is_some_and(|it| matches!(it.kind, SchemaKind::Object { .. }))
}

/// What a choice is made from by this implementation, with or without a `Box` around it.
fn made_from(item: &ItemImpl) -> Option<syn::Type> {
    let (implemented, ..) = item.trait_.as_ref()?;
    let last = implemented
        .segments
        .last()
        .filter(|it| it.ident == "From")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let GenericArgument::Type(ty) = arguments.args.first()? else {
        return None;
    };
    Some(inside(ty, "Box").unwrap_or(ty).clone())
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
