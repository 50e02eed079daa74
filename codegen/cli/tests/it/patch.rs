//! `docs patch`, `update`, `generate` and `docs fetch`, run as people run them.

use crate::support::Workspace;

#[test]
fn a_patch_is_shown_then_written_and_then_there_is_none() {
    let workspace = Workspace::tide();
    let before = workspace.read("spec/tide.yaml");
    let shown = workspace.run("docs patch pages/moved.md");
    shown.ends(0);
    shown.tells("5 differences can be fixed; --write does it");
    // Words are not fixed, and that is said.
    shown.tells("words are for people; read the descriptions");
    assert_eq!(workspace.read("spec/tide.yaml"), before);

    let written = workspace.run("docs patch --write pages/moved.md");
    assert_eq!(written.out, shown.out);
    let after = workspace.read("spec/tide.yaml");
    assert_ne!(after, before);
    let again = workspace.run("docs patch --write pages/moved.md");
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    assert_eq!(again.err, "nothing to fix\n");
    assert_eq!(workspace.read("spec/tide.yaml"), after);
    workspace.run("docs check pages/moved.md").ends(0);
}

#[test]
fn what_vanished_is_asked_and_removed_once_accepted() {
    let workspace = Workspace::tide();
    workspace.run("docs accept pages/same.md").ends(0);
    let page = workspace.read("pages/same.md");
    let rows = page.split_inclusive('\n');
    let less: String = rows.filter(|it| !it.starts_with("| mode")).collect();
    workspace.write("pages/less.md", &less);
    let asked = workspace.run("docs patch pages/less.md");
    assert_eq!((asked.code, asked.out.as_str()), (1, ""));
    asked.tells("is a question");
    let accepted = workspace.run("docs accept pages/less.md");
    accepted.says("still open: D0201 body mode/present");
    workspace.run("docs check pages/less.md").says(
        "it was accepted as gone; to take it out:
             cargo codegen --root . docs patch pages/less.md
           to keep it:
",
    );
    workspace
        .run("docs patch pages/less.md")
        .ends(0)
        .says("-                mode:");
}

#[test]
fn an_update_is_all_or_nothing() {
    let workspace = Workspace::tide();
    workspace.run("generate").ends(0);
    workspace.run("generate --check").ends(0);
    let before = workspace.all();

    let dry = workspace.run("update pages/moved.md");
    dry.ends(0);
    for part in [
        "+  /v1/{project_id}/gauges/{gauge_id}/title:",
        "spec/: 5 differences fixed",
        "changed generated/src/tide/",
        "breaking[path-changed]: the path is `/v1/{project_id}/gauges/{gauge_id}/title`",
        "verdict: major",
        "nothing was written; --write does it",
    ] {
        dry.says(part);
    }
    assert_eq!(workspace.all(), before);

    workspace
        .run("update --write pages/moved.md")
        .ends(0)
        .says("written; after a look:\n  cargo codegen --root . docs accept pages/moved.md\n");
    assert_ne!(workspace.all()[0], before[0]);
    workspace.run("generate --check").ends(0);
    workspace.run("docs check pages/moved.md").ends(0);
    workspace
        .run("update --write pages/moved.md")
        .says("spec/: 0 differences fixed\ngenerated/: 0 files\nverdict: none");
}

/// The table says one type, the example another: neither is followed, and both lines are shown.
#[test]
fn what_a_page_disputes_is_asked_by_update_too() {
    let workspace = Workspace::tide();
    workspace.run("generate").ends(0);
    let before = workspace.files("spec");
    let page = workspace.read("pages/same.md");
    let page = page.replace("| name | Yes | String |", "| name | Yes | Integer |");
    let page = format!("{page}\n## Example Requests\n\n```\n{{\"name\": \"north\"}}\n```\n");
    workspace.write("pages/torn.md", &page);
    let run = workspace.run("update --write pages/torn.md");
    run.ends(1);
    let asked = "left: tide/RenameGauge D0901 contradiction body parameter name: type/present: the page \
                 disagrees with itself about the type of the request field `name`: Integer at line 20, \
                 String at line 33; which is right?";
    run.tells(asked);
    run.says("spec/: 0 differences fixed\n");
    assert_eq!(workspace.files("spec"), before);
    let run = workspace.run("docs check pages/torn.md");
    run.ends(1);
    assert!(!run.out.contains("D0202"), "{}", run.out);
}

#[test]
fn words_are_asked_for_and_never_copied() {
    let workspace = Workspace::tide();
    let yaml = workspace.read("spec/tide.yaml");
    let yaml = yaml.replace(
        "maxLength: 32",
        "description: At most 32 letters.\n                  maxLength: 32",
    );
    workspace.write("spec/tide.yaml", &yaml);
    let page = workspace
        .read("pages/same.md")
        .replace("Maximum: 32", "Maximum: 16");
    let row = "| note | No | String | Whatever else there is to say. |";
    let page = page.replace("| mode | No", &format!("{row}\n| mode | No"));
    workspace.write("pages/more.md", &page);
    for line in ["docs patch pages/more.md", "update pages/more.md"] {
        let run = workspace.run(line);
        run.ends(0);
        for ask in [
            "# ask: spec/tide.yaml:43: this text speaks of `32`; the greatest length is 16 now: is it still true?\n",
            "# ask: spec/tide.yaml:48: the request field `note` is new (pages/more.md:21): say in your own words what it is for\n",
        ] {
            run.tells(ask);
        }
        assert!(!format!("{}{}", run.out, run.err).contains("Whatever else"));
    }
}

/// A page with a row that has more cells than its table has columns.
fn malformed(workspace: &Workspace) -> String {
    let page = workspace.read("pages/moved.md");
    let row = "| 404 | It is not there. |";
    assert!(page.contains(row));
    page.replace(row, "| 404 | It is not there. | But | where |")
}

#[test]
fn a_page_that_cannot_be_read_whole_stops_an_update() {
    let workspace = Workspace::tide();
    workspace.run("generate").ends(0);
    workspace.write("pages/malformed.md", &malformed(&workspace));
    let before = workspace.all();
    workspace
        .run("update pages/malformed.md")
        .ends(2)
        .says("nothing was written, nor would --write do it before all can be read");
    for pages in ["pages/malformed.md", "pages/moved.md pages/malformed.md"] {
        let run = workspace.run(&format!("update --confirm --write {pages}"));
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        run.tells("error: pages/malformed.md: parts of it cannot be read");
        run.tells("error: nothing was changed; ");
        assert_eq!(workspace.all(), before);
    }
}

#[test]
fn an_update_that_makes_mistakes_changes_nothing() {
    let workspace = Workspace::tide();
    let yaml = workspace.read("spec/tide.yaml");
    // The default is one of the values, and the page takes that value away.
    let yaml = yaml.replace(
        "enum: [quick, 'slow']",
        "enum: [quick, 'slow']\n                  default: slow",
    );
    workspace.write("spec/tide.yaml", &yaml);
    workspace.run("generate").ends(0);
    workspace.edit(
        "pages/same.md",
        "pages/less.md",
        "quick or slow",
        "quick or never",
    );
    let before = workspace.all();
    workspace
        .run("docs patch pages/less.md")
        .ends(1)
        .tells("need a hand at the lines shown");
    workspace
        .run("docs patch --write pages/less.md")
        .ends(1)
        .tells("error: nothing was written");
    workspace
        .run("update --write pages/less.md")
        .ends(1)
        .tells("spec/ stays as it was too");
    assert_eq!(workspace.all(), before);
}

#[test]
fn an_update_that_cannot_be_written_leaves_the_documents() {
    let workspace = Workspace::tide();
    // A file stands where the client's folder is needed.
    workspace.write("generated/src", "in the way");
    let before = workspace.all();
    workspace
        .run("update --write pages/moved.md")
        .ends(2)
        .tells("generated/src");
    let after = workspace.all();
    assert_eq!(after, before);
}

#[test]
fn a_change_that_no_page_made_is_none_of_the_documents() {
    let workspace = Workspace::tide();
    workspace
        .run("update pages/same.md")
        .ends(0)
        .says("verdict: none");
}

#[test]
fn a_look_is_kept_only_with_what_it_led_to() {
    let workspace = Workspace::tide();
    workspace.run("docs accept pages/same.md").ends(0);
    workspace.edit(
        "pages/same.md",
        "pages/flip.md",
        "| mode | No |",
        "| mode | Yes |",
    );
    let before = workspace.read("spec/docs.lock");
    workspace.run("update --confirm pages/flip.md");
    assert_eq!(workspace.read("spec/docs.lock"), before, "a dry run");
    workspace.write("generated/src", "in the way");
    workspace
        .run("update --confirm --write pages/flip.md")
        .ends(2);
    assert_eq!(workspace.read("spec/docs.lock"), before, "it failed");
}

/// Who reads the result may have seen enough before its end.
#[test]
fn a_closed_pipe_is_no_panic() {
    let workspace = Workspace::tide();
    for line in [
        "docs read --format json pages/same.md",
        "docs check --format sarif pages/moved.md",
        "docs patch pages/moved.md",
        "update pages/moved.md",
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_cargo-codegen"))
            .current_dir(workspace.path())
            .args(["--root", "."])
            .args(line.split(' '))
            .stdout(writer)
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("it starts")
            .wait_with_output()
            .expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{line}: {err}");
        assert!(!err.contains("panicked"), "{err}");
    }
}

#[test]
fn generation_tells_what_is_out_of_date() {
    let workspace = Workspace::tide();
    workspace
        .run("generate --check")
        .ends(1)
        .tells("run `cargo codegen generate` and commit the result");
}

#[test]
fn what_others_left_in_generated_is_told_and_never_touched() {
    let workspace = Workspace::tide();
    workspace.run("generate").ends(0);
    workspace.write("generated/notes.txt", "mine");
    workspace
        .run("generate")
        .ends(0)
        .tells("generated/notes.txt (not written by the generator)");
    workspace
        .run("generate --check")
        .ends(1)
        .tells("generated/notes.txt");
    assert_eq!(workspace.read("generated/notes.txt"), "mine");
    // In the way of a file, it stops everything.
    std::fs::remove_file(workspace.path().join("generated/src/lib.rs")).expect("removable");
    std::fs::create_dir(workspace.path().join("generated/src/lib.rs")).expect("a folder");
    workspace.write("generated/src/lib.rs/mine.txt", "mine");
    for line in ["generate", "generate --check"] {
        workspace
            .run(line)
            .ends(2)
            .tells("generated/src/lib.rs/mine.txt");
    }
}

/// A second service with the same route, told apart by the host of its addresses.
#[test]
fn a_page_changes_the_document_of_its_own_service() {
    let workspace = Workspace::tide();
    let page = |host: &str| {
        let address = format!("https://{host}/v1/0af1/gauges/7/name");
        let page = workspace.read("pages/same.md");
        let page = page.replace("Maximum: 32 characters", "Maximum: 20 characters");
        format!(
            "{page}\n## Example Requests\n\n```\nPUT {address}\n\n{{\"name\": \"north\"}}\n```\n"
        )
    };
    workspace.write("pages/basin.md", &page("basin.north-1.example.com"));
    workspace.write("pages/nobody.md", &page("{Endpoint}"));
    // While only one of the two services is described, the other's page is not taken for its page.
    let run = workspace.run("docs patch pages/basin.md");
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    run.tells("the route of tide/RenameGauge, but it is about the service `basin`");
    let document = workspace.read("spec/tide.yaml");
    let document = document.replace("https://tide.", "https://basin.");
    workspace.write("spec/basin.yaml", &document);
    let run = workspace.run("docs patch --write pages/basin.md");
    run.ends(0);
    run.says("--- a/spec/basin.yaml");
    assert!(!run.out.contains("spec/tide.yaml"), "{}", run.out);
    assert!(workspace.read("spec/basin.yaml").contains("maxLength: 20"));
    assert!(workspace.read("spec/tide.yaml").contains("maxLength: 32"));
    // A page that does not tell is asked about.
    workspace
        .run("docs check pages/nobody.md")
        .ends(2)
        .says("fits basin/RenameGauge and tide/RenameGauge; say which with --operation");
    workspace
        .run("docs check pages/nobody.md --operation basin/RenameGauge")
        .ends(0);
}
