//! A server on a loopback port that responds from a closure, and what the tests
//! of calls have in common.
#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test takes what it needs, and a helper fails by panicking"
)]

pub mod faults;
pub mod script;
pub mod watch;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use huaweicloud_runtime::generated::wire::{Request, RequestBuilder, SecretBytes};
use huaweicloud_runtime::generated::{Core, CoreBuilder};
use huaweicloud_runtime::transport::TransportFuture;
use huaweicloud_runtime::{
    Credentials, Operation, Password, Retry, RetryPolicy, ServiceEndpoints, Transport,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub const PROJECT: &str = "bbf1946d374b44a0a2a95533562ba954";
pub const ACCESS_KEY: &str = "AKIDHIDDEN0000000001";
pub const SECRET_KEY: &str = "SkHiddenKeyForTestsOnly0001";
pub const SECURITY_TOKEN: &str = "StHiddenTokenForTestsOnly0001";
pub const TOKEN: &str = "ToHiddenTokenForTestsOnly0001";
pub const PASSWORD: &str = "Pw\"Hidden\\<&>é 0001";

pub static SERVICES: &[ServiceEndpoints] = &[
    ServiceEndpoints::new(
        "dcs",
        &[("cn-north-4", "https://dcs.cn-north-4.example.com")],
    ),
    ServiceEndpoints::new(
        "dws",
        &[("cn-north-4", "https://dws.cn-north-4.example.com")],
    ),
];

pub static RESET: Operation = Operation::new(
    "dcs",
    "ResetPassword",
    "POST",
    "/v2/{project_id}/instances/{instance_id}/password/reset",
)
.content_type("application/json;charset=utf-8")
.retry(Retry::Unsafe)
.permissions(&["dcs:instance:resetAuthInfo"])
.secret_headers(&["x-extra-secret"]);

pub static SHOW: Operation = Operation::new(
    "dcs",
    "Show",
    "GET",
    "/v2/{project_id}/instances/{instance_id}",
)
.retry(Retry::Safe);

#[derive(serde::Serialize)]
pub struct ResetBody {
    pub new_password: Password,
}

pub fn reset_request() -> Request {
    RequestBuilder::post(format!("/v2/{PROJECT}/instances/i-1/password/reset"))
        .json(&ResetBody {
            new_password: Password::new(PASSWORD),
        })
        .build()
        .unwrap()
}

pub fn show_request() -> Request {
    RequestBuilder::get(format!("/v2/{PROJECT}/instances/i-1"))
        .build()
        .unwrap()
}

pub fn aksk() -> Credentials {
    Credentials::aksk(ACCESS_KEY, SECRET_KEY)
        .security_token(SECURITY_TOKEN)
        .project_id(PROJECT)
}

pub fn core_at(url: &str) -> Core {
    builder(aksk()).endpoint(url).build(SERVICES).unwrap()
}

pub fn builder(credentials: Credentials) -> CoreBuilder {
    CoreBuilder::new("cn-north-4").credentials(credentials)
}

/// A request as it came over the wire.
#[derive(Debug, Clone)]
pub struct Received {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Received {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self
            .headers
            .iter()
            .filter(|(given, _)| given.eq_ignore_ascii_case(name));
        let first = found.next().map(|(_, value)| value.as_str());
        assert!(found.next().is_none(), "{name} came twice");
        first
    }
}

/// Responds to each request of each connection with the bytes of a closure. No
/// bytes close the connection, and so does `Connection: close` among them.
pub struct Server {
    pub url: String,
    pub received: Arc<Mutex<Vec<Received>>>,
    pub connections: Arc<AtomicUsize>,
}

impl Server {
    pub async fn start(respond: impl Fn(&Received) -> Vec<u8> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let connections = Arc::new(AtomicUsize::new(0));
        let (log, count, respond) = (received.clone(), connections.clone(), Arc::new(respond));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, log.clone(), respond.clone()));
            }
        });
        Self {
            url,
            received,
            connections,
        }
    }

    pub fn only_request(&self) -> Received {
        let received = self.received.lock().unwrap();
        assert_eq!(received.len(), 1, "one request was expected");
        received[0].clone()
    }
}

async fn serve<F: Fn(&Received) -> Vec<u8>>(
    mut stream: TcpStream,
    log: Arc<Mutex<Vec<Received>>>,
    respond: Arc<F>,
) {
    let mut buffer = Vec::new();
    while let Some(request) = read_request(&mut stream, &mut buffer).await {
        log.lock().unwrap().push(request.clone());
        let bytes = respond(&request);
        let close = bytes.windows(17).any(|part| part == b"Connection: close");
        if bytes.is_empty() || stream.write_all(&bytes).await.is_err() || close {
            return;
        }
    }
}

async fn read_request(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Option<Received> {
    let end = loop {
        if let Some(at) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(buffer[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let length = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.parse().unwrap());
    while buffer.len() < end + 4 + length {
        if stream.read_buf(buffer).await.ok()? == 0 {
            return None;
        }
    }
    let body = buffer[end + 4..end + 4 + length].to_vec();
    buffer.drain(..end + 4 + length);
    Some(Received {
        method,
        target,
        headers,
        body,
    })
}

/// A response with a length.
pub fn response(status: u16, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// A transport that gives the same response to everything.
pub struct Canned {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub body: Bytes,
}

impl Canned {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::from(body.into()),
        }
    }

    pub fn core(self) -> Core {
        builder(aksk())
            .transport(Arc::new(self))
            // The response would be the same.
            .retry_policy(RetryPolicy::none())
            .build(SERVICES)
            .unwrap()
    }
}

impl Transport for Canned {
    fn send(&self, _: http::Request<SecretBytes>) -> TransportFuture<'_> {
        let mut response = http::Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(*name, value);
        }
        let response = response.body(self.body.clone()).unwrap();
        Box::pin(async move { Ok(response) })
    }
}
