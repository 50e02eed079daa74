//! Text whose tables kept their bars.

use super::*;

const CELLS: &[&str] = &[
    "gauge_id",
    "Yes",
    "String",
    "Gauge.",
    "depth",
    "No",
    "Integer",
    "Depth: low|high.",
];

fn wrapped(table: &str) -> String {
    format!(
        "Moving a Gauge\nFunction\nMoves.\nURI\nPUT /v1/gauges/{{gauge_id}}\n{table}Response Parameters\nNone\n"
    )
}

fn cell_lines(cells: &[&str]) -> String {
    let lines: String = cells.iter().map(|cell| format!("{cell} |\n")).collect();
    wrapped(&format!(
        "Parameter |\nMandatory |\nType |\nDescription |\n---|---|---|---|\n{lines}"
    ))
}

fn barred(rows: &[&[&str]]) -> String {
    let lines: String = rows
        .iter()
        .map(|row| {
            format!(
                "|\n{}",
                row.iter()
                    .map(|cell| format!("{cell} |\n"))
                    .collect::<String>()
            )
        })
        .collect();
    wrapped(&format!(
        "|\nParameter |\nMandatory |\nType |\nDescription |\n|---|---|---|---|\n{lines}"
    ))
}

const ROWS: [&str; 2] = [
    "0=gauge_id 1=Yes 2=String 3=Gauge.",
    "0=depth 1=No 2=Integer 3=Depth: low|high.",
];

#[test]
fn all_dialects_give_the_same() {
    assert_eq!(rows(&cell_lines(CELLS), Form::Pipe), ROWS);
    assert_eq!(rows(&barred(&[&CELLS[..4], &CELLS[4..]]), Form::Pipe), ROWS);
    let row_lines = wrapped(
        "Parameter | Mandatory | Type | Description |\n---|---|---|---|\ngauge_id | Yes | String | Gauge. |\ndepth | No | Integer | Depth: low|high. |\n",
    );
    assert_eq!(rows(&row_lines, Form::Pipe), ROWS);
    // Each bar on a line of its own, and no rule below the heading.
    let below: String = ["Parameter", "Mandatory", "Type", "Description"]
        .iter()
        .chain(CELLS.iter().filter(|cell| !cell.contains('|')))
        .chain(&["Depth."])
        .map(|cell| format!("{cell}\n|\n"))
        .collect();
    assert_eq!(
        rows(&wrapped(&below), Form::Pipe),
        [ROWS[0], "0=depth 1=No 2=Integer 3=Depth."]
    );
    let spaced = barred(&[&CELLS[..4], &CELLS[4..]]).replace(" |\n", "  | \n       \n         ");
    assert_eq!(rows(&spaced, Form::Pipe), ROWS);
}

#[test]
fn a_cell_of_several_lines_ends_at_its_bar() {
    let lost_list = "Must hold:\n";
    let cells = [
        "gauge_id",
        "Yes",
        "String",
        lost_list,
        "depth",
        "No",
        "Integer",
        "Depth.\nDefault value: 3",
    ];
    let expected = [
        "0=gauge_id 1=Yes 2=String 3=Must hold:",
        "0=depth 1=No 2=Integer 3=Depth./Default value: 3",
    ];
    assert_eq!(rows(&cell_lines(&cells), Form::Pipe), expected);
    assert_eq!(
        rows(&barred(&[&cells[..4], &cells[4..]]), Form::Pipe),
        expected
    );
}

#[test]
fn tables_may_follow_each_other_directly() {
    let table = "Parameter |\nType |\nDescription |\n---|---|---|\nid |\nString |\nGauge. |\n";
    let text = wrapped(&format!("{table}{table}"));
    let tables = tables(&text, Form::Pipe);
    assert_eq!(tables.len(), 2);
    assert!(
        tables
            .iter()
            .all(|table| table.broken.is_none() && table.rows.len() == 1),
        "{tables:?}"
    );
}

#[test]
fn a_lost_cell_moves_no_other() {
    for lost in 0..CELLS.len() {
        let cells: Vec<&str> = CELLS
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != lost)
            .map(|(_, cell)| *cell)
            .collect();
        let (first, second) = cells.split_at(if lost < 4 { 3 } else { 4 });
        for text in [cell_lines(&cells), barred(&[first, second])] {
            for table in tables(&text, Form::Pipe) {
                for cell in table.rows.iter().flatten() {
                    let at = CELLS
                        .iter()
                        .position(|known| *known == cell.text.text)
                        .map(|at| at % 4);
                    assert!(
                        cell.column.is_none() || cell.column == at || table.broken.is_some(),
                        "cell {lost} lost: {cell:?} in\n{text}"
                    );
                }
                assert_eq!(
                    table.rows.iter().flatten().count(),
                    7,
                    "cell {lost} lost: {table:?}"
                );
            }
        }
    }
}

#[test]
fn an_empty_cell_is_a_cell() {
    let text = barred(&[
        &["gauge_id", "", "String", "Gauge."],
        &["depth", "No", "Integer", "Depth."],
    ]);
    assert_eq!(
        rows(&text, Form::Pipe),
        [
            "0=gauge_id 1= 2=String 3=Gauge.",
            "0=depth 1=No 2=Integer 3=Depth."
        ]
    );
}

#[test]
fn a_cell_that_never_ends_breaks_its_table_only() {
    let text = cell_lines(&["gauge_id", "Yes", "String", "Gauge.", "depth", "No"])
        .replace("No |\n", "No\n");
    let tables = tables(&text, Form::Pipe);
    assert!(
        tables.iter().all(|table| table.broken.is_some()),
        "{tables:?}"
    );
    assert!(headings(&text, Form::Pipe).contains(&(2, "Response Parameters".to_owned())));
}

#[test]
fn a_heading_with_fewer_columns_than_its_rule_is_broken() {
    let text = cell_lines(CELLS).replace("Mandatory |\n", "");
    assert!(
        tables(&text, Form::Pipe)
            .iter()
            .all(|table| table.broken.is_some())
    );
}

#[test]
fn a_heading_that_lost_its_rule_still_begins_a_table() {
    let table = "Parameter |\nType |\nDescription |\n---|---|---|\nid |\nString |\nGauge. |\n";
    let text = wrapped(&format!("{table}{}", table.replace("---|---|---|\n", "")));
    let tables = tables(&text, Form::Pipe);
    assert_eq!(tables.len(), 2);
    assert!(
        tables
            .iter()
            .all(|table| shown(&table.rows[0]) == "0=id 1=String 2=Gauge."),
        "{tables:?}"
    );
}

#[test]
fn cells_below_no_heading_are_kept_as_broken() {
    let text = wrapped("id |\nString |\nGauge. |\n");
    let with_table =
        format!("{text}Status Codes\nStatus Code |\nDescription |\n---|---|\n200 |\nMoved. |\n");
    let tables = tables(&with_table, Form::Pipe);
    assert_eq!(tables.len(), 2);
    assert!(
        tables[0].broken.is_some() && tables[0].rows.len() == 3,
        "{tables:?}"
    );
    assert!(tables[1].broken.is_none());
}

#[test]
fn pages_without_headings_still_have_their_tables() {
    let text =
        "Moves a gauge.\nPUT /v1/gauges\nParameter | Type |\n---|---|\nid | String |\nNone\n";
    assert_eq!(rows(text, Form::Pipe), ["0=id 1=String"]);
}

#[test]
fn a_rule_that_lost_a_column_is_told() {
    let text = wrapped(
        "Status Code | Description |\n------|\n200 | Moved. |\n\nName | Type |\n---|---|\nid | String |\n",
    );
    let broken: Vec<bool> = tables(&text, Form::Pipe)
        .iter()
        .map(|table| table.broken.is_some())
        .collect();
    assert_eq!(broken, [true, false]);
}
