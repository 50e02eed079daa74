//! The request of an operation, from the model.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::contents::accept;
use crate::emit::operation::is_sent;
use crate::emit::tokens::ident;
use crate::model::{
    Body, Content, FormPart, FormPartKind, ParameterLocation, Spelling, Style, Type,
};

use super::{Context, Input, Target};

/// The request: method and path, then every parameter, then the body.
pub(super) fn request(context: &Context<'_>, body: &TokenStream) -> TokenStream {
    let operation = context.operation;
    let method = ident(operation.method.key());
    let path = path(context);
    let fixed = operation
        .query
        .iter()
        .map(|(name, value)| quote!(.query_param(#name, wire::Style::Form.exploded(), #value)));
    let parameters = operation.parameters.iter().filter_map(|parameter| {
        if !is_sent(parameter) || parameter.client_parameter.is_some() {
            return None;
        }
        let add = match parameter.location {
            ParameterLocation::Path => return None,
            ParameterLocation::Query => quote!(query_param),
            ParameterLocation::Header => quote!(header_param),
            ParameterLocation::Cookie => quote!(cookie_param),
        };
        let (wire, name) = (&parameter.name, ident(&parameter.ident));
        let spelling = spelling(parameter.spelling);
        let value = match parameter.required {
            true => quote!(&#name),
            false => quote!(&self.#name),
        };
        Some(quote!(.#add(#wire, #spelling, #value)))
    });
    let accept = accept(operation).map(|accept| quote!(.header(wire::header::ACCEPT, #accept)));
    quote! {
        Ok(wire::RequestBuilder::#method(#path) #(#fixed)* #(#parameters)* #accept #body .build()?)
    }
}

/// The path, each parameter in its place; that of the project is left to the client.
fn path(context: &Context<'_>) -> TokenStream {
    let mut format = context.operation.path.replace('{', "{{").replace('}', "}}");
    let arguments = context.arguments();
    let values = arguments.iter().map(|parameter| {
        let (wire, name) = (&parameter.name, ident(&parameter.ident));
        format = format.replace(&format!("{{{{{wire}}}}}"), "{}");
        let spelt = || {
            let spelling = spelling(parameter.spelling);
            quote!(wire::path_param(#wire, #spelling, &self.#name)?)
        };
        match (context.plain_argument(parameter), &parameter.ty) {
            (_, Type::Array(_) | Type::Map(_)) | (Some(_), Type::Named(_)) => spelt(),
            _ if parameter.spelling.style != Style::Simple => spelt(),
            (Some(_), _) => quote!(wire::encode_path(&self.#name.to_string())),
            (None, _) => quote!(wire::encode_path(&self.#name)),
        }
    });
    let values: Vec<_> = values.collect();
    match values.as_slice() {
        [] => {
            let path = &context.operation.path;
            quote!(#path)
        }
        values => quote!(format!(#format, #(#values),*)),
    }
}

pub(super) fn body(context: &Context<'_>) -> Option<TokenStream> {
    let body = context.operation.body.as_ref()?;
    let media_type = &body.media_type;
    Some(match &body.content {
        Content::Json => quote!(.json(&body)),
        Content::Form(spellings) => {
            let spellings = spellings.iter().map(|(name, it)| {
                let spelling = spelling(*it);
                quote!((#name, #spelling))
            });
            quote!(.form(&body, &[#(#spellings),*]))
        }
        Content::Multipart(_) => quote!(.multipart(body)),
        Content::Text => quote!(.text(#media_type, &body)),
        Content::Bytes => quote!(.upload(#media_type, &body)),
    })
}

/// A body that callers wrote themselves, in a media type of the document.
pub(super) fn written(body: &Body) -> TokenStream {
    let (first, others) = (&body.media_type, &body.others);
    quote!(.written(&[#first #(, #others)*], written_body))
}

/// The parts of a form, out of what was set.
pub(super) fn multipart(inputs: &[Input<'_>], parts: &[FormPart]) -> TokenStream {
    let mut steps = TokenStream::new();
    let parts = inputs.iter().filter_map(|input| {
        let Target::Field(field) = input.target else {
            return None;
        };
        let part = parts.iter().find(|part| part.name == field.name)?;
        let (wire, name) = (&part.name, ident(&input.ident));
        if field.required {
            steps.extend(quote!(check::required(#wire, self.#name.as_ref())?;));
        }
        let value = match part.kind {
            FormPartKind::Value => quote!(wire::Part::value(&self.#name)),
            FormPartKind::Json => quote!(wire::Part::json(&self.#name)),
            FormPartKind::File => quote!(wire::Part::files(&self.#name)),
            FormPartKind::Files => quote!(wire::Part::files(self.#name.iter().flatten())),
        };
        let content_type = part.content_type.as_ref();
        let content_type = content_type.map(|it| quote!(.content_type(#it)));
        Some(quote!(.part(#wire, #value #content_type)))
    });
    let parts: TokenStream = parts.collect();
    quote!(#steps let body = wire::Multipart::new() #parts;)
}

fn spelling(spelling: Spelling) -> TokenStream {
    let style = ident(&spelling.style.name());
    let exploded = match spelling.explode {
        true => quote!(exploded()),
        false => quote!(joined()),
    };
    let reserved = spelling.allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(wire::Style::#style.#exploded #reserved)
}

#[cfg(test)]
mod tests {
    use crate::load::load;
    use crate::lower::lower;
    use crate::profile::of_the_workspace;
    use crate::source::Source;

    #[test]
    fn names_that_look_like_names_given_are_no_trouble() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /x/{instanceId}/y/{instance_id}:\n    get:\n      \
            operationId: a\n      parameters:\n      - {name: instanceId, in: path, required: true, schema: {type: string}}\n      \
            - {name: instance_id, in: path, required: true, schema: {type: string}}\n      responses: {'200': {description: ok}}\n";
        let loaded = load(&[Source::new("spec/demo.yaml", text)]);
        let (model, _) = lower(&loaded.documents, of_the_workspace());
        let files = crate::emit::emit(&model, of_the_workspace(), &|_, _| {}).unwrap();
        let code: String = files["generated/src/demo/a.rs"]
            .split_whitespace()
            .collect();
        let given = "wire::encode_path(&self.instance_id),wire::encode_path(&self.instance_id_2)";
        assert!(
            code.contains(&format!("format!(\"/x/{{}}/y/{{}}\",{given}")),
            "{code}"
        );
    }
}
