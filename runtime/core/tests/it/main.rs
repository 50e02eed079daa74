//! A client of a vendor nobody knows, over real sockets: the neutral runtime alone is enough.
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod authentication;
mod building;
mod refusals;
mod server;
mod shop;
#[cfg(feature = "blocking")]
mod waiting;
