//! Example calls: in the documentation, in `examples/` and in the conformance tests.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Value, json};

use crate::emit::setup::{self, Kind, Place};
use crate::emit::text::chain;
use crate::emit::tokens::{ident, raw};
use crate::model::{
    Body, Content, Field, FormPartKind, Parameter, ParameterLocation, SchemaKind, Service, Type,
};
use crate::sample::{self, as_text, fits};

use super::on_the_wire::on_the_wire;
use super::spelled::{self, Pair, encoded, plain};
use super::{Context, Input, Target};

/// Where the secrets of an example call come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrets {
    /// An environment variable, as a program should do it.
    Environment,
    /// The document's example, to compare what is sent.
    Literal,
}

/// The example request of an operation: an expression from `client` to the builder, and the body it sends.
pub struct Call {
    /// `client.demo().reset_password("…").new_password(…)`
    pub expression: TokenStream,
    /// Whether it calls anything that the vendor advises against.
    pub deprecated: bool,
    /// The path with everything filled in, encoded, without query; none where that cannot be told.
    pub path: Option<String>,
    /// The query parameters it sends.
    pub query: Vec<Pair>,
    /// The headers it sends because the document has them.
    pub headers: Vec<Pair>,
    /// The cookies it sends.
    pub cookies: Vec<Pair>,
    /// The value of its body, where it has one.
    pub body: Option<Value>,
    /// What is sent of that.
    pub sent: Option<Sent>,
}

/// The body of an example call, as a server sees it.
pub enum Sent {
    /// JSON.
    Json(Value),
    /// Decoded fields.
    Form(Vec<Pair>),
    /// Parts by their names.
    Parts(Vec<Pair>),
    /// Text, or bytes that are such.
    Text(String),
}

/// How an example call takes its password from the environment.
pub const PASSWORD_FROM_ENVIRONMENT: &str = "std::env::var(\"NEW_PASSWORD\")?";

/// An example call with the password from a variable, which all but the last use of it must copy.
pub fn with_variable(call: &str) -> String {
    let parts: Vec<_> = call.split(PASSWORD_FROM_ENVIRONMENT).collect();
    let mut out = String::new();
    for (index, part) in parts.iter().enumerate() {
        out.push_str(part);
        match parts.len() - index {
            1 => {}
            2 => out.push_str("new_password"),
            _ => out.push_str("new_password.clone()"),
        }
    }
    out
}

/// The project id that stands in examples.
pub const PROJECT_ID: &str = "0123456789abcdef0123456789abcdef";

/// Makes the example call of an operation.
pub fn call(context: &Context<'_>, secrets: Secrets) -> Call {
    let service = ident(&context.service.module);
    let method = ident(&context.operation.ident);
    let (mut values, mut is_told) = (HashMap::new(), true);
    let mut arguments = Vec::new();
    for parameter in context.arguments() {
        let value = parameter_value(context, parameter);
        let named = (parameter.name.as_str(), &parameter.ty);
        let spelt = spelled::path(context.service, named, parameter.spelling, &value);
        is_told &= spelt.is_some();
        values.insert(parameter.name.as_str(), spelt.unwrap_or_default());
        arguments.push(match context.plain_argument(parameter) {
            Some(_) => expression_of(&parameter.ty, &value, secrets),
            None => {
                let text = plain(&parameter.ty, &value);
                quote!(#text)
            }
        });
    }
    if let Some(project) = context.project_id() {
        values.insert(project.name.as_str(), PROJECT_ID.to_owned());
    }
    let path = is_told.then(|| filled(&context.operation.path, &values));
    let mut expression = quote!(client.#service().#method(#(#arguments),*));
    let (mut query, mut headers, mut cookies) = (Vec::new(), Vec::new(), Vec::new());
    let mut sent = serde_json::Map::new();
    let mut files = Vec::new();
    let mut whole = None;
    let mut deprecated = context.operation.deprecated;
    for input in context.inputs() {
        let setter = ident(&input.ident);
        let Some(given) = given(context, &input) else {
            // What is not set and must be there goes out as null.
            if let Target::Field(it) = input.target
                && it.required
                && it.nullable
            {
                sent.insert(it.name.clone(), Value::Null);
            }
            continue;
        };
        let (ty, is_deprecated) = match input.target {
            Target::Parameter(it) => (&it.ty, it.deprecated),
            Target::Field(it) => (&it.ty, it.deprecated),
            Target::Body(it) => (&it.ty, false),
            Target::Extra => continue,
        };
        deprecated |= is_deprecated;
        let argument = match (&given, ty) {
            (ExampleInput::File, Type::Array(_)) => {
                let file = upload(context);
                quote!(vec![#file])
            }
            (ExampleInput::File, _) => upload(context),
            (ExampleInput::Value(value), ty) => expression_of(ty, value, secrets),
        };
        expression = quote!(#expression.#setter(#argument));
        match (input.target, given) {
            (Target::Parameter(parameter), ExampleInput::Value(value)) => {
                let named = (parameter.name.as_str(), &parameter.ty);
                let pairs = || spelled::pairs(context.service, named, parameter.spelling, &value);
                match parameter.location {
                    ParameterLocation::Query => query.extend(pairs().unwrap_or_default()),
                    ParameterLocation::Cookie => cookies.extend(pairs().unwrap_or_default()),
                    ParameterLocation::Header | ParameterLocation::Path => {
                        let ty = &parameter.ty;
                        let text = spelled::header(context.service, ty, parameter.spelling, &value);
                        let text = text.filter(|text| !text.is_empty());
                        headers.extend(text.map(|text| (parameter.name.clone(), text)));
                    }
                }
            }
            (Target::Field(field), ExampleInput::File) => files.push(field.name.clone()),
            (Target::Field(field), ExampleInput::Value(value)) => {
                sent.insert(field.name.clone(), value);
            }
            (Target::Body(_), ExampleInput::Value(value)) => whole = Some(value),
            _ => {}
        }
    }
    let body = context.operation.body.as_ref().and_then(|body| {
        let is_sent = body.required || !sent.is_empty() || !files.is_empty();
        whole.or_else(|| is_sent.then(|| Value::Object(sent)))
    });
    let sent = context.operation.body.as_ref().and_then(|it| {
        let of_bytes = (it.content == Content::Bytes).then(|| Sent::Text(FILE.to_owned()));
        of_bytes.or_else(|| Some(sent_body(context, it, body.as_ref()?, files)))
    });
    Call {
        expression,
        deprecated,
        path,
        query,
        headers,
        cookies,
        body,
        sent,
    }
}

/// What is sent as the body of an example.
fn sent_body(context: &Context<'_>, body: &Body, value: &Value, files: Vec<String>) -> Sent {
    let entries = value.as_object().into_iter().flatten();
    let fields = context.body_fields().map(|(_, fields)| fields);
    let type_of = |name: &str| match (&body.ty, fields) {
        (Type::Map(inner), _) => &**inner,
        (_, fields) => {
            let mut fields = fields.unwrap_or_default().iter();
            let field = fields.find(|field| field.name == name);
            field.map_or(&Type::Any, |field| &field.ty)
        }
    };
    match &body.content {
        Content::Json => Sent::Json(value.clone()),
        Content::Text | Content::Bytes => Sent::Text(plain(&body.ty, value)),
        Content::Form(spellings) => {
            let pairs = entries.filter_map(|(name, value)| {
                let spelling = spellings.iter().find(|(given, _)| given == name);
                let spelling = spelling.map(|(_, spelling)| *spelling);
                let named = (name.as_str(), type_of(name));
                spelled::form(context.service, named, spelling, value)
            });
            Sent::Form(pairs.flatten().collect())
        }
        Content::Multipart(parts) => {
            let files = files.into_iter().map(|name| (name, FILE.to_owned()));
            let values = entries.flat_map(|(name, value)| {
                let part = parts.iter().find(|part| part.name == *name);
                let named = (name.as_str(), type_of(name));
                match part.map(|part| part.kind) {
                    Some(FormPartKind::Json) => vec![(name.clone(), value.to_string())],
                    _ => spelled::form(context.service, named, None, value).unwrap_or_default(),
                }
            });
            Sent::Parts(values.chain(files).collect())
        }
    }
}

/// What stands in a file of an example.
const FILE: &str = "sample";

/// A file of an example.
fn upload(context: &Context<'_>) -> TokenStream {
    let krate = ident(&context.service.package.krate());
    quote!(#krate::runtime::Upload::bytes(#FILE))
}

/// What an example call gives to an input.
pub enum ExampleInput {
    /// A value as it goes over the wire.
    Value(Value),
    /// A file.
    File,
}

/// What an example call gives to an input of its builder; nothing to most of those that may be left
/// out.
pub fn given(context: &Context<'_>, input: &Input<'_>) -> Option<ExampleInput> {
    let example = context.operation.body.as_ref();
    let example = example.and_then(|body| body.example.as_ref());
    match input.target {
        Target::Parameter(it) => it
            .required
            .then(|| ExampleInput::Value(parameter_value(context, it))),
        Target::Field(it) if context.file_of(it).is_some() => {
            it.required.then_some(ExampleInput::File)
        }
        Target::Field(it) => field_value(context, it, example).map(ExampleInput::Value),
        // What the document does not list, its examples need not show.
        Target::Extra => None,
        Target::Body(it) if it.ty == Type::Bytes => Some(ExampleInput::File),
        Target::Body(it) => Some(ExampleInput::Value(body_value(
            context.service,
            &it.ty,
            example,
        ))),
    }
}

/// The value of a body that is given as a whole: the document's example where it is one of the type.
fn body_value(service: &Service, ty: &Type, example: Option<&Value>) -> Value {
    let example = example.map(|it| on_the_wire(service, ty, as_text(ty, it.clone())));
    example
        .filter(|it| fits(service, ty, it))
        .unwrap_or_else(|| on_the_wire(service, ty, sample::value(service, ty)))
}

/// The value of a field in the example call: the body example's, else a sample when it is needed.
fn field_value(context: &Context<'_>, field: &Field, example: Option<&Value>) -> Option<Value> {
    let spelling = match context.operation.body.as_ref().map(|body| &body.content) {
        Some(Content::Form(spellings)) => spellings.iter().find(|(name, _)| *name == field.name),
        _ => None,
    };
    let is_refused =
        |value: &Value| spelling.is_some_and(|(_, it)| spelled::is_refused(*it, value));
    if let Some(value) = example.and_then(|example| example.get(&field.name)) {
        // `null` means the same as leaving it out for everything that is not required.
        if value.is_null() {
            return None;
        }
        let value = as_text(&field.ty, value.clone());
        let value = on_the_wire(context.service, &field.ty, value);
        if fits(context.service, &field.ty, &value) && !is_refused(&value) {
            return Some(value);
        }
    }
    let needed = field.required || field.required_unless.is_some();
    (needed && example.is_none() || field.required)
        .then(|| sample::field_value(context.service, field))
        .map(|value| on_the_wire(context.service, &field.ty, value))
        .map(|value| if is_refused(&value) { json!([]) } else { value })
        .filter(|value| !value.is_null())
}

fn parameter_value(context: &Context<'_>, parameter: &Parameter) -> Value {
    let fits = |value: &Value| fits(context.service, &parameter.ty, value);
    // What is none of its type could not be given.
    let example = parameter.example.clone();
    let example = example.map(|example| as_text(&parameter.ty, example));
    let is_refused = |value: &Value| spelled::is_refused(parameter.spelling, value);
    let value = match example.filter(|it| fits(it) && !is_refused(it)) {
        Some(example) => example,
        None => named_value(parameter)
            .unwrap_or_else(|| sample::parameter_value(context.service, parameter)),
    };
    // Words that a list chooses from may hold what parts them; none can be sent.
    let value = if is_refused(&value) { json!([]) } else { value };
    let mut value = on_the_wire(context.service, &parameter.ty, value);
    // What stands in a path is not empty.
    if let (ParameterLocation::Path, Value::Object(entries), Type::Named(name)) =
        (parameter.location, &mut value, &parameter.ty)
        && entries.is_empty()
        && let Some(SchemaKind::Object { fields, .. }) =
            context.service.schemas.get(name).map(|schema| &schema.kind)
        && let Some(field) = fields.first()
    {
        let value = sample::field_value(context.service, field);
        entries.insert(field.name.clone(), value);
    }
    value
}

/// The name of a parameter as a value of it, where that says most and breaks no rule.
fn named_value(parameter: &Parameter) -> Option<Value> {
    let name = parameter.name.replace('_', "-");
    let longest = parameter.constraints.max_length.unwrap_or(u64::MAX);
    let fits = parameter.ty == Type::String
        && parameter.constraints.min_length.is_none()
        && name.chars().count() as u64 <= longest;
    fits.then(|| name.into())
}

/// A path with the values of its parameters.
fn filled(template: &str, values: &HashMap<&str, String>) -> String {
    let fixed = |text: &str| {
        let segments = text.split('/').map(encoded_once);
        segments.collect::<Vec<_>>().join("/")
    };
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, name, after)) = next_parameter(rest) {
        path.push_str(&fixed(before));
        match values.get(name) {
            Some(value) => path.push_str(value),
            None => path.push_str(&fixed(&rest[before.len()..rest.len() - after.len()])),
        }
        rest = after;
    }
    path.push_str(&fixed(rest));
    path
}

/// A text of a path template as it is sent: what is spelled as addresses do stays so.
fn encoded_once(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut out = encoded(pieces.next().unwrap_or_default());
    for piece in pieces {
        let is_escape = piece.len() >= 2 && piece.bytes().take(2).all(|it| it.is_ascii_hexdigit());
        out.push_str(if is_escape { "%" } else { "%25" });
        out.push_str(&encoded(piece));
    }
    out
}

/// What stands before, in and behind the first braces.
fn next_parameter(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// A value as a Rust expression of a type.
fn expression_of(ty: &Type, value: &Value, secrets: Secrets) -> TokenStream {
    match (ty, value) {
        (Type::Password | Type::SecretText, _) if secrets == Secrets::Environment => {
            quote!(Password::new(std::env::var("NEW_PASSWORD")?))
        }
        (Type::Password | Type::SecretText, Value::String(text)) => quote!(Password::new(#text)),
        (Type::String | Type::Text, Value::String(text)) => quote!(#text),
        (Type::Boolean, Value::Bool(value)) => quote!(#value),
        (Type::Integer { .. }, Value::Number(number)) if number.is_i64() => {
            let number = proc_macro2::Literal::i64_unsuffixed(number.as_i64().unwrap_or_default());
            quote!(#number)
        }
        (Type::Integer { .. }, Value::Number(number)) if number.is_u64() => {
            let number = proc_macro2::Literal::u64_unsuffixed(number.as_u64().unwrap_or_default());
            quote!(#number)
        }
        (Type::Number { .. }, Value::Number(number)) => {
            let number = proc_macro2::Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
            quote!(#number)
        }
        _ => {
            let text = raw(&value.to_string());
            quote!(serde_json::from_str(#text)?)
        }
    }
}

/// The example in the documentation of a builder.
pub(super) fn documentation(context: &Context<'_>) -> String {
    let call = call(context, Secrets::Environment);
    let password = uses_password(&call.expression);
    let expression = chain(0, &call.expression);
    let setup = setup::of(
        context.service,
        context.operation,
        Kind::Async(Place::Documentation),
    );
    let krate = context.service.package.krate();
    let deprecated = if call.deprecated {
        "# #![allow(deprecated)]\n"
    } else {
        ""
    };
    format!(
        "```no_run\n{deprecated}# async fn example() -> Result<(), Box<dyn std::error::Error>> {{\n\
         use {krate}::{imports};\n\n\
         let client = {client};\n\
         let response = {expression}\n    .send()\n    .await?;\n\
         println!(\"{{}} {{:?}}\", response.status(), response.request_id());\n\
         # Ok(())\n# }}\n```",
        imports = setup.imports(password),
        client = setup.lines(0),
    )
}

/// Whether an example call makes a password.
pub fn uses_password(expression: &TokenStream) -> bool {
    expression.to_string().contains("Password ::")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_filled_in_one_go() {
        let values = HashMap::from([("a", "{b}".to_owned()), ("b", "x".to_owned())]);
        assert_eq!(filled("/{a}/t:o/{b}/{c}", &values), "/{b}/t%3Ao/x/%7Bc%7D");
        assert_eq!(filled("/%7Bv%7D/5%", &values), "/%7Bv%7D/5%25");
    }

    #[test]
    fn a_password_is_copied_until_its_last_use() {
        let call = format!("a({PASSWORD_FROM_ENVIRONMENT}).b({PASSWORD_FROM_ENVIRONMENT})");
        assert_eq!(
            with_variable(&call),
            "a(new_password.clone()).b(new_password)"
        );
    }
}
