//! The clock that requests are signed by.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How much of the server's bound the measurement may miss: the Date header
/// counts whole seconds and took a while to arrive.
const TOLERANCE: Duration = Duration::from_secs(60);
/// How far a clock can be off and still be believed to be one. Whoever could
/// shift it further would get signatures for days to come.
const FARTHEST: Duration = Duration::from_secs(3 * 24 * 3600);
/// The seconds since 1970 in which a server can say that it is: from the year
/// before this was written, for as long as dates keep their form.
const PLAUSIBLE: Range<u64> = 1_735_689_600..4_102_444_800;

/// By how much the clocks of servers differ from the system's, for each host
/// that has shown it by accepting a signature.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// Whether there is any, so that a clock that is right costs nothing.
    any: AtomicBool,
    offsets: Mutex<BTreeMap<String, Offset>>,
}

/// How many seconds a server's clock is ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Offset(i64);

impl Clock {
    /// What is known about the clock of `host`.
    pub(super) fn of(&self, host: &str) -> Offset {
        if !self.any.load(Ordering::Acquire) {
            return Offset::default();
        }
        self.offsets().get(host).copied().unwrap_or_default()
    }

    /// Keeps an offset by which `host` has accepted a signature.
    pub(super) fn keep(&self, host: &str, offset: Offset) {
        let mut offsets = self.offsets();
        // Calls that found it together found nearly the same.
        if offset == Offset::default() {
            offsets.remove(host);
        } else {
            offsets.insert(host.to_owned(), offset);
        }
        self.any.store(!offsets.is_empty(), Ordering::Release);
    }

    /// Goes back to the system's clock, after `host` refused a signature by
    /// this offset.
    pub(super) fn forget(&self, host: &str, offset: Offset) {
        if offset != Offset::default() && self.of(host) == offset {
            self.keep(host, Offset::default());
        }
    }

    fn offsets(&self) -> MutexGuard<'_, BTreeMap<String, Offset>> {
        // Nothing in here panics half-way through a change.
        self.offsets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Offset {
    /// The time by the server's clock.
    pub(super) fn now(self) -> SystemTime {
        let system = SystemTime::now();
        let distance = Duration::from_secs(self.0.unsigned_abs());
        let shifted = if self.0 < 0 {
            system.checked_sub(distance)
        } else {
            system.checked_add(distance)
        };
        shifted.unwrap_or(system)
    }

    /// What a server's time says after it refused the date `signed`. `None`
    /// when that date was about right, within the skew that the server allows, since the
    /// clock is then not to blame, and when the time makes no sense.
    pub(super) fn measured(
        signed: SystemTime,
        server: SystemTime,
        max_skew: Duration,
    ) -> Option<Self> {
        let since_1970 = server.duration_since(UNIX_EPOCH).ok()?.as_secs();
        if !PLAUSIBLE.contains(&since_1970)
            || distance(signed, server) < max_skew.saturating_sub(TOLERANCE)
        {
            return None;
        }
        let system = SystemTime::now();
        let off = distance(system, server);
        if off > FARTHEST {
            return None;
        }
        if off < TOLERANCE {
            // It is the system's own again.
            return Some(Self::default());
        }
        let seconds = i64::try_from(off.as_secs()).ok()?;
        Some(Self(if server < system { -seconds } else { seconds }))
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

    fn measured(signed: SystemTime, server: SystemTime) -> Option<Offset> {
        Offset::measured(signed, server, HOUR / 4)
    }

    #[test]
    fn it_is_measured_in_both_directions() {
        for server in [SystemTime::now() + HOUR, SystemTime::now() - HOUR] {
            let offset = measured(SystemTime::now(), server).unwrap();
            assert!(distance(offset.now(), server) < Duration::from_secs(5));
            // Once right, there is nothing to correct.
            assert_eq!(measured(offset.now(), server), None);
        }
    }

    #[test]
    fn a_small_difference_is_not_to_blame() {
        let now = SystemTime::now();
        for seconds in [0, 30, 600] {
            let near = Duration::from_secs(seconds);
            assert_eq!(measured(now, now + near), None, "{seconds}");
            assert_eq!(measured(now, now - near), None, "{seconds}");
        }
        // Just under the bound, as seen through whole seconds and the way.
        let near = now + Duration::from_secs(14 * 60 + 59);
        assert!(measured(now, near).is_some());
        // By a clock that was corrected before and no longer needs to be.
        assert_eq!(measured(now + HOUR, now), Some(Offset(0)));
    }

    #[test]
    fn a_time_that_makes_no_sense_is_passed_over() {
        let now = SystemTime::now();
        for server in [
            UNIX_EPOCH,
            UNIX_EPOCH - HOUR,
            UNIX_EPOCH + Duration::from_secs(253_402_300_799),
            now + FARTHEST + HOUR,
            now - FARTHEST - HOUR,
            now + 365 * 24 * HOUR,
        ] {
            assert_eq!(measured(now, server), None, "{server:?}");
        }
        for server in [now + FARTHEST - HOUR, now - FARTHEST + HOUR] {
            assert!(measured(now, server).is_some());
        }
    }

    #[test]
    fn each_host_has_its_own() {
        let clock = Clock::default();
        clock.forget("a", Offset(1));
        clock.keep("a", Offset(3600));
        clock.keep("b", Offset(-60));
        assert_eq!(clock.of("a"), Offset(3600));
        assert_eq!(clock.of("b"), Offset(-60));
        assert_eq!(clock.of("c"), Offset(0));
        // Others have found another in the meantime.
        clock.forget("a", Offset(1));
        assert_eq!(clock.of("a"), Offset(3600));
        clock.forget("a", Offset(3600));
        assert_eq!(clock.of("a"), Offset(0));
        clock.keep("b", Offset(0));
        assert!(!clock.any.load(Ordering::Relaxed));
    }
}
