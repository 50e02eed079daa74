//! `spec/` → `generated/`, whenever cargo builds the workbench.
//!
//! cargo may have compiled `generated/` before this runs, so a build that had to write something
//! stops and asks to be started again: the second one compiles what was written. Nothing is ever
//! changed behind the back of a build that succeeds. With `CI` set nothing is written at all.

use std::process::ExitCode;

use huaweicloud_codegen::generate::{GenerateError, Outcome, compare, named, write_difference};
use huaweicloud_codegen::{Source, Workspace, workspace};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=spec");
    println!("cargo::rerun-if-changed=generated");
    println!("cargo::rerun-if-changed={}", workspace::README);
    println!("cargo::rerun-if-env-changed=CI");
    // A test runs this program in a copy, whose root cargo then names.
    if let Ok(program) = std::env::current_exe() {
        println!("cargo::rustc-env=BUILD_SCRIPT={}", program.display());
    }
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| ".".into());

    let workspace = Workspace::at(root);
    match compare(&workspace) {
        Ok(outcome) => {
            watch(&outcome.sources);
            warn(&outcome);
            let stray = !outcome.difference.foreign.is_empty();
            match (outcome.difference.is_empty(), in_ci()) {
                (true, true) if stray => fail(&format!(
                    "generated/ holds what the generator did not write: {}. Move it away",
                    named(&outcome.difference.foreign).join(", ")
                )),
                (true, _) => ExitCode::SUCCESS,
                (false, true) => refuse(&outcome),
                (false, false) => rewrite(&workspace, &outcome),
            }
        }
        Err(GenerateError::Documents {
            sources,
            diagnostics,
        }) => {
            watch(&sources);
            eprint!("{}", diagnostics.render(&sources, false));
            fail(
                "the documents in spec/ have mistakes (listed below with their lines); generated/ stays as it was",
            )
        }
        Err(error) => fail(&error.to_string()),
    }
}

/// Runs again when a file changes that documents refer to, which need not be in `spec/`.
fn watch(sources: &[Source]) {
    for (path, _) in sources.iter().flat_map(Source::texts) {
        println!("cargo::rerun-if-changed={path}");
    }
}

/// Tells what does not stop the build: what the documents are warned of, and what others left in
/// `generated/`.
fn warn(outcome: &Outcome) {
    if let Some(rendered) = &outcome.rendered {
        let text = rendered.warnings.render_short(&outcome.sources);
        for line in text.lines() {
            println!("cargo::warning={line}");
        }
    }
    for found in named(&outcome.difference.foreign) {
        println!(
            "cargo::warning={found} was left as it is; move it away, generated/ is the generator's"
        );
    }
}

/// Whether a person could look at what is written.
fn in_ci() -> bool {
    std::env::var_os("CI")
        .is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}

/// Says what differs, with the lines, and leaves it.
fn refuse(outcome: &Outcome) -> ExitCode {
    if let Some(rendered) = &outcome.rendered {
        eprint!(
            "{}",
            outcome
                .difference
                .unified(&rendered.files, &outcome.on_disk)
        );
    }
    fail(&format!(
        "generated files differ from what spec/ says, and CI is set, so nothing was written: {}. \
         Run `cargo codegen generate` and commit the result",
        outcome.difference.lines().join(", ")
    ))
}

/// Makes the files what `spec/` says and stops the build that may have compiled the old ones.
fn rewrite(workspace: &Workspace, outcome: &Outcome) -> ExitCode {
    if let Err(error) = write_difference(workspace, outcome) {
        return fail(&error.to_string());
    }
    fail(&format!(
        "generated files differed from what spec/ says and were rewritten: {}. Run the same command again",
        outcome.difference.lines().join(", ")
    ))
}

fn fail(message: &str) -> ExitCode {
    println!("cargo::error={}", message.replace('\n', " "));
    ExitCode::FAILURE
}
