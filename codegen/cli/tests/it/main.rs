//! `cargo codegen`, run as people run it: one binary, a module a group of commands.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]
#![allow(missing_docs, reason = "a test")]

mod check;
mod patch;
mod support;
