//! Files that are no pages, or were made to hurt: a clear answer, and an end.

use std::fmt::Write as _;

use huaweicloud_pages::facts::ExampleBody;
use huaweicloud_pages::read;

fn refused(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).expect_err("no page").to_string()
}

#[test]
fn what_is_no_text_is_refused_with_its_place() {
    assert!(refused("a.html", b"<h1>T</h1>\n\0").contains("line 2"));
    assert!(refused("a.md", b"# T\n\nab\xff").contains("line 3: byte 3"));
    assert!(refused("a.md", b" \n").contains("empty"));
    assert!(refused("a.txt", &vec![b'a'; 5 * 1024 * 1024]).contains("at most"));
}

#[test]
fn deep_nesting_is_refused() {
    for (name, text) in [
        ("a.html", "<div>".repeat(200_000)),
        ("a.html", "<table><tr><td>".repeat(50_000)),
        (
            "a.html",
            (0..50_000).fold(String::new(), |mut out, size| {
                let _ = write!(out, "<font size={size}>");
                out
            }),
        ),
        ("a.md", "> ".repeat(50_000) + "x\n"),
        ("a.json", "{\"a\":".repeat(500_000)),
    ] {
        let error = refused(name, text.as_bytes());
        assert!(error.contains("deep"), "{error}");
    }
}

#[test]
fn too_many_tables_or_rows_are_refused() {
    let tables = "<table><tr><td>a</td><td>b</td></tr></table>".repeat(3_000);
    assert!(refused("a.html", tables.as_bytes()).contains("3000"));
    let rows = format!("# T\n\n|a|b|\n|-|-|\n{}", "|x|y|\n".repeat(30_000));
    assert!(refused("a.md", rows.as_bytes()).contains("30000"));
}

/// How the work grows with a page of such a shape is counted where the readers are.
#[test]
fn what_is_never_closed_gives_no_facts_and_is_told() {
    let listing = |text: &str| format!("# T\n\n## Example Request\n\n```\n{text}");
    let gauge = "{\"gauge\": [";
    for (name, text) in [
        ("tables.md", "<table\n#\n".repeat(900)),
        (
            "cells.md",
            "# T\n\n<table><tr><td>".to_owned() + &"<td>a".repeat(150),
        ),
        (
            "listing.md",
            listing(&gauge.repeat(2_000)) + "\n\n## Response\n\nNone\n",
        ),
        (
            "row.md",
            "# T\n\n|a|b|\n".to_owned() + &"|--|--\n".repeat(2_000),
        ),
        (
            "directive.rst",
            "T\n=\n\n.. table:: Table 1 a\n\n".to_owned() + &"   +--\n".repeat(2_000),
        ),
    ] {
        let facts = read(name, text.as_bytes()).expect("a page");
        assert!(
            !facts.unreadable.is_empty() && facts.parameters.is_empty(),
            "{name}: {facts:?}"
        );
    }
}

#[test]
fn json_of_any_depth_is_an_example_or_none() {
    for (depth, readable) in [(50, true), (200, false), (200_000, false)] {
        let json = format!("{}1{}", "{\"a\":[".repeat(depth), "]}".repeat(depth));
        let page = format!("# T\n\n## Example Request\n\n```\n{json}\n```\n");
        let facts = read("a.md", page.as_bytes()).expect("a page");
        let bodies: Vec<_> = facts.examples.iter().map(|example| &example.body).collect();
        assert!(
            matches!(
                (bodies.as_slice(), readable),
                ([ExampleBody::Json(_)], true) | ([ExampleBody::Unreadable(_)], false)
            ),
            "{depth}"
        );
    }
}
