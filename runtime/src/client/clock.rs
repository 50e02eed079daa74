//! The clock that requests are signed by.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use crate::signing::MAX_CLOCK_SKEW;

/// How much of the gateway's bound the measurement may miss: the Date header
/// counts whole seconds and took a while to arrive.
const TOLERANCE: Duration = Duration::from_secs(60);

/// The system's clock, and by how much the server's differs.
#[derive(Debug, Default)]
pub(super) struct Clock {
    offset_seconds: AtomicI64,
}

impl Clock {
    /// The time, by the server's clock as far as it is known.
    pub(super) fn now(&self) -> SystemTime {
        let system = SystemTime::now();
        let offset = self.offset_seconds.load(Ordering::Relaxed);
        let distance = Duration::from_secs(offset.unsigned_abs());
        let shifted = if offset < 0 {
            system.checked_sub(distance)
        } else {
            system.checked_add(distance)
        };
        shifted.unwrap_or(system)
    }

    /// Takes the server's time over, for this call and all later ones, after it
    /// refused the date `signed`. `false` when that date was about right: then
    /// the clock is not to blame and signing again would not help.
    pub(super) fn correct(&self, signed: SystemTime, server: SystemTime) -> bool {
        if distance(signed, server) < MAX_CLOCK_SKEW - TOLERANCE {
            return false;
        }
        let system = SystemTime::now();
        let seconds = i64::try_from(distance(system, server).as_secs()).unwrap_or(i64::MAX);
        let offset = if server < system { -seconds } else { seconds };
        self.offset_seconds.store(offset, Ordering::Relaxed);
        true
    }
}

fn distance(one: SystemTime, other: SystemTime) -> Duration {
    one.duration_since(other)
        .unwrap_or_else(|later| later.duration())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn it_follows_the_server_in_both_directions() {
        for server in [SystemTime::now() + HOUR, SystemTime::now() - HOUR] {
            let clock = Clock::default();
            assert!(clock.correct(clock.now(), server));
            assert!(distance(clock.now(), server) < Duration::from_secs(5));
            // Once right, there is nothing to correct.
            assert!(!clock.correct(clock.now(), server));
        }
    }

    #[test]
    fn a_small_difference_is_not_to_blame() {
        let clock = Clock::default();
        let now = SystemTime::now();
        for seconds in [0, 30, 600] {
            let near = Duration::from_secs(seconds);
            assert!(!clock.correct(now, now + near), "{seconds}");
            assert!(!clock.correct(now, now - near), "{seconds}");
        }
        assert!(distance(clock.now(), SystemTime::now()) < Duration::from_secs(5));
        // Just under the bound, as seen through whole seconds and the way.
        assert!(clock.correct(now, now + Duration::from_secs(14 * 60 + 59)));
    }

    #[test]
    fn dates_at_the_end_of_time_do_no_harm() {
        let clock = Clock::default();
        let far = SystemTime::UNIX_EPOCH + Duration::from_secs(253_402_300_799);
        assert!(clock.correct(SystemTime::now(), far));
        assert!(distance(clock.now(), far) < Duration::from_secs(5));
        assert!(clock.correct(clock.now(), SystemTime::UNIX_EPOCH));
        assert!(distance(clock.now(), SystemTime::UNIX_EPOCH) < Duration::from_secs(5));
    }
}
