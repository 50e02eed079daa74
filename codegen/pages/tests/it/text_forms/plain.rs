//! Text with one cell a paragraph.

use super::*;

/// One cell a paragraph; bars part the cells, and `¶` the lines of one.
fn cells(cells: &str) -> String {
    format!(
        "Moving a Gauge\n\nFunction\n\nMoves a gauge.\n\nRequest Parameters\n\n{}\n\nExample Requests\n\nNone\n",
        cells.replace('|', "\n\n").replace('¶', "\n")
    )
}

/// What is told, the cells, and the rows they make.
const TABLES: &[(&str, &str, &str)] = &[
    (
        "columns may come in any order",
        "Name|Type|Mandatory|Description|id|String|Yes|Gauge.|depth|Long|No|Depth.",
        "0=id 1=String 2=Yes 3=Gauge. ; 0=depth 1=Long 2=No 3=Depth.",
    ),
    (
        "a lost answer leaves its neighbours in place",
        "参数|是否必选|参数类型|描述|gauge_id|String|水位计的标识。|depth|Integer|深度。|单位为米。",
        "0=gauge_id 2=String 3=水位计的标识。 ; 0=depth 2=Integer 3=深度。/单位为米。",
    ),
    (
        "a row that lost its name is no part of the row above",
        "Parameter|Mandatory|Type|Description|id|Yes|String|Gauge.|No|Integer|Depth in metres.",
        "0=id 1=Yes 2=String 3=Gauge. ; 1=No 2=Integer 3=Depth in metres.",
    ),
    (
        "a row that lost its name is no part of the row above",
        "Parameter|Type|Description|id|String|Gauge.|Integer|Depth in metres.",
        "0=id 1=String 2=Gauge. ; 1=Integer 2=Depth in metres.",
    ),
    (
        "a row that lost its name is no part of the row above",
        "Parameter|Type|Mandatory|Description|String|Yes|Gauge.|depth|Integer|No|Depth.",
        "1=String 2=Yes 3=Gauge. ; 0=depth 1=Integer 2=No 3=Depth.",
    ),
    (
        "a lost type or description moves nothing",
        "Parameter|Mandatory|Type|Description|id|Yes|Gauge.|depth|No|Integer|level|No|Float|Level.",
        "0=id 1=Yes 3=Gauge. ; 0=depth 1=No 2=Integer ; 0=level 1=No 2=Float 3=Level.",
    ),
    (
        "a lone word below a bare row is not taken for a name",
        "Parameter|Type|Description|id|String|Gauge|Integer|Depth in metres.",
        "0=id 1=String ; ?=Gauge 1=Integer 2=Depth in metres.",
    ),
    (
        "a description may read like a heading",
        "Parameter|Type|Description|error_code|String|Error code|error_msg|String|Error message",
        "0=error_code 1=String 2=Error code ; 0=error_msg 1=String 2=Error message",
    ),
    (
        "parameters may be named like headings",
        "Parameter|Mandatory|Type|Description|name|Yes|String|Name.|type|No|String|Kind.|message|No|String|Message.",
        "0=name 1=Yes 2=String 3=Name. ; 0=type 1=No 2=String 3=Kind. ; 0=message 1=No 2=String 3=Message.",
    ),
    (
        "parameters may be named like headings",
        "参数|是否必选|参数类型|描述|name|是|String|名称。|只能由字母组成。|uri|是|String|地址。",
        "0=name 1=是 2=String 3=名称。/只能由字母组成。 ; 0=uri 1=是 2=String 3=地址。",
    ),
];

#[test]
fn every_cell_comes_into_its_column() {
    for (told, written, expected) in TABLES {
        assert_eq!(
            rows(&cells(written), Form::Plain).join(" ; "),
            *expected,
            "{told}"
        );
    }
}

#[test]
fn a_description_of_several_paragraphs_stays_one_cell() {
    let text = cells(
        "Table 1 Request body parameters|Parameter|Mandatory|Type|Description|gauge_name|Yes|String|Definition|Name of the gauge.|Constraints|N/A|Range|Letters only.|Default Value|north|depth|No|Integer|Depth in metres.|  • 1: shallow¶  • 2: deep",
    );
    assert_eq!(
        rows(&text, Form::Plain),
        [
            "0=gauge_name 1=Yes 2=String 3=Definition/Name of the gauge./Constraints/N/A/Range/Letters only./Default Value/north",
            "0=depth 1=No 2=Integer 3=Depth in metres./- 1: shallow/- 2: deep",
        ]
    );
    let table = tables(&text, Form::Plain).remove(0);
    assert_eq!(
        table.caption.map(|caption| caption.text).as_deref(),
        Some("Table 1 Request body parameters")
    );
}

#[test]
fn rows_are_told_apart_when_every_answer_is_lost() {
    let table = "Tabla 1 Parámetros|Parámetro|Obligatorio|Descripción|project_id|El proyecto.|Se obtiene en la consola.|gauge|El medidor.";
    let text = format!(
        "Función\n\nURI\n\nGET /v1/{{project_id}}/gauges/{{gauge}}\n\n{}\n\nSolicitud\n\nNo hay\n",
        table.replace('|', "\n\n")
    );
    assert_eq!(
        rows(&text, Form::Plain),
        [
            "0=project_id 2=El proyecto./Se obtiene en la consola.",
            "0=gauge 2=El medidor."
        ]
    );
}

#[test]
fn a_table_that_lost_the_heading_of_its_names_is_broken() {
    let text = cells("Mandatory|Type|Description|id|Yes|String|Gauge.");
    let tables = tables(&text, Form::Plain);
    assert_eq!(tables.len(), 1);
    assert!(
        tables
            .iter()
            .all(|table| table.broken.is_some() && table.rows.len() == 4),
        "{tables:?}"
    );
}

#[test]
fn statuses_keep_their_paragraphs_and_the_heading_above_is_no_column() {
    let text = "Function\n\nMoves.\n\nStatus Codes\n\nStatus Code\n\nDescription\n\n200\n\nMoved.\n\n409\n\nStuck.\n\nTry again.\n\nError Codes\n\nSee Error Codes.\n";
    assert_eq!(
        rows(text, Form::Plain),
        ["0=200 1=Moved.", "0=409 1=Stuck./Try again."]
    );
    assert_eq!(
        headings(text, Form::Plain)
            .into_iter()
            .map(|(_, words)| words)
            .collect::<Vec<_>>(),
        ["Function", "Status Codes", "Error Codes"]
    );
}

#[test]
fn a_table_of_actions_parts_its_lists() {
    let page = |row: &str| {
        let head =
            "Action|Access Level|Resource Type (*: required)|Condition Key|Alias|Dependencies";
        let cells = format!("    {head}|{row}").replace('|', "\n\n    ");
        format!("Authorization Information\n\n{cells}\n\nURI\n\nPOST /v1/gauges\n")
    };
    let row = "tide:gauge:move|Write|gauge *|  • g:ResourceTag/<tag-key>|  • g:EnterpriseProjectId|  • tide:gauges:shift";
    let text = page(&format!("{row}|-"));
    assert_eq!(
        rows(&text, Form::Plain),
        [
            "0=tide:gauge:move 1=Write 2=gauge * 3=- g:ResourceTag/<tag-key>/- g:EnterpriseProjectId 4=- tide:gauges:shift 5=-"
        ]
    );
    // One dash lost: what is left of it could stand in either column.
    let text = page(row);
    assert!(
        rows(&text, Form::Plain)
            .iter()
            .all(|row| row.starts_with("0=tide:gauge:move 1=Write ?="))
    );
}

#[test]
fn a_part_that_a_list_item_heads_is_no_cell() {
    for words in ["Example request", "Example request:", "请求示例："] {
        let table = cells("Parameter|Mandatory|Type|Description|id|Yes|String|Gauge.");
        let text = format!("{table}\n\n- {words}\n\n{{\"id\": \"7\"}}\n");
        assert_eq!(rows(&text, Form::Plain), ["0=id 1=Yes 2=String 3=Gauge."]);
    }
}

#[test]
fn a_type_is_no_name() {
    let text = cells("Parameter|Type|Description|String|Gauge.");
    assert_eq!(rows(&text, Form::Plain), ["1=String 2=Gauge."]);
    let text = cells("Parameter|Mandatory|Description|id|String|Yes|Gauge.");
    let rows = rows(&text, Form::Plain);
    assert!(rows.iter().all(|row| !row.contains("0=String")), "{rows:?}");
}

#[test]
fn numbers_of_lines_are_no_part_of_a_listing() {
    let text = "Moving a Gauge\n\nFunction\n\nMoves.\n\nExample Request\n\nMove it.\n1\nPUT https://{endpoint}/v1/gauges\n\n1\n2\n3\n{\n  \"depth\" : 3\n}\n\nExample Response\n\nNone\n";
    assert_eq!(
        listings(text, Form::Plain),
        ["PUT https://{endpoint}/v1/gauges", "{\n  \"depth\" : 3\n}"]
    );
    assert_eq!(
        headings(text, Form::Plain).first(),
        Some(&(1, "Moving a Gauge".to_owned()))
    );
}

#[test]
fn json_that_is_never_closed_ends_at_the_next_heading() {
    let text = "Function\n\nMoves.\n\nExample Requests\n\n{\n  \"depth\" : {\n\nStatus Codes\n\nStatus Code\n\nDescription\n\n200\n\nMoved.\n";
    assert_eq!(rows(text, Form::Plain), ["0=200 1=Moved."]);
}

#[test]
fn nothing_is_lost_below_a_table_without_blank_lines() {
    let lined =
        "- Parameters\nTable 1 Gauges Name\nMandatory\nDescription\nid\nYes\nGauge.\nRequest\n\n";
    let page = cells(
        "Parameter|Type|Description|depth|Long|Depth.|Status Codes|Status Code|Description|200|Moved.",
    );
    let page = format!("URI\n\nPUT /v1/{{id}}\n{lined}{page}");
    let shown: Vec<Vec<String>> = tables(&page, Form::Plain)
        .iter()
        .map(|table| table.rows.iter().map(|row| shown(row)).collect())
        .collect();
    assert_eq!(
        shown,
        [
            ["0=id 1=Yes 2=Gauge."],
            ["0=depth 1=Long 2=Depth."],
            ["0=200 1=Moved."]
        ]
    );
    let words = headings(&page, Form::Plain);
    for heading in ["URI", "Request", "Status Codes", "Example Requests"] {
        assert!(
            words.iter().any(|(_, known)| known == heading),
            "{heading} in {words:?}"
        );
    }
}
