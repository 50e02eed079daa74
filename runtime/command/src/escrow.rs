//! Where a generated password is safe before the request that sets it leaves.

mod command;
mod index;
mod record;

#[cfg(test)]
#[cfg(unix)]
mod tests;

use std::fmt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use huaweicloud_runtime::Password;

use self::command::SecretCommand;
use self::index::Index;
use crate::durable::{DurableError, Lines, Options, Position, Torn};

pub(crate) use self::record::{Identity, Record};

const OPTIONS: Options = Options {
    what: "secret file",
    begins: "{\"time\":\"",
    is_whole: |line| record::read(line).is_ok(),
};

/// Why a password is not safe. It was not shown, and its request was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EscrowError {
    #[error("{0}; nothing was sent")]
    File(#[from] DurableError),
    #[error("the password cannot be written as JSON; nothing was sent")]
    Json,
    #[error("the secret command cannot be started: {0}; nothing was sent")]
    Start(String),
    #[error("the secret command {outcome}; nothing was sent{said}")]
    Command {
        outcome: String,
        /// What it said, fit to be shown, with its introduction; or nothing.
        said: String,
    },
}

/// A place for generated passwords.
pub(crate) enum Escrow {
    /// A file that only grows.
    File { lines: Lines, index: Mutex<Index> },
    /// A command that takes each on its standard input.
    Command(SecretCommand),
}

impl Escrow {
    /// Opens or makes the file, for this process alone. What was in it stays. Tells what became of a
    /// last line without an end.
    pub(crate) fn file(path: &Path) -> Result<(Self, Option<Torn>), EscrowError> {
        let mut index = Index::default();
        let (lines, torn) = Lines::open(path, &OPTIONS, |line| {
            let found = record::read(line.text)?;
            index.insert(&found.identity(), line.position);
            Ok(())
        })?;
        let index = Mutex::new(index);
        Ok((Self::File { lines, index }, torn))
    }

    /// A line for the shell, which is run for each password and has to end within the time.
    pub(crate) fn command(line: String, timeout: Duration) -> Self {
        Self::Command(SecretCommand::new(line, timeout))
    }

    /// Returns when the password is on the disk, or when the command has read it to its end and
    /// exited with 0. What was kept for the same thing before can be put back with the receipt.
    ///
    /// A future that is dropped leaves nothing running; the record may be in the file all the same.
    pub(crate) async fn store(&self, record: &Record<'_>) -> Result<Receipt, EscrowError> {
        let json = record.json().map_err(|_| EscrowError::Json)?;
        match (self, record.secret) {
            (Self::File { lines, index }, _) => {
                let position = lines.append(json).await?;
                let mut index = index.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(Receipt(index.insert(&record.identity, position)))
            }
            (Self::Command(command), Some(secret)) => {
                command.store(&json, secret).await?;
                Ok(Receipt(None))
            }
            (Self::Command(_), None) => Ok(Receipt(None)),
        }
    }

    /// After a password was certainly not set: appends the one before it again, or that none is known,
    /// so that the last line of a file is the one that holds. A command is told nothing.
    pub(crate) async fn put_back(
        &self,
        identity: Identity<'_>,
        receipt: Receipt,
    ) -> Result<(), EscrowError> {
        if let Self::Command(_) = self {
            return Ok(());
        }
        let before = receipt
            .0
            .map(|position| self.read(position))
            .transpose()?
            .flatten();
        let record = Record {
            time: SystemTime::now(),
            identity,
            secret: before.as_ref(),
        };
        self.store(&record).await.map(|_| ())
    }

    /// The last password that the file holds for one and the same thing, whatever row it was in. A
    /// command is not asked, and knows none.
    pub(crate) fn find(&self, identity: &Identity<'_>) -> Result<Option<Password>, EscrowError> {
        let Self::File { index, .. } = self else {
            return Ok(None);
        };
        let position = {
            let index = index.lock().unwrap_or_else(PoisonError::into_inner);
            index.get(identity)
        };
        Ok(position
            .map(|position| self.read(position))
            .transpose()?
            .flatten())
    }

    /// The password of a line; none where it says that none is known.
    fn read(&self, position: Position) -> Result<Option<Password>, EscrowError> {
        let Self::File { lines, .. } = self else {
            return Ok(None);
        };
        let line = lines.read(position)?;
        let found = std::str::from_utf8(&line)
            .map_err(|_| EscrowError::Json)
            .and_then(|line| record::read(line).map_err(|_| EscrowError::Json))?;
        match found.is_none() {
            true => Ok(None),
            false => found.secret().map(Some).ok_or(EscrowError::Json),
        }
    }

    /// Whether what is kept can be found again.
    pub(crate) fn remembers(&self) -> bool {
        matches!(self, Self::File { .. })
    }
}

/// What was kept for the same thing before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Receipt(Option<Position>);

impl fmt::Debug for Escrow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { lines, .. } => f.debug_tuple("Escrow").field(lines).finish(),
            // The line may hold a secret of its own.
            Self::Command(_) => f.write_str("Escrow(command)"),
        }
    }
}
