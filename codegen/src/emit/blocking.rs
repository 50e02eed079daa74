//! `blocking`: the same calls without async, each around the call that has it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Model, Service};
use crate::sample;

use super::conformance;
use super::docs::code;
use super::operation::example::{self, Secrets};
use super::operation::{
    Context, body_of, many_arguments, output_elsewhere, plain_argument, signatures, title,
};
use super::tokens::{doc, header, ident, print};

/// Emits what is one for all services: the client and its example program.
pub fn emit(model: &Model, example: Option<&str>) -> Result<Vec<(String, String)>, String> {
    let mut files = vec![("src/blocking/mod.rs".to_owned(), client(model)?)];
    files.extend(example.map(|text| ("examples/blocking.rs".to_owned(), text.to_owned())));
    Ok(files)
}

/// Emits the wrappers of a service and their tests.
pub fn emit_service(
    service: &Service,
    contexts: &[Context<'_>],
) -> Result<Vec<(String, String)>, String> {
    Ok(vec![
        (
            format!("src/blocking/{}.rs", service.module),
            wrappers(service, contexts)?,
        ),
        (
            format!("tests/blocking_{}.rs", service.name),
            tests(service, contexts)?,
        ),
    ])
}

fn client(model: &Model) -> Result<String, String> {
    let modules = model.services.iter().map(|service| {
        let (feature, module) = (&service.name, ident(&service.module));
        quote! {
            #[cfg(feature = #feature)]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            pub mod #module;
        }
    });
    let accessors = model.services.iter().map(|service| {
        let (feature, module) = (&service.name, ident(&service.module));
        let name = ident(&service.type_name);
        let docs = doc(&format!("The calls of {}.", super::service::title(service)));
        quote! {
            #docs
            #[cfg(feature = #feature)]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            pub fn #module(&self) -> #module::#name {
                #module::#name::new(self.runtime.clone(), self.client.#module())
            }
        }
    });
    let features: Vec<_> = model.services.iter().map(|service| &service.name).collect();
    let docs = doc(&format!(
        "{}, and waits for the answers.\n\n\
         It is cheap to clone: clones share the connections, the credentials and the thread,\n\
         which ends with the last of them.",
        model.package.client
    ));
    let builder_docs = doc(&super::client::builder_text(model.package));
    print(
        "spec/",
        quote! {
            //! The same calls without async.
            //!
            //! A [`Client`] brings a runtime of its own, on one thread that all its clones share. It
            //! may be made, used and dropped inside an async function, where it blocks the thread
            //! it is called on and nothing worse; there, [`crate::Client`] is the better choice. Each
            //! service has an example.

            #(#modules)*

            use crate::runtime::BuilderError;
            use crate::runtime::generated::{BlockingRuntime, BuiltClient, ClientDescription, Core};

            #docs
            #[derive(Clone, Debug)]
            pub struct Client {
                #[cfg_attr(not(any(#(feature = #features),*)), allow(dead_code, reason = "no service is compiled in"))]
                runtime: BlockingRuntime,
                client: crate::Client,
            }

            /// Says how a [`Client`] works, then builds it.
            pub type ClientBuilder = crate::ClientBuilder<Client>;

            impl Client {
                #builder_docs
                #[must_use]
                pub fn builder(region: impl Into<String>) -> ClientBuilder {
                    ClientBuilder::new(region)
                }

                /// The region the client was built for.
                pub fn region(&self) -> &str {
                    self.client.region()
                }

                /// The project of calls that name no other.
                pub fn project_id(&self) -> Option<&str> {
                    self.client.project_id()
                }

                #(#accessors)*
            }

            impl BuiltClient for Client {
                fn description() -> &'static ClientDescription {
                    crate::Client::description()
                }

                /// Starts its thread.
                fn from_core(core: Core) -> Result<Self, BuilderError> {
                    let runtime = BlockingRuntime::start()?;
                    Ok(Self { runtime, client: crate::Client::of(core) })
                }
            }
        },
    )
}

/// The example in a service's documentation.
fn doc_example(context: &Context<'_>) -> String {
    let call = example::call(context, Secrets::Environment);
    let expression = example::pretty(&call.expression);
    let password = if example::uses_password(&call.expression) {
        ", Password"
    } else {
        ""
    };
    format!(
        "```no_run\n# fn main() -> Result<(), Box<dyn std::error::Error>> {{\n\
         use {krate}::{{Credentials{password}, blocking::Client}};\n\n\
         let client = Client::builder(\"{region}\").credentials(Credentials::from_env()?).build()?;\n\
         let response = {expression}\n    .send()?;\n\
         println!(\"{{}}\", response.status());\n# Ok(())\n# }}\n```",
        krate = context.service.package.krate(),
        region = example::region(context.service),
    )
}

/// `examples/blocking.rs`.
pub fn program(context: &Context<'_>) -> String {
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
         //! Needs {environment}{needs}.\n\n\
         {deprecated}use std::process::ExitCode;\n\n\
         use {krate}::{{Credentials{import}, blocking::Client}};\n\n\
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
         let response = {expression}\n        .send()?;\n    \
         println!(\"done, request id {{:?}}\", response.request_id());\n    Ok(())\n}}\n",
        header = header("//", "spec/"),
        title = title(context.operation),
        environment = context.service.package.environment,
        krate = context.service.package.krate(),
        region = example::region(context.service),
        expression =
            example::with_variable(&example::pretty(&call.expression)).replace('\n', "\n    "),
    )
}

fn wrappers(service: &Service, contexts: &[Context<'_>]) -> Result<String, String> {
    let (module, name) = (ident(&service.module), ident(&service.type_name));
    let methods = contexts.iter().map(|context| method(context));
    let operations: Vec<_> = contexts
        .iter()
        .map(operation)
        .collect::<Result<_, String>>()?;
    let title = super::service::title(service);
    let example = contexts.first().map(doc_example).unwrap_or_default();
    let module_doc = super::tokens::inner_doc(&format!("{title}, without async.\n\n{example}"))?;
    let docs = doc(&format!("The calls of {title}."));
    print(
        &service.path,
        quote! {
            #module_doc
            #![allow(deprecated, reason = "deprecated operations and fields are wrapped too")]

            use crate::runtime::generated::BlockingRuntime;

            #docs
            #[derive(Clone, Debug)]
            pub struct #name {
                runtime: BlockingRuntime,
                service: crate::#module::#name,
            }

            impl #name {
                pub(super) fn new(runtime: BlockingRuntime, service: crate::#module::#name) -> Self {
                    Self { runtime, service }
                }
                #(#methods)*
            }

            #(#operations)*
        },
    )
}

/// The method of the accessor that starts an operation.
fn method(context: &Context<'_>) -> TokenStream {
    let operation = context.operation;
    let (module, name) = (ident(&operation.ident), ident(&operation.type_name));
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for parameter in context.arguments() {
        let name = ident(&parameter.ident);
        let ty = plain_argument(parameter).unwrap_or_else(|| quote!(impl Into<String>));
        arguments.push(quote!(#name: #ty));
        values.push(name);
    }
    let many = many_arguments(arguments.len() + 1);
    let docs = doc(&format!(
        "{}\n\n{}",
        title(operation),
        code(&format!("{} {}", operation.method.wire(), operation.path)),
    ));
    let deprecated = deprecated(operation.deprecated);
    quote! {
        #docs
        #deprecated
        #many
        pub fn #module(&self #(, #arguments)*) -> #module::#name {
            #module::#name {
                runtime: self.runtime.clone(),
                call: self.service.#module(#(#values),*),
            }
        }
    }
}

fn operation(context: &Context<'_>) -> Result<TokenStream, String> {
    let service = ident(&context.service.module);
    let (module, name) = (
        ident(&context.operation.ident),
        ident(&context.operation.type_name),
    );
    let (error, output) = (context.error_type(), output_elsewhere(context));
    let path = format!(
        "crate::{}::{}::{}",
        context.service.module, context.operation.ident, context.operation.type_name
    );
    let setters = signatures(context)?.into_iter().map(|setter| {
        let (name, argument) = (&setter.ident, &setter.argument);
        let docs = doc(&format!("See [`{name}`]({path}::{name})."));
        let deprecated = deprecated(setter.deprecated);
        quote! {
            #docs
            #deprecated
            pub fn #name(mut self, value: #argument) -> Self {
                self.call = self.call.#name(value);
                self
            }
        }
    });
    let options_doc = format!(" See [`call_options`]({path}::call_options).");
    let same_name = crate::emit::service::same_name(context);
    let module_doc = doc(&format!("`{}`, without async.", context.operation.id));
    let docs = doc(&format!(
        "{}\n\nParameters, answers and their meaning are those of [the call with async]({path}).",
        title(context.operation)
    ));
    Ok(quote! {
        #module_doc
        #same_name
        pub mod #module {
            use crate::runtime::generated::BlockingRuntime;
            use crate::runtime::{CallOptions, Error, Response};
            #[allow(unused_imports, reason = "operations without secrets need none")]
            use crate::runtime::Password;

            #[allow(unused_imports, reason = "operations without types need none")]
            use crate::#service::types;

            #docs
            #[derive(Clone, Debug)]
            #[must_use = "nothing is sent until `send` is called"]
            pub struct #name {
                pub(super) runtime: BlockingRuntime,
                pub(super) call: crate::#service::#module::#name,
            }

            impl #name {
                #(#setters)*

                #[doc = #options_doc]
                pub fn call_options(mut self, options: CallOptions) -> Self {
                    self.call = self.call.call_options(options);
                    self
                }

                /// Checks the request, signs it, sends it, and waits for the answer.
                ///
                /// # Errors
                /// [`Error`] says whether anything was sent, what the service answered, and whether
                /// the request may have been processed.
                pub fn send(self) -> Result<Response<#output>, Error<crate::#service::#module::#error>> {
                    self.runtime.run(self.call.send())
                }
            }
        }
    })
}

fn deprecated(yes: bool) -> Option<TokenStream> {
    yes.then(|| quote!(#[deprecated(note = "the vendor's page marks it as deprecated")]))
}

/// `tests/blocking_*.rs`: over a real socket, and from inside an async function on purpose.
fn tests(service: &Service, contexts: &[Context<'_>]) -> Result<String, String> {
    let tests = contexts.iter().map(|context| test(service, context));
    let project_id = example::PROJECT_ID;
    let krate = ident(&service.package.krate());
    let region = service.package.region;
    print(
        &service.path,
        quote! {
            //! Every operation without async, called and dropped inside an async function.
            #![allow(deprecated, reason = "deprecated operations and fields are tested too")]

            use #krate::blocking::Client;
            #[allow(unused_imports, reason = "not every service takes passwords")]
            use #krate::{Credentials, Password, RetryPolicy};
            use wiremock::matchers;
            use wiremock::{Mock, MockServer, ResponseTemplate};

            type TestResult = Result<(), Box<dyn std::error::Error>>;

            const REQUEST_ID: &str = "4abc87d1b9e0a3c14abc87d1b9e0a3c1";

            fn client(server: &MockServer) -> Result<Client, Box<dyn std::error::Error>> {
                let credentials =
                    Credentials::aksk("AKIDEXAMPLE", "KeyThatSigns").project_id(PROJECT_ID);
                let builder =
                    Client::builder(#region).endpoint(server.uri()).retry_policy(RetryPolicy::none());
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
                let response = #expression.send()?;
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
            let error = #expression.send().unwrap_err();
            assert_eq!(error.status(), Some(511));
            assert_eq!(error.request_id(), Some(REQUEST_ID));
            Ok(())
        }
    }
}
