//! What generated code calls, and nobody else. It is not part of what this crate promises: it
//! changes whenever the generator does, without a new version of its own.

#[cfg(feature = "blocking")]
pub use crate::blocking::BlockingRuntime;
pub use crate::client::{
    BuiltClient, ClientDescription, Core, CoreBuilder, Deadline, FoundProject, IdentityCalls,
};
pub use crate::identity::{
    ANY_PROJECT_ID, IdentityFuture, IdentityService, Passcode, Project, SignedIn, TemporaryKeys,
};
#[cfg(feature = "mock")]
pub use crate::mock::Script;
pub use crate::response::{FromHeader, RawResponse};

/// The checks of a request, beside those of passwords.
pub mod check {
    pub use crate::check::*;
}

/// Reading an answer kindly.
pub mod lenient {
    pub use crate::lenient::*;
}

/// Building a request.
pub mod wire {
    pub use crate::wire::*;
}
