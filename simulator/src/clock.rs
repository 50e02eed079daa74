//! The time of the simulated services, which can be faster than that of the machine, and put ahead.

use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

/// What limits, lock-outs, tokens and delays go by.
#[derive(Debug)]
pub struct Clock {
    started: Instant,
    wall: SystemTime,
    speed: f64,
    ahead: AtomicU64,
}

impl Clock {
    /// A clock that starts now and goes `speed` times as fast as the machine's.
    pub(crate) fn new(speed: f64) -> Self {
        Self {
            started: Instant::now(),
            wall: SystemTime::now(),
            speed,
            ahead: AtomicU64::new(0),
        }
    }

    /// How long the simulator has been up, by this clock.
    pub fn since_start(&self) -> Duration {
        let ahead = Duration::from_millis(self.ahead.load(Ordering::Relaxed));
        self.started.elapsed().mul_f64(self.speed) + ahead
    }

    /// The time of day by this clock.
    pub fn now(&self) -> SystemTime {
        self.wall + self.since_start()
    }

    /// Puts the clock ahead: windows pass, locks open, tokens end.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let add = |ahead: u64| Some(ahead.saturating_add(by).min(LONGEST));
        // The closure always gives a value, so that the update cannot fail.
        let _ = self
            .ahead
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }

    /// How long a time by this clock is by that of the machine.
    pub(crate) fn real(&self, time: Duration) -> Duration {
        time.div_f64(self.speed)
    }
}

/// How many times as fast as the machine's a clock may go.
pub(crate) const SPEEDS: RangeInclusive<f64> = 0.001..=1_000_000.0;

/// The most that a clock is put ahead, in milliseconds: a hundred years.
const LONGEST: u64 = 100 * 365 * 24 * 60 * 60 * 1000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_can_be_put_ahead_and_never_goes_back() {
        let clock = Clock::new(1.0);
        let before = clock.since_start();
        clock.advance(Duration::from_secs(300));
        assert!(clock.since_start() >= before + Duration::from_secs(300));
        clock.advance(Duration::MAX);
        assert!(clock.now() > SystemTime::now());
    }
}
