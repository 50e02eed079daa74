//! What generated OpenAPI clients stand on, whoever the vendor.
//!
//! | module | idea |
//! |---|---|
//! | [`ClientBuilder`], [`CallOptions`] | how a client, or one call of it, works |
//! | [`authentication`] | who calls: bearer tokens, basic, API keys; and the trait of all others |
//! | [`Call`] | a call that is ready to be sent, whatever its operation |
//! | `Blocking` | waiting for calls without async, with the feature `blocking` |
//! | [`Password`], [`SecretJson`] | the text that never prints, and any JSON with such a text |
//! | [`password`] | password policies, checked before anything is sent |
//! | [`transport`] | carrying a request to the server and the response back |
//! | [`RetryPolicy`] | how often and how soon a call is sent again |
//! | [`Upload`], [`Download`] | files and streams, sent and received |
//! | [`Integer`] | whole numbers of any size |
//! | [`rate`] | how fast calls may leave, a service at a time |
//! | [`InvalidRequest`] | a request that was refused before anything was sent |
//!
//! What only generated code and a vendor's runtime call is hidden: it is not part of what this crate
//! promises, and changes without a new version of its own.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod authentication;
#[cfg(feature = "blocking")]
mod blocking;
#[doc(hidden)]
pub mod byte_set;
mod call;
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod client;
#[doc(hidden)]
pub mod endpoint;
mod environment;
pub mod error;
#[doc(hidden)]
pub mod generated;
mod integer;
#[doc(hidden)]
pub mod invalid;
#[doc(hidden)]
pub mod json;
#[doc(hidden)]
pub mod lenient;
#[doc(hidden)]
pub mod macros;
mod media;
#[cfg(feature = "mock")]
pub mod mock;
pub mod observe;
#[doc(hidden)]
pub mod operation;
mod outcome;
pub mod password;
pub mod rate;
mod rate_limit;
#[doc(hidden)]
pub mod redact;
#[doc(hidden)]
pub mod region;
#[doc(hidden)]
pub mod request_error;
#[doc(hidden)]
pub mod response;
#[doc(hidden)]
pub mod retry;
#[doc(hidden)]
pub mod sanitize;
#[doc(hidden)]
pub mod secret;
#[doc(hidden)]
pub mod secret_bytes;
#[doc(hidden)]
pub mod tagged;
pub mod transport;
mod upload;
#[doc(hidden)]
pub mod wire;

/// In the version that [`ReqwestTransport`] takes. What the feature `reqwest` adds follows the
/// versions of reqwest, which this crate's own version says nothing about.
#[cfg(feature = "reqwest")]
pub use ::reqwest;
pub use authentication::standard::{
    Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
};
#[cfg(feature = "blocking")]
pub use blocking::{Blocking, Built, DownloadReader};
/// The bytes of a body, as what carries them has them.
pub use bytes::Bytes;
pub use call::{Call, CallResult};
pub use client::{CallOptions, ClientBuilder};
pub use endpoint::{EndpointProblem, InvalidEndpoint};
pub use environment::Environment;
pub use error::{
    AnyError, ApiError, CallError, DecodeError, DecodeFailure, ErrorDetails, UndocumentedError,
    Withheld,
};
pub use integer::{Integer, InvalidInteger};
pub use invalid::{InvalidRequest, InvalidRule};
pub use observe::Observer;
pub use operation::{Operation, ProjectParameter, Retry, SecurityScheme};
pub use password::{
    CharacterClass, PasswordPolicy, PolicyEnforcement, PolicyRule, PolicyViolations,
};
pub use rate::RateLimited;
pub use rate_limit::RateLimit;
pub use region::{ServiceEndpoints, UnknownRegion};
pub use request_error::BuildError;
pub use response::{Download, Response};
pub use retry::RetryPolicy;
pub use secret::{Password, SecretJson};
#[cfg(feature = "reqwest")]
pub use transport::ReqwestTransport;
pub use transport::{Body, HttpTransport, Transport, TransportError, TransportErrorKind};
pub use upload::Upload;

/// What went wrong with a call; `E` is the operation's own error type. `C` is the error of a vendor's
/// own credentials, where they are not those that OpenAPI names.
pub type Error<E, C = CredentialsError> = error::Error<E, C>;

/// What a call of any operation can fail with before there is a response.
pub type SendError<C = CredentialsError> = error::SendError<C>;

/// Why a client cannot be built.
pub type BuilderError<C = CredentialsError> = client::BuilderError<C>;
