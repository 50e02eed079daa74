//! The way of one call: attempts, and the waits between them.

use tokio::time::{Instant, sleep};
use tracing::Instrument as _;
use tracing::Span;
use tracing::field::Empty;

use super::attempt::{Attempt, request_id};
use super::call::{Call, Progress};
use crate::authentication::Authentication;
use crate::error::SendError;
use crate::observe::{Outcome, Report};
use crate::response::RawResponse;
use crate::transport::TransportError;

impl<A: Authentication> Call<'_, A> {
    /// Makes attempts until one is final.
    pub(super) async fn run(self) -> Result<RawResponse, SendError<A::Error>> {
        let mut report = Report::begin(
            self.settings.observer.as_deref(),
            self.operation,
            self.endpoint.authority(),
            self.started,
        );
        let mut progress = Progress::default();
        let mut last: Option<Result<RawResponse, TransportError>> = None;
        let result = loop {
            progress.attempts += 1;
            report.attempts = progress.attempts;
            let begun = Instant::now();
            let attempt_span = tracing::debug_span!(
                "api.attempt",
                attempt = progress.attempts,
                status = Empty,
                request_id = Empty,
                elapsed_ms = Empty,
            );
            let made = self
                .attempt(&mut progress)
                .instrument(attempt_span.clone())
                .await;
            let attempt = match (made, last.take()) {
                (Ok(attempt), _) => attempt,
                (Err(error), None) => {
                    report.attempt(error.outcome(), || None, begun, None);
                    break Err(error);
                }
                // Nothing was sent this time, so the attempt before has the
                // last word: it knows what may have arrived.
                (Err(error), Some(before)) => {
                    report.attempt(error.outcome(), || None, begun, None);
                    tracing::debug!(%error, "not sent again");
                    break before.map_err(SendError::from);
                }
            };
            record(&attempt, begun, &attempt_span);
            let outcome = attempt.outcome();
            let (result, wait) = self.next(attempt, &mut progress).await;
            report.attempt(outcome, || request_id(&result), begun, wait);
            let Some(wait) = wait else {
                break result.map_err(SendError::from);
            };
            tracing::debug!(wait_ms = wait.as_millis() as u64, "trying again");
            last = Some(result);
            if !progress.waits_in_queue {
                Box::pin(sleep(wait)).await;
            }
        };
        self.end(&result, report);
        result
    }

    fn end(&self, result: &Result<RawResponse, SendError<A::Error>>, report: Report<'_>) {
        let span = &self.span;
        match result {
            Ok(response) => {
                span.record("attempts", report.attempts);
                if !span.is_disabled() {
                    span.record("elapsed_ms", self.started.elapsed().as_millis() as u64);
                    span.record("request_id", response.request_id());
                }
                span.record("status", response.status());
                tracing::debug!("response received");
                report.end(Outcome::Responded(response.status()), || {
                    response.request_id()
                });
            }
            Err(error) => report.fail(span, error),
        }
    }
}

/// What an attempt came to, in its span.
fn record<A: Authentication>(attempt: &Attempt<'_, A>, begun: Instant, span: &Span) {
    // The clock is read for those who look.
    if !span.is_disabled() {
        span.record("elapsed_ms", begun.elapsed().as_millis() as u64);
    }
    if let Some(status) = attempt.outcome().status() {
        span.record("status", status);
    }
    if !span.is_disabled()
        && let Some(id) = attempt.request_id()
    {
        span.record("request_id", id);
    }
    if let Err(error) = &attempt.result {
        tracing::debug!(parent: span, kind = ?error.kind(), "no response to this attempt");
    }
}
