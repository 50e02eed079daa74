//! What responses of the gateway, of services and of strangers mean for another attempt.

use http::HeaderMap;

use crate::operation::{Operation, Retry};
use openapi_client_runtime::retry::AttemptOutcome;

static RESET: Operation = Operation::new("dcs", "ResetPassword", "POST", "/");
static SHOW: Operation = Operation::new("dcs", "Show", "GET", "/").retry(Retry::Safe);

fn outcome(status: u16, body: &str) -> AttemptOutcome {
    crate::error::details_of(&RESET, status, &HeaderMap::new(), body).outcome()
}

/// Whether it may be repeated when safe, whether always, and whether it may have acted.
fn told(outcome: AttemptOutcome) -> [bool; 3] {
    [
        outcome.may_be_retried(Some(&SHOW)),
        outcome.may_be_retried(Some(&RESET)),
        outcome.may_have_been_processed(),
    ]
}

#[test]
fn what_a_response_means() {
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
        assert_eq!(told(outcome(status, body)), expected, "{status} {body}");
    }
}
