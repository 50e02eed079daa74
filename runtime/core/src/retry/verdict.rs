//! Whether an attempt may be followed by another: one rule for what the client does and for what
//! its errors say.

use crate::operation::{Operation, Retry};
use crate::transport::{TransportError, TransportErrorKind};

/// How an attempt ended, as far as it matters for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// Without a response.
    NoResponse {
        kind: TransportErrorKind,
        may_have_arrived: bool,
    },
    /// With this status.
    Responded {
        status: u16,
        /// Whether the response proves that the request was refused for being one too many and not
        /// processed. A mere 429 does not: a proxy on the way may have passed the request on.
        is_throttled_unprocessed: bool,
    },
}

/// Which operations may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Retryable {
    /// All: the request was certainly not processed.
    Always,
    /// Those that are safe to repeat: nobody knows whether it was processed.
    IfSafe,
    /// None: it would most likely end the same way.
    Never,
}

impl AttemptOutcome {
    /// Without a response.
    pub fn of_transport(error: &TransportError) -> Self {
        Self::NoResponse {
            kind: error.kind(),
            may_have_arrived: error.may_have_been_processed(),
        }
    }

    /// With a response. `is_throttled_unprocessed` where it proves that the request was refused for
    /// being one too many, and went no further.
    pub fn of_response(status: u16, is_throttled_unprocessed: bool) -> Self {
        Self::Responded {
            status,
            is_throttled_unprocessed,
        }
    }

    /// Whether it may be followed by another attempt.
    pub fn may_be_retried(self, operation: Option<&Operation>) -> bool {
        match self.retryable() {
            Retryable::Always => true,
            Retryable::IfSafe => operation.is_some_and(|operation| operation.retry == Retry::Safe),
            Retryable::Never => false,
        }
    }

    /// The table; [`RetryPolicy`](super::RetryPolicy) shows it to people.
    fn retryable(self) -> Retryable {
        use TransportErrorKind::{Body, Connect, Other, Timeout, Tls, TooLarge};
        match self {
            Self::NoResponse {
                kind: Connect | Timeout | Body,
                may_have_arrived,
            } => match may_have_arrived {
                false => Retryable::Always,
                true => Retryable::IfSafe,
            },
            Self::NoResponse {
                kind: Tls | TooLarge | Other,
                ..
            } => Retryable::Never,
            Self::Responded {
                status: 429,
                is_throttled_unprocessed: true,
            } => Retryable::Always,
            Self::Responded {
                status: 408 | 429 | 502..=504,
                ..
            } => Retryable::IfSafe,
            Self::Responded { .. } => Retryable::Never,
        }
    }

    /// `false` when the request certainly changed nothing: it did not arrive, or was refused.
    pub fn may_have_been_processed(self) -> bool {
        match self {
            Self::NoResponse {
                may_have_arrived, ..
            } => may_have_arrived,
            Self::Responded {
                status: 429,
                is_throttled_unprocessed: true,
            } => false,
            // Whoever sent these need not have been the last on the way.
            Self::Responded {
                status: 408 | 429, ..
            } => true,
            Self::Responded { status, .. } => !(400..500).contains(&status),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static RESET: Operation = Operation::new("dcs", "ResetPassword", "POST", "/");
    static SHOW: Operation = Operation::new("dcs", "Show", "GET", "/").retry(Retry::Safe);

    /// Whether it may be repeated when safe, whether always, and whether it may have acted.
    fn told(outcome: AttemptOutcome) -> [bool; 3] {
        [
            outcome.may_be_retried(Some(&SHOW)),
            outcome.may_be_retried(Some(&RESET)),
            outcome.may_have_been_processed(),
        ]
    }

    #[test]
    fn without_a_response_certainty_decides() {
        use TransportErrorKind::{Body, Connect, Other, Timeout, Tls, TooLarge};
        for (kind, passing) in [
            (Connect, true),
            (Timeout, true),
            (Body, true),
            (Tls, false),
            (TooLarge, false),
            (Other, false),
        ] {
            let outcome = |error| told(AttemptOutcome::of_transport(&error));
            let arrived = outcome(TransportError::new(kind).maybe_sent());
            assert_eq!(arrived, [passing, false, true], "{kind:?}");
            let not_sent = outcome(TransportError::new(kind).not_sent());
            assert_eq!(not_sent, [passing, passing, false], "{kind:?}");
        }
    }

    #[test]
    fn only_proof_lets_a_reset_be_sent_again() {
        for (status, proven, expected) in [
            (429, true, [true, true, false]),
            (429, false, [true, false, true]),
            (503, true, [true, false, true]),
            (400, true, [false, false, false]),
            (200, true, [false, false, true]),
        ] {
            let outcome = AttemptOutcome::of_response(status, proven);
            assert_eq!(told(outcome), expected, "{status} {proven}");
        }
    }
}
