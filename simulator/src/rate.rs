//! The limits of calls that the documents give: so many in any stretch of so much time.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use huaweicloud_codegen::model::RateLimit;

/// When the calls of the last while came, for each caller and place where calls are counted.
#[derive(Debug, Default)]
pub(crate) struct Windows {
    calls: Mutex<HashMap<(String, String), VecDeque<Duration>>>,
}

impl Windows {
    /// Counts a call at `now`, unless there were as many as are allowed; then it says how long it is
    /// until the next one is taken.
    pub(crate) fn take(
        &self,
        caller: &str,
        place: &str,
        limit: RateLimit,
        now: Duration,
    ) -> Result<(), Duration> {
        let window = Duration::from_secs(limit.seconds.into());
        // Each change leaves the map whole, so that a panic elsewhere cannot have broken it.
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        let calls = calls
            .entry((caller.to_owned(), place.to_owned()))
            .or_default();
        while calls.front().is_some_and(|first| *first + window <= now) {
            calls.pop_front();
        }
        if calls.len() < limit.calls as usize {
            calls.push_back(now);
            return Ok(());
        }
        let first = calls.front().copied().unwrap_or(now);
        Err((first + window).saturating_sub(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_stretch_of_time_holds_more_calls_than_are_allowed() {
        let windows = Windows::default();
        let limit = RateLimit {
            calls: 2,
            seconds: 60,
        };
        let take = |caller: &str, at| windows.take(caller, "a", limit, Duration::from_secs(at));
        assert_eq!(take("x", 0), Ok(()));
        assert_eq!(take("x", 50), Ok(()));
        assert_eq!(take("x", 59), Err(Duration::from_secs(1)));
        assert_eq!(take("y", 59), Ok(()), "another caller has calls of its own");
        assert_eq!(take("x", 60), Ok(()));
        assert_eq!(take("x", 61), Err(Duration::from_secs(49)));
    }
}
