//! What generated code calls, and nobody else, where the API has no vendor's runtime of its own. It is
//! not part of what this crate promises: it changes whenever the generator does, without a new
//! version of its own.

#[cfg(feature = "blocking")]
pub use crate::Built;
pub use crate::client::{BuiltClient, ClientDescription, Core};
#[cfg(feature = "mock")]
pub use crate::mock::Script;
pub use crate::response::{FromHeader, RawResponse};
pub use crate::{
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
