//! Watching a call: how often it was sent, and on request each attempt as it ends.

use std::sync::atomic::{AtomicU32, Ordering};

use huaweicloud_runtime::observe::{AttemptReport, Observer, Outcome};
use openapi_client_runtime::sanitize::{self, sanitized};

use crate::say::say;

/// Counts the attempts of one call.
pub(crate) struct Watch {
    attempts: AtomicU32,
    tells: bool,
}

impl Watch {
    /// `tells` says whether attempts are told on standard error.
    pub(crate) fn new(tells: bool) -> Self {
        Self {
            attempts: AtomicU32::new(0),
            tells,
        }
    }

    /// How many there were so far, those for signing in and the like among them not.
    pub(crate) fn attempts(&self) -> u32 {
        self.attempts.load(Ordering::Relaxed)
    }
}

impl Observer for Watch {
    fn on_attempt(&self, report: &AttemptReport<'_>) {
        self.attempts.fetch_max(report.attempt, Ordering::Relaxed);
        if !self.tells {
            return;
        }
        let outcome = match report.outcome {
            Outcome::Responded(status) => format!("status {status}"),
            other => format!("{other:?}"),
        };
        let host = sanitized(report.host, sanitize::ADDRESS);
        let again = report.retry_in.map(|wait| format!(", again in {wait:.1?}"));
        let id = report
            .request_id
            .map(|id| format!(", request id {}", sanitized(id, sanitize::NAME)));
        say(format_args!(
            "{}: attempt {} at {host}: {outcome} after {:.1?}{}{}",
            report.operation,
            report.attempt,
            report.elapsed,
            id.unwrap_or_default(),
            again.unwrap_or_default()
        ));
    }
}
