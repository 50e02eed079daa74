//! What a maintainer gives by mistake: each is told with what to do, and everything stays as it was.

use serde_json::json;

use crate::server::Server;
use crate::support::Workspace;

/// The commands that take pages, in the ways in which they would write.
const COMMANDS: &[&str] = &[
    "docs check",
    "docs patch --write",
    "update --write",
    "docs accept",
    "docs draft --write",
];

#[test]
fn what_is_no_page_changes_nothing() {
    let workspace = Workspace::tide();
    workspace.run("docs accept pages/same.md").ends(0);
    workspace.write("odd/none/notes.doc", "# Notes\n");
    workspace.write("odd/news.md", "# News\n\nThere are news.\n");
    let definition = workspace.read("definitions/rename.json");
    workspace.write(
        "odd/definition.md",
        &definition.replace("\"swagger\": \"2.0\",", ""),
    );
    workspace.write("odd/half.md", "{\"paths\": ");
    workspace.write("odd/page.json", &workspace.read("pages/same.md"));
    workspace.write("odd/cut.json", "{\"paths\": ");
    workspace.write("odd/else.json", "{\"a\": 1}");
    let before = workspace.files(".");
    let to_browser = "it is not the page of an API call";
    for (file, told) in [
        ("odd/none", "the names of pages end in .html, .htm, .md"),
        ("odd/gone.md", "it is not there; look at its name"),
        ("odd/news.md", to_browser),
        (
            "odd/definition.md",
            "if it is a definition, its name has to end in .json",
        ),
        (
            "odd/half.md",
            "if it is a definition, its name has to end in .json",
        ),
        (
            "odd/page.json",
            "if it is a page, its name has to end as its form does: .html,",
        ),
        ("odd/cut.json", "it ends too early"),
        ("odd/else.json", "a Swagger 2.0 definition has paths"),
        ("spec/tide.yaml", "it looks like a document"),
    ] {
        for command in COMMANDS {
            let run = workspace.run(&format!("{command} {file}"));
            let all = format!("{}{}", run.ends(2).out, run.err);
            assert!(all.contains(told), "{command} {file}: {all}");
            assert!(all.contains(file), "{command} {file}: {all}");
        }
    }
    // To read is not to compare: what is no page is shown, and said to be none.
    workspace
        .run("docs read odd/news.md")
        .ends(0)
        .tells(to_browser);
    assert_eq!(workspace.files("."), before);
}

#[test]
fn a_lock_that_is_broken_changes_nothing() {
    let workspace = Workspace::tide();
    workspace.run("docs accept pages/same.md").ends(0);
    let whole = workspace.read("spec/docs.lock");
    let cut = whole.trim_end().trim_end_matches("...");
    for (lock, told) in [
        ("{\"a\": ", "error[yaml::syntax]"),
        (cut, "so the file may be cut off"),
        (
            "version: 1\noperations: 7\n...\n",
            "`operations` must be a mapping",
        ),
        ("", "there is nothing in the lock"),
    ] {
        workspace.write("spec/docs.lock", lock);
        let before = workspace.files(".");
        for command in COMMANDS.iter().filter(|it| !it.starts_with("docs draft")) {
            workspace
                .run(&format!("{command} pages/moved.md"))
                .ends(2)
                .tells(told)
                .tells(
                    "spec/docs.lock has mistakes; correct the lines shown, or take the file back",
                );
        }
        assert_eq!(workspace.files("."), before);
    }
}

#[test]
fn what_cannot_be_written_is_seen_before_anything_is_asked_for() {
    let server = Server::start();
    let workspace = Workspace::tide();
    let yaml = workspace.read("spec/tide.yaml");
    let yaml = yaml.replace("https://docs.example.com", &server.address);
    workspace.write("spec/tide.yaml", &yaml);
    let before = workspace.files(".");
    for line in [
        "fetch --into spec/tide.yaml",
        "fetch --into spec/tide.yaml/cache",
        "watch --into spec/tide.yaml",
    ] {
        workspace
            .run(&format!("docs {line}"))
            .ends(2)
            .tells("spec/tide.yaml is a file; name another with --into");
    }
    for report in ["pages", "spec/tide.yaml/report.md"] {
        workspace
            .run(&format!("docs watch --report {report}"))
            .ends(2)
            .tells("name another file with --report");
    }
    assert_eq!(workspace.files("."), before);
}

/// Names of pages with what a terminal obeys, a reader does not see or GitHub Actions runs, and long.
#[test]
fn foreign_names_are_escaped_and_bounded() {
    let workspace = Workspace::tide();
    let odd = format!(
        "a\u{1b}[31m\n::error::x\u{202e}\u{9b}`@all`{}",
        "N".repeat(9000)
    );
    let definition = json!({
        "product_short": "TIDE",
        "paths": {"/v1/{project_id}/gauges/{gauge_id}/name": {"put": {
            "operationId": "RenameGauge", "summary": odd,
            "parameters": [
                {"in": "query", "name": odd, "type": "string", "enum": [odd], "default": odd},
                {"in": "body", "name": "body", "required": true, "schema": {"$ref": "#/definitions/B"}},
            ],
            "responses": {"200": {"description": odd}, &odd: {"description": "x"}},
        }}},
        "definitions": {"B": {"type": "object", "properties": {
            &odd: {"type": odd, "enum": [odd, "b"], "minLength": odd}, "name": {"type": "integer"},
        }}},
    });
    workspace.write("odd.json", &format!("{definition:#}\n"));
    let is_obeyed = |it: char| (it.is_control() && it != '\n') || it == '\u{202e}';
    for line in [
        "read",
        "read --format json",
        "check",
        "check --format json",
        "check --format sarif",
        "check --format github",
        "check --format markdown",
        "patch",
        "accept",
        "draft --service ebb",
    ] {
        let run = workspace.run(&format!("docs {line} odd.json"));
        for text in [&run.out, &run.err] {
            assert!(!text.contains(is_obeyed), "{line}");
            assert!(
                !text.lines().any(|it| it.starts_with("::error::x")),
                "{line}"
            );
        }
        // JSON is for programs, a diff is what would be written.
        if !line.contains("json") && !line.contains("sarif") && line != "patch" {
            let longest = run.out.lines().map(|it| it.chars().count()).max();
            assert!(longest.is_none_or(|it| it <= 4001), "{line}: {longest:?}");
        }
        let longest = run.err.lines().map(|it| it.chars().count()).max();
        assert!(longest.unwrap_or_default() <= 4001, "{line}: {longest:?}");
    }
}
