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
mod headers;
mod identity;
mod next;
mod options;
mod pending;
mod prepare;
mod run;
mod settings;
mod template;
mod turn;

pub use self::build_error::BuilderError;
pub use self::builder::ClientBuilder;
pub use self::core::Core;
pub use self::generic::CoreBuilder;
pub use self::generic::{BuiltClient, ClientDescription};
pub use self::identity::IdentityCalls;
pub use self::options::CallOptions;
