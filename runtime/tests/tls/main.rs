//! https through the default transport, against the trust store of the system.
//!
//! The trust store is chosen by the environment, and a process should not
//! change its own, so each test runs the caller in a child process of the same
//! program.
#![cfg(any(feature = "rustls", feature = "native-tls"))]
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod certificates;
#[cfg(feature = "http2")]
mod http2;
mod private;
#[path = "../support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[cfg(feature = "http2")]
use huaweicloud_runtime::generated::wire::RequestBuilder;
use huaweicloud_runtime::{BuilderError, SendError, TransportErrorKind};
use support::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// The variables that make a run of this program the child.
const URL: &str = "TLS_TEST_URL";
const EXPECTED: &str = "TLS_TEST_EXPECTED";

/// A file with an authority that the client is told to trust.
const CA: &str = "TLS_TEST_CA";
/// Set when the client is told to use the environment's proxy.
const PROXY: &str = "TLS_TEST_PROXY";

/// Set when the error is to say what is expected.
const SAYS: &str = "TLS_TEST_SAYS";

/// The text of an error and of its causes, and what `Debug` makes of it.
fn all_of(error: &dyn std::error::Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(" < {error} {error:?}"));
        cause = error.source();
    }
    text
}

/// A server for `localhost`, and the file with the certificate to trust.
async fn start(name: &str) -> (String, PathBuf) {
    start_as(name, params(name)).await
}

/// [`start`] with a certificate of another kind.
async fn start_as(name: &str, params: rcgen::CertificateParams) -> (String, PathBuf) {
    let (config, pem) = identity_of(params, &[]);
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pem"));
    std::fs::write(&file, pem).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!(
        "https://localhost:{}",
        listener.local_addr().unwrap().port()
    );
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that does not trust the server ends the handshake.
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let mut head = Vec::new();
                while !head.windows(4).any(|part| part == b"\r\n\r\n") {
                    assert!(stream.read_buf(&mut head).await.unwrap() > 0);
                }
                let bytes = response(200, &[("Connection", "close")], "{}");
                stream.write_all(&bytes).await.unwrap();
                stream.shutdown().await.unwrap();
            }
        }
    });
    (url, file)
}

/// How a server shows a certificate of its own for `localhost`, and that
/// certificate. The name tells issuers apart.
#[cfg(feature = "http2")]
fn identity(name: &str, protocols: &[&[u8]]) -> (ServerConfig, String) {
    identity_of(params(name), protocols)
}

fn params(name: &str) -> rcgen::CertificateParams {
    let mut params = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name);
    params
}

/// How a server shows a certificate that it made for itself, and that certificate.
fn identity_of(params: rcgen::CertificateParams, protocols: &[&[u8]]) -> (ServerConfig, String) {
    let pair = rcgen::KeyPair::generate().unwrap();
    let made = params.self_signed(&pair).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(pair.serialize_der()));
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.der().clone()], key)
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    (config, made.pem())
}

/// Runs [`child`] with this trust store and fails if it fails.
async fn call(url: &str, trust: &Path, expected: &str) {
    call_with(url, trust, &[], expected).await;
}

/// [`call`] with further variables.
async fn call_with(url: &str, trust: &Path, variables: &[(&str, &str)], expected: &str) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture"]);
    for outer in [
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
    ] {
        command.env_remove(outer);
    }
    command
        .env("SSL_CERT_FILE", trust)
        .env("SSL_CERT_DIR", trust.with_extension("none"))
        .env(URL, url)
        .env(EXPECTED, expected)
        .envs(variables.iter().copied());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = output.await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{complaint}");
    assert!(text.contains(&format!("ended: {expected}")), "{text}");
}

/// The caller, when the variables are set; nothing otherwise.
#[tokio::test]
async fn child() {
    let (Ok(url), Ok(expected)) = (std::env::var(URL), std::env::var(EXPECTED)) else {
        return;
    };
    let mut settings = builder(aksk()).endpoint(url);
    if let Some(file) = std::env::var_os(CA) {
        settings = settings.ca_certificate(std::fs::read(file).unwrap());
    }
    if std::env::var_os(PROXY).is_some() {
        settings = settings.proxy_from_environment();
    }
    let ended = match settings.build(SERVICES) {
        // All of what the error says, where that is the question.
        built if std::env::var_os(SAYS).is_some() => {
            let text = match built {
                Ok(core) => match core.execute(&SHOW, None, show_request()).await {
                    Ok(response) => format!("HTTP {}", response.status()),
                    Err(error) => all_of(&error),
                },
                Err(error) => all_of(&error),
            };
            assert!(!text.contains(['\n', '\u{1b}', '\u{202e}']), "{text:?}");
            assert!(!text.contains("Hid"), "{text}");
            assert!(text.contains(&expected), "{text}");
            expected.clone()
        }
        Ok(core) => match core.execute(&SHOW, None, show_request()).await {
            Ok(response) => format!("HTTP {}", response.status()),
            Err(SendError::Transport(error)) if std::env::var_os(PROXY).is_some() => {
                let text = error.to_string();
                assert!(text.contains("through the proxy 127.0.0.1:"), "{text}");
                assert!(!text.contains("Hidden"), "{text}");
                assert!(!error.may_have_been_processed(), "{text}");
                format!("{:?}", error.kind())
            }
            Err(SendError::Transport(error)) => {
                assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
                assert!(!error.may_have_been_processed());
                "not trusted".to_owned()
            }
            Err(error) => error.to_string(),
        },
        Err(BuilderError::Transport(error)) => {
            assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
            if error.to_string().contains("BEGIN CERTIFICATE") {
                "no certificate".to_owned()
            } else {
                "no trust store".to_owned()
            }
        }
        Err(error) => error.to_string(),
    };
    println!("ended: {ended}");
    assert_eq!(ended, expected);
}

#[tokio::test]
async fn a_trusted_server_is_called() {
    let (url, trust) = start("trusted").await;
    call(&url, &trust, "HTTP 200").await;
}

#[tokio::test]
async fn another_server_s_certificate_is_refused() {
    let (url, _) = start("own").await;
    let (_, other) = start("other").await;
    call(&url, &other, "not trusted").await;
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (url, trust) = start("name").await;
    call(
        &url.replace("localhost", "127.0.0.1"),
        &trust,
        "not trusted",
    )
    .await;
}

// Other libraries look for the trust store when they connect.
#[cfg(feature = "rustls")]
#[tokio::test]
async fn without_any_certificate_https_is_refused_when_the_client_is_built() {
    let nothing = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-such-file.pem");
    call("https://localhost:1", &nothing, "no trust store").await;
}

#[tokio::test]
async fn an_own_authority_is_trusted_in_addition() {
    let (url, own) = start("authority").await;
    let (system_url, system) = start("system").await;
    let ca = own.to_str().unwrap();
    let both = format!(
        "{}{}",
        std::fs::read_to_string(&system).unwrap(),
        std::fs::read_to_string(&own).unwrap()
    );
    let both_file = own.with_extension("both.pem");
    std::fs::write(&both_file, both).unwrap();
    let nothing = own.with_extension("nothing.pem");
    for (url, trust, ca) in [
        (&url, &system, ca),
        (&system_url, &system, ca),
        (&url, &nothing, ca),
        (&url, &nothing, both_file.to_str().unwrap()),
    ] {
        call_with(url, trust, &[(CA, ca)], "HTTP 200").await;
    }
}

#[tokio::test]
async fn an_authority_that_is_none_is_refused_when_the_client_is_built() {
    let (url, trust) = start("refusing").await;
    let begun = "-----BEGIN CERTIFICATE-----\nMIIB";
    for (number, text) in ["", "der", begun].into_iter().enumerate() {
        let file = trust.with_extension(format!("{number}.pem"));
        std::fs::write(&file, text).unwrap();
        let ca = file.to_str().unwrap();
        call_with(&url, &trust, &[(CA, ca)], "no certificate").await;
    }
}

/// A proxy that carries connections, and counts them.
async fn proxy() -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let count = Arc::new(AtomicUsize::new(0));
    let carried = count.clone();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut head = Vec::new();
            while !head.windows(4).any(|part| part == b"\r\n\r\n") {
                assert!(client.read_buf(&mut head).await.unwrap() > 0);
            }
            let head = String::from_utf8(head).unwrap();
            let target = head.strip_prefix("CONNECT ").unwrap();
            let target = target.split(' ').next().unwrap();
            // Nothing of the request itself may be visible here.
            assert!(!head.contains("Hidden") && !head.contains("/v2/"), "{head}");
            count.fetch_add(1, Ordering::SeqCst);
            let mut server = tokio::net::TcpStream::connect(target).await.unwrap();
            client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            tokio::spawn(async move {
                let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
            });
        }
    });
    (url, carried)
}

#[tokio::test]
async fn the_proxy_of_the_environment_is_used_on_request() {
    let (url, trust) = start("proxied").await;
    let (proxy, carried) = proxy().await;
    let asked = (PROXY, "1");
    for (variables, count) in [
        (&[("HTTPS_PROXY", proxy.as_str())][..], 0),
        (&[("HTTPS_PROXY", proxy.as_str()), asked], 1),
        (&[("all_proxy", proxy.as_str()), asked], 2),
        (
            &[
                ("HTTPS_PROXY", proxy.as_str()),
                ("NO_PROXY", "localhost"),
                asked,
            ],
            2,
        ),
        (&[asked], 2),
    ] {
        call_with(&url, &trust, variables, "HTTP 200").await;
        assert_eq!(carried.load(Ordering::SeqCst), count, "{variables:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_and_asked_once() {
    let responses: [(&[u8], &str, usize); 2] = [
        (
            b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n",
            "Other",
            1,
        ),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", "Connect", 3),
    ];
    for (bytes, kind, times) in responses {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = format!("http://user:Hidden@{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let mut head = Vec::new();
                while !head.windows(4).any(|part| part == b"\r\n\r\n") {
                    assert!(client.read_buf(&mut head).await.unwrap() > 0);
                }
                count.fetch_add(1, Ordering::SeqCst);
                client.write_all(bytes).await.unwrap();
            }
        });
        let (_, trust) = start("refusing_proxy").await;
        let variables = [("HTTPS_PROXY", proxy.as_str()), (PROXY, "1")];
        call_with("https://localhost:1", &trust, &variables, kind).await;
        assert_eq!(asked.load(Ordering::SeqCst), times);
    }
}

#[tokio::test]
async fn plain_http_does_not_go_through_the_proxy() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let (proxy, carried) = proxy().await;
    let nothing = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-such-file.pem");
    let variables = [
        ("HTTP_PROXY", proxy.as_str()),
        ("http_proxy", &proxy),
        ("ALL_PROXY", &proxy),
        (PROXY, "1"),
    ];
    call_with(&server.url, &nothing, &variables, "HTTP 200").await;
    assert_eq!(carried.load(Ordering::SeqCst), 0);
    server.only_request();
}

/// A server for `localhost` that speaks HTTP/2 with those who offer it and
/// hangs up on the others; its URL and its certificate.
#[cfg(feature = "http2")]
async fn start_http2() -> (String, String) {
    let (config, pem) = identity("http2", &[b"h2", b"http/1.1"]);
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let authority = format!("localhost:{}", listener.local_addr().unwrap().port());
    let url = format!("https://{authority}");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let stream = acceptor.accept(stream).await.unwrap();
            if stream.get_ref().1.alpn_protocol() == Some(b"h2") {
                tokio::spawn(respond_in_http2(stream, authority.clone()));
            }
        }
    });
    (url, pem)
}

#[cfg(feature = "http2")]
async fn respond_in_http2(
    stream: tokio_rustls::server::TlsStream<tokio::net::TcpStream>,
    authority: String,
) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        assert_eq!(request.uri().authority().unwrap().as_str(), authority);
        assert_eq!(request.headers()["host"], authority.as_str());
        assert!(request.headers().contains_key("authorization"));
        let mut response = http::Response::new(());
        if let Some(lines) = request.uri().path().strip_prefix("/lines/") {
            for number in 0..lines.parse().unwrap() {
                let name = http::HeaderName::try_from(format!("x-line-{number}")).unwrap();
                let value = http::HeaderValue::from_static("1");
                response.headers_mut().insert(name, value);
            }
        }
        let mut body = respond.send_response(response, false).unwrap();
        body.send_data("{}".into(), true).unwrap();
    }
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn a_response_in_http_2_may_have_as_many_headers() {
    let (url, pem) = start_http2().await;
    let settings = builder(aksk()).endpoint(url).ca_certificate(pem);
    let core = settings.http2().build(SERVICES).unwrap();
    // The server adds as many as this path asks for.
    for (lines, is_read) in [(1_000, true), (10_000, false)] {
        let request = RequestBuilder::get(format!("/lines/{lines}")).build();
        let result = core.execute(&SHOW, None, request.unwrap()).await;
        assert_eq!(result.is_ok(), is_read, "{result:?}");
    }
}

#[cfg(feature = "http2")]
#[tokio::test]
async fn http_2_is_spoken_on_request_alone() {
    let (url, pem) = start_http2().await;
    let settings = builder(aksk()).endpoint(url).ca_certificate(pem);

    let core = settings.clone().http2().build(SERVICES).unwrap();
    for _ in 0..2 {
        let response = core.execute(&SHOW, None, show_request()).await.unwrap();
        assert_eq!(response.status(), 200);
    }

    let core = settings.build(SERVICES).unwrap();
    let error = core.execute(&SHOW, None, show_request()).await;
    assert!(matches!(error, Err(SendError::Transport(_))), "{error:?}");
}

#[tokio::test]
async fn a_password_with_an_at_sign_is_refused_and_not_shown() {
    let (_, trust) = start("at_sign").await;
    for proxy in [
        "http://user:Hid@HiddenRest@127.0.0.1:9",
        "user:Hid@HiddenRest@127.0.0.1:9",
        "https://user@Hid:HiddenRest@127.0.0.1:9",
        "http://user:Hid/HiddenRest@127.0.0.1:9",
        "http://user:Hidden#Rest@127.0.0.1:9",
    ] {
        let variables = [("HTTPS_PROXY", proxy), (PROXY, "1"), (SAYS, "1")];
        call_with("https://localhost:1", &trust, &variables, "HTTPS_PROXY").await;
    }
    // Encoded, it goes where it should.
    let variables = [
        ("HTTPS_PROXY", "http://user:Hid%40HiddenRest@127.0.0.1:9"),
        ("NO_PROXY", "user:Hidden@example.com, Hidden\n"),
        (PROXY, "1"),
        (SAYS, "1"),
    ];
    let expected = "through the proxy 127.0.0.1:9";
    call_with("https://localhost:1", &trust, &variables, expected).await;
}
