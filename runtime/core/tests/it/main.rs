//! A client of a vendor nobody knows, over real sockets: the neutral runtime alone is enough.
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod authentication;
mod building;
mod downloads;
mod emitted;
mod params;
mod raw;
mod refusals;
mod security;
mod server;
mod shop;
mod uploads;
#[cfg(feature = "blocking")]
mod waiting;

/// What code that is written as generated code is looks for at the root of its crate.
use emitted::Client;
use openapi_client_runtime as runtime;
