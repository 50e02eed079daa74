//! Which types progenitor gave to fields and choices, read off its output.

use std::collections::HashMap;

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, GenericArgument, Item, ItemEnum, PathArguments, Type};

use crate::model::Service;

/// The fields of every struct, and the alternatives of every choice. Types are texts here, which may
/// go from thread to thread.
#[derive(Debug, Default)]
pub struct Catalog {
    structs: HashMap<String, HashMap<String, String>>,
    choices: HashMap<String, Vec<(String, String)>>,
}

impl Catalog {
    /// Reads one item of the types module.
    pub fn read(&mut self, service: &Service, item: &Item) {
        match item {
            Item::Enum(choice) => {
                let name = choice.ident.to_string();
                self.choices.insert(name, alternatives(choice));
            }
            Item::Struct(item) => {
                let fields = item.fields.iter().filter_map(|field| {
                    let mut ty = field.ty.clone();
                    Qualify { service }.visit_type_mut(&mut ty);
                    Some((field.ident.as_ref()?.to_string(), text(&ty)))
                });
                let fields = fields.collect();
                self.structs.insert(item.ident.to_string(), fields);
            }
            _ => {}
        }
    }

    /// Takes in what was read elsewhere.
    pub fn extend(&mut self, other: Self) {
        self.structs.extend(other.structs);
        self.choices.extend(other.choices);
    }

    /// The type of a field with every type of the document as `types::Name`.
    pub fn field(&self, owner: &str, field: &str) -> Option<Type> {
        syn::parse_str(self.structs.get(owner)?.get(field)?).ok()
    }

    /// The alternatives of a choice that hold one value: variant and type.
    pub fn alternatives(&self, choice: &str) -> Vec<(&str, Type)> {
        let alternatives = self.choices.get(choice).into_iter().flatten();
        alternatives
            .filter_map(|(variant, ty)| Some((variant.as_str(), syn::parse_str(ty).ok()?)))
            .collect()
    }
}

fn text(ty: &Type) -> String {
    ty.to_token_stream().to_string()
}

/// The variants of an enumeration that hold one value.
fn alternatives(choice: &ItemEnum) -> Vec<(String, String)> {
    let variants = choice
        .variants
        .iter()
        .filter_map(|variant| match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                Some((variant.ident.to_string(), text(&fields.unnamed.first()?.ty)))
            }
            _ => None,
        });
    variants.collect()
}

/// The `T` of `wrapper<T>`, however the wrapper is spelled.
pub fn inside<'t>(ty: &'t Type, wrapper: &str) -> Option<&'t Type> {
    argument_of(ty, wrapper, 0)
}

/// The type of the values of a map.
pub fn inside_map(ty: &Type) -> Option<&Type> {
    argument_of(ty, "HashMap", 1)
}

fn argument_of<'t>(ty: &'t Type, wrapper: &str, position: usize) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    if last.ident != wrapper {
        return None;
    }
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.iter().nth(position)? {
            GenericArgument::Type(inner) => Some(inner),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the last part of a type's path is this name: `String` of `::std::string::String`.
pub fn is_path(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == name))
}

/// Whether a type is a plain value that copies itself.
pub fn is_copy(ty: &Type) -> bool {
    [
        "bool", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64",
    ]
    .iter()
    .any(|name| is_path(ty, name))
}

/// Puts `types::` before the names of the document's own types.
struct Qualify<'s> {
    service: &'s Service,
}

impl VisitMut for Qualify<'_> {
    fn visit_type_path_mut(&mut self, path: &mut syn::TypePath) {
        visit_mut::visit_type_path_mut(self, path);
        let name = path.path.get_ident();
        let is_own = |name: &&syn::Ident| self.service.schemas.contains_key(&name.to_string());
        if let Some(name) = name.filter(is_own) {
            path.path = syn::parse_quote!(types::#name);
        }
    }
}
