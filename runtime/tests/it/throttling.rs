//! Servers that say "later", and many calls at once, on real sockets.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use crate::support::faults::{Fault, FaultServer};
use crate::support::*;
use huaweicloud_runtime::CredentialsError;
use huaweicloud_runtime::generated::wire::RequestBuilder;
use huaweicloud_runtime::generated::{Core, CoreBuilder};
use huaweicloud_runtime::signing::{SigningInput, verify};
use huaweicloud_runtime::{CredentialsFuture, Error, Operation, ProvideCredentials, RetryPolicy};

fn settings(url: &str) -> CoreBuilder {
    builder(aksk())
        .endpoint(url)
        .retry_policy(RetryPolicy::default().base_delay(Duration::from_millis(20)))
}

fn core(url: &str) -> Core {
    settings(url).build(SERVICES).unwrap()
}

/// Sends one request and gives the status of its response.
async fn call(core: &Core, operation: &'static Operation) -> u16 {
    let request = match operation.method {
        "GET" => show_request(),
        _ => reset_request(),
    };
    let response = core.execute(operation, None, request).await;
    response.unwrap().status()
}

/// Always the same response.
async fn always(status: u16, headers: &[(&str, &str)], body: &str) -> FaultServer {
    FaultServer::always(Fault::Response(response(status, headers, body))).await
}

/// The same response to the first requests, then success.
async fn at_first(
    count: usize,
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
) -> FaultServer {
    FaultServer::start(move |number, _| {
        Fault::Response(if number < count {
            response(status, headers, body)
        } else {
            response(200, &[], "{}")
        })
    })
    .await
}

fn signature_holds(seen: &Received, now: SystemTime) -> bool {
    let headers: Vec<(&str, &str)> = seen
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let input = SigningInput {
        access_key: ACCESS_KEY,
        secret_key: SECRET_KEY,
        method: &seen.method,
        host: seen.header("host").unwrap(),
        path: &seen.target,
        query: &[],
        headers: &headers,
        body: &seen.body,
    };
    verify(&input, seen.header("authorization").unwrap(), now).is_ok()
}

/// The gateway's own words, which prove that it did not pass the request on.
const THROTTLED: &str = r#"{"error_code":"APIGW.0308","error_msg":"later"}"#;

#[tokio::test]
async fn a_gateway_that_throttles_is_asked_again_by_every_operation() {
    for body in [
        THROTTLED,
        r#"{"error":{"code":"APIG.0308","message":"later"}}"#,
    ] {
        for operation in [&SHOW, &RESET] {
            let server = at_first(2, 429, &[], body).await;
            assert_eq!(call(&core(&server.url), operation).await, 200);
            assert_eq!(server.count(), 3);
        }
    }
}

#[tokio::test]
async fn a_proxy_that_throttles_may_have_passed_the_request_on() {
    for body in [
        "",
        "<html>Too Many Requests</html>",
        "<html><title>APIGW.0308</title></html>",
        "APIGW.0308",
        "{}",
        r#"{"message":"slow down"}"#,
        r#"{"error_code":429,"error_msg":"slow down"}"#,
        r#"{"error_code":"APIGW.0308","error_msg":"lat"#,
    ] {
        let server = at_first(2, 429, &[], body).await;
        let core = core(&server.url);
        let response = core.execute(&RESET, None, reset_request()).await.unwrap();
        assert_eq!(response.status(), 429);
        assert_eq!(server.count(), 1, "{body}: a reset was sent again");
        let error: Error<()> = response.undocumented();
        assert!(error.is_throttled() && error.may_have_been_processed());
        assert!(!error.is_retryable(), "{body}");
        assert_eq!(call(&core, &SHOW).await, 200);
        assert_eq!(server.count(), 3);
    }
}

#[tokio::test]
async fn a_service_that_throttles_may_have_acted() {
    let body = r#"{"error_code":"DCS.1039","error_msg":"busy"}"#;
    let server = always(429, &[], body).await;
    let core = core(&server.url);
    assert_eq!(call(&core, &RESET).await, 429);
    assert_eq!(server.count(), 1);
    assert_eq!(call(&core, &SHOW).await, 429);
    assert_eq!(server.count(), 1 + 3);
}

#[tokio::test]
async fn a_wait_that_is_asked_for_is_kept_and_signed_afresh() {
    const SECONDS: &[(&str, &str)] = &[("Retry-After", "1")];
    // By the server's own clock, which is not ours.
    const DATE: &[(&str, &str)] = &[
        ("Date", "Sun, 21 Dec 2025 12:00:00 GMT"),
        ("Retry-After", "Sun, 21 Dec 2025 12:00:01 GMT"),
    ];
    for headers in [SECONDS, DATE] {
        let server = at_first(1, 429, headers, THROTTLED).await;
        let start = Instant::now();
        assert_eq!(call(&core(&server.url), &RESET).await, 200);
        assert!(start.elapsed() >= Duration::from_secs(1), "{headers:?}");
        let received = server.received.lock().unwrap();
        let [first, second] = &received[..] else {
            panic!("two requests were expected");
        };
        assert_eq!(first.body, second.body);
        assert_ne!(first.header("x-sdk-date"), second.header("x-sdk-date"));
        assert_ne!(
            first.header("authorization"),
            second.header("authorization")
        );
        assert!(signature_holds(second, SystemTime::now()));
    }
}

#[tokio::test]
async fn a_wait_that_makes_no_sense_is_passed_over() {
    for asked in ["", "soon", "-5", "1.5", "\u{fc}"] {
        let server = FaultServer::start(move |number, _| {
            Fault::Response(match number {
                0 => response(429, &[("Retry-After", asked)], ""),
                _ => response(200, &[], "{}"),
            })
        })
        .await;
        assert_eq!(call(&core(&server.url), &SHOW).await, 200, "{asked}");
        assert_eq!(server.count(), 2);
    }
}

#[tokio::test]
async fn a_wait_that_is_too_long_is_the_caller_s_matter() {
    for asked in [
        "3600",
        "99999999999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ] {
        let server = always(429, &[("Retry-After", asked)], "").await;
        let start = Instant::now();
        assert_eq!(call(&core(&server.url), &SHOW).await, 429, "{asked}");
        assert!(start.elapsed() < Duration::from_secs(10));
        assert_eq!(server.count(), 1);
    }
}

#[tokio::test]
async fn a_storm_of_503_does_not_bring_about_another() {
    const CALLS: usize = 60;
    const BUDGET: u32 = 15;
    let server = always(503, &[], "").await;
    let policy = RetryPolicy::default()
        .max_attempts(5)
        .base_delay(Duration::from_millis(5))
        .budget(BUDGET);
    let core = settings(&server.url)
        .retry_policy(policy)
        .build(SERVICES)
        .unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..CALLS {
        let core = core.clone();
        let operation = if number % 2 == 0 { &SHOW } else { &RESET };
        calls.spawn(async move { assert_eq!(call(&core, operation).await, 503) });
    }
    calls.join_all().await;
    let received = server.received.lock().unwrap();
    let resets = received.iter().filter(|seen| seen.method == "POST").count();
    assert_eq!(resets, CALLS / 2, "a reset was sent again");
    assert_eq!(received.len(), CALLS + BUDGET as usize);
}

/// Counts how often it is asked.
#[derive(Debug, Default)]
struct Counting(AtomicUsize);

impl ProvideCredentials for Counting {
    fn provide(&self) -> CredentialsFuture<'_> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async { Ok(aksk()) })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_calls_at_once_all_get_a_response() {
    const CALLS: usize = 1_000;
    let server = FaultServer::start(|_, seen| {
        let body = serde_json::json!({ "target": seen.target }).to_string();
        Fault::Response(response(200, &[], &body))
    })
    .await;
    let provider = Arc::new(Counting::default());
    let core = builder(aksk())
        .credentials_provider(provider.clone())
        .endpoint(&server.url)
        .build(SERVICES)
        .unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..CALLS {
        let core = core.clone();
        calls.spawn(async move {
            let path = format!("/v2/{PROJECT}/instances/i-{number}");
            let request = RequestBuilder::get(path.clone()).build().unwrap();
            let response = core.execute(&SHOW, None, request).await.unwrap();
            let value: serde_json::Value = response.json::<_, (), CredentialsError>().unwrap();
            assert_eq!(value["target"], path.as_str());
        });
    }
    calls.join_all().await;
    let received = server.received.lock().unwrap();
    let targets: HashSet<&str> = received.iter().map(|seen| seen.target.as_str()).collect();
    assert_eq!(targets.len(), CALLS);
    assert_eq!(received.len(), CALLS, "a call was sent more than once");
    assert_eq!(provider.0.load(Ordering::SeqCst), CALLS);
}
