//! `tests/it/`: what each documented status becomes, over a real socket and through the mock.

use std::fmt::Write;

use proc_macro2::Ident;
use quote::quote;
use serde_json::Value;

use crate::model::{Model, Response, SchemaKind, Service, Status, Type};

use super::operation::example::{self, Call, Secrets};
use super::operation::{
    Context, body_example, error_variant, header_examples, headers, is_informational,
    refused_variant, response_variants, status_of,
};
use super::setup;
use super::text::{chain, literal, tidy};
use super::tokens::{Part, header, ident, print, print_parts, raw};

/// The statuses of the support module that few documents have.
const UNUSUAL: [u16; 4] = [302, 418, 502, 511];

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

        #[macro_use]
        mod support;

        #(#modules)*
    };
    Ok(vec![
        ("tests/it/main.rs".to_owned(), print("spec/", root)?),
        ("tests/it/support.rs".to_owned(), support(model)),
    ])
}

/// The support module, for the client that the model names and those who call it.
fn support(model: &Model) -> String {
    let setup = &model.package.setup;
    let (client, blocking) = (
        setup::in_region(&setup.client, None, model),
        setup::in_region(&setup.blocking, None, model),
    );
    let test = setup::test(model);
    let mut support = SUPPORT.to_owned();
    if setup.project.is_empty() {
        support = support.replace(PROJECT, "");
    }
    if !test.contains("Credentials::") {
        support = support.replace("Credentials, CredentialsError", "CredentialsError");
    }
    let support = support
        .replace(".caller_in_project()", &setup::step(&test, &setup.project))
        .replace(".caller()", &setup::step(&test, ""))
        .replace(
            "blocking::Client::begin()",
            &format!("blocking::{blocking}"),
        )
        .replace("Client::begin()", &client)
        .replace("client_under_test", &model.package.krate());
    format!("{}{support}", header("//", "spec/"))
}

/// What the support module says of projects.
const PROJECT: &str = "/// The project of every call.
pub const PROJECT_ID: &str = \"0123456789abcdef0123456789abcdef\";

";

/// Emits the tests of a service.
pub fn emit_service(service: &Service, contexts: &[Context<'_>]) -> Result<String, String> {
    let calls: Vec<_> = contexts
        .iter()
        .map(|context| example::call(context, Secrets::Literal))
        .collect();
    let operations = contexts.iter().zip(&calls);
    let operations = operations.map(|(context, call)| Part::Text(operation(context, call)));
    let deprecated = super::allow_deprecated(service).or_else(|| {
        let reason = "deprecated operations and fields are tested too";
        let any = calls.iter().any(|call| call.deprecated);
        any.then(|| quote!(#![allow(deprecated, reason = #reason)]))
    });
    let mut expressions = calls.iter().map(|call| &call.expression);
    let krate = ident(&service.package.krate());
    let password = expressions
        .any(example::uses_password)
        .then(|| quote!(use #krate::Password;));
    let head = quote! {
        #deprecated
        #password

        use crate::support::*;
    };
    let parts = [Part::Code(head)].into_iter();
    print_parts(&service.path, parts.chain(operations))
}

/// What one operation must do, as the table that the support module makes tests of.
fn operation(context: &Context<'_>, call: &Call) -> String {
    let operation = context.operation;
    let responses = operation.responses.iter();
    let cases: Vec<_> = responses.flat_map(|it| cases(context, it)).collect();
    let documented = UNUSUAL
        .iter()
        .filter(|status| is_documented(context, **status));
    let documented: Vec<_> = documented.map(u16::to_string).collect();
    let secrets: Vec<_> = secrets(context, call)
        .iter()
        .map(|it| literal(it))
        .collect();
    let output = match headers(context) {
        [] => String::new(),
        _ => format!(", {}Output", operation.type_name),
    };
    let mut out = String::from("conforms! {\n");
    if let Some(same_name) = super::service::same_name(context) {
        let _ = writeln!(out, "    {}", tidy(&same_name));
    }
    let mut put = |name: &str, value: &str| {
        let _ = writeln!(out, "    {name} {value};");
    };
    put(
        &format!(
            "{}::{}:",
            ident(&context.service.module),
            ident(&operation.ident)
        ),
        &format!(
            "{}, {}{output}",
            ident(&operation.type_name),
            context.error_type()
        ),
    );
    put("sends", &request(context, call));
    put("calls |client|", &chain(4, &call.expression));
    put("hides", &format!("[{}]", secrets.join(", ")));
    let cases: String = cases.iter().map(|it| format!("        {it},\n")).collect();
    put("responds", &format!("[\n{cases}    ]"));
    if !documented.is_empty() {
        put("documents", &documented.join(", "));
    }
    let (good, _) = response_variants(context);
    let success = good
        .first()
        .map(|it| it.example_status(context).to_string());
    let success = success.unwrap_or_else(|| "200".to_owned());
    let is_seen = match context.project_id() {
        Some(project) => format!("|request| request.{} == PROJECT_ID", ident(&project.ident)),
        None => "|_| true".to_owned(),
    };
    put("mocks", &format!("{success}, {is_seen}"));
    out.push_str("}\n");
    out
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
            Some(SchemaKind::OneOf { alternatives, .. }) => {
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
fn request(context: &Context<'_>, call: &Call) -> String {
    let (method, path) = (context.operation.method.wire(), encoded(&call.path));
    let pairs = |pairs: &[(String, String)]| {
        let pairs = pairs.iter();
        let pairs = pairs.map(|(name, value)| format!("({}, {})", literal(name), literal(value)));
        format!("&[{}]", pairs.collect::<Vec<_>>().join(", "))
    };
    let mut headers = call.headers.clone();
    let mut fields = String::new();
    if !call.query.is_empty() {
        let _ = writeln!(fields, "        query: {},", pairs(&call.query));
    }
    if let (Some(value), Some(body)) = (&call.body, &context.operation.body) {
        headers.push(("content-type".to_owned(), body.media_type.clone()));
        let _ = writeln!(fields, "        body: Some({}),", raw(&value.to_string()));
    }
    if !headers.is_empty() {
        let _ = writeln!(fields, "        headers: {},", pairs(&headers));
    }
    let plain = format!("Request::new({}, {})", literal(&method), literal(&path));
    match fields.as_str() {
        "" => plain,
        fields => format!("Request {{\n{fields}        ..{plain}\n    }}"),
    }
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
fn cases(context: &Context<'_>, response: &Response) -> Vec<String> {
    // What is no JSON is read as it comes.
    if is_informational(response.status) || response.media_type.is_some() {
        return Vec::new();
    }
    let Some(status) = status_of(context, response.status) else {
        return Vec::new();
    };
    let body = body_example(context, response);
    let failure = |variant: &Ident, body: Option<&Value>| {
        let text = text(body);
        let fields = if body.is_some() { "(_)" } else { "" };
        format!("failure({status}, {text}, |error| matches!(error, Failure::{variant}{fields}))")
    };
    if !response.status.is_success() {
        return vec![failure(&error_variant(response.status), body.as_ref())];
    }
    let examples = header_examples(context, response);
    let headers = examples.iter().map(|(name, value, text)| {
        let (name, value, text) = (literal(name), literal(value), tidy(text));
        format!("\n            .header({name}, {value}, |output: &Output| {text})")
    });
    let headers: String = headers.collect();
    let text = text(body.as_ref());
    let mut cases = vec![format!("success({status}, {text}){headers}")];
    // A success that says no.
    if let (Some(rule), Some(Value::Object(mut body))) = (&response.success_when, body) {
        body.insert(rule.field.clone(), format!("{}9", rule.equals).into());
        let variant = refused_variant(context, response.status);
        cases.push(failure(&variant, Some(&Value::Object(body))));
    }
    cases
}

fn text(body: Option<&Value>) -> String {
    match body {
        Some(body) => raw(&body.to_string()).to_string(),
        None => "\"\"".to_owned(),
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
