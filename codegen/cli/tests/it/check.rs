//! `docs read`, `docs check` and `docs accept`, run as people run them.

use crate::support::{Workspace, expect, here, repository, run_in};

#[test]
fn pages_that_say_the_same_make_no_difference() {
    let workspace = Workspace::tide();
    let run = workspace.run("docs check pages/same.md");
    run.ends(0);
    assert_eq!(
        run.out,
        "pages/same.md: tide/RenameGauge (spec/tide.yaml), never reviewed: no difference\n"
    );
}

/// The five operations of this project, on pages of its own words with the facts of the vendor's.
#[test]
fn the_projects_documents_deviate_only_on_purpose() {
    let pages = here().join("pages");
    let pages = pages.to_str().expect("a path of plain text");
    let run = run_in(
        &repository(),
        &format!("docs check --format json --all '{pages}'"),
    );
    run.ends(0);
    let json: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(json["summary"]["open"], 0);
    for page in json["pages"].as_array().expect("pages") {
        // The review was of the vendor's words.
        for note in page["notes"].as_array().expect("notes") {
            let note = note.as_str().expect("a note");
            assert!(
                note.starts_with("many of its words are other"),
                "{}: {note}",
                page["file"]
            );
        }
        for difference in page["differences"].as_array().expect("differences") {
            let reason = difference["reason"].as_str();
            assert!(reason.is_some_and(|it| it.len() > 20));
        }
    }
}

/// Each form of the report, as a person has read and approved it. `UPDATE_EXPECTED=1` writes anew.
#[test]
fn reports_are_as_they_were_approved() {
    let workspace = Workspace::tide();
    for (line, code, name) in [
        ("check", 1, "check.txt"),
        ("check --format json", 1, "check.json"),
        ("check --format sarif", 1, "check.sarif"),
        ("check --format github", 1, "check.github"),
        ("read", 0, "read.txt"),
        ("read --format json", 0, "read.json"),
        ("patch", 0, "patch.diff"),
    ] {
        let run = workspace.run(&format!("docs {line} pages/moved.md"));
        expect(name, &run.ends(code).out);
    }
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_goes_on() {
    let workspace = Workspace::tide();
    workspace.write("pages/empty.md", " \n");
    workspace.write("pages/nul.md", "a\0b");
    workspace.write("nothing/tide_Set.http.json", "{}");
    workspace
        .run("docs read pages/none.md nothing pages/empty.md pages/nul.md pages/same.md")
        .ends(2)
        .tells("error: pages/none.md: cannot be read: it is not there; look at its name")
        .tells("error: nothing: is a folder without a page in it; the names of pages end in .html,")
        .tells("error: pages/empty.md: is empty; save the page again\n")
        .tells("error: pages/nul.md: ")
        .says("PUT /v1/{project_id}/gauges/{gauge_id}/name");

    workspace
        .run("docs check pages/none.md pages/same.md")
        .ends(2)
        .says("error: pages/none.md: cannot be read: it is not there")
        .says("pages/same.md: tide/RenameGauge");
}

#[test]
fn a_page_needs_one_operation() {
    let workspace = Workspace::tide();
    workspace.write("pages/other.md", "# Other\n\n## URI\n\nGET /v3/moons\n");
    workspace
        .run("docs check pages/other.md")
        .ends(2)
        .says("(it names GET /v3/moons); add the operation to a document first");

    let again = workspace
        .read("spec/tide.yaml")
        .replace("RenameGauge", "NameGauge")
        .replace("Renaming a Gauge", "x")
        .replace("tide_0007", "y");
    workspace.write("spec/ebb.yaml", &again);
    workspace.edit(
        "pages/same.md",
        "pages/plain.md",
        "Renaming a Gauge",
        "A Page",
    );
    workspace
        .run("docs check pages/plain.md")
        .ends(2)
        .says("this file fits ebb/NameGauge and tide/RenameGauge; say which with --operation");
    workspace
        .run("docs check pages/plain.md --operation ebb/NameGauge")
        .ends(0);
    workspace
        .run("docs check pages/plain.md --operation ebb/Nobody")
        .ends(2)
        .says("there is no operation `ebb/Nobody`");
}

#[test]
fn a_further_route_is_told_and_can_be_recorded() {
    let workspace = Workspace::tide();
    workspace.run("docs accept pages/same.md").ends(0);
    let newer = "PUT /v2/{project_id}/gauges/{gauge_id}/name\n\nPUT /v1/";
    workspace.edit("pages/same.md", "pages/new.md", "PUT /v1/", newer);
    let run = workspace.run("docs check pages/new.md");
    run.ends(1);
    for part in [
        "difference[D0104]: further routes of the operation: PUT /v2/{project_id}/gauges/{gauge_id}/name on the page",
        "--> pages/new.md:5:1",
        "docs accept pages/new.md --fact operation/routes --reason '…'",
    ] {
        run.says(part);
    }
    workspace
        .run("docs patch pages/new.md")
        .ends(1)
        .tells("for people to decide");
    let run = workspace.run("docs accept pages/new.md");
    run.says("1 fact new or changed on record");
    workspace.run("docs check pages/new.md").ends(0);
}

#[test]
fn reviews_that_belong_to_nothing_are_named() {
    let workspace = Workspace::tide();
    workspace.run("docs accept pages/same.md").ends(0);
    let run = workspace.run("docs check pages/same.md");
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let lock = workspace.read("spec/docs.lock");
    let (head, review) = lock.split_once("  tide/RenameGauge:").expect("the review");
    let review = review.replace("...\n", "");
    workspace.write(
        "spec/docs.lock",
        &format!("{head}  tide/NameGauge:{review}  tide/RenameGauge:{review}...\n"),
    );
    let run = workspace.run("docs check --format json pages/same.md");
    run.ends(0);
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
    workspace
        .run("docs check ./-moved.md --operation tide/RenameGauge")
        .says(" cargo codegen --root . docs patch ./-moved.md --operation tide/RenameGauge\n");
    workspace
        .run("docs check -- -moved.md")
        .says(" cargo codegen --root . docs patch ./-moved.md\n");
}

#[test]
fn a_page_of_no_call_is_none_whatever_it_is_called() {
    let workspace = Workspace::tide();
    let page = "tide_RenameGauge.md";
    workspace.write(page, "# Renaming a Gauge\n\nEnter your name to go on.\n");
    let why = "not the page of an API call";
    workspace
        .run("docs check tide_RenameGauge.md")
        .ends(2)
        .says(why);
    for line in [
        "docs accept tide_RenameGauge.md --operation tide/RenameGauge",
        "docs patch tide_RenameGauge.md",
        "update tide_RenameGauge.md",
    ] {
        workspace.run(line).ends(2).tells(why);
    }
    assert_eq!(workspace.read("spec/docs.lock"), "");
}

#[test]
fn a_reason_on_record_settles_a_difference() {
    let workspace = Workspace::tide();
    let run = workspace.run(
        "docs accept pages/moved.md --day 2026-11-21 --fact 'body name/length.max' \
         --reason 'Longer names work.'",
    );
    run.ends(0);
    run.says("on purpose now: body name/length.max");
    run.says("still open: D0101 operation/route");
    let run = workspace.run("docs check pages/moved.md");
    run.ends(1);
    assert!(!run.out.contains("D0207"), "{}", run.out);
    run.says("why the document differs is not on record");

    workspace
        .run("docs accept pages/moved.md --day 2026-11-22 --reason 'Not in our release yet.'")
        .ends(0);
    workspace
        .run("docs check pages/moved.md")
        .ends(0)
        .says("reviewed 2026-11-22: no difference, 5 on purpose");
    workspace
        .run("docs check --all pages/moved.md")
        .says("on purpose: Longer names work.");

    // The page goes back: what was on purpose is none any more, and nothing is open but what flips.
    workspace
        .run("docs check pages/same.md")
        .ends(0)
        .says("the deviation on record for `body name/length.max` is not one any more");
}

#[test]
fn what_makes_no_sense_is_not_recorded() {
    let workspace = Workspace::tide();
    for (words, message) in [
        (
            "--fact 'body mode/type' --reason x",
            "`body mode/type` does not differ",
        ),
        ("--fact mode --reason x", "not the name of a fact"),
        ("--fact 'body name/length.max'", "--reason"),
        ("--reason ' '", "a reason has to say something"),
        ("--day 2026-02-30", "not a day"),
    ] {
        workspace
            .run(&format!("docs accept pages/moved.md {words}"))
            .ends(2)
            .tells(message);
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
    workspace
        .run("docs check pages/same.md")
        .ends(2)
        .tells("spec/docs.lock:5:5")
        .tells("did you mean `reviewed`?");
}

#[test]
fn a_fact_that_flips_is_pending_until_it_was_seen_twice() {
    let workspace = Workspace::tide();
    workspace
        .run("docs accept pages/same.md --day 2026-11-20")
        .ends(0);
    workspace.edit(
        "pages/same.md",
        "pages/flip.md",
        "| mode | No |",
        "| mode | Yes |",
    );
    let before = workspace.read("spec/docs.lock");
    workspace
        .run("docs check pages/flip.md")
        .ends(1)
        .says("pending[D0203]");
    let run = workspace.run("docs patch --confirm pages/flip.md");
    run.ends(1).tells("pending until it was seen a second time");
    assert_eq!(
        (run.out.as_str(), workspace.read("spec/docs.lock")),
        ("", before)
    );
    for (day, found) in [("21", "pending"), ("21", "pending"), ("22", "difference")] {
        let look = format!("docs check --confirm --day 2026-11-{day} pages/flip.md");
        workspace.run(&look).ends(1).says(format!("{found}[D0203]"));
    }
    workspace
        .run("docs patch pages/flip.md")
        .says("+                - mode");
}

#[test]
fn a_page_that_lost_much_is_recorded_only_by_name() {
    let workspace = Workspace::tide();
    workspace
        .run("docs accept pages/same.md --day 2026-11-20")
        .ends(0);
    let before = workspace.read("spec/docs.lock");
    let page = workspace.read("pages/same.md");
    let (head, _) = page.split_once("## Request").expect("a section");
    workspace.write("pages/cut.md", &format!("{head}## Status Codes\n\n| Status Code | Description |\n| --- | --- |\n| 200 | Done. |\n"));
    let run = workspace.run("docs accept pages/cut.md --day 2026-11-20");
    run.ends(2);
    let gone =
        "--accept-removal 'body mode' --accept-removal 'body name' --accept-removal 'status 404'";
    run.tells(gone);
    assert_eq!(workspace.read("spec/docs.lock"), before);
    workspace
        .run(&format!("docs accept pages/cut.md --day 2026-11-20 {gone}"))
        .ends(0);
    workspace
        .run("docs accept pages/cut.md --accept-removal 'body it'")
        .tells("`body it/present` is not gone: nothing is");
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
    workspace
        .run("docs read pages/rules.md")
        .says(" not historical");
    let shown = "note: pages/rules.md:21: the request field `password` must not be: historical; no keyword \
                 says so, its description has to\n";
    for _ in 0..2 {
        let run = workspace.run("docs check pages/rules.md");
        run.says(shown);
        workspace.run("docs accept pages/rules.md").ends(0);
    }
}

#[test]
fn no_documents_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    run_in(folder.path(), "docs check x.md")
        .ends(2)
        .tells("spec");
    std::fs::create_dir(folder.path().join("spec")).expect("a folder");
    run_in(folder.path(), "docs check x.md").tells("there is no document in");
    std::fs::write(folder.path().join("spec/a.yaml"), "a: [").expect("a file");
    run_in(folder.path(), "docs check x.md")
        .ends(2)
        .tells("spec/a.yaml");
}
