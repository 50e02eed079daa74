//! The time of the simulated services, which can be faster than that of the machine, and put ahead.

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

    /// Waits for a time by this clock.
    pub(crate) async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time.div_f64(self.speed)).await;
    }
}

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
