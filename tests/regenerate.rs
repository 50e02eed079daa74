//! The way from `spec/` to `generated/` as a maintainer meets it, in a copy.
//!
//! One test, since every step builds on the one before and the copy is built once. The copy is a
//! small workspace: the generator, the runtimes, the client, and a program that uses it, with the
//! `build.rs` of this one. It builds in this workspace's target folder, so that of all the crates of
//! others none is built again.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use huaweicloud_codegen::Workspace;
use huaweicloud_codegen::generate::{GenerateError, compare, generate};

const WORKSPACE: &str = env!("CARGO_MANIFEST_DIR");

/// A copy of what is built from the documents, to be built and edited.
struct Copy {
    root: PathBuf,
}

/// The package at its root; what members inherit stands above it.
const PACKAGE: &str = r#"
[package]
name = "copy"
version = "0.1.0"
edition = "2024"
build = "build.rs"

[dependencies]
huaweicloud-password = { path = "generated" }

[build-dependencies]
huaweicloud-codegen = { path = "codegen" }
"#;

impl Copy {
    fn make() -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("regenerate");
        if root.exists() {
            std::fs::remove_dir_all(&root).expect("the copy of an earlier run can be removed");
        }
        let of_workspace = |path: &str| Path::new(WORKSPACE).join(path);
        for folder in [
            "codegen/src",
            "codegen/benches",
            "generated",
            "runtime",
            "spec",
        ] {
            copy_folder(&of_workspace(folder), &root.join(folder));
        }
        for file in [
            "Cargo.lock",
            "README.md",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "build.rs",
            "codegen/Cargo.toml",
            "codegen/build.rs",
        ] {
            std::fs::copy(of_workspace(file), root.join(file)).expect("the file can be copied");
        }
        let manifest = std::fs::read_to_string(of_workspace("Cargo.toml")).expect("it is there");
        let inherited = manifest
            .find("[workspace.package]")
            .expect("it says what is inherited");
        let end = manifest.find("\n[package]").expect("it has a package");
        let copy = Self { root };
        let members = "[workspace]\nmembers = [\"generated\"]\nresolver = \"3\"\n\n";
        let inherited = &manifest[inherited..end];
        copy.write("Cargo.toml", &format!("{members}{inherited}{PACKAGE}"));
        std::fs::create_dir(copy.root.join("src")).expect("a folder can be made");
        copy.write("src/main.rs", "fn main() {}\n");
        copy
    }

    fn cargo(&self, arguments: &[&str], ci: bool) -> Output {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
        let mut command = Command::new(env!("CARGO"));
        command.args(arguments).current_dir(&self.root).env(
            "CARGO_TARGET_DIR",
            target.expect("it is in the target folder"),
        );
        // What the test runner tells about the workspace it runs in is not true of the copy.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || name.starts_with("CARGO_BIN_")
            {
                command.env_remove(name);
            }
        }
        command.env_remove("CI").env("CARGO_TERM_COLOR", "never");
        if ci {
            command.env("CI", "true");
        }
        command.output().expect("cargo can be started")
    }

    /// Makes `generated/` what `spec/` says in one step, as `cargo codegen generate` does.
    fn generate(&self) -> Result<(), GenerateError> {
        generate(&Workspace::at(&self.root), None).map(|_| ())
    }

    fn build(&self, ci: bool) -> Output {
        self.cargo(&["build"], ci)
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join(path)).expect("the file is there")
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::write(self.root.join(path), text).expect("the file can be written");
    }

    /// Every generated file with its text.
    fn generated(&self) -> Vec<(PathBuf, String)> {
        let mut files = Vec::new();
        collect(&self.root.join("generated"), &mut files);
        files.sort();
        files
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(from).expect("the folder is readable") {
        let entry = entry.expect("the entry is readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("the file can be copied");
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("the entry is readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let text = std::fs::read_to_string(&path).expect("generated files are text");
            files.push((path, text));
        }
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn assert_succeeds(output: &Output, step: &str) {
    assert!(output.status.success(), "{step}:\n{}", errors(output));
}

fn assert_fails(output: &Output, step: &str, words: &[&str]) {
    let errors = errors(output);
    assert!(!output.status.success(), "{step} should fail:\n{errors}");
    for word in words {
        assert!(
            errors.contains(word),
            "{step} should say `{word}`:\n{errors}"
        );
    }
}

const FIELD: &str = "        no_password_access:\n";
const NEW_FIELD: &str = "        dry_run:\n          description: Only check.\n          type: boolean\n          example: true\n";
const PROBE: &str = "\
//! Uses the new field.

fn main() {
    let call = |client: huaweicloud_password::Client| client.dcs().reset_password(\"i\").dry_run(true);
    let _ = call;
}
";
const TYPES: &str = "generated/src/dcs/types.rs";

#[test]
fn the_copy_follows_its_documents() {
    let copy = Copy::make();
    assert_succeeds(&copy.build(false), "a build of what is committed");
    edits_in_the_spec_reach_the_crate(&copy);
    hand_edits_are_undone_and_told(&copy);
    ci_writes_nothing(&copy);
    mistakes_are_listed_and_change_nothing(&copy);
    more_documents_become_a_client_that_passes_its_tests(&copy);
}

fn edits_in_the_spec_reach_the_crate(copy: &Copy) {
    let before = copy.read("spec/dcs.yaml");
    assert!(
        before.contains(FIELD),
        "the test edits a field that is there"
    );
    copy.write(
        "spec/dcs.yaml",
        &before.replacen(FIELD, &format!("{NEW_FIELD}{FIELD}"), 1),
    );

    // A program that cannot be compiled without the new field.
    let program = copy.read("src/main.rs");
    copy.write("src/main.rs", PROBE);

    let first = copy.build(false);
    assert_fails(
        &first,
        "the first build",
        &[
            TYPES,
            "generated/src/dcs/reset_password.rs",
            "Run the same command again",
        ],
    );
    assert!(
        !errors(&first).contains("generated/src/dws"),
        "only what differs is rewritten:\n{}",
        errors(&first)
    );
    assert!(copy.read(TYPES).contains("pub dry_run: Option<bool>"));

    assert_succeeds(&copy.build(false), "the second build");
    let third = copy.build(false);
    assert_succeeds(&third, "the third build");
    assert!(
        !errors(&third).contains("Compiling"),
        "the third build does nothing:\n{}",
        errors(&third)
    );

    copy.write("spec/dcs.yaml", &before);
    copy.write("src/main.rs", &program);
    copy.generate().expect("generating in one step");
    assert_succeeds(&copy.build(false), "a build after generating");
}

fn hand_edits_are_undone_and_told(copy: &Copy) {
    let before = copy.read(TYPES);
    copy.write(TYPES, &format!("{before}\n// a hand was here\n"));
    assert_fails(
        &copy.build(false),
        "a build with a hand edit",
        &["changed generated/src/dcs/types.rs", "rewritten"],
    );
    assert_eq!(copy.read(TYPES), before, "the hand edit is undone");
    copy.write("generated/src/dcs/stray.rs", "// nobody made this\n");
    let stray = copy.build(false);
    assert_succeeds(&stray, "a build with a stray file");
    let told = "warning: copy@0.1.0: generated/src/dcs/stray.rs (not written";
    assert!(errors(&stray).contains(told), "{}", errors(&stray));
    assert_fails(
        &copy.build(true),
        "a build in CI with a stray file",
        &["generated/src/dcs/stray.rs (not written by the generator)"],
    );
    let path = copy.root.join("generated/src/dcs/stray.rs");
    std::fs::remove_file(path).expect("the generator left it");
    assert_succeeds(&copy.build(false), "the build after it");
}

fn ci_writes_nothing(copy: &Copy) {
    let before = copy.read(TYPES);
    let edited = format!("{before}\n// a hand was here\n");
    copy.write(TYPES, &edited);
    assert_fails(
        &copy.build(true),
        "a build in CI with a hand edit",
        &[
            "CI is set, so nothing was written",
            "-// a hand was here",
            "cargo codegen generate",
        ],
    );
    assert_eq!(copy.read(TYPES), edited, "CI wrote nothing");
    let differs = || {
        let outcome = compare(&Workspace::at(&copy.root)).expect("no mistakes");
        !outcome.difference.is_empty()
    };
    assert!(differs(), "comparing finds it as well");
    copy.write(TYPES, &before);
    assert!(!differs(), "it is what is generated");
}

fn mistakes_are_listed_and_change_nothing(copy: &Copy) {
    let before = copy.generated();
    let document = copy.read("spec/dcs.yaml");
    let wrong = document
        .replacen(
            "#/components/schemas/ResetPasswordRequest",
            "#/components/schemas/Nowhere",
            1,
        )
        .replacen(
            "operationId: ResetPassword",
            "operationID: ResetPassword",
            1,
        );
    assert_ne!(wrong, document);
    copy.write("spec/dcs.yaml", &wrong);
    assert_fails(
        &copy.build(false),
        "a build with mistakes",
        &[
            "spec/dcs.yaml:",
            "Nowhere",
            "operationID",
            "did you mean `operationId`",
        ],
    );
    assert_eq!(copy.generated(), before, "generated/ stays as it was");
    let refused = copy.generate();
    assert!(matches!(refused, Err(GenerateError::Documents { .. })));
    assert_eq!(copy.generated(), before);
    copy.write("spec/dcs.yaml", &document);
}

/// A service with everything the others do not have, and one more operation in one of the others.
fn more_documents_become_a_client_that_passes_its_tests(copy: &Copy) {
    let fixtures = Path::new(WORKSPACE).join("tests/fixtures/generator");
    std::fs::copy(fixtures.join("tour.yaml"), copy.root.join("spec/tour.yaml"))
        .expect("the file can be copied");
    let sixth =
        std::fs::read_to_string(fixtures.join("sixth_path.yaml")).expect("the fixture is there");
    let ecs = copy.read("spec/ecs.yaml");
    assert!(ecs.contains("\npaths:\n"));
    copy.write(
        "spec/ecs.yaml",
        &ecs.replacen("\npaths:\n", &format!("\npaths:\n{sixth}"), 1),
    );
    copy.generate().expect("generating with more documents");
    assert!(
        copy.read("generated/src/ecs.rs")
            .contains("pub fn reset_server_password")
    );
    // The tests of what is new; those of the others are run where they are committed.
    let arguments = "test --package huaweicloud-password --features blocking,mock --lib --test it";
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    let tested = copy.cargo(&arguments, false);
    assert_succeeds(&tested, "the tests of the client with more documents");
    let out = String::from_utf8_lossy(&tested.stdout).into_owned();
    for test in [
        "ecs::reset_server_password::responds_as_documented",
        "tour::list_things::responds_as_documented",
        "tour::list_things::can_be_mocked",
    ] {
        assert!(out.contains(&format!("{test} ... ok")), "{test}:\n{out}");
    }
}
