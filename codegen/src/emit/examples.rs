//! `examples/`: one program an operation, and the one in the README.

use super::operation::example::{self, Secrets};
use super::operation::{Context, title};
use super::setup::{self, Kind, Place};
use super::text::chain;
use super::tokens::header;

/// Emits the example program of an operation.
pub fn emit(context: &Context<'_>) -> String {
    let header = header("//", &context.service.path);
    format!("{header}{}", program(context))
}

/// The example program without the lines that say where it comes from.
pub fn program(context: &Context<'_>) -> String {
    let call = example::call(context, Secrets::Environment);
    let password = example::uses_password(&call.expression);
    let setup = setup::of(
        context.service,
        context.operation,
        Kind::Async(Place::Program),
    );
    let deprecated = if call.deprecated {
        "#![allow(deprecated, reason = \"the example of a deprecated operation\")]\n\n"
    } else {
        ""
    };
    // A variable that is not set is told by its name.
    let input = if password {
        "    let new_password = std::env::var(\"NEW_PASSWORD\").map_err(|_| \"NEW_PASSWORD is not set\")?;\n"
    } else {
        ""
    };
    let expression = example::with_variable(&chain(0, &call.expression)).replace('\n', "\n    ");
    format!(
        "//! {title}\n\
         {needs}\n\
         {deprecated}use std::process::ExitCode;\n\n\
         use {krate}::{imports};\n\n\
         #[tokio::main]\n\
         async fn main() -> ExitCode {{\n    \
         match run().await {{\n        \
         Ok(()) => ExitCode::SUCCESS,\n        \
         // The text of an error is for people; its `Debug` is for programmers.\n        \
         Err(error) => {{\n            \
         eprintln!(\"error: {{error}}\");\n            \
         ExitCode::FAILURE\n        \
         }}\n    }}\n}}\n\n\
         async fn run() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let client = {client};\n\
         {input}    \
         let result = {expression}\n        .send()\n        .await;\n    \
         match result {{\n        \
         Ok(response) => println!(\"{{response:?}}\"),\n        \
         Err(error) if error.may_have_been_processed() => {{\n            \
         return Err(format!(\"{{error}} (the service may have done it all the same)\").into());\n        \
         }}\n        \
         Err(error) => return Err(error.into()),\n    \
         }}\n    Ok(())\n}}\n{helper}",
        helper = setup.helper(),
        needs = setup.needs(password),
        imports = setup.imports(password),
        client = setup.code(4),
        krate = context.service.package.krate(),
        title = title(context.operation),
    )
}

/// The name of an operation's example program, which no other operation has.
pub fn name(context: &Context<'_>) -> String {
    let module = &context.service.module;
    // `a` with `b_c` and `a_b` with `c` are two operations.
    let separator = if module.contains('_') { "__" } else { "_" };
    format!("{module}{separator}{}", context.operation.ident)
}

/// The program of the README.
pub fn readme(context: &Context<'_>) -> String {
    let call = example::call(context, Secrets::Environment);
    let password = example::uses_password(&call.expression);
    let setup = setup::of(
        context.service,
        context.operation,
        Kind::Async(Place::Program),
    );
    let input = if password {
        "    let new_password = std::env::var(\"NEW_PASSWORD\").map_err(|_| \"NEW_PASSWORD is not set\")?;\n"
    } else {
        ""
    };
    format!(
        "use {krate}::{imports};\n\n\
         #[tokio::main]\n\
         async fn main() {{\n    \
         if let Err(error) = {verb}().await {{\n        \
         eprintln!(\"error: {{error}}\");\n        \
         std::process::exit(1);\n    \
         }}\n}}\n\n\
         async fn {verb}() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let client = {client};\n\
         {input}    \
         let response = {expression}\n        .send()\n        .await?;\n    \
         println!(\"done, request id {{:?}}\", response.request_id());\n    Ok(())\n}}{helper}",
        helper = setup.helper().trim_end().replacen('\n', "\n\n", 1),
        krate = context.service.package.krate(),
        imports = setup.imports(password),
        verb = context.service.package.readme.verb,
        client = setup.code(4),
        expression = example::with_variable(&chain(0, &call.expression)).replace('\n', "\n    "),
    )
}
