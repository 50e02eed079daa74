//! A call whose turn comes too late.

use std::fmt;
use std::time::Duration;

use super::RateLimit;

/// Why a call was not sent: its turn would come after its time limit.
///
/// It is the source of a [`TransportError`](crate::TransportError) of the kind
/// [`Timeout`](crate::TransportErrorKind::Timeout). Nothing was sent, so the
/// call can be made again after [`wait`](Self::wait).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateLimited {
    pub(super) service: &'static str,
    pub(super) wait: Duration,
    pub(super) reason: Reason,
}

/// What the call waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// A limit that is known beforehand.
    Limit(RateLimit),
    /// The service refused other calls.
    Refused,
}

impl RateLimited {
    /// The service that was called, in lower case.
    pub fn service(&self) -> &'static str {
        self.service
    }

    /// How long until the call could have gone, as far as that was known when
    /// it ended.
    pub fn wait(&self) -> Duration {
        self.wait
    }
}

impl fmt::Display for RateLimited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let service = self.service;
        match self.reason {
            Reason::Limit(limit) => write!(f, "`{service}` takes {limit}")?,
            Reason::Refused => write!(f, "`{service}` asks for fewer calls")?,
        }
        // Tenths are as fine as an estimate can be.
        let wait = Duration::from_millis(self.wait.as_millis().div_ceil(100) as u64 * 100);
        write!(
            f,
            ", and the turn of this one comes in {wait:?} or later, after its time limit"
        )
    }
}

impl std::error::Error for RateLimited {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_why_and_when() {
        let mut error = RateLimited {
            service: "bms",
            wait: Duration::from_millis(7_201),
            reason: Reason::Limit(RateLimit::per_minute(500)),
        };
        assert_eq!(
            error.to_string(),
            "`bms` takes 500 calls a minute, and the turn of this one comes in 7.3s or later, \
             after its time limit"
        );
        error.reason = Reason::Refused;
        assert!(
            error
                .to_string()
                .starts_with("`bms` asks for fewer calls, ")
        );
    }
}
