//! The client that generated clients wrap: settings, and the way of a call.

mod attempt;
mod build;
mod build_error;
mod builder;
mod call;
mod clock;
mod core;
mod gate;
mod generic;
mod identity;
mod next;
mod options;
mod prepare;
mod report;
mod template;
mod turn;

pub use self::build_error::BuilderError;
pub use self::builder::ClientBuilder;
pub use self::core::Core;
pub use self::generic::CoreBuilder;
#[doc(hidden)]
pub use self::generic::{BuiltClient, ClientDescription};
#[doc(hidden)]
pub use self::identity::IdentityCalls;
pub use self::identity::{Deadline, FoundProject};
pub use self::options::CallOptions;
