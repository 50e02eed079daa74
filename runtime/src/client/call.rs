//! The way of one call: attempts, waits, and the limits of both.

use std::borrow::Cow;
use std::time::{Duration, SystemTime};

use tokio::time::{Instant, sleep, timeout_at};
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use super::core::Settings;
use super::prepare::{self, Prepared};
use super::report::Report;
use super::turn::Refusal;
use crate::credentials::{Credentials, CredentialsError};
use crate::endpoint::Endpoint;
use crate::error::SendError;
use crate::identity;
use crate::observe::Outcome;
use crate::operation::Operation;
use crate::rate::{Place, Turn};
use crate::response::RawResponse;
use crate::retry::{self, Verdict, retry_after, server_date};
use crate::transport::{MAX_BODY, TransportError, TransportErrorKind};
use crate::wire;

/// One call of an operation.
pub(super) struct Call<'a> {
    pub(super) settings: &'a Settings,
    pub(super) operation: &'static Operation,
    pub(super) endpoint: &'a Endpoint,
    /// The project of the call or of the client.
    pub(super) project_id: Option<&'a str>,
    pub(super) request: wire::Request,
    pub(super) started: Instant,
    pub(super) deadline: Instant,
    /// Kept, since the current span is that of the caller where this one is
    /// filtered out.
    pub(super) span: Span,
}

/// An attempt that went as far as sending.
struct Attempt {
    result: Result<RawResponse, TransportError>,
    /// The date in the signature, if this client signed it.
    signed: Option<SystemTime>,
    /// Until it is settled.
    turn: Option<Turn>,
}

impl Attempt {
    fn outcome(&self) -> Outcome {
        match &self.result {
            Ok(response) => Outcome::Answered(response.status()),
            Err(error) => Outcome::Transport(error.kind()),
        }
    }

    fn request_id(&self) -> Option<&str> {
        self.result.as_ref().ok().and_then(RawResponse::request_id)
    }
}

/// What the attempts so far leave behind.
#[derive(Default)]
struct Progress {
    attempts: u32,
    /// Those of them that the gateway refused for being too many: no failures.
    refusals: u32,
    /// Where the call stands in the queue for the service.
    place: Place,
    clock_corrected: bool,
    /// Whether a request may have been processed.
    may_have_arrived: bool,
}

impl Progress {
    /// The attempts that count.
    fn counted(&self) -> u32 {
        self.attempts - self.refusals
    }

    /// Keeps what may have arrived earlier from being denied by a later attempt
    /// that did not even connect.
    fn settle(
        &mut self,
        result: Result<RawResponse, TransportError>,
    ) -> Result<RawResponse, TransportError> {
        self.may_have_arrived |= match &result {
            Ok(response) => response.status() >= 500,
            Err(error) => error.may_have_been_processed(),
        };
        match result {
            Err(error) if self.may_have_arrived => Err(error.maybe_sent()),
            other => other,
        }
    }
}

impl Call<'_> {
    /// Makes attempts until one is final.
    pub(super) async fn run(self) -> Result<RawResponse, SendError> {
        let mut report = Report::begin(self.settings, self.operation, self.endpoint, self.started);
        let mut progress = Progress::default();
        let mut last: Option<Attempt> = None;
        let result = loop {
            progress.attempts += 1;
            report.attempts = progress.attempts;
            let begun = Instant::now();
            let attempt_span = tracing::debug_span!(
                "huaweicloud.attempt",
                attempt = progress.attempts,
                status = Empty,
                request_id = Empty,
                elapsed_ms = Empty,
            );
            let made = self
                .attempt(&mut progress.place)
                .instrument(attempt_span.clone())
                .await;
            let mut attempt = match (made, last.take()) {
                (Ok(attempt), _) => attempt,
                (Err(error), None) => {
                    report.attempt(Outcome::of_error(&error), None, begun, None);
                    break Err(error);
                }
                // Nothing was sent this time, so the attempt before has the
                // last word: it knows what may have arrived.
                (Err(error), Some(before)) => {
                    report.attempt(Outcome::of_error(&error), None, begun, None);
                    tracing::debug!(%error, "not sent again");
                    break before.result.map_err(SendError::from);
                }
            };
            record(&attempt, begun, &attempt_span);
            let refused = attempt
                .turn
                .take()
                .and_then(|turn| self.learn(turn, &attempt.result));
            let wait = self.wait_before_next(&attempt, refused, &mut progress);
            report.attempt(attempt.outcome(), attempt.request_id(), begun, wait);
            attempt.result = progress.settle(attempt.result);
            let Some(wait) = wait else {
                break attempt.result.map_err(SendError::from);
            };
            tracing::debug!(wait_ms = wait.as_millis() as u64, "trying again");
            last = Some(attempt);
            if !refused.is_some_and(Refusal::waits_in_queue) {
                sleep(wait).await;
            }
        };
        self.end(&result, report);
        result
    }

    fn end(&self, result: &Result<RawResponse, SendError>, report: Report<'_>) {
        let span = &self.span;
        match result {
            Ok(response) => {
                let id = response.request_id();
                span.record("attempts", report.attempts);
                if !span.is_disabled() {
                    span.record("elapsed_ms", self.started.elapsed().as_millis() as u64);
                }
                span.record("status", response.status());
                if let Some(id) = id {
                    span.record("request_id", id);
                }
                tracing::debug!("answered");
                report.end(Outcome::Answered(response.status()), id);
            }
            Err(error) => report.fail(span, error),
        }
    }

    /// Signs the request afresh and sends it once.
    async fn attempt(&self, place: &mut Place) -> Result<Attempt, SendError> {
        let credentials = match self.operation.anonymous {
            true => None,
            false => Some(self.credentials().await?),
        };
        let credentials = credentials.as_deref();
        let iam = self.iam_of(credentials)?;
        // After the credentials: signing in for them is a call too, and must not
        // wait behind one that waits for it.
        let mut turn = self.turn(place).await?;
        let Prepared {
            request,
            scrubber,
            signed,
        } = prepare::prepare(
            prepare::Context {
                endpoint: iam.as_ref().unwrap_or(self.endpoint),
                credentials,
                project_id: self.project_id.or_else(|| credentials?.project()),
                user_agent: &self.settings.user_agent,
                signing: &self.settings.signing,
                now: self.settings.clock.now(),
            },
            self.operation,
            &self.request,
        )?;
        let now = Instant::now();
        let limit = self.limit(now);
        turn.leaves();
        let sending = self.settings.transport.send(request);
        let answer = timeout_at(now + limit.duration(), sending)
            .await
            .unwrap_or_else(|_| Err(self.transport_error(limit)))
            .and_then(|response| {
                // A transport of another's making may not have bounded it.
                if response.body().len() > MAX_BODY {
                    let error = TransportError::new(TransportErrorKind::TooLarge);
                    return Err(error.to_host(self.endpoint.authority()));
                }
                Ok(response)
            });
        if let (Ok(response), Some(credentials)) = (&answer, credentials)
            && response.status() == http::StatusCode::UNAUTHORIZED
        {
            self.settings.provider.rejected(credentials);
        }
        Ok(Attempt {
            result: answer
                .map(|response| RawResponse::new(self.operation, response, &scrubber))
                .map_err(|error| error.during(self.operation)),
            signed,
            turn: Some(turn),
        })
    }

    /// The caller's credentials of this moment.
    async fn credentials(&self) -> Result<Cow<'_, Credentials>, SendError> {
        if let Some(fixed) = &self.settings.fixed {
            return Ok(Cow::Borrowed(fixed));
        }
        let credentials = timeout_at(self.deadline, self.settings.provider.provide())
            .await
            .map_err(|_| self.transport_error(Limit::Credentials).not_sent())??;
        credentials.validate()?;
        Ok(Cow::Owned(credentials))
    }

    /// The address of IAM that the credentials bring along, as a profile can; one given to the
    /// builder goes before it.
    fn iam_of(&self, credentials: Option<&Credentials>) -> Result<Option<Endpoint>, SendError> {
        let service = self.operation.service;
        if service != identity::SERVICE || self.settings.addressed.contains(service) {
            return Ok(None);
        }
        let Some(url) = credentials.and_then(Credentials::iam) else {
            return Ok(None);
        };
        let endpoint = if self.settings.plain_http {
            Endpoint::parse_allowing_plain_http(url)
        } else {
            Endpoint::parse(url)
        };
        endpoint
            .map(Some)
            .map_err(|error| CredentialsError::other(format!("the IAM endpoint: {error}")).into())
    }

    /// How long the attempt that begins `now` may take.
    fn limit(&self, now: Instant) -> Limit {
        let left = self.deadline.saturating_duration_since(now);
        let attempt = self.settings.timeouts.attempt;
        if attempt < left {
            Limit::Attempt(attempt)
        } else {
            Limit::Operation {
                left,
                whole: self.settings.timeouts.operation,
            }
        }
    }

    /// What is left of the time for the whole call.
    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    fn transport_error(&self, limit: Limit) -> TransportError {
        TransportError::new(TransportErrorKind::Timeout)
            .to_host(self.endpoint.authority())
            .caused_by(limit)
            .during(self.operation)
    }

    /// How long to wait before the next attempt; `None` when this one is final.
    fn wait_before_next(
        &self,
        attempt: &Attempt,
        refused: Option<Refusal>,
        progress: &mut Progress,
    ) -> Option<Duration> {
        let settings = self.settings;
        let verdict = match &attempt.result {
            Ok(response) => {
                retry::of_answer(self.operation, response.status(), || response.details())
            }
            Err(error) => retry::of_transport(self.operation, error),
        };
        let headers = attempt.result.as_ref().ok().map(RawResponse::headers);
        let more = progress.counted() < settings.retry.attempts();
        let wait = match verdict {
            Verdict::Final => {
                if attempt
                    .outcome()
                    .status()
                    .is_some_and(|status| status < 500)
                {
                    settings.budget.give(progress.counted() > 1);
                }
                return None;
            }
            // Learned even by the last attempt: later calls profit from it.
            Verdict::ClockIsOff => {
                let server = headers.and_then(server_date);
                let corrected = attempt
                    .signed
                    .zip(server)
                    .is_some_and(|(signed, server)| settings.clock.correct(signed, server));
                if !corrected || std::mem::replace(&mut progress.clock_corrected, true) {
                    return None;
                }
                tracing::warn!("the clock is off; requests are signed by the server's from now on");
                Duration::ZERO
            }
            Verdict::Again => match refused {
                Some(refusal) if refusal.is_of_gateway => {
                    progress.refusals += 1;
                    return Some(refusal.wait)
                        .filter(|wait| settings.retry.attempts() > 1 && *wait < self.left());
                }
                Some(refusal) => refusal.wait,
                None => {
                    let asked = headers.and_then(|headers| retry_after(headers, SystemTime::now()));
                    settings
                        .retry
                        .delay_after(progress.counted())
                        .saturating_add(asked.unwrap_or_default())
                }
            },
        };
        if !more || wait >= self.left() || (verdict == Verdict::Again && !settings.budget.take()) {
            return None;
        }
        Some(wait)
    }
}

/// What an attempt came to, in its span.
fn record(attempt: &Attempt, begun: Instant, span: &Span) {
    // The clock is read for those who look.
    if !span.is_disabled() {
        span.record("elapsed_ms", begun.elapsed().as_millis() as u64);
    }
    if let Some(status) = attempt.outcome().status() {
        span.record("status", status);
    }
    if let Some(id) = attempt.request_id() {
        span.record("request_id", id);
    }
    if let Err(error) = &attempt.result {
        tracing::debug!(parent: span, kind = ?error.kind(), "no answer to this attempt");
    }
}

/// The time limit that ended an attempt.
#[derive(Debug, Clone, Copy, thiserror::Error)]
enum Limit {
    #[error("the attempt took longer than {0:?}")]
    Attempt(Duration),
    #[error("the whole operation took longer than {whole:?}")]
    Operation { left: Duration, whole: Duration },
    #[error("the credentials provider gave nothing before the operation's timeout")]
    Credentials,
}

impl Limit {
    fn duration(self) -> Duration {
        match self {
            Self::Attempt(duration) | Self::Operation { left: duration, .. } => duration,
            Self::Credentials => Duration::ZERO,
        }
    }
}
