//! The builder of an operation: what it keeps, how it is set, how it becomes a request.

mod request;
mod wire;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::catalog::is_path;
use crate::emit::checks::{policy_constant, policy_expression, policy_name};
use crate::emit::docs::{code as docs_code, field_text, markdown, rules as rules_text};
use crate::emit::setter::Setter;
use crate::emit::text::{self as code, DEPRECATED};
use crate::emit::tokens::{ident, rust_type};
use crate::model::{Body, Field, Parameter, Type};

use super::responses::{emit_read, left, output_type};
use super::{Context, Input, Target, example, text};

/// What the builder keeps of one input.
struct Kept {
    /// The field's type.
    ty: String,
    /// What the setter takes, where it is something else.
    taken: Option<String>,
}

/// The builder itself, which the runtime makes of what it keeps.
pub(super) fn declaration(context: &Context<'_>) -> Result<String, String> {
    let operation = context.operation;
    let mut out = String::from("call_builder! {\n");
    out.push_str(&code::docs(4, &text::builder(context)));
    out.push_str(&code::docs(
        4,
        &format!("\n# Example\n{}", example::documentation(context)),
    ));
    let arguments = context.arguments().into_iter().map(|parameter| {
        let ty = context
            .plain_argument(parameter)
            .unwrap_or_else(|| quote!(String));
        format!("{}: {ty}", ident(&parameter.ident))
    });
    let arguments: Vec<_> = arguments.collect();
    let project = context.project_id();
    let project = project.map(|project| format!(" in {}", ident(&project.ident)));
    let head = format!(
        "pub struct {}({}){}",
        ident(&operation.type_name),
        arguments.join(", "),
        project.unwrap_or_default(),
    );
    let left = left(context).map(|all| match all.iter().any(|(_, is_held)| *is_held) {
        false => ", download".to_owned(),
        true => {
            let all = all.iter().map(|(media_type, is_held)| {
                let kept = if *is_held { "held" } else { "left" };
                format!("{} as {kept}", code::literal(media_type))
            });
            format!(", download({})", all.collect::<Vec<_>>().join(", "))
        }
    });
    let gives = format!(
        "-> {}, {}{} {{",
        code::tidy(&output_type(context)),
        context.error_type(),
        left.unwrap_or_default()
    );
    out.push_str(&code::line(4, &head, &gives));
    for input in context.inputs() {
        out.push_str(&setter(context, &input)?);
    }
    out.push_str(&written_body(context).unwrap_or_default());
    out.push_str("    }\n}\n");
    Ok(out)
}

/// What the builder is given beside: its policies, how it becomes a request, and how responses are
/// read.
pub(super) fn methods(context: &Context<'_>) -> Result<TokenStream, String> {
    let name = ident(&context.operation.type_name);
    let inputs = context.inputs();
    let request = request::request(context, &inputs)?;
    let read = emit_read(context);
    let policies: TokenStream = inputs
        .iter()
        .filter_map(|input| policy(context, input))
        .collect();
    Ok(quote! {
        impl #name {
            #policies

            #request

            #read
        }
    })
}

/// The constants that have the policies of an operation's passwords.
pub fn policies(context: &Context<'_>) -> Vec<Ident> {
    let inputs = context.inputs();
    inputs.iter().filter_map(policy_constant_of).collect()
}

/// The constant that has the policy of an input, for a password that has one.
pub fn policy_constant_of(input: &Input<'_>) -> Option<Ident> {
    let (ty, policy) = match input.target {
        Target::Parameter(parameter) => (&parameter.ty, &parameter.policy),
        Target::Field(field) => (&field.ty, &field.policy),
        Target::Extra | Target::Body(_) => return None,
    };
    policy_name(&input.ident, ty, policy.as_ref())
}

/// The policy of an input. That of a field stands with the type that is checked.
fn policy(context: &Context<'_>, input: &Input<'_>) -> Option<TokenStream> {
    let name = policy_constant_of(input)?;
    let (wire, value) = match input.target {
        Target::Parameter(it) => {
            let policy = policy_expression(it.policy.as_ref()?);
            let policy = quote!({
                use crate::runtime::CharacterClass;
                #policy
            });
            (&it.name, policy)
        }
        Target::Field(field) => {
            let owner = ident(context.body_fields()?.0);
            let inner = policy_name(&field.ident, &field.ty, field.policy.as_ref())?;
            (&field.name, quote!(types::#owner::#inner))
        }
        Target::Extra | Target::Body(_) => return None,
    };
    let ty = quote!(PasswordPolicy);
    Some(policy_constant(&name, wire, &ty, &value))
}

/// The type of what a builder keeps of an input.
pub fn kept_type(context: &Context<'_>, input: &Input<'_>) -> Result<syn::Type, String> {
    match input.target {
        Target::Parameter(parameter) => kept_parameter(parameter),
        Target::Field(field) => {
            if let Some(ty) = context.file_of(field) {
                return parsed(&ty);
            }
            let (owner, _) = context.body_fields().ok_or("a field without a body")?;
            let ty = context.field_type(owner, field)?;
            Ok(Setter::of(&ty).inner)
        }
        Target::Extra => extra_type(context),
        Target::Body(body) => whole_body(body),
    }
}

/// The type of what a body holds beside its fields.
pub(crate) fn extra_type(context: &Context<'_>) -> Result<syn::Type, String> {
    let owner = context.body_fields().map(|(owner, _)| owner);
    let ty = owner.and_then(|owner| context.catalog.field(owner, "extra"));
    ty.ok_or_else(|| {
        "the type of the body was made without a place for what it holds beside its fields"
            .to_owned()
    })
}

fn keep_type(ty: &syn::Type) -> Kept {
    for name in ["String", "Password"] {
        if is_path(ty, name) {
            return Kept {
                ty: name.to_owned(),
                taken: Some(format!("impl Into<{name}>")),
            };
        }
    }
    Kept {
        ty: code::tidy(&ty.to_token_stream()),
        taken: None,
    }
}

/// The type of a body that is set as a whole.
pub(crate) fn whole_body(body: &Body) -> Result<syn::Type, String> {
    match body.ty {
        Type::Bytes => Ok(syn::parse_quote!(crate::runtime::Upload)),
        _ => parsed(&rust_type(&body.ty)),
    }
}

fn parsed(ty: &TokenStream) -> Result<syn::Type, String> {
    syn::parse2(ty.clone()).map_err(|error| format!("{ty}: {error}"))
}

/// The type of a parameter as the builder keeps it.
fn kept_parameter(parameter: &Parameter) -> Result<syn::Type, String> {
    match parameter.ty {
        Type::Password => Ok(syn::parse_quote!(Password)),
        _ => parsed(&rust_type(&parameter.ty)),
    }
}

fn setter(context: &Context<'_>, input: &Input<'_>) -> Result<String, String> {
    let (text, deprecated) = match input.target {
        Target::Parameter(parameter) => (parameter_text(parameter), parameter.deprecated),
        Target::Field(field) => (field_setter_text(field), field.deprecated),
        Target::Extra => (super::super::docs::UNLISTED.to_owned(), false),
        Target::Body(body) => {
            let text = body.description.as_deref().map(markdown);
            (
                text.unwrap_or_else(|| "The body of the request.".to_owned()),
                false,
            )
        }
    };
    let text = match policy_constant_of(input) {
        Some(policy) => format!("{text}\n\n[`{policy}`](Self::{policy}) has these rules."),
        None => text,
    };
    let mut out = code::docs(8, &text);
    if deprecated {
        out.push_str(&format!("        {DEPRECATED}\n"));
    }
    let Kept { ty, taken } = keep_type(&kept_type(context, input)?);
    let taken = taken.map_or_else(String::new, |taken| format!(" = {taken}"));
    out.push_str(&format!("        {}: {ty}{taken},\n", ident(&input.ident)));
    Ok(out)
}

/// The setter of a body that is written already, where the document takes several media types.
fn written_body(context: &Context<'_>) -> Option<String> {
    let body = context.operation.body.as_ref()?;
    if body.others.is_empty() {
        return None;
    }
    let others = body.others.iter().map(|it| docs_code(it));
    let others: Vec<_> = others.collect();
    let text = format!(
        "The body as it is written already, in place of what the other setters say of it. Its \
         [`content_type`](crate::runtime::Upload::content_type) says how it is written: {} (as the \
         other setters do), {}.",
        docs_code(&body.media_type),
        others.join(", ")
    );
    let mut out = code::docs(8, &text);
    let upload = "crate::runtime::Upload";
    out.push_str(&format!(
        "        written_body: {upload} = impl Into<{upload}>,\n"
    ));
    Some(out)
}

fn parameter_text(parameter: &Parameter) -> String {
    let mut text = match &parameter.description {
        Some(description) => markdown(description),
        None => format!("The parameter `{}`.", parameter.name),
    };
    let rules = rules_text(
        &parameter.constraints,
        parameter.policy.as_ref(),
        parameter.default.as_ref(),
    );
    if !rules.is_empty() {
        text.push_str(&format!("\n\n{rules}"));
    }
    if parameter.required {
        text.push_str("\n\nRequired.");
    }
    text
}

fn field_setter_text(field: &Field) -> String {
    let mut text = field_text(field);
    if field.required {
        text.push_str("\n\nRequired.");
    }
    text
}
