//! Runs progenitor on a prepared document and takes the types out of what it writes.
//!
//! progenitor ends some documents with a panic. `prepare` keeps those from it; should one slip
//! through, the panic is caught here and becomes an error like any other.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use ::progenitor::{GenerationSettings, Generator, TypeImpl};
use proc_macro2::{TokenStream, TokenTree};
use syn::Item;

use super::catalog::inside;
use super::prepare::{Given, Prepared};

/// Generates the items of the `types` module for one prepared document.
///
/// # Errors
/// What progenitor said, or what it panicked with.
pub fn generate(prepared: &Prepared) -> Result<Vec<Item>, String> {
    let tokens = quietly(|| {
        let mut settings = GenerationSettings::default();
        for Given {
            name,
            path,
            is_text,
        } in &prepared.given
        {
            let shown = [TypeImpl::Display];
            let impls = shown.into_iter().filter(|_| *is_text);
            settings.with_replacement(name, path, impls);
        }
        Generator::new(&settings)
            .generate_tokens(&prepared.document)
            .map_err(|error| error.to_string())
    })??;
    let types = types_in(tokens).ok_or("progenitor made no module of types")?;
    let file: syn::File = syn::parse2(types).map_err(|error| error.to_string())?;
    let mut items = file.items;
    for item in &mut items {
        if let Item::Struct(item) = item {
            item.fields.iter_mut().for_each(box_inside_option);
        }
    }
    Ok(items)
}

/// What stands in `mod types`; the client beside it is not read.
fn types_in(tokens: TokenStream) -> Option<TokenStream> {
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        if !matches!(&token, TokenTree::Ident(word) if word == "mod") {
            continue;
        }
        if let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(content))) =
            (tokens.next(), tokens.next())
            && name == "types"
        {
            return Some(content.stream());
        }
    }
    None
}

/// `Box<Option<T>>` → `Option<Box<T>>`, which is how progenitor writes some optional fields of a
/// type that holds itself, and which serde would take as required.
fn box_inside_option(field: &mut syn::Field) {
    let boxed = inside(&field.ty, "Box").and_then(|boxed| inside(boxed, "Option"));
    let Some(inner) = boxed.cloned() else {
        return;
    };
    field.ty = syn::parse_quote!(::std::option::Option<::std::boxed::Box<#inner>>);
    field
        .attrs
        .retain(|attribute| !attribute.path().is_ident("serde"));
    field.attrs.push(syn::parse_quote! {
        #[serde(default, skip_serializing_if = "::std::option::Option::is_none")]
    });
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; a panic in it becomes its message and prints nothing.
fn quietly<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    result.map_err(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        format!("progenitor gave up: {text}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn optional_boxes_are_optional_to_serde() {
        let mut item: syn::ItemStruct = syn::parse_quote! {
            struct N {
                #[serde(rename = "x")]
                s: ::std::boxed::Box<::std::option::Option<N>>,
                t: ::std::boxed::Box<N>,
            }
        };
        item.fields.iter_mut().for_each(box_inside_option);
        let expected: syn::ItemStruct = syn::parse_quote! {
            struct N {
                #[serde(default, skip_serializing_if = "::std::option::Option::is_none")]
                s: ::std::option::Option<::std::boxed::Box<N>>,
                t: ::std::boxed::Box<N>,
            }
        };
        assert_eq!(item, expected);
    }

    #[test]
    fn a_panic_becomes_its_message() {
        let error = quietly(|| panic!("no luck")).unwrap_err();
        assert_eq!(error, "progenitor gave up: no luck");
    }
}
