//! Methods of types: constructors for what goes into requests, questions that responses can be asked.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::catalog::Catalog;
use crate::emit::docs::code;
use crate::emit::prepare::{is_map, is_required};
use crate::emit::setter::Setter;
use crate::emit::text;
use crate::emit::tokens::{doc, ident};
use crate::model::{Field, NamedSchema, SchemaKind};

use super::firsts::{DEFAULT, Firsts};

/// The questions that a type can be asked.
pub(super) fn questions(schema: &NamedSchema) -> TokenStream {
    let SchemaKind::Object { fields, .. } = &schema.kind else {
        return TokenStream::new();
    };
    let name = ident(&schema.name);
    let questions: Vec<_> = fields.iter().filter_map(question).collect();
    match questions.as_slice() {
        [] => TokenStream::new(),
        questions => quote!(impl #name { #(#questions)* }),
    }
}

/// `x-predicate`: a method that says whether the field has the word that means yes.
fn question(field: &Field) -> Option<TokenStream> {
    let predicate = field.predicate.as_ref()?;
    let method = ident(&predicate.name);
    let name = ident(&field.ident);
    let word = &predicate.equals;
    let (wire, word_code) = (&field.name, code(word));
    let words = format!(
        "Whether `{wire}` is {word_code}. Any other word that the document lists means no, and an \
         response with one that it does not list is an error."
    );
    if field.required && !field.nullable {
        let docs = doc(&words);
        return Some(quote! {
            #docs
            pub fn #method(&self) -> bool { self.#name.as_str() == #word }
        });
    }
    let docs = doc(&format!("{words}\n\nNone: the response does not say."));
    Some(quote! {
        #docs
        pub fn #method(&self) -> Option<bool> {
            self.#name.as_ref().map(|value| value.as_str() == #word)
        }
    })
}

/// `new` with what is required, and a setter for what is not, for a type that callers make: an entry
/// of the runtime's table of constructors.
///
/// Arguments stand in the order of their names: in the document's, properties that change places
/// would silently change values.
pub(super) fn construction(schema: &NamedSchema, catalog: &Catalog) -> Option<String> {
    if !schema.usage.made_by_callers {
        return None;
    }
    entry(&schema.name, schema, catalog, |field| {
        let given = is_required(field, schema);
        Some(if given {
            Given::Argument
        } else {
            Given::Later(None)
        })
    })
}

/// The same for a type of responses, which fakes make: nothing is asked for, so that a field that
/// comes to be promised changes no call.
pub fn faked(schema: &NamedSchema, catalog: &Catalog, firsts: &mut Firsts<'_>) -> Option<String> {
    let usage = schema.usage;
    if usage.made_by_callers || !(usage.success || usage.error) {
        return None;
    }
    let name = format!("types::{}", schema.name);
    entry(&name, schema, catalog, |field| {
        let ty = catalog.field(&schema.name, &field.ident)?;
        Some(Given::Later(Some(firsts.value(&ty)?)))
    })
}

/// How a field gets its value.
enum Given {
    /// As an argument of `new`.
    Argument,
    /// By its setter, and before that it is this, or its default.
    Later(Option<TokenStream>),
}

fn entry(
    path: &str,
    schema: &NamedSchema,
    catalog: &Catalog,
    mut given: impl FnMut(&Field) -> Option<Given>,
) -> Option<String> {
    let SchemaKind::Object { fields, extra } = &schema.kind else {
        return None;
    };
    // An open one without fields is made from a map.
    if is_map(schema) {
        return None;
    }
    let mut arguments = Vec::new();
    let mut settings = String::new();
    for field in fields {
        let name = ident(&field.ident);
        let ty = catalog.field(&schema.name, &field.ident)?;
        let given = given(field)?;
        let setter = match given {
            Given::Later(Some(_)) => Setter::of(&ty).converting(),
            _ => Setter::of(&ty),
        };
        let (argument, value) = (setter.argument(), setter.value(&quote!(#name)));
        let value = match setter.optional {
            true => quote!(Some(#value)),
            false => value,
        };
        let setting = format!("{name}: {} = {}", text::tidy(&argument), text::tidy(&value));
        let first = match given {
            Given::Argument => {
                arguments.push((&field.ident, setting));
                continue;
            }
            Given::Later(first) => first.map(|it| text::tidy(&it)),
        };
        let first = first.filter(|it| it != DEFAULT);
        let first = first.map_or_else(String::new, |it| format!(" => {it}"));
        if field.deprecated {
            let _ = writeln!(settings, "        {}", text::DEPRECATED);
        }
        let _ = writeln!(settings, "        {setting}{first},");
    }
    arguments.sort_unstable();
    let arguments: Vec<_> = arguments.into_iter().map(|(_, setting)| setting).collect();
    let rest = extra.as_ref().map(|_| " ..extra").unwrap_or_default();
    let mut out = text::list(4, &format!("{path}("), &arguments, ")");
    if !settings.is_empty() {
        let _ = write!(out, " {{\n{settings}    }}");
    }
    let _ = writeln!(out, "{rest};");
    Some(out)
}

/// The table of constructors, if there are any.
pub fn declared(entries: &str) -> String {
    match entries {
        "" => String::new(),
        entries => format!("constructors! {{\n{entries}}}\n"),
    }
}
