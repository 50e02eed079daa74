//! Enumerations of words that stay open: a word the document does not know is kept, not refused.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemEnum;

use crate::emit::docs::{code, schema_text};
use crate::emit::tokens::{doc, ident};
use crate::model::{NamedSchema, SchemaKind};

use super::attributes;

/// Emits an enumeration of words in place of progenitor's closed one. `is_predicate`: a word of
/// it says yes or no, so that reading needs to know which words are listed.
pub(super) fn emit(schema: &NamedSchema, item: &ItemEnum, is_predicate: bool) -> TokenStream {
    let SchemaKind::Enum { variants } = &schema.kind else {
        return quote!(#item);
    };
    let name = &item.ident;
    let docs = doc(&schema_text(schema));
    let deprecated = schema.deprecated.then(attributes::deprecated);
    let idents: Vec<_> = variants
        .iter()
        .map(|variant| ident(&variant.ident))
        .collect();
    let wires: Vec<_> = variants
        .iter()
        .map(|variant| variant.wire.as_str())
        .collect();
    let is_read = schema.usage.success || schema.usage.error;
    let read = if is_read {
        quote! {
            crate::runtime::generated::lenient::word(deserializer, &[#(#wires),*])
                .map(|word| Self::from(word.as_ref()))
        }
    } else {
        quote!(String::deserialize(deserializer).map(Self::from))
    };
    let listed = is_predicate.then(|| {
        quote! {
            impl crate::runtime::generated::lenient::Listed for #name {
                fn is_listed(&self) -> bool {
                    !matches!(self, Self::Unknown(_))
                }
            }
        }
    });
    let variant_docs = wires
        .iter()
        .map(|wire| doc(&format!("{} on the wire.", code(wire))));
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #idents,)*
            /// A word that the document does not list.
            Unknown(String),
        }

        impl #name {
            /// The word on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #wires,)*
                    Self::Unknown(word) => word,
                }
            }
        }

        impl From<&str> for #name {
            fn from(word: &str) -> Self {
                match word {
                    #(#wires => Self::#idents,)*
                    _ => Self::Unknown(word.to_owned()),
                }
            }
        }

        impl From<String> for #name {
            fn from(word: String) -> Self {
                Self::from(word.as_str())
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #read
            }
        }

        #listed
    }
}
