//! What the fields of a type hold before they are set.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use crate::emit::catalog::{Catalog, inside, is_path};
use crate::emit::prepare::{is_map, is_required};
use crate::emit::setter::Setter;
use crate::emit::tokens::ident;
use crate::model::{NamedSchema, SchemaKind, Service};

/// What most types have.
pub(super) const DEFAULT: &str = "Default::default()";

/// The first values of the types of a service.
pub struct Firsts<'m> {
    service: &'m Service,
    catalog: &'m Catalog,
    /// Those that are known; none is there for what holds itself.
    known: HashMap<String, Option<TokenStream>>,
}

impl<'m> Firsts<'m> {
    /// Those of a service.
    pub fn new(service: &'m Service, catalog: &'m Catalog) -> Self {
        Self {
            service,
            catalog,
            known: HashMap::new(),
        }
    }

    /// The first value of a type, if there is any value of it.
    pub(super) fn value(&mut self, ty: &Type) -> Option<TokenStream> {
        if let Some(inner) = inside(ty, "Box") {
            let value = self.value(inner)?;
            return Some(quote!(Box::new(#value)));
        }
        let Type::Path(path) = ty else {
            return Some(quote!(Default::default()));
        };
        let segments: Vec<_> = path.path.segments.iter().collect();
        let name = segments.last()?.ident.to_string();
        let is_own = match segments.as_slice() {
            [_] => true,
            [module, _] => module.ident == "types",
            _ => false,
        };
        if let Some(schema) = self.service.schemas.get(&name).filter(|_| is_own) {
            return self.named(schema);
        }
        Some(match name.as_str() {
            "Password" => quote!(crate::runtime::Password::new("")),
            "SecretJson" => quote!(crate::runtime::SecretJson::new(serde_json::Value::Null)),
            "Integer" => quote!(crate::runtime::Integer::from(0)),
            _ => quote!(Default::default()),
        })
    }

    fn named(&mut self, schema: &'m NamedSchema) -> Option<TokenStream> {
        if let Some(known) = self.known.get(&schema.name) {
            return known.clone();
        }
        self.known.insert(schema.name.clone(), None);
        let value = self.made(schema);
        self.known.insert(schema.name.clone(), value.clone());
        value
    }

    fn made(&mut self, schema: &'m NamedSchema) -> Option<TokenStream> {
        let name = ident(&schema.name);
        match &schema.kind {
            SchemaKind::Enum { .. } => Some(quote!(types::#name::Unknown(String::new()))),
            SchemaKind::OneOf { tag: Some(_), .. } => {
                Some(quote!(types::#name::Unknown(serde_json::Value::Null)))
            }
            SchemaKind::OneOf { .. } => {
                let alternatives = self.catalog.alternatives(&schema.name).into_iter();
                alternatives
                    .filter_map(|(variant, ty)| Some((ident(variant), self.value(&ty)?)))
                    .map(|(variant, value)| quote!(types::#name::#variant(#value)))
                    .next()
            }
            SchemaKind::Object { .. } if is_map(schema) => {
                Some(quote!(types::#name::from(Default::default())))
            }
            SchemaKind::Object { fields, .. } => {
                let mut arguments = Vec::new();
                let mut needed: Vec<_> =
                    fields.iter().filter(|it| is_required(it, schema)).collect();
                needed.sort_unstable_by(|a, b| a.ident.cmp(&b.ident));
                for field in needed {
                    let ty = self.catalog.field(&schema.name, &field.ident)?;
                    let taken = Setter::of(&ty).inner;
                    let is_text = is_path(&taken, "String");
                    arguments.push(match is_text {
                        // It takes whatever becomes one.
                        true => quote!(String::new()),
                        false => self.value(&taken)?,
                    });
                }
                // What fakes alone make asks for nothing.
                if !schema.usage.made_by_callers {
                    arguments.clear();
                }
                Some(quote!(types::#name::new(#(#arguments),*)))
            }
        }
    }
}
