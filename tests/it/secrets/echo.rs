//! A server on a real socket that responds in one manner and repeats what it was sent.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The token that every response hands out, asked for or not.
pub const SUBJECT_TOKEN: &str = "SubjectLeakCanary+/=00000000000000000007";
/// The secrets of the keys that the server gives for an agency.
pub const AGENCY_SECRET_KEY: &str = "SkAgencyLeakCanary+/=0000000000000000008";
pub const AGENCY_TOKEN: &str = "StsAgencyLeakCanary+/=000000000000000009";

/// How the server responds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// 200 with a body every operation takes, and what was sent beside it.
    Success,
    /// 200 that says no.
    Refuse200,
    /// 400 as documented, with what was sent as the message.
    Documented,
    /// 418 with what was sent as the message.
    Undocumented,
    /// 502 with an HTML page that shows what was sent.
    Html,
    /// 302 to an address that holds what was sent.
    Redirect,
    /// 200 with what was sent where a flag or code should be, and cut off.
    Truncated,
    /// 200 with a body of the wrong types that holds what was sent.
    WrongType,
    /// The connection is closed without a response.
    Hangup,
}

impl Manner {
    pub const ALL: [Self; 9] = [
        Self::Success,
        Self::Refuse200,
        Self::Documented,
        Self::Undocumented,
        Self::Html,
        Self::Redirect,
        Self::Truncated,
        Self::WrongType,
        Self::Hangup,
    ];

    fn respond(self, head: &str, body: &str) -> Option<Vec<u8>> {
        let signs_in = ["/v3/auth/tokens", "/v3.0/OS-AUTH/id-token/tokens"]
            .iter()
            .any(|path| head.starts_with(&format!("POST {path}")));
        let assumes = head.starts_with("POST /v3.0/OS-CREDENTIAL/securitytokens");
        let everything = format!("{head} {body}").replace("\r\n", " ");
        let quoted = serde_json::to_string(&everything).expect("a string serializes");
        let json = "application/json";
        let (status, media_type, text) = match self {
            Self::Success if signs_in => (
                "201 Created",
                json,
                format!(
                    r#"{{"token":{{"expires_at":"2099-01-01T00:00:00.000000Z","user":{{"name":{quoted}}}}}}}"#
                ),
            ),
            Self::Success if assumes => (
                "201 Created",
                json,
                format!(
                    r#"{{"credential":{{"access":"AKAGENCY","secret":"{AGENCY_SECRET_KEY}","securitytoken":"{AGENCY_TOKEN}","description":{quoted}}}}}"#
                ),
            ),
            Self::Success => (
                "200 OK",
                json,
                format!(r#"{{"resetpwd_flag":"True","code":"1","message":{quoted}}}"#),
            ),
            Self::Refuse200 => (
                "200 OK",
                json,
                format!(r#"{{"resetpwd_flag":{quoted},"code":"3","message":{quoted}}}"#),
            ),
            Self::Documented => (
                "400 Bad Request",
                json,
                format!(
                    r#"{{"error_code":{quoted},"error_msg":{quoted},"error_description":{quoted}}}"#
                ),
            ),
            Self::Undocumented => (
                "418 I'm a teapot",
                json,
                format!(r#"{{"error":{{"code":{quoted},"message":{quoted}}}}}"#),
            ),
            Self::Html => (
                "502 Bad Gateway",
                "text/html",
                format!("<html><title>{everything}</title></html>"),
            ),
            Self::Redirect => ("302 Found", "text/plain", everything.clone()),
            Self::Truncated => (
                "200 OK",
                json,
                format!(r#"{{"resetpwd_flag":{quoted},"code":{quoted}"#),
            ),
            Self::WrongType => ("200 OK", json, format!("[{quoted}, {body}]")),
            Self::Hangup => return None,
        };
        let location = if self == Self::Redirect {
            let readable: String = body.chars().filter(|c| c.is_ascii_graphic()).collect();
            format!("Location: https://elsewhere.example/{readable}?{readable}\r\n")
        } else {
            String::new()
        };
        let response = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nX-Request-Id: r-1\r\nX-Subject-Token: {SUBJECT_TOKEN}\r\n{location}Content-Length: {}\r\n\r\n{text}",
            text.len()
        );
        Some(response.into_bytes())
    }
}

/// The server while it runs.
pub struct Echo {
    address: std::net::SocketAddr,
    received: Arc<Mutex<String>>,
    task: tokio::task::JoinHandle<()>,
}

impl Echo {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener
            .local_addr()
            .expect("a bound socket has an address");
        let received = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&received);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, manner, Arc::clone(&kept)));
            }
        });
        Self {
            address,
            received,
            task,
        }
    }

    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All that arrived, heads and bodies.
    pub fn received(&self) -> String {
        self.received
            .lock()
            .expect("no connection panicked")
            .clone()
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, manner: Manner, received: Arc<Mutex<String>>) {
    let mut bytes = Vec::new();
    loop {
        let Some((head, body, rest)) = read_request(&mut stream, &mut bytes).await else {
            return;
        };
        received
            .lock()
            .expect("no connection panicked")
            .push_str(&format!("{head}\n{body}\n"));
        match manner.respond(&head, &body) {
            Some(response) if stream.write_all(&response).await.is_ok() => {}
            _ => return,
        }
        bytes = rest;
    }
}

/// One request: its head, its body, and what came after it.
async fn read_request(
    stream: &mut TcpStream,
    bytes: &mut Vec<u8>,
) -> Option<(String, String, Vec<u8>)> {
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
            let length = head
                .lines()
                .find_map(|line| {
                    line.to_ascii_lowercase()
                        .strip_prefix("content-length:")?
                        .trim()
                        .parse()
                        .ok()
                })
                .unwrap_or(0_usize);
            if bytes.len() >= end + 4 + length {
                let body = String::from_utf8_lossy(&bytes[end + 4..end + 4 + length]).into_owned();
                return Some((head, body, bytes[end + 4 + length..].to_vec()));
            }
        }
        let mut more = [0; 4096];
        match stream.read(&mut more).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&more[..count]),
        }
    }
}
