//! A definition and a page of one operation, named together: the definition leads, and where they
//! differ both are told and neither is followed.

use crate::support::Workspace;

const DEFINITION: &str = "definitions/rename.json";

#[test]
fn files_that_say_the_same_make_no_difference() {
    let workspace = Workspace::tide();
    for files in [[DEFINITION, "pages/same.md"], ["pages/same.md", DEFINITION]] {
        let run = workspace.run(&format!("docs check {}", files.join(" ")));
        run.ends(0);
        assert_eq!(
            run.out,
            "definitions/rename.json and pages/same.md: tide/RenameGauge (spec/tide.yaml), never \
             reviewed: no difference\n"
        );
    }
}

#[test]
fn where_they_differ_both_lines_are_shown() {
    let workspace = Workspace::tide();
    let run = workspace.run(&format!("docs check {DEFINITION} pages/moved.md"));
    run.ends(1);
    let told: Vec<&str> = run.out.lines().filter(|it| it.contains("[D")).collect();
    assert_eq!(
        told,
        [
            "difference[D0301]: the page has the status 429, the document has not",
            "difference[D0901]: the definition and the page disagree about the route of the operation: PUT /v1/{project_id}/gauges/{gauge_id}/name in the definition, PUT /v1/{project_id}/gauges/{gauge_id}/title on the page; which is right?",
            "difference[D0901]: the definition and the page disagree about the requiredness of the request field `name`: mandatory in the definition, optional on the page; which is right?",
            "difference[D0901]: the definition and the page disagree about the greatest length of the request field `name`: 32 in the definition, 16 on the page; which is right?",
            "difference[D0901]: the definition and the page disagree about the allowed values of the request field `mode`: quick, slow in the definition, quick, slow, never on the page; which is right?",
        ]
    );
    for place in ["--> definitions/rename.json:35:", "::: pages/moved.md:20:"] {
        run.says(place);
    }
    run.says("cargo codegen --root . docs accept definitions/rename.json pages/moved.md");
    workspace
        .run(&format!(
            "docs check --format github {DEFINITION} pages/moved.md"
        ))
        .says("(definitions/rename.json:35:17, pages/moved.md:20)");
    let json = workspace.run(&format!(
        "docs check --format json {DEFINITION} pages/moved.md"
    ));
    let json: serde_json::Value = serde_json::from_str(&json.out).expect("JSON");
    let page = &json["pages"][0];
    assert_eq!(
        page["files"],
        serde_json::json!([DEFINITION, "pages/moved.md"])
    );
    assert_eq!(page["differences"][2]["page"]["file"], DEFINITION);
    assert_eq!(page["differences"][2]["pageAlso"]["file"], "pages/moved.md");
}

/// The page would rename the path, loosen a requirement and shorten a length; its definition says
/// what the document says.
#[test]
fn an_error_of_the_page_becomes_no_change() {
    let workspace = Workspace::tide();
    workspace.run("generate");
    let before = workspace.read("spec/tide.yaml");
    workspace
        .run(&format!("update --write {DEFINITION} pages/moved.md"))
        .ends(1);
    let after = workspace.read("spec/tide.yaml");
    let new: Vec<&str> = after.lines().filter(|it| !before.contains(it)).collect();
    assert_eq!(new.len(), 2, "only the status that is new: {new:?}");
    assert_eq!(new[0].trim(), "'429':");
}

/// What of a page cannot be read is told, and is no reason to stop where a definition was read whole.
#[test]
fn a_page_that_is_cut_off_does_not_stop_its_definition() {
    let workspace = Workspace::tide();
    workspace.run("generate");
    workspace.edit(
        DEFINITION,
        DEFINITION,
        "\"maxLength\": 32",
        "\"maxLength\": 40",
    );
    let row = "| name | Yes | String |";
    workspace.edit(
        "pages/same.md",
        "pages/cut.md",
        row,
        "| name | Perhaps | String |",
    );
    let page = workspace
        .read("pages/cut.md")
        .replace(" Maximum: 32 characters", "");
    workspace.write("pages/cut.md", &page);
    let before = workspace.all();
    workspace.run("update --write pages/cut.md").ends(2);
    assert_eq!(workspace.all(), before);
    let files = format!("{DEFINITION} pages/cut.md");
    workspace.run(&format!("docs check {files}")).ends(2);
    workspace
        .run(&format!("update --write {files}"))
        .ends(1)
        .tells("note: pages/cut.md:")
        .tells("the definition was read whole, and is what is followed there");
    let yaml = workspace.read("spec/tide.yaml");
    assert!(yaml.contains("maxLength: 40"), "{yaml}");
}

#[test]
fn the_definition_is_followed_where_the_page_leaves_it_alone() {
    let workspace = Workspace::tide();
    let text = workspace.read(DEFINITION);
    workspace.write(
        DEFINITION,
        &text.replace("\"maxLength\": 32", "\"maxLength\": 40"),
    );
    let page = workspace.read("pages/same.md");
    workspace.write(
        "pages/same.md",
        &page.replace(" Maximum: 32 characters", ""),
    );
    workspace
        .run("docs patch definitions pages/same.md")
        .ends(0)
        .says("+                  maxLength: 40");
    // And the other way round what only the page says.
    workspace.write(DEFINITION, &text.replace(", \"maxLength\": 32", ""));
    workspace.write(
        "pages/same.md",
        &page.replace("32 characters", "48 characters"),
    );
    workspace
        .run("docs patch definitions pages/same.md")
        .says("+                  maxLength: 48");
}

#[test]
fn the_lock_records_both_files_and_a_reason_settles_what_they_dispute() {
    let workspace = Workspace::tide();
    let page = "pages/same.md";
    workspace.edit(page, page, "32 characters", "16 characters");
    let both = format!("{DEFINITION} {page}");
    let run = workspace.run(&format!("docs accept {both} --day 2026-11-21"));
    run.ends(0);
    run.says("still open: D0901");
    let on_record = "    file: [definitions/rename.json, pages/same.md]\n";
    assert!(workspace.read("spec/docs.lock").contains(on_record));
    let reason = "--reason 'The server takes 32.'";
    workspace
        .run(&format!("docs accept {both} --day 2026-11-21 {reason}"))
        .ends(0);
    workspace
        .run(&format!("docs check {both}"))
        .ends(0)
        .says("no difference, 1 on purpose");
    // Of one file alone nothing counts as gone, and the record stays that of both.
    for file in [DEFINITION, page] {
        let run = workspace.run(&format!("docs check {file}"));
        run.says("were read, and not all of that is here");
        assert!(
            !run.out.contains("vanished") && !run.out.contains("no longer"),
            "{}",
            run.out
        );
    }
    workspace.run(&format!("docs accept {DEFINITION}")).ends(0);
    assert!(workspace.read("spec/docs.lock").contains(on_record));
    workspace.run(&format!("docs check {both}")).ends(0);
}

#[test]
fn a_reason_also_settles_what_the_document_has_from_the_page() {
    let workspace = Workspace::tide();
    workspace.edit(
        DEFINITION,
        DEFINITION,
        "\"maxLength\": 32",
        "\"maxLength\": 64",
    );
    let both = format!("{DEFINITION} pages/same.md");
    workspace
        .run(&format!("docs accept {both} --reason 'The page is right.'"))
        .ends(0);
    workspace.run(&format!("docs check {both}")).ends(0);
    workspace
        .run(&format!("docs patch {both}"))
        .tells("nothing to fix");
}

#[test]
fn folders_hold_pages_and_definitions() {
    let workspace = Workspace::tide();
    std::fs::remove_file(workspace.path().join("pages/moved.md")).expect("a file");
    workspace.write("pages/deep/rename.json", &workspace.read(DEFINITION));
    workspace.write("pages/tide_RenameGauge.http.json", "{}");
    workspace.write("pages/.hidden.md", "nothing");
    workspace.write("pages/picture.png", "nothing");
    let run = workspace.run("docs check pages");
    run.ends(0);
    assert!(
        run.out
            .starts_with("pages/deep/rename.json and pages/same.md: tide/RenameGauge"),
        "{}",
        run.out
    );
}

/// Two services have the route; the page does not say which it is of, its definition does.
#[test]
fn a_definition_says_of_which_service_its_page_is() {
    let workspace = Workspace::tide();
    let tide = workspace.read("spec/tide.yaml");
    let ebb = tide
        .replace("title: Tide", "title: Ebb")
        .replace("//tide.", "//ebb.")
        .replace("tide_0007", "ebb_0007")
        .replace("RenameGauge", "NameGauge")
        .replace("description: Renaming a Gauge", "description: Naming");
    workspace.write("spec/ebb.yaml", &ebb);
    workspace.edit(
        "pages/same.md",
        "pages/same.md",
        "# Renaming a Gauge",
        "# Gauges",
    );
    workspace
        .run("docs check pages/same.md")
        .says("say which with --operation");
    workspace
        .run(&format!("docs check {DEFINITION} pages/same.md"))
        .ends(0)
        .says("and pages/same.md: tide/RenameGauge");
}

/// A definition gives the length of a field, and only prose the rules of the password in it.
#[test]
fn a_length_alone_moves_no_rules_of_a_password() {
    let workspace = Workspace::tide();
    let yaml = workspace.read("spec/tide.yaml");
    let policy = "password:\n                  type: string\n                  format: password\n                  x-password-policy: {min: 8, max: 32, classes: [lower, digit], minClasses: 2}\n                  maxLength: 32";
    let yaml = yaml.replace("- name  # always", "- password").replace(
        "name:\n                  type: string\n                  maxLength: 32",
        policy,
    );
    workspace.write("spec/tide.yaml", &yaml);
    let definition = workspace.read(DEFINITION);
    let definition = definition.replace("[\"name\"]", "[\"password\"]").replace(
        "\"name\": {\"type\": \"string\", \"maxLength\": 32}",
        "\"password\": {\"type\": \"string\", \"minLength\": 0, \"maxLength\": 64}",
    );
    workspace.write(DEFINITION, &definition);
    let page = workspace.read("pages/same.md");
    let row = "| name | Yes | String | The name from now on. Maximum: 32 characters |";
    workspace.write(
        "pages/same.md",
        &page.replace(row, "| password | Yes | String | The password. |"),
    );
    for files in [DEFINITION, "definitions/rename.json pages/same.md"] {
        workspace
            .run(&format!("docs patch {files}"))
            .tells("nothing to fix")
            .tells("a length without the other rules of a password");
    }
    // Where the page has the rules, both are shown, and nothing is left to follow.
    let rules = "| password | Yes | String | The password must contain 8 to 32 characters and at least two of lowercase letters and digits. |";
    workspace.write("pages/same.md", &page.replace(row, rules));
    let run = workspace.run(&format!("docs check {DEFINITION} pages/same.md"));
    let told: Vec<&str> = run.out.lines().filter(|it| it.contains("[D")).collect();
    assert_eq!(
        told,
        [
            "difference[D0901]: the definition and the page disagree about the least length of the request field `password`: 0 in the definition, 8 on the page; which is right?",
            "difference[D0901]: the definition and the page disagree about the greatest length of the request field `password`: 64 in the definition, 32 on the page; which is right?",
        ]
    );
}

/// The lines that tell differences, each with what is noted below it.
fn told(out: &str) -> Vec<&str> {
    let is_told = |it: &&str| it.contains("[D") || it.contains("= note: ");
    out.lines().filter(is_told).map(str::trim).collect()
}

#[test]
fn every_message_names_its_witness() {
    let workspace = Workspace::tide();
    let definition = workspace.read(DEFINITION);
    let definition = definition.replace("\"maxLength\": 32", "\"maxLength\": 40");
    workspace.write(DEFINITION, &definition);
    let page = workspace.read("pages/same.md");
    let page = page.replace(" Maximum: 32 characters", "");
    workspace.write("pages/same.md", &page.replace("| 404 |", "| 429 |"));
    let both = format!("{DEFINITION} pages/same.md");
    let run = workspace.run(&format!("docs check {both}"));
    run.says(
        "greatest length of the request field `name`: 40 in the definition, 32 in the document",
    )
    .says("the definition: 40")
    .says("following the definition is not breaking")
    .says("to follow the definition:")
    .says("the page has the status 429, the document has not")
    .says("to follow the page:");
    // A name is said where there are two of a kind.
    workspace.write("pages/other.md", &page.replace("| 404 |", "| 418 |"));
    let run = workspace.run(&format!("docs check {both} pages/other.md"));
    run.says("the page `pages/other.md` has the status 418")
        .says("the page `pages/same.md` has the status 429");
    // Of what nobody says, all are named.
    let document = workspace.read("spec/tide.yaml");
    let document = document.replace("'404':", "'409': {description: busy}\n        '404':");
    workspace.write("spec/tide.yaml", &document);
    workspace
        .run(&format!("docs check {both}"))
        .says("the document has the status 409, the definition and the page have not");
    let sarif = workspace.run(&format!("docs check --format sarif {both}"));
    sarif
        .says("\"text\": \"the definition\"")
        .says("\"startColumn\": 17");
}

/// The record has the page alone; what its definition says besides is new, and the page is as it was.
#[test]
fn a_new_definition_is_no_change_of_the_page() {
    let workspace = Workspace::tide();
    let page = "pages/same.md";
    let text = workspace.read(page);
    let open = text.replace(" Maximum: 32 characters", "");
    workspace.write(page, &open);
    workspace.run(&format!("docs accept {page} --day 2026-11-21"));
    let both = format!("{DEFINITION} {page}");
    let run = workspace.run(&format!("docs check {both}"));
    run.ends(0)
        .says("the definition is not on record yet")
        .says("no difference");
    assert!(!run.out.contains("changed"), "{}", run.out);
    workspace.edit(
        DEFINITION,
        DEFINITION,
        "\"maxLength\": 32",
        "\"maxLength\": 40",
    );
    let run = workspace.run(&format!("docs check {both}"));
    assert_eq!(
        told(&run.out),
        [
            "difference[D0207]: greatest length of the request field `name`: 40 in the definition, 32 in the document",
            "= note: the definition was not read at the review on 2026-11-21",
            "= note: following the definition is not breaking: values sent so far stay valid",
        ]
    );
    // What did change is told as that.
    workspace.write(page, &open.replace("| 404 |", "| 429 |"));
    workspace
        .run(&format!("docs check {both}"))
        .says("the page changed: when it was reviewed on 2026-11-21, it did not have it");
    workspace.write(page, &open);
    // The definition alone takes nothing of the page away.
    let run = workspace.run(&format!("docs check {DEFINITION}"));
    run.says("pages/same.md was read, and not all of that is here");
    assert!(!run.out.contains("no longer"), "{}", run.out);
    workspace.run(&format!("docs accept {both} --day 2026-11-22"));
    let run = workspace.run(&format!("docs check {both}"));
    assert!(!run.out.contains("not on record yet"), "{}", run.out);
}

/// Only one of two files changed, and both are shown.
#[test]
fn who_of_two_changed_is_told() {
    let page = "pages/same.md";
    let both = format!("{DEFINITION} {page}");
    let row = "| mode | No | String | How fast. The value can be quick or slow. |\n";
    let cases = [
        (
            DEFINITION,
            "\"maxLength\": 32",
            "\"maxLength\": 40",
            "the definition changed: when it was reviewed on 2026-11-21, it said 32",
        ),
        (
            page,
            "32 characters",
            "40 characters",
            "the page changed: when it was reviewed on 2026-11-21, it said 32",
        ),
        (
            DEFINITION,
            "\"required\": [\"name\"]",
            "\"required\": [\"mode\"]",
            "the definition changed: when it was reviewed on 2026-11-21, it said required",
        ),
        (
            page,
            row,
            "| mode | No | String | How fast. The value can be quick or slow. |\n| note | No | String | More. |\n",
            "the page changed: when it was reviewed on 2026-11-21, it did not have it",
        ),
        (
            DEFINITION,
            ",\n                \"mode\": {\"$ref\": \"#/definitions/Mode\"}",
            "",
            "the definition changed: when it was reviewed on 2026-11-21, it had it",
        ),
        (
            DEFINITION,
            "\"200\": {",
            "\"202\": {",
            "the definition changed: when it was reviewed on 2026-11-21, it did not have it",
        ),
        (
            DEFINITION,
            "/name\": {",
            "/title\": {",
            "the definition changed: when it was reviewed on 2026-11-21, it said PUT",
        ),
        (
            page,
            "| 200 |",
            "| 202 |",
            "the page changed: when it was reviewed on 2026-11-21, it had it",
        ),
    ];
    for (file, old, new, who) in cases {
        let workspace = Workspace::tide();
        workspace
            .run(&format!("docs accept {both} --day 2026-11-21"))
            .ends(0);
        workspace.edit(file, file, old, new);
        let run = workspace.run(&format!("docs check {both}"));
        run.ends(1)
            .says("the definition and the page disagree about")
            .says(who);
        assert!(!run.out.contains("without differing"), "{new}: {}", run.out);
        workspace
            .run(&format!("docs patch {both}"))
            .tells("nothing to fix");
    }
}

/// The definition calls a field otherwise, or has it in an object, and the page and the document as
/// before: nothing is written beside what is there.
#[test]
fn what_may_be_another_name_is_not_written_beside_the_old_one() {
    let mode = "\"mode\": {\"$ref\": \"#/definitions/Mode\"}";
    for new in [
        "\"rename_mode\": {\"$ref\": \"#/definitions/Mode\"}",
        "\"how\": {\"type\": \"object\", \"properties\": {\"mode\": {\"$ref\": \"#/definitions/Mode\"}}}",
    ] {
        let workspace = Workspace::tide();
        workspace.edit(DEFINITION, DEFINITION, mode, new);
        workspace
            .run(&format!("docs patch {DEFINITION} pages/same.md"))
            .tells("nothing to fix")
            .tells("the request field `mode` ");
        // Who has decided between the two may follow the definition.
        let about = "contradiction body parameter mode/present";
        workspace
            .run(&format!("docs patch {DEFINITION} pages/same.md"))
            .tells(format!("reason for `{about}`"));
        let reason = format!("--fact '{about}' --reason 'The page is late.'");
        workspace
            .run(&format!("docs accept {DEFINITION} pages/same.md {reason}"))
            .ends(0);
        workspace
            .run(&format!("docs patch {DEFINITION} pages/same.md"))
            .tells("can be fixed");
    }
}

/// A reason for who is right is none for the two the other way round, and hides nothing that it
/// brought up.
#[test]
fn a_settled_dispute_stays_settled_and_no_more() {
    let workspace = Workspace::tide();
    let page = "pages/same.md";
    let both = format!("{DEFINITION} {page}");
    let accept = format!("docs accept {both} --day 2026-11-21 --reason 'It is so.'");
    workspace.edit(
        DEFINITION,
        DEFINITION,
        "\"name\": {\"type\": \"string\", \"maxLength\": 32}",
        "\"name\": {\"type\": \"integer\", \"maximum\": 9}",
    );
    // With its type the bound of a field comes up, which has a reason of its own.
    for code in [1, 0] {
        workspace.run(&accept).ends(0);
        workspace.run(&format!("docs check {both}")).ends(code);
    }
    workspace.edit(
        DEFINITION,
        DEFINITION,
        "\"integer\", \"maximum\": 9",
        "\"string\", \"maxLength\": 32",
    );
    workspace.edit(
        page,
        page,
        "| name | Yes | String |",
        "| name | Yes | Integer |",
    );
    workspace
        .run(&format!("docs check {both}"))
        .ends(1)
        .says("String in the definition, Integer on the page");
}
