//! `tests/it/`: what each documented status becomes, over a real socket and through the mock.

mod plain;

use std::fmt::Write;

use proc_macro2::Ident;
use quote::quote;
use serde_json::Value;

use crate::model::{Content, Model, Representation, Response, SchemaKind, Service, Status, Type};

use super::contents::{contents_of, is_informational};
use super::operation::example::{self, Call, Secrets, Sent};
use super::operation::{
    BodyShape, Context, body_example, error_variant, header_examples, headers_name,
    is_single_success, media_variants, refused_variant, response_variants, sent_example,
    several_name, shape, status_of,
};
use super::setup;
use super::text::{chain, literal, tidy};
use super::tokens::{Part, header, ident, print, print_parts, raw};
use plain::is_plain;

/// The statuses of the support module that few documents have.
const UNUSUAL: [u16; 4] = [302, 418, 502, 511];

const SUPPORT: &str = include_str!("conformance/support.rs.in");

/// What the support module has besides where requests and responses are not all JSON.
const WIRE: &str = include_str!("conformance/wire.rs.in");

/// The lines of the support module for requests and responses that are all JSON, or for any: those
/// that are for one of the two alone end with what they are for.
fn support_for(is_any: bool) -> String {
    let (own, other) = match is_any {
        true => (" //@any", " //@json"),
        false => (" //@json", " //@any"),
    };
    let lines = SUPPORT.lines().filter(|line| !line.ends_with(other));
    lines
        .flat_map(|line| [line.strip_suffix(own).unwrap_or(line), "\n"])
        .collect()
}

/// Emits what the tests of all services share.
pub fn emit(model: &Model) -> Result<Vec<(String, String)>, String> {
    let modules = super::service::modules(model, |service| {
        let feature = &service.name;
        quote!(#[cfg(feature = #feature)])
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
    let mut operations = model.services.iter().flat_map(|service| {
        let operations = service.operations.iter();
        operations.map(move |operation| (operation, service))
    });
    let is_any = operations.any(|(operation, service)| !is_plain(operation, service));
    let mut support = support_for(is_any);
    if is_any {
        support.push_str(WIRE);
    }
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
    let mut expressions = calls.iter().map(|call| &call.expression);
    let krate = ident(&service.package.krate());
    let password = expressions
        .any(example::uses_password)
        .then(|| quote!(use #krate::Password;));
    let head = quote! {
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
    let headers = match cases.iter().any(|it| it.contains("Headers::of")) {
        false => String::new(),
        true => format!(", {}", headers_name(context)),
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
            "{}, {}{headers}",
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
        let sent = call.headers.iter().chain(&call.query);
        let mut sent = sent.chain(&call.cookies);
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
        (Type::Password | Type::SecretText, Value::String(text)) => found.push(text.clone()),
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
    let method = context.operation.method.wire();
    let path = call.path.as_deref().unwrap_or_default();
    let pairs = |pairs: &[(String, String)]| {
        let pairs = pairs.iter();
        let pairs = pairs.map(|(name, value)| format!("({}, {})", literal(name), literal(value)));
        format!("&[{}]", pairs.collect::<Vec<_>>().join(", "))
    };
    let mut headers = call.headers.clone();
    let mut fields = String::new();
    let mut put = |name: &str, value: String| {
        let _ = writeln!(fields, "        {name}: {value},");
    };
    if !call.query.is_empty() {
        put("query", pairs(&call.query));
    }
    let mut more = Vec::new();
    if !call.cookies.is_empty() {
        more.push(format!("cookies: {}", pairs(&call.cookies)));
    }
    if let (Some(sent), Some(body)) = (&call.sent, &context.operation.body) {
        let media_type = &body.media_type;
        let is_typed = body.content == Content::Text && !media_type.contains(';');
        let content_type = match is_typed {
            true => format!("{media_type}; charset=utf-8"),
            false => media_type.clone(),
        };
        // The boundary of parts is not known beforehand.
        if !matches!(sent, Sent::Parts(_)) {
            headers.push(("content-type".to_owned(), content_type));
        }
        match sent {
            Sent::Json(value) => put("body", format!("Some({})", raw(&value.to_string()))),
            Sent::Form(fields) => more.push(format!("form: {}", pairs(fields))),
            Sent::Parts(parts) => more.push(format!("parts: {}", pairs(parts))),
            Sent::Text(text) => more.push(format!("text: Some({})", literal(text))),
        }
    }
    if !more.is_empty() {
        put(
            "more",
            format!("More {{ {}, ..More::NONE }}", more.join(", ")),
        );
    }
    if !headers.is_empty() {
        put("headers", pairs(&headers));
    }
    let plain = format!("Request::new({}, {})", literal(&method), literal(path));
    match fields.as_str() {
        "" => plain,
        fields => format!("Request {{\n{fields}        ..{plain}\n    }}"),
    }
}

/// What a documented response becomes, in each of its media types; none for one that no caller sees.
fn cases(context: &Context<'_>, response: &Response) -> Vec<String> {
    if is_informational(response.status) {
        return Vec::new();
    }
    let Some(status) = status_of(context, response.status) else {
        return Vec::new();
    };
    let examples = header_examples(context, response);
    let headers = examples.iter().map(|(name, value, text)| {
        let (name, value, text) = (literal(name), literal(value), tidy(text));
        format!(
            "\n            .header({name}, {value}, |it| {{\n                let headers = Headers::of(it)?;\n                Ok({text})\n            }})"
        )
    });
    let headers: String = headers.collect();
    let failure = |variant: &Ident, sent: &str, fields: &str| {
        format!("failure({status}, {sent}, |error| matches!(error, Failure::{variant}{fields}))")
    };
    let bodies = bodies(context, response).into_iter();
    let mut cases: Vec<_> = bodies
        .map(|body| {
            let (sent, is) = (body.sent, body.is);
            match response.status.is_success() {
                true => format!("success({status}, {sent}){}{is}{headers}", body.of),
                false => {
                    let variant = error_variant(response.status);
                    format!("{}{}", failure(&variant, &sent, &body.fields), body.of)
                }
            }
        })
        .collect();
    // A success that says no.
    let example = contents_of(context.operation, response).first();
    let example = example.and_then(|it| body_example(context, it));
    if let (true, Some(rule), Some(Value::Object(mut body))) = (
        response.status.is_success(),
        &response.success_when,
        example,
    ) {
        body.insert(rule.field.clone(), format!("{}9", rule.equals).into());
        let variant = refused_variant(context, response.status);
        let sent = raw(&Value::Object(body).to_string()).to_string();
        cases.push(failure(&variant, &sent, "(_)"));
    }
    cases
}

/// A body of a response in a test: the text that is sent, its media type where it is not JSON, what
/// the value of a success must be, and what is in the variant of an error.
struct SentBody {
    sent: String,
    of: String,
    is: String,
    fields: String,
}

fn bodies(context: &Context<'_>, response: &Response) -> Vec<SentBody> {
    let is_success = response.status.is_success();
    let contents = contents_of(context.operation, response);
    let sent = |content: &Representation| sent_example(context, content);
    let made = |content: &Representation, is: String, fields: &str| {
        let (media_type, text) = sent(content).unwrap_or_default();
        let of = match media_type.as_str() {
            "" => String::new(),
            json if json.split(';').next() == Some("application/json") => String::new(),
            other => format!(".of({})", literal(other)),
        };
        let sent = match text.as_str() {
            "" => "\"\"".to_owned(),
            text => raw(text).to_string(),
        };
        let fields = fields.to_owned();
        SentBody {
            sent,
            of,
            is,
            fields,
        }
    };
    let krate = ident(&context.service.package.krate());
    let is_bare = is_success && is_single_success(context);
    match shape(context, response) {
        BodyShape::Empty => vec![SentBody {
            sent: "\"\"".to_owned(),
            of: String::new(),
            is: String::new(),
            fields: " { .. }".to_owned(),
        }],
        BodyShape::One(ty) => {
            let contents = contents.iter().take(1);
            let made = contents.map(|content| {
                let text = sent(content).unwrap_or_default().1;
                let is = match ty {
                    Type::Text if is_bare => format!(".is(|it: &String| it == {})", literal(&text)),
                    Type::Bytes if is_bare => {
                        let length = text.len();
                        format!(
                            ".is(|it: &{krate}::runtime::Download| it.length() == Some({length}))"
                        )
                    }
                    _ => String::new(),
                };
                made(content, is, "(_)")
            });
            made.collect()
        }
        BodyShape::Several(contents) => {
            let (service, operation) = (
                ident(&context.service.module),
                ident(&context.operation.ident),
            );
            let name = several_name(context, response);
            let path = format!("{krate}::{service}::{operation}::{name}");
            let variants = media_variants(contents);
            let made = contents.iter().zip(variants).map(|(content, variant)| {
                let is = match is_bare {
                    true => format!(".is(|it: &{path}| matches!(it, {path}::{variant}(_)))"),
                    false => String::new(),
                };
                made(content, is, &format!("({path}::{variant}(_))"))
            });
            made.collect()
        }
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
    fn the_support_module_has_two_forms() {
        let (plain, any) = (super::support_for(false), super::support_for(true));
        assert!(!plain.contains("//@") && !any.contains("//@"));
        assert!(!plain.contains("More") && any.contains("More::NONE"));
    }
}
