//! `docs/semver.md` says what the tables of codes say.
//!
//! After a table changed: `UPDATE_EXPECTED=1 cargo test -p huaweicloud-semver --test it docs`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use huaweicloud_semver::{rust, wire};

/// The line of the page behind which nobody writes.
const MADE: &str = "<!-- made from the tables of codes: UPDATE_EXPECTED=1 cargo test -p huaweicloud-semver --test it docs -->\n";

#[test]
fn the_page_of_codes_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/semver.md");
    let page = fs::read_to_string(&path).unwrap();
    let (written, _) = page.split_once(MADE).unwrap();
    let expected = format!("{written}{MADE}{}", tables());
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, &expected).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap() == expected,
        "docs/semver.md is out of date; UPDATE_EXPECTED=1 writes it"
    );
}

fn tables() -> String {
    let word = |it: &dyn std::fmt::Debug| format!("{it:?}").to_lowercase();
    let mut text = String::new();
    text.push_str("\n### On the wire\n\n| code | in a request | in a response | what differs |\n|---|---|---|---|\n");
    for code in wire::codes::CODES {
        let (request, response) = (word(&code.request), word(&code.response));
        let _ = writeln!(
            text,
            "| `{}` | {request} | {response} | {} |",
            code.name, code.meaning
        );
    }
    text.push_str("\n### In Rust\n\n| code | effect | what differs |\n|---|---|---|\n");
    for code in rust::CODES {
        let silent = if code.silent { ", and compiles" } else { "" };
        let effect = word(&code.effect);
        let _ = writeln!(
            text,
            "| `{}` | {effect}{silent} | {} |",
            code.code, code.meaning
        );
    }
    text
}
