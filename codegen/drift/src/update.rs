//! The whole loop: documents that follow their pages, and the client made from them, all or nothing.

use huaweicloud_codegen::generate::{GenerateError, Outcome, compare_sources, write_difference};
use huaweicloud_codegen::workspace::FileError;
use huaweicloud_codegen::write::Staged;
use huaweicloud_codegen::{Source, Workspace};

use crate::edited;
use crate::lock::Lock;
use crate::patch::{PageToFollow, Patched, patch};

/// What an update would change, before anything is written.
#[derive(Debug)]
pub struct Plan {
    /// The documents as they are on disk.
    pub before: Vec<Source>,
    /// The documents as they would be.
    pub patched: Patched,
    /// The client as it would be made from them.
    pub outcome: Outcome,
}

/// Works out what following the pages would change. Writes nothing.
///
/// # Errors
/// When files cannot be read, or when the fixed documents have mistakes: then their text and the
/// mistakes are in the error.
pub fn plan(
    workspace: &Workspace,
    lock: &Lock,
    pages: &[PageToFollow<'_>],
) -> Result<Plan, GenerateError> {
    let before = workspace.sources()?;
    let patched = patch(&before, lock, pages);
    let outcome = compare_sources(workspace, patched.sources.clone())?;
    Ok(Plan {
        before,
        patched,
        outcome,
    })
}

/// Writes what was planned: documents and client, or neither.
///
/// # Errors
/// When a file cannot be written. Documents are then as they were; should the client have been
/// written already, `cargo codegen generate` makes it what the documents say.
pub fn write(workspace: &Workspace, plan: &Plan) -> Result<(), FileError> {
    let staged = edited::stage(workspace.root(), &plan.before, &plan.patched.sources)?;
    write_difference(workspace, &plan.outcome)?;
    staged.into_iter().try_for_each(Staged::keep)
}
