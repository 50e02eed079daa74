//! Responses that are no JSON: text, bytes, and bodies that are read as they come.

use std::time::Duration;

use openapi_client_runtime::wire::RequestBuilder;
use openapi_client_runtime::{RetryPolicy, TransportErrorKind};
use tokio::io::AsyncReadExt as _;

use crate::raw::{GET, Lab, Raw, response};

type Error = openapi_client_runtime::Error<(), ()>;

fn get() -> openapi_client_runtime::wire::Request {
    RequestBuilder::get("/x").build().unwrap()
}

#[tokio::test]
async fn what_arrives_says_how_it_is_read() {
    let problem = br#"{"code":"OUT","message":"None left."}"#;
    let server = Raw::start(&[
        &response(200, "text/plain; charset=ISO-8859-1", b"caf\xe9"),
        &response(200, "Application/Problem+JSON", problem),
        b"HTTP/1.1 200 -\r\ncontent-length: 2\r\n\r\n{}",
        &response(200, "image/png", &[0, 159, 146, 150]),
    ])
    .await;
    let client = Lab::to(&server);
    let documented = ["application/json", "text/*"];

    let text = client.send(&GET, get()).await.unwrap();
    assert_eq!(text.media_type().as_deref(), Some("text/plain"));
    assert_eq!(text.media_among(&documented), Some(1));
    assert_eq!(text.text::<(), ()>().unwrap(), "café");

    let problem = client.send(&GET, get()).await.unwrap();
    assert_eq!(problem.media_among(&documented), Some(0));
    let value: serde_json::Value = problem.json::<_, (), ()>().unwrap();
    assert_eq!(value["code"], "OUT");

    // It says nothing, so the document does.
    let silent = client.send(&GET, get()).await.unwrap();
    assert_eq!(
        (silent.media_type(), silent.media_among(&documented)),
        (None, Some(0))
    );

    let bytes = client.send(&GET, get()).await.unwrap();
    assert_eq!(bytes.media_among(&documented), None);
    assert_eq!(&bytes.bytes()[..], [0, 159, 146, 150]);
    let error: Error = bytes.text().unwrap_err();
    assert!(matches!(&error, Error::Decode(error) if error.to_string().contains("no text")));
    let error: Error = bytes.undocumented_media();
    let Error::Decode(error) = error else {
        panic!("{error:?}");
    };
    assert!(
        error.to_string().contains("not documented for it"),
        "{error}"
    );
    assert!(error.to_string().contains("image/png"), "{error}");
}

#[tokio::test]
async fn a_body_is_read_as_it_comes_however_large() {
    // More than is ever read of a whole one.
    let large: Vec<u8> = (0..5_000_000_u32).map(|i| (i % 251) as u8).collect();
    let chunked =
        b"HTTP/1.1 200 -\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    let server = Raw::start(&[
        &response(200, "application/zip", &large),
        chunked,
        chunked,
        &response(
            404,
            "application/json",
            br#"{"code":"NONE","message":"No."}"#,
        ),
        &response(200, "application/zip", &large),
    ])
    .await;
    let client = Lab::to(&server);

    let whole = client.download(get()).await.unwrap();
    let mut download = whole.download();
    assert_eq!(download.length(), Some(5_000_000));
    assert_eq!(format!("{download:?}"), "Download(5000000 bytes to come)");
    let mut read = vec![0; 10];
    download.read_exact(&mut read).await.unwrap();
    assert_eq!(download.length(), Some(4_999_990));
    download.read_to_end(&mut read).await.unwrap();
    assert!(read == large);
    // It is somebody's already: no empty body.
    let error = whole.download().chunk().await.unwrap_err();
    assert!(error.to_string().contains("taken before"), "{error}");

    let response = client.download(get()).await.unwrap();
    assert_eq!(response.download().collect(5).await.unwrap(), b"abcde");
    let response = client.download(get()).await.unwrap();
    let error = response.download().collect(4).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);

    // An error is there whole.
    let error = client.download(get()).await.unwrap();
    assert_eq!(error.details().code(), Some("NONE"));

    // Who asks for no download gets no more than ever.
    let error = client.send(&GET, get()).await.unwrap_err();
    assert!(error.to_string().contains("too large"), "{error}");
}

/// What is held and what is left is told by the rule by which it is read.
#[tokio::test]
async fn a_body_is_left_where_it_is_read_as_it_comes() {
    use openapi_client_runtime::response::Kept::{Held, Left};

    let all: &[(&str, _)] = &[
        ("application/zip", Left),
        ("application/json", Held),
        ("application/vnd.lab+json", Left),
        ("text/*", Left),
        ("text/csv", Held),
    ];
    let types: Vec<&str> = all.iter().map(|(media_type, _)| *media_type).collect();
    for (arrives, is_left) in [
        ("application/zip", true),
        ("application/json", false),
        ("application/problem+json", false),
        ("application/vnd.lab+json", true),
        ("text/plain", true),
        ("text/csv; charset=utf-8", false),
        ("image/png", true),
        ("", true),
    ] {
        let response = match arrives {
            "" => b"HTTP/1.1 200 -\r\ncontent-length: 2\r\n\r\n{}".to_vec(),
            arrives => response(200, arrives, b"{}"),
        };
        let server = Raw::start(&[&response]).await;
        let client = Lab::to(&server);
        let response = client.download_of(Vec::leak(all.to_vec()), get()).await;
        let response = response.unwrap();
        assert_eq!(response.expose_body().is_empty(), is_left, "{arrives}");
        let read = response.media_among(&types).map(|index| all[index].1);
        assert_eq!(read.unwrap_or(Left) == Left, is_left, "{arrives}");
        assert_eq!(response.download().collect(2).await.unwrap(), b"{}");
    }
}

#[tokio::test]
async fn a_body_that_stalls_or_breaks_off_ends_and_is_not_asked_for_again() {
    let stalling = b"HTTP/1.1 200 -\r\nx-stall: 1\r\ncontent-length: 9\r\n\r\nabc";
    let breaking = b"HTTP/1.1 200 -\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n";
    let server = Raw::start(&[stalling, breaking]).await;
    let client = Lab::builder()
        .endpoint(&server.url)
        .attempt_timeout(Duration::from_millis(200))
        .operation_timeout(Duration::from_millis(300))
        .retry_policy(RetryPolicy::default())
        .build()
        .unwrap();
    let mut download = client.download(get()).await.unwrap().download();
    // Longer than the operation may take.
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(download.chunk().await.unwrap().unwrap(), "abc");
    let error = download.chunk().await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(error.to_string().contains("200ms"), "{error}");
    assert_eq!(error.operation(), Some(&GET));
    for _ in 0..2 {
        let error = download.read(&mut [0; 3]).await.unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
    }

    let mut download = client.download(get()).await.unwrap().download();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "abc");
    let error = download.chunk().await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Body);
    assert!(error.to_string().contains("127.0.0.1"), "{error}");
    // What broke off has no end.
    assert!(download.chunk().await.is_err());
    assert!(download.read(&mut [0; 3]).await.is_err());
    assert!(download.collect(100).await.is_err());
    assert_eq!(server.arrived().len(), 2);
}

/// It has its runtime with it.
#[tokio::test]
async fn a_body_is_read_outside_of_tokio_too() {
    let server = Raw::start(&[b"HTTP/1.1 200 -\r\nx-stall: 1\r\ncontent-length: 9\r\n\r\nabc"]);
    let client = Lab::builder()
        .endpoint(&server.await.url)
        .attempt_timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let mut download = client.download(get()).await.unwrap().download();
    let mut elsewhere = move || {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let mut read = Vec::new();
        loop {
            let mut buffer = [0; 16];
            let mut buffer = tokio::io::ReadBuf::new(&mut buffer);
            let download = std::pin::Pin::new(&mut download);
            match tokio::io::AsyncRead::poll_read(download, &mut context, &mut buffer) {
                std::task::Poll::Pending => std::thread::sleep(Duration::from_millis(5)),
                std::task::Poll::Ready(Ok(())) => read.extend_from_slice(buffer.filled()),
                std::task::Poll::Ready(Err(error)) => return (read, error.kind()),
            }
        }
    };
    let (sender, receiver) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || sender.send(elsewhere()));
    let expected = (b"abc".to_vec(), std::io::ErrorKind::TimedOut);
    assert_eq!(receiver.await.unwrap(), expected);
}

#[tokio::test]
async fn errors_in_words_withhold_secrets() {
    let server = Raw::start(&[
        &response(400, "text/plain", b"Hidden-Token is wrong"),
        &response(400, "text/plain", b"it is wrong"),
    ])
    .await;
    let client = Lab::to(&server);
    for (words, as_bytes) in [("[withheld]", false), ("it is wrong", true)] {
        let response = client.send(&GET, get()).await.unwrap();
        let error = match as_bytes {
            false => response.documented_text::<String, ()>(|text| text),
            true => response.documented_bytes(|bytes| String::from_utf8(bytes.to_vec()).unwrap()),
        };
        let openapi_client_runtime::Error::Api(error) = error else {
            panic!("{error:?}");
        };
        assert_eq!(error.body(), words);
    }
}

#[cfg(feature = "blocking")]
#[test]
fn without_async_it_is_a_reader() {
    use std::io::Read as _;

    use openapi_client_runtime::authentication::standard::CredentialsError;
    use openapi_client_runtime::{Blocking, Call, Download, Response};

    struct Fetch(Lab);

    impl Call for Fetch {
        type Output = Download;
        type Failure = ();
        type Credentials = CredentialsError;

        async fn send(
            self,
        ) -> Result<Response<Download>, openapi_client_runtime::Error<(), CredentialsError>>
        {
            let response = self.0.download(get()).await?;
            let download = response.download();
            Ok(response.success(download))
        }
    }

    struct ReadOnItsThread(Lab, openapi_client_runtime::DownloadReader);

    impl Call for ReadOnItsThread {
        type Output = [String; 2];
        type Failure = ();
        type Credentials = CredentialsError;

        async fn send(
            mut self,
        ) -> Result<Response<[String; 2]>, openapi_client_runtime::Error<(), CredentialsError>>
        {
            let errors = [(); 2].map(|()| self.1.read(&mut [0; 3]).unwrap_err().to_string());
            let response = self.0.download(get()).await?;
            Ok(response.success(errors))
        }
    }

    let large = vec![7; 3_000_000];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(async {
        Raw::start(&[
            &response(200, "application/zip", &large),
            b"HTTP/1.1 200 -\r\ncontent-length: 9\r\nx-other: 0\r\n\r\nabc",
        ])
        .await
    });
    let client = Lab::builder()
        .endpoint(&server.url)
        .attempt_timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let client = Blocking::new(client).unwrap();
    let response = client.send(Fetch(Lab::clone(&client))).unwrap();
    assert!(format!("{response:?}").contains("3000000 bytes to come"));
    let mut reader = client.reader(response.into_inner());
    let mut read = Vec::new();
    reader.read_to_end(&mut read).unwrap();
    assert!(read == large);
    let response = client.send(Fetch(Lab::clone(&client))).unwrap();
    let mut reader = client.reader(response.into_inner());
    let error = reader.read_to_end(&mut Vec::new()).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
    for _ in 0..2 {
        let error = reader.read(&mut [0; 3]).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
    }
    // On the thread that makes the calls it cannot wait, and says so again and again.
    let response = client.send(Fetch(Lab::clone(&client))).unwrap();
    let reader = client.reader(response.into_inner());
    let errors = client.send(ReadOnItsThread(Lab::clone(&client), reader));
    for error in errors.unwrap().into_inner() {
        assert!(error.contains("wait for itself"), "{error}");
    }
}
