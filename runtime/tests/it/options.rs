//! What one call may do differently from the client's others, over real sockets.

use std::time::{Duration, Instant, SystemTime};

use crate::support::faults::{Fault, FaultServer};
use crate::support::*;
use huaweicloud_runtime::CredentialsError;
use huaweicloud_runtime::generated::{Core, RawResponse};
use huaweicloud_runtime::signing::{SigningInput, query_pairs, verify};
use huaweicloud_runtime::{CallOptions, Password, RetryPolicy, SendError};

const TICKET: &str = "TkHiddenTicketForTestsOnly0001";

async fn reset(core: &Core, options: &CallOptions) -> Result<RawResponse, SendError> {
    core.with_options(options)
        .execute(&RESET, Some(PROJECT), reset_request())
        .await
}

/// Whether the signature holds over all headers that were signed, and names `header` among them.
fn signs(seen: &Received, header: &str) -> bool {
    let headers: Vec<(&str, &str)> = seen
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let (path, query) = seen.target.split_once('?').unwrap_or((&seen.target, ""));
    let input = SigningInput {
        access_key: ACCESS_KEY,
        secret_key: SECRET_KEY,
        method: &seen.method,
        host: seen.header("host").unwrap(),
        path,
        query: &query_pairs(query),
        headers: &headers,
        body: &seen.body,
    };
    let authorization = seen.header("authorization").unwrap();
    verify(&input, authorization, SystemTime::now()).unwrap();
    authorization.contains(header)
}

#[tokio::test]
async fn extra_headers_are_sent_signed_and_only_with_their_call() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let core = core_at(&server.url);
    let options = CallOptions::new()
        .header("X-Language", "zh-cn")
        .header("x-language", "en-us")
        .header("Accept", "application/json;v=2")
        .secret_header("X-Ticket", Password::new(TICKET));
    reset(&core, &options).await.unwrap();
    core.execute(&RESET, Some(PROJECT), reset_request())
        .await
        .unwrap();
    let received = server.received.lock().unwrap().clone();
    let [with, without] = received.as_slice() else {
        panic!("two requests were expected");
    };
    // The later value of the two, once.
    assert_eq!(with.header("x-language"), Some("en-us"));
    assert_eq!(with.header("accept"), Some("application/json;v=2"));
    assert_eq!(with.header("x-ticket"), Some(TICKET));
    assert!(signs(with, "x-language") && signs(with, "x-ticket"));
    assert_eq!(without.header("x-language"), None);
    assert_eq!(without.header("x-ticket"), None);
}

#[tokio::test]
async fn headers_of_the_client_s_own_are_refused_before_anything_is_sent() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let core = core_at(&server.url);
    for own in [
        "Authorization",
        "HOST",
        "X-Auth-Token",
        "X-Sdk-Date",
        "x-sdk-content-sha256",
        "X-Security-Token",
        "X-Project-Id",
        "X-Domain-Id",
        "Content-Length",
        "Transfer-Encoding",
        "Content-Type",
        "User-Agent",
        "Connection",
        "Proxy-Authorization",
        "Upgrade",
        // What a gateway may read as the same.
        "X_Auth_Token",
    ] {
        let options = CallOptions::new().secret_header(own, TICKET);
        let error = reset(&core, &options).await.unwrap_err();
        let SendError::InvalidRequest(refused) = &error else {
            panic!("{own}: {error:?}");
        };
        assert_eq!(refused.field(), Some(own.to_ascii_lowercase().as_str()));
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("client sets"), "{shown}");
        assert!(!shown.contains("Hidden"), "{shown}");
    }
    assert_eq!(server.received.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_without_its_value() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let core = core_at(&server.url);
    let many = (0..65).fold(CallOptions::new(), |options, number| {
        options.header(format!("x-{number}"), "1")
    });
    for (options, said) in [
        (CallOptions::new().header("X A", "1"), "header name"),
        (CallOptions::new().header("", "1"), "header name"),
        (CallOptions::new().header(":path", "1"), "header name"),
        (CallOptions::new().header("X-A\r\nX-B", "1"), "header name"),
        (CallOptions::new().header("X-A", "Hidden\r\nX-B: 1"), "x-a"),
        (CallOptions::new().secret_header("X-A", "Hidden\0"), "x-a"),
        (
            CallOptions::new().header("X-A", "Hidden\u{1b}[2K"),
            "control characters",
        ),
        (
            CallOptions::new().attempt_timeout(Duration::ZERO),
            "attempt_timeout",
        ),
        (
            CallOptions::new().operation_timeout(Duration::ZERO),
            "operation_timeout",
        ),
        (many, "64 headers"),
    ] {
        let error = reset(&core, &options).await.unwrap_err();
        assert!(matches!(error, SendError::InvalidRequest(_)), "{error:?}");
        let shown = format!("{error} {error:?} {options:?}");
        assert!(shown.contains(said), "{shown}");
        assert!(!shown.contains("Hidden"), "{shown}");
        assert!(!shown.contains('\r'), "{shown}");
    }
    assert_eq!(server.received.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn a_header_that_the_operation_set_is_not_set_twice() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let mut request = reset_request();
    let value = huaweicloud_runtime::generated::wire::HeaderValue::from_static("set");
    request.headers_mut().insert("x-extra-secret", value);
    let core = core_at(&server.url).with_options(&CallOptions::new().header("X-Extra-Secret", "b"));
    let error = core.execute(&RESET, Some(PROJECT), request).await;
    assert!(error.unwrap_err().to_string().contains("x-extra-secret"));
    assert_eq!(server.received.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn an_echo_of_a_secret_header_is_taken_out_of_the_response() {
    let server = Server::start(|seen| {
        let ticket = seen.header("x-ticket").unwrap_or_default().to_owned();
        let body = format!(r#"{{"error_msg":"ticket {ticket} is unknown"}}"#);
        response(400, &[("X-Echo", &ticket)], &body)
    })
    .await;
    let core = core_at(&server.url);
    let options = CallOptions::new().secret_header("X-Ticket", TICKET);
    let response = reset(&core, &options).await.unwrap();
    let shown = format!(
        "{response:?} {:?} {}",
        response.details(),
        response.details()
    );
    assert!(!shown.contains("HiddenTicket"), "{shown}");
    let error = response.undocumented::<(), CredentialsError>();
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("HiddenTicket"), "{shown}");
}

#[tokio::test]
async fn time_limits_hold_for_their_call() {
    let server = FaultServer::always(Fault::Stall(Vec::new())).await;
    let core = core_at(&server.url);
    let short = Duration::from_millis(100);
    for (options, said) in [
        (
            CallOptions::new().attempt_timeout(short),
            "the attempt took longer than 100ms",
        ),
        (
            CallOptions::new().operation_timeout(short),
            "the whole operation took longer than 100ms",
        ),
    ] {
        let begun = Instant::now();
        let error = reset(&core, &options).await.unwrap_err();
        assert!(begun.elapsed() < Duration::from_secs(5));
        let shown = format!("{error} {:?}", std::error::Error::source(&error));
        assert!(
            matches!(error, SendError::Transport(_)) && shown.contains(said),
            "{shown}"
        );
    }
}

#[tokio::test]
async fn retries_are_those_of_the_call_and_later_options_add_to_earlier() {
    let server = Server::start(|_| response(503, &[], "")).await;
    let core = core_at(&server.url);
    let show = async |options: &CallOptions| {
        let core = core.with_options(&CallOptions::new().header("X-First", "1"));
        let core = core.with_options(options);
        let response = core.execute(&SHOW, None, show_request()).await.unwrap();
        assert_eq!(response.status(), 503);
        let mut received = server.received.lock().unwrap();
        let first = received
            .iter()
            .all(|seen| seen.header("x-first") == Some("1"));
        assert!(first);
        std::mem::take(&mut *received).len()
    };
    let quick = RetryPolicy::default().base_delay(Duration::from_millis(1));
    let twice = CallOptions::new().retry_policy(quick.max_attempts(2));
    assert_eq!(show(&twice).await, 2);
    let once = CallOptions::new().retry_policy(RetryPolicy::none());
    assert_eq!(show(&once).await, 1);
}

#[tokio::test]
async fn a_success_gives_its_headers_and_bytes_when_asked_and_never_by_itself() {
    let server = Server::start(|_| {
        let headers = [
            ("X-Request-Id", "r-1"),
            ("X-Note", "café"),
            ("Set-Cookie", "Hidden1"),
        ];
        response(200, &headers, r#"{"a": "Hidden2"}"#)
    })
    .await;
    let response = core_at(&server.url)
        .execute(&SHOW, None, show_request())
        .await
        .unwrap()
        .success(7);
    assert_eq!(response.header("x-NOTE"), Some("café"));
    assert_eq!(response.header("x-none"), None);
    assert!(
        response
            .headers()
            .any(|pair| pair == ("set-cookie", "Hidden1"))
    );
    assert_eq!(response.expose_body(), br#"{"a": "Hidden2"}"#);
    assert_eq!(response.request_id(), Some("r-1"));
    let shown = format!("{response:?}");
    assert!(
        shown.contains("value: 7") && !shown.contains("Hidden"),
        "{shown}"
    );
    assert_eq!(response.into_inner(), 7);
}
