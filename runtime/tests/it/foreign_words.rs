//! What others wrote and this crate shows: no line of a log is forged with it, and no secret in it
//! is kept.

use std::sync::Arc;

use crate::support::*;
use huaweicloud_runtime::credentials::{ChainProvider, Environment};
use huaweicloud_runtime::generated::CoreBuilder;
use huaweicloud_runtime::generated::wire::RequestBuilder;
use huaweicloud_runtime::transport::ResolveProblem;
use huaweicloud_runtime::{
    BuilderError, Cached, Credentials, CredentialsFuture, EnvironmentProvider, InvalidRequest,
    InvalidRule, Operation, ProfileProvider, ProvideCredentials, Retry, ServiceEndpoints,
};

fn refused(builder: CoreBuilder) -> BuilderError {
    builder.build(SERVICES).unwrap_err()
}

/// A provider whose author thought of no log.
#[derive(Debug)]
struct Careless {
    secret_key: &'static str,
}

impl ProvideCredentials for Careless {
    fn provide(&self) -> CredentialsFuture<'_> {
        let credentials = Credentials::aksk("ak", self.secret_key);
        Box::pin(std::future::ready(Ok(credentials)))
    }
}

#[test]
fn no_provider_of_another_s_making_shows_what_it_holds() {
    let careless = || Careless {
        secret_key: "Hidden",
    };
    let chain = ChainProvider::empty().then("vault", careless());
    let cached = Cached::new(careless());
    assert!(!format!("{chain:?} {cached:?}").contains("Hidden"));
    for provider in [
        Arc::new(careless()) as Arc<dyn ProvideCredentials>,
        Arc::new(Cached::new(careless())),
        Arc::new(Box::new(careless()) as Box<dyn ProvideCredentials>),
        Arc::new(ChainProvider::empty().then("vault", Cached::new(careless()))),
    ] {
        let builder = CoreBuilder::new("cn-north-4")
            .endpoint("http://127.0.0.1:1")
            .credentials_provider(provider);
        let core = builder.clone().build(SERVICES).unwrap();
        let text = format!("{builder:?} {builder:#?} {core:?} {core:#?}");
        assert!(!text.contains("Hidden"), "{text}");
    }
    // Which provider it is can still be told.
    for (provider, kind) in [
        (
            Arc::new(ProfileProvider::new()) as Arc<dyn ProvideCredentials>,
            "credentials file",
        ),
        (
            Arc::new(Cached::new(EnvironmentProvider::new())),
            "environment",
        ),
        (Arc::new(ChainProvider::new()), "chain of providers"),
        (Arc::new(careless()), "foreign_words::Careless"),
    ] {
        let builder = CoreBuilder::new("cn-north-4").credentials_provider(provider);
        let text = format!("{builder:?}");
        assert!(text.contains(kind), "{text}");
    }
}

/// What must not reach a log: it would begin a line of its own, or turn the one it is in.
const HOSTILE: &str = "\r\n2026-01-01 ERROR forged\u{1b}[2J\u{7}\u{0}\u{85}\u{2028}\u{2029}\u{202e}\
    \u{2066}\u{200b}\u{200d}\u{feff}\u{e0041}\t";

/// One line, of which a terminal obeys nothing, and no longer than an error should be.
fn is_plain(text: &str) {
    let obeyed = |c: &char| {
        c.is_control()
            || matches!(*c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(*c, '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
    };
    assert_eq!(text.chars().find(obeyed), None, "{text:?}");
    assert!(text.len() < 4_000, "{} bytes: {text}", text.len());
}

#[test]
fn no_foreign_text_in_an_error_forges_a_log() {
    let long = format!("{HOSTILE}{}", "x".repeat(10_000));
    let local = || builder(aksk()).endpoint("http://127.0.0.1:1");
    let of_environment = |name: &'static str, value: String| {
        builder(aksk()).endpoints_from(Environment::from_fn(move |asked| {
            (asked == name).then(|| value.clone().into())
        }))
    };
    for hostile in [HOSTILE, &long] {
        for url in [
            hostile.to_owned(),
            format!("https://example.com{hostile}"),
            format!("https://example.com/{hostile}"),
            format!("https://exa{hostile}mple.com"),
            format!("{hostile}://example.com"),
        ] {
            for builder in [
                builder(aksk()).endpoint(&url),
                local().service_endpoint("dws", &url),
                of_environment("HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4", url.clone()),
            ] {
                let error = refused(builder);
                assert!(matches!(error, BuilderError::Endpoint(_)), "{error}");
                is_plain(&error.to_string());
            }
        }
        let errors = [
            refused(CoreBuilder::new(hostile).credentials(aksk())).to_string(),
            refused(local().service_endpoint(hostile, "https://example.com")).to_string(),
            refused(local().project_id(hostile)).to_string(),
            refused(local().user_agent(hostile)).to_string(),
            refused(builder(Credentials::aksk(hostile, hostile))).to_string(),
            SERVICES[0].lookup(hostile).unwrap_err().to_string(),
        ];
        errors.iter().for_each(|text| is_plain(text));
    }
}

#[tokio::test]
async fn no_foreign_text_in_an_error_of_credentials_forges_a_log() {
    use huaweicloud_runtime::CredentialsError;
    use huaweicloud_runtime::credentials::KooCli;
    use huaweicloud_runtime::identity::{IdentityError, ProjectIdError};

    let long = format!("{HOSTILE}{}", "x".repeat(10_000));
    for hostile in [HOSTILE, &long] {
        let file = hostile.replace('\0', "");
        let profile = ProfileProvider::new().file(file).provide().await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("credentials");
        std::fs::write(&path, "[basic]\nak = x\n").unwrap();
        let section = ProfileProvider::new().file(path).profile(hostile);
        let section = section.provide().await;
        let empty = EnvironmentProvider::with_environment(Environment::from_fn(|_| None));
        let chain = ChainProvider::empty().then(hostile, empty).provide().await;
        let name = || hostile.to_owned();
        let file = hostile.replace('\0', "");
        let koo_cli = KooCli::new().file(file).provide().await;
        let path = folder.path().join("config.json");
        let profiles = serde_json::json!({"profiles": [{"name": hostile, "mode": hostile}]});
        std::fs::write(&path, profiles.to_string()).unwrap();
        let koo_cli = [
            koo_cli,
            KooCli::new().file(&path).profile("x").provide().await,
            KooCli::new().file(&path).profile(hostile).provide().await,
        ]
        .map(Result::unwrap_err);
        let look_up = ProjectIdError::LookUp {
            name: name(),
            error: IdentityError::unusable(hostile),
        };
        let project = |error| CredentialsError::ProjectId(Box::new(error));
        for error in [
            profile.unwrap_err(),
            section.unwrap_err(),
            chain.unwrap_err(),
            CredentialsError::other(hostile),
            CredentialsError::SignIn(Box::new(IdentityError::unusable(hostile))),
            project(look_up),
            project(ProjectIdError::NotFound { name: name() }),
            project(ProjectIdError::Unusable { name: name() }),
            CredentialsError::Agency(Box::new(IdentityError::unusable(hostile))),
        ]
        .into_iter()
        .chain(koo_cli)
        {
            is_plain(&error.to_string());
            let core = builder(aksk()).endpoint("http://127.0.0.1:1");
            let core = core.credentials_provider(Arc::new(Failing(error)));
            let core = core.build(SERVICES).unwrap();
            let failed = core.execute(&SHOW, None, show_request()).await;
            is_plain(&failed.unwrap_err().to_string());
        }
    }
}

struct Failing(huaweicloud_runtime::CredentialsError);

impl std::fmt::Debug for Failing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Failing")
    }
}

impl ProvideCredentials for Failing {
    fn provide(&self) -> CredentialsFuture<'_> {
        Box::pin(std::future::ready(Err(self.0.clone())))
    }
}

#[test]
fn no_foreign_text_in_an_error_of_a_transport_forges_a_log() {
    use huaweicloud_runtime::{TransportError, TransportErrorKind};

    let long = format!("{HOSTILE}{}", "x".repeat(10_000));
    for hostile in [HOSTILE, &long] {
        let cause = std::io::Error::other(hostile);
        let error = TransportError::new(TransportErrorKind::Connect)
            .to_host(hostile)
            .caused_by(cause);
        is_plain(&error.to_string());
        is_plain(&format!("{error:?}"));
    }
}

#[test]
fn an_address_shows_nothing_of_user_and_password() {
    for url in [
        "https://user:Hidden@example.com",
        "https://user:Hid@Hidden@example.com",
        "https://user:Hid@Hidden",
        "https://user:Hidden/Hidden@example.com",
        "https://user:Hidden?Hidden#Hidden@example.com",
        "https://user:Hidden%40example.com",
        "https://user:Hidden%2540example.com",
        "https://Hidden@",
        "https://@Hidden@",
        "user:Hidden@example.com",
        "user:Hidden",
        "user:Hidden example.com",
        "//user:Hidden@example.com",
        "https:user:Hidden@example.com",
        "https:/user:Hidden@example.com",
        "https:\\\\user:Hidden@example.com",
        "https://user:Hidden\\@example.com",
        "https:// user:Hidden @example.com",
        " https://user:Hidden@example.com",
        "https://user:Hidden\u{ff20}example.com",
        "https://user\u{ff1a}Hidden\u{fe6b}example.com",
        "https://us\u{e9}r:Hidden@example.com",
        "https://user:Hidden",
        "https://Hidden:Hidden:Hidden",
        "Hidden:Hidden@https://example.com",
        "https://example.com/?token=Hidden",
        "https://example.com/#Hidden",
        "https://example.com?Hidden@Hidden",
    ] {
        let error = refused(builder(aksk()).endpoint(url));
        let text = format!("{error} {error:?}");
        assert!(!text.contains("Hid"), "{url}: {text}");
    }
}

#[test]
fn a_name_that_cannot_be_fixed_is_named() {
    let here = std::net::SocketAddr::from(([127, 0, 0, 1], 443));
    let elsewhere = std::net::SocketAddr::from(([10, 0, 0, 1], 443));
    let no_port = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    for (host, address, wrong) in [
        ("https://dcs.example.com", here, ResolveProblem::NotAName),
        ("10.0.0.1", here, ResolveProblem::NotAName),
        (HOSTILE, here, ResolveProblem::NotAName),
        ("u:Hidden@host", here, ResolveProblem::NotAName),
        // Plain http to it is allowed, since it does not leave the machine.
        ("localhost", elsewhere, ResolveProblem::ThisMachine),
        ("dcs.example.com", no_port, ResolveProblem::NoPort),
    ] {
        let error = refused(
            builder(aksk())
                .endpoint("http://127.0.0.1:1")
                .resolve(host, address),
        );
        is_plain(&error.to_string());
        assert!(!error.to_string().contains("Hidden"), "{error}");
        assert!(
            matches!(error, BuilderError::Resolve { problem, .. } if problem == wrong),
            "{host}: {error}"
        );
    }
}

#[tokio::test]
async fn the_address_of_iam_that_credentials_bring_along_shows_no_password() {
    static LIST: Operation = Operation::new("iam", "List", "GET", "/v3/x").retry(Retry::Safe);
    static IAM: &[ServiceEndpoints] = &[ServiceEndpoints::new(
        "iam",
        &[("cn-north-4", "http://127.0.0.1:1")],
    )];
    for url in [
        "https://user:Hid@Hidden@iam.example.com".to_owned(),
        "https://user:Hidden".to_owned(),
        format!("https://iam.example.com/{HOSTILE}"),
    ] {
        let core = builder(aksk().iam_endpoint(url)).build(IAM).unwrap();
        let request = RequestBuilder::get("/v3/x").build().unwrap();
        let error = core.execute(&LIST, None, request).await.unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("the IAM endpoint") && !text.contains("Hid"),
            "{text}"
        );
        is_plain(&text);
    }
}

#[test]
fn a_field_s_name_forges_no_log() {
    let error = InvalidRequest::of_field(HOSTILE, InvalidRule::Missing);
    is_plain(&error.to_string());
    is_plain(&error.within(&HOSTILE.repeat(100)).to_string());
}
