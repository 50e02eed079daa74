//! What follows an attempt: nothing, or another, and after which wait.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::attempt::{Attempt, AttemptBy};
use super::call::{Call, Progress};
use super::clock::Offset;
use super::lockout::Blame;
use super::turn::Throttled;
use crate::authentication::{Authentication, Credential as _};
use crate::error::{ErrorDetails, Refusal};
use crate::operation::Retry;
use crate::response::RawResponse;
use crate::retry::{AttemptOutcome, retry_after, server_date};
use crate::transport::TransportError;

type AttemptResult = Result<RawResponse, TransportError>;

impl<'a, A: Authentication> Call<'a, A> {
    /// Judges an attempt: what came of it, and how long to wait before the next
    /// one; without a wait, there is none.
    pub(super) async fn next(
        &self,
        attempt: Attempt<'a, A>,
        progress: &mut Progress<'a, A>,
    ) -> (AttemptResult, Option<Duration>) {
        let Attempt {
            result,
            caller,
            signed,
            turn,
        } = attempt;
        let throttled = self.learn(turn, &result);
        progress.waits_in_queue = throttled.is_some_and(Throttled::waits_in_queue);
        let response = match result {
            Ok(response) => response,
            Err(error) => {
                if let Some(caller) = caller {
                    caller.pass.inconclusive();
                }
                let outcome = AttemptOutcome::of_transport(&error);
                let wait = self.wait_after(outcome, None, None, progress);
                // What may have arrived earlier is not denied by an attempt
                // that did not even connect.
                let error = match progress.may_have_arrived {
                    true => error.maybe_sent(),
                    false => error,
                };
                return (Err(error), wait);
            }
        };
        let status = response.status();
        // Only refusals are read here.
        let details = (400..500).contains(&status).then(|| response.details());
        let refusal = details
            .as_ref()
            .and_then(|details| A::CONVENTIONS.refusal(details));
        let outcome = match &details {
            Some(details) => details.outcome(),
            None => AttemptOutcome::of_response(status, false),
        };
        let wait = match (caller, details, refusal) {
            (Some(caller), Some(details), Some(refusal)) => {
                let refused = Refused {
                    caller,
                    details,
                    refusal,
                    signed,
                    date: server_date(response.headers()),
                };
                // On the heap, as all that few calls wait for.
                let again = Box::pin(self.after_refusal(refused, progress)).await;
                if !again {
                    self.settings.budget.give(progress.counted() > 1);
                }
                again.then_some(Duration::ZERO)
            }
            (caller, details, _) => {
                if let Some(caller) = caller {
                    if !is_accepted::<A>(status, details.as_ref()) {
                        caller.pass.inconclusive();
                    } else {
                        if let (Some(_), Some(offset)) = (signed, progress.offset.take()) {
                            self.settings.clock.keep(caller.host(self), offset);
                        }
                        caller.pass.accepted();
                    }
                }
                self.wait_after(outcome, Some(&response), throttled, progress)
            }
        };
        (Ok(response), wait)
    }

    /// Whether the call is worth another attempt after the server refused its
    /// caller, which changed nothing.
    async fn after_refusal(&self, refused: Refused<'a, A>, progress: &mut Progress<'a, A>) -> bool {
        let Refused {
            caller,
            details,
            refusal,
            signed,
            date,
        } = refused;
        let settings = self.settings;
        let may_go_on = progress.counted() < settings.retry.attempts()
            && !self.left().is_zero()
            && self.request.is_unread();
        let mut blame = match refusal {
            Refusal::Locked => Blame::Locked,
            _ => Blame::Credentials,
        };
        if let Some((signed, offset)) = signed {
            let server = A::CONVENTIONS.server_time(&details).or(date);
            let measured =
                server.and_then(|server| Offset::measured(signed, server, A::MAX_CLOCK_SKEW));
            // Where the server says no more than that it refuses, its time says why.
            let by_clock = refusal == Refusal::Clock
                || (refusal == Refusal::Unexplained && measured.is_some());
            // A date that is not the system's own may be the reason, whatever they say.
            if by_clock || offset != Offset::default() {
                blame = Blame::Clock;
            }
            if by_clock && may_go_on && progress.offset.is_none() && measured.is_some() {
                tracing::warn!("the clock is off; the request is signed by the server's");
                progress.offset = measured;
                progress.pass = caller.pass.held();
                return true;
            }
            settings.clock.forget(caller.host(self), offset);
        }
        let AttemptBy {
            credentials, pass, ..
        } = caller;
        let authentication = &settings.authentication;
        if authentication.fixed().is_some() || blame == Blame::Clock {
            pass.refused(blame, details);
            return false;
        }
        let renews = !std::mem::replace(&mut progress.renewed, true);
        // Before the others learn of the refusal, since they ask for new ones then. New ones that
        // are refused as well are left for later, or every call would sign in once more.
        if renews && settings.lockout_guard.may_renew(pass.caller()) {
            authentication.rejected(&credentials);
        }
        // Without a code, anybody on the way may have responded, and nobody knows what became of
        // it.
        let is_told = details.unredacted_code().is_some();
        let may_repeat = is_told || self.operation.retry == Retry::Safe;
        pass.refused(blame, details);
        if !renews || !may_go_on || !may_repeat {
            return false;
        }
        match self.credentials().await {
            Ok(Some(others)) if others.fingerprint() != credentials.fingerprint() => {
                tracing::debug!("refused, and the provider has other credentials");
                progress.credentials = Some(others.into_owned());
                true
            }
            Ok(_) => false,
            Err(error) => {
                tracing::debug!(%error, "refused, and there are no other credentials");
                false
            }
        }
    }

    /// How long to wait before the next attempt; `None` when this one is final.
    fn wait_after(
        &self,
        outcome: AttemptOutcome,
        response: Option<&RawResponse>,
        throttled: Option<Throttled>,
        progress: &mut Progress<'_, A>,
    ) -> Option<Duration> {
        let settings = self.settings;
        progress.may_have_arrived |= outcome.may_have_been_processed();
        // A stream that was read, if only in part, is not there any more.
        if !outcome.may_be_retried(Some(self.operation)) || !self.request.is_unread() {
            if response.is_some_and(|response| response.status() < 500) {
                settings.budget.give(progress.counted() > 1);
            }
            return None;
        }
        let wait = match throttled {
            // It waits for its turn like the others, and nothing failed.
            Some(throttled) if throttled.went_no_further => {
                progress.throttled += 1;
                let may_wait = settings.retry.attempts() > 1 && throttled.wait < self.left();
                return may_wait.then_some(throttled.wait);
            }
            Some(throttled) => throttled.wait,
            None => {
                let asked = response
                    .and_then(|response| retry_after(response.headers(), SystemTime::now()));
                settings
                    .retry
                    .delay_after(progress.counted())
                    .saturating_add(asked.unwrap_or_default())
            }
        };
        let more = progress.counted() < settings.retry.attempts();
        (more && wait < self.left() && settings.budget.take()).then_some(wait)
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }
}

/// An attempt whose caller the server refused.
struct Refused<'a, A: Authentication> {
    caller: AttemptBy<'a, A>,
    details: ErrorDetails,
    refusal: Refusal,
    signed: Option<(SystemTime, Offset)>,
    /// The Date of the response.
    date: Option<SystemTime>,
}

/// Whether a response shows that the server knows the caller: a success, or a refusal for another
/// reason. Pages of proxies and responses of a server in trouble show nothing.
fn is_accepted<A: Authentication>(status: u16, details: Option<&ErrorDetails>) -> bool {
    (200..300).contains(&status)
        || details.is_some_and(|details| A::CONVENTIONS.knows_caller(details))
}
