//! Calls leave one after the other, not in heaps.

use std::time::Duration;

use tokio::time::Instant;

/// No wait is longer: a longer one could not be counted.
pub(super) const LONGEST: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

/// The generic cell rate algorithm: a token bucket that needs one moment
/// instead of a count.
#[derive(Debug)]
pub(super) struct Pace {
    interval: Duration,
    /// How far ahead of its time a call may leave: what lets some leave at once.
    ahead: Duration,
    /// When the next call would leave if none were ever early.
    due: Instant,
}

impl Pace {
    /// One call an `interval`, up to `burst` of them at once.
    pub(super) fn new(interval: Duration, burst: u32, now: Instant) -> Self {
        Self {
            interval,
            ahead: interval * burst.saturating_sub(1),
            due: now,
        }
    }

    pub(super) fn interval(&self) -> Duration {
        self.interval
    }

    /// Goes on at another pace.
    pub(super) fn change(&mut self, interval: Duration) {
        self.interval = interval;
    }

    /// When the call after this many others may leave.
    pub(super) fn free_at(&self, others: usize) -> Instant {
        let others = u32::try_from(others).unwrap_or(u32::MAX);
        let later = self.due + self.interval.saturating_mul(others).min(LONGEST);
        later.checked_sub(self.ahead).unwrap_or(later)
    }

    pub(super) fn take(&mut self, now: Instant) {
        self.due = self.due.max(now) + self.interval;
    }

    /// Undoes one [`take`](Self::take).
    pub(super) fn give_back(&mut self) {
        self.due = self.due.checked_sub(self.interval).unwrap_or(self.due);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: Duration = Duration::from_millis(100);

    #[test]
    fn calls_leave_at_the_pace_after_those_at_once() {
        let start = Instant::now();
        let mut pace = Pace::new(STEP, 3, start);
        let mut left = Vec::new();
        for _ in 0..6 {
            let at = pace.free_at(0).max(start);
            pace.take(at);
            left.push((at - start).as_millis());
        }
        assert_eq!(left, [0, 0, 0, 100, 200, 300]);
        // What the queue is told comes true.
        assert_eq!(pace.free_at(4) - pace.free_at(0), STEP * 4);
    }

    #[test]
    fn idleness_saves_up_no_more_than_that() {
        let start = Instant::now();
        let mut pace = Pace::new(STEP, 2, start);
        let later = start + STEP * 1_000;
        pace.take(later);
        assert!(pace.free_at(0) <= later);
        pace.take(later);
        assert_eq!(pace.free_at(0), later + STEP);
        pace.give_back();
        assert!(pace.free_at(0) <= later);
    }

    #[test]
    fn an_endless_queue_does_not_overflow() {
        let pace = Pace::new(Duration::from_secs(365 * 24 * 3600), 1, Instant::now());
        assert!(pace.free_at(usize::MAX) > Instant::now());
    }
}
