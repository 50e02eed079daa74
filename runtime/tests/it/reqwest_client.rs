//! Calls through a reqwest client of the caller's making.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::support::faults::{Fault, FaultServer};
use crate::support::*;
use huaweicloud_runtime::generated::Core;
use huaweicloud_runtime::generated::wire::SecretBytes;
use huaweicloud_runtime::{
    BuilderError, ReqwestTransport, SendError, Transport as _, TransportError, TransportErrorKind,
    reqwest,
};

fn settings() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
}

fn through(settings: reqwest::ClientBuilder, url: &str) -> Core {
    builder(aksk())
        .endpoint(url)
        .reqwest_client(settings)
        .build(SERVICES)
        .unwrap()
}

async fn failed(core: &Core) -> TransportError {
    match core.execute(&RESET, None, reset_request()).await {
        Err(SendError::Transport(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_arrives_is_what_was_signed() {
    let server = Server::start(|_| response(200, &[("X-Request-Id", "r-1")], "{\"a\":1}")).await;
    let by_reqwest = through(settings(), &server.url);
    let response = by_reqwest.execute(&RESET, None, reset_request()).await;
    assert_eq!(response.unwrap().status(), 200);
    let own = core_at(&server.url);
    own.execute(&RESET, None, reset_request()).await.unwrap();

    let received = server.received.lock().unwrap();
    assert_eq!(received.len(), 2);
    assert_eq!(received[0].target, received[1].target);
    assert_eq!(received[0].body, received[1].body);
    for request in received.iter() {
        assert!(
            request
                .header("authorization")
                .unwrap()
                .contains("Signature=")
        );
    }
}

#[tokio::test]
async fn it_keeps_its_own_time() {
    let server = FaultServer::always(Fault::Stall(Vec::new())).await;
    let core = through(settings().timeout(Duration::from_millis(50)), &server.url);
    let error = failed(&core).await;
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(error.may_have_been_processed());
}

#[tokio::test]
async fn who_refuses_got_nothing() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = failed(&through(settings(), &url)).await;
    assert_eq!(error.kind(), TransportErrorKind::Connect);
    assert!(!error.may_have_been_processed());
    assert!(!error.to_string().contains("/v2/"), "{error}");
}

#[tokio::test]
async fn a_body_over_the_bound_is_refused() {
    let over = "x".repeat(1024 * 1024 + 1);
    let server = Server::start(move |_| response(200, &[], &over)).await;
    let error = failed(&through(settings(), &server.url)).await;
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);
}

#[tokio::test]
async fn a_path_that_reqwest_would_rewrite_is_not_sent() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let transport = ReqwestTransport::new(settings()).unwrap();
    let mut request = http::Request::new(SecretBytes::default());
    *request.uri_mut() = format!("{}/a/../b", server.url).parse().unwrap();
    let error = transport.send(request).await.unwrap_err();
    assert!(!error.may_have_been_processed(), "{error}");
    assert!(error.to_string().contains("would change"), "{error}");
    assert_eq!(server.received.lock().unwrap().len(), 0);
}

#[test]
fn settings_of_connections_belong_to_it() {
    let built = builder(aksk())
        .transport(Arc::new(ReqwestTransport::new(settings()).unwrap()))
        .connect_timeout(Duration::from_secs(1))
        .build(SERVICES);
    assert!(matches!(
        built,
        Err(BuilderError::OwnTransport {
            setting: "connect_timeout"
        })
    ));
}

#[tokio::test]
async fn no_redirect_is_followed_whatever_the_settings_say() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::start(|_| response(200, &[], "{}")).await;
        // Another host to those who follow, though it is this machine.
        let elsewhere = other.url.replace("127.0.0.1", "localhost");
        let server = Server::start(move |_| {
            let location = format!("{elsewhere}/v2/elsewhere");
            response(status, &[("Location", &location)], "")
        })
        .await;
        let following = reqwest::Client::builder()
            .referer(true)
            .redirect(reqwest::redirect::Policy::limited(10));
        let core = through(following, &server.url);
        let response = core.execute(&RESET, None, reset_request()).await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(server.received.lock().unwrap().len(), 1);
        // Nothing went there: no body, no token, not even a connection.
        assert_eq!(other.connections.load(Ordering::SeqCst), 0, "{status}");
    }
}

/// The variable that makes a run of this program the child.
const CHILD: &str = "REQWEST_TEST_URL";

/// The caller, when the variable is set; nothing otherwise.
#[tokio::test]
async fn child() {
    if let Ok(url) = std::env::var(CHILD) {
        let core = through(settings(), &url);
        let response = core.execute(&RESET, None, reset_request()).await.unwrap();
        assert_eq!(response.status(), 200);
    }
}

#[tokio::test]
async fn the_proxies_of_the_environment_are_not_used() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let proxy = Server::start(|_| response(200, &[], "{}")).await;
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "reqwest_client::child"])
        .env(CHILD, &server.url);
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, &proxy.url);
    }
    for name in ["NO_PROXY", "no_proxy"] {
        command.env_remove(name);
    }
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    assert!(output.await.unwrap().status.success());
    server.only_request();
    assert_eq!(proxy.connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_proxy_that_is_set_by_hand_is_used() {
    let proxy = Server::start(|_| response(200, &[], "{}")).await;
    let through_it = settings().proxy(reqwest::Proxy::all(&proxy.url).unwrap());
    let core = through(through_it, "http://localhost:1");
    core.execute(&SHOW, None, show_request()).await.unwrap();
    assert!(
        proxy
            .only_request()
            .target
            .starts_with("http://localhost:1/")
    );
}

#[tokio::test]
async fn a_response_may_have_many_lines_of_headers() {
    for (lines, is_read) in [(101, true), (250, true), (1_000, false)] {
        let names: Vec<String> = (0..lines).map(|number| format!("X-{number}")).collect();
        let server = Server::start(move |_| {
            let headers: Vec<_> = names.iter().map(|name| (name.as_str(), "1")).collect();
            response(200, &headers, "{}")
        })
        .await;
        let core = through(settings(), &server.url);
        let result = core.execute(&RESET, None, reset_request()).await;
        assert_eq!(result.is_ok(), is_read, "{lines}: {result:?}");
        if let Err(SendError::Transport(error)) = result {
            assert_eq!(error.kind(), TransportErrorKind::TooLarge);
        }
    }
}

#[test]
fn settings_that_reqwest_refuses_are_told_when_the_client_is_built() {
    let built = builder(aksk())
        .endpoint("http://127.0.0.1:1")
        .reqwest_client(settings().user_agent("a\nb"))
        .build(SERVICES);
    let error = built.unwrap_err();
    assert!(matches!(error, BuilderError::Transport(_)), "{error:?}");
}

#[test]
fn nothing_of_the_settings_is_shown() {
    let mut headers = http::HeaderMap::new();
    headers.insert("x-auth-token", "Hidden".parse().unwrap());
    let proxy = reqwest::Proxy::all("http://user:Hidden@127.0.0.1:9").unwrap();
    let settings = settings().default_headers(headers).proxy(proxy);
    let transport = ReqwestTransport::new(settings).unwrap();
    assert!(!format!("{transport:?}").contains("Hidden"));
}
