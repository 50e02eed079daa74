//! The feature `cli`: for each operation what its command takes, and how it makes the call.
//!
//! Whatever is the same for all operations is in a crate of its own, which the profile names.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::model::{CommandLine, Field, Model, NamedSchema, Permission, SchemaKind, Service, Type};

use super::docs::{first_line, printable, rules};
use super::operation::{
    BodyShape, Context, Input, Target,
    example::{self, ExampleInput},
    kept_type, policy_constant_of, response_variants, title,
};
use super::tokens::{Beginnings, ident, inner_doc, print};

/// The name of the feature.
pub const FEATURE: &str = "cli";

/// Emits what is one for all services: the program, and the binary that runs it.
pub fn emit(model: &Model) -> Result<Vec<(String, String)>, String> {
    let Some(command) = &model.package.command else {
        return Ok(Vec::new());
    };
    let krate = ident(&command.krate());
    let modules = super::service::modules(model, |service| {
        let feature = &service.name;
        quote!(#[cfg(feature = #feature)])
    });
    let services = model.services.iter().map(|service| {
        let (feature, module) = (&service.name, ident(&service.module));
        quote!(#[cfg(feature = #feature)] &#module::SERVICE)
    });
    let (name, about) = (command.name, command.about);
    let docs = inner_doc(&format!(
        "What `{name}` can do; `src/bin/{name}.rs` runs it."
    ))?;
    let root = quote! {
        #docs

        use std::process::ExitCode;

        use #krate::Program;

        use crate::Client;

        #(#modules)*

        static PROGRAM: Program<Client> = Program {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            about: #about,
            services: &[#(#services),*],
        };

        /// Runs the command with the arguments of the process.
        #[must_use]
        pub fn main() -> ExitCode {
            #krate::run(&PROGRAM)
        }
    };
    let package = ident(&model.package.krate());
    let docs = inner_doc(&format!("{about}."))?;
    let binary = quote! {
        #docs

        use std::process::ExitCode;

        fn main() -> ExitCode {
            #package::command::main()
        }
    };
    Ok(vec![
        ("src/command.rs".to_owned(), print("spec/", root)?),
        (path_of_binary(command), print("spec/", binary)?),
    ])
}

/// The file of the binary in the package.
pub fn path_of_binary(command: &CommandLine) -> String {
    format!("src/bin/{}.rs", command.name)
}

/// A call of the operation on a command line, in the shell of POSIX: a line for each flag, with the
/// document's examples. What must never be seen is asked for, or stands in a file.
pub fn example(context: &Context<'_>, command: &str) -> String {
    let service = context.service;
    let operation = kebab(&context.operation.ident);
    let mut line = format!("{command} {} {operation}", service.name);
    let schemas = &service.schemas;
    for input in inputs(context) {
        let (Some(ty), Some(given)) = (Facts::of(&input).ty, example::given(context, &input))
        else {
            continue;
        };
        let flag = kebab(&input.ident);
        let flags = match given {
            ExampleInput::File => vec![format!("--{flag} {flag}.bin")],
            // It is asked for.
            ExampleInput::Value(_) if matches!(ty, Type::Password | Type::SecretText) => Vec::new(),
            ExampleInput::Value(_) if ty.holds_secret(schemas) => {
                vec![format!("--{flag}-file {flag}.json")]
            }
            ExampleInput::Value(value) => {
                // A switch takes its word only behind a sign of equality.
                let between = if *ty == Type::Boolean { '=' } else { ' ' };
                let texts = typed(schemas, ty, &value);
                let texts = texts.iter().map(|it| match ty {
                    Type::Boolean => it.clone(),
                    _ => quoted(it),
                });
                texts.map(|it| format!("--{flag}{between}{it}")).collect()
            }
        };
        for flag in flags {
            line.push_str(&format!(" \\\n  {flag}"));
        }
    }
    line
}

/// A value as it is typed behind its flag, which is given once for each item of a list.
fn typed(schemas: &IndexMap<String, NamedSchema>, ty: &Type, value: &Value) -> Vec<String> {
    let is_text = |ty: &Type| match ty {
        Type::String | Type::Text => true,
        Type::Named(name) => schemas
            .get(name)
            .is_some_and(|it| matches!(it.kind, SchemaKind::Enum { .. })),
        _ => false,
    };
    let (each, items) = match (ty, value) {
        (Type::Array(inner), Value::Array(items)) => (&**inner, items.as_slice()),
        (ty, value) => (ty, std::slice::from_ref(value)),
    };
    let each = match each {
        Type::Nullable(inner) => inner,
        ty => ty,
    };
    let texts = items.iter().map(|item| match item {
        Value::String(text) if is_text(each) => text.clone(),
        item => item.to_string(),
    });
    texts.collect()
}

/// Single quotes, in which a POSIX shell leaves everything else alone.
fn quoted(text: &str) -> String {
    format!("'{}'", printable(text).replace('\'', r"'\''"))
}

/// Emits the commands of a service.
pub fn emit_service(service: &Service, contexts: &[Context<'_>]) -> Result<Option<String>, String> {
    let Some(command) = &service.package.command else {
        return Ok(None);
    };
    let krate = ident(&command.krate());
    let (name, module) = (&service.name, ident(&service.module));
    let title = super::docs::service_title(service);
    let docs = inner_doc(&format!("The commands of {title}."))?;
    let commands = contexts.iter().map(emit_command);
    let commands = commands.collect::<Result<Vec<_>, String>>()?;
    let service_static = quote! {
        pub(super) static SERVICE: Service<Client> = Service {
            name: #name,
            title: #title,
            commands: &[#(#commands),*],
        };
    };
    let begin = Beginnings::of([&service_static]);
    let shared = [
        "Command",
        "Kind",
        "Need",
        "Parameter",
        "Permission",
        "Reply",
        "Service",
    ];
    let shared = begin.imports(&shared);
    let password = begin.has("Password").then(|| {
        quote!(
            use crate::runtime::Password;
        )
    });
    let types = begin.has("types").then(|| quote!(, types));
    let text = quote! {
        #docs

        use #krate::#shared;

        use crate::Client;
        #password
        use crate::#module::{self as service #types};

        #service_static
    };
    print(&service.path, text).map(Some)
}

fn emit_command(context: &Context<'_>) -> Result<TokenStream, String> {
    let operation = context.operation;
    let module = ident(&operation.ident);
    let name = kebab(&operation.ident);
    let summary = title(operation);
    let description = operation.description.as_deref().map(plain);
    let description = description.unwrap_or_default();
    let page = operation.docs.as_ref().map(|it| it.url.as_str());
    let page = page.unwrap_or_default();
    let client_use = optional(operation.client_use.as_deref());
    let parameters = inputs(context).map(|input| emit_parameter(context, &input));
    let responses = operation.responses.iter().map(|response| {
        let (status, means) = (
            response.status.key(),
            first_line(&plain(&response.description)),
        );
        quote!((#status, #means))
    });
    let permissions = operation.permissions.iter().map(permission);
    let call = call(context)?;
    Ok(quote! {
        Command {
            operation: &service::#module::OPERATION,
            name: #name,
            summary: #summary,
            description: #description,
            page: #page,
            client_use: #client_use,
            parameters: &[#(#parameters),*],
            responses: &[#(#responses),*],
            permissions: &[#(#permissions),*],
            call: #call,
        }
    })
}

/// A name as it is typed: `reset-password`.
fn kebab(ident: &str) -> String {
    ident.trim_matches('_').replace('_', "-")
}

/// Markdown without what no terminal shows as it is.
fn plain(text: &str) -> String {
    printable(text.trim())
}

fn optional(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}

fn permission(permission: &Permission) -> TokenStream {
    let Permission {
        action,
        dependencies,
        ..
    } = permission;
    let access = optional(permission.access.as_deref());
    quote! {
        Permission {
            action: #action,
            access: #access,
            dependencies: &[#(#dependencies),*],
        }
    }
}

/// What is known of a value, wherever it stands.
#[derive(Default)]
struct Facts<'m> {
    description: Option<&'m str>,
    rules: String,
    example: Option<&'m Value>,
    ty: Option<&'m Type>,
    required: bool,
}

/// The facts of a parameter or a field, which have the same names.
macro_rules! facts {
    ($it:ident) => {
        Facts {
            description: $it.description.as_deref(),
            rules: rules(&$it.constraints, $it.policy.as_ref(), $it.default.as_ref()),
            example: $it.example.as_ref(),
            ty: Some(&$it.ty),
            required: $it.required,
        }
    };
}

impl<'m> Facts<'m> {
    fn of(input: &Input<'m>) -> Self {
        match input.target {
            Target::Parameter(it) => facts!(it),
            Target::Field(it) => facts!(it),
            Target::Body(it) => Self {
                description: it.description.as_deref(),
                example: it.example.as_ref(),
                ty: Some(&it.ty),
                required: it.required,
                ..Self::default()
            },
            Target::Extra => Self {
                description: Some("Members that the document does not list, as a JSON object."),
                ..Self::default()
            },
        }
    }
}

/// Everything that a call can be given: the arguments of the method, then what its builder takes.
fn inputs<'m>(context: &Context<'m>) -> impl Iterator<Item = Input<'m>> {
    let arguments = context.arguments().into_iter().map(|parameter| Input {
        ident: parameter.ident.clone(),
        target: Target::Parameter(parameter),
    });
    arguments.chain(context.inputs())
}

fn emit_parameter(context: &Context<'_>, input: &Input<'_>) -> TokenStream {
    let facts = Facts::of(input);
    let is_file = matches!(input.target, Target::Field(field) if context.file_of(field).is_some());
    let kind = match facts.ty {
        None => quote!(Kind::Json),
        Some(Type::Array(_)) if is_file => quote!(Kind::List(&Kind::File)),
        Some(_) if is_file => quote!(Kind::File),
        Some(ty) => kind(context, input, ty),
    };
    let need = match input.target {
        Target::Field(Field {
            required_unless: Some(unless),
            ..
        }) => {
            let value = unless.equals.to_string();
            let others = context.inputs();
            let is_other = |it: &&Input<'_>| matches!(it.target, Target::Field(field) if field.name == unless.field);
            let name = others
                .iter()
                .find(is_other)
                .map_or("", |it| it.ident.as_str());
            quote!(Need::Unless(#name, #value))
        }
        _ if facts.required => quote!(Need::Required),
        _ => quote!(Need::Optional),
    };
    let name = &input.ident;
    let about = facts.description.map(plain).unwrap_or_default();
    let rules = facts.rules;
    let is_secret = facts
        .ty
        .is_some_and(|ty| ty.holds_secret(&context.service.schemas));
    let example = match (facts.example, facts.ty) {
        (Some(example), Some(ty)) if !is_secret => {
            // Of a list, what its flag is given once.
            let texts = typed(&context.service.schemas, ty, example);
            texts.first().map(|it| printable(it))
        }
        _ => None,
    };
    let example = optional(example.as_deref());
    quote! {
        Parameter {
            name: #name,
            about: #about,
            rules: #rules,
            example: #example,
            need: #need,
            kind: #kind,
        }
    }
}

/// How a value of the type is written on a command line.
fn kind(context: &Context<'_>, input: &Input<'_>, ty: &Type) -> TokenStream {
    let schemas = &context.service.schemas;
    match ty {
        Type::String | Type::Text => quote!(Kind::Text),
        Type::Password | Type::SecretText => match policy_constant_of(input) {
            Some(policy) => {
                let owner = ident(&context.operation.type_name);
                quote!(Kind::Secret(Some(&service::#owner::#policy)))
            }
            None => quote!(Kind::Secret(None)),
        },
        Type::Integer { .. } | Type::Wide | Type::Number { .. } => quote!(Kind::Number),
        Type::Boolean => quote!(Kind::Boolean),
        Type::Bytes => quote!(Kind::File),
        _ if ty.holds_secret(schemas) => quote!(Kind::SecretJson),
        Type::Nullable(inner) => kind(context, input, inner),
        Type::Array(inner) => {
            let inner = kind(context, input, inner);
            quote!(Kind::List(&#inner))
        }
        Type::Named(name) => match schemas.get(name) {
            Some(NamedSchema {
                kind: SchemaKind::Enum { variants },
                ..
            }) => {
                let words = variants.iter().map(|it| it.wire.as_str());
                quote!(Kind::Choice(&[#(#words),*]))
            }
            _ => quote!(Kind::Json),
        },
        Type::Any | Type::Map(_) | Type::SecretJson => quote!(Kind::Json),
    }
}

/// A closure that makes the call of what it is given.
fn call(context: &Context<'_>) -> Result<TokenStream, String> {
    let (module, method) = (
        ident(&context.service.module),
        ident(&context.operation.ident),
    );
    let arguments = context.arguments().into_iter().map(|parameter| {
        let (name, ty) = (&parameter.ident, context.plain_argument(parameter));
        let ty = ty.unwrap_or_else(|| quote!(String));
        quote!(arguments.take::<#ty>(#name)?)
    });
    let mut steps = Vec::new();
    for input in context.inputs() {
        let (name, setter) = (&input.ident, ident(&input.ident));
        let ty = kept_type(context, &input)?;
        steps.push(match file(&input, context) {
            Some(true) => quote! {
                let call = match arguments.files(#name) {
                    files if files.is_empty() => call,
                    files => call.#setter(files),
                };
            },
            Some(false) => quote! {
                let call = match arguments.files(#name).pop() {
                    Some(file) => call.#setter(file),
                    None => call,
                };
            },
            None => quote! {
                let call = arguments.set(#name, call, |call, value: #ty| call.#setter(value))?;
            },
        });
    }
    if let Some(project) = context.project_id() {
        let (name, setter) = (&project.ident, ident(&project.ident));
        steps.push(quote! {
            let call = arguments.set(#name, call, |call, value: String| call.#setter(value))?;
        });
    }
    let reply = match is_json(context) {
        true => quote!(of),
        false => quote!(shown),
    };
    Ok(quote! {
        |client, arguments| Box::pin(async move {
            let call = client.#module().#method(#(#arguments),*);
            #(#steps)*
            Reply::#reply(call).await
        })
    })
}

/// Whether an input is a file, and whether it may be several.
fn file(input: &Input<'_>, context: &Context<'_>) -> Option<bool> {
    match input.target {
        Target::Field(field) => {
            context.file_of(field)?;
            Some(matches!(field.ty, Type::Array(_)))
        }
        Target::Body(body) if body.ty == Type::Bytes => Some(false),
        _ => None,
    }
}

/// Whether the value of a success can be written as JSON.
fn is_json(context: &Context<'_>) -> bool {
    let (good, _) = response_variants(context);
    match good.as_slice() {
        [] => true,
        all => all.iter().all(|it| {
            it.variant.is_none()
                && match it.body {
                    BodyShape::Empty => true,
                    BodyShape::One(ty) => *ty != Type::Bytes,
                    BodyShape::Several(_) => false,
                }
        }),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::load::load;
    use crate::lower::lower;
    use crate::source::Source;

    const DOCUMENT: &str = r"
openapi: 3.0.3
info: {title: Demo, version: '1'}
paths:
  /doors/{door}:
    post:
      operationId: openDoor
      parameters:
        - {name: door, in: path, required: true, schema: {type: string}, example: it's}
        - {name: hosts, in: query, required: true, schema: {type: array, items: {type: string}}, example: [a, b]}
        - {name: quiet, in: query, schema: {type: boolean}, example: true}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [lock, key, loud, any, dose]
              properties:
                lock: {type: object, required: [bolts], properties: {bolts: {type: integer}}}
                key: {type: string, format: password}
                loud: {type: boolean}
                any: {}
                dose: {type: integer}
                note: {type: string}
            example: {lock: {bolts: 3}, key: hunter2, loud: true, any: text, note: said}
      responses: {'200': {description: ok}}
";

    #[test]
    fn an_example_has_what_the_call_needs_as_it_is_typed() {
        let loaded = load(&[Source::new("spec/demo.yaml", DOCUMENT.to_owned())]);
        let (model, _) = lower(&loaded.documents, crate::profile::of_the_workspace());
        let service = &model.services[0];
        let shown = crate::emit::example_command(service, &service.operations[0], "doorman");
        let dose = crate::sample::value(
            service,
            &Type::Integer {
                bits: 32,
                signed: true,
            },
        );
        assert_eq!(
            shown.lines().collect::<Vec<_>>(),
            [
                "doorman demo open-door \\",
                r"  --door 'it'\''s' \",
                r"  --hosts 'a' \",
                r"  --hosts 'b' \",
                r#"  --lock '{"bolts":3}' \"#,
                r"  --loud=true \",
                r#"  --any '"text"' \"#,
                &format!(r"  --dose '{dose}' \"),
                r"  --note 'said'",
            ]
        );
        assert_eq!(
            typed(
                &service.schemas,
                &Type::Array(Box::new(Type::Any)),
                &json!(["a", 1])
            ),
            [r#""a""#, "1"]
        );
    }
}
