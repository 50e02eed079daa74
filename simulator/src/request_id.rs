//! The ids that responses are named by.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Ids that differ inside one simulator and from those of another, which started at another time.
#[derive(Debug)]
pub(crate) struct RequestIds {
    start: u64,
    next: AtomicU64,
}

impl RequestIds {
    /// Ids that begin with the time of the start.
    pub(crate) fn by_time() -> Self {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH);
        // The low 64 bits of the nanoseconds last until the year 2554.
        Self::from(since_epoch.map_or(0, |since| since.as_nanos() as u64))
    }

    /// Ids that begin with a number, the same each time.
    pub(crate) fn from(start: u64) -> Self {
        Self {
            start,
            next: AtomicU64::new(1),
        }
    }

    /// 32 lower-case hexadecimal digits.
    pub(crate) fn next(&self) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{:016x}{number:016x}", self.start)
    }
}
