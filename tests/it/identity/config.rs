//! Clients by the configuration of other tools, and projects by their names.

use std::path::{Path, PathBuf};

use huaweicloud_password::credentials::{
    CloudConfig, CloudsYaml, ConfigProblem, Environment, KooCli,
};
use huaweicloud_password::{Client, CredentialsError};
use huaweicloud_password_workbench::calls;
use huaweicloud_password_workbench::cloud::{DEMO_ACCESS_KEY, DEMO_SECRET_KEY};
use openapi_simulator::Authentication;
use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use super::{PASSWORD, PROJECT, arrived, demo_key, simulator, user};

const TEAM: &str = "0fe1dc9a8b7c6d5e4f3a2b1c0d9e8f70";

/// A home directory.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    fn environment(&self) -> Environment {
        let home = self.0.path().to_owned();
        Environment::from_fn(move |name| {
            ["HOME", "USERPROFILE"]
                .contains(&name)
                .then(|| Path::new(&home).as_os_str().to_owned())
        })
    }
}

fn client(config: CloudConfig, endpoint: &str) -> Client {
    let region = config.region().unwrap().to_owned();
    assert!(!format!("{config:?}").contains(PASSWORD));
    let builder = Client::builder(region).endpoint(endpoint);
    builder.cloud_config(config).build().unwrap()
}

#[tokio::test]
async fn a_profile_of_koo_cli_builds_a_client() {
    let home = Home::new();
    let profile = |name: &str, more: serde_json::Value| {
        let mut profile = json!({
            "name": name, "mode": "AKSK", "region": "cn-north-4",
            "accessKeyId": DEMO_ACCESS_KEY, "secretAccessKey": DEMO_SECRET_KEY,
        });
        let fields = profile.as_object_mut().unwrap();
        fields.extend(more.as_object().unwrap().clone());
        profile
    };
    let config = json!({
        "language": "en", "current": "keys", "authEncrypt": "false",
        "profiles": [
            profile("keys", json!({"projectId": PROJECT})),
            profile("no-project", json!({})),
            profile("agency", json!({
                "mode": "agency", "agencyName": "their-agency", "sourceProfile": "keys",
                "agencyDomainName": "their-account", "accessKeyId": "", "secretAccessKey": "",
            })),
        ],
    });
    home.write(".hcloud/config.json", &config.to_string());
    let koo_cli = KooCli::new().with_environment(home.environment());
    for (name, names) in [
        (None, &["ShowResetPwd"][..]),
        (
            Some("no-project"),
            &["KeystoneListProjects", "ShowResetPwd"],
        ),
        (
            Some("agency"),
            &[
                "CreateTemporaryAccessKeyByAgency",
                "KeystoneListProjects",
                "ShowResetPwd",
            ],
        ),
    ] {
        let simulator = simulator().await;
        let koo_cli = match name {
            Some(name) => koo_cli.clone().profile(name),
            None => koo_cli.clone(),
        };
        let client = client(koo_cli.load().unwrap(), &simulator.endpoint());
        calls::bare_metal_flag(&client, "server")
            .send()
            .await
            .unwrap();
        let arrived = arrived(&simulator);
        let seen: Vec<_> = arrived.iter().map(|(name, ..)| name).collect();
        assert_eq!(seen, names, "{name:?}");
        assert!(
            simulator
                .ledger()
                .entries()
                .last()
                .unwrap()
                .path
                .contains(PROJECT)
        );
    }
}

#[tokio::test]
async fn a_cloud_with_a_password_signs_in_at_its_own_address() {
    let iam = simulator().await;
    let services = simulator().await;
    let home = Home::new();
    home.write(
        ".config/openstack/clouds.yaml",
        &format!(
            "clouds:\n  mine:\n    region_name: cn-north-4\n    identity_api_version: 3\n    \
             auth:\n      auth_url: {}/v3/\n      username: example-user\n      \
             user_domain_name: example-account\n      project_name: cn-north-4\n",
            iam.endpoint()
        ),
    );
    let secure = format!("clouds:\n  mine:\n    auth:\n      password: {PASSWORD}\n");
    home.write(".config/openstack/secure.yaml", &secure);
    let clouds = CloudsYaml::new().with_environment(home.environment());
    let client = client(clouds.load().unwrap(), &services.endpoint());
    for _ in 0..2 {
        calls::bare_metal_flag(&client, "server")
            .send()
            .await
            .unwrap();
    }
    assert_eq!(
        arrived(&iam),
        [(
            "KeystoneCreateUserTokenByPassword".to_owned(),
            Authentication::NotNeeded,
            201
        )]
    );
    let call = ("ShowResetPwd".to_owned(), Authentication::Token, 200);
    assert_eq!(arrived(&services), [call.clone(), call]);

    // A provider cannot sign in, and says what can.
    use huaweicloud_password::ProvideCredentials as _;
    let error = clouds.provide().await.unwrap_err();
    let CredentialsError::Config(error) = error else {
        panic!("{error:?}");
    };
    assert_eq!(*error.problem(), ConfigProblem::NeedsClient);
    assert!(error.to_string().contains(".cloud_config(..)"), "{error}");
}

#[tokio::test]
async fn what_the_builder_was_told_goes_before_the_configuration() {
    let simulator = simulator().await;
    let home = Home::new();
    let cloud = format!(
        "clouds: {{one: {{ak: {DEMO_ACCESS_KEY}, sk: '{DEMO_SECRET_KEY}', project_id: {TEAM}, \
         auth: {{auth_url: 'https://iam.example.com:443/v3'}}}}}}"
    );
    let file = home.write("my-clouds.yaml", &cloud);
    let load = || {
        let clouds = CloudsYaml::new().with_environment(home.environment());
        clouds.file(&file).load().unwrap()
    };
    for builder in [
        Client::builder("cn-north-4")
            .project_id(PROJECT)
            .cloud_config(load()),
        Client::builder("cn-north-4")
            .cloud_config(load())
            .project_id(PROJECT),
    ] {
        let client = builder.endpoint(simulator.endpoint()).build().unwrap();
        calls::bare_metal_flag(&client, "server")
            .send()
            .await
            .unwrap();
    }
    let builder = Client::builder("cn-north-4")
        .service_endpoint("iam", simulator.endpoint())
        .endpoint(simulator.endpoint())
        .cloud_config(load())
        .project_name("cn-north-4");
    let client = builder.build().unwrap();
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap();
    assert!(
        simulator
            .ledger()
            .entries()
            .iter()
            .all(|it| !it.path.contains(TEAM))
    );
}

/// A server with two projects and no more.
async fn projects() -> MockServer {
    let server = MockServer::start().await;
    let projects = json!({"projects": [
        {"id": PROJECT, "name": "cn-north-4"},
        {"id": TEAM, "name": "cn-north-4_team"},
    ]});
    let token = json!({"token": {"project": {"id": TEAM, "name": "cn-north-4_team"}}});
    for (path, response) in [
        (
            "/v3/projects",
            ResponseTemplate::new(200).set_body_json(projects),
        ),
        (
            "/v3/auth/tokens",
            ResponseTemplate::new(201)
                .insert_header("X-Subject-Token", "MIID")
                .set_body_json(token),
        ),
        (
            "os-resetpwd-flag",
            ResponseTemplate::new(200).set_body_json(json!({"resetpwd_flag": "True"})),
        ),
    ] {
        Mock::given(matchers::path_regex(path))
            .respond_with(response)
            .mount(&server)
            .await;
    }
    server
}

async fn asked(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    let path = |it: &wiremock::Request| match it.url.query() {
        Some(query) => format!("{}?{query}", it.url.path()),
        None => it.url.path().to_owned(),
    };
    requests.iter().map(path).collect()
}

#[tokio::test]
async fn keys_find_a_project_that_is_called_otherwise_than_the_region() {
    let call = format!("/v1/{TEAM}/baremetalservers/server/os-resetpwd-flag");
    for credentials in [demo_key(), demo_key().project_id(PROJECT)] {
        let server = projects().await;
        let client = Client::builder("cn-north-4")
            .endpoint(server.uri())
            .project_id(PROJECT)
            .credentials(credentials)
            .project_name("cn-north-4_team")
            .build()
            .unwrap();
        for _ in 0..2 {
            calls::bare_metal_flag(&client, "server")
                .send()
                .await
                .unwrap();
        }
        let look_up = "/v3/projects?name=cn-north-4_team".to_owned();
        assert_eq!(asked(&server).await, [look_up, call.clone(), call.clone()]);
    }
    let builder = Client::builder("cn-north-4").credentials(demo_key());
    let error = builder.project_name("").build().unwrap_err();
    assert!(error.to_string().contains("project_name"), "{error}");
}

#[tokio::test]
async fn a_user_signs_in_for_the_project_that_the_client_names() {
    let server = projects().await;
    let client = Client::builder("cn-north-4")
        .endpoint(server.uri())
        .project_name("cn-north-4_team")
        .sign_in(user())
        .build()
        .unwrap();
    calls::bare_metal_flag(&client, "server")
        .send()
        .await
        .unwrap();
    let call = format!("/v1/{TEAM}/baremetalservers/server/os-resetpwd-flag");
    // The token is for the project and says its id: nobody has to look it up.
    let tokens = "/v3/auth/tokens?nocatalog=true".to_owned();
    assert_eq!(asked(&server).await, [tokens, call]);
    let requests = server.received_requests().await.unwrap();
    let body: serde_json::Value = serde_json::from_slice(&requests[0].body).unwrap();
    assert_eq!(body["auth"]["scope"]["project"]["name"], "cn-north-4_team");
}
