//! Tries documents of all the world: `cargo run --release --example coverage -- FOLDER`.
//!
//! One line of JSON a document: what was found, by code, and how long it took.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use huaweicloud_codegen::{Policy, Severity, Source, profile, render_under};
use serde_json::json;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next().expect("a folder of documents");
    if first == "--one" {
        let path = arguments.next().expect("a document");
        println!("{}", one(Path::new(&path)));
        return;
    }
    let limit = arguments.next().and_then(|it| it.parse().ok());
    let mut documents = Vec::new();
    collect(Path::new(&first), &mut documents);
    documents.sort();
    documents.truncate(limit.unwrap_or(usize::MAX));
    let next = AtomicUsize::new(0);
    let out = Mutex::new(std::io::stdout());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(path) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let line = run(path);
                    let _ = writeln!(out.lock().expect("no panic"), "{line}");
                }
            });
        }
    });
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, into);
        } else if path
            .extension()
            .is_some_and(|it| it == "json" || it == "yaml")
        {
            into.push(path);
        }
    }
}

fn run(path: &Path) -> String {
    let program = std::env::current_exe().expect("a program");
    let mut child = Command::new(program)
        .arg("--one")
        .arg(path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process");
    let start = Instant::now();
    let mut stdout = child.stdout.take().expect("piped");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = std::io::Read::read_to_string(&mut stdout, &mut text);
        text
    });
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break Some(status),
            _ if start.elapsed() > Duration::from_secs(60) => {
                let _ = child.kill();
                let _ = child.wait();
                break None;
            }
            _ => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let text = reader.join().unwrap_or_default();
    match status {
        Some(status) if status.success() => text.trim().to_owned(),
        Some(status) => json!({"path": path, "end": format!("{status}")}).to_string(),
        None => json!({"path": path, "end": "timeout"}).to_string(),
    }
}

fn one(path: &Path) -> String {
    let start = Instant::now();
    let text = std::fs::read_to_string(path).expect("a text");
    let size = text.len();
    let source = Source::new("api.yaml", text);
    let policy = Policy::permissive();
    let result = render_under(
        std::slice::from_ref(&source),
        profile::of_the_workspace(),
        &policy,
    );
    let mut left_out = Vec::new();
    let (end, found, operations) = match result {
        Ok(rendered) => {
            let operations: usize = rendered
                .model
                .services
                .iter()
                .map(|it| it.operations.len())
                .sum();
            left_out = rendered.left_out;
            ("generated", rendered.warnings, operations)
        }
        Err(found) => ("refused", found, 0),
    };
    let mut errors: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for it in found
        .iter()
        .filter(|it| it.severity == Severity::Error || end == "generated")
    {
        let entry = errors
            .entry(it.code)
            .or_insert_with(|| (0, it.message.clone()));
        entry.0 += 1;
    }
    json!({"path": path, "end": end, "size": size, "operations": operations, "errors": errors, "left_out": left_out,
        "ms": start.elapsed().as_millis() as u64})
    .to_string()
}
