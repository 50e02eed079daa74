use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::*;

/// A server by hand: responds to each connection with the next of its responses, remembers what was asked.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(responses: Vec<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&asked);
        std::thread::spawn(move || {
            for response in responses {
                let Ok((mut stream, _)) = listener.accept() else {
                    return;
                };
                heard.lock().unwrap().push(request(&stream));
                if response.is_empty() {
                    // Says nothing until the other side gives up.
                    let _ = stream.read(&mut [0; 1]);
                }
                let _ = stream.write_all(&response);
            }
        });
        Self { address, asked }
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn request(stream: &TcpStream) -> String {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let lines: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
    lines.join("\n").to_lowercase()
}

fn response(head: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {head}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

fn get(server: &Server, folder: &Path, pages: usize) -> Vec<String> {
    let wanted: Vec<Wanted> = (0..pages)
        .map(|index| Wanted {
            operation: format!("tide/Show{index}"),
            url: format!("{}/page_{index}.html", server.address),
        })
        .collect();
    let options = FetchOptions {
        pause: Duration::from_millis(1),
        timeout: Duration::from_millis(1500),
        largest: 1000,
    };
    let mut out = Vec::new();
    fetch(&wanted, folder, &options, |page, fetched| {
        let what = match fetched {
            Ok(Fetched::New { path, bytes }) => {
                format!("new {} {bytes}", path.file_name().unwrap().display())
            }
            Ok(Fetched::Unchanged { path }) => {
                format!("unchanged {}", path.file_name().unwrap().display())
            }
            Err(error) => error.to_string().replace(&server.address, "SERVER"),
        };
        out.push(format!("{}: {what}", page.operation));
    });
    out
}

#[test]
fn a_page_is_fetched_once_and_then_only_asked_after() {
    let server = Server::start(vec![
        response(
            "200 OK\r\ncontent-type: text/html; charset=utf-8\r\netag: \"one\"\r\nlast-modified: Sat, 21 Nov 2026 10:00:00 GMT",
            "<p>tide</p>",
        ),
        response("304 Not Modified", ""),
        response(
            "200 OK\r\ncontent-type: text/html\r\netag: \"two\"",
            "<p>ebb</p>",
        ),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    assert_eq!(
        get(&server, &cache, 1),
        ["tide/Show0: new tide_Show0.html 11"]
    );
    assert_eq!(
        get(&server, &cache, 1),
        ["tide/Show0: unchanged tide_Show0.html"]
    );
    assert_eq!(
        std::fs::read_to_string(cache.join("tide_Show0.html")).unwrap(),
        "<p>tide</p>"
    );
    assert_eq!(
        get(&server, &cache, 1),
        ["tide/Show0: new tide_Show0.html 10"]
    );
    assert_eq!(
        std::fs::read_to_string(cache.join("tide_Show0.html")).unwrap(),
        "<p>ebb</p>"
    );
    let asked = server.asked();
    assert!(
        asked[0].starts_with("get /page_0.html http/1.1"),
        "{}",
        asked[0]
    );
    assert!(
        asked[0].contains("user-agent: huaweicloud-drift/"),
        "{}",
        asked[0]
    );
    assert!(!asked[0].contains("if-none-match"));
    assert!(asked[1].contains("if-none-match: \"one\""), "{}", asked[1]);
    assert!(
        asked[1].contains("if-modified-since: sat, 21 nov 2026 10:00:00 gmt"),
        "{}",
        asked[1]
    );
}

#[test]
fn every_failure_says_what_happened_and_the_rest_goes_on() {
    let large = "x".repeat(2000);
    let server = Server::start(vec![
        response("404 Not Found", "no"),
        response("429 Too Many Requests", "no"),
        response("503 Service Unavailable", "no"),
        response("200 OK", &large),
        response("200 OK", ""),
        b"nonsense\r\n\r\n".to_vec(),
        Vec::new(),
        response("200 OK\r\ncontent-type: text/markdown", "# Tide"),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let out = get(&server, folder.path(), 8);
    for (line, part) in out.iter().zip([
        "SERVER/page_0.html responded with status 404; the page moved or is gone",
        "status 429; it wants fewer requests",
        "status 503; the server has trouble",
        "SERVER/page_3.html is larger than 1000 bytes",
        "SERVER/page_4.html responded with nothing",
        "SERVER/page_5.html cannot be reached",
        "SERVER/page_6.html took too long",
        "tide/Show7: new tide_Show7.md 6",
    ]) {
        assert!(line.contains(part), "{line}");
    }
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 2, "only the page that came and its state");
}

#[test]
fn what_is_no_readable_page_leaves_the_old_one() {
    let server = Server::start(vec![
        response(
            "200 OK\r\ncontent-type: text/html; charset=\"UTF-8\"",
            "old",
        ),
        response("200 OK\r\ncontent-type: application/pdf", "new"),
        response("200 OK\r\ncontent-type: text/html; charset=gbk", "new"),
        response(
            "200 OK\r\ncontent-type: text/html\r\ncontent-encoding: br",
            "new",
        ),
    ]);
    let folder = tempfile::tempdir().unwrap();
    get(&server, folder.path(), 1);
    for what in [
        "content type `application/pdf`",
        "character set `gbk`",
        "content encoding `br`",
    ] {
        let out = get(&server, folder.path(), 1);
        assert!(out[0].contains(what), "{}", out[0]);
        let page = std::fs::read_to_string(folder.path().join("tide_Show0.html"));
        assert_eq!(page.unwrap(), "old");
    }
}

#[test]
fn addresses_that_lead_nowhere_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let page = |url: &str| Wanted {
        operation: "tide/Show".into(),
        url: url.into(),
    };
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let wanted = [
        page("ftp://example.com/x"),
        page("http://"),
        page(&format!("http://{closed}/")),
    ];
    let mut out = Vec::new();
    let options = FetchOptions {
        pause: Duration::ZERO,
        ..FetchOptions::default()
    };
    fetch(&wanted, folder.path(), &options, |_, it| {
        out.push(it.unwrap_err().to_string())
    });
    assert!(
        out[0].contains("ftp://example.com/x is not an address of the web"),
        "{}",
        out[0]
    );
    assert!(
        out[1].contains("is not an address") || out[1].contains("cannot be reached"),
        "{}",
        out[1]
    );
    assert!(out[2].contains("cannot be reached"), "{}", out[2]);
}

#[test]
fn a_state_that_points_elsewhere_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.http.json");
    for text in ["", "{", "{\"url\": 1}", r#"{"url": "u", "file": "../x"}"#] {
        std::fs::write(&path, text).unwrap();
        assert_eq!(State::read(&path), None, "{text}");
    }
}

#[test]
fn a_page_that_was_changed_by_hand_is_fetched_anew() {
    let page = response(
        "200 OK\r\ncontent-type: text/html\r\netag: \"one\"",
        "<p>tide</p>",
    );
    let server = Server::start(vec![page.clone(), page.clone(), page]);
    let folder = tempfile::tempdir().unwrap();
    get(&server, folder.path(), 1);
    for text in ["", "<p>side</p>"] {
        std::fs::write(folder.path().join("tide_Show0.html"), text).unwrap();
        assert_eq!(
            get(&server, folder.path(), 1),
            ["tide/Show0: new tide_Show0.html 11"]
        );
        let page = std::fs::read_to_string(folder.path().join("tide_Show0.html"));
        assert_eq!(page.unwrap(), "<p>tide</p>");
    }
    for asked in server.asked() {
        assert!(!asked.contains("if-none-match"), "{asked}");
    }
}
