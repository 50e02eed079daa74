//! `mock`: a typed fake of each operation, on the runtime's script.

mod operation;
mod root;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Model, Service};

use super::operation::example::{self, Secrets};
use super::operation::{Context, title};
use super::text::chain;
use super::tokens::{Beginnings, Part, doc, ident, print_parts, tokens_of};
use super::types::{Firsts, faked};

/// Emits what is one for all services.
pub fn emit(model: &Model, contexts: &[Context<'_>]) -> Result<Vec<(String, String)>, String> {
    let text = root::emit(model, contexts)?;
    Ok(vec![("src/mock.rs".to_owned(), text)])
}

/// Emits the fakes of a service.
pub fn emit_service(service: &Service, contexts: &[Context<'_>]) -> Result<String, String> {
    let name = ident(&service.type_name);
    let methods = contexts.iter().map(method);
    let operations = contexts.iter().map(operation::emit);
    let operations = operations.collect::<Result<Vec<_>, String>>()?;
    let catalog = contexts.first().map(|context| context.catalog);
    let constructors = catalog.map(|catalog| {
        let mut firsts = Firsts::new(service, catalog);
        let schemas = service.schemas.values();
        let faked = schemas.filter_map(|schema| faked(schema, catalog, &mut firsts));
        faked.collect::<String>()
    });
    let constructors = constructors.unwrap_or_default();
    let constructors = super::types::declared(&constructors);
    let module = ident(&service.module);
    let declared = tokens_of(&format!("{}{constructors}", operations.concat()))?;
    let imports = if Beginnings::of([&declared]).has("types") {
        quote!({self as service, types})
    } else {
        quote!({ self as service })
    };
    let macros = match constructors.is_empty() {
        true => quote!({Script, accessor, mocked_operation}),
        false => quote!({Script, accessor, constructors, mocked_operation}),
    };
    let title = super::docs::service_title(service);
    let module_doc = super::tokens::inner_doc(&format!("{title}, faked."))?;
    let docs = super::text::docs(4, &format!("The calls of {title}, to be mocked."));
    let idents = service.operations.iter().map(|it| ident(&it.ident));
    let head = quote! {
        #module_doc

        use crate::runtime::Operation;
        use crate::runtime::generated::#macros;
        use crate::runtime::mock::{Expectation, MockedOperation, Received, Reply, Unreadable};

        use super::Mock;
        use crate::#module::#imports;

        pub(super) static OPERATIONS: &[&Operation] = &[#(&service::#idents::OPERATION),*];
    };
    let accessor = format!(
        "accessor! {{\n{docs}    Mock::{module} -> {name} {{ script: Script = |mock| mock.script.clone() }}\n}}\n"
    );
    let methods = quote! {
        impl #name {
            #(#methods)*
        }
    };
    let operations = operations.into_iter().map(Part::Text);
    let parts = [Part::Code(head), Part::Text(accessor), Part::Code(methods)];
    let parts = parts.into_iter().chain(operations);
    print_parts(&service.path, parts.chain([Part::Text(constructors)]))
}

/// The example in the documentation, which runs.
pub fn doc_example(context: &Context<'_>) -> String {
    let krate = context.service.package.krate();
    let call = example::call(context, Secrets::Literal);
    let expression = chain(0, &call.expression);
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
