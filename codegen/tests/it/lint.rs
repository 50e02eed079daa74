//! `docs/lint.md` says what the rules say.
//!
//! After a rule changed: `UPDATE_EXPECTED=1 cargo test -p huaweicloud-codegen --test it lint`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use huaweicloud_codegen::check::rules;
use huaweicloud_codegen::diagnostic::Rule;
use huaweicloud_codegen::policy::LEVELS_FILE;

use crate::architecture::workspace;

/// What each group of codes is about, in the order of the page.
const GROUPS: &[(&str, &str)] = &[
    ("yaml", "Reading the text"),
    ("spec", "OpenAPI"),
    ("schema", "Schemas"),
    ("secret", "Secrets"),
    ("safety", "Safety"),
    ("rust", "Rust"),
    ("extension", "Extensions of this generator"),
    ("service", "Documents beside each other"),
    ("lower", "What a client says less of"),
    ("emit", "What no code is made of"),
];

#[test]
fn the_page_of_rules_is_up_to_date() {
    let path = workspace().join("docs/lint.md");
    let page = page();
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/lint.md is out of date; UPDATE_EXPECTED=1 writes it"
    );
}

fn page() -> String {
    let mut by_group: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
    for rule in rules() {
        let (group, _) = rule.code.split_once("::").unwrap();
        by_group.entry(group).or_default().push(rule);
    }
    let mut out = intro();
    for (group, title) in GROUPS {
        let mut all = by_group.remove(group).unwrap_or_default();
        all.sort_by_key(|rule| rule.code);
        write!(out, "\n## {title}\n").unwrap();
        all.into_iter().for_each(|rule| section(rule, &mut out));
    }
    assert!(by_group.is_empty(), "no title for {by_group:?}");
    out
}

fn section(rule: &Rule, out: &mut String) {
    let Rule {
        code,
        severity,
        class,
        explanation,
        remedy,
        ..
    } = rule;
    write!(
        out,
        "\n### `{code}`\n\n*{class}, {severity}.* {explanation}\n\n{remedy}\n"
    )
    .unwrap();
    let (Some(fires), Some(silent)) = (rule.fires.first(), rule.silent.first()) else {
        return;
    };
    write!(
        out,
        "\n```yaml\n# found in\n{fires}\n# not found in\n{silent}\n```\n"
    )
    .unwrap();
}

fn intro() -> String {
    format!(
        "<!-- Written by the test of codegen/tests/it/lint.rs from the rules; do not edit. -->\n\
# What is found in documents\n\
\n\
`cargo codegen lint DOC…` says what is wrong with OpenAPI documents (3.0 and 3.1, YAML or JSON), what is\n\
unsafe in them, and what would be better otherwise for a client in Rust. Each document is looked at by\n\
itself and no code is made; `generate` says the same of the documents it reads, and what no code is made\n\
of besides.\n\
\n\
| | |\n\
|---|---|\n\
| `--format text\\|json\\|sarif\\|github` | for people, for programs, for tools that collect findings, for GitHub Actions |\n\
| `--explain CODE` | what a code means, what to do, what it looks like |\n\
| `--deny CODE\\|CLASS`, `--allow CODE\\|CLASS` | what makes the exit code 1, what is not even told |\n\
| `--levels FILE` | levels in a file, in place of the one that is found |\n\
\n\
Exit code 0: nothing was found that is denied; 1: something was; 2: a document or a file of levels could\n\
not be read.\n\
\n\
## Classes and levels\n\
\n\
A finding is of a class: *invalid*, the document contradicts the standard or itself; *lossy*, a client\n\
says less than the document; *lint*, it would be better otherwise. And it has an owner: an operation, a\n\
schema, or the document.\n\
\n\
What a finding does is its level: `deny` is an error, `warn` is told, `allow` is not. Without a word about it\n\
that is the weight of its rule, as below. Levels of one's own stand in `{LEVELS_FILE}` beside the\n\
document or in a folder above it, the nearest alone; `generate --spec` goes by the same file:\n\
\n\
```yaml\n\
lint: deny\n\
rust::no-operation-id: allow\n\
secret::in-example: warn\n\
```\n\
\n\
A code goes before its class, and the command line before the file where both say something of the same\n\
one. What cannot be read at all is an error whatever the levels say.\n"
    )
}
