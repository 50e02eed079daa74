//! Files, written whole or not at all.

use std::io::Write;
use std::path::{Path, PathBuf};

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

/// Writes a file through a temporary one beside it, so that nobody ever sees half of it.
///
/// # Errors
/// When it cannot be written; then it is as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let staged = Staged::new(path, bytes)?;
    staged.keep()
}

/// A file that was written beside its place and waits to take it.
#[derive(Debug)]
pub(crate) struct Staged {
    temporary: tempfile::NamedTempFile,
    target: PathBuf,
}

impl Staged {
    /// Writes the bytes beside the target. Dropped without [`Staged::keep`], nothing is left.
    pub(crate) fn new(target: &Path, bytes: &[u8]) -> Result<Self, FileError> {
        let failed = |error| FileError::new("write", target, error);
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        std::fs::create_dir_all(folder).map_err(|error| FileError::new("create", folder, error))?;
        let mut temporary = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        temporary.write_all(bytes).map_err(failed)?;
        if let Ok(before) = std::fs::metadata(target) {
            // A temporary file is its owner's alone; the target keeps the rights it has.
            let _ = temporary.as_file().set_permissions(before.permissions());
        } else {
            readable(&temporary);
        }
        Ok(Self {
            temporary,
            target: target.to_owned(),
        })
    }

    /// Takes the target's place.
    pub(crate) fn keep(self) -> Result<(), FileError> {
        let Self { temporary, target } = self;
        match temporary.persist(&target) {
            Ok(_) => Ok(()),
            Err(error) => Err(FileError::new("replace", &target, error.error)),
        }
    }
}

#[cfg(unix)]
fn readable(file: &tempfile::NamedTempFile) {
    use std::os::unix::fs::PermissionsExt;
    let _ = file
        .as_file()
        .set_permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn readable(_: &tempfile::NamedTempFile) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.txt");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        let in_the_way = path.join("c.txt");
        let error = write(&in_the_way, b"three").unwrap_err().to_string();
        assert!(error.contains("b.txt"), "{error}");
        drop(Staged::new(&path, b"four").unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1);
    }
}
