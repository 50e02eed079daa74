//! `cargo codegen lint`: planted mistakes, sound documents, formats, levels and exit codes.

mod planted;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value as Json;

use crate::support::repository;
use planted::{MISTAKES, Mistake};

fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::cargo_bin("cargo-codegen")
        .expect("the command")
        .arg("lint")
        .args(arguments)
        .output()
        .expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let code = output.status.code().expect("an exit code");
    (code, text(output.stdout), text(output.stderr))
}

fn json(arguments: &[&str]) -> (i32, Json) {
    let (code, out, err) = run(&[&["--format", "json"], arguments].concat());
    (code, serde_json::from_str(&out).expect(&err))
}

fn sound() -> Vec<PathBuf> {
    let folder = repository().join("codegen/tests/lint");
    let files = std::fs::read_dir(folder).expect("a folder");
    files.map(|it| it.expect("a file").path()).collect()
}

fn library() -> String {
    let path = repository().join("codegen/tests/lint/library.yaml");
    std::fs::read_to_string(path).expect("a document")
}

/// The library with a mistake in it, and the line that has it.
fn plant(mistake: &Mistake) -> (String, usize) {
    let library = library();
    let at = library.find(mistake.out).expect(mistake.out);
    let text = library.replacen(mistake.out, mistake.put, 1);
    let named = mistake.at.map(|it| text.find(it).expect(it));
    let at = text.find('§').or(named).unwrap_or(at);
    let line = text[..at].matches('\n').count() + 1;
    (text.replace('§', ""), line)
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("a file");
    path.display().to_string()
}

#[test]
fn every_planted_mistake_is_found_at_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    let mut expected = Vec::new();
    for (index, mistake) in MISTAKES.iter().enumerate() {
        let (text, line) = plant(mistake);
        files.push(write(folder.path(), &format!("planted-{index}.yaml"), &text));
        expected.push((mistake, line));
    }
    let all: Vec<&str> = files.iter().map(String::as_str).collect();
    let (code, out) = json(&all);
    assert_eq!(code, 1);
    let findings = out["findings"].as_array().expect("findings");
    let mut wrong = Vec::new();
    for (file, (mistake, line)) in files.iter().zip(expected) {
        let here = findings.iter().filter(|it| it["file"] == file.as_str());
        let mut found: Vec<_> = here
            .map(|it| (it["code"].as_str(), it["line"].as_u64()))
            .collect();
        let planted = (Some(mistake.code), Some(line as u64));
        let is_told = found.contains(&planted);
        found.retain(|it| *it != planted && it.0 != mistake.besides);
        if !is_told || !found.is_empty() {
            wrong.push(format!("{planted:?} of {file}: {is_told} {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(MISTAKES.len() >= 80);
}

#[test]
fn nothing_is_found_in_sound_documents() {
    let sound = sound();
    assert!(sound.len() >= 3);
    let sound: Vec<_> = sound.iter().map(|it| it.to_str().expect("a path")).collect();
    let (code, out) = json(&[&["--deny", "lint", "--deny", "lossy"], sound.as_slice()].concat());
    assert_eq!((code, &out["findings"]), (0, &Json::Array(Vec::new())), "{out:#}");
}
