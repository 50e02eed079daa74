//! What became of each row: a file that only grows, so that a run can be gone on with.
//!
//! A row is told of before its request leaves and when its call is over, and each time the run goes
//! on only once that is on the disk. A row that began and did not end may have been processed.

use std::collections::HashMap;
use std::path::Path;

use huaweicloud_runtime::AnyError;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::clock;
use crate::durable::{DurableError, Lines, Options, Torn};
use crate::outcome::Outcome;
use crate::report::Told;

const OPTIONS: Options = Options {
    what: "journal",
    begins: "{\"time\":\"",
    is_whole: |line| serde_json::from_str::<Entry>(line).is_ok(),
};

/// A line of the journal.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    time: String,
    row: String,
    /// Where it stood in the plan, for people.
    line: u64,
    event: Event,
    #[serde(flatten)]
    end: Option<End>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Event {
    /// Its request may leave from now on.
    Sending,
    /// Its call is over.
    Ended,
    /// Somebody looked and says that it was done.
    SettledAsDone,
}

/// How a call ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct End {
    pub(super) outcome: Outcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) request_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
}

impl End {
    /// Somebody looked, and says that it was done.
    pub(super) fn settled() -> Self {
        Self {
            outcome: Outcome::Done,
            status: None,
            code: None,
            request_id: None,
            error: None,
        }
    }

    /// Nothing was sent, for a reason of the row's own.
    pub(super) fn failed(why: String) -> Self {
        Self {
            outcome: Outcome::Failed,
            error: Some(why),
            ..Self::settled()
        }
    }

    /// How a call ended, without what it gave.
    pub(super) fn of(result: &Result<crate::arguments::Reply, AnyError>) -> Self {
        match result {
            Ok(reply) => Self {
                outcome: Outcome::Done,
                status: Some(reply.status),
                code: None,
                request_id: reply.request_id.clone(),
                error: None,
            },
            Err(error) => {
                let told = Told::of_error(&**error);
                Self {
                    outcome: Outcome::of(&**error),
                    status: told.status,
                    code: told.code,
                    request_id: told.request_id,
                    error: told.error,
                }
            }
        }
    }
}

/// What is known of a row.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// When that was.
    pub(super) time: String,
    /// None while nobody knows how it ended.
    pub(super) end: Option<End>,
}

impl Known {
    pub(super) fn outcome(&self) -> Outcome {
        let end = self.end.as_ref();
        end.map_or(Outcome::MayHaveBeenProcessed, |end| end.outcome)
    }
}

/// What is known of each row, by its key.
pub(super) type Rows = HashMap<String, Known>;

/// The journal, open for writing.
pub(super) struct Journal(Lines);

impl Journal {
    /// Opens the journal of a plan, or begins one. Gives what it knows of each row.
    ///
    /// # Errors
    /// When it cannot be used; it is left as it is.
    pub(super) fn open(path: &Path) -> Result<(Self, Rows, Option<Torn>), DurableError> {
        let mut rows = Rows::new();
        let (lines, torn) = Lines::open(path, &OPTIONS, |line| {
            let entry: Entry =
                serde_json::from_str(line.text).map_err(|_| "is no line of a journal")?;
            let end = match entry.event {
                Event::Sending => None,
                Event::Ended => Some(entry.end.ok_or("does not say how the call ended")?),
                Event::SettledAsDone => Some(End::settled()),
            };
            let time = entry.time;
            rows.insert(entry.row, Known { time, end });
            Ok(())
        })?;
        Ok((Self(lines), rows, torn))
    }

    /// Says that a request may leave now.
    pub(super) async fn sending(&self, row: &str, line: u64) -> Result<(), DurableError> {
        self.write(row, line, Event::Sending, None).await
    }

    /// Says how a call ended.
    pub(super) async fn ended(&self, row: &str, line: u64, end: End) -> Result<(), DurableError> {
        self.write(row, line, Event::Ended, Some(end)).await
    }

    /// Says that somebody looked, and that it was done.
    pub(super) async fn settled(&self, row: &str, line: u64) -> Result<(), DurableError> {
        self.write(row, line, Event::SettledAsDone, None).await
    }

    async fn write(
        &self,
        row: &str,
        line: u64,
        event: Event,
        end: Option<End>,
    ) -> Result<(), DurableError> {
        let entry = Entry {
            time: clock::now(),
            row: row.to_owned(),
            line,
            event,
            end,
        };
        // Nothing in it can keep JSON from being written, and an empty line would be told of.
        let text = serde_json::to_string(&entry).unwrap_or_default();
        self.0.append(Zeroizing::new(text)).await.map(|_| ())
    }
}
