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

/// What is found in a file that a document refers to is told of that file, and only of files that the
/// document may refer to.
#[test]
fn mistakes_in_other_files_are_found_there() {
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["apis/loans", "apis/common"] {
        std::fs::create_dir_all(folder.path().join(part)).expect("a folder");
    }
    let library = library().replace(
        "$ref: '#/components/schemas/NewReader'",
        "$ref: '../common/readers.yaml#/New'",
    );
    let document = write(folder.path(), "apis/loans/library.yaml", &library);
    let readers = "New:\n  type: object\n  properties:\n    name: {typ: string}\n";
    write(folder.path(), "apis/common/readers.yaml", readers);
    let apis = folder.path().join("apis").display().to_string();
    let place = |out: &Json| {
        let found = out["findings"].as_array().expect("findings");
        let found = found
            .iter()
            .find(|it| it["class"] == "invalid")
            .expect("one")
            .clone();
        let file = found["file"].as_str().expect("a file").replace('\\', "/");
        let file = file
            .rsplit_once("/apis/")
            .expect("it is there")
            .1
            .to_owned();
        (
            found["code"].clone(),
            file,
            found["line"].clone(),
            found["owner"]["name"].clone(),
        )
    };
    let (_, out) = json(&[&document]);
    let (code, file, ..) = place(&out);
    assert_eq!(
        (code, file),
        ("spec::ref-external".into(), "loans/library.yaml".to_owned())
    );
    let (_, out) = json(&["--root", &apis, &document]);
    let expected = (
        "spec::unknown-field".into(),
        "common/readers.yaml".to_owned(),
        4.into(),
        "New".into(),
    );
    assert_eq!(place(&out), expected);
    for format in ["text", "github", "sarif"] {
        let (_, out, _) = run(&["--root", &apis, "--format", format, &document]);
        assert!(out.contains("common/readers.yaml"), "{format}: {out}");
    }
}

#[test]
fn every_planted_mistake_is_found_at_its_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = Vec::new();
    let mut expected = Vec::new();
    for (index, mistake) in MISTAKES.iter().enumerate() {
        let (text, line) = plant(mistake);
        files.push(write(
            folder.path(),
            &format!("planted-{index}.yaml"),
            &text,
        ));
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
    let sound: Vec<_> = sound
        .iter()
        .map(|it| it.to_str().expect("a path"))
        .collect();
    let (code, out) = json(&[&["--deny", "lint", "--deny", "lossy"], sound.as_slice()].concat());
    assert_eq!(
        (code, &out["findings"]),
        (0, &Json::Array(Vec::new())),
        "{out:#}"
    );
}

#[test]
fn findings_say_their_class_and_owner() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = library()
        .replace("summary: Lists books", "sumary: Lists books")
        .replace("format: password", "maxLength: 80")
        .replace("https://login", "http://login");
    let file = write(folder.path(), "a.yaml", &text);
    let (code, out) = json(&[&file]);
    assert_eq!(code, 1);
    let findings = out["findings"].as_array().expect("findings").iter();
    let said: Vec<_> = findings
        .map(|it| {
            let owner = &it["owner"];
            [
                &it["class"],
                &owner["kind"],
                &owner["name"],
                &owner["pointer"],
            ]
            .map(|it| it.as_str().expect("text").to_owned())
        })
        .collect();
    assert_eq!(
        said,
        [
            ["invalid", "operation", "listBooks", "/paths/~1books/get"],
            ["lint", "document", "", ""],
            [
                "lint",
                "schema",
                "NewReader",
                "/components/schemas/NewReader"
            ],
        ]
    );
    assert_eq!(out["summary"]["errors"], 1);
    assert_eq!(out["summary"]["warnings"], 2);
}

#[test]
fn other_programs_read_what_was_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = library().replace("https://login", "http://login");
    let file = write(folder.path(), "a b.yaml", &text);
    let (code, out, _) = run(&["--format", "sarif", &file]);
    assert_eq!(code, 0, "a warning is not denied");
    let sarif: Json = serde_json::from_str(&out).expect("JSON");
    let run_of_it = &sarif["runs"][0];
    assert_eq!(run_of_it["invocations"][0]["executionSuccessful"], true);
    let [result] = run_of_it["results"].as_array().expect("results").as_slice() else {
        panic!("{out}");
    };
    let rule = usize::try_from(result["ruleIndex"].as_u64().expect("a rule")).expect("a rule");
    let rules = run_of_it["tool"]["driver"]["rules"].as_array();
    assert_eq!(rules.expect("rules")[rule]["id"], "safety::plain-http");
    assert_eq!(result["level"], "warning");
    let place = &result["locations"][0]["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
    assert!(uri.ends_with("a%20b.yaml"), "{uri}");

    let (_, out, _) = run(&["--format", "github", &file]);
    let line = place["region"]["startLine"].as_u64().expect("a line");
    assert!(out.starts_with("::warning file="), "{out}");
    assert!(out.contains(&format!(",line={line},col=")), "{out}");
    assert!(
        out.contains("title=safety%3A%3Aplain-http (lint%2C document)::"),
        "{out}"
    );
    assert_eq!(out.lines().count(), 1);

    let (_, out, _) = run(&[&file]);
    assert!(out.contains("warning[safety::plain-http]"), "{out}");
    assert!(out.ends_with("1 document: 1 lint\n"), "{out}");
}

#[test]
fn levels_are_those_of_the_nearest_file_and_of_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = library().replace("https://login", "http://login");
    let file = write(folder.path(), "a.yaml", &text);
    let denied = |arguments: &[&str]| run(&[arguments, &[file.as_str()]].concat()).0;
    assert_eq!(denied(&[]), 0);
    assert_eq!(denied(&["--deny", "lint"]), 1);
    assert_eq!(denied(&["--deny", "safety::plain-http"]), 1);
    assert_eq!(
        denied(&["--deny", "lint", "--allow", "safety::plain-http"]),
        0
    );

    write(folder.path(), ".openapi-codegen.yaml", "lint: deny\n");
    assert_eq!(denied(&[]), 1);
    assert_eq!(
        denied(&["--allow", "lint"]),
        0,
        "the command line goes before"
    );
    let other = write(folder.path(), "other.yaml", "safety::plain-http: warn\n");
    assert_eq!(
        denied(&["--levels", &other]),
        0,
        "in place of the one found"
    );

    write(folder.path(), ".openapi-codegen.yaml", "lnit: deny\n");
    let (code, _, err) = run(&[&file]);
    assert_eq!(code, 2);
    assert!(
        err.contains("yaml:1:1: there is no code or class `lnit`"),
        "{err}"
    );
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_looked_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let good = write(
        folder.path(),
        "a.yaml",
        &library().replace("https://login", "http://login"),
    );
    let missing = folder.path().join("none.yaml").display().to_string();
    let (code, out) = json(&[&missing, &good]);
    assert_eq!(code, 2);
    assert_eq!(out["failures"][0]["file"], missing.as_str());
    assert_eq!(out["findings"].as_array().map(Vec::len), Some(1));
    let (code, _, err) = run(&[&missing]);
    assert_eq!(code, 2);
    assert!(err.contains("none.yaml"), "{err}");
    let here = folder.path().display().to_string();
    assert_eq!(run(&[&here]).0, 2, "a folder");
    assert_eq!(run(&["--deny", "no::such", &good]).0, 2);
    // No level makes a document of what is none.
    let broken = write(folder.path(), "broken.yaml", "a: [");
    assert_eq!(run(&["--allow", "invalid", &broken]).0, 1);
}

#[test]
fn every_code_is_explained() {
    for rule in huaweicloud_codegen::check::rules() {
        let (code, out, _) = run(&["--explain", rule.code]);
        assert_eq!(code, 0);
        let head = format!("{} ({}, {})\n", rule.code, rule.class, rule.severity);
        assert!(out.starts_with(&head), "{out}");
        assert!(
            out.contains(rule.explanation) && out.contains(rule.remedy),
            "{out}"
        );
    }
    let (code, _, err) = run(&["--explain", "secret::in-ulr"]);
    assert_eq!(code, 2);
    assert!(err.contains("did you mean `secret::in-url`?"), "{err}");
}
