//! What `render` and `generate` promise, on the project's own documents.

mod disk;
mod names;
mod stages;

use std::collections::BTreeSet;

use huaweicloud_codegen::generate::{GenerateError, compare, generate};
use huaweicloud_codegen::model::{SchemaKind, Type};
use huaweicloud_codegen::{Source, Stamp, Workspace, profile, render};

fn sources() -> Vec<Source> {
    Workspace::current().sources().expect("spec/ is readable")
}

fn fixture(name: &str) -> String {
    let path = Workspace::current()
        .root()
        .join("tests/fixtures/generator")
        .join(name);
    std::fs::read_to_string(path).expect("the fixture is there")
}

#[test]
fn what_is_committed_is_what_the_spec_says() {
    let outcome = compare(&Workspace::current()).expect("the documents have no mistakes");
    assert!(
        outcome.difference.is_empty(),
        "run `cargo codegen generate` and commit the result: {:?}",
        outcome.difference.lines()
    );
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    let once = render(&sources(), profile::of_the_workspace()).expect("no mistakes");
    let again = render(&sources(), profile::of_the_workspace()).expect("no mistakes");
    assert_eq!(once.files, again.files);
    let mut reversed = sources();
    reversed.reverse();
    assert_eq!(
        render(&reversed, profile::of_the_workspace())
            .expect("no mistakes")
            .files,
        once.files,
        "the order of files does not count"
    );
}

#[test]
fn line_endings_and_a_byte_order_mark_do_not_count() {
    let plain = render(&sources(), profile::of_the_workspace()).expect("no mistakes");
    let windows: Vec<_> = sources()
        .into_iter()
        .map(|source| {
            Source::new(
                source.path,
                format!("\u{feff}{}", source.text.replace('\n', "\r\n")),
            )
        })
        .collect();
    assert_eq!(
        render(&windows, profile::of_the_workspace())
            .expect("no mistakes")
            .files,
        plain.files
    );
}

#[test]
fn a_sixth_endpoint_is_one_more_path_and_touches_its_service_alone() {
    let before = render(&sources(), profile::of_the_workspace())
        .expect("no mistakes")
        .files;
    let sixth = fixture("sixth_path.yaml");
    let more: Vec<_> = sources()
        .into_iter()
        .map(|source| match source.service() {
            "ecs" => Source::new(
                source.path.clone(),
                source
                    .text
                    .replacen("\npaths:\n", &format!("\npaths:\n{sixth}"), 1),
            ),
            _ => source,
        })
        .collect();
    let after = render(&more, profile::of_the_workspace())
        .expect("no mistakes")
        .files;
    let changed: BTreeSet<_> = after
        .iter()
        .filter(|(path, text)| before.get(*path) != Some(*text))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(
        changed,
        BTreeSet::from([
            "generated/.generated-files",
            "generated/Cargo.toml",
            "generated/README.md",
            "generated/examples/ecs_reset_server_password.rs",
            "generated/src/command/ecs.rs",
            "generated/src/ecs/checks.rs",
            "generated/src/ecs.rs",
            "generated/src/ecs/reset_server_password.rs",
            "generated/src/ecs/types.rs",
            "generated/src/mock/ecs.rs",
            "generated/tests/it/ecs.rs",
        ])
    );
    let checks = &after["generated/src/ecs/checks.rs"];
    assert!(checks.contains("PasswordPolicy::new(8, 26)"), "{checks}");
    assert!(checks.contains("within(\"reset-password\", "), "{checks}");
}

#[test]
fn the_client_builds_nothing_of_the_generator() {
    let files = render(&sources(), profile::of_the_workspace())
        .expect("no mistakes")
        .files;
    for (path, text) in &files {
        // What the runtime passes on, with its feature `reqwest`, is no dependency of the client.
        let text = text.replace("crate::runtime::reqwest::", "");
        let text = text.replace("client: reqwest::Client", "");
        for word in [
            "progenitor_client",
            "reqwest::",
            "api-version",
            "regress",
            "chrono::",
        ] {
            assert!(!text.contains(word), "{path} names {word}");
        }
    }
    let manifest = &files["generated/Cargo.toml"];
    for word in ["progenitor", "typify", "codegen ="] {
        let dependencies = manifest
            .split("[dependencies]")
            .nth(1)
            .expect("it has dependencies");
        assert!(!dependencies.contains(word), "the manifest names {word}");
    }
}

#[test]
fn a_limit_reaches_the_client_and_its_documentation() {
    let text = fixture("tour.yaml");
    let (head, rest) = text.split_once("\npaths:").expect("there are paths");
    let (before, after) = rest
        .split_once("operationId:")
        .expect("there are operations");
    let text = format!(
        "{head}\nx-rate-limit: {{calls: 500, seconds: 60}}\npaths:{before}\
         x-rate-limit: {{calls: 2, seconds: 5}}\n      operationId:{after}"
    );
    let files = render(
        &[Source::new("spec/tour.yaml", text)],
        profile::of_the_workspace(),
    )
    .expect("no mistakes")
    .files;
    let service = &files["generated/src/tour.rs"];
    assert!(service.contains(".rate_limit(500, 60)"), "{service}");
    let with_own = files.values().filter(|it| it.contains(".rate_limit(2, 5)"));
    let operations: Vec<&String> = with_own.collect();
    let [operation] = operations[..] else {
        panic!("one operation was expected, not {}", operations.len());
    };
    for line in [
        "/// # Rate limit",
        "/// - 2 calls in 5 seconds of it",
        "/// - 500 calls a minute to the service, all its calls together",
    ] {
        assert!(operation.contains(line), "{operation}");
    }
}

/// The names of the properties of a document that are `format: password`, at any depth.
fn secrets_of(
    document: &serde_yaml::Value,
    node: &serde_yaml::Value,
    found: &mut BTreeSet<String>,
) {
    let resolve = |node: &serde_yaml::Value| {
        let target = node.get("$ref")?.as_str()?;
        let name = target.strip_prefix("#/components/schemas/")?;
        document
            .get("components")?
            .get("schemas")?
            .get(name)
            .cloned()
    };
    let properties = node.get("properties").and_then(|it| it.as_mapping());
    for (name, property) in properties.into_iter().flatten() {
        let schema = resolve(property).unwrap_or_else(|| property.clone());
        if schema.get("format").and_then(|it| it.as_str()) == Some("password") {
            found.insert(name.as_str().expect("a name").to_owned());
        }
    }
    let children = node.as_mapping().into_iter().flatten().map(|(_, it)| it);
    for child in children.chain(node.as_sequence().into_iter().flatten()) {
        secrets_of(document, child, found);
    }
}

#[test]
fn every_secret_of_the_documents_is_a_password_in_the_client() {
    let rendered = render(&sources(), profile::of_the_workspace()).expect("no mistakes");
    let mut any = false;
    for service in &rendered.model.services {
        let types = &rendered.files[&format!("generated/src/{}/types.rs", service.module)];
        let mut passwords = BTreeSet::new();
        for schema in service.schemas.values() {
            let SchemaKind::Object { fields, .. } = &schema.kind else {
                continue;
            };
            for field in fields.iter().filter(|field| field.ty == Type::Password) {
                passwords.insert(field.name.clone());
                let (_, declaration) = types
                    .split_once(&format!("struct {} {{", schema.name))
                    .expect("the type is declared");
                let declared = declaration
                    .lines()
                    .find(|line| line.trim().starts_with(&format!("pub {}:", field.ident)))
                    .expect("the field is declared");
                assert!(declared.contains("crate::runtime::Password"), "{declared}");
            }
        }
        // Read once more by another reader of YAML, and without the model.
        let text = sources()
            .into_iter()
            .find(|source| source.path == service.path)
            .expect("the document is there")
            .text;
        let document = serde_yaml::from_str(&text).expect("it is YAML");
        let mut secrets = BTreeSet::new();
        secrets_of(&document, &document, &mut secrets);
        assert_eq!(passwords, secrets, "{}", service.path);
        any |= !secrets.is_empty();
    }
    assert!(any, "the documents have secrets");
}

#[test]
fn what_the_client_uses_itself_has_to_fit() {
    for (from, to, part) in [
        (
            "X-Subject-Token:\n              description",
            "X-Token:\n              description",
            "X-Subject-Token",
        ),
        ("- name: nocatalog", "- name: catalog", "nocatalog"),
        (
            "      properties:\n        expires_at:",
            "      required: [expires_at]\n      properties:\n        expires_at:",
            "token?.expires_at?",
        ),
        ("      required:\n        - projects\n", "", "projects[].id"),
        (
            "      required:\n        - auth\n",
            "      required:\n        - auth\n",
            "",
        ),
        (
            "        - name\n        - password\n        - domain\n",
            "        - name\n        - domain\n",
            "name, password, domain",
        ),
        ("x-client-use: sign-in", "x-client-use: sign-on", "sign-in"),
        // A passcode need not be in the document; one that is there has to fit.
        (
            "        totp:\n          $ref: '#/components/schemas/TotpIdentity'\n",
            "",
            "",
        ),
        (
            "        - id\n        - passcode\n",
            "        - passcode\n",
            "id, passcode",
        ),
        (
            "passcode:\n          type: string\n          format: password\n          writeOnly: true\n",
            "passcode:\n          type: string\n          x-secret: false\n",
            "needs `passcode`",
        ),
        ("- name: X-Idp-Id", "- name: X-Idp", "X-Idp-Id"),
        (
            "        id:\n          type: string\n          format: password\n          writeOnly: true\n          description: The ID token",
            "        id:\n          type: string\n          description: The ID token",
            "`id`",
        ),
        (
            "      required:\n        - agency_name\n",
            "",
            "to require agency_name",
        ),
        (
            "duration_seconds:\n          type: integer\n          format: int32",
            "duration_seconds:\n          type: integer\n          format: int64",
            "duration_seconds",
        ),
        ("        - access\n", "", "credential.access"),
        (
            "securitytoken:\n          type: string\n          format: password\n",
            "securitytoken:\n          type: string\n          x-secret: false\n",
            "credential.securitytoken",
        ),
        // What the client need not call is not missed.
        ("      x-client-use: assume-agency\n", "", ""),
        ("      x-client-use: id-token\n", "", ""),
    ] {
        let changed: Vec<_> = sources()
            .into_iter()
            .map(|source| match source.service() {
                "iam" => {
                    assert!(source.text.contains(from), "{from}");
                    Source::new(source.path.clone(), source.text.replacen(from, to, 1))
                }
                _ => source,
            })
            .collect();
        match render(&changed, profile::of_the_workspace()) {
            Ok(_) => assert_eq!(part, "", "{from} → {to} should be a mistake"),
            Err(found) => {
                let text = found
                    .iter()
                    .map(|finding| finding.message.clone())
                    .collect::<Vec<_>>()
                    .join("\n");
                assert!(
                    !part.is_empty() && text.contains(part),
                    "{from} → {to}: {text}"
                );
            }
        }
    }
}

#[test]
fn mistakes_leave_everything_as_it_was_and_are_told_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = Workspace::at(folder.path());
    std::fs::create_dir_all(workspace.spec()).expect("a folder can be made");
    for source in sources() {
        std::fs::write(folder.path().join(&source.path), &source.text)
            .expect("the file can be written");
    }
    generate(&workspace, None).expect("no mistakes");
    let before = workspace.generated_files().expect("readable");

    // One mistake in each of two documents, and a document that is no YAML.
    let dcs = folder.path().join("spec/dcs.yaml");
    let text = std::fs::read_to_string(&dcs).expect("readable");
    std::fs::write(&dcs, text.replacen("operationId:", "operationid:", 1)).expect("writable");
    let dws = folder.path().join("spec/dws.yaml");
    let text = std::fs::read_to_string(&dws).expect("readable");
    std::fs::write(&dws, text.replacen("in: path", "in: paht", 1)).expect("writable");
    std::fs::write(folder.path().join("spec/zzz.yaml"), "a: [1\nb: 2").expect("writable");

    let error = generate(&workspace, None).unwrap_err();
    let GenerateError::Documents {
        sources,
        diagnostics,
    } = error
    else {
        panic!("{error}")
    };
    let text = diagnostics.render(&sources, false);
    for place in [
        "spec/dcs.yaml:",
        "spec/dws.yaml:",
        "spec/zzz.yaml:",
        "operationid",
        "paht",
    ] {
        assert!(text.contains(place), "{place} is missing:\n{text}");
    }
    assert_eq!(workspace.generated_files().expect("readable"), before);
}

#[test]
fn a_stamp_saves_the_second_run_and_never_hides_a_change() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = Workspace::at(folder.path());
    std::fs::create_dir_all(workspace.spec()).expect("a folder can be made");
    for source in sources() {
        std::fs::write(folder.path().join(&source.path), &source.text)
            .expect("the file can be written");
    }
    let stamp = Stamp::below(&folder.path().join("target"));
    let rendered = |stamp| {
        generate(&workspace, Some(stamp))
            .expect("no mistakes")
            .rendered
            .is_some()
    };
    assert!(rendered(&stamp), "the first run renders");
    assert!(!rendered(&stamp), "the second run need not");
    let lib = folder.path().join("generated/src/lib.rs");
    std::fs::write(&lib, "// a hand was here").expect("writable");
    assert!(rendered(&stamp), "a hand edit is seen");
    assert!(
        !std::fs::read_to_string(&lib)
            .expect("readable")
            .contains("a hand was here")
    );
    std::fs::remove_file(&lib).expect("removable");
    assert!(rendered(&stamp), "a missing file is seen");
    assert!(lib.exists());
}

#[test]
fn an_empty_or_missing_folder_is_a_clear_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = Workspace::at(folder.path());
    let error = generate(&workspace, None).unwrap_err().to_string();
    assert!(
        error.starts_with("there is no spec/ in") && error.contains("--spec"),
        "{error}"
    );
    std::fs::create_dir_all(workspace.spec()).expect("a folder can be made");
    let error = generate(&workspace, None).unwrap_err().to_string();
    assert!(error.contains("no document"), "{error}");
}

#[test]
fn a_document_with_everything_becomes_a_client() {
    let tour = Source::new("spec/tour.yaml", fixture("tour.yaml"));
    let files = render(&[tour], profile::of_the_workspace())
        .expect("no mistakes")
        .files;
    let types = &files["generated/src/tour/types.rs"];
    // Names that collide keep their wire names.
    assert!(types.contains("rename = \"fooBar\""), "{types}");
    assert!(types.contains("pub foo_bar_mixed"), "{types}");
    let listed = &files["generated/src/tour/list_things.rs"];
    // A header and a query parameter of one name are two arguments with one wire name.
    assert!(listed.contains(".query_param(\"id\", "), "{listed}");
    assert!(listed.contains(".header_param(\"id\", "), "{listed}");
    // The token is the credentials' matter.
    assert!(!listed.contains("_param(\"X-Auth-Token"), "{listed}");
}

#[test]
fn objects_without_properties_become_maps_or_are_told_of() {
    let document = |schema: &str| {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    put:\n      operationId: a\n      \
             requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}\n      \
             responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}\n"
        );
        Source::new("spec/demo.yaml", text)
    };
    for schema in [
        "{type: object}",
        "{type: object, properties: {}}",
        "{type: object, properties: {inner: {type: object}}}",
        "{type: object, required: [inner], properties: {inner: {type: object, properties: {}}}}",
        "{type: array, items: {type: object}}",
        "{properties: {}}",
        "{}",
    ] {
        let source = document(schema);
        if let Err(found) = render(std::slice::from_ref(&source), profile::of_the_workspace()) {
            let text = found.render_short(&[source]);
            assert!(text.starts_with("spec/demo.yaml:"), "{schema}: {text}");
        }
    }
}
