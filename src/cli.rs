//! The command line of the workbench.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use openapi_simulator::{Builder, Entry, RunningSimulator, SimulationArguments, SimulatorError};

use crate::cloud::{self, DEMO_ACCESS_KEY, DEMO_SECRET_KEY, DEMO_TOKEN};
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
    /// Keeps the simulator up until Ctrl-C.
    ///
    /// It prints its address, the demo credentials it accepts, and a ready curl command for each
    /// operation it finds in the OpenAPI documents; then a line for each request that arrives.
    Simulate(Simulate),
    /// Keeps the simulator up, and prints the address of its explorer.
    ///
    /// A page for a browser: every operation with a form to try it, what came of it, the same call in
    /// code, faults to switch on and the ledger of what arrived. It reaches nothing but the simulator.
    Explore(Simulate),
    /// Writes the explorer as files, a reference to publish that needs no server.
    Docs(Docs),
}

#[derive(Debug, Args)]
struct Docs {
    /// The folder to write to; it must be empty or new.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The directory of OpenAPI documents [default: `spec` of this workspace].
    #[arg(long, value_name = "DIR")]
    spec: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct Simulate {
    /// The directory of OpenAPI documents [default: `spec` of this workspace].
    #[arg(long, value_name = "DIR")]
    spec: Option<PathBuf>,
    #[command(flatten)]
    simulation: SimulationArguments,
}

/// Does what the arguments ask for; returns the exit code of the process.
pub async fn run(arguments: Arguments) -> ExitCode {
    let result = match arguments.command {
        None => demonstrate().await,
        Some(Command::Simulate(options)) => simulate(options, introduction).await,
        Some(Command::Explore(options)) => simulate(options, address).await,
        Some(Command::Docs(options)) => docs(options),
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

async fn demonstrate() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let demonstration = demo::run(cloud::simulator()).await?;
    print(&demonstration.report(Screen::of_stdout()));
    Ok(if demonstration.succeeded() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Writes a reference that needs no server.
fn docs(options: Docs) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let out = options.out.as_path();
    let at = |path: &Path| {
        let place = path.display().to_string();
        move |error: io::Error| format!("cannot write {place}: {error}")
    };
    fs::create_dir_all(out).map_err(at(out))?;
    if fs::read_dir(out).map_err(at(out))?.next().is_some() {
        return Err(format!("{} is not empty; name a new folder", out.display()).into());
    }
    let files = of_documents(options.spec).reference()?;
    for file in &files {
        let path = out.join(&file.path);
        let folder = path.parent().unwrap_or(out);
        fs::create_dir_all(folder).map_err(at(folder))?;
        fs::write(&path, &file.text).map_err(at(&path))?;
    }
    let first = out.join("index.html");
    print(&format!(
        "{} files, the first is {}\n",
        files.len(),
        first.display()
    ));
    Ok(ExitCode::SUCCESS)
}

async fn simulate(
    options: Simulate,
    introduction: fn(&RunningSimulator) -> String,
) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let simulator = start(options).await?;
    // Before anybody is told that it runs, so that no early signal ends it the hard way.
    let stop_request = stop_request()?;
    print(&introduction(&simulator));
    stop_request.await;
    simulator.stop().await;
    print("\nThe simulator has ended.\n");
    Ok(ExitCode::SUCCESS)
}

async fn start(options: Simulate) -> Result<RunningSimulator, SimulatorError> {
    let observer = Arc::new(|entry: &Entry| print(&line(entry)));
    let simulator = of_documents(options.spec);
    let simulator = options.simulation.applied_to(simulator)?;
    simulator.observer(observer).start().await
}

fn of_documents(spec: Option<PathBuf>) -> Builder {
    match spec {
        Some(path) => cloud::simulator().spec(path),
        None => cloud::simulator(),
    }
}

fn address(simulator: &RunningSimulator) -> String {
    let explorer = simulator.explorer();
    format!("The explorer is at {explorer}\n\nRequests as they arrive (Ctrl-C ends it):\n")
}

/// Everything needed for a first request, as text that can be copied line by line.
fn introduction(simulator: &RunningSimulator) -> String {
    let operations = simulator.operations();
    let mut text = format!(
        "The simulator serves {} operations at {}\n\n\
         access key  {DEMO_ACCESS_KEY}\n\
         secret key  {DEMO_SECRET_KEY}\n\
         token       {DEMO_TOKEN}\n\n\
         They are made up and open nothing else. Add -H 'Prefer: code=400' for another documented\n\
         response; X-Simulator-Reason says why a request was refused.\n",
        operations.len(),
        simulator.endpoint(),
    );
    for operation in operations {
        let command = simulator.curl(operation);
        text += &format!(
            "\n# {} {}\n{command}\n",
            operation.service(),
            operation.name()
        );
    }
    text + "\nRequests as they arrive (Ctrl-C ends the simulator):\n"
}

fn line(entry: &Entry) -> String {
    let operation = match (&entry.service, &entry.operation) {
        (Some(service), Some(name)) => format!("  {service} {name}, {}", entry.authentication),
        _ => String::new(),
    };
    let (fault, reason) = (entry.fault.iter(), entry.reason.iter());
    let notes: String = fault.chain(reason).map(|it| format!("  {it}")).collect();
    let status = entry.status.map_or("---".to_owned(), |it| it.to_string());
    let (method, path) = (&entry.method, &entry.path);
    format!("{status}  {method} {path}{operation}{notes}\n")
}

/// Listens from now on; the future ends with Ctrl-C, or with the signal by which a service manager
/// ends a process.
#[cfg(unix)]
fn stop_request() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Listens from now on; the future ends with Ctrl-C.
#[cfg(windows)]
fn stop_request() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
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
        let Some(Command::Simulate(options)) = arguments.command else {
            panic!("simulate was asked for")
        };
        assert_eq!(options.simulation.addr.to_string(), "[::1]:80");
        assert!(Arguments::try_parse_from(["workbench", "simulate", "--addr", "here"]).is_err());
        assert!(Arguments::try_parse_from(["workbench", "serve"]).is_err());
    }
}
