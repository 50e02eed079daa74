//! Exponential backoff with full jitter.

use std::time::Duration;

/// No wait is longer, whatever was set: a longer one could not be counted.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// The bounds of waits.
pub(super) struct Backoff {
    pub(super) base: Duration,
    pub(super) max: Duration,
}

impl Backoff {
    /// The wait after an attempt, counted from 1, for a `fraction` drawn from
    /// `0.0..1.0`.
    ///
    /// The whole wait is random, not a part of it: clients that failed
    /// together would otherwise come back together.
    pub(super) fn draw(&self, attempt: u32, fraction: f64) -> Duration {
        self.bound(attempt).mul_f64(fraction.clamp(0.0, 1.0))
    }

    fn bound(&self, attempt: u32) -> Duration {
        let factor = 1u32
            .checked_shl(attempt.saturating_sub(1))
            .unwrap_or(u32::MAX);
        self.base.saturating_mul(factor).min(self.max).min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKOFF: Backoff = Backoff {
        base: Duration::from_millis(500),
        max: Duration::from_secs(20),
    };

    #[test]
    fn bounds_double_up_to_the_longest() {
        for (attempt, millis) in [
            (0, 500),
            (1, 500),
            (2, 1_000),
            (3, 2_000),
            (6, 16_000),
            (7, 20_000),
            (32, 20_000),
            (33, 20_000),
            (u32::MAX, 20_000),
        ] {
            let bound = Duration::from_millis(millis);
            assert_eq!(BACKOFF.draw(attempt, 1.0), bound, "{attempt}");
            assert_eq!(BACKOFF.draw(attempt, 0.5), bound / 2, "{attempt}");
            assert_eq!(BACKOFF.draw(attempt, 0.0), Duration::ZERO, "{attempt}");
        }
    }

    #[test]
    fn the_longest_durations_do_not_overflow() {
        let endless = Backoff {
            base: Duration::MAX,
            max: Duration::MAX,
        };
        assert_eq!(endless.draw(40, 1.0), LONGEST);
    }
}
