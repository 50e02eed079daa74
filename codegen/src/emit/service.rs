//! The module of a service: its accessor, its addresses, its operations.

mod endpoints;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, NamedSchema, Operation, SchemaKind, Service};

use super::docs::{code, link as address, markdown, service_title};
use super::operation::Context;
use super::text::docs;
use super::tokens::{Part, doc, ident, inner_doc, many_arguments, print_parts};

/// The modules of a service that callers do not see, and that not every service has.
pub struct Private {
    /// Whether it has checks.
    pub checks: bool,
    /// The name of the one with the calls that the client makes by itself.
    pub own_calls: Option<&'static str>,
}

/// Emits the module of a service.
pub fn emit(
    contexts: &[Context<'_>],
    service: &Service,
    private: &Private,
) -> Result<String, String> {
    let (module, name) = (ident(&service.module), ident(&service.type_name));
    let modules = service.operations.iter().map(|operation| {
        let same_name = allow_same_name(operation, service);
        let name = ident(&operation.ident);
        quote!(#same_name pub mod #name;)
    });
    let types = service.operations.iter().map(|operation| {
        let (module, name) = (ident(&operation.ident), ident(&operation.type_name));
        quote!(pub use self::#module::#name;)
    });
    let methods = contexts.iter().map(method);
    let checks = private.checks.then(|| {
        quote!(
            mod checks;
        )
    });
    let own_calls = private.own_calls.map(ident);
    let own_calls = own_calls.map(|module| {
        quote!(
            pub(crate) mod #module;
        )
    });
    let module_doc = inner_doc(&service_text(service))?;
    let accessor_doc = docs(4, &format!("The calls of {}.", service_title(service)));
    let head = quote! {
        #module_doc

        use crate::runtime::ServiceEndpoints;
        use crate::runtime::generated::{accessor, endpoints};

        use crate::Client;

        #checks
        #own_calls
        #(#modules)*
        pub mod types;

        #(#types)*
    };
    let accessor = format!(
        "accessor! {{\n{accessor_doc}    Client::{module} -> {name} {{ client: Client = |client| client.clone() }}\n}}\n"
    );
    let methods = quote! {
        impl #name {
            #(#methods)*
        }
    };
    print_parts(
        &service.path,
        [
            Part::Code(head),
            Part::Text(endpoints::emit(service)),
            Part::Text(accessor),
            Part::Code(methods),
        ],
    )
}

/// The declarations of the modules of all services. What is emitted may name all that the document
/// calls deprecated: warning of it is for callers.
pub fn modules(model: &Model, attributes: impl Fn(&Service) -> TokenStream) -> Vec<TokenStream> {
    let one = |service: &Service| {
        let (attributes, module) = (attributes(service), ident(&service.module));
        let deprecated = has_deprecated(service).then(
            || quote!(#[allow(deprecated, reason = "it has what callers are to be warned of")]),
        );
        quote!(#deprecated #attributes mod #module;)
    };
    model.services.iter().map(one).collect()
}

/// The same, for callers to see.
pub fn public_modules(model: &Model) -> Vec<TokenStream> {
    modules(model, |service| {
        let feature = &service.name;
        quote! {
            #[cfg(feature = #feature)]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            pub
        }
    })
}

/// Whether the document calls anything of a service deprecated.
fn has_deprecated(service: &Service) -> bool {
    let mut operations = service.operations.iter();
    let mut schemas = service.schemas.values();
    let of_operation =
        |it: &Operation| it.deprecated || it.parameters.iter().any(|it| it.deprecated);
    let of_schema = |it: &NamedSchema| match &it.kind {
        _ if it.deprecated => true,
        SchemaKind::Object { fields, .. } => fields.iter().any(|field| field.deprecated),
        SchemaKind::OneOf { .. } | SchemaKind::Enum { .. } => false,
    };
    operations.any(of_operation) || schemas.any(of_schema)
}

/// Lets the module of an operation have the name of its service.
pub fn same_name(context: &Context<'_>) -> Option<TokenStream> {
    allow_same_name(context.operation, context.service)
}

fn allow_same_name(operation: &Operation, service: &Service) -> Option<TokenStream> {
    (operation.ident == service.module).then(
        || quote!(#[allow(clippy::module_inception, reason = "named as the document names it")]),
    )
}

fn service_text(service: &Service) -> String {
    let mut text = service_title(service);
    if let Some(description) = &service.description {
        text.push_str(&format!("\n\n{}", markdown(description)));
    }
    text.push_str("\n\n| method | what it does |\n|---|---|");
    for operation in &service.operations {
        text.push_str(&format!(
            "\n| [`{}`]({}::{}) | {} |",
            operation.ident,
            service.type_name,
            operation.ident,
            super::operation::title(operation).replace('|', "\\|"),
        ));
    }
    if let Some(link) = &service.docs {
        text.push_str(&format!("\n\n{}", address(&link.url)));
    }
    text
}

/// The method of the accessor that starts an operation.
fn method(context: &Context<'_>) -> TokenStream {
    let operation: &Operation = context.operation;
    let (module, name) = (ident(&operation.ident), ident(&operation.type_name));
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for parameter in context.arguments() {
        let name = ident(&parameter.ident);
        match context.plain_argument(parameter) {
            Some(ty) => {
                arguments.push(quote!(#name: #ty));
                values.push(quote!(#name));
            }
            None => {
                arguments.push(quote!(#name: impl Into<String>));
                values.push(quote!(#name.into()));
            }
        }
    }
    let many = many_arguments(arguments.len() + 1);
    let docs = doc(&format!(
        "{}\n\n{}; see [`{}`] for parameters, responses and an example.",
        super::operation::title(operation),
        code(&format!("{} {}", operation.method.wire(), operation.path)),
        operation.type_name,
    ));
    let deprecated = operation.deprecated.then(
        || quote!(#[deprecated(note = "the documentation of the API marks it as deprecated")]),
    );
    quote! {
        #docs
        #deprecated
        #many
        pub fn #module(&self #(, #arguments)*) -> #name {
            #name::new(self.client.clone() #(, #values)*)
        }
    }
}
