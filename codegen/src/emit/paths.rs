//! Paths as one writes them: progenitor writes all of them in full.

use proc_macro2::{Group, Literal, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Item, Meta, Path, Token};

/// What is in scope everywhere, by its module in `std`. [`TYPES`](crate::names::reserved::TYPES)
/// keeps types of a document from these names.
const PRELUDE: &[(&str, &[&str])] = &[
    ("option", &["Option"]),
    ("string", &["String"]),
    ("vec", &["Vec"]),
    ("boxed", &["Box"]),
    ("result", &["Result"]),
    ("default", &["Default"]),
    ("clone", &["Clone"]),
    ("convert", &["From", "Into", "TryFrom", "TryInto"]),
];

/// Shortens the paths of progenitor's output.
pub fn shorten(items: &mut [Item]) {
    for item in items {
        Shorten.visit_item_mut(item);
    }
}

struct Shorten;

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        if path.leading_colon.is_none() {
            return;
        }
        let names: Vec<_> = path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        let [root, rest @ ..] = names.as_slice() else {
            return;
        };
        if !["std", "serde", "serde_json"].contains(&root.as_str()) {
            return;
        }
        path.leading_colon = None;
        if root == "std" && is_in_scope(rest) {
            path.segments = std::mem::take(&mut path.segments)
                .into_iter()
                .skip(2)
                .collect();
        }
    }

    fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
        let Meta::List(list) = &mut attribute.meta else {
            return;
        };
        if list.path.is_ident("serde") {
            list.tokens = shorten_texts(std::mem::take(&mut list.tokens));
        } else if list.path.is_ident("derive") {
            let parser = Punctuated::<Path, Token![,]>::parse_terminated;
            if let Ok(traits) = list.parse_args_with(parser) {
                list.tokens = in_order(&traits);
            }
        }
    }
}

/// Whether `option::Option…` is `Option…` wherever it stands.
fn is_in_scope(path: &[String]) -> bool {
    let [module, name, ..] = path else {
        return false;
    };
    let mut prelude = PRELUDE.iter();
    prelude.any(|(known, names)| known == module && names.contains(&name.as_str()))
}

/// `"::std::option::Option::is_none"` → `"Option::is_none"`, wherever a path stands as a text.
fn shorten_texts(tokens: TokenStream) -> TokenStream {
    let shorten = |token| match token {
        TokenTree::Literal(literal) if literal.to_string().starts_with("\"::") => {
            let text = syn::parse2::<syn::LitStr>(TokenTree::from(literal.clone()).into());
            let path = text.ok().and_then(|text| text.parse::<Path>().ok());
            match path.filter(|path| path.leading_colon.is_some()) {
                Some(mut path) => {
                    Shorten.visit_path_mut(&mut path);
                    let text = quote::quote!(#path).to_string().replace(' ', "");
                    TokenTree::Literal(Literal::string(&text))
                }
                None => TokenTree::Literal(literal),
            }
        }
        TokenTree::Group(group) => {
            TokenTree::Group(Group::new(group.delimiter(), shorten_texts(group.stream())))
        }
        other => other,
    };
    tokens.into_iter().map(shorten).collect()
}

/// The traits of a `derive` by their last names, sorted.
fn in_order(traits: &Punctuated<Path, Token![,]>) -> TokenStream {
    let mut names: Vec<_> = traits
        .iter()
        .filter_map(|path| Some(&path.segments.last()?.ident))
        .collect();
    names.sort();
    quote::quote!(#(#names),*)
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;

    use super::*;

    #[test]
    fn what_is_in_scope_goes_by_its_name_and_the_rest_begins_with_its_crate() {
        let mut item: syn::Item = syn::parse_quote! {
            #[derive(::serde::Serialize, Clone)]
            struct A {
                #[serde(default, skip_serializing_if = "::std::option::Option::is_none")]
                a: ::std::option::Option<::std::boxed::Box<::std::string::String>>,
                b: ::std::collections::HashMap<i32, ::serde_json::Value>,
                c: ::other::Thing,
            }
        };
        Shorten.visit_item_mut(&mut item);
        let expected: syn::Item = syn::parse_quote! {
            #[derive(Clone, Serialize)]
            struct A {
                #[serde(default, skip_serializing_if = "Option::is_none")]
                a: Option<Box<String>>,
                b: std::collections::HashMap<i32, serde_json::Value>,
                c: ::other::Thing,
            }
        };
        assert_eq!(
            item.to_token_stream().to_string(),
            expected.to_token_stream().to_string()
        );
    }
}
