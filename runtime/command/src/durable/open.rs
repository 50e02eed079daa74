//! Opening a file of lines for one process alone.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::Path;

use super::scan::{self, Scanned};
use super::{About, DurableError, Line, Options, Position, Torn};
use crate::private::{self, Kind, NotPrivate};

/// The file, made where there is none, looked at and locked.
pub(super) fn locked(path: &Path, about: &About) -> Result<File, DurableError> {
    let (file, is_new) = opened(path, about)?;
    let metadata = file.metadata().map_err(|error| about.open(&error))?;
    private::check(&metadata, Kind::Regular).map_err(|why| about.refused(why))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(about.in_use()),
        Err(TryLockError::Error(error)) => return Err(about.open(&error)),
    }
    if !is_at(path, &metadata) {
        return Err(about.in_use());
    }
    if is_new {
        sync_folder(path).map_err(|error| about.open(&error))?;
    }
    Ok(file)
}

fn opened(path: &Path, about: &About) -> Result<(File, bool), DurableError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;

        use rustix::fs::OFlags;

        // A pipe is to be refused, which takes opening it without waiting for its other end.
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
    }
    match options.clone().create_new(true).open(path) {
        Ok(file) => return Ok((file, true)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(about.open(&error)),
    }
    match options.open(path) {
        Ok(file) => Ok((file, false)),
        // What is opened for writing says why not before it can be looked at.
        Err(error) => match std::fs::symlink_metadata(path) {
            Ok(found) if found.is_symlink() => Err(about.refused(NotPrivate::Link)),
            Ok(found) if !found.is_file() => Err(about.refused(NotPrivate::NotRegular)),
            _ => Err(about.open(&error)),
        },
    }
}

/// Whether the path still names the file that was opened: it may have been moved or removed, or
/// another put in its place.
pub(super) fn is_at(path: &Path, opened: &std::fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;

        let now = std::fs::symlink_metadata(path);
        now.is_ok_and(|now| (now.dev(), now.ino()) == (opened.dev(), opened.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = (path, opened);
        true
    }
}

/// A file whose name is not on the disk is lost with all that was synced in it.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// Looks at all lines, and only then ends or drops a last one without an end. The length of the
/// file afterwards.
pub(super) fn mended(
    file: &File,
    options: &Options,
    about: &About,
    mut each: impl FnMut(Line<'_>) -> Result<(), &'static str>,
) -> Result<(u64, Option<Torn>), DurableError> {
    let mut number = 0;
    let mut look = |offset: u64, bytes: &[u8]| {
        number += 1;
        let text = std::str::from_utf8(bytes).map_err(|_| about.line(number, "is no text"))?;
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        each(Line {
            position: Position { offset, length },
            text,
        })
        .map_err(|why| about.line(number, why))
    };
    let Scanned { offset, tail } = scan::scan(file, about, &mut look)?;
    if tail.is_empty() {
        return Ok((offset, None));
    }
    let failed = |error: io::Error| about.write(&error);
    if std::str::from_utf8(&tail).is_ok_and(options.is_whole) {
        look(offset, &tail)?;
        let end = offset + tail.len() as u64;
        scan::write_all_at(file, b"\n", end).map_err(failed)?;
        file.sync_data().map_err(failed)?;
        return Ok((end + 1, Some(Torn::Ended)));
    }
    // After a loss of power there may be zeros in place of what was to be written.
    let begins = options.begins.as_bytes();
    let is_own = tail
        .iter()
        .zip(begins)
        .all(|(found, expected)| found == expected || *found == 0);
    if !is_own {
        return Err(about.line(number + 1, "was not written here, and has no end"));
    }
    file.set_len(offset).map_err(failed)?;
    file.sync_data().map_err(failed)?;
    Ok((offset, Some(Torn::Dropped(tail.len() as u64))))
}
