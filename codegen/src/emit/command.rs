//! The feature `cli`: for each operation what its command takes, and how it makes the call.
//!
//! Whatever is the same for all operations is in a crate of its own, which the profile names.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{CommandLine, Field, Model, NamedSchema, Permission, SchemaKind, Service, Type};

use super::docs::{first_line, printable, rules};
use super::operation::{
    BodyShape, Context, Input, Target, kept_type, policy_constant_of, response_variants, title,
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
    for input in inputs(context) {
        let Facts { ty, example, .. } = Facts::of(&input);
        let Some(ty) = ty else {
            continue;
        };
        let flag = kebab(&input.ident);
        if ty.holds_secret(&service.schemas) {
            let is_asked = matches!(ty, Type::Password | Type::SecretText);
            if !is_asked {
                line.push_str(&format!(" \\\n  --{flag}-file {flag}.json"));
            }
            continue;
        }
        let value = match (ty, example) {
            (_, None) => continue,
            (Type::Boolean, Some(value)) => format!("--{flag}={value}"),
            (_, Some(serde_json::Value::String(text))) => format!("--{flag} {}", quoted(text)),
            (_, Some(value)) => format!("--{flag} {}", quoted(&value.to_string())),
        };
        line.push_str(&format!(" \\\n  {value}"));
    }
    line
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
    example: Option<&'m serde_json::Value>,
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
    let example = facts.example.filter(|_| !is_secret).map(|it| match it {
        serde_json::Value::String(text) => printable(text),
        other => other.to_string(),
    });
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
