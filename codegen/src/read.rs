//! Reading files that anybody may have put there: plain ones, of a size that somebody wrote.
//!
//! Opening a named pipe waits for a writer that may never come, and a device never ends. So what a
//! path leads to is looked at before it is opened, and no more is read than a document may have.

use std::fs::{File, FileType};
use std::io::{Error, ErrorKind, Read, Result};
use std::path::Path;

/// The greatest size of a file that is read, in bytes. The largest public documents have a third.
pub const LARGEST: u64 = 64 << 20;

/// Reads a regular file, or what a link says is one.
///
/// # Errors
/// When it is anything else, larger than [`LARGEST`], or cannot be read.
pub fn regular(path: &Path) -> Result<Vec<u8>> {
    is_regular(std::fs::metadata(path)?.file_type())?;
    let file = File::open(path)?;
    // Another file may stand there by now.
    let about = file.metadata()?;
    is_regular(about.file_type())?;
    let size = about.len().min(LARGEST) as usize;
    // One more, where it is seen that there is no more.
    let mut bytes = Vec::with_capacity(size + 1);
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        let text = format!("it is larger than {} MiB", LARGEST >> 20);
        return Err(Error::new(ErrorKind::FileTooLarge, text));
    }
    Ok(bytes)
}

/// Reads a regular file of text.
///
/// # Errors
/// As [`regular`], and when it is not UTF-8.
pub fn text(path: &Path) -> Result<String> {
    String::from_utf8(regular(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = format!("it is not UTF-8 (at byte {at}); save it as UTF-8");
        Error::new(ErrorKind::InvalidData, text)
    })
}

fn is_regular(kind: FileType) -> Result<()> {
    if kind.is_file() {
        return Ok(());
    }
    let text = format!("it is {}, and only regular files are read", title(kind));
    Err(Error::new(ErrorKind::InvalidInput, text))
}

/// What a file is, with its article.
pub(crate) fn title(kind: FileType) -> &'static str {
    if kind.is_symlink() {
        "a link"
    } else if kind.is_dir() {
        "a folder"
    } else if kind.is_file() {
        "a file"
    } else {
        "a pipe, socket or device"
    }
}
