//! Whether an attempt may be followed by another.

use crate::error::ErrorDetails;
use crate::operation::{Operation, Retry};
use crate::transport::{TransportError, TransportErrorKind};

/// What follows an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Its outcome is that of the call.
    Final,
    /// It may be made again after a wait.
    Again,
    /// The server says that the clock is off: set it, and sign again.
    ClockIsOff,
}

/// The verdict on an attempt without an answer.
///
/// Only connections and waits are worth another attempt: what breaks off or
/// cannot be encrypted would most often do so again.
pub(crate) fn of_transport(operation: &Operation, error: &TransportError) -> Verdict {
    let passing = matches!(
        error.kind(),
        TransportErrorKind::Connect | TransportErrorKind::Timeout
    );
    if passing && (is_safe(operation) || !error.may_have_been_processed()) {
        Verdict::Again
    } else {
        Verdict::Final
    }
}

/// The verdict on an answer. `details` is asked for only where it matters,
/// since it reads the body.
pub(crate) fn of_answer(
    operation: &Operation,
    status: u16,
    details: impl FnOnce() -> ErrorDetails,
) -> Verdict {
    match status {
        429 | 502..=504 if is_safe(operation) => Verdict::Again,
        400..=499 => {
            let details = details();
            if status == 429 && is_of_gateway(&details) {
                Verdict::Again
            } else if gateway_code(&details) == Some("0303") {
                Verdict::ClockIsOff
            } else {
                Verdict::Final
            }
        }
        _ => Verdict::Final,
    }
}

/// Whether a 429 comes from the gateway, which then did not pass the request
/// on. A service's own refusal carries the service's own code.
fn is_of_gateway(details: &ErrorDetails) -> bool {
    details.code().is_none() || gateway_code(details) == Some("0308")
}

/// The number in the API gateway's own codes.
fn gateway_code(details: &ErrorDetails) -> Option<&str> {
    let code = details.code()?;
    code.strip_prefix("APIGW.")
        .or_else(|| code.strip_prefix("APIG."))
}

fn is_safe(operation: &Operation) -> bool {
    operation.retry == Retry::Safe
}

#[cfg(test)]
mod tests {
    use super::Verdict::{Again, ClockIsOff, Final};
    use super::*;
    use http::{HeaderMap, StatusCode};

    const UNSAFE: Operation = Operation {
        service: "dcs",
        name: "ResetPassword",
        method: "POST",
        path: "/",
        content_type: None,
        retry: Retry::Unsafe,
        iam_actions: &[],
        secret_headers: &[],
        anonymous: false,
        rate_limit: None,
    };
    static RESET: Operation = UNSAFE;
    static SHOW: Operation = Operation {
        retry: Retry::Safe,
        ..UNSAFE
    };

    fn answer(operation: &'static Operation, status: u16, code: &str) -> Verdict {
        let body = match code {
            "" => String::new(),
            code => format!(r#"{{"error_code":"{code}"}}"#),
        };
        of_answer(operation, status, || {
            let status = StatusCode::from_u16(status).unwrap();
            ErrorDetails::new(operation, status, &HeaderMap::new(), body.as_bytes())
        })
    }

    #[test]
    fn safe_operations_are_repeated_when_the_failure_may_pass() {
        for status in [429, 502, 503, 504] {
            assert_eq!(answer(&SHOW, status, "X.1"), Again, "{status}");
        }
        for status in [200, 204, 302, 400, 401, 403, 404, 408, 409, 500, 501, 505] {
            assert_eq!(answer(&SHOW, status, ""), Final, "{status}");
        }
    }

    #[test]
    fn others_are_repeated_after_a_429_of_the_gateway_alone() {
        for code in ["", "APIGW.0308", "APIG.0308"] {
            assert_eq!(answer(&RESET, 429, code), Again, "{code}");
        }
        for code in ["DCS.0308", "429", "APIGW.0201"] {
            assert_eq!(answer(&RESET, 429, code), Final, "{code}");
        }
        for status in [200, 400, 403, 408, 500, 502, 503, 504] {
            assert_eq!(answer(&RESET, status, "APIGW.0308"), Final, "{status}");
        }
    }

    #[test]
    fn a_401_is_final_unless_the_clock_is_off() {
        for operation in [&SHOW, &RESET] {
            for code in ["", "APIGW.0301", "APIGW.0307", "APIGW.0308", "DCS.0303"] {
                assert_eq!(answer(operation, 401, code), Final, "{code}");
            }
            assert_eq!(answer(operation, 401, "APIG.0303"), ClockIsOff);
            assert_eq!(answer(operation, 403, "APIGW.0303"), ClockIsOff);
            assert_eq!(answer(operation, 500, "APIGW.0303"), Final);
            assert_eq!(answer(operation, 200, "APIGW.0303"), Final);
        }
    }

    #[test]
    fn without_an_answer_certainty_decides() {
        use TransportErrorKind::{Body, Connect, Other, Timeout, Tls, TooLarge};
        for (kind, safe, other) in [
            (Connect, Again, Again),
            (Timeout, Again, Final),
            (Tls, Final, Final),
            (Body, Final, Final),
            (TooLarge, Final, Final),
            (Other, Final, Final),
        ] {
            let error = TransportError::new(kind);
            assert_eq!(of_transport(&SHOW, &error), safe, "{kind:?}");
            assert_eq!(of_transport(&RESET, &error), other, "{kind:?}");
        }
        let no_connection_in_time = TransportError::new(Timeout).not_sent();
        assert_eq!(of_transport(&RESET, &no_connection_in_time), Again);
        let lost = TransportError::new(Connect).maybe_sent();
        assert_eq!(of_transport(&RESET, &lost), Final);
        // An address that cannot be sent stays so.
        let unfit = TransportError::new(Other).not_sent();
        assert_eq!(of_transport(&SHOW, &unfit), Final);
    }
}
