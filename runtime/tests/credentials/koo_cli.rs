//! The configuration of KooCLI.

use std::path::PathBuf;

use huaweicloud_runtime::credentials::{
    ConfigProblem, Credentials, CredentialsError, Environment, KooCli, Malformed,
    ProvideCredentials as _,
};
use serde_json::{Value, json};

use crate::{log, used};

struct Home(tempfile::TempDir);

impl Home {
    fn with(content: impl AsRef<[u8]>) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(home.0.path().join(".hcloud")).unwrap();
        std::fs::write(home.file(), content).unwrap();
        home
    }

    fn file(&self) -> PathBuf {
        self.0.path().join(".hcloud/config.json")
    }

    fn reader(&self) -> KooCli {
        let home = self.0.path().as_os_str().to_owned();
        KooCli::new().with_environment(Environment::from_fn(move |name| {
            ["HOME", "USERPROFILE"]
                .contains(&name)
                .then(|| home.clone())
        }))
    }
}

fn keys(name: &str) -> Value {
    json!({
        "name": name, "mode": "AKSK", "accessKeyId": format!("AK{name}Hidden"),
        "secretAccessKey": "SK+/=Hidden", "securityToken": "", "region": "cn-north-4",
        "projectId": "p-1", "domainId": "d-1", "readTimeout": 10, "skipSecureVerify": "false",
    })
}

fn file(profiles: &[Value]) -> String {
    json!({"language": "cn", "current": "two", "authEncrypt": "false", "profiles": profiles})
        .to_string()
}

/// The problem of a file that gives nothing.
async fn problem(reader: &KooCli) -> (Option<usize>, ConfigProblem) {
    match reader.provide().await {
        Err(CredentialsError::Config(error)) => {
            let text = error.to_string();
            assert!(text.contains("config.json"), "{text}");
            assert!(!format!("{text} {error:?}").contains("Hidden"), "{text}");
            (error.line(), error.problem().clone())
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_profile_in_use_and_one_by_its_name() {
    let mut three = keys("three");
    three["securityToken"] = "ST-Hidden".into();
    three["projectId"] = "".into();
    let home = Home::with(format!(
        "\u{feff}{}",
        file(&[keys("one"), keys("two"), three])
    ));
    let two: Credentials = home.reader().provide().await.unwrap();
    let two = used(two).await;
    assert_eq!(two.access_key, "AKtwoHidden");
    assert_eq!(two.project.as_deref(), Some("p-1"));
    assert_eq!(two.security_token, None);
    let three = home.reader().profile("three").provide().await.unwrap();
    let three = used(three).await;
    assert_eq!(three.access_key, "AKthreeHidden");
    assert_eq!(three.security_token.as_deref(), Some("ST-Hidden"));
    assert_eq!(three.project, None);
    let config = home.reader().load().unwrap();
    assert_eq!(config.region(), Some("cn-north-4"));
    assert!(!format!("{config:?} {:?}", home.reader()).contains("Hidden"));

    // Taken up without a restart.
    let reader = home.reader();
    std::fs::write(
        home.file(),
        file(&[keys("two2"), keys("two")]).replace("AKtwo", "AKnew"),
    )
    .unwrap();
    let new = used(reader.provide().await.unwrap()).await;
    assert_eq!(new.access_key, "AKnewHidden");
}

#[tokio::test]
async fn cipher_text_is_never_taken_for_a_key() {
    let plain = file(&[keys("two")]);
    let encrypted = [
        plain.replace("\"false\"", "\"true\""),
        plain.replace("\"authEncrypt\":\"false\"", "\"authEncrypt\":true"),
        // Of a version that has no word for it.
        plain
            .replace("\"authEncrypt\":\"false\",", "")
            .replace("AKtwoHidden", "SGlkZGVu+/=="),
        plain.replace("AKtwoHidden", &"ab".repeat(48)),
    ];
    for content in encrypted {
        let home = Home::with(&content);
        let (_, found) = problem(&home.reader()).await;
        assert_eq!(found, ConfigProblem::Encrypted, "{content}");
        assert!(found.to_string().contains("--cli-auth-encrypt=false"));
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_with_the_profile_and_no_value() {
    let changed = |name: &str, value: Value| {
        let mut profile = keys("two");
        profile[name] = value;
        file(&[profile])
    };
    let missing = |key| ConfigProblem::MissingKeys { keys: vec![key] };
    for (content, expected) in [
        (changed("accessKeyId", "".into()), missing("accessKeyId")),
        (
            changed("secretAccessKey", Value::Null),
            missing("secretAccessKey"),
        ),
        (
            changed("accessKeyId", json!({"Hidden": "Hidden"})),
            ConfigProblem::Shape {
                key: "accessKeyId",
                expected: "a text",
            },
        ),
        (
            changed("secretAccessKey", "Hidden\n".into()),
            ConfigProblem::Malformed {
                key: "secretAccessKey",
                problem: Malformed::ControlCharacter,
            },
        ),
        (changed("mode", "AssumeRole".into()), missing("agencyName")),
        (
            changed("name", "other\u{1b}[31m".into()),
            ConfigProblem::NoEntry {
                known: vec!["other\u{1b}[31m".to_owned()],
            },
        ),
        (
            "{\"profiles\": {}}".to_owned(),
            ConfigProblem::Shape {
                key: "profiles",
                expected: "a list",
            },
        ),
        ("{}".to_owned(), ConfigProblem::Unchosen { known: vec![] }),
        (
            "[]".to_owned(),
            ConfigProblem::Shape {
                key: "profiles",
                expected: "a list",
            },
        ),
    ] {
        let home = Home::with(&content);
        let (_, found) = problem(&home.reader()).await;
        assert_eq!(found, expected, "{content}");
        assert!(!found.to_string().contains('\u{1b}'), "{found}");
    }
    for (mode, part) in [
        ("token", "Credentials::token"),
        ("SSO", "hcloud configure sso"),
        ("Hi\u{1b}", "\\u{1b}"),
    ] {
        let home = Home::with(changed("mode", mode.into()));
        let (_, found) = problem(&home.reader()).await;
        assert!(
            matches!(found, ConfigProblem::Unsupported { .. }),
            "{found:?}"
        );
        assert!(found.to_string().contains(part), "{found}");
    }
    // What IAM or the metadata service has to be asked for is no matter of a provider.
    let home = Home::with(changed("mode", "ecsAgency".into()));
    assert_eq!(problem(&home.reader()).await.1, ConfigProblem::NeedsClient);
    home.reader().load().unwrap();
}

#[tokio::test]
async fn keys_left_by_signing_in_with_a_browser_are_used() {
    let mut profile = keys("two");
    profile["mode"] = "SSO".into();
    profile["ssoAuth"] = json!({"stsToken": {
        "accessKeyId": "AKssoHidden", "secretAccessKey": "SKHidden", "securityToken": "STHidden",
    }});
    let home = Home::with(file(&[profile]));
    let given = used(home.reader().provide().await.unwrap()).await;
    assert_eq!(given.access_key, "AKssoHidden");
    assert_eq!(given.security_token.as_deref(), Some("STHidden"));
}

#[tokio::test]
async fn files_that_are_none() {
    let home = Home::with("{\n\"current\": \"two\",\n\"x\": Hidden}");
    let (line, found) = problem(&home.reader()).await;
    assert_eq!((line, found), (Some(3), ConfigProblem::Syntax("JSON")));

    let home = Home::with(b"{\n\"a\": \"\xff\"}");
    assert_eq!(
        problem(&home.reader()).await,
        (Some(2), ConfigProblem::NotUtf8)
    );

    let large = " ".repeat(1024 * 1024 + 1);
    let home = Home::with(large);
    assert_eq!(problem(&home.reader()).await.1, ConfigProblem::TooLarge);

    std::fs::remove_file(home.file()).unwrap();
    let (_, found) = problem(&home.reader()).await;
    assert!(matches!(found, ConfigProblem::NotFound { .. }));
    assert!(
        found.to_string().contains("hcloud configure init"),
        "{found}"
    );

    std::fs::create_dir(home.file()).unwrap();
    assert_eq!(problem(&home.reader()).await.1, ConfigProblem::NoFile);

    let nowhere = KooCli::new().with_environment(Environment::from_fn(|_| None));
    assert_eq!(problem(&nowhere).await.1, ConfigProblem::NoHome);
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_does_not_hang_and_an_open_file_is_warned_of_once() {
    use std::os::unix::fs::PermissionsExt as _;

    let home = Home::with(file(&[keys("two")]));
    let log = log::capture();
    for mode in [0o644, 0o600] {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(home.file(), permissions).unwrap();
        let reader = home.reader();
        for _ in 0..2 {
            reader.load().unwrap();
        }
    }
    let about = log.lines(&home.file().display().to_string());
    let warnings = about.iter().filter(|line| line.contains("chmod 600"));
    assert_eq!(warnings.count(), 1, "{about:?}");

    std::fs::remove_file(home.file()).unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(home.file())
        .status();
    assert!(made.unwrap().success());
    assert_eq!(problem(&home.reader()).await.1, ConfigProblem::NoFile);
}

#[tokio::test]
async fn a_chain_passes_over_a_tool_that_is_not_in_use() {
    use huaweicloud_runtime::credentials::ChainProvider;

    let nowhere = KooCli::new().with_environment(Environment::from_fn(|_| None));
    let chain = ChainProvider::empty()
        .then("KooCLI", nowhere)
        .then("token", Credentials::token("t"));
    chain.provide().await.unwrap();
}
