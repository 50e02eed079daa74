//! Sorting the responses of an operation: which status is which value or error.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::emit::contents::is_bodiless;
use crate::emit::tokens::ident;
use crate::model::{Response, SchemaKind, Status, SuccessWhen, Type};

use super::{Context, status_of};

mod body;
mod errors;
mod headers;

pub use body::BodyShape;
use body::{Place, body_type, derive};
pub(super) use body::{bodies, left};
pub use body::{several_name, shape, variants as media_variants};
pub use errors::error_variant;
use errors::success_variant;
pub(super) use errors::{emit_outcome, failures};
pub use headers::{headers, headers_name};

/// What a successful call returns.
enum Success<'m> {
    /// Nothing but that it went well.
    Unit,
    /// The body of the only shape there is.
    Single(BodyShape<'m>),
    /// One of several shapes, told apart by status.
    Several,
}

/// The method that sorts the responses to a call.
pub(super) fn emit_read(context: &Context<'_>) -> TokenStream {
    let error = context.error_type();
    let success = success(context);
    let arms = arms(context, &success);
    // What documents no success does not say that there is none: any is one, whatever its body.
    let undescribed = arms
        .is_empty()
        .then(|| quote!(200..=299 => { Ok(response.success(())) }));
    let overlap = codes_in_ranges(context).then(
        || quote!(#[allow(clippy::match_overlapping_arm, reason = "a code goes before its range")]),
    );
    quote! {
        #overlap
        fn read(response: RawResponse) -> Outcome<Self> {
            match response.status() {
                #(#arms)*
                #undescribed
                _ => Err(#error::of(response)),
            }
        }
    }
}

/// The type of a success.
pub(super) fn output_type(context: &Context<'_>) -> TokenStream {
    output(context, &success(context))
}

/// The successes in the order in which they must be tried: codes before ranges.
fn successes<'m>(context: &Context<'m>) -> Vec<&'m Response> {
    let mut found: Vec<_> = context
        .operation
        .responses
        .iter()
        .filter(|response| response.status.is_success())
        .collect();
    found.sort_by_key(|response| response.status);
    if found.is_empty() {
        // An API with nothing but a default response means success with it as well.
        found.extend(
            context
                .operation
                .responses
                .iter()
                .filter(|r| r.status == Status::Default),
        );
    }
    found
}

fn errors<'m>(context: &Context<'m>) -> Vec<&'m Response> {
    let mut found: Vec<_> = context
        .operation
        .responses
        .iter()
        .filter(|response| !response.status.is_success())
        .collect();
    found.sort_by_key(|response| response.status);
    found
}

fn success<'m>(context: &Context<'m>) -> Success<'m> {
    let found = successes(context);
    let mut bodies = found.iter().map(|response| shape(context, response));
    let Some(first) = bodies.next() else {
        return Success::Unit;
    };
    if bodies.any(|other| other != first) {
        return Success::Several;
    }
    match first {
        BodyShape::Empty => Success::Unit,
        shape => Success::Single(shape),
    }
}

/// The successes that can say no, with the type that says it.
fn refusals<'m>(context: &Context<'m>) -> Vec<(&'m Response, &'m SuccessWhen, &'m Type)> {
    successes(context)
        .into_iter()
        .filter_map(|response| {
            let rule = response.success_when.as_ref()?;
            match shape(context, response) {
                BodyShape::One(ty) => Some((response, rule, ty)),
                BodyShape::Empty | BodyShape::Several(_) => None,
            }
        })
        .collect()
}

/// The variant of a success that says no: one for all of them where their bodies are of one type.
pub fn refused_variant(context: &Context<'_>, status: Status) -> Ident {
    let found = refusals(context);
    if found.windows(2).all(|pair| pair[0].2 == pair[1].2) {
        format_ident!("Refused")
    } else {
        format_ident!("Refused{}", success_variant(status))
    }
}

fn output(context: &Context<'_>, success: &Success<'_>) -> TokenStream {
    match success {
        Success::Unit => quote!(()),
        Success::Single(shape) => body_type(context, *shape, &Place::Success(None)),
        Success::Several => {
            let name = outcome(context);
            quote!(#name)
        }
    }
}

/// Whether all successes are one type, so that statuses do not tell several apart.
pub fn is_single_success(context: &Context<'_>) -> bool {
    !matches!(success(context), Success::Several)
}

/// The type of a success, where the service's module is `service`.
pub fn output_elsewhere(context: &Context<'_>) -> TokenStream {
    let operation = ident(&context.operation.ident);
    let output = output(context, &success(context));
    match success(context) {
        Success::Several | Success::Single(BodyShape::Several(_)) => {
            quote!(service::#operation::#output)
        }
        Success::Unit | Success::Single(_) => output,
    }
}

/// A documented response and the value it becomes.
pub struct ResponseVariant<'m> {
    /// The response.
    pub response: &'m Response,
    /// The variant of the operation's outcome or error type; none where the success is one type.
    pub variant: Option<Ident>,
    /// What its body is.
    pub body: BodyShape<'m>,
    /// Whether it becomes a success.
    pub is_success: bool,
}

impl ResponseVariant<'_> {
    /// The status that stands for it.
    pub fn example_status(&self, context: &Context<'_>) -> Literal {
        // Where a default response is the only one, it is the success as well.
        let default = self.response.status == Status::Default;
        let status = if self.is_success && default {
            200
        } else {
            status_of(context, self.response.status).unwrap_or(500)
        };
        Literal::u16_unsuffixed(status)
    }
}

/// The successes and the errors of an operation, each variant once.
pub fn response_variants<'m>(
    context: &Context<'m>,
) -> (Vec<ResponseVariant<'m>>, Vec<ResponseVariant<'m>>) {
    let several = matches!(success(context), Success::Several);
    let good = successes(context)
        .into_iter()
        .map(|response| ResponseVariant {
            response,
            variant: several.then(|| success_variant(response.status)),
            body: shape(context, response),
            is_success: true,
        });
    let refused = refusals(context)
        .into_iter()
        .map(|(response, _, ty)| ResponseVariant {
            response,
            variant: Some(refused_variant(context, response.status)),
            body: BodyShape::One(ty),
            is_success: false,
        });
    let bad = errors(context).into_iter().map(|response| ResponseVariant {
        response,
        variant: Some(error_variant(response.status)),
        body: shape(context, response),
        is_success: false,
    });
    let mut bad: Vec<_> = refused.chain(bad).collect();
    let mut seen = std::collections::HashSet::new();
    bad.retain(|response| seen.insert(response.variant.clone()));
    (good.collect(), bad)
}

fn outcome(context: &Context<'_>) -> Ident {
    format_ident!("{}Outcome", context.operation.type_name)
}

/// The successes in the order in which they are tried.
fn arms(context: &Context<'_>, success: &Success<'_>) -> Vec<TokenStream> {
    let arms = successes(context).into_iter().map(|response| {
        let reading = reading(context, response, success);
        let pattern = pattern(response.status);
        quote!(#pattern => { #reading })
    });
    arms.collect()
}

/// Whether a code and a range that holds it are both documented as successes.
fn codes_in_ranges(context: &Context<'_>) -> bool {
    let successes = successes(context);
    let is_range = |it: &&Response| matches!(it.status, Status::Range(_));
    successes.iter().any(is_range) && !successes.iter().all(is_range)
}

/// The statuses of a success.
fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => Literal::u16_unsuffixed(code).to_token_stream(),
        Status::Range(_) | Status::Default => quote!(200..=299),
    }
}

/// Reads a success, and refuses one that says no.
fn reading(context: &Context<'_>, response: &Response, success: &Success<'_>) -> TokenStream {
    let wrap = |value: TokenStream| match success {
        Success::Several => {
            let outcome = outcome(context);
            let variant = success_variant(response.status);
            match shape(context, response) {
                BodyShape::Empty => quote!(#outcome::#variant),
                BodyShape::One(_) | BodyShape::Several(_) => quote!(#outcome::#variant(#value)),
            }
        }
        Success::Unit | Success::Single(_) => value,
    };
    let headers = headers::check(context, response);
    let body = shape(context, response);
    if body == BodyShape::Empty {
        let value = wrap(quote!(()));
        let check = (!is_bodiless(context.operation.method)).then(|| quote!(response.unit()?;));
        return quote! {
            #check
            #headers
            Ok(response.success(#value))
        };
    }
    let read = match body {
        BodyShape::Several(_) | BodyShape::Empty => quote!(by_media_type()?),
        BodyShape::One(Type::Text) => quote!(text()?),
        BodyShape::One(Type::SecretText) => quote!(text()?.into()),
        BodyShape::One(Type::Bytes) => quote!(download()),
        BodyShape::One(ty) if is_checked_object(context, ty) => quote!(object()?),
        BodyShape::One(_) => quote!(json()?),
    };
    let place = match success {
        Success::Several => Place::Success(Some(response.status)),
        Success::Unit | Success::Single(_) => Place::Success(None),
    };
    let ty = body_type(context, body, &place);
    let error = context.error_type();
    let refused = refused_variant(context, response.status);
    let refusal = response.success_when.as_ref().map(|rule| {
        let field = ident(&rule.ident);
        let yes = &rule.equals;
        let says_no = if field_is_optional(context, response, &rule.ident) {
            quote!(body.#field.as_ref().is_some_and(|value| value.as_str() != #yes))
        } else {
            quote!(body.#field.as_str() != #yes)
        };
        quote! {
            if #says_no {
                return Err(response.documented(#error::#refused));
            }
        }
    });
    let value = wrap(quote!(body));
    quote! {
        let body: #ty = response.#read;
        #refusal
        #headers
        Ok(response.success(#value))
    }
}

/// Whether a success of this type is an object that documents no error of its own, so that one that
/// names an error is none.
fn is_checked_object(context: &Context<'_>, ty: &Type) -> bool {
    let Type::Named(name) = ty else { return false };
    match context.service.schemas.get(name).map(|schema| &schema.kind) {
        Some(SchemaKind::Object { fields, .. }) => !fields
            .iter()
            .any(|field| field.name.to_ascii_lowercase().starts_with("err")),
        _ => false,
    }
}

fn field_is_optional(context: &Context<'_>, response: &Response, field: &str) -> bool {
    let Some(Type::Named(name)) = response.body() else {
        return false;
    };
    context
        .catalog
        .field(name, field)
        .is_some_and(|ty| crate::emit::catalog::inside(&ty, "Option").is_some())
}
