//! The way from `spec/` to `generated/` as a maintainer meets it, in a copy of the workspace.
//!
//! One test, since every step builds on the one before and the copy is built once. It builds with
//! cargo in a target folder of its own, so the first run takes a minute or two.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const WORKSPACE: &str = env!("CARGO_MANIFEST_DIR");

/// A copy of the workspace that can be built and edited.
struct Copy {
    root: PathBuf,
    target: PathBuf,
}

impl Copy {
    fn make() -> Self {
        let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join("regenerate");
        let root = base.join("workspace");
        if root.exists() {
            std::fs::remove_dir_all(&root).expect("the copy of an earlier run can be removed");
        }
        for folder in [".cargo", "codegen", "generated", "runtime", "spec", "src"] {
            copy_folder(&Path::new(WORKSPACE).join(folder), &root.join(folder));
        }
        for file in [
            "Cargo.toml",
            "Cargo.lock",
            "build.rs",
            "README.md",
            "LICENSE-MIT",
            "LICENSE-APACHE",
            "clippy.toml",
        ] {
            std::fs::copy(Path::new(WORKSPACE).join(file), root.join(file))
                .expect("the file can be copied");
        }
        Self {
            root,
            target: base.join("target"),
        }
    }

    fn cargo(&self, arguments: &[&str], ci: bool) -> Output {
        let mut command = Command::new(env!("CARGO"));
        command
            .args(arguments)
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target);
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
        // Nobody debugs the copy.
        command
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0");
        if ci {
            command.env("CI", "true");
        }
        command.output().expect("cargo can be started")
    }

    fn build(&self, ci: bool) -> Output {
        self.cargo(
            &["build", "--package", "huaweicloud-password-workbench"],
            ci,
        )
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
    std::fs::create_dir_all(copy.root.join("src/bin")).expect("a folder can be made");
    copy.write("src/bin/probe.rs", PROBE);

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
    assert!(
        copy.read(TYPES)
            .contains("pub dry_run: ::std::option::Option<bool>")
    );

    assert_succeeds(&copy.build(false), "the second build");
    let third = copy.build(false);
    assert_succeeds(&third, "the third build");
    assert!(
        !errors(&third).contains("Compiling"),
        "the third build does nothing:\n{}",
        errors(&third)
    );

    copy.write("spec/dcs.yaml", &before);
    std::fs::remove_dir_all(copy.root.join("src/bin")).expect("the probe can be removed");
    assert_succeeds(
        &copy.cargo(&["codegen", "generate"], false),
        "generating in one step",
    );
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
    let told =
        "warning: huaweicloud-password-workbench@0.1.0: generated/src/dcs/stray.rs (not written";
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
    let check = copy.cargo(&["codegen", "generate", "--check"], true);
    assert_eq!(
        check.status.code(),
        Some(1),
        "--check finds it as well:\n{}",
        errors(&check)
    );
    copy.write(TYPES, &before);
    assert_succeeds(
        &copy.cargo(&["codegen", "generate", "--check"], true),
        "--check of what is generated",
    );
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
    let check = copy.cargo(&["codegen", "generate"], false);
    assert_eq!(check.status.code(), Some(1), "{}", errors(&check));
    assert_eq!(copy.generated(), before);
    copy.write("spec/dcs.yaml", &document);
}

/// A document with everything the five do not have, and a sixth endpoint in one of the five.
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
    assert_succeeds(
        &copy.cargo(&["codegen", "generate"], false),
        "generating with more documents",
    );
    assert!(
        copy.read("generated/src/ecs.rs")
            .contains("pub fn reset_server_password")
    );
    // With what is generated beside the client too.
    let tested = copy.cargo(
        &[
            "test",
            "--package",
            "huaweicloud-password",
            "--features",
            "blocking,mock",
        ],
        false,
    );
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
