use std::path::Path;
use std::sync::{Arc, Mutex, mpsc};

use super::*;

/// A disk that holds so many bytes.
#[derive(Clone)]
struct Disk(Arc<Mutex<State>>);

struct State {
    bytes: Vec<u8>,
    room: usize,
    syncs: usize,
    is_sync_broken: bool,
    is_truncate_broken: bool,
}

impl Disk {
    fn new(room: usize) -> Self {
        Self(Arc::new(Mutex::new(State {
            bytes: Vec::new(),
            room,
            syncs: 0,
            is_sync_broken: false,
            is_truncate_broken: false,
        })))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().bytes.clone()).unwrap()
    }
}

impl Storage for Disk {
    fn length(&self) -> io::Result<Option<u64>> {
        Ok(Some(self.0.lock().unwrap().bytes.len() as u64))
    }

    fn write_all(&mut self, bytes: &[u8], offset: u64) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        assert_eq!(offset, state.bytes.len() as u64);
        let fits = bytes.len().min(state.room - state.bytes.len());
        state.bytes.extend_from_slice(&bytes[..fits]);
        match fits == bytes.len() {
            true => Ok(()),
            false => Err(io::ErrorKind::StorageFull.into()),
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        state.syncs += 1;
        match state.is_sync_broken {
            true => Err(io::Error::from_raw_os_error(5)),
            false => Ok(()),
        }
    }

    fn truncate(&mut self, length: u64) -> io::Result<()> {
        let mut state = self.0.lock().unwrap();
        if state.is_truncate_broken {
            return Err(io::Error::from_raw_os_error(5));
        }
        state.bytes.truncate(length as usize);
        Ok(())
    }
}

/// What becomes of lines that all wait before the writer begins.
fn written(disk: &Disk, lines: &[&str]) -> Vec<Result<Position, DurableError>> {
    let about = About::new("journal", Path::new("j"));
    let length = disk.length().unwrap().unwrap();
    let writer = Writer::new(disk.clone(), length, about);
    let (sender, jobs) = mpsc::channel();
    let outcomes: Vec<_> = lines
        .iter()
        .map(|line| {
            let (done, outcome) = oneshot::channel();
            let line = Zeroizing::new((*line).to_owned());
            sender.send(Job { line, done }).unwrap();
            outcome
        })
        .collect();
    drop(sender);
    writer.run(&jobs);
    outcomes
        .into_iter()
        .map(|outcome| outcome.blocking_recv().unwrap())
        .collect()
}

#[test]
fn what_waits_is_written_in_order_with_one_sync() {
    let disk = Disk::new(1000);
    let outcomes = written(&disk, &["one", "", "three"]);
    assert_eq!(disk.text(), "one\n\nthree\n");
    assert_eq!(disk.0.lock().unwrap().syncs, 1);
    let places: Vec<_> = outcomes
        .into_iter()
        .map(|outcome| outcome.map(|place| (place.offset, place.length)).unwrap())
        .collect();
    assert_eq!(places, [(0, 3), (4, 0), (5, 5)]);
}

#[test]
fn groups_are_bounded() {
    let disk = Disk::new(usize::MAX);
    let line = "x".repeat(GROUP / 2);
    written(&disk, &[line.as_str(); 7]);
    assert_eq!(disk.0.lock().unwrap().syncs, 4);
}

#[test]
fn a_full_disk_fails_all_that_wait_and_leaves_nothing_of_them() {
    for room in 8..=14 {
        let disk = Disk::new(room);
        assert!(written(&disk, &["earlier"])[0].is_ok());
        let outcomes = written(&disk, &["one", "two"]);
        let is_full = room < 16;
        assert_eq!(disk.text(), "earlier\n", "{room}");
        for outcome in outcomes {
            let error = outcome.unwrap_err().to_string();
            assert!(is_full);
            assert_eq!(
                error,
                "the journal `j` cannot be written: the disk is full; make room and run again"
            );
        }
    }
}

#[test]
fn nothing_is_written_after_a_failure() {
    let disk = Disk::new(4);
    let about = About::new("journal", Path::new("j"));
    let mut writer = Writer::new(disk.clone(), 0, about);
    let mut append = |line: &str| {
        let (done, outcome) = oneshot::channel();
        let line = Zeroizing::new(line.to_owned());
        let bytes = line.len() + 1;
        writer.write(vec![Job { line, done }], bytes);
        outcome.blocking_recv().unwrap()
    };
    let first = append("too long").unwrap_err();
    disk.0.lock().unwrap().room = 1000;
    assert_eq!(append("fits").unwrap_err(), first);
    assert_eq!(disk.text(), "");
}

#[test]
fn a_sync_that_fails_is_no_success() {
    let disk = Disk::new(1000);
    disk.0.lock().unwrap().is_sync_broken = true;
    let outcomes = written(&disk, &["one"]);
    let error = outcomes[0].clone().unwrap_err().to_string();
    assert!(error.contains("look at the disk and run again"), "{error}");
    assert_eq!(disk.text(), "");
}

#[test]
fn where_cutting_fails_too_the_error_is_the_first_one() {
    let disk = Disk::new(2);
    disk.0.lock().unwrap().is_truncate_broken = true;
    let error = written(&disk, &["one"])[0].clone().unwrap_err();
    assert!(error.to_string().contains("the disk is full"), "{error}");
    // What is left has no end, and is dropped by the next run.
    assert_eq!(disk.text(), "on");
}

#[test]
fn what_another_program_put_there_is_not_written_over() {
    let disk = Disk::new(1000);
    let about = About::new("journal", Path::new("j"));
    let mut writer = Writer::new(disk.clone(), 0, about);
    disk.0.lock().unwrap().bytes = b"foreign\n".to_vec();
    let error = writer.append(b"own\n").unwrap_err();
    assert!(matches!(error, DurableError::Changed { .. }), "{error}");
    assert_eq!(disk.text(), "foreign\n");
}
