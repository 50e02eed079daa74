//! Everything that servers, proxies and networks do wrong, on real sockets: what
//! arrived is counted, and every call ends in time with a clear error.

use std::collections::HashSet;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::support::faults::{Fault, FaultServer, refusing};
use crate::support::watch::Watch;
use crate::support::*;
use huaweicloud_runtime::CredentialsError;
use huaweicloud_runtime::generated::wire::RequestBuilder;
use huaweicloud_runtime::generated::{Core, CoreBuilder, RawResponse};
use huaweicloud_runtime::observe::Outcome;
use huaweicloud_runtime::{Error, RetryPolicy, SendError, TransportError, TransportErrorKind};

/// How long calls may take that should not come to an end by waiting.
const LONG: Duration = Duration::from_secs(20);
/// How long attempts may take that should.
const SHORT: Duration = Duration::from_millis(400);

fn settings(url: &str) -> CoreBuilder {
    builder(aksk())
        .endpoint(url)
        .attempt_timeout(LONG)
        .operation_timeout(LONG)
        .retry_policy(RetryPolicy::default().base_delay(Duration::from_millis(20)))
}

fn core(url: &str) -> Core {
    settings(url).build(SERVICES).unwrap()
}

/// Ends in time, or the test fails.
async fn in_time<T>(call: impl Future<Output = T>) -> T {
    let slack = Duration::from_secs(5);
    tokio::time::timeout(LONG + slack, call)
        .await
        .unwrap_or_else(|_| panic!("the call outlived its timeout"))
}

async fn show(core: &Core) -> Result<RawResponse, SendError> {
    in_time(core.execute(&SHOW, None, show_request())).await
}

async fn reset(core: &Core) -> Result<RawResponse, SendError> {
    in_time(core.execute(&RESET, None, reset_request())).await
}

fn transport_error(result: Result<RawResponse, SendError>) -> TransportError {
    match result {
        Err(SendError::Transport(error)) => {
            let text = error.to_string();
            let url = format!("{error:?}");
            assert!(text.contains("127.0.0.1:"), "no server in: {text}");
            assert!(text.contains("dcs."), "no operation in: {text}");
            assert!(!text.contains(PROJECT) && !url.contains("Hidden"), "{text}");
            error
        }
        other => panic!("a transport error was expected, not {other:?}"),
    }
}

fn bytes(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// Calls both operations, with attempts of this length, and checks how the error
/// is named and how often each request arrived. Gives the text of the last
/// error.
async fn check(fault: Fault, attempt: Duration, kind: TransportErrorKind) -> String {
    let server = FaultServer::always(fault.clone()).await;
    let core = settings(&server.url)
        .attempt_timeout(attempt)
        .build(SERVICES)
        .unwrap();

    let error = transport_error(reset(&core).await);
    assert_eq!(error.kind(), kind, "{fault:?}: {error}");
    assert!(error.may_have_been_processed(), "{fault:?}: {error}");
    assert_eq!(server.count(), 1, "{fault:?}: a reset was sent again");

    let error = transport_error(show(&core).await);
    assert_eq!(error.kind(), kind, "{fault:?}: {error}");
    assert_eq!(server.count(), 1 + 3, "{fault:?}: a safe call was not");
    error.to_string()
}

#[tokio::test]
async fn connections_that_break_off() {
    use TransportErrorKind::Body;
    for (fault, kind) in [
        (Fault::Close(Vec::new()), Body),
        (Fault::Reset(Vec::new()), Body),
        (Fault::Reset(bytes("HTTP/1.1 200 OK\r\nContent-Le")), Body),
        (
            Fault::Reset(bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{\"a\"")),
            Body,
        ),
        (Fault::Close(bytes("HTTP/1.1 200 OK\r\nX: y")), Body),
        // It promises more than it sends.
        (
            Fault::Close(bytes("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{}")),
            Body,
        ),
        (
            Fault::Close(bytes(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}",
            )),
            Body,
        ),
        (Fault::Close(bytes("SSH-2.0-OpenSSH_9.9\r\n")), Body),
        (
            Fault::Close(bytes("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}")),
            Body,
        ),
    ] {
        check(fault, LONG, kind).await;
    }
}

#[tokio::test]
async fn servers_that_are_silent_or_slow() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n";
    for fault in [
        Fault::Stall(Vec::new()),
        Fault::Stall(bytes("HTTP/1.1 200 OK\r\nContent-Le")),
        Fault::Stall(bytes(head)),
        Fault::Trickle(bytes(head), Duration::from_millis(100)),
    ] {
        let start = Instant::now();
        let error = check(fault, SHORT, TransportErrorKind::Timeout).await;
        assert!(error.contains("attempt took longer than 400ms"), "{error}");
        assert!(start.elapsed() >= 4 * SHORT);
    }
}

#[tokio::test]
async fn a_byte_a_second_does_not_outlast_the_timeouts() {
    let pace = Duration::from_secs(1);
    let server = FaultServer::always(Fault::Trickle(vec![b'H'; 60], pace)).await;
    let core = settings(&server.url)
        .attempt_timeout(Duration::from_secs(20))
        .operation_timeout(Duration::from_millis(2_500))
        .build(SERVICES)
        .unwrap();
    let start = Instant::now();
    let error = transport_error(reset(&core).await);
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(error.to_string().contains("whole operation"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(server.count(), 1);
}

#[tokio::test]
async fn a_flood_of_what_comes_before_a_response_does_not_outlast_the_timeouts() {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // A thread of its own, so that it is always quick enough.
    std::thread::spawn(move || {
        let hint = format!("HTTP/1.1 103 Early Hints\r\n{}\r\n", "A: b\r\n".repeat(90));
        let hints = hint.repeat(1_000);
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = stream.read(&mut [0; 4096]);
            while stream.write_all(hints.as_bytes()).is_ok() {}
        }
    });
    let core = settings(&url)
        .attempt_timeout(Duration::from_millis(300))
        .operation_timeout(Duration::from_millis(300))
        .build(SERVICES)
        .unwrap();
    let start = Instant::now();
    let error = transport_error(reset(&core).await);
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_by_every_operation() {
    let (url, socket) = refusing();
    let watch = Watch::new();
    let core = settings(&url)
        .observer(watch.clone())
        .build(SERVICES)
        .unwrap();
    let refused = Outcome::Transport(TransportErrorKind::Connect);
    for safe in [true, false] {
        let result = if safe {
            show(&core).await
        } else {
            reset(&core).await
        };
        let error = transport_error(result);
        assert_eq!(error.kind(), TransportErrorKind::Connect);
        assert!(!error.may_have_been_processed());
        assert_eq!(watch.take().len(), 3);
        assert_eq!(watch.take_calls(), [(3, refused)]);
    }

    // The server comes back while a reset waits for its next attempt.
    let patient = settings(&url)
        .observer(watch.clone())
        .retry_policy(
            RetryPolicy::default()
                .max_attempts(1_000)
                .base_delay(Duration::from_millis(20))
                .max_delay(Duration::from_millis(20))
                .budget(1_000),
        )
        .build(SERVICES)
        .unwrap();
    let call = tokio::spawn(async move { reset(&patient).await });
    while watch.take().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let server = FaultServer::on(socket.listen(16).unwrap(), |_, _| {
        Fault::Response(response(200, &[], "{}"))
    });
    assert_eq!(call.await.unwrap().unwrap().status(), 200);
    assert_eq!(server.count(), 1);
}

#[cfg(feature = "rustls")]
#[tokio::test]
async fn a_connection_that_is_not_set_up_in_time_certainly_sent_nothing() {
    // It takes the connection and never responds to the TLS handshake.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    // An authority of its own, so that no trust store is needed.
    let authority = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let watch = Watch::new();
    let core = settings(&url)
        .connect_timeout(Duration::from_millis(100))
        .ca_certificate(authority.cert.pem())
        .observer(watch.clone())
        .build(SERVICES)
        .unwrap();
    let error = transport_error(reset(&core).await);
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(!error.may_have_been_processed(), "{error}");
    assert!(
        error.to_string().contains("not connected within 100ms"),
        "{error}"
    );
    assert_eq!(watch.take().len(), 3);
}

#[tokio::test]
async fn a_response_longer_than_announced_does_not_spill_into_the_next() {
    let spill = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n{\"b\":1}";
    for (announced, fits) in [(7, true), (4, false)] {
        let server = FaultServer::start(move |number, _| {
            Fault::Response(match number {
                0 => bytes(&format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {announced}\r\n\r\n{{\"a\":1}}{spill}"
                )),
                _ => response(200, &[], "{\"c\":2}"),
            })
        })
        .await;
        let core = core(&server.url);
        let first = reset(&core).await.unwrap();
        let first = first.json::<serde_json::Value, (), CredentialsError>();
        assert_eq!(first.is_ok(), fits);
        if let Err(error) = first {
            assert!(matches!(error, Error::Decode(_)), "{error}");
            assert!(error.may_have_been_processed());
        }
        let second = show(&core).await.unwrap();
        let value: serde_json::Value = second.json::<_, (), CredentialsError>().unwrap();
        assert_eq!(value, serde_json::json!({ "c": 2 }));
        assert_eq!(server.count(), 2);
    }
}

#[tokio::test]
async fn a_server_that_closes_behind_each_response_gets_nothing_twice() {
    // It does not announce that it closes, so the client believes that the
    // connection is still good.
    let server = FaultServer::always(Fault::Close(response(200, &[], "{}"))).await;
    let core = core(&server.url);
    let mut responses = 0;
    for number in 0..50 {
        let request = RequestBuilder::post(format!("/v2/i-{number}"))
            .build()
            .unwrap();
        match in_time(core.execute(&RESET, None, request)).await {
            Ok(_) => responses += 1,
            Err(error) => {
                let error = transport_error(Err(error));
                assert!(error.may_have_been_processed(), "{error}");
            }
        }
    }
    let received = server.received.lock().unwrap();
    let targets: HashSet<&str> = received.iter().map(|seen| seen.target.as_str()).collect();
    assert_eq!(targets.len(), received.len(), "a reset was sent again");
    assert!(responses > 0 && responses <= received.len());
}

#[tokio::test]
async fn a_success_that_is_none_is_an_error_of_reading() {
    let html = "<html><title>Sign in</title></html>";
    for (body, says) in [
        (html, "not JSON"),
        ("{\"resetpwd_flag\":\"Tr", "breaks off"),
        ("", "empty"),
    ] {
        let body_of_server = body.to_owned();
        let server = FaultServer::start(move |_, _| {
            Fault::Response(response(200, &[("X-Request-Id", "r-1")], &body_of_server))
        })
        .await;
        let core = core(&server.url);
        for result in [reset(&core).await, show(&core).await] {
            let error: Error<()> = result
                .unwrap()
                .json::<serde_json::Value, (), CredentialsError>()
                .unwrap_err();
            assert!(error.to_string().contains(says), "{error}");
            assert_eq!(error.request_id(), Some("r-1"));
            assert!(error.may_have_been_processed());
        }
        assert_eq!(server.count(), 2, "{body}");
    }
}

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let elsewhere = FaultServer::always(Fault::Response(response(200, &[], "{}"))).await;
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/elsewhere", elsewhere.url);
        let server = FaultServer::start(move |_, _| {
            Fault::Response(response(status, &[("Location", &location)], ""))
        })
        .await;
        let core = core(&server.url);
        for result in [reset(&core).await, show(&core).await] {
            let error: Error<()> = result.unwrap().undocumented();
            assert_eq!(error.status(), Some(status));
            assert!(error.to_string().contains("/elsewhere"), "{error}");
        }
        assert_eq!(server.count(), 2);
    }
    assert_eq!(
        elsewhere.count() + elsewhere.ended.load(Ordering::SeqCst),
        0
    );
}

#[tokio::test]
async fn dropping_a_call_ends_it() {
    let server = FaultServer::always(Fault::Stall(Vec::new())).await;
    let watch = Watch::new();
    let core = settings(&server.url)
        .attempt_timeout(Duration::from_secs(60))
        .operation_timeout(Duration::from_secs(60))
        .observer(watch.clone())
        .build(SERVICES)
        .unwrap();
    let call = tokio::spawn(async move { core.execute(&SHOW, None, show_request()).await });
    while server.count() == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    // The server sees the connection end, and no second request.
    in_time(async {
        while server.ended.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    assert_eq!(server.count(), 1);
    assert!(watch.take().is_empty());
    assert_eq!(watch.take_calls(), [(1, Outcome::Cancelled)]);
}

/// A response with so many lines of headers, of which none says much.
fn many_lines(status: u16, lines: usize) -> Vec<u8> {
    let names: Vec<String> = (3..lines)
        .map(|number| format!("X-Line-{number}"))
        .collect();
    let mut headers = vec![("X-Request-Id", "r-1"), ("Connection", "close")];
    headers.extend(names.iter().map(|name| (name.as_str(), "1")));
    response(status, &headers, "{}")
}

#[tokio::test]
async fn a_response_may_have_many_lines_of_headers() {
    for lines in [100, 101, 180, 250] {
        let server = FaultServer::always(Fault::Close(many_lines(200, lines))).await;
        let response = reset(&core(&server.url)).await;
        let response = response.unwrap_or_else(|error| panic!("{lines}: {error}"));
        assert_eq!(response.status(), 200);
        assert_eq!(response.request_id(), Some("r-1"));
        assert_eq!(server.count(), 1);
    }
}

#[tokio::test]
async fn a_head_beyond_every_bound_is_named() {
    let long = "x".repeat(200 * 1024);
    for bytes in [
        many_lines(200, 4_000),
        response(200, &[("X-Long", &long)], "{}"),
    ] {
        let server = FaultServer::always(Fault::Stall(bytes)).await;
        let error = transport_error(reset(&core(&server.url)).await);
        assert_eq!(error.kind(), TransportErrorKind::TooLarge, "{error}");
        assert!(error.may_have_been_processed());
        let text = error.to_string();
        assert!(text.contains("128 KiB") && text.contains("lines"), "{text}");
        assert_eq!(server.count(), 1);
    }
}

#[tokio::test]
async fn another_success_than_the_documented_one_says_that_it_was_most_likely_done() {
    for (status, body) in [
        (201, "{}"),
        (202, ""),
        (202, r#"{"message":"accepted"}"#),
        (202, "queued"),
        (204, ""),
        (299, "<html><title>Fine</title></html>"),
    ] {
        let bytes = response(status, &[("Connection", "close")], body);
        let server = FaultServer::always(Fault::Close(bytes)).await;
        let response = reset(&core(&server.url)).await.unwrap();
        let error: Error<()> = response.undocumented();
        let text = error.to_string();
        assert!(text.contains("most likely carried out"), "{text}");
        assert!(!text.contains("does not document:"), "{text}");
        assert!(error.may_have_been_processed() && !error.is_retryable());
    }
    // The documented status with an error in the body is no success.
    let body = r#"{"error_msg":"no"}"#;
    let server = FaultServer::always(Fault::Response(response(200, &[], body))).await;
    let response = reset(&core(&server.url)).await.unwrap();
    let error: Error<()> = response.unit().unwrap_err();
    assert!(!error.to_string().contains("carried out"), "{error}");
}
