//! The crate reports at least what the official Python SDK does, and what that
//! loses.
//!
//! The fixture holds 24 responses and what huaweicloudsdkcore 3.1.219 made of
//! each: code, message, request id and encoded message; nothing where it took
//! the response for a success.

use crate::support::*;
use huaweicloud_runtime::Error;
use serde::Deserialize;

const REPORTS: &str = include_str!("../fixtures/sdk_reports.jsonl");

#[derive(Deserialize)]
struct Case {
    case: String,
    status: u16,
    body: String,
    sdk: Option<Report>,
}

#[derive(Deserialize)]
struct Report {
    code: String,
    message: String,
    request_id: String,
    encoded: Option<String>,
}

/// What the official SDK loses: it puts the status in the place of the code
/// and the whole body in that of the message.
const LOST: &[(&str, Option<&str>, &str)] = &[
    ("cbh_error_description", Some("CBH.10020014"), "参数不对"),
    ("cbh_integer_code", Some("404"), "没有这个实例"),
    ("err_code", Some("DWS.0047"), "wrong"),
    ("html_502", None, "Bad Gateway"),
    ("empty_500", None, "Internal Server Error"),
    ("array", Some("X"), "Bad Request"),
    ("json_broken_off", None, "Bad Request"),
];

async fn error(status: u16, body: &str, headers: &[(&'static str, &str)]) -> Error<()> {
    let mut canned = Canned::new(status, body);
    for (name, value) in headers {
        canned.headers.push((name, (*value).to_owned()));
    }
    let core = canned.core();
    let response = core.execute(&RESET, None, reset_request()).await.unwrap();
    response.undocumented()
}

#[tokio::test]
async fn nothing_is_missing_of_what_the_official_sdk_reports() {
    let (mut compared, mut lost) = (0, 0);
    for line in REPORTS.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let name = &case.case;
        let found = error(case.status, &case.body, &[("x-request-id", "req-1")]).await;
        let details = found.details().unwrap();
        assert_eq!(found.status(), Some(case.status), "{name}");
        assert_eq!(found.request_id(), Some("req-1"), "{name}");
        compared += 1;

        let Some(sdk) = case.sdk else {
            // A success for the official SDK.
            assert!([302, 202].contains(&case.status), "{name}");
            continue;
        };
        assert_eq!(sdk.request_id, "req-1", "{name}");
        let encoded = details.encoded_authorization_message();
        assert_eq!(encoded, sdk.encoded.as_deref(), "{name}");
        if sdk.message == case.body {
            // It gave up on the body, which is here as well, read and whole.
            assert_eq!(sdk.code, case.status.to_string(), "{name}");
            assert_eq!(details.expose_body(), sdk.message.as_bytes(), "{name}");
            let (_, code, message) = LOST.iter().find(|(lost, ..)| lost == name).unwrap();
            assert_eq!(found.code(), *code, "{name}");
            assert_eq!(found.message(), Some(*message), "{name}");
            lost += 1;
        } else {
            assert_eq!(found.code(), Some(sdk.code.as_str()), "{name}");
            assert_eq!(found.message(), Some(sdk.message.as_str()), "{name}");
        }
    }
    assert_eq!((compared, lost), (24, LOST.len()));
}

/// Without the header, the gateway's body still has the id.
#[tokio::test]
async fn the_request_id_of_the_body_stands_in() {
    let mut with_id = 0;
    for line in REPORTS.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let found = error(case.status, &case.body, &[]).await;
        assert_eq!(
            found.request_id().is_some(),
            case.case.starts_with("gateway_"),
            "{}",
            case.case
        );
        with_id += usize::from(found.request_id().is_some());
    }
    assert_eq!(with_id, 3);
}

/// A throttled GET costs the official SDK the code and the request id.
#[tokio::test]
async fn a_throttled_get_keeps_code_and_request_id() {
    let mut canned = Canned::new(429, r#"{"error_code":"APIGW.0308","error_msg":"slower"}"#);
    canned.headers.push(("x-request-id", "req-1".into()));
    canned.headers.push(("retry-after", "2".into()));
    let core = canned.core();
    let response = core.execute(&SHOW, None, show_request()).await.unwrap();
    let found: Error<()> = response.undocumented();
    assert_eq!(found.code(), Some("APIGW.0308"));
    assert_eq!(found.message(), Some("slower"));
    assert_eq!(found.request_id(), Some("req-1"));
    assert_eq!(found.details().unwrap().retry_after(), Some("2"));
    assert!(found.is_throttled());
    let text = found.to_string();
    assert!(text.contains("slower (hint: too many calls"), "{text}");
}

/// A redirect is an error that says where to.
#[tokio::test]
async fn a_redirect_is_no_success() {
    let found = error(302, "", &[("location", "https://login.example.com/x?y")]).await;
    let details = found.details().unwrap();
    assert_eq!(details.location(), Some("login.example.com/x"));
}
