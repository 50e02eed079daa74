//! `docs patch`, `update`, `generate` and `docs fetch`, run as people run them.

use std::path::{Path, PathBuf};

use crate::support::Workspace;

#[test]
fn a_patch_is_shown_then_written_and_then_there_is_none() {
    let workspace = Workspace::tide();
    let before = workspace.read("spec/tide.yaml");
    let shown = workspace.run(&["docs", "patch", "pages/moved.md"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(
        shown
            .err
            .contains("5 differences can be fixed; --write does it"),
        "{}",
        shown.err
    );
    // CommandContext are not fixed, and that is said.
    assert!(
        shown
            .err
            .contains("words are for people; read the descriptions"),
        "{}",
        shown.err
    );
    assert_eq!(workspace.read("spec/tide.yaml"), before);

    let written = workspace.run(&["docs", "patch", "--write", "pages/moved.md"]);
    assert_eq!(written.out, shown.out);
    let after = workspace.read("spec/tide.yaml");
    assert_ne!(after, before);
    let again = workspace.run(&["docs", "patch", "--write", "pages/moved.md"]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    assert_eq!(again.err, "nothing to fix\n");
    assert_eq!(workspace.read("spec/tide.yaml"), after);
    assert_eq!(workspace.run(&["docs", "check", "pages/moved.md"]).code, 0);
}

#[test]
fn what_vanished_is_asked_and_removed_once_accepted() {
    let workspace = Workspace::tide();
    assert_eq!(workspace.run(&["docs", "accept", "pages/same.md"]).code, 0);
    let page = workspace.read("pages/same.md");
    let row = page
        .lines()
        .find(|it| it.starts_with("| mode"))
        .expect("the row");
    workspace.write("pages/less.md", &page.replace(&format!("{row}\n"), ""));
    let asked = workspace.run(&["docs", "patch", "pages/less.md"]);
    assert_eq!((asked.code, asked.out.as_str()), (1, ""));
    assert!(asked.err.contains("is a question"), "{}", asked.err);
    let accepted = workspace.run(&["docs", "accept", "pages/less.md"]);
    assert!(
        accepted.out.contains("still open: D0201 body mode/present"),
        "{}",
        accepted.out
    );
    let checked = workspace.run(&["docs", "check", "pages/less.md"]);
    assert!(
        checked.out.contains(
            "it was accepted as gone; to take it out:
             cargo codegen --root . docs patch pages/less.md
           to keep it:
"
        ),
        "{}",
        checked.out
    );
    let removed = workspace.run(&["docs", "patch", "pages/less.md"]);
    assert_eq!(removed.code, 0, "{}", removed.err);
    assert!(
        removed.out.contains("-                mode:"),
        "{}",
        removed.out
    );
}

#[test]
fn an_update_is_all_or_nothing() {
    let workspace = Workspace::tide();
    assert_eq!(workspace.run(&["generate"]).code, 0);
    assert_eq!(workspace.run(&["generate", "--check"]).code, 0);
    let before = (files(&workspace, "spec"), files(&workspace, "generated"));

    let dry = workspace.run(&["update", "pages/moved.md"]);
    assert_eq!(dry.code, 0, "{}{}", dry.out, dry.err);
    for part in [
        "+  /v1/{project_id}/gauges/{gauge_id}/title:",
        "spec/: 5 differences fixed",
        "changed generated/src/tide/",
        "users: this breaks them",
        "requests would go to another address",
        "nothing was written; --write does it",
    ] {
        assert!(dry.out.contains(part), "{part}: {}", dry.out);
    }
    assert_eq!(
        (files(&workspace, "spec"), files(&workspace, "generated")),
        before
    );

    let written = workspace.run(&["update", "--write", "pages/moved.md"]);
    assert_eq!(written.code, 0, "{}", written.err);
    assert!(
        written.out.ends_with(
            "written; after a look:\n  cargo codegen --root . docs accept pages/moved.md\n"
        ),
        "{}",
        written.out
    );
    assert_ne!(files(&workspace, "spec"), before.0);
    assert_eq!(workspace.run(&["generate", "--check"]).code, 0);
    assert_eq!(workspace.run(&["docs", "check", "pages/moved.md"]).code, 0);
    let again = workspace.run(&["update", "--write", "pages/moved.md"]);
    assert!(
        again
            .out
            .contains("spec/: 0 differences fixed\ngenerated/: 0 files\nusers: nothing changes\n"),
        "{}",
        again.out
    );
}

/// The table says one type, the example another: neither is followed, and both lines are shown.
#[test]
fn what_a_page_disputes_is_asked_by_update_too() {
    let workspace = Workspace::tide();
    assert_eq!(workspace.run(&["generate"]).code, 0);
    let before = files(&workspace, "spec");
    let page = workspace.read("pages/same.md");
    let page = page.replace("| name | Yes | String |", "| name | Yes | Integer |");
    let page = format!("{page}\n## Example Requests\n\n```\n{{\"name\": \"north\"}}\n```\n");
    workspace.write("pages/torn.md", &page);
    let run = workspace.run(&["update", "--write", "pages/torn.md"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let asked = "left: tide/RenameGauge D0901 contradiction body parameter name: type/present: the page \
                 disagrees with itself about the type of the request field `name`: Integer at line 20, \
                 String at line 33; which is right?";
    assert!(run.err.contains(asked), "{}", run.err);
    assert!(
        run.out.contains("spec/: 0 differences fixed\n"),
        "{}",
        run.out
    );
    assert_eq!(files(&workspace, "spec"), before);
    let run = workspace.run(&["docs", "check", "pages/torn.md"]);
    assert_eq!(run.code, 1, "{}", run.out);
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
    for words in [&["docs", "patch"][..], &["update"]] {
        let run = workspace.run(&[words, &["pages/more.md"]].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        for ask in [
            "# ask: spec/tide.yaml:43: this text speaks of `32`; the greatest length is 16 now: is it still true?\n",
            "# ask: spec/tide.yaml:48: the request field `note` is new (pages/more.md:21): say in your own words what it is for\n",
        ] {
            assert!(run.err.contains(ask), "{}", run.err);
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
    assert_eq!(workspace.run(&["generate"]).code, 0);
    workspace.write("pages/malformed.md", &malformed(&workspace));
    let before = (files(&workspace, "spec"), files(&workspace, "generated"));
    let dry = workspace.run(&["update", "pages/malformed.md"]);
    assert_eq!(dry.code, 2, "{}{}", dry.out, dry.err);
    assert!(
        dry.out
            .contains("nothing was written, nor would --write do it before all can be read"),
        "{}",
        dry.out
    );
    for pages in [
        vec!["pages/malformed.md"],
        vec!["pages/moved.md", "pages/malformed.md"],
    ] {
        let run = workspace.run(&[vec!["update", "--confirm", "--write"], pages].concat());
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        assert!(
            run.err
                .starts_with("error: pages/malformed.md: parts of it cannot be read"),
            "{}",
            run.err
        );
        assert!(
            run.err.contains("error: nothing was changed; "),
            "{}",
            run.err
        );
        assert_eq!(
            (files(&workspace, "spec"), files(&workspace, "generated")),
            before
        );
    }
}

#[test]
fn what_pages_of_one_run_dispute_is_left() {
    let workspace = Workspace::tide();
    workspace.write(
        "pages/slow.md",
        &workspace
            .read("pages/same.md")
            .replace("Maximum: 32 characters", "Maximum: 20 characters"),
    );
    for pages in [
        ["pages/slow.md", "pages/same.md"],
        ["pages/same.md", "pages/slow.md"],
    ] {
        let run = workspace.run(&["docs", "patch", pages[0], pages[1]]);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.err);
        assert!(run.err.starts_with("nothing to fix\n"), "{}", run.err);
        for part in [
            "the pages of this run dispute it: ",
            "pages/slow.md says 20",
            "pages/same.md says 32",
        ] {
            assert!(run.err.contains(part), "{}", run.err);
        }
        let run = workspace.run(&["update", pages[0], pages[1]]);
        assert_eq!(run.code, 1, "{}", run.err);
        assert!(
            run.out.contains("spec/: 0 differences fixed\n"),
            "{}",
            run.out
        );
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
    assert_eq!(workspace.run(&["generate"]).code, 0);
    let page = workspace
        .read("pages/same.md")
        .replace("quick or slow", "quick or never");
    workspace.write("pages/less.md", &page);
    let before = (files(&workspace, "spec"), files(&workspace, "generated"));
    let run = workspace.run(&["docs", "patch", "pages/less.md"]);
    assert_eq!(run.code, 1);
    assert!(
        run.err.contains("need a hand at the lines shown"),
        "{}",
        run.err
    );
    let run = workspace.run(&["update", "--write", "pages/less.md"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.err.contains("spec/ stays as it was too"), "{}", run.err);
    assert_eq!(
        (files(&workspace, "spec"), files(&workspace, "generated")),
        before
    );
}

#[test]
fn an_update_that_cannot_be_written_leaves_the_documents() {
    let workspace = Workspace::tide();
    // A file stands where the client's folder is needed.
    workspace.write("generated/src", "in the way");
    let before = (files(&workspace, "spec"), files(&workspace, "generated"));
    let run = workspace.run(&["update", "--write", "pages/moved.md"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(run.err.contains("generated/src"), "{}", run.err);
    let after = (files(&workspace, "spec"), files(&workspace, "generated"));
    assert_eq!(after, before);
}

#[test]
fn a_change_that_no_page_made_is_not_judged() {
    let workspace = Workspace::tide();
    let run = workspace.run(&["update", "pages/same.md"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("users: not judged"), "{}", run.out);
}

#[test]
fn a_look_is_kept_only_with_what_it_led_to() {
    let workspace = Workspace::tide();
    assert_eq!(workspace.run(&["docs", "accept", "pages/same.md"]).code, 0);
    let flipped = workspace.read("pages/same.md");
    let flipped = flipped.replace("| mode | No |", "| mode | Yes |");
    workspace.write("pages/flip.md", &flipped);
    let before = workspace.read("spec/docs.lock");
    workspace.run(&["update", "--confirm", "pages/flip.md"]);
    assert_eq!(workspace.read("spec/docs.lock"), before, "a dry run");
    workspace.write("generated/src", "in the way");
    let run = workspace.run(&["update", "--confirm", "--write", "pages/flip.md"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert_eq!(workspace.read("spec/docs.lock"), before, "it failed");
}

/// Who reads the result may have seen enough before its end.
#[test]
fn a_closed_pipe_is_no_panic() {
    let workspace = Workspace::tide();
    for words in [
        vec!["docs", "read", "--format", "json", "pages/same.md"],
        vec!["docs", "check", "--format", "sarif", "pages/moved.md"],
        vec!["docs", "patch", "pages/moved.md"],
        vec!["update", "pages/moved.md"],
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_cargo-codegen"))
            .current_dir(workspace.path())
            .args(["--root", "."])
            .args(&words)
            .stdout(writer)
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("it starts")
            .wait_with_output()
            .expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(
            matches!(output.status.code(), Some(0 | 1)),
            "{words:?}: {err}"
        );
        assert!(!err.contains("panicked"), "{err}");
    }
}

#[test]
fn generation_tells_what_is_out_of_date() {
    let workspace = Workspace::tide();
    let run = workspace.run(&["generate", "--check"]);
    assert_eq!(run.code, 1);
    assert!(
        run.err
            .contains("run `cargo codegen generate` and commit the result"),
        "{}",
        run.err
    );
}

/// Everything below a folder of a workspace, to see whether anything changed.
fn files(workspace: &Workspace, folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    collect(&workspace.path().join(folder), &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let bytes = std::fs::read(&path).expect("a file");
            files.push((path, bytes));
        }
    }
}

#[test]
fn what_others_left_in_generated_is_told_and_never_touched() {
    let workspace = Workspace::tide();
    assert_eq!(workspace.run(&["generate"]).code, 0);
    workspace.write("generated/notes.txt", "mine");
    let run = workspace.run(&["generate"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err
            .contains("generated/notes.txt (not written by the generator)"),
        "{}",
        run.err
    );
    let run = workspace.run(&["generate", "--check"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains("generated/notes.txt"), "{}", run.err);
    assert_eq!(workspace.read("generated/notes.txt"), "mine");
    // In the way of a file, it stops everything.
    std::fs::remove_file(workspace.path().join("generated/src/lib.rs")).expect("removable");
    std::fs::create_dir(workspace.path().join("generated/src/lib.rs")).expect("a folder");
    workspace.write("generated/src/lib.rs/mine.txt", "mine");
    for words in [&["generate"][..], &["generate", "--check"]] {
        let run = workspace.run(words);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(
            run.err.contains("generated/src/lib.rs/mine.txt"),
            "{}",
            run.err
        );
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
    let run = workspace.run(&["docs", "patch", "pages/basin.md"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(
        run.err
            .contains("the route of tide/RenameGauge, but it is about the service `basin`"),
        "{}",
        run.err
    );
    let document = workspace.read("spec/tide.yaml");
    let document = document.replace("https://tide.", "https://basin.");
    workspace.write("spec/basin.yaml", &document);
    let run = workspace.run(&["docs", "patch", "--write", "pages/basin.md"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("--- a/spec/basin.yaml"), "{}", run.out);
    assert!(!run.out.contains("spec/tide.yaml"), "{}", run.out);
    assert!(workspace.read("spec/basin.yaml").contains("maxLength: 20"));
    assert!(workspace.read("spec/tide.yaml").contains("maxLength: 32"));
    // A page that does not tell is asked about.
    let run = workspace.run(&["docs", "check", "pages/nobody.md"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.err);
    assert!(
        run.out
            .contains("fits basin/RenameGauge and tide/RenameGauge; say which with --operation"),
        "{}",
        run.out
    );
    let words = ["docs", "check", "pages/nobody.md", "--operation"];
    let run = workspace.run(&[&words[..], &["basin/RenameGauge"]].concat());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}
