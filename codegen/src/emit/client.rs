//! The crate's root and its `Client`.

use quote::quote;

use crate::model::{Model, Package};
use crate::profile::Profile;

use super::text::{literal, tidy};
use super::tokens::{Part, doc, ident, print, print_parts};

/// Emits `lib.rs`.
pub fn emit_root(model: &Model, profile: &dyn Profile) -> Result<String, String> {
    let package = model.package;
    let runtime = ident(&package.runtime.krate());
    let passed_on_modules = package.runtime.modules.iter().map(|it| ident(it));
    let passed_on = package.runtime.types.iter().map(|it| ident(it));
    let exports = profile.exports(model);
    let title = format!("{}.", package.title);
    let modules = model.services.iter().map(|service| {
        let (feature, module) = (&service.name, ident(&service.module));
        quote! {
            #[cfg(feature = #feature)]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            pub mod #module;
        }
    });
    let features: Vec<_> = model.services.iter().map(|service| &service.name).collect();
    let all = match features.as_slice() {
        [only] => quote!(feature = #only),
        all => quote!(all(#(feature = #all),*)),
    };
    let (all, title) = (tidy(&all), literal(&title));
    let front = format!(
        "#![cfg_attr({all}, doc = include_str!(\"../README.md\"))]\n\
         #![cfg_attr(not({all}), doc = {title})]\n"
    );
    print_parts(
        "spec/",
        [
            Part::Text(front),
            Part::Code(quote! {
                #![forbid(unsafe_code)]
                #![deny(missing_docs)]
                #![cfg_attr(docsrs, feature(doc_cfg))]

                #[cfg(feature = "blocking")]
                #[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
                pub mod blocking;
                mod client;
                #[cfg(feature = "mock")]
                #[cfg_attr(docsrs, doc(cfg(feature = "mock")))]
                pub mod mock;
                #(#modules)*

                pub use client::{Client, ClientBuilder};
                #exports
                pub use #runtime as runtime;
                #(pub use #runtime::#passed_on_modules;)*
                pub use #runtime::{#(#passed_on),*};
            }),
        ],
    )
}

/// Emits `client.rs`.
pub fn emit_client(model: &Model, profile: &dyn Profile) -> Result<String, String> {
    let endpoints = model.services.iter().map(|service| {
        let (feature, module) = (&service.name, ident(&service.module));
        quote!(#[cfg(feature = #feature)] crate::#module::ENDPOINTS)
    });
    let own_calls = profile.description(model);
    let docs = doc(&client_text(model.package));
    let builder_docs = doc(&builder_text(model.package));
    print(
        "spec/",
        quote! {
            //! The client: one for all services.

            use crate::runtime::BuilderError;
            use crate::runtime::generated::{BuiltClient, ClientDescription, Core};

            static DESCRIPTION: ClientDescription = ClientDescription {
                services: &[#(#endpoints),*],
                user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                #own_calls
            };

            #docs
            #[derive(Clone, Debug)]
            pub struct Client {
                core: Core,
            }

            /// Says how a [`Client`] works, then builds it.
            ///
            /// `C` is the client that it builds: this one, or the one without async of the
            /// feature `blocking`.
            pub type ClientBuilder<C = Client> = crate::runtime::ClientBuilder<C>;

            impl Client {
                #builder_docs
                #[must_use]
                pub fn builder(region: impl Into<String>) -> ClientBuilder {
                    ClientBuilder::new(region)
                }

                /// The region the client was built for.
                pub fn region(&self) -> &str {
                    self.core.region()
                }

                /// The project of calls that name no other.
                pub fn project_id(&self) -> Option<&str> {
                    self.core.project_id()
                }

                pub(crate) fn of(core: Core) -> Self {
                    Self { core }
                }

                #[allow(dead_code, reason = "without a service there is no call")]
                pub(crate) fn core(&self) -> &Core {
                    &self.core
                }

                #[allow(dead_code, reason = "without a service there is no call")]
                pub(crate) fn with_options(&self, options: &crate::runtime::CallOptions) -> Self {
                    Self::of(self.core.with_options(options))
                }
            }

            impl BuiltClient for Client {
                fn description() -> &'static ClientDescription {
                    &DESCRIPTION
                }

                fn from_core(core: Core) -> Result<Self, BuilderError> {
                    Ok(Self::of(core))
                }
            }
        },
    )
}

/// The documentation of the client.
fn client_text(package: &Package) -> String {
    let Package { client, region, .. } = package;
    let krate = package.krate();
    format!(
        "{client}.\n\n\
         It is cheap to clone: clones share the connections and the credentials.\n\n\
         ```\n\
         use std::time::Duration;\n\
         use {krate}::{{Client, Credentials, RetryPolicy}};\n\n\
         # fn main() -> Result<(), {krate}::BuilderError> {{\n\
         let client = Client::builder(\"{region}\")\n    \
         .credentials(Credentials::aksk(\"AK\", \"SK\").project_id(\"0123456789abcdef0123456789abcdef\"))\n    \
         .endpoint(\"http://127.0.0.1:8080\")\n    \
         .retry_policy(RetryPolicy::none())\n    \
         .operation_timeout(Duration::from_secs(20))\n    \
         .build()?;\n\
         assert_eq!(client.region(), \"{region}\");\n\
         # Ok(())\n\
         # }}\n\
         ```"
    )
}

/// The documentation of what starts a client.
pub fn builder_text(package: &Package) -> String {
    format!(
        "Starts a client for a region, such as `{}`.",
        package.region
    )
}
