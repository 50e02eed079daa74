use std::fs::{File, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use super::*;

#[test]
fn a_mode_that_lets_others_in_is_refused_with_what_to_do() {
    let file = tempfile::tempfile().unwrap();
    for mode in [0o600, 0o400, 0o700] {
        file.set_permissions(Permissions::from_mode(mode)).unwrap();
        assert_eq!(check(&file.metadata().unwrap(), Kind::Regular), Ok(()));
    }
    for mode in [0o640, 0o620, 0o604, 0o602, 0o610, 0o666] {
        file.set_permissions(Permissions::from_mode(mode)).unwrap();
        let refused = check(&file.metadata().unwrap(), Kind::Regular).unwrap_err();
        assert_eq!(refused, NotPrivate::Mode(mode));
        assert!(refused.to_string().contains("chmod 600"), "{refused}");
    }
}

#[test]
fn what_is_no_file_is_refused() {
    let kept = |path: &str| {
        check(
            &File::open(path).unwrap().metadata().unwrap(),
            Kind::Regular,
        )
    };
    assert_eq!(kept("/"), Err(NotPrivate::NotRegular));
    assert_eq!(kept("/dev/null"), Err(NotPrivate::NotRegular));
}

#[test]
fn a_pipe_is_read_and_never_kept_in() {
    let (reader, _writer) = std::io::pipe().unwrap();
    let file = File::from(std::os::fd::OwnedFd::from(reader));
    let metadata = file.metadata().unwrap();
    assert_eq!(check(&metadata, Kind::RegularOrPipe), Ok(()));
    assert_eq!(check(&metadata, Kind::Regular), Err(NotPrivate::NotRegular));
}

#[test]
fn the_words_say_what_to_do() {
    let full = io::Error::from(io::ErrorKind::StorageFull);
    assert_eq!(in_words(&full), "the disk is full; make room and run again");
    assert_eq!(
        shown(Path::new("a\nb")),
        r"a\nb",
        "a path must not begin a line of its own"
    );
}
