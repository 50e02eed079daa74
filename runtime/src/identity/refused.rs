//! A user whom IAM refused, and when to ask again.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::IdentityError;

/// How long IAM is left alone: as long as it locks a user for, five wrong passwords within 15
/// minutes being enough. A password that is wrong is so sent once in a lock's time, which locks
/// nobody, and a lock is over when it is asked again.
const PAUSE: Duration = Duration::from_secs(15 * 60);

/// How long after a response that is none of IAM's, such as a page of a proxy. It may have let the
/// password through, so it is not asked much more often.
const SHORT_PAUSE: Duration = Duration::from_secs(4 * 60);

fn pause(error: &IdentityError) -> Duration {
    match error.code() {
        Some(_) => PAUSE,
        None => SHORT_PAUSE,
    }
}

/// The last refusal.
#[derive(Debug, Default)]
pub(super) struct Refused(Mutex<Option<(IdentityError, Instant)>>);

impl Refused {
    /// The refusal that still stands, and for how long it will.
    pub(super) fn standing(&self) -> Option<IdentityError> {
        let last = self.last();
        let (error, at) = last.as_ref()?;
        let left = pause(error).checked_sub(at.elapsed())?;
        (!left.is_zero()).then(|| error.clone().again_in(left))
    }

    /// Takes note of IAM's response; a refusal comes back with the time it stands for.
    pub(super) fn remember(&self, error: IdentityError) -> IdentityError {
        if !error.is_refusal() {
            return error;
        }
        let pause = pause(&error);
        *self.last() = Some((error.clone(), Instant::now()));
        error.again_in(pause)
    }

    fn last(&self) -> MutexGuard<'_, Option<(IdentityError, Instant)>> {
        // Nothing in here panics half-way through a change.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
