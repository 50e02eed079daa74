//! Where the documents and the crate are on disk.

use std::path::{Path, PathBuf};

use crate::disk::{self, OnDisk};
pub use crate::disk::{FileError, README};
use crate::refer;
use crate::source::Source;

/// The folders of a workspace that generation reads and writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
    /// The folder of the generated crate in it.
    generated: String,
}

impl Workspace {
    /// A workspace by the folder that holds `spec/` and `generated/`.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            generated: disk::FOLDER.to_owned(),
        }
    }

    /// The place of a crate by itself: a folder that need not be there yet. None for a folder
    /// without a name, such as `..` or `/`.
    pub fn of_crate(folder: &Path) -> Option<Self> {
        let name = folder.file_name()?.to_str()?.to_owned();
        let parent = folder.parent().filter(|it| !it.as_os_str().is_empty());
        Some(Self {
            root: parent.unwrap_or(Path::new(".")).to_owned(),
            generated: name,
        })
    }

    /// The workspace that the current folder is in: the nearest folder with `spec/`, else the
    /// current folder itself.
    pub fn current() -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        let found = here.ancestors().find(|it| it.join("spec").is_dir());
        Self::at(found.unwrap_or(Path::new(".")))
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the documents.
    pub fn spec(&self) -> PathBuf {
        self.root.join("spec")
    }

    /// The folder of the generated crate.
    pub fn generated(&self) -> PathBuf {
        self.root.join(&self.generated)
    }

    /// Reads every `*.yaml`, `*.yml` and `*.json` of `spec/`, sorted by name, each with the files of
    /// the workspace that it refers to.
    ///
    /// # Errors
    /// When the folder or a document cannot be read: it is no regular file, nor a link to one, is
    /// larger than 64 MiB, or is not UTF-8.
    pub fn sources(&self) -> Result<Vec<Source>, FileError> {
        let sources = documents_in(&self.spec(), Some(&self.root))?;
        Ok(sources.into_iter().map(|it| it.below("spec")).collect())
    }

    /// Looks at everything below `generated/`, and at the README that shows its operations, by
    /// their paths in the workspace. No link is followed. What is missing is left out.
    ///
    /// # Errors
    /// When `generated/` is no folder, or cannot be read.
    pub fn generated_files(&self) -> Result<OnDisk, FileError> {
        OnDisk::below(&self.root, &self.generated)
    }
}

/// Whether a file of this name is taken for a document: `*.yaml`, `*.yml` or `*.json`, in whatever case,
/// and not hidden.
pub fn is_document(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|it| it.to_str());
    let extension = extension.map(str::to_ascii_lowercase);
    !name.starts_with('.') && matches!(extension.as_deref(), Some("yaml" | "yml" | "json"))
}

/// Reads every `*.yaml`, `*.yml` and `*.json` of a folder, in whatever case, sorted by name, each
/// under its name, with the files that it refers to: in the folder and below it, or in `root` and below
/// that, if the document is there.
///
/// # Errors
/// As [`Workspace::sources`].
pub fn documents_in(folder: &Path, root: Option<&Path>) -> Result<Vec<Source>, FileError> {
    let names = names_in(folder)?.into_iter();
    names
        .map(|name| refer::document(folder, name, root))
        .collect()
}

/// The names of the documents of a folder, sorted.
fn names_in(folder: &Path) -> Result<Vec<String>, FileError> {
    let mut names = Vec::new();
    let entries =
        std::fs::read_dir(folder).map_err(|error| FileError::new("read", folder, error))?;
    for entry in entries {
        let path = entry
            .map_err(|error| FileError::new("read", folder, error))?
            .path();
        let name = path.file_name().unwrap_or_default();
        if !is_document(&name.to_string_lossy()) {
            continue;
        }
        let Some(name) = name.to_str() else {
            let error = std::io::Error::other("its name is not UTF-8 text; rename it");
            return Err(FileError::new("read", &path, error));
        };
        names.push(name.to_owned());
    }
    names.sort();
    Ok(names)
}
