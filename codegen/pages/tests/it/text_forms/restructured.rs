//! reStructuredText.

use super::*;

const GRID: &str = "
Moving a Gauge
==============

URI
---

PUT /v1/{gauge_id}

.. _gauge__table1:

.. table:: **Table 1** Parameters

   +-----------+-----------+--------+--------------------------------------+
   | Parameter | Mandatory | Type   | Description                          |
   +===========+===========+========+======================================+
   | gauge_id  | Yes       | String | Gauge, see :ref:`Table 2 <gauge__2>` |
   |           |           |        |                                      |
   |           |           |        | -  **low**: low water                |
   |           |           |        |    and lower                         |
   +-----------+-----------+--------+--------------------------------------+
   | 深度      |           | String | 深度。                               |
   +-----------+-----------+--------+--------------------------------------+
";

#[test]
fn a_grid_keeps_empty_cells_lists_links_and_anchors() {
    assert_eq!(
        rows(GRID, Form::Restructured),
        [
            "0=gauge_id 1=Yes 2=String 3=Gauge, see Table 2/- low: low water and lower",
            "0=深度 1= 2=String 3=深度。"
        ]
    );
    let table = tables(GRID, Form::Restructured).remove(0);
    assert_eq!(table.anchors, ["gauge__table1"]);
    assert_eq!(table.caption.unwrap().text, "Table 1 Parameters");
    let links: Vec<_> = table
        .rows
        .iter()
        .flatten()
        .flat_map(|cell| &cell.text.links)
        .map(|link| link.target.as_str())
        .collect();
    assert_eq!(links, ["#gauge__2"]);
    assert_eq!(table.rows[0][3].text.lines.first, 17);
}

#[test]
fn a_grid_whose_lines_do_not_fit_is_broken_and_loses_nothing() {
    for (from, to) in [
        ("| Yes       |", "| Yes |"),
        ("| gauge_id  | Yes ", "| gauge_id    Yes "),
        ("   | 深度", "    深度"),
    ] {
        let text = GRID.replacen(from, to, 1);
        assert_ne!(text, GRID);
        let tables = tables(&text, Form::Restructured);
        assert!(
            tables.iter().any(|table| table.broken.is_some()),
            "{to}: {tables:?}"
        );
    }
}

#[test]
fn a_grid_that_lost_a_rule_is_broken_and_one_that_lost_its_heading_rule_too() {
    let rule =
        "   +-----------+-----------+--------+--------------------------------------+\n   | 深度";
    let text = GRID.replacen(
        rule,
        "   | depth     | No        | Long   | Depth.                               |\n   | 深度",
        1,
    );
    assert_ne!(text, GRID);
    assert!(
        tables(&text, Form::Restructured)
            .iter()
            .all(|table| table.broken.is_some())
    );
    let simple =
        "Gauges\n======\n\n========= ======\nParameter Type\ngauge_id  String\n========= ======\n";
    assert_eq!(rows(simple, Form::Restructured), ["0=gauge_id 1=String"]);
}

#[test]
fn a_cell_over_two_rows_says_the_same_in_both() {
    let text = "Gauges\n======\n\n+--------+------+\n| Status | Text |\n+========+======+\n| 400    | Low  |\n|        +------+\n|        | High |\n+--------+------+\n";
    assert_eq!(
        rows(text, Form::Restructured),
        ["0=400 1=Low", "0=400 1=High"]
    );
}

#[test]
fn simple_tables_go_on_where_the_first_column_is_empty() {
    let text = "Gauges\n======\n\n========= ====== ===========\nParameter Type   Description\n========= ====== ===========\ngauge_id  String A gauge\n                 of the port, whatever it is called\n深度      Long   深度\n========= ====== ===========\n";
    assert_eq!(
        rows(text, Form::Restructured),
        [
            "0=gauge_id 1=String 2=A gauge of the port, whatever it is called",
            "0=深度 1=Long 2=深度"
        ]
    );
    let wide = text.replace("gauge_id  String", "gauge_ident String");
    assert!(
        tables(&wide, Form::Restructured)
            .iter()
            .all(|table| table.broken.is_some())
    );
    let open = text.trim_end().trim_end_matches(['=', ' ']);
    assert!(
        tables(open, Form::Restructured)
            .iter()
            .all(|table| table.cut)
    );
    // What follows shows that the border is lost, and not the end of the page.
    let open = format!("{open}\n\nMore.\n");
    assert!(
        tables(&open, Form::Restructured)
            .iter()
            .all(|table| table.broken.is_some())
    );
}

#[test]
fn lists_hold_tables_and_listings() {
    let text = "Gauges\n======\n\nRequest\n-------\n\n-  Body\n\n   ==== ======\n   Name Type\n   ==== ======\n   id   String\n   ==== ======\n\n-  Example::\n\n      {\"id\": 1}\n\n-  .. _gauge__other:\n\n   other\n\n   -  deeper\n";
    let shown: Vec<String> = page(text, Form::Restructured)
        .iter()
        .map(|block| match block {
            Block::Heading { level, text } => format!("h{level} {}", text.text),
            Block::Paragraph(text) => format!("p {}", text.text),
            Block::Item { depth, text } => format!("i{depth} {}", text.text),
            Block::Code(text) => format!("c {}", text.text),
            Block::Table(table) => format!("t {}", table.rows.len()),
        })
        .collect();
    assert_eq!(
        shown,
        [
            "h1 Gauges",
            "h2 Request",
            "i1 Body",
            "t 1",
            "i1 Example:",
            "c {\"id\": 1}",
            "i1 other",
            "i2 deeper"
        ]
    );
}

#[test]
fn nesting_ends() {
    let mut text = String::from("Gauges\n======\n\n.. note::\n\n");
    for depth in 0..100 {
        text.push_str(&" ".repeat(depth * 3));
        text.push_str("-  deeper\n\n");
    }
    let error = blocks(&text, Form::Restructured).expect_err("too deep");
    assert!(error.to_string().contains("deep"), "{error}");
}

#[test]
fn words_right_below_a_table_are_none_of_it() {
    let table = "+------+--------+\n| Name | Type   |\n+======+========+\n| id   | String |\n+------+--------+\n";
    let text = format!("Gauges\n======\n\n{table}Response\n--------\n\nMore.\n");
    assert_eq!(rows(&text, Form::Restructured), ["0=id 1=String"]);
    assert!(headings(&text, Form::Restructured).contains(&(2, "Response".to_owned())));
    // A row that lost its bars at the ends is one of the table.
    let text = text.replace(
        "| id   | String |\n+------+--------+\n",
        "+------+--------+\n  id   | String  \n",
    );
    assert!(
        tables(&text, Form::Restructured)[0].broken.is_some(),
        "{text}"
    );
}

#[test]
fn a_table_moved_in_below_an_anchor_lost_its_directive() {
    let text = "Gauges\n======\n\n.. _gauge__table1:\n\n   ==== ======\n   Name Type\n   ==== ======\n   id   String\n   ==== ======\n\nMore.\n";
    assert_eq!(rows(text, Form::Restructured), ["0=id 1=String"]);
}
