//! A file of lines that are on the disk once their writing is acknowledged.
//!
//! One thread writes. It takes all lines that wait, writes them at once and syncs once, so that many
//! calls at a time do not wait for the disk each by itself. One process at a time holds the file.
//!
//! A line that was not acknowledged may be in the file or not, as after a loss of power. A last line
//! without its end is what is left of one, and is dropped when the file is opened.

mod open;
mod scan;
mod writer;

#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::mpsc;
use std::thread::JoinHandle;

use zeroize::Zeroizing;

use self::writer::{Job, Named, Writer};
use crate::private::{NotPrivate, in_words, shown};
use crate::say::say;

/// The longest line, in bytes.
pub(crate) const LONGEST: usize = 1024 * 1024;

/// How a file of lines is told from others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// What the file is called in errors: `secret file`.
    pub(crate) what: &'static str,
    /// What each line begins with. A last line without an end that begins otherwise was not written
    /// here, and is nothing to drop.
    pub(crate) begins: &'static str,
    /// Whether a last line without an end is whole all the same, as after an editor saved it.
    pub(crate) is_whole: fn(&str) -> bool,
}

/// A line that was in the file when it was opened.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) position: Position,
    /// Without its end.
    pub(crate) text: &'a str,
}

/// Where a line is in its file, without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) offset: u64,
    pub(crate) length: u32,
}

/// What was done about a last line without an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Torn {
    /// It had these many bytes, was never acknowledged, and is gone.
    Dropped(u64),
    /// It was whole, and got its end.
    Ended,
}

impl Torn {
    /// Tells people of a line that is gone.
    pub(crate) fn tell(torn: Option<Self>, path: &Path) {
        if let Some(Self::Dropped(bytes)) = torn {
            say(format_args!(
                "the last line of {} was torn ({bytes} bytes): it was never acknowledged, and is \
                 dropped",
                shown(path)
            ));
        }
    }
}

/// Why lines cannot be kept. No line is ever shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DurableError {
    #[error("the {what} `{path}` {why}")]
    Refused {
        what: &'static str,
        path: String,
        why: NotPrivate,
    },
    #[error("the {what} `{path}` cannot be opened: {why}")]
    Open {
        what: &'static str,
        path: String,
        why: String,
    },
    #[error("the {what} `{path}` is in use by another run; wait for its end, or name another file")]
    InUse { what: &'static str, path: String },
    #[error("line {number} of the {what} `{path}` {why}; name another file, or mend the line")]
    Line {
        what: &'static str,
        path: String,
        number: usize,
        why: &'static str,
    },
    #[error(
        "nothing was written to the {what} `{path}`: a line must hold no line break and at most {LONGEST} bytes"
    )]
    Unfit { what: &'static str, path: String },
    #[error(
        "the {what} `{path}` was changed, moved or removed by another program while it was in use; nothing more is written to it. See to it that nobody does, and run again"
    )]
    Changed { what: &'static str, path: String },
    #[error("the {what} `{path}` cannot be written: {why}")]
    Write {
        what: &'static str,
        path: String,
        why: String,
    },
    #[error("the {what} `{path}` cannot be read: {why}")]
    Read {
        what: &'static str,
        path: String,
        why: String,
    },
}

/// Of which file an error speaks.
#[derive(Debug, Clone)]
struct About {
    what: &'static str,
    path: String,
}

impl About {
    fn new(what: &'static str, path: &Path) -> Self {
        Self {
            what,
            path: shown(path),
        }
    }

    fn refused(&self, why: NotPrivate) -> DurableError {
        let Self { what, path } = self.clone();
        DurableError::Refused { what, path, why }
    }

    fn open(&self, error: &io::Error) -> DurableError {
        let Self { what, path } = self.clone();
        let why = in_words(error);
        DurableError::Open { what, path, why }
    }

    fn in_use(&self) -> DurableError {
        let Self { what, path } = self.clone();
        DurableError::InUse { what, path }
    }

    fn line(&self, number: usize, why: &'static str) -> DurableError {
        let Self { what, path } = self.clone();
        DurableError::Line {
            what,
            path,
            number,
            why,
        }
    }

    fn unfit(&self) -> DurableError {
        let Self { what, path } = self.clone();
        DurableError::Unfit { what, path }
    }

    fn changed(&self) -> DurableError {
        let Self { what, path } = self.clone();
        DurableError::Changed { what, path }
    }

    fn write(&self, error: &io::Error) -> DurableError {
        let Self { what, path } = self.clone();
        let why = in_words(error);
        DurableError::Write { what, path, why }
    }

    fn read(&self, error: &io::Error) -> DurableError {
        let Self { what, path } = self.clone();
        let why = in_words(error);
        DurableError::Read { what, path, why }
    }

    /// The thread that writes is gone, which only a panic in it can bring about.
    fn ended(&self) -> DurableError {
        self.write(&io::Error::other("its writer ended"))
    }
}

/// A file of lines, held by this process until it is dropped. Dropping waits for what is being
/// written.
pub(crate) struct Lines {
    jobs: Option<mpsc::Sender<Job>>,
    writer: Option<JoinHandle<()>>,
    file: File,
    about: About,
}

impl Lines {
    /// Opens a file of lines, or makes one, for this process alone. Each line that is there is shown
    /// to `each`, which says what is wrong with one that does not belong; then nothing is changed.
    pub(crate) fn open(
        path: &Path,
        options: &Options,
        each: impl FnMut(Line<'_>) -> Result<(), &'static str>,
    ) -> Result<(Self, Option<Torn>), DurableError> {
        let about = About::new(options.what, path);
        let file = open::locked(path, &about)?;
        let (length, torn) = open::mended(&file, options, &about, each)?;
        let for_writer = file.try_clone().map_err(|error| about.open(&error))?;
        let (jobs, waiting) = mpsc::channel();
        let named = Named {
            file: for_writer,
            path: path.to_owned(),
        };
        let writer = Writer::new(named, length, about.clone());
        let writer = std::thread::Builder::new()
            .name("lines".to_owned())
            .spawn(move || writer.run(&waiting))
            .map_err(|error| about.open(&error))?;
        let lines = Self {
            jobs: Some(jobs),
            writer: Some(writer),
            file,
            about,
        };
        Ok((lines, torn))
    }

    /// Appends a line. It has its place from the call on, and is on the disk when the future is
    /// ready; it is written even where the future is dropped.
    pub(crate) fn append(
        &self,
        line: Zeroizing<String>,
    ) -> impl Future<Output = Result<Position, DurableError>> + Send + use<> {
        let (done, outcome) = tokio::sync::oneshot::channel();
        let sent = self.send(Job { line, done });
        let ended = self.about.ended();
        async move {
            sent?;
            outcome.await.unwrap_or(Err(ended))
        }
    }

    /// Reads a line again.
    pub(crate) fn read(&self, position: Position) -> Result<Zeroizing<Vec<u8>>, DurableError> {
        let mut line = Zeroizing::new(vec![0; position.length as usize]);
        scan::read_exact_at(&self.file, &mut line, position.offset)
            .map_err(|error| self.about.read(&error))?;
        Ok(line)
    }

    fn send(&self, job: Job) -> Result<(), DurableError> {
        if job.line.contains('\n') || job.line.len() >= LONGEST {
            return Err(self.about.unfit());
        }
        self.jobs
            .as_ref()
            .and_then(|jobs| jobs.send(job).ok())
            .ok_or_else(|| self.about.ended())
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        // The writer ends when nobody can send to it any more.
        self.jobs = None;
        if let Some(writer) = self.writer.take() {
            // A panic in it was told to who waited.
            let _ = writer.join();
        }
    }
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Lines").field(&self.about.path).finish()
    }
}
