//! Whether an attempt may be followed by another: one rule for what the client does and for what
//! its errors say.

use crate::error::ErrorDetails;
use crate::operation::{Operation, Retry};
use crate::transport::{TransportError, TransportErrorKind};

/// How an attempt ended, as far as it matters for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Without an answer.
    Broken {
        kind: TransportErrorKind,
        may_have_arrived: bool,
    },
    /// With this status.
    Answered {
        status: u16,
        /// Whether the answer bears the gateway's own code for too many calls. It stands only in
        /// bodies of the gateway; a proxy on the way answers 429 without it, and nobody knows
        /// what it did with the request.
        throttled_by_gateway: bool,
    },
}

/// Which operations may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Again {
    /// The request was certainly not processed.
    Any,
    /// Nobody knows.
    Safe,
    /// It would most likely end the same way.
    None,
}

impl Ending {
    pub(crate) fn of_transport(error: &TransportError) -> Self {
        Self::Broken {
            kind: error.kind(),
            may_have_arrived: error.may_have_been_processed(),
        }
    }

    pub(crate) fn of_answer(details: &ErrorDetails) -> Self {
        Self::Answered {
            status: details.status(),
            throttled_by_gateway: details.gateway_code() == Some("0308"),
        }
    }

    /// Whether it may be followed by another attempt.
    pub(crate) fn may_be_repeated(self, operation: Option<&Operation>) -> bool {
        match self.again() {
            Again::Any => true,
            Again::Safe => operation.is_some_and(|operation| operation.retry == Retry::Safe),
            Again::None => false,
        }
    }

    /// The table; [`RetryPolicy`](super::RetryPolicy) shows it to people.
    fn again(self) -> Again {
        use TransportErrorKind::{Body, Connect, Other, Timeout, Tls, TooLarge};
        match self {
            Self::Broken {
                kind: Connect | Timeout | Body,
                may_have_arrived,
            } => match may_have_arrived {
                false => Again::Any,
                true => Again::Safe,
            },
            Self::Broken {
                kind: Tls | TooLarge | Other,
                ..
            } => Again::None,
            Self::Answered {
                status: 429,
                throttled_by_gateway: true,
            } => Again::Any,
            Self::Answered {
                status: 408 | 429 | 502..=504,
                ..
            } => Again::Safe,
            Self::Answered { .. } => Again::None,
        }
    }

    /// `false` when the request certainly changed nothing: it did not arrive, or was refused.
    pub(crate) fn may_have_been_processed(self) -> bool {
        match self {
            Self::Broken {
                may_have_arrived, ..
            } => may_have_arrived,
            Self::Answered {
                status: 429,
                throttled_by_gateway: true,
            } => false,
            // Whoever sent these need not have been the last on the way.
            Self::Answered {
                status: 408 | 429, ..
            } => true,
            Self::Answered { status, .. } => !(400..500).contains(&status),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    static RESET: Operation = Operation::new("dcs", "ResetPassword", "POST", "/");
    static SHOW: Operation = Operation::new("dcs", "Show", "GET", "/").retry(Retry::Safe);

    fn answer(status: u16, body: &str) -> Ending {
        Ending::of_answer(&crate::error::details_of(
            &RESET,
            status,
            &HeaderMap::new(),
            body,
        ))
    }

    /// Whether it may be repeated when safe, whether always, and whether it may have acted.
    fn told(ending: Ending) -> [bool; 3] {
        [
            ending.may_be_repeated(Some(&SHOW)),
            ending.may_be_repeated(Some(&RESET)),
            ending.may_have_been_processed(),
        ]
    }

    #[test]
    fn answers() {
        const NO: [bool; 3] = [false, false, false];
        const MAYBE: [bool; 3] = [false, false, true];
        const SAFE: [bool; 3] = [true, false, true];
        const ANY: [bool; 3] = [true, true, false];
        let gateway = r#"{"error_code":"APIGW.0308"}"#;
        for (status, body, expected) in [
            (429, gateway, ANY),
            (
                429,
                r#"{"error":{"code":"APIG.0308","message":"later"}}"#,
                ANY,
            ),
            (429, "", SAFE),
            (429, "<html><title>APIGW.0308</title></html>", SAFE),
            (429, "APIGW.0308", SAFE),
            (429, "{}", SAFE),
            (429, r#"{"error_msg":"later"}"#, SAFE),
            (429, r#"{"error_code":"DCS.0308"}"#, SAFE),
            (429, r#"{"error_code":429}"#, SAFE),
            (408, "", SAFE),
            (502, "", SAFE),
            (503, gateway, SAFE),
            (504, "", SAFE),
            (400, "", NO),
            (400, gateway, NO),
            (401, gateway, NO),
            (403, "", NO),
            (404, "", NO),
            (409, "", NO),
            (200, "", MAYBE),
            (204, gateway, MAYBE),
            (302, "", MAYBE),
            (500, "", MAYBE),
            (501, "", MAYBE),
            (505, "", MAYBE),
        ] {
            assert_eq!(told(answer(status, body)), expected, "{status} {body}");
        }
    }

    #[test]
    fn without_an_answer_certainty_decides() {
        use TransportErrorKind::{Body, Connect, Other, Timeout, Tls, TooLarge};
        for (kind, passing) in [
            (Connect, true),
            (Timeout, true),
            (Body, true),
            (Tls, false),
            (TooLarge, false),
            (Other, false),
        ] {
            let ending = |error| told(Ending::of_transport(&error));
            let arrived = ending(TransportError::new(kind).maybe_sent());
            assert_eq!(arrived, [passing, false, true], "{kind:?}");
            let not_sent = ending(TransportError::new(kind).not_sent());
            assert_eq!(not_sent, [passing, passing, false], "{kind:?}");
        }
    }
}
