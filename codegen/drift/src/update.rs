//! The whole loop: documents that follow their pages, and the client made from them, all or nothing.

use std::collections::BTreeMap;

use huaweicloud_codegen::generate::{GenerateError, Outcome, compare_sources, write_difference};
use huaweicloud_codegen::workspace::FileError;
use huaweicloud_codegen::write::stage_file;
use huaweicloud_codegen::{Source, Workspace};

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

/// A change, as a [`Verdict`] sees it.
#[derive(Debug)]
pub struct Change<'a> {
    /// The differences that were fixed.
    pub fixed: &'a [FixedDifference],
    /// The client's files on disk, by their paths in the workspace.
    pub before: &'a BTreeMap<String, Vec<u8>>,
    /// The client's files as they would be.
    pub after: &'a BTreeMap<String, String>,
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

/// Judges changes. This is the place for a comparison of the two clients' public interfaces;
/// until there is one, [`ByDifferences`] goes by what was fixed.
pub trait Verdict {
    /// What a change means for users.
    fn judge(&self, change: &Change<'_>) -> Judgement;
}

/// Goes by the judgement that each difference carries.
#[derive(Debug, Clone, Copy, Default)]
pub struct ByDifferences;

impl Verdict for ByDifferences {
    fn judge(&self, change: &Change<'_>) -> Judgement {
        let is_same = change.before.len() == change.after.len()
            && change.after.iter().all(|(path, text)| {
                change
                    .before
                    .get(path)
                    .is_some_and(|it| it == text.as_bytes())
            });
        if is_same {
            return Judgement::Nothing;
        }
        if change.fixed.is_empty() {
            return Judgement::NotJudged;
        }
        let breaking = change
            .fixed
            .iter()
            .filter(|it| it.difference.breaking.breaks);
        let mut why: Vec<String> = breaking
            .map(|it| {
                let subject = it.difference.name.subject.words();
                format!(
                    "{}: {subject}: {}",
                    it.operation, it.difference.breaking.why
                )
            })
            .collect();
        why.dedup();
        match why.is_empty() {
            true => Judgement::Compatible,
            false => Judgement::Breaking(why),
        }
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
    verdict: &dyn Verdict,
) -> Result<Plan, GenerateError> {
    let before = workspace.sources()?;
    let patched = patch(&before, lock, pages);
    let outcome = compare_sources(patched.sources.clone(), workspace.generated_files()?)?;
    let none = BTreeMap::new();
    let after = outcome.rendered.as_ref().map_or(&none, |it| &it.files);
    let judgement = verdict.judge(&Change {
        fixed: &patched.fixed,
        before: &outcome.on_disk.files,
        after,
    });
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
pub fn write(workspace: &Workspace, plan: &Plan) -> Result<Vec<String>, FileError> {
    let mut staged = Vec::new();
    let mut written = Vec::new();
    for source in plan.patched.changed(&plan.before) {
        let path = workspace.root().join(&source.path);
        staged.push(stage_file(&path, source.text.as_bytes())?);
        written.push(format!("changed {}", source.path));
    }
    write_difference(workspace, &plan.outcome)?;
    for file in staged {
        file.keep()?;
    }
    written.extend(plan.outcome.difference.lines());
    Ok(written)
}
