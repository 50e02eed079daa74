//! A secret from a file or from standard input.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::Path;

use huaweicloud_runtime::Password;
use zeroize::Zeroizing;

use crate::description;
use crate::private::{self, Kind, NotPrivate, in_words, shown};

#[cfg(test)]
mod tests;

/// The longest secret, in bytes.
pub(crate) const LONGEST: usize = 64 * 1024;

/// What a secret looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One line, which may have an end.
    Line,
    /// JSON, in as many lines as it takes.
    Json,
}

impl Shape {
    /// That of a parameter.
    pub(crate) fn of(kind: description::Kind) -> Self {
        match kind {
            description::Kind::SecretJson => Self::Json,
            _ => Self::Line,
        }
    }
}

/// Why there is no secret to be had. Nothing of what was read is shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SecretInputError {
    #[error(
        "there is no such file. What is given is not repeated; if it is the secret itself, change it"
    )]
    Missing,
    #[error("the file `{path}` {why}")]
    Refused { path: String, why: NotPrivate },
    #[error("{from} cannot be read: {why}")]
    Unreadable { from: String, why: String },
    #[error(
        "standard input is a terminal, which would show the secret; pipe it in, or leave `--password-stdin` out and be asked"
    )]
    Terminal,
    #[error("{from} is empty, and there is no empty secret")]
    Empty { from: String },
    #[error("{from} holds more than {LONGEST} bytes, which is no secret")]
    TooLong { from: String },
    #[error("{from} is not UTF-8 text")]
    NotText { from: String },
    #[error("{from} has more than one line; a secret has one")]
    Lines { from: String },
}

/// The one line of a file that nobody else can open. A link to one will do, and so will a pipe.
pub(crate) fn from_file(path: &Path, shape: Shape) -> Result<Password, SecretInputError> {
    let from = format!("the file `{}`", shown(path));
    let unreadable = |error: io::Error| SecretInputError::Unreadable {
        from: from.clone(),
        why: in_words(&error),
    };
    // A name that leads nowhere may be the secret itself in the wrong place.
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => SecretInputError::Missing,
        _ => unreadable(error),
    })?;
    let metadata = file.metadata().map_err(unreadable)?;
    private::check(&metadata, Kind::RegularOrPipe).map_err(|why| SecretInputError::Refused {
        path: shown(path),
        why,
    })?;
    read(file, from, shape)
}

/// The one line of standard input, which is no terminal.
pub(crate) fn from_stdin(shape: Shape) -> Result<Password, SecretInputError> {
    let from = "standard input".to_owned();
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return Err(SecretInputError::Terminal);
    }
    // The buffer of the standard library would keep what it read for as long as the process lives.
    #[cfg(unix)]
    let unbuffered = std::os::fd::AsFd::as_fd(&stdin).try_clone_to_owned();
    #[cfg(windows)]
    let unbuffered = std::os::windows::io::AsHandle::as_handle(&stdin).try_clone_to_owned();
    match unbuffered {
        Ok(unbuffered) => read(File::from(unbuffered), from, shape),
        Err(error) => Err(SecretInputError::Unreadable {
            from,
            why: in_words(&error),
        }),
    }
}

/// Reads to the end, into a buffer that never grows and is wiped.
fn read(mut source: impl Read, from: String, shape: Shape) -> Result<Password, SecretInputError> {
    // The longest, the end of its line, and a byte more that tells there is more.
    let mut buffer = Zeroizing::new(vec![0; LONGEST + 3]);
    let mut held = 0;
    while held < buffer.len() {
        match source.read(&mut buffer[held..]) {
            Ok(0) => break,
            Ok(more) => held += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                let why = in_words(&error);
                return Err(SecretInputError::Unreadable { from, why });
            }
        }
    }
    let line = &buffer[..held];
    let line = match line.strip_suffix(b"\n") {
        Some(line) => line.strip_suffix(b"\r").unwrap_or(line),
        None => line,
    };
    if line.len() > LONGEST {
        return Err(SecretInputError::TooLong { from });
    }
    match std::str::from_utf8(line) {
        Ok("") => Err(SecretInputError::Empty { from }),
        Ok(text) if shape == Shape::Line && text.contains('\n') => {
            Err(SecretInputError::Lines { from })
        }
        Ok(text) => Ok(Password::from(text)),
        Err(_) => Err(SecretInputError::NotText { from }),
    }
}
