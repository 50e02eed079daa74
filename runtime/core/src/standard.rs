//! This crate as a client without a vendor sees it: who calls is told by what OpenAPI has names for.
//!
//! A generated client calls it its `runtime`. It has all of the crate's own names, with the errors
//! of [standard credentials](crate::authentication::standard) filled in.

#[doc(no_inline)]
pub use crate::*;

pub use crate::authentication::standard::{
    Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
};

/// What went wrong with a call; `E` is the operation's own error type.
pub type Error<E> = crate::Error<E, CredentialsError>;

/// What a call of any operation can fail with before there is a response.
pub type SendError = crate::SendError<CredentialsError>;

/// Why a client cannot be built.
pub type BuilderError = crate::BuilderError<CredentialsError>;

/// What generated code calls, and nobody else.
#[doc(hidden)]
pub mod generated {
    #[cfg(feature = "blocking")]
    pub use crate::Built;
    pub use crate::client::{BuiltClient, ClientDescription};
    #[cfg(feature = "mock")]
    pub use crate::mock::Script;
    pub use crate::response::{FromHeader, RawResponse};
    pub use crate::{
        accessor, call_builder, check, constructors, endpoints, failures, lenient,
        mocked_operation, open_enum, wire,
    };

    /// What sends requests.
    pub type Core = crate::client::Engine<crate::authentication::standard::Standard>;

    /// What a call gives.
    pub type Outcome<C> = Result<
        crate::Response<<C as crate::Call>::Output>,
        super::Error<<C as crate::Call>::Failure>,
    >;
}
