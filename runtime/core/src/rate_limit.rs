//! So many calls in so much time.

use std::fmt;
use std::time::Duration;

/// The longest time that is counted; a longer one is cut to it.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// How many calls a service takes in how much time.
///
/// It holds for any stretch of that time, wherever it begins.
///
/// ```
/// use std::time::Duration;
/// use openapi_client_runtime::RateLimit;
///
/// let limit = RateLimit::per_minute(500);
/// assert_eq!(limit, RateLimit::new(500, Duration::from_secs(60)));
/// assert_eq!(limit.to_string(), "500 calls a minute");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RateLimit {
    calls: u32,
    per: Duration,
}

impl RateLimit {
    /// This many calls in any stretch of this time. A builder refuses a limit
    /// of no calls or no time.
    pub const fn new(calls: u32, per: Duration) -> Self {
        Self { calls, per }
    }

    /// This many calls a second.
    pub const fn per_second(calls: u32) -> Self {
        Self::new(calls, Duration::from_secs(1))
    }

    /// This many calls a minute.
    pub const fn per_minute(calls: u32) -> Self {
        Self::new(calls, Duration::from_secs(60))
    }

    /// How many calls.
    pub const fn calls(&self) -> u32 {
        self.calls
    }

    /// In how much time.
    pub const fn per(&self) -> Duration {
        self.per
    }

    /// Whether no call could ever be made.
    #[doc(hidden)]
    pub fn is_nothing(&self) -> bool {
        self.calls == 0 || self.per.is_zero()
    }

    /// The calls and the time, in numbers that can be counted with.
    pub(super) fn bounds(&self) -> (u32, Duration) {
        (self.calls.max(1), self.per.min(LONGEST))
    }
}

impl fmt::Display for RateLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.calls == 1 { "call" } else { "calls" };
        write!(f, "{} {noun} ", self.calls)?;
        match (self.per.as_secs(), self.per.subsec_nanos()) {
            (1, 0) => f.write_str("a second"),
            (60, 0) => f.write_str("a minute"),
            (3600, 0) => f.write_str("an hour"),
            _ => write!(f, "in {:?}", self.per),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_as_people_say_it() {
        for (limit, text) in [
            (RateLimit::per_second(5), "5 calls a second"),
            (RateLimit::per_minute(1), "1 call a minute"),
            (
                RateLimit::new(9, Duration::from_secs(3600)),
                "9 calls an hour",
            ),
            (
                RateLimit::new(20, Duration::from_millis(200)),
                "20 calls in 200ms",
            ),
        ] {
            assert_eq!(limit.to_string(), text);
        }
    }

    #[test]
    fn no_calls_or_no_time_is_nothing() {
        assert!(RateLimit::per_second(0).is_nothing());
        assert!(RateLimit::new(1, Duration::ZERO).is_nothing());
        assert!(!RateLimit::per_second(1).is_nothing());
    }
}
