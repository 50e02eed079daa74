//! Watching calls, for metrics.
//!
//! An [`Observer`] is told of every attempt and every call when it is over. No
//! report holds a path, a header's value or a body, so nothing secret can end
//! up in a metric.
//!
//! ```
//! use std::sync::atomic::{AtomicU64, Ordering};
//! use openapi_client_runtime::observe::{CallReport, Observer};
//!
//! #[derive(Default)]
//! struct Failures(AtomicU64);
//!
//! impl Observer for Failures {
//!     fn on_call(&self, report: &CallReport<'_>) {
//!         if !report.outcome.is_success() {
//!             self.0.fetch_add(1, Ordering::Relaxed);
//!         }
//!     }
//! }
//! ```

use std::time::Duration;

mod report;

use crate::operation::Operation;
pub use crate::outcome::Outcome;

#[doc(hidden)]
pub use self::report::Report;

/// Is told how calls end; see
/// `ClientBuilder::observer`.
///
/// Requests that break a rule before they reach the client (a weak password, a
/// missing field) never become calls and are not reported.
///
/// The methods run on the task that makes the call: they should return at once
/// and must not panic.
pub trait Observer: Send + Sync {
    /// An attempt is over.
    fn on_attempt(&self, report: &AttemptReport<'_>) {
        let _ = report;
    }

    /// A call is over; its last attempt was reported before, unless the call
    /// was cancelled in the middle of it.
    fn on_call(&self, report: &CallReport<'_>) {
        let _ = report;
    }
}

/// How one attempt ended.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AttemptReport<'a> {
    /// The operation that is called.
    pub operation: &'static Operation,
    /// The server, as host and, where it is not the scheme's own, port.
    pub host: &'a str,
    /// The number of this attempt, from 1.
    pub attempt: u32,
    /// What came of it.
    pub outcome: Outcome,
    /// The request id of the response, for the vendor's support.
    pub request_id: Option<&'a str>,
    /// From the request for credentials to the last byte of the response, the wait
    /// for its [turn](crate::rate) included.
    pub elapsed: Duration,
    /// How long until the next attempt, if there will be one. Where calls wait
    /// for their [turn](crate::rate), it may come later.
    pub retry_in: Option<Duration>,
}

/// How a whole call ended.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CallReport<'a> {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// The server, as host and, where it is not the scheme's own, port.
    pub host: &'a str,
    /// How many attempts were begun.
    pub attempts: u32,
    /// What came of it.
    pub outcome: Outcome,
    /// The request id of the response, for the vendor's support.
    pub request_id: Option<&'a str>,
    /// From the first attempt to the end, waits included.
    pub elapsed: Duration,
}
