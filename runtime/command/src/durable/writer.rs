//! The thread that writes: all that waits with one write and one sync.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use tokio::sync::oneshot;
use zeroize::Zeroizing;

use super::{About, DurableError, Position, open, scan};

/// How many bytes are written at once, unless one line has more.
const GROUP: usize = 256 * 1024;

/// A line and who waits for it.
pub(super) struct Job {
    pub(super) line: Zeroizing<String>,
    pub(super) done: oneshot::Sender<Result<Position, DurableError>>,
}

impl Job {
    /// Who does not wait any more is not told.
    fn tell(self, outcome: Result<Position, DurableError>) {
        drop(self.done.send(outcome));
    }
}

/// What is written to. Tests bring one that fails.
pub(super) trait Storage {
    /// Its length, if it is still what its path names.
    fn length(&self) -> io::Result<Option<u64>>;
    fn write_all(&mut self, bytes: &[u8], offset: u64) -> io::Result<()>;
    fn sync(&mut self) -> io::Result<()>;
    fn truncate(&mut self, length: u64) -> io::Result<()>;
}

/// A file, and the path that is to name it for as long as it is written.
pub(super) struct Named {
    pub(super) file: File,
    pub(super) path: PathBuf,
}

impl Storage for Named {
    fn length(&self) -> io::Result<Option<u64>> {
        let metadata = self.file.metadata()?;
        Ok(open::is_at(&self.path, &metadata).then_some(metadata.len()))
    }

    fn write_all(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        scan::write_all_at(&self.file, bytes, offset)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        self.file.set_len(length)
    }
}

pub(super) struct Writer<S> {
    storage: S,
    /// Up to where all is on the disk and acknowledged.
    length: u64,
    /// Nothing is written once something failed: what a disk that failed once says of later writes
    /// is not to be relied on.
    failed: Option<DurableError>,
    about: About,
}

impl<S: Storage> Writer<S> {
    pub(super) fn new(storage: S, length: u64, about: About) -> Self {
        Self {
            storage,
            length,
            failed: None,
            about,
        }
    }

    /// Until nobody can send any more.
    pub(super) fn run(mut self, jobs: &Receiver<Job>) {
        while let Ok(first) = jobs.recv() {
            let mut bytes = first.line.len() + 1;
            let mut group = vec![first];
            while bytes < GROUP
                && let Ok(next) = jobs.try_recv()
            {
                bytes += next.line.len() + 1;
                group.push(next);
            }
            self.write(group, bytes);
        }
    }

    fn write(&mut self, group: Vec<Job>, bytes: usize) {
        let before = self.length;
        if self.failed.is_none() {
            // The size is known, so that growing leaves no copy behind.
            let mut text = Zeroizing::new(Vec::with_capacity(bytes));
            for job in &group {
                text.extend_from_slice(job.line.as_bytes());
                text.push(b'\n');
            }
            self.failed = self.append(&text).err();
        }
        let mut offset = before;
        for job in group {
            let outcome = match &self.failed {
                Some(error) => Err(error.clone()),
                None => Ok(Position {
                    offset,
                    length: u32::try_from(job.line.len()).unwrap_or(u32::MAX),
                }),
            };
            offset += job.line.len() as u64 + 1;
            job.tell(outcome);
        }
    }

    fn append(&mut self, text: &[u8]) -> Result<(), DurableError> {
        match self.storage.length() {
            Ok(Some(length)) if length == self.length => {}
            // Writing on would write over what somebody else put there, or where nobody finds it.
            Ok(_) => return Err(self.about.changed()),
            Err(error) => return Err(self.about.write(&error)),
        }
        let written = self
            .storage
            .write_all(text, self.length)
            .and_then(|()| self.storage.sync());
        match written {
            Ok(()) => {
                self.length += text.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Of what nobody was told it is there, nothing is to be found later. Where that fails
                // too, the next run drops a last line without an end.
                let _ = self
                    .storage
                    .truncate(self.length)
                    .and_then(|()| self.storage.sync());
                Err(self.about.write(&error))
            }
        }
    }
}

#[cfg(test)]
mod tests;
