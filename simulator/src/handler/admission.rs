//! Who is let in: with what credentials, after how many refusals, and how often.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;
use http::header::RETRY_AFTER;
use http::request::Parts;

use super::Handler;
use crate::gateway::{Call, Caller, Refusal, RefusalKind};
use crate::ledger::Authentication;
use crate::operation::Operation;
use crate::response::SimulatedResponse;

/// How often each key was refused in a row, and until when it is locked.
pub(crate) type Refusals = Mutex<HashMap<String, (u32, Duration)>>;

impl Handler {
    /// Whether the caller may call, with credentials that are not locked.
    pub(super) fn admit(
        &self,
        operation: &Operation,
        head: &Parts,
        body: &[u8],
        ahead: Duration,
    ) -> Result<Caller, Refusal> {
        if !operation.needs_authentication {
            return Ok(Caller {
                key: None,
                authentication: Authentication::NotNeeded,
            });
        }
        let call = Call {
            operation,
            head,
            body,
        };
        let judged = self.gateway.authenticate(&call, self.clock.now() + ahead);
        let Some(lockout) = self.gateway.lockout() else {
            return judged;
        };
        let tried = match &judged {
            Ok(caller) => caller.key.clone(),
            Err(refusal) => refusal.key.clone(),
        };
        let Some(key) = tried else { return judged };
        let now = self.clock.since_start();
        // Each change leaves the map whole, so that a panic elsewhere cannot have broken it.
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        let (count, locked_until) = refusals.entry(key.clone()).or_default();
        if *locked_until > now {
            let left = (*locked_until - now).as_secs() + 1;
            let mut refusal = Refusal::credentials(format!(
                "the key is locked for {left} more seconds, after {} refusals in a row",
                lockout.refusals
            ));
            refusal.key = Some(key);
            return Err(refusal);
        }
        if judged.is_ok() {
            refusals.remove(&key);
            return judged;
        }
        *count += 1;
        if *count >= lockout.refusals {
            *count = 0;
            *locked_until = now + lockout.time;
        }
        judged
    }

    /// The refusal of a call that is one too many.
    pub(super) fn one_too_many(
        &self,
        operation: &Operation,
        key: Option<&str>,
    ) -> Option<SimulatedResponse> {
        let limit = operation.rate_limit.as_ref();
        let (place, limit) = limit.filter(|_| self.keeps_rates)?;
        let key = key.unwrap_or_default();
        let now = self.clock.since_start();
        let wait = self.windows.take(key, place, *limit, now).err()?;
        let message = format!(
            "more than {} calls in {} seconds",
            limit.calls, limit.seconds
        );
        let status = StatusCode::TOO_MANY_REQUESTS;
        let refusal = Refusal::new(RefusalKind::Throttled, status, message);
        let mut response = SimulatedResponse::refused(refusal);
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let wait = (RETRY_AFTER.to_string(), seconds.to_string());
        response.headers.push(wait);
        Some(response)
    }
}
