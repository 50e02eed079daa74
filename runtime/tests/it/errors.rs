//! Responses that are errors: every shape of body, by every reading.

use crate::support::*;
use huaweicloud_runtime::generated::{CoreBuilder, RawResponse};
use huaweicloud_runtime::{AnyError, BuilderError, CredentialsError, DecodeFailure, Error};
use serde::Deserialize;

const BODIES: &str = include_str!("../fixtures/error_bodies.jsonl");

#[derive(Deserialize)]
struct Case {
    case: String,
    status: u16,
    body: String,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Body {
    error_code: String,
}

/// An operation's own error type, as generated code has one.
#[derive(Debug, PartialEq)]
enum Documented {
    BadRequest(Body),
    NotFound,
    Refused,
}

async fn raw(canned: Canned) -> RawResponse {
    let core = canned.core();
    core.execute(&RESET, None, reset_request()).await.unwrap()
}

#[tokio::test]
async fn every_known_body_is_read() {
    let mut read = 0;
    for line in BODIES.lines() {
        let case: Case = serde_json::from_str(line).unwrap();
        let response = raw(Canned::new(case.status, case.body)).await;
        let details = response.details();
        let name = &case.case;
        assert_eq!(details.status(), case.status, "{name}");
        assert_eq!(details.code(), case.code.as_deref(), "{name}");
        assert_eq!(details.message(), case.message.as_deref(), "{name}");
        assert_eq!(details.request_id(), case.request_id.as_deref(), "{name}");

        // As an undocumented response it says the same.
        let error: Error<()> = response.undocumented();
        assert_eq!(error.status(), Some(case.status), "{name}");
        assert_eq!(error.code(), case.code.as_deref(), "{name}");
        let text = error.to_string();
        assert!(text.contains("dcs.ResetPassword"), "{text}");
        assert!(text.contains(&case.status.to_string()), "{text}");
        assert_eq!(text.lines().count(), 1, "{text}");
        read += 1;
    }
    assert_eq!(read, 28);
}

#[tokio::test]
async fn a_documented_status_has_its_typed_body() {
    let mut canned = Canned::new(
        400,
        r#"{"error_code":"DCS.4845","error_msg":"no password"}"#,
    );
    canned.headers.push(("x-request-id", "r-1".into()));
    let error = raw(canned).await.documented(Documented::BadRequest);
    let Error::Api(api) = &error else {
        panic!("{error:?}")
    };
    let body = Body {
        error_code: "DCS.4845".into(),
    };
    assert_eq!(api.body(), &Documented::BadRequest(body));
    assert_eq!(error.code(), Some("DCS.4845"));
    assert_eq!(error.message(), Some("no password"));
    assert_eq!(error.request_id(), Some("r-1"));
    assert!(!error.is_retryable() && !error.is_throttled() && !error.is_auth());
    assert!(!error.may_have_been_processed());

    let error = raw(Canned::new(404, "<html>gone</html>")).await;
    let error = error.documented_empty(Documented::NotFound);
    assert!(matches!(error, Error::Api(api) if *api.body() == Documented::NotFound));
}

#[tokio::test]
async fn a_success_that_says_no_is_an_error() {
    let response = raw(Canned::new(200, r#"{"code":"3","message":"locked"}"#)).await;
    let error = response.documented(|_: serde_json::Value| Documented::Refused);
    assert!(matches!(&error, Error::Api(_)));
    assert_eq!((error.status(), error.code()), (Some(200), Some("3")));
    assert!(error.may_have_been_processed());
}

#[tokio::test]
async fn a_typed_body_must_decode() {
    for (status, body) in [
        (400, "<html><title>Proxy</title></html>"),
        (400, ""),
        (400, "{}"),
    ] {
        let error = raw(Canned::new(status, body)).await;
        let error = error.documented(Documented::BadRequest);
        let Error::Decode(decode) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(decode.details().status(), status);
        assert!(error.to_string().contains(&decode.failure().to_string()));
    }
    let mut canned = Canned::new(200, r#"{"error_code":"Visible"#);
    canned.headers.push(("content-type", "text/html".into()));
    let error = raw(canned)
        .await
        .json::<Body, (), CredentialsError>()
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("breaks off") && text.contains("text/html"),
        "{text}"
    );
    assert!(!text.contains("Visible"), "{text}");
}

#[tokio::test]
async fn an_empty_success_takes_nothing_or_json_and_no_page() {
    for body in ["", " \r\n", "{}", "{\"a\":[1]}", "null", "\u{feff}{}"] {
        raw(Canned::new(200, body))
            .await
            .unit::<(), CredentialsError>()
            .unwrap();
    }
    for body in [
        "<html></html>",
        "OK",
        "{}x",
        "{",
        "\u{0}",
        "[]",
        "\"<html>\"",
    ] {
        let error = raw(Canned::new(200, body))
            .await
            .unit::<(), CredentialsError>()
            .unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{body}");
    }
}

#[tokio::test]
async fn a_success_whose_body_names_an_error_is_none() {
    for body in [
        r#"{"error_code":"APIGW.0301","error_msg":"no"}"#,
        r#"{"error":{"code":"DWS.0047","message":"no"}}"#,
        r#"{"errorCode":"X.1"}"#,
    ] {
        let error = raw(Canned::new(200, body))
            .await
            .unit::<(), CredentialsError>()
            .unwrap_err();
        assert!(matches!(error, Error::Undocumented(_)), "{body}");
        assert!(error.code().is_some() && error.may_have_been_processed());
        let read = raw(Canned::new(200, body)).await;
        let error = read
            .object::<serde_json::Value, (), CredentialsError>()
            .unwrap_err();
        assert!(matches!(error, Error::Undocumented(_)), "{body}");
    }
    // Names of errors without a value are part of many successes.
    let read = raw(Canned::new(200, r#"{"error_code":null,"job":"j"}"#)).await;
    assert!(
        read.object::<serde_json::Value, (), CredentialsError>()
            .is_ok()
    );
}

#[tokio::test]
async fn a_success_has_value_status_and_request_id() {
    let mut canned = Canned::new(202, r#"{"error_code":"1"}"#);
    canned.headers.push(("x-iam-trace-id", "t-1".into()));
    let response = raw(canned).await;
    let value: Body = response.json::<Body, (), CredentialsError>().unwrap();
    let response = response.success(value);
    assert_eq!(
        (response.status(), response.request_id()),
        (202, Some("t-1"))
    );
    assert_eq!(response.error_code, "1");
    assert_eq!(response.into_inner().error_code, "1");
}

#[tokio::test]
async fn a_body_of_no_known_shape_is_withheld() {
    for (body, content_type) in [
        ("<html><title>Hidden</title></html>", "text/html"),
        ("Hidden\nmore", "text/plain"),
        ("\"Hidden\"", "application/json"),
        (r#"{"hidden":"Hidden"}"#, "application/json"),
        (r#"{"error_msg":"Hidden"#, "application/json"),
    ] {
        for status in [201, 301, 418, 502] {
            let mut canned = Canned::new(status, body);
            canned.headers.push(("content-type", content_type.into()));
            canned.headers.push(("x-request-id", "r-1".into()));
            let error: Error<()> = raw(canned).await.undocumented();
            let seen = format!("{error} {error:?}");
            assert!(!seen.to_lowercase().contains("hidden"), "{seen}");
            let told = format!("{} bytes of {content_type}", body.len());
            assert!(seen.contains(&told) && seen.contains("r-1"), "{seen}");
            let details = error.details().unwrap();
            assert_eq!(details.withheld().unwrap().length, body.len());
            assert_eq!(details.expose_body(), body.as_bytes());
        }
    }
}

#[tokio::test]
async fn an_error_of_a_whole_mebibyte_is_not_read() {
    let body = format!(
        r#"{{"error_code":"X.1","error_msg":"m","x":"{}"}}"#,
        "y".repeat(70_000)
    );
    let response = raw(Canned::new(400, body)).await;
    assert_eq!(response.details().code(), None);
    assert!(response.details().withheld().is_some());
    let error: Error<_> = response.documented(Documented::BadRequest);
    assert!(error.to_string().contains("longer than 64 KiB"), "{error}");
}

#[tokio::test]
async fn throttling_authentication_and_retries() {
    let error = |status: u16, code: &str| {
        let body = format!(r#"{{"error_code":"{code}","error_msg":"m"}}"#);
        async move {
            raw(Canned::new(status, body))
                .await
                .undocumented::<(), CredentialsError>()
        }
    };
    let throttled = error(429, "APIGW.0308").await;
    assert!(throttled.is_throttled() && throttled.is_retryable());
    assert!(!throttled.may_have_been_processed());
    let unauthorized = error(401, "APIGW.0301").await;
    assert!(unauthorized.is_auth() && !unauthorized.is_retryable());
    // The operation is not safe to repeat, so a passing failure is not enough.
    let busy = error(503, "X").await;
    assert!(!busy.is_retryable() && busy.may_have_been_processed());

    let core = Canned::new(503, "").core();
    let safe = core.execute(&SHOW, None, show_request()).await.unwrap();
    assert!(safe.undocumented::<(), CredentialsError>().is_retryable());
}

#[test]
fn errors_stay_small_and_can_cross_threads() {
    fn crosses<T: Send + Sync + std::error::Error + 'static>() {}
    crosses::<Error<Body2>>();
    crosses::<DecodeFailure>();
    assert!(
        size_of::<Error<Body2>>() <= 64,
        "{}",
        size_of::<Error<Body2>>()
    );
}

#[derive(Debug)]
#[expect(dead_code, reason = "only its size counts")]
struct Body2([u8; 1_000]);

#[test]
fn a_client_that_cannot_be_built_is_an_error_like_those_of_calls() {
    fn all(builder: CoreBuilder) -> Result<(), AnyError> {
        builder.build(SERVICES)?;
        Ok(())
    }
    let error = all(CoreBuilder::new("cn-north-4")).unwrap_err();
    assert!(error.to_string().contains("Credentials::from_env()"));
    assert!(error.downcast_ref::<BuilderError>().is_some());
    assert!(!error.may_have_been_processed() && !error.is_retryable());
    assert_eq!((error.status(), error.is_auth()), (None, true));
    let error = all(builder(aksk()).user_agent("\n")).unwrap_err();
    assert!(!error.is_auth());
}

#[tokio::test]
async fn errors_of_several_operations_are_one_type() {
    async fn several(status: u16) -> Result<(), AnyError> {
        let body = r#"{"error_code":"X.1","error_msg":"m","request_id":"r-1"}"#;
        raw(Canned::new(200, "{}"))
            .await
            .unit::<(), CredentialsError>()?;
        let response = raw(Canned::new(status, body)).await;
        Err::<_, Error<_>>(response.documented(Documented::BadRequest))?
    }
    let boxed: Box<dyn std::error::Error + Send + Sync> = several(400).await.unwrap_err().into();
    let error = boxed.downcast_ref::<AnyError>().unwrap();
    assert_eq!((error.status(), error.code()), (Some(400), Some("X.1")));
    assert_eq!(
        (error.message(), error.request_id()),
        (Some("m"), Some("r-1"))
    );
    assert!(!error.may_have_been_processed() && !error.is_retryable());
    assert!(error.downcast_ref::<Error<Documented>>().is_some());
    assert!(several(500).await.unwrap_err().may_have_been_processed());
}
