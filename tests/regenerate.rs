//! The way from `spec/` to `generated/` as a maintainer meets it, in a copy.
//!
//! One test, since every step builds on the one before and the copy is built once. The copy has the
//! client, the runtimes and some documents, and runs the very build script that cargo compiled for
//! this workspace. It builds in this workspace's target folder, and its other packages are empty but
//! for their manifests: so cargo settles on the same features, and builds no crate of others again.
#![allow(clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use huaweicloud_codegen::Workspace;
use huaweicloud_codegen::generate::{GenerateError, compare, generate};
use huaweicloud_password_workbench::calls;

const WORKSPACE: &str = env!("CARGO_MANIFEST_DIR");

/// The build script of the copy: the workspace's own, compiled already.
const BUILD_SCRIPT: &str = r##"//! Runs the build script of the workspace.

fn main() -> std::process::ExitCode {
    let status = std::process::Command::new(r#"{}"#).status();
    match status.expect("it was compiled").success() {
        true => std::process::ExitCode::SUCCESS,
        false => std::process::ExitCode::FAILURE,
    }
}
"##;
const EMPTY: &str = "//! Empty.\n\nfn main() {}\n";

/// The documents of the copy: with `iam`, which the client itself calls.
const DOCUMENTS: &[&str] = &["dcs", "ecs", "iam"];
/// The client, and the packages that it stands on.
const CLIENT: &str = "generated";
const RUNTIMES: &[&str] = &["runtime", "runtime/core", "runtime/command"];

/// A copy of what is built from the documents, to be built and edited.
struct Copy {
    root: PathBuf,
}

impl Copy {
    fn make() -> Self {
        let above = Path::new(env!("CARGO_TARGET_TMPDIR")).join("regenerate");
        if above.exists() {
            std::fs::remove_dir_all(&above).expect("the copy of an earlier run can be removed");
        }
        // One folder down, so that for cargo no package stands where one of the workspace does:
        // what it compiles has names of its own in the target folder.
        let copy = Self {
            root: above.join("copy"),
        };
        let of_workspace = |path: &str| Path::new(WORKSPACE).join(path);
        let manifest = std::fs::read_to_string(of_workspace("Cargo.toml")).expect("it is there");
        let package = manifest.find("\n[package]").expect("it has a package");
        let (inherited, package) = manifest.split_at(package);
        let inherited = inherited
            .find("[workspace.package]")
            .map(|at| &inherited[at..]);
        let members = list(&manifest, "default-members");
        copy.write("Cargo.toml", package);
        for member in members.iter().filter(|it| **it != CLIENT) {
            let manifest = format!("{member}/Cargo.toml");
            if *member != "." {
                copy.take(&manifest, &of_workspace(&manifest));
            }
            if RUNTIMES.contains(member) {
                let source = format!("{member}/src");
                copy.take(&source, &of_workspace(&source));
            } else {
                for (file, text) in [("lib.rs", "//! Empty.\n"), ("main.rs", EMPTY)] {
                    let file = format!("{member}/src/{file}");
                    if of_workspace(&file).exists() {
                        copy.write(&file, text);
                    }
                }
            }
        }
        for (path, text) in files_below(&of_workspace(CLIENT)) {
            let path = path.strip_prefix(WORKSPACE).expect("it is below it");
            copy.write(&path.to_string_lossy(), &text);
        }
        for name in DOCUMENTS {
            let document = format!("spec/{name}.yaml");
            copy.take(&document, &of_workspace(&document));
        }
        for file in [
            "README.md",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "runtime/core/README.md",
            "runtime/README.md",
        ] {
            copy.take(file, &of_workspace(file));
        }
        copy.write(
            "build.rs",
            &BUILD_SCRIPT.replace("{}", env!("BUILD_SCRIPT")),
        );
        let members: Vec<_> = members.iter().map(|it| format!("\"copy/{it}\"")).collect();
        let inherited = inherited.expect("it says what is inherited");
        let workspace = format!(
            "[workspace]\nmembers = [{}]\nresolver = \"3\"\n\n{}",
            members.join(", "),
            inherited.replace("path = \"", "path = \"copy/"),
        );
        std::fs::write(above.join("Cargo.toml"), workspace).expect("the file can be written");
        std::fs::copy(of_workspace("Cargo.lock"), above.join("Cargo.lock"))
            .expect("the file can be copied");
        copy
    }

    /// Copies a file or folder with its time: what nobody edits is not compiled anew in the next run.
    fn take(&self, path: &str, from: &Path) {
        if from.is_dir() {
            for entry in std::fs::read_dir(from).expect("the folder is readable") {
                let entry = entry.expect("the entry is readable");
                let name = entry.file_name();
                self.take(&format!("{path}/{}", name.to_string_lossy()), &entry.path());
            }
            return;
        }
        let text = std::fs::read(from).expect("the file is there");
        let modified = std::fs::metadata(from).and_then(|it| it.modified());
        let to = self.root.join(path);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder can be made");
        let mut file = std::fs::File::create(to).expect("the file can be made");
        file.write_all(&text).expect("the file can be written");
        file.set_modified(modified.expect("the system keeps times"))
            .expect("the system keeps times");
    }

    fn cargo(&self, arguments: &str, ci: bool) -> Output {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(arguments.split(' '))
            .current_dir(&self.root)
            .env(
                "CARGO_TARGET_DIR",
                target.expect("it is in the target folder"),
            );
        // What the test runner tells about the workspace it runs in is not true of the copy.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name.starts_with("CARGO_PKG_")
                || name.starts_with("CARGO_MANIFEST_")
                || name.starts_with("CARGO_BIN_")
                || name == "OUT_DIR"
            {
                cargo.env_remove(name);
            }
        }
        cargo.env_remove("CI").env("CARGO_TERM_COLOR", "never");
        if ci {
            cargo.env("CI", "true");
        }
        cargo.output().expect("cargo can be started")
    }

    /// Makes `generated/` what `spec/` says in one step, as `cargo codegen generate` does.
    fn generate(&self) -> Result<(), GenerateError> {
        generate(&Workspace::at(&self.root), None).map(|_| ())
    }

    /// Builds all; with a test, as `cargo test` does, so that features are the same. No program: it
    /// would take the place of the workspace's own in the target folder.
    fn build(&self, ci: bool) -> Output {
        self.cargo("build --workspace --lib --test it", ci)
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join(path)).expect("the file is there")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("the file can be written");
    }

    /// Every generated file with its text.
    fn generated(&self) -> Vec<(PathBuf, String)> {
        files_below(&self.root.join("generated"))
    }
}

fn files_below(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.sort();
    files
}

/// What a list of a manifest holds.
fn list<'m>(manifest: &'m str, name: &str) -> Vec<&'m str> {
    let line = manifest.lines().find(|line| line.starts_with(name));
    let quoted = line.expect("the manifest has it").split('"');
    quoted.skip(1).step_by(2).collect()
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

const NEW_FIELD: &str = "        dry_run:\n          description: Only check.\n          type: boolean\n          example: true\n";
const PROBE: &str = "\
//! Uses the new field.

fn main() {
    let call = |client: huaweicloud_password::Client| client.dcs().reset_password(\"i\").dry_run(true);
    let _ = call;
}
";
const TYPES: &str = "generated/src/dcs/types.rs";
/// A generated file that is not compiled.
const PAGE: &str = "generated/README.md";

#[test]
fn the_copy_follows_its_documents() {
    let program = || std::fs::read(env!("CARGO_BIN_EXE_huaweicloud-password-workbench"));
    let before = program().expect("it was built");
    let copy = Copy::make();
    copy.generate().expect("generating with fewer documents");
    assert_succeeds(&copy.build(false), "a build of what the documents say");
    edits_in_the_spec_reach_the_crate(&copy);
    hand_edits_are_undone_and_told(&copy);
    ci_writes_nothing(&copy);
    mistakes_are_listed_and_change_nothing(&copy);
    more_documents_become_a_client_that_passes_its_tests(&copy);
    let after = program().expect("it was built");
    assert!(
        before == after,
        "a program of the copy stands where the workspace's own was"
    );
}

fn edits_in_the_spec_reach_the_crate(copy: &Copy) {
    let before = copy.read("spec/dcs.yaml");
    let field = format!("        {}:\n", calls::CACHE_OPEN);
    assert!(
        before.contains(&field),
        "the test edits a field that is there"
    );
    copy.write(
        "spec/dcs.yaml",
        &before.replacen(&field, &format!("{NEW_FIELD}{field}"), 1),
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
        !errors(&first).contains("generated/src/ecs"),
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
    let told = "@0.1.0: generated/src/dcs/stray.rs (not written";
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
    let before = copy.read(PAGE);
    let edited = format!("{before}\na hand was here\n");
    copy.write(PAGE, &edited);
    assert_fails(
        &copy.build(true),
        "a build in CI with a hand edit",
        &[
            "CI is set, so nothing was written",
            "-a hand was here",
            "cargo codegen generate",
        ],
    );
    assert_eq!(copy.read(PAGE), edited, "CI wrote nothing");
    let differs = || {
        let outcome = compare(&Workspace::at(&copy.root)).expect("no mistakes");
        !outcome.difference.is_empty()
    };
    assert!(differs(), "comparing finds it as well");
    copy.write(PAGE, &before);
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
    // It is odd on purpose, which strict generation would not have.
    let levels = "rust::enum-values: warn\nrust::name-clash: warn\nlossy: warn\n";
    copy.write("spec/.openapi-codegen.yaml", levels);
    copy.generate().expect("generating with more documents");
    assert!(
        copy.read("generated/src/ecs.rs")
            .contains("pub fn reset_server_password")
    );
    let tested = copy.cargo("test --workspace --test it", false);
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
