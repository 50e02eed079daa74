//! A metadata service on a loopback port that counts what it is asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

pub const TOKEN_LINE: &str = "PUT /meta-data/latest/api/token";
pub const KEYS_LINE: &str = "GET /openstack/latest/securitykey";
pub const TOKEN: &str = "TokenOfMetadataHidden";

/// The head of a request: method and path, and all of it in lower case.
#[derive(Clone, Debug)]
pub struct Asked {
    pub line: String,
    pub head: String,
}

/// The response, and when it is given.
pub struct Reply {
    pub after: Duration,
    pub text: String,
}

impl Reply {
    pub fn now(status: u16, body: &str) -> Self {
        Self {
            after: Duration::ZERO,
            text: format!(
                "HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            ),
        }
    }

    pub fn after(mut self, wait: Duration) -> Self {
        self.after = wait;
        self
    }
}

pub struct Service {
    pub url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Service {
    /// Responds to requests for the token itself, and to those for keys by `keys`,
    /// which gets their number, from 1.
    pub async fn start(keys: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::with(move |asked, number| match asked.line.as_str() {
            TOKEN_LINE => Reply::now(200, TOKEN),
            KEYS_LINE => keys(number),
            _ => Reply::now(404, ""),
        })
        .await
    }

    /// Responds by `respond`, which gets the request and the number of its like.
    pub async fn with(respond: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, respond) = (asked.clone(), Arc::new(respond));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (log, respond) = (log.clone(), respond.clone());
                tokio::spawn(async move { serve(stream, &log, &*respond).await });
            }
        });
        Self { url, asked }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// How often the token and the keys were asked for.
    pub fn counts(&self) -> (usize, usize) {
        let asked = self.asked();
        let count = |line| asked.iter().filter(|asked| asked.line == line).count();
        (count(TOKEN_LINE), count(KEYS_LINE))
    }
}

async fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<Asked>>,
    respond: &(impl Fn(&Asked, usize) -> Reply + ?Sized),
) {
    let mut buffer = Vec::new();
    loop {
        while !buffer.windows(4).any(|end| end == b"\r\n\r\n") {
            match stream.read_buf(&mut buffer).await {
                Ok(read) if read > 0 => {}
                _ => return,
            }
        }
        let head = String::from_utf8(std::mem::take(&mut buffer)).unwrap();
        let asked = Asked {
            line: head.split(" HTTP/").next().unwrap().to_owned(),
            head: head.to_ascii_lowercase(),
        };
        let number = {
            let mut log = log.lock().unwrap();
            log.push(asked.clone());
            log.iter().filter(|other| other.line == asked.line).count()
        };
        let reply = respond(&asked, number);
        tokio::time::sleep(reply.after).await;
        if stream.write_all(reply.text.as_bytes()).await.is_err() {
            return;
        }
    }
}
