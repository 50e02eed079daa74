//! The client that generated clients wrap: settings, and the way of a call.

mod build;
mod build_error;
mod builder;
mod call;
mod clock;
mod core;
mod identity;
mod pending;
mod prepare;
mod report;

pub use self::build_error::BuilderError;
pub use self::builder::CoreBuilder;
pub use self::core::Core;
pub use self::identity::{Deadline, FoundProject};
