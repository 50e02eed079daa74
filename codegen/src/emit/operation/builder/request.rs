//! How what the builder keeps becomes a request: everything is checked, then it is built.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::catalog::is_copy;
use crate::emit::checks::{nested, rules};
use crate::emit::setter::Setter;
use crate::emit::tokens::ident;
use crate::model::{Content, Parameter, Type};

use super::{
    Context, Input, Target, extra_type, kept_parameter, policy_constant_of, whole_body, wire,
};

/// `request`: everything is checked, then the request is built.
pub(super) fn request(context: &Context<'_>, inputs: &[Input<'_>]) -> Result<TokenStream, String> {
    let operation = context.operation;
    let mut steps = enforcement(context);
    for parameter in context.arguments() {
        let name = ident(&parameter.ident);
        let wire = &parameter.name;
        if context.plain_argument(parameter).is_none() {
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
        steps.extend(nested(&parameter.ty, &value, wire, context.checked));
    }
    for input in inputs {
        let Target::Parameter(parameter) = input.target else {
            continue;
        };
        let name = ident(&input.ident);
        let wire = &parameter.name;
        if parameter.required {
            let kept = kept_value(&quote!(self.#name), &kept_parameter(parameter)?);
            steps.extend(quote!(let #name = check::required(#wire, #kept)?;));
        }
        let value = match parameter.required {
            true => quote!(&#name),
            false => quote!(value),
        };
        let policy = policy_constant_of(input);
        let mut checks = rules(&parameter.ty, &parameter.constraints, policy, wire, &value);
        // What is called of a value takes it as it is.
        let inside = match (parameter.required, &parameter.ty) {
            (true, ty) if !matches!(ty, Type::Nullable(_)) => quote!(#name),
            _ => value,
        };
        checks.extend(nested(&parameter.ty, &inside, wire, context.checked));
        if parameter.required {
            steps.extend(checks);
        } else if !checks.is_empty() {
            steps.extend(quote!(if let Some(value) = &self.#name { #checks }));
        }
    }
    let call = |with_body: bool| {
        let body = with_body.then(|| wire::body(context)).flatten();
        wire::request(context, &body.unwrap_or_default())
    };
    let written = operation.body.as_ref().filter(|it| !it.others.is_empty());
    let written = written.map(|body| {
        let request = returned(wire::request(context, &wire::written(body)));
        quote!(if let Some(written_body) = &self.written_body { #request })
    });
    let body = body(context, inputs)?;
    let may_lack_body = operation.body.as_ref().is_some_and(|body| !body.required);
    let request = match (may_lack_body, body_idents(inputs).as_slice()) {
        (true, []) => call(false),
        (true, set) => {
            let (without, whole) = (returned(call(false)), call(true));
            quote! {
                if #(self.#set.is_none())&&* {
                    #without
                }
                #body
                #whole
            }
        }
        (false, _) => {
            let whole = call(true);
            quote!(#body #whole)
        }
    };
    Ok(quote! {
        fn request(&self) -> Result<wire::Request, InvalidRequest> {
            #steps
            #written
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
    let asks = |p: &Parameter| p.policy.is_some() || context.checked.asks(&p.ty);
    if !parameters
        .iter()
        .any(|p| asks(p) && p.client_parameter.is_none())
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
    if let Content::Multipart(parts) = &body.content {
        return Ok(wire::multipart(inputs, parts));
    }
    let check = match &body.ty {
        Type::Named(name) => {
            let enforcement = quote!(self.client.core().policy_enforcement());
            let call = context.checked.call(name, &quote!(body), &enforcement);
            call.map(|call| quote!(#call?;)).unwrap_or_default()
        }
        ty => {
            let enforcement = context
                .checked
                .asks(ty)
                .then(|| quote!(let enforcement = self.client.core().policy_enforcement();));
            let inside = nested(ty, &quote!(body), "body", context.checked);
            quote!(#enforcement #inside)
        }
    };
    let Some((name, fields)) = context.body_fields() else {
        let set = body_idents(inputs);
        let kept = kept_value(&quote!(self.#(#set)*), &whole_body(body)?);
        return Ok(quote! {
            let body = check::required("body", #kept)?;
            #check
        });
    };
    let type_name = ident(name);
    let mut values = Vec::new();
    for (field, set) in fields.iter().zip(body_idents(inputs)) {
        let ty = context.field_type(name, field)?;
        let setter = Setter::of(&ty);
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
    for input in inputs
        .iter()
        .filter(|it| matches!(it.target, Target::Extra))
    {
        let set = ident(&input.ident);
        let kept = kept_value(&quote!(self.#set), &extra_type(context)?);
        values.push(quote!(extra: #kept.unwrap_or_default()));
    }
    Ok(quote! {
        let body = types::#type_name { #(#values),* };
        #check
    })
}
