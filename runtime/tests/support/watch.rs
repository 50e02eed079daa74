//! An observer that writes everything down.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use huaweicloud_runtime::observe::{AttemptReport, CallReport, Observer, Outcome};

/// One attempt, as it was reported.
#[derive(Debug, Clone)]
pub struct Seen {
    pub attempt: u32,
    pub outcome: Outcome,
    pub request_id: Option<String>,
    pub elapsed: Duration,
    pub retry_in: Option<Duration>,
}

#[derive(Default)]
pub struct Watch {
    pub attempts: Mutex<Vec<Seen>>,
    /// The number of attempts and the outcome of each call.
    pub calls: Mutex<Vec<(u32, Outcome)>>,
}

impl Watch {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// The attempts so far, forgotten afterwards.
    pub fn take(&self) -> Vec<Seen> {
        std::mem::take(&mut *self.attempts.lock().unwrap())
    }

    /// The calls so far, forgotten afterwards.
    pub fn take_calls(&self) -> Vec<(u32, Outcome)> {
        std::mem::take(&mut *self.calls.lock().unwrap())
    }
}

impl Observer for Watch {
    fn on_attempt(&self, report: &AttemptReport<'_>) {
        self.attempts.lock().unwrap().push(Seen {
            attempt: report.attempt,
            outcome: report.outcome,
            request_id: report.request_id.map(str::to_owned),
            elapsed: report.elapsed,
            retry_in: report.retry_in,
        });
    }

    fn on_call(&self, report: &CallReport<'_>) {
        let call = (report.attempts, report.outcome);
        self.calls.lock().unwrap().push(call);
    }
}
