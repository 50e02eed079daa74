//! `mock`: a typed fake of each operation, on the runtime's script.

mod operation;
mod root;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::prepare::is_required;
use crate::model::{Model, NamedSchema, SchemaKind, Service};

use super::operation::example::{self, Secrets};
use super::operation::{Context, title};
use super::tokens::{begins_path, doc, ident, many_arguments, print};

/// Emits what is one for all services.
pub fn emit(model: &Model) -> Result<Vec<(String, String)>, String> {
    let text = root::emit(model)?;
    Ok(vec![("src/mock.rs".to_owned(), text)])
}

/// Emits the fakes of a service.
pub fn emit_service(service: &Service, contexts: &[Context<'_>]) -> Result<String, String> {
    let name = ident(&service.type_name);
    let methods = contexts.iter().map(method);
    let operations: Vec<_> = contexts
        .iter()
        .map(operation::emit)
        .collect::<Result<_, String>>()?;
    let catalog = contexts.first().map(|context| context.catalog);
    let constructors: Vec<_> = service
        .schemas
        .values()
        .filter_map(|schema| constructor(schema, catalog?))
        .collect();
    let module = ident(&service.module);
    let code = quote!(#(#operations)* #(#constructors)*);
    let imports = if begins_path(&code, "types") {
        quote!({self as service, types})
    } else {
        quote!({ self as service })
    };
    let title = super::service::title(service);
    let example = contexts.first().map(doc_example).unwrap_or_default();
    let module_doc = super::tokens::inner_doc(&format!("{title}, faked.\n\n{example}"))?;
    let docs = doc(&format!("The calls of {title}, to be mocked."));
    let deprecated = super::allow_deprecated(service).or_else(|| {
        let fields = super::types::fields(service);
        let any = fields.into_iter().any(|field| field.deprecated);
        let any = any && !constructors.is_empty();
        any.then(|| quote!(#![allow(deprecated, reason = "deprecated fields get a value too")]))
    });
    print(
        &service.path,
        quote! {
            #module_doc
            #deprecated

            use crate::runtime::Operation;
            use crate::runtime::generated::Script;
            use crate::runtime::mock::{Expectation, MockedOperation, Received, Reply, Unreadable};

            use crate::#module::#imports;

            #docs
            #[derive(Clone, Debug)]
            pub struct #name {
                script: Script,
            }

            impl #name {
                pub(super) fn new(script: Script) -> Self {
                    Self { script }
                }
                #(#methods)*
            }

            #code
        },
    )
}

/// The example in a service's documentation, which runs.
fn doc_example(context: &Context<'_>) -> String {
    let krate = context.service.package.krate();
    let call = example::call(context, Secrets::Literal);
    let expression = example::pretty(&call.expression);
    let (service, operation) = (&context.service.module, &context.operation.ident);
    let password = if example::uses_password(&call.expression) {
        format!("use {krate}::Password;\n")
    } else {
        String::new()
    };
    let first = context
        .project_id()
        .map(|project| (project.ident.as_str(), "PROJECT_ID".to_owned()));
    let with = first
        .map(|(field, value)| format!("\n    .with(|request| request.{field} == {value})"))
        .unwrap_or_default();
    let import = if with.is_empty() {
        "Mock"
    } else {
        "{Mock, PROJECT_ID}"
    };
    format!(
        "```\n{password}use {krate}::mock::{import};\n\n\
         # #[tokio::main(flavor = \"current_thread\")]\n\
         # async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n\
         let mock = Mock::new();\n\
         let calls = mock\n    .{service}()\n    .{operation}(){with}\n    .times(1)\n    .returns_example();\n\n\
         let client = mock.client(); // What your own code is given.\n\
         let response = {expression}\n    .send()\n    .await?;\n\n\
         assert!((200..300).contains(&response.status()));\n\
         assert_eq!(calls.count(), 1);\n\
         println!(\"{{:?}}\", calls.last());\n\
         mock.assert();\n# Ok(())\n# }}\n```"
    )
}

fn method(context: &Context<'_>) -> TokenStream {
    let (module, name) = (
        ident(&context.operation.ident),
        ident(&context.operation.type_name),
    );
    let docs = doc(&format!(
        "{}: begins a response to it.",
        title(context.operation)
    ));
    quote! {
        #docs
        pub fn #module(&self) -> Expectation<#module::#name> {
            Expectation::new(self.script.clone())
        }
    }
}

/// `new` for a type of responses that has none: some of its fields must be there, and it may grow.
fn constructor(schema: &NamedSchema, catalog: &super::catalog::Catalog) -> Option<TokenStream> {
    let SchemaKind::Object { fields, extra } = &schema.kind else {
        return None;
    };
    let usage = schema.usage;
    let responses = usage.success || usage.error;
    let needed = fields.iter().any(|field| is_required(field, schema));
    if !responses || usage.made_by_callers || !needed {
        return None;
    }
    let name = ident(&schema.name);
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for field in fields {
        let field_name = ident(&field.ident);
        if is_required(field, schema) {
            let ty = catalog.field(&schema.name, &field.ident)?;
            arguments.push(quote!(#field_name: impl Into<#ty>));
            values.push(quote!(#field_name: #field_name.into()));
        } else {
            values.push(quote!(#field_name: Default::default()));
        }
    }
    if extra.is_some() {
        values.push(quote!(extra: Default::default()));
    }
    let many = many_arguments(arguments.len());
    Some(quote! {
        impl types::#name {
            /// Makes one with what must be there, for a mock to respond with; the other fields can
            /// be set afterwards.
            #many
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    })
}
