//! What a change of an OpenAPI document breaks, and which version follows.
//!
//! ```text
//! wire      two documents → what differs between them for whoever calls, and for whom
//! rust      the two crates that are made of them → what differs for whoever compiles against them
//! compare   both, and the verdict: major, minor, patch or none, with what decided it
//! version   a version and a verdict → the next version
//! report    all of it as text, JSON, Markdown, annotations, and an entry of a changelog
//! ```

mod avoid;
pub mod change;
mod compare;
pub mod report;
pub mod rust;
pub mod version;
pub mod wire;

pub use compare::{CompareError, Decision, Difference, compare};
