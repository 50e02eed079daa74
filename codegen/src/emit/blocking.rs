//! `blocking`: the client that waits for its calls, with its example.

use quote::quote;

use crate::model::Model;

use super::operation::example::{self, Secrets};
use super::operation::{Context, title};
use super::package;
use super::setup::{self, Kind, Place};
use super::text::chain;
use super::tokens::{header, print};

/// Emits the module and its example program.
pub fn emit(model: &Model, contexts: &[Context<'_>]) -> Result<Vec<(String, String)>, String> {
    let mut files = vec![("src/blocking.rs".to_owned(), module(model, contexts)?)];
    files.extend(
        package::chosen(contexts)
            .map(|context| ("examples/blocking.rs".to_owned(), program(context))),
    );
    Ok(files)
}

fn module(model: &Model, contexts: &[Context<'_>]) -> Result<String, String> {
    let example = package::chosen(contexts).map(doc_example);
    let example = example.map_or_else(String::new, |example| format!("\n\n{example}"));
    let docs = super::tokens::inner_doc(&format!(
        "The same calls without async.\n\n\
         A [`Client`] brings a runtime of its own, on one thread that all its clones share. It may \
         be\nmade, used and dropped inside an async function, where it blocks the thread it is \
         called on\nand nothing worse; there, [`crate::Client`] is the better choice.{example}"
    ))?;
    let built = &model.package.setup.built;
    let built: syn::File = syn::parse_str(built).map_err(|error| format!("{built}: {error}"))?;
    let (imports, built): (Vec<_>, Vec<_>) = built
        .items
        .into_iter()
        .partition(|item| matches!(item, syn::Item::Use(_)));
    print(
        "spec/",
        quote! {
            #docs

            pub use crate::runtime::Blocking;
            #(#imports)*

            /// Makes the calls of a [`crate::Client`] and waits for the responses.
            pub type Client = Blocking<crate::Client>;

            /// Says how a [`Client`] works, then builds it.
            pub type ClientBuilder = crate::ClientBuilder<Client>;

            #(#built)*
        },
    )
}

/// The example in the documentation.
fn doc_example(context: &Context<'_>) -> String {
    let call = example::call(context, Secrets::Environment);
    let expression = chain(0, &call.expression);
    let password = example::uses_password(&call.expression);
    let setup = setup::of(
        context.service,
        context.operation,
        Kind::Blocking(Place::Documentation),
    );
    format!(
        "```no_run\n# #[cfg(feature = \"{feature}\")]\n\
         # fn example() -> Result<(), Box<dyn std::error::Error>> {{\n\
         use {krate}::{imports};\n\n\
         let client = {client};\n\
         let call = {expression};\n\
         let response = client.send(call)?;\n\
         println!(\"{{}}\", response.status());\n# Ok(())\n# }}\n```",
        feature = context.service.name,
        krate = context.service.package.krate(),
        imports = setup.imports(password),
        client = setup.code(0),
    )
}

/// `examples/blocking.rs`.
fn program(context: &Context<'_>) -> String {
    let call = example::call(context, Secrets::Environment);
    let password = example::uses_password(&call.expression);
    let setup = setup::of(
        context.service,
        context.operation,
        Kind::Blocking(Place::Program),
    );
    let input = if password {
        "    let new_password = std::env::var(\"NEW_PASSWORD\").map_err(|_| \"NEW_PASSWORD is not set\")?;\n"
    } else {
        ""
    };
    let deprecated = if call.deprecated {
        "#![allow(deprecated, reason = \"the example of a deprecated operation\")]\n\n"
    } else {
        ""
    };
    format!(
        "{header}//! {title}: without async\n\
         {needs}\n\
         {deprecated}use std::process::ExitCode;\n\n\
         use {krate}::{imports};\n\n\
         fn main() -> ExitCode {{\n    \
         match run() {{\n        \
         Ok(()) => ExitCode::SUCCESS,\n        \
         // The text of an error is for people; its `Debug` is for programmers.\n        \
         Err(error) => {{\n            \
         eprintln!(\"error: {{error}}\");\n            \
         ExitCode::FAILURE\n        \
         }}\n    }}\n}}\n\n\
         fn run() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let client = {client};\n\
         {input}    \
         let call = {expression};\n    \
         let response = client.send(call)?;\n    \
         println!(\"done, request id {{:?}}\", response.request_id());\n    Ok(())\n}}\n{helper}",
        helper = setup.helper(),
        header = header("//", "spec/"),
        title = title(context.operation).trim_end_matches('.'),
        krate = context.service.package.krate(),
        needs = setup.needs(password),
        imports = setup.imports(password),
        client = setup.code(4),
        expression = example::with_variable(&chain(0, &call.expression)).replace('\n', "\n    "),
    )
}
