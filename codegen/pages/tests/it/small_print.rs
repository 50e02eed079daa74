//! What stands in the small print of a page: marks of footnotes, rows told twice, tables cut in two,
//! several routes on a line, and what a definition says of null and of ends that are left out.

use huaweicloud_pages::facts::CellOutcome;
use serde_json::{Value, json};

use crate::{facts, refused, shown};

/// A page in HTML with these rows in the table of its body.
fn html(rows: &str) -> String {
    format!(
        "<html><body><h1>Setting a Gauge</h1><h4>URI</h4><p>PUT /v1/gauges</p><h4>Request</h4>\
         <table><caption>Table 1 Request body parameters</caption><thead><tr><th>Parameter</th>\
         <th>Mandatory</th><th>Type</th><th>Description</th></tr></thead><tbody>{rows}</tbody></table>\
         </body></html>"
    )
}

/// A page in Markdown with these rows in the table of its body.
fn markdown(route: &str, rows: &str) -> String {
    format!(
        "# Setting a Gauge\n\n## URI\n\n{route}\n\n## Request\n\nTable 1 Request body parameters\n\n\
         | Parameter | Mandatory | Type | Description |\n| --- | --- | --- | --- |\n{rows}"
    )
}

#[test]
fn marks_of_footnotes_are_no_part_of_a_name() {
    let row = "<tr><td>depth<sup>1</sup></td><td>Yes</td><td>Integer</td>\
               <td>Depth. Value range: 1 to 2<sup>31</sup></td></tr>";
    let said = shown("gauge.html", &html(row));
    assert_eq!(said["body_params"], json!(["depth:Integer:y"]));
    // An exponent is no number of its own, and its base is not all of it.
    assert_eq!(said["ranges"], json!({}));
    let page = markdown(
        "PUT /v1/gauges",
        "| depth<sup>1</sup> | Yes | Integer | Depth. |\n| flag<sup>*</sup> | No | String | Flag. |\n",
    );
    assert_eq!(
        shown("gauge.md", &page)["body_params"],
        json!(["depth:Integer:y", "flag:String:n"])
    );
}

#[test]
fn what_is_struck_out_is_not_said() {
    let rows = "<tr><td><del>depth</del></td><td><del>Yes</del></td><td><del>Integer</del></td>\
                <td><del>Depth.</del></td></tr>\
                <tr><td>mode</td><td><s>Yes</s> No</td><td>String</td>\
                <td>The mode. <strike>Value range: 1 to 9</strike> The value can be <b>deep</b> or <b>flat</b>.</td></tr>";
    for (name, page) in [
        ("gauge.html", html(rows)),
        (
            "gauge.md",
            html(rows)
                .replace("<html><body>", "\n")
                .replace("</body></html>", "\n"),
        ),
    ] {
        let said = shown(name, &page);
        assert_eq!(said["body_params"], json!(["mode:String:n"]), "{name}");
        assert_eq!(said["enums"], json!({"mode": ["deep", "flat"]}), "{name}");
        assert_eq!(refused(&facts(name, &page)), 0, "{name}");
    }
    let page = markdown(
        "PUT /v1/gauges",
        "| <del>depth</del> | <del>Yes</del> | <del>Integer</del> | <del>Depth.</del> |\n| mode | No | String | Mode. |\n",
    );
    assert_eq!(
        shown("gauge.md", &page)["body_params"],
        json!(["mode:String:n"])
    );
    let page = markdown(
        "PUT /v1/gauges",
        "| ~~depth~~ | ~~Yes~~ | ~~Integer~~ | ~~Depth.~~ |\n| mode | No | String | ~a~. |\n",
    );
    assert_eq!(
        shown("gauge.md", &page)["body_params"],
        json!(["mode:String:n"])
    );
}

#[test]
fn a_row_told_twice_is_a_contradiction_or_a_repeat() {
    let page = |second: &str| {
        let row = "| depth | Yes | Integer | Depth. |\n";
        facts(
            "gauge.md",
            &markdown("PUT /v1/gauges", &format!("{row}{second}")),
        )
    };
    for (second, about) in [
        (
            "| depth | Yes | String | Depth. |\n",
            "body parameter depth: type",
        ),
        (
            "| depth | No | Integer | Depth. |\n",
            "body parameter depth: required",
        ),
    ] {
        let facts = page(second);
        let found: Vec<&str> = facts
            .contradictions
            .iter()
            .map(|one| one.about.as_str())
            .collect();
        assert_eq!(found, [about]);
    }
    let facts = page("| depth | Yes | Integer | Depth. |\n");
    assert_eq!(facts.contradictions, []);
    let repeated = facts
        .ledger
        .cells
        .iter()
        .filter(|(_, _, outcome)| *outcome == CellOutcome::Ignored("a repeat of a row above"));
    assert_eq!(repeated.count(), 4);
}

#[test]
fn a_field_of_an_answer_told_twice_is_a_contradiction() {
    let page = "# Listing Gauges\n\n## URI\n\nGET /v1/gauges\n\n## Response\n\nTable 1 Response parameters\n\n\
                | Parameter | Type | Description |\n| --- | --- | --- |\n| depth | Integer | Depth. |\n\
                | depth | String | Depth. |\n";
    let facts = facts("gauge.md", page);
    assert_eq!(facts.contradictions.len(), 1);
    assert!(facts.contradictions[0].about.ends_with(" depth: type"));
}

#[test]
fn a_table_without_a_head_goes_on_with_the_one_above() {
    let first = "<tr><td>depth</td><td>Yes</td><td>Integer</td><td>Depth.</td></tr>\
                 <tr><td>crew</td><td>No</td><td>Object</td><td>Crew. See Table 2.</td></tr>";
    let second = "<tr><td>flag</td><td>No</td><td>String</td><td>Flag.</td></tr>";
    let whole = shown("gauge.html", &html(&format!("{first}{second}")));
    let cut = shown(
        "gauge.html",
        &html(&format!("{first}</tbody></table><table><tbody>{second}")),
    );
    assert_eq!(cut["body_params"], whole["body_params"]);
    // As wide as the one above, or it is a table of its own.
    let narrow = "<tr><td>flag</td><td>String</td><td>Flag.</td></tr>";
    let other = shown(
        "gauge.html",
        &html(&format!("{first}</tbody></table><table><tbody>{narrow}")),
    );
    let body = other["body_params"].as_array().expect("a list");
    let top = |name: &Value| name.as_str().is_some_and(|name| name.starts_with("flag"));
    assert!(!body.iter().any(top), "{body:?}");
}

#[test]
fn routes_with_remarks_and_beside_each_other() {
    for route in [
        "PUT /v2/gauges\n\nPUT /v1/gauges（已废弃）",
        "PUT /v2/gauges\n\nPUT /v1/gauges (deprecated)",
        "PUT /v2/gauges or PUT /v1/gauges",
    ] {
        let said = shown("gauge.md", &markdown(route, ""));
        assert_eq!(said["path"], json!("/v2/gauges"), "{route}");
        assert_eq!(said["path_alternatives"], json!(["/v1/gauges"]), "{route}");
        assert_eq!(said["deprecated"], json!(false), "{route}");
    }
}

#[test]
fn a_definition_with_ends_left_out_and_null() {
    let definition = json!({
        "swagger": "2.0",
        "info": {"title": "Gauges", "version": "v1"},
        "paths": {"/v1/gauges": {"put": {
            "operationId": "SetGauge",
            "parameters": [{"in": "body", "name": "body", "schema": {"$ref": "#/definitions/Gauge"}}],
            "responses": {"200": {"description": "Done."}}
        }}},
        "definitions": {"Gauge": {"type": "object", "properties": {
            "depth": {"type": "integer", "minimum": 0, "exclusiveMinimum": true, "maximum": 10, "exclusiveMaximum": true},
            "level": {"type": "integer", "exclusiveMinimum": 0, "maximum": 10, "exclusiveMaximum": false},
            "slope": {"type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": 10},
            "mode": {"type": "string", "enum": ["ebb", "flood", null]},
            "flag": {"type": ["string", "null"]},
            "note": {"type": ["string", "integer"]}
        }}}
    });
    let said = shown("gauge.json", &definition.to_string());
    assert_eq!(
        said["ranges"],
        json!({"depth": [1, 9], "level": [1, 10], "slope": [null, 10]})
    );
    assert_eq!(said["enums"], json!({"mode": ["ebb", "flood"]}));
    assert_eq!(said["nullable"], json!(["mode", "flag"]));
    let body = said["body_params"].as_array().expect("a list");
    assert!(body.contains(&json!("flag:String:n")), "{body:?}");
    assert!(body.contains(&json!("note:?:n")), "{body:?}");
}
