//! The types of an operation's responses: its errors, its outcomes, and how they are named.

use indexmap::IndexMap;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::docs::{first_line, markdown, printable};
use crate::emit::tokens::{doc, rust_type};
use crate::model::{Response, Status, Type};

use super::super::Context;
use super::{Success, body, errors, outcome, refusals, refused_variant, success, successes};
use crate::emit::size;

/// The error type of the operation, and its outcome type when there are several successes.
pub fn emit_errors(context: &Context<'_>) -> TokenStream {
    let error = context.error_type();
    let mut refused: IndexMap<Ident, (Vec<String>, &Type)> = IndexMap::new();
    for (response, rule, ty) in refusals(context) {
        let case = format!(
            "`{}`, and `{}` is there and is not `{}`",
            response.status.key(),
            rule.field,
            rule.equals
        );
        let variant = refused_variant(context, response.status);
        refused
            .entry(variant)
            .or_insert((Vec::new(), ty))
            .0
            .push(case);
    }
    let mut variants = Vec::new();
    for (variant, (cases, ty)) in refused {
        let docs = doc(&format!(
            "{}: the service took the request and said no.",
            cases.join("; or ")
        ));
        let ty = rust_type(ty);
        variants.push(quote!(#docs #variant(#ty)));
    }
    for response in errors(context) {
        let docs = doc(&status_text(response));
        let variant = error_variant(response.status);
        variants.push(match body(context, response) {
            Some(ty) => {
                let ty = rust_type(ty);
                quote!(#docs #variant(#ty))
            }
            None => quote!(#docs #variant),
        });
    }
    let docs = doc(&format!(
        "How `{}` fails, by status, as the document has it.",
        context.operation.id
    ));
    let outcome = emit_outcome(context);
    let output = super::output::emit_output(context);
    let display = emit_display(context);
    let refusals = refusals(context).into_iter().map(|(_, _, ty)| Some(ty));
    let bodies = errors(context)
        .into_iter()
        .map(|response| body(context, response));
    let uneven = size::allow_uneven(context.service, refusals.chain(bodies));
    quote! {
        #docs
        #uneven
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #error { #(#variants,)* }
        #outcome
        #output
        #display
    }
}

/// The error by itself, in the words of the document: which response it was.
fn emit_display(context: &Context<'_>) -> TokenStream {
    let error = context.error_type();
    let mut refused: IndexMap<Ident, Vec<String>> = IndexMap::new();
    for (response, ..) in refusals(context) {
        let variant = refused_variant(context, response.status);
        refused
            .entry(variant)
            .or_default()
            .push(response.status.key());
    }
    let refused = refused.into_iter().map(|(variant, statuses)| {
        let text = format!(
            "{}: the service took the request and said no",
            statuses.join(" or ")
        );
        quote!(Self::#variant(_) => #text,)
    });
    let arms = errors(context).into_iter().map(|response| {
        let variant = error_variant(response.status);
        let text = format!(
            "{}: {}",
            response.status.key(),
            printable(&first_line(&response.description))
        );
        match body(context, response) {
            Some(_) => quote!(Self::#variant(_) => #text,),
            None => quote!(Self::#variant => #text,),
        }
    });
    let arms: Vec<_> = refused.chain(arms).collect();
    let text = if arms.is_empty() {
        quote!(match *self {})
    } else {
        quote!(f.write_str(match self { #(#arms)* }))
    };
    let formatter = if arms.is_empty() {
        quote!(_f)
    } else {
        quote!(f)
    };
    quote! {
        impl std::fmt::Display for #error {
            fn fmt(&self, #formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { #text }
        }

        impl std::error::Error for #error {}
    }
}

fn emit_outcome(context: &Context<'_>) -> Option<TokenStream> {
    if !matches!(success(context), Success::Several) {
        return None;
    }
    let name = outcome(context);
    let variants = successes(context).into_iter().map(|response| {
        let docs = doc(&status_text(response));
        let variant = success_variant(response.status);
        match body(context, response) {
            Some(ty) => {
                let ty = rust_type(ty);
                quote!(#docs #variant(#ty))
            }
            None => quote!(#docs #variant),
        }
    });
    let docs = doc(&format!(
        "A success of `{}`, by status.",
        context.operation.id
    ));
    let bodies = successes(context)
        .into_iter()
        .map(|response| body(context, response));
    let uneven = size::allow_uneven(context.service, bodies);
    Some(quote! {
        #docs
        #uneven
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    })
}

fn status_text(response: &Response) -> String {
    let words = markdown(&response.description);
    if words.is_empty() {
        format!("`{}`.", response.status.key())
    } else if ["```", "~~~", "| ", "- ", "* ", "# "]
        .iter()
        .any(|start| words.starts_with(start))
    {
        // Blocks of Markdown begin on lines of their own.
        format!("`{}`:\n\n{words}", response.status.key())
    } else {
        format!("`{}`: {words}", response.status.key())
    }
}

pub(super) fn success_variant(status: Status) -> Ident {
    match status {
        Status::Code(code) => format_ident!("Status{code}"),
        Status::Range(hundred) => format_ident!("Status{hundred}xx"),
        Status::Default => format_ident!("Default"),
    }
}

/// The variant of a status: the words HTTP has for it where they are well known.
pub fn error_variant(status: Status) -> Ident {
    let Status::Code(code) = status else {
        return success_variant(status);
    };
    let words = match code {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        413 => "PayloadTooLarge",
        415 => "UnsupportedMediaType",
        422 => "UnprocessableEntity",
        429 => "TooManyRequests",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        _ => return success_variant(status),
    };
    format_ident!("{words}")
}
