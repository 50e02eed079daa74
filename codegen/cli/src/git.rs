//! Documents as a revision of git has them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use huaweicloud_codegen::Source;
use huaweicloud_codegen::workspace::is_document;

/// Documents larger than this are not read, as on disk.
const LARGEST: usize = 64 << 20;

/// Reads what stood at a path at a revision: a document, or the documents of a folder, each under
/// `revision:path`.
///
/// # Errors
/// When git cannot be run, knows no such revision, or has something there that is no document.
pub(crate) fn documents_at(revision: &str, path: &Path) -> Result<Vec<Source>, String> {
    let is_folder = path.is_dir() || path.extension().is_none();
    let (folder, only) = match is_folder {
        true => (path.to_owned(), None),
        false => {
            let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
            let folder = parent.map_or_else(|| PathBuf::from("."), Path::to_owned);
            (folder, path.file_name())
        }
    };
    let commit = format!("{revision}^{{commit}}");
    let asked = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &commit,
    ];
    let commit = git(&folder, asked).map_err(|error| match error {
        Failure::Said(_) => format!(
            "git knows no revision `{}` in {}",
            revision.escape_debug(),
            folder.display()
        ),
        Failure::NotRun(error) => error,
    })?;
    let commit = commit.trim().to_owned();
    let listed = git(&folder, ["ls-tree", "-z", &commit]).map_err(Failure::words)?;
    let names = listed.split('\0').filter_map(|line| {
        let (kind, name) = line.split_once('\t')?;
        // A link or a folder of that name is no document.
        kind.starts_with("100").then_some(name)
    });
    let wanted = |name: &&str| match only {
        Some(only) => OsStr::new(*name) == only,
        None => is_document(name),
    };
    let mut sources = Vec::new();
    for name in names.filter(wanted) {
        let text = git(&folder, ["show", &format!("{commit}:./{name}")]).map_err(Failure::words)?;
        if text.len() > LARGEST {
            return Err(format!("{revision}:{name} is larger than 64 MiB"));
        }
        let shown = folder.join(name);
        sources.push(Source::new(format!("{revision}:{}", shown.display()), text));
    }
    if let (Some(only), true) = (only, sources.is_empty()) {
        let name = only.to_string_lossy();
        return Err(format!("{revision} has no {name} in {}", folder.display()));
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

enum Failure {
    /// Git could not be run.
    NotRun(String),
    /// What git said.
    Said(String),
}

impl Failure {
    fn words(self) -> String {
        match self {
            Self::NotRun(words) => words,
            Self::Said(words) => format!("git: {}", words.trim()),
        }
    }
}

/// What git says of a folder.
fn git<'a>(folder: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Result<String, Failure> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    let output = command
        .output()
        .map_err(|error| Failure::NotRun(format!("git could not be run: {error}")))?;
    if !output.status.success() {
        return Err(Failure::Said(
            String::from_utf8_lossy(&output.stderr).into_owned(),
        ));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| Failure::Said("what it has is not UTF-8".to_owned()))
}

/// What is not committed, a line each.
///
/// # Errors
/// When git cannot be run there.
pub(crate) fn changes(root: &Path) -> Result<String, String> {
    git(root, ["status", "--porcelain"]).map_err(Failure::words)
}

/// The tag of the last release that the current commit holds: `v` and a version.
///
/// # Errors
/// When git cannot be run there.
pub(crate) fn last_release(root: &Path) -> Result<Option<String>, String> {
    let asked = [
        "tag",
        "--merged",
        "HEAD",
        "--sort=-version:refname",
        "--list",
        "v[0-9]*",
    ];
    let tags = git(root, asked).map_err(Failure::words)?;
    Ok(tags.lines().next().map(str::to_owned))
}
