//! The whole loop: documents that follow their pages, and the client made from them, all or nothing.

use huaweicloud_codegen::generate::{GenerateError, Outcome, compare_sources, write_difference};
use huaweicloud_codegen::workspace::FileError;
use huaweicloud_codegen::write::Staged;
use huaweicloud_codegen::{Source, Workspace};

use crate::edited;
use crate::lock::Lock;
use crate::patch::{FixedDifference, PageToFollow, Patched, patch};

/// What an update would change, before anything is written.
#[derive(Debug)]
pub struct Plan {
    /// The documents as they are on disk.
    pub before: Vec<Source>,
    /// The documents as they would be.
    pub patched: Patched,
    /// The client as it would be made from them.
    pub outcome: Outcome,
    /// What the change means for users.
    pub judgement: Judgement,
}

/// What a change means for those who use the client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judgement {
    /// The client stays as it is.
    Nothing,
    /// Code that uses the client goes on compiling and working.
    Compatible,
    /// Files change, but not by differences that were fixed here, so nothing was judged.
    NotJudged,
    /// Some of it does not; why, once for each reason.
    Breaking(Vec<String>),
}

/// What a change means for users, by the judgement that each difference carries.
fn judge(fixed: &[FixedDifference], outcome: &Outcome) -> Judgement {
    if outcome.difference.is_empty() {
        return Judgement::Nothing;
    }
    if fixed.is_empty() {
        return Judgement::NotJudged;
    }
    let breaking = fixed.iter().filter(|it| it.difference.breaking.breaks);
    let why = breaking.map(|it| {
        let subject = it.difference.name.subject.words();
        format!(
            "{}: {subject}: {}",
            it.operation, it.difference.breaking.why
        )
    });
    let mut why: Vec<String> = why.collect();
    why.dedup();
    match why.is_empty() {
        true => Judgement::Compatible,
        false => Judgement::Breaking(why),
    }
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
    let judgement = judge(&patched.fixed, &outcome);
    Ok(Plan {
        before,
        patched,
        outcome,
        judgement,
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
