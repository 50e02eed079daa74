//! Kinds of pages that readers stumble over, each written down in every form.

use std::collections::BTreeSet;

use huaweicloud_pages::combine;
use huaweicloud_pages::facts::CellOutcome;
use serde_json::{Value, json};

use crate::mutations::doc::{Cell, Doc, Line, Part, Table};
use crate::mutations::model::{Column, FORMS, Form, Lang};
use crate::mutations::render::render;
use crate::mutations::words::Para;
use crate::{facts, shown};

/// A page from a sketch: `# title`, `## heading`, `$ route`, `> words`, `! listing`, `= 2 caption` or
/// `=` above a table, whose rows begin with `|`, the heading first.
fn document(sketch: &str, form: Form, lang: Lang) -> Doc {
    let mut parts: Vec<Part> = Vec::new();
    let mut tables = 0;
    for line in sketch
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let (mark, rest) = line.split_once(' ').unwrap_or((line, ""));
        let words = rest.to_owned();
        match mark {
            "#" => parts.push(Part::Title(words)),
            "##" => parts.push(Part::Heading(words)),
            "$" => parts.push(Part::Route(words)),
            ">" => parts.push(Part::Para(words)),
            "!" => parts.push(Part::Code(words)),
            "=" => {
                tables += 1;
                let (number, caption) = rest.split_once(' ').unwrap_or((rest, ""));
                parts.push(Part::Table(Table {
                    number: number.parse().unwrap_or(tables),
                    caption: (!caption.is_empty()).then(|| caption.to_owned()),
                    header: Vec::new(),
                    rows: Vec::new(),
                    iam: false,
                }));
            }
            _ => {
                let Some(Part::Table(table)) = parts.last_mut() else {
                    panic!("a row below no table: {line}");
                };
                let cells = rest.split('|').map(|cell| cell.trim().to_owned());
                if table.header.is_empty() {
                    table.header = cells.map(|cell| Some((Column::Name, cell))).collect();
                } else {
                    let cell = |text: String| {
                        let paras = vec![Para::Text(text)];
                        Some(Cell { paras })
                    };
                    table.rows.push(Line {
                        cells: cells.map(cell).collect(),
                        own: BTreeSet::new(),
                        said: BTreeSet::new(),
                        below: BTreeSet::new(),
                    });
                }
            }
        }
    }
    Doc { form, lang, parts }
}

/// The forms of pages; definitions are none.
fn forms() -> impl Iterator<Item = Form> {
    FORMS.into_iter().filter(|form| *form != Form::Explorer)
}

fn written(sketch: &str, form: Form) -> String {
    let lang = if sketch.is_ascii() {
        Lang::En
    } else {
        Lang::Zh
    };
    render(&document(sketch, form, lang)).text()
}

/// In every form the page must say what is expected of it.
fn says(sketch: &str, expected: &Value) {
    for form in forms() {
        let text = written(sketch, form);
        let said = shown(form.file(), &text);
        for (key, wanted) in expected.as_object().unwrap() {
            assert_eq!(&said[key], wanted, "{key} in {form:?}:\n{text}");
        }
    }
}

#[test]
fn what_the_uri_names_in_its_query_is_in_the_query() {
    for query in ["{?depth,crew}", "?depth={depth}&crew={crew_name}"] {
        let sketch = format!(
            "# Listing Gauges
             ## URI
             $ GET /v1/{{port_id}}/gauges{query}
             = 1 Path parameters
             | Parameter | Mandatory | Type | Description
             | port_id | Yes | String | Port.
             | depth | Yes | Integer | Depth.
             | crew | No | String | Crew.
             ## Response
             > None"
        );
        says(
            &sketch,
            &json!({
                "path": "/v1/{port_id}/gauges",
                "path_params": ["port_id:String:y"],
                "query_params": ["depth:Integer:y", "crew:String:n"],
            }),
        );
    }
}

/// A value that stands in the address is a part of it.
#[test]
fn what_the_uri_fixes_in_its_query_must_be_given() {
    let sketch = "# Raising a Gauge
        ## URI
        $ POST /v1/gauges?action_id=raise
        ## Response
        > None";
    says(
        sketch,
        &json!({"query_params": ["action_id:?:y"], "enums": {"action_id": ["raise"]}}),
    );
    let sample = sketch.replace("action_id=raise", "limit=10&marker=abc");
    says(
        &sample,
        &json!({"query_params": ["limit:?:?", "marker:?:?"]}),
    );
}

#[test]
fn labels_and_examples_beside_the_uri_lead_nowhere() {
    let sketch = "# Listing Gauges
        ## URI
        > URI format: GET /v1/{port_id}/gauges
        > Example:
        ! GET https://tide.example.com/v1/0a1b2c3d4e5f60718293a4b5c6d7e8f9/gauges
        = 1 Parameter description
        | Parameter | Mandatory | Type | Description
        | port_id | Yes | String | Port.
        | crew | No | String | Crew.
        ## Response
        > None";
    says(
        sketch,
        &json!({
            "path": "/v1/{port_id}/gauges",
            "path_alternatives": [],
            "path_params": ["port_id:String:y"],
            "query_params": ["crew:String:n"],
        }),
    );
}

#[test]
fn the_root_is_a_path_and_further_routes_are_alternatives() {
    let sketch = "# Listing Versions
        ## URI
        $ GET /
        ## Response
        > None";
    says(sketch, &json!({"method": "GET", "path": "/"}));
    let sketch = "# Listing Gauges
        ## URI
        $ GET /v2/gauges
        $ GET /v2.1/gauges
        ## Response
        > None";
    says(
        sketch,
        &json!({"path": "/v2/gauges", "path_alternatives": ["/v2.1/gauges"]}),
    );
}

/// A page whose request holds a gauge, described as told, with the tables below.
fn request(gauge: &str, below: &str) -> String {
    format!(
        "# Setting a Gauge
         ## URI
         $ PUT /v1/{{port_id}}/gauges
         = 1 Path parameters
         | Parameter | Mandatory | Type | Description
         | port_id | Yes | String | Port.
         ## Request
         = 2 Request body parameters
         | Parameter | Mandatory | Type | Description
         | gauge | Yes | Object | {gauge}
         {below}
         ## Response
         > None"
    )
}

#[test]
fn a_caption_that_fits_wins_over_a_number_gone_stale() {
    let below = "= 4 gauge field description
         | Parameter | Mandatory | Type | Description
         | depth | No | Integer | Depth.";
    for gauge in [
        "The gauge. See Table 1.",
        "The gauge. See Table 4.",
        "The gauge.",
    ] {
        says(
            &request(gauge, below),
            &json!({"body_params": ["gauge:Object:y", "gauge.depth:Integer:n"]}),
        );
    }
}

#[test]
fn a_table_of_another_topic_is_none_of_the_page() {
    for gauge in [
        "The gauge. See Table 1 in Querying Gauges.",
        "The gauge. For details, see Table 1 of Gauge Structures.",
    ] {
        says(
            &request(gauge, ""),
            &json!({"path_params": ["port_id:String:y"], "body_params": ["gauge:Object:y"]}),
        );
    }
}

#[test]
fn a_table_that_names_another_row_is_that_rows() {
    let below = "| mast | No | Object | The mast.
         = 3 mast field description
         | Parameter | Mandatory | Type | Description
         | height | Yes | Integer | Height.";
    says(
        &request("The gauge. See Table 3.", below),
        &json!({"body_params": ["gauge:Object:y", "mast:Object:n", "mast.height:Integer:y"]}),
    );
}

#[test]
fn captions_with_dots_name_rows_by_their_paths() {
    let below = "= 3 gauge
         | Parameter | Mandatory | Type | Description
         | crew | Yes | Object | Crew.
         | mast | No | Array of objects | Masts.
         = 4 gauge.crew
         | Parameter | Mandatory | Type | Description
         | flag | Yes | Object | Flag.
         = 5 gauge.mast
         | Parameter | Mandatory | Type | Description
         | flag | No | Object | Flag.
         = 6 gauge.crew.flag
         | Parameter | Mandatory | Type | Description
         | colour | Yes | String | Colour.
         = 7 gauge.mast.flag
         | Parameter | Mandatory | Type | Description
         | height | Yes | Integer | Height.";
    says(
        &request("The gauge.", below),
        &json!({"body_params": [
            "gauge:Object:y",
            "gauge.crew:Object:y",
            "gauge.crew.flag:Object:y",
            "gauge.crew.flag.colour:String:y",
            "gauge.mast:Array of objects:n",
            "gauge.mast[].flag:Object:n",
            "gauge.mast[].flag.height:Integer:y",
        ]}),
    );
}

#[test]
fn names_with_dots_are_paths_already() {
    let sketch = request("The gauge.", "| gauge.crew.flag | No | String | Flag.");
    says(
        &sketch,
        &json!({"body_params": ["gauge:Object:y", "gauge.crew.flag:String:n"]}),
    );
}

#[test]
fn a_label_that_lost_its_link_leads_to_its_table() {
    let sketch = "# Reading a Gauge
        ## URI
        $ GET /v1/gauges
        ## Response
        = 1 Response parameters
        | Parameter | Type | Description
        | depth | Integer | Depth.
        | error | String | What went wrong. For details, see Parameters in the error field.
        = 2 Parameters in the error field
        | Parameter | Type | Description
        | code | String | Code.
        ## Status Codes
        > 200";
    says(
        sketch,
        &json!({"responses": {"200": ["depth:Integer", "error:String", "error.code:String"]}}),
    );
}

#[test]
fn words_for_any_name_are_a_star() {
    let below = "= 3 gauge field description
         | Parameter | Mandatory | Type | Description
         | User-defined field key and value pair | No | String | Any.";
    says(
        &request("The gauge.", below),
        &json!({"body_params": ["gauge:Object:y", "gauge.*:String:n"]}),
    );
}

#[test]
fn an_answer_with_a_condition_is_no_yes() {
    let rows = "| depth | Yes (when the mode is tidal) | Integer | Depth.
         | crew | No (mandatory when the mode is tidal) | String | Crew.
         | flag | Yes (at most one) | String | Flag.";
    let sketch = request("The gauge.", rows);
    for form in forms() {
        let said = shown(form.file(), &written(&sketch, form));
        let body = json!([
            "gauge:Object:y",
            "depth:Integer:n",
            "crew:String:n",
            "flag:String:y"
        ]);
        assert_eq!(said["body_params"], body, "{form:?}");
        // A definition has no words for the case: that it demands the field is no other opinion.
        let schema = json!({"required": ["gauge", "depth", "flag"], "properties": {
            "gauge": {"type": "object"}, "depth": {"type": "integer"}, "crew": {"type": "string"},
            "flag": {"type": "string"}}});
        let definition = json!({"swagger": "2.0", "paths": {"/v1/{port_id}/gauges": {"put": {
            "operationId": "SetGauge",
            "parameters": [{"in": "body", "name": "body", "schema": schema}],
            "responses": {"200": {"description": "Done."}}}}}});
        let both = combine(vec![
            facts(form.file(), &written(&sketch, form)),
            facts("gauge.json", &definition.to_string()),
        ]);
        let told = both.contradictions.iter().map(|it| it.about.as_str());
        let told: Vec<&str> = told.filter(|about| about.ends_with("required")).collect();
        assert!(told.is_empty(), "{form:?}: {told:?}");
    }
}

#[test]
fn statuses_stand_in_sentences_and_beside_codes() {
    for (status, expected) in [
        ("> Status code 204, meaning that it is done", json!(["204"])),
        (
            "> If status code \"200 OK\" is returned, it is done.",
            json!(["200"]),
        ),
        (
            "> None\n             ## Status Codes\n             > Normal 202",
            json!(["202"]),
        ),
        (
            "> None\n             ## Status Codes\n             > Abnormal: 404",
            json!(["404"]),
        ),
        (
            "> None\n             ## Status Codes\n             > Gauge 404",
            json!([]),
        ),
    ] {
        let sketch = format!(
            "# Setting a Gauge
             ## URI
             $ PUT /v1/gauges
             ## Response
             {status}"
        );
        says(&sketch, &json!({"status_codes": expected}));
    }
    let sketch = "# 设置水尺
        ## URI
        $ PUT /v1/gauges
        ## 响应
        > 无
        ## 状态码
        =
        | 状态码 | 编码 | 错误码说明
        | 400 | badRequest | 请求错误
        | 404 | notFound | 水尺不存在";
    says(sketch, &json!({"status_codes": ["400", "404"]}));
    let sketch = "# Setting a Gauge
        ## URI
        $ PUT /v1/gauges
        ## Response
        > None
        ## Return Code
        = 1 Normal return code
        | Return Code | Type | Description
        | 200 | OK | Done.";
    says(sketch, &json!({"status_codes": ["200"]}));
}

#[test]
fn headers_told_of_are_none_asked_for() {
    for (words, expected) in [
        (
            "Use the HTTP header X-Tide-Version to choose the version.",
            json!(["X-Tide-Version:?:?"]),
        ),
        (
            "The request header X-Tide-Version is described elsewhere.",
            json!([]),
        ),
        (
            "If the gauge is old, the request header X-Tide-Version is used.",
            json!([]),
        ),
    ] {
        let sketch = format!(
            "# Reading a Gauge
             ## Function
             > {words}
             ## URI
             $ GET /v1/gauges
             ## Response
             > None"
        );
        says(&sketch, &json!({"header_params": expected}));
    }
}

#[test]
fn errors_that_only_examples_show_are_errors() {
    for (body, fields) in [
        (
            "{\"error\": {\"code\": \"Tide.1\", \"message\": \"Low.\"}}",
            json!(["error.code:String", "error.message:String"]),
        ),
        (
            "{\"error_code\": \"Tide.1\", \"error_msg\": \"Low.\"}",
            json!(["error_code:String", "error_msg:String"]),
        ),
    ] {
        let sketch = format!(
            "# Reading a Gauge
             ## URI
             $ GET /v1/gauges
             ## Response
             = 1 Response parameters
             | Parameter | Type | Description
             | depth | Integer | Depth.
             ## Example Response
             ! {{\"depth\": 3}}
             ! {body}
             ## Status Codes
             > 200"
        );
        let responses = json!({"200": ["depth:Integer"], "error": fields});
        says(&sketch, &json!({"responses": responses}));
    }
}

#[test]
fn an_object_that_only_examples_show_is_around_the_fields() {
    let sketch = "# Setting a Gauge
        ## URI
        $ PUT /v1/gauges
        ## Request
        = 1 Request parameters
        | Parameter | Mandatory | Type | Description
        | depth | Yes | Integer | Depth.
        ## Response
        = 2 Response parameters
        | Parameter | Type | Description
        | crew | String | Crew.
        ## Example Request
        ! {\"gauge\": {\"depth\": 3}}
        ## Example Response
        ! {\"port\": {\"crew\": \"x\"}}
        ## Status Codes
        > 200";
    says(
        sketch,
        &json!({
            "body_params": ["gauge:Object?:y", "gauge.depth:Integer:y"],
            "responses": {"200": ["port:Object?", "port.crew:String"]},
        }),
    );
}

/// Media types in an example name its ways, which hold no fields.
#[test]
fn an_example_may_show_a_body_for_each_media_type() {
    let sketch = "# Setting a Gauge
        ## URI
        $ GET /v1/gauges
        ## Response
        = 2 Response parameters
        | Parameter | Type | Description
        | crew | String | Crew.
        | depth | Integer | Depth.
        ## Example Response
        ! {\"application/json-1\": {\"crew\": \"x\"}, \"application/json-2\": {\"depth\": 3}}
        ## Status Codes
        > 200";
    let fields = json!(["crew:String", "depth:Integer"]);
    says(sketch, &json!({"responses": {"200": fields}}));
}

#[test]
fn rows_without_levels_are_where_the_example_has_them() {
    let sketch = "# Reading a Gauge
        ## URI
        $ GET /v1/gauges
        ## Response
        = 1 Response parameters
        | Parameter | Type | Description
        | gauge | Object | Gauge.
        | links | Array of objects | Links.
        | href | String | Where.
        | gauge | String | Its name.
        | depth | Integer | Depth.
        ## Example Response
        ! {\"gauge\": {\"depth\": 3, \"links\": [{\"href\": \"x\", \"rel\": \"y\"}], \"gauge\": \"n\"}}
        ## Status Codes
        > 200";
    let fields = [
        "gauge:Object",
        "gauge.links:Array of objects",
        "gauge.links[].href:String",
        "gauge.gauge:String",
        "gauge.depth:Integer",
    ];
    says(sketch, &json!({"responses": {"200": fields}}));
}

#[test]
fn an_object_around_the_fields_may_show_others_besides() {
    let sketch = "# Reading a Gauge
        ## URI
        $ GET /v1/gauges
        ## Response
        = 1 Response parameters
        | Parameter | Type | Description
        | crew | String | Crew.
        | depth | Integer | Depth.
        | tide | String | Tide.
        ## Example Response
        ! {\"gauge\": {\"crew\": \"x\", \"depth\": 3, \"made\": \"then\"}}
        ## Status Codes
        > 200";
    let fields = [
        "gauge:Object?",
        "gauge.crew:String",
        "gauge.depth:Integer",
        "gauge.tide:String",
    ];
    says(sketch, &json!({"responses": {"200": fields}}));
}

#[test]
fn a_type_may_have_a_length_behind_it() {
    let rows =
        "| label | Yes | String(64) | The label.\n        | note | No | String(1-255) | A note.";
    let said = json!({
        "body_params": ["gauge:Object:y", "label:String:y", "note:String:n"],
        "lengths": {"label": 64, "note": [1, 255]},
    });
    says(&request("The gauge.", rows), &said);
}

#[test]
fn a_row_for_the_type_of_the_content_is_a_header() {
    let rows = "| Content-Type | Yes | String | The type of the body.";
    let said =
        json!({"header_params": ["Content-Type:String:y"], "body_params": ["gauge:Object:y"]});
    says(&request("The gauge.", rows), &said);
}

#[test]
fn an_end_is_said_in_the_title_or_of_this_api() {
    for (title, words, expected) in [
        ("Reading a Gauge (Discarded)", "Reads a gauge.", true),
        ("Reading a Gauge", "This API has been deprecated.", true),
        (
            "Reading a Deprecated Gauge",
            "Reads a deprecated gauge.",
            false,
        ),
    ] {
        let sketch = format!(
            "# {title}
             ## Function
             > {words}
             ## URI
             $ GET /v1.0/{{project_id}}/instances
             ## Response
             > None"
        );
        says(&sketch, &json!({"deprecated": expected}));
    }
}

#[test]
fn the_service_is_named_by_the_hosts_of_its_own_routes() {
    let sketch = "# Reading a Gauge
        ## URI
        $ GET /v1/gauges/{gauge_id}
        ## Response
        > None
        ## Example Request
        ! GET https://tide.north.example.com/v1/gauges/7
        ! GET https://moon.north.example.com/v1/moons";
    for form in forms() {
        let page = facts(form.file(), &written(sketch, form));
        let services: Vec<&str> = page
            .services
            .iter()
            .map(|fact| fact.value.as_str())
            .collect();
        assert_eq!(services, ["tide"], "{form:?}");
    }
}

#[test]
fn a_cell_of_the_type_can_say_where_the_fields_stand() {
    let below = "= 3 gauge
         | Parameter | Mandatory | Type | Description
         | depth | No | Integer | Depth.";
    for type_ in ["Object", "Dictionary data structure"] {
        let cell = format!("| {type_}. For details, see Table 3. |");
        let sketch = request("The gauge.", below).replace("| Object |", &cell);
        for form in forms().filter(|form| *form != Form::Plain) {
            let said = shown(form.file(), &written(&sketch, form));
            let body = json!([format!("gauge:{type_}:y"), "gauge.depth:Integer:n"]);
            assert_eq!(said["body_params"], body, "{form:?}");
        }
    }
}

#[test]
fn an_object_of_any_names_is_a_map() {
    let sketch = "# Reading Gauges
        ## URI
        $ GET /v1/gauges
        ## Response
        = 1 Response parameters
        | Parameter | Type | Description
        | gauges | Map<String,Gauge> | Gauges by their names. See Table 2.
        = 2 Gauge
        | Parameter | Type | Description
        | depth | Integer | Depth.
        ## Status Codes
        > 200";
    let fields = json!(["gauges:Map<String,Gauge>", "gauges.*.depth:Integer"]);
    says(sketch, &json!({"responses": {"200": fields}}));
}

#[test]
fn a_page_that_ends_in_a_table_keeps_its_whole_rows() {
    let sketch = "# Setting a Gauge
        ## URI
        $ PUT /v1/gauges
        ## Request
        = 1 Request body parameters
        | Parameter | Mandatory | Type | Description
        | depth | Yes | Integer | Depth of the gauge below the mark.
        | crew | No | String | Crew of the gauge and of its mast.
        | flag | No | String | Flag of the gauge, flown at high tide.";
    for form in forms() {
        let text = written(sketch, form);
        let end = text.find("flown").unwrap();
        let page = facts(form.file(), &text[..end]);
        let names: Vec<&str> = page
            .parameters
            .iter()
            .map(|(_, field)| field.path.as_str())
            .collect();
        // Where nothing but a line end closes a row, the last may be whole.
        let whole = names.strip_suffix(&["flag"]).unwrap_or(&names);
        assert_eq!(whole, ["depth", "crew"], "{form:?}:\n{text}");
        let refused = page
            .ledger
            .cells
            .iter()
            .any(|(_, _, outcome)| matches!(outcome, CellOutcome::Unreadable(_)));
        assert!(
            refused || names.len() == 3,
            "{form:?}: nothing is said of the last row"
        );
    }
}

/// A page that reads gauges, with these rows of its response and this example.
fn reading(rows: &str, example: &str) -> String {
    format!(
        "# Reading Gauges
         ## URI
         $ GET /v1/gauges
         ## Response
         = 1 Response parameters
         | Parameter | Type | Description
         {rows}
         ## Example Response
         ! {example}
         ## Status Codes
         > 200"
    )
}

#[test]
fn fields_are_in_the_list_that_the_example_shows() {
    let rows = "| crew | String | Crew.
         | depth | Integer | Depth.";
    let fields = ["[].crew:String", "[].depth:Integer"];
    says(
        &reading(rows, "[{\"crew\": \"x\", \"depth\": 3}]"),
        &json!({"responses": {"200": fields}}),
    );
    // A comma that is missing hides nothing.
    says(
        &reading(rows, "[{\"crew\": \"x\" \"depth\": 3}]"),
        &json!({"responses": {"200": fields}}),
    );
}

#[test]
fn fields_listed_beside_what_holds_them_are_in_it() {
    let rows = "| count | Integer | How many.
         | crew | String | Crew.
         | note | String | Note.
         | depth | Integer | Depth.
         | gauges | Array of objects | Gauges.";
    let fields = [
        "count:Integer",
        "gauges:Array of objects",
        "gauges[].crew:String",
        "gauges[].note:String",
        "gauges[].depth:Integer",
    ];
    says(
        &reading(
            rows,
            "{\"gauges\": [{\"crew\": \"x\", \"depth\": 3}], \"count\": 1}",
        ),
        &json!({"responses": {"200": fields}}),
    );
    // What is described already holds no others.
    let rows = "| gauge | Object | Gauge.
         | gauge.crew | String | Crew.
         | depth | Integer | Depth.";
    says(
        &reading(rows, "{\"gauge\": {\"crew\": \"x\", \"depth\": 3}}"),
        &json!({"responses": {"200": ["gauge:Object", "gauge.crew:String", "depth:Integer"]}}),
    );
}

#[test]
fn a_row_can_be_about_the_list_that_the_body_is() {
    for (name, caption) in [
        ("Array elements", "Gauge"),
        ("[gauges]", "Gauge"),
        ("数组元素", "Gauge"),
    ] {
        let rows = format!(
            "| {name} | Array of Gauge objects | Gauges. See Table 2.
             = 2 {caption}
             | Parameter | Type | Description
             | depth | Integer | Depth."
        );
        says(
            &reading(&rows, "[{\"depth\": 3}]"),
            &json!({"responses": {"200": ["[].depth:Integer"]}}),
        );
    }
}

#[test]
fn a_type_for_a_heading_is_the_column_of_types() {
    let sketch = "# Setting a Gauge
        ## URI
        $ PUT /v1/gauges
        ## Request
        = 1 Request parameters
        | Parameter | Mandatory | String | Description
        | depth | Yes | Integer | Depth.
        | crew (1.2) | Mandatory when tidal | String | Crew.
        ## Response
        > None";
    let body = json!({"body_params": ["depth:Integer:y", "crew:String:n"]});
    for form in forms() {
        // Text of loose cells tells a heading by its words alone.
        if form != Form::Plain && !form.is_pipe() {
            let said = shown(form.file(), &written(sketch, form));
            assert_eq!(said["body_params"], body["body_params"], "{form:?}");
        }
    }
}

#[test]
fn a_note_on_the_operation_tells_the_status_that_nothing_else_does() {
    let sketch = "# Closing a Gauge
        ## Function
        > This closes a gauge. If that is possible, status code 202 is returned.
        ## URI
        $ POST /v1/gauges/close
        ## Response
        > None";
    says(sketch, &json!({"status_codes": ["202"]}));
}

#[test]
fn a_type_can_say_in_words_where_the_fields_stand() {
    let sketch = "# Setting a Gauge
        ## URI
        $ PUT /v1/gauges
        ## Request
        = 1 Request parameters
        | Parameter | Mandatory | Type | Description
        | gauge | Yes | See the gauge data structure for what it holds. | Gauge.
        | crew | No | String | Crew.
        = 2 gauge data structure
        | Parameter | Mandatory | Type | Description
        | depth | Yes | Integer | Depth.
        ## Example Request
        ! {\"gauge\": {\"depth\": 3}, \"crew\": \"x\"}
        ## Response
        > None";
    for form in [
        Form::Html,
        Form::MarkdownHtml,
        Form::MarkdownGfm,
        Form::Grid,
    ] {
        let said = shown(form.file(), &written(sketch, form));
        let body = json!(["gauge:?:y", "gauge.depth:Integer:y", "crew:String:n"]);
        assert_eq!(said["body_params"], body, "{form:?}");
    }
}

#[test]
fn the_only_table_of_a_request_is_its_body_under_the_name_of_its_structure() {
    let sketch = "# Setting a Gauge
        ## URI
        $ PUT /v1/gauges
        ## Request
        = 1 Gauge structure
        | Parameter | Mandatory | Type | Description
        | depth | Yes | Integer | Depth.
        ## Response
        > None";
    says(sketch, &json!({"body_params": ["depth:Integer:y"]}));
}

#[test]
fn words_that_name_a_structure_head_the_fields_of_each_row_of_it() {
    let sketch = "# Setting a Gauge
        ## URI
        $ PUT /v1/gauges
        ## Request
        = 1 Request parameters
        | Parameter | Mandatory | Type | Description
        | old | Yes | gauge_request | The old gauge.
        | new | Yes | gauge_request | The new gauge.
        > gauge_request data
        =
        | Parameter | Mandatory | Type | Description
        | depth | Yes | Integer | Depth.
        ## Response
        > None";
    let fields = [
        "old:gauge_request:y",
        "old.depth:Integer:y",
        "new:gauge_request:y",
        "new.depth:Integer:y",
    ];
    // Where nothing ends a cell such words are one more paragraph of the one above.
    let loose = [Form::Plain, Form::OpenRows];
    for form in forms().filter(|form| !loose.contains(form)) {
        let said = shown(form.file(), &written(sketch, form));
        assert_eq!(said["body_params"], json!(fields), "{form:?}");
    }
}

#[test]
fn a_table_with_the_same_fields_again_is_the_body_of_another_case() {
    let sketch = "# Setting a Gauge
        ## URI
        $ PUT /v1/gauges
        ## Request
        > Parameters of a gauge by the sea
        =
        | Parameter | Mandatory | Type | Description
        | label | Yes | String | The label.
        | depth | Yes | Integer | The depth.
        | marks | No | Array of objects | The marks.
        > Parameters of a gauge in a river
        =
        | Parameter | Mandatory | Type | Description
        | label | Yes | String | The label.
        | depth | Yes | Integer | The depth.
        | lock | No | String | The lock.
        ## Response
        > None";
    let fields = [
        "label:String:y",
        "depth:Integer:y",
        "marks:Array of objects:n",
        "lock:String:n",
    ];
    // Where nothing ends a cell such words are one more paragraph of the one above.
    let loose = [Form::Plain, Form::OpenRows];
    for form in forms().filter(|form| !loose.contains(form)) {
        let said = shown(form.file(), &written(sketch, form));
        assert_eq!(said["body_params"], json!(fields), "{form:?}");
    }
}

#[test]
fn the_title_of_a_definition_may_mark_it_as_deprecated() {
    for (summary, flag, expected) in [
        ("Moving a gauge", false, None),
        ("Moving a gauge", true, Some(true)),
        ("Moving a gauge (Deprecated)", false, Some(true)),
        ("移动水尺（废弃）", false, Some(true)),
        ("Moving a deprecated gauge", false, None),
    ] {
        let definition = json!({
            "swagger": "2.0",
            "paths": {"/v1/gauges": {"put": {
                "summary": summary,
                "deprecated": flag,
                "responses": {"200": {"description": "OK"}},
            }}},
        });
        let facts = facts("gauge.json", &definition.to_string());
        let said = facts.deprecated.map(|it| it.value);
        assert_eq!(said, expected, "{summary}");
    }
}

#[test]
fn an_example_of_a_fault_is_no_success() {
    for (example, expected) in [
        (
            r#"{"notFound": {"code": 404, "message": "No gauge."}}"#,
            json!([]),
        ),
        (
            r#"{"gauge": {"code": 7}}"#,
            json!(["gauge:Object", "gauge.code:Integer"]),
        ),
    ] {
        let page = format!(
            "# Reading a Gauge\n\n## URI\n\nGET /v1/gauges\n\n## Example Response\n\n```\n{example}\n```\n\n\
             ## Status Codes\n\n| Status Code | Description |\n| --- | --- |\n| 200 | Read. |\n"
        );
        let said = shown("gauge.md", &page);
        let fields = &said["responses"]["200"];
        let fields = if fields.is_null() { &json!([]) } else { fields };
        assert_eq!(*fields, expected, "{example}: {said}");
    }
}
