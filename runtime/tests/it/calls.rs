//! Calls over real sockets: what the server sees, and what the caller gets.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};

use crate::support::faults::{Fault, FaultServer};
use crate::support::*;
use huaweicloud_runtime::CredentialsError;
use huaweicloud_runtime::generated::RawResponse;
use huaweicloud_runtime::generated::wire::{RequestBuilder, Style};
use huaweicloud_runtime::signing::{SigningInput, query_pairs, verify};
use huaweicloud_runtime::{
    Credentials, Error, HttpTransport, InvalidRule, SendError, TransportError, TransportErrorKind,
};
use tokio::io::AsyncWriteExt as _;

fn transport_error(result: Result<RawResponse, SendError>) -> TransportError {
    match result {
        Err(SendError::Transport(error)) => error,
        other => panic!("a transport error was expected, not {other:?}"),
    }
}

/// Checks the signature as the gateway does.
fn check_signature(seen: &Received) {
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
}

#[tokio::test]
async fn an_access_key_pair_signs_what_is_sent() {
    let server = Server::start(|_| response(200, &[("X-Request-Id", "r-1")], "{}")).await;
    let core = core_at(&server.url);
    let response = core
        .execute(&RESET, Some(PROJECT), reset_request())
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.request_id(), Some("r-1"));
    response.unit::<(), CredentialsError>().unwrap();

    let seen = server.only_request();
    check_signature(&seen);
    assert_eq!(seen.method, "POST");
    assert_eq!(
        seen.target,
        format!("/v2/{PROJECT}/instances/i-1/password/reset")
    );
    assert_eq!(seen.header("host"), server.url.strip_prefix("http://"));
    assert_eq!(seen.header("content-type"), RESET.content_type);
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert_eq!(seen.header("x-project-id"), Some(PROJECT));
    assert_eq!(seen.header("x-security-token"), Some(SECURITY_TOKEN));
    assert_eq!(seen.header("x-auth-token"), None);
    assert!(
        seen.header("user-agent")
            .unwrap()
            .starts_with("huaweicloud-runtime/")
    );
    let signed = seen.header("authorization").unwrap();
    for name in [
        "content-type",
        "host",
        "x-project-id",
        "x-sdk-date",
        "x-security-token",
    ] {
        assert!(signed.contains(name), "{name} is not in {signed}");
    }
    let body: serde_json::Value = serde_json::from_slice(&seen.body).unwrap();
    assert_eq!(body, serde_json::json!({ "new_password": PASSWORD }));
}

#[tokio::test]
async fn a_token_goes_as_x_auth_token() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let core = builder(Credentials::token(TOKEN).project_id(PROJECT))
        .endpoint(&server.url)
        .user_agent("mine/1")
        .build(SERVICES)
        .unwrap();
    core.execute(&SHOW, None, show_request()).await.unwrap();
    let seen = server.only_request();
    assert_eq!(seen.header("x-auth-token"), Some(TOKEN));
    for absent in [
        "authorization",
        "x-sdk-date",
        "x-project-id",
        "content-type",
    ] {
        assert_eq!(seen.header(absent), None, "{absent}");
    }
    assert_eq!(seen.header("user-agent"), Some("mine/1"));
}

#[tokio::test]
async fn a_caller_s_own_authorization_is_left_alone() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let request = RequestBuilder::get("/v2/a")
        .header("authorization", "Mine")
        .build()
        .unwrap();
    let core = core_at(&server.url);
    core.execute(&SHOW, None, request).await.unwrap();
    let seen = server.only_request();
    assert_eq!(seen.header("authorization"), Some("Mine"));
    assert_eq!(seen.header("x-sdk-date"), None);
}

#[tokio::test]
async fn base_path_query_and_odd_identifiers_are_signed_as_sent() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let core = core_at(&format!("{}/gateway/x/", server.url));
    let path = format!(
        "/v2/{}/{}",
        huaweicloud_runtime::generated::wire::encode_path("a b%é~(1)"),
        huaweicloud_runtime::generated::wire::encode_path("...")
    );
    let request = RequestBuilder::get(path.clone())
        .query_param("tag", Style::Form.exploded(), &["b c", "a+é", ""])
        .query_param("limit", Style::Form.exploded(), &2)
        .query_param("absent", Style::Form.exploded(), &None::<u8>)
        .build()
        .unwrap();
    core.execute(&SHOW, None, request).await.unwrap();
    let seen = server.only_request();
    assert_eq!(
        seen.target,
        format!("/gateway/x{path}?limit=2&tag=&tag=a%2B%C3%A9&tag=b%20c")
    );
    check_signature(&seen);
}

#[tokio::test]
async fn a_path_that_would_bend_on_the_way_is_not_sent() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let core = core_at(&server.url);
    for path in [
        "/v2/../admin",
        "/v2/%2e%2E/admin",
        "/v2/.%2e",
        "/v2/a/.",
        "/v2/a b",
        "/v2/a?b=c",
        "/v2/a#b",
        "/v2/a\\b",
        "/v2/{id}",
        "/v2/é",
        "/v2/a\u{7f}",
    ] {
        let request = RequestBuilder::get(path).build().unwrap();
        assert!(matches!(
            core.execute(&SHOW, None, request).await,
            Err(SendError::InvalidRequest(_))
        ));
    }
    assert!(server.received.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_redirect_is_a_response_and_is_not_followed() {
    let server = Server::start(|_| {
        response(
            302,
            &[("Location", "http://127.0.0.1:1/elsewhere?token=x")],
            "",
        )
    })
    .await;
    let core = core_at(&server.url);
    let response = core.execute(&SHOW, None, show_request()).await.unwrap();
    assert_eq!(response.status(), 302);
    let error: Error<()> = response.undocumented();
    assert_eq!(
        error.details().unwrap().location(),
        Some("127.0.0.1:1/elsewhere")
    );
    server.only_request();
}

#[tokio::test]
async fn a_refused_connection_certainly_sent_nothing() {
    // Bound and closed again: nobody listens there.
    let address = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let core = core_at(&format!("http://{address}"));
    let error = transport_error(core.execute(&RESET, None, reset_request()).await);
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(!error.may_have_been_processed());
    let text = error.to_string();
    assert!(text.contains("dcs.ResetPassword"), "{text}");
    assert!(text.contains(&address.to_string()), "{text}");
    assert!(!text.contains(PROJECT), "{text}");
    assert!(Error::<()>::from(SendError::from(error)).is_retryable());
}

#[tokio::test]
async fn a_connection_that_closes_is_tried_again_where_that_is_safe() {
    let server = Server::start(|_| Vec::new()).await;
    let core = core_at(&server.url);
    for (operation, request, arrived) in
        [(&RESET, reset_request(), 1), (&SHOW, show_request(), 1 + 3)]
    {
        let error = transport_error(core.execute(operation, None, request).await);
        assert!(error.may_have_been_processed(), "{error}");
        assert_eq!(server.received.lock().unwrap().len(), arrived);
        assert_eq!(server.connections.load(Ordering::SeqCst), arrived);
    }
}

#[tokio::test]
async fn a_response_that_never_comes_is_a_timeout() {
    let server = FaultServer::always(Fault::Stall(Vec::new())).await;
    let core = builder(aksk())
        .endpoint(&server.url)
        .attempt_timeout(Duration::from_millis(50))
        .build(SERVICES)
        .unwrap();
    let error = transport_error(core.execute(&RESET, None, reset_request()).await);
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(error.may_have_been_processed());
    assert!(!Error::<()>::from(SendError::from(error)).is_retryable());
    let error = transport_error(core.execute(&SHOW, None, show_request()).await);
    assert!(Error::<()>::from(SendError::from(error)).is_retryable());
}

#[tokio::test]
async fn a_response_that_breaks_off_is_an_error_of_the_body() {
    let server = Server::start(|_| {
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{\"a\"".to_vec()
    })
    .await;
    let core = core_at(&server.url);
    let error = transport_error(core.execute(&SHOW, None, show_request()).await);
    assert_eq!(error.kind(), TransportErrorKind::Body);
    assert!(error.may_have_been_processed());
}

#[tokio::test]
async fn a_server_without_tls_is_an_error_of_tls() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 no TLS here\r\n\r\n").await;
    });
    let transport = HttpTransport::plain_http().unwrap();
    let core = builder(aksk())
        .endpoint(url)
        .transport(Arc::new(transport))
        .build(SERVICES)
        .unwrap();
    let error = transport_error(core.execute(&RESET, None, reset_request()).await);
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
    assert!(!error.may_have_been_processed());
}

#[tokio::test]
async fn a_body_over_the_bound_is_refused() {
    let exact = "x".repeat(1024 * 1024);
    let over = "x".repeat(1024 * 1024 + 1);
    let server = Server::start(move |seen| match seen.target.as_str() {
        "/exact" => response(200, &[], &exact),
        "/announced" => response(200, &[], &over),
        _ => {
            let mut bytes = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
            let chunk = "x".repeat(0x10000);
            for _ in 0..17 {
                bytes.extend_from_slice(format!("10000\r\n{chunk}\r\n").as_bytes());
            }
            bytes.extend_from_slice(b"0\r\n\r\n");
            bytes
        }
    })
    .await;
    let core = core_at(&server.url);
    let call = |path: &str| {
        let request = RequestBuilder::get(path).build().unwrap();
        core.execute(&SHOW, None, request)
    };
    assert!(call("/exact").await.is_ok());
    for path in ["/announced", "/chunked"] {
        let error = transport_error(call(path).await);
        assert_eq!(error.kind(), TransportErrorKind::TooLarge, "{path}");
        assert!(error.to_string().contains("1 MiB"));
    }
}

#[tokio::test]
async fn a_transport_of_another_s_making_is_bounded_too() {
    let core = Canned::new(200, vec![b'x'; 1024 * 1024 + 1]).core();
    let error = transport_error(core.execute(&SHOW, None, show_request()).await);
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);
}

#[tokio::test]
async fn an_unknown_service_is_refused_before_anything_is_sent() {
    static OTHER: huaweicloud_runtime::Operation =
        huaweicloud_runtime::Operation::new("cbh", "Show", "GET", "/v2")
            .retry(huaweicloud_runtime::Retry::Safe);
    let core = Canned::new(200, "{}").core();
    let error = core
        .execute(&OTHER, None, show_request())
        .await
        .unwrap_err();
    assert!(matches!(
        error,
        SendError::InvalidRequest(ref invalid) if matches!(invalid.rule(), InvalidRule::Malformed(_))
    ));
}

#[tokio::test]
async fn calls_can_be_spawned() {
    let core = Canned::new(200, "{}").core();
    let call = tokio::spawn(async move { core.execute(&SHOW, None, show_request()).await });
    assert_eq!(call.await.unwrap().unwrap().status(), 200);
}

/// Keeps the request it was given.
#[derive(Default)]
struct Keep(
    std::sync::Mutex<Option<http::Request<huaweicloud_runtime::generated::wire::SecretBytes>>>,
);

impl huaweicloud_runtime::Transport for Keep {
    fn send(
        &self,
        request: http::Request<huaweicloud_runtime::generated::wire::SecretBytes>,
    ) -> huaweicloud_runtime::transport::TransportFuture<'_> {
        *self.0.lock().unwrap() = Some(request);
        Box::pin(async { Ok(http::Response::new(bytes::Bytes::new())) })
    }
}

#[tokio::test]
async fn secret_headers_are_marked_sensitive() {
    for (credentials, own) in [
        (aksk(), vec!["authorization", "x-security-token"]),
        (Credentials::token(TOKEN), vec!["x-auth-token"]),
    ] {
        let keep = Arc::new(Keep::default());
        let core = builder(credentials)
            .transport(keep.clone())
            .build(SERVICES)
            .unwrap();
        let request = RequestBuilder::get("/v2/a")
            .header("X-Extra-Secret", "ExHidden")
            .header("X-Plain", "visible")
            .build()
            .unwrap();
        core.execute(&RESET, None, request).await.unwrap();
        let sent = keep.0.lock().unwrap().take().unwrap();
        for (name, value) in sent.headers() {
            let secret = own.contains(&name.as_str()) || name == "x-extra-secret";
            assert_eq!(value.is_sensitive(), secret, "{name}");
        }
        let shown = format!("{:?}", sent.headers());
        assert!(
            shown.contains("visible") && !shown.contains("Hidden"),
            "{shown}"
        );
    }
}
