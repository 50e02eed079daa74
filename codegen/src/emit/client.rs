//! The crate's root and its `Client`.

use quote::{format_ident, quote};

use crate::model::Model;

use super::tokens::{doc, ident, print};

/// Emits `lib.rs`.
pub fn emit_root(model: &Model) -> Result<String, String> {
    let identity = super::identity::service(model).map(|service| {
        let feature = &service.name;
        quote! {
            #[cfg(feature = #feature)]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            pub use huaweicloud_runtime::identity;
        }
    });
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
    print(
        "spec/",
        quote! {
            #![cfg_attr(#all, doc = include_str!("../README.md"))]
            #![cfg_attr(not(#all), doc = "Calls of Huawei Cloud that reset passwords.")]
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
            #identity
            pub use huaweicloud_runtime as runtime;
            pub use huaweicloud_runtime::credentials;
            pub use huaweicloud_runtime::{
                AnyError, ApiError, BuilderError, Cached, CallError, CallOptions, ChainProvider, Credentials, CredentialsError, DecodeError,
                EnvironmentProvider, Error, ErrorDetails, InvalidRequest, MetadataProvider, Observer,
                Password, PasswordPolicy, PolicyEnforcement, ProfileProvider, ProvideCredentials, Response,
                RateLimit, RetryPolicy, SigningScheme, Transport, TransportError, TransportErrorKind,
                UndocumentedError, Withheld,
            };
        },
    )
}

/// Emits `client.rs`.
pub fn emit_client(model: &Model) -> Result<String, String> {
    let endpoints = model.services.iter().map(|service| {
        let (feature, module) = (&service.name, ident(&service.module));
        quote!(#[cfg(feature = #feature)] crate::#module::ENDPOINTS)
    });
    let accessors = model.services.iter().map(|service| {
        let (feature, module) = (&service.name, ident(&service.module));
        let name = ident(&service.type_name);
        let docs = doc(&format!("The calls of {}.", super::service::title(service)));
        quote! {
            #docs
            #[cfg(feature = #feature)]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            pub fn #module(&self) -> crate::#module::#name {
                crate::#module::#name::new(self.clone())
            }
        }
    });
    let any = model.services.iter().map(|service| &service.name);
    // With one service there is nothing to choose from.
    let any = match model.services.len() {
        1 => quote!(#(feature = #any)*),
        _ => quote!(any(#(feature = #any),*)),
    };
    let core = format_ident!("core");
    let identity = super::identity::calls(model);
    print(
        "spec/",
        quote! {
            //! The client: one for all services.

            use crate::runtime::BuilderError;
            use crate::runtime::generated::{BuiltClient, ClientDescription, Core};

            static DESCRIPTION: ClientDescription = ClientDescription {
                services: &[#(#endpoints),*],
                user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                #identity
            };

            /// Calls the services of Huawei Cloud that reset passwords.
            ///
            /// It is cheap to clone: clones share the connections and the credentials.
            ///
            /// ```
            /// use std::time::Duration;
            /// use huaweicloud_password::{Client, Credentials, RetryPolicy};
            ///
            /// # fn main() -> Result<(), huaweicloud_password::BuilderError> {
            /// let client = Client::builder("cn-north-4")
            ///     .credentials(Credentials::aksk("AK", "SK").project_id("0123456789abcdef0123456789abcdef"))
            ///     .endpoint("http://127.0.0.1:8080")
            ///     .retry_policy(RetryPolicy::none())
            ///     .operation_timeout(Duration::from_secs(20))
            ///     .build()?;
            /// assert_eq!(client.region(), "cn-north-4");
            /// # Ok(())
            /// # }
            /// ```
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
                /// Starts a client for a region, such as `cn-north-4`.
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

                #(#accessors)*

                pub(crate) fn of(core: Core) -> Self {
                    Self { core }
                }

                #[cfg(#any)]
                pub(crate) fn #core(&self) -> &Core {
                    &self.core
                }

                #[cfg(#any)]
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
