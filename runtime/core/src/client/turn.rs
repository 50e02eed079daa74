//! The turn of a call, and what its response teaches about the service's pace.

use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use super::call::Call;
use crate::authentication::Authentication;
use crate::error::ErrorDetails;
use crate::rate::{LONGEST_STOP, QueuePosition, Turn};
use crate::response::RawResponse;
use crate::retry::retry_after;
use crate::transport::{TransportError, TransportErrorKind};

/// A request that was refused for being one too many.
#[derive(Debug, Clone, Copy)]
pub(super) struct Throttled {
    /// How long the call has to wait.
    pub(super) wait: Duration,
    /// Whether it is certain that the request went no further.
    pub(super) went_no_further: bool,
}

impl Throttled {
    /// Whether the wait is spent in the queue for the service, which then lets
    /// this call go before those that came later.
    pub(super) fn waits_in_queue(self) -> bool {
        self.wait <= LONGEST_STOP
    }
}

impl<A: Authentication> Call<'_, A> {
    /// Waits until the request may be sent.
    pub(super) async fn turn(&self, position: &mut QueuePosition) -> Result<Turn, TransportError> {
        let begun = Instant::now();
        let turn = self
            .settings
            .limiter
            .turn(self.operation, position, self.deadline)
            .await
            .map_err(|late| {
                TransportError::new(TransportErrorKind::Timeout)
                    .not_sent()
                    .to_host(self.endpoint.authority())
                    .caused_by(late)
                    .during(self.operation)
            })?;
        let wait_ms = begun.elapsed().as_millis() as u64;
        if wait_ms > 0 {
            tracing::debug!(wait_ms, "waited for its turn");
        }
        Ok(turn)
    }

    /// Says what became of the request.
    pub(super) fn learn(
        &self,
        turn: Turn,
        result: &Result<RawResponse, TransportError>,
    ) -> Option<Throttled> {
        let response = match result {
            Ok(response) => response,
            Err(error) if !error.may_have_been_processed() => {
                turn.never_arrived();
                return None;
            }
            Err(_) => return None,
        };
        // Anything else need not be read here.
        let details = matches!(response.status(), 400..=499).then(|| response.details());
        let Some(details) = details.filter(ErrorDetails::is_throttled) else {
            turn.accepted();
            return None;
        };
        let asked = retry_after(response.headers(), SystemTime::now());
        let stopped = turn.refused(asked, |refusals| self.settings.retry.pause_after(refusals));
        tracing::debug!(
            wait_ms = stopped.as_millis() as u64,
            "the service asks for fewer calls; those to it wait"
        );
        Some(Throttled {
            wait: asked.unwrap_or_default().max(stopped),
            went_no_further: A::CONVENTIONS.proves_unprocessed(&details),
        })
    }
}
