//! An example of a response: in tests and in mocks.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use crate::emit::tokens::ident;
use crate::model::{Representation, Response, Status, Type};
use crate::sample::{self, fits};

use super::Context;

/// The status that stands for a documented one: one that no more particular response stands for.
/// None when there is no such status.
pub fn status_of(context: &Context<'_>, status: Status) -> Option<u16> {
    let takes = |response: &Response, code: u16| match response.status {
        Status::Code(listed) => listed == code,
        Status::Range(hundred) => status == Status::Default && u16::from(hundred) == code / 100,
        Status::Default => false,
    };
    let free = |code: &u16| {
        !context
            .operation
            .responses
            .iter()
            .any(|response| takes(response, *code))
    };
    match status {
        Status::Code(code) => Some(code),
        Status::Range(hundred) => {
            let from = u16::from(hundred) * 100;
            (from + 50..from + 100).chain(from..from + 50).find(free)
        }
        Status::Default => (450..500).chain(550..600).find(free),
    }
}

/// The body of a response in one representation: the document's example, else a sample of its type.
pub fn body_example(context: &Context<'_>, content: &Representation) -> Option<Value> {
    let ty = content.ty.as_ref()?;
    // One that is none of its schema would not be read.
    let example = content.example.clone();
    let example = example.filter(|it| !content.is_json() || fits(context.service, ty, it));
    Some(example.unwrap_or_else(|| sample::value(context.service, ty)))
}

/// The same as it is sent, with its media type.
pub fn sent_example(context: &Context<'_>, content: &Representation) -> Option<(String, String)> {
    let media_type = match (content.is_json(), content.media_type.contains('*')) {
        (true, true) => "application/json".to_owned(),
        // One of the range.
        _ => content.media_type.replace('*', "x"),
    };
    let text = match (content.is_json(), body_example(context, content)?) {
        (false, Value::String(text)) => text,
        (_, value) => value.to_string(),
    };
    Some((media_type, text))
}

/// The headers of a response: name, value, and the text of the field that holds it in `headers`.
pub fn header_examples<'m>(
    context: &Context<'_>,
    response: &'m Response,
) -> Vec<(&'m str, String, TokenStream)> {
    let all = super::headers(context);
    let headers = response.headers.iter().map(|header| {
        let example = header.example.clone();
        let value = match example.unwrap_or_else(|| sample::value(context.service, &header.ty)) {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let field = ident(&header.ident);
        let text = match header.ty {
            Type::Password => quote!(expose().to_owned()),
            _ => quote!(to_string()),
        };
        let is_promised = all.iter().any(|it| it.ident == header.ident && it.required);
        let text = if is_promised {
            quote!(headers.#field.#text)
        } else {
            quote!(headers.#field.as_ref().map(|value| value.#text).unwrap_or_default())
        };
        (header.name.as_str(), value, text)
    });
    headers.collect()
}
