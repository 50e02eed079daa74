//! A client of a vendor nobody knows, over real sockets: the neutral runtime alone is enough.
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod authentication;
mod building;
mod downloads;
mod params;
mod raw;
mod refusals;
mod security;
mod server;
mod shop;
mod uploads;
#[cfg(feature = "blocking")]
mod waiting;
