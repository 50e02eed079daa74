//! The maintainer's command: `cargo codegen …`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use huaweicloud_codegen::generate::{GenerateError, Outcome, compare, generate};
use huaweicloud_codegen::{Diagnostics, Source, Stamp, Workspace};

/// Makes the huaweicloud-password crate from the OpenAPI documents in spec/.
#[derive(Debug, Parser)]
#[command(name = "cargo codegen", bin_name = "cargo codegen", version)]
struct Cli {
    /// The folder that holds spec/ and generated/. The workspace of this command by default.
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes generated/ what spec/ says.
    ///
    /// Exit code 0: it is; 1: spec/ has mistakes or, with --check, generated/ differs;
    /// 2: a file could not be read or written.
    Generate {
        /// Only say how generated/ differs from what spec/ says, and write nothing.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let workspace = cli.root.map_or_else(Workspace::current, Workspace::at);
    match cli.command {
        Command::Generate { check: true } => report(compare(&workspace), check_outcome),
        Command::Generate { check: false } => {
            let stamp = Stamp::below(&target_folder(&workspace));
            report(generate(&workspace, Some(&stamp)), write_outcome)
        }
    }
}

/// Where cargo builds: the stamp belongs there.
fn target_folder(workspace: &Workspace) -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => workspace.root().join(Path::new(&folder)),
        None => workspace.root().join("target"),
    }
}

fn report(result: Result<Outcome, GenerateError>, succeed: fn(&Outcome) -> ExitCode) -> ExitCode {
    match result {
        Ok(outcome) => {
            if let Some(rendered) = &outcome.rendered {
                print_diagnostics(&rendered.warnings, &outcome.sources);
            }
            succeed(&outcome)
        }
        Err(GenerateError::Documents {
            sources,
            diagnostics,
        }) => {
            print_diagnostics(&diagnostics, &sources);
            eprintln!("error: the documents have mistakes; generated/ stays as it was");
            ExitCode::from(1)
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn print_diagnostics(diagnostics: &Diagnostics, sources: &[Source]) {
    if !diagnostics.is_empty() {
        // Colours go away by themselves where nobody sees them.
        anstream::eprint!("{}", diagnostics.render(sources, true));
    }
}

fn write_outcome(outcome: &Outcome) -> ExitCode {
    if outcome.difference.is_empty() {
        println!("generated/ is up to date");
    } else {
        let lines = outcome.difference.lines();
        println!("generated/ rewritten: {}", counted(lines.len()));
        for line in lines {
            println!("  {line}");
        }
    }
    ExitCode::SUCCESS
}

fn check_outcome(outcome: &Outcome) -> ExitCode {
    if outcome.difference.is_empty() {
        println!("generated/ is up to date");
        return ExitCode::SUCCESS;
    }
    if let Some(rendered) = &outcome.rendered {
        print!(
            "{}",
            outcome
                .difference
                .unified(&rendered.files, &outcome.on_disk)
        );
    }
    eprintln!(
        "error: generated/ differs from what spec/ says in {}; run `cargo codegen generate` and commit the result",
        counted(outcome.difference.lines().len())
    );
    ExitCode::from(1)
}

fn counted(files: usize) -> String {
    if files == 1 {
        "1 file".to_owned()
    } else {
        format!("{files} files")
    }
}
