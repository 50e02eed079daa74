//! The commands over a simulator: keep it up, look at it, write its reference as files.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{error, fs};

use clap::{Args, Subcommand};

use crate::arguments::SimulationArguments;
use crate::builder::Builder;
use crate::ledger::Entry;
use crate::running::RunningSimulator;

/// What to do with a simulator.
#[derive(Debug, Subcommand)]
pub enum Command {
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

/// What is simulated.
#[derive(Debug, Args)]
#[non_exhaustive]
pub struct Simulate {
    /// An OpenAPI document, or a folder of them [default: `spec`].
    #[arg(long, value_name = "PATH")]
    pub spec: Option<PathBuf>,
    /// What else it is to be.
    #[command(flatten)]
    pub simulation: SimulationArguments,
}

/// What is written.
#[derive(Debug, Args)]
#[non_exhaustive]
pub struct Docs {
    /// The folder to write to; it must be empty or new.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// An OpenAPI document, or a folder of them [default: `spec`].
    #[arg(long, value_name = "PATH")]
    pub spec: Option<PathBuf>,
}

impl Command {
    /// Does what is asked for with a simulator that is made like this one, and prints to stdout.
    ///
    /// # Errors
    /// When the simulator cannot be started, or a file not be written.
    pub async fn run(self, simulator: Builder) -> Result<(), Box<dyn error::Error>> {
        match self {
            Self::Simulate(options) => simulate(options, simulator, introduction).await,
            Self::Explore(options) => simulate(options, simulator, address).await,
            Self::Docs(options) => write(&options.out, of(simulator, options.spec)),
        }
    }
}

fn of(simulator: Builder, spec: Option<PathBuf>) -> Builder {
    match spec {
        Some(path) => simulator.spec(path),
        None => simulator,
    }
}

/// Writes a reference that needs no server.
fn write(out: &Path, simulator: Builder) -> Result<(), Box<dyn error::Error>> {
    let at = |path: &Path| {
        let place = path.display().to_string();
        move |error: io::Error| format!("cannot write {place}: {error}")
    };
    fs::create_dir_all(out).map_err(at(out))?;
    if fs::read_dir(out).map_err(at(out))?.next().is_some() {
        return Err(format!("{} is not empty; name a new folder", out.display()).into());
    }
    let files = simulator.reference()?;
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
    Ok(())
}

async fn simulate(
    options: Simulate,
    simulator: Builder,
    introduction: fn(&RunningSimulator) -> String,
) -> Result<(), Box<dyn error::Error>> {
    let observer = Arc::new(|entry: &Entry| print(&line(entry)));
    let simulator = options.simulation.applied_to(of(simulator, options.spec))?;
    let simulator = simulator.observer(observer).start().await?;
    // Before anybody is told that it runs, so that no early signal ends it the hard way.
    let stop_request = stop_request()?;
    for note in simulator.notes() {
        print(&format!("note: {note}\n"));
    }
    print(&introduction(&simulator));
    stop_request.await;
    simulator.stop().await;
    print("\nThe simulator has ended.\n");
    Ok(())
}

fn address(simulator: &RunningSimulator) -> String {
    let explorer = simulator.explorer();
    format!("The explorer is at {explorer}\n\nRequests as they arrive (Ctrl-C ends it):\n")
}

/// Everything needed for a first request, as text that can be copied line by line.
fn introduction(simulator: &RunningSimulator) -> String {
    let operations = simulator.operations();
    let mut text = format!(
        "The simulator serves {} operations at {}\n\n{}\
         Add -H 'Prefer: code=400' for another documented response, -H 'X-Simulator-Fault: delay=2s'\n\
         for a fault; X-Simulator-Reason says why a request was refused. To look at it: {}\n",
        operations.len(),
        simulator.endpoint(),
        simulator.introduction(),
        simulator.explorer(),
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
