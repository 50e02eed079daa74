//! The fake of one operation: what it reads of a request and writes of a response.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::emit::catalog::{inside, is_copy};
use crate::emit::contents::contents_of;
use crate::emit::docs::code;
use crate::emit::operation::{
    BodyShape, Context, ResponseVariant, Target, header_examples, output_elsewhere,
    response_variants, sent_example, whole_body,
};
use crate::emit::text;
use crate::emit::tokens::{ident, raw, rust_type};
use crate::model::{Content, Parameter, ParameterLocation, Response, Style, Type};

/// The fake of one operation: its marker, its request, and how its values go over the wire.
pub(super) fn emit(context: &Context<'_>) -> Result<String, String> {
    let (module, name) = (
        ident(&context.operation.ident),
        ident(&context.operation.type_name),
    );
    let output = text::tidy(&output_elsewhere(context));
    let (fields, reading) = request(context)?;
    let (good, _) = response_variants(context);
    let (argument, reply) = success(context, &good);
    let example = example_reply(context, good.first());
    let received = if fields.is_empty() { "_" } else { "received" };
    let mut out = String::from("mocked_operation! {\n");
    if let Some(same_name) = crate::emit::service::same_name(context) {
        let _ = writeln!(out, "    {}", text::tidy(&same_name));
    }
    out.push_str(&text::line(
        4,
        &format!("{module}::{name} -> {output},"),
        &format!("service::{module}::{};", context.error_type()),
    ));
    let _ = writeln!(out, "    request({received}{reading}) {{\n{fields}    }}");
    let _ = writeln!(out, "    success({argument}) => {reply};");
    let _ = writeln!(out, "    example {example};\n}}");
    Ok(out)
}

/// The fields of the request with their values, and how the body is read.
fn request(context: &Context<'_>) -> Result<(String, String), String> {
    let mut fields = String::new();
    let mut add = |name: &str, docs: String, ty: TokenStream, value: TokenStream| {
        fields.push_str(&text::docs(8, &docs));
        let (ty, value) = (text::tidy(&ty), text::tidy(&value));
        fields.push_str(&text::line(
            8,
            &format!("{}: {ty} =", ident(name)),
            &format!("{value},"),
        ));
    };
    let path = context.operation.parameters.iter();
    for parameter in path.filter(|parameter| parameter.location == ParameterLocation::Path) {
        let (ty, wire) = (text_type(parameter), &parameter.name);
        let text = format!("{} of the path.", code(wire));
        add(&parameter.ident, text, ty, quote!(received.path_as(#wire)?));
    }
    let mut reading = String::new();
    let optional = context
        .operation
        .body
        .as_ref()
        .is_some_and(|body| !body.required)
        || takes_others(context);
    if takes_others(context) {
        add(
            "written_body",
            "The body as it was sent, whatever its media type.".to_owned(),
            quote!(crate::runtime::generated::wire::SecretBytes),
            quote!(received.body().clone()),
        );
    }
    if let Some((name, docs, ty, value)) = unread_body(context) {
        add(name, docs.to_owned(), ty, value);
    }
    for input in context.inputs() {
        match input.target {
            Target::Extra => {}
            Target::Field(_) | Target::Body(_) if unread_body(context).is_some() => {}
            Target::Parameter(parameter) => {
                let wire = &parameter.name;
                let (place, read) = match parameter.location {
                    ParameterLocation::Query => ("query", quote!(query_as)),
                    ParameterLocation::Header => ("header", quote!(header_as)),
                    ParameterLocation::Cookie => ("cookies", quote!(cookie_as)),
                    ParameterLocation::Path => continue,
                };
                let ty = text_type(parameter);
                let text = format!("{} of the {place}, if it was sent.", code(wire));
                let value = if is_secret(&parameter.ty) {
                    quote!(received.#read::<String>(#wire)?.map(Into::into))
                } else {
                    quote!(received.#read(#wire)?)
                };
                add(&input.ident, text, quote!(Option<#ty>), value);
            }
            Target::Field(field) => {
                let (owner, _) = context.body_fields().ok_or("a field without a body")?;
                let ty = context.field_type(owner, field)?;
                if reading.is_empty() {
                    reading = read_body(owner, optional);
                }
                let target = ident(&field.ident);
                let text = format!("{} of the body.", code(&field.name));
                let bare = inside(&ty, "Option");
                let value = if is_copy(bare.unwrap_or(&ty)) {
                    quote!(body.#target)
                } else {
                    quote!(body.#target.clone())
                };
                let (ty, value) = match (optional, bare.is_some()) {
                    (false, _) => (ty.to_token_stream(), quote!(body.#target)),
                    (true, true) => {
                        let value = quote!(body.as_ref().and_then(|body| #value));
                        (ty.to_token_stream(), value)
                    }
                    (true, false) => {
                        let value = quote!(body.as_ref().map(|body| #value));
                        (quote!(Option<#ty>), value)
                    }
                };
                add(&input.ident, text, ty, value);
            }
            Target::Body(body) => {
                let ty = &whole_body(body)?;
                let value = quote!(received.json()?);
                let (ty, value) = if optional {
                    (quote!(Option<#ty>), value)
                } else {
                    (ty.to_token_stream(), quote!(received.body_as()?))
                };
                add(&input.ident, "The body.".to_owned(), ty, value);
            }
        }
    }
    Ok((fields, reading))
}

/// What a fake shows of a body that is no JSON: name, documentation, type and value.
fn unread_body(
    context: &Context<'_>,
) -> Option<(&'static str, &'static str, TokenStream, TokenStream)> {
    let body = context.operation.body.as_ref()?;
    Some(match body.content {
        Content::Json => return None,
        Content::Form(_) => (
            "form",
            "The fields of the body, as they were sent.",
            quote!(crate::runtime::mock::Hidden<Vec<(String, String)>>),
            quote!(received.form()),
        ),
        Content::Multipart(_) => (
            "parts",
            "The parts of the body, as they were sent.",
            quote!(Vec<crate::runtime::mock::ReceivedPart>),
            match takes_others(context) {
                true => quote!(received.parts().unwrap_or_default()),
                false => quote!(received.parts()?),
            },
        ),
        Content::Text if body.ty == Type::SecretText => (
            "body",
            "The text of the body.",
            quote!(crate::runtime::Password),
            match takes_others(context) {
                true => quote!(received.text().unwrap_or_default().into()),
                false => quote!(received.text()?.into()),
            },
        ),
        Content::Text => (
            "body",
            "The text of the body.",
            quote!(crate::runtime::mock::Hidden<String>),
            match takes_others(context) {
                true => quote!(crate::runtime::mock::Hidden(
                    received.text().unwrap_or_default().to_owned()
                )),
                false => quote!(crate::runtime::mock::Hidden(received.text()?.to_owned())),
            },
        ),
        Content::Bytes => (
            "body",
            "The bytes of the body.",
            quote!(crate::runtime::mock::Hidden<Vec<u8>>),
            quote!(crate::runtime::mock::Hidden(
                received.body().as_slice().to_vec()
            )),
        ),
    })
}

/// Whether callers may hand in a body of another media type.
fn takes_others(context: &Context<'_>) -> bool {
    let body = context.operation.body.as_ref();
    body.is_some_and(|body| !body.others.is_empty())
}

fn read_body(name: &str, optional: bool) -> String {
    let name = ident(name);
    match optional {
        true => format!(", body: received.json::<types::{name}>()?"),
        false => format!(", body: received.body_as::<types::{name}>()?"),
    }
}

/// The type of a parameter as it is read out of text: what is no single value stays text.
fn text_type(parameter: &Parameter) -> TokenStream {
    let stands_alone = !matches!(parameter.spelling.style, Style::Label | Style::Matrix);
    match parameter.ty {
        Type::Integer { .. } | Type::Wide | Type::Number { .. } | Type::Boolean if stands_alone => {
            rust_type(&parameter.ty)
        }
        _ if is_secret(&parameter.ty) && parameter.location != ParameterLocation::Path => {
            rust_type(&Type::Password)
        }
        _ => quote!(String),
    }
}

/// Whether a value of the type, or anything in it that is told by its type alone, is a secret.
fn is_secret(ty: &Type) -> bool {
    match ty {
        Type::Password | Type::SecretJson => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) => is_secret(inner),
        _ => false,
    }
}

/// What a success is called, and the reply that is made of it.
fn success(context: &Context<'_>, good: &[ResponseVariant<'_>]) -> (&'static str, String) {
    let named = |response: &ResponseVariant<'_>, body: &str| {
        let status = response.example_status(context);
        let media_type = || {
            let contents = contents_of(context.operation, response.response);
            let sent = contents.first().and_then(|it| sent_example(context, it));
            text::literal(&sent.unwrap_or_default().0)
        };
        let reply = match response.body {
            BodyShape::One(Type::Text) => {
                format!("Reply::text({status}, {}, {body}.clone())", media_type())
            }
            BodyShape::One(Type::SecretText) => {
                let secret = body.trim_start_matches('&');
                format!("Reply::text({status}, {}, {secret}.expose())", media_type())
            }
            BodyShape::One(Type::Bytes) => {
                format!("Reply::download({status}, {}, {body})", media_type())
            }
            BodyShape::One(_) => format!("Reply::json({status}, {body})"),
            BodyShape::Several(_) => format!("Reply::by_media_type({status}, {body})"),
            BodyShape::Empty => format!("Reply::status({status})"),
        };
        // Without what is promised it would be no success; others can be put in their place.
        let headers = example_headers(context, response.response, false);
        format!("{reply}{headers}")
    };
    let single = good.iter().find(|response| response.variant.is_none());
    if let Some(response) = single {
        return match response.body {
            BodyShape::Empty => ("_", named(response, "")),
            _ => ("response", named(response, "response")),
        };
    }
    if good.is_empty() {
        return ("_", "Reply::status(200)".to_owned());
    }
    let owner = text::tidy(&output_elsewhere(context));
    let mut arms = String::new();
    for response in good {
        let Some(variant) = &response.variant else {
            continue;
        };
        let body = match response.body {
            BodyShape::Empty => "",
            BodyShape::One(_) | BodyShape::Several(_) => "(body)",
        };
        let reply = named(response, "body");
        let _ = writeln!(arms, "        {owner}::{variant}{body} => {reply},");
    }
    ("response", format!("match response {{\n{arms}    }}"))
}

/// The headers of the document's example, as they are put on a reply.
fn example_headers(context: &Context<'_>, response: &Response, are_all: bool) -> String {
    let examples = header_examples(context, response);
    let headers = examples.iter().zip(&response.headers);
    let headers = headers.filter(|(_, header)| are_all || header.required);
    let headers = headers.map(|((name, value, _), _)| {
        let (name, value) = (text::literal(name), text::literal(value));
        format!("\n        .header({name}, {value})")
    });
    headers.collect()
}

fn example_reply(context: &Context<'_>, good: Option<&ResponseVariant<'_>>) -> String {
    let Some(good) = good else {
        return "Reply::status(200)".to_owned();
    };
    let status = good.example_status(context);
    let headers = example_headers(context, good.response, true);
    let contents = contents_of(context.operation, good.response);
    match contents.first().and_then(|it| sent_example(context, it)) {
        Some((media_type, body)) => format!(
            "Reply::text({status}, {}, {}){headers}",
            text::literal(&media_type),
            raw(&body)
        ),
        None => format!("Reply::status({status}){headers}"),
    }
}
