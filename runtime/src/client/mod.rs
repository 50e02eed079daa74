//! The client that generated clients wrap: settings, and the way of a call.

mod builder;
mod core;
mod prepare;

pub use self::builder::{BuilderError, CoreBuilder};
pub use self::core::Core;
