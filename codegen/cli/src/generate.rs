//! `cargo codegen generate`.

use std::path::{Path, PathBuf};

use huaweicloud_codegen::generate::{GenerateError, Outcome, compare, generate, named};
use huaweicloud_codegen::{Stamp, Workspace};

use crate::out::{errln, outln, say_diff};
use crate::{DONE, FOUND, counted, fail, print_diagnostics};

pub(crate) fn run(workspace: &Workspace, check: bool) -> u8 {
    if check {
        return report(compare(workspace), check_outcome);
    }
    let stamp = Stamp::below(&target_folder(workspace));
    report(generate(workspace, Some(&stamp)), write_outcome)
}

/// Where cargo builds: the stamp belongs there.
fn target_folder(workspace: &Workspace) -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => workspace.root().join(Path::new(&folder)),
        None => workspace.root().join("target"),
    }
}

fn report(result: Result<Outcome, GenerateError>, succeed: fn(&Outcome) -> u8) -> u8 {
    match result {
        Ok(outcome) => {
            if let Some(rendered) = &outcome.rendered {
                print_diagnostics(&rendered.warnings, &outcome.sources);
            }
            succeed(&outcome)
        }
        Err(error) => failed(error, UNCHANGED),
    }
}

/// What is said of documents with mistakes.
pub(crate) const UNCHANGED: &str = "the documents have mistakes; generated/ stays as it was";

/// Tells why nothing was generated: of documents with mistakes, by these words.
pub(crate) fn failed(error: GenerateError, words: &str) -> u8 {
    match error {
        GenerateError::Documents {
            sources,
            diagnostics,
        } => {
            print_diagnostics(&diagnostics, &sources);
            errln!("error: {words}");
            FOUND
        }
        error => fail(&error),
    }
}

fn write_outcome(outcome: &Outcome) -> u8 {
    tell_foreign(outcome, "left as it is");
    if outcome.difference.is_empty() {
        outln!("generated/ is up to date");
    } else {
        let lines = outcome.difference.lines();
        outln!("generated/ rewritten: {}", counted(lines.len(), "file"));
        for line in lines {
            outln!("  {line}");
        }
    }
    DONE
}

/// Tells what others put into generated/, which is no part of the crate and yet goes with it.
fn tell_foreign(outcome: &Outcome, what: &str) {
    for found in named(&outcome.difference.foreign) {
        errln!("warning: {found} {what}; move it away, generated/ is the generator's");
    }
}

fn check_outcome(outcome: &Outcome) -> u8 {
    tell_foreign(outcome, "does not belong there");
    if outcome.difference.is_empty() {
        if outcome.difference.foreign.is_empty() {
            outln!("generated/ is up to date");
            return DONE;
        }
        errln!(
            "error: generated/ holds {} of others",
            counted(outcome.difference.foreign.len(), "file")
        );
        return FOUND;
    }
    if let Some(rendered) = &outcome.rendered {
        say_diff(
            &outcome
                .difference
                .unified(&rendered.files, &outcome.on_disk),
        );
    }
    errln!(
        "error: generated/ differs from what spec/ says in {}; run `cargo codegen generate` and commit the result",
        counted(outcome.difference.lines().len(), "file")
    );
    FOUND
}
