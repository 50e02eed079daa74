//! `src/mock.rs`: the fake of all services and the client it gives.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::operation::{Context, example};
use crate::emit::setup;
use crate::emit::tokens::{ident, inner_doc, print};
use crate::model::Model;

const DOCS: &str = "A fake of the services, for your own tests.

A [`Mock`] is told what each call gets, in the types of the call,
and gives a [`Client`]. All of that client is the real one but the network: requests
are checked, written and signed, and responses are read from their bytes. What was
asked for can be looked at, passwords too; they can be compared, and never print.

A call that nothing was told about fails with an error that names it, and so does
[`Mock::assert`].";

pub(super) fn emit(model: &Model, contexts: &[Context<'_>]) -> Result<String, String> {
    let modules = crate::emit::service::public_modules(model);
    let operations = model.services.iter().map(|service| {
        let (feature, module) = (&service.name, ident(&service.module));
        quote!(#[cfg(feature = #feature)] #module::OPERATIONS)
    });
    let setup = &model.package.setup;
    let project_id = example::PROJECT_ID;
    let project = (!setup.project.is_empty()).then(|| {
        quote! {
            /// The project of the client that a [`Mock`] gives.
            pub const PROJECT_ID: &str = #project_id;
        }
    });
    let first = model.services.iter().find(|it| !it.operations.is_empty());
    let begin = |piece: &str| -> Result<TokenStream, String> {
        let code = setup::in_region(piece, first, model);
        code.parse().map_err(|error| format!("{code}: {error}"))
    };
    let client = begin(&setup.client)?;
    let blocking = begin(&setup.blocking)?;
    let caller = setup::mock(model);
    let needs_type = caller
        .contains("Credentials::")
        .then(|| quote!(Credentials,));
    let caller = begin(&setup::step(&caller, &setup.project))?;
    let example = crate::emit::package::chosen(contexts).map(super::doc_example);
    let docs = example.map_or(DOCS.to_owned(), |example| format!("{DOCS}\n\n{example}"));
    let docs = inner_doc(&docs)?;
    print(
        "spec/",
        quote! {
            #docs

            #(#modules)*

            use std::sync::Arc;

            use crate::runtime::Operation;
            use crate::runtime::generated::{BuiltClient, Script};

            pub use crate::runtime::mock::{Calls, Expectation, MockedOperation, Received, Reply, Unreadable};

            use crate::{Client, ClientBuilder, #needs_type RetryPolicy};

            #project

            /// The operations that are compiled in, by service.
            static OPERATIONS: &[&[&Operation]] = &[#(#operations),*];

            /// A fake of all services. Clones are the same fake.
            #[derive(Clone, Debug)]
            pub struct Mock {
                script: Script,
            }

            impl Default for Mock {
                fn default() -> Self {
                    Self::new()
                }
            }

            impl Mock {
                /// A mock that was told nothing yet.
                pub fn new() -> Self {
                    Self { script: Script::new(OPERATIONS) }
                }

                /// A client whose calls come here. It sends nothing twice; see
                /// [`builder`](Self::builder) for one that does.
                ///
                /// # Panics
                /// Never, as far as anybody knows: the settings are fixed.
                pub fn client(&self) -> Client {
                    match self.builder().build() {
                        Ok(client) => client,
                        Err(error) => unreachable!("the client of a mock can be built: {error}"),
                    }
                }

                /// The same without async.
                ///
                /// # Errors
                /// When the system gives no thread.
                #[cfg(feature = "blocking")]
                #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
                pub fn blocking_client(&self) -> Result<crate::blocking::Client, crate::BuilderError> {
                    self.set_up(crate::blocking::#blocking).build()
                }

                /// The builder of [`client`](Self::client), to change settings such as retries, the
                /// project or what happens to weak passwords. Leave transport and endpoints as they
                /// are.
                pub fn builder(&self) -> ClientBuilder {
                    self.set_up(#client)
                }

                fn set_up<C>(&self, mut builder: ClientBuilder<C>) -> ClientBuilder<C> {
                    for service in Client::description().services {
                        let name = service.service;
                        builder = builder.service_endpoint(name, Script::endpoint(name));
                    }
                    builder
                        #caller
                        .retry_policy(RetryPolicy::none())
                        // Nobody is to wait for a service that is not there.
                        .no_rate_limit()
                        .transport(Arc::new(self.script.clone()))
                }

                /// Everything that is not as the test said: expectations that were not used, or not
                /// as often as [`times`](Expectation::times) says, and calls that it was told nothing about.
                ///
                /// # Errors
                /// All of it, one line each.
                pub fn verify(&self) -> Result<(), String> {
                    self.script.verify()
                }

                /// Makes the test fail if anything is not as it said; see [`verify`](Self::verify).
                ///
                /// # Panics
                /// Then, with all of it.
                #[track_caller]
                pub fn assert(&self) {
                    if let Err(problems) = self.verify() {
                        panic!("the calls were not those that the mock expected:\n{problems}");
                    }
                }
            }
        },
    )
}
