//! Documents from disk, with the files that they refer to.
//!
//! A document is of anybody, and so are the paths in it: what it refers to is read in one folder and
//! below it, wherever links lead, and only so much of it.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use crate::disk::FileError;
use crate::load;
use crate::read::{self, LARGEST};
use crate::source::{Referred, Source};

/// What is read of the files that a document refers to.
#[derive(Clone, Copy)]
struct Limits {
    /// How many there may be.
    files: usize,
    /// How many bytes they and the document may have.
    bytes: u64,
}

const LIMITS: Limits = Limits {
    files: 1_000,
    bytes: LARGEST,
};

/// Reads a document by the path that it is reported under, as seen from a folder, and what it refers
/// to: in `root` and below it, if the document is there, else in its own folder and below that.
///
/// # Errors
/// When the document is no regular file, larger than 64 MiB, or not UTF-8. What it refers to is told
/// of where it is looked at.
pub(crate) fn document(
    from: &Path,
    path: String,
    root: Option<&Path>,
) -> Result<Source, FileError> {
    let place = from.join(&path);
    let text = read::text(&place).map_err(|error| FileError::new("read", &place, error))?;
    let is_in = |root: &&Path| match (resolved(root), resolved(&place)) {
        (Ok(root), Ok(place)) => place.starts_with(root),
        _ => false,
    };
    let folder = place.parent().unwrap_or(Path::new(""));
    let within = root.filter(is_in).unwrap_or(folder);
    Ok(follow(Source::new(path, text), from, within, LIMITS))
}

fn follow(source: Source, from: &Path, within: &Path, limits: Limits) -> Source {
    let whole = resolved(within);
    let mut known = HashMap::new();
    if let Ok(place) = resolved(&from.join(&source.path)) {
        known.insert(place, source.path.clone());
    }
    let mut bytes = source.text.len() as u64;
    load::follow(source, &mut |path| {
        let place = resolved(&from.join(path));
        let (Ok(within_whole), Ok(place)) = (&whole, place) else {
            return Referred::Missing("its folder cannot be found".to_owned());
        };
        if !place.starts_with(within_whole) {
            let within = shown(within);
            return Referred::Refused(format!("it is not in `{within}` or below it"));
        }
        if let Some(path) = known.get(&place) {
            return Referred::Same(path.clone());
        }
        // The document is among the known.
        if known.len() > limits.files {
            let files = limits.files;
            return Referred::Refused(format!("the document refers to more than {files} files"));
        }
        let text = match read::text(&place) {
            Ok(text) => text,
            Err(error) => {
                return match error.kind() {
                    ErrorKind::NotFound => Referred::Missing("there is no such file".to_owned()),
                    ErrorKind::FileTooLarge => Referred::Refused(error.to_string()),
                    _ => Referred::Missing(error.to_string()),
                };
            }
        };
        if bytes.saturating_add(text.len() as u64) > limits.bytes {
            let most = limits.bytes >> 20;
            let why = format!("document and files come to more than {most} MiB with it");
            return Referred::Refused(why);
        }
        bytes += text.len() as u64;
        known.insert(place, path.to_owned());
        Referred::Text(text.into())
    })
}

/// A folder as messages have it.
fn shown(folder: &Path) -> String {
    match folder.display().to_string() {
        path if path.is_empty() => ".".to_owned(),
        path => path,
    }
}

/// A path without links and `..`, though nothing need be there yet.
pub(crate) fn resolved(path: &Path) -> std::io::Result<PathBuf> {
    let is_here = path.as_os_str().is_empty();
    let whole = std::path::absolute(if is_here { Path::new(".") } else { path })?;
    let mut there = whole.ancestors();
    let (there, known) = there
        .find_map(|it| Some((it, it.canonicalize().ok()?)))
        .unwrap_or((Path::new(""), PathBuf::new()));
    let mut resolved = known;
    // What is not there has no links.
    for part in whole.strip_prefix(there).unwrap_or(&whole).components() {
        match part {
            Component::ParentDir => _ = resolved.pop(),
            part => resolved.push(part),
        }
    }
    Ok(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    /// A document whose schemas are these references.
    fn referring(to: &[&str]) -> String {
        let schemas = to.iter().enumerate();
        let schemas = schemas.map(|(at, to)| format!("    S{at}: {{$ref: '{to}'}}\n"));
        format!(
            "openapi: 3.0.3\ncomponents:\n  schemas:\n{}",
            schemas.collect::<String>()
        )
    }

    #[test]
    fn a_path_is_resolved_before_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("a")).unwrap();
        for (given, whole) in [
            ("a/../b", "b"),
            ("a/new/../x/y", "a/x/y"),
            ("a", "a"),
            ("n/m", "n/m"),
        ] {
            assert_eq!(resolved(&root.join(given)).unwrap(), root.join(whole));
        }
        let here = std::env::current_dir().unwrap().canonicalize();
        assert_eq!(resolved(Path::new("")).unwrap(), here.unwrap());
    }

    #[test]
    fn files_are_read_in_a_folder_and_below_it() {
        let text = referring(&[
            "b.yaml",
            "../c.yaml",
            "../../out.yaml",
            "../gone.yaml",
            "../x",
        ]);
        let folder = folder(&[
            ("w/x/a.yaml", &text),
            ("w/x/b.yaml", "$ref: '../c.yaml'"),
            ("w/c.yaml", "type: string"),
            ("out.yaml", "secret"),
        ]);
        let at = |within: &str| {
            let from = folder.path().join("w");
            let within = folder.path().join(within);
            document(&from, "x/a.yaml".to_owned(), Some(&within)).unwrap()
        };
        let refused =
            |source: &Source, path: &str| matches!(source.referred()[path], Referred::Refused(_));
        let text = |text: &str| Referred::Text(text.into());
        let wide = at("w");
        let paths: Vec<_> = wide.texts().map(|(path, _)| path).collect();
        assert_eq!(paths, ["x/a.yaml", "x/b.yaml", "c.yaml"]);
        assert_eq!(wide.referred()["c.yaml"], text("type: string"));
        assert!(refused(&wide, "../out.yaml"));
        let gone = Referred::Missing("there is no such file".to_owned());
        assert_eq!(wide.referred()["gone.yaml"], gone);
        let Referred::Missing(why) = &wide.referred()["x"] else {
            panic!("a folder was read");
        };
        assert!(why.contains("a folder"), "{why}");
        // A folder that the document is not in is not asked for.
        for narrow in [at("w/x"), at("w/y")] {
            assert!(refused(&narrow, "c.yaml") && refused(&narrow, "gone.yaml"));
            assert_eq!(narrow.referred()["x/b.yaml"], text("$ref: '../c.yaml'"));
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_as_far_as_they_stay() {
        use std::os::unix::fs::symlink;
        let text = referring(&[
            "in.yaml",
            "out.yaml",
            "f/out.yaml",
            "b.yaml",
            "self.yaml",
            "gone.yaml",
        ]);
        let folder = folder(&[
            ("w/a.yaml", &text),
            ("w/b.yaml", "type: string"),
            ("out.yaml", "secret"),
        ]);
        let w = folder.path().join("w");
        for (to, link) in [
            ("b.yaml", "in.yaml"),
            ("../out.yaml", "out.yaml"),
            ("..", "f"),
            ("a.yaml", "self.yaml"),
            ("../gone.yaml", "gone.yaml"),
        ] {
            symlink(to, w.join(link)).unwrap();
        }
        let source = document(&w, "a.yaml".to_owned(), None).unwrap();
        let referred = source.referred();
        assert_eq!(referred["in.yaml"], Referred::Text("type: string".into()));
        assert_eq!(referred["b.yaml"], Referred::Same("in.yaml".to_owned()));
        assert_eq!(referred["self.yaml"], Referred::Same("a.yaml".to_owned()));
        for path in ["out.yaml", "f/out.yaml"] {
            assert!(matches!(referred[path], Referred::Refused(_)), "{path}");
        }
        assert!(matches!(referred["gone.yaml"], Referred::Missing(_)));
    }

    #[test]
    fn so_many_files_and_bytes_are_read_and_no_more() {
        let text = referring(&["b.yaml", "c.yaml", "d.yaml", "b.yaml#/x"]);
        let folder = folder(&[
            ("a.yaml", &text),
            ("b.yaml", "x: {type: string}"),
            ("c.yaml", "x: {type: number}"),
            ("d.yaml", "x: {type: object}"),
        ]);
        let read = |files, bytes| {
            let source = Source::new("a.yaml", text.as_str());
            let source = follow(
                source,
                folder.path(),
                folder.path(),
                Limits { files, bytes },
            );
            let refused = source.referred().iter().filter_map(|(path, it)| match it {
                Referred::Refused(why) => Some(format!("{path}: {why}")),
                _ => None,
            });
            refused.collect::<Vec<_>>()
        };
        let all = text.len() as u64 + 51;
        assert!(read(3, all).is_empty());
        assert_eq!(
            read(2, all),
            ["d.yaml: the document refers to more than 2 files"]
        );
        assert_eq!(
            read(3, all - 1),
            ["d.yaml: document and files come to more than 0 MiB with it"]
        );
    }
}
