//! Files with secrets: how they are found, read and shown.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroizing;

use super::{CredentialsError, Environment};

/// The largest file with one thing in it, in bytes: far above what a hundred profiles need.
pub(crate) const SMALL: u64 = 64 * 1024;
/// The largest file with all that a tool remembers, long tokens among it, in bytes.
pub(crate) const LARGE: u64 = 1024 * 1024;
/// How much of a path or a name is shown, in characters.
const SHOWN: usize = 256;

/// What a file holds.
pub(crate) struct Found {
    pub(crate) content: Zeroizing<Vec<u8>>,
    metadata: std::fs::Metadata,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FileProblem {
    #[error("it does not exist")]
    NotFound,
    #[error("it is no regular file")]
    NoFile,
    #[error("it cannot be read: {0}")]
    Unreadable(io::ErrorKind),
    #[error("it is too large for what it should hold")]
    TooLarge,
}

/// Reads a file that may hold secrets, and no more than `limit` bytes of it.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Found, FileProblem> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => FileProblem::NotFound,
        kind => FileProblem::Unreadable(kind),
    };
    // Looked at first: opening a named pipe would wait for its writer.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(FileProblem::NoFile);
    }
    let file = std::fs::File::open(path).map_err(unreadable)?;
    // Room for what is taken, so that growing leaves no copy behind.
    let expected = metadata.len().min(limit) as usize;
    let mut content = Zeroizing::new(Vec::with_capacity(expected + 1024));
    file.take(limit + 1)
        .read_to_end(&mut content)
        .map_err(unreadable)?;
    if content.len() as u64 > limit {
        return Err(FileProblem::TooLarge);
    }
    Ok(Found { content, metadata })
}

impl Found {
    /// The text without the mark that some editors put in front of it; on failure, the line of
    /// the first byte that is none.
    pub(crate) fn text(&self) -> Result<&str, usize> {
        match std::str::from_utf8(&self.content) {
            Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
            Err(error) => {
                let before = self.content.iter().take(error.valid_up_to());
                Err(1 + before.filter(|byte| **byte == b'\n').count())
            }
        }
    }

    /// Warns once of a file that others on this machine can open.
    #[cfg(unix)]
    pub(crate) fn warn_of_permissions(&self, path: &Path, said: &AtomicBool) {
        use std::os::unix::fs::PermissionsExt as _;

        let mode = self.metadata.permissions().mode() & 0o777;
        if mode & 0o077 != 0 && !said.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                file = %shown(path),
                mode = %format_args!("{mode:04o}"),
                "others on this machine can open the credentials file; run `chmod 600` on it"
            );
        }
    }

    /// Nothing is known about who can open it.
    #[cfg(not(unix))]
    pub(crate) fn warn_of_permissions(&self, _: &Path, said: &AtomicBool) {
        let _ = (&self.metadata, said.load(Ordering::Relaxed));
    }
}

/// A path below the home directory of an environment.
pub(crate) fn at_home(environment: &Environment, below: &str) -> Option<PathBuf> {
    let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    Some(Path::new(&environment.var(home)?).join(below))
}

/// Reads on another thread: a home directory may lie on a network, and its delays are not those of
/// the other tasks of this one.
pub(crate) async fn aside<T, E>(
    what: &'static str,
    load: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, CredentialsError>
where
    T: Send + 'static,
    E: Into<CredentialsError> + Send + 'static,
{
    match tokio::runtime::Handle::try_current() {
        Ok(runtime) => runtime
            .spawn_blocking(load)
            .await
            .map_err(|_| CredentialsError::other(format!("reading {what} was broken off")))?,
        Err(_) => load(),
    }
    .map_err(Into::into)
}

/// A path on one line, and not for ever.
pub(crate) fn shown(path: &Path) -> String {
    shown_text(&path.to_string_lossy())
}

/// A name that somebody else chose, on one line, and not for ever.
pub(crate) fn shown_text(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(SHOWN));
    for (count, sign) in text.chars().enumerate() {
        if count == SHOWN {
            line.push('…');
            break;
        }
        match sign {
            // A path of one system is full of backslashes: only what forges a log is escaped.
            sign if sign.is_control() || is_bidi(sign) => line.extend(sign.escape_unicode()),
            sign => line.push(sign),
        }
    }
    line
}

/// Signs that turn the direction of what stands around them.
fn is_bidi(sign: char) -> bool {
    matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{2028}' | '\u{2029}')
}

/// Names between backquotes, in the order given.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names
        .into_iter()
        .map(|name| format!("`{}`", shown_text(name)))
        .collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_named_stays_on_one_line() {
        let forged = shown_text("a\r\n\u{1b}[31mb\u{202e}c\u{2028}");
        assert_eq!(forged, "a\\u{d}\\u{a}\\u{1b}[31mb\\u{202e}c\\u{2028}");
        assert_eq!(shown_text(r"C:\Users\é"), r"C:\Users\é");
        assert_eq!(shown_text(&"x".repeat(9_999)).chars().count(), SHOWN + 1);
    }
}
