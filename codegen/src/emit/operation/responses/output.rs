//! The type of a response that is more than its body: the headers the document names.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::docs::markdown;
use crate::emit::tokens::{doc, ident, rust_type};
use crate::model::ResponseHeader;

use super::{Context, Success, headers, output, success};
use crate::emit::tokens::many_arguments;

/// Emits `…Output`: one field a header, and the body.
pub(super) fn emit_output(context: &Context<'_>) -> Option<TokenStream> {
    let headers = headers(context);
    if headers.is_empty() {
        return None;
    }
    let name = format_ident!("{}Output", context.operation.type_name);
    let docs = doc(&format!(
        "A success of `{}`: the body and what stands in the headers.",
        context.operation.id
    ));
    let fields = headers.iter().map(field);
    let success = success(context);
    let body_type = (!matches!(success, Success::Unit)).then(|| output(context, &success));
    // As arguments of every `new`, in the order of their names.
    let mut required: Vec<_> = headers.iter().filter(|header| header.required).collect();
    required.sort_unstable_by(|a, b| a.ident.cmp(&b.ident));
    let arguments: Vec<_> = required
        .into_iter()
        .map(|header| {
            let (name, ty) = (ident(&header.ident), rust_type(&header.ty));
            quote!(#name: #ty)
        })
        .chain(body_type.iter().map(|ty| quote!(body: #ty)))
        .collect();
    let values = headers
        .iter()
        .map(|header| {
            let name = ident(&header.ident);
            if header.required {
                quote!(#name)
            } else {
                quote!(#name: None)
            }
        })
        .chain(body_type.iter().map(|_| quote!(body)));
    let many = many_arguments(arguments.len());
    let derive = super::derive(context);
    let body = body_type.as_ref().map(|ty| {
        quote! {
            /// The body.
            pub body: #ty,
        }
    });
    Some(quote! {
        #docs
        #derive
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #body
        }

        impl #name {
            /// One with what it must have, for tests.
            #many
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    })
}

fn field(header: &ResponseHeader) -> TokenStream {
    let name = ident(&header.ident);
    let ty = rust_type(&header.ty);
    let ty = if header.required {
        ty
    } else {
        quote!(Option<#ty>)
    };
    let mut text = format!("The header `{}`.", header.name);
    if let Some(description) = &header.description {
        text = format!("{}\n\n{text}", markdown(description));
    }
    let docs = doc(&text);
    quote!(#docs pub #name: #ty,)
}
