//! What the client offers beside its operations, as people use it, over real sockets.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::{Duration, Instant};

use huaweicloud_password::{
    CallOptions, Client, Credentials, Error, Password, RetryPolicy, blocking, cbh, dcs, dws,
};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

const PROJECT: &str = "bbf1946d374b44a0a2a95533562ba954";
const INSTANCE: &str = "5560df16-cebf-4473-95c4-d1b573c16e79";
const PASSWORD: &str = "Correct-Horse-42";
const TICKET: &str = "TkHiddenTicketForTestsOnly0001";

fn credentials() -> Credentials {
    Credentials::aksk("AKIDEXAMPLE", "ExampleSecretKey").project_id(PROJECT)
}

fn client(server: &MockServer) -> Client {
    let builder = Client::builder("cn-north-4").endpoint(server.uri());
    builder.credentials(credentials()).build().unwrap()
}

async fn answering(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    let any = Mock::given(matchers::any()).respond_with(template);
    any.mount(&server).await;
    server
}

#[tokio::test]
async fn one_call_has_time_limits_retries_and_headers_of_its_own() {
    let slow = ResponseTemplate::new(503).set_delay(Duration::from_millis(200));
    let server = answering(slow).await;
    let client = client(&server);
    let once = CallOptions::new()
        .retry_policy(RetryPolicy::none())
        .secret_header("X-Ticket", TICKET);
    let call = client.ecs().show_reset_password_flag(INSTANCE);
    let call = call.call_options(once);
    assert!(!format!("{call:?}").contains("Hidden"));
    assert_eq!(call.send().await.unwrap_err().status(), Some(503));
    let received = server.received_requests().await.unwrap();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].headers["x-ticket"], TICKET);

    let short = CallOptions::new().operation_timeout(Duration::from_millis(50));
    let begun = Instant::now();
    let call = client.dcs().reset_password(INSTANCE).new_password(PASSWORD);
    let error = call.call_options(short).send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(begun.elapsed() < Duration::from_secs(5));

    let own = CallOptions::new().header("Authorization", TICKET);
    let call = client.dcs().reset_password(INSTANCE).new_password(PASSWORD);
    let error = call.call_options(own).send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("Hidden"));
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_answer_is_given_as_it_came_with_async_and_without() {
    const BODY: &str = r#"{"code": "1", "of_tomorrow": {"a": [1]}}"#;
    let answer = ResponseTemplate::new(200).set_body_raw(BODY, "application/json");
    let server = answering(answer.insert_header("X-Node", "n-7")).await;
    let options = || CallOptions::new().header("X-Language", "en-us");

    let client = client(&server);
    let call = client.dcs().reset_password(INSTANCE).new_password(PASSWORD);
    let response = call.call_options(options()).send().await.unwrap();
    assert_eq!(response.header("x-node"), Some("n-7"));
    assert_eq!(response.expose_body(), BODY.as_bytes());
    assert!(!format!("{response:?}").contains("of_tomorrow"));

    let builder = blocking::Client::builder("cn-north-4").endpoint(server.uri());
    let client = builder.credentials(credentials()).build().unwrap();
    let call = client.dcs().reset_password(INSTANCE).new_password(PASSWORD);
    let response = call.call_options(options()).send().unwrap();
    assert_eq!(response.header("x-node"), Some("n-7"));
    assert_eq!(response.expose_body(), BODY.as_bytes());
    for seen in server.received_requests().await.unwrap() {
        assert_eq!(seen.headers["x-language"], "en-us");
    }
}

#[tokio::test]
async fn a_password_made_for_an_operation_is_one_that_it_sends() {
    let client = client(&answering(reset()).await);
    for _ in 0..50 {
        let made = Password::generate(&dcs::ResetPassword::NEW_PASSWORD_POLICY).unwrap();
        let call = client.dcs().reset_password(INSTANCE).new_password(made);
        call.send().await.unwrap();
        let made = Password::generate(&dws::ResetPassword::NEW_PASSWORD_POLICY).unwrap();
        let call = client.dws().reset_password(INSTANCE).new_password(made);
        call.send().await.unwrap();
        let made = Password::generate(&cbh::ResetInstancePassword::NEW_PASSWORD_POLICY).unwrap();
        let call = client.cbh().reset_instance_password().server_id(INSTANCE);
        call.new_password(made).send().await.unwrap();
    }
}

#[tokio::test]
async fn what_the_public_policy_refuses_the_operation_refuses_too() {
    let client = client(&answering(reset()).await);
    let weak = Password::new("weak");
    let policy = dcs::ResetPassword::NEW_PASSWORD_POLICY;
    let violations = policy.check(&weak).unwrap_err();
    let call = client.dcs().reset_password(INSTANCE).new_password(weak);
    let Error::InvalidRequest(error) = call.send().await.unwrap_err() else {
        panic!("the password should be refused");
    };
    assert!(error.to_string().contains(&violations.to_string()));
}

/// What each of the services may say to a reset.
fn reset() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(r#"{"code": "1"}"#, "application/json")
}
