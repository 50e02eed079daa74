//! The command line of the workbench.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::cloud;
use crate::demo::{self, Screen};

/// Shows the Huawei Cloud password client at work, without an account and without a network.
///
/// Without a command it runs the demonstration: a simulator of the cloud starts on a free port of
/// this machine, five signed calls go to it through the client crate, then two that must fail. A
/// table shows what happened, and the exit code is 0 only if all went as it should.
///
/// With `simulate` the simulator stays up, for calls with curl or a client of your own.
#[derive(Debug, Parser)]
#[command(version, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

const EXIT_CODES: &str = "Exit codes:
  0  all went as it should, or Ctrl-C ended the simulator
  1  a call went wrong, or the simulator could not start
  2  the command line is wrong";

#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Simulator(openapi_simulator::Command),
}

/// Does what the arguments ask for; returns the exit code of the process.
pub async fn run(arguments: Arguments) -> ExitCode {
    let result = match arguments.command {
        None => demonstrate().await,
        Some(Command::Simulator(command)) => {
            let ended = command.run(cloud::simulator()).await;
            ended.map(|()| ExitCode::SUCCESS)
        }
    };
    match result {
        Ok(code) => code,
        Err(problem) => {
            // A closed stderr leaves nobody to tell.
            let _ = writeln!(io::stderr(), "error: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn demonstrate() -> Result<ExitCode, Box<dyn Error>> {
    let demonstration = demo::run(cloud::simulator()).await?;
    print(&demonstration.report(Screen::of_stdout()));
    Ok(if demonstration.succeeded() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Writes to stdout. A reader that has gone, as with `| head`, is no reason to stop or to fail.
fn print(text: &str) {
    let mut stdout = io::stdout().lock();
    let _ = stdout.write_all(text.as_bytes());
    let _ = stdout.flush();
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn arguments_are_read() {
        let arguments =
            Arguments::try_parse_from(["workbench", "simulate", "--addr", "[::1]:80"]).unwrap();
        let Some(Command::Simulator(openapi_simulator::Command::Simulate(options))) =
            arguments.command
        else {
            panic!("simulate was asked for")
        };
        assert_eq!(options.simulation.addr.to_string(), "[::1]:80");
        assert!(Arguments::try_parse_from(["workbench", "simulate", "--addr", "here"]).is_err());
        assert!(Arguments::try_parse_from(["workbench", "serve"]).is_err());
    }
}
