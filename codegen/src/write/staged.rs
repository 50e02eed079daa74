//! One file, written whole or not at all.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::workspace::FileError;

/// A file that was written beside its place and waits to take it. Dropped before, nothing is left.
#[derive(Debug)]
pub struct Staged {
    temporary: PathBuf,
    target: PathBuf,
}

impl Staged {
    /// Writes the bytes beside the target, into a new file with the rights that the target has.
    ///
    /// # Errors
    /// When the file cannot be written; its folder has to be there.
    pub fn beside(target: &Path, bytes: &[u8]) -> Result<Self, FileError> {
        let mut number = 0;
        loop {
            let mut name = std::ffi::OsString::from(".");
            name.push(target.file_name().unwrap_or_default());
            name.push(format!(".{number}.new"));
            let temporary = target.with_file_name(name);
            // One that is there already is somebody's.
            let opened = OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&temporary);
            let mut file = match opened {
                Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 100 => {
                    number += 1;
                    continue;
                }
                opened => opened.map_err(|error| FileError::new("write", &temporary, error))?,
            };
            let staged = Self {
                temporary,
                target: target.to_owned(),
            };
            if let Ok(before) = std::fs::metadata(target) {
                // The file is readable all the same where this is refused.
                let _ = file.set_permissions(before.permissions());
            }
            file.write_all(bytes)
                .map_err(|error| FileError::new("write", &staged.temporary, error))?;
            return Ok(staged);
        }
    }

    /// Takes the target's place.
    ///
    /// # Errors
    /// When the target cannot be replaced; then it is as it was.
    pub fn keep(self) -> Result<(), FileError> {
        std::fs::rename(&self.temporary, &self.target)
            .map_err(|error| FileError::new("replace", &self.target, error))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // After `keep` it is not there any more.
        let _ = std::fs::remove_file(&self.temporary);
    }
}

/// Writes a file through one beside it, so that nobody ever sees half of it. Its folder is made.
///
/// # Errors
/// When it cannot be written; then it is as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    stage_file(path, bytes)?.keep()
}

/// Writes a file beside its place, and makes the folder for both.
///
/// # Errors
/// When it cannot be written.
pub fn stage_file(path: &Path, bytes: &[u8]) -> Result<Staged, FileError> {
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(|error| FileError::new("create", folder, error))?;
    }
    Staged::beside(path, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.txt");
        write_file(&path, b"one").unwrap();
        write_file(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        let in_the_way = path.join("c.txt");
        let error = write_file(&in_the_way, b"three").unwrap_err().to_string();
        assert!(error.contains("b.txt"), "{error}");
        drop(Staged::beside(&path, b"four").unwrap());
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        let left: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_rights() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write_file(&path, b"one").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        write_file(&path, b"two").unwrap();
        let rights = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(rights & 0o777, 0o640);
    }
}
