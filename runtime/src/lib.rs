//! What the `huaweicloud-password` client stands on.
//!
//! The generated client holds the shape of the API: operations, parameters,
//! types. Everything that needs judgement lives here and is written by hand:
//!
//! | module | idea |
//! |---|---|
//! | [`credentials`] | who is calling: access key pair or token, and where they come from |
//! | [`signing`] | SDK-HMAC-SHA256 and its variant with derived keys, to sign and to verify |
//! | [`endpoint`], [`region`] | where a call goes |
//! | [`secret`] | [`Password`], the text that never prints |
//! | [`password`] | password policies, checked before anything is sent |
//! | [`check`] | the other checks of a request |
//! | [`wire`] | building a request |
//! | [`transport`] | carrying it to the server and the answer back |
//! | [`retry`] | when a call is sent again, how soon, how often |
//! | [`rate`] | how fast calls may leave, a service at a time |
//! | [`observe`] | watching calls, for metrics |
//! | [`client`] | all of these together: [`Core`] |
//! | `blocking` | the same without async, with the feature `blocking` |
//! | `mock` | a fake of the services for tests, with the feature `mock` |
//! | [`response`], [`lenient`] | reading an answer |
//! | [`error`](mod@error) | what went wrong, and whether anything was sent |
//!
//! People use `huaweicloud-password`; this crate is its foundation and keeps
//! the parts that other clients made the same way can share.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(feature = "blocking")]
pub mod blocking;
mod byte_set;
pub mod check;
pub mod client;
pub mod credentials;
pub mod endpoint;
pub mod error;
pub mod identity;
mod invalid;
pub mod lenient;
#[cfg(feature = "mock")]
pub mod mock;
pub mod observe;
pub mod operation;
pub mod password;
pub mod rate;
mod redact;
pub mod region;
pub mod response;
pub mod retry;
pub mod secret;
mod shown;
pub mod signing;
pub mod transport;
pub mod wire;

/// In the version that [`ReqwestTransport`] takes.
#[cfg(feature = "reqwest")]
pub use ::reqwest;
#[cfg(feature = "blocking")]
pub use blocking::BlockingRuntime;
pub use client::{BuilderError, CallOptions, ClientBuilder, Core, CoreBuilder};
pub use credentials::{
    Cached, ChainProvider, Credentials, CredentialsError, CredentialsFuture, EnvironmentProvider,
    MetadataProvider, ProfileProvider, ProvideCredentials,
};
pub use endpoint::{Endpoint, InvalidEndpoint};
pub use error::{
    AnyError, ApiError, CallError, DecodeError, DecodeFailure, Error, ErrorDetails, SendError,
    UndocumentedError, Withheld,
};
pub use invalid::{InvalidRequest, InvalidRule};
pub use observe::Observer;
pub use operation::{Operation, Retry};
pub use password::{
    CharacterClass, PasswordPolicy, PolicyEnforcement, PolicyRule, PolicyViolations,
};
pub use rate::{RateLimit, RateLimited};
pub use region::{ServiceEndpoints, UnknownRegion};
pub use response::{RawResponse, Response};
pub use retry::RetryPolicy;
pub use secret::Password;
pub use signing::SigningScheme;
#[cfg(feature = "reqwest")]
pub use transport::ReqwestTransport;
pub use transport::{HttpTransport, Transport, TransportError, TransportErrorKind};
