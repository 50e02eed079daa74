//! Secrets of every shape in every place: none prints, and all that can be sent is.

use std::error::Error;

use hoard_client::hoard::put_written::PutWrittenBody;
use hoard_client::hoard::read_headers::ReadHeadersHeaders;
use hoard_client::hoard::types::{Chest, ChestAuth};
use hoard_client::runtime::{Password, SecretJson};
use hoard_client::{Client, Error as CallError};
use wiremock::matchers::{body_string, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

type TestResult = Result<(), Box<dyn Error>>;

async fn client(expected: wiremock::MockBuilder, response: ResponseTemplate) -> (Client, MockServer) {
    let server = MockServer::start().await;
    expected.respond_with(response).expect(1).mount(&server).await;
    let client = Client::builder().without_credentials().endpoint(server.uri()).build();
    (client.expect("a client"), server)
}

const CHEST: &str = r#"{
    "name": "oak", "password": ["gold-1"], "secret": {"deep": "gold-2"}, "tokens": {"a": "gold-3"},
    "credentials": {"user": "gold-4"}, "shared_secrets": ["gold-5"], "pin": 4711, "locked": {"word": "gold-6"},
    "combination": "gold-7", "access_token": "gold-8", "mistyped": "gold-9", "auth": "basic", "count": 3
}"#;

fn is_hidden(shown: &str) {
    assert!(!shown.contains("gold") && !shown.contains("4711"), "{shown}");
}

#[test]
fn no_shape_of_a_secret_prints() {
    let chest: Chest = serde_json::from_str(CHEST).expect("a chest");
    let shown = format!("{chest:?}");
    is_hidden(&shown);
    assert!(shown.contains("oak") && shown.contains('3'), "{shown}");
    assert_eq!(chest.auth, Some(ChestAuth::Basic));
    is_hidden(&serde_json::to_string(&chest).expect("it can be written"));
    let secret = chest.password.expect("it is there");
    assert_eq!(secret.expose()[0], "gold-1");
}

#[tokio::test]
async fn a_text_is_sent_and_read_and_not_shown() -> TestResult {
    let expected = Mock::given(method("PUT")).and(path("/v1/marked")).and(body_string("gold"));
    let response = ResponseTemplate::new(200).set_body_raw("more gold", "text/plain");
    let (client, _server) = client(expected, response).await;
    let call = client.hoard().put_text().body("gold");
    is_hidden(&format!("{call:?}"));
    let response = call.send().await?;
    is_hidden(&format!("{response:?}"));
    assert_eq!(response.expose(), "more gold");
    Ok(())
}

#[tokio::test]
async fn the_text_of_an_error_is_not_shown() {
    let response = ResponseTemplate::new(403).set_body_raw("gold is not there", "text/plain");
    let (client, _server) = client(Mock::given(method("PUT")), response).await;
    let error = client.hoard().put_text().body("x").send().await.expect_err("refused");
    is_hidden(&format!("{error:?} {error}"));
    assert!(matches!(error, CallError::Api(_)));
}

#[tokio::test]
async fn what_is_written_in_another_format_is_not_shown() -> TestResult {
    let expected = Mock::given(method("POST")).and(body_string("<gold/>"));
    let response = ResponseTemplate::new(200).set_body_raw("gold,silver", "text/csv");
    let (client, _server) = client(expected, response).await;
    let call = client.hoard().put_written().body(Password::new("<gold/>"));
    is_hidden(&format!("{call:?}"));
    let response = call.send().await?;
    is_hidden(&format!("{response:?}"));
    assert!(matches!(&*response, PutWrittenBody::Csv(text) if text.expose() == "gold,silver"));
    Ok(())
}

#[tokio::test]
async fn secrets_of_any_type_stand_in_headers_and_cookies() -> TestResult {
    let expected = Mock::given(method("GET"))
        .and(header("X-Session-Token", "gold"))
        .and(header("cookie", "session_cookie=gold"));
    let response = ResponseTemplate::new(200)
        .insert_header("X-Next-Password", "gold")
        .insert_header("X-Bare-Secret", "gold")
        .set_body_raw("{}", "application/json");
    let (client, _server) = client(expected, response).await;
    let call = client
        .hoard()
        .read_headers()
        .x_door_tokens(vec![Password::new("gold-a"), Password::new("gold-b")])
        .x_session_token(SecretJson::new("gold"))
        .session_cookie("gold");
    is_hidden(&format!("{call:?}"));
    let response = call.send().await?;
    is_hidden(&format!("{:?}", *response));
    Ok(())
}

#[tokio::test]
async fn what_has_a_secret_name_in_an_address_is_sent() -> TestResult {
    let expected = Mock::given(path("/v1/search"))
        .and(query_param("filter[token]", "t"))
        .and(query_param("plain", "p"));
    let (client, _server) = client(expected, ResponseTemplate::new(204)).await;
    let filter = serde_json::json!({"token": "t"});
    client.hoard().search().filter(filter).plain("p").send().await?;
    Ok(())
}

#[tokio::test]
async fn a_fake_shows_cookies_and_hides_what_is_secret() -> TestResult {
    let mock = hoard_client::mock::Mock::new();
    mock.hoard()
        .read_headers()
        .with(|request| {
            is_hidden(&format!("{request:?}"));
            request.session_cookie.as_ref().is_some_and(|it| it.expose() == "gold")
        })
        .header("X-Bare-Secret", "gold")
        .returns(hoard_client::hoard::types::ReadHeadersResponse::new());
    let call = mock.client().hoard().read_headers().x_door_tokens(vec![Password::new("gold-a")]);
    let call = call.x_session_token(SecretJson::new("gold")).session_cookie("gold");
    let response = call.send().await?;
    let headers = ReadHeadersHeaders::of(&response)?;
    assert_eq!(headers.x_bare_secret.as_ref().map(Password::expose), Some("gold"));
    is_hidden(&format!("{headers:?} {response:?}"));
    mock.assert();
    Ok(())
}
