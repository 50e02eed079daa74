//! All documents of a folder, each in a process of its own.

use std::error::Error;
use std::fs::File;
use std::io::{IsTerminal as _, Write as _};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::lot::Lot;

/// How long one document may take.
const TIME: Duration = Duration::from_secs(60);

/// How much memory one document may have in use at once, in KiB, where the system tells.
const MEMORY: u64 = 2 << 20;

/// What became of a document that takes more.
pub const TOO_LARGE: &str = "took too much memory";

/// The documents below a folder, as seen from it, in the order of their paths.
pub fn documents(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next)? {
            let path = entry?.path();
            let ending = path.extension().and_then(|it| it.to_str());
            if path.is_dir() {
                open.push(path);
            } else if matches!(ending, Some("json" | "yaml" | "yml")) {
                found.push(path.strip_prefix(folder)?.to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What became of each, in their order. Each is a line of the file, if there is one, as soon as it is
/// known.
pub fn all(
    folder: &Path,
    documents: &[PathBuf],
    jobs: Option<usize>,
    lines: Option<File>,
) -> Result<Vec<Value>, Box<dyn Error>> {
    let jobs = jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get));
    let program = std::env::current_exe()?;
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let shows = std::io::stderr().is_terminal();
    let work = || {
        let mut results = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(document) = documents.get(index) else {
                return results;
            };
            let mut result = one(&program, &folder.join(document));
            result["path"] = document.display().to_string().into();
            if let Some(mut file) = lines.as_ref() {
                // One call writes a whole line; that it could not be kept does not end the survey.
                let _ = file.write_all(format!("{result}\n").as_bytes());
            }
            results.push((index, result));
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            if shows {
                eprint!("\r{done} of {} documents", documents.len());
            }
        }
    };
    let mut results: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
        let parts = running.into_iter().map(|it| it.join().unwrap_or_default());
        parts.flatten().collect()
    });
    if shows {
        eprintln!();
    }
    results.sort_by_key(|it| it.0);
    Ok(results.into_iter().map(|it| it.1).collect())
}

fn one(program: &Path, document: &Path) -> Value {
    match run(program, document) {
        Ok(result) => result,
        Err(error) => json!({"end": "failed", "message": error.to_string()}),
    }
}

fn run(program: &Path, document: &Path) -> Result<Value, Box<dyn Error>> {
    let mut child = Command::new(program)
        .arg("one")
        .arg(document)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    // Read beside, or a full pipe would hold the child.
    let stdout = stdout.map(|it| thread::spawn(move || text(it)));
    let stderr = stderr.map(|it| thread::spawn(move || text(it)));
    let ended = wait(&mut child)?;
    let read = |it: Option<thread::JoinHandle<String>>| {
        let text = it.and_then(|it| it.join().ok());
        text.unwrap_or_default()
    };
    let (stdout, stderr) = (read(stdout), read(stderr));
    Ok(match ended {
        Ok(status) if status.success() => serde_json::from_str(&stdout)?,
        Ok(status) => {
            let last = stderr.lines().rfind(|it| !it.is_empty());
            json!({"end": "panicked", "message": format!("{status}: {}", last.unwrap_or_default())})
        }
        Err(limit) => json!({"end": limit}),
    })
}

/// Waits for a process; if it had to be ended, says why.
fn wait(child: &mut Child) -> std::io::Result<Result<ExitStatus, &'static str>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Ok(status));
        }
        let limit = match start.elapsed() > TIME {
            true => Some("timed out"),
            false => (most_memory(child) > MEMORY).then_some(TOO_LARGE),
        };
        if let Some(limit) = limit {
            child.kill()?;
            child.wait()?;
            return Ok(Err(limit));
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// The most memory that a process had in use so far, in KiB. What it has only reserved is not counted:
/// an allocator and the stacks of threads reserve far more than they use.
fn most_memory(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    let number = line.and_then(|it| it.trim().strip_suffix("kB"));
    number.and_then(|it| it.trim().parse().ok()).unwrap_or(0)
}

fn text(mut from: impl std::io::Read) -> String {
    let mut bytes = Vec::new();
    // What was read before an error is all there is to say.
    let _ = from.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Documents drawn by lot, in the order of their paths.
pub fn drawn(results: &[Value], count: usize, seed: u64, at_most: usize) -> Vec<String> {
    let at_most = u64::try_from(at_most).unwrap_or(u64::MAX);
    let fits = |it: &&Value| {
        let operations = it.get("operations").and_then(Value::as_u64);
        operations.is_some_and(|it| (1..=at_most).contains(&it))
    };
    let mut paths: Vec<_> = results
        .iter()
        .filter(fits)
        .filter_map(|it| it.get("path")?.as_str())
        .collect();
    // Lines are kept in the order in which they were known.
    paths.sort_by(|one, other| Path::new(one).cmp(Path::new(other)));
    let mut lot = Lot(seed);
    let mut drawn = Vec::new();
    while drawn.len() < count && !paths.is_empty() {
        drawn.push(paths.swap_remove(lot.below(paths.len())).to_owned());
    }
    drawn.sort();
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_draws_the_same_from_lines_in_any_order() {
        let line = |name: &str, operations: u64| json!({"path": name, "operations": operations});
        let mut lines = ["a/b.json", "a.json", "c.json", "d.json"]
            .map(|it| line(it, 3))
            .to_vec();
        lines.push(line("large.json", 301));
        let one = drawn(&lines, 2, 11, 300);
        lines.reverse();
        assert_eq!(drawn(&lines, 2, 11, 300), one);
        assert_eq!(drawn(&lines, 9, 11, 300).len(), 4);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_a_process_takes_is_what_it_uses() {
        let mut child = Command::new("cat").stdin(Stdio::piped()).spawn().unwrap();
        let most = most_memory(&child);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!((1..MEMORY).contains(&most), "{most}");
    }
}
