//! What is read from text that lost some of its layout: what is left must be right, and what cannot
//! be told must stay unknown.

use huaweicloud_pages::{notation, read};
use serde_json::{Value, json};

fn facts(page: &str) -> Value {
    crate::shown("tide.txt", page)
}

/// A table in pipe text with a cell a line.
fn table(columns: &[&str], rows: &[&[&str]]) -> String {
    let line = |cell: &&str| format!("{cell} |\n");
    let rule = format!("{}|\n", vec!["---"; columns.len()].join("|"));
    columns
        .iter()
        .map(line)
        .chain([rule])
        .chain(rows.iter().flat_map(|row| row.iter().map(line)))
        .collect()
}

const ASKED: &[&str] = &["Parameter", "Mandatory", "Type", "Description"];
const ANSWERED: &[&str] = &["Parameter", "Type", "Description"];

/// A page that lists gauges; `asked` and `answered` are what its sections hold.
fn listing(asked: &str, answered: &str) -> String {
    let path = table(ASKED, &[&["port_id", "Yes", "String", "Port."]]);
    let statuses = table(
        &["Status Code", "Description"],
        &[&["200", "Listed."], &["400", "Refused."]],
    );
    format!(
        "Moving Gauges\nFunction\nMoves gauges.\nURI\nPOST /v1/{{port_id}}/gauges\n{path}{asked}{answered}Status Codes\n{statuses}Error Codes\nSee Error Codes.\n"
    )
}

#[test]
fn tables_without_captions_belong_to_the_rows_the_examples_show() {
    let nested = [
        table(
            ANSWERED,
            &[
                &["ships", "Array of ship objects", "Ships."],
                &["tide", "Tide object", "Tide."],
                &["total", "Integer", "How many."],
            ],
        ),
        table(ANSWERED, &[&["height", "Double", "Height."]]),
        table(ANSWERED, &[&["flag", "String", "Flag."]]),
    ]
    .concat();
    let example = "Example Responses\nStatus code: 200\n{ \"ships\" : [ { \"flag\" : \"x\" } ], \"tide\" : { \"height\" : 1.5 }, \"total\" : 1 }\n";
    let page = listing(
        "Request Parameters\nNone\n",
        &format!("Response Parameters\nStatus code: 200\n{nested}{example}"),
    );
    let fields = json!([
        "ships:Array of ship objects",
        "ships[].flag:String",
        "tide:Tide object",
        "tide.height:Double",
        "total:Integer"
    ]);
    assert_eq!(facts(&page)["responses"]["200"], fields);
    // Without the example the order tells; and it says the other thing.
    let page = page.replace(example, "");
    let by_order = facts(&page)["responses"]["200"].clone();
    assert_eq!(by_order[1], "ships[].height:Double");
}

#[test]
fn a_second_body_under_one_status_is_not_merged_into_the_first() {
    let bodies = |between: &str| {
        let moved = table(ANSWERED, &[&["moved", "Boolean", "Whether it moved."]]);
        let refused = table(
            ANSWERED,
            &[
                &["error_code", "String", "Code."],
                &["error_msg", "String", "Message."],
            ],
        );
        format!("Response Parameters\nStatus code: 200\n{moved}{between}{refused}")
    };
    let page = listing("Request Parameters\nNone\n", &bodies("Status code: 400\n"));
    assert_eq!(
        facts(&page)["responses"]["400"],
        json!(["error_code:String", "error_msg:String"])
    );
    let lost = listing("Request Parameters\nNone\n", &bodies(""));
    assert_eq!(facts(&lost)["responses"]["200"], json!(["moved:Boolean"]));
    let unread = read("tide.txt", lost.as_bytes()).unwrap().ledger;
    assert!(unread.cells.iter().any(|(_, _, outcome)| matches!(
        outcome,
        huaweicloud_pages::facts::CellOutcome::Unreadable(_)
    )));
}

#[test]
fn headers_and_body_may_share_a_section_without_captions() {
    let asked = [
        "Request Parameters\n".to_owned(),
        table(ASKED, &[&["X-Auth-Token", "Yes", "String", "Token."]]),
        table(ASKED, &[&["depth", "No", "Integer", "Depth."]]),
    ]
    .concat();
    let facts = facts(&listing(&asked, "Response Parameters\nNone\n"));
    assert_eq!(facts["header_params"], json!(["X-Auth-Token:String:y"]));
    assert_eq!(facts["body_params"], json!(["depth:Integer:n"]));
}

#[test]
fn a_body_below_the_uri_is_told_by_the_example() {
    let body = table(ASKED, &[&["depth", "No", "Integer", "Depth."]]);
    let sent = "Example Requests\nPOST https://{endpoint}/v1/{port_id}/gauges { \"depth\" : 3 }\n";
    let facts = facts(&listing(
        &body,
        &format!("Response Parameters\nNone\n{sent}"),
    ));
    assert_eq!(facts["body_params"], json!(["depth:Integer:n"]));
    assert_eq!(facts["query_params"], json!([]));
}

#[test]
fn a_lost_table_is_taken_from_the_example_that_shows_it() {
    let rows: &[&[&str]] = &[&[
        "gauges",
        "Yes",
        "Array of objects",
        "Gauges. For details, see Table 3.",
    ]];
    let asked = format!(
        "Request Parameters\n{}Example Requests\nPOST https://{{endpoint}}/v1/{{port_id}}/gauges\n{{\n\"gauges\" : [ {{ \"id\" : \"a\" }} ]\n}}\n",
        table(ASKED, rows)
    );
    let facts = facts(&listing(&asked, "Response Parameters\nNone\n"));
    assert_eq!(
        facts["body_params"],
        json!(["gauges:Array of objects:y", "gauges[].id:String:y"])
    );
}

#[test]
fn cells_without_a_heading_are_reported() {
    let rows: &[&[&str]] = &[&["depth", "No", "Integer", "Depth."]];
    let asked =
        format!("Request Parameters\n{}", table(ASKED, rows)).replace("---|---|---|---|\n", "");
    let page = listing(&asked, "Response Parameters\nNone\n");
    let read = read("tide.txt", page.as_bytes()).unwrap();
    assert!(!read.unreadable.is_empty());
    assert_eq!(notation::facts(&read)["body_params"], json!([]));
}

#[test]
fn an_answer_that_was_lost_is_unknown_but_in_the_path() {
    let cells = |cells: &[&str]| cells.join("\n\n");
    let page = cells(&[
        "移动水位计 - MoveGauge",
        "功能介绍",
        "移动水位计。",
        "URI",
        "POST /v1/{port_id}/gauges",
        "表1 路径参数",
        "参数",
        "是否必选",
        "参数类型",
        "描述",
        "port_id",
        "String",
        "港口。",
        "请求参数",
        "表2 请求Body参数",
        "参数",
        "是否必选",
        "参数类型",
        "描述",
        "depth",
        "Integer",
        "深度。",
        "name",
        "String",
        "名称。",
        "响应参数",
        "状态码：200",
        "移动成功。",
        "请求示例",
        "{\n  \"depth\" : 3\n}",
    ]);
    let facts = facts(&page);
    assert_eq!(facts["operation"], "MoveGauge");
    assert_eq!(facts["path_params"], json!(["port_id:String:y"]));
    assert_eq!(
        facts["body_params"],
        json!(["depth:Integer:?", "name:String:?"])
    );
    assert_eq!(facts["responses"], json!({"200": []}));
}

#[test]
fn parts_of_a_section_end_with_their_list_item() {
    let page = "# Moving a Gauge\n\n## URI\n\n-   URI format\n\n    POST /v1/{port_id}/gauges\n\n-   URI example\n\n    https://tide.example.com/v1/north/gauges\n\n-   Parameters\n\n    |Name|Mandatory|Description|\n    |--|--|--|\n    |port_id|Yes|Port.|\n\n## Response\n\n-   Status code:\n\n    If \"200 OK\" is returned, the gauge has moved.\n\n-   Response parameters:\n\n    |Name|Type|Description|\n    |--|--|--|\n    |moved|Boolean|Whether it moved.|\n";
    let facts = notation::facts(&read("tide.md", page.as_bytes()).unwrap());
    assert_eq!(facts["path_params"], json!(["port_id:?:y"]));
    assert_eq!(facts["responses"], json!({"200": ["moved:Boolean"]}));
    assert_eq!(facts["status_codes"], json!(["200"]));
}

#[test]
fn tables_without_captions_are_told_by_the_numbers_that_rows_name() {
    let nested = [
        table(
            ANSWERED,
            &[
                &["tide", "Object", "The tide. See Table 5."],
                &[
                    "ships",
                    "Array of objects",
                    "Ships. For details, see Table 3.",
                ],
                &["total", "Integer", "How many."],
            ],
        ),
        table(ANSWERED, &[&["flag", "Object", "Flag. See Table 4."]]),
        table(ANSWERED, &[&["colour", "String", "Colour."]]),
        table(ANSWERED, &[&["height", "Double", "Height."]]),
    ];
    let page = |tables: &[String]| {
        let answered = format!("Response Parameters\nStatus code: 200\n{}", tables.concat());
        facts(&listing("Request Parameters\nNone\n", &answered))
    };
    let fields = json!([
        "tide:Object",
        "tide.height:Double",
        "ships:Array of objects",
        "ships[].flag:Object",
        "ships[].flag.colour:String",
        "total:Integer"
    ]);
    assert_eq!(page(&nested)["responses"]["200"], fields);
    // A table that was lost leaves the others untold.
    let lost = page(&[&nested[..2], &nested[3..]].concat());
    let fields = lost["responses"]["200"].as_array().unwrap();
    assert!(
        fields
            .iter()
            .all(|field| !field.as_str().unwrap().contains("height")),
        "{fields:?}"
    );
}
