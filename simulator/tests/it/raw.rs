//! A client of nothing but a socket.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use openapi_simulator::RunningSimulator;
use serde_json::Value;

/// A request being put together.
#[derive(Clone)]
pub struct Call {
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// What came back.
#[derive(Debug, Default)]
pub struct Response {
    pub status: u16,
    pub head: String,
    pub body: String,
    /// What the connection ended in, if not in an orderly way.
    pub error: Option<std::io::ErrorKind>,
}

impl Call {
    pub fn new(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: String::new(),
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With what the scheme `token` of the shop asks for.
    pub fn token(self) -> Self {
        self.header("Authorization", "Bearer t")
    }

    pub fn json(self, body: &Value) -> Self {
        let mut call = self.header("Content-Type", "application/json");
        call.body = body.to_string();
        call
    }

    pub fn form(self, body: &str) -> Self {
        let mut call = self.header("Content-Type", "application/x-www-form-urlencoded");
        call.body = body.to_owned();
        call
    }

    pub fn fault(self, fault: &str) -> Self {
        self.header("X-Simulator-Fault", fault)
    }

    /// Sends it on a connection of its own and reads until that ends.
    pub async fn send(self, to: &RunningSimulator) -> Response {
        let host = to.endpoint().replace("http://", "");
        tokio::task::spawn_blocking(move || self.exchange(&host))
            .await
            .unwrap()
    }

    fn exchange(self, host: &str) -> Response {
        let mut stream = TcpStream::connect(host).unwrap();
        let timeout = Some(Duration::from_secs(20));
        stream.set_read_timeout(timeout).unwrap();
        let mut request = format!("{} {} HTTP/1.1\r\nHost: {host}\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        let length = self.body.len();
        request.push_str(&format!(
            "Content-Length: {length}\r\nConnection: close\r\n\r\n"
        ));
        request.push_str(&self.body);
        stream.write_all(request.as_bytes()).unwrap();
        let mut received = Vec::new();
        let error = stream.read_to_end(&mut received).err();
        let text = String::from_utf8(received).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
        Response {
            status: status.unwrap_or_default(),
            head: head.to_ascii_lowercase(),
            body: body.to_owned(),
            error: error.map(|error| error.kind()),
        }
    }
}

impl Response {
    pub fn header(&self, name: &str) -> &str {
        let mut lines = self.head.lines().filter_map(|it| it.split_once(": "));
        let found = lines.find(|(header, _)| *header == name);
        found.map_or("", |(_, value)| value)
    }

    pub fn reason(&self) -> &str {
        self.header("x-simulator-reason")
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}
