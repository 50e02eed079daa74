//! Names that Rust, its crates or the emitted code have for themselves, all at once: the crate compiles.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use huaweicloud_codegen::policy::Level;
use huaweicloud_codegen::{Policy, Source, Workspace, profile, render, render_under};

/// Words of Rust, of its prelude and crates, and of what is emitted: as documents may use them.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    // Crates and modules.
    "std", "core", "alloc", "serde", "serde_json", "tokio", "wiremock", "huaweicloud_runtime",
    "huaweicloud_password", "client", "types", "wire", "checks", "check", "identity", "mock", "blocking", "runtime",
    "error", "result", "option", "string", "fmt", "defaults", "builder", "prelude", "header", "matchers",
    // Methods, functions and macros.
    "new", "clone", "send", "into", "from", "default", "to_string", "to_owned", "as_ref", "main", "test",
    "request", "read", "execute", "run", "failures", "call_builder", "macros", "generated", "build", "some", "ok", "err", "format", "vec", "panic", "assert",
    "assert_eq", "matches", "include_str", "server", "call", "inner", "json", "headers", "post", "get",
    "eq", "hash", "cmp", "drop", "poll", "map", "unwrap", "unwrap_err", "expose", "body", "status", "returns",
    // Keywords and primitive types.
    "self", "super", "crate", "Self", "type", "r#type", "gen", "async", "await", "dyn", "try", "box", "match",
    "union", "macro_rules", "raw", "yield", "abstract", "str", "bool", "u8", "u16", "u64", "usize", "i32", "i64", "f64", "char",
];

/// Locals, fields and arguments of what is emitted, and methods that are called there.
#[rustfmt::skip]
const LOCALS: &[&str] = &[
    "core2", "project_id", "options", "response", "value", "deadline", "url", "header_map", "enforcement", "policy",
    "core_", "output", "found", "query", "form", "received", "failure", "f", "item", "other", "word",
    "serializer", "deserializer", "formatter", "script", "this", "args", "builder2", "extra", "timeout", "retry", "calls",
    "credentials", "region", "endpoints", "operation", "service", "info", "result2", "data", "reply", "state", "put",
];

/// Types.
#[rustfmt::skip]
const TYPES: &[&str] = &[
    "String", "Vec", "Option", "Box", "Result", "Some", "None", "Ok", "Err", "Client", "Error", "Response",
    "Password", "Request", "Operation", "Retry", "InvalidRequest", "Credentials", "RetryPolicy", "TestResult",
    "Mock", "MockServer", "ResponseTemplate", "Reply", "Unreadable", "MockedOperation", "Expectation", "Script",
    "BlockingRuntime", "ServiceEndpoints", "PolicyEnforcement", "PasswordPolicy", "CharacterClass", "Endpoints",
    "Into", "From", "Clone", "Debug", "Default", "Send", "Sync", "Display", "Serialize", "Deserialize", "ToString",
    "AsRef", "Iterator", "Eq", "Ord", "Hash", "Fn", "Drop", "Sized", "HashMap", "Map", "Value", "Unknown", "Refused",
    "Builder", "ByteStream", "RequestBuilder", "ResponseValue", "Url", "OPERATION", "REQUEST_ID", "PROJECT_ID",
    "Demo", "Names", "Documented", "Outcome", "RawResponse", "BuiltClient", "ApiError", "Transport", "Observer", "Arc", "PhantomData", "Duration", "Core",
];

/// What no file may be called where Windows or cargo looks at it.
const FILES: &[&str] = &[
    "mod", "lib", "main", "bin", "con", "aux", "nul", "prn", "com1", "lpt9", "build", "examples",
    "tests",
];

/// How many words an enumeration has beside its own name.
const VARIANTS: usize = 12;

/// Documents that are called like something, none of which may break the crate.
#[rustfmt::skip]
const SERVICES: &[&str] = &[
    "std", "core", "alloc", "lib", "main", "bin", "test", "tests", "serde", "serde_json", "tokio", "wiremock",
    "client", "types", "wire", "mock", "blocking", "builder", "runtime", "identity", "error", "new", "clone",
    "into", "send", "of", "default", "region", "project_id", "sign_in", "proc_macro", "huaweicloud_runtime",
    "verify", "assert", "set_up", "operations", "mod", "self", "gen", "type", "rustls", "http2", "reqwest", "native-tls",
    "run", "script", "failures", "generated", "password", "credentials", "cli", "dep", "examples", "build", "format", "vec", "panic", "unreachable",
    "matches", "concat", "env", "include_str", "cfg", "doc", "derive", "allow", "test-2", "a-b", "a1", "client-builder", "demo",
];

fn head(title: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: '{title}', version: '1'}}\nservers: [{{url: 'https://x.example.com'}}]\npaths:\n"
    )
}

/// Each word once as what becomes the same Rust name.
fn distinct(words: &[&'static str], name: fn(&str) -> String) -> Vec<&'static str> {
    let mut seen = std::collections::HashSet::new();
    words
        .iter()
        .copied()
        .filter(|it| seen.insert(name(it)))
        .collect()
}

fn snake(word: &str) -> String {
    word.replace("r#", "").to_lowercase().replace('_', "")
}

/// A document that uses every word as operation, parameter, field, header, type and word of an enumeration.
fn document() -> String {
    let mut text = head("*/ \\\" {braces} `ticks` #[attributes] \u{202e}");
    let operations: Vec<_> = distinct(&[WORDS, TYPES, FILES].concat(), snake);
    for name in &operations {
        let _ = write!(
            text,
            "  '/op/{name}/{{id}}':\n    post:\n      operationId: '{name}'\n      parameters:\n      \
             - {{name: id, in: path, required: true, schema: {{type: string}}}}\n      \
             - {{name: project_id, in: query, schema: {{type: string}}}}\n      \
             requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Small'}}}}}}}}\n      \
             responses:\n        '200': {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Small'}}}}}}}}\n        \
             default: {{description: no}}\n"
        );
    }
    let words = distinct(&[WORDS, LOCALS, TYPES].concat(), snake);
    let types = [
        "{type: string}",
        "{type: integer, minimum: 1}",
        "{type: boolean}",
        "{type: string, enum: [a, self, Self, Unknown, '1', '-']}",
        "{type: string, maxLength: 9}",
    ];
    let plain: Vec<_> = words.iter().filter(|it| !it.contains('#')).collect();
    for (place, required) in [
        ("query", true),
        ("query", false),
        ("header", true),
        ("header", false),
        ("path", true),
    ] {
        // A key of YAML has 1024 characters at most, and so a path.
        for (part, names) in plain
            .chunks(if place == "path" { 60 } else { 999 })
            .enumerate()
        {
            let mut path = format!("/all/{place}/{required}/{part}");
            if place == "path" {
                path.extend(names.iter().map(|name| format!("/{{{name}}}")));
            }
            let _ = write!(
                text,
                "  '{path}':\n    get:\n      operationId: 'all_{place}_{required}_{part}'\n      parameters:\n"
            );
            for (name, ty) in names.iter().zip(types.iter().cycle()) {
                let _ = writeln!(
                    text,
                    "      - {{name: '{name}', in: {place}, required: {required}, schema: {ty}}}"
                );
            }
            text += "      responses: {'204': {description: ok}}\n";
        }
    }
    let all = |text: &mut String, indent: &str| {
        for (name, ty) in words.iter().zip(types.iter().cycle()) {
            let _ = writeln!(text, "{indent}'{name}': {ty}");
        }
    };
    for required in [true, false] {
        let schema = if required { "Required" } else { "Free" };
        let _ = write!(
            text,
            "  '/all/body/{required}':\n    put:\n      operationId: 'all_body_{required}'\n      \
             requestBody: {{required: {required}, content: {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}}}\n      \
             responses:\n        '200':\n          description: ok\n          content: {{application/json: {{schema: {{$ref: '#/components/schemas/{schema}'}}}}}}\n          \
             headers:\n"
        );
        for name in words.iter().filter(|it| !it.contains('#')) {
            let _ = writeln!(
                text,
                "            '{name}': {{required: {required}, schema: {{type: string}}}}"
            );
        }
    }
    // Every type by reference, so that callers make them and responses hold them.
    let names: Vec<_> = words.iter().map(|word| word.replace('#', "-")).collect();
    text += "  '/all/types':\n    post:\n      operationId: 'all_types'\n      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Everything'}}}}\n      \
             responses:\n        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Everything'}}}}\n        \
             '202': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Small'}}}}\n        \
             '400': {description: no, content: {application/json: {schema: {$ref: '#/components/schemas/Everything'}}}}\n\
             components:\n  schemas:\n";
    text += "    Small: {type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}}\n";
    text += "    Everything:\n      type: object\n      required: [f0, f1, f2, f3, f4]\n      properties:\n";
    for (number, name) in names.iter().enumerate() {
        let reference = format!("{{$ref: '#/components/schemas/{name}'}}");
        let _ = match number % 3 {
            0 => writeln!(text, "        f{number}: {reference}"),
            1 => writeln!(
                text,
                "        f{number}: {{type: array, items: {reference}}}"
            ),
            _ => writeln!(
                text,
                "        f{number}: {{type: object, additionalProperties: {reference}}}"
            ),
        };
    }
    for schema in ["Required", "Free"] {
        let _ = writeln!(text, "    {schema}:\n      type: object");
        if schema == "Required" {
            let quoted: String = words
                .iter()
                .map(|word| format!("      - '{word}'\n"))
                .collect();
            let _ = write!(text, "      required:\n{quoted}");
        }
        text += "      properties:\n";
        all(&mut text, "        ");
    }
    // One enumeration has every word; the others have their own name and some words each, in turn.
    let variants = |number: usize| -> String {
        let some = words.iter().cycle().skip(number).take(VARIANTS);
        let own = [&words[number]].into_iter();
        let all: Vec<_> = match number {
            0 => words.iter().collect(),
            _ => own.chain(some.filter(|it| **it != words[number])).collect(),
        };
        all.iter().map(|it| format!("      - '{it}'\n")).collect()
    };
    for (number, name) in names.iter().enumerate() {
        let _ = match number % 4 {
            0 => writeln!(
                text,
                "    '{name}':\n      type: string\n      enum:\n{}",
                variants(number)
            ),
            1 => writeln!(
                text,
                "    '{name}': {{type: object, required: [value], properties: {{value: {{type: string, minLength: 1}}, word: {{type: boolean}}}}}}"
            ),
            2 => writeln!(
                text,
                "    '{name}': {{type: object, properties: {{new: {{type: string, format: password, x-password-policy: {{min: 8, max: 9}}}}}}, additionalProperties: {{type: integer}}}}"
            ),
            _ => writeln!(
                text,
                "    '{name}': {{oneOf: [{{type: object, required: [a], properties: {{a: {{type: string}}}}}}, {{type: object, required: [b], properties: {{b: {{type: integer}}}}}}]}}"
            ),
        };
    }
    text
}

/// A document of one operation.
fn small(name: &str) -> String {
    head(name)
        + &format!(
            "  '/{name}/{{id}}':\n    post:\n      operationId: '{name}'\n      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]\n      \
             responses: {{'204': {{description: ok}}, '400': {{description: no}}}}\n"
        )
}

/// Makes a folder hold these files, and touches none that has its text already: what nobody changed
/// since the last run is not checked again.
fn write(folder: &Path, files: &BTreeMap<String, String>) {
    let listed = folder.join("generated/.generated-files");
    for line in std::fs::read_to_string(listed).unwrap_or_default().lines() {
        let path = format!("generated/{line}");
        if !files.contains_key(&path) {
            let _ = std::fs::remove_file(folder.join(path));
        }
    }
    for (path, text) in files {
        let path = folder.join(path);
        if std::fs::read_to_string(&path).is_ok_and(|on_disk| on_disk == *text) {
            continue;
        }
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        std::fs::write(path, text).expect("writable");
    }
}

#[test]
fn a_crate_of_names_that_are_taken_compiles() {
    let mut sources = vec![Source::new("names/names.yaml", document())];
    let mut refused = Vec::new();
    for name in SERVICES {
        let source = Source::new(format!("names/{name}.yaml"), small(name));
        match render(std::slice::from_ref(&source), profile::of_the_workspace()) {
            Ok(_) => sources.push(source),
            Err(found) => {
                let codes: Vec<_> = found.iter().map(|it| it.code).collect();
                assert_eq!(codes, ["service::name"], "{name}");
                refused.push(*name);
            }
        }
    }
    // Some of the names sound like secrets.
    let policy = Policy::default().with("secret::unmarked", Level::Allow);
    let rendered = match render_under(&sources, profile::of_the_workspace(), &policy) {
        Ok(rendered) => rendered,
        Err(found) => panic!("{}", found.render(&sources, false)),
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("names");
    let workspace = Workspace::current();
    let root = workspace
        .root()
        .canonicalize()
        .expect("the workspace is there");
    let mut files = rendered.files;
    let manifest = files.get_mut("generated/Cargo.toml").expect("a manifest");
    let runtime = format!("path = \"{}", root.join("runtime").display());
    *manifest = manifest.replace("path = \"../runtime", &runtime) + "\n[workspace]\n";
    let locked = std::fs::read_to_string(root.join("Cargo.lock")).expect("readable");
    files.insert("generated/Cargo.lock".to_owned(), locked);
    write(&folder, &files);
    // TLS takes as long to check as the crate, and adds no name to it.
    let services = sources.iter().map(Source::service);
    let features: Vec<_> = services.chain(["blocking", "mock"]).collect();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("the target folder");
    let output = Command::new(env!("CARGO"))
        .args("check --offline --lib --example blocking --test it".split(' '))
        .args(["--no-default-features", "--features", &features.join(",")])
        .current_dir(folder.join("generated"))
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .expect("cargo can be started");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert!(!errors.contains("warning: unused"), "{errors}");
    for name in ["std", "lib", "core", "client", "blocking", "mock"] {
        assert!(refused.contains(&name), "{name}");
    }
    for name in ["types", "wire", "error", "demo", "test-2"] {
        assert!(!refused.contains(&name), "{name}");
    }
}
