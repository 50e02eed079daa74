//! What the `huaweicloud-password` client stands on.
//!
//! The generated client holds the shape of the API: operations, parameters,
//! types. Everything that needs judgement lives here and is written by hand. What people meet of it:
//!
//! | module | idea |
//! |---|---|
//! | [`ClientBuilder`], [`CallOptions`] | how a client, or one call of it, works |
//! | [`credentials`] | who is calling: access key pair or token, and where they come from |
//! | [`identity`] | signing in with a user's password, and finding the project |
//! | [`Password`] | the text that never prints |
//! | [`password`] | password policies, checked before anything is sent |
//! | [`transport`] | carrying a request to the server and the response back |
//! | [`RetryPolicy`] | when a call is sent again, how soon, how often |
//! | [`rate`] | how fast calls may leave, a service at a time |
//! | [`Call`] | a call that is ready to be sent, whatever its operation |
//! | `Blocking` | waiting for calls without async, with the feature `blocking` |
//! | [`observe`] | watching calls, for metrics |
//! | `mock` | a fake of the services for tests, with the feature `mock` |
//! | [`Response`] | a response: its value, and how it came |
//! | [`error`](mod@error) | what went wrong, and whether anything was sent |
//! | `signing` | signatures, made and verified, with the feature `verify` |
//!
//! What generated code alone calls is hidden in `generated`.
//!
//! People use `huaweicloud-password`; this crate is its foundation and keeps
//! the parts that other clients made the same way can share.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod client;
mod config;
mod credential;
pub mod credentials;
pub mod error;
#[doc(hidden)]
pub mod generated;
pub mod identity;
#[cfg(not(feature = "verify"))]
mod signing;
#[cfg(feature = "verify")]
pub mod signing;

pub use client::{BuilderError, ClientBuilder};
pub use credential::{
    Cached, ChainProvider, Credentials, CredentialsError, CredentialsFuture, EnvironmentProvider,
    MetadataProvider, ProfileProvider, ProvideCredentials,
};
pub use error::{
    AnyError, ApiError, CallError, DecodeError, DecodeFailure, Error, ErrorDetails, SendError,
    UndocumentedError, Withheld,
};
#[cfg(feature = "blocking")]
pub use openapi_client_runtime::Blocking;
#[cfg(feature = "mock")]
pub use openapi_client_runtime::mock;
pub use openapi_client_runtime::{
    BuildError, Call, CallOptions, CallResult, CharacterClass, Download, EndpointProblem,
    HttpTransport, Integer, InvalidEndpoint, InvalidRequest, InvalidRule, Observer, Operation,
    Password, PasswordPolicy, PolicyEnforcement, PolicyRule, PolicyViolations, ProjectParameter,
    RateLimit, RateLimited, Response, Retry, RetryPolicy, SecretJson, ServiceEndpoints, Transport,
    TransportError, TransportErrorKind, UnknownRegion, Upload, observe, password, rate, transport,
};
/// In the version that [`ReqwestTransport`] takes. What the feature `reqwest` adds follows the
/// versions of reqwest, which this crate's own version says nothing about.
#[cfg(feature = "reqwest")]
pub use openapi_client_runtime::{ReqwestTransport, reqwest};
pub(crate) use openapi_client_runtime::{
    byte_set, check, endpoint, invalid, lenient, operation, region, response, sanitize, secret,
    wire,
};
pub use signing::SigningScheme;
