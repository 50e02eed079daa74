//! What arrived at a simulator and what came of it: enough to prove what was done, and no secret.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Serialize, Serializer};
use tokio::sync::broadcast;

/// How a request proved who sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Authentication {
    /// A right signature.
    Signature,
    /// A right token.
    Token,
    /// Credentials of one of the document's other schemes.
    Credentials,
    /// The operation needs none.
    NotNeeded,
    /// Not proven, or never looked at.
    None,
}

impl fmt::Display for Authentication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Signature => "signed",
            Self::Token => "token",
            Self::Credentials => "credentials",
            Self::NotNeeded => "open",
            Self::None => "not authenticated",
        })
    }
}

/// One request and what came of it. Query, headers, bodies and whatever is secret are not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// Which request it was, counted from 1 in the order in which they were decided.
    pub number: u64,
    /// When it was decided, since the start and by the simulator's clock.
    #[serde(rename = "at_ms", serialize_with = "milliseconds")]
    pub at: Duration,
    /// The method.
    pub method: String,
    /// The path as it stood on the request line, without the query; printable and bounded.
    pub path: String,
    /// The service whose operation it led to.
    pub service: Option<String>,
    /// The name of that operation.
    pub operation: Option<String>,
    /// What it was about, such as the id of a cluster; of several, with slashes between them.
    pub resource: Option<String>,
    /// The public name of the credentials, such as an access key.
    pub key: Option<String>,
    /// How it proved who sent it.
    pub authentication: Authentication,
    /// The status of the response; none if there was no response.
    pub status: Option<u16>,
    /// Whether the service did what was asked, whatever became of the response.
    pub processed: bool,
    /// The fault that was made.
    pub fault: Option<String>,
    /// Why it was refused, as in `X-Simulator-Reason`.
    pub reason: Option<String>,
    /// The id in `X-Request-Id`.
    pub request_id: String,
}

fn milliseconds<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

/// The newest requests, and for every resource how often something was done to it.
#[derive(Debug)]
pub struct Ledger {
    inner: Mutex<Inner>,
    news: broadcast::Sender<Entry>,
}

#[derive(Debug, Default)]
struct Inner {
    entries: VecDeque<Entry>,
    last: u64,
    processed: HashMap<String, HashMap<String, u64>>,
}

/// How many requests are remembered; a simulator that runs for days must not grow.
pub const REMEMBERED: usize = 10_000;
/// How many of them may wait for somebody who follows slowly.
const FOLLOWED: usize = 256;

impl Default for Ledger {
    fn default() -> Self {
        Self {
            inner: Mutex::default(),
            news: broadcast::channel(FOLLOWED).0,
        }
    }
}

impl Ledger {
    /// Every request that arrived, oldest first; of very many, the newest [`REMEMBERED`].
    pub fn entries(&self) -> Vec<Entry> {
        self.after(0)
    }

    /// Those whose number is greater.
    pub fn after(&self, number: u64) -> Vec<Entry> {
        let inner = self.inner();
        let newer = inner.entries.iter().filter(|entry| entry.number > number);
        newer.cloned().collect()
    }

    /// How often a service did something to a resource, since the start or the last
    /// [`Ledger::clear`]; that the response was lost does not undo it.
    pub fn processed(&self, service: &str, resource: &str) -> u64 {
        let inner = self.inner();
        let of_service = inner.processed.get(service);
        let count = of_service.and_then(|resources| resources.get(resource));
        count.copied().unwrap_or(0)
    }

    /// How many requests were decided so far.
    pub fn arrived(&self) -> u64 {
        self.inner().last
    }

    /// Forgets everything but how many there were.
    pub fn clear(&self) {
        let mut inner = self.inner();
        inner.entries.clear();
        inner.processed.clear();
    }

    /// Whatever is added from now on.
    pub(crate) fn follow(&self) -> broadcast::Receiver<Entry> {
        self.news.subscribe()
    }

    /// Adds what `entry` makes of the number that it gets.
    pub(crate) fn add(&self, entry: impl FnOnce(u64) -> Entry) -> Entry {
        let mut inner = self.inner();
        inner.last += 1;
        let entry = entry(inner.last);
        if let (true, Some(service)) = (entry.processed, &entry.service) {
            let resource = entry.resource.clone().unwrap_or_default();
            let resources = inner.processed.entry(service.clone()).or_default();
            *resources.entry(resource).or_default() += 1;
        }
        if inner.entries.len() == REMEMBERED {
            inner.entries.pop_front();
        }
        inner.entries.push_back(entry.clone());
        if self.news.receiver_count() > 0 {
            // Nobody following is no failure.
            let _ = self.news.send(entry.clone());
        }
        entry
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Each change leaves it whole, so that a panic elsewhere cannot have broken it.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
