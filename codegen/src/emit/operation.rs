//! One file an operation: its facts, its builder, how it is sent, its errors.

mod builder;
pub mod example;
mod on_the_wire;
mod response_example;
mod responses;
mod spelled;
mod text;

pub(crate) use builder::whole_body;
pub use builder::{kept_type, policies, policy_constant_of};
pub use response_example::{body_example, header_examples, sent_example, status_of};
pub use responses::{
    BodyShape, ResponseVariant, error_variant, headers, headers_name, is_single_success,
    media_variants, output_elsewhere, refused_variant, response_variants, several_name, shape,
};
pub use text::title;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{
    Body, ClientParameter, Content, Field, FormPartKind, Operation, Parameter, ParameterLocation,
    Retry, SchemaKind, Service, Type,
};
use crate::names;

use super::catalog::Catalog;
use super::checks::Checked;
use super::text::{calls, tidy};
use super::tokens::{Beginnings, Part, print_parts, tokens_of};

/// An operation with what emitting it needs to know.
pub struct Context<'m> {
    pub service: &'m Service,
    pub operation: &'m Operation,
    pub catalog: &'m Catalog,
    pub checked: &'m Checked,
}

/// A value that callers set, with the name of its setter.
pub struct Input<'m> {
    /// The name of the setter, unique in the builder.
    pub ident: String,
    /// Where the value goes.
    pub target: Target<'m>,
}

/// Where a value goes.
pub enum Target<'m> {
    /// Into path, query or header.
    Parameter(&'m Parameter),
    /// Into a field of the body.
    Field(&'m Field),
    /// Beside the fields of the body, under names of the caller's.
    Extra,
    /// The body as a whole, when it is no plain object.
    Body(&'m Body),
}

impl<'m> Context<'m> {
    /// The arguments of the method: the path parameters that the client does not hold, in the order of the path.
    pub fn arguments(&self) -> Vec<&'m Parameter> {
        let mut arguments: Vec<_> = self
            .operation
            .parameters
            .iter()
            .filter(|p| p.location == ParameterLocation::Path && p.client_parameter.is_none())
            .collect();
        arguments.sort_by_key(|p| self.operation.path.find(&format!("{{{}}}", p.name)));
        arguments
    }

    /// The parameter that carries the project id, if the operation has one.
    pub fn project_id(&self) -> Option<&'m Parameter> {
        self.operation
            .parameters
            .iter()
            .find(|p| p.client_parameter == Some(ClientParameter::ProjectId))
    }

    /// What callers set after the arguments: parameters of query and header, then the body.
    pub fn inputs(&self) -> Vec<Input<'m>> {
        let parameters = self
            .operation
            .parameters
            .iter()
            .filter(|p| {
                p.location != ParameterLocation::Path && p.client_parameter.is_none() && is_sent(p)
            })
            .map(|p| Input {
                ident: p.ident.clone(),
                target: Target::Parameter(p),
            });
        let mut inputs: Vec<_> = parameters.collect();
        let Some(body) = &self.operation.body else {
            return inputs;
        };
        let arguments = self.operation.parameters.iter();
        let arguments = arguments.filter(|it| it.location == ParameterLocation::Path);
        let arguments = arguments.map(|it| it.ident.as_str());
        match self.body_fields() {
            Some((owner, fields)) => {
                let keys: Vec<_> = fields.iter().map(|it| it.name.as_str()).collect();
                let (setters, mut names) = names::of_setters(arguments, &keys);
                inputs.extend(fields.iter().zip(setters).map(|(field, ident)| Input {
                    ident,
                    target: Target::Field(field),
                }));
                if self.body_is_open(owner) {
                    inputs.push(Input {
                        ident: names.snake("extra"),
                        target: Target::Extra,
                    });
                }
            }
            None => inputs.push(Input {
                ident: "body".to_owned(),
                target: Target::Body(body),
            }),
        }
        inputs
    }

    /// The name and fields of the body, when it is an object that is flattened into setters.
    pub fn body_fields(&self) -> Option<(&'m str, &'m [Field])> {
        let Type::Named(name) = &self.operation.body.as_ref()?.ty else {
            return None;
        };
        match &self.service.schemas.get(name)?.kind {
            SchemaKind::Object { fields, .. } => Some((name, fields)),
            _ => None,
        }
    }

    /// The type of a field of an object.
    ///
    /// # Errors
    /// When the object was made without it.
    pub fn field_type(&self, owner: &str, field: &Field) -> Result<syn::Type, String> {
        let ty = self.catalog.field(owner, &field.ident);
        ty.ok_or_else(|| {
            format!(
                "the type `{owner}` was made without a field `{}`",
                field.ident
            )
        })
    }

    /// Whether the body takes members that the document does not list. A form has a part for each
    /// that it lists.
    fn body_is_open(&self, name: &str) -> bool {
        let kind = self.service.schemas.get(name).map(|schema| &schema.kind);
        let content = self.operation.body.as_ref().map(|body| &body.content);
        !matches!(content, Some(Content::Multipart(_)))
            && matches!(kind, Some(SchemaKind::Object { extra: Some(_), .. }))
    }

    /// The type of what callers give for a field of the body that is a file, or several.
    pub fn file_of(&self, field: &Field) -> Option<TokenStream> {
        let Content::Multipart(parts) = &self.operation.body.as_ref()?.content else {
            return None;
        };
        match parts.iter().find(|part| part.name == field.name)?.kind {
            FormPartKind::File => Some(quote!(crate::runtime::Upload)),
            FormPartKind::Files => Some(quote!(Vec<crate::runtime::Upload>)),
            FormPartKind::Value | FormPartKind::Json => None,
        }
    }

    /// The type of a path argument that is no text; texts are taken from whatever becomes a `String`.
    pub fn plain_argument(&self, parameter: &Parameter) -> Option<TokenStream> {
        let is_value = match &parameter.ty {
            Type::Integer { .. }
            | Type::Wide
            | Type::Number { .. }
            | Type::Boolean
            | Type::Array(_)
            | Type::Map(_) => true,
            Type::Named(name) => {
                let schema = self.service.schemas.get(name);
                schema.is_some_and(|it| matches!(it.kind, SchemaKind::Object { .. }))
            }
            _ => false,
        };
        is_value.then(|| super::tokens::rust_type(&parameter.ty))
    }

    /// The name of the operation's error type.
    pub fn error_type(&self) -> proc_macro2::Ident {
        format_ident!("{}Error", self.operation.type_name)
    }
}

/// Whether the operation itself puts the parameter into the request. The token is set when signing.
fn is_sent(parameter: &Parameter) -> bool {
    parameter.client_parameter != Some(ClientParameter::AuthToken)
}

/// Emits the file of one operation.
pub fn emit(context: &Context<'_>) -> Result<String, String> {
    let module_doc = super::tokens::inner_doc(&text::module(context))?;
    let constant = facts(context);
    let builder = builder::declaration(context)?;
    let methods = builder::methods(context)?;
    let failures = responses::failures(context);
    let bodies = responses::bodies(context);
    let outcome = responses::emit_outcome(context);
    let declared = tokens_of(&format!("{builder}{failures}{bodies}"))?;
    let runtime = [
        "InvalidRequest",
        "Operation",
        "Password",
        "PasswordPolicy",
        "Retry",
        "SecurityScheme",
    ];
    let begin = Beginnings::of([&tokens_of(&constant)?, &declared, &methods, &outcome]);
    let runtime = begin.imports(&runtime);
    let mut helpers = vec!["Outcome", "RawResponse", "call_builder", "failures", "wire"];
    helpers.extend(begin.has("check").then_some("check"));
    helpers.extend((!bodies.is_empty()).then_some("by_media_type"));
    helpers.sort_unstable();
    let types = begin.has("types").then_some("use super::types;\n");
    let uses = format!(
        "use crate::runtime::generated::{{{}}};\nuse crate::runtime::{};\n{}",
        helpers.join(", "),
        tidy(&runtime),
        types.unwrap_or_default()
    );
    let head = quote! {
        #module_doc
    };
    print_parts(
        &context.service.path,
        [
            Part::Code(head),
            Part::Text(uses),
            Part::Text(constant),
            Part::Text(builder),
            Part::Code(methods),
            Part::Text(failures),
            Part::Text(bodies),
            Part::Code(outcome),
        ],
    )
}

/// The facts of the operation that the runtime needs.
fn facts(context: &Context<'_>) -> String {
    let operation = context.operation;
    let service = &context.service.name;
    let (name, path) = (&operation.id, &operation.path);
    let method = operation.method.wire();
    let mut value = quote!(Operation::new(#service, #name, #method, #path));
    if let Some(body) = &operation.body {
        let media_type = &body.media_type;
        value = quote!(#value.content_type(#media_type));
    }
    let retry = match operation.retry {
        Retry::Safe => quote!(Retry::Safe),
        Retry::Unsafe => quote!(Retry::Unsafe),
    };
    value = quote!(#value.retry(#retry));
    if let Some(limit) = operation.rate_limit {
        let limit = super::tokens::rate_limit(limit);
        value = quote!(#value #limit);
    }
    if let Some(project) = context.project_id() {
        let name = &project.name;
        let (min, max) = (
            project.constraints.min_length,
            project.constraints.max_length,
        );
        let (min, max) = (super::checks::bound(min), super::checks::bound(max));
        value = quote!(#value.project_id(#name, #min, #max));
    }
    if operation.anonymous {
        value = quote!(#value.anonymous());
    } else if let Some(alternatives) = super::security::facts(context.service, operation) {
        value = quote!(#value.security(#alternatives));
    }
    if !operation.permissions.is_empty() {
        let actions = operation
            .permissions
            .iter()
            .map(|action| action.action.as_str());
        value = quote!(#value.permissions(&[#(#actions),*]));
    }
    let mut secret_headers: Vec<_> = operation
        .parameters
        .iter()
        .filter(|p| p.ty.holds_secret(&context.service.schemas) && p.client_parameter.is_none())
        .filter_map(|p| match p.location {
            ParameterLocation::Header => Some(p.name.to_ascii_lowercase()),
            ParameterLocation::Cookie => Some("cookie".to_owned()),
            ParameterLocation::Path | ParameterLocation::Query => None,
        })
        .collect();
    secret_headers.dedup();
    if !secret_headers.is_empty() {
        value = quote!(#value.secret_headers(&[#(#secret_headers),*]));
    }
    let value = calls(4, &value);
    format!(
        "/// The facts of the operation that do not change from call to call.
\
         pub static OPERATION: Operation =
    {value};
"
    )
}
