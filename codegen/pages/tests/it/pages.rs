//! Whole pages of the project's own making, in HTML, Markdown and as a definition: what they say,
//! and what became of every cell.

use huaweicloud_pages::block::Block;
use huaweicloud_pages::facts::{CellOutcome, SourceKind};
use huaweicloud_pages::{form, notation};
use serde_json::{Value, json};

use crate::{facts, shown};

const GATE: &str = include_str!("../fixtures/close_gate.html");
const KEY: &str = include_str!("../fixtures/reset_gauge_key_zh.md");
const RENAME: &str = include_str!("../fixtures/rename_gauge.json");

fn check(said: &Value, expected: &Value) {
    for (key, value) in expected.as_object().expect("an object") {
        assert_eq!(&said[key], value, "{key} of {said:#}");
    }
}

#[test]
fn html_says_what_its_tables_say() {
    check(
        &shown("close_gate.html", GATE),
        &json!({
            "operation": null,
            "deprecated": false,
            "method": "POST",
            "path": "/v2.1/{project_id}/gates/{gate_id}/close",
            "path_alternatives": ["/v2/{project_id}/gates/{gate_id}/close"],
            "path_params": ["project_id:?:y", "gate_id:?:y"],
            "query_params": ["wait:?:n", "dry:?:?"],
            "header_params": ["X-Tide-Version:?:y"],
            "body_params": [
                "close:Object:y", "close.tide:mode:String:y", "close.force:Boolean:n", "close.crew:Array of objects:n",
                "close.labels:Object:n", "note:String:n",
            ],
            "responses": {
                "?": ["gates:Array of objects", "gates[].id:Integer", "levels:Object", "levels.*.metres:Float"],
                "error": ["error.code:String", "error.message:String"],
            },
            "status_codes": [],
            "enums": { "close.tide:mode": ["EBB", "FLOOD", "SLACK"] },
            "defaults": { "close.force": false },
            "nullable": ["levels.*.metres"],
            "lengths": { "close.labels (key)": [1, 36], "close.labels (value)": 43, "note": 80 },
            "ranges": { "wait": [1, 1200] },
            "asynchronous": true,
        }),
    );
}

#[test]
fn html_contradicts_itself_with_witnesses() {
    let facts = facts("close_gate.html", GATE);
    let [only] = facts.contradictions.as_slice() else {
        panic!("{:?}", facts.contradictions)
    };
    assert_eq!(only.about, "response ? gates[].id: type");
    assert_eq!(
        (only.first.0.as_str(), only.second.0.as_str()),
        ("Integer", "String")
    );
    assert_eq!(
        (only.first.1.kind, only.second.1.kind),
        (SourceKind::Table, SourceKind::Example)
    );
    let line = GATE.lines().nth(only.first.1.lines.first - 1).unwrap();
    assert!(line.contains("Integer"), "{line}");
}

#[test]
fn sources_point_at_the_line_and_cell() {
    let facts = facts("close_gate.html", GATE);
    for (_, field) in &facts.parameters {
        let source = &field.named[0];
        let line = GATE.lines().nth(source.lines.first - 1).unwrap();
        let name = field.path.rsplit('.').next().unwrap();
        assert!(
            line.contains(name),
            "{name} is not on line {}: {line}",
            source.lines.first
        );
    }
    let (_, mode) = facts
        .parameters
        .iter()
        .find(|(_, field)| field.path == "close.tide:mode")
        .unwrap();
    assert_eq!(mode.named[0].cell, Some((3, 1, 1)));
    assert_eq!(mode.required.1.as_ref().unwrap().cell, Some((3, 1, 2)));
}

#[test]
fn markdown_says_what_its_tables_say() {
    check(
        &shown("reset_gauge_key_zh.md", KEY),
        &json!({
            "operation": "ResetGaugeKey",
            "method": "PUT",
            "path": "/v1/{project_id}/gauges/{gauge_id}/key",
            "path_params": ["project_id:?:y", "gauge_id:?:y"],
            "body_params": ["reset-key:Object:y", "reset-key.new_password:String:y", "check:Boolean:n"],
            "responses": { "204": [] },
            "status_codes": ["204"],
            "defaults": { "check": true },
            "password_policy": { "length": [9, 27], "min_classes": 2, "specials": "!@#|%_" },
            "secret_fields": ["reset-key.new_password"],
        }),
    );
    // The example ends an object with a comma.
    let facts = facts("reset_gauge_key_zh.md", KEY);
    let broken = |example: &&huaweicloud_pages::facts::Example| {
        matches!(
            example.body,
            huaweicloud_pages::facts::ExampleBody::Unreadable(_)
        )
    };
    assert_eq!(facts.examples.iter().filter(broken).count(), 1);
}

#[test]
fn a_definition_says_what_its_schemas_say() {
    let said = shown("rename_gauge.json", RENAME);
    check(
        &said,
        &json!({
            "operation": "RenameGauge",
            "deprecated": true,
            "method": "PUT",
            "path": "/v1/{project_id}/gauges",
            "path_params": ["project_id:String:y"],
            "query_params": ["dry:Boolean:n"],
            "responses": { "204": [], "400": ["error_code:String"] },
            "status_codes": ["204", "400", "503"],
            "enums": { "mode": ["ebb", "flood"] },
            "defaults": { "mode": "ebb" },
            "lengths": { "name": [1, 40] },
        }),
    );
    // A schema inside itself ends somewhere.
    let body = said["body_params"].as_array().unwrap();
    assert!(
        body.contains(&json!("marks[].below:Object:n")) && body.len() < 40,
        "{body:?}"
    );
    let about: Vec<String> = facts("rename_gauge.json", RENAME)
        .contradictions
        .into_iter()
        .map(|c| c.about)
        .collect();
    assert_eq!(
        about,
        [
            "body parameter mode: type",
            "response 400 error_code: type",
            "response 400 description"
        ]
    );
}

/// Every cell of every table is accounted for, once.
#[test]
fn no_cell_is_lost() {
    for (name, text) in [("close_gate.html", GATE), ("reset_gauge_key_zh.md", KEY)] {
        let blocks = form::blocks(text, form::detect(name, text)).expect("blocks");
        let tables = blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let cells: usize = tables
            .map(|table| table.header.len() + table.rows.iter().map(Vec::len).sum::<usize>())
            .sum();
        let ledger = facts(name, text).ledger;
        assert_eq!(ledger.cells.len(), cells, "{name}");
        let unreadable: Vec<_> = ledger
            .cells
            .iter()
            .filter(|(.., outcome)| matches!(outcome, CellOutcome::Unreadable(_)))
            .collect();
        assert!(unreadable.is_empty(), "{name}: {unreadable:?}");
    }
}

/// A cell that is gone makes the row unknown, and moves nothing.
#[test]
fn a_lost_cell_moves_no_other() {
    let without = GATE.replace(
        "<td headers=\"h3.2 \"><p>No</p></td><td headers=\"h3.3 \"><p>Boolean</p></td>",
        "<td headers=\"h3.3 \"><p>Boolean</p></td>",
    );
    assert_ne!(without, GATE);
    let said = shown("close_gate.html", &without);
    assert_eq!(said["body_params"][2], "close.force:Boolean:?");
    // Without the attribute that names the column, the words of the cells tell, or nothing does.
    let bare = without
        .replace(" headers=\"h3.1 \"", "")
        .replace(" headers=\"h3.2 \"", "")
        .replace(" headers=\"h3.3 \"", "")
        .replace(" headers=\"h3.4 \"", "");
    let said = shown("close_gate.html", &bare);
    assert_eq!(said["body_params"][2], "close.force:Boolean:?");
    let row = "|check|否|Boolean|是否检查，默认值为true。|";
    let said = shown(
        "key.md",
        &KEY.replace(row, "|check|Boolean|是否检查，默认值为true。|"),
    );
    assert_eq!(said["body_params"][2], "check:Boolean:?");
}

#[test]
fn swapped_cells_are_unreadable_and_never_wrong() {
    let swapped = GATE.replace(
        "<td headers=\"h3.2 \"><p>No</p></td><td headers=\"h3.3 \"><p>Boolean</p></td>",
        "<td headers=\"h3.2 \"><p>Boolean</p></td><td headers=\"h3.3 \"><p>No</p></td>",
    );
    assert_ne!(swapped, GATE);
    let facts = facts("close_gate.html", &swapped);
    assert_eq!(notation::facts(&facts)["body_params"][2], "close.force:?:?");
    let unreadable = facts
        .ledger
        .cells
        .iter()
        .filter(|(.., outcome)| matches!(outcome, CellOutcome::Unreadable(_)))
        .count();
    assert_eq!(unreadable, 2);
}

/// A link to the line above a table is a link to the table.
#[test]
fn a_label_stands_for_its_table() {
    let page = "# 建水尺<a name=\"g1\"></a>\n\n## URI\n\n-   URI格式\n\n    POST /v3/\\{project\\_id\\}/gauges\n\n-   参数说明\n\n    |名称|是否必选|描述|\n    |--|--|--|\n    |project_id|是|项目|\n\n\n## 请求消息\n\n-   请求参数\n\n    |参数|参数类型|是否必选|描述|\n    |--|--|--|--|\n    |gauge|Object|是|水尺，请参见[•结构一](#li7)。|\n    |mast|Object|否|桅杆，请参见[•结构二](#li8)。|\n\n\n-   <a name=\"li7\"></a>结构一\n\n    |参数|参数类型|是否必选|描述|\n    |--|--|--|--|\n    |depth|Integer|是|水深|\n\n\n-   <a name=\"li8\"></a>结构二\n\n    |参数|参数类型|是否必选|描述|\n    |--|--|--|--|\n    |height|Integer|是|高度|\n\n\n-   请求样例\n\n    ```\n    {\"gauge\": {\"depth\": 1}}\n    ```\n";
    check(
        &shown("gauge.md", page),
        &json!({
            "path": "/v3/{project_id}/gauges",
            "path_params": ["project_id:?:y"],
            "body_params": ["gauge:Object:y", "gauge.depth:Integer:y", "mast:Object:n", "mast.height:Integer:y"],
        }),
    );
}

/// An object whose examples show the fields one level further down is a map, declared or not.
#[test]
fn examples_tell_maps_from_objects() {
    let table = |rows: &str| format!("|Parameter|Type|Description|\n|--|--|--|\n{rows}\n\n");
    let page = format!(
        "# Listing Levels\n\n## URI\n\nGET /v1/levels\n\n## Response\n\n**Table 1** Response parameters\n\n{}**Table 2** level\n\n{}## Example Response\n\n```\n{{\"levels\": {{\"north\": [{{\"metres\": 1.5}}]}}}}\n```\n",
        table("|levels|Object|By gauge. See Table 2.|"),
        table("|metres|Float|Above the mark.|"),
    );
    check(
        &shown("levels.md", &page),
        &json!({ "responses": { "?": ["levels:Object", "levels.*[].metres:Float"] } }),
    );
}
