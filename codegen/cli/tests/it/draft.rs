//! `docs draft`: from a definition and its page to documents that are checked, and a client.

use crate::support::{Workspace, expect};

const DEFINITION: &str = "definitions/rename.json";

/// A definition of an operation that no document has.
fn open(workspace: &Workspace) -> &'static str {
    let text = workspace.read(DEFINITION);
    let text = text
        .replace("RenameGauge", "OpenGauge")
        .replace("/name", "/open");
    workspace.write("definitions/open.json", &text);
    "definitions/open.json"
}

#[test]
fn a_new_service_is_a_document_in_the_style_of_the_others() {
    let workspace = Workspace::tide();
    // The service is another, so its document is too.
    std::fs::rename(
        workspace.path().join("spec/tide.yaml"),
        workspace.path().join("spec/ebb.yaml"),
    )
    .expect("a file");
    let run = workspace.run("docs draft definitions/rename.json pages/moved.md --service flow");
    expect("draft.yaml", &run.out);
    run.tells("flow/RenameGauge: ");
    run.tells("behind `# ask:` in spec/flow.yaml");
    run.tells("nothing was written; --write does it");
    assert_eq!(workspace.read("spec/flow.yaml"), "");
}

#[test]
fn a_new_operation_is_added_and_agrees_with_its_definition() {
    let workspace = Workspace::tide();
    let file = open(&workspace);
    let before = workspace.read("spec/tide.yaml");
    let shown = workspace.run(&format!("docs draft {file}"));
    shown.ends(0);
    shown.says("--- a/spec/tide.yaml\n+++ b/spec/tide.yaml\n");
    let mut lines = shown.out.lines();
    assert!(!lines.any(|it| it.starts_with('-') && !it.starts_with("---")));
    assert_eq!(workspace.read("spec/tide.yaml"), before);
    workspace.run(&format!("docs draft {file} --write")).ends(0);
    workspace.run(&format!("docs check {file}")).ends(0);
    workspace.run("generate").ends(0);
    let client = workspace.read("generated/src/tide.rs");
    assert!(client.contains("open_gauge"));
    // What is there is not drafted again.
    workspace
        .run(&format!("docs draft {file} --write"))
        .ends(2)
        .tells("tide/OpenGauge has this route already");
}

#[test]
fn one_file_that_cannot_be_drafted_from_writes_nothing() {
    let workspace = Workspace::tide();
    let file = open(&workspace);
    workspace.write("pages/news.md", "# News\n\nThere are news.\n");
    for (more, words) in [
        ("pages/news.md", "it names no route"),
        ("pages/none.md", "is not there"),
    ] {
        workspace
            .run(&format!("docs draft {file} {more} --write --service flow"))
            .ends(2)
            .tells(words)
            .tells("so nothing was written");
        assert_eq!(workspace.read("spec/flow.yaml"), "");
    }
    workspace
        .run(&format!("docs draft {file} --service ../flow"))
        .ends(2)
        .tells("`../flow` cannot be the name of a service");
}

/// What `generate` refuses is asked about, however light a finding it is elsewhere.
#[test]
fn what_generate_refuses_is_asked_about() {
    let workspace = Workspace::tide();
    let file = open(&workspace);
    let pattern = r#"{"type": "string", "pattern": "[A-Z!^-_=+[{}]:,.]*$", "#;
    let text = workspace.read(file);
    let broken = text.replacen(r#"{"type": "string", "#, pattern, 1);
    assert_ne!(broken, text);
    workspace.write(file, &broken);
    let run = workspace.run(&format!("docs draft {file} --write"));
    run.ends(0);
    let spec = workspace.read("spec/tide.yaml");
    let question = "# ask: `pattern: \"[A-Z!^-_=+[{}]:,.]*$\"` is left out: ";
    assert!(spec.contains(question), "{spec}");
    workspace.run("generate").ends(0);
}

/// Each question leads to a line, of a definition on one line too.
#[test]
fn a_definition_on_one_line_is_counted_in_lines() {
    let workspace = Workspace::tide();
    let file = open(&workspace);
    let text = workspace.read(file);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    workspace.write(file, &lines.concat());
    let run = workspace.run(&format!("docs draft {file}"));
    run.ends(0).tells("is on one line");
    let questions = run.out.matches("(definition line ").count();
    assert!(questions > run.out.matches("(definition line 1)").count() + 5);
}
