//! What a change of an OpenAPI document breaks, and which version follows.
//!
//! ```text
//! wire      two documents → what differs between them for whoever calls, and for whom
//! rust      the two crates that are made of them → what differs for whoever compiles against them
//! verdict   both → major, minor, patch or none, and what decided it
//! ```

pub mod change;
pub mod rust;
pub mod wire;
