//! Levels in a file: a mapping of codes and classes to `deny`, `warn` or `allow`.

use std::path::{Path, PathBuf};

use super::{Level, Policy};
use crate::check;
use crate::load;
use crate::read;
use crate::source::Source;

/// The name of the file of levels, beside a document or in a folder above it.
pub const LEVELS_FILE: &str = ".openapi-codegen.yaml";

/// A file of levels that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {message}")]
pub struct LevelsError {
    place: String,
    message: String,
}

/// The file of levels for a document: the nearest, beside it or in a folder above it.
pub fn levels_of(document: &Path) -> Option<PathBuf> {
    let whole = std::path::absolute(document).ok()?;
    let mut folders = whole.ancestors().skip(1);
    folders.find_map(|folder| {
        let file = folder.join(LEVELS_FILE);
        // A folder or a pipe of that name is told of when it is read.
        file.symlink_metadata().is_ok().then_some(file)
    })
}

impl Policy {
    /// The same with the levels of a file, which go before those that are there already.
    ///
    /// # Errors
    /// When the file cannot be read, or says something else than levels of codes that there are.
    pub fn with_file(self, path: &Path) -> Result<Self, LevelsError> {
        let shown = path.display().to_string();
        match read::text(path) {
            Ok(text) => self.with_text(&Source::new(shown, text)),
            Err(error) => Err(LevelsError {
                place: shown,
                message: format!("the levels cannot be read: {error}"),
            }),
        }
    }

    fn with_text(mut self, source: &Source) -> Result<Self, LevelsError> {
        let wrong = |byte: usize, message: String| {
            let at = source.position(byte);
            LevelsError {
                place: format!("{}:{}:{}", source.path, at.line, at.column),
                message,
            }
        };
        let loaded = load::load(std::slice::from_ref(source));
        if let Some(found) = loaded.diagnostics.sorted().first() {
            return Err(wrong(found.span.start, found.message.clone()));
        }
        let Some(document) = loaded.documents.first() else {
            return Ok(self);
        };
        if !matches!(document.tree.value, load::tree::Value::Mapping(_)) {
            let message = "levels are a mapping, such as `lint: allow`".to_owned();
            return Err(wrong(document.tree.span.start, message));
        }
        for entry in document.tree.entries() {
            let code = entry.key.escape_debug();
            if !check::is_code(&entry.key) {
                let near = check::nearest_code(&entry.key);
                let near = near.map_or(String::new(), |it| format!("; did you mean `{it}`?"));
                let message = format!("there is no code or class `{code}`{near}");
                return Err(wrong(entry.key_span.start, message));
            }
            let level = match entry.value.as_str() {
                Some("deny") => Level::Deny,
                Some("warn") => Level::Warn,
                Some("allow") => Level::Allow,
                _ => {
                    let message = format!("the level of `{code}` is `deny`, `warn` or `allow`");
                    return Err(wrong(entry.value.span.start, message));
                }
            };
            self = self.with(&entry.key, level);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Policy, String> {
        let source = Source::new("a.yaml", text);
        let read = Policy::default().with_text(&source);
        read.map_err(|error| error.to_string())
    }

    #[test]
    fn levels_are_read() {
        let policy = read("# why\nlint: allow\nsecret::in-url: deny\nlossy: warn\n").unwrap();
        let expected = Policy::default()
            .with("lint", Level::Allow)
            .with("secret::in-url", Level::Deny)
            .with("lossy", Level::Warn);
        assert_eq!(policy, expected);
    }

    #[test]
    fn anything_else_is_told_with_its_place() {
        for (text, words) in [
            ("", "a.yaml:1:1: "),
            ("- lint\n", "a.yaml:1:1: levels are a mapping"),
            ("lint: forbid\n", "a.yaml:1:7: the level of `lint`"),
            ("lint: {a: b}\n", "a.yaml:1:7: the level of `lint`"),
            ("lint: [", "a.yaml:1:"),
            (
                "lint: deny\nlint: warn\n",
                "a.yaml:2:1: the key `lint` is there twice",
            ),
            ("secret::in-ulr: deny\n", "did you mean `secret::in-url`?"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn the_nearest_file_counts() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        let outer = folder.path().join(LEVELS_FILE);
        std::fs::write(&outer, "lint: allow\n").unwrap();
        assert_eq!(levels_of(&inner.join("x.yaml")), Some(outer));
        let near = folder.path().join("a").join(LEVELS_FILE);
        std::fs::write(&near, "lint: deny\n").unwrap();
        assert_eq!(levels_of(&inner.join("x.yaml")), Some(near.clone()));
        assert_eq!(levels_of(&folder.path().join("a/x.yaml")), Some(near));
    }
}
