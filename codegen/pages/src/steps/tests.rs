//! The work grows as the page does, and no faster.

use std::fmt::Write as _;

use super::TAKEN;

/// The steps that reading a page takes.
fn steps(name: &str, text: &str) -> usize {
    TAKEN.set(0);
    let _ = crate::read(name, text.as_bytes());
    TAKEN.get()
}

const HEAD: &str = "<h1>T</h1><h4>URI</h4><p>GET /v1/x</p><h4>Request</h4><table><tr><th>Parameter</th>\
                    <th>Type</th><th>Description</th></tr>";

/// A table of rows that are written from their numbers.
fn table(rows: usize, row: impl Fn(usize) -> [String; 3]) -> String {
    let mut page = HEAD.to_owned();
    for [name, type_, words] in (0..rows).map(row) {
        let _ = write!(
            page,
            "<tr><td>{name}</td><td>{type_}</td><td>{words}</td></tr>"
        );
    }
    page + "</table>"
}

/// Tables of rows that refer to the tables below, by a number where the captions are kept.
fn knot(tables: usize, captions: bool) -> String {
    let mut page = "<h1>T</h1><h4>Request</h4>".to_owned();
    for table in 1..tables {
        page.push_str("<table>");
        if captions {
            let _ = write!(page, "<caption>Table {table} t</caption>");
        }
        page.push_str("<tr><th>Parameter</th><th>Type</th><th>Description</th></tr>");
        for next in 1..8 {
            let _ = write!(
                page,
                "<tr><td>a{next}</td><td>Object</td><td>See Table {}.</td></tr>",
                table + next
            );
        }
        page.push_str("</table>");
    }
    page
}

/// A description in the one row of a table.
fn described(words: &str) -> String {
    table(1, |_| ["a".into(), "String".into(), words.to_owned()])
}

/// A shape of pages: the name of its file, its size, and the page of a size.
type Shape = (&'static str, usize, fn(usize) -> String);

const SHAPES: &[Shape] = &[
    ("cell.html", 4_000, |size| {
        described(&"- Table 3 ".repeat(size))
    }),
    ("words.html", 2_000, |size| {
        described(&"The value can be EBB: it falls, or ".repeat(size))
    }),
    ("zh.html", 2_000, |size| {
        described(&"取值EBB：退潮，".repeat(size))
    }),
    ("cases.html", 2_000, |size| {
        described(&"if the value is, ".repeat(size))
    }),
    ("open.html", 2_000, |size| described(&"EBB (".repeat(size))),
    ("items.html", 2_000, |size| {
        described(&"<br>- EBB".repeat(size))
    }),
    ("links.html", 400, |size| {
        table(size, |row| {
            [
                format!("a{row}"),
                "Object".into(),
                format!("See Table {row}."),
            ]
        })
    }),
    ("structures.html", 400, |size| {
        table(size, |row| {
            [
                format!("a{row}"),
                format!("Gauge{row} object"),
                "A gauge.".into(),
            ]
        })
    }),
    ("same.html", 400, |size| {
        table(size, |_| ["a".into(), "String".into(), "Again.".into()])
    }),
    ("twice.html", 400, |size| {
        table(2 * size, |row| {
            let type_ = if row < size { "String" } else { "Integer" };
            [format!("a{}", row % size), type_.into(), "Again.".into()]
        })
    }),
    ("knot.html", 100, |size| knot(size, true)),
    ("loose_knot.html", 100, |size| knot(size, false)),
    ("waiting.html", 100, |size| {
        let rows = table(size, |row| {
            let words = format!("See Table {}.", row + 2);
            [format!("a{row}"), "Object".into(), words]
        });
        rows + &table(1, |_| ["b".into(), "String".into(), "c".into()]).repeat(size)
    }),
    ("unclaimed.html", 100, |size| {
        let tables = (1..size).map(|table| {
            format!(
                "<table><caption>Table {table} auth.gauge{table}.pipe{table}</caption><tr><th>Parameter</th><th>Type</th>\
                 <th>Description</th></tr><tr><td>a{table}</td><td>Object</td><td>b</td></tr></table>"
            )
        });
        format!("<h1>T</h1><h4>Request</h4>{}", tables.collect::<String>())
    }),
    ("captions.html", 100, |size| {
        let tables = (1..size).map(|table| {
            format!(
                "<p>gauge{table} parameter description</p><table><tr><th>Parameter</th><th>Type</th>\
                 <th>Description</th></tr><tr><td>a{table}</td><td>String</td><td>b</td></tr></table>"
            )
        });
        format!("<h1>T</h1><h4>Request</h4>{}", tables.collect::<String>())
    }),
    ("prose.html", 400, |size| {
        format!(
            "{HEAD}</table>{}",
            "<p>Request body parameters, Table 3</p>".repeat(size)
        )
    }),
    ("sections.html", 200, |size| {
        format!(
            "{HEAD}</table>{}",
            "<h4>Response</h4><p>Status code: 200</p>".repeat(size)
        )
    }),
    ("wide.html", 10, |size| {
        let row = format!("<tr>{}</tr>", "<td>q</td>".repeat(90));
        format!(
            "<h4>Request</h4><table><tr>{}</tr>{}</table>",
            "<th>z</th>".repeat(190),
            row.repeat(size)
        )
    }),
    ("stars.md", 4_000, |size| "*a ".repeat(size)),
    ("unclosed.md", 4_000, |size| "<table\n#\n".repeat(size)),
    ("emphasis.md", 2_000, |size| {
        "**a `b [c](d ~~e ".repeat(size)
    }),
    ("fence.md", 4_000, |size| {
        format!("# T\n\n```json\n{}", "{\"a\": [\n".repeat(size))
    }),
    ("json.md", 400, |size| {
        let deep = format!("{}{}", "{\"a\": [".repeat(40), "]}".repeat(40));
        let example = format!("## Example Request\n\n```\n{deep}\n```\n\n");
        format!("# T\n\n{}", example.repeat(size))
    }),
    ("pipes.md", 400, |size| {
        format!(
            "# T\n\nGET /v1/x\n\n## Request\n\n|Parameter|Type|Description|\n|-|-|-|\n{}",
            "|a|String|b|\n".repeat(size)
        )
    }),
    ("blank.txt", 4_000, |size| {
        format!("a{}b", "\n".repeat(size))
    }),
    ("json.txt", 2_000, |size| {
        format!("T\n\nExample Request\n\n{}", "{\"a\": [\n".repeat(size))
    }),
    ("types.txt", 400, |size| {
        format!(
            "T\n\nRequest\n\nParameter\n\nMandatory\n\nType\n\nDescription\n\na\n\nString\n\nb\n\n{}",
            "String\n\n".repeat(size)
        )
    }),
    ("bars.txt", 400, |size| {
        format!(
            "T\n\nName |\nType |\n---|---|\n{}",
            "a |\nString |\n\n".repeat(size)
        )
    }),
    ("marks.rst", 2_000, |size| {
        format!(
            "T\n=\n\n.. code::\n\n{}",
            "*a ``b :ref:`c <d\n".repeat(size)
        )
    }),
    ("grid.rst", 100, |size| {
        let row = "| a | b |\n+---+---+\n";
        format!("T\n=\n\n+---+---+\n{}", row.repeat(size))
    }),
    ("simple.rst", 400, |size| {
        format!("== ==\n{}", "a  b\n== ==\n\n".repeat(size))
    }),
    ("plain.txt", 400, |size| {
        format!(
            "T\n\nGET /v1/x\n\nRequest\n\nParameter Type Description\n{}",
            "a String text\n".repeat(size)
        )
    }),
];

#[test]
fn twice_the_page_takes_twice_the_steps() {
    let mut bad = Vec::new();
    for (name, size, page) in SHAPES {
        let one = steps(name, &page(*size));
        let two = steps(name, &page(2 * size));
        assert!(one > *size, "{name}: {one} steps for {size}");
        // The third for what is done once a table or a page of any size.
        if two * 3 > one * 7 {
            bad.push(format!("{name}: {one} steps, {two} for twice as much"));
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}
