//! Writing below a folder without ever leaving it, and taking all of it back.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use crate::disk::{self, FileError, OnDisk};
use crate::read;
use crate::workspace::Workspace;

use super::staged::Staged;

/// Changes to the files of a workspace that are all made or all taken back.
///
/// The system is asked right before each step what stands at the path, and no step follows a link:
/// a temporary file is made anew, a rename replaces the name it is given, and so does a removal.
pub(super) struct Changes<'w> {
    workspace: &'w Workspace,
    on_disk: &'w OnDisk,
    folders: Vec<PathBuf>,
    staged: Vec<(Staged, String)>,
    done: Vec<String>,
}

impl<'w> Changes<'w> {
    pub(super) fn new(workspace: &'w Workspace, on_disk: &'w OnDisk) -> Self {
        Self {
            workspace,
            on_disk,
            folders: Vec::new(),
            staged: Vec::new(),
            done: Vec::new(),
        }
    }

    /// Writes the text of a file beside it.
    pub(super) fn stage(&mut self, path: &str, text: &str) -> Result<(), FileError> {
        let target = self.target(path)?;
        let staged = Staged::beside(&target, text.as_bytes())?;
        self.staged.push((staged, path.to_owned()));
        Ok(())
    }

    /// Puts every staged file into its place.
    pub(super) fn keep(&mut self) -> Result<(), FileError> {
        while let Some((staged, path)) = self.staged.pop() {
            let target = self.target(&path)?;
            self.is_expected(&path, &target)?;
            staged.keep()?;
            self.done.push(path);
        }
        Ok(())
    }

    /// Removes a file, and the folders that lost their last one.
    pub(super) fn remove(&mut self, path: &str) -> Result<(), FileError> {
        let target = self.target(path)?;
        std::fs::remove_file(&target).map_err(|error| FileError::new("remove", &target, error))?;
        self.done.push(path.to_owned());
        let mut folder = target.parent();
        while let Some(current) = folder {
            // `remove_dir` refuses folders that are not empty, which is when to stop.
            if current == self.workspace.generated() || std::fs::remove_dir(current).is_err() {
                break;
            }
            folder = current.parent();
        }
        Ok(())
    }

    /// Makes everything what it was. Best effort: the error that counts is the one that led here.
    pub(super) fn take_back(mut self) {
        self.staged.clear();
        for path in std::mem::take(&mut self.done) {
            let Ok(target) = self.target(&path) else {
                continue;
            };
            let _ = match self.on_disk.files.get(&path) {
                Some(bytes) => Staged::beside(&target, bytes).and_then(Staged::keep),
                None => std::fs::remove_file(&target)
                    .map_err(|error| FileError::new("remove", &target, error)),
            };
        }
        for folder in self.folders.iter().rev() {
            let _ = std::fs::remove_dir(folder);
        }
    }

    /// Refuses a file that was not there when the folder was looked at: somebody put it there
    /// since, or it goes by another name that the system takes for the same.
    fn is_expected(&self, path: &str, target: &Path) -> Result<(), FileError> {
        if self.on_disk.files.contains_key(path) || std::fs::symlink_metadata(target).is_err() {
            return Ok(());
        }
        let text = "a file stands there that the generator did not write; move it away";
        let error = Error::new(ErrorKind::AlreadyExists, text);
        Err(FileError::new("write", target, error))
    }

    /// Makes the folder that the crate's own stands in, with those above it that are not there.
    fn make_root(&mut self, root: &Path) -> Result<(), FileError> {
        let is_missing = |it: &&Path| !it.as_os_str().is_empty() && !it.exists();
        let missing: Vec<_> = root.ancestors().take_while(is_missing).collect();
        missing
            .into_iter()
            .rev()
            .try_for_each(|folder| self.make(folder))
    }

    fn make(&mut self, folder: &Path) -> Result<(), FileError> {
        std::fs::create_dir(folder).map_err(|error| FileError::new("create", folder, error))?;
        self.folders.push(folder.to_owned());
        Ok(())
    }

    /// The path of a file, once its folders are folders and nothing but a file stands there.
    fn target(&mut self, path: &str) -> Result<PathBuf, FileError> {
        let mut target = self.workspace.root().to_owned();
        self.make_root(&target)?;
        let mut parts = path.split('/').peekable();
        let mut is_first = true;
        while let Some(part) = parts.next() {
            let is_crate = std::mem::take(&mut is_first) && part == disk::FOLDER;
            if is_crate {
                target = self.workspace.generated();
            } else {
                target.push(part);
            }
            let is_folder = parts.peek().is_some();
            match std::fs::symlink_metadata(&target) {
                Ok(metadata) if is_folder && metadata.is_dir() => {}
                Ok(metadata) if !is_folder && metadata.is_file() => {
                    if metadata.permissions().readonly() {
                        let error = Error::new(ErrorKind::PermissionDenied, "it is read-only");
                        return Err(FileError::new("replace", &target, error));
                    }
                }
                Ok(metadata) => {
                    let text = format!(
                        "it is {} where the generator has {}; move it away",
                        read::title(metadata.file_type()),
                        if is_folder { "a folder" } else { "a file" }
                    );
                    let error = Error::new(ErrorKind::AlreadyExists, text);
                    return Err(FileError::new("write", &target, error));
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    if is_folder {
                        self.make(&target)?;
                    }
                }
                Err(error) => return Err(FileError::new("write", &target, error)),
            }
        }
        Ok(target)
    }
}
