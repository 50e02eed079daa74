//! The fake of one operation: what it reads of a request and writes of a response.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::emit::catalog::{inside, is_copy};
use crate::emit::docs::code;
use crate::emit::operation::{
    Context, ResponseVariant, Target, body_example, header_examples, headers, output_elsewhere,
    response_variants,
};
use crate::emit::tokens::{doc, ident, raw, rust_type};
use crate::model::{Parameter, ParameterLocation, Type};

/// The fake of one operation: its marker, its request, and how its values go over the wire.
pub(super) fn emit(context: &Context<'_>) -> Result<TokenStream, String> {
    let (module, name) = (
        ident(&context.operation.ident),
        ident(&context.operation.type_name),
    );
    let error = error(context);
    let output = output_elsewhere(context);
    let (fields, reading, values) = request(context)?;
    let (good, bad) = response_variants(context);
    let response = response(context, &good);
    let failure = failure(context, &bad);
    let example = example_reply(context, good.first());
    let received = if values.is_empty() {
        quote!(_)
    } else {
        quote!(received)
    };
    let id = code(&context.operation.id);
    let same_name = crate::emit::service::same_name(context);
    let module_doc = doc(&format!("{id}, faked."));
    let docs = doc(&format!("Stands for {id} in an `Expectation`."));
    let request_doc = doc(&format!(
        "What a call of {id} asked for, by the names of its arguments and setters."
    ));
    Ok(quote! {
        #module_doc
        #same_name
        pub mod #module {
            use super::*;

            #docs
            #[derive(Clone, Copy, Debug)]
            #[non_exhaustive]
            pub struct #name;

            #request_doc
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub struct Request {
                #(#fields,)*
            }

            impl MockedOperation for #name {
                type Request = Request;
                type Output = #output;
                type Failure = #error;

                const OPERATION: &'static Operation = &service::#module::OPERATION;

                fn request(#received: &Received) -> Result<Request, Unreadable> {
                    #reading
                    Ok(Request { #(#values,)* })
                }

                #response
                #failure

                fn example() -> Reply {
                    #example
                }
            }
        }
    })
}

/// The error type of the operation.
fn error(context: &Context<'_>) -> TokenStream {
    let (module, error) = (ident(&context.operation.ident), context.error_type());
    quote!(service::#module::#error)
}

/// The fields of the request, what reads it, and the value of each field.
type RequestParts = (Vec<TokenStream>, TokenStream, Vec<TokenStream>);

fn request(context: &Context<'_>) -> Result<RequestParts, String> {
    let mut fields = Vec::new();
    let mut values = Vec::new();
    let mut add = |name: &str, text: String, ty: TokenStream, value: TokenStream| {
        let (name, docs) = (ident(name), doc(&text));
        fields.push(quote!(#docs pub #name: #ty));
        values.push(quote!(#name: #value));
    };
    let path = context.operation.parameters.iter();
    for parameter in path.filter(|parameter| parameter.location == ParameterLocation::Path) {
        let (ty, wire) = (text_type(parameter), &parameter.name);
        let text = format!("{} of the path.", code(wire));
        add(&parameter.ident, text, ty, quote!(received.path_as(#wire)?));
    }
    let mut reading = TokenStream::new();
    let optional = context
        .operation
        .body
        .as_ref()
        .is_some_and(|body| !body.required);
    for input in context.inputs() {
        match input.target {
            Target::Parameter(parameter) => {
                let wire = &parameter.name;
                let (place, read) = match parameter.location {
                    ParameterLocation::Query => ("query", quote!(query_as)),
                    ParameterLocation::Header => ("header", quote!(header_as)),
                    ParameterLocation::Path | ParameterLocation::Cookie => continue,
                };
                let ty = text_type(parameter);
                let text = format!("{} of the {place}, if it was sent.", code(wire));
                let value = if parameter.ty == Type::Password {
                    quote!(received.#read::<String>(#wire)?.map(Into::into))
                } else {
                    quote!(received.#read(#wire)?)
                };
                add(&input.ident, text, quote!(Option<#ty>), value);
            }
            Target::Field(field) => {
                let (owner, _) = context.body_fields().ok_or("a field without a body")?;
                let ty = context
                    .catalog
                    .field(owner, &field.ident)
                    .ok_or_else(|| format!("progenitor has no field {owner}.{}", field.ident))?;
                if reading.is_empty() {
                    reading = read_body(&ident(owner).to_token_stream(), optional);
                }
                let target = ident(&field.ident);
                let text = format!("{} of the body.", code(&field.name));
                let bare = inside(ty, "Option");
                let value = if is_copy(bare.unwrap_or(ty)) {
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
            Target::Body(_) => {
                let argument = context
                    .catalog
                    .argument(&context.operation.ident, "body")
                    .ok_or("progenitor takes no body")?;
                let ty = &argument.owned;
                let value = quote!(received.json()?);
                let (ty, value) = if optional {
                    (quote!(Option<#ty>), value)
                } else {
                    let missing = quote!(ok_or_else(|| Unreadable::new("the body")));
                    (ty.to_token_stream(), quote!(#value.#missing?))
                };
                add(&input.ident, "The body.".to_owned(), ty, value);
            }
        }
    }
    Ok((fields, reading, values))
}

fn read_body(name: &TokenStream, optional: bool) -> TokenStream {
    if optional {
        quote!(let body: Option<types::#name> = received.json()?;)
    } else {
        quote! {
            let body: types::#name =
                received.json()?.ok_or_else(|| Unreadable::new("the body"))?;
        }
    }
}

/// The type of a parameter as it is read out of text: what is no single value stays text.
fn text_type(parameter: &Parameter) -> TokenStream {
    match parameter.ty {
        Type::Integer { .. } | Type::Number { .. } | Type::Boolean => rust_type(&parameter.ty),
        Type::Password if parameter.location != ParameterLocation::Path => rust_type(&parameter.ty),
        _ => quote!(String),
    }
}

fn arm(context: &Context<'_>, response: &ResponseVariant<'_>, owner: &TokenStream) -> TokenStream {
    let status = response.example_status(context);
    let variant = &response.variant;
    match response.body {
        Some(_) => quote!(#owner::#variant(body) => Reply::json(#status, body),),
        None => quote!(#owner::#variant => Reply::status(#status),),
    }
}

fn response(context: &Context<'_>, good: &[ResponseVariant<'_>]) -> TokenStream {
    let output = output_elsewhere(context);
    let single = good.iter().find(|response| response.variant.is_none());
    let (argument, body) = match single {
        Some(response) => {
            let status = response.example_status(context);
            match response.body {
                Some(_) if !headers(context).is_empty() => {
                    let headers = reply_headers(context);
                    (
                        quote!(response),
                        quote! { let mut reply = Reply::json(#status, &response.body); #headers reply },
                    )
                }
                None if !headers(context).is_empty() => {
                    let headers = reply_headers(context);
                    (
                        quote!(response),
                        quote! { let mut reply = Reply::status(#status); #headers reply },
                    )
                }
                Some(_) => (quote!(response), quote!(Reply::json(#status, response))),
                None => (quote!(_), quote!(Reply::status(#status))),
            }
        }
        None if good.is_empty() => (quote!(_), quote!(Reply::status(200))),
        None => {
            let arms = good.iter().map(|response| arm(context, response, &output));
            (quote!(response), quote!(match response { #(#arms)* }))
        }
    };
    quote! {
        fn success(#argument: &Self::Output) -> Reply { #body }
    }
}

/// Puts the headers of a response on its reply.
fn reply_headers(context: &Context<'_>) -> TokenStream {
    let lines = headers(context).iter().map(|header| {
        let (name, field) = (&header.name, ident(&header.ident));
        let text = match &header.ty {
            Type::Password => quote!(value.expose()),
            _ => quote!(&value.to_string()),
        };
        let put = quote!(reply = reply.header(#name, #text););
        if header.required {
            quote! { let value = &response.#field; #put }
        } else {
            quote!(if let Some(value) = &response.#field { #put })
        }
    });
    quote!(#(#lines)*)
}

fn failure(context: &Context<'_>, bad: &[ResponseVariant<'_>]) -> TokenStream {
    let error = error(context);
    let arms = bad.iter().map(|response| arm(context, response, &error));
    let body = if bad.is_empty() {
        quote!(match *failure {})
    } else {
        quote!(match failure { #(#arms)* })
    };
    quote! {
        fn failure(failure: &#error) -> Reply { #body }
    }
}

fn example_reply(context: &Context<'_>, good: Option<&ResponseVariant<'_>>) -> TokenStream {
    let Some(good) = good else {
        return quote!(Reply::status(200));
    };
    let status = good.example_status(context);
    let examples = header_examples(context, good.response);
    let headers = examples
        .iter()
        .map(|(name, value, _)| quote!(.header(#name, #value)));
    match body_example(context, good.response) {
        Some(body) => {
            let text = raw(&body.to_string());
            quote!(Reply::text(#status, "application/json", #text) #(#headers)*)
        }
        None => quote!(Reply::status(#status) #(#headers)*),
    }
}
