//! What is kept, and until when.

use std::time::{Duration, SystemTime};

use crate::credential::{Credentials, CredentialsError};

/// How long before their expiry credentials are fetched anew, at most.
const LONGEST_MARGIN: Duration = Duration::from_secs(10 * 60);
/// The part of their lifetime that counts instead where it is shorter.
const MARGIN_PART: u32 = 10;
/// How long a failure is believed before the provider is asked again; doubled
/// with each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How long credentials are used that are past their expiry when they come.
const TRUST_IN_EXPIRED: Duration = Duration::from_secs(30);

#[derive(Default)]
pub(super) struct State {
    kept: Option<CacheEntry>,
    failure: Option<Failure>,
}

struct CacheEntry {
    credentials: Credentials,
    /// From when on they are to be fetched anew, and from when on they are not
    /// to be used; without, never.
    limits: Option<(SystemTime, SystemTime)>,
}

struct Failure {
    error: CredentialsError,
    at: SystemTime,
    pause: Duration,
}

/// What there is to be had without asking the provider.
pub(super) enum Lookup {
    Fresh(Credentials),
    /// Usable, and to be fetched anew.
    Due(Credentials),
    /// None, and the provider has just failed.
    Failed(CredentialsError),
    Empty,
}

impl State {
    pub(super) fn lookup(&self, now: SystemTime) -> Lookup {
        let paused = self.failure.as_ref().filter(|failure| {
            // A clock that was set back ends the pause.
            now.duration_since(failure.at)
                .is_ok_and(|since| since < failure.pause)
        });
        match (&self.kept, paused) {
            (Some(kept), paused) if kept.is_usable(now) => {
                if kept.is_due(now) && paused.is_none() {
                    Lookup::Due(kept.credentials.clone())
                } else {
                    Lookup::Fresh(kept.credentials.clone())
                }
            }
            // A provider that says when it asks again keeps to that by itself.
            (_, Some(failure)) if failure.error.asked_again_in().is_none() => {
                Lookup::Failed(failure.error.clone())
            }
            (_, _) => Lookup::Empty,
        }
    }

    pub(super) fn keep(&mut self, credentials: Credentials, now: SystemTime) {
        let limits = credentials.expiry().map(|expiry| limits(expiry, now));
        self.kept = Some(CacheEntry {
            credentials,
            limits,
        });
        self.failure = None;
    }

    /// Lets go of these credentials, if they are the ones at hand.
    pub(super) fn forget(&mut self, rejected: &Credentials) {
        let is_at_hand =
            |kept: &CacheEntry| kept.credentials.fingerprint() == rejected.fingerprint();
        if self.kept.as_ref().is_some_and(is_at_hand) {
            self.kept = None;
        }
    }

    /// Remembers a failure and says how long it is believed.
    pub(super) fn fail(&mut self, error: CredentialsError, now: SystemTime) -> Duration {
        let pause = match &self.failure {
            Some(last) => (last.pause * 2).min(LONGEST_PAUSE),
            None => FIRST_PAUSE,
        };
        self.failure = Some(Failure {
            error,
            at: now,
            pause,
        });
        pause
    }
}

impl CacheEntry {
    fn is_due(&self, now: SystemTime) -> bool {
        self.limits.is_some_and(|(due, _)| now >= due)
    }

    fn is_usable(&self, now: SystemTime) -> bool {
        self.limits.is_none_or(|(_, end)| now < end)
    }
}

/// From when on credentials that come now are due, and unusable.
fn limits(expiry: SystemTime, now: SystemTime) -> (SystemTime, SystemTime) {
    match expiry.duration_since(now) {
        Ok(lifetime) if !lifetime.is_zero() => {
            let margin = LONGEST_MARGIN.min(lifetime / MARGIN_PART);
            (expiry - margin, expiry)
        }
        _ => {
            // Nobody gives out expired credentials: the clock here is wrong.
            // The server decides, and the provider is not asked each time.
            tracing::warn!("new credentials are already past their expiry; look at the clock");
            let end = now.checked_add(TRUST_IN_EXPIRED).unwrap_or(now);
            (end, end)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds)
    }

    fn kept(lifetime: u64) -> State {
        let mut state = State::default();
        state.keep(Credentials::token("t").expires_at(at(lifetime)), at(0));
        state
    }

    /// One letter a state: fresh, due, failed, empty.
    fn look(state: &State, seconds: u64) -> char {
        match state.lookup(at(seconds)) {
            Lookup::Fresh(_) => 'f',
            Lookup::Due(_) => 'd',
            Lookup::Failed(_) => 'x',
            Lookup::Empty => 'e',
        }
    }

    #[test]
    fn due_ten_minutes_or_a_tenth_of_the_lifetime_before_expiry() {
        for (lifetime, due) in [(86_400, 85_800), (3_600, 3_240), (900, 810), (10, 9)] {
            let state = kept(lifetime);
            assert_eq!(look(&state, 0), 'f', "{lifetime}");
            assert_eq!(look(&state, due - 1), 'f', "{lifetime}");
            assert_eq!(look(&state, due), 'd', "{lifetime}");
            assert_eq!(look(&state, lifetime - 1), 'd', "{lifetime}");
            assert_eq!(look(&state, lifetime), 'e', "{lifetime}");
        }
    }

    #[test]
    fn without_an_expiry_they_are_kept_for_good() {
        let mut state = State::default();
        assert_eq!(look(&state, 0), 'e');
        state.keep(Credentials::token("t"), at(0));
        assert_eq!(look(&state, 1 << 33), 'f');
    }

    #[test]
    fn a_failure_pauses_and_leaves_the_valid_ones_in_use() {
        let mut state = kept(1_000);
        state.fail(CredentialsError::other("no"), at(950));
        assert_eq!(look(&state, 950), 'f', "no request during the pause");
        assert_eq!(look(&state, 951), 'd');
        state.fail(CredentialsError::other("no"), at(999));
        assert_eq!(look(&state, 1_000), 'x', "expired, and in the pause");
        assert_eq!(look(&state, 1_001), 'e');
    }

    #[test]
    fn pauses_double_up_to_a_minute_and_end_with_a_success() {
        let mut state = State::default();
        let fail = |state: &mut State| state.fail(CredentialsError::other("no"), at(0)).as_secs();
        let pauses: Vec<u64> = (0..8).map(|_| fail(&mut state)).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 60, 60]);
        assert_eq!(look(&state, 59), 'x');
        assert_eq!(look(&state, 60), 'e');
        state.keep(Credentials::token("t"), at(60));
        assert_eq!(fail(&mut state), 1);
    }

    #[test]
    fn a_clock_that_is_set_back_ends_a_pause() {
        let mut state = State::default();
        state.fail(CredentialsError::other("no"), at(100));
        assert_eq!(look(&state, 100), 'x');
        assert_eq!(look(&state, 99), 'e');
    }

    #[test]
    fn new_ones_that_look_expired_are_tried_for_a_while() {
        for lifetime_end in [0, 5] {
            let mut state = State::default();
            state.keep(Credentials::token("t").expires_at(at(lifetime_end)), at(5));
            assert_eq!(look(&state, 34), 'f');
            assert_eq!(look(&state, 35), 'e');
        }
    }
}
