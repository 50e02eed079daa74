//! Calls through a reqwest client of the caller's making.
#![cfg(feature = "reqwest")]
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod support;

use std::sync::Arc;
use std::time::Duration;

use huaweicloud_runtime::generated::Core;
use huaweicloud_runtime::generated::wire::SecretBytes;
use huaweicloud_runtime::{
    BuilderError, ReqwestTransport, SendError, Transport as _, TransportError, TransportErrorKind,
    reqwest,
};
use support::faults::{Fault, FaultServer};
use support::*;

fn settings() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
}

fn through(settings: reqwest::ClientBuilder, url: &str) -> Core {
    builder(aksk())
        .endpoint(url)
        .reqwest_client(settings.build().unwrap())
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
    let server = Server::start(|_| answer(200, &[("X-Request-Id", "r-1")], "{\"a\":1}")).await;
    let by_reqwest = through(settings(), &server.url);
    let answered = by_reqwest.execute(&RESET, None, reset_request()).await;
    assert_eq!(answered.unwrap().status(), 200);
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
    let server = Server::start(move |_| answer(200, &[], &over)).await;
    let error = failed(&through(settings(), &server.url)).await;
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);
}

#[tokio::test]
async fn a_path_that_reqwest_would_rewrite_is_not_sent() {
    let server = Server::start(|_| answer(200, &[], "{}")).await;
    let transport = ReqwestTransport::with_client(settings().build().unwrap());
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
        .transport(Arc::new(ReqwestTransport::with_client(
            settings().build().unwrap(),
        )))
        .connect_timeout(Duration::from_secs(1))
        .build(SERVICES);
    assert!(matches!(
        built,
        Err(BuilderError::OwnTransport {
            setting: "connect_timeout"
        })
    ));
}
