//! What is said of Rust is what the compiler says: code that was written against one crate fails with
//! another exactly where the report says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use huaweicloud_codegen::load::load;
use huaweicloud_codegen::policy::Policy;
use huaweicloud_codegen::profile::{Neutral, RuntimePlace};
use huaweicloud_codegen::{Source, render_under};
use huaweicloud_semver::change::Effect;
use huaweicloud_semver::compare;

use super::pairs::{BASE, pairs};

fn repository() -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    path.canonicalize().unwrap()
}

fn profile(name: &str) -> Neutral {
    let runtime = repository().join("runtime/core").display().to_string();
    Neutral::new(name, RuntimePlace::Path(runtime))
}

fn source(text: &str) -> Source {
    Source::new("vault.yaml", text)
}

fn write(path: PathBuf, text: &str) {
    if fs::read_to_string(&path).is_ok_and(|on_disk| on_disk == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The crate of a document, and one that calls it.
fn write_pair(root: &Path, number: usize, document: &str, callers: &[&str]) {
    let name = format!("client-{number}");
    let rendered = render_under(&[source(document)], &profile(&name), &Policy::permissive());
    for (path, text) in rendered.unwrap().files {
        let path = path.strip_prefix("generated/").unwrap();
        write(root.join(&name).join(path), &text);
    }
    let caller = format!("caller-{number}");
    let manifest = format!(
        "[package]\nname = \"{caller}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         client = {{ path = \"../{name}\", package = \"{name}\", features = [\"mock\", \"blocking\"] }}\n"
    );
    write(root.join(&caller).join("Cargo.toml"), &manifest);
    let calls = callers.iter().enumerate().map(|(at, code)| {
        format!("pub async fn call_{at}(client: &Client) -> Result<(), Box<dyn Error>> {{\n    {code}\n    Ok(())\n}}\n")
    });
    let calls: String = calls.collect();
    let head = "#![allow(unused_imports, deprecated)]\nuse std::error::Error;\nuse client::{Client, vault, vault::types};\n";
    write(
        root.join(&caller).join("src/lib.rs"),
        &format!("{head}{calls}"),
    );
}

/// The packages of a workspace that do not compile.
fn failing(root: &Path) -> BTreeSet<String> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let output = Command::new(env!("CARGO"))
        .args([
            "check",
            "--workspace",
            "--keep-going",
            "--message-format",
            "json",
        ])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stdout);
    let messages = messages.lines().filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        let is_error = message["message"]["level"] == "error";
        let target = message["target"]["name"].as_str()?;
        is_error.then(|| target.replace('_', "-"))
    });
    let failing: BTreeSet<_> = messages.collect();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("Finished") || said.contains("could not compile"),
        "{said}"
    );
    failing
}

#[test]
#[ignore = "it checks some seventy crates in a few minutes; `.ci/run` does"]
fn callers_fail_where_the_report_says_that_rust_breaks() {
    let listed = load(&[Source::new("callers.yaml", include_str!("../callers.yaml"))]);
    let callers = &listed.documents[0].tree;
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("callers");
    let mut expected = BTreeSet::new();
    let mut names = BTreeMap::new();
    let codes: Vec<_> = callers
        .entries()
        .iter()
        .filter_map(|it| it.value.as_str())
        .collect();
    assert!(codes.len() >= 30);
    // All of them compile with what they were written against.
    write_pair(&root, 0, BASE, &codes);
    let mut members = vec!["\"client-0\", \"caller-0\"".to_owned()];
    let pairs = pairs();
    for (number, caller) in (1..).zip(callers.entries()) {
        let pair = pairs.iter().find(|it| it.change == caller.key);
        let pair = pair.unwrap_or_else(|| panic!("no pair is called {}", caller.key));
        write_pair(&root, number, &pair.new, &[caller.value.as_str().unwrap()]);
        members.push(format!("\"client-{number}\", \"caller-{number}\""));
        let found = compare(
            &[source(&pair.old)],
            &[source(&pair.new)],
            &profile("client"),
        )
        .unwrap();
        let name = format!("caller-{number}");
        // What only the fake shows, these callers do not call.
        let breaks = |it: &&huaweicloud_semver::change::RustChange| {
            it.effect == Effect::Breaking && !it.silent && it.only_with.is_empty()
        };
        if found.rust.iter().any(|it| breaks(&it)) {
            expected.insert(name.clone());
        }
        names.insert(name, caller.key.clone());
    }
    let manifest = format!(
        "[workspace]\nmembers = [{}]\nresolver = \"3\"\n",
        members.join(", ")
    );
    write(root.join("Cargo.toml"), &manifest);
    let locked = fs::read(repository().join("Cargo.lock")).unwrap();
    fs::write(root.join("Cargo.lock"), locked).unwrap();
    let failing = failing(&root);
    let named = |set: BTreeSet<&String>| -> Vec<String> {
        set.iter()
            .map(|it| names.get(*it).unwrap_or(it).clone())
            .collect()
    };
    let unforeseen = named(failing.difference(&expected).collect());
    let unfounded = named(expected.difference(&failing).collect());
    assert!(
        unforeseen.is_empty() && unfounded.is_empty(),
        "fail and were not told: {unforeseen:#?}\nwere told and do not fail: {unfounded:#?}"
    );
}
