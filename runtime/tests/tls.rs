//! https through the default transport, against the trust store of the system.
//!
//! The trust store is chosen by the environment, and a process should not
//! change its own, so each test runs the caller in a child process of the same
//! program.
#![cfg(feature = "rustls")]
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

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

/// A server for `localhost`, and the file with the certificate to trust.
async fn start(name: &str) -> (String, PathBuf) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pem"));
    std::fs::write(&file, made.cert.pem()).unwrap();

    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
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
                let bytes = answer(200, &[("Connection", "close")], "{}");
                stream.write_all(&bytes).await.unwrap();
                stream.shutdown().await.unwrap();
            }
        }
    });
    (url, file)
}

/// Runs [`child`] with this trust store and fails if it fails.
async fn call(url: &str, trust: &Path, expected: &str) {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "child", "--nocapture"])
        .env("SSL_CERT_FILE", trust)
        .env("SSL_CERT_DIR", trust.with_extension("none"))
        .env(URL, url)
        .env(EXPECTED, expected);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = output.await.unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}");
    assert!(text.contains(&format!("ended: {expected}")), "{text}");
}

/// The caller, when the variables are set; nothing otherwise.
#[tokio::test]
async fn child() {
    let (Ok(url), Ok(expected)) = (std::env::var(URL), std::env::var(EXPECTED)) else {
        return;
    };
    let ended = match builder(aksk()).endpoint(url).build(SERVICES) {
        Ok(core) => match core.execute(&SHOW, None, show_request()).await {
            Ok(response) => format!("HTTP {}", response.status()),
            Err(SendError::Transport(error)) => {
                assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
                assert!(!error.may_have_been_processed());
                "not trusted".to_owned()
            }
            Err(error) => error.to_string(),
        },
        Err(BuilderError::Transport(error)) => {
            assert_eq!(error.kind(), TransportErrorKind::Tls, "{error:?}");
            "no trust store".to_owned()
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

#[tokio::test]
async fn without_any_certificate_https_is_refused_when_the_client_is_built() {
    let nothing = Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-such-file.pem");
    call("https://localhost:1", &nothing, "no trust store").await;
}
