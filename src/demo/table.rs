//! The demonstration as a table of six columns, the same on a terminal and in a log.

use std::time::Duration;

use comfy_table::presets::{ASCII_HORIZONTAL_ONLY, NOTHING};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};

/// One call: what was asked, what was sent, what came of it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) service: &'static str,
    pub(super) operation: &'static str,
    /// Method and path as they arrived at the simulator; `None` if nothing was sent.
    pub(super) request_line: Option<String>,
    /// The HTTP status; `None` if there was no answer.
    pub(super) status: Option<u16>,
    pub(super) outcome: String,
    pub(super) time: Duration,
}

/// The width of running text.
const TEXT_WIDTH: u16 = 100;
/// What follows the text of a column, in characters.
const PADDING: u16 = 1;
/// What comfy-table puts between two columns, in characters.
const GAP: u16 = 1;
/// The names of services have three letters, and the column a heading.
const SERVICE_WIDTH: u16 = 7;
/// The longest operation names of the spec have 21 characters.
const OPERATION_WIDTH: u16 = 21;
/// A version with a project id fits on a line, and so does a UUID with what follows it.
const REQUEST_WIDTH: u16 = 47;
const STATUS_WIDTH: u16 = 6;
const OUTCOME_WIDTH: u16 = 22;
const TIME_WIDTH: u16 = 7;
const WIDTHS: [u16; 6] = [
    SERVICE_WIDTH,
    OPERATION_WIDTH,
    REQUEST_WIDTH,
    STATUS_WIDTH,
    OUTCOME_WIDTH,
    TIME_WIDTH,
];

/// The width of the table.
fn table_width() -> u16 {
    WIDTHS.iter().map(|width| width + PADDING + GAP).sum()
}

/// Draws the rows.
pub(super) fn render(rows: &[Row]) -> String {
    let mut table = Table::new();
    table
        .load_style(ASCII_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(table_width())
        .set_header([
            "Service",
            "Operation",
            "Request line",
            "Status",
            "Outcome",
            "Time",
        ])
        .set_constraints(WIDTHS.map(fixed));
    for column in table.column_iter_mut() {
        column.set_padding((0, PADDING));
    }
    for row in rows {
        let request = match &row.request_line {
            Some(line) => wrapped(line),
            None => "(nothing was sent)".to_owned(),
        };
        let status = match row.status {
            Some(status) => status.to_string(),
            None => "-".to_owned(),
        };
        let time = row.time.as_secs_f64() * 1000.0;
        table.add_row([
            row.service.to_owned(),
            row.operation.to_owned(),
            request,
            status,
            row.outcome.clone(),
            format!("{time:.1} ms"),
        ]);
    }
    table.trim_fmt()
}

/// Sentences as a list, wrapped.
pub(super) fn list(sentences: &[String]) -> String {
    let mut table = Table::new();
    table
        .load_style(NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(TEXT_WIDTH);
    for sentence in sentences {
        table.add_row(["-", sentence]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, PADDING));
    }
    table.trim_fmt()
}

fn fixed(width: u16) -> ColumnConstraint {
    ColumnConstraint::Absolute(Width::Fixed(width + PADDING))
}

/// Breaks a request line after slashes, so that no identifier is cut.
fn wrapped(line: &str) -> String {
    let mut lines = vec![String::new()];
    for part in line.split_inclusive('/') {
        let is_full = lines.last().is_some_and(|last| {
            !last.is_empty() && last.len() + part.len() > usize::from(REQUEST_WIDTH)
        });
        if is_full {
            lines.push(String::new());
        }
        if let Some(last) = lines.last_mut() {
            last.push_str(part);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "GET /v1/bbf1946d374b44a0a2a95533562ba954/baremetalservers/cf2a8b97-b5c6-47ef-9714-eb27adf26e5b/os-resetpwd-flag";

    #[test]
    fn a_request_line_breaks_after_slashes_only() {
        let text = wrapped(LINE);
        assert_eq!(text.replace('\n', ""), LINE);
        assert_eq!(text.lines().count(), 4);
        let mut lines = text.lines().rev().skip(1);
        assert!(lines.all(|line| line.ends_with('/') && line.len() <= usize::from(REQUEST_WIDTH)));
    }

    #[test]
    fn a_list_wraps_between_words() {
        let sentence = "several words ".repeat(20);
        let text = list(&[sentence.trim().to_owned(), "short".to_owned()]);
        assert!(text.lines().all(|line| line.len() <= 100), "{text}");
        assert!(text.lines().count() >= 4);
        assert_eq!(text.matches("words").count(), 20);
        assert!(text.ends_with("- short"), "{text}");
    }

    #[test]
    fn the_table_keeps_its_width_and_identifiers_whole() {
        let row = Row {
            service: "bms",
            operation: "ShowResetPasswordFlag",
            request_line: Some(LINE.to_owned()),
            status: Some(200),
            outcome: "an outcome that needs more than a single line".to_owned(),
            time: Duration::from_micros(1234),
        };
        let not_sent = Row {
            request_line: None,
            status: None,
            ..row.clone()
        };
        let text = render(&[row, not_sent]);
        assert!(
            text.lines()
                .all(|line| line.chars().count() <= usize::from(table_width())),
            "{text}"
        );
        for part in [
            "ShowResetPasswordFlag",
            "cf2a8b97-b5c6-47ef-9714-eb27adf26e5b",
            "1.2 ms",
            "(nothing was sent)",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
    }
}
