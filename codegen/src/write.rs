//! Files → disk: only what differs, each through a temporary file and a rename.

mod place;
mod staged;

use std::collections::BTreeMap;

use crate::disk::{self, FileError, OnDisk};
use crate::workspace::Workspace;

use place::Changes;
pub use staged::{Staged, stage_file, write_file};

/// What a file is that the generator did not write.
const OF_OTHERS: &str = "not written by the generator";

/// Whether a path is that of a file to be written, is that of a folder it stands in, or lies in a
/// folder that has the name of such a file.
fn is_needed(path: &str, rendered: &BTreeMap<String, String>) -> bool {
    let folder = format!("{path}/");
    let mut parents = path.match_indices('/').map(|(at, _)| &path[..at]);
    rendered.contains_key(path)
        || rendered.keys().any(|it| it.starts_with(&folder))
        || parents.any(|parent| rendered.contains_key(parent))
}

/// How the crate on disk differs from what was rendered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileChanges {
    /// Files that are not there yet.
    pub new: Vec<String>,
    /// Files with other content.
    pub changed: Vec<String>,
    /// Files that the generator wrote once and renders no more.
    pub removed: Vec<String>,
    /// What somebody else put there, which stays: each path with what it is.
    pub foreign: Vec<(String, String)>,
    /// What somebody else put where a file has to be, so that nothing can be written at all.
    pub in_the_way: Vec<(String, String)>,
}

impl FileChanges {
    /// Compares what was rendered with what is on disk.
    pub fn between(rendered: &BTreeMap<String, String>, on_disk: &OnDisk) -> Self {
        let mut difference = Self::default();
        for (path, text) in rendered {
            match on_disk.files.get(path) {
                None => difference.new.push(path.clone()),
                Some(bytes) if bytes == text.as_bytes() => {}
                Some(_) if on_disk.is_ours(path, rendered) => difference.changed.push(path.clone()),
                Some(_) => difference
                    .in_the_way
                    .push((path.clone(), OF_OTHERS.to_owned())),
            }
        }
        let others = on_disk
            .files
            .keys()
            .filter(|it| !rendered.contains_key(*it))
            .map(|it| (it, OF_OTHERS));
        let odd = on_disk.odd.iter().map(|(path, what)| (path, what.as_str()));
        for (path, what) in others.chain(odd) {
            let found = (path.clone(), what.to_owned());
            if on_disk.files.contains_key(path) && on_disk.is_ours(path, rendered) {
                difference.removed.push(path.clone());
            } else if is_needed(path, rendered) {
                difference.in_the_way.push(found);
            } else {
                difference.foreign.push(found);
            }
        }
        difference
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Every file with what happened to it: `changed generated/src/demo/types.rs`.
    pub fn lines(&self) -> Vec<String> {
        let kinds = [
            ("new", &self.new),
            ("changed", &self.changed),
            ("removed", &self.removed),
        ];
        kinds
            .iter()
            .flat_map(|(kind, paths)| paths.iter().map(move |path| format!("{kind} {path}")))
            .collect()
    }

    /// The changes as a unified diff from disk to what was rendered.
    pub fn unified(&self, rendered: &BTreeMap<String, String>, on_disk: &OnDisk) -> String {
        self.unified_in(disk::FOLDER, "spec/", rendered, on_disk)
    }

    /// The same for a crate in another folder, from other documents.
    pub fn unified_in(
        &self,
        folder: &str,
        documents: &str,
        rendered: &BTreeMap<String, String>,
        on_disk: &OnDisk,
    ) -> String {
        let mut text = String::new();
        let paths = self.new.iter().chain(&self.changed).chain(&self.removed);
        for path in paths {
            let before = on_disk
                .files
                .get(path)
                .map(|bytes| String::from_utf8_lossy(bytes))
                .unwrap_or_default();
            let after = rendered.get(path).map(String::as_str).unwrap_or_default();
            let diff = similar::TextDiff::from_lines(before.as_ref(), after);
            let path = match disk::inside(path) {
                Some(inside) => format!("{folder}/{inside}"),
                None => path.clone(),
            };
            let (before, after) = (
                format!("{path} (on disk)"),
                format!("{path} (from {documents})"),
            );
            let mut diff = diff.unified_diff();
            text.push_str(&diff.context_radius(2).header(&before, &after).to_string());
        }
        text
    }
}

/// Makes the crate on disk what was rendered. Files that are the same are not touched, nor is what
/// the generator did not write.
///
/// Every new text is written beside its target before the first is renamed, and should a step fail,
/// those before it are taken back: all is as it was.
///
/// # Errors
/// When something stands where a file has to be, or a file cannot be written or removed.
pub fn write(
    workspace: &Workspace,
    difference: &FileChanges,
    rendered: &BTreeMap<String, String>,
    on_disk: &OnDisk,
) -> Result<(), FileError> {
    let mut changes = Changes::new(workspace, on_disk);
    match make(&mut changes, difference, rendered) {
        Ok(()) => Ok(()),
        Err(error) => {
            changes.take_back();
            Err(error)
        }
    }
}

fn make(
    changes: &mut Changes<'_>,
    difference: &FileChanges,
    rendered: &BTreeMap<String, String>,
) -> Result<(), FileError> {
    for path in difference.new.iter().chain(&difference.changed) {
        let text = rendered.get(path).map(String::as_str).unwrap_or_default();
        changes.stage(path, text)?;
    }
    // Before the new ones: where upper and lower case are one, these may have their names.
    for path in &difference.removed {
        changes.remove(path)?;
    }
    changes.keep()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        files
            .iter()
            .map(|(path, text)| {
                let mark = match path.ends_with(".rs") {
                    true => format!("// {}\n", crate::disk::MARK),
                    false => String::new(),
                };
                ((*path).to_owned(), mark + text)
            })
            .collect()
    }

    fn with_list(files: &[(&str, &str)]) -> BTreeMap<String, String> {
        let mut files = rendered(files);
        let list = crate::disk::list("", files.keys());
        files.insert(crate::disk::LIST.to_owned(), list);
        files
    }

    #[test]
    fn disk_becomes_what_was_rendered_and_nothing_else_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        let first = with_list(&[("generated/src/a.rs", "a"), ("generated/src/old/b.rs", "b")]);
        let difference = FileChanges::between(&first, &workspace.generated_files().unwrap());
        assert_eq!(difference.new.len(), 3);
        write(&workspace, &difference, &first, &OnDisk::default()).unwrap();

        let before = std::fs::metadata(workspace.generated().join("src/a.rs"))
            .unwrap()
            .modified()
            .unwrap();
        let second = with_list(&[("generated/src/a.rs", "a"), ("generated/src/c.rs", "c")]);
        let on_disk = workspace.generated_files().unwrap();
        // A file of somebody else at the path of one that is gone stays.
        let mut of_another = on_disk.clone();
        let path = "generated/src/old/b.rs".to_owned();
        of_another.files.insert(path.clone(), b"mine".to_vec());
        let difference = FileChanges::between(&second, &of_another);
        assert!(difference.removed.is_empty() && difference.foreign[0].0 == path);

        let difference = FileChanges::between(&second, &on_disk);
        assert_eq!(
            difference.lines(),
            [
                "new generated/src/c.rs",
                "changed generated/.generated-files",
                "removed generated/src/old/b.rs"
            ]
        );
        write(&workspace, &difference, &second, &on_disk).unwrap();

        let on_disk = workspace.generated_files().unwrap();
        assert!(FileChanges::between(&second, &on_disk).is_empty());
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
        let before = with_list(&[
            ("generated/a.rs", "before"),
            ("generated/old/b.rs", "stale"),
            ("generated/z.rs", "before"),
        ]);
        let none = OnDisk::default();
        let difference = FileChanges::between(&before, &none);
        write(&workspace, &difference, &before, &none).unwrap();
        let on_disk = workspace.generated_files().unwrap();
        let after = with_list(&[
            ("generated/a.rs", "after"),
            ("generated/new/c.rs", "new"),
            ("generated/z.rs", "after"),
        ]);
        let difference = FileChanges::between(&after, &on_disk);
        // What nobody saw when the folder was looked at: it fails after others were replaced.
        std::fs::create_dir_all(workspace.generated().join("new")).unwrap();
        std::fs::write(workspace.generated().join("new/c.rs"), "mine").unwrap();
        let error = write(&workspace, &difference, &after, &on_disk).unwrap_err();
        assert!(error.to_string().contains("did not write"), "{error}");
        std::fs::remove_dir_all(workspace.generated().join("new")).unwrap();
        assert_eq!(workspace.generated_files().unwrap(), on_disk);
        // And now it goes through.
        write(&workspace, &difference, &after, &on_disk).unwrap();
        assert!(FileChanges::between(&after, &workspace.generated_files().unwrap()).is_empty());
        assert!(!workspace.generated().join("old").exists());
    }

    #[test]
    fn what_others_put_there_is_named_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::at(folder.path());
        std::fs::create_dir_all(workspace.generated()).unwrap();
        std::fs::write(workspace.generated().join("notes.txt"), "mine").unwrap();
        std::fs::write(workspace.generated().join("src"), "in the way").unwrap();
        let files = with_list(&[("generated/src/b.rs", "b")]);
        let on_disk = workspace.generated_files().unwrap();
        let difference = FileChanges::between(&files, &on_disk);
        let what = OF_OTHERS.to_owned();
        assert_eq!(
            difference.foreign,
            [("generated/notes.txt".to_owned(), what.clone())]
        );
        assert_eq!(difference.in_the_way, [("generated/src".to_owned(), what)]);
        write(&workspace, &difference, &files, &on_disk).unwrap_err();
        assert_eq!(workspace.generated_files().unwrap(), on_disk);
    }

    #[test]
    fn before_there_was_a_list_the_mark_says_whose_a_file_is() {
        let marked = format!("// {} from spec/.\n", crate::disk::MARK);
        let disk = |files: &[(&str, &str)]| OnDisk {
            files: files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
                .collect(),
            odd: BTreeMap::new(),
        };
        let files = with_list(&[
            ("generated/Cargo.toml", "new"),
            ("generated/LICENSE-MIT", "new"),
        ]);
        let found = FileChanges::between(
            &files,
            &disk(&[
                ("generated/Cargo.toml", &marked),
                ("generated/LICENSE-MIT", "old"),
                ("generated/src/old.rs", &marked),
                ("generated/src/mine.rs", "mine"),
            ]),
        );
        assert_eq!(
            found.changed,
            ["generated/Cargo.toml", "generated/LICENSE-MIT"]
        );
        assert_eq!(found.removed, ["generated/src/old.rs"]);
        assert_eq!(found.foreign[0].0, "generated/src/mine.rs");
        // The crate of somebody else is not overwritten.
        let found = FileChanges::between(&files, &disk(&[("generated/Cargo.toml", "mine")]));
        assert_eq!(found.in_the_way[0].0, "generated/Cargo.toml");
    }
}
