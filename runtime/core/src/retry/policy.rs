//! What a client's owner decides about retries.

use std::time::Duration;

use super::backoff::Backoff;

/// The bound of the first pause after a refusal is no shorter than twice this.
const LEAST_PAUSE: Duration = Duration::from_millis(10);
/// The bound of later pauses is no shorter.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);

/// How often and how soon a call is sent again.
///
/// A policy sets the number of attempts and the pace. Which outcomes are
/// followed by another attempt is not up to it; errors tell the same by
/// `is_retryable`:
///
/// | what came of it | safe to repeat | any other operation |
/// |---|---|---|
/// | no connection, no response in time or one that broke off; certainly not sent | again | again |
/// | the same, and it may have arrived | again | no |
/// | 429 in words that prove that the request went no further | again | again |
/// | 429 otherwise, 408, 502, 503, 504 | again | no |
/// | any other response; TLS that cannot be set up; a response that is too large | no | no |
///
/// A server that refuses the caller (401) changed nothing, but refusals in a row can lock a key.
/// So it is asked once more for a call, whatever the operation, and only with something else:
///
/// - a signature by the server's time, where it says that the clock is off, and
///   its time is less than three days away;
/// - other credentials, where the provider has others: a new token for one that
///   ended early.
///
/// That counts as an attempt, so [`none`](Self::none) rules it out. After a
/// refusal no call goes out with the same credentials: each ends with an error of the credentials
/// that says so, for 30 seconds at first (5 for credentials that were good before), then for two
/// minutes, then for five. One call then asks again, and the others wait for
/// what comes of it. Until a server has accepted a key for the first
/// time, one call is under way with it, and one more every two seconds, up to
/// four; the others wait, no longer than half of their time.
///
/// A 429 that proves that the request went no further is no failure: unless there is but one
/// attempt, the call takes its [turn](crate::rate) again until the operation's timeout, without
/// using up attempts or the budget.
///
/// Waits grow exponentially and are drawn at random between nothing and the
/// bound (full jitter); what a `Retry-After` header asks for comes on top. An
/// attempt that could not begin within the operation's timeout is not made.
///
/// ```
/// use std::time::Duration;
/// use openapi_client_runtime::RetryPolicy;
///
/// let patient = RetryPolicy::default()
///     .max_attempts(5)
///     .base_delay(Duration::from_secs(1));
/// assert_eq!(patient.attempts(), 5);
/// assert_eq!(RetryPolicy::none().attempts(), 1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    budget: u32,
}

impl RetryPolicy {
    /// Each call is sent once, whatever happens.
    pub const fn none() -> Self {
        Self {
            attempts: 1,
            base_delay: Duration::ZERO,
            max_delay: Duration::ZERO,
            budget: 0,
        }
    }

    /// How often a call is sent at most, the first time included. Default: 3;
    /// 0 counts as 1.
    #[must_use]
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.attempts = if attempts == 0 { 1 } else { attempts };
        self
    }

    /// The bound of the first wait; it doubles with each further one. Default:
    /// 500 ms.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The bound of all waits; a `Retry-After` may be longer. Default: 20 s.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// How many repetitions all calls of a client have together before some
    /// succeed. Default: 100.
    ///
    /// It keeps clients from burying a service in trouble under repetitions.
    /// Five calls that succeed earn one repetition; a repetition that succeeds
    /// is given back as well.
    #[must_use]
    pub const fn budget(mut self, repetitions: u32) -> Self {
        self.budget = repetitions;
        self
    }

    /// How often a call is sent at most.
    pub const fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long the calls of a service wait after it refused this many, one after
    /// the other, for being too many: between half the bound and the whole. It
    /// doubles whatever [`max_delay`](Self::max_delay) says, since such refusals
    /// are not counted as attempts and nothing else makes them fewer.
    #[doc(hidden)]
    pub fn pause_after(&self, refusals: u32) -> Duration {
        Backoff {
            base: self.base_delay.max(LEAST_PAUSE).saturating_mul(2),
            max: self.max_delay.max(LONGEST_PAUSE),
        }
        .draw(refusals, 0.5 + fastrand::f64() / 2.0)
    }

    #[doc(hidden)]
    pub const fn repetitions(&self) -> u32 {
        self.budget
    }

    /// How long to wait after this attempt, counted from 1.
    #[doc(hidden)]
    pub fn delay_after(&self, attempt: u32) -> Duration {
        Backoff {
            base: self.base_delay,
            max: self.max_delay,
        }
        .draw(attempt, fastrand::f64())
    }
}

impl Default for RetryPolicy {
    /// 3 attempts, waits up to 500 ms, then up to 1 s, and 100 repetitions for
    /// all calls together.
    fn default() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(20),
            budget: 100,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_attempt_counts_as_one() {
        assert_eq!(RetryPolicy::default().max_attempts(0).attempts(), 1);
        assert_eq!(RetryPolicy::default().attempts(), 3);
    }

    #[test]
    fn pauses_double_whatever_is_set() {
        for policy in [
            RetryPolicy::none(),
            RetryPolicy::default().max_delay(Duration::ZERO),
        ] {
            let base = policy.base_delay.max(LEAST_PAUSE);
            for (refusals, factor) in [(1, 1), (2, 2), (3, 4), (4, 8)] {
                let pause = policy.pause_after(refusals);
                let bounds = base * factor..base * factor * 2;
                assert!(bounds.contains(&pause), "{pause:?} {bounds:?}");
            }
            assert!(policy.pause_after(99) >= LONGEST_PAUSE / 2);
        }
    }

    #[test]
    fn waits_stay_below_their_bound_and_differ() {
        let policy = RetryPolicy::default();
        let waits: Vec<Duration> = (0..200).map(|_| policy.delay_after(2)).collect();
        assert!(waits.iter().all(|wait| *wait < Duration::from_secs(1)));
        // 200 draws that are all alike would be no draws.
        assert!(waits.iter().any(|wait| *wait != waits[0]));
        assert_eq!(RetryPolicy::none().delay_after(1), Duration::ZERO);
    }
}
