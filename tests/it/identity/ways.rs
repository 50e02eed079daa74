//! The ways of proving who calls that IAM has to be asked about.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use huaweicloud_password::iam::keystone_create_user_token_by_password::KeystoneCreateUserTokenByPasswordHeaders;
use huaweicloud_password::identity::{Agency, IdTokenSignIn, SecretFile};
use huaweicloud_password::{BuilderError, Client, Credentials, CredentialsError, Error, Password};
use huaweicloud_password_workbench::calls;
use openapi_simulator::Authentication;
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use super::{PASSWORD, PROJECT, arrived, builder, count, demo_key, signing_in, simulator, user};

const USER_ID: &str = "7116d09f88fa41908676fdd4b039e95b";
const AGENCY_PATH: &str = "/v3.0/OS-CREDENTIAL/securitytokens";
const ID_TOKEN_PATH: &str = "/v3.0/OS-AUTH/id-token/tokens";

/// The bodies of the requests to a path.
async fn bodies(server: &MockServer, path: &str) -> Vec<Value> {
    let requests = server.received_requests().await.unwrap();
    let fits = requests.iter().filter(|it| it.url.path() == path);
    fits.map(|it| serde_json::from_slice(&it.body).unwrap())
        .collect()
}

async fn respond(server: &MockServer, path: &str, response: ResponseTemplate) {
    Mock::given(matchers::path_regex(path))
        .respond_with(response)
        .mount(server)
        .await;
}

#[tokio::test]
async fn a_passcode_in_a_call_of_ones_own_is_sent() {
    let server = signing_in(Duration::ZERO).await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .without_credentials()
        .build()
        .unwrap();
    let auth = json!({"identity": {
        "methods": ["password", "totp"],
        "password": {"user": {"name": "u", "password": PASSWORD, "domain": {"name": "a"}}},
        "totp": {"user": {"id": USER_ID, "passcode": "987654"}},
    }});
    let call = client.iam().keystone_create_user_token_by_password();
    let call = call.auth(serde_json::from_value(auth.clone()).unwrap());
    assert!(!format!("{call:?}").contains("987654"));
    call.send().await.unwrap();
    assert_eq!(
        bodies(&server, "/v3/auth/tokens").await,
        [json!({"auth": auth})]
    );
}

#[tokio::test]
async fn each_sign_in_asks_for_a_passcode_of_its_own() {
    let server = signing_in(Duration::from_millis(50)).await;
    // Each token ends early, so that the next call signs in again.
    respond(&server, "os-resetpwd-flag", ResponseTemplate::new(401)).await;
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let user = user().totp(USER_ID, move || {
        let count = counter.fetch_add(1, Ordering::SeqCst) + 1;
        async move { Ok(Password::new(format!("00000{count}"))) }
    });
    assert!(!format!("{user:?}").contains("00000"));
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .sign_in(user)
        .project_id(PROJECT)
        .build()
        .unwrap();
    let calls: Vec<_> = (0..10)
        .map(|_| tokio::spawn(calls::bare_metal_flag(&client, "server").send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap_err();
    }
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap_err();
    let bodies = bodies(&server, "/v3/auth/tokens").await;
    assert_eq!(bodies.len(), asked.load(Ordering::SeqCst));
    assert!((2..=3).contains(&bodies.len()), "{bodies:?}");
    for (number, body) in (1..).zip(&bodies) {
        let identity = &body["auth"]["identity"];
        assert_eq!(identity["methods"], json!(["password", "totp"]));
        let user = json!({"id": USER_ID, "passcode": format!("00000{number}")});
        assert_eq!(identity["totp"]["user"], user);
    }
}

#[tokio::test]
async fn a_passcode_is_never_sent_twice() {
    let server = MockServer::start().await;
    respond(&server, "/v3/auth/tokens", ResponseTemplate::new(500)).await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .sign_in(user().totp(USER_ID, Password::new("987654")))
        .project_id(PROJECT)
        .build()
        .unwrap();
    let call = || async { calls::bare_metal_flag(&client, "server").send().await };
    call().await.unwrap_err();
    // After the pause that a failure makes.
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    let error = call().await.unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("needs a new passcode"), "{text}");
    assert!(!text.contains("987654"), "{text}");
    assert_eq!(count(&server, "/v3/auth/tokens").await, 1);
}

#[tokio::test]
async fn a_source_that_fails_is_told_as_it_is_and_nothing_is_sent() {
    let server = MockServer::start().await;
    let user = user().totp(USER_ID, || async {
        Err::<Password, _>(CredentialsError::other("the device is not plugged in"))
    });
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .sign_in(user)
        .project_id(PROJECT)
        .build()
        .unwrap();
    let error = calls::bare_metal_flag(&client, "server").send().await;
    let error = error.unwrap_err();
    assert!(error.to_string().contains("not plugged in"), "{error}");
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_agency_gives_keys_of_another_account_once_for_all_calls() {
    let simulator = simulator().await;
    let client = builder(&simulator)
        // The project of the caller is not one of the other account.
        .credentials(demo_key().project_id("0123456789abcdef0123456789abcdef"))
        .assume_agency(Agency::new("delegating-account", "example-agency"))
        .look_up_project_id()
        .build()
        .unwrap();
    let calls: Vec<_> = (0..20)
        .map(|_| tokio::spawn(calls::cloud_server_flag(&client, "server").send()))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let arrived = arrived(&simulator);
    let of = |wanted: &str| arrived.iter().filter(|(name, ..)| name == wanted).count();
    assert_eq!(of("CreateTemporaryAccessKeyByAgency"), 1);
    assert_eq!(of("KeystoneListProjects"), 1);
    assert_eq!(of("ShowResetPasswordFlag"), 20);
    assert!(
        arrived
            .iter()
            .all(|(_, how, _)| *how == Authentication::Signature)
    );
    let served = simulator.ledger().entries();
    let last = &served.last().unwrap().path;
    assert!(last.contains(PROJECT), "{last}");
}

/// A server that gives keys for an agency, and responds to calls of BMS.
async fn delegating() -> MockServer {
    let server = MockServer::start().await;
    let keys = json!({"credential": {
        "access": "TEMPORARYKEY", "secret": "SkHidden", "securitytoken": "StHidden",
        "expires_at": "2099-01-01T00:00:00.000000Z",
    }});
    let keys = ResponseTemplate::new(201).set_body_json(keys);
    respond(&server, AGENCY_PATH, keys).await;
    let flag = ResponseTemplate::new(200).set_body_json(json!({"resetpwd_flag": "True"}));
    respond(&server, "os-resetpwd-flag", flag).await;
    server
}

#[tokio::test]
async fn calls_are_signed_with_the_keys_of_the_agency() {
    let server = delegating().await;
    let agency = Agency::of_account_id("411edb4b634144f587ffc88f9bbdc7e1", "their-agency");
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .credentials(demo_key().project_id("0123456789abcdef0123456789abcdef"))
        .assume_agency(agency.lasting(Duration::from_secs(900)))
        .project_id(PROJECT)
        .build()
        .unwrap();
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap();
    let requests = server.received_requests().await.unwrap();
    let [assume, call] = requests.as_slice() else {
        panic!("{} requests", requests.len());
    };
    let header = |request: &wiremock::Request, name: &str| {
        let value = request.headers.get(name)?;
        Some(value.to_str().unwrap().to_owned())
    };
    let body: Value = serde_json::from_slice(&assume.body).unwrap();
    let role = json!({
        "agency_name": "their-agency",
        "domain_id": "411edb4b634144f587ffc88f9bbdc7e1",
        "duration_seconds": 900,
    });
    let identity = json!({"methods": ["assume_role"], "assume_role": role});
    assert_eq!(body, json!({"auth": {"identity": identity}}));
    // The project of the other account is none of the caller's.
    assert_ne!(header(assume, "x-project-id").as_deref(), Some(PROJECT));
    let authorization = header(call, "authorization").unwrap();
    assert!(
        authorization.contains("Access=TEMPORARYKEY,"),
        "{authorization}"
    );
    assert_eq!(
        header(call, "x-security-token").as_deref(),
        Some("StHidden")
    );
    assert_eq!(header(call, "x-project-id").as_deref(), Some(PROJECT));
    assert!(!format!("{client:?}").contains("Hidden"));
}

#[tokio::test]
async fn a_user_who_signs_in_can_assume_an_agency() {
    let server = delegating().await;
    let token = ResponseTemplate::new(201)
        .insert_header("X-Subject-Token", "MIID-token")
        .set_body_json(json!({"token": {"project": {"id": "own"}}}));
    respond(&server, "/v3/auth/tokens", token).await;
    let projects = json!({"projects": [{"id": PROJECT, "name": "cn-north-4_team"}]});
    let projects = ResponseTemplate::new(200).set_body_json(projects);
    respond(&server, "/v3/projects", projects).await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .assume_agency(Agency::new("their-account", "their-agency"))
        .project_name("cn-north-4_team")
        .sign_in(user())
        .build()
        .unwrap();
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap();
    let requests = server.received_requests().await.unwrap();
    let seen: Vec<_> = requests
        .iter()
        .map(|it| {
            let has = |name| it.headers.contains_key(name);
            (
                it.url.path().to_owned(),
                has("x-auth-token"),
                has("x-security-token"),
            )
        })
        .collect();
    let call = format!("/v1/{PROJECT}/baremetalservers/server/os-resetpwd-flag");
    assert_eq!(
        seen,
        [
            ("/v3/auth/tokens".to_owned(), false, false),
            (AGENCY_PATH.to_owned(), true, false),
            ("/v3/projects".to_owned(), false, true),
            (call, false, true),
        ]
    );
    // The token is for the user's own project, which is called like the region.
    let body = &bodies(&server, "/v3/auth/tokens").await[0];
    assert_eq!(body["auth"]["scope"]["project"]["name"], "cn-north-4");
}

#[tokio::test]
async fn an_agency_that_may_not_be_assumed_sends_no_call_as_the_caller() {
    let server = MockServer::start().await;
    let refusal =
        json!({"error_msg": "You have no right to do this action.", "error_code": "IAM.0003"});
    let refusal = ResponseTemplate::new(403).set_body_json(refusal);
    respond(&server, AGENCY_PATH, refusal).await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .credentials(demo_key())
        .assume_agency(Agency::new("their-account", "their-agency"))
        .project_id(PROJECT)
        .build()
        .unwrap();
    let error = calls::bare_metal_flag(&client, "server").send().await;
    let error = error.unwrap_err();
    assert!(
        matches!(&error, Error::Credentials(CredentialsError::Agency(_))),
        "{error:?}"
    );
    assert!(
        error.is_auth() && !error.may_have_been_processed(),
        "{error}"
    );
    assert_eq!(error.status(), Some(403));
    assert_eq!(error.code(), Some("IAM.0003"));
    assert_eq!(count(&server, "os-resetpwd-flag").await, 0);
}

#[test]
fn an_agency_that_cannot_be_is_refused_when_the_client_is_built() {
    for (agency, part) in [
        (Agency::new("", "agency"), "account"),
        (Agency::new("account", ""), "name"),
        (
            Agency::new("a", "b").lasting(Duration::from_secs(899)),
            "15 minutes",
        ),
        (
            Agency::new("a", "b").lasting(Duration::from_secs(86_401)),
            "24 hours",
        ),
    ] {
        let builder = Client::builder("cn-north-4").credentials(demo_key());
        let error = builder.assume_agency(agency).build().unwrap_err();
        let BuilderError::Credentials(CredentialsError::UnusableAgency { .. }) = error else {
            panic!("{error:?}");
        };
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[tokio::test]
async fn an_id_token_is_exchanged_and_the_file_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("id-token");
    std::fs::write(&file, "first-id-token\n").unwrap();
    let simulator = simulator().await;
    let user = IdTokenSignIn::new("example-idp", SecretFile::new(&file));
    let client = builder(&simulator)
        .sign_in_with_id_token(user.clone())
        .build()
        .unwrap();
    for _ in 0..2 {
        calls::bare_metal_flag(&client, "server")
            .send()
            .await
            .unwrap();
    }
    let names: Vec<_> = arrived(&simulator)
        .into_iter()
        .map(|(name, ..)| name)
        .collect();
    assert_eq!(
        names,
        ["CreateTokenWithIdToken", "ShowResetPwd", "ShowResetPwd"]
    );
    assert!(simulator.ledger().entries()[1].path.contains(PROJECT));

    // One that is refused is not tried again; the next one is.
    let server = MockServer::start().await;
    respond(&server, ID_TOKEN_PATH, ResponseTemplate::new(401)).await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .sign_in_with_id_token(user.project_name("cn-north-4_team"))
        .project_id(PROJECT)
        .build()
        .unwrap();
    let call = || async {
        tokio::time::sleep(Duration::from_millis(1_100)).await;
        calls::bare_metal_flag(&client, "server")
            .send()
            .await
            .unwrap_err()
    };
    call().await;
    let error = call().await;
    assert!(error.is_auth(), "{error}");
    assert_eq!(count(&server, ID_TOKEN_PATH).await, 1);
    std::fs::write(&file, "second-id-token").unwrap();
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    call().await;
    let bodies = bodies(&server, ID_TOKEN_PATH).await;
    let auth = |token| {
        json!({"auth": {
            "id_token": {"id": token},
            "scope": {"project": {"name": "cn-north-4_team"}},
        }})
    };
    assert_eq!(bodies, [auth("first-id-token"), auth("second-id-token")]);
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests[0].headers["x-idp-id"], "example-idp");
}

#[tokio::test]
async fn operations_that_need_no_credentials_need_none_to_build_a_client() {
    let simulator = simulator().await;
    let error = builder(&simulator).build().unwrap_err();
    assert!(matches!(error, BuilderError::NoCredentials));
    assert!(
        error.to_string().contains(".without_credentials()"),
        "{error}"
    );

    let client = builder(&simulator).without_credentials().build().unwrap();
    let auth = json!({"identity": {
        "methods": ["password"],
        "password": {"user": {"name": "u", "password": PASSWORD, "domain": {"name": "a"}}},
    }});
    let call = client.iam().keystone_create_user_token_by_password();
    let auth = serde_json::from_value(auth).unwrap();
    let response = call.auth(auth).send().await.unwrap();
    let token = KeystoneCreateUserTokenByPasswordHeaders::of(&response).unwrap();
    assert_eq!(arrived(&simulator).len(), 1);

    for client in [
        client,
        builder(&simulator)
            .credentials(demo_key())
            .without_credentials()
            .look_up_project_id()
            .build()
            .unwrap(),
        builder(&simulator)
            .without_credentials()
            .project_id(PROJECT)
            .build()
            .unwrap(),
    ] {
        let error = calls::bare_metal_flag(&client, "server").send().await;
        let error = error.unwrap_err();
        assert!(
            matches!(error, Error::Credentials(CredentialsError::Without)),
            "{error:?}"
        );
        assert!(!error.is_retryable() && !error.may_have_been_processed());
    }
    assert_eq!(arrived(&simulator).len(), 1, "nothing else was sent");

    // The token is for a client of its own.
    let client = builder(&simulator)
        .without_credentials()
        .credentials(Credentials::token(token.x_subject_token.expose()))
        .project_id(PROJECT)
        .build()
        .unwrap();
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap();
}
