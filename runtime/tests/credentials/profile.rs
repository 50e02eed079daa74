//! The credentials file.

use std::path::{Path, PathBuf};

use huaweicloud_runtime::credentials::{
    Credentials, CredentialsError, Environment, Malformed, ProfileProblem, ProfileProvider,
    ProvideCredentials as _,
};

use crate::{log, used};

const FILE: &str = "\
[global]
ak = AK-global-Hidden
sk = SK-Hidden
domain_id = d-1

[basic]
AK: AK-basic-Hidden
sk = SK-Hidden==
security_token = ST-Hidden
project_id = p-1
iam_endpoint = https://iam.example.com

[production]
ak = AK-production-Hidden
sk = SK-Hidden
";

struct Home(tempfile::TempDir);

impl Home {
    fn with(content: impl AsRef<[u8]>) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        home.write(".huaweicloud/credentials", content);
        home
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        #[cfg(unix)]
        set_mode(&path, 0o600);
        path
    }

    fn provider(&self) -> ProfileProvider {
        let home = self.0.path().as_os_str().to_owned();
        ProfileProvider::new().with_environment(Environment::from_fn(move |name| {
            ["HOME", "USERPROFILE"]
                .contains(&name)
                .then(|| home.clone())
        }))
    }
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;

    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

async fn key_of(provider: ProfileProvider) -> String {
    used(provider.provide().await.unwrap()).await.access_key
}

/// Line and problem of a file that gives nothing.
async fn problem(provider: &ProfileProvider) -> (Option<usize>, ProfileProblem) {
    match provider.provide().await {
        Err(CredentialsError::Profile(error)) => {
            let text = error.to_string();
            let path = error.path().display().to_string();
            assert!(
                text.contains(&path) && path.contains("credentials"),
                "{text}"
            );
            if let Some(line) = error.line() {
                assert!(text.contains(&format!("line {line}")), "{text}");
            }
            assert!(!format!("{text} {error:?}").contains("Hidden"), "{text}");
            (error.line(), error.problem().clone())
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_official_sections_and_named_profiles() {
    let home = Home::with(FILE);
    let basic: Credentials = home.provider().provide().await.unwrap();
    assert_eq!(basic.iam(), Some("https://iam.example.com"));
    assert_eq!(basic.expiry(), None);
    let used = used(basic).await;
    assert_eq!(used.access_key, "AK-basic-Hidden");
    assert_eq!(used.security_token.as_deref(), Some("ST-Hidden"));
    assert_eq!(used.project.as_deref(), Some("p-1"));
    for (name, key) in [
        ("global", "AK-global-Hidden"),
        ("production", "AK-production-Hidden"),
    ] {
        assert_eq!(key_of(home.provider().profile(name)).await, key);
    }
    let only_global = Home::with(FILE.split("[basic]").next().unwrap());
    assert_eq!(key_of(only_global.provider()).await, "AK-global-Hidden");
}

#[tokio::test]
async fn the_named_file_wins_over_the_environment_and_that_over_the_home() {
    let home = Home::with("[basic]\nak = AK-home\nsk = s\n");
    let of_environment = home.write("other/credentials", "[basic]\nak = AK-env\nsk = s\n");
    let of_call = home.write("call/credentials", "[basic]\nak = AK-call\nsk = s\n");
    let directory = home.0.path().as_os_str().to_owned();
    let environment = Environment::from_fn(move |name| match name {
        "HOME" | "USERPROFILE" => Some(directory.clone()),
        "HUAWEICLOUD_SDK_CREDENTIALS_FILE" => Some(of_environment.clone().into()),
        _ => None,
    });
    let provider = home.provider().with_environment(environment);
    assert_eq!(key_of(home.provider()).await, "AK-home");
    assert_eq!(key_of(provider.clone()).await, "AK-env");
    assert_eq!(key_of(provider.file(of_call)).await, "AK-call");
}

#[tokio::test]
async fn a_changed_file_is_taken_up() {
    let home = Home::with("[basic]\nak = AK-1\nsk = s\n");
    let provider = home.provider();
    assert_eq!(key_of(provider.clone()).await, "AK-1");
    home.write(".huaweicloud/credentials", "[basic]\nak = AK-2\nsk = s\n");
    assert_eq!(key_of(provider).await, "AK-2");
}

#[tokio::test]
async fn mistakes_have_a_file_and_a_line() {
    use ProfileProblem as P;

    let malformed = |key, problem| P::Malformed { key, problem };
    for (content, line, expected) in [
        ("SK-Hidden", 1, P::NotReadable),
        ("ak = AK-Hidden", 1, P::OutsideSections),
        ("[basic]\nak = AK-Hidden\nak = AK-Hidden", 3, P::KeyTwice),
        ("[basic]\n[basic]", 2, P::SectionTwice),
        (
            "\n[basic]\nak = AK-Hidden",
            2,
            P::MissingKeys { keys: vec!["sk"] },
        ),
        (
            "[basic]\nak =\nsk=",
            1,
            P::MissingKeys {
                keys: vec!["ak", "sk"],
            },
        ),
        (
            "[basic]\nak = AK Hidden\nsk = s",
            2,
            malformed("ak", Malformed::Separator),
        ),
        (
            "[basic]\nak = a\nsk = \"Hidden\"",
            3,
            malformed("sk", Malformed::Quoted),
        ),
        (
            "[basic]\nak = a\nsk = Hidden\u{e9}",
            3,
            malformed("sk", Malformed::NotAscii),
        ),
        (
            "[basic]\nidp_id = i\nid_token_file = Hidden",
            1,
            P::Federated,
        ),
    ] {
        let home = Home::with(content);
        assert_eq!(
            problem(&home.provider()).await,
            (Some(line), expected),
            "{content}"
        );
    }
    let home = Home::with(b"[basic]\nak = Hidden\xff\nsk = s");
    assert_eq!(problem(&home.provider()).await, (Some(2), P::NotUtf8));
}

#[tokio::test]
async fn files_that_are_no_credentials_files() {
    let home = Home::with(FILE);
    let wanted = vec!["staging".to_owned()];
    let (line, problem_) = problem(&home.provider().profile("staging")).await;
    assert_eq!(
        (line, &problem_),
        (None, &ProfileProblem::NoSection { wanted })
    );
    assert!(problem_.to_string().contains("[staging]"));

    let missing = home.0.path().join("credentials of nobody");
    assert_eq!(
        problem(&home.provider().file(missing)).await,
        (None, ProfileProblem::NotFound)
    );
    let directory = home.0.path().join("credentials.d");
    std::fs::create_dir(&directory).unwrap();
    assert_eq!(
        problem(&home.provider().file(directory)).await,
        (None, ProfileProblem::NoFile)
    );
    let large = home.write("large credentials", "#".repeat(70_000));
    assert_eq!(
        problem(&home.provider().file(large)).await,
        (None, ProfileProblem::TooLarge)
    );
    let homeless = ProfileProvider::new().with_environment(Environment::from_fn(|_| None));
    assert_eq!(problem(&homeless).await, (None, ProfileProblem::NoHome));
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_others_may_read_is_a_warning_given_once() {
    let log = log::capture();
    let home = Home::with("[basic]\nak = AK-Hidden\nsk = SK-Hidden\nsecurity-token = x\n");
    let path = home.write(
        "others may read this",
        "[basic]\nak = AK-Hidden\nsk = SK-Hidden\n",
    );
    set_mode(&path, 0o644);
    let provider = home.provider().file(&path);
    for _ in 0..3 {
        assert!(provider.provide().await.is_ok());
    }
    let said = log.lines("others may read this");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("WARN") && said[0].contains("0644") && said[0].contains("chmod 600"));

    // The one in the home directory has mode 0600, and a mistyped key.
    assert!(home.provider().provide().await.is_ok());
    let said = log.lines(&home.0.path().join(".huaweicloud").display().to_string());
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains("not read") && said[0].contains("line=4"),
        "{said:?}"
    );
    assert!(log.lines("Hidden").is_empty());
}

#[tokio::test]
async fn nothing_is_written() {
    let home = Home(tempfile::tempdir().unwrap());
    assert!(home.provider().provide().await.is_err());
    assert_eq!(std::fs::read_dir(home.0.path()).unwrap().count(), 0);
}
