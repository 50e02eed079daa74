//! `docs read`, `docs check` and `docs accept`, run as people run them.

use crate::support::{Workspace, expect, here, repository, run_in};

#[test]
fn pages_that_say_the_same_make_no_difference() {
    let workspace = Workspace::tide();
    let run = workspace.run(&["docs", "check", "pages/same.md"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(
        run.out,
        "pages/same.md: tide/RenameGauge (spec/tide.yaml), never reviewed: no difference\n"
    );
}

/// The five operations of this project, on pages of its own words with the facts of the vendor's.
#[test]
fn the_projects_documents_deviate_only_on_purpose() {
    let pages = ["bms.txt", "cbh.txt", "dcs.md", "dws.txt", "ecs.md"].map(|name| {
        let path = here().join("pages").join(name);
        path.to_str().expect("a path of plain text").to_owned()
    });
    let mut words = vec!["docs", "check", "--format", "json", "--all"];
    words.extend(pages.iter().map(String::as_str));
    let run = run_in(&repository(), &words);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["summary"]["open"], 0);
    for page in json["pages"].as_array().expect("pages") {
        assert_eq!(page["notes"], serde_json::json!([]), "{}", page["file"]);
        for difference in page["differences"].as_array().expect("differences") {
            assert!(
                difference["reason"]
                    .as_str()
                    .is_some_and(|it| it.len() > 20)
            );
        }
    }
}

/// Each form of the report, as a person has read and approved it. `UPDATE_EXPECTED=1` writes anew.
#[test]
fn reports_are_as_they_were_approved() {
    let workspace = Workspace::tide();
    for (format, name) in [
        ("text", "check.txt"),
        ("json", "check.json"),
        ("sarif", "check.sarif"),
        ("github", "check.github"),
    ] {
        let run = workspace.run(&["docs", "check", "--format", format, "pages/moved.md"]);
        assert_eq!(run.code, 1, "{}", run.err);
        expect(name, &run.out);
    }
    expect(
        "read.txt",
        &workspace.run(&["docs", "read", "pages/moved.md"]).out,
    );
    let json = workspace.run(&["docs", "read", "--format", "json", "pages/moved.md"]);
    expect("read.json", &json.out);
    expect(
        "patch.diff",
        &workspace.run(&["docs", "patch", "pages/moved.md"]).out,
    );
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_goes_on() {
    let workspace = Workspace::tide();
    workspace.write("pages/empty.md", " \n");
    workspace.write("pages/nul.md", "a\0b");
    workspace.write("nothing/tide_Set.http.json", "{}");
    let run = workspace.run(&[
        "docs",
        "read",
        "pages/none.md",
        "nothing",
        "pages/empty.md",
        "pages/nul.md",
        "pages/same.md",
    ]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("error: pages/none.md: is not there\n"),
        "{}",
        run.err
    );
    assert!(
        run.err
            .contains("error: nothing: is a folder without a page in it\n"),
        "{}",
        run.err
    );
    assert!(
        run.err
            .contains("error: pages/empty.md: is empty; save the page again\n"),
        "{}",
        run.err
    );
    assert!(run.err.contains("error: pages/nul.md: "), "{}", run.err);
    assert!(
        run.out
            .contains("PUT /v1/{project_id}/gauges/{gauge_id}/name"),
        "{}",
        run.out
    );

    let run = workspace.run(&["docs", "check", "pages/none.md", "pages/same.md"]);
    assert_eq!(run.code, 2);
    assert!(
        run.out.contains("error: pages/none.md: is not there"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("pages/same.md: tide/RenameGauge"),
        "{}",
        run.out
    );
}

#[test]
fn a_page_needs_one_operation() {
    let workspace = Workspace::tide();
    workspace.write("pages/other.md", "# Other\n\n## URI\n\nGET /v3/moons\n");
    let run = workspace.run(&["docs", "check", "pages/other.md"]);
    assert_eq!(run.code, 2);
    assert!(
        run.out
            .contains("(it names GET /v3/moons); add the operation to a document first"),
        "{}",
        run.out
    );

    let again = workspace
        .read("spec/tide.yaml")
        .replace("RenameGauge", "NameGauge")
        .replace("Renaming a Gauge", "x")
        .replace("tide_0007", "y");
    workspace.write("spec/ebb.yaml", &again);
    workspace.write(
        "pages/plain.md",
        &workspace
            .read("pages/same.md")
            .replace("Renaming a Gauge", "A Page"),
    );
    let run = workspace.run(&["docs", "check", "pages/plain.md"]);
    assert_eq!(run.code, 2);
    assert!(
        run.out.contains(
            "this page fits ebb/NameGauge and tide/RenameGauge; say which with --operation"
        ),
        "{}",
        run.out
    );
    let run = workspace.run(&[
        "docs",
        "check",
        "pages/plain.md",
        "--operation",
        "ebb/NameGauge",
    ]);
    assert_eq!(run.code, 0, "{}", run.out);
    let run = workspace.run(&[
        "docs",
        "check",
        "pages/plain.md",
        "--operation",
        "ebb/Nobody",
    ]);
    assert_eq!(run.code, 2);
    assert!(
        run.out.contains("there is no operation `ebb/Nobody`"),
        "{}",
        run.out
    );
}

#[test]
fn a_further_route_is_told_and_can_be_recorded() {
    let workspace = Workspace::tide();
    assert_eq!(workspace.run(&["docs", "accept", "pages/same.md"]).code, 0);
    workspace.write(
        "pages/new.md",
        &workspace.read("pages/same.md").replace(
            "PUT /v1/",
            "PUT /v2/{project_id}/gauges/{gauge_id}/name\n\nPUT /v1/",
        ),
    );
    let run = workspace.run(&["docs", "check", "pages/new.md"]);
    assert_eq!(run.code, 1, "{}", run.out);
    for part in [
        "difference[D0104]: further routes of the operation: PUT /v2/{project_id}/gauges/{gauge_id}/name on the page",
        "--> pages/new.md:5:1",
        "docs accept pages/new.md --fact operation/routes --reason '…'",
    ] {
        assert!(run.out.contains(part), "{}", run.out);
    }
    let run = workspace.run(&["docs", "patch", "pages/new.md"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("for people to decide"), "{}", run.err);
    let run = workspace.run(&["docs", "accept", "pages/new.md"]);
    assert!(
        run.out.contains("1 fact new or changed on record"),
        "{}",
        run.out
    );
    assert_eq!(workspace.run(&["docs", "check", "pages/new.md"]).code, 0);
}

#[test]
fn reviews_that_belong_to_nothing_are_named() {
    let workspace = Workspace::tide();
    assert_eq!(workspace.run(&["docs", "accept", "pages/same.md"]).code, 0);
    let run = workspace.run(&["docs", "check", "pages/same.md"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let lock = workspace.read("spec/docs.lock");
    let (head, review) = lock.split_once("  tide/RenameGauge:").expect("the review");
    let review = review.replace("...\n", "");
    workspace.write(
        "spec/docs.lock",
        &format!("{head}  tide/NameGauge:{review}  tide/RenameGauge:{review}...\n"),
    );
    let run = workspace.run(&["docs", "check", "--format", "json", "pages/same.md"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.starts_with(
            "note: spec/docs.lock has reviews of operations that no document has: tide/NameGauge; "
        ),
        "{}",
        run.err
    );
}

#[test]
fn printed_commands_can_be_pasted() {
    let workspace = Workspace::tide();
    workspace.write("-moved.md", &workspace.read("pages/moved.md"));
    let run = workspace.run(&[
        "docs",
        "check",
        "./-moved.md",
        "--operation",
        "tide/RenameGauge",
    ]);
    let patch = " cargo codegen --root . docs patch ./-moved.md --operation tide/RenameGauge\n";
    assert!(run.out.contains(patch), "{}", run.out);
    let run = workspace.run(&["docs", "check", "--", "-moved.md"]);
    let patch = " cargo codegen --root . docs patch ./-moved.md\n";
    assert!(run.out.contains(patch), "{}", run.out);
}

#[test]
fn a_page_of_no_call_is_none_whatever_it_is_called() {
    let workspace = Workspace::tide();
    let page = "pages/tide_RenameGauge.md";
    workspace.write(page, "# Renaming a Gauge\n\nEnter your name to go on.\n");
    for words in [
        vec!["docs", "check", page],
        vec!["docs", "accept", page, "--operation", "tide/RenameGauge"],
        vec!["docs", "patch", page],
        vec!["update", page],
    ] {
        let run = workspace.run(&words);
        assert_eq!(run.code, 2, "{words:?}");
        assert!(
            format!("{}{}", run.out, run.err).contains("not the page of an API call"),
            "{words:?}: {}{}",
            run.out,
            run.err
        );
    }
    assert_eq!(workspace.read("spec/docs.lock"), "");
}

#[test]
fn a_reason_on_record_settles_a_difference() {
    let workspace = Workspace::tide();
    let page = "pages/moved.md";
    let run = workspace.run(&[
        "docs",
        "accept",
        page,
        "--day",
        "2026-11-21",
        "--fact",
        "body name/length.max",
        "--reason",
        "Longer names work.",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.contains("on purpose now: body name/length.max"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("still open: D0101 operation/route"),
        "{}",
        run.out
    );
    let run = workspace.run(&["docs", "check", page]);
    assert_eq!(run.code, 1);
    assert!(!run.out.contains("D0207"), "{}", run.out);
    assert!(
        run.out
            .contains("why the document differs is not on record"),
        "{}",
        run.out
    );

    let run = workspace.run(&[
        "docs",
        "accept",
        page,
        "--day",
        "2026-11-22",
        "--reason",
        "Not in our release yet.",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = workspace.run(&["docs", "check", page]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(
        run.out
            .contains("reviewed 2026-11-22: no difference, 5 on purpose"),
        "{}",
        run.out
    );
    let run = workspace.run(&["docs", "check", "--all", page]);
    assert!(
        run.out.contains("on purpose: Longer names work."),
        "{}",
        run.out
    );

    // The page goes back: what was on purpose is none any more, and nothing is open but what flips.
    let run = workspace.run(&["docs", "check", "pages/same.md"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(
        run.out
            .contains("the deviation on record for `body name/length.max` is not one any more"),
        "{}",
        run.out
    );
}

#[test]
fn what_makes_no_sense_is_not_recorded() {
    let workspace = Workspace::tide();
    let page = "pages/moved.md";
    for (words, message) in [
        (
            vec!["--fact", "body mode/type", "--reason", "x"],
            "`body mode/type` does not differ",
        ),
        (
            vec!["--fact", "mode", "--reason", "x"],
            "not the name of a fact",
        ),
        (vec!["--fact", "body name/length.max"], "--reason"),
        (vec!["--reason", " "], "a reason has to say something"),
        (vec!["--day", "2026-02-30"], "not a day"),
    ] {
        let mut all = vec!["docs", "accept", page];
        all.extend(words);
        let run = workspace.run(&all);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(run.err.contains(message), "{}", run.err);
    }
    assert_eq!(workspace.read("spec/docs.lock"), "");
}

#[test]
fn a_lock_with_a_mistake_is_told_with_its_line() {
    let workspace = Workspace::tide();
    workspace.write(
        "spec/docs.lock",
        "version: 1\noperations:\n  tide/RenameGauge:\n    page: x\n    reviewd: '2026-11-21'\n...\n",
    );
    let run = workspace.run(&["docs", "check", "pages/same.md"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("spec/docs.lock:5:5"), "{}", run.err);
    assert!(run.err.contains("did you mean `reviewed`?"), "{}", run.err);
}

#[test]
fn a_fact_that_flips_is_pending_until_it_was_seen_twice() {
    let workspace = Workspace::tide();
    let accept = ["docs", "accept", "pages/same.md", "--day", "2026-11-20"];
    assert_eq!(workspace.run(&accept).code, 0);
    workspace.write(
        "pages/flip.md",
        &workspace
            .read("pages/same.md")
            .replace("| mode | No |", "| mode | Yes |"),
    );
    let run = workspace.run(&["docs", "check", "pages/flip.md"]);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("pending[D0203]"), "{}", run.out);
    let before = workspace.read("spec/docs.lock");
    let run = workspace.run(&["docs", "patch", "pages/flip.md"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""));
    assert!(
        run.err.contains("pending until it was seen a second time"),
        "{}",
        run.err
    );
    assert_eq!(
        workspace.read("spec/docs.lock"),
        before,
        "looking alone writes nothing"
    );

    let look = |day| ["docs", "check", "--confirm", "--day", day, "pages/flip.md"];
    let dry = ["docs", "patch", "--confirm", "pages/flip.md"];
    assert_eq!(workspace.run(&dry).code, 1);
    assert_eq!(workspace.read("spec/docs.lock"), before, "a dry run");
    for what in ["the first look", "the same file again"] {
        let run = workspace.run(&look("2026-11-21"));
        assert!(run.out.starts_with("pending[D0203]"), "{what}: {}", run.out);
        assert_ne!(workspace.read("spec/docs.lock"), before);
    }
    let run = workspace.run(&look("2026-11-22"));
    assert!(run.out.starts_with("difference[D0203]"), "{}", run.out);
    assert!(
        run.out
            .contains("the page changed: when it was reviewed on 2026-11-20, it said optional"),
        "{}",
        run.out
    );
    let run = workspace.run(&["docs", "patch", "pages/flip.md"]);
    assert!(run.out.contains("+                - mode"), "{}", run.out);
}

#[test]
fn a_page_that_lost_much_is_recorded_only_by_name() {
    let workspace = Workspace::tide();
    let accept = ["docs", "accept", "--day", "2026-11-20"];
    let run = workspace.run(&[&accept[..], &["pages/same.md"]].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    let before = workspace.read("spec/docs.lock");
    let page = workspace.read("pages/same.md");
    let (head, _) = page.split_once("## Request").expect("a section");
    workspace.write("pages/cut.md", &format!("{head}## Status Codes\n\n| Status Code | Description |\n| --- | --- |\n| 200 | Done. |\n"));
    let run = workspace.run(&[&accept[..], &["pages/cut.md"]].concat());
    assert_eq!(run.code, 2, "{}", run.out);
    let gone = ["body name", "body mode", "status 404"];
    for name in gone {
        assert!(
            run.err.contains(&format!("--accept-removal '{name}'")),
            "{}",
            run.err
        );
    }
    assert_eq!(workspace.read("spec/docs.lock"), before);
    let named = gone.iter().flat_map(|it| ["--accept-removal", it]);
    let words: Vec<&str> = accept
        .into_iter()
        .chain(["pages/cut.md"])
        .chain(named)
        .collect();
    let run = workspace.run(&words);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = workspace.run(&[
        "docs",
        "accept",
        "pages/cut.md",
        "--accept-removal",
        "body it",
    ]);
    assert!(
        run.err
            .contains("`body it/present` is not gone: nothing is"),
        "{}",
        run.err
    );
}

/// What documents have no word for is shown by both, before a review and after.
#[test]
fn what_no_keyword_says_is_shown_by_read_and_check() {
    let workspace = Workspace::tide();
    let row = "| password | No | String | The password must contain 8 to 20 characters and at least 3 of the \
               following types: uppercase letters, lowercase letters, digits, and special characters (!#). \
               It cannot be the same as the old password. |";
    let page = workspace.read("pages/same.md");
    let page = page.replace("| mode | No", &format!("{row}\n| mode | No"));
    workspace.write("pages/rules.md", &page);
    let run = workspace.run(&["docs", "read", "pages/rules.md"]);
    assert!(run.out.contains(" not historical"), "{}", run.out);
    let shown = "note: pages/rules.md:21: the request field `password` must not be: historical; no keyword \
                 says so, its description has to\n";
    for _ in 0..2 {
        let run = workspace.run(&["docs", "check", "pages/rules.md"]);
        assert!(run.out.contains(shown), "{}", run.out);
        assert_eq!(workspace.run(&["docs", "accept", "pages/rules.md"]).code, 0);
    }
}

#[test]
fn no_documents_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = run_in(folder.path(), &["docs", "check", "x.md"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("spec"), "{}", run.err);
    std::fs::create_dir(folder.path().join("spec")).expect("a folder");
    let run = run_in(folder.path(), &["docs", "check", "x.md"]);
    assert!(run.err.contains("there is no document in"), "{}", run.err);
    std::fs::write(folder.path().join("spec/a.yaml"), "a: [").expect("a file");
    let run = run_in(folder.path(), &["docs", "check", "x.md"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("spec/a.yaml"), "{}", run.err);
}
