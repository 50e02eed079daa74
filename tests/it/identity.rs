//! Signing in and finding the project, through the client and against the simulator.

mod config;
mod ways;

use std::sync::Arc;
use std::time::Duration;

use huaweicloud_password::iam::keystone_create_user_token_by_password::KeystoneCreateUserTokenByPasswordHeaders;
use huaweicloud_password::identity::{Scope, SignIn};
use huaweicloud_password::runtime::observe::{CallReport, Observer};
use huaweicloud_password::{Client, ClientBuilder, Credentials, CredentialsError, Error};
use huaweicloud_password_workbench::calls;
use huaweicloud_password_workbench::cloud::{self, DEMO_ACCESS_KEY, DEMO_SECRET_KEY, DEMO_TOKEN};
use openapi_simulator::{Authentication, RunningSimulator};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

/// The id that the example of `spec/iam.yaml` gives the project of cn-north-4.
const PROJECT: &str = "bbf1946d374b44a0a2a95533562ba954";
const PASSWORD: &str = "Correct-Horse-42";

async fn simulator() -> RunningSimulator {
    cloud::simulator().start().await.unwrap()
}

fn builder(simulator: &RunningSimulator) -> ClientBuilder {
    Client::builder("cn-north-4").endpoint(simulator.endpoint())
}

fn user() -> SignIn {
    SignIn::new("example-account", "example-user", PASSWORD)
}

fn demo_key() -> Credentials {
    Credentials::aksk(DEMO_ACCESS_KEY, DEMO_SECRET_KEY)
}

/// What arrived: operation, how it was authenticated, status.
fn arrived(simulator: &RunningSimulator) -> Vec<(String, Authentication, u16)> {
    let served = simulator.ledger().entries().into_iter();
    served
        .map(|request| {
            let (name, status) = (request.operation.unwrap(), request.status.unwrap());
            (name, request.authentication, status)
        })
        .collect()
}

#[tokio::test]
async fn a_client_signs_in_once_and_resets_the_password_of_a_bastion_host() {
    let simulator = simulator().await;
    let client = builder(&simulator).sign_in(user()).build().unwrap();
    for _ in 0..3 {
        let call = calls::reset_bastion(&client, "6e22aced", PASSWORD);
        call.send().await.unwrap();
    }
    let reset = || {
        (
            "ResetInstancePassword".to_owned(),
            Authentication::Token,
            200,
        )
    };
    assert_eq!(
        arrived(&simulator),
        [
            (
                "KeystoneCreateUserTokenByPassword".to_owned(),
                Authentication::NotNeeded,
                201
            ),
            reset(),
            reset(),
            reset(),
        ]
    );
    // The token came with the id of its project, so nobody had to look it up.
    let paths: Vec<_> = simulator
        .ledger()
        .entries()
        .into_iter()
        .map(|it| it.path)
        .collect();
    assert!(paths[1].contains(PROJECT), "{paths:?}");
}

#[tokio::test]
async fn a_token_can_be_asked_for_by_a_call_of_its_own() {
    use huaweicloud_password::iam::types::*;
    let simulator = simulator().await;
    // Signing in needs no credentials; the wrong ones do not stand in its way.
    let client = builder(&simulator)
        .credentials(Credentials::aksk("WRONG", "WRONG"))
        .build()
        .unwrap();
    let user = SignInUser::new(
        AccountName::new("example-account"),
        "example-user",
        PASSWORD,
    );
    let identity = Identity::new(vec!["password".into()], PasswordIdentity::new(user));
    let scope = TokenScope::new().project(ScopeProject::new().name("cn-north-4"));
    let call = client.iam().keystone_create_user_token_by_password();
    let response = call
        .auth(Auth::new(identity).scope(scope))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 201);
    let headers = KeystoneCreateUserTokenByPasswordHeaders::of(&response).unwrap();
    let subject = headers.x_subject_token.expose();
    assert!(subject.starts_with(DEMO_TOKEN) && subject != DEMO_TOKEN);
    let token = response.token.as_ref().unwrap();
    assert_eq!(token.project.as_ref().unwrap().id.as_deref(), Some(PROJECT));
    assert!(!format!("{response:?} {headers:?}").contains(DEMO_TOKEN));
}

#[tokio::test]
async fn the_project_is_looked_up_once_however_many_ask() {
    let simulator = simulator().await;
    let client = builder(&simulator)
        .credentials(demo_key())
        .look_up_project_id()
        .build()
        .unwrap();
    let calls: Vec<_> = (0..50)
        .map(|_| tokio::spawn(calls::cloud_server_flag(&client, "server").send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let arrived = arrived(&simulator);
    let look_ups = arrived
        .iter()
        .filter(|(name, ..)| name == "KeystoneListProjects");
    assert_eq!(look_ups.count(), 1);
    assert_eq!(arrived.len(), 51);
    assert!(
        arrived
            .iter()
            .all(|(_, how, _)| *how == Authentication::Signature)
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_said_before_iam_is_asked() {
    let simulator = simulator().await;
    let client = builder(&simulator)
        .credentials(demo_key())
        .look_up_project_id()
        .build()
        .unwrap();
    let call = calls::reset_cluster(&client, "cluster", "weak");
    let error = call.send().await.unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert_eq!(arrived(&simulator), []);
}

#[tokio::test]
async fn a_region_without_a_project_is_an_error_that_says_what_to_do() {
    let simulator = simulator().await;
    let client = Client::builder("cn-east-3")
        .endpoint(simulator.endpoint())
        .credentials(demo_key())
        .look_up_project_id()
        .build()
        .unwrap();
    let error = calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Credentials(CredentialsError::ProjectId(_))),
        "{error:?}"
    );
    let text = error.to_string();
    for part in ["the call was not made", "`cn-east-3`", ".project_id("] {
        assert!(text.contains(part), "{text}");
    }
    // A call that names its project does not need IAM.
    let call = calls::bare_metal_flag(&client, "server").project_id(PROJECT);
    call.send().await.unwrap();
    assert_eq!(arrived(&simulator).len(), 2);
}

#[tokio::test]
async fn without_a_look_up_a_missing_project_is_still_a_request_refused() {
    let simulator = simulator().await;
    let client = builder(&simulator).credentials(demo_key()).build().unwrap();
    let error = calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap_err();
    assert!(matches!(error, Error::InvalidRequest(_)), "{error}");
    assert_eq!(arrived(&simulator), []);
}

#[tokio::test]
async fn credentials_from_a_provider_bring_their_project_along() {
    let simulator = simulator().await;
    // A provider that is not known to give the same every time.
    let provider = Arc::new(Arc::new(demo_key().project_id(PROJECT)));
    let client = builder(&simulator)
        .credentials_provider(provider)
        .build()
        .unwrap();
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap();
    assert!(simulator.ledger().entries()[0].path.contains(PROJECT));
}

#[tokio::test]
async fn a_password_that_iam_refuses_is_tried_once() {
    // A server that refuses every user and counts.
    let server = MockServer::start().await;
    Mock::given(matchers::method("POST"))
        .and(matchers::path("/v3/auth/tokens"))
        .respond_with(
            ResponseTemplate::new(401)
                .insert_header("X-IAM-Trace-Id", "trace-1")
                .set_body_raw(
                    r#"{"error":{"code":401,"message":"The username or password is wrong.","title":"Unauthorized"}}"#,
                    "application/json",
                ),
        )
        .expect(1)
        .mount(&server)
        .await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .sign_in(user().scope(Scope::Account))
        .project_id(PROJECT)
        .build()
        .unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(calls::bare_metal_flag(&client, "server").send()))
        .collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(error.is_auth() && !error.is_retryable(), "{error}");
        let Error::Credentials(CredentialsError::SignIn(refusal)) = &error else {
            panic!("{error:?}");
        };
        assert_eq!(error.status(), Some(401));
        assert_eq!(error.request_id(), Some("trace-1"));
        assert_eq!(refusal.status(), Some(401));
        assert_eq!(refusal.code(), Some("401"));
        assert_eq!(refusal.request_id(), Some("trace-1"));
        assert!(!format!("{error} {error:?}").contains(PASSWORD));
    }
    // Believed for as long as IAM locks a user, not only for the pause after a failure.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap_err();
}

/// A server that signs everybody in, after a while.
async fn signing_in(delay: Duration) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(matchers::path("/v3/auth/tokens"))
        .respond_with(
            ResponseTemplate::new(201)
                .set_delay(delay)
                .insert_header("X-Subject-Token", "MIID-token")
                .set_body_raw(
                    r#"{"token":{"expires_at":"2099-01-01T00:00:00.000000Z"}}"#,
                    "application/json",
                ),
        )
        .mount(&server)
        .await;
    server
}

async fn count(server: &MockServer, part: &str) -> usize {
    let requests = server.received_requests().await.unwrap();
    let fits = requests.iter().filter(|it| it.url.path().contains(part));
    fits.count()
}

#[tokio::test]
async fn a_lock_of_iam_is_over_by_itself() {
    let server = MockServer::start().await;
    Mock::given(matchers::path("/v3/auth/tokens"))
        .respond_with(ResponseTemplate::new(401).set_body_raw(
            r#"{"error":{"code":401,"message":"The account is locked.","title":"Unauthorized"}}"#,
            "application/json",
        ))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(matchers::path("/v3/auth/tokens"))
        .respond_with(
            ResponseTemplate::new(201)
                .insert_header("X-Subject-Token", "MIID-token")
                .set_body_raw(r#"{"token":{}}"#, "application/json"),
        )
        .mount(&server)
        .await;
    Mock::given(matchers::path_regex("os-resetpwd-flag"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_raw(r#"{"resetpwd_flag":"True"}"#, "application/json"),
        )
        .mount(&server)
        .await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .sign_in(user().scope(Scope::Account))
        .project_id(PROJECT)
        .build()
        .unwrap();
    for _ in 0..20 {
        let call = calls::bare_metal_flag(&client, "server").send();
        let error = call.await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("The account is locked."), "{text}");
        assert!(text.contains("IAM is asked again in"), "{text}");
        let Error::Credentials(CredentialsError::SignIn(refusal)) = &error else {
            panic!("{error:?}");
        };
        assert!(refusal.asked_again_in() <= Some(Duration::from_secs(900)));
    }
    assert_eq!(count(&server, "/v3/auth/tokens").await, 1);
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(15 * 60)).await;
    tokio::time::resume();
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap();
    assert_eq!(count(&server, "/v3/auth/tokens").await, 2);
}

#[tokio::test]
async fn looking_for_the_project_locks_no_key_either() {
    let server = MockServer::start().await;
    Mock::given(matchers::any())
        .respond_with(ResponseTemplate::new(401).set_body_raw(
            r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: verify aksk signature fail"}"#,
            "application/json",
        ))
        .mount(&server)
        .await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .credentials(Credentials::aksk("AK", "wrong"))
        .look_up_project_id()
        .build()
        .unwrap();
    for _ in 0..2 {
        let calls: Vec<_> = (0..50)
            .map(|_| tokio::spawn(calls::bare_metal_flag(&client, "server").send()))
            .collect();
        for call in calls {
            let error = call.await.unwrap().unwrap_err();
            assert!(error.is_auth() && !error.is_retryable(), "{error}");
        }
        // What is remembered of the look-up is over.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
    }
    assert_eq!(count(&server, "").await, 1);
}

#[tokio::test]
async fn a_token_that_ended_early_is_replaced_once() {
    let server = signing_in(Duration::ZERO).await;
    Mock::given(matchers::path_regex("os-resetpwd-flag"))
        .respond_with(ResponseTemplate::new(401))
        .mount(&server)
        .await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .sign_in(user())
        .project_id(PROJECT)
        .build()
        .unwrap();
    for _ in 1..=20 {
        let error = calls::bare_metal_flag(&client, "server")
            .send()
            .await
            .unwrap_err();
        // IAM gives the same token again here, which is not sent again.
        assert_eq!(error.status(), Some(401));
        assert_eq!(count(&server, "os-resetpwd-flag").await, 1);
        assert_eq!(count(&server, "/v3/auth/tokens").await, 2);
    }
}

#[tokio::test]
async fn signing_in_counts_towards_the_time_of_the_call() {
    let server = signing_in(Duration::from_secs(2)).await;
    Mock::given(matchers::path_regex("os-resetpwd-flag|v3/projects"))
        .respond_with(ResponseTemplate::new(200).set_delay(Duration::from_secs(30)))
        .mount(&server)
        .await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .sign_in(user())
        .look_up_project_id()
        .operation_timeout(Duration::from_secs(4))
        .build()
        .unwrap();
    let begun = std::time::Instant::now();
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap_err();
    // 2 s to sign in and 2 s for the rest, not 4 s more.
    assert!(
        begun.elapsed() < Duration::from_millis(5_500),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_derived_key_of_one_service_does_not_sign_the_call_of_iam() {
    use huaweicloud_password::SigningScheme;
    let simulator = simulator().await;
    let client = builder(&simulator)
        .credentials(demo_key())
        .signing(SigningScheme::derived("cn-north-4", "bms"))
        .look_up_project_id()
        .build()
        .unwrap();
    // The simulator takes no derived signature, but the look-up arrives and is right.
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        arrived(&simulator)[0],
        (
            "KeystoneListProjects".to_owned(),
            Authentication::Signature,
            200
        )
    );
}

/// Keeps what it is told of calls: the operation, how many attempts, and what came of it.
#[derive(Default)]
struct Calls(std::sync::Mutex<Vec<(&'static str, u32, String)>>);

impl Observer for Calls {
    fn on_call(&self, report: &CallReport<'_>) {
        let outcome = format!("{:?}", report.outcome);
        let told = (report.operation.name, report.attempts, outcome);
        self.0.lock().unwrap().push(told);
    }
}

#[tokio::test]
async fn a_call_that_ends_with_the_look_up_is_told_to_the_observer() {
    let server = MockServer::start().await;
    Mock::given(matchers::path("/v3/projects"))
        .respond_with(ResponseTemplate::new(403))
        .mount(&server)
        .await;
    let calls = Arc::new(Calls::default());
    let call = || async {
        let client = Client::builder("cn-north-4")
            .endpoint(server.uri())
            .credentials(demo_key())
            .look_up_project_id()
            .observer(calls.clone())
            .build()
            .unwrap();
        calls::bare_metal_flag(&client, "server").send().await
    };
    call().await.unwrap_err();
    let told = std::mem::take(&mut *calls.0.lock().unwrap());
    let names: Vec<_> = told
        .iter()
        .map(|(name, attempts, _)| (*name, *attempts))
        .collect();
    assert_eq!(names, [("KeystoneListProjects", 1), ("ShowResetPwd", 0)]);

    // Cancelled in the middle of the look-up.
    server.reset().await;
    Mock::given(matchers::path("/v3/projects"))
        .respond_with(ResponseTemplate::new(200).set_delay(Duration::from_secs(30)))
        .mount(&server)
        .await;
    tokio::time::timeout(Duration::from_millis(100), call())
        .await
        .unwrap_err();
    let told = calls.0.lock().unwrap();
    assert!(
        told.contains(&("ShowResetPwd", 0, "Cancelled".to_owned())),
        "{told:?}"
    );
}
