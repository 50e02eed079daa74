use super::*;

fn of(bytes: &[u8]) -> Result<Password, SecretInputError> {
    read(bytes, "standard input".to_owned(), Shape::Line)
}

#[test]
fn one_end_of_line_is_dropped_and_nothing_else() {
    for (bytes, expected) in [
        (&b"Secret@1"[..], "Secret@1"),
        (b"Secret@1\n", "Secret@1"),
        (b"Secret@1\r\n", "Secret@1"),
        (b" Secret@1 \n", " Secret@1 "),
        (b"Secret@1\r", "Secret@1\r"),
        ("gehéim\n".as_bytes(), "gehéim"),
    ] {
        assert_eq!(of(bytes).unwrap().expose(), expected);
    }
    let longest = "x".repeat(LONGEST);
    for end in ["", "\n", "\r\n"] {
        let read = of(format!("{longest}{end}").as_bytes()).unwrap();
        assert_eq!(read.expose().len(), LONGEST);
    }
}

#[test]
fn what_is_no_secret_is_refused_and_not_shown() {
    let from = || "standard input".to_owned();
    let long = "Secret@1".repeat(LONGEST / 8 + 1);
    for (bytes, expected) in [
        (&b""[..], SecretInputError::Empty { from: from() }),
        (b"\n", SecretInputError::Empty { from: from() }),
        (b"\r\n", SecretInputError::Empty { from: from() }),
        (b"Secret@1\n\n", SecretInputError::Lines { from: from() }),
        (b"Secret@1\nb", SecretInputError::Lines { from: from() }),
        (b"Secret@1\xff", SecretInputError::NotText { from: from() }),
        (long.as_bytes(), SecretInputError::TooLong { from: from() }),
    ] {
        let error = of(bytes).unwrap_err();
        assert_eq!(error, expected);
        assert!(!format!("{error} {error:?}").contains("Secret@1"));
    }
}

#[test]
fn a_source_without_end_is_left_off() {
    let error = read(io::repeat(b'x'), "it".to_owned(), Shape::Line).unwrap_err();
    assert!(matches!(error, SecretInputError::TooLong { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn a_file_is_for_its_owner_alone() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    let missing = from_file(&path, Shape::Line).unwrap_err().to_string();
    assert!(
        missing.contains("no such file") && !missing.contains("/secret"),
        "{missing}"
    );
    std::fs::write(&path, "Secret@1\n").unwrap();
    set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    let error = from_file(&path, Shape::Line).unwrap_err().to_string();
    assert!(error.contains("run `chmod 600` on it"), "{error}");
    set_permissions(&path, Permissions::from_mode(0o400)).unwrap();
    assert_eq!(from_file(&path, Shape::Line).unwrap().expose(), "Secret@1");
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    assert_eq!(from_file(&link, Shape::Line).unwrap().expose(), "Secret@1");
    let error = from_file(folder.path(), Shape::Line)
        .unwrap_err()
        .to_string();
    assert!(error.contains("no regular file"), "{error}");
}
