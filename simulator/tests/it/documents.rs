//! Any document that the generator takes.

use std::path::Path;

use openapi_simulator::Simulator;

use super::raw::Call;

/// Every document that the generator is tested with is served, and every operation of it found.
#[tokio::test]
async fn every_document_of_the_generator_is_served() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/foreign");
    let mut served = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_document = |it: &std::ffi::OsStr| it == "yaml" || it == "json";
        if !path.extension().is_some_and(is_document) {
            continue;
        }
        let simulator = Simulator::builder().spec(&path).start().await;
        let simulator = simulator.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for operation in simulator.operations() {
            let method: &'static str = operation.method().clone().to_string().leak();
            let call = Call::new(
                method,
                operation.path().replace(['{', '}'], "").replace(' ', "%20"),
            );
            let response = call.send(&simulator).await;
            let entry = simulator.ledger().entries().pop().unwrap();
            assert_ne!(response.status, 0, "{}: {entry:?}", path.display());
            assert_eq!(
                entry.service.as_deref(),
                Some(operation.service()),
                "{}: {entry:?}",
                path.display()
            );
            served += 1;
        }
    }
    assert!(served > 50, "{served}");
}

/// The command plays any document, and writes its reference.
#[test]
fn the_command_serves_and_writes() {
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("shop.yaml");
    std::fs::write(&spec, super::SHOP).unwrap();
    let command = || Command::new(env!("CARGO_BIN_EXE_openapi-simulator"));
    let out = folder.path().join("docs");
    let docs = |out: &Path| {
        let mut command = command();
        command
            .args(["docs", "--spec"])
            .arg(&spec)
            .arg("--out")
            .arg(out);
        command.output().unwrap()
    };
    let written = docs(&out);
    assert!(written.status.success(), "{written:?}");
    assert!(out.join("index.html").is_file());
    let again = docs(&out);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("not empty"));

    let mut simulate = command()
        .args(["simulate", "--spec"])
        .arg(&spec)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufReader::new(simulate.stdout.take().unwrap());
    let mut introduction = String::new();
    while !introduction.contains("Requests as they arrive") {
        let read = std::io::BufRead::read_line(&mut lines, &mut introduction).unwrap();
        assert_ne!(read, 0, "it ended: {introduction}");
    }
    simulate.kill().unwrap();
    simulate.wait().unwrap();
    for part in [
        "serves 5 operations",
        "# shop SetPassword",
        "Authorization: Bearer",
    ] {
        assert!(introduction.contains(part), "{introduction}");
    }
    let missing = command()
        .args(["simulate", "--spec", "nowhere"])
        .output()
        .unwrap();
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("--spec"));
}

/// The table of faults in docs/simulator.md is that of the code.
#[test]
fn the_docs_list_every_fault() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/simulator.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let mark = "--test it docs -->\n";
    let start = text.find(mark).unwrap() + mark.len();
    let end = text.find("<!-- end of faults -->").unwrap();
    let rows = openapi_simulator::fault::Fault::words();
    let rows: String = rows
        .map(|(word, meaning)| format!("| `{word}` | {meaning} |\n"))
        .collect();
    let table = format!("\n| fault | what happens |\n|---|---|\n{rows}\n");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        let text = format!("{}{table}{}", &text[..start], &text[end..]);
        std::fs::write(&path, text).unwrap();
        return;
    }
    assert_eq!(&text[start..end], table, "UPDATE_EXPECTED=1 writes it");
}

/// Words of documents that once stopped a simulator, or were never found.
#[tokio::test]
async fn odd_documents_are_served() {
    let text = r"
openapi: 3.0.3
info: {title: Odd, version: '1'}
components:
  securitySchemes: {unused: {type: http, scheme: bearer}}
  schemas:
    N:
      type: object
      properties: {and: {$ref: '#/components/schemas/N'}, or: {$ref: '#/components/schemas/N'}, not: {$ref: '#/components/schemas/N'}, name: {type: string}}
paths:
  /act/b?x=1:
    post:
      operationId: ActOne
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/N'}}}}
      responses:
        '200':
          description: ok
          headers: {Content-Length: {required: true, schema: {type: integer}, example: 3}}
          content: {application/json: {schema: {$ref: '#/components/schemas/N'}}}
  /act/b?x=2: {post: {operationId: ActTwo, responses: {'200': {description: ok}}}}
  /g/{a}-{b}/x: {get: {operationId: Pair, parameters: [{name: a, in: path, required: true, schema: {type: string}}, {name: b, in: path, required: true, schema: {type: string}}], responses: {'200': {description: ok}}}}
  /login/{user}/{secret}: {get: {operationId: Login, parameters: [{name: user, in: path, required: true, schema: {type: string}}, {name: secret, in: path, required: true, schema: {type: string, format: password}}], responses: {'200': {description: ok}}}}
";
    let source = huaweicloud_codegen::Source::new("odd.yaml", text);
    let simulator = Simulator::builder()
        .documents([source])
        .start()
        .await
        .unwrap();
    let body = serde_json::json!({"and": {"or": {"name": "x"}}});
    for (call, operation) in [
        (Call::new("POST", "/act/b?x=1").json(&body), "ActOne"),
        (
            Call::new("POST", "/act/b?x=1")
                .json(&body)
                .header("Prefer", "dynamic=true"),
            "ActOne",
        ),
        (Call::new("POST", "/act/b?x=2"), "ActTwo"),
        (Call::new("GET", "/g/%C3%A9-b/x"), "Pair"),
        (Call::new("GET", "/login/ann/Hunter2secret"), "Login"),
    ] {
        let response = call.send(&simulator).await;
        assert_eq!(
            (response.status, response.reason()),
            (200, ""),
            "{operation}"
        );
        let entry = simulator.ledger().entries().pop().unwrap();
        assert_eq!(entry.operation.as_deref(), Some(operation));
    }
    let everything = format!("{:?}", simulator.ledger().entries());
    assert!(!everything.contains("Hunter2"), "{everything}");
}
