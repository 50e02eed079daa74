//! `cargo codegen`, run as people run it: one binary, a module a group of commands.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]
#![allow(missing_docs, reason = "a test")]

mod check;
mod client_crate;
mod diff;
mod draft;
mod edits;
/// The invented pages in every form, shared with the tests that read them.
#[path = "../../../pages/tests/it/mutations"]
#[allow(
    dead_code,
    clippy::unwrap_used,
    reason = "as in the tests of the reader"
)]
mod mutations {
    pub mod claims;
    pub mod doc;
    pub mod model;
    pub mod pages;
    pub mod render;
    pub mod words;
}
mod fetch;
mod lint;
#[cfg(target_os = "linux")]
mod memory;
mod mistaken;
mod patch;
mod server;
mod support;
mod witnesses;
