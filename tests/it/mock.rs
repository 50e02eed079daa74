//! The typed fake, as people use it in tests of their own code.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::time::Duration;

use huaweicloud_password::dcs::reset_password::ResetPasswordError;
use huaweicloud_password::dcs::types::{DcsError, ResetPasswordResponse};
use huaweicloud_password::dws::reset_password::ResetPasswordError as DwsError;
use huaweicloud_password::ecs::types::ShowResetPasswordFlagResponse;
use huaweicloud_password::mock::{Mock, PROJECT_ID, Reply};
use huaweicloud_password::{Client, Error, Password, RetryPolicy};

const SERVER: &str = "77616c78-0bc4-4156-b24b-4286586ac350";
const CLUSTER: &str = "4ca46bf1-5c61-48ff-b4f3-0ad4e5e3ba90";
const INSTANCE: &str = "5560df16-cebf-4473-95c4-d1b573c16e79";
const PASSWORD: &str = "Correct-Horse-42";

/// The code under test: resets the password of a cluster if the server it stands on allows it.
async fn reset_if_supported(client: &Client) -> Result<bool, Box<dyn std::error::Error>> {
    let flag = client.ecs().show_reset_password_flag(SERVER).send().await?;
    if !flag.is_supported() {
        return Ok(false);
    }
    let call = client.dws().reset_password(CLUSTER);
    call.new_password(PASSWORD).send().await?;
    Ok(true)
}

#[tokio::test]
async fn two_services_in_one_test() {
    let mock = Mock::new();
    let flags = mock
        .ecs()
        .show_reset_password_flag()
        .with(|request| request.server_id == SERVER)
        .returns(ShowResetPasswordFlagResponse::new("True"));
    let resets = mock.dws().reset_password().times(1).returns(());

    assert!(reset_if_supported(&mock.client()).await.unwrap());
    mock.assert();
    assert_eq!(flags.count(), 1);
    let reset = resets.last().unwrap();
    assert_eq!(reset.project_id, PROJECT_ID);
    assert_eq!(reset.cluster_id, CLUSTER);
    assert_eq!(reset.new_password, Password::new(PASSWORD));
    assert_ne!(reset.new_password, "another");
}

#[tokio::test]
async fn no_reset_without_support() {
    let mock = Mock::new();
    mock.ecs()
        .show_reset_password_flag()
        .returns(ShowResetPasswordFlagResponse::new("False"));
    let resets = mock.dws().reset_password().times(0).returns(());
    assert!(!reset_if_supported(&mock.client()).await.unwrap());
    assert_eq!(resets.count(), 0);
    mock.assert();
}

#[tokio::test]
async fn passwords_are_compared_and_never_printed() {
    let mock = Mock::new();
    let calls = mock
        .dcs()
        .reset_password()
        .with(|request| request.new_password == Some(PASSWORD.into()))
        .returns(ResetPasswordResponse::default());
    let call = mock.client().dcs().reset_password(INSTANCE);
    call.clone().new_password(PASSWORD).send().await.unwrap();

    let refused = call.new_password("Another-Horse-43").send().await;
    let error = refused.unwrap_err();
    assert!(matches!(&error, Error::Transport(_)), "{error}");
    assert!(!error.may_have_been_processed());
    for shown in [
        format!("{calls:?} {mock:?}"),
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
    let mut body = DcsError::default();
    body.error_code = Some("DCS.4019".to_owned());
    body.error_msg = Some("The password is too simple.".to_owned());
    let mut no = ResetPasswordResponse::default();
    no.code = Some("3".to_owned());
    let mock = Mock::new();
    let dcs = mock.dcs();
    dcs.reset_password()
        .times(1)
        .fails(ResetPasswordError::BadRequest(body));
    dcs.reset_password()
        .times(1)
        .fails(ResetPasswordError::Refused(no));
    mock.dws().reset_password().fails(DwsError::NotFound);
    let client = mock.client();

    let call = client.dcs().reset_password(INSTANCE).new_password(PASSWORD);
    let error = call.clone().send().await.unwrap_err();
    assert_eq!(
        (error.status(), error.code()),
        (Some(400), Some("DCS.4019"))
    );
    assert!(error.hint().is_some());
    // The first is used up, so it is the turn of the second.
    let error = call.send().await.unwrap_err();
    let Error::Api(answer) = &error else {
        panic!("{error}")
    };
    assert!(
        matches!(answer.body(), ResetPasswordError::Refused(no) if no.code.as_deref() == Some("3"))
    );

    let call = client.dws().reset_password(CLUSTER);
    let error = call.new_password(PASSWORD).send().await.unwrap_err();
    assert_eq!(error.status(), Some(404));
    mock.assert();
}

#[tokio::test]
async fn what_is_refused_before_sending_never_arrives() {
    let mock = Mock::new();
    let calls = mock.dcs().reset_password().times(0).returns_example();
    let call = mock.client().dcs().reset_password(INSTANCE);
    let error = call.new_password("weak").send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert_eq!(calls.count(), 0);
    mock.assert();
}

#[tokio::test]
async fn retries_are_those_of_the_client() {
    let mock = Mock::new();
    let show = || mock.ecs().show_reset_password_flag();
    show().times(2).replies(Reply::status(503));
    show().times(1).returns_example();
    let quick = RetryPolicy::default().base_delay(Duration::from_millis(1));
    let client = mock.builder().retry_policy(quick).build().unwrap();
    let answer = client.ecs().show_reset_password_flag(SERVER).send().await;
    assert_eq!(answer.unwrap().status(), 200);
    mock.assert();
}

#[tokio::test]
async fn an_answer_can_be_late() {
    let mock = Mock::new();
    mock.ecs()
        .show_reset_password_flag()
        .replies(Reply::status(200).after(Duration::from_secs(3600)));
    let hasty = mock.builder().attempt_timeout(Duration::from_millis(20));
    let call = hasty
        .build()
        .unwrap()
        .ecs()
        .show_reset_password_flag(SERVER);
    let error = call.send().await.unwrap_err().to_string();
    assert!(error.contains("no answer in time"), "{error}");
}

#[test]
fn the_same_without_async() {
    let mock = Mock::new();
    mock.dws().reset_password().breaks_off();
    let client = mock.blocking_client().unwrap();
    let call = client.dws().reset_password(CLUSTER);
    let error = client.send(call.new_password(PASSWORD)).unwrap_err();
    assert!(error.may_have_been_processed(), "{error}");
    mock.assert();
}

#[test]
#[should_panic(expected = "ecs.ShowResetPasswordFlag: expected 2 calls, got 0 calls")]
fn what_was_not_called_fails_the_test() {
    let mock = Mock::new();
    let show = mock.ecs().show_reset_password_flag();
    show.times(2).returns_example();
    mock.assert();
}
