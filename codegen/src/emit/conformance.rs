//! `tests/it/`: what each documented status becomes, over a real socket and through the mock.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;

use crate::model::{Model, Response, SchemaKind, Service, Status, Type};

use super::operation::example::{self, Call, Secrets};
use super::operation::{
    Context, ResponseVariant, body_example, error_variant, header_examples, is_informational,
    refused_variant, response_variants, status_of,
};
use super::tokens::{begins_path, header, ident, print, raw};

const SUPPORT: &str = include_str!("conformance/support.rs");

/// Emits what the tests of all services share.
pub fn emit(model: &Model) -> Result<Vec<(String, String)>, String> {
    let modules = model.services.iter().map(|service| {
        let (feature, module) = (&service.name, ident(&service.module));
        quote!(#[cfg(feature = #feature)] mod #module;)
    });
    let any = super::any_service(model);
    let root = quote! {
        //! Every documented response of every operation, and responses that no document has.

        #![cfg(#any)]

        mod support;

        #(#modules)*
    };
    Ok(vec![
        ("tests/it/main.rs".to_owned(), print("spec/", root)?),
        ("tests/it/support.rs".to_owned(), support(model)),
    ])
}

/// The support module, for the client and the region that the model names.
fn support(model: &Model) -> String {
    let support = SUPPORT
        .replace("client_under_test", &model.package.krate())
        .replace("region-of-examples", model.package.region);
    format!("{}{support}", header("//", "spec/"))
}

/// Emits the tests of a service.
pub fn emit_service(service: &Service, contexts: &[Context<'_>]) -> Result<String, String> {
    let calls: Vec<_> = contexts
        .iter()
        .map(|context| example::call(context, Secrets::Literal))
        .collect();
    let operations: Vec<_> = contexts
        .iter()
        .zip(&calls)
        .map(|(context, call)| operation(context, call))
        .collect();
    let deprecated = super::allow_deprecated(service).or_else(|| {
        let reason = "deprecated operations and fields are tested too";
        let any = calls.iter().any(|call| call.deprecated);
        any.then(|| quote!(#![allow(deprecated, reason = #reason)]))
    });
    let mut expressions = calls.iter().map(|call| &call.expression);
    let imports = match expressions.any(example::uses_password) {
        true => quote!({Client, Password}),
        false => quote!(Client),
    };
    let krate = ident(&service.package.krate());
    print(
        &service.path,
        quote! {
            #deprecated
            use #krate::#imports;

            use crate::support::*;

            #(#operations)*
        },
    )
}

fn operation(context: &Context<'_>, call: &Call) -> TokenStream {
    let (service, module) = (
        ident(&context.service.module),
        ident(&context.operation.ident),
    );
    let (name, error) = (ident(&context.operation.type_name), context.error_type());
    let request = request(context, call);
    let expression = &call.expression;
    let responses = context.operation.responses.iter();
    let cases: Vec<_> = responses.flat_map(|it| cases(context, it)).collect();
    let undocumented = [302, 418, 502, 511].into_iter();
    let undocumented = undocumented
        .filter(|status| !is_documented(context, *status))
        .map(Literal::u16_unsuffixed);
    let secrets = secrets(context, call);
    let mock = mock(context);
    let code = quote!(#(#cases)* #mock);
    let failure = begins_path(&code, "Failure").then(|| quote!(#error as Failure,));
    let output = begins_path(&code, "Output").then(|| {
        let output = format_ident!("{}Output", context.operation.type_name);
        quote!(#output as Output,)
    });
    let imports = match (&failure, &output) {
        (None, None) => quote!(#name),
        _ => quote!({#failure #name, #output}),
    };
    let same_name = super::service::same_name(context);
    let krate = ident(&context.service.package.krate());
    quote! {
        #same_name
        mod #module {
            use super::*;
            use #krate::#service::#module::#imports;

            #request

            fn call(client: &Client) -> TestResult<#name> {
                Ok(#expression)
            }

            #[tokio::test]
            async fn responds_as_documented() -> TestResult {
                let check = check_responses(&REQUEST, call, [#(#cases),*], &[#(#undocumented),*]);
                check.await
            }

            #[tokio::test]
            async fn shows_no_secret() -> TestResult {
                check_secrets(&REQUEST, call, &[#(#secrets),*]).await
            }

            #mock
        }
    }
}

/// The secrets that the example request carries, wherever they stand in it.
fn secrets(context: &Context<'_>, call: &Call) -> Vec<String> {
    let mut found = Vec::new();
    if let (Some(value), Some(body)) = (&call.body, &context.operation.body) {
        passwords(context.service, &body.ty, value, &mut found);
    }
    for parameter in &context.operation.parameters {
        let mut sent = call.headers.iter().chain(&call.query);
        if parameter.ty == Type::Password
            && let Some((_, value)) = sent.find(|(name, _)| *name == parameter.name)
        {
            found.push(value.clone());
        }
    }
    found
}

/// The passwords in a value of a type.
fn passwords(service: &Service, ty: &Type, value: &Value, found: &mut Vec<String>) {
    match (ty, value) {
        (Type::Password, Value::String(text)) => found.push(text.clone()),
        (Type::Nullable(inner), value) => passwords(service, inner, value, found),
        (Type::Array(inner), Value::Array(items)) => {
            for item in items {
                passwords(service, inner, item, found);
            }
        }
        (Type::Map(inner), Value::Object(entries)) => {
            for entry in entries.values() {
                passwords(service, inner, entry, found);
            }
        }
        (Type::Named(name), value) => match service.schemas.get(name).map(|it| &it.kind) {
            Some(SchemaKind::Object { fields, .. }) => {
                for field in fields {
                    if let Some(value) = value.get(&field.name) {
                        passwords(service, &field.ty, value, found);
                    }
                }
            }
            Some(SchemaKind::OneOf { alternatives }) => {
                for alternative in alternatives {
                    passwords(service, alternative, value, found);
                }
            }
            Some(SchemaKind::Enum { .. }) | None => {}
        },
        _ => {}
    }
}

/// What the example request looks like on the wire.
fn request(context: &Context<'_>, call: &Call) -> TokenStream {
    let (method, path) = (context.operation.method.wire(), encoded(&call.path));
    let pairs = |pairs: &[(String, String)]| {
        let pairs = pairs.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(&[#(#pairs),*])
    };
    let mut headers = call.headers.clone();
    let mut fields = Vec::new();
    if !call.query.is_empty() {
        let query = pairs(&call.query);
        fields.push(quote!(query: #query));
    }
    if let (Some(value), Some(body)) = (&call.body, &context.operation.body) {
        headers.push(("content-type".to_owned(), body.media_type.clone()));
        let text = raw(&value.to_string());
        fields.push(quote!(body: Some(#text)));
    }
    if !headers.is_empty() {
        let headers = pairs(&headers);
        fields.push(quote!(headers: #headers));
    }
    let plain = quote!(Request::new(#method, #path));
    let value = match fields.as_slice() {
        [] => plain,
        fields => quote!(Request { #(#fields,)* ..#plain }),
    };
    quote!(static REQUEST: Request = #value;)
}

/// A path as the client writes it: all but letters, digits and `-._~` escaped, slashes aside.
fn encoded(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// What a documented response becomes; none for one that no caller sees.
fn cases(context: &Context<'_>, response: &Response) -> Vec<TokenStream> {
    if is_informational(response.status) {
        return Vec::new();
    }
    let Some(status) = status_of(context, response.status) else {
        return Vec::new();
    };
    let status = Literal::u16_unsuffixed(status);
    let body = body_example(context, response);
    let failure = |variant: &proc_macro2::Ident, body: Option<&Value>| {
        let text = text(body);
        let fields = body.map(|_| quote!((_)));
        quote!(failure(#status, #text, |error| matches!(error, Failure::#variant #fields)))
    };
    if !response.status.is_success() {
        return vec![failure(&error_variant(response.status), body.as_ref())];
    }
    let examples = header_examples(context, response);
    let headers = examples
        .iter()
        .map(|(name, value, text)| quote!(.header(#name, #value, |output: &Output| #text)));
    let text = text(body.as_ref());
    let mut cases = vec![quote!(success(#status, #text) #(#headers)*)];
    // A success that says no.
    if let (Some(rule), Some(Value::Object(mut body))) = (&response.success_when, body) {
        body.insert(rule.field.clone(), format!("{}9", rule.equals).into());
        let variant = refused_variant(context, response.status);
        cases.push(failure(&variant, Some(&Value::Object(body))));
    }
    cases
}

fn text(body: Option<&Value>) -> TokenStream {
    match body {
        Some(body) => raw(&body.to_string()).to_token_stream(),
        None => quote!(""),
    }
}

fn is_documented(context: &Context<'_>, status: u16) -> bool {
    let mut responses = context.operation.responses.iter();
    responses.any(|response| match response.status {
        Status::Code(code) => code == status,
        Status::Range(hundred) => u16::from(hundred) == status / 100,
        Status::Default => (400..600).contains(&status),
    })
}

fn mock(context: &Context<'_>) -> TokenStream {
    let (service, operation) = (
        ident(&context.service.module),
        ident(&context.operation.ident),
    );
    let (good, bad) = response_variants(context);
    let success = match good.first() {
        Some(response) => response.example_status(context),
        None => Literal::u16_unsuffixed(200),
    };
    let is_seen = match context.project_id() {
        Some(project) => {
            let field = ident(&project.ident);
            quote!(|request| request.#field == PROJECT_ID)
        }
        None => quote!(|_| true),
    };
    // The errors that take no body can be made here without knowing their types.
    let is_bare = |response: &&ResponseVariant<'_>| response.body.is_none();
    let failures = bad.iter().filter(is_bare).map(|response| {
        let (variant, status) = (&response.variant, response.example_status(context));
        quote!((#status, Failure::#variant))
    });
    quote! {
        #[cfg(feature = "mock")]
        #[tokio::test]
        async fn can_be_mocked() -> TestResult {
            let check = check_mock(
                &REQUEST,
                call,
                |mock| mock.#service().#operation(),
                #success,
                #is_seen,
                [#(#failures),*],
            );
            check.await
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_are_escaped_as_the_client_does() {
        assert_eq!(
            super::encoded("/v1/a:b@c d/é~"),
            "/v1/a%3Ab%40c%20d/%C3%A9~"
        );
    }
}
