//! `blocking`: the client that waits for its calls, with its example.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::Service;
use crate::sample;

use super::operation::example::{self, Secrets};
use super::operation::{Context, body_of, title};
use super::tokens::{header, ident, print};
use super::{conformance, package};

/// Emits the module and its example program.
pub fn emit(contexts: &[Context<'_>]) -> Result<Vec<(String, String)>, String> {
    let mut files = vec![("src/blocking.rs".to_owned(), module(contexts)?)];
    files.extend(
        package::chosen(contexts)
            .map(|context| ("examples/blocking.rs".to_owned(), program(context))),
    );
    Ok(files)
}

/// Emits the tests of a service.
pub fn emit_service(
    service: &Service,
    contexts: &[Context<'_>],
) -> Result<Vec<(String, String)>, String> {
    Ok(vec![(
        format!("tests/blocking_{}.rs", service.name),
        tests(service, contexts)?,
    )])
}

fn module(contexts: &[Context<'_>]) -> Result<String, String> {
    let example = package::chosen(contexts).map(doc_example);
    let example = example.map_or_else(String::new, |example| format!("\n\n{example}"));
    let docs = super::service::inner_doc(&format!(
        "The same calls without async.\n\n\
         A [`Client`] brings a runtime of its own, on one thread that all its clones share. It may \
         be\nmade, used and dropped inside an async function, where it blocks the thread it is \
         called on\nand nothing worse; there, [`crate::Client`] is the better choice.{example}"
    ))?;
    print(
        "spec/",
        quote! {
            #docs

            pub use huaweicloud_runtime::Blocking;

            /// Makes the calls of a [`crate::Client`] and waits for the responses.
            pub type Client = Blocking<crate::Client>;

            /// Says how a [`Client`] works, then builds it.
            pub type ClientBuilder = crate::ClientBuilder<Client>;
        },
    )
}

/// The example in the documentation.
fn doc_example(context: &Context<'_>) -> String {
    let call = example::call(context, Secrets::Environment);
    let expression = example::pretty(&call.expression);
    let password = if example::uses_password(&call.expression) {
        ", Password"
    } else {
        ""
    };
    format!(
        "```no_run\n# #[cfg(feature = \"{feature}\")]\n\
         # fn example() -> Result<(), Box<dyn std::error::Error>> {{\n\
         use huaweicloud_password::{{Credentials{password}, blocking::Client}};\n\n\
         let client = Client::builder(\"{region}\").credentials(Credentials::from_env()?).build()?;\n\
         let call = {expression};\n\
         let response = client.send(call)?;\n\
         println!(\"{{}}\", response.status());\n# Ok(())\n# }}\n```",
        feature = context.service.name,
        region = example::region(context),
    )
}

/// `examples/blocking.rs`.
fn program(context: &Context<'_>) -> String {
    let call = example::call(context, Secrets::Environment);
    let password = example::uses_password(&call.expression);
    let import = if password { ", Password" } else { "" };
    let input = if password {
        "    let new_password = std::env::var(\"NEW_PASSWORD\").map_err(|_| \"NEW_PASSWORD is not set\")?;\n"
    } else {
        ""
    };
    let needs = if password { ", and `NEW_PASSWORD`" } else { "" };
    let deprecated = if call.deprecated {
        "#![allow(deprecated, reason = \"the example of a deprecated operation\")]\n\n"
    } else {
        ""
    };
    format!(
        "{header}//! {title}: without async\n//!\n\
         //! Needs `HUAWEICLOUD_SDK_AK`, `HUAWEICLOUD_SDK_SK` and `HUAWEICLOUD_SDK_PROJECT_ID`{needs}.\n\n\
         {deprecated}use std::process::ExitCode;\n\n\
         use huaweicloud_password::{{Credentials{import}, blocking::Client}};\n\n\
         fn main() -> ExitCode {{\n    \
         match run() {{\n        \
         Ok(()) => ExitCode::SUCCESS,\n        \
         // The text of an error is for people; its `Debug` is for programmers.\n        \
         Err(error) => {{\n            \
         eprintln!(\"error: {{error}}\");\n            \
         ExitCode::FAILURE\n        \
         }}\n    }}\n}}\n\n\
         fn run() -> Result<(), Box<dyn std::error::Error>> {{\n    \
         let client = Client::builder(\"{region}\").credentials(Credentials::from_env()?).build()?;\n\
         {input}    \
         let call = {expression};\n    \
         let response = client.send(call)?;\n    \
         println!(\"done, request id {{:?}}\", response.request_id());\n    Ok(())\n}}\n",
        header = header("//", "spec/"),
        title = title(context.operation),
        region = example::region(context),
        expression =
            example::with_variable(&example::pretty(&call.expression)).replace('\n', "\n    "),
    )
}

/// `tests/blocking_*.rs`: over a real socket, and from inside an async function on purpose.
fn tests(service: &Service, contexts: &[Context<'_>]) -> Result<String, String> {
    let tests = contexts.iter().map(|context| test(service, context));
    let project_id = example::PROJECT_ID;
    print(
        &service.path,
        quote! {
            //! Every operation without async, called and dropped inside an async function.
            #![allow(deprecated, reason = "deprecated operations and fields are tested too")]

            use huaweicloud_password::blocking::Client;
            #[allow(unused_imports, reason = "not every service takes passwords")]
            use huaweicloud_password::{Credentials, Password, RetryPolicy};
            use wiremock::matchers;
            use wiremock::{Mock, MockServer, ResponseTemplate};

            type TestResult = Result<(), Box<dyn std::error::Error>>;

            const REQUEST_ID: &str = "4abc87d1b9e0a3c14abc87d1b9e0a3c1";

            fn client(server: &MockServer) -> Result<Client, Box<dyn std::error::Error>> {
                let credentials =
                    Credentials::aksk("AKIDEXAMPLE", "KeyThatSigns").project_id(PROJECT_ID);
                let builder =
                    Client::builder("cn-north-4").endpoint(server.uri()).retry_policy(RetryPolicy::none());
                Ok(builder.credentials(credentials).build()?)
            }

            const PROJECT_ID: &str = #project_id;

            #(#tests)*
        },
    )
}

fn test(service: &Service, context: &Context<'_>) -> TokenStream {
    let call = example::call(context, Secrets::Literal);
    let (matchers, expression) = (conformance::matchers(context, &call), &call.expression);
    let good = context
        .operation
        .responses
        .iter()
        .find(|response| response.status.is_success());
    let status = good.and_then(|good| conformance::status_of(context, good.status));
    let success = good.zip(status).map(|(good, status)| {
        let body = body_of(context.operation, good).map(|ty| {
            let example = good.example.clone();
            example.unwrap_or_else(|| sample::value(service, ty))
        });
        let answer = conformance::answer(status, body.as_ref());
        let headers = conformance::header_examples(context, good);
        let headers = headers
            .iter()
            .map(|(name, _, value)| quote!(.insert_header(#name, #value)));
        let answer = quote!(#answer #(#headers)*);
        quote! {
            {
                let server = server(#answer).await?;
                let client = client(&server)?;
                let response = client.send(#expression)?;
                assert_eq!(response.status(), #status);
                assert_eq!(response.request_id(), Some(REQUEST_ID));
            }
        }
    });
    let module = format_ident!("{}", ident(&context.operation.ident));
    quote! {
        #[tokio::test]
        async fn #module() -> TestResult {
            async fn server(answer: ResponseTemplate) -> Result<MockServer, Box<dyn std::error::Error>> {
                let server = MockServer::start().await;
                #matchers
                    .respond_with(answer.insert_header("x-request-id", REQUEST_ID))
                    .expect(1)
                    .mount(&server)
                    .await;
                Ok(server)
            }

            #success
            let server = server(ResponseTemplate::new(511)).await?;
            let client = client(&server)?;
            let error = client.send(#expression).unwrap_err();
            assert_eq!(error.status(), Some(511));
            assert_eq!(error.request_id(), Some(REQUEST_ID));
            Ok(())
        }
    }
}
