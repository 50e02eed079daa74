//! `openapi-simulator simulate --spec petstore.yaml` plays the service of any document.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use openapi_simulator::{Command, Simulator};

/// Plays the services that OpenAPI documents describe.
///
/// It checks every request against them, keeps what there is, fails on purpose and the same each time,
/// and writes down what arrived. Credentials are those that the documents ask for, of any value.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[tokio::main]
async fn main() -> ExitCode {
    match Arguments::parse().command.run(Simulator::builder()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // A closed stderr leaves nobody to tell.
            let _ = writeln!(std::io::stderr(), "error: {problem}");
            ExitCode::FAILURE
        }
    }
}
