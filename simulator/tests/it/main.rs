//! The simulator over real sockets, with documents of nobody in particular: raw requests in, raw
//! responses out, and what the ledger says of them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod control;
mod documents;
mod faults;
mod raw;
mod services;

use openapi_simulator::{Builder, RunningSimulator, Simulator};

/// A service with something of each kind.
const SHOP: &str = include_str!("shop.yaml");

fn shop() -> Builder {
    let source = huaweicloud_codegen::Source::new("shop.yaml", SHOP);
    Simulator::builder().documents([source])
}

async fn started() -> RunningSimulator {
    shop().start().await.unwrap()
}
