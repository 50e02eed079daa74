//! The client that generated clients wrap: what is Huawei Cloud's of it. The way of a call is the
//! neutral runtime's.

mod authentication;
mod build;
mod builder;
mod core;
mod generic;
mod identity;
mod identity_requests;

pub use self::builder::ClientBuilder;
pub use self::core::Core;
pub use self::generic::CoreBuilder;
pub use self::generic::{BuiltClient, ClientDescription};
pub use self::identity::IdentityCalls;

/// Why a client cannot be built.
pub type BuilderError = openapi_client_runtime::BuilderError<crate::credential::CredentialsError>;
