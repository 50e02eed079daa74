//! A definition and a page of one operation, named together: the definition leads, and where they
//! differ both are told and neither is followed.

use crate::support::Workspace;

const DEFINITION: &str = "definitions/rename.json";

#[test]
fn files_that_say_the_same_make_no_difference() {
    let workspace = Workspace::tide();
    for files in [[DEFINITION, "pages/same.md"], ["pages/same.md", DEFINITION]] {
        let run = workspace.run(&["docs", "check", files[0], files[1]]);
        assert_eq!(run.code, 0, "{}{}", run.out, run.err);
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
    let run = workspace.run(&["docs", "check", DEFINITION, "pages/moved.md"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let told: Vec<&str> = run.out.lines().filter(|it| it.contains("[D")).collect();
    assert_eq!(
        told,
        [
            "difference[D0301]: the page has the status 429, the document has not",
            "difference[D0901]: the files disagree about the route of the operation: PUT /v1/{project_id}/gauges/{gauge_id}/name in the first, PUT /v1/{project_id}/gauges/{gauge_id}/title in the other; which is right?",
            "difference[D0901]: the files disagree about the requiredness of the request field `name`: mandatory in the first, optional in the other; which is right?",
            "difference[D0901]: the files disagree about the greatest length of the request field `name`: 32 in the first, 16 in the other; which is right?",
            "difference[D0901]: the files disagree about the allowed values of the request field `mode`: quick, slow in the first, quick, slow, never in the other; which is right?",
        ]
    );
    for place in ["--> definitions/rename.json:35:", "::: pages/moved.md:20:"] {
        assert!(run.out.contains(place), "{place}\n{}", run.out);
    }
    let all = "cargo codegen --root . docs accept definitions/rename.json pages/moved.md";
    assert!(run.out.contains(all), "{}", run.out);
    let github = workspace.run(&[
        "docs",
        "check",
        "--format",
        "github",
        DEFINITION,
        "pages/moved.md",
    ]);
    assert!(
        github
            .out
            .contains("(definitions/rename.json:35, pages/moved.md:20)"),
        "{}",
        github.out
    );
    let json = workspace.run(&[
        "docs",
        "check",
        "--format",
        "json",
        DEFINITION,
        "pages/moved.md",
    ]);
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
    workspace.run(&["generate"]);
    let before = workspace.read("spec/tide.yaml");
    let run = workspace.run(&["update", "--write", DEFINITION, "pages/moved.md"]);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let after = workspace.read("spec/tide.yaml");
    let new: Vec<&str> = after.lines().filter(|it| !before.contains(it)).collect();
    assert_eq!(new.len(), 2, "only the status that is new: {new:?}");
    assert_eq!(new[0].trim(), "'429':");
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
    let run = workspace.run(&["docs", "patch", "definitions", "pages/same.md"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        run.out.contains("+                  maxLength: 40"),
        "{}",
        run.out
    );
    // And the other way round what only the page says.
    workspace.write(DEFINITION, &text.replace(", \"maxLength\": 32", ""));
    workspace.write(
        "pages/same.md",
        &page.replace("32 characters", "48 characters"),
    );
    let run = workspace.run(&["docs", "patch", "definitions", "pages/same.md"]);
    assert!(
        run.out.contains("+                  maxLength: 48"),
        "{}",
        run.out
    );
}

#[test]
fn the_lock_records_both_files_and_a_reason_settles_what_they_dispute() {
    let workspace = Workspace::tide();
    let page = workspace.read("pages/same.md");
    workspace.write(
        "pages/same.md",
        &page.replace("32 characters", "16 characters"),
    );
    let files = [DEFINITION, "pages/same.md"];
    let accept = ["docs", "accept", files[0], files[1], "--day", "2026-11-21"];
    let run = workspace.run(&accept);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("still open: D0901"), "{}", run.out);
    let lock = workspace.read("spec/docs.lock");
    assert!(
        lock.contains("    file: [definitions/rename.json, pages/same.md]\n"),
        "{lock}"
    );
    let mut words = accept.to_vec();
    words.extend(["--reason", "The server takes 32."]);
    assert_eq!(workspace.run(&words).code, 0);
    let run = workspace.run(&["docs", "check", files[0], files[1]]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        run.out.contains("no difference, 1 on purpose"),
        "{}",
        run.out
    );
    // Of one file alone nothing counts as gone, and the record stays that of both.
    for file in files {
        let run = workspace.run(&["docs", "check", file]);
        assert!(
            run.out
                .contains("were read together; what only one of them says"),
            "{}",
            run.out
        );
        assert!(
            !run.out.contains("vanished") && !run.out.contains("no longer"),
            "{}",
            run.out
        );
    }
    let run = workspace.run(&["docs", "accept", DEFINITION]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let lock = workspace.read("spec/docs.lock");
    assert!(
        lock.contains("    file: [definitions/rename.json, pages/same.md]\n"),
        "{lock}"
    );
    let run = workspace.run(&["docs", "check", files[0], files[1]]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn a_reason_also_settles_what_the_document_has_from_the_page() {
    let workspace = Workspace::tide();
    let text = workspace.read(DEFINITION);
    workspace.write(
        DEFINITION,
        &text.replace("\"maxLength\": 32", "\"maxLength\": 64"),
    );
    let files = [DEFINITION, "pages/same.md"];
    let words = [
        "docs",
        "accept",
        files[0],
        files[1],
        "--reason",
        "The page is right.",
    ];
    let run = workspace.run(&words);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let run = workspace.run(&["docs", "check", files[0], files[1]]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let run = workspace.run(&["docs", "patch", files[0], files[1]]);
    assert!(run.err.contains("nothing to fix"), "{}", run.err);
}

#[test]
fn folders_hold_pages_and_definitions() {
    let workspace = Workspace::tide();
    std::fs::remove_file(workspace.path().join("pages/moved.md")).expect("a file");
    workspace.write("pages/deep/rename.json", &workspace.read(DEFINITION));
    workspace.write("pages/tide_RenameGauge.http.json", "{}");
    workspace.write("pages/.hidden.md", "nothing");
    workspace.write("pages/picture.png", "nothing");
    let run = workspace.run(&["docs", "check", "pages"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
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
    let page = workspace.read("pages/same.md");
    workspace.write(
        "pages/same.md",
        &page.replace("# Renaming a Gauge", "# Gauges"),
    );
    let alone = workspace.run(&["docs", "check", "pages/same.md"]);
    assert!(
        alone.out.contains("say which with --operation"),
        "{}",
        alone.out
    );
    let run = workspace.run(&["docs", "check", DEFINITION, "pages/same.md"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        run.out.contains("and pages/same.md: tide/RenameGauge"),
        "{}",
        run.out
    );
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
    for files in [&[DEFINITION][..], &[DEFINITION, "pages/same.md"]] {
        let mut words = vec!["docs", "patch"];
        words.extend(files);
        let run = workspace.run(&words);
        assert!(run.err.contains("nothing to fix"), "{}{}", run.out, run.err);
        assert!(
            run.err
                .contains("a length without the other rules of a password"),
            "{}",
            run.err
        );
    }
    // Where the page has the rules, both are shown, and nothing is left to follow.
    let rules = "| password | Yes | String | The password must contain 8 to 32 characters and at least two of lowercase letters and digits. |";
    workspace.write("pages/same.md", &page.replace(row, rules));
    let run = workspace.run(&["docs", "check", DEFINITION, "pages/same.md"]);
    let told: Vec<&str> = run.out.lines().filter(|it| it.contains("[D")).collect();
    assert_eq!(
        told,
        [
            "difference[D0901]: the files disagree about the least length of the request field `password`: 0 in the first, 8 in the other; which is right?",
            "difference[D0901]: the files disagree about the greatest length of the request field `password`: 64 in the first, 32 in the other; which is right?",
        ]
    );
}
