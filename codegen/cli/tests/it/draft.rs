//! `docs draft`: from a definition and its page to documents that are checked, and a client.

use crate::support::{Workspace, here};

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
    let files = [DEFINITION, "pages/moved.md"];
    // The service is another, so its document is too.
    std::fs::rename(
        workspace.path().join("spec/tide.yaml"),
        workspace.path().join("spec/ebb.yaml"),
    )
    .expect("a file");
    let run = workspace.run(&["docs", "draft", files[0], files[1], "--service", "flow"]);
    let path = here().join("golden/draft.yaml");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, &run.out).expect("the file can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        run.out, expected,
        "draft.yaml; UPDATE_EXPECTED=1 writes it anew"
    );
    assert!(run.err.contains("flow/RenameGauge: "), "{}", run.err);
    assert!(
        run.err.contains("behind `# ask:` in spec/flow.yaml"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("nothing was written; --write does it"),
        "{}",
        run.err
    );
    assert_eq!(workspace.read("spec/flow.yaml"), "");
}

#[test]
fn a_new_operation_is_added_and_agrees_with_its_definition() {
    let workspace = Workspace::tide();
    let file = open(&workspace);
    let before = workspace.read("spec/tide.yaml");
    let shown = workspace.run(&["docs", "draft", file]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(
        shown
            .out
            .starts_with("--- a/spec/tide.yaml\n+++ b/spec/tide.yaml\n"),
        "{}",
        shown.out
    );
    assert!(
        !shown
            .out
            .lines()
            .any(|it| it.starts_with('-') && !it.starts_with("---"))
    );
    assert_eq!(workspace.read("spec/tide.yaml"), before);
    let written = workspace.run(&["docs", "draft", file, "--write"]);
    assert_eq!(written.code, 0, "{}", written.err);
    let check = workspace.run(&["docs", "check", file]);
    assert_eq!(check.code, 0, "{}{}", check.out, check.err);
    let generate = workspace.run(&["generate"]);
    assert_eq!(generate.code, 0, "{}", generate.err);
    assert!(
        workspace
            .read("generated/src/tide.rs")
            .contains("open_gauge")
    );
    // What is there is not drafted again.
    let again = workspace.run(&["docs", "draft", file, "--write"]);
    assert_eq!(again.code, 2);
    assert!(
        again.err.contains("tide/OpenGauge has this route already"),
        "{}",
        again.err
    );
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
        let run = workspace.run(&["docs", "draft", file, more, "--write", "--service", "flow"]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains(words), "{}", run.err);
        assert!(run.err.contains("so nothing was written"), "{}", run.err);
        assert_eq!(workspace.read("spec/flow.yaml"), "");
    }
    let run = workspace.run(&["docs", "draft", file, "--service", "../flow"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err
            .contains("`../flow` cannot be the name of a service"),
        "{}",
        run.err
    );
}
