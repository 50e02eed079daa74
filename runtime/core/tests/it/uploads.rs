//! Bodies that are no JSON arrive whole, and what can be read once is sent once.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use openapi_client_runtime::wire::{Multipart, Part, RequestBuilder, Style};
use openapi_client_runtime::{Password, RateLimit, RetryPolicy, SendError, Upload};
use serde_json::json;
use tokio::io::AsyncReadExt as _;

use crate::raw::{Arrived, Lab, PUT, Raw, response};

fn put() -> RequestBuilder {
    RequestBuilder::put("/x")
}

fn ok() -> Vec<u8> {
    response(200, "application/json", b"{}")
}

/// A file that goes with the test.
struct TempFile(std::path::PathBuf);

impl TempFile {
    fn new(name: &str, content: &[u8]) -> Self {
        let name = format!("openapi-client-runtime-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::File::create(&path)
            .unwrap()
            .write_all(content)
            .unwrap();
        Self(path)
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The parts, read by others: name, file name, type, content.
async fn parts(arrived: &Arrived) -> Vec<(String, Option<String>, Option<String>, Vec<u8>)> {
    let boundary = multer::parse_boundary(arrived.header("content-type").unwrap()).unwrap();
    let mut form = multer::Multipart::with_reader(&arrived.body[..], boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.unwrap() {
        let (name, file_name) = (field.name().unwrap().to_owned(), field.file_name());
        let file_name = file_name.map(str::to_owned);
        let content_type = field.content_type().map(ToString::to_string);
        let content = field.bytes().await.unwrap().to_vec();
        parts.push((name, file_name, content_type, content));
    }
    parts
}

#[tokio::test]
async fn the_fields_of_a_form_are_read_by_others() {
    let server = Raw::start(&[&ok()]).await;
    let value = json!({"a": "x & y=ü+", "list": [1, 2], "deep": {"b": {"c": true}}, "o": {"d": 1}});
    let request = put()
        .form(&value, &[("deep", Style::DeepObject.exploded())])
        .build()
        .unwrap();
    // That of the operation goes before what a builder of bodies sets by default.
    let form_operation = Box::leak(Box::new(
        PUT.content_type("application/x-www-form-urlencoded"),
    ));
    Lab::to(&server)
        .send(form_operation, request)
        .await
        .unwrap();
    let arrived = server.last();
    assert_eq!(
        arrived.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let mut fields: Vec<(String, String)> =
        form_urlencoded::parse(&arrived.body).into_owned().collect();
    fields.sort();
    let expected = [
        ("a", "x & y=ü+"),
        ("deep[b][c]", "true"),
        ("list", "1"),
        ("list", "2"),
        ("o", r#"{"d":1}"#),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(fields, expected);
}

#[tokio::test]
async fn a_form_of_parts_has_files_of_every_kind() {
    let server = Raw::start(&[&ok()]).await;
    let client = Lab::to(&server);
    let large: Vec<u8> = (0..300_000_u32).map(|i| (i % 251) as u8).collect();
    let file = TempFile::new("a b.bin", &large);
    let small = Upload::bytes("in memory")
        .file_name("ü\".txt")
        .content_type("text/plain");
    let files = [
        Upload::path(&*file.0).file_name("c.bin"),
        Upload::reader(std::io::Cursor::new(b"a stream".to_vec())).length(8),
        Upload::blocking_reader(&b"a reader"[..]).length(8),
    ];
    let form = |files: &[Upload]| {
        Multipart::new()
            .part("title", Part::value("Cät"))
            .part("meta", Part::json(&json!({"a": [1]})))
            .part("small", Part::files([&small]))
            .part("files", Part::files(files).content_type("image/png"))
    };
    let request = put().multipart(form(&files)).build().unwrap();
    client.send(&PUT, request).await.unwrap();
    let arrived = server.last();
    assert_eq!(
        arrived.header("content-length"),
        Some(&*arrived.body.len().to_string())
    );
    let image = || Some("image/png".to_owned());
    let expected = vec![
        ("title".to_owned(), None, None, "Cät".as_bytes().to_vec()),
        (
            "meta".to_owned(),
            None,
            Some("application/json".to_owned()),
            br#"{"a":[1]}"#.to_vec(),
        ),
        (
            "small".to_owned(),
            Some("ü%22.txt".to_owned()),
            Some("text/plain".to_owned()),
            b"in memory".to_vec(),
        ),
        ("files".to_owned(), Some("c.bin".to_owned()), image(), large),
        (
            "files".to_owned(),
            Some("files".to_owned()),
            image(),
            b"a stream".to_vec(),
        ),
        (
            "files".to_owned(),
            Some("files".to_owned()),
            image(),
            b"a reader".to_vec(),
        ),
    ];
    assert_eq!(parts(&arrived).await, expected);

    // All in memory: one piece. Of unknown length: in chunks.
    let request = put().multipart(form(&[])).build().unwrap();
    assert!(request.body().is_some());
    client.send(&PUT, request).await.unwrap();
    assert_eq!(parts(&server.last()).await.len(), 3);
    let unknown = Upload::reader(std::io::Cursor::new(vec![7; 100_000]));
    let request = put().multipart(form(&[unknown])).build().unwrap();
    client.send(&PUT, request).await.unwrap();
    let arrived = server.last();
    assert_eq!(arrived.header("content-length"), None);
    assert_eq!(parts(&arrived).await.pop().unwrap().3, vec![7; 100_000]);
}

#[tokio::test]
async fn a_whole_body_is_bytes_a_file_or_a_stream() {
    let server = Raw::start(&[&ok()]).await;
    let client = Lab::to(&server);
    let file = TempFile::new("body", b"content");
    for (upload, length) in [
        (Upload::bytes("content"), Some("7")),
        (Upload::path(&*file.0), Some("7")),
        (std::fs::File::open(&file.0).unwrap().into(), None),
        (Upload::reader(&b"content"[..]).length(7), Some("7")),
        (Upload::reader(&b"content"[..]), None),
    ] {
        let request = put()
            .upload("application/octet-stream", &upload)
            .build()
            .unwrap();
        client.send(&PUT, request).await.unwrap();
        let arrived = server.last();
        assert_eq!(arrived.body, b"content", "{upload:?}");
        assert_eq!(arrived.header("content-length"), length, "{upload:?}");
        assert_eq!(
            arrived.header("content-type"),
            Some("application/octet-stream")
        );
    }
    // Whatever else says where it ends.
    for upload in [Upload::bytes("content"), Upload::reader(&b"content"[..])] {
        let framed = put().header("content-length", "3");
        let framed = framed.header("transfer-encoding", "identity");
        let request = framed.upload("text/csv", &upload).build().unwrap();
        client.send(&PUT, request).await.unwrap();
        assert_eq!(server.last().body, b"content", "{upload:?}");
    }
    let request = put().text("text/plain", "é").build().unwrap();
    client.send(&PUT, request).await.unwrap();
    let arrived = server.last();
    assert_eq!(arrived.body, "é".as_bytes());
    assert_eq!(
        arrived.header("content-type"),
        Some("text/plain; charset=utf-8")
    );
}

#[tokio::test]
async fn what_can_be_read_again_is_sent_again_and_a_stream_is_not() {
    let unavailable = response(503, "application/json", b"{}");
    let file = TempFile::new("again", b"content");
    let retry = RetryPolicy::default().base_delay(Duration::from_millis(1));
    for (upload, attempts) in [
        (Upload::bytes("content"), 2),
        (Upload::path(&*file.0), 2),
        (
            Upload::reader(&b"content"[..]).file_name("report\u{1b}.csv"),
            1,
        ),
    ] {
        let server = Raw::start(&[&unavailable, &ok()]).await;
        let builder = Lab::builder().endpoint(&server.url).retry_policy(retry);
        let client = builder.build().unwrap();
        let request = put().upload("text/csv", &upload).build().unwrap();
        let response = client.send(&PUT, request.clone()).await.unwrap();
        assert_eq!(server.arrived().len(), attempts, "{upload:?}");
        assert!(server.arrived().iter().all(|it| it.body == b"content"));
        if attempts == 1 {
            assert_eq!(response.status(), 503);
            // Neither is it in another call.
            let error = client.send(&PUT, request).await.unwrap_err();
            assert!(matches!(error, SendError::InvalidRequest(_)), "{error:?}");
            for part in [
                "nothing was sent",
                "the stream `report\\u{1b}.csv` was read by an earlier call",
                "make the call with a new one",
                "bytes or a path",
            ] {
                assert!(error.to_string().contains(part), "{part} in {error}");
            }
            assert_eq!(server.arrived().len(), 1);
        }
    }
}

/// A stream that nobody read is there for the next attempt.
#[tokio::test]
async fn a_stream_outlives_a_connection_that_did_not_come_about() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = Lab::builder()
        .endpoint(format!("http://{address}"))
        .retry_policy(RetryPolicy::none())
        .build()
        .unwrap();
    let request = put()
        .upload("text/csv", &Upload::reader(&b"content"[..]))
        .build()
        .unwrap();
    for _ in 0..2 {
        let error = client.send(&PUT, request.clone()).await.unwrap_err();
        let SendError::Transport(error) = error else {
            panic!("{error:?}");
        };
        assert!(!error.may_have_been_processed(), "{error}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_said_and_not_sent_again() {
    let server = Raw::start(&[&ok()]).await;
    let client = Lab::to(&server);
    let send = |upload: Upload| {
        let request = put().upload("text/csv", &upload).build().unwrap();
        client.send(&PUT, request)
    };
    let folder = std::env::temp_dir();
    for missing in [folder.join("no-such-file-83745"), folder] {
        let error = send(Upload::path(missing)).await.unwrap_err();
        assert!(matches!(error, SendError::InvalidRequest(_)), "{error:?}");
        assert!(error.to_string().contains("cannot be opened"), "{error}");
    }
    let pieces = || (&b"conten"[..]).chain(&b"t"[..]);
    let blocking_pieces = || std::io::Read::chain(&b"conten"[..], &b"t"[..]);
    // What nobody ends is waited for as long as a call may take, and nothing is sent.
    let (endless, _other_end) = tokio::io::duplex(1);
    let patience = Lab::builder().operation_timeout(Duration::from_millis(100));
    let impatient = patience.endpoint(&server.url).build().unwrap();
    let upload = Upload::reader(endless).length(0);
    let request = put().upload("text/csv", &upload).build().unwrap();
    let error = impatient.send(&PUT, request).await.unwrap_err();
    let SendError::Transport(error) = error else {
        panic!("{error:?}");
    };
    assert!(!error.may_have_been_processed(), "{error}");
    assert!(error.to_string().contains("could not be opened"), "{error}");
    // What is to be empty is looked at before anything is sent.
    let broken = std::io::Error::other("gone\u{1b}[2J\n");
    let error = send(Upload::blocking_reader(Broken(Some(broken))).length(0)).await;
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("could not be read: gone") && !error.contains(['\n', '\u{1b}']),
        "{error}"
    );
    for upload in [
        Upload::reader(pieces()).length(0),
        Upload::blocking_reader(blocking_pieces()).length(0),
    ] {
        let error = send(upload).await.unwrap_err();
        assert!(matches!(error, SendError::InvalidRequest(_)), "{error:?}");
        assert!(error.to_string().contains("another length"), "{error}");
    }
    let broken = tokio_test_reader().await;
    for (upload, part) in [
        (Upload::reader(pieces()).length(8), "another length"),
        // The server would have all that was announced before it ends.
        (Upload::reader(pieces()).length(6), "another length"),
        (Upload::reader(pieces()).length(3), "another length"),
        (
            Upload::blocking_reader(blocking_pieces()).length(6),
            "another length",
        ),
        (Upload::reader(broken), "the disk is gone"),
        (Upload::blocking_reader(Panicking), "its reader panicked"),
    ] {
        let error = send(upload.clone()).await.unwrap_err();
        let SendError::Transport(error) = error else {
            panic!("{upload:?}: {error:?}");
        };
        assert!(error.to_string().contains(part), "{upload:?}: {error}");
        assert!(error.may_have_been_processed(), "{upload:?}: {error}");
    }
    assert_eq!(server.arrived().len(), 0);
}

/// Pipes and devices have no end that anybody knows of, or nobody at their other end.
#[cfg(unix)]
#[tokio::test]
async fn what_is_no_regular_file_is_refused_before_anything_is_sent() {
    let server = Raw::start(&[&ok()]).await;
    let client = Lab::to(&server);
    let pipe = TempFile::new("pipe", b"");
    std::fs::remove_file(&pipe.0).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&pipe.0).status();
    assert!(made.unwrap().success());
    for path in [&*pipe.0, std::path::Path::new("/dev/zero")] {
        for builder in [
            put().upload("text/csv", &Upload::path(path)),
            put().multipart(Multipart::new().part("f", Part::files([&Upload::path(path)]))),
        ] {
            let error = client.send(&PUT, builder.build().unwrap()).await;
            let error = error.unwrap_err();
            assert!(matches!(error, SendError::InvalidRequest(_)), "{error:?}");
            for part in ["no regular file", "`Upload::reader`", "nothing was sent"] {
                assert!(error.to_string().contains(part), "{part} in {error}");
            }
        }
    }
    assert_eq!(server.arrived().len(), 0);
}

#[tokio::test]
async fn an_empty_stream_is_empty_as_often_as_it_is_sent() {
    let unavailable = response(503, "application/json", b"{}");
    let server = Raw::start(&[&unavailable, &ok()]).await;
    let retry = RetryPolicy::default().base_delay(Duration::from_millis(1));
    let builder = Lab::builder().endpoint(&server.url).retry_policy(retry);
    let client = builder.build().unwrap();
    for upload in [
        Upload::reader(tokio::io::empty()).length(0),
        Upload::blocking_reader(std::io::empty()).length(0),
    ] {
        let request = put().upload("text/csv", &upload).build().unwrap();
        assert_eq!(client.send(&PUT, request).await.unwrap().status(), 200);
    }
    let arrived = server.arrived();
    assert_eq!(arrived.len(), 3);
    assert!(
        arrived
            .iter()
            .all(|it| it.header("content-length") == Some("0"))
    );
}

#[tokio::test]
async fn lengths_that_no_number_holds_are_refused() {
    let server = Raw::start(&[&ok()]).await;
    let endless = || Upload::reader(tokio::io::empty()).length(u64::MAX);
    let form = Multipart::new().part("f", Part::files([&endless(), &endless()]));
    let request = put().multipart(form).build().unwrap();
    let error = Lab::to(&server).send(&PUT, request).await.unwrap_err();
    assert!(matches!(error, SendError::InvalidRequest(_)), "{error:?}");
    assert!(error.to_string().contains("longer than"), "{error}");
    let request = put().upload("text/csv", &endless()).build().unwrap();
    let error = Lab::to(&server).send(&PUT, request).await.unwrap_err();
    assert!(error.to_string().contains("another length"), "{error}");
    assert_eq!(server.arrived().len(), 0);
}

/// Calls that wait for their turn, however many, hold no files open.
#[tokio::test]
async fn a_file_is_opened_once_it_is_its_turn() {
    let server = Raw::start(&[&ok()]).await;
    let wait = Duration::from_secs(1);
    let client = Lab::builder()
        .endpoint(&server.url)
        .rate_limit("lab", RateLimit::new(1, wait))
        .build()
        .unwrap();
    let file = TempFile::new("turn", b"as it was");
    let other = TempFile::new("turn-other", b"as it is by then");
    let request = || {
        let upload = Upload::path(&file.0);
        put().upload("text/csv", &upload).build().unwrap()
    };
    client.send(&PUT, request()).await.unwrap();
    let meanwhile = async {
        tokio::time::sleep(wait / 3).await;
        assert_eq!(server.arrived().len(), 1);
        std::fs::rename(&other.0, &file.0).unwrap();
    };
    let (sent, ()) = tokio::join!(client.send(&PUT, request()), meanwhile);
    sent.unwrap();
    assert_eq!(server.last().body, b"as it is by then");
    // What is not there is told at once.
    let missing = put().upload("text/csv", &Upload::path("no-such-file-83745"));
    let begun = std::time::Instant::now();
    let error = client.send(&PUT, missing.build().unwrap()).await;
    assert!(error.unwrap_err().to_string().contains("cannot be opened"));
    assert!(begun.elapsed() < wait / 2);
}

/// A stream is read no faster than the server takes it.
#[tokio::test]
async fn what_is_sent_is_not_held_in_memory() {
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct Endless(Arc<AtomicUsize>);

    impl std::io::Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.0.fetch_add(buffer.len(), Ordering::SeqCst);
            Ok(buffer.len())
        }
    }

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = Lab::builder()
        .endpoint(format!("http://{}", listener.local_addr().unwrap()))
        .attempt_timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let read = Arc::new(AtomicUsize::new(0));
    let upload = Upload::blocking_reader(Endless(read.clone()));
    let request = put().upload("text/csv", &upload).build().unwrap();
    let error = client.send(&PUT, request).await.unwrap_err();
    assert!(error.to_string().contains("no response in time"), "{error}");
    let read = read.load(Ordering::SeqCst);
    assert!((1..32 * 1024 * 1024).contains(&read), "{read}");
    drop(listener);
}

struct Broken(Option<std::io::Error>);

impl std::io::Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

struct Panicking;

impl std::io::Read for Panicking {
    fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
        panic!("on purpose")
    }
}

/// Some bytes, then an error.
async fn tokio_test_reader() -> impl tokio::io::AsyncRead + Send {
    struct Failing;

    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }

    impl tokio::io::AsyncRead for Failing {
        fn poll_read(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            _: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(Err(std::io::Error::other("the disk is gone")))
        }
    }

    (&b"some"[..]).chain(Failing)
}

#[tokio::test]
async fn secrets_of_forms_are_withheld_where_the_server_repeats_them() {
    let password = Password::new("Hidden-Key-83745612");
    let echo = response(
        400,
        "application/json",
        br#"{"code":"BAD","message":"Hidden-Key-83745612"}"#,
    );
    let server = Raw::start(&[&echo]).await;
    let client = Lab::to(&server);
    let value = std::collections::BTreeMap::from([("p", &password)]);
    let form = Multipart::new()
        .part("p", Part::value(&password))
        .part("f", Part::files([&Upload::reader(&b"x"[..])]));
    for builder in [
        put().form(&value, &[]),
        put().multipart(form),
        put().text("text/plain", &password),
        put().header_param("x-p", Style::Simple.joined(), &password),
        put().cookie_param("p", Style::Form.joined(), &password),
    ] {
        let request = builder.build().unwrap();
        let shown = format!("{request:?}");
        let response = client.send(&PUT, request).await.unwrap();
        let error = response.undocumented::<(), ()>();
        let shown = format!("{shown} {error:?}");
        assert!(
            !shown.contains("Hidden") && !shown.contains("83745612"),
            "{shown}"
        );
        let arrived = server.last();
        let all = arrived.head.clone() + &String::from_utf8_lossy(&arrived.body);
        assert!(all.contains("Hidden-Key-83745612"), "{all}");
    }
}

/// A transport that knows nothing of pieces gets and gives all at once.
#[tokio::test]
async fn a_transport_of_another_s_making_holds_it_in_memory() {
    use openapi_client_runtime::Transport;
    use openapi_client_runtime::transport::{SecretBytes, TransportFuture};

    struct Echo;

    impl Transport for Echo {
        fn send(&self, request: http::Request<SecretBytes>) -> TransportFuture<'_> {
            Box::pin(async move { Ok(http::Response::new(request.into_body().to_bytes())) })
        }
    }

    let client = Lab::builder().transport(Arc::new(Echo)).build().unwrap();
    let request = put()
        .upload("text/csv", &Upload::reader(&b"content"[..]))
        .build()
        .unwrap();
    let response = client.send(&PUT, request.clone()).await.unwrap();
    assert_eq!(response.expose_body(), b"content");
    let request = put()
        .upload("text/csv", &Upload::reader(&b"content"[..]))
        .build()
        .unwrap();
    let response = client.download(request).await.unwrap();
    assert_eq!(response.download().collect(10).await.unwrap(), b"content");
}

#[cfg(feature = "reqwest")]
#[tokio::test]
async fn reqwest_sends_and_reads_in_pieces_too() {
    use openapi_client_runtime::{ReqwestTransport, reqwest};

    let server = Raw::start(&[&response(200, "text/csv", b"a,b")]).await;
    let transport = ReqwestTransport::new(reqwest::Client::builder()).unwrap();
    let builder = Lab::builder().endpoint(&server.url);
    let client = builder.transport(Arc::new(transport)).build().unwrap();
    let upload = Upload::reader(&b"content"[..]).length(7);
    let request = put().upload("text/csv", &upload).build().unwrap();
    let response = client.download(request).await.unwrap();
    assert_eq!(response.download().collect(10).await.unwrap(), b"a,b");
    let arrived = server.last();
    assert_eq!(arrived.body, b"content");
    assert_eq!(arrived.header("content-length"), Some("7"));
    let request = put().upload("text/csv", &upload).build().unwrap();
    assert!(client.send(&PUT, request).await.is_err());
    let broken = Upload::reader(tokio_test_reader().await);
    let request = put().upload("text/csv", &broken).build().unwrap();
    let error = client.send(&PUT, request).await.unwrap_err();
    assert!(error.to_string().contains("the disk is gone"), "{error}");
}
