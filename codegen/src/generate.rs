//! The maintainer's step: make `generated/` what `spec/` says, or say how it differs.

use crate::diagnostic::Diagnostics;
use crate::disk::OnDisk;
use crate::emit::Watch;
use crate::emit::operations_table;
use crate::model::Model;
use crate::policy::{LEVELS_FILE, LevelsError, Policy};
use crate::profile::{self, Profile};
use crate::render::{Rendered, render_watched};
use crate::source::Source;
use crate::stamp::{Fingerprint, Stamp};
use crate::workspace::{FileError, README, Workspace};
use crate::write::{FileChanges, write};

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// `spec/` has no document.
    #[error("there is no document in {0}; put an OpenAPI document there, such as demo.yaml")]
    NoDocuments(String),
    /// There is no `spec/`.
    #[error(
        "there is no spec/ in {0} or above it; go to the workspace, name it with --root, or name a \
         document with --spec"
    )]
    NoSpec(String),
    /// Something stands in the crate where a file has to be, and the generator did not write it.
    #[error(
        "in {folder} stands what the generator did not write, where it has files of its own: {}; \
         nothing was changed, move it away first", .found.join(", "))]
    InTheWay {
        /// The folder of the crate.
        folder: String,
        /// What stands there, each with what it is.
        found: Vec<String>,
    },
    /// Cargo would not take the name.
    #[error("`{}` is no name of a package: a letter, then letters, digits, `-` and `_`, 64 at most", .0.escape_debug())]
    Name(String),
    /// The name means something else where the crate is compiled.
    #[error(
        "a crate cannot be called `{0}`, which is {1}; choose another name, such as `{0}-client`"
    )]
    NameTaken(String, &'static str),
    /// A crate cannot be in this folder.
    #[error("{} is no folder for a crate; name one, such as ./petstore-client", .0.display())]
    NoFolder(std::path::PathBuf),
    /// The levels of findings are wrong.
    #[error(transparent)]
    Levels(#[from] LevelsError),
    /// The documents are wrong.
    #[error("the documents have mistakes; nothing was written")]
    Documents {
        /// The documents, for printing the mistakes with their lines.
        sources: Vec<Source>,
        /// The mistakes.
        diagnostics: Diagnostics,
    },
}

impl GenerateError {
    /// All that there is to say, with the lines of the documents: what a build script prints.
    #[must_use]
    pub fn report(&self) -> String {
        match self {
            Self::Documents {
                sources,
                diagnostics,
            } => format!("{}{self}", diagnostics.render(sources, false)),
            other => other.to_string(),
        }
    }
}

/// What `generate` found and did.
#[derive(Debug)]
pub struct Outcome {
    /// What was rendered; nothing when the stamp showed that all is as it was.
    pub rendered: Option<Rendered>,
    /// The documents.
    pub sources: Vec<Source>,
    /// What was on disk before.
    pub on_disk: OnDisk,
    /// How disk and rendering differed.
    pub difference: FileChanges,
}

/// Compares `generated/` with what `spec/` says. Writes nothing.
///
/// # Errors
/// When files cannot be read or the documents have mistakes.
pub fn compare(workspace: &Workspace) -> Result<Outcome, GenerateError> {
    compare_sources(workspace, sources(workspace)?)
}

/// The policy for the workspace's own documents: nothing that is found is passed over, but for what
/// a file of levels in `spec/` says.
///
/// # Errors
/// When the file of levels cannot be read.
pub fn policy(workspace: &Workspace) -> Result<Policy, GenerateError> {
    let levels = workspace.spec().join(LEVELS_FILE);
    match levels.symlink_metadata() {
        Ok(_) => Ok(Policy::strict().with_file(&levels)?),
        Err(_) => Ok(Policy::strict()),
    }
}

/// Makes `generated/` what `spec/` says.
///
/// With a `stamp`, a run in which neither documents, generator nor `generated/` changed since the
/// last one ends without rendering.
///
/// # Errors
/// When files cannot be read or written or the documents have mistakes; then nothing is changed.
pub fn generate(workspace: &Workspace, stamp: Option<&Stamp>) -> Result<Outcome, GenerateError> {
    let sources = sources(workspace)?;
    let on_disk = workspace.generated_files()?;
    let policy = policy(workspace)?;
    // The stamp knows nothing of what is no file, nor of levels.
    if let Some(stamp) = stamp.filter(|_| on_disk.odd.is_empty() && policy == Policy::strict())
        && stamp.holds(&Fingerprint::of(
            &sources,
            on_disk.files.iter().map(|(path, bytes)| (path, &**bytes)),
        ))
    {
        return Ok(Outcome {
            rendered: None,
            sources,
            on_disk,
            difference: FileChanges::default(),
        });
    }
    let outcome = compare_under(
        sources,
        on_disk,
        profile::of_the_workspace(),
        &policy,
        &|_, _| {},
    )?;
    write_difference(workspace, &outcome)?;
    if let (Some(rendered), Some(stamp)) = (&outcome.rendered, stamp) {
        let files = rendered
            .files
            .iter()
            .map(|(path, text)| (path, text.as_bytes()));
        stamp.keep(&Fingerprint::of(&outcome.sources, files));
    }
    Ok(outcome)
}

/// Writes what [`compare`] found to differ.
///
/// # Errors
/// When a file cannot be written or removed.
pub fn write_difference(workspace: &Workspace, outcome: &Outcome) -> Result<(), FileError> {
    match &outcome.rendered {
        Some(rendered) => write(
            workspace,
            &outcome.difference,
            &rendered.files,
            &outcome.on_disk,
        ),
        None => Ok(()),
    }
}

fn sources(workspace: &Workspace) -> Result<Vec<Source>, GenerateError> {
    if !workspace.spec().exists() {
        let root = workspace.root().display();
        return Err(GenerateError::NoSpec(root.to_string()));
    }
    let sources = workspace.sources()?;
    if sources.is_empty() {
        return Err(GenerateError::NoDocuments(
            workspace.spec().display().to_string(),
        ));
    }
    Ok(sources)
}

/// Compares what is on disk with what documents of the workspace say that need not be on disk yet.
/// Writes nothing.
///
/// # Errors
/// When files cannot be read, the documents have mistakes, or something of others stands where a
/// file has to be.
pub fn compare_sources(
    workspace: &Workspace,
    sources: Vec<Source>,
) -> Result<Outcome, GenerateError> {
    let on_disk = workspace.generated_files()?;
    let policy = policy(workspace)?;
    compare_under(
        sources,
        on_disk,
        profile::of_the_workspace(),
        &policy,
        &|_, _| {},
    )
}

/// Compares what is on disk with what documents say under a profile and a policy. Writes nothing.
///
/// # Errors
/// As [`compare_sources`].
pub fn compare_under(
    sources: Vec<Source>,
    mut on_disk: OnDisk,
    profile: &dyn Profile,
    policy: &Policy,
    watch: Watch<'_>,
) -> Result<Outcome, GenerateError> {
    match render_watched(&sources, profile, policy, watch) {
        Ok(mut rendered) => {
            let page = on_disk.files.get(README).map(|page| str::from_utf8(page));
            match page.and_then(|page| with_operations(page.ok()?, &rendered.model)) {
                Some(page) => {
                    rendered.files.insert(README.to_owned(), page);
                }
                // It is left alone.
                None => {
                    on_disk.files.remove(README);
                }
            }
            let difference = FileChanges::between(&rendered.files, &on_disk);
            if !difference.in_the_way.is_empty() {
                return Err(GenerateError::InTheWay {
                    folder: "generated/".to_owned(),
                    found: named(&difference.in_the_way),
                });
            }
            Ok(Outcome {
                rendered: Some(rendered),
                sources,
                on_disk,
                difference,
            })
        }
        Err(diagnostics) => Err(GenerateError::Documents {
            sources,
            diagnostics,
        }),
    }
}

/// Each path with what is there: `generated/src (a link)`.
pub fn named(found: &[(String, String)]) -> Vec<String> {
    // Anybody may have named them.
    let named = found
        .iter()
        .map(|(path, what)| format!("{} ({what})", path.escape_debug()));
    named.collect()
}

/// The lines of the README that the table of operations stands between.
const TABLE: (&str, &str) = ("<!-- operations -->\n", "<!-- end of operations -->");

/// A page with the table of operations between its marks; none for a page without one pair of them.
fn with_operations(page: &str, model: &Model) -> Option<String> {
    let (before, rest) = page.split_once(TABLE.0)?;
    let (_, after) = rest.split_once(TABLE.1)?;
    if rest.contains(TABLE.0) || after.contains(TABLE.1) {
        return None;
    }
    Some(format!(
        "{before}{}{}{}{after}",
        TABLE.0,
        operations_table(model),
        TABLE.1
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empty() -> Model {
        Model {
            package: profile::of_the_workspace().package().clone(),
            services: Vec::new(),
        }
    }

    #[test]
    fn the_table_stands_between_its_marks_and_nothing_else_changes() {
        let page = format!("before\n{}old\n{}\nafter", TABLE.0, TABLE.1);
        let updated = with_operations(&page, &empty()).unwrap();
        assert!(updated.starts_with("before\n") && updated.ends_with("\nafter"));
        assert!(!updated.contains("old"));
        assert_eq!(with_operations(&updated, &empty()), Some(updated));
        for page in ["no marks", &format!("{0}a\n{0}b\n{1}", TABLE.0, TABLE.1)] {
            assert_eq!(with_operations(page, &empty()), None);
        }
    }
}
