//! Example calls: in the documentation, in `examples/` and in the conformance tests.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::emit::tokens::ident;
use crate::model::{Field, Parameter, Place, Type};
use crate::sample;

use super::{Context, Target, plain_argument};

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
    /// `client.dcs().reset_password("…").new_password(…)`
    pub expression: TokenStream,
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

/// The project id that stands in examples.
pub const PROJECT_ID: &str = "0123456789abcdef0123456789abcdef";

/// Makes the example call of an operation.
pub fn call(context: &Context<'_>, secrets: Secrets) -> Call {
    let service = ident(&context.service.module);
    let method = ident(&context.operation.ident);
    let mut path = context.operation.path.clone();
    let mut arguments = Vec::new();
    for parameter in context.arguments() {
        let value = parameter_value(context, parameter);
        let text = plain(&value);
        path = path.replace(&format!("{{{}}}", parameter.name), &text);
        arguments.push(match plain_argument(parameter) {
            Some(_) => expression_of(&parameter.ty, &value, secrets),
            None => quote!(#text),
        });
    }
    if let Some(project) = context.project_id() {
        path = path.replace(&format!("{{{}}}", project.name), PROJECT_ID);
    }
    let mut expression = quote!(client.#service().#method(#(#arguments),*));
    let (mut query, mut headers) = (Vec::new(), Vec::new());
    let example = context
        .operation
        .body
        .as_ref()
        .and_then(|body| body.example.clone());
    let mut sent = serde_json::Map::new();
    let mut whole = None;
    for input in context.inputs() {
        let setter = ident(&input.ident);
        match input.target {
            Target::Parameter(parameter) if parameter.required => {
                let value = parameter_value(context, parameter);
                let list = if parameter.place == Place::Query {
                    &mut query
                } else {
                    &mut headers
                };
                for item in value
                    .as_array()
                    .cloned()
                    .unwrap_or_else(|| vec![value.clone()])
                {
                    list.push((parameter.name.clone(), plain(&item)));
                }
                let argument = expression_of(&parameter.ty, &value, secrets);
                expression = quote!(#expression.#setter(#argument));
            }
            Target::Parameter(_) => {}
            Target::Field(field) => {
                let Some(value) = field_value(context, field, example.as_ref()) else {
                    continue;
                };
                let argument = expression_of(&field.ty, &value, secrets);
                expression = quote!(#expression.#setter(#argument));
                sent.insert(field.name.clone(), value);
            }
            Target::Body(body) => {
                let value = example
                    .clone()
                    .unwrap_or_else(|| sample::value(context.service, &body.ty));
                let argument = expression_of(&body.ty, &value, secrets);
                expression = quote!(#expression.#setter(#argument));
                whole = Some(value);
            }
        }
    }
    let body = context.operation.body.as_ref().and_then(|body| {
        whole.or_else(|| (body.required || !sent.is_empty()).then(|| Value::Object(sent.clone())))
    });
    Call {
        expression,
        path,
        query,
        headers,
        body,
    }
}

/// The value of a field in the example call: the body example's, else a sample when it is needed.
fn field_value(context: &Context<'_>, field: &Field, example: Option<&Value>) -> Option<Value> {
    if let Some(value) = example.and_then(|example| example.get(&field.name)) {
        // `null` means the same as leaving it out for everything that is not required.
        return (!value.is_null()).then(|| value.clone());
    }
    let needed = field.required || field.required_unless.is_some();
    (needed && example.is_none() || field.required)
        .then(|| sample::field_value(context.service, field))
        .filter(|value| !value.is_null())
}

fn parameter_value(context: &Context<'_>, parameter: &Parameter) -> Value {
    if let Some(example) = &parameter.example {
        return example.clone();
    }
    if parameter.ty == Type::String && parameter.constraints.min_length.is_none() {
        return parameter.name.replace('_', "-").into();
    }
    sample::parameter_value(context.service, parameter)
}

/// A value as it stands in a URL or header.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// A value as a Rust expression of a type.
fn expression_of(ty: &Type, value: &Value, secrets: Secrets) -> TokenStream {
    match (ty, value) {
        (Type::Password, _) if secrets == Secrets::Environment => {
            quote!(Password::new(std::env::var("NEW_PASSWORD")?))
        }
        (Type::Password, Value::String(text)) => quote!(Password::new(#text)),
        (Type::String, Value::String(text)) => quote!(#text),
        (Type::Boolean, Value::Bool(value)) => quote!(#value),
        (Type::Integer { .. }, Value::Number(number)) if number.is_i64() => {
            let number = proc_macro2::Literal::i64_unsuffixed(number.as_i64().unwrap_or_default());
            quote!(#number)
        }
        (Type::Number { .. }, Value::Number(number)) => {
            let number = proc_macro2::Literal::f64_unsuffixed(number.as_f64().unwrap_or_default());
            quote!(#number)
        }
        _ => {
            let text = value.to_string();
            quote!(serde_json::from_str(#text)?)
        }
    }
}

/// The example in the documentation of a builder.
pub(super) fn documentation(context: &Context<'_>) -> String {
    let call = call(context, Secrets::Environment);
    let password = uses_password(&call.expression);
    let expression = pretty(&call.expression);
    let imports = if password {
        "Client, Credentials, Password"
    } else {
        "Client, Credentials"
    };
    let region = region(context);
    let deprecated = if context.operation.deprecated {
        "# #![allow(deprecated)]\n"
    } else {
        ""
    };
    format!(
        "```no_run\n{deprecated}# async fn example() -> Result<(), Box<dyn std::error::Error>> {{\n\
         use huaweicloud_password::{{{imports}}};\n\n\
         let client = Client::builder(\"{region}\")\n    .credentials(Credentials::from_env()?)\n    .build()?;\n\
         let response = {expression}\n    .send()\n    .await?;\n\
         println!(\"{{}} {{:?}}\", response.status(), response.request_id());\n\
         # Ok(())\n# }}\n```"
    )
}

/// Whether an example call makes a password.
pub fn uses_password(expression: &TokenStream) -> bool {
    expression.to_string().contains("Password ::")
}

/// The region that stands in examples: the most common one, if the service is there.
pub fn region(context: &Context<'_>) -> String {
    const USUAL: &str = "cn-north-4";
    let endpoints = &context.service.endpoints;
    if endpoints.is_empty() || endpoints.iter().any(|endpoint| endpoint.region == USUAL) {
        return USUAL.to_owned();
    }
    endpoints
        .first()
        .map_or_else(|| USUAL.to_owned(), |endpoint| endpoint.region.clone())
}

/// An expression over several lines, one call a line.
pub fn pretty(expression: &TokenStream) -> String {
    let file: Result<syn::File, _> = syn::parse2(quote!(fn example() { let _ = #expression; }));
    let Ok(file) = file else {
        return expression.to_string();
    };
    let text = prettyplease::unparse(&file);
    let text = text
        .trim_start_matches("fn example() {\n")
        .trim_start()
        .trim_start_matches("let _ = ")
        .trim_end()
        .trim_end_matches('}')
        .trim_end()
        .trim_end_matches(';');
    let lines: Vec<_> = text
        .lines()
        .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned())
        .collect();
    lines.join("\n")
}
