use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::PathBuf;

use super::*;

const OPTIONS: Options = Options {
    what: "journal",
    begins: "{\"",
    is_whole: |line| line.ends_with('}'),
};

struct Place {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines");
        Self {
            _folder: folder,
            path,
        }
    }

    fn with(content: impl AsRef<[u8]>) -> Self {
        let place = Self::new();
        fs::write(&place.path, content).unwrap();
        place.mode(0o600);
        place
    }

    fn mode(&self, mode: u32) {
        fs::set_permissions(&self.path, Permissions::from_mode(mode)).unwrap();
    }

    fn open(&self) -> Result<(Lines, Vec<String>, Option<Torn>), DurableError> {
        let mut earlier = Vec::new();
        let (lines, torn) = Lines::open(&self.path, &OPTIONS, |line| {
            earlier.push(line.text.to_owned());
            Ok(())
        })?;
        Ok((lines, earlier, torn))
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.path).unwrap()
    }
}

fn append(lines: &Lines, line: Zeroizing<String>) -> Result<Position, DurableError> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(lines.append(line))
}

fn line(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

#[test]
fn a_new_file_is_for_its_owner_alone_and_grows() {
    let place = Place::new();
    let (lines, earlier, torn) = place.open().unwrap();
    assert_eq!((earlier.len(), torn), (0, None));
    assert_eq!(fs::metadata(&place.path).unwrap().mode() & 0o777, 0o600);
    append(&lines, line("{1}")).unwrap();
    let second = append(&lines, line("{zwei é}")).unwrap();
    assert_eq!(&*lines.read(second).unwrap(), "{zwei é}".as_bytes());
    drop(lines);
    let (lines, earlier, torn) = place.open().unwrap();
    assert_eq!(
        (earlier, torn),
        (vec!["{1}".into(), "{zwei é}".into()], None)
    );
    append(&lines, line("{3}")).unwrap();
    assert_eq!(place.text(), "{1}\n{zwei é}\n{3}\n");
}

#[test]
fn lines_are_shown_with_their_places_however_long() {
    let long = format!("{{\"{}\"}}", "x".repeat(200_000));
    let place = Place::with(format!("{{1}}\n{long}\n\n{{2}}\n"));
    let mut places = Vec::new();
    let (lines, _) = Lines::open(&place.path, &OPTIONS, |line| {
        places.push((line.position, line.text.to_owned()));
        Ok(())
    })
    .unwrap();
    assert_eq!(places.len(), 4);
    for (position, text) in places {
        assert_eq!(&*lines.read(position).unwrap(), text.as_bytes());
    }
    drop(lines);
    let place = Place::with(vec![b'x'; 3 * LONGEST]);
    let error = place.open().unwrap_err().to_string();
    assert!(error.contains("line 1 of the journal"), "{error}");
}

#[test]
fn a_torn_line_is_dropped_wherever_it_was_torn() {
    let whole = "{\"a\":1}\n{\"b\":2}\n";
    for cut in 9..whole.len() - 1 {
        let place = Place::with(&whole[..cut]);
        let (lines, earlier, torn) = place.open().unwrap();
        assert_eq!(earlier[0], "{\"a\":1}");
        assert_eq!(torn, Some(Torn::Dropped(cut as u64 - 8)), "{cut}");
        assert_eq!(place.text(), "{\"a\":1}\n");
        append(&lines, line("{c}")).unwrap();
        assert_eq!(place.text(), "{\"a\":1}\n{c}\n");
    }
    let place = Place::with(b"{1}\n\0\0\0\0");
    assert_eq!(place.open().unwrap().2, Some(Torn::Dropped(4)));
    assert_eq!(place.text(), "{1}\n");
}

#[test]
fn a_whole_line_without_an_end_gets_one() {
    let place = Place::with("{1}\n{2}");
    let (lines, earlier, torn) = place.open().unwrap();
    assert_eq!((earlier.len(), torn), (2, Some(Torn::Ended)));
    append(&lines, line("{3}")).unwrap();
    assert_eq!(place.text(), "{1}\n{2}\n{3}\n");
}

#[test]
fn what_was_not_written_here_is_left_as_it_is() {
    for content in ["notes of mine", "{1}\nnotes", "{1}\n\u{e9}"] {
        let place = Place::with(content);
        let error = place.open().unwrap_err();
        assert!(matches!(error, DurableError::Line { .. }), "{error}");
        assert_eq!(place.text(), content);
    }
    let place = Place::with("{1}\n{\"torn");
    let refused = Lines::open(&place.path, &OPTIONS, |_| Err("is no line of it"));
    let error = refused.unwrap_err().to_string();
    assert!(error.starts_with("line 1 of the journal `"), "{error}");
    assert!(error.contains("is no line of it"), "{error}");
    assert_eq!(place.text(), "{1}\n{\"torn");
}

#[test]
fn one_run_at_a_time() {
    let place = Place::new();
    let held = place.open().unwrap();
    let error = place.open().unwrap_err();
    assert!(matches!(error, DurableError::InUse { .. }), "{error}");
    assert!(error.to_string().contains("in use by another run"));
    drop(held);
    place.open().unwrap();
}

#[test]
fn what_others_can_open_is_refused() {
    let place = Place::with("");
    for mode in [0o640, 0o606, 0o644] {
        place.mode(mode);
        let error = place.open().unwrap_err().to_string();
        assert!(error.contains("run `chmod 600` on it"), "{error}");
        assert!(error.contains(place.path.to_str().unwrap()), "{error}");
    }
}

#[test]
fn what_is_no_regular_file_is_refused() {
    let place = Place::with("");
    let link = place.path.with_extension("link");
    std::os::unix::fs::symlink(&place.path, &link).unwrap();
    let dangling = place.path.with_extension("dangling");
    std::os::unix::fs::symlink("nothing", &dangling).unwrap();
    let folder = place.path.parent().unwrap();
    let pipe = place.path.with_extension("pipe");
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &pipe,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .unwrap();
    for (path, word) in [
        (link.as_path(), "symbolic link"),
        (&dangling, "symbolic link"),
        (folder, "no regular file"),
        (&pipe, "no regular file"),
        (Path::new("/dev/null"), "no regular file"),
        (&folder.join("missing/lines"), "does not exist"),
    ] {
        let error = Lines::open(path, &OPTIONS, |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
    assert!(!folder.join("nothing").exists());
}

#[test]
fn a_line_with_a_break_is_refused_and_nothing_else_suffers() {
    let place = Place::new();
    let (lines, ..) = place.open().unwrap();
    for unfit in ["a\nb".to_owned(), "x".repeat(LONGEST)] {
        let error = append(&lines, line(&unfit)).unwrap_err();
        assert!(matches!(error, DurableError::Unfit { .. }), "{error}");
    }
    append(&lines, line("{1}")).unwrap();
    assert_eq!(place.text(), "{1}\n");
}

#[tokio::test]
async fn the_order_is_that_of_the_calls_and_not_of_the_waiting() {
    let place = Place::new();
    let (lines, ..) = place.open().unwrap();
    let mut waiting: Vec<_> = (0..500)
        .map(|number| lines.append(line(&format!("{{{number}}}"))))
        .collect();
    // Nobody waits for these; they are written all the same.
    waiting.truncate(250);
    for one in waiting.into_iter().rev() {
        one.await.unwrap();
    }
    drop(lines);
    let expected: String = (0..500).map(|number| format!("{{{number}}}\n")).collect();
    assert_eq!(place.text(), expected);
}

/// `mount` needs root, which not everybody who runs tests is.
#[test]
#[ignore = "mounts a file system: run as root with --ignored"]
fn a_full_file_system_is_a_clear_error_and_what_is_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let run = |program: &str, arguments: &[&str]| {
        let status = std::process::Command::new(program)
            .args(arguments)
            .arg(folder.path())
            .status();
        assert!(status.unwrap().success());
    };
    run("mount", &["-t", "tmpfs", "-o", "size=64k", "none"]);
    let path = folder.path().join("lines");
    let (lines, _) = Lines::open(&path, &OPTIONS, |_| Ok(())).unwrap();
    let long = format!("{{\"{}\"}}", "x".repeat(3000));
    let mut written = 0;
    let error = loop {
        match append(&lines, line(&long)) {
            Ok(_) => written += 1,
            Err(error) => break error,
        }
    };
    let again = append(&lines, line("{}"));
    drop(lines);
    let found = fs::read_to_string(&path).unwrap();
    let reopened = Lines::open(&path, &OPTIONS, |_| Ok(())).map(|(_, torn)| torn);
    run("umount", &[]);
    assert!(error.to_string().contains("the disk is full"), "{error}");
    assert_eq!(again, Err(error));
    assert!(written > 10, "{written}");
    assert_eq!(found, format!("{long}\n").repeat(written));
    assert_eq!(reopened, Ok(None));
}
