//! Reading lines in buffers that are wiped, and at places of a file.

use std::fs::File;
use std::io;

use zeroize::Zeroizing;

use super::{About, DurableError, LONGEST};

const CHUNK: usize = 64 * 1024;

/// What follows the last line that has an end.
pub(super) struct Scanned {
    pub(super) offset: u64,
    pub(super) tail: Zeroizing<Vec<u8>>,
}

/// Shows all lines that have an end, with their places.
pub(super) fn scan(
    file: &File,
    about: &About,
    mut each: impl FnMut(u64, &[u8]) -> Result<(), DurableError>,
) -> Result<Scanned, DurableError> {
    let mut buffer = Zeroizing::new(vec![0; CHUNK]);
    let (mut offset, mut held, mut lines) = (0u64, 0, 0);
    loop {
        if held == buffer.len() {
            if held > LONGEST {
                return Err(about.line(lines + 1, "is too long"));
            }
            // Growing in place would leave a copy behind that nobody wipes.
            let mut larger = Zeroizing::new(vec![0; 2 * held]);
            larger[..held].copy_from_slice(&buffer);
            buffer = larger;
        }
        let read = read_at(file, &mut buffer[held..], offset + held as u64)
            .map_err(|error| about.read(&error))?;
        if read == 0 {
            break;
        }
        let (mut start, mut at, filled) = (0, held, held + read);
        while let Some(end) = buffer[at..filled].iter().position(|byte| *byte == b'\n') {
            each(offset + start as u64, &buffer[start..at + end])?;
            lines += 1;
            start = at + end + 1;
            at = start;
        }
        buffer.copy_within(start..filled, 0);
        offset += start as u64;
        held = filled - start;
    }
    buffer.truncate(held);
    Ok(Scanned {
        offset,
        tail: buffer,
    })
}

pub(super) fn read_exact_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    let mut read = 0;
    while read < bytes.len() {
        match read_at(file, &mut bytes[read..], offset + read as u64)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            more => read += more,
        }
    }
    Ok(())
}

pub(super) fn write_all_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    let mut written = 0;
    while written < bytes.len() {
        match write_at(file, &bytes[written..], offset + written as u64) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(more) => written += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    loop {
        #[cfg(unix)]
        let read = std::os::unix::fs::FileExt::read_at(file, bytes, offset);
        #[cfg(windows)]
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset);
        match read {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<usize> {
    #[cfg(unix)]
    return std::os::unix::fs::FileExt::write_at(file, bytes, offset);
    #[cfg(windows)]
    return std::os::windows::fs::FileExt::seek_write(file, bytes, offset);
}
