//! A server that takes every request and says yes, over plain HTTP and over TLS.

use std::convert::Infallible;
use std::sync::Arc;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// What the DCS page shows as the response to a reset.
const BODY: &str = r#"{"lock_time":"0","lock_time_left":"0","retry_times_left":"5","code":"1","message":"success","ext_message":null}"#;

/// Where one of them listens.
pub struct Server {
    pub scheme: &'static str,
    /// Name and port.
    pub host: String,
}

/// Both servers, and the certificate to trust, in PEM.
pub struct Servers {
    pub http: Server,
    pub https: Server,
    pub certificate: String,
}

/// Starts both on a thread of their own, for as long as the process lasts.
pub fn start() -> Servers {
    let (acceptor, certificate) = identity();
    let (plain, http) = listen("http");
    let (encrypted, https) = listen("https");
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            tokio::join!(serve(plain, None), serve(encrypted, Some(acceptor)));
        });
    });
    Servers {
        http,
        https,
        certificate,
    }
}

/// A certificate for `localhost` that vouches for itself.
fn identity() -> (TlsAcceptor, String) {
    let params = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
    let pair = rcgen::KeyPair::generate().unwrap();
    let made = params.self_signed(&pair).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(pair.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.der().clone()], key)
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), made.pem())
}

fn listen(scheme: &'static str) -> (std::net::TcpListener, Server) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let host = format!("localhost:{}", listener.local_addr().unwrap().port());
    (listener, Server { scheme, host })
}

async fn serve(listener: std::net::TcpListener, acceptor: Option<TlsAcceptor>) {
    let listener = TcpListener::from_std(listener).unwrap();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        stream.set_nodelay(true).unwrap();
        match acceptor.clone() {
            None => {
                tokio::spawn(connection(stream));
            }
            Some(acceptor) => {
                tokio::spawn(
                    async move { connection(acceptor.accept(stream).await.unwrap()).await },
                );
            }
        }
    }
}

async fn connection(stream: impl AsyncRead + AsyncWrite + Unpin) {
    // The end of a connection is no matter of the calls that were made over it.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service_fn(respond))
        .await;
}

async fn respond(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let body = request.into_body().collect().await.unwrap().to_bytes();
    assert!(!body.is_empty());
    let mut response = Response::new(Full::new(Bytes::from_static(BODY.as_bytes())));
    for (name, value) in [
        ("content-type", "application/json"),
        ("x-request-id", "4abc87d1b9e0a3c14abc87d1b9e0a3c1"),
    ] {
        let value = hyper::header::HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}
