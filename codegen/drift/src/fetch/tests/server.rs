//! A server on this machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A server by hand: responds to each connection with the next of its responses, remembers what was
/// asked. What is asked for as Markdown is not there, unless it has responses for that too.
pub(super) struct Server {
    pub(super) address: String,
    pub(super) asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(super) fn start(responses: Vec<Vec<u8>>) -> Self {
        Self::with_markdown(responses, Vec::new())
    }

    pub(super) fn with_markdown(responses: Vec<Vec<u8>>, markdown: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        let own = address.clone();
        std::thread::spawn(move || {
            let (mut responses, mut markdown) = (responses.into_iter(), markdown.into_iter());
            while let Ok((mut stream, _)) = listener.accept() {
                let request = request(&stream);
                let is_markdown = request
                    .split(' ')
                    .nth(1)
                    .is_some_and(|it| it.ends_with(".md"));
                let response = match is_markdown {
                    true => markdown.next().or(Some(response("404 Not Found", "no"))),
                    false => responses.next(),
                };
                heard.lock().unwrap().push(request);
                let Some(response) = response else { return };
                if response.is_empty() {
                    // Says nothing until the other side gives up.
                    let _ = stream.read(&mut [0; 1]);
                }
                let response = String::from_utf8(response).unwrap().replace("SERVER", &own);
                let _ = stream.write_all(response.as_bytes());
            }
        });
        Self { address, asked }
    }

    /// What was asked for, but for Markdown that is not there.
    pub(super) fn asked(&self) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .filter(|it| !it.contains(".md "))
            .cloned()
            .collect()
    }
}

fn request(stream: &TcpStream) -> String {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let lines: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    lines.join("\n").to_lowercase()
}

pub(super) fn response(head: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}
