//! Telling the observer how a call goes.

use std::time::Duration;

use tokio::time::Instant;
use tracing::Span;

use super::{AttemptReport, CallReport, Observer, Outcome};
use crate::error::SendError;
use crate::operation::Operation;

/// Tells the observer, if there is one, of attempts and of the end; also when
/// the call is dropped before its end.
pub struct Report<'a> {
    observer: Option<&'a dyn Observer>,
    operation: &'static Operation,
    host: &'a str,
    started: Instant,
    /// How many attempts were begun.
    pub attempts: u32,
}

impl<'a> Report<'a> {
    /// A call begins.
    pub fn begin(
        observer: Option<&'a dyn Observer>,
        operation: &'static Operation,
        host: &'a str,
        started: Instant,
    ) -> Self {
        Self {
            observer,
            operation,
            host,
            started,
            attempts: 0,
        }
    }

    /// The request id is asked for only where there is somebody to tell.
    pub fn attempt<'i>(
        &self,
        outcome: Outcome,
        request_id: impl FnOnce() -> Option<&'i str>,
        begun: Instant,
        retry_in: Option<Duration>,
    ) {
        if let Some(observer) = self.observer {
            observer.on_attempt(&AttemptReport {
                operation: self.operation,
                host: self.host,
                attempt: self.attempts,
                outcome,
                request_id: request_id(),
                elapsed: begun.elapsed(),
                retry_in,
            });
        }
    }

    /// The call ends without a response.
    pub fn fail<C>(self, span: &Span, error: &SendError<C>) {
        let outcome = error.outcome();
        span.record("attempts", self.attempts);
        if !span.is_disabled() {
            span.record("elapsed_ms", self.started.elapsed().as_millis() as u64);
        }
        tracing::debug!(?outcome, "no response");
        self.end(outcome, || None);
    }

    /// The call goes on, and reports for itself.
    pub fn leave_to_the_call(mut self) {
        self.observer = None;
    }

    /// The call ends with a response.
    pub fn end<'i>(mut self, outcome: Outcome, request_id: impl FnOnce() -> Option<&'i str>) {
        self.tell(outcome, request_id);
    }

    fn tell<'i>(&mut self, outcome: Outcome, request_id: impl FnOnce() -> Option<&'i str>) {
        if let Some(observer) = self.observer.take() {
            observer.on_call(&CallReport {
                operation: self.operation,
                host: self.host,
                attempts: self.attempts,
                outcome,
                request_id: request_id(),
                elapsed: self.started.elapsed(),
            });
        }
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        // A panic in an observer while another unwinds would end the process.
        if !std::thread::panicking() {
            self.tell(Outcome::Cancelled, || None);
        }
    }
}
