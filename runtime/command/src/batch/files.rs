//! The files of a run: which there are, and that none is written over another.

use std::fs;
use std::path::{Path, PathBuf};

use super::job::{Job, Source};
use crate::private::{in_words, shown};
use crate::problem::Problem;

/// The files of a run.
#[derive(Clone, Copy)]
pub(super) struct Files<'a> {
    pub(super) plan: &'a Path,
    pub(super) journal: &'a Path,
    pub(super) report: &'a Path,
}

/// Sees to it that no file of a run is written over another.
///
/// # Errors
/// When two of them are one.
pub(super) fn apart<C>(
    files: Files<'_>,
    secret_file: Option<&Path>,
    jobs: &[Job<C>],
) -> Result<(), Problem> {
    let sources = jobs.iter().flat_map(|job| &job.secrets);
    let sources = sources.filter_map(|(_, source)| match source {
        Source::File(path) => Some((path.as_path(), "a secret of the plan")),
        Source::Generate(_) => None,
    });
    let written = [(files.journal, "the journal"), (files.report, "the report")];
    let written = written
        .into_iter()
        .chain(secret_file.map(|path| (path, "the secret file")));
    let written: Vec<_> = written.map(|(path, what)| (identity(path), what)).collect();
    let read = [(files.plan, "the plan")].into_iter().chain(sources);
    let read = read.map(|(path, what)| (identity(path), what));
    for (index, (path, what)) in written.iter().enumerate() {
        if let Some((_, other)) = written[..index].iter().find(|(other, _)| other == path) {
            return Err(one(what, other));
        }
    }
    for (path, what) in read {
        if let Some((_, other)) = written.iter().find(|(other, _)| *other == path) {
            return Err(one(other, what));
        }
    }
    Ok(())
}

fn one(what: &str, other: &str) -> Problem {
    Problem::Usage(format!("{what} and {other} are one file; name two"))
}

/// Where a path leads, as far as it is there.
fn identity(path: &Path) -> PathBuf {
    let folder = folder_of(path);
    fs::canonicalize(path)
        .ok()
        .or_else(|| Some(fs::canonicalize(folder).ok()?.join(path.file_name()?)))
        .unwrap_or_else(|| path.to_owned())
}

/// Sees to it that the report can be written, before anything is sent.
///
/// # Errors
/// When its folder takes no file.
pub(super) fn can_be_kept(files: Files<'_>) -> Result<(), Problem> {
    let made = tempfile::NamedTempFile::new_in(folder_of(files.report));
    made.map(drop).map_err(|error| {
        let (path, why) = (shown(files.report), in_words(&error));
        Problem::Local(format!(
            "the report `{path}` cannot be written: {why}; nothing was sent"
        ))
    })
}

/// The folder that a path is in.
pub(super) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    folder.unwrap_or(Path::new("."))
}
