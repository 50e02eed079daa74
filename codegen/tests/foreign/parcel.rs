//! What nobody but a person thinks of asking a client of `parcel.yaml`.

use std::error::Error;

use parcel_client::mock::{Mock, Reply};
use parcel_client::parcel::read_receipt::ReadReceiptHeaders;
use parcel_client::parcel::read_report::{ReadReportBody, ReadReportError};
use parcel_client::parcel::types;
use parcel_client::runtime::{Download, Upload};
use parcel_client::{Client, Error as CallError};
use wiremock::matchers::{body_string, header, headers, method, path};
use wiremock::{Mock as Expected, MockServer, ResponseTemplate};

type TestResult = Result<(), Box<dyn Error>>;

async fn server(expected: wiremock::MockBuilder, response: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    expected
        .respond_with(response)
        .expect(1)
        .mount(&server)
        .await;
    server
}

fn client(server: &MockServer) -> Result<Client, Box<dyn Error>> {
    let client = Client::builder().without_credentials();
    Ok(client.endpoint(server.uri()).build()?)
}

#[tokio::test]
async fn bytes_are_read_piece_by_piece() -> TestResult {
    let body = vec![7; 100_000];
    let response = ResponseTemplate::new(200).set_body_raw(body.clone(), "image/png");
    let server = server(Expected::given(path("/v1/bytes")), response).await;
    let response = client(&server)?.parcel().receive_bytes().send().await?;
    let mut download = response.into_inner();
    let mut read = Vec::new();
    while let Some(chunk) = download.chunk().await? {
        read.extend_from_slice(&chunk);
    }
    assert_eq!(read, body);
    Ok(())
}

#[cfg(feature = "blocking")]
#[test]
fn without_async_they_are_a_reader() -> TestResult {
    use std::io::Read as _;
    let runtime = tokio::runtime::Runtime::new()?;
    let response = ResponseTemplate::new(200).set_body_raw("abc", "image/png");
    let server = runtime.block_on(server(Expected::given(path("/v1/bytes")), response));
    let client = parcel_client::blocking::ClientBuilder::new().without_credentials();
    let client = client.endpoint(server.uri()).build()?;
    let response = client.send(client.parcel().receive_bytes())?;
    let mut text = String::new();
    client
        .reader(response.into_inner())
        .read_to_string(&mut text)?;
    assert_eq!(text, "abc");
    Ok(())
}

#[tokio::test]
async fn what_is_read_is_asked_for() -> TestResult {
    let json = r#"{"width":1,"height":2.5}"#;
    let response = ResponseTemplate::new(200).set_body_raw(json, "application/json");
    let accept = [
        "application/json",
        "application/vnd.parcel+json",
        "text/csv",
        "application/pdf",
        "text/html;q=0.9",
        "application/octet-stream;q=0.9",
    ];
    let asked = Expected::given(path("/v1/report")).and(headers("accept", accept.to_vec()));
    let server = server(asked, response).await;
    let response = client(&server)?.parcel().read_report().send().await?;
    assert!(matches!(response.into_inner(), ReadReportBody::Json(parcel) if parcel.width == 1));
    Ok(())
}

#[tokio::test]
async fn another_media_type_is_no_success() -> TestResult {
    let page = ResponseTemplate::new(200).set_body_raw("<p>Sign in.</p>", "text/html");
    let server = server(Expected::given(path("/v1/report")), page).await;
    let failed = client(&server)?.parcel().read_report().send().await;
    let Err(error) = failed else {
        return Err("a page is no report".into());
    };
    assert!(matches!(error, CallError::Decode(_)), "{error}");
    Ok(())
}

#[tokio::test]
async fn a_body_is_handed_in_as_it_is_written() -> TestResult {
    let label = r#"{"to":"Anna","tags":[],"lid":{"color":"red"}}"#;
    let xml = "<label><to>Anna</to></label>";
    let response = ResponseTemplate::new(200).set_body_raw(label, "application/json");
    let sent = Expected::given(method("POST"))
        .and(header("content-type", "application/xml"))
        .and(header("accept", "application/json"))
        .and(body_string(xml));
    let server = server(sent, response).await;
    let call = || Ok::<_, Box<dyn Error>>(client(&server)?.parcel().send_any());
    let written = Upload::bytes(xml).content_type("application/xml");
    let response = call()?.written_body(written).send().await?;
    assert_eq!(response.to, "Anna");
    for wrong in [
        Upload::bytes(xml),
        Upload::bytes(xml).content_type("text/csv"),
    ] {
        let refused = call()?.written_body(wrong).send().await;
        assert!(matches!(refused, Err(CallError::InvalidRequest(_))));
    }
    Ok(())
}

#[tokio::test]
async fn fakes_answer_in_every_kind() -> TestResult {
    let mock = Mock::new();
    mock.parcel()
        .receive_bytes()
        .times(1)
        .returns(Download::of_bytes("abc"));
    let parcel = types::Box2::new(2.5, 1);
    mock.parcel()
        .read_report()
        .times(1)
        .returns(ReadReportBody::Json(parcel));
    mock.parcel()
        .read_report()
        .times(1)
        .returns(ReadReportBody::Csv("a,b".to_owned()));
    let pdf = ReadReportBody::Pdf(Download::of_bytes("%PDF"));
    mock.parcel().read_report().times(1).returns(pdf);
    let gone = ReadReportError::Default(parcel_client::runtime::Bytes::from_static(b"gone"));
    mock.parcel().read_report().fails(gone);
    let receipt = Download::of_bytes("%PDF");
    mock.parcel()
        .read_receipt()
        .header("X-Pages", "3")
        .returns(receipt);
    let seen = mock
        .parcel()
        .send_any()
        .with(|it| it.to.is_none())
        .returns_example();

    let client = mock.client();
    let parcels = client.parcel();
    let download = parcels.receive_bytes().send().await?.into_inner();
    assert_eq!(download.collect(10).await?, b"abc");
    let report = || parcels.read_report().send();
    assert!(matches!(
        report().await?.into_inner(),
        ReadReportBody::Json(_)
    ));
    assert!(matches!(report().await?.into_inner(), ReadReportBody::Csv(text) if text == "a,b"));
    let ReadReportBody::Pdf(pdf) = report().await?.into_inner() else {
        return Err("a document was given".into());
    };
    assert_eq!(pdf.collect(10).await?, b"%PDF");
    let Err(CallError::Api(error)) = report().await else {
        return Err("an error was given".into());
    };
    assert!(matches!(error.body(), ReadReportError::Default(bytes) if bytes == "gone"));
    let receipt = parcels.read_receipt().send().await?;
    let headers = ReadReceiptHeaders::of(&receipt)?;
    assert_eq!((headers.x_pages, headers.x_copy), (3, None));
    assert_eq!(receipt.into_inner().collect(10).await?, b"%PDF");

    let written = Upload::bytes("<label/>").content_type("application/xml");
    parcels.send_any().written_body(written).send().await?;
    let request = seen.last().ok_or("nothing was called")?;
    assert_eq!(request.written_body.as_slice(), b"<label/>");
    Ok(())
}

#[tokio::test]
async fn a_success_has_the_headers_that_its_status_promises() -> TestResult {
    let answer = async |status, headers: &[(&str, &str)]| {
        let mock = Mock::new();
        let reply = Reply::bytes(status, "application/pdf", "%PDF");
        let expected = mock.parcel().read_receipt();
        let expected = headers.iter().fold(expected, |it, (name, value)| it.header(*name, *value));
        expected.replies(reply);
        mock.client().parcel().read_receipt().send().await
    };
    let copy = answer(203, &[("X-Pages", "3"), ("X-Copy", "2")]).await?;
    let headers = ReadReceiptHeaders::of(&copy)?;
    assert_eq!((copy.status(), headers.x_pages, headers.x_copy), (203, 3, Some(2)));
    assert!(answer(200, &[("X-Pages", "3")]).await.is_ok());
    for (status, lacking) in [(200, "X-Pages"), (203, "X-Copy")] {
        let other = ["X-Pages", "X-Copy"].into_iter().find(|it| *it != lacking);
        let error = answer(status, &[(other.unwrap_or_default(), "1")]).await.unwrap_err();
        assert!(matches!(error, CallError::Decode(_)), "{error}");
        assert!(error.to_string().contains(lacking), "{error}");
    }
    Ok(())
}
