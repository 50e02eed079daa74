//! The typed fake, as people use it in tests of their own code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::time::Duration;

use huaweicloud_password::mock::{Mock, PROJECT_ID, Reply};
use huaweicloud_password::{Client, Error, Password, RetryPolicy};
use huaweicloud_password_workbench::calls::{self, faked};

const SERVER: &str = "77616c78-0bc4-4156-b24b-4286586ac350";
const CLUSTER: &str = "4ca46bf1-5c61-48ff-b4f3-0ad4e5e3ba90";
const INSTANCE: &str = "5560df16-cebf-4473-95c4-d1b573c16e79";
const PASSWORD: &str = "Correct-Horse-42";

/// The code under test: resets the password of a cluster if the server it stands on allows it.
async fn reset_if_supported(client: &Client) -> Result<bool, Box<dyn std::error::Error>> {
    let flag = calls::cloud_server_flag(client, SERVER).send().await?;
    if !calls::cloud_server_supports(&flag) {
        return Ok(false);
    }
    calls::reset_cluster(client, CLUSTER, PASSWORD)
        .send()
        .await?;
    Ok(true)
}

#[tokio::test]
async fn two_services_in_one_test() {
    let mock = Mock::new();
    let flags = faked::cloud_server_flag(&mock)
        .with(|request| faked::server(request) == SERVER)
        .returns(faked::flag(true));
    let resets = faked::reset_cluster(&mock).times(1).returns(());

    assert!(reset_if_supported(&mock.client()).await.unwrap());
    mock.assert();
    assert_eq!(flags.count(), 1);
    let reset = resets.last().unwrap();
    let (project, cluster, password) = faked::cluster(&reset);
    assert_eq!((project, cluster), (PROJECT_ID, CLUSTER));
    assert_eq!(*password, Password::new(PASSWORD));
    assert_ne!(*password, "another");
}

#[tokio::test]
async fn no_reset_without_support() {
    let mock = Mock::new();
    faked::cloud_server_flag(&mock).returns(faked::flag(false));
    let resets = faked::reset_cluster(&mock).times(0).returns(());
    assert!(!reset_if_supported(&mock.client()).await.unwrap());
    assert_eq!(resets.count(), 0);
    mock.assert();
}

#[tokio::test]
async fn passwords_are_compared_and_never_printed() {
    let mock = Mock::new();
    let seen = faked::reset_cache(&mock)
        .with(|request| faked::cache_password(request) == Some(&PASSWORD.into()))
        .returns(faked::cache_is_reset());
    let call = |password| calls::reset_cache(&mock.client(), INSTANCE, password);
    call(PASSWORD).send().await.unwrap();

    let refused = call("Another-Horse-43").send().await;
    let error = refused.unwrap_err();
    assert!(matches!(&error, Error::Transport(_)), "{error}");
    assert!(!error.may_have_been_processed());
    for shown in [
        format!("{seen:?} {mock:?}"),
        format!("{error} {error:?}"),
        mock.verify().unwrap_err(),
    ] {
        assert!(!shown.contains("Horse"), "{shown}");
    }
    let text = error.to_string();
    assert!(
        text.contains("unexpected call of dcs.ResetPassword"),
        "{text}"
    );
    assert!(
        text.contains("mocked: dcs.ResetPassword (used 1 call)"),
        "{text}"
    );
}

#[tokio::test]
async fn documented_errors_are_typed() {
    let mock = Mock::new();
    let too_simple = faked::bad_cache_request("DCS.4019", "The password is too simple.");
    faked::reset_cache(&mock).times(1).fails(too_simple);
    let refusal = faked::cache_refusal("3");
    faked::reset_cache(&mock).times(1).fails(refusal);
    faked::reset_cluster(&mock).fails(faked::no_cluster().expect("it has no body"));
    let client = mock.client();

    let call = calls::reset_cache(&client, INSTANCE, PASSWORD);
    let error = call.clone().send().await.unwrap_err();
    assert_eq!(
        (error.status(), error.code()),
        (Some(400), Some("DCS.4019"))
    );
    assert!(error.hint().is_some());
    // The first is used up, so it is the turn of the second.
    let error = call.send().await.unwrap_err();
    let Error::Api(response) = &error else {
        panic!("{error}")
    };
    assert_eq!(faked::code_of_refusal(response.body()), Some("3"));

    let call = calls::reset_cluster(&client, CLUSTER, PASSWORD);
    let error = call.send().await.unwrap_err();
    assert_eq!(error.status(), Some(404));
    mock.assert();
}

#[tokio::test]
async fn what_is_refused_before_sending_never_arrives() {
    let mock = Mock::new();
    let seen = faked::reset_cache(&mock).times(0).returns_example();
    let call = calls::reset_cache(&mock.client(), INSTANCE, "weak");
    let error = call.send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert_eq!(seen.count(), 0);
    mock.assert();
}

#[tokio::test]
async fn retries_are_those_of_the_client() {
    let mock = Mock::new();
    let show = || faked::cloud_server_flag(&mock);
    show().times(2).replies(Reply::status(503));
    show().times(1).returns_example();
    let quick = RetryPolicy::default().base_delay(Duration::from_millis(1));
    let client = mock.builder().retry_policy(quick).build().unwrap();
    let response = calls::cloud_server_flag(&client, SERVER).send().await;
    assert_eq!(response.unwrap().status(), 200);
    mock.assert();
}

#[tokio::test]
async fn a_response_can_be_late() {
    let mock = Mock::new();
    faked::cloud_server_flag(&mock).replies(Reply::status(200).after(Duration::from_secs(3600)));
    let hasty = mock.builder().attempt_timeout(Duration::from_millis(20));
    let call = calls::cloud_server_flag(&hasty.build().unwrap(), SERVER);
    let error = call.send().await.unwrap_err().to_string();
    assert!(error.contains("no response in time"), "{error}");
}

#[test]
fn the_same_without_async() {
    let mock = Mock::new();
    faked::reset_cluster(&mock).breaks_off();
    let client = mock.blocking_client().unwrap();
    let call = calls::reset_cluster(&client, CLUSTER, PASSWORD);
    let error = client.send(call).unwrap_err();
    assert!(error.may_have_been_processed(), "{error}");
    mock.assert();
}

#[test]
#[should_panic(expected = "ecs.ShowResetPasswordFlag: expected 2 calls, got 0 calls")]
fn what_was_not_called_fails_the_test() {
    let mock = Mock::new();
    let show = faked::cloud_server_flag(&mock);
    show.times(2).returns_example();
    mock.assert();
}
