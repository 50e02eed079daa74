//! `tests/conformance_*.rs`: what each documented status becomes, over a real socket.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_json::Value;

use crate::model::{Response, Service, Status, Type};
use crate::sample;

use super::operation::example::{self, Call, Secrets};
use super::operation::{
    Context, body_of, error_variant, is_bodiless, is_informational, refused_variant,
};
use super::tokens::{ident, print};

/// Emits the conformance tests of a service.
pub fn emit(service: &Service, contexts: &[Context<'_>]) -> Result<String, String> {
    let operations: Vec<_> = contexts.iter().map(operation).collect();
    let project_id = example::PROJECT_ID;
    let krate = ident(&service.package.krate());
    let region = service.package.region;
    print(
        &service.path,
        quote! {
            //! Every documented answer of every operation, and answers that no document has.
            #![allow(deprecated, reason = "deprecated operations and fields are tested too")]

            #[allow(unused_imports, reason = "not every service takes passwords")]
            use #krate::{Client, Credentials, Error, Password, RetryPolicy};
            use wiremock::matchers;
            use wiremock::{Mock, MockServer, ResponseTemplate};

            type TestResult = Result<(), Box<dyn std::error::Error>>;

            const REQUEST_ID: &str = "4abc87d1b9e0a3c14abc87d1b9e0a3c1";

            fn client(server: &MockServer) -> Result<Client, Box<dyn std::error::Error>> {
                let credentials =
                    Credentials::aksk("AKIDEXAMPLE", "KeyThatSigns").project_id(PROJECT_ID);
                // Every answer is what one request gets.
                let builder =
                    Client::builder(#region).endpoint(server.uri()).retry_policy(RetryPolicy::none());
                Ok(builder.credentials(credentials).build()?)
            }

            const PROJECT_ID: &str = #project_id;

            #(#operations)*
        },
    )
}

fn operation(context: &Context<'_>) -> TokenStream {
    let module = ident(&context.operation.ident);
    let call = example::call(context, Secrets::Literal);
    let matchers = matchers(context, &call);
    let tests: Vec<_> = context
        .operation
        .responses
        .iter()
        .flat_map(|response| documented(context, response))
        .chain([undocumented(context)])
        .collect();
    let expression = &call.expression;
    let service = ident(&context.service.module);
    let krate = ident(&context.service.package.krate());
    let (name, error) = (ident(&context.operation.type_name), context.error_type());
    // An operation without documented errors has tests that name no error.
    let imports = if tests
        .iter()
        .any(|test| test.to_string().contains(&format!("{error} ::")))
    {
        quote!({#error, #name})
    } else {
        quote!(#name)
    };
    quote! {
        mod #module {
            use super::*;
            use #krate::#service::#module::#imports;

            /// A server that takes the example request once, and no other.
            async fn server(answer: ResponseTemplate) -> Result<MockServer, Box<dyn std::error::Error>> {
                let server = MockServer::start().await;
                #matchers
                    .respond_with(answer.insert_header("x-request-id", REQUEST_ID))
                    .expect(1)
                    .mount(&server)
                    .await;
                Ok(server)
            }

            fn call(server: &MockServer) -> Result<#name, Box<dyn std::error::Error>> {
                let client = client(server)?;
                Ok(#expression)
            }

            #(#tests)*
        }
    }
}

/// What the example request looks like on the wire.
pub(super) fn matchers(context: &Context<'_>, call: &Call) -> TokenStream {
    let method = context.operation.method.wire();
    let path = encoded(&call.path);
    let mut matchers = quote! { Mock::given(matchers::method(#method)).and(matchers::path(#path)) };
    for (name, value) in &call.query {
        matchers = quote!(#matchers.and(matchers::query_param(#name, #value)));
    }
    for (name, value) in &call.headers {
        // The matcher takes commas for the ends of values, and reads ASCII alone.
        matchers = if value.contains(',') || !value.is_ascii() {
            quote! {
                #matchers.and(|request: &wiremock::Request| {
                    let value = request.headers.get(#name);
                    value.is_some_and(|value| value.as_bytes() == #value.as_bytes())
                })
            }
        } else {
            quote!(#matchers.and(matchers::header(#name, #value)))
        };
    }
    if let Some(body) = &call.body {
        let text = body.to_string();
        let media_type = context
            .operation
            .body
            .as_ref()
            .map(|body| body.media_type.as_str());
        matchers = quote! {
            #matchers
                .and(matchers::body_json(serde_json::from_str::<serde_json::Value>(#text)?))
                .and(matchers::header("content-type", #media_type))
        };
    }
    matchers
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

/// The status a test uses for a response: one that no more particular response stands for. None when
/// there is no such status.
pub(super) fn status_of(context: &Context<'_>, status: Status) -> Option<u16> {
    let takes = |response: &Response, code: u16| match response.status {
        Status::Code(listed) => listed == code,
        Status::Range(hundred) => status == Status::Default && u16::from(hundred) == code / 100,
        Status::Default => false,
    };
    let free = |code: &u16| {
        !context
            .operation
            .responses
            .iter()
            .any(|response| takes(response, *code))
    };
    match status {
        Status::Code(code) => Some(code),
        Status::Range(hundred) => {
            let from = u16::from(hundred) * 100;
            (from + 50..from + 100).chain(from..from + 50).find(free)
        }
        Status::Default => (450..500).chain(550..600).find(free),
    }
}

fn documented(context: &Context<'_>, response: &Response) -> Vec<TokenStream> {
    // No caller sees what comes before the answer.
    if is_informational(response.status) {
        return Vec::new();
    }
    let Some(status) = status_of(context, response.status) else {
        return Vec::new();
    };
    let body = body_of(context.operation, response).map(|ty| {
        response
            .example
            .clone()
            .unwrap_or_else(|| sample::value(context.service, ty))
    });
    let headers = header_examples(context, response);
    let answer = answer(status, body.as_ref());
    let inserted = headers
        .iter()
        .map(|(name, _, value)| quote!(.insert_header(#name, #value)));
    let answer = quote!(#answer #(#inserted)*);
    let name = format_ident!("answers_{}", response.status.key().to_lowercase());
    let check = if response.status.is_success() {
        let given = headers
            .iter()
            .map(|(_, field, value)| quote!(assert_eq!(response.#field, #value);));
        quote! {
            let response = call(&server)?.send().await?;
            assert_eq!(response.status(), #status);
            assert_eq!(response.request_id(), Some(REQUEST_ID));
            #(#given)*
        }
    } else {
        error_check(context, response, status, body.as_ref())
    };
    let mut tests = vec![quote! {
        #[tokio::test]
        async fn #name() -> TestResult {
            let server = server(#answer).await?;
            #check
            Ok(())
        }
    }];
    tests.extend(refusal(context, response, status, body));
    tests
}

/// The headers of an answer: name, field and value.
pub(super) fn header_examples<'m>(
    context: &Context<'_>,
    response: &'m Response,
) -> Vec<(&'m str, TokenStream, String)> {
    let text = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let headers = response.headers.iter().map(|header| {
        let example = header.example.clone();
        let value = example.unwrap_or_else(|| sample::value(context.service, &header.ty));
        let field = ident(&header.ident);
        let field = match (&header.ty, header.required) {
            (Type::Password, true) => quote!(#field.expose()),
            (Type::Password, false) => quote!(#field.as_ref().map(|value| value.expose())),
            (_, true) => quote!(#field.to_string()),
            (_, false) => quote!(#field.as_ref().map(ToString::to_string)),
        };
        let field = if header.required {
            field
        } else {
            quote!(#field.unwrap_or_default())
        };
        (header.name.as_str(), field, text(value))
    });
    headers.collect()
}

pub(super) fn answer(status: u16, body: Option<&Value>) -> TokenStream {
    let status = proc_macro2::Literal::u16_unsuffixed(status);
    match body {
        Some(body) => {
            let text = body.to_string();
            quote!(ResponseTemplate::new(#status).set_body_raw(#text, "application/json"))
        }
        None => quote!(ResponseTemplate::new(#status)),
    }
}

fn error_check(
    context: &Context<'_>,
    response: &Response,
    status: u16,
    body: Option<&Value>,
) -> TokenStream {
    let error = context.error_type();
    let variant = error_variant(response.status);
    let pattern = if body.is_some() {
        quote!(#error::#variant(_))
    } else {
        quote!(#error::#variant)
    };
    let code = body
        .and_then(known_code)
        .map(|code| quote!(assert_eq!(error.code(), Some(#code));));
    quote! {
        let error = call(&server)?.send().await.unwrap_err();
        assert_eq!(error.status(), Some(#status));
        assert_eq!(error.request_id(), Some(REQUEST_ID));
        #code
        let Error::Api(answer) = &error else { return Err(error.into()) };
        assert!(matches!(answer.body(), #pattern), "{error}");
    }
}

/// The code of an error body in the two ways the documents have it.
fn known_code(body: &Value) -> Option<String> {
    let code = body
        .get("error_code")
        .or_else(|| body.get("error")?.get("code"))?;
    code.as_str().map(str::to_owned)
}

/// A success that says no.
fn refusal(
    context: &Context<'_>,
    response: &Response,
    status: u16,
    body: Option<Value>,
) -> Option<TokenStream> {
    let rule = response.success_when.as_ref()?;
    let mut body = body?;
    let no = format!("{}9", rule.equals);
    body.as_object_mut()?.insert(rule.field.clone(), no.into());
    let answer = answer(status, Some(&body));
    let error = context.error_type();
    let refused = refused_variant(context, response.status);
    let name = format_ident!(
        "answers_{}_that_says_no",
        response.status.key().to_lowercase()
    );
    Some(quote! {
        #[tokio::test]
        async fn #name() -> TestResult {
            let server = server(#answer).await?;
            let error = call(&server)?.send().await.unwrap_err();
            assert_eq!(error.status(), Some(#status));
            assert_eq!(error.request_id(), Some(REQUEST_ID));
            let Error::Api(answer) = &error else { return Err(error.into()) };
            assert!(matches!(answer.body(), #error::#refused(_)), "{error}");
            Ok(())
        }
    })
}

/// Answers that no document has: each is an error that keeps what there is to know.
fn undocumented(context: &Context<'_>) -> TokenStream {
    let has = |status: u16| {
        context
            .operation
            .responses
            .iter()
            .any(|response| match response.status {
                Status::Code(code) => code == status,
                Status::Range(hundred) => u16::from(hundred) == status / 100,
                Status::Default => (400..600).contains(&status),
            })
    };
    let cases = [
        (302_u16, "", "text/plain"),
        (
            418,
            r#"{"error_code":"TEA.0418","error_msg":"short and stout"}"#,
            "application/json",
        ),
        (
            502,
            "<html><head><title>Bad Gateway</title></head></html>",
            "text/html",
        ),
        (511, "", "text/plain"),
    ];
    let cases = cases.into_iter().filter(|(status, _, _)| !has(*status)).map(|(status, body, media_type)| {
        let redirect =
            (status == 302).then(|| quote!(.insert_header("location", "https://elsewhere.example/")));
        let status = proc_macro2::Literal::u16_unsuffixed(status);
        quote!((#status, ResponseTemplate::new(#status).set_body_raw(#body, #media_type) #redirect))
    });
    // A HEAD is answered without a body, so there is no code to keep.
    let code = (!is_bodiless(context.operation.method)).then(|| {
        quote! {
            if status == 418 {
                assert_eq!(error.code(), Some("TEA.0418"));
                assert_eq!(error.message(), Some("short and stout"));
            }
        }
    });
    quote! {
        #[tokio::test]
        async fn answers_what_no_document_has() -> TestResult {
            for (status, answer) in [#(#cases),*] {
                let server = server(answer).await?;
                let error = call(&server)?.send().await.unwrap_err();
                assert!(matches!(error, Error::Undocumented(_)), "{error}");
                assert_eq!(error.status(), Some(status));
                assert_eq!(error.request_id(), Some(REQUEST_ID));
                assert!(error.message().is_some_and(|message| !message.is_empty()), "{error}");
                #code
            }
            Ok(())
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
