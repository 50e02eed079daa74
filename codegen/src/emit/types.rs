//! The passes over progenitor's types.
//!
//! In order: wire names come back, enumerations are opened, errors may be half there, what may
//! grow is `#[non_exhaustive]`, deprecation and documentation are put on, and the methods that the
//! model asks for (constructors, questions) are added.

mod attributes;
mod firsts;
mod groups;
mod methods;
mod open_enum;
mod tagged;
mod variants;

use std::collections::{BTreeMap, HashMap, HashSet};

use quote::{ToTokens, quote};
use rayon::prelude::*;
use syn::{Item, ItemEnum, ItemImpl, ItemStruct};

use crate::model::{NamedSchema, SchemaKind, Service, Type};

pub use firsts::Firsts;
pub use methods::{declared, faked};

use super::catalog::Catalog;
use super::docs::{field_text, schema_text};
use super::prepare::{is_unlisted, prepare};
use super::tokens::{Beginnings, Part, print_items, print_parts, tokens_of};
use super::{paths, progenitor};

use variants::Variants;

/// The types of a service that progenitor made, after the passes.
#[derive(Default)]
pub struct Types {
    /// What was read off them.
    pub catalog: Catalog,
    /// The code of each, by its name.
    code: BTreeMap<String, String>,
    /// The names that the code begins paths with.
    begin: Beginnings,
}

/// What could not be made: the names of the types, and why.
pub struct Unmade {
    pub names: Vec<String>,
    pub message: String,
}

/// Makes the types of a service.
///
/// # Errors
/// Each type that progenitor or a pass over its output cannot take.
pub fn generate(service: &Service) -> Result<Types, Vec<Unmade>> {
    let tried = tried_by_shape(service);
    let groups = groups::groups(service);
    let made: Vec<_> = groups
        .par_iter()
        .map(|group| {
            generate_group(service, group, &tried).map_err(|message| {
                // Few of many fail: each is tried by itself.
                let each = group.iter().filter_map(|schema| {
                    let message = generate_group(service, &[*schema], &tried).err()?;
                    let names = vec![schema.name.clone()];
                    Some(Unmade { names, message })
                });
                let each: Vec<_> = each.collect();
                let names = group.iter().map(|it| it.name.clone()).collect();
                match each.is_empty() {
                    true => vec![Unmade { names, message }],
                    false => each,
                }
            })
        })
        .collect();
    let (mut types, mut unmade) = (Types::default(), Vec::new());
    for group in made {
        match group {
            Ok(group) => {
                types.catalog.extend(group.catalog);
                types.code.extend(group.code);
                types.begin.extend(group.begin);
            }
            Err(group) => unmade.extend(group),
        }
    }
    for schema in service.schemas.values() {
        if let Some((schema, alternatives, _)) = tagged::tag_of(service, &schema.name) {
            let choice = Item::Enum(tagged::declared(schema, alternatives));
            types.catalog.read(service, &choice);
        }
    }
    match unmade.is_empty() {
        true => Ok(types),
        false => Err(unmade),
    }
}

/// Makes the types of a group and lays their code out.
fn generate_group(
    service: &Service,
    group: &[&NamedSchema],
    tried: &HashSet<String>,
) -> Result<Types, String> {
    let (named, outlines) = groups::seen_from(group, service);
    let given: HashSet<&str> = named.iter().map(|it| it.name.as_str()).collect();
    let document = prepare(group.iter().copied().chain(named), outlines)?;
    let mut items = progenitor::generate(&document)?;
    paths::shorten(&mut items);
    has_every_struct(group, &items)?;
    let mut types = Types::default();
    let mut by_name: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    let mut name = String::new();
    let mut variants = Variants::default();
    for mut item in items {
        match &mut item {
            Item::Struct(item) => {
                name = item.ident.to_string();
                open_whole(service, item);
            }
            Item::Enum(item) => {
                name = item.ident.to_string();
                variants = Variants::of(service, item);
            }
            Item::Type(item) => name = item.ident.to_string(),
            // No client reads a choice out of text, and the module is for the errors of those that do.
            Item::Mod(_) => continue,
            Item::Impl(item) if reads_text(item) => continue,
            // What is implemented for a type, or to make another of it, follows it.
            Item::Impl(item) => variants.apply(item),
            _ => {}
        }
        // Other groups have those.
        if given.contains(name.as_str()) {
            continue;
        }
        types.catalog.read(service, &item);
        let item = match item {
            Item::Struct(item) => Item::Struct(pass_struct(service, item, tried)),
            Item::Enum(item) => Item::Enum(choice(service, item)),
            other => other,
        };
        by_name.entry(name.clone()).or_default().push(item);
    }
    for (name, items) in by_name {
        for item in &items {
            types
                .begin
                .extend(Beginnings::of([&item.to_token_stream()]));
        }
        types.code.insert(name, print_items(items));
    }
    Ok(types)
}

/// Gives an object that lists no fields a place for what it holds, which progenitor makes a map of, so
/// that the first that is listed is no other type.
fn open_whole(service: &Service, item: &mut ItemStruct) {
    let schema = service.schemas.get(&item.ident.to_string());
    if schema.is_some_and(is_unlisted)
        && let syn::Fields::Named(fields) = &mut item.fields
    {
        fields.named.push(syn::parse_quote! {
            #[serde(flatten)]
            pub extra: serde_json::Map<String, serde_json::Value>
        });
    }
}

/// Whether something makes a type of text.
fn reads_text(item: &ItemImpl) -> bool {
    let implemented = item.trait_.as_ref();
    let made = implemented.and_then(|(made, _)| made.segments.last());
    made.is_some_and(|made| made.ident == "FromStr" || made.ident == "TryFrom")
}

/// Emits the types of a service.
pub fn emit(service: &Service, types: &Types) -> Result<String, String> {
    let mut schemas: Vec<_> = service.schemas.values().collect();
    let questions: Vec<_> = schemas.iter().map(|it| methods::questions(it)).collect();
    let questions = quote!(#(#questions)*);
    let constructors: String = schemas
        .iter()
        .filter_map(|schema| methods::construction(schema, &types.catalog))
        .collect();
    let constructors = declared(&constructors);
    schemas.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    let enums = schemas.iter().filter_map(|schema| match &schema.kind {
        SchemaKind::Enum { variants } => Some(open_enum::emit(schema, variants)),
        _ => None,
    });
    let enums: Vec<_> = enums.collect();
    let choices = schemas.iter().filter_map(|schema| {
        let (schema, alternatives, tag) = tagged::tag_of(service, &schema.name)?;
        Some(tagged::emit(service, schema, alternatives, tag))
    });
    let choices: Vec<_> = choices.collect();
    let begin = Beginnings::of([&questions, &tokens_of(&constructors)?]);
    let has = |name| types.begin.has(name) || begin.has(name);
    let derives = has("Serialize").then(|| {
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
    let import = has("types").then(|| {
        quote!(
            use super::types;
        )
    });
    let head = quote! {
        //! The types of requests and responses, as the document describes them.

        #derives
        #macros
        #import
    };
    let made = types.code.values().cloned();
    let parts = [Part::Code(head)]
        .into_iter()
        .chain(made.map(Part::Text))
        .chain([Part::Code(questions)])
        .chain(enums.into_iter().chain(choices).map(Part::Text));
    print_parts(&service.path, parts.chain([Part::Text(constructors)]))
}

/// A choice of shapes.
fn choice(service: &Service, mut item: ItemEnum) -> ItemEnum {
    let schema = service.schemas.get(&item.ident.to_string());
    attributes::document_enum(&mut item, schema);
    item
}

/// Refuses output in which an object or a field of the document goes by another name: it would
/// keep neither its wire names nor its rules.
fn has_every_struct(group: &[&NamedSchema], items: &[Item]) -> Result<(), String> {
    let structs = items.iter().filter_map(|item| match item {
        Item::Struct(item) => Some((item.ident.to_string(), item)),
        _ => None,
    });
    let structs: HashMap<_, _> = structs.collect();
    for schema in group {
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

fn pass_struct(service: &Service, mut item: ItemStruct, tried: &HashSet<String>) -> ItemStruct {
    let Some(schema) = service.schemas.get(&item.ident.to_string()) else {
        return item;
    };
    let SchemaKind::Object { fields, .. } = &schema.kind else {
        return item;
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
    attributes::derive_no_default(&mut item.attrs);
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
    item
}
