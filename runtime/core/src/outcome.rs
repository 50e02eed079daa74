//! What came of an attempt or a call, in a word.

use crate::transport::TransportErrorKind;

/// What came of an attempt or a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The server responded with this HTTP status.
    Responded(u16),
    /// The request breaks a rule; nothing was sent.
    InvalidRequest,
    /// There were no usable credentials; nothing was sent.
    Credentials,
    /// There is no response.
    Transport(TransportErrorKind),
    /// The caller dropped the call before its end.
    Cancelled,
}

impl Outcome {
    /// Whether the server responded with a status from 200 to 299.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Responded(200..=299))
    }

    /// The HTTP status, if the server responded.
    pub fn status(self) -> Option<u16> {
        match self {
            Self::Responded(status) => Some(status),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_response_from_200_to_299_is_a_success() {
        for (outcome, success) in [
            (Outcome::Responded(200), true),
            (Outcome::Responded(299), true),
            (Outcome::Responded(302), false),
            (Outcome::Responded(503), false),
            (Outcome::Cancelled, false),
            (Outcome::Transport(TransportErrorKind::Timeout), false),
        ] {
            assert_eq!(outcome.is_success(), success, "{outcome:?}");
        }
        assert_eq!(Outcome::Responded(418).status(), Some(418));
        assert_eq!(Outcome::Credentials.status(), None);
    }
}
