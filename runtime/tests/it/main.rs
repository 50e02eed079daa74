//! The runtime from outside: over real sockets, with servers that misbehave.
//!
//! One program for all, since each costs a link; what needs a process of its own stands beside it.
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod builder;
mod calls;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod endpoints;
mod errors;
mod faults;
mod foreign_words;
mod options;
mod password;
mod rate;
mod refusals;
#[cfg(feature = "reqwest")]
mod reqwest_client;
mod retries;
mod sdk_errors;
mod signing;
mod signing_properties;
mod spans;
#[path = "../support/mod.rs"]
mod support;
mod throttling;
