//! Files that are no pages, or were made to hurt: a clear answer, and an end.

use std::fmt::Write as _;

use huaweicloud_pages::read;

fn refused(name: &str, bytes: &[u8]) -> String {
    read(name, bytes).expect_err("no page").to_string()
}

/// Reads to the end. How the work grows with a page is counted where the readers are.
fn ends(name: &str, text: &str) {
    let _ = read(name, text.as_bytes());
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

#[test]
fn large_pages_end() {
    let head = "<h1>T</h1><h4>Request</h4><table><tr><th>Parameter</th><th>Type</th><th>Description</th></tr>";
    let links =
        |row: usize| format!("<tr><td>a{row}</td><td>Object</td><td>See Table {row}.</td></tr>");
    ends(
        "cell.html",
        &format!(
            "{head}<tr><td>a</td><td>String</td><td>{}</td></tr></table>",
            "- Table 3 ".repeat(20_000)
        ),
    );
    ends(
        "rows.html",
        &format!(
            "{head}{}</table>",
            (0..2_000).map(links).collect::<String>()
        ),
    );
    ends(
        "wide.html",
        &format!(
            "<h4>Request</h4><table><tr>{}</tr>{}</table>",
            "<th>z</th>".repeat(190),
            format!("<tr>{}</tr>", "<td>q</td>".repeat(90)).repeat(50)
        ),
    );
    ends(
        "prose.html",
        &format!(
            "<h1>T</h1><h4>URI</h4><p>GET /v1/x</p>{}",
            "<p>Request body parameters, Table 3</p>".repeat(3_000)
        ),
    );
    ends("unclosed.md", &"<table\n#\n".repeat(10_000));
    ends("stars.md", &"*a ".repeat(30_000));
    ends(
        "json.md",
        &format!(
            "# T\n\n## Example Request\n\n```\n{}\n```\n",
            "{\"a\":".repeat(200_000)
        ),
    );
    // Tables that refer to each other would multiply without end.
    let mut page = "<h1>T</h1><h4>Request</h4>".to_owned();
    for table in 1..200 {
        let _ = write!(
            page,
            "<table><caption>Table {table} t</caption><tr><th>Parameter</th><th>Type</th><th>Description</th></tr>"
        );
        for next in 1..8 {
            let _ = write!(
                page,
                "<tr><td>a{next}</td><td>Object</td><td>See Table {}.</td></tr>",
                table + next
            );
        }
        page.push_str("</table>");
    }
    ends("knot.html", &page);
}
