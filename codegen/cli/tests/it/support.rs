//! A workspace in a temporary folder, and the command run in it.

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// What a run printed, and its exit code.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Expects an exit code.
    #[track_caller]
    pub fn ends(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self
    }

    /// Expects something in the result.
    #[track_caller]
    pub fn says(&self, part: impl AsRef<str>) -> &Self {
        let part = part.as_ref();
        assert!(self.out.contains(part), "{part}\n---\n{}", self.out);
        self
    }

    /// Expects something in what is told beside the result.
    #[track_caller]
    pub fn tells(&self, part: impl AsRef<str>) -> &Self {
        let part = part.as_ref();
        assert!(self.err.contains(part), "{part}\n---\n{}", self.err);
        self
    }
}

/// A workspace of its own.
pub struct Workspace {
    folder: tempfile::TempDir,
}

/// The folder of these tests.
pub fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

impl Workspace {
    /// A workspace with the invented tide service, its pages in `pages/`, its definition in
    /// `definitions/`.
    pub fn tide() -> Self {
        let it = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        let read = |name: &str| {
            std::fs::read_to_string(here().join("tide").join(name)).expect("a fixture")
        };
        it.write("spec/tide.yaml", &read("tide.yaml"));
        it.write("pages/same.md", &read("same.md"));
        it.write("pages/moved.md", &read("moved.md"));
        it.write("definitions/rename.json", &read("rename.json"));
        it
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap_or_default()
    }

    /// Writes a file that is another but for a text, which has to be there.
    pub fn edit(&self, from: &str, to: &str, old: &str, new: &str) {
        let text = self.read(from);
        assert!(text.contains(old), "{from} has no {old}");
        self.write(to, &text.replace(old, new));
    }

    /// Everything below a folder, to see whether anything changed.
    pub fn files(&self, folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        collect(&self.path().join(folder), &mut files);
        files.sort();
        files
    }

    /// Documents and client, to see whether anything changed.
    pub fn all(&self) -> [Vec<(PathBuf, Vec<u8>)>; 2] {
        ["spec", "generated"].map(|it| self.files(it))
    }

    /// Runs `cargo codegen` with what a person would write behind it.
    pub fn run(&self, line: &str) -> Run {
        run_in(self.path(), line)
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            files.push((path, bytes));
        }
    }
}

/// Runs the command in a folder that is its workspace.
pub fn run_in(root: &Path, line: &str) -> Run {
    let mut command = Command::cargo_bin("cargo-codegen").expect("the command was built");
    let output = command
        .current_dir(root)
        .env_remove("CI")
        .args(["--root", "."])
        .args(shlex::split(line).expect("words of a shell"))
        .output()
        .expect("the command runs");
    Run {
        code: output.status.code().expect("an exit code"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

/// Compares a result with the one that a person has read and approved; `UPDATE_EXPECTED=1` writes anew.
pub fn expect(name: &str, found: &str) {
    let path = here().join("golden").join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, found).expect("the file can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, expected, "{name}; UPDATE_EXPECTED=1 writes it anew");
}
