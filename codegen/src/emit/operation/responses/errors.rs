//! The types of an operation's responses: its errors, its outcomes, and how they are named.

use indexmap::IndexMap;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::emit::docs::{first_line, markdown, printable};
use crate::emit::text;
use crate::emit::tokens::{doc, rust_type};
use crate::model::{Response, Status, Type};

use super::super::{Context, status_of};
use super::{
    BodyShape, Place, Success, body_type, derive, errors, outcome, refusals, refused_variant,
    shape, success, successes,
};
use crate::emit::size;

/// The error type of the operation, as the runtime's table of failures.
pub(in super::super) fn failures(context: &Context<'_>) -> String {
    let mut out = String::from("failures! {\n");
    out.push_str(&text::docs(
        4,
        &format!(
            "How `{}` fails, by status, as the document has it.",
            context.operation.id
        ),
    ));
    let bodies = refusals(context).into_iter().map(|(_, _, ty)| Some(ty));
    let bodies = bodies.chain(errors(context).into_iter().map(Response::body));
    if let Some(uneven) = size::allow_uneven(context.service, bodies) {
        out.push_str(&format!("    {}\n", text::tidy(&uneven)));
    }
    let entries = refused_entries(context)
        .into_iter()
        .chain(errors(context).into_iter().map(|it| entry(context, it)));
    let entries: String = entries.collect();
    out.push_str(&match entries.as_str() {
        "" => format!("    pub enum {} {{}}\n}}\n", context.error_type()),
        entries => format!(
            "    pub enum {} {{\n{entries}    }}\n}}\n",
            context.error_type()
        ),
    });
    out
}

/// The successes that say no: one entry for those that are one variant.
fn refused_entries(context: &Context<'_>) -> Vec<String> {
    let mut refused: IndexMap<Ident, Vec<_>> = IndexMap::new();
    for refusal in refusals(context) {
        let variant = refused_variant(context, refusal.0.status);
        refused.entry(variant).or_default().push(refusal);
    }
    let entries = refused.into_iter().filter_map(|(variant, refusals)| {
        let (first, _, ty) = refusals.first()?;
        let status = status_of(context, first.status).unwrap_or(200).to_string();
        let keys: Vec<_> = refusals.iter().map(|it| it.0.status.key()).collect();
        let cases = refusals.iter().map(|(response, rule, _)| {
            let (key, field, yes) = (response.status.key(), &rule.field, &rule.equals);
            format!("`{key}`, and `{field}` is there and is not `{yes}`")
        });
        let cases: Vec<_> = cases.collect();
        Some(text::line(
            8,
            &format!(
                "refused {status}{} => {variant}({}),",
                named(&status, &keys.join(" or ")),
                text::tidy(&rust_type(ty))
            ),
            &format!("{};", text::literal(&cases.join("; or "))),
        ))
    });
    entries.collect()
}

/// What a status is called, where that is not its number.
fn named(status: &str, key: &str) -> String {
    match status == key {
        true => String::new(),
        false => format!(" as {}", text::literal(key)),
    }
}

fn entry(context: &Context<'_>, response: &Response) -> String {
    let key = response.status.key();
    let status = status_of(context, response.status)
        .unwrap_or(500)
        .to_string();
    let statuses = match response.status {
        Status::Code(_) => String::new(),
        Status::Range(hundred) => format!(" in {hundred}00..={hundred}99"),
        Status::Default => format!(" in {}", rest(context)),
    };
    let shape = shape(context, response);
    let read = match shape {
        BodyShape::Empty => None,
        BodyShape::Several(_) => Some(" as media"),
        BodyShape::One(Type::Text) => Some(" as text"),
        BodyShape::One(Type::SecretText) => Some(" as secret"),
        BodyShape::One(Type::Bytes) => Some(" as bytes"),
        BodyShape::One(_) => Some(""),
    };
    let body = read.map(|read| {
        let ty = body_type(context, shape, &Place::Failure(response.status));
        format!("({}{read})", text::tidy(&ty))
    });
    let words = printable(&first_line(&response.description));
    let docs = status_text(response);
    let docs = match docs == format!("`{key}`: {words}") {
        true => String::new(),
        false => format!(", {}", text::literal(&docs)),
    };
    // It may come to have one.
    let mark = match body {
        Some(_) => "",
        None => "        #[non_exhaustive]\n",
    };
    let row = text::line(
        8,
        &format!(
            "{status}{}{statuses} => {}{},",
            named(&status, &key),
            error_variant(response.status),
            body.unwrap_or_default()
        ),
        &format!("{}{docs};", text::literal(&words)),
    );
    format!("{mark}{row}")
}

/// The statuses that are left to the default response.
fn rest(context: &Context<'_>) -> &'static str {
    let documents = |hundred| {
        let mut responses = context.operation.responses.iter();
        responses.any(|it| it.status == Status::Range(hundred))
    };
    match (documents(4), documents(5)) {
        (false, false) => "400..=599",
        (true, false) => "500..=599",
        (false, true) => "400..=499",
        // No status is this one.
        (true, true) => "0",
    }
}

/// The types of successes: their shapes by status, and their headers.
pub(in super::super) fn emit_outcome(context: &Context<'_>) -> TokenStream {
    let shapes = emit_shapes(context);
    let headers = super::headers::emit_headers(context);
    quote!(#shapes #headers)
}

fn emit_shapes(context: &Context<'_>) -> Option<TokenStream> {
    if !matches!(success(context), Success::Several) {
        return None;
    }
    let name = outcome(context);
    let variants = successes(context).into_iter().map(|response| {
        let docs = doc(&status_text(response));
        let variant = success_variant(response.status);
        match shape(context, response) {
            BodyShape::Empty => quote!(#docs #variant),
            shape => {
                let ty = body_type(context, shape, &Place::Success(Some(response.status)));
                quote!(#docs #variant(#ty))
            }
        }
    });
    let docs = doc(&format!(
        "A success of `{}`, by status.",
        context.operation.id
    ));
    let bodies = successes(context).into_iter().map(Response::body);
    let uneven = size::allow_uneven(context.service, bodies);
    let derive = derive(context);
    Some(quote! {
        #docs
        #uneven
        #derive
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
