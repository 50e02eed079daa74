//! What a change breaks, and the version that follows, in a repository of its own.

use std::process::Command;

use crate::support::Workspace;

const MANIFEST: &str = "[workspace.package]\nversion = \"0.1.0\"\n\n[workspace.dependencies]\n\
                        core = { version = \"0.1.0\", path = \"core\" }\n";
const CHANGELOG: &str = "# Changelog\n\n## [Unreleased]\n\n- Much.\n\n[Unreleased]: there\n";

/// The invented service as it was released in 0.1.0.
fn released() -> Workspace {
    let workspace = Workspace::tide();
    workspace.write("Cargo.toml", MANIFEST);
    workspace.write("CHANGELOG.md", CHANGELOG);
    git(&workspace, "init --quiet");
    commit(&workspace);
    git(&workspace, "tag v0.1.0");
    workspace
}

fn commit(workspace: &Workspace) {
    git(workspace, "add --all");
    git(
        workspace,
        "-c user.name=a -c user.email=a@example.com commit --quiet --message all",
    );
}

fn git(workspace: &Workspace, line: &str) {
    let mut command = Command::new("git");
    command.current_dir(workspace.path()).args(line.split(' '));
    let status = command.status().expect("git");
    assert!(status.success(), "git {line}");
}

/// Writes another document in place of the one that is there.
fn edit(workspace: &Workspace, old: &str, new: &str) {
    workspace.edit("spec/tide.yaml", "spec/tide.yaml", old, new);
}

#[test]
fn a_change_is_told_against_a_revision_with_both_lines() {
    let workspace = released();
    let same = workspace.run("diff --git v0.1.0 --most none");
    same.ends(0).says("verdict: none; 0.1.0 stays");
    edit(
        &workspace,
        "operationId: RenameGauge",
        "operationId: NameGauge",
    );
    let renamed = workspace.run("diff --git HEAD --most minor");
    renamed.ends(1);
    for part in [
        "operation-renamed",
        "HEAD:",
        "before",
        "now",
        "verdict: major; after 0.1.0 comes 0.2.0",
        "instead: keep the `operationId`",
    ] {
        renamed.says(part);
    }
    let json = workspace.run("diff --git HEAD --format json");
    let json: serde_json::Value = serde_json::from_str(&json.ends(0).out).expect("JSON");
    assert_eq!(json["verdict"], "major");
    assert_eq!(json["next"], "0.2.0");
    assert!(json["changes"][0]["old"]["line"].as_u64() > Some(1));
    for format in ["markdown", "github", "changelog"] {
        let report = workspace.run(&format!("diff --git HEAD --format {format}"));
        report.ends(0).says("NameGauge");
    }
    // The documents themselves, wherever they are.
    workspace.write("old.yaml", &workspace.read("spec/tide.yaml"));
    let none = workspace.run("diff old.yaml spec/tide.yaml");
    none.ends(0).says("verdict: none");
}

#[test]
fn what_cannot_be_compared_is_told() {
    let workspace = released();
    for (line, told) in [
        ("diff", "say what to compare with"),
        ("diff --git v7", "git knows no revision `v7`"),
        ("diff --git=--upload-pack=x", "git knows no revision"),
        (
            "diff nothing.yaml spec/tide.yaml",
            "cannot read nothing.yaml",
        ),
        ("diff pages spec", "there are no documents in pages"),
        ("diff --git HEAD spec/other.yaml", "other.yaml"),
    ] {
        workspace.run(line).ends(2).tells(told);
    }
    workspace.write("broken.yaml", "openapi: [\n");
    let broken = workspace.run("diff broken.yaml spec/tide.yaml");
    broken.ends(2).tells("broken.yaml:1");
}

#[test]
fn a_release_is_no_smaller_than_what_changed() {
    let workspace = released();
    workspace
        .run("release --check")
        .ends(0)
        .says("verdict: none");
    edit(
        &workspace,
        "operationId: RenameGauge",
        "operationId: NameGauge",
    );
    workspace
        .run("release --check")
        .ends(1)
        .tells("spec/ needs 0.2.0");
    let small = workspace.run("release patch --dry-run");
    small
        .ends(1)
        .tells("0.1.1 is too little: what differs needs 0.2.0 or more");
    let dry = workspace.run("release --dry-run");
    dry.ends(0).says("would be version 0.2.0");
    dry.says("- Much.").says("### Documents: Breaking");
    let dirty = workspace.run("release");
    dirty
        .ends(2)
        .tells("not committed")
        .tells("nothing was changed");
    workspace
        .run("release --version 1.x")
        .ends(2)
        .tells("`1.x` is no version");
    assert_eq!(workspace.read("Cargo.toml"), MANIFEST);
    assert_eq!(workspace.read("CHANGELOG.md"), CHANGELOG);
    // The version says it already.
    workspace.write("Cargo.toml", &MANIFEST.replace("0.1.0", "0.2.0"));
    workspace
        .run("release --check")
        .ends(0)
        .says("version 0.2.0 says as much");
}

#[test]
fn a_release_that_fails_leaves_everything_as_it_was() {
    let workspace = released();
    edit(
        &workspace,
        "operationId: RenameGauge",
        "operationId: NameGauge",
    );
    commit(&workspace);
    // No cargo knows what `codegen` is in this folder.
    let failed = workspace.run("release");
    failed.ends(2).tells("nothing was changed");
    assert_eq!(workspace.read("Cargo.toml"), MANIFEST);
    assert_eq!(workspace.read("CHANGELOG.md"), CHANGELOG);
}

/// What a document refers to in other files is compared as it was then.
#[test]
fn a_change_in_another_file_is_told_there() {
    let workspace = released();
    edit(
        &workspace,
        "{type: string, minLength: 1}",
        "{$ref: '../parts/id.yaml#/Id'}",
    );
    workspace.write("parts/id.yaml", "Id: {type: string, maxLength: 9}\n");
    commit(&workspace);
    let same = workspace.run("diff --git HEAD");
    same.ends(0).says("verdict: none");
    workspace.write("parts/id.yaml", "Id: {type: string, maxLength: 5}\n");
    let shorter = workspace.run("diff --git HEAD");
    for part in ["HEAD:parts/id.yaml:1:", "::: parts/id.yaml:1:"] {
        shorter.says(part);
    }
}
