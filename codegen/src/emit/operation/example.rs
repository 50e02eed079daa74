//! Example calls: in the documentation, in `examples/` and in the conformance tests.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::emit::setup::{self, Kind, Place};
use crate::emit::text::chain;
use crate::emit::tokens::{ident, raw};
use crate::model::{Body, Content, Field, Parameter, ParameterLocation, Type};
use crate::sample;

use super::{Context, Target, on_the_wire::on_the_wire, plain_argument};

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
    /// The path with everything filled in, without query.
    pub path: String,
    /// The query parameters it sends.
    pub query: Vec<(String, String)>,
    /// The headers it sends because the document has them.
    pub headers: Vec<(String, String)>,
    /// The JSON body it sends.
    pub body: Option<Value>,
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
    let mut values = HashMap::new();
    let mut arguments = Vec::new();
    for parameter in context.arguments() {
        let value = parameter_value(context, parameter);
        let text = plain(&parameter.ty, &value);
        values.insert(parameter.name.as_str(), text.clone());
        arguments.push(match plain_argument(parameter) {
            Some(_) => expression_of(&parameter.ty, &value, secrets),
            None => quote!(#text),
        });
    }
    if let Some(project) = context.project_id() {
        values.insert(project.name.as_str(), PROJECT_ID.to_owned());
    }
    let path = filled(&context.operation.path, &values);
    let mut expression = quote!(client.#service().#method(#(#arguments),*));
    let (mut query, mut headers) = (Vec::new(), Vec::new());
    let example = context
        .operation
        .body
        .as_ref()
        .and_then(|body| body.example.clone());
    let mut sent = serde_json::Map::new();
    let mut whole = None;
    let mut deprecated = context.operation.deprecated;
    for input in context.inputs() {
        let setter = ident(&input.ident);
        match input.target {
            Target::Parameter(parameter) if parameter.required => {
                deprecated |= parameter.deprecated;
                let value = parameter_value(context, parameter);
                let list = match parameter.location {
                    ParameterLocation::Query => &mut query,
                    _ => &mut headers,
                };
                let spelt = match context.is_plain() {
                    true => value.clone(),
                    // How it is spelt is the runtime's, whose tests look.
                    false => Value::Array(Vec::new()),
                };
                for item in spelt
                    .as_array()
                    .cloned()
                    .unwrap_or_else(|| vec![spelt.clone()])
                {
                    let ty = match &parameter.ty {
                        Type::Array(item) => item,
                        ty => ty,
                    };
                    list.push((parameter.name.clone(), plain(ty, &item)));
                }
                let argument = expression_of(&parameter.ty, &value, secrets);
                expression = quote!(#expression.#setter(#argument));
            }
            Target::Parameter(_) => {}
            Target::Field(field) if context.file_of(field).is_some() => {
                if field.required {
                    let file = upload(context);
                    let is_list = matches!(field.ty, Type::Array(_));
                    let file = if is_list { quote!(vec![#file]) } else { file };
                    expression = quote!(#expression.#setter(#file));
                }
            }
            Target::Field(field) => {
                let Some(value) = field_value(context, field, example.as_ref()) else {
                    if field.required && field.nullable {
                        // What is not set and must be there goes out as null.
                        sent.insert(field.name.clone(), Value::Null);
                    }
                    continue;
                };
                deprecated |= field.deprecated;
                let argument = expression_of(&field.ty, &value, secrets);
                expression = quote!(#expression.#setter(#argument));
                sent.insert(field.name.clone(), value);
            }
            // What the document does not list, its examples need not show.
            Target::Extra => {}
            Target::Body(body) if body.ty == Type::Bytes => {
                let file = upload(context);
                expression = quote!(#expression.#setter(#file));
            }
            Target::Body(body) => {
                let value = example
                    .clone()
                    .unwrap_or_else(|| sample::value(context.service, &body.ty));
                let value = on_the_wire(context.service, &body.ty, value);
                let argument = expression_of(&body.ty, &value, secrets);
                expression = quote!(#expression.#setter(#argument));
                whole = Some(value);
            }
        }
    }
    let is_json = |body: &&Body| body.content == Content::Json;
    let body = context
        .operation
        .body
        .as_ref()
        .filter(is_json)
        .and_then(|body| {
            whole.or_else(|| {
                (body.required || !sent.is_empty()).then(|| Value::Object(sent.clone()))
            })
        });
    Call {
        expression,
        deprecated,
        path,
        query,
        headers,
        body,
    }
}

/// A file of an example.
fn upload(context: &Context<'_>) -> TokenStream {
    let krate = ident(&context.service.package.krate());
    quote!(#krate::runtime::Upload::bytes("sample"))
}

/// The value of a field in the example call: the body example's, else a sample when it is needed.
fn field_value(context: &Context<'_>, field: &Field, example: Option<&Value>) -> Option<Value> {
    if let Some(value) = example.and_then(|example| example.get(&field.name)) {
        // `null` means the same as leaving it out for everything that is not required.
        return (!value.is_null()).then(|| on_the_wire(context.service, &field.ty, value.clone()));
    }
    let needed = field.required || field.required_unless.is_some();
    (needed && example.is_none() || field.required)
        .then(|| sample::field_value(context.service, field))
        .map(|value| on_the_wire(context.service, &field.ty, value))
        .filter(|value| !value.is_null())
}

fn parameter_value(context: &Context<'_>, parameter: &Parameter) -> Value {
    let value = match &parameter.example {
        Some(example) => example.clone(),
        None => named_value(parameter)
            .unwrap_or_else(|| sample::parameter_value(context.service, parameter)),
    };
    on_the_wire(context.service, &parameter.ty, value)
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
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, name, after)) = next_parameter(rest) {
        path.push_str(before);
        match values.get(name) {
            Some(value) => path.push_str(value),
            None => path.push_str(&rest[before.len()..rest.len() - after.len()]),
        }
        rest = after;
    }
    path.push_str(rest);
    path
}

/// What stands before, in and behind the first braces.
fn next_parameter(template: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = template.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

/// A value as it stands in a URL or header.
fn plain(ty: &Type, value: &Value) -> String {
    match (ty, value) {
        (_, Value::String(text)) => text.clone(),
        // Rust writes the number 5.0 as `5` here, JSON as `5.0`.
        (Type::Number { .. }, Value::Number(number)) => number
            .as_f64()
            .map_or_else(|| number.to_string(), |number| number.to_string()),
        _ => value.to_string(),
    }
}

/// A value as a Rust expression of a type.
fn expression_of(ty: &Type, value: &Value, secrets: Secrets) -> TokenStream {
    match (ty, value) {
        (Type::Password, _) if secrets == Secrets::Environment => {
            quote!(Password::new(std::env::var("NEW_PASSWORD")?))
        }
        (Type::Password, Value::String(text)) => quote!(Password::new(#text)),
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
        assert_eq!(filled("/{a}/to/{b}/{c}", &values), "/{b}/to/x/{c}");
    }

    #[test]
    fn a_password_is_copied_until_its_last_use() {
        let call = format!("a({PASSWORD_FROM_ENVIRONMENT}).b({PASSWORD_FROM_ENVIRONMENT})");
        assert_eq!(
            with_variable(&call),
            "a(new_password.clone()).b(new_password)"
        );
    }

    #[test]
    fn numbers_stand_in_urls_as_rust_writes_them() {
        let number = Type::Number { bits: 64 };
        assert_eq!(plain(&number, &serde_json::json!(5.0)), "5");
        assert_eq!(plain(&number, &serde_json::json!(0.5)), "0.5");
        assert_eq!(plain(&Type::Boolean, &serde_json::json!(true)), "true");
    }
}
