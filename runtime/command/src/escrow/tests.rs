use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Map, Value, json};

use super::*;

const SECRET: &str = r#"Ab"\c/é@12'$"#;
const LINE: &str = r#"{"time":"1970-01-01T00:00:07Z","service":"dws","operation":"ResetPassword","region":"cn-north-4","target":{"cluster_id":"c1"},"field":"new_password","row":"r1","secret":"Ab\"\\c/é@12'$"}"#;

/// What a row is about: `r1` is about `c1`.
fn target(row: Option<&str>) -> Map<String, Value> {
    let cluster = row.map_or("c0".to_owned(), |row| row.replace('r', "c"));
    match json!({"cluster_id": cluster}) {
        Value::Object(target) => target,
        _ => Map::new(),
    }
}

fn identity<'a>(target: &'a Map<String, Value>, row: Option<&'a str>) -> Identity<'a> {
    Identity {
        service: "dws",
        operation: "ResetPassword",
        region: Some("cn-north-4"),
        target,
        field: "new_password",
        row,
    }
}

async fn store(escrow: &Escrow, row: Option<&str>, secret: &str) -> Result<(), EscrowError> {
    let target = target(row);
    let secret = Password::from(secret);
    let record = Record {
        time: SystemTime::UNIX_EPOCH + Duration::from_secs(7),
        identity: identity(&target, row),
        secret: Some(&secret),
    };
    assert!(!format!("{record:?} {escrow:?}").contains(secret.expose()));
    escrow.store(&record).await.map(|_| ())
}

fn find(escrow: &Escrow, row: Option<&str>) -> Option<String> {
    let target = target(row);
    let found = escrow.find(&identity(&target, row)).unwrap();
    found.map(|secret| secret.expose().to_owned())
}

fn at(line: &str) -> Escrow {
    Escrow::command(line.to_owned(), Duration::from_secs(20))
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secrets");
    (folder, path)
}

#[tokio::test]
async fn a_file_keeps_every_password_and_finds_the_last() {
    let (_folder, path) = place();
    let (escrow, _) = Escrow::file(&path).unwrap();
    store(&escrow, Some("r1"), SECRET).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{LINE}\n"));
    store(&escrow, Some("r2"), "Second@2").await.unwrap();
    store(&escrow, Some("r1"), "Third@\u{1}\t\n3")
        .await
        .unwrap();
    store(&escrow, None, "Fourth@4").await.unwrap();
    let expect = |escrow: &Escrow| {
        assert_eq!(find(escrow, Some("r1")).unwrap(), "Third@\u{1}\t\n3");
        assert_eq!(find(escrow, Some("r2")).unwrap(), "Second@2");
        assert_eq!(find(escrow, Some("r3")), None);
        assert_eq!(find(escrow, None).unwrap(), "Fourth@4");
    };
    expect(&escrow);
    drop(escrow);
    // The next run goes on behind what is there.
    let (escrow, torn) = Escrow::file(&path).unwrap();
    assert_eq!(torn, None);
    expect(&escrow);
    store(&escrow, Some("r2"), SECRET).await.unwrap();
    assert_eq!(find(&escrow, Some("r2")).unwrap(), SECRET);
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 5);
}

#[tokio::test]
async fn one_thing_is_one_whatever_row_it_is_in() {
    let (_folder, path) = place();
    let (escrow, _) = Escrow::file(&path).unwrap();
    store(&escrow, Some("r1"), SECRET).await.unwrap();
    let same = target(Some("r1"));
    for row in [Some("r7"), None] {
        let found = escrow.find(&identity(&same, row)).unwrap();
        assert_eq!(found.unwrap().expose(), SECRET);
    }
    let other = target(Some("r2"));
    assert_eq!(escrow.find(&identity(&other, Some("r1"))).unwrap(), None);
}

#[tokio::test]
async fn what_was_not_set_is_not_the_last_line() {
    let (_folder, path) = place();
    let (escrow, _) = Escrow::file(&path).unwrap();
    let target = target(Some("r1"));
    let secret = Password::from("Refused@1");
    let record = |secret| Record {
        time: SystemTime::now(),
        identity: identity(&target, None),
        secret,
    };
    // The first is refused: none is known, and a run that comes later knows none either.
    let receipt = escrow.store(&record(Some(&secret))).await.unwrap();
    escrow
        .put_back(identity(&target, None), receipt)
        .await
        .unwrap();
    assert_eq!(find(&escrow, Some("r1")), None);
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.lines().last().unwrap().ends_with("\"secret\":null}"),
        "{text}"
    );
    drop(escrow);
    let (escrow, _) = Escrow::file(&path).unwrap();
    assert_eq!(find(&escrow, Some("r1")), None);
    // One that was set is put back after another that was not.
    store(&escrow, Some("r1"), SECRET).await.unwrap();
    let receipt = escrow.store(&record(Some(&secret))).await.unwrap();
    escrow
        .put_back(identity(&target, None), receipt)
        .await
        .unwrap();
    assert_eq!(find(&escrow, Some("r1")).unwrap(), SECRET);
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;

    for content in [
        "row,secret\n",
        "{}\n",
        "{\"time\":\"x\",\"secret\":7}\n",
        "me",
    ] {
        let (_folder, path) = place();
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let error = Escrow::file(&path).unwrap_err().to_string();
        assert!(error.starts_with("line 1 of the secret file"), "{error}");
        assert!(error.ends_with("nothing was sent"), "{error}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
}

#[test]
fn a_record_whose_end_an_editor_dropped_is_kept() {
    use std::os::unix::fs::PermissionsExt as _;

    // A few, since each waits for the disk: within the beginning, a name, the target, the password.
    for cut in [0, 1, 9, 50, 110, LINE.len() - 4, LINE.len() - 1, LINE.len()] {
        let (_folder, path) = place();
        fs::write(&path, &LINE[..cut]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        let (escrow, torn) = Escrow::file(&path).unwrap();
        let (expected, secret) = match cut {
            0 => (None, None),
            _ if cut == LINE.len() => (Some(Torn::Ended), Some(SECRET)),
            _ => (Some(Torn::Dropped(cut as u64)), None),
        };
        assert_eq!(torn, expected);
        assert_eq!(find(&escrow, Some("r1")).as_deref(), secret);
    }
}

#[tokio::test]
async fn a_command_gets_the_same_line_on_its_standard_input() {
    let (_folder, path) = place();
    let escrow = at(&format!("cat > '{}'", path.display()));
    store(&escrow, Some("r1"), SECRET).await.unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), format!("{LINE}\n"));
    assert_eq!(find(&escrow, Some("r1")), None);
}

/// What became of a command that must fail.
async fn refused(escrow: &Escrow) -> String {
    let error = store(escrow, Some("r1"), SECRET).await.unwrap_err();
    assert!(
        !format!("{error} {error:?}").contains(r#"Ab"\c"#),
        "{error}"
    );
    error.to_string()
}

#[tokio::test]
async fn a_command_that_fails_says_why() {
    let failed = refused(&at("cat >/dev/null; echo 'no vault\u{1b}[2J' >&2; exit 3")).await;
    assert_eq!(
        failed,
        r"the secret command failed with exit code 3; nothing was sent. It said: no vault\u{1b}[2J"
    );
    assert_eq!(
        refused(&at("kill -9 $$")).await,
        "the secret command was ended by signal 9; nothing was sent"
    );
    let missing = refused(&at("no-such-program-here")).await;
    assert!(missing.contains("exit code 127"), "{missing}");
    let endless = refused(&at("head -c 1000000 /dev/zero | tr '\\0' x >&2; exit 1")).await;
    assert!(endless.chars().count() < 1200, "{}", endless.len());
}

#[tokio::test]
async fn a_password_in_a_complaint_is_withheld() {
    for spell in ["cat >&2", "base64 -w0 >&2", "od -An -tx1 >&2"] {
        let error = refused(&at(&format!("{spell}; exit 1"))).await;
        assert!(error.ends_with("It said: [withheld]"), "{spell}: {error}");
    }
}

#[tokio::test]
async fn a_command_that_does_not_read_cannot_have_kept_it() {
    for line in [
        "true",
        "exec <&-; sleep 0.1",
        "head -c 10 >/dev/null",
        "cat &",
    ] {
        let error = refused(&at(line)).await;
        assert!(error.contains("without reading"), "{line}: {error}");
    }
    // However large the record is, nobody waits for who does not read.
    let target = Map::from_iter([("large".to_owned(), json!("x".repeat(300_000)))]);
    let secret = Password::from(SECRET);
    let record = Record {
        time: SystemTime::UNIX_EPOCH,
        identity: identity(&target, None),
        secret: Some(&secret),
    };
    assert!(at("true").store(&record).await.is_err());
    at("cat >/dev/null").store(&record).await.unwrap();
}

#[tokio::test]
async fn a_command_that_hangs_is_killed_with_all_it_started() {
    let (_folder, path) = place();
    let line = format!("(sleep 2; touch '{}') & cat; wait", path.display());
    let began = Instant::now();
    let escrow = Escrow::command(line, Duration::from_millis(300));
    let error = refused(&escrow).await;
    assert_eq!(
        error,
        "the secret command did not end within 0.3 seconds and was killed; nothing was sent"
    );
    assert!(began.elapsed() < Duration::from_secs(2));
    tokio::time::sleep(Duration::from_millis(2500)).await;
    assert!(!path.exists());
}

#[tokio::test]
async fn what_it_leaves_running_is_not_waited_for() {
    let began = Instant::now();
    let escrow = at("cat >/dev/null; sleep 5 &");
    store(&escrow, None, SECRET).await.unwrap();
    assert!(began.elapsed() < Duration::from_secs(4));
}

#[test]
fn names_of_credentials() {
    for (name, is_kept) in [
        ("HUAWEICLOUD_SDK_SK", false),
        ("huaweicloud_sdk_sk", false),
        ("HWC_PROXY", false),
        ("OS_PASSWORD", false),
        ("OS_PASSCODE", false),
        ("OS_TOKEN", false),
        ("OS_APPLICATION_CREDENTIAL_SECRET", false),
        ("OS_CLOUD", true),
        ("PATH", true),
        ("VAULT_TOKEN", true),
    ] {
        assert_eq!(!command::is_credential(name.as_ref()), is_kept, "{name}");
    }
}
