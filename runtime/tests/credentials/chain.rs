//! The official order.

use huaweicloud_runtime::credentials::{
    ChainProvider, Credentials, CredentialsError, Environment, EnvironmentProvider,
    MetadataProvider, ProfileProvider, ProvideCredentials,
};

use crate::server::{Reply, Service};
use crate::{log, used};

/// The official chain in another environment and with another service.
fn chain(variables: &[(&'static str, String)], address: &str) -> ChainProvider {
    let variables = variables.to_vec();
    let environment = Environment::from_fn(move |name| {
        let found = variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.into())
    });
    let metadata = MetadataProvider::builder().address(address).build();
    ChainProvider::empty()
        .then(
            "environment",
            EnvironmentProvider::with_environment(environment.clone()),
        )
        .then(
            "credentials file",
            ProfileProvider::new().with_environment(environment),
        )
        .then("metadata service", metadata.unwrap())
}

#[tokio::test]
async fn environment_then_file_then_service() {
    let service = Service::start(|_| {
        Reply::now(
            200,
            r#"{"credential":{"access":"AK-3","secret":"s","securitytoken":"t",
                "expires_at":"2999-01-01T00:00:00Z"}}"#,
        )
    })
    .await;
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("credentials");
    std::fs::write(&path, "[basic]\nak = AK-2\nsk = s\n").unwrap();
    let all = [
        ("HUAWEICLOUD_SDK_AK", "AK-1".to_owned()),
        ("HUAWEICLOUD_SDK_SK", "s".to_owned()),
        (
            "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
            path.display().to_string(),
        ),
    ];
    for (variables, key, fetches) in [
        (&all[..], "AK-1", 0),
        (&all[1..], "AK-2", 0),
        (&all[..0], "AK-3", 1),
    ] {
        let chain = chain(variables, &service.url);
        for _ in 0..3 {
            let used = used(chain.provide().await.unwrap()).await;
            assert_eq!(used.access_key, key);
        }
        assert_eq!(service.counts(), (fetches, fetches), "{key}");
    }
}

#[tokio::test]
async fn when_all_fail_each_says_why() {
    let log = log::capture();
    let service =
        Service::start(|_| Reply::now(401, "Please configure Cloud Service Agency first")).await;
    let nowhere = "nowhere of the chain/credentials".to_owned();
    let variables = [
        ("HUAWEICLOUD_SDK_AK", "AK-half-Hidden".to_owned()),
        ("HUAWEICLOUD_SDK_CREDENTIALS_FILE", nowhere.clone()),
    ];
    let chain = chain(&variables, &service.url);
    let error = chain.provide().await.unwrap_err();
    let text = error.to_string();
    let mut rest = text.as_str();
    for part in [
        "(1) environment: ",
        "set HUAWEICLOUD_SDK_SK",
        "(2) credentials file: ",
        nowhere.as_str(),
        "does not exist",
        "(3) metadata service: ",
        service.url.as_str(),
        "no agency",
    ] {
        let (_, after) = rest
            .split_once(part)
            .unwrap_or_else(|| panic!("{part}: {text}"));
        rest = after;
    }
    assert!(!format!("{text} {error:?}").contains("Hidden"));

    // Half a pair is a mistake and worth a warning; a missing file is not.
    assert!(chain.provide().await.is_err());
    let mut warned = log.lines("credentials here are unusable");
    warned.retain(|line| line.contains("HUAWEICLOUD_SDK_SK"));
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(warned[0].contains("WARN"), "{warned:?}");
    assert!(
        log.lines(&nowhere)
            .iter()
            .all(|line| line.contains("DEBUG"))
    );
    assert_eq!(service.counts(), (1, 1), "the failure is remembered");
}

#[tokio::test]
async fn debug_shows_no_value() {
    let chain = ChainProvider::empty().then("given", Credentials::aksk("AK-Hidden", "SK-Hidden"));
    let shown = format!("{chain:?} {:?}", ChainProvider::new());
    assert!(
        shown.contains("given") && !shown.contains("Hidden"),
        "{shown}"
    );
    assert!(
        shown.contains("environment") && shown.contains("metadata service"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_provider_of_another_s_making() {
    #[derive(Debug)]
    struct Vault;
    impl ProvideCredentials for Vault {
        fn provide(&self) -> huaweicloud_runtime::credentials::CredentialsFuture<'_> {
            Box::pin(async { Err(CredentialsError::other("the vault is sealed; open it")) })
        }
    }
    let error = ChainProvider::empty()
        .then("vault", Vault)
        .provide()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("(1) vault: the vault is sealed; open it")
    );
}
