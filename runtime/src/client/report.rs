//! Telling the observer how a call goes.

use std::time::Duration;

use tokio::time::Instant;

use super::call::Call;
use crate::observe::{AttemptReport, CallReport, Observer, Outcome};
use crate::operation::Operation;

/// Tells the observer, if there is one, of attempts and of the end; also when
/// the call is dropped before its end.
pub(super) struct Report<'a> {
    observer: Option<&'a dyn Observer>,
    operation: &'static Operation,
    host: &'a str,
    started: Instant,
    /// How many attempts were begun.
    pub(super) attempts: u32,
}

impl<'a> Report<'a> {
    pub(super) fn begin(call: &Call<'a>) -> Self {
        Self {
            observer: call.settings.observer.as_deref(),
            operation: call.operation,
            host: call.endpoint.authority(),
            started: call.started,
            attempts: 0,
        }
    }

    pub(super) fn attempt(
        &self,
        outcome: Outcome,
        request_id: Option<&str>,
        begun: Instant,
        retry_in: Option<Duration>,
    ) {
        if let Some(observer) = self.observer {
            observer.on_attempt(&AttemptReport {
                operation: self.operation,
                host: self.host,
                attempt: self.attempts,
                outcome,
                request_id,
                elapsed: begun.elapsed(),
                retry_in,
            });
        }
    }

    pub(super) fn end(mut self, outcome: Outcome, request_id: Option<&str>) {
        self.tell(outcome, request_id);
    }

    fn tell(&mut self, outcome: Outcome, request_id: Option<&str>) {
        if let Some(observer) = self.observer.take() {
            observer.on_call(&CallReport {
                operation: self.operation,
                host: self.host,
                attempts: self.attempts,
                outcome,
                request_id,
                elapsed: self.started.elapsed(),
            });
        }
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        // A panic in an observer while another unwinds would end the process.
        if !std::thread::panicking() {
            self.tell(Outcome::Cancelled, None);
        }
    }
}
