//! The crate's root and its `Client`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;
use crate::profile::Profile;

use super::text::{literal, tidy};
use super::tokens::{Part, doc, ident, print, print_parts};
use super::{command, docs, security, setup};

/// Emits `lib.rs`.
pub fn emit_root(model: &Model, profile: &dyn Profile) -> Result<String, String> {
    let package = &model.package;
    let runtime = ident(&package.runtime.krate());
    let passed_on_modules = package.runtime.modules.iter().map(|it| ident(it));
    let mut passed_on = package.runtime.types.concat();
    passed_on.sort_unstable();
    let passed_on = passed_on.into_iter().map(ident);
    let exports = profile.exports(model);
    let title = format!("{}.", setup::said(&package.title, model));
    let credentials = security::has_module(model).then(|| {
        quote!(
            pub mod credentials;
        )
    });
    let command = package.command.as_ref().map(|_| {
        let feature = command::FEATURE;
        quote! {
            #[cfg(feature = #feature)]
            #[doc(hidden)]
            pub mod command;
        }
    });
    let modules = super::service::public_modules(model);
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
                #command
                #credentials
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
    let docs = doc(&client_text(model));
    let methods = setup::in_region(&model.package.setup.methods, None, model);
    let methods: TokenStream = methods
        .parse()
        .map_err(|error| format!("{methods}: {error}"))?;
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
                #methods

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
fn client_text(model: &Model) -> String {
    let package = &model.package;
    let krate = package.krate();
    let client = setup::said(&package.client, model);
    let credentials = setup::shown(model);
    let mut imports = vec!["Client", "RetryPolicy"];
    imports.extend(
        credentials
            .contains("Credentials::")
            .then_some("Credentials"),
    );
    imports.extend(
        credentials
            .contains("credentials::")
            .then_some("credentials"),
    );
    imports.sort_unstable();
    let in_region = |piece: &str| setup::in_region(piece, None, model);
    let mut text = format!(
        "{client}.\n\n\
         It is cheap to clone: clones share the connections and the credentials.\n\n\
         ```\n\
         use std::time::Duration;\n\
         use {krate}::{{{imports}}};\n\n\
         # fn main() -> Result<(), {krate}::BuilderError> {{\n\
         let client = {start}\n    \
         {step}\n    \
         .endpoint(\"http://127.0.0.1:8080\")\n    \
         .retry_policy(RetryPolicy::none())\n    \
         .operation_timeout(Duration::from_secs(20))\n    \
         .build()?;\n\
         {shown}\
         # Ok(())\n\
         # }}\n\
         ```",
        imports = imports.join(", "),
        start = in_region(&package.setup.client),
        step = setup::step(&credentials, ""),
        shown = in_region(&package.setup.shown),
    );
    for (heading, list) in [
        ("Credentials", security::list(model)),
        ("Addresses", addresses(model)),
    ] {
        if !list.is_empty() {
            text.push_str(&format!("\n\n# {heading}\n\n{list}"));
        }
    }
    text
}

/// Where the documents say that their services are, as list items.
fn addresses(model: &Model) -> String {
    let mut lines = Vec::new();
    for service in &model.services {
        let title = docs::service_title(service);
        for (index, server) in service.servers.iter().enumerate() {
            let words = server.description.as_deref().map(docs::markdown);
            let words = words.map(|it| format!(": {}", docs::first_line(&it)));
            let used = if index == 0 && service.has_address() {
                ", which calls go to unless `.endpoint(..)` says otherwise"
            } else {
                ""
            };
            let words = words.unwrap_or_default();
            let plain = match server.url.starts_with("http://") {
                true => {
                    "; plain HTTP, for which a client needs `.allow_plain_http()` unless it goes to this machine"
                }
                false => "",
            };
            lines.push(format!(
                "- {title}: {}{used}{plain}{words}",
                docs::code(&server.url)
            ));
        }
        // Regions have a table of their own.
        if !service.has_address() {
            lines.push(format!(
                "- {title}: the document gives no address with a host, so a client needs \
                 `.endpoint(\"https://…\")`"
            ));
        }
    }
    lines.join("\n")
}
