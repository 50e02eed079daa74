//! Files with secrets: how they are found, read and shown.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use zeroize::Zeroizing;

use super::{CredentialsError, Environment};
use crate::sanitize::{self, sanitized};

/// The largest file with one thing in it, in bytes: far above what a hundred profiles need.
pub(crate) const SMALL: u64 = 64 * 1024;
/// The largest file with all that a tool remembers, long tokens among it, in bytes.
pub(crate) const LARGE: u64 = 1024 * 1024;

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
                file = sanitized(&path.to_string_lossy(), sanitize::ADDRESS),
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

/// Names between backquotes, in the order given.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names
        .into_iter()
        .map(|name| format!("`{}`", sanitized(name, sanitize::NAME)))
        .collect();
    names.join(", ")
}
