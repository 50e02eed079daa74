//! Attributes put on progenitor's items.

use proc_macro2::Span;
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, ItemEnum, Type};

use crate::emit::catalog::inside;
use crate::emit::docs::schema_text;
use crate::emit::tokens::doc_line;
use crate::model::NamedSchema;

/// Replaces the documentation of an item.
pub(super) fn set_doc(attributes: &mut Vec<Attribute>, text: &str) {
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    let lines: Vec<_> = text.lines().map(doc_attribute).collect();
    attributes.splice(0..0, lines);
}

/// A line of documentation. There are many, so that it is made and not parsed.
fn doc_attribute(line: &str) -> Attribute {
    let text = syn::LitStr::new(&doc_line(line), Span::call_site());
    let value = syn::Expr::Lit(syn::ExprLit {
        attrs: Vec::new(),
        lit: syn::Lit::Str(text),
    });
    Attribute {
        pound_token: Default::default(),
        style: syn::AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: syn::Meta::NameValue(syn::MetaNameValue {
            path: syn::Ident::new("doc", Span::call_site()).into(),
            eq_token: Default::default(),
            value,
        }),
    }
}

/// Says the wire name where it is not the Rust name.
pub(super) fn rename(attributes: &mut Vec<Attribute>, wire: &str, ident: &str) {
    if wire != ident.trim_start_matches("r#") {
        attributes.push(syn::parse_quote!(#[serde(rename = #wire)]));
    }
}

/// One attribute for all that serde is told.
pub(super) fn join_serde(attributes: &mut Vec<Attribute>) {
    let is_serde = |attribute: &Attribute| attribute.path().is_ident("serde");
    let told: Vec<_> = attributes
        .iter()
        .filter(|attribute| is_serde(attribute))
        .filter_map(|attribute| attribute.meta.require_list().ok())
        .map(|list| &list.tokens)
        .collect();
    let joined = (!told.is_empty()).then(|| syn::parse_quote!(#[serde(#(#told),*)]));
    attributes.retain(|attribute| !is_serde(attribute));
    attributes.extend(joined);
}

/// Takes a derived `Default` away, which would not outlive the first field that must be there.
pub(super) fn derive_no_default(attributes: &mut [Attribute]) {
    for attribute in attributes {
        let syn::Meta::List(list) = &mut attribute.meta else {
            continue;
        };
        if !list.path.is_ident("derive") {
            continue;
        }
        let parser = Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
        if let Ok(traits) = list.parse_args_with(parser) {
            let kept = traits.iter().filter(|it| !it.is_ident("Default"));
            list.tokens = quote!(#(#kept),*);
        }
    }
}

/// Lets an object have members that the document does not list.
pub(super) fn read_all(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| {
        let text = attribute.to_token_stream().to_string();
        !text.contains("deny_unknown_fields")
    });
}

/// progenitor reads what is required and may be `null` in a way of its own.
fn read_no_other_way(attributes: &mut Vec<Attribute>) {
    attributes.retain(|attribute| {
        !attribute
            .to_token_stream()
            .to_string()
            .contains("deserialize_with")
    });
}

/// Lets a text of an error be missing, since half an error still says more than none.
pub(super) fn may_be_missing(attributes: &mut Vec<Attribute>, ty: &Type) {
    read_no_other_way(attributes);
    if inside(ty, "Option").is_none() {
        attributes.push(syn::parse_quote!(#[serde(default)]));
    }
}

/// Lets the word of a question be one that the document lists and no other.
pub(super) fn read_listed(attributes: &mut Vec<Attribute>, ty: &Type) {
    read_no_other_way(attributes);
    let default = inside(ty, "Option").map(|_| quote!(default,));
    attributes.push(syn::parse_quote! {
        #[serde(#default deserialize_with = "crate::runtime::generated::lenient::listed")]
    });
}

/// Lets a text inside of a choice be a number too, which serde reads without knowing what is due;
/// everywhere else the runtime sees to it. See [`may_be_missing`] for the rest.
pub(super) fn read_leniently(attributes: &mut Vec<Attribute>, ty: &Type, may_be_missing: bool) {
    read_no_other_way(attributes);
    if inside(ty, "Option").is_some() {
        attributes.push(syn::parse_quote! {
            #[serde(default, deserialize_with = "crate::runtime::generated::lenient::optional_string")]
        });
    } else if may_be_missing {
        attributes.push(syn::parse_quote! {
            #[serde(default, deserialize_with = "crate::runtime::generated::lenient::string")]
        });
    } else {
        attributes.push(syn::parse_quote! {
            #[serde(deserialize_with = "crate::runtime::generated::lenient::string")]
        });
    }
}

/// The attribute of what the vendor advises against.
pub(super) fn deprecated() -> Attribute {
    syn::parse_quote!(#[deprecated(note = "the documentation of the API marks it as deprecated")])
}

/// Documents a choice of shapes, which progenitor leaves bare.
pub(super) fn document_enum(item: &mut ItemEnum, schema: Option<&NamedSchema>) {
    if let Some(schema) = schema {
        set_doc(&mut item.attrs, &schema_text(schema));
    }
    item.attrs.push(syn::parse_quote!(#[non_exhaustive]));
    for (index, variant) in item.variants.iter_mut().enumerate() {
        if variant
            .attrs
            .iter()
            .any(|attribute| attribute.path().is_ident("doc"))
        {
            continue;
        }
        set_doc(
            &mut variant.attrs,
            &format!("The shape number {}.", index + 1),
        );
    }
}
