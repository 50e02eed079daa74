//! A server on this machine, with files that tests put there.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

/// What is at each path: a head and a body.
type Files = Arc<Mutex<BTreeMap<String, (String, String)>>>;

/// A server; what it does not have is not found, and what has not changed is not sent again.
pub struct Server {
    pub address: String,
    files: Files,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let files = Files::default();
        let known = Arc::clone(&files);
        std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                let lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let request: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
                let path = request.first().and_then(|line| line.split(' ').nth(1));
                let path = path.and_then(|it| it.split('?').next());
                let path = path.unwrap_or_default();
                let mut files = known.lock().expect("no test has failed here");
                let none = ("404 Not Found".to_owned(), "no".to_owned());
                let (head, body) = files.get_mut(path).cloned().unwrap_or(none);
                let asked_for_news = request
                    .iter()
                    .any(|line| line.to_lowercase().starts_with("if-none-match: \"same\""));
                let (head, body) = match asked_for_news && head.starts_with("200") {
                    true => ("304 Not Modified".to_owned(), String::new()),
                    false => (head, body),
                };
                let length = body.len();
                let _ = write!(
                    stream,
                    "HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
                );
            }
        });
        Self { address, files }
    }

    /// Puts a response to a path: a status with further lines, and a body.
    pub fn put(&self, path: &str, head: &str, body: &str) {
        let mut files = self.files.lock().expect("no test has failed here");
        files.insert(path.to_owned(), (head.to_owned(), body.to_owned()));
    }
}
