//! What is in the files, before any browser reads them.

use std::collections::HashSet;

use huaweicloud_codegen::Source;

use super::text::{line, markdown, plain};
use super::{File, Site};
use crate::Simulator;
use crate::document::Documents;
use crate::gateway::{Gateway, Standard};
use crate::reader;

/// A document whose author means ill, and that has a field of every kind.
const DOCUMENT: &str = r##"
openapi: 3.0.3
info:
  title: <script>alert('title')</script>
  version: '1'
  description: '<img src=x onerror=alert(1)> ![seen](https://spy.example/pixel.png) [go](javascript:alert(1)) [see](https://ok.example/)'
paths:
  /doors/{door_id}/key:
    post:
      operationId: ChangeKey
      summary: Change a key </title><script>alert('summary')</script>
      description: "# Loud\n\n<script>alert('description')</script>"
      externalDocs: {url: "javascript:alert('docs')"}
      parameters:
        - {name: door_id, in: path, required: true, example: 'red"><script>', schema: {type: string, pattern: '^<script>$'}}
        - {name: door-id, in: query, schema: {type: string}}
        - {name: X-Master, in: header, required: true, schema: {type: string, format: password}, example: hunter2-master}
        - {name: taste, in: cookie, schema: {type: string}}
        - {name: colours, in: query, schema: {type: array, items: {type: string}}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [new_key, lock]
              properties:
                new_key: {type: string, format: password, example: hunter2-key, x-password-policy: {min: 12, max: 32, classes: [lower, digit], minClasses: 2}}
                lock: {type: object, required: [bolts, kind], properties: {bolts: {type: integer}, kind: {type: string, enum: [yale, '<b>abloy</b>']}}}
                note: {nullable: true, type: string}
            example: {new_key: hunter2-key, lock: {bolts: 3, kind: yale}}
      responses:
        '200': {description: 'Done <script>', content: {application/json: {schema: {type: object, properties: {token: {type: string, format: password}}}, example: {token: t}}}}
        '404': {description: No such door.}
"##;

fn files(is_live: bool) -> Vec<File> {
    let source = Source::new("doors.yaml", DOCUMENT.to_owned());
    let gateway = Standard::default();
    let documents = Documents::of(&[source], gateway.profile()).unwrap();
    let read = reader::read(documents).unwrap();
    let served = read.operations.iter().collect();
    let command = Some("doorman".to_owned());
    let endpoint = "http://127.0.0.1:1".to_owned();
    let site = Site::new(read.documents, read.model, command, endpoint);
    site.files(served, &gateway, is_live)
}

fn page(is_live: bool, end: &str) -> String {
    let mut files = files(is_live).into_iter();
    files.find(|it| it.path.ends_with(end)).unwrap().text
}

#[test]
fn words_of_documents_are_words() {
    for is_live in [true, false] {
        for file in files(is_live) {
            if !file.path.ends_with(".html") {
                continue;
            }
            // The one script is the page's own.
            let scripts: Vec<_> = file.text.match_indices("<script").collect();
            assert_eq!(scripts.len(), 1, "{}", file.path);
            for sign in [
                "<img",
                "<b>",
                "href=\"javascript",
                "spy.example",
                " style=",
                " onerror=\"",
                " onclick=",
            ] {
                assert!(!file.text.contains(sign), "{}: {sign}", file.path);
            }
        }
    }
    let page = page(true, "change_key.html");
    assert!(page.contains("&lt;script&gt;alert('description')&lt;/script&gt;"));
    assert!(page.contains("value=\"red&quot;&gt;&lt;script&gt;\""));
}

#[test]
fn markdown_loads_and_runs_nothing() {
    let shown = markdown(
        "a <b>c</b>\n\n![alt](https://x.example/y) [go](javascript:x) [see](HTTPS://ok.example/)",
    )
    .0;
    assert_eq!(
        shown,
        "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n<p>alt go <a href=\"HTTPS://ok.example/\">see</a></p>\n"
    );
    assert_eq!(line("one `two`").0, "one <code>two</code>");
    assert_eq!(plain("one `two`\n*three*"), "one two three");
}

#[test]
fn secrets_are_hidden_and_stand_nowhere() {
    let page = page(true, "change_key.html");
    assert_eq!(page.matches("type=\"password\"").count(), 2);
    assert!(!page.contains("value=\"hunter2"));
    // The simulator judges the one that the operation carries.
    assert_eq!(page.matches("data-policy").count(), 1);
    assert!(page.contains("data-secret-names=\"[&quot;token&quot;]\""));
    let command = page
        .split("doorman ")
        .nth(1)
        .unwrap()
        .split("</pre>")
        .next();
    assert!(!command.unwrap().contains("hunter2"), "{command:?}");
    // Its example stands with the body and not with the field.
    assert!(command.unwrap().contains("--lock '{"), "{command:?}");
}

#[test]
fn a_place_without_a_server_has_nothing_to_send() {
    for file in files(false) {
        if file.path.ends_with(".html") {
            for sign in ["<form", "<textarea", "id=\"ledger\"", "id=\"faults\""] {
                assert!(!file.text.contains(sign), "{}: {sign}", file.path);
            }
            assert!(file.text.contains("http-equiv=\"Content-Security-Policy\""));
        }
    }
    let page = page(false, "change_key.html");
    for word in [
        "door_id",
        "new_key",
        "no simulator behind it",
        "12 to 32 characters",
    ] {
        assert!(page.contains(word), "{word}");
    }
    // What stands in a field elsewhere is told here.
    assert!(!page.contains("given-below"));
}

#[test]
fn all_that_pages_name_is_there() {
    for is_live in [true, false] {
        let files = files(is_live);
        let paths: HashSet<_> = files.iter().map(|it| it.path.as_str()).collect();
        for file in files.iter().filter(|it| it.path.ends_with(".html")) {
            let folder: Vec<_> = file.path.split('/').rev().skip(1).collect();
            for named in ["href=\"", "src=\""] {
                for rest in file.text.split(named).skip(1) {
                    let target = rest.split(['"', '#']).next().unwrap();
                    if target.is_empty() || target.starts_with("https://") {
                        continue;
                    }
                    let up = target.matches("../").count();
                    assert!(up <= folder.len(), "{target}");
                    let mut parts: Vec<_> = folder.iter().rev().copied().collect();
                    parts.truncate(folder.len() - up);
                    let rest = target.replace("../", "");
                    parts.push(&rest);
                    assert!(
                        paths.contains(parts.join("/").as_str()),
                        "{}: {target}",
                        file.path
                    );
                }
            }
            let ids: Vec<_> = file
                .text
                .split(" id=\"")
                .skip(1)
                .map(|it| it.split('"').next())
                .collect();
            let different: HashSet<_> = ids.iter().collect();
            assert_eq!(ids.len(), different.len(), "{}: {ids:?}", file.path);
        }
    }
}

#[test]
fn documents_come_with_samples_of_code() {
    let text = page(true, "documents/doors.json");
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    let samples = &document["paths"]["/doors/{door_id}/key"]["post"]["x-codeSamples"];
    let samples = samples.as_array().unwrap();
    let labels: Vec<_> = samples
        .iter()
        .map(|it| it["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, ["Rust", "doorman", "curl"]);
    assert!(
        samples[0]["source"]
            .as_str()
            .unwrap()
            .contains(".change_key(")
    );
    assert!(
        samples[2]["source"]
            .as_str()
            .unwrap()
            .contains("http://127.0.0.1:1/doors/doors/")
    );
}

#[test]
fn the_same_documents_make_the_same_files() {
    assert_eq!(files(true), files(true));
}

#[tokio::test]
async fn pages_come_with_a_strict_policy() {
    let source = Source::new("doors.yaml", DOCUMENT.to_owned());
    let simulator = Simulator::builder()
        .documents([source])
        .start()
        .await
        .unwrap();
    let agent = |path: &str| {
        let address = simulator.endpoint().replace("http://", "");
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
        );
        async move {
            use tokio::io::{AsyncReadExt, AsyncWriteExt};
            let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut text = String::new();
            stream.read_to_string(&mut text).await.unwrap();
            text
        }
    };
    for path in ["/", "/_simulator"] {
        let response = agent(path).await;
        assert!(
            response.contains("location: /_simulator/\r\n"),
            "{response}"
        );
    }
    let response = agent("/_simulator/reference/doors/change_key.html").await;
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert!(head.contains(
        "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'"
    ));
    assert!(!head.contains("unsafe"), "{head}");
    assert!(body.contains("data-call"));
    assert!(
        agent("/_simulator/../Cargo.toml")
            .await
            .starts_with("HTTP/1.1 404")
    );
    // Looking at pages is no call of a service.
    assert_eq!(simulator.ledger().arrived(), 0);
}

/// Else the pages of a large document would weigh as much as the square of it.
#[test]
fn the_page_of_an_operation_lists_those_around_it() {
    let document = |count: usize| {
        let paths = (0..count).map(|it| format!("  /things{it}:\n    get: {{operationId: Show{it}, responses: {{'200': {{description: It.}}}}}}\n"));
        format!(
            "openapi: 3.0.3\ninfo: {{title: Many, version: '1'}}\npaths:\n{}",
            paths.collect::<String>()
        )
    };
    let sources = [("few.yaml", 20), ("many.yaml", 230)];
    let sources = sources.map(|(name, count)| Source::new(name, document(count)));
    let files = Simulator::builder().documents(sources).reference().unwrap();
    for file in files.iter().filter(|it| it.path.ends_with(".html")) {
        let listed = file.text.matches("data-operation=").count();
        let current = file.text.matches("aria-current=\"page\"").count();
        match file.path.as_str() {
            "index.html" => assert_eq!((listed, current), (250, 0)),
            path => assert_eq!((listed, current), (100, 1), "{path}"),
        }
    }
}
