//! Requests a second that the simulator takes, beside a server that looks at nothing: what checking
//! signatures, bodies and passwords, the state and the ledger cost.
//!
//! The requests are signed beforehand and written to kept connections, so that the client costs little;
//! it shares the machine with the server all the same.

use std::convert::Infallible;
use std::hint::black_box;
use std::time::SystemTime;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use http_body_util::{BodyExt, Full};
use huaweicloud_password_workbench::cloud::{self, DEMO_ACCESS_KEY, DEMO_SECRET_KEY, DEMO_TOKEN};
use huaweicloud_runtime::signing::{SigningInput, sign};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

const CONNECTIONS: usize = 8;
/// How many requests each connection sends, one after the other.
const EACH: usize = 50;
const PATH: &str = "/dws/v1.0/89cd04f168b84af6be287f71730fdb4b/clusters/4ca46bf1-5c61-48ff-b4f3-0ad4e5e3ba90/reset-password";
const BODY: &str = r#"{"new_password":"Correct-Horse-42"}"#;

/// A server that reads a body and responds with one, and nothing else.
async fn bare() -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let respond = async |request: Request<Incoming>| {
                    let body = request.into_body().collect().await;
                    black_box(body.is_ok());
                    Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"{}"))))
                };
                let connection = http1::Builder::new();
                connection
                    .serve_connection(TokioIo::new(stream), service_fn(respond))
                    .await
            });
        }
    });
    Ok(address)
}

fn request(host: &str, is_signed: bool) -> Vec<u8> {
    let headers = [("Content-Type", "application/json")];
    let mut lines = vec![format!("POST {PATH} HTTP/1.1"), format!("Host: {host}")];
    lines.push("Content-Type: application/json".to_owned());
    if is_signed {
        let signed = sign(
            &SigningInput {
                access_key: DEMO_ACCESS_KEY,
                secret_key: DEMO_SECRET_KEY,
                method: "POST",
                host,
                path: PATH,
                query: &[],
                headers: &headers,
                body: BODY.as_bytes(),
            },
            SystemTime::now(),
        );
        lines.push(format!("Authorization: {}", &*signed.authorization));
        let added = signed
            .added_headers
            .iter()
            .filter(|(name, _)| *name != "Host");
        lines.extend(added.map(|(name, value)| format!("{name}: {value}")));
    } else {
        lines.push(format!("X-Auth-Token: {DEMO_TOKEN}"));
    }
    lines.push(format!("Content-Length: {}", BODY.len()));
    format!("{}\r\n\r\n{BODY}", lines.join("\r\n")).into_bytes()
}

/// Sends a request again and again on a kept connection, and waits for each response.
async fn exchange(mut stream: TcpStream, request: Vec<u8>) -> std::io::Result<TcpStream> {
    let mut buffer = vec![0; 4096];
    for _ in 0..EACH {
        stream.write_all(&request).await?;
        // Responses are small: one piece each.
        let read = stream.read(&mut buffer).await?;
        let is_fine = buffer
            .get(..read)
            .is_some_and(|it| it.starts_with(b"HTTP/1.1 200"));
        assert!(is_fine, "{}", String::from_utf8_lossy(&buffer[..read]));
    }
    Ok(stream)
}

fn bench(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap_or_else(|error| panic!("no runtime: {error}"));
    let simulator = runtime.block_on(cloud::simulator().rate_limits(false).start());
    let simulator = simulator.unwrap_or_else(|error| panic!("no simulator: {error}"));
    let bare = runtime.block_on(bare());
    let bare = bare.unwrap_or_else(|error| panic!("no server: {error}"));
    let simulated = simulator.endpoint().replace("http://", "");
    let mut group = criterion.benchmark_group("simulator");
    group.throughput(Throughput::Elements((CONNECTIONS * EACH) as u64));
    for (name, host, is_signed) in [
        ("a server that looks at nothing", &bare, true),
        ("simulator, by token", &simulated, false),
        ("simulator, signature checked", &simulated, true),
    ] {
        let request = request(host, is_signed);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                runtime.block_on(async {
                    let mut calls = tokio::task::JoinSet::new();
                    for _ in 0..CONNECTIONS {
                        let (host, request) = (host.clone(), request.clone());
                        calls.spawn(async move {
                            let stream = TcpStream::connect(host).await?;
                            exchange(stream, request).await
                        });
                    }
                    while let Some(ended) = calls.join_next().await {
                        assert!(ended.is_ok_and(|it| it.is_ok()), "a call failed");
                    }
                });
            });
        });
    }
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
