//! Files → disk: only what differs, each through a temporary file and a rename.

use std::collections::BTreeMap;
use std::path::Path;

use crate::workspace::{FileError, Workspace};

/// How the crate on disk differs from what was rendered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Difference {
    /// Files that are not there.
    pub missing: Vec<String>,
    /// Files with other content.
    pub changed: Vec<String>,
    /// Files that nothing renders.
    pub extra: Vec<String>,
}

impl Difference {
    /// Compares what was rendered with what is on disk.
    pub fn between(
        rendered: &BTreeMap<String, String>,
        on_disk: &BTreeMap<String, Vec<u8>>,
    ) -> Self {
        let mut difference = Self::default();
        for (path, text) in rendered {
            match on_disk.get(path) {
                None => difference.missing.push(path.clone()),
                Some(bytes) if bytes != text.as_bytes() => difference.changed.push(path.clone()),
                Some(_) => {}
            }
        }
        difference.extra = on_disk
            .keys()
            .filter(|path| !rendered.contains_key(*path))
            .cloned()
            .collect();
        difference
    }

    /// Whether disk and rendering are the same.
    pub fn is_empty(&self) -> bool {
        self.missing.is_empty() && self.changed.is_empty() && self.extra.is_empty()
    }

    /// Every file with what happened to it: `changed generated/src/dcs/types.rs`.
    pub fn lines(&self) -> Vec<String> {
        let kinds = [
            ("missing", &self.missing),
            ("changed", &self.changed),
            ("extra", &self.extra),
        ];
        kinds
            .iter()
            .flat_map(|(kind, paths)| paths.iter().map(move |path| format!("{kind} {path}")))
            .collect()
    }

    /// The changes as a unified diff from disk to what was rendered.
    pub fn unified(
        &self,
        rendered: &BTreeMap<String, String>,
        on_disk: &BTreeMap<String, Vec<u8>>,
    ) -> String {
        let mut text = String::new();
        let paths = self.missing.iter().chain(&self.changed).chain(&self.extra);
        for path in paths {
            let before = on_disk
                .get(path)
                .map(|bytes| String::from_utf8_lossy(bytes))
                .unwrap_or_default();
            let after = rendered.get(path).map(String::as_str).unwrap_or_default();
            let diff = similar::TextDiff::from_lines(before.as_ref(), after);
            text.push_str(
                &diff
                    .unified_diff()
                    .context_radius(2)
                    .header(
                        &format!("{path} (on disk)"),
                        &format!("{path} (from spec/)"),
                    )
                    .to_string(),
            );
        }
        text
    }
}

/// Makes the crate on disk what was rendered. Files that are the same are not touched.
///
/// Every new text is written beside its target before the first is renamed, so that running out of
/// space or rights leaves everything as it was.
///
/// # Errors
/// When a file cannot be written or removed.
pub fn write(
    workspace: &Workspace,
    difference: &Difference,
    rendered: &BTreeMap<String, String>,
) -> Result<(), FileError> {
    let root = workspace.root();
    let mut staged = Vec::new();
    for path in difference.missing.iter().chain(&difference.changed) {
        let target = root.join(path);
        let text = rendered.get(path).map(String::as_str).unwrap_or_default();
        match stage(&target, text) {
            Ok(temporary) => staged.push((temporary, target)),
            Err(error) => {
                for (temporary, _) in &staged {
                    // Best effort: the error that counts is the first one.
                    let _ = std::fs::remove_file(temporary);
                }
                return Err(error);
            }
        }
    }
    for (temporary, target) in &staged {
        std::fs::rename(temporary, target)
            .map_err(|error| FileError::new("replace", target, error))?;
    }
    for path in &difference.extra {
        let path = root.join(path);
        std::fs::remove_file(&path).map_err(|error| FileError::new("remove", &path, error))?;
        remove_empty_parents(&workspace.generated(), &path);
    }
    Ok(())
}

fn stage(target: &Path, text: &str) -> Result<std::path::PathBuf, FileError> {
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder).map_err(|error| FileError::new("create", folder, error))?;
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let temporary = target.with_file_name(name);
    std::fs::write(&temporary, text).map_err(|error| FileError::new("write", &temporary, error))?;
    Ok(temporary)
}

/// A folder that lost its last file goes with it.
fn remove_empty_parents(root: &Path, path: &Path) {
    let mut folder = path.parent();
    while let Some(current) = folder {
        // `remove_dir` refuses folders that are not empty, which is when to stop.
        if current == root || std::fs::remove_dir(current).is_err() {
            break;
        }
        folder = current.parent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn disk_becomes_what_was_rendered_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        let first = rendered(&[("generated/src/a.rs", "a"), ("generated/src/old/b.rs", "b")]);
        let difference = Difference::between(&first, &workspace.generated_files().unwrap());
        assert_eq!(difference.missing.len(), 2);
        write(&workspace, &difference, &first).unwrap();

        let before = std::fs::metadata(workspace.generated().join("src/a.rs"))
            .unwrap()
            .modified()
            .unwrap();
        let second = rendered(&[("generated/src/a.rs", "a"), ("generated/src/c.rs", "c")]);
        let difference = Difference::between(&second, &workspace.generated_files().unwrap());
        assert_eq!(
            difference.lines(),
            ["missing generated/src/c.rs", "extra generated/src/old/b.rs"]
        );
        write(&workspace, &difference, &second).unwrap();

        let on_disk = workspace.generated_files().unwrap();
        assert!(Difference::between(&second, &on_disk).is_empty());
        assert!(!workspace.generated().join("src/old").exists());
        let after = std::fs::metadata(workspace.generated().join("src/a.rs"))
            .unwrap()
            .modified()
            .unwrap();
        assert_eq!(before, after);
    }

    #[test]
    fn a_failed_write_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        std::fs::create_dir_all(workspace.generated()).unwrap();
        std::fs::write(workspace.generated().join("a.rs"), "before").unwrap();
        // A file stands where a folder is needed.
        std::fs::write(workspace.generated().join("src"), "in the way").unwrap();
        let files = rendered(&[("generated/a.rs", "after"), ("generated/src/b.rs", "b")]);
        let on_disk = workspace.generated_files().unwrap();
        let difference = Difference::between(&files, &on_disk);
        write(&workspace, &difference, &files).unwrap_err();
        assert_eq!(workspace.generated_files().unwrap(), on_disk);
    }
}
