//! Servers that say "later", "not you" and "your clock is off", and many calls
//! at once, on real sockets.
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod support;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use huaweicloud_runtime::generated::wire::RequestBuilder;
use huaweicloud_runtime::generated::{Core, CoreBuilder};
use huaweicloud_runtime::signing::{SigningInput, parse_date, verify};
use huaweicloud_runtime::{
    Credentials, CredentialsFuture, Operation, ProvideCredentials, RetryPolicy,
};
use support::faults::{Fault, FaultServer};
use support::*;

fn settings(url: &str) -> CoreBuilder {
    builder(aksk())
        .endpoint(url)
        .retry_policy(RetryPolicy::default().base_delay(Duration::from_millis(20)))
}

fn core(url: &str) -> Core {
    settings(url).build(SERVICES).unwrap()
}

/// Sends one request and gives the status of its answer.
async fn call(core: &Core, operation: &'static Operation) -> u16 {
    let request = match operation.method {
        "GET" => show_request(),
        _ => reset_request(),
    };
    let response = core.execute(operation, None, request).await;
    response.unwrap().status()
}

/// Always the same answer.
async fn always(status: u16, headers: &[(&str, &str)], body: &str) -> FaultServer {
    FaultServer::always(Fault::Answer(answer(status, headers, body))).await
}

/// The same answer to the first requests, then success.
async fn at_first(
    count: usize,
    status: u16,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
) -> FaultServer {
    FaultServer::start(move |number, _| {
        Fault::Answer(if number < count {
            answer(status, headers, body)
        } else {
            answer(200, &[], "{}")
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

#[tokio::test]
async fn a_gateway_that_throttles_is_asked_again_by_every_operation() {
    const THROTTLED: &str = r#"{"error_code":"APIGW.0308","error_msg":"later"}"#;
    for body in [THROTTLED, "", "<html>Too Many Requests</html>"] {
        for operation in [&SHOW, &RESET] {
            let server = at_first(2, 429, &[], body).await;
            assert_eq!(call(&core(&server.url), operation).await, 200);
            assert_eq!(server.count(), 3);
        }
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
        let server = at_first(1, 429, headers, "").await;
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
            Fault::Answer(match number {
                0 => answer(429, &[("Retry-After", asked)], ""),
                _ => answer(200, &[], "{}"),
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
async fn a_storm_of_503_is_not_answered_with_another() {
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

#[tokio::test]
async fn a_401_is_never_sent_again() {
    for code in ["APIGW.0301", "APIGW.0307", "APIGW.0308", "X"] {
        let body = format!(r#"{{"error_code":"{code}","error_msg":"no"}}"#);
        let server = always(401, &[], &body).await;
        let core = core(&server.url);
        for operation in [&SHOW, &RESET] {
            assert_eq!(call(&core, operation).await, 401);
        }
        assert_eq!(server.count(), 2, "{code}");
    }
}

/// A gateway whose clock is off by this much, in either direction, from ours.
async fn gateway(ahead: bool, by: Duration) -> FaultServer {
    let now = move || {
        let now = SystemTime::now();
        if ahead { now + by } else { now - by }
    };
    FaultServer::start(move |_, seen| {
        let date = httpdate::fmt_http_date(now());
        let refusal = r#"{"error_code":"APIG.0303","error_msg":"x-sdk-date is off"}"#;
        Fault::Answer(if signature_holds(seen, now()) {
            answer(200, &[], "{}")
        } else {
            answer(401, &[("Date", &date)], refusal)
        })
    })
    .await
}

#[tokio::test]
async fn a_clock_that_is_off_is_corrected_once_and_for_all_calls() {
    let hour = Duration::from_secs(3600);
    for ahead in [true, false] {
        for operation in [&SHOW, &RESET] {
            let server = gateway(ahead, hour).await;
            let core = core(&server.url);
            assert_eq!(call(&core, operation).await, 200);
            assert_eq!(server.count(), 2);
            assert_eq!(call(&core.clone(), &RESET).await, 200);
            assert_eq!(server.count(), 3, "the correction was forgotten");
            let dates: Vec<SystemTime> = server
                .received
                .lock()
                .unwrap()
                .iter()
                .map(|seen| parse_date(seen.header("x-sdk-date").unwrap()).unwrap())
                .collect();
            let apart = dates[1]
                .duration_since(dates[0])
                .unwrap_or_else(|earlier| earlier.duration());
            assert!(apart.abs_diff(hour) < Duration::from_secs(60));
        }
    }
}

#[tokio::test]
async fn a_clock_that_is_right_is_not_blamed() {
    const REFUSAL: &str = r#"{"error_code":"APIGW.0303","error_msg":"no"}"#;
    // It always refuses, with no date, with nonsense, and with the right one.
    let now = httpdate::fmt_http_date(SystemTime::now());
    for headers in [&[][..], &[("Date", "noon")], &[("Date", now.as_str())]] {
        let server = always(401, headers, REFUSAL).await;
        assert_eq!(call(&core(&server.url), &SHOW).await, 401);
        assert_eq!(server.count(), 1, "{headers:?}");
    }
    // One that is never content is tried once more and no further.
    let far = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(86_400));
    let server = always(401, &[("Date", &far)], REFUSAL).await;
    assert_eq!(call(&core(&server.url), &RESET).await, 401);
    assert_eq!(server.count(), 2);
    // A token has no date that could be wrong.
    let server = always(401, &[("Date", &far)], REFUSAL).await;
    let core = builder(Credentials::token(TOKEN).project_id(PROJECT))
        .endpoint(&server.url)
        .build(SERVICES)
        .unwrap();
    assert_eq!(call(&core, &SHOW).await, 401);
    assert_eq!(server.count(), 1);
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
async fn a_thousand_calls_at_once_are_all_answered() {
    const CALLS: usize = 1_000;
    let server = FaultServer::start(|_, seen| {
        let body = serde_json::json!({ "target": seen.target }).to_string();
        Fault::Answer(answer(200, &[], &body))
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
            let value: serde_json::Value = response.json::<_, ()>().unwrap();
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
