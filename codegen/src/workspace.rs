//! Where the documents and the crate are on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::source::Source;

/// The page that shows the operations to readers of the repository.
pub const README: &str = "README.md";

/// The folders of a workspace that generation reads and writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    root: PathBuf,
}

/// A file or folder that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {}: {source}", path.display())]
pub struct FileError {
    /// What was tried: `read`.
    pub action: &'static str,
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: std::io::Error,
}

impl FileError {
    pub(crate) fn new(action: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self {
            action,
            path: path.to_owned(),
            source,
        }
    }
}

impl Workspace {
    /// A workspace by the folder that holds `spec/` and `generated/`.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The workspace this crate was compiled in, or the current folder when it is gone.
    pub fn current() -> Self {
        let compiled = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .map(Path::to_owned);
        match compiled {
            Some(root) if root.join("spec").is_dir() => Self::at(root),
            _ => Self::at("."),
        }
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
        self.root.join("generated")
    }

    /// Reads every `*.yaml`, `*.yml` and `*.json` of `spec/`, sorted by name.
    ///
    /// # Errors
    /// When the folder or a document cannot be read, or is not UTF-8.
    pub fn sources(&self) -> Result<Vec<Source>, FileError> {
        let folder = self.spec();
        let mut sources = Vec::new();
        let entries =
            std::fs::read_dir(&folder).map_err(|error| FileError::new("read", &folder, error))?;
        for entry in entries {
            let path = entry
                .map_err(|error| FileError::new("read", &folder, error))?
                .path();
            let is_document = path
                .extension()
                .and_then(|extension| extension.to_str())
                .is_some_and(|extension| matches!(extension, "yaml" | "yml" | "json"));
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            if !is_document || name.starts_with('.') {
                continue;
            }
            let text = std::fs::read_to_string(&path)
                .map_err(|error| FileError::new("read", &path, error))?;
            sources.push(Source::new(format!("spec/{name}"), text));
        }
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(sources)
    }

    /// Reads every file below `generated/`, and the README that shows its operations, by their
    /// paths in the workspace. What is missing is left out.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn generated_files(&self) -> Result<BTreeMap<String, Vec<u8>>, FileError> {
        let mut files = BTreeMap::new();
        let root = self.generated();
        if root.is_dir() {
            collect(&root, "generated/", &mut files)?;
        }
        let readme = self.root.join(README);
        if readme.is_file() {
            let bytes =
                std::fs::read(&readme).map_err(|error| FileError::new("read", &readme, error))?;
            files.insert(README.to_owned(), bytes);
        }
        Ok(files)
    }
}

fn collect(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> Result<(), FileError> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| FileError::new("read", folder, error))?;
    for entry in entries {
        let entry = entry.map_err(|error| FileError::new("read", folder, error))?;
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        // What cargo leaves when the crate is built on its own is nobody's edit.
        if prefix == "generated/" && (name == "target" || name == "Cargo.lock") {
            continue;
        }
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), files)?;
        } else {
            let bytes =
                std::fs::read(&path).map_err(|error| FileError::new("read", &path, error))?;
            files.insert(format!("{prefix}{name}"), bytes);
        }
    }
    Ok(())
}
