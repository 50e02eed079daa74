//! The headers of a success, as a type of their own: what `send` gives stays the body, whatever is
//! documented beside it.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::docs::markdown;
use crate::emit::tokens::{doc, ident, rust_type};
use crate::model::{Response, ResponseHeader};

use super::{Context, output, success, successes};

/// The headers that callers are given: required is what each success promises.
pub fn headers(context: &Context<'_>) -> Vec<ResponseHeader> {
    let successes = successes(context);
    let mut all: Vec<ResponseHeader> = Vec::new();
    for header in successes.iter().flat_map(|it| &it.headers) {
        if !all.iter().any(|it| it.ident == header.ident) {
            all.push(header.clone());
        }
    }
    for header in &mut all {
        let promises = |it: &&Response| promised(it).any(|it| it.ident == header.ident);
        header.required = successes.iter().all(promises);
    }
    all
}

fn promised(response: &Response) -> impl Iterator<Item = &ResponseHeader> {
    response.headers.iter().filter(|header| header.required)
}

/// The name of the type.
pub fn headers_name(context: &Context<'_>) -> Ident {
    format_ident!("{}Headers", context.operation.type_name)
}

/// The type, where there are any: one field a header.
pub(super) fn emit_headers(context: &Context<'_>) -> Option<TokenStream> {
    let headers = headers(context);
    if headers.is_empty() {
        return None;
    }
    let (name, error) = (headers_name(context), context.error_type());
    let docs = doc(&format!(
        "What stands in the headers of a success of `{}`.",
        context.operation.id
    ));
    let fields = headers.iter().map(field);
    let reads = headers.iter().map(|header| {
        let (field, wire) = (ident(&header.ident), &header.name);
        let read = match header.required {
            true => quote!(header),
            false => quote!(optional_header),
        };
        quote!(#field: response.#read(#wire)?)
    });
    let output = output(context, &success(context));
    Some(quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
        }

        impl #name {
            /// Those of a response.
            ///
            /// # Errors
            /// [`Error::Decode`](crate::Error::Decode) where it is the response of another
            /// operation, without what is promised here: `send` gives none such.
            pub fn of(
                response: &crate::runtime::Response<#output>,
            ) -> Result<Self, crate::runtime::Error<#error>> {
                Self::read(response.raw())
            }

            fn read(response: &RawResponse) -> Result<Self, crate::runtime::Error<#error>> {
                Ok(Self { #(#reads),* })
            }
        }
    })
}

/// Refuses a response that lacks a header that its status promises.
pub(super) fn check(context: &Context<'_>, response: &Response) -> Option<TokenStream> {
    let all = headers(context);
    if all.is_empty() {
        return None;
    }
    let name = headers_name(context);
    let is_optional = |header: &&ResponseHeader| {
        let mut all = all.iter();
        all.any(|it| it.ident == header.ident && !it.required)
    };
    let more = promised(response).filter(is_optional).map(|header| {
        let (wire, ty) = (&header.name, rust_type(&header.ty));
        quote!(let _: #ty = response.header(#wire)?;)
    });
    Some(quote!(#name::read(&response)?; #(#more)*))
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
