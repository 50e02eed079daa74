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
            pub use huaweicloud_runtime::{
                ApiError, BuilderError, Cached, ChainProvider, Credentials, CredentialsError, DecodeError,
                EnvironmentProvider, Error, ErrorDetails, InvalidRequest, MetadataProvider, Observer,
                Password, PasswordPolicy, PolicyEnforcement, ProfileProvider, ProvideCredentials, Response,
                RateLimit, RetryPolicy, SigningScheme, Transport, TransportError, TransportErrorKind,
                UndocumentedError,
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
    let identity = super::identity::setters(model);
    let connect = super::identity::connect(model);
    let of_core = super::identity::service(model).map(|service| {
        let feature = &service.name;
        quote! {
            #[cfg(feature = #feature)]
            pub(crate) fn of(core: Core) -> Self {
                Self { core }
            }
        }
    });
    print(
        "spec/",
        quote! {
            //! The client: one for all services.

            use std::marker::PhantomData;
            use std::sync::Arc;
            use std::time::Duration;

            use huaweicloud_runtime::transport::Transport;
            use huaweicloud_runtime::{
                BuilderError, Core, CoreBuilder, Credentials, Observer, PolicyEnforcement,
                ProvideCredentials, RetryPolicy, ServiceEndpoints, SigningScheme,
            };

            /// The services that are compiled in.
            static SERVICES: &[ServiceEndpoints] = &[#(#endpoints),*];

            /// Calls the services of Huawei Cloud that reset passwords.
            ///
            /// It is cheap to clone: clones share the connections and the credentials.
            #[derive(Clone, Debug)]
            pub struct Client {
                core: Core,
            }

            impl Client {
                /// Starts a client for a region, such as `cn-north-4`.
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

                #of_core

                #[cfg(#any)]
                pub(crate) fn #core(&self) -> &Core {
                    &self.core
                }
            }

            /// Says how a [`Client`] works, then builds it.
            ///
            /// `C` is the client that it builds: this one, or the one without async of the
            /// feature `blocking`.
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
            ///     .pool_max_idle_per_host(4)
            ///     .build()?;
            /// assert_eq!(client.region(), "cn-north-4");
            /// # Ok(())
            /// # }
            /// ```
            #[derive(Debug)]
            #[must_use = "`build` makes the client"]
            pub struct ClientBuilder<C = Client> {
                core: CoreBuilder,
                client: PhantomData<fn() -> C>,
            }

            impl<C> ClientBuilder<C> {
                pub(crate) fn new(region: impl Into<String>) -> Self {
                    let name = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
                    Self {
                        core: CoreBuilder::new(region).user_agent(name),
                        client: PhantomData,
                    }
                }

                /// The client without what `C` adds to it.
                fn build_client(self) -> Result<Client, BuilderError> {
                    let core = self.core.build(SERVICES)?;
                    #connect
                    Ok(Client { core })
                }

                /// What requests are signed with, or the token they carry. This or another source of
                /// them is needed; the last one given counts.
                pub fn credentials(self, credentials: Credentials) -> Self {
                    Self { core: self.core.credentials(credentials), ..self }
                }

                /// The project that calls are about, 32 hexadecimal digits; otherwise the one the
                /// credentials carry. Each call can name another.
                pub fn project_id(self, project_id: impl Into<String>) -> Self {
                    Self { core: self.core.project_id(project_id), ..self }
                }

                /// One address for all services instead of the region's: `https://` with a host, or
                /// `http://` to this machine.
                pub fn endpoint(self, url: impl Into<String>) -> Self {
                    Self { core: self.core.endpoint(url), ..self }
                }

                /// The address of one service, by its name (`dcs`), instead of the region's.
                pub fn service_endpoint(self, service: &str, url: impl Into<String>) -> Self {
                    Self { core: self.core.service_endpoint(service, url), ..self }
                }

                /// What happens to a password that breaks the documented policy. Refused by default,
                /// before anything is sent.
                pub fn password_policy(self, enforcement: PolicyEnforcement) -> Self {
                    Self { core: self.core.password_policy(enforcement), ..self }
                }

                /// Allows `http://` to other machines. Requests then travel readable by anybody on
                /// the way, passwords included.
                pub fn allow_plain_http(self) -> Self {
                    Self { core: self.core.allow_plain_http(), ..self }
                }

                /// The `User-Agent` of every request.
                pub fn user_agent(self, user_agent: impl Into<String>) -> Self {
                    Self { core: self.core.user_agent(user_agent), ..self }
                }

                /// What carries requests instead of the built-in HTTP client.
                pub fn transport(self, transport: Arc<dyn Transport>) -> Self {
                    Self { core: self.core.transport(transport), ..self }
                }

                /// Where credentials come from, asked anew for every attempt: the official chain
                /// (`ChainProvider`), a profile, the metadata service, or a source of your own.
                pub fn credentials_provider(self, provider: Arc<dyn ProvideCredentials>) -> Self {
                    Self { core: self.core.credentials_provider(provider), ..self }
                }

                /// Which requests are sent again, how often and when. By default only those for which
                /// a second time is certain to do no harm, three times at most.
                pub fn retry_policy(self, policy: RetryPolicy) -> Self {
                    Self { core: self.core.retry_policy(policy), ..self }
                }

                /// How long a connection may take to be made. 10 s by default.
                pub fn connect_timeout(self, limit: Duration) -> Self {
                    Self { core: self.core.connect_timeout(limit), ..self }
                }

                /// How long one attempt may take, its answer included. 30 s by default.
                pub fn attempt_timeout(self, limit: Duration) -> Self {
                    Self { core: self.core.attempt_timeout(limit), ..self }
                }

                /// How long a call may take with all its attempts. 60 s by default.
                pub fn operation_timeout(self, limit: Duration) -> Self {
                    Self { core: self.core.operation_timeout(limit), ..self }
                }

                /// What is told of every attempt and call, for metrics.
                pub fn observer(self, observer: Arc<dyn Observer>) -> Self {
                    Self { core: self.core.observer(observer), ..self }
                }

                /// Reaches https addresses through the proxy that `HTTPS_PROXY` or `ALL_PROXY`
                /// names, those listed in `NO_PROXY` (names, addresses, networks, without ports)
                /// excepted. Plain http goes to its server directly.
                pub fn proxy_from_environment(self) -> Self {
                    Self { core: self.core.proxy_from_environment(), ..self }
                }

                /// A certificate authority to trust besides the system's, as PEM.
                pub fn ca_certificate(self, pem: impl Into<Vec<u8>>) -> Self {
                    Self { core: self.core.ca_certificate(pem), ..self }
                }

                #identity

                /// Takes addresses from the environment, under the names of the official SDKs:
                /// `HUAWEICLOUD_SDK_REGION_{SERVICE}_{REGION}` (as in
                /// `HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4`) and `HUAWEICLOUD_SDK_IAM_ENDPOINT`.
                /// Addresses given to this builder go before them.
                pub fn endpoints_from_environment(self) -> Self {
                    Self { core: self.core.endpoints_from_environment(), ..self }
                }

                /// How requests are signed with an access key pair. With the secret key itself by
                /// default; a dedicated endpoint may ask for V11-HMAC-SHA256.
                ///
                /// ```
                /// use huaweicloud_password::{Client, SigningScheme};
                ///
                /// let builder = Client::builder("cn-north-4")
                ///     .signing(SigningScheme::derived("cn-north-4", "dcs"));
                /// ```
                pub fn signing(self, scheme: SigningScheme) -> Self {
                    Self { core: self.core.signing(scheme), ..self }
                }

                /// Sends through a reqwest client of your own, of the version that
                /// `runtime::reqwest` has, with TLS as your own dependency on reqwest asks for it.
                /// It should follow no redirect, retry nothing, and connect as it was set up
                /// itself: settings of connections beside it are refused.
                ///
                /// ```
                /// use huaweicloud_password::runtime::reqwest;
                /// use huaweicloud_password::Client;
                ///
                /// fn through(client: reqwest::Client) -> huaweicloud_password::ClientBuilder {
                ///     Client::builder("cn-north-4").reqwest_client(client)
                /// }
                /// ```
                #[cfg(feature = "reqwest")]
                #[cfg_attr(docsrs, doc(cfg(feature = "reqwest")))]
                pub fn reqwest_client(self, client: huaweicloud_runtime::reqwest::Client) -> Self {
                    Self { core: self.core.reqwest_client(client), ..self }
                }

                /// How many idle connections to one server are kept. No bound by default.
                pub fn pool_max_idle_per_host(self, connections: usize) -> Self {
                    Self { core: self.core.pool_max_idle_per_host(connections), ..self }
                }

                /// How long an idle connection is kept. Servers close theirs after a minute or so,
                /// and a request on a closed one fails as if it might have arrived.
                pub fn pool_idle_timeout(self, limit: Duration) -> Self {
                    Self { core: self.core.pool_idle_timeout(limit), ..self }
                }

                /// Speaks HTTP/2 with servers that offer it. HTTP/1.1 alone by default.
                ///
                /// All calls to a server then share a connection. One that is dropped while it
                /// waits for a server that takes only so many at once can still be sent when its
                /// turn comes, without its body.
                #[cfg(feature = "http2")]
                #[cfg_attr(docsrs, doc(cfg(feature = "http2")))]
                pub fn http2(self) -> Self {
                    Self { core: self.core.http2(), ..self }
                }
            }

            impl ClientBuilder {
                /// Makes the client. Nothing is sent.
                ///
                /// # Errors
                /// Without credentials, with a region that no service has, or with an address that
                /// is no address.
                pub fn build(self) -> Result<Client, BuilderError> {
                    self.build_client()
                }
            }

            #[cfg(feature = "blocking")]
            impl ClientBuilder<crate::blocking::Client> {
                /// Makes the client, and starts its thread. Nothing is sent.
                ///
                /// # Errors
                /// Those of the other `build`, and when the system gives no thread.
                pub fn build(self) -> Result<crate::blocking::Client, BuilderError> {
                    let runtime = huaweicloud_runtime::BlockingRuntime::start()?;
                    Ok(crate::blocking::Client::new(runtime, self.build_client()?))
                }
            }
        },
    )
}
