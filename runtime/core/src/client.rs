//! The client that generated clients wrap: settings, and the way of a call.

mod setters;

mod attempt;
mod build;
mod build_error;
mod builder;
mod call;
mod checked;
mod clock;
mod core;
mod description;
mod engine;
mod headers;
mod lockout;
mod next;
mod options;
mod prepare;
mod run;
mod settings;
mod template;
mod turn;

pub use self::build::check_region;
pub use self::build_error::BuilderError;
pub use self::builder::{BuiltClient, ClientBuilder};
pub use self::core::Core;
pub use self::description::ClientDescription;
pub use self::engine::{Begun, Engine};
pub use self::options::CallOptions;
pub use self::settings::Settings;
