//! The passes over progenitor's types.
//!
//! In order: wire names come back, enumerations are opened, errors may be half there, what may
//! grow is `#[non_exhaustive]`, deprecation and documentation are put on, and the methods that the
//! model asks for (constructors, questions) are added.

mod attributes;
mod methods;
mod open_enum;
pub(super) mod tagged;

use std::collections::{HashMap, HashSet};

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Item, ItemEnum, ItemStruct};

use crate::model::{NamedSchema, SchemaKind, Service, Type};

pub use methods::declared;

use super::catalog::Catalog;
use super::docs::{field_text, schema_text};
use super::tokens::{Beginnings, Part, print_parts, tokens_of};

/// Emits the types of a service.
pub fn emit(service: &Service, items: Vec<Item>, catalog: &Catalog) -> Result<String, String> {
    has_every_struct(service, &items)?;
    let tried = tried_by_shape(service);
    let words = |name: &str| match service.schemas.get(name) {
        Some(schema) => match &schema.kind {
            SchemaKind::Enum { variants } => Some((schema, variants)),
            _ => None,
        },
        None => None,
    };
    let mut out: Vec<TokenStream> = Vec::new();
    let (mut enums, mut choices) = (Vec::new(), Vec::new());
    let (mut modules, mut others) = (Vec::new(), String::new());
    for item in items {
        match item {
            Item::Struct(item) => out.push(pass_struct(service, item, &tried)),
            Item::Enum(item) => match words(&item.ident.to_string()) {
                Some((schema, variants)) => enums.push(open_enum::emit(schema, variants)),
                None => match tagged::tag_of(service, &item.ident.to_string()) {
                    Some((schema, types, tag)) => {
                        choices.push(tagged::emit(service, schema, types, tag));
                    }
                    None => out.push(choice(service, item)),
                },
            },
            // The conversions of an opened enumeration are its own.
            Item::Impl(block) if words(&subject(&block)).is_some() => {}
            Item::Mod(module) => modules.push(module),
            other => {
                let other = other.to_token_stream();
                others.push_str(&other.to_string());
                out.push(other);
            }
        }
    }
    // Support modules of progenitor stay where something still needs them.
    for module in &modules {
        let used = others.contains(&format!("{} ::", module.ident));
        if used {
            out.push(attributes::documented_module(module));
        }
    }
    let schemas = service.schemas.values();
    out.extend(schemas.clone().map(methods::questions));
    let constructors: String = schemas
        .filter_map(|schema| methods::construction(schema, catalog))
        .collect();
    let constructors = declared(&constructors);
    let code = quote!(#(#out)*);
    let constructed = tokens_of(&constructors)?;
    let derives = Beginnings::of([&code]).has("Serialize").then(|| {
        quote!(
            use serde::{Deserialize, Serialize};
        )
    });
    let mut macros = Vec::new();
    if !constructors.is_empty() {
        macros.push(quote!(constructors));
    }
    if !enums.is_empty() {
        macros.push(quote!(open_enum));
    }
    if !choices.is_empty() {
        macros.push(quote!(tagged));
    }
    let macros = match macros.as_slice() {
        [] => None,
        [only] => Some(quote!(use crate::runtime::generated::#only;)),
        all => Some(quote!(use crate::runtime::generated::{#(#all),*};)),
    };
    // Methods name the types of the document by their module, as other files do.
    let import = Beginnings::of([&code, &constructed]).has("types").then(|| {
        quote!(
            use super::types;
        )
    });
    let deprecated = super::allow_deprecated(service);
    let head = quote! {
        //! The types of requests and responses, as the document describes them.
        #deprecated

        #derives
        #macros
        #import

        #code
    };
    let enums = enums.into_iter().chain(choices).map(Part::Text);
    let parts = [Part::Code(head)].into_iter().chain(enums);
    print_parts(&service.path, parts.chain([Part::Text(constructors)]))
}

/// A choice of shapes.
fn choice(service: &Service, mut item: ItemEnum) -> TokenStream {
    let schema = service.schemas.get(&item.ident.to_string());
    attributes::document_enum(&mut item, schema);
    let uneven = match schema.map(|schema| &schema.kind) {
        Some(SchemaKind::OneOf { alternatives, .. }) => {
            super::size::allow_uneven(service, alternatives.iter().map(Some))
        }
        _ => None,
    };
    quote!(#uneven #item)
}

/// Refuses output in which an object or a field of the document goes by another name: it would
/// keep neither its wire names nor its rules.
fn has_every_struct(service: &Service, items: &[Item]) -> Result<(), String> {
    let structs = items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some((item.ident.to_string(), item)),
        _ => None,
    });
    let structs: HashMap<_, _> = structs.collect();
    for schema in service.schemas.values() {
        let SchemaKind::Object { fields, .. } = &schema.kind else {
            continue;
        };
        let Some(found) = structs.get(&schema.name) else {
            return Err(format!("progenitor has no type `{}`", schema.name));
        };
        let has = |name: &str| {
            let mut idents = found.fields.iter().filter_map(|it| it.ident.as_ref());
            idents.any(|it| it == name)
        };
        if let Some(field) = fields.iter().find(|field| !has(&field.ident)) {
            return Err(format!(
                "progenitor has no field `{}` of `{}`",
                field.ident, schema.name
            ));
        }
    }
    Ok(())
}

fn subject(block: &syn::ItemImpl) -> String {
    block.self_ty.to_token_stream().to_string()
}

/// The names of the types that are read to tell the alternatives of a choice apart, at any depth.
fn tried_by_shape(service: &Service) -> HashSet<String> {
    let mut open: Vec<&Type> = Vec::new();
    for schema in service.schemas.values() {
        if let SchemaKind::OneOf {
            alternatives,
            tag: None,
        } = &schema.kind
        {
            open.extend(alternatives);
        }
    }
    super::reachable_from(open, &service.schemas)
}

/// Whether callers see a type: not where they give its fields one by one.
pub fn is_public(schema: &NamedSchema) -> bool {
    let usage = schema.usage;
    !usage.request || usage.made_by_callers || usage.success || usage.error
}

fn pass_struct(service: &Service, mut item: ItemStruct, tried: &HashSet<String>) -> TokenStream {
    let Some(schema) = service.schemas.get(&item.ident.to_string()) else {
        return item.into_token_stream();
    };
    let SchemaKind::Object { fields, .. } = &schema.kind else {
        return item.into_token_stream();
    };
    let is_private = !is_public(schema);
    for syntax in &mut item.fields {
        let Some(name) = syntax.ident.as_ref().map(ToString::to_string) else {
            continue;
        };
        let Some(field) = fields.iter().find(|field| field.ident == name) else {
            attributes::set_doc(&mut syntax.attrs, super::docs::UNLISTED);
            continue;
        };
        // The documentation of a private one stands at its setter.
        let text = if is_private {
            String::new()
        } else {
            field_text(field)
        };
        attributes::set_doc(&mut syntax.attrs, &text);
        attributes::rename(&mut syntax.attrs, &field.name, &name);
        let is_read = schema.usage.error || schema.usage.success;
        match field.ty {
            Type::String if is_read && tried.contains(&schema.name) => {
                attributes::read_leniently(&mut syntax.attrs, &syntax.ty, schema.usage.error);
            }
            Type::String if schema.usage.error => {
                attributes::may_be_missing(&mut syntax.attrs, &syntax.ty);
            }
            _ if is_read && field.predicate.is_some() => {
                attributes::read_listed(&mut syntax.attrs, &syntax.ty);
            }
            _ => {}
        }
        if field.deprecated && !is_private {
            syntax.attrs.push(attributes::deprecated());
        }
        attributes::join_serde(&mut syntax.attrs);
    }
    attributes::set_doc(&mut item.attrs, &schema_text(schema));
    if fields.is_empty() {
        attributes::read_all(&mut item.attrs);
    }
    if is_private {
        item.vis = syn::parse_quote!(pub(crate));
    } else {
        item.attrs.push(syn::parse_quote!(#[non_exhaustive]));
    }
    if schema.deprecated {
        item.attrs.push(attributes::deprecated());
    }
    item.into_token_stream()
}
