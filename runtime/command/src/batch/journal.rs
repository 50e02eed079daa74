//! What became of each row: a file that only grows, so that a run can be gone on with.
//!
//! A row is told of before its request leaves and when its call is over, and each time the run goes
//! on only once that is on the disk. A row that began and did not end may have been processed.

use std::collections::HashMap;
use std::path::Path;
use std::{fs, io};

use huaweicloud_runtime::AnyError;
use openapi_client_runtime::sanitize::{self, sanitized};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::arguments::Reply;
use crate::clock;
use crate::durable::{DurableError, Lines, Options, Torn};
use crate::outcome::Outcome;
use crate::private::{in_words, shown};
use crate::problem::Problem;
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
    #[serde(flatten)]
    event: Event,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
enum Event {
    /// The journal is begun: where its calls go.
    Begun(Place),
    /// The request of a row may leave from now on.
    Sending {
        row: String,
        /// Where it stood in the plan, for people.
        line: u64,
    },
    /// Its call is over.
    Ended {
        row: String,
        line: u64,
        #[serde(flatten)]
        end: End,
    },
    /// Somebody looked and says that it was done.
    SettledAsDone { row: String, line: u64 },
}

/// Where the calls of a journal go. What is done in one place is not done in another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The addresses, where they are not those of the regions.
    pub(super) endpoint: Option<String>,
    /// The project of rows that name none, as far as the settings say.
    pub(super) project: Option<String>,
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
    /// What a call gave that only asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) response: Option<Value>,
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
            response: None,
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

    /// How a call ended; with what it gave, if it only asks.
    pub(super) fn of(result: Result<Reply, AnyError>, asks: bool) -> Self {
        let (outcome, told) = match result {
            Ok(reply) => (Outcome::Done, Told::of_reply(reply)),
            Err(error) => (Outcome::of(&*error), Told::of_error(&*error)),
        };
        Self {
            outcome,
            status: told.status,
            code: told.code,
            request_id: told.request_id,
            error: told.error,
            response: Some(told.response).filter(|it| asks && !it.is_null()),
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

/// What a journal says.
#[derive(Default)]
struct Read {
    place: Option<Place>,
    rows: Rows,
}

impl Read {
    fn add(&mut self, line: &str) -> Result<(), &'static str> {
        let Entry { time, event } =
            serde_json::from_str(line).map_err(|_| "is no line of a journal")?;
        let (row, end) = match event {
            Event::Begun(place) => {
                self.place = Some(place);
                return Ok(());
            }
            Event::Sending { row, .. } => (row, None),
            Event::Ended { row, end, .. } => (row, Some(end)),
            Event::SettledAsDone { row, .. } => (row, Some(End::settled())),
        };
        self.rows.insert(row, Known { time, end });
        Ok(())
    }

    /// # Errors
    /// When its calls went elsewhere.
    fn rows(self, path: &Path, place: &Place) -> Result<Rows, Problem> {
        match self.place {
            Some(other) if other != *place => Err(Problem::Usage(format!(
                "the journal `{}` is of calls to {}, and these would go to {}: what is done there is \
                 not done here. Give the same settings, or another --journal",
                shown(path),
                other.in_words(),
                place.in_words()
            ))),
            _ => Ok(self.rows),
        }
    }
}

impl Place {
    fn in_words(&self) -> String {
        let named = |text: &Option<String>, none: &str| match text {
            Some(text) => sanitized(text, sanitize::ADDRESS),
            None => none.to_owned(),
        };
        format!(
            "{} in {}",
            named(&self.endpoint, "the addresses of the regions"),
            named(&self.project, "the project that the credentials have")
        )
    }
}

/// The journal, open for writing.
pub(super) struct Journal(Lines);

impl Journal {
    /// Opens the journal of a plan, or begins one for calls to a place. Gives what it knows of each row.
    ///
    /// # Errors
    /// When it cannot be used, or is of calls to another place; it is left as it is.
    pub(super) async fn open(path: &Path, place: Place) -> Result<(Self, Rows), Problem> {
        let mut read = Read::default();
        let opened = Lines::open(path, &OPTIONS, |line| read.add(line.text));
        let (lines, torn) = opened.map_err(local)?;
        Torn::tell(torn, path);
        let is_new = read.place.is_none();
        let rows = read.rows(path, &place)?;
        let journal = Self(lines);
        if is_new {
            journal.write(Event::Begun(place)).await.map_err(local)?;
        }
        Ok((journal, rows))
    }

    /// What the journal knows of each row, without touching it; nothing where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or is of calls to another place.
    pub(super) fn look(path: &Path, place: &Place) -> Result<Rows, Problem> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Rows::new()),
            Err(error) => {
                let (path, why) = (shown(path), in_words(&error));
                return Err(Problem::Local(format!(
                    "the journal `{path}` cannot be read: {why}"
                )));
            }
        };
        let mut read = Read::default();
        for line in text.split_inclusive('\n') {
            match read.add(line.trim_end_matches('\n')) {
                // A last line that is torn was never acknowledged.
                Err(_) if !line.ends_with('\n') => {}
                Err(why) => {
                    let path = shown(path);
                    return Err(Problem::Usage(format!(
                        "a line of the journal `{path}` {why}"
                    )));
                }
                Ok(()) => {}
            }
        }
        read.rows(path, place)
    }

    /// Says that a request may leave now.
    pub(super) async fn sending(&self, row: &str, line: u64) -> Result<(), DurableError> {
        let row = row.to_owned();
        self.write(Event::Sending { row, line }).await
    }

    /// Says how a call ended.
    pub(super) async fn ended(&self, row: &str, line: u64, end: End) -> Result<(), DurableError> {
        let row = row.to_owned();
        self.write(Event::Ended { row, line, end }).await
    }

    /// Says that somebody looked, and that it was done.
    pub(super) async fn settled(&self, row: &str, line: u64) -> Result<(), DurableError> {
        let row = row.to_owned();
        self.write(Event::SettledAsDone { row, line }).await
    }

    async fn write(&self, event: Event) -> Result<(), DurableError> {
        let entry = Entry {
            time: clock::now(),
            event,
        };
        // Nothing in it can keep JSON from being written, and an empty line would be told of.
        let text = serde_json::to_string(&entry).unwrap_or_default();
        self.0.append(Zeroizing::new(text)).await.map(|_| ())
    }
}

fn local(error: DurableError) -> Problem {
    Problem::Local(error.to_string())
}
