//! Methods of types: constructors for what goes into requests, questions that responses can be asked.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::catalog::Catalog;
use crate::emit::docs::{code, field_text};
use crate::emit::prepare::is_required;
use crate::emit::setter::Setter;
use crate::emit::tokens::{doc, ident};
use crate::model::{Field, NamedSchema, SchemaKind};

use super::attributes;

pub(super) fn emit(schema: &NamedSchema, catalog: &Catalog) -> TokenStream {
    let SchemaKind::Object { fields, extra } = &schema.kind else {
        return TokenStream::new();
    };
    let name = ident(&schema.name);
    let questions = fields.iter().filter_map(question);
    let construction = schema
        .usage
        .made_by_callers
        .then(|| construction(schema, fields, extra.is_some(), catalog));
    let methods: Vec<_> = questions.chain(construction).collect();
    if methods.is_empty() {
        return TokenStream::new();
    }
    quote! {
        impl #name { #(#methods)* }
    }
}

/// `x-predicate`: a method that says whether the field has the word that means yes.
fn question(field: &Field) -> Option<TokenStream> {
    let predicate = field.predicate.as_ref()?;
    let method = ident(&predicate.name);
    let name = ident(&field.ident);
    let word = &predicate.equals;
    let (wire, word_code) = (&field.name, code(word));
    let text = format!(
        "Whether `{wire}` is {word_code}. Any other word that the document lists means no, and an \
         response with one that it does not list is an error."
    );
    if field.required && !field.nullable {
        let docs = doc(&text);
        return Some(quote! {
            #docs
            pub fn #method(&self) -> bool { self.#name.as_str() == #word }
        });
    }
    let docs = doc(&format!("{text}\n\nNone: the response does not say."));
    Some(quote! {
        #docs
        pub fn #method(&self) -> Option<bool> {
            self.#name.as_ref().map(|value| value.as_str() == #word)
        }
    })
}

/// `new` with what is required, and a setter for what is not.
fn construction(
    schema: &NamedSchema,
    fields: &[Field],
    has_extra: bool,
    catalog: &Catalog,
) -> TokenStream {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    let mut setters = Vec::new();
    for field in fields {
        let name = ident(&field.ident);
        let Some(ty) = catalog.field(&schema.name, &field.ident) else {
            continue;
        };
        let setter = Setter::of(ty);
        let (argument, value) = (setter.argument(), setter.value(&quote!(#name)));
        let value = if setter.optional {
            quote!(Some(#value))
        } else {
            value
        };
        if is_required(field, schema) {
            arguments.push(quote!(#name: #argument));
            values.push(match name == value.to_string().as_str() {
                true => value,
                false => quote!(#name: #value),
            });
            continue;
        }
        values.push(match setter.optional {
            true => quote!(#name: None),
            false => quote!(#name: Default::default()),
        });
        let docs = doc(&field_text(field));
        let deprecated = field.deprecated.then(attributes::deprecated);
        let allow = field
            .deprecated
            .then(|| quote!(#[allow(deprecated, reason = "setting it is the caller's choice")]));
        setters.push(quote! {
            #docs
            #deprecated
            #allow
            #[must_use]
            pub fn #name(mut self, #name: #argument) -> Self {
                self.#name = #value;
                self
            }
        });
    }
    let many = crate::emit::tokens::many_arguments(arguments.len());
    let deprecated = fields
        .iter()
        .any(|field| field.deprecated)
        .then(|| quote!(#[allow(deprecated, reason = "every field gets a value")]));
    if has_extra {
        values.push(quote!(extra: Default::default()));
    }
    quote! {
        /// Makes one with what must be there; the rest is set by the methods of the same names.
        #deprecated
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
        #(#setters)*
    }
}
