//! The end-to-end tests, in one binary: what they are built on is linked once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod command;
mod documents;
#[path = "../../runtime/core/tests/support/encodings.rs"]
mod encodings;
mod explorer;
mod faults;
mod identity;
mod mock;
mod secrets;
mod simulate;
mod simulator;
mod surface;
mod workbench;
