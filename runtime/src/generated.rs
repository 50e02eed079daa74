//! What generated code calls, and nobody else. It is not part of what this crate promises: it
//! changes whenever the generator does, without a new version of its own.

pub use crate::client::{BuiltClient, ClientDescription, Core, CoreBuilder, IdentityCalls};
pub use crate::identity::{
    IdentityFuture, IdentityService, Passcode, Project, SignedIn, TemporaryKeys,
};
#[cfg(feature = "mock")]
pub use crate::mock::Script;
pub use crate::response::{FromHeader, RawResponse};
#[cfg(feature = "blocking")]
pub use openapi_client_runtime::Built;
pub use openapi_client_runtime::{
    accessor, by_media_type, call_builder, constructors, endpoints, failures, mocked_operation,
    open_enum, tagged,
};

/// What a call gives.
pub type Outcome<C> =
    Result<crate::Response<<C as crate::Call>::Output>, crate::Error<<C as crate::Call>::Failure>>;

/// The checks of a request, beside those of passwords.
pub mod check {
    pub use crate::check::*;
}

/// Reading a response kindly.
pub mod lenient {
    pub use crate::lenient::*;
}

/// Building a request.
pub mod wire {
    pub use crate::wire::*;
}
