//! What progenitor called things and which types it gave them, read off its output.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, FnArg, GenericArgument, ImplItemFn, Item, ItemEnum, Pat, PathArguments, Type};

/// The fields of every struct, and the arguments of every request function.
#[derive(Debug, Default)]
pub struct Catalog {
    structs: HashMap<String, HashMap<String, Type>>,
    choices: HashMap<String, Vec<(String, Type)>>,
    arguments: HashMap<String, IndexMap<String, Argument>>,
    methods: HashMap<String, ImplItemFn>,
}

/// How a request function takes an argument.
#[derive(Debug, Clone)]
pub struct Argument {
    /// The type the caller keeps: owned, without `Option` around it.
    pub owned: Type,
    /// How it is passed on.
    pub pass: Pass,
}

/// How an argument is passed on from where it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// `&str`
    Str,
    /// `&T`
    Reference,
    /// `T`, a copy of it.
    Value,
}

impl Catalog {
    /// Reads the items of the types module and the request methods.
    pub fn read(types: &[Item], methods: Vec<ImplItemFn>) -> Self {
        let mut catalog = Self::default();
        let mut qualify = Qualify::of(types);
        for item in types {
            if let Item::Enum(choice) = item {
                catalog
                    .choices
                    .insert(choice.ident.to_string(), alternatives(choice));
            }
            let Item::Struct(item) = item else { continue };
            let fields = item
                .fields
                .iter()
                .filter_map(|field| {
                    let mut ty = field.ty.clone();
                    qualify.visit_type_mut(&mut ty);
                    Some((field.ident.as_ref()?.to_string(), ty))
                })
                .collect();
            catalog.structs.insert(item.ident.to_string(), fields);
        }
        for method in methods {
            let arguments = method.sig.inputs.iter().filter_map(|input| match input {
                FnArg::Typed(typed) => match &*typed.pat {
                    Pat::Ident(name) => Some((name.ident.to_string(), Argument::read(&typed.ty))),
                    _ => None,
                },
                FnArg::Receiver(_) => None,
            });
            let name = method.sig.ident.to_string();
            catalog.arguments.insert(name.clone(), arguments.collect());
            catalog.methods.insert(name, method);
        }
        catalog
    }

    /// The type of a field with every type of the document as `types::Name`.
    pub fn field(&self, owner: &str, field: &str) -> Option<&Type> {
        self.structs.get(owner)?.get(field)
    }

    /// The alternatives of a choice that hold one value: variant and type.
    pub fn alternatives(&self, choice: &str) -> &[(String, Type)] {
        self.choices
            .get(choice)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// An argument of the request function of an operation.
    pub fn argument(&self, operation: &str, name: &str) -> Option<&Argument> {
        self.arguments.get(operation)?.get(name)
    }

    /// The methods, by the names of their operations.
    pub fn methods(&self) -> &HashMap<String, ImplItemFn> {
        &self.methods
    }

    /// The names of the arguments of the request function.
    pub fn argument_names(&self, operation: &str) -> impl Iterator<Item = &String> {
        self.arguments
            .get(operation)
            .into_iter()
            .flat_map(IndexMap::keys)
    }
}

impl Argument {
    fn read(ty: &Type) -> Self {
        match inside(ty, "Option").unwrap_or(ty) {
            Type::Reference(reference) => {
                let is_str =
                    matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"));
                if is_str {
                    let owned = syn::parse_quote!(String);
                    return Self {
                        owned,
                        pass: Pass::Str,
                    };
                }
                Self {
                    owned: (*reference.elem).clone(),
                    pass: Pass::Reference,
                }
            }
            other => Self {
                owned: other.clone(),
                pass: Pass::Value,
            },
        }
    }
}

/// The variants of an enumeration that hold one value.
fn alternatives(choice: &ItemEnum) -> Vec<(String, Type)> {
    let variants = choice
        .variants
        .iter()
        .filter_map(|variant| match &variant.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Some((
                variant.ident.to_string(),
                fields.unnamed.first()?.ty.clone(),
            )),
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
struct Qualify {
    types: HashSet<syn::Ident>,
}

impl Qualify {
    fn of(types: &[Item]) -> Self {
        let names = types.iter().filter_map(|item| match item {
            Item::Struct(item) => Some(&item.ident),
            Item::Enum(item) => Some(&item.ident),
            Item::Type(item) => Some(&item.ident),
            _ => None,
        });
        Self {
            types: names.cloned().collect(),
        }
    }
}

impl VisitMut for Qualify {
    fn visit_type_path_mut(&mut self, path: &mut syn::TypePath) {
        visit_mut::visit_type_path_mut(self, path);
        let name = path.path.get_ident();
        if let Some(name) = name.filter(|name| self.types.contains(name)) {
            path.path = syn::parse_quote!(types::#name);
        }
    }
}
