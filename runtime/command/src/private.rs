//! Files that nobody but their owner may open.

use std::fs::Metadata;
use std::io;
use std::path::Path;

use openapi_client_runtime::sanitize::{ADDRESS, sanitized};

#[cfg(test)]
#[cfg(unix)]
mod tests;

/// Why a file is no place for a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotPrivate {
    #[error("is a symbolic link; name the file itself")]
    Link,
    #[error("is no regular file; name one, or one that does not exist yet")]
    NotRegular,
    #[error("belongs to another user, who can read it at any time; name a file of your own")]
    Owner,
    #[error("can be opened by others (mode {0:04o}); run `chmod 600` on it")]
    Mode(u32),
}

/// What a file may be beside a regular one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing else: what is kept is to be there later.
    Regular,
    /// A pipe as well, which is what a shell makes of `<(command)`.
    RegularOrPipe,
}

/// Looks at a file that is open already, so that it cannot be another by the time it is used.
///
/// Where a system has no modes, only the kind is looked at.
pub(crate) fn check(metadata: &Metadata, kind: Kind) -> Result<(), NotPrivate> {
    let is_fit = metadata.is_file() || kind == Kind::RegularOrPipe && is_pipe(metadata);
    if !is_fit {
        return Err(NotPrivate::NotRegular);
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;

        if metadata.uid() != rustix::process::geteuid().as_raw() {
            return Err(NotPrivate::Owner);
        }
        let mode = metadata.mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(NotPrivate::Mode(mode));
        }
    }
    Ok(())
}

#[cfg(unix)]
fn is_pipe(metadata: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &Metadata) -> bool {
    false
}

/// A path, fit for an error.
pub(crate) fn shown(path: &Path) -> String {
    sanitized(&path.to_string_lossy(), ADDRESS)
}

/// What the system said, in words for who has to do something about it.
pub(crate) fn in_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist, or its folder does not".to_owned(),
        io::ErrorKind::PermissionDenied => "you are not allowed to; look at its mode".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full; make room and run again".to_owned(),
        io::ErrorKind::QuotaExceeded => {
            "your share of the disk is used up; make room and run again".to_owned()
        }
        io::ErrorKind::FileTooLarge => {
            "it would grow larger than is allowed here; look at `ulimit -f` and run again"
                .to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            "the disk can only be read; name a file elsewhere".to_owned()
        }
        // The words of the system itself, which repeat nothing that it was given.
        _ => format!("{error}; look at the disk and run again"),
    }
}
