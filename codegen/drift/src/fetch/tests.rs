mod server;

use std::net::TcpListener;

use server::{Server, response};

use super::*;

/// A page of an API call in HTML.
fn html(words: &str) -> String {
    format!("<h1>{words}</h1><h2>URI</h2><p>GET /v1/tides</p>")
}

/// The same in Markdown.
fn markdown(words: &str) -> String {
    format!("# {words}\n\n## URI\n\nGET /v1/tides\n")
}

fn get(server: &Server, folder: &Path, pages: usize) -> Vec<String> {
    let wanted: Vec<Wanted> = (0..pages)
        .map(|index| page(index, &format!("{}/page_{index}.html", server.address)))
        .collect();
    got(server, folder, &wanted)
}

fn page(index: usize, url: &str) -> Wanted {
    Wanted {
        operation: format!("tide/Show{index}"),
        kind: WantedKind::Page,
        url: url.to_owned(),
        written: Some(("spec/tide.yaml".into(), 7)),
    }
}

fn got(server: &Server, folder: &Path, wanted: &[Wanted]) -> Vec<String> {
    let options = FetchOptions {
        pause: Duration::from_millis(1),
        timeout: Duration::from_millis(1500),
        largest: 1000,
    };
    let mut out = Vec::new();
    fetch(wanted, folder, &options, |page, fetched| {
        let what = match fetched {
            Ok(Fetched { path, news, moved }) => {
                let news = news.map_or("unchanged".to_owned(), |bytes| format!("new {bytes}"));
                let moved = moved.map_or(String::new(), |it| {
                    format!(" moved to {}", it.replace(&server.address, "SERVER"))
                });
                format!("{news} {}{moved}", path.file_name().unwrap().display())
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
            &html("tide"),
        ),
        response("304 Not Modified", ""),
        response(
            "200 OK\r\ncontent-type: text/html\r\netag: \"two\"",
            &html("ebb"),
        ),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().join("cache");
    assert_eq!(
        get(&server, &cache, 1),
        ["tide/Show0: new 45 tide_Show0.html"]
    );
    assert_eq!(
        get(&server, &cache, 1),
        ["tide/Show0: unchanged tide_Show0.html"]
    );
    assert_eq!(
        std::fs::read_to_string(cache.join("tide_Show0.html")).unwrap(),
        html("tide")
    );
    assert_eq!(
        get(&server, &cache, 1),
        ["tide/Show0: new 44 tide_Show0.html"]
    );
    assert_eq!(
        std::fs::read_to_string(cache.join("tide_Show0.html")).unwrap(),
        html("ebb")
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
        response("200 OK\r\ncontent-type: text/markdown", &markdown("Tide")),
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
        "tide/Show7: new 30 tide_Show7.md",
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
            &html("old"),
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
        assert_eq!(page.unwrap(), html("old"));
    }
}

#[test]
fn addresses_that_lead_nowhere_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let wanted = [
        page(0, "ftp://example.com/x"),
        page(0, "http://"),
        page(0, &format!("http://{closed}/")),
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
        &html("tide"),
    );
    let server = Server::start(vec![page.clone(), page.clone(), page]);
    let folder = tempfile::tempdir().unwrap();
    get(&server, folder.path(), 1);
    for text in ["", "<p>side</p>"] {
        std::fs::write(folder.path().join("tide_Show0.html"), text).unwrap();
        assert_eq!(
            get(&server, folder.path(), 1),
            ["tide/Show0: new 45 tide_Show0.html"]
        );
        let page = std::fs::read_to_string(folder.path().join("tide_Show0.html"));
        assert_eq!(page.unwrap(), html("tide"));
    }
    for asked in server.asked() {
        assert!(!asked.contains("if-none-match"), "{asked}");
    }
}

#[test]
fn markdown_is_taken_where_there_is_some() {
    let text = |etag: &str, body: &str| {
        let head = format!("200 OK\r\ncontent-type: text/markdown\r\netag: \"{etag}\"");
        response(&head, body)
    };
    let page = |words: &str| response("200 OK\r\ncontent-type: text/html", &html(words));
    let server = Server::with_markdown(
        vec![
            page("one"),
            page("two"),
            page("three"),
            page("four"),
            page("five"),
        ],
        vec![
            response("302 Found\r\nlocation: SERVER/index.html", ""),
            response("200 OK\r\ncontent-type: text/html", &html("not there")),
            response("200 OK\r\ncontent-type: text/markdown", "# Not there\n"),
            response(
                "200 OK\r\ncontent-type: text/plain",
                &html("not there").replacen('<', "<!DOCTYPE html><", 1),
            ),
            text("one", &markdown("text")),
            response("304 Not Modified", ""),
            response("503 Service Unavailable", "no"),
            response("404 Not Found", "no"),
        ],
    );
    let folder = tempfile::tempdir().unwrap();
    let files = || {
        let mut names: Vec<String> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|it| it.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    for size in [44, 44, 46, 45] {
        assert_eq!(
            get(&server, folder.path(), 1),
            [format!("tide/Show0: new {size} tide_Show0.html")]
        );
    }
    assert_eq!(
        get(&server, folder.path(), 1),
        ["tide/Show0: new 30 tide_Show0.md"]
    );
    assert_eq!(
        files(),
        ["tide_Show0.http.json", "tide_Show0.md"],
        "one form of it"
    );
    assert_eq!(
        get(&server, folder.path(), 1),
        ["tide/Show0: unchanged tide_Show0.md"]
    );
    // What was Markdown does not become another form because the server has trouble.
    assert!(get(&server, folder.path(), 1)[0].contains("503"));
    assert_eq!(files(), ["tide_Show0.http.json", "tide_Show0.md"]);
    assert_eq!(
        get(&server, folder.path(), 1),
        ["tide/Show0: new 45 tide_Show0.html"]
    );
    assert_eq!(files(), ["tide_Show0.html", "tide_Show0.http.json"]);
    let asked = server.asked.lock().unwrap().clone();
    let of_markdown: Vec<&String> = asked.iter().filter(|it| it.contains(".md ")).collect();
    assert!(
        of_markdown[5].contains("if-none-match: \"one\""),
        "{}",
        of_markdown[5]
    );
    assert!(
        !of_markdown[4].contains("if-none-match"),
        "{}",
        of_markdown[4]
    );
}

#[test]
fn a_page_about_something_else_is_none_whatever_its_status() {
    let landing = "<h1>Help Centre</h1><p>Welcome.</p>";
    let found = "200 OK\r\ncontent-type: text/html";
    let circle = response("302 Found\r\nlocation: /page_0.html", "");
    let mut responses = vec![
        response(found, &html("old")),
        response("302 Found\r\nlocation: /index.html", ""),
        response(found, landing),
        response(found, "<h1>Page \u{1b}[31mnot found</h1>"),
    ];
    responses.extend(std::iter::repeat_n(circle, 6));
    let server = Server::start(responses);
    let folder = tempfile::tempdir().unwrap();
    get(&server, folder.path(), 1);
    for what in [
        "no page of an API call but \"Help Centre\"; it led to SERVER/index.html; look",
        "no page of an API call but \"Page",
        "cannot be reached: too many redirects",
    ] {
        let out = get(&server, folder.path(), 1);
        assert!(out[0].contains(what), "{what}: {}", out[0]);
        let page = std::fs::read_to_string(folder.path().join("tide_Show0.html"));
        assert_eq!(page.unwrap(), html("old"));
    }
}

#[test]
fn a_protected_address_does_not_lead_to_an_open_one() {
    let moved = client::moved("https://a.example/b", "http://a.example/b");
    assert!(
        moved
            .unwrap_err()
            .to_string()
            .contains("led to http://a.example/b")
    );
    let same = client::moved("https://a.example#top", "https://a.example/");
    assert!(matches!(same, Ok(None)));
}

#[test]
fn a_definition_is_kept_with_lines() {
    let json =
        r#"{"swagger":"2.0","paths":{"/v1/tides":{"get":{"operationId":"Show","responses":{}}}}}"#;
    let server = Server::start(vec![
        response("200 OK\r\ncontent-type: application/json", json),
        response("200 OK\r\ncontent-type: application/json", json),
        response("200 OK\r\ncontent-type: text/html", &html("Log in")),
        response(
            "200 OK\r\ncontent-type: application/json",
            r#"{"error": "no"}"#,
        ),
    ]);
    let folder = tempfile::tempdir().unwrap();
    let spec = Spec::read(&[huaweicloud_codegen::Source::new(
        "spec/tide.yaml",
        "paths:\n  /v1/tides:\n    get:\n      operationId: Show\n      externalDocs: {url: 'https://docs.example.com/show.html'}\n",
    )])
    .unwrap();
    let template = format!(
        "{}/{{SERVICE}}/{{service}}_{{operation}}.json",
        server.address
    );
    let wanted = definitions(&spec, &template);
    assert_eq!(
        wanted[0].url,
        format!("{}/TIDE/tide_Show.json", server.address)
    );
    let pages = super::wanted(&spec);
    assert_eq!(pages[0].written, Some(("spec/tide.yaml".into(), 5)));
    let out: Vec<String> = (0..4)
        .flat_map(|_| got(&server, folder.path(), &wanted))
        .collect();
    assert!(out[0].starts_with("tide/Show: new "), "{}", out[0]);
    assert_eq!(out[1], "tide/Show: unchanged tide_Show.definition.json");
    assert!(out[2].contains("cannot be read as a page"), "{}", out[2]);
    assert!(out[3].contains("cannot be read as a page"), "{}", out[3]);
    let text = std::fs::read_to_string(folder.path().join("tide_Show.definition.json")).unwrap();
    assert!(text.lines().count() > 5, "{text}");
}
