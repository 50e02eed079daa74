//! Runs progenitor on a prepared document and takes its output apart.
//!
//! progenitor ends some documents with a panic. `prepare` keeps those from it; should one slip
//! through, the panic is caught here and becomes an error like any other.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use ::progenitor::{GenerationSettings, Generator, InterfaceStyle, TagStyle};
use openapiv3::OpenAPI;
use syn::{ImplItem, ImplItemFn, Item};

use super::catalog::inside;
use super::prepare::{INTEGER, PASSWORD, SECRET_JSON};

/// What progenitor made of one service.
#[derive(Debug)]
pub struct Generated {
    /// The items of its `types` module.
    pub types: Vec<Item>,
    /// One method an operation, as progenitor sends it.
    pub methods: Vec<ImplItemFn>,
}

/// Generates types and request building for one prepared document.
///
/// # Errors
/// What progenitor said, or what it panicked with.
pub fn generate(document: &OpenAPI) -> Result<Generated, String> {
    let tokens = quietly(|| {
        let mut settings = GenerationSettings::default();
        settings
            .with_interface(InterfaceStyle::Positional)
            .with_tag(TagStyle::Merged)
            .with_replacement(PASSWORD, "crate::runtime::Password", std::iter::empty())
            .with_replacement(INTEGER, "crate::runtime::Integer", std::iter::empty())
            .with_replacement(
                SECRET_JSON,
                "crate::runtime::SecretJson",
                std::iter::empty(),
            );
        Generator::new(&settings)
            .generate_tokens(document)
            .map_err(|error| error.to_string())
    })??;
    let file: syn::File = syn::parse2(tokens).map_err(|error| error.to_string())?;
    let mut generated = Generated {
        types: Vec::new(),
        methods: Vec::new(),
    };
    for item in file.items {
        match item {
            Item::Mod(module) if module.ident == "types" => {
                generated.types = module.content.map(|(_, items)| items).unwrap_or_default();
            }
            Item::Impl(block) if block.trait_.is_none() => {
                let methods = block.items.into_iter().filter_map(|item| match item {
                    ImplItem::Fn(method) if method.sig.asyncness.is_some() => Some(method),
                    _ => None,
                });
                generated.methods.extend(methods);
            }
            _ => {}
        }
    }
    for item in &mut generated.types {
        if let Item::Struct(item) = item {
            item.fields.iter_mut().for_each(box_inside_option);
        }
    }
    Ok(generated)
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
