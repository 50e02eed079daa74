//! `cargo run` shows the demonstration, `cargo run -- simulate` keeps the simulator up.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use huaweicloud_password_workbench::cli::{self, Arguments};

#[tokio::main]
async fn main() -> ExitCode {
    cli::run(Arguments::parse()).await
}
