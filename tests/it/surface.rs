//! What the client offers beside its operations, as people use it, over real sockets.

use std::time::{Duration, Instant};

use huaweicloud_password::{
    CallOptions, Client, Credentials, Error, Password, RetryPolicy, blocking, iam,
};
use huaweicloud_password_workbench::calls;
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

async fn responding(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    let any = Mock::given(matchers::any()).respond_with(template);
    any.mount(&server).await;
    server
}

#[tokio::test]
async fn one_call_has_time_limits_retries_and_headers_of_its_own() {
    let slow = ResponseTemplate::new(503).set_delay(Duration::from_millis(200));
    let server = responding(slow).await;
    let client = client(&server);
    let once = CallOptions::new()
        .retry_policy(RetryPolicy::none())
        .secret_header("X-Ticket", TICKET);
    let call = calls::cloud_server_flag(&client, INSTANCE);
    let call = call.call_options(once);
    assert!(!format!("{call:?}").contains("Hidden"));
    assert_eq!(call.send().await.unwrap_err().status(), Some(503));
    let received = server.received_requests().await.unwrap();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].headers["x-ticket"], TICKET);

    let short = CallOptions::new().operation_timeout(Duration::from_millis(50));
    let begun = Instant::now();
    let call = calls::reset_cache(&client, INSTANCE, PASSWORD);
    let error = call.call_options(short).send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(begun.elapsed() < Duration::from_secs(5));

    let own = CallOptions::new().header("Authorization", TICKET);
    let call = calls::reset_cache(&client, INSTANCE, PASSWORD);
    let error = call.call_options(own).send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
    assert!(!format!("{error} {error:?}").contains("Hidden"));
    assert_eq!(server.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn the_response_is_given_as_it_came_with_async_and_without() {
    const BODY: &str = r#"{"code": "1", "of_tomorrow": {"a": [1]}}"#;
    let response = ResponseTemplate::new(200).set_body_raw(BODY, "application/json");
    let server = responding(response.insert_header("X-Node", "n-7")).await;
    let options = || CallOptions::new().header("X-Language", "en-us");

    let client = client(&server);
    let call = calls::reset_cache(&client, INSTANCE, PASSWORD);
    let response = call.call_options(options()).send().await.unwrap();
    assert_eq!(response.header("x-node"), Some("n-7"));
    assert_eq!(response.expose_body(), BODY.as_bytes());
    assert!(!format!("{response:?}").contains("of_tomorrow"));

    let builder = blocking::Client::builder("cn-north-4").endpoint(server.uri());
    let without = builder.credentials(credentials()).build().unwrap();
    let call = calls::reset_cache(&without, INSTANCE, PASSWORD);
    let response = without.send(call.call_options(options())).unwrap();
    assert_eq!(response.header("x-node"), Some("n-7"));
    assert_eq!(response.expose_body(), BODY.as_bytes());
    for seen in server.received_requests().await.unwrap() {
        assert_eq!(seen.headers["x-language"], "en-us");
    }
}

#[tokio::test]
async fn a_password_made_for_an_operation_is_one_that_it_sends() {
    let (_server, client) = client_of(reset()).await;
    for _ in 0..50 {
        let made = Password::generate(&calls::CACHE_POLICY).unwrap();
        let call = calls::reset_cache(&client, INSTANCE, made);
        call.send().await.unwrap();
        let made = Password::generate(&calls::CLUSTER_POLICY).unwrap();
        let call = calls::reset_cluster(&client, INSTANCE, made);
        call.send().await.unwrap();
        let made = Password::generate(&calls::BASTION_POLICY).unwrap();
        calls::reset_bastion(&client, INSTANCE, made)
            .send()
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn what_the_public_policy_refuses_the_operation_refuses_too() {
    let (_server, client) = client_of(reset()).await;
    let weak = Password::new("weak");
    let policy = calls::CACHE_POLICY;
    let violations = policy.check(&weak).unwrap_err();
    let call = calls::reset_cache(&client, INSTANCE, weak);
    let Error::InvalidRequest(error) = call.send().await.unwrap_err() else {
        panic!("the password should be refused");
    };
    assert!(error.to_string().contains(&violations.to_string()));
}

/// A client of a server that responds so. The server lives as long as it is held.
async fn client_of(template: ResponseTemplate) -> (MockServer, Client) {
    let server = responding(template).await;
    let client = client(&server);
    (server, client)
}

/// What each of the services may say to a reset.
fn reset() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(r#"{"code": "1"}"#, "application/json")
}

/// What the flag of a server reads as, with the response that the service gives.
async fn flag(body: &str) -> Result<bool, Error<impl std::fmt::Debug>> {
    let response = ResponseTemplate::new(200).set_body_raw(body.to_owned(), "application/json");
    let (_server, client) = client_of(response).await;
    let call = calls::cloud_server_flag(&client, INSTANCE);
    call.send()
        .await
        .map(|response| calls::cloud_server_supports(&response))
}

#[tokio::test]
async fn a_flag_is_read_in_every_wording_that_is_clear() {
    for yes in [
        r#""True""#,
        r#""true""#,
        r#""TRUE""#,
        "true",
        r#"" true ""#,
        "1",
        r#""1""#,
        r#""yes""#,
    ] {
        let body = format!(r#"{{"resetpwd_flag": {yes}}}"#);
        assert!(flag(&body).await.unwrap(), "{yes}");
    }
    for no in [r#""False""#, r#""false""#, "false", "0", r#""No""#] {
        let body = format!(r#"{{"resetpwd_flag": {no}}}"#);
        assert!(!flag(&body).await.unwrap(), "{no}");
    }
}

#[tokio::test]
async fn a_flag_that_says_neither_yes_nor_no_is_no_no() {
    for neither in [
        r#"{"resetpwd_flag": "maybe"}"#,
        r#"{"resetpwd_flag": ""}"#,
        r#"{"resetpwd_flag": null}"#,
        r#"{"resetpwd_flag": 2}"#,
        r#"{"resetpwd_flag": []}"#,
        r#"{"resetpwd_flag": ["True"]}"#,
        r#"{"resetpwd_flag": "True", "resetpwd_flag": "False"}"#,
        r#"{"resetpwd_flag": true, "resetpwd_flag": false}"#,
        "{}",
    ] {
        let error = flag(neither).await.unwrap_err();
        let Error::Decode(_) = &error else {
            panic!("{neither}: {error:?}");
        };
        assert!(!error.to_string().contains("maybe"), "{error}");
    }
}

#[tokio::test]
async fn what_is_null_or_another_type_is_read_where_its_meaning_is_clear() {
    let json =
        |body: &str| ResponseTemplate::new(200).set_body_raw(body.to_owned(), "application/json");
    for body in [
        r#"{"projects": null}"#,
        r#"{"projects": [], "links": null}"#,
        r#"{"projects": null, "links": ""}"#,
    ] {
        let (_server, client) = client_of(json(body)).await;
        let response = client.iam().keystone_list_projects().send().await.unwrap();
        assert!(
            response.projects.is_empty() && response.links.is_none(),
            "{body}"
        );
    }
    let one = r#"{"projects": [{"id": 7, "name": "a", "enabled": "true", "is_domain": 0,
        "description": null, "domain_id": 8, "parent_id": 9}]}"#;
    let (_server, client_of_one) = client_of(json(one)).await;
    let response = client_of_one
        .iam()
        .keystone_list_projects()
        .send()
        .await
        .unwrap();
    assert_eq!(response.projects[0].id, "7");
    assert_eq!(response.projects[0].enabled, Some(true));
    assert_eq!(response.projects[0].is_domain, Some(false));

    // A reset that worked stays one.
    for body in [
        r#"{"code": 1}"#,
        r#"{"code": 1.0, "message": true}"#,
        r#"{"code": null, "ext_message": 5}"#,
    ] {
        let (_server, client) = client_of(json(body)).await;
        let call = calls::reset_cache(&client, INSTANCE, PASSWORD);
        assert!(call.send().await.is_ok(), "{body}");
    }
    // And one that did not, stays none.
    let (_server, client_of_three) = client_of(json(r#"{"code": 3, "message": null}"#)).await;
    let call = calls::reset_cache(&client_of_three, INSTANCE, PASSWORD);
    assert_eq!(call.send().await.unwrap_err().status(), Some(200));

    // Errors too say what they can.
    let refusal = r#"{"error_code": 111400845, "error_msg": null, "error_ext_msg": false}"#;
    let response = ResponseTemplate::new(400).set_body_raw(refusal, "application/json");
    let (_server, client) = client_of(response).await;
    let call = calls::reset_cache(&client, INSTANCE, PASSWORD);
    let error = call.send().await.unwrap_err();
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert_eq!(error.details().and_then(|it| it.code()), Some("111400845"));
}

#[test]
fn requests_are_written_as_they_were_given() {
    let method = iam::types::IdentityMethodsItem::from("PASSWORD");
    assert_eq!(serde_json::to_string(&method).unwrap(), r#""PASSWORD""#);
}
