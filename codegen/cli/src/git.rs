//! Documents as a revision of git has them.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use huaweicloud_codegen::load::follow;
use huaweicloud_codegen::workspace::is_document;
use huaweicloud_codegen::{Referred, Source};

/// Documents larger than this are not read, as on disk.
const LARGEST: usize = 64 << 20;

/// Reads what stood at a path at a revision: a document, or the documents of a folder, each under
/// `revision:path`, with what it refers to in the folder and below it, or in another folder around it.
///
/// # Errors
/// When git cannot be run, knows no such revision, or has something there that is no document.
pub(crate) fn documents_at(
    revision: &str,
    path: &Path,
    within: Option<&Path>,
) -> Result<Vec<Source>, String> {
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
            "git knows no revision `{}` in {}; `git log` and `git tag` list those there are, and \
             `git fetch --tags` gets those of others",
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
    let depth = within
        .and_then(|within| depth(&folder, within))
        .unwrap_or(0);
    let shown = format!("{revision}:{}", folder.display());
    let mut sources = Vec::new();
    for name in names.filter(wanted) {
        let text = git(&folder, ["show", &format!("{commit}:./{name}")]).map_err(Failure::words)?;
        if text.len() > LARGEST {
            return Err(format!("{revision}:{name} is larger than 64 MiB"));
        }
        let at = Commit {
            folder: &folder,
            commit: &commit,
            depth,
        };
        sources.push(at.followed(Source::new(name, text)).below(&shown));
    }
    if let (Some(only), true) = (only, sources.is_empty()) {
        let name = only.to_string_lossy();
        return Err(format!("{revision} has no {name} in {}", folder.display()));
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

/// How many folders one is below another; none where it is not.
fn depth(folder: &Path, within: &Path) -> Option<usize> {
    let (folder, within) = (folder.canonicalize().ok()?, within.canonicalize().ok()?);
    Some(folder.strip_prefix(within).ok()?.components().count())
}

/// Most of the files that a document refers to, as on disk.
const MOST_FILES: usize = 1_000;

/// A commit as seen from a folder, and how far above that a document may refer.
struct Commit<'c> {
    folder: &'c Path,
    commit: &'c str,
    depth: usize,
}

impl Commit<'_> {
    /// A document of the folder with the files that it refers to.
    fn followed(&self, source: Source) -> Source {
        // By their paths in the repository, which is one path for each.
        let mut known = HashMap::new();
        if let Ok(Some(whole)) = self.file(&source.path) {
            known.insert(whole, source.path.clone());
        }
        let mut bytes = source.text.len();
        follow(source, &mut |path| {
            let above = path.split('/').take_while(|it| *it == "..").count();
            if above > self.depth {
                return Referred::Refused("it is outside of the folder of the document".to_owned());
            }
            let whole = match self.file(path) {
                Ok(Some(whole)) => whole,
                Ok(None) => return Referred::Missing("there is no such file".to_owned()),
                Err(failure) => return Referred::Missing(failure.words()),
            };
            if let Some(path) = known.get(&whole) {
                return Referred::Same(path.clone());
            }
            match git(
                self.folder,
                ["show", &format!("{}:{}", self.commit, here(path))],
            ) {
                Ok(text) if known.len() <= MOST_FILES && bytes + text.len() <= LARGEST => {
                    bytes += text.len();
                    known.insert(whole, path.to_owned());
                    Referred::Text(text.into())
                }
                Ok(_) => Referred::Refused("the document refers to more than is read".to_owned()),
                Err(failure) => Referred::Missing(failure.words()),
            }
        })
    }

    /// The path of a file in the repository; none where there is no file.
    fn file(&self, path: &str) -> Result<Option<String>, Failure> {
        let asked = [
            "ls-tree",
            "-z",
            "--full-name",
            self.commit,
            "--",
            &here(path),
        ];
        let listed = git(self.folder, asked)?;
        let file = listed.trim_end_matches('\0').split_once('\t');
        let file = file.filter(|(kind, _)| kind.starts_with("100"));
        Ok(file.map(|(_, whole)| whole.to_owned()))
    }
}

/// A path as git takes it for one that is seen from its folder.
fn here(path: &str) -> String {
    match path.starts_with("../") {
        true => path.to_owned(),
        false => format!("./{path}"),
    }
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
