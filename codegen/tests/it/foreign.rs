//! Documents of nobody in particular become crates on the neutral runtime that compile without a
//! warning and pass their own tests, and that name no vendor.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use huaweicloud_codegen::policy::Policy;
use huaweicloud_codegen::profile::{Neutral, RuntimePlace};
use huaweicloud_codegen::workspace::documents_in;
use huaweicloud_codegen::{ClientCrate, render_under};

use super::architecture::workspace;

/// The documents, each named after what it is about.
pub(super) const DOCUMENTS: [&str; 12] = [
    "tide", "depot", "ledger", "vault", "petstore", "weather", "parcel", "zoo", "hoard", "tangle",
    "margin", "harbour",
];

/// Each crate's files, by path in the folder of the crate.
pub(super) fn rendered(name: &str) -> BTreeMap<String, String> {
    let mut all =
        documents_in(&workspace().join("codegen/tests/foreign"), None).expect("documents");
    all.retain(|it| it.path == format!("{name}.yaml"));
    let runtime = workspace().join("runtime/core").canonicalize();
    let runtime = runtime.expect("the runtime is there").display().to_string();
    let profile = Neutral::new(format!("{name}-client"), RuntimePlace::Path(runtime));
    let files = match render_under(&all, &profile, &Policy::permissive()) {
        Ok(rendered) => rendered.files,
        Err(found) => panic!("{}", found.render(&all, false)),
    };
    let inside = files.into_iter().map(|(path, text)| {
        let path = path.strip_prefix("generated/").expect("all are in it");
        (path.to_owned(), text)
    });
    let mut inside: BTreeMap<_, _> = inside.collect();
    // Tests by hand, beside those that are emitted.
    let own = workspace().join(format!("codegen/tests/foreign/{name}.rs"));
    if let Ok(own) = fs::read_to_string(own) {
        inside.insert("tests/own.rs".to_owned(), own);
    }
    inside
}

/// Makes a folder hold these files, and touches none that has its text already, so that nothing is
/// compiled anew for it.
fn write(folder: &Path, files: &BTreeMap<String, String>) {
    let mut there = Vec::new();
    if folder.exists() {
        super::architecture::collect(folder, &mut there);
    }
    for path in there {
        let inside = path.strip_prefix(folder).expect("it is in it");
        if !files.contains_key(&inside.display().to_string().replace('\\', "/")) {
            fs::remove_file(path).expect("a file can be removed");
        }
    }
    for (path, text) in files {
        let path = folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|on_disk| on_disk == *text) {
            continue;
        }
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
}

/// One workspace with all of them, outside of this one. It stands on the lock file of this one, so
/// that nothing is fetched, and builds into its target folder.
fn workspace_of_all() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign");
    let members: Vec<_> = DOCUMENTS.iter().map(|it| format!("\"{it}\"")).collect();
    let manifest = format!(
        "[workspace]\nmembers = [{}]\nresolver = \"3\"\n",
        members.join(", ")
    );
    for name in DOCUMENTS {
        let files = rendered(name);
        write(&root.join(name), &files);
    }
    fs::write(root.join("Cargo.toml"), manifest).expect("a file can be written");
    let locked = fs::read(workspace().join("Cargo.lock")).expect("the lock file is there");
    fs::write(root.join("Cargo.lock"), locked).expect("a file can be written");
    root
}

fn cargo(root: &Path, arguments: &[&str]) {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target.expect("the target folder"))
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .expect("cargo can be started");
    let said = String::from_utf8_lossy(&output.stderr);
    let result = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{result}");
    assert!(!said.contains("warning"), "{said}");
}

/// All features but `native-tls`, which needs a library of the system.
const FEATURES: &str = "rustls,http2,blocking,mock,reqwest";

#[test]
#[ignore = "it builds twelve crates in a few minutes; `.ci/run` does"]
fn crates_of_foreign_documents_compile_and_pass_their_own_tests() {
    let root = workspace_of_all();
    let arguments = [
        "test",
        "--workspace",
        "--tests",
        "--examples",
        "--features",
        FEATURES,
    ];
    cargo(&root, &arguments);
}

/// Somebody else's project, whose build script makes the client from a document.
#[test]
#[ignore = "it builds the generator for a build script; `.ci/run` does"]
fn a_project_of_somebody_else_makes_its_client_when_it_is_built() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("consumer");
    let from = workspace().join("codegen/tests/consumer");
    let codegen = workspace().join("codegen").canonicalize();
    let codegen = codegen
        .expect("the generator is there")
        .display()
        .to_string();
    let mut files = BTreeMap::new();
    for path in [
        "Cargo.toml",
        "build.rs",
        "notes.yaml",
        "schemas/note.yaml",
        "src/main.rs",
    ] {
        let text = fs::read_to_string(from.join(path)).expect("the file is there");
        let text = text.replace("../../codegen", &codegen);
        files.insert(path.to_owned(), text);
    }
    files.insert("Cargo.lock".to_owned(), {
        fs::read_to_string(workspace().join("Cargo.lock")).expect("the lock file is there")
    });
    for (path, text) in &files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    // What the build script would make at its first run, which cargo wants to see before.
    let made = ClientCrate::of(root.join("notes.yaml"))
        .out(root.join("notes-client"))
        .write();
    made.expect("the document is sound");
    cargo(&root, &["run"]);
    let there = fs::read_to_string(root.join("notes-client/src/notes.rs"));
    assert!(
        there
            .expect("the crate is there")
            .contains("get_notes_by_id")
    );
}

/// What the documents say of who calls and where to, where users look for it.
#[test]
fn security_and_addresses_are_told_and_made() {
    let has = |name: &str, file: &str, texts: &[&str]| {
        let files = rendered(name);
        let text = &files[file];
        for part in texts {
            assert!(text.contains(part), "{name}/{file} lacks {part}:\n{text}");
        }
    };
    has(
        "vault",
        "src/credentials.rs",
        &[
            "pub fn login(user: impl Into<String>, password: impl Into<Password>) -> Credentials",
            "pub fn query_key(key: impl Into<Password>) -> Credentials",
            "Credentials::api_key_query(\"key\", key).for_scheme(\"",
            "Credentials::api_key_cookie(\"SID\", key)",
            "Credentials::api_key_header(\"Authorization\", value)",
        ],
    );
    has(
        "vault",
        "src/vault/open_safe.rs",
        &[
            "# Credentials",
            "[`login`](crate::credentials::login)",
            "and [`tenant`]",
            ", from the credentials",
        ],
    );
    has(
        "vault",
        "examples/vault_open_safe.rs",
        &[
            "LOGIN_USER",
            "LOGIN_PASSWORD",
            "TENANT_KEY",
            ".and(credentials::tenant(",
        ],
    );
    has(
        "vault",
        "src/vault/open_safe.rs",
        &[
            "(\"login\", SecurityScheme::Basic)",
            "SecurityScheme::ApiKeyHeader(\"X-Tenant-Key\")",
            "SecurityScheme::ApiKeyQuery(\"key\")",
        ],
    );
    has(
        "vault",
        "src/vault/list_safes.rs",
        &["- none", "SecurityScheme::ApiKeyCookie(\"SID\"))], &[]])"],
    );
    has(
        "ledger",
        "src/credentials.rs",
        &["pub fn type_(token", "\\[the counter\\] \\<here\\>"],
    );
    has(
        "ledger",
        "src/ledger/about.rs",
        &["None.", ".anonymous()", ".without_credentials()"],
    );
    has(
        "ledger",
        "src/ledger/read_entry.rs",
        &["\"X-Auth-Token\"", "project_id: String"],
    );
    has(
        "petstore",
        "src/petstore/add_pet.rs",
        &[
            "scopes `read:pets`, `write:pets`",
            "<https://pets.example.com/oauth/authorize>",
        ],
    );
    has(
        "petstore",
        "src/client.rs",
        &[
            "credentials::petstore_auth",
            "<https://pets.example.com/oauth/refresh>",
            "openid-configuration",
        ],
    );
    has("tide", "src/client.rs", &["gives no address with a host"]);
    has(
        "tide",
        "examples/tide_list_tides.rs",
        &[".endpoint(\"https://api.example.com\")"],
    );
    has(
        "depot",
        "src/depot.rs",
        &[".global(\"https://demo.north.depot.example:8443\")"],
    );
    has("depot", "src/depot/lend_tool.rs", &["\"/v2/tools\""]);
    has(
        "weather",
        "src/client.rs",
        &["plain HTTP, for which a client needs `.allow_plain_http()`"],
    );
    for name in ["tide", "weather", "depot"] {
        let files = rendered(name);
        assert!(!files.contains_key("src/credentials.rs"), "{name}");
        assert!(
            files
                .values()
                .any(|text| text.contains(".without_credentials()")),
            "{name}"
        );
    }
}
