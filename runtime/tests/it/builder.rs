//! What a client refuses to be built from, and what it takes from where.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::support::*;
use huaweicloud_runtime::credentials::{CloudConfig, KooCli};
use huaweicloud_runtime::generated::wire::RequestBuilder;
use huaweicloud_runtime::generated::{BuiltClient, ClientDescription};
use huaweicloud_runtime::generated::{Core, CoreBuilder, RawResponse};
use huaweicloud_runtime::identity::{Agency, IdTokenSignIn, SignIn};
use huaweicloud_runtime::signing::SigningScheme;
use huaweicloud_runtime::transport::{ProxyProblem, Resolve, ResolveFuture};
use huaweicloud_runtime::{
    BuilderError, ClientBuilder, Credentials, CredentialsError, InvalidRule, Operation, Password,
    PolicyEnforcement, SendError, ServiceEndpoints,
};

static PARTLY: &[ServiceEndpoints] = &[
    ServiceEndpoints::new(
        "dcs",
        &[("cn-north-4", "https://dcs.cn-north-4.example.com")],
    ),
    ServiceEndpoints::new(
        "dws",
        &[("eu-west-101", "https://dws.eu-west-101.example.eu")],
    ),
];

fn refused(builder: CoreBuilder) -> BuilderError {
    builder.build(SERVICES).unwrap_err()
}

fn shown(core: &Core) -> String {
    format!("{core:?}")
}

#[test]
fn every_wrong_setting_is_named() {
    let error = refused(CoreBuilder::new("cn-north-4"));
    assert!(matches!(error, BuilderError::NoCredentials));
    assert!(error.to_string().contains("Credentials::from_env()"));

    let error = refused(builder(Credentials::aksk("ak", "Hidden\n")));
    assert!(matches!(error, BuilderError::Credentials(_)));
    assert!(!format!("{error} {error:?}").contains("Hidden"));

    for region in [
        "",
        "CN-north-4",
        "cn north",
        "cn_north",
        "-a",
        "a-",
        &"a".repeat(65),
    ] {
        let error = refused(CoreBuilder::new(region).credentials(aksk()));
        assert!(
            matches!(error, BuilderError::MalformedRegion(_)),
            "{region}"
        );
    }

    let error = refused(CoreBuilder::new("cn-nroth-4").credentials(aksk()));
    assert!(matches!(error, BuilderError::UnknownRegion(_)));
    assert!(error.to_string().contains("cn-north-4"), "{error}");

    let error = refused(builder(aksk()).endpoint("http://example.com"));
    assert!(matches!(error, BuilderError::Endpoint(_)));
    assert!(error.to_string().contains("allow_plain_http"), "{error}");

    let error = refused(builder(aksk()).service_endpoint("dsc", "https://example.com"));
    assert!(error.to_string().contains("dcs, dws"), "{error}");

    let error = refused(builder(aksk()).project_id("a/b"));
    assert!(matches!(error, BuilderError::ProjectId(_)));

    let error = refused(builder(aksk()).user_agent("a\nb"));
    assert!(matches!(error, BuilderError::UserAgent));
}

#[test]
fn a_timeout_of_nothing_is_named() {
    let local = || builder(aksk()).endpoint("http://127.0.0.1:1");
    for (settings, setting) in [
        (local().connect_timeout(Duration::ZERO), "connect_timeout"),
        (local().attempt_timeout(Duration::ZERO), "attempt_timeout"),
        (
            local().operation_timeout(Duration::ZERO),
            "operation_timeout",
        ),
    ] {
        let error = refused(settings);
        assert!(
            matches!(error, BuilderError::NoTime { setting: name } if name == setting),
            "{error}"
        );
    }
}

struct Nobody;

impl Resolve for Nobody {
    fn resolve<'a>(&'a self, _: &'a str) -> ResolveFuture<'a> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }
}

#[test]
fn settings_of_connections_beside_an_own_transport_are_named() {
    let own = || {
        builder(aksk())
            .endpoint("http://127.0.0.1:1")
            .transport(Arc::new(Canned::new(200, "{}")))
    };
    let second = Duration::from_secs(1);
    for (settings, setting) in [
        (own().connect_timeout(second), "connect_timeout"),
        (own().pool_idle_timeout(second), "pool_idle_timeout"),
        (own().pool_max_idle_per_host(1), "pool_max_idle_per_host"),
        (own().proxy_from_environment(), "proxy_from_environment"),
        (own().ca_certificate("x"), "ca_certificate"),
        (own().proxy("http://127.0.0.1:1"), "proxy"),
        (own().proxy_login("user", "Hidden"), "proxy_login"),
        (
            own().resolve("a.example", ([127, 0, 0, 1], 1).into()),
            "resolve",
        ),
        (own().resolver(Arc::new(Nobody)), "resolver"),
    ] {
        let error = refused(settings);
        assert!(error.to_string().contains(setting), "{error}");
    }
    assert!(
        own()
            .attempt_timeout(second)
            .operation_timeout(second)
            .build(SERVICES)
            .is_ok()
    );
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
#[test]
fn a_ca_certificate_that_is_none_is_refused_though_all_endpoints_are_http() {
    for pem in ["", "garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n"] {
        let settings = builder(aksk()).endpoint("http://127.0.0.1:1");
        let error = refused(settings.ca_certificate(pem));
        assert!(matches!(error, BuilderError::Transport(_)), "{error:?}");
        assert!(error.to_string().contains("CA certificate"), "{error}");
    }
}

#[tokio::test]
async fn connections_are_kept_as_long_as_set() {
    let endless = Duration::MAX;
    for (limit, connections) in [(None, 1), (Some(endless), 1), (Some(Duration::ZERO), 3)] {
        let server = Server::start(|_| response(200, &[], "{}")).await;
        let mut settings = builder(aksk()).endpoint(&server.url);
        if let Some(limit) = limit {
            settings = settings.pool_idle_timeout(limit);
        }
        let core = settings.build(SERVICES).unwrap();
        for _ in 0..3 {
            core.execute(&SHOW, None, show_request()).await.unwrap();
        }
        let made = server.connections.load(Ordering::SeqCst);
        assert_eq!(made, connections, "{limit:?}");
    }
}

#[tokio::test]
async fn derived_keys_sign_when_asked_for() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let core = builder(aksk())
        .endpoint(&server.url)
        .signing(SigningScheme::derived("cn-north-4", "dcs"))
        .build(SERVICES)
        .unwrap();
    core.execute(&SHOW, None, show_request()).await.unwrap();
    let seen = server.only_request();
    let signed = seen.header("authorization").unwrap();
    assert!(signed.starts_with("V11-HMAC-SHA256 "), "{signed}");
    assert!(signed.contains("/cn-north-4/dcs,"), "{signed}");
}

#[tokio::test]
async fn the_later_source_of_credentials_counts() {
    let token = || Credentials::token(TOKEN).project_id("of-token");
    for token_last in [true, false] {
        let server = Server::start(|_| response(200, &[], "{}")).await;
        let settings = CoreBuilder::new("cn-north-4").endpoint(&server.url);
        let settings = if token_last {
            settings
                .credentials(aksk())
                .credentials_provider(Arc::new(token()))
        } else {
            settings
                .credentials_provider(Arc::new(token()))
                .credentials(aksk())
        };
        let core = settings.build(SERVICES).unwrap();
        assert_eq!(core.project_id(), (!token_last).then_some(PROJECT));
        core.execute(&SHOW, None, show_request()).await.unwrap();
        let seen = server.only_request();
        assert_eq!(seen.header("x-auth-token").is_some(), token_last);
        assert_eq!(seen.header("authorization").is_some(), !token_last);
    }
}

#[test]
fn an_endpoint_goes_before_the_region_and_a_service_s_own_before_that() {
    let local = || builder(aksk()).endpoint("http://127.0.0.1:1");
    let core = local().build(SERVICES).unwrap();
    assert!(!shown(&core).contains("example.com"), "{core:?}");

    let core = local()
        .service_endpoint("dws", "http://localhost:2/base/")
        .build(SERVICES)
        .unwrap();
    assert!(shown(&core).contains("http://127.0.0.1:1)"), "{core:?}");
    assert!(
        shown(&core).contains("http://localhost:2/base)"),
        "{core:?}"
    );

    // With an endpoint of its own, any well-formed region will do.
    let core = CoreBuilder::new("my-cloud-1")
        .credentials(aksk())
        .endpoint("http://10.0.0.1")
        .allow_plain_http()
        .build(SERVICES)
        .unwrap();
    assert_eq!(core.region(), "my-cloud-1");
}

#[tokio::test]
async fn a_region_that_only_some_services_know_works_for_those() {
    let core = builder(aksk())
        .transport(Arc::new(Canned::new(200, "{}")))
        .build(PARTLY)
        .unwrap();
    assert!(core.execute(&SHOW, None, show_request()).await.is_ok());
    static DWS: huaweicloud_runtime::Operation =
        huaweicloud_runtime::Operation::new("dws", "ResetPassword", "GET", "/")
            .retry(huaweicloud_runtime::Retry::Safe);
    let error = core.execute(&DWS, None, show_request()).await.unwrap_err();
    let text = error.to_string();
    for part in ["`dws`", "`cn-north-4`", "eu-west-101", "nothing was sent"] {
        assert!(text.contains(part), "{text}");
    }
}

static OPEN: Operation = Operation::new("dcs", "Show", "GET", "/v2/{project_id}/instances/{id}")
    .project_id("project_id", None, None);

/// A call whose path waits for the project, as generated ones do.
async fn open(core: &Core, project_id: Option<&str>) -> Result<RawResponse, SendError> {
    let request = RequestBuilder::get("/v2/{project_id}/instances/i-1").build();
    core.execute(&OPEN, project_id, request.unwrap()).await
}

#[tokio::test]
async fn the_project_id_has_an_order() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let core = builder(aksk()).project_id("of-builder");
    let core = core.endpoint(&server.url).build(SERVICES).unwrap();
    assert_eq!(core.project_id(), Some("of-builder"));
    for (given, expected) in [(None, "of-builder"), (Some("of-call"), "of-call")] {
        open(&core, given).await.unwrap();
        let seen = server.received.lock().unwrap().pop().unwrap();
        assert_eq!(seen.target, format!("/v2/{expected}/instances/i-1"));
        assert_eq!(seen.header("x-project-id"), Some(expected));
    }
    let bent = open(&core, Some("..")).await.unwrap_err();
    assert!(matches!(bent, SendError::InvalidRequest(_)), "{bent}");
    assert!(server.received.lock().unwrap().is_empty());

    assert_eq!(core_at(&server.url).project_id(), Some(PROJECT));

    let core = builder(Credentials::aksk("ak", "sk"))
        .endpoint(&server.url)
        .build(SERVICES)
        .unwrap();
    let SendError::InvalidRequest(error) = open(&core, None).await.unwrap_err() else {
        panic!("there is no project");
    };
    assert!(matches!(error.rule(), InvalidRule::NotKnown { .. }));
    for way in [
        "HUAWEICLOUD_SDK_PROJECT_ID",
        ".project_id(..)",
        "on this call",
    ] {
        assert!(error.to_string().contains(way), "{error}");
    }
    assert!(server.received.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_project_id_has_the_length_that_the_document_says() {
    static SHORT: Operation =
        Operation::new("dcs", "Show", "GET", "/v2/{p}").project_id("p", Some(2), Some(4));
    let server = Server::start(|_| response(200, &[], "{}")).await;
    let core = core_at(&server.url);
    let call = async |id| {
        let request = RequestBuilder::get("/v2/{p}").build().unwrap();
        core.execute(&SHORT, Some(id), request).await
    };
    assert!(call("four").await.is_ok());
    for id in ["1", "fivee"] {
        let refused = call(id).await.unwrap_err().to_string();
        assert!(refused.contains("2 to 4 characters"), "{refused}");
    }
}

#[test]
fn enforcement_is_kept() {
    let core = core_at("http://localhost:1");
    assert_eq!(core.policy_enforcement(), PolicyEnforcement::Enforce);
    let core = builder(aksk())
        .endpoint("http://localhost:1")
        .password_policy(PolicyEnforcement::Warn)
        .build(SERVICES)
        .unwrap();
    assert_eq!(core.policy_enforcement(), PolicyEnforcement::Warn);
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
#[test]
fn https_without_tls_is_refused_when_the_client_is_built() {
    let error = refused(builder(aksk()));
    assert!(matches!(error, BuilderError::Transport(_)));
    assert!(
        error.to_string().contains("enable the feature `rustls`"),
        "{error}"
    );
}

/// A client like those that are generated, with one service and without the calls of IAM.
#[derive(Debug)]
struct Wrapper(Core);

static WRAPPER: ClientDescription = ClientDescription {
    services: SERVICES,
    user_agent: "wrapper/1.0",
    identity: None,
};

impl BuiltClient for Wrapper {
    fn description() -> &'static ClientDescription {
        &WRAPPER
    }

    fn from_core(core: Core) -> Result<Self, BuilderError> {
        Ok(Self(core))
    }
}

#[tokio::test]
async fn any_client_is_built_with_the_same_settings_and_names_itself() {
    let server = Server::start(|_| response(200, &[], "{}")).await;
    for (named, expected) in [(None, "wrapper/1.0"), (Some("mine"), "mine")] {
        let builder = ClientBuilder::<Wrapper>::new("cn-north-4").endpoint(&server.url);
        let builder = match named {
            Some(name) => builder.user_agent(name),
            None => builder,
        };
        let client = builder.credentials(aksk()).build().unwrap();
        client.0.execute(&SHOW, None, show_request()).await.unwrap();
        let last = server.received.lock().unwrap().pop().unwrap();
        assert_eq!(last.header("user-agent"), Some(expected));
    }
}

#[tokio::test]
async fn a_client_without_the_calls_of_iam_says_so_instead_of_not_asking() {
    let user = || SignIn::new("account", "user", "Hidden-Password-1");
    let id_token = || Password::new("Hidden-ID-Token");
    let agency = || Agency::new("account", "agency");
    let of_core = || CoreBuilder::new("cn-north-4");
    let of_wrapper = || ClientBuilder::<Wrapper>::new("cn-north-4");
    for (error, setting) in [
        (refused(of_core().sign_in(user())), "sign_in"),
        (
            refused(of_core().credentials(aksk()).look_up_project_id()),
            "look_up_project_id",
        ),
        (
            refused(of_core().sign_in_with_id_token(IdTokenSignIn::new("idp", id_token()))),
            "sign_in_with_id_token",
        ),
        (
            refused(of_core().credentials(aksk()).assume_agency(agency())),
            "assume_agency",
        ),
        (
            refused(of_core().credentials(aksk()).project_name("team")),
            "project_name",
        ),
        (
            refused(of_core().cloud_config(koo_cli("agency"))),
            "cloud_config",
        ),
        (of_wrapper().sign_in(user()).build().unwrap_err(), "sign_in"),
    ] {
        let BuilderError::Credentials(CredentialsError::NoIdentity { setting: named }) = error
        else {
            panic!("{error:?}");
        };
        assert_eq!(named, setting);
        let shown = error.to_string();
        assert!(
            shown.contains(setting) && shown.contains("feature `iam`"),
            "{shown}"
        );
        assert!(!shown.contains("Hidden"), "{shown}");
    }
    // Keys need no IAM; neither does a project that calls may still name.
    let core = of_core()
        .cloud_config(koo_cli("keys"))
        .build(SERVICES)
        .unwrap();
    assert_eq!(core.project_id(), None);
    let SendError::InvalidRequest(error) = open(&core, None).await.unwrap_err() else {
        panic!("there is no project");
    };
    assert!(matches!(error.rule(), InvalidRule::NotKnown { .. }));
}

/// A profile of KooCLI, with keys or with an agency that is assumed with them.
fn koo_cli(profile: &str) -> CloudConfig {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.json");
    let config = r#"{"authEncrypt": "false", "profiles": [
        {"name": "keys", "mode": "AKSK", "accessKeyId": "AK", "secretAccessKey": "Hidden"},
        {"name": "agency", "mode": "agency", "agencyName": "a", "agencyDomainName": "b",
         "sourceProfile": "keys"}
    ]}"#;
    std::fs::write(&path, config).unwrap();
    let koo_cli = KooCli::new().file(&path).profile(profile);
    koo_cli.load().unwrap()
}

#[test]
fn an_unknown_region_names_the_services_it_is_unknown_to() {
    let error = refused(CoreBuilder::new("moon-1").credentials(aksk())).to_string();
    assert!(
        error.contains("dcs, dws") && error.contains("moon-1"),
        "{error}"
    );

    // What is nearest to it may be known to any of them.
    let unknown = CoreBuilder::new("eu-west-102").credentials(aksk());
    let error = unknown.build(PARTLY).unwrap_err().to_string();
    assert!(error.contains("nearest known: eu-west-101"), "{error}");

    // With an address for one of them, only the other is without.
    let one = CoreBuilder::new("moon-1")
        .credentials(aksk())
        .service_endpoint("dcs", "http://127.0.0.1:1");
    let core = one.build(SERVICES).unwrap();
    assert!(core.region() == "moon-1");
}

#[test]
fn a_proxy_that_cannot_be_used_is_named_and_not_shown() {
    let local = || builder(aksk()).endpoint("http://127.0.0.1:1");
    for (settings, place, wrong) in [
        (
            local().proxy("socks5://u:Hidden@p:1"),
            "`.proxy(..)`",
            ProxyProblem::NotAProxy,
        ),
        (
            local().proxy("http://u:Hid@Hidden@p:1"),
            "`.proxy(..)`",
            ProxyProblem::Ambiguous,
        ),
        (
            local().proxy_login("u", "Hidden"),
            "`.proxy_login(..)`",
            ProxyProblem::NoProxy,
        ),
        (
            local()
                .proxy("http://p:1")
                .proxy_login("u:Hidden", "Hidden"),
            "`.proxy_login(..)`",
            ProxyProblem::Login,
        ),
    ] {
        let error = refused(settings);
        let text = format!("{error} {error:?}");
        assert!(!text.contains("Hid"), "{text}");
        let BuilderError::Proxy(error) = error else {
            panic!("{text}")
        };
        assert_eq!((error.place(), error.problem()), (place, wrong));
    }
}
