//! What the generator promises, in one binary: it links progenitor once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

mod architecture;
mod diagnostics;
mod foreign;
mod generate;
mod lint;
mod second_reader;
mod vendor;
