//! What pages say in shapes of their own: routes in two parts, places in a column, tables and parts
//! that a list flattened, captions that name a body by other words.

use huaweicloud_pages::facts::CellOutcome;
use serde_json::{Value, json};

use crate::shown;

/// One cell a paragraph.
fn spread(lines: &str) -> String {
    lines
        .trim()
        .lines()
        .map(|line| format!("{line}\n\n"))
        .collect()
}

#[test]
fn the_column_for_places_tells_what_stands_in_the_path() {
    let page = spread(
        "Moving a Gauge\nURI\nPUT /v1/{port_id}/gauges\nTable 1 Request parameters\nName\nType\nIN\nMandatory\nDescription\n\
         x-tide-token\nstring\nheader\nYes\nToken.\nport_id\nstring\npath\nYes\nPort.\ndry_run\nboolean\nquery\nNo\nTry only.\n\
         Request\nTable 2 Parameters\nName\nType\nMandatory\nDescription\ndepth\nInteger\nYes\nDepth.",
    );
    let facts = shown("gauge.txt", &page);
    assert_eq!(facts["path_params"], json!(["port_id:string:y"]));
    assert_eq!(facts["query_params"], json!(["dry_run:boolean:n"]));
    assert_eq!(facts["header_params"], json!(["x-tide-token:string:y"]));
    assert_eq!(facts["body_params"], json!(["depth:Integer:y"]));
}

#[test]
fn a_route_may_stand_in_two_lines() {
    let page = "# Moving a Gauge\n\n## URI\n\n-   Format\n\n    PATH：/\\{version\\_id\\}/gauges/\\{gauge\\_id\\}\n\n    Method：PUT\n\n## Request\n\nNone\n";
    let facts = shown("gauge.md", page);
    assert_eq!(facts["method"], "PUT");
    assert_eq!(facts["path"], "/{version_id}/gauges/{gauge_id}");
    let half = facts_of_half("PATH: /v1/gauges");
    assert_eq!(
        (&half["method"], &half["path"]),
        (&Value::Null, &Value::Null)
    );
}

fn facts_of_half(line: &str) -> Value {
    shown(
        "gauge.md",
        &format!("# Moving a Gauge\n\n## URI\n\n{line}\n"),
    )
}

#[test]
fn without_a_route_only_demanded_ids_are_taken_for_the_path() {
    let page = "Moving a Gauge\nFunction\nMoves it.\nURI\n- Parameters\nTable 1 Gauge parameters Name\nMandatory\nDescription\ngauge_id\nYes\nGauge.\nlimit\nYes\nLimit.\nport_id\nNo\nPort.\nRequest\nNone\n";
    assert_eq!(
        shown("gauge.txt", page)["path_params"],
        json!(["gauge_id:?:y"])
    );
}

#[test]
fn an_item_that_begins_a_part_ends_with_the_next_item() {
    let page = "Moving a Gauge\nFunction\nMoves it.\nURI\n- URI format\nPUT /v1/gauges/{gauge_id}\n- Example\nhttps://tide.example/v1/gauges/7\n- Parameters\nTable 1 Gauge parameters Name\nMandatory\nType\nDescription\ngauge_id\nYes\nString\nGauge.\nRequest\nNone\n";
    assert_eq!(
        shown("gauge.txt", page)["path_params"],
        json!(["gauge_id:String:y"])
    );
}

#[test]
fn cells_without_a_bar_above_each_row_are_read_below_any_rule() {
    let page = "Moving a Gauge\nURI\nPUT /v1/gauges/{gauge_id}\nParameter |\nMandatory |\nType |\nDescription |\n|---|---|---|---|\ngauge_id |\nYes |\nString |\nGauge. |\nRequest Parameters\nParameter |\nMandatory |\nType |\nDescription |\n|---|---|---|---|\ndepth |\nNo |\nInteger |\nDepth. |\n";
    let facts = shown("gauge.txt", page);
    assert_eq!(facts["path_params"], json!(["gauge_id:String:y"]));
    assert_eq!(facts["body_params"], json!(["depth:Integer:n"]));
}

#[test]
fn a_status_and_a_caption_on_lines_that_touch_are_told_apart() {
    let table = |field: &str| {
        format!(
            "| Field | Type | Description |\n|:---|:---|:---|\n| {field} | String | Text. |\n\n"
        )
    };
    let page = format!(
        "# Moving a Gauge\n#### URI\nPUT /v1/gauges\n#### Response Parameters\n**Status code: 200**\nTable 1 Response body parameters\n{}**Status code: 400**\nTable 2 Response body parameters\n{}",
        table("gauge_id"),
        table("reason"),
    );
    let facts = shown("gauge.md", &page);
    assert_eq!(
        facts["responses"],
        json!({"200": ["gauge_id:String"], "400": ["reason:String"]})
    );
}

#[test]
fn the_line_above_a_table_says_what_its_caption_does_not() {
    let table = "   ========= ========= ======= ==========\n   Parameter Mandatory Type    Description\n   ========= ========= ======= ==========\n   depth     Yes       Integer Depth.\n   ========= ========= ======= ==========\n";
    let page = format!(
        "Moving a Gauge\n==============\n\nURI\n---\n\nPUT /v1/gauges\n\nRequest Parameters\n------------------\n\n-  Parameters in the request body\n\n   .. table:: **Table 1** Layout of the gauge\n\n{}",
        table.replace("   ", "      ")
    );
    let body = shown("gauge.rst", &page)["body_params"].clone();
    assert_eq!(body.as_array().map(Vec::len), Some(1), "{body}");
}

#[test]
fn the_label_of_a_description_is_followed_by_no_heading() {
    let page = spread(
        "Moving a Gauge\nURI\nPUT /v1/gauges\nResponse Parameters\nStatus code: 400\nTable 1 Response body parameters\nParameter\nType\nDescription\n\
         error_code\nString\nDefinition:\nError code.\nRange:\nN/A\nerror_msg\nString\nDefinition\nError code\nRange\nN/A\nhint\nString\nHint.",
    );
    assert_eq!(
        shown("gauge.txt", &page)["responses"],
        json!({"400": ["error_code:String", "error_msg:String", "hint:String"]})
    );
}

#[test]
fn a_bar_above_a_heading_may_close_the_cell_before_it() {
    let head = "Parameter |\nMandatory |\nType |\nDescription |\n|---|---|---|---|\n";
    let page = format!(
        "Moves a gauge.\nPUT /v1/gauges/{{gauge_id}}\n{head}gauge_id |\nYes |\nString |\nGauge. |\n{head}X-Tide-Token |\nYes |\nString |\nOne of:\n|\n{head}depth |\nNo |\nInteger |\nDepth. |\n"
    );
    let facts = shown("gauge.txt", &page);
    assert_eq!(facts["header_params"], json!(["X-Tide-Token:String:y"]));
    assert_eq!(facts["body_params"], json!(["depth:Integer:n"]));
}

#[test]
fn a_cell_of_a_row_on_one_line_may_hold_blank_lines() {
    let page = "Moving a Gauge\nURI\nPUT /v1/gauges\nRequest Parameters\n| Parameter | Mandatory | Type | Description |\n|---|---|---|---|\n| depth | No | Integer | Depth. \n     NOTE: \n     \n     In metres. | \n| name | Yes | String | Name. | \nResponse Parameters\nNone\n";
    assert_eq!(
        shown("gauge.txt", page)["body_params"],
        json!(["depth:Integer:n", "name:String:y"])
    );
}

#[test]
fn the_route_may_stand_in_a_table() {
    let page = |routes: &str| {
        format!(
            "# Listing Gauges\n\n## URI\n\n**Table 1** The method and the URI\n\n{routes}\n\n**Table 2** Parameters\n\n\
             |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|port_id|Yes|String|Port.|\n|limit|No|Integer|How many.|\n"
        )
    };
    // What no row is about is known from the query alone.
    for (routes, queries) in [
        (
            "|Method|URI|\n|--|--|\n|GET|/v1/{port_id}/gauges[?limit, page_no]|",
            json!(["limit:Integer:n", "page_no:?:?"]),
        ),
        (
            "|URI|请求方法|\n|--|--|\n|/v1/{port_id}/gauges?limit={limit}|GET|",
            json!(["limit:Integer:n"]),
        ),
    ] {
        let facts = shown("gauge.md", &page(routes));
        assert_eq!(facts["method"], "GET", "{routes}");
        assert_eq!(facts["path"], "/v1/{port_id}/gauges", "{routes}");
        assert_eq!(facts["path_params"], json!(["port_id:String:y"]));
        assert_eq!(facts["query_params"], queries);
    }
    let lost = crate::facts("gauge.md", &page("|Method|URI|\n|--|--|\n|GET| |"));
    assert!(lost.routes.is_empty());
    assert_eq!(crate::refused(&lost), 2);
}

#[test]
fn a_second_table_of_the_address_is_one_of_parameters() {
    let page = |type_: &str| {
        format!(
            "# Listing Gauges\n\n## URI\n\nGET /v1/{{port_id}}/gauges\n\n**Table 1** Parameters\n\n\
             |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|port_id|Yes|{type_}|Port.|\n\n\
             **Table 2** Filtering parameters\n\n\
             |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|tide|No|String|Tide.|\n"
        )
    };
    let facts = shown("gauge.md", &page("String"));
    assert_eq!(facts["query_params"], json!(["tide:String:n"]));
    // What holds fields may hold those.
    let facts = shown("gauge.md", &page("Object"));
    assert_eq!(facts["query_params"], json!([]));
}

#[test]
fn rows_that_lost_what_they_are_about_are_told() {
    let page = |header: &str, rows: &str| {
        format!(
            "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Status Codes\n\n{header}\n{rows}\n"
        )
    };
    for page in [
        // A heading that lost a cell, and a row that lost the status.
        page("|Description|\n|--|", "|200|Moved.|"),
        page("|Status Code|Description|\n|--|--|", "| |Moved.|"),
        page("|Status Code|Description|\n|--|--|", "| | |"),
        // The heading is lost, and a row seems to be one.
        page(
            "|X-Tide|String|No|Tide.|\n|--|--|--|--|",
            "|depth|Integer|Yes|Depth.|",
        ),
    ] {
        let facts = crate::facts("gauge.md", &page);
        assert!(crate::refused(&facts) > 0, "{page}");
        assert_eq!(
            shown("gauge.md", &page)["status_codes"],
            json!([]),
            "{page}"
        );
    }
}

#[test]
fn a_paragraph_of_a_description_is_no_name() {
    let page = |first: &str| {
        spread(&format!(
            "Moving a Gauge\nURI\nPUT /v1/gauges\nRequest Parameters\nParameter\nType\nMandatory\nDescription\n{first}\n\
             depth\nInteger\nNo\nDepth.\nResponse Parameters\nNone"
        ))
    };
    let swapped = page("Definition\nThe tide.\nRange\nN/A\nString\nYes\nX-Tide");
    let facts = crate::facts("gauge.txt", &swapped);
    let named = facts
        .parameters
        .iter()
        .map(|(_, field)| field.path.as_str());
    assert!(named.eq(["depth"]), "{:?}", facts.parameters);
    assert!(crate::refused(&facts) > 0);
}

#[test]
fn a_section_begins_below_the_last_column_of_a_row() {
    let page = spread(
        "Moving a Gauge\nURI\nPUT /v1/gauges\nRequest Parameters\nParameter\nType\nDescription\nMandatory\n\
         depth\nInteger\nDepth.\nNo\nResponse Parameters\nParameter\nType\nDescription\nzero\nDouble\nZero.\n\
         Status Codes\nStatus Code\nDescription\n200\nMoved.",
    );
    let facts = shown("gauge.txt", &page);
    assert_eq!(facts["body_params"], json!(["depth:Integer:n"]));
    assert_eq!(facts["responses"], json!({"200": ["zero:Double"]}));
    assert_eq!(facts["query_params"], json!([]));
    // Without a column for types, the label of a description tells a name.
    let untyped = spread(
        "Moving a Gauge\nURI\nPUT /v1/gauges\nResponse Parameters\nParameter\nDescription\nzero\nDefinition\nZero.\n\
         checked\nDefinition\nWhether it was.\nStatus Codes\nStatus Code\nDescription\n200\nMoved.",
    );
    let facts = shown("gauge.txt", &untyped);
    assert_eq!(facts["responses"], json!({"200": ["zero:?", "checked:?"]}));
}

#[test]
fn a_caption_moved_in_as_far_as_a_listing_is_one() {
    let page = "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request Parameters\n\n-   Body\n\n\
                |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|tide|Yes|Object|Tide.|\n|wind|Yes|Object|Wind.|\n\n\n\
                \x20   **Table 2**  wind\\_field parameters of **wind**\n\n\
                |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|required|No|Boolean|Speed.|\n";
    assert_eq!(
        shown("gauge.md", page)["body_params"],
        json!(["tide:Object:y", "wind:Object:y", "wind.required:Boolean:n"])
    );
}

#[test]
fn a_caption_may_name_a_field_called_like_a_part_of_the_page() {
    let page = "Moving a Gauge\nURI\nPUT /v1/gauges\nResponse\n- Parameters\nParameter | Type | Description |\n---|---|---|\n\
                status | Object | For details, see Structure of the status field. |\n\
                error | String | For details, see Parameters in the error field. |\n\
                - Structure of the status field\nParameter | Type | Description |\n---|---|---|\nphase | String | Phase. |\n\
                - Parameters in the error field\nParameter | Type | Description |\n---|---|---|\n\
                code | String | Code. |\nmessage | String | Message. |\n- Example response\n\
                {\n\"status\": {\"phase\": \"ebb\"}\n}\nor\n{\n\"badTide\": {\"code\": \"1\", \"message\": \"x\"}\n}\n\
                Status Codes\n- 202\n";
    let facts = shown("gauge.txt", page);
    assert_eq!(
        facts["responses"],
        json!({"202": ["status:Object", "status.phase:String", "error:String", "error.code:String", "error.message:String"]})
    );
}

#[test]
fn a_table_of_another_side_under_a_stale_number_is_not_taken() {
    let table = |caption: &str, rows: &str| {
        format!("{caption}\nParameter | Type | Description |\n---|---|---|\n{rows}\n")
    };
    let page = format!(
        "Moving a Gauge\nURI\nPUT /v1/gauges\nRequest\n{}{}Response\n{}{}",
        table(
            "Table 1 Request parameters",
            "basin | basin object | Basin. |"
        ),
        table("Table 2 basin fields", "depth | Integer | Depth. |"),
        table(
            "Table 3 Response parameters",
            "tides | Array of tide objects | See Table 2. |"
        ),
        table("Table 4 tide fields", "kind | String | Kind. |"),
    );
    let facts = shown("gauge.txt", &page);
    assert_eq!(
        facts["responses"],
        json!({"?": ["tides:Array of tide objects", "tides[].kind:String"]})
    );
}

#[test]
fn an_answer_in_text_is_one_listing_with_its_status() {
    let page = "Moving a Gauge\nURI\nPUT /v1/gauges\nResponse\nNone\nExample Response\nFailed:\nHTTP/1.1 404 Not Found\nServer: tide\n{\n\"error_code\": \"T.1\",\n\"error_msg\": \"x\"\n}\n";
    let facts = shown("gauge.txt", page);
    assert_eq!(
        facts["responses"],
        json!({"404": ["error_code:String", "error_msg:String"]})
    );
}

#[test]
fn a_type_in_square_brackets_begins_no_listing() {
    let page = spread(
        "Moving a Gauge\nURI\nPUT /v1/gauges\nRequest Parameters\nParameter\nType\nMandatory\nDescription\n\
         tags\n[]String\nNo\nTags.\nbasin\n字典数据类型\nNo\nBasin.\nmode\nInteger/Boolean\nYes\nMode.\nResponse Parameters\nNone",
    );
    assert_eq!(
        shown("gauge.txt", &page)["body_params"],
        json!([
            "tags:[]String:n",
            "basin:字典数据类型:n",
            "mode:Integer/Boolean:y"
        ])
    );
}

#[test]
fn headers_of_responses_are_left_out_and_told() {
    let table = "|Parameter|Type|Description|\n|--|--|--|\n|X-Request-Id|String|Id.|\n";
    let page = format!(
        "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Response\n\n**Status code: 200**\n\n\
         **Table 1** Response header parameters\n\n{table}\n**Table 2** Response body parameters\n\n{table}|depth|Long|Depth.|\n"
    );
    let facts = crate::facts("gauge.md", &page);
    let left = |(.., outcome): &&(_, _, CellOutcome)| matches!(outcome, CellOutcome::Ignored(why) if why.contains("header of a response"));
    assert_eq!(facts.ledger.cells.iter().filter(left).count(), 6);
    assert_eq!(
        shown("gauge.md", &page)["responses"],
        json!({"200": ["depth:Long"]})
    );
}

#[test]
fn routes_below_a_lost_heading_are_read_as_long_as_they_follow_each_other() {
    let page = "# Moving a Gauge\n\nPUT /v1/gauges\n\nPUT /v2/gauges\n\n**Table 1** Header parameters\n\n\
                |Parameter|Mandatory|Description|\n|--|--|--|\n|X-Tide|No|Tide.|\n\nPUT /v3/gauges\n\n## Response\n\nNone\n";
    let facts = shown("gauge.md", page);
    assert_eq!(facts["path"], "/v1/gauges");
    assert_eq!(facts["path_alternatives"], json!(["/v2/gauges"]));
}

#[test]
fn a_field_that_the_example_calls_otherwise_is_a_contradiction() {
    let page = |shown: &str| {
        format!(
            "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Response\n\n**Status code: 200**\n\n\
             |Parameter|Type|Description|\n|--|--|--|\n|gauge_id|String|Id.|\n|depth|Long|Depth.|\n\n\
             ## Example Response\n\n**Status code: 200**\n\n```\n{shown}\n```\n"
        )
    };
    let about = |shown: &str| -> Vec<String> {
        let found = crate::facts("gauge.md", &page(shown)).contradictions;
        found.into_iter().map(|it| it.about).collect()
    };
    assert_eq!(
        about("{\"id\": \"a\", \"depth\": 1}"),
        ["response 200 gauge_id", "response 200 id"]
    );
    // Another type, a field besides, and one less are no other names.
    for shown in [
        "{\"id\": 7, \"depth\": 1}",
        "{\"gauge_id\": \"a\", \"depth\": 1, \"id\": \"a\"}",
        "{\"depth\": 1}",
        "{\"id\": \"a\", \"tide\": \"b\", \"depth\": 1}",
    ] {
        assert_eq!(about(shown), [""; 0], "{shown}");
    }
}

/// What a page says whose response tables are these: what stands above each, and its rows; and how
/// many cells are not read.
fn answers(tables: &[(&str, &str)]) -> (Value, usize) {
    let mut page = "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Response\n".to_owned();
    for (above, rows) in tables {
        page += &format!("\n{above}\n\n|Parameter|Type|Description|\n|--|--|--|\n{rows}\n");
    }
    let refused = crate::refused(&crate::facts("gauge.md", &page));
    (shown("gauge.md", &page)["responses"].clone(), refused)
}

/// "Authorization" heads a section, and is a header where a type follows.
#[test]
fn a_row_called_like_a_section_is_one() {
    let page = spread(
        "Moving a Gauge\nURI\nPUT /v1/gauges\nRequest\nTable 1 Request header parameters\nParameter\nMandatory\nType\nDescription\n\
         X-Auth-Token\nString\nToken.\nAuthorization\nString\nSignature.\nX-Tide\nString\nTide.\nResponse\nNone",
    );
    assert_eq!(
        shown("gauge.txt", &page)["header_params"],
        json!([
            "X-Auth-Token:String:?",
            "Authorization:String:?",
            "X-Tide:String:?"
        ])
    );
}

/// Calls of several operations and no table: nothing tells whose the fields of the examples are.
#[test]
fn a_guide_gives_no_fields() {
    let call = |method: &str, path: &str, body: &str| {
        format!(
            "## Example Request\n\n{method} https://a.example.com{path}\n\n## Example Response\n\n```\n{body}\n```\n\n"
        )
    };
    let one = call("POST", "/v1/gauges?depth=3", "{\"id\": 1}");
    let page = format!("# Setting Up a Gauge\n\n## URI\n\nPOST /v1/gauges\n\n{one}");
    let said = shown("gauge.md", &page);
    assert_eq!(said["responses"], json!({"?": ["id:Integer"]}));
    // Another identifier makes no other operation.
    let same = page.replace("POST /v1/gauges\n", "POST /v1/gauges/{gauge_id}\n");
    let same =
        same.replace("gauges?depth=3", "gauges/7") + &call("POST", "/v1/gauges/8", "{\"id\": 2}");
    assert_eq!(
        shown("gauge.md", &same)["responses"],
        json!({"?": ["id:Integer"]})
    );
    let page = page + &call("GET", "/v1/gauges/7", "{\"depth\": 3}");
    let said = shown("gauge.md", &page);
    assert_eq!(
        (&said["responses"], &said["query_params"]),
        (&json!({}), &json!([]))
    );
    let facts = crate::facts("gauge.md", &page);
    let told = |(why, _): &(String, _)| why.contains("calls of several operations");
    assert!(facts.unreadable.iter().any(told));
}

#[test]
fn fields_of_lists_of_lists_are_two_deep() {
    let said = answers(&[
        (
            "**Status code: 200**\n\n**Table 1** Response body parameters",
            "|gauges|Array of arrays of Gauge objects|Gauges.|",
        ),
        ("**Table 2** Gauge", "|depth|Integer|Depth.|"),
    ]);
    let fields = [
        "gauges:Array of arrays of Gauge objects",
        "gauges[][].depth:Integer",
    ];
    assert_eq!(said, (json!({"200": fields}), 0));
}

#[test]
fn a_structure_told_again_for_another_status_is_that_of_the_rows_above_it() {
    let row = "|details|Array of Detail objects|Details.|";
    let detail = "|code|String|Code.|";
    assert_eq!(
        answers(&[
            (
                "**Status code: 400**\n\n**Table 1** Response body parameters",
                row
            ),
            ("**Table 2** Detail", detail),
            (
                "**Status code: 500**\n\n**Table 3** Response body parameters",
                row
            ),
            ("**Table 4** Detail", detail),
        ]),
        (
            json!({
                "400": ["details:Array of Detail objects", "details[].code:String"],
                "500": ["details:Array of Detail objects", "details[].code:String"],
            }),
            0
        )
    );
}

#[test]
fn a_structure_may_be_called_error() {
    assert_eq!(
        answers(&[
            (
                "**Status code: 400**\n\n**Table 1** Response body parameters",
                "|error|Error object|Error.|"
            ),
            ("**Table 2** Error", "|code|String|Code.|"),
        ]),
        (
            json!({"400": ["error:Error object", "error.code:String"]}),
            0
        )
    );
}

/// One table may tell what comes back with several statuses.
#[test]
fn a_table_may_be_of_several_statuses() {
    for label in [
        "Status code: 400 or 500",
        "**Status codes: 400, 500**",
        "状态码：400、500",
    ] {
        let fields = json!(["code:String"]);
        let said = answers(&[(label, "|code|String|Code.|")]);
        assert_eq!(said, (json!({"400": fields, "500": fields}), 0), "{label}");
    }
}

/// A bare list whose fields stand in a table of its own has no values.
#[test]
fn a_list_with_a_table_of_its_own_has_no_values() {
    let page = "# Listing Gauges\n\n## URI\n\nPOST /v1/gauges\n\n## Request\n\nTable 1 Request body parameters\n\n\
                |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n\
                |filters|No|Array|Filters. The value can be key or value. See Table 2.|\n\n\
                Table 2 filters\n\n|Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n\
                |key|No|String|Key.|\n|value|No|String|Value.|\n";
    let said = shown("gauge.md", page);
    let fields = [
        "filters:Array:n",
        "filters[].key:String:n",
        "filters[].value:String:n",
    ];
    assert_eq!(
        (&said["body_params"], &said["enums"]),
        (&json!(fields), &json!({}))
    );
}

/// The name of a structure alone heads the table of its fields, and says nothing of the status.
#[test]
fn the_name_of_a_structure_heads_its_table() {
    let tables = [
        ("**Status code: 400**", "|error|Detail object|Error.|"),
        ("Detail", "|code|String|Code.|"),
    ];
    let fields = ["error:Detail object", "error.code:String"];
    assert_eq!(answers(&tables), (json!({"400": fields}), 0));
    let page = "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Response\n\n**Status code: 400**\n\n\
                |Parameter|Type|Description|\n|--|--|--|\n|error|Detail object|Error.|\n\nDetail\n\n\
                |Parameter|Type|Description|\n|--|--|--|\n|code|String|Code.|\n";
    assert_eq!(crate::facts("gauge.md", page).texts, []);
}

#[test]
fn a_line_about_the_response_below_a_status_leaves_it() {
    assert_eq!(
        answers(&[
            ("**Status code: 200**", "|id|String|Id.|"),
            (
                "**Status code: 400**\n\nError response",
                "|code|String|Code.|"
            ),
        ]),
        (json!({"200": ["id:String"], "400": ["code:String"]}), 0)
    );
}

#[test]
fn lists_in_cells_of_markdown_keep_their_items() {
    let values = |description: &str| {
        let page = format!(
            "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request Parameters\n\n\
             |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|tide|No|String|{description}|\n"
        );
        shown("gauge.md", &page)["enums"].clone()
    };
    let list =
        "The options are as follows:<br><ul><li>ebb: it falls</li><li>flood: it rises</li></ul>";
    assert_eq!(values(list), json!({"tide": ["ebb", "flood"]}));
}

#[test]
fn a_name_of_an_operation_stands_by_itself_in_the_title() {
    let operation = |title: &str| {
        let facts = crate::facts(
            "gauge.md",
            &format!("# {title}\n\n## URI\n\nPUT /v1/gauges\n"),
        );
        facts.operation.map(|fact| fact.value)
    };
    for (title, expected) in [
        ("Moving a Gauge - MoveGauge", Some("MoveGauge")),
        ("移动水尺（MoveGauge）", Some("MoveGauge")),
        ("MoveGauge", Some("MoveGauge")),
        ("Moving a Gauge (Native OpenTide API)", None),
        ("Moving an OpenTide Gauge", None),
    ] {
        assert_eq!(operation(title).as_deref(), expected, "{title}");
    }
}

#[test]
fn a_resource_that_must_be_given_keeps_its_mark() {
    let resource = |cell: &str| {
        let page = format!(
            "# Moving a Gauge\n\n## Authorization\n\n|Action|Access Level|Resource Type|\n|--|--|--|\n|tide:gauge:move|Write|{cell}|\n\n## URI\n\nPUT /v1/gauges\n"
        );
        let mut iam = crate::facts("gauge.md", &page).iam;
        iam.remove(0).value.resource
    };
    assert_eq!(resource("gauge \\*").as_deref(), Some("gauge*"));
    assert_eq!(resource("gauge").as_deref(), Some("gauge"));
}

#[test]
fn what_only_an_example_or_a_header_of_a_response_has_is_told() {
    let page = "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\n\
         |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|depth|No|Long|Depth.|\n\n\
         ## Response\n\n**Table 2** Response header parameters\n\n\
         |Parameter|Type|Description|\n|--|--|--|\n|X-Tide|String|Tide.|\n\n\
         ## Example Request\n\n```\n{\"depth\": 1, \"engine\": \"steam\"}\n```\n";
    let told = crate::facts("gauge.md", page).left_out;
    let told: Vec<(&str, usize)> = told.iter().map(|it| (it.0.as_str(), it.1.first)).collect();
    assert_eq!(
        told,
        [
            ("engine: an example has it, and no table describes it", 24),
            (
                "X-Tide: a header of a response, which the model has no place for",
                19
            ),
        ]
    );
}

#[test]
fn an_example_of_another_version_or_of_a_body_that_there_is_none_of_is_a_contradiction() {
    let page = |path: &str, none: &str| {
        format!(
            "# Moving a Gauge\n\n## URI\n\nPUT /v2/gauges/{{gauge_id}}\n\n## Response\n\n\
             **Status code: 200**\n\n{none}\n\n## Example Request\n\n\
             PUT https://{{endpoint}}{path}\n\n## Example Response\n\n\
             **Status code: 200**\n\n```\n{{\"job_id\": \"7\"}}\n```\n"
        )
    };
    for (path, none, found) in [
        ("/v2/gauges/7", "", &[][..]),
        ("/v1.0/gauges/7", "", &["operation: route"]),
        ("/v1.0/tides/7", "", &[]),
        ("/gauges/7", "", &[]),
        ("/v2/gauges/7", "None", &["response 200 job_id"]),
    ] {
        let facts = crate::facts("gauge.md", &page(path, none));
        let about = facts.contradictions.iter().map(|it| it.about.as_str());
        assert_eq!(about.collect::<Vec<_>>(), found, "{path} {none}");
        // Which of the two is right, nobody can tell: what the example has stays a fact.
        assert_eq!(facts.responses[0].fields.len(), 1, "{path} {none}");
    }
    let posted = page("/v2/gauges/7", "").replace("PUT https", "POST https");
    let found = crate::facts("gauge.md", &posted).contradictions;
    assert_eq!(found[0].second.0, "POST /v2/gauges/7");
}

#[test]
fn what_is_said_outside_of_the_tables_of_fields_is_kept() {
    let page = "# Moving a Gauge\n\nUpdated on 2026-11-20\n\n## Function\n\nMoves a gauge.\n\n\
         ## Calling Method\n\nSee elsewhere.\n\n## URI\n\nPUT /v1/gauges\n\nOnly at low tide.\n\n\
         Table 1 Parameters\n\n|Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|id|No|Long|Id.|\n\n\
         ## Response\n\nStatus code: 202\n\nIt goes on later.\n\n## Example\n\nAs here.\n\n\
         ## Status Code\n\n|Status Code|Description|\n|--|--|\n|404|No such gauge.|\n";
    let texts = crate::facts("gauge.md", page).texts;
    let texts = texts
        .iter()
        .map(|(about, said)| (about.as_deref(), said.value.as_str()));
    assert_eq!(
        texts.collect::<Vec<_>>(),
        [
            (None, "Moves a gauge."),
            (None, "Only at low tide."),
            (Some("202"), "It goes on later."),
            (Some("404"), "No such gauge."),
        ]
    );
}

/// What heads something else, furniture, tables of error codes and samples say nothing of the operation
/// nor of the status before them.
#[test]
fn what_is_of_something_else_is_said_of_nothing() {
    let start = "# Moving a Gauge\n\n## Function\n\nMoves a gauge.\n\n## URI\n\nPUT /v1/gauges\n\n";
    let status = "## Response\n\nStatus code: 202\n\nIt goes on later.\n\n";
    for (more, expected) in [
        (
            "Abnormal values\n\nReturned Values\n\nDescription\n\n400 Bad Request\n\nIt is too deep.\n",
            &[
                (Some("400"), "400 Bad Request"),
                (Some("400"), "It is too deep."),
            ][..],
        ),
        ("Status code: 400, 401, or 404\n\nIt is too deep.\n", &[]),
        (
            "It is told when it is there.\n",
            &[(Some("202"), "It is told when it is there.")],
        ),
        ("## Error Codes\n\nSee Error Codes.\n", &[]),
        (
            "## Error Codes\n\n|Status Code|Error Code|Error Message|Description|\n|--|--|--|--|\n|400|Tide.4|Too deep|It is too deep.|\n",
            &[],
        ),
        ("## SDK Sample Code\n\nHere it is.\n\nRust\n", &[]),
        ("## Status Code\n\nSee [all of them](all.md).\n", &[]),
        (
            "## Status Code\n\n|Status Code|Description|\n|--|--|\n|4xx|It is too deep.|\n",
            &[],
        ),
    ] {
        let texts = crate::facts("gauge.md", &format!("{start}{status}{more}")).texts;
        let texts = texts
            .iter()
            .map(|(about, said)| (about.as_deref(), said.value.as_str()));
        let known = [(None, "Moves a gauge."), (Some("202"), "It goes on later.")];
        assert_eq!(
            texts.collect::<Vec<_>>(),
            [&known[..], expected].concat(),
            "{more}"
        );
    }
    let text = format!("Help/ Gauges/ Moving a Gauge\n\n{start}");
    let texts = crate::facts("gauge.md", &text).texts;
    assert_eq!(texts.len(), 1, "{texts:?}");
}

#[test]
fn what_cells_say_besides_stays_with_their_field() {
    let page = "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\n\
         |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|depth (deprecated)|No|Long|Depth.|\n\
         |mode|No|Sting|Mode.|\n|na&shy;me|No (yes for new gauges)|String|Name.|\n";
    let facts = crate::facts("gauge.md", page);
    let told = facts.parameters.iter().map(|(_, field)| {
        let remarks = field.remarks.iter().map(|it| it.value.replace('\n', " "));
        let remarks = remarks.collect::<Vec<_>>().join(" | ");
        (field.path.as_str(), field.deprecated.is_some(), remarks)
    });
    let told: Vec<_> = told.collect();
    let expected = [
        ("depth", true, "depth (deprecated)"),
        ("mode", false, "Sting"),
        ("name", false, "No (yes for new gauges)"),
    ];
    let expected = expected.map(|(path, is_old, remarks)| (path, is_old, remarks.to_owned()));
    assert_eq!(told, expected);
    assert_eq!(facts.unreadable, []);
}

/// What a page says in one of many lines is found in that one.
#[test]
fn a_fact_has_the_lines_that_say_it() {
    let page = "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\n\
         |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|depth|No|Long|Depth.|\n\n\
         ## Example Request\n\n```\nPUT /v1/gauges\n\n{\n  \"depth\": \"deep\",\n  \"tide\": 7\n}\n```\n";
    let facts = crate::facts("gauge.md", page);
    let found = &facts.contradictions[0];
    assert_eq!(found.about, "body parameter depth: type");
    assert_eq!(found.second.1.lines.first, 19);
    assert!(
        facts.left_out.iter().any(|(_, at)| at.first == 20),
        "{:?}",
        facts.left_out
    );
    let rows = "Moving a Gauge\n\nURI\n\nPUT /v1/gauges\n\nAuthorization\n\n|\nAction |\nAccess Level |\nAlias |\nDependencies |\n\
         |---|---|---|---|\n|\ntide:gauges:move |\nWrite |\n- |\ntide:gauges:list |\n";
    let facts = crate::facts("gauge.txt", rows);
    let lines = facts.iam[0].sources.iter().map(|it| it.lines.first);
    // The cells of a row, and that of the action where there is none.
    assert_eq!(lines.collect::<Vec<_>>(), [16, 17, 16, 16, 18, 19]);
}

#[test]
fn an_optional_field_that_the_example_calls_alike_is_a_contradiction() {
    for (shown, found) in [
        (
            "new_depth",
            &["body parameter depth", "body parameter new_depth"][..],
        ),
        ("tide", &[]),
    ] {
        let page = format!(
            "# Moving a Gauge\n\n## URI\n\nPUT /v1/gauges\n\n## Request\n\n\
             |Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n|depth|No|Long|Depth.|\n\n\
             ## Example Request\n\n```\n{{\"{shown}\": 7}}\n```\n"
        );
        let facts = crate::facts("gauge.md", &page);
        let about = facts.contradictions.iter().map(|it| it.about.as_str());
        assert_eq!(about.collect::<Vec<_>>(), found, "{shown}");
    }
}

#[test]
fn a_sentence_about_something_else_heads_no_table() {
    for (sentence, place) in [
        (
            "For details about the request header parameters, see Common Headers.",
            "body_params",
        ),
        ("The request headers are common ones.", "body_params"),
        (
            "The following table describes the request header parameters.",
            "header_params",
        ),
    ] {
        let page = format!(
            "Moving a Gauge\nURI\nPUT /v1/gauges\nRequest Parameters\n{sentence}\n|\nParameter |\nMandatory |\n\
             Type |\nDescription |\n|---|---|---|---|\n|\ndepth |\nYes |\nInteger |\nDepth. |\nResponse Parameters\nNone\n"
        );
        let said = shown("gauge.txt", &page);
        assert_eq!(said[place], json!(["depth:Integer:y"]), "{sentence}");
    }
}

/// Words that emphasis sets off from each other are not run together.
#[test]
fn values_in_emphasis_one_behind_the_other_are_several() {
    let page = "# Setting a Gauge\n\n## URI\n\nPOST /v1/gauges\n\n## Request Parameters\n\n\
        **Table 1** Request body parameters\n\n|Parameter|Mandatory|Type|Description|\n|--|--|--|--|\n\
        |flow|No|String|水流。缺省值：**ebb**枚举值：**ebb****flood****slack**|\n\
        |phone|No|String|The phone. Default value: \"138****1234\"|\n";
    let facts = shown("gauge.md", page);
    assert_eq!(facts["enums"]["flow"], json!(["ebb", "flood", "slack"]));
    assert_eq!(facts["defaults"]["flow"], "ebb");
    assert_eq!(facts["defaults"]["phone"], "138****1234");
}

/// How letters with accents are put together says nothing, nor does a list's sign or a link's address.
#[test]
fn letters_links_and_bullets_may_be_written_otherwise() {
    let page = |heading: &str, see: &str, mark: char| {
        format!(
            "Réglage\n\nURI\n\nPOST /v1/gauges\n\nTableau 1 Paramètres du corps de la requête\n\n|\n\
             {heading} |\nObligatoire |\nType |\nDescription |\n|---|---|---|---|\n|\ntide |\nNon |\n\
             String |\nLa marée. {see}. Valeurs possibles : {mark} EBB : basse {mark} FLOOD : haute |\n"
        )
    };
    let usual = shown("gauge.txt", &page("Paramètre", "Voir Marées", '•'));
    assert_eq!(usual["body_params"], json!(["tide:String:n"]));
    let composed = page(
        "Parame\u{300}tre",
        "Voir [Marées](https://example.com/a_1.html#b)",
        '○',
    );
    assert_eq!(shown("gauge.txt", &composed), usual);
}

/// A page whose bytes were read in another encoding is refused, and no other.
#[test]
fn a_page_in_a_wrong_encoding_is_no_page() {
    let page = "# Réglage à\n\n## URI\n\nPOST /v1/gauges — ààé\n";
    let latin: String = page.bytes().map(char::from).collect();
    // Windows-1252 has other characters for the last two bytes of the dash.
    let windows = latin.replace("\u{80}\u{94}", "€”");
    for misread in [latin, windows] {
        let refused = crate::read("gauge.md", misread.as_bytes()).expect_err("no page");
        assert!(refused.to_string().contains("Windows-1252"), "{refused}");
    }
    let slip = "# Setting\n\n## URI\n\nPOST /v1/gauges itâ€™s\n";
    for page in [page, slip] {
        assert!(crate::read("gauge.md", page.as_bytes()).is_ok());
    }
    // Where some were lost on the way, the lines are told.
    let lost = page.replace('à', "\u{fffd}");
    let lost = crate::read("gauge.md", lost.as_bytes()).expect("a page");
    let lines: Vec<usize> = lost.unreadable.iter().map(|it| it.1.first).collect();
    assert_eq!(lines, [1, 5]);
}

/// A note on a table is no row of it.
#[test]
fn a_note_within_a_table_is_no_row() {
    let head = "<tr><td>Parameter</td><td>Mandatory</td><td>Type</td><td>Description</td></tr>";
    let row = "<tr><td>depth</td><td>No</td><td>Integer</td><td>Depth.</td></tr>";
    let page = |more: &str| {
        format!(
            "<h1>Setting</h1><h4>URI</h4><p>POST /v1/gauges</p><h4>Request</h4><table>\
             <caption>Table 1 Request body parameters</caption>{head}{row}{more}</table>"
        )
    };
    let usual = shown("gauge.html", &page(""));
    assert_eq!(usual["body_params"], json!(["depth:Integer:n"]));
    for more in [
        "<tr><td colspan=\"4\">Note: For details, see the guide.</td></tr>",
        "<tr><td colspan=\"4\">说明：详见指南。</td></tr>",
    ] {
        let page = page(more);
        assert_eq!(shown("gauge.html", &page), usual, "{more}");
        let facts = crate::read("gauge.html", page.as_bytes()).expect("a page");
        assert_eq!(crate::refused(&facts), 0, "{more}");
    }
}

/// A definition of which half would be read is refused.
#[test]
fn a_definition_in_openapi_3_is_refused() {
    let definition = |root: &str, call: &str| {
        format!(
            "{{{root}\"paths\": {{\"/v1/gauges\": {{\"post\": {{\"responses\": {{}}{call}}}}}}}}}"
        )
    };
    let read = |text: &str| crate::read("gauge.json", text.as_bytes());
    assert!(read(&definition("\"swagger\": \"2.0\", ", "")).is_ok());
    for (root, call) in [
        ("\"openapi\": \"3.0.0\", ", ""),
        ("\"swagger\": \"2.0\", ", ", \"requestBody\": {}"),
    ] {
        let refused = read(&definition(root, call)).expect_err("no definition");
        assert!(refused.to_string().contains("OpenAPI 3"), "{refused}");
    }
}
