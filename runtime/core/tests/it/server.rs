//! A server that keeps what it got and responds by rule.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// The response to a request: status and body.
pub type Response = (u16, String);

/// Every request that arrived, as it came.
pub struct Server {
    pub url: String,
    arrived: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn start(respond: impl Fn(&str) -> Response + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let (seen, respond) = (Arc::clone(&arrived), Arc::new(respond));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&seen), Arc::clone(&respond)));
            }
        });
        Self { url, arrived }
    }

    pub fn arrived(&self) -> Vec<String> {
        self.arrived.lock().unwrap().clone()
    }
}

/// Requests of one connection; none of them has a body.
async fn serve(
    mut stream: TcpStream,
    seen: Arc<Mutex<Vec<String>>>,
    respond: Arc<impl Fn(&str) -> Response>,
) {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        text.push_str(&String::from_utf8_lossy(&buffer[..read]));
        let Some((request, rest)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        seen.lock().unwrap().push(request.to_owned());
        let (status, body) = respond(request);
        let length = body.len();
        let written = format!(
            "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        text = rest.to_owned();
        if stream.write_all(written.as_bytes()).await.is_err() {
            return;
        }
    }
}
