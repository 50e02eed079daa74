//! The builder of an operation: what it keeps, how it is set, how it becomes a request.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::catalog::{Argument, Pass, is_copy, is_path};
use crate::emit::checks::{policy_constant, policy_expression, policy_name, rules};
use crate::emit::docs::{field_text, markdown, rules as rules_text};
use crate::emit::prepare::is_sent;
use crate::emit::setter::Setter;
use crate::emit::text::{self as code, DEPRECATED};
use crate::emit::tokens::ident;
use crate::emit::wire;
use crate::model::{Field, Parameter, ParameterLocation, Type};

use super::responses::{emit_read, output_type};
use super::{Context, Input, Target, example, plain_argument, text};

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
        let ty = plain_argument(parameter).unwrap_or_else(|| quote!(String));
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
    let gives = format!(
        "-> {}, {} {{",
        code::tidy(&output_type(context)),
        context.error_type()
    );
    out.push_str(&code::line(4, &head, &gives));
    for input in context.inputs() {
        out.push_str(&setter(context, &input)?);
    }
    out.push_str("    }\n}\n");
    Ok(out)
}

/// What the builder is given beside: its policies, how it becomes a request, and how responses are
/// read.
pub(super) fn methods(context: &Context<'_>) -> Result<TokenStream, String> {
    let name = ident(&context.operation.type_name);
    let inputs = context.inputs();
    let request = request(context, &inputs)?;
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
fn policy_constant_of(input: &Input<'_>) -> Option<Ident> {
    let (ty, policy) = match input.target {
        Target::Parameter(parameter) => (&parameter.ty, &parameter.policy),
        Target::Field(field) => (&field.ty, &field.policy),
        Target::Body(_) => return None,
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
        Target::Body(_) => return None,
    };
    let ty = quote!(PasswordPolicy);
    Some(policy_constant(&name, wire, &ty, &value))
}

fn keep(context: &Context<'_>, input: &Input<'_>) -> Result<Kept, String> {
    match input.target {
        Target::Parameter(parameter) => {
            let argument = argument(context, parameter)?;
            let owned = if parameter.ty == Type::Password {
                syn::parse_quote!(Password)
            } else {
                argument.owned.clone()
            };
            Ok(keep_type(&owned))
        }
        Target::Field(field) => {
            let (owner, _) = context.body_fields().ok_or("a field without a body")?;
            let ty = context
                .catalog
                .field(owner, &field.ident)
                .ok_or_else(|| format!("progenitor has no field {owner}.{}", field.ident))?;
            Ok(keep_type(&Setter::of(ty).inner))
        }
        Target::Body(_) => {
            let argument = context
                .catalog
                .argument(&context.operation.ident, "body")
                .ok_or("progenitor takes no body")?;
            Ok(keep_type(&argument.owned))
        }
    }
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

fn argument<'c>(context: &Context<'c>, parameter: &Parameter) -> Result<&'c Argument, String> {
    context
        .catalog
        .argument(&context.operation.ident, &parameter.ident)
        .ok_or_else(|| {
            format!(
                "progenitor takes no `{}` in {}",
                parameter.ident, context.operation.id
            )
        })
}

fn setter(context: &Context<'_>, input: &Input<'_>) -> Result<String, String> {
    let (text, deprecated) = match input.target {
        Target::Parameter(parameter) => (parameter_text(parameter), parameter.deprecated),
        Target::Field(field) => (field_setter_text(field), field.deprecated),
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
    let Kept { ty, taken } = keep(context, input)?;
    let taken = taken.map_or_else(String::new, |taken| format!(" = {taken}"));
    out.push_str(&format!("        {}: {ty}{taken},\n", ident(&input.ident)));
    Ok(out)
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

/// `request`: everything is checked, then the request is built.
fn request(context: &Context<'_>, inputs: &[Input<'_>]) -> Result<TokenStream, String> {
    let operation = context.operation;
    let mut steps = enforcement(context);
    for parameter in context.arguments() {
        let name = ident(&parameter.ident);
        let wire = &parameter.name;
        if plain_argument(parameter).is_none() {
            steps.extend(quote!(check::identifier(#wire, &self.#name)?;));
        }
        let value = quote!(&self.#name);
        steps.extend(rules(
            &parameter.ty,
            &parameter.constraints,
            None,
            wire,
            &value,
        ));
    }
    for input in inputs {
        let Target::Parameter(parameter) = input.target else {
            continue;
        };
        let name = ident(&input.ident);
        let wire = &parameter.name;
        if parameter.required {
            let kept = kept_value(&quote!(self.#name), &argument(context, parameter)?.owned);
            steps.extend(quote!(let #name = check::required(#wire, #kept)?;));
        }
        let value = match parameter.required {
            true => quote!(&#name),
            false => quote!(value),
        };
        let policy = policy_constant_of(input);
        let checks = rules(&parameter.ty, &parameter.constraints, policy, wire, &value);
        if parameter.required {
            steps.extend(checks);
        } else if !checks.is_empty() {
            steps.extend(quote!(if let Some(value) = &self.#name { #checks }));
        }
    }
    let method = context.catalog.methods().get(&operation.ident);
    let method = method.ok_or_else(|| format!("progenitor has no method for {}", operation.id))?;
    let given = call_arguments(context)?;
    let call = |with_body| wire::request(operation, method, &given, with_body);
    let body = body(context, inputs)?;
    let may_lack_body = operation.body.as_ref().is_some_and(|body| !body.required);
    let request = match (may_lack_body, body_idents(inputs).as_slice()) {
        (true, []) => call(false)?,
        (true, set) => {
            let (without, whole) = (returned(call(false)?), call(true)?);
            quote! {
                if #(self.#set.is_none())&&* {
                    #without
                }
                #body
                #whole
            }
        }
        (false, _) => {
            let whole = call(true)?;
            quote!(#body #whole)
        }
    };
    Ok(quote! {
        fn request(&self) -> Result<wire::Request, InvalidRequest> {
            #steps
            #request
        }
    })
}

/// Steps that end with `Ok(…)`, and return it.
fn returned(steps: TokenStream) -> TokenStream {
    let mut steps: Vec<_> = steps.into_iter().collect();
    let end = steps.split_off(steps.len().saturating_sub(2));
    quote!(#(#steps)* return #(#end)*;)
}

/// What the checks of passwords among the parameters need, where there are such.
fn enforcement(context: &Context<'_>) -> TokenStream {
    let parameters = &context.operation.parameters;
    if !parameters
        .iter()
        .any(|p| p.policy.is_some() && p.client_parameter.is_none())
    {
        return TokenStream::new();
    }
    quote! {
        let enforcement = self.client.core().policy_enforcement();
    }
}

/// The value of a field of the builder for another owner.
fn kept_value(field: &TokenStream, ty: &syn::Type) -> TokenStream {
    if is_copy(ty) {
        field.clone()
    } else {
        quote!(#field.clone())
    }
}

/// The names of the inputs that make up the body.
fn body_idents(inputs: &[Input<'_>]) -> Vec<proc_macro2::Ident> {
    inputs
        .iter()
        .filter(|input| !matches!(input.target, Target::Parameter(_)))
        .map(|input| ident(&input.ident))
        .collect()
}

/// Builds the body out of what was set, and checks it.
fn body(context: &Context<'_>, inputs: &[Input<'_>]) -> Result<TokenStream, String> {
    let Some(body) = &context.operation.body else {
        return Ok(TokenStream::new());
    };
    let check = match &body.ty {
        Type::Named(name) => {
            let enforcement = quote!(self.client.core().policy_enforcement());
            let call = context.checked.call(name, &quote!(body), &enforcement);
            call.map(|call| quote!(#call?;))
        }
        _ => None,
    };
    let Some((name, fields)) = context.body_fields() else {
        let set = body_idents(inputs);
        let argument = context.catalog.argument(&context.operation.ident, "body");
        let field = quote!(self.#(#set)*);
        let kept = argument.map_or(quote!(#field.clone()), |argument| {
            kept_value(&field, &argument.owned)
        });
        return Ok(quote! {
            let body = check::required("body", #kept)?;
            #check
        });
    };
    let type_name = ident(name);
    let mut values = Vec::new();
    for (field, set) in fields.iter().zip(body_idents(inputs)) {
        let ty = context
            .catalog
            .field(name, &field.ident)
            .ok_or_else(|| format!("progenitor has no field {name}.{}", field.ident))?;
        let setter = Setter::of(ty);
        let target = ident(&field.ident);
        let wire = &field.name;
        let boxed = setter.in_box(&quote!(value));
        let kept = kept_value(&quote!(self.#set), &setter.inner);
        let value = match (setter.optional, boxed.to_string() == "value") {
            // What is not set is left out; a required one that may be null goes out as null.
            (true, true) => kept,
            (true, false) => quote!(#kept.map(Box::new)),
            (false, _) => setter.in_box(&quote!(check::required(#wire, #kept)?)),
        };
        values.push(quote!(#target: #value));
    }
    Ok(quote! {
        let body = types::#type_name { #(#values),* };
        #check
    })
}

/// What progenitor's method is given for each of its arguments.
fn call_arguments(context: &Context<'_>) -> Result<HashMap<String, TokenStream>, String> {
    let operation = context.operation;
    let project = context.project_id().map(|it| &it.ident);
    let names = context.catalog.argument_names(&operation.ident);
    let arguments = names.filter(|name| Some(*name) != project).map(|name| {
        if name == "body" {
            let argument = context.catalog.argument(&operation.ident, name);
            let value = match argument.map(|argument| argument.pass) {
                Some(Pass::Value) => quote!(body),
                _ => quote!(&body),
            };
            return Ok((name.clone(), value));
        }
        let parameters = operation.parameters.iter().filter(|p| is_sent(p));
        let parameter = parameters.clone().find(|p| p.ident == *name);
        let parameter = parameter.ok_or_else(|| {
            format!("progenitor asks for an argument `{name}` that nothing gives")
        })?;
        Ok((name.clone(), call_argument(context, parameter)?))
    });
    arguments.collect()
}

fn call_argument(context: &Context<'_>, parameter: &Parameter) -> Result<TokenStream, String> {
    let name = ident(&parameter.ident);
    let argument = argument(context, parameter)?;
    if parameter.location == ParameterLocation::Path {
        return Ok(match plain_argument(parameter) {
            Some(_) => quote!(&self.#name.to_string()),
            None => quote!(&self.#name),
        });
    }
    let secret = parameter.ty == Type::Password;
    Ok(match (parameter.required, argument.pass, secret) {
        (true, _, true) => quote!(#name.expose()),
        (true, Pass::Str | Pass::Reference, false) => quote!(&#name),
        (true, Pass::Value, false) => quote!(#name),
        (false, _, true) => quote!(self.#name.as_ref().map(|value| value.expose())),
        (false, Pass::Str, false) => quote!(self.#name.as_deref()),
        (false, Pass::Reference, false) => quote!(self.#name.as_ref()),
        (false, Pass::Value, false) => kept_value(&quote!(self.#name), &argument.owned),
    })
}
