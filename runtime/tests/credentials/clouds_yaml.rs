//! The configuration of OpenStack's tools.

use std::ffi::OsString;
use std::path::PathBuf;

use huaweicloud_runtime::credentials::{
    CloudsYaml, ConfigError, ConfigProblem, CredentialsError, Environment, Malformed,
    ProvideCredentials as _,
};

use crate::{log, used};

const KEYS: &str = "\
clouds:
  one:
    region_name: cn-north-4
    access_key: AKoneHidden
    secret_key: 0123
    auth:
      auth_url: https://iam.{region_name}.example.com/v3
      project_id: 0123456789
  two:
    regions: [{name: eu-west-101, values: {}}, other]
    auth: {ak: AKtwoHidden, sk: 'SK Hidden', security_token: STHidden}
";

/// Folders as a user has them.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(content: impl AsRef<[u8]>) -> Self {
        let home = Self::new();
        home.write(".config/openstack/clouds.yaml", content);
        home
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    fn reader(&self) -> CloudsYaml {
        self.reader_with(&[])
    }

    fn reader_with(&self, variables: &[(&'static str, OsString)]) -> CloudsYaml {
        let home = self.0.path().as_os_str().to_owned();
        let variables = variables.to_vec();
        CloudsYaml::new().with_environment(Environment::from_fn(move |name| {
            if ["HOME", "USERPROFILE"].contains(&name) {
                return Some(home.clone());
            }
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.clone())
        }))
    }
}

fn refused(reader: &CloudsYaml) -> ConfigError {
    match reader.load() {
        Err(CredentialsError::Config(error)) => {
            let text = format!("{error} {error:?}");
            assert!(!text.contains("Hidden"), "{text}");
            *error
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn keys_are_taken_from_the_entry_or_its_auth() {
    let home = Home::with(format!("\u{feff}{KEYS}"));
    let one = home.reader().cloud("one");
    let given = one.provide().await.unwrap();
    assert_eq!(given.iam(), Some("https://iam.cn-north-4.example.com"));
    let given = used(given).await;
    assert_eq!(given.access_key, "AKoneHidden");
    assert_eq!(given.project.as_deref(), Some("0123456789"));
    assert_eq!(one.load().unwrap().region(), Some("cn-north-4"));
    let two = home.reader_with(&[("OS_CLOUD", "two".into())]);
    let given = used(two.provide().await.unwrap()).await;
    assert_eq!(given.access_key, "AKtwoHidden");
    assert_eq!(given.security_token.as_deref(), Some("STHidden"));
    assert_eq!(two.load().unwrap().region(), Some("eu-west-101"));
    // The call goes before the environment.
    let given = used(two.cloud("one").provide().await.unwrap()).await;
    assert_eq!(given.access_key, "AKoneHidden");
    assert!(!format!("{:?}", home.reader().cloud("one").load()).contains("Hidden"));
}

#[tokio::test]
async fn files_are_found_where_the_tools_look() {
    let cloud = |key: &str| format!("clouds: {{only: {{ak: {key}, sk: s}}}}\n");
    let home = Home::with(cloud("AKhome"));
    let of_config = home.write("xdg/openstack/clouds.yml", cloud("AKxdg"));
    let of_variable = home.write("else/where.json", cloud("AKvariable"));
    let of_call = home.write("call.yaml", cloud("AKcall"));
    let config = of_config.parent().unwrap().parent().unwrap();
    let config = ("XDG_CONFIG_HOME", config.as_os_str().to_owned());
    let variable = ("OS_CLIENT_CONFIG_FILE", of_variable.into_os_string());
    for (reader, key) in [
        (home.reader(), "AKhome"),
        (home.reader_with(std::slice::from_ref(&config)), "AKxdg"),
        (
            home.reader_with(&[config.clone(), variable.clone()]),
            "AKvariable",
        ),
        (
            home.reader_with(&[config, variable]).file(of_call),
            "AKcall",
        ),
    ] {
        let given = used(reader.provide().await.unwrap()).await;
        assert_eq!(given.access_key, key);
    }
    // A file that was named and is not there is not passed over.
    let named = home.reader_with(&[("OS_CLIENT_CONFIG_FILE", "/nowhere/clouds.yaml".into())]);
    let error = refused(&named);
    assert!(
        matches!(error.problem(), ConfigProblem::NotFound { .. }),
        "{error}"
    );
    assert!(
        error.to_string().contains("/nowhere/clouds.yaml"),
        "{error}"
    );
}

#[tokio::test]
async fn what_is_secret_may_stand_in_a_file_of_its_own() {
    let home = Home::with("x: &base {ak: AKbase}\nclouds:\n  one: {<<: *base, sk: wrong}\n");
    home.write(
        ".config/openstack/secure.yaml",
        "clouds:\n  one:\n    sk: right\n    ak: AKsecure\n",
    );
    let given = used(home.reader().provide().await.unwrap()).await;
    assert_eq!(given.access_key, "AKsecure");
    // What is wrong in it is told with its own name and line.
    let secure = home.write("other/secure", "clouds:\n  one:\n\n    ak: 'AK Hidden'\n");
    let reader = home.reader_with(&[("OS_CLIENT_SECURE_FILE", secure.clone().into_os_string())]);
    let error = refused(&reader);
    assert_eq!(
        (error.path(), error.line()),
        (secure.as_path(), Some(4)),
        "{error}"
    );
    assert_eq!(error.entry(), Some("one"));
    let problem = Malformed::Separator;
    assert_eq!(
        *error.problem(),
        ConfigProblem::Malformed { key: "ak", problem }
    );
}

#[test]
fn what_is_missing_or_cannot_be_is_named_with_its_line() {
    let missing = |keys: &[&'static str]| ConfigProblem::MissingKeys {
        keys: keys.to_vec(),
    };
    let known = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    for (content, line, expected) in [
        ("", None, ConfigProblem::Unchosen { known: vec![] }),
        ("clouds:", None, ConfigProblem::Unchosen { known: vec![] }),
        (
            "clouds: {a: {}, b: {}}",
            None,
            ConfigProblem::Unchosen {
                known: known(&["a", "b"]),
            },
        ),
        (
            "clouds:\n  a: {}",
            Some(2),
            missing(&["auth_url", "username", "password", "user_domain_name"]),
        ),
        ("clouds:\n  a: {ak: Hidden}", Some(2), missing(&["sk"])),
        (
            "clouds:\n  a: {auth: {username: u, password: Hidden, domain_name: d}}",
            Some(2),
            missing(&["auth_url"]),
        ),
        (
            "clouds:\n  a: {auth_type: token, auth: {}}",
            Some(2),
            missing(&["token"]),
        ),
        (
            "clouds:\n  a:\n    ak: [Hidden]\n    sk: s",
            Some(3),
            ConfigProblem::Shape {
                key: "ak",
                expected: "a text",
            },
        ),
        (
            "clouds: [Hidden]",
            Some(1),
            ConfigProblem::Shape {
                key: "clouds",
                expected: "a mapping",
            },
        ),
        ("clouds: {a: b: c}", Some(1), ConfigProblem::Syntax("YAML")),
        (
            "clouds:\n  a: {auth: {auth_url: 'https://x/{region_name}'}}",
            Some(2),
            missing(&["region_name"]),
        ),
    ] {
        let home = Home::with(content);
        let error = refused(&home.reader());
        assert_eq!(
            (error.line(), error.problem()),
            (line, &expected),
            "{content}"
        );
    }
    let home = Home::with("clouds: {a: {}, \"b\\e[31m\": {}}");
    let error = refused(&home.reader().cloud("c\r\n"));
    assert!(
        !error.to_string().contains(['\r', '\n', '\u{1b}']),
        "{error}"
    );
}

#[test]
fn ways_that_are_not_understood_are_refused() {
    for (entry, part) in [
        (
            "auth_type: v3applicationcredential",
            "no application credentials",
        ),
        ("auth_type: v3totp", "SignIn::totp"),
        ("auth_type: v3oidcaccesstoken", "sign_in_with_id_token"),
        ("auth_type: \"x\\n\"", r"`auth_type: x\n`"),
        ("auth: {agency_name: n, ak: a, sk: s}", "assume_agency"),
        ("target_agency_name: n", "assume_agency"),
        ("profile: otc", "auth_url"),
        (
            "auth: {auth_url: 'https://iam.example.com/v2.0'}",
            "v3 only",
        ),
        (
            "auth: {auth_url: 'https://iam.example.com', username: u, password: Hidden, \
             user_domain_name: a, project_domain_name: b, project_name: p}",
            "another account",
        ),
    ] {
        let home = Home::with(format!("clouds: {{a: {{{entry}}}}}"));
        let error = refused(&home.reader());
        assert!(
            matches!(error.problem(), ConfigProblem::Unsupported { .. }),
            "{error:?}"
        );
        assert!(error.to_string().contains(part), "{error}");
        assert_eq!(error.entry(), Some("a"));
    }
}

#[test]
fn files_that_are_none() {
    let home = Home::new();
    let error = refused(&home.reader());
    assert!(
        matches!(error.problem(), ConfigProblem::NotFound { .. }),
        "{error}"
    );
    for (content, line, problem) in [
        (b"a: 1\nb: \xff".to_vec(), Some(2), ConfigProblem::NotUtf8),
        (vec![b' '; 1024 * 1024 + 1], None, ConfigProblem::TooLarge),
    ] {
        let home = Home::with(content);
        let error = refused(&home.reader());
        assert_eq!((error.line(), error.problem()), (line, &problem));
    }
    let folder = home.0.path().join(".config/openstack/clouds.yaml");
    std::fs::create_dir_all(&folder).unwrap();
    assert_eq!(*refused(&home.reader()).problem(), ConfigProblem::NoFile);
    #[cfg(unix)]
    {
        std::fs::remove_dir(&folder).unwrap();
        let made = std::process::Command::new("mkfifo").arg(&folder).status();
        assert!(made.unwrap().success());
        assert_eq!(*refused(&home.reader()).problem(), ConfigProblem::NoFile);
    }
}

#[cfg(unix)]
#[test]
fn an_open_file_is_warned_of_once() {
    use std::os::unix::fs::PermissionsExt as _;

    let home = Home::with(KEYS);
    let file = home.0.path().join(".config/openstack/clouds.yaml");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let log = log::capture();
    let reader = home.reader().cloud("one");
    for _ in 0..2 {
        reader.load().unwrap();
    }
    let about = log.lines(&file.display().to_string());
    let warnings = about.iter().filter(|line| line.contains("chmod 600"));
    assert_eq!(warnings.count(), 1, "{about:?}");
}
