//! The demonstration as a table that fits where it is read, and plain where no terminal reads it.

use std::time::Duration;

use comfy_table::presets::{ASCII_HORIZONTAL_ONLY, NOTHING};
use comfy_table::{Cell, Color, ColumnConstraint, ContentArrangement, Table, Width};

/// One call: what was asked, what was sent, what came of it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) service: &'static str,
    pub(super) operation: &'static str,
    /// Method and path as they arrived at the simulator; `None` if nothing was sent.
    pub(super) request_line: Option<String>,
    /// The HTTP status; `None` if there was no response.
    pub(super) status: Option<u16>,
    pub(super) outcome: String,
    /// Whether the call ended as it had to.
    pub(super) as_planned: bool,
    pub(super) time: Duration,
}

/// What a text is shown on.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// How many characters fit on a line.
    pub width: u16,
    /// Whether it takes colours.
    pub colour: bool,
}

impl Screen {
    /// Where no terminal is: a pipe, a file, a log.
    pub const PLAIN: Self = Self {
        width: 100,
        colour: false,
    };

    /// The terminal on stdout, else [`PLAIN`](Self::PLAIN). `NO_COLOR` is heeded.
    pub fn of_stdout() -> Self {
        let table = Table::new();
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        table.width().map_or(Self::PLAIN, |width| Self {
            width,
            colour: table.is_tty() && !no_colour,
        })
    }
}

/// Running text is read best on lines no longer than this.
const TEXT_WIDTH: u16 = 100;
/// Narrower than this the table does not get: words would break inside.
const LEAST_WIDTH: u16 = 58;
/// What comfy-table puts between two columns and behind the last, in characters.
const GAP: u16 = 2;
/// The shortest part of a path that is taken for an id, in characters.
const ID_LENGTH: usize = 20;
/// What is left of an id at its beginning and its end, in characters.
const ID_ENDS: usize = 4;

/// The columns by what they must have room for, from the most room to the least.
const LAYOUTS: [&[Column]; 3] = [
    &[
        Column::Service,
        Column::Operation,
        Column::Request,
        Column::Status,
        Column::Outcome,
        Column::Time,
    ],
    &[
        Column::Call,
        Column::Request,
        Column::Response,
        Column::Time,
    ],
    &[Column::Call, Column::Request, Column::Response],
];

/// A column; its heading is its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Service,
    Operation,
    /// Service and operation, one above the other.
    Call,
    Request,
    Status,
    Outcome,
    /// Status and outcome, one above the other.
    Response,
    Time,
}

impl Column {
    /// What it says of a row; the request takes so much room.
    fn text(self, row: &Row, room: u16) -> String {
        let status = row
            .status
            .map_or("-".to_owned(), |status| status.to_string());
        match self {
            Self::Service => row.service.to_owned(),
            Self::Operation => row.operation.to_owned(),
            Self::Call => format!("{}\n{}", row.service, row.operation),
            Self::Request => match &row.request_line {
                Some(line) => wrapped(&shortened(line), room),
                None => "(nothing was sent)".to_owned(),
            },
            Self::Status => status,
            Self::Outcome => row.outcome.clone(),
            Self::Response => format!("{status}\n{}", row.outcome),
            Self::Time => format!("{:.1} ms", row.time.as_secs_f64() * 1000.0),
        }
    }

    /// The room it asks for: its longest line, for a request the longest part of one.
    fn least(self, rows: &[Row]) -> u16 {
        let texts = rows.iter().map(|row| self.text(row, 0));
        let lines = texts.flat_map(|text| {
            let lines = text.lines().map(|line| line.chars().count());
            lines.max()
        });
        let longest = lines.chain([format!("{self:?}").len()]).max();
        u16::try_from(longest.unwrap_or(0)).unwrap_or(u16::MAX)
    }
}

/// Draws the rows.
pub(super) fn render(rows: &[Row], screen: Screen) -> String {
    let width = screen.width.max(LEAST_WIDTH);
    let least =
        |columns: &[Column]| -> u16 { columns.iter().map(|column| column.least(rows) + GAP).sum() };
    let fitting = LAYOUTS.iter().find(|columns| least(columns) <= width);
    let columns = *fitting.unwrap_or(&LAYOUTS[LAYOUTS.len() - 1]);
    let request = Column::Request.least(rows);
    // The request has what the others leave, and no more than it needs.
    let whole = rows.iter().filter_map(|row| row.request_line.as_deref());
    let whole = whole
        .map(|line| shortened(line).chars().count())
        .max()
        .unwrap_or(0);
    let room = (width + request).saturating_sub(least(columns));
    let room = room.clamp(
        request,
        request.max(u16::try_from(whole).unwrap_or(u16::MAX)),
    );

    let mut table = table(ASCII_HORIZONTAL_ONLY, width);
    table.set_header(columns.iter().map(|column| format!("{column:?}")));
    if screen.colour {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    for row in rows {
        table.add_row(columns.iter().map(|column| {
            let cell = Cell::new(column.text(row, room));
            let is_outcome = matches!(column, Column::Outcome | Column::Response);
            match (is_outcome, row.as_planned) {
                (false, _) => cell,
                (true, false) => cell.fg(Color::Red),
                (true, true) if row.status.is_some_and(|status| status < 300) => {
                    cell.fg(Color::Green)
                }
                (true, true) => cell.fg(Color::Yellow),
            }
        }));
    }
    let is_tight = fitting.is_none();
    table.set_constraints(columns.iter().map(|column| match column {
        Column::Request => fixed(room),
        // Its words go on the next line where there is too little room.
        Column::Response if is_tight => {
            let others = columns.iter().filter(|it| **it != Column::Response);
            let others: u16 = others.map(|column| column.least(rows) + GAP).sum();
            fixed(width.saturating_sub(others + GAP))
        }
        column => fixed(column.least(rows)),
    }));
    pad(&mut table);
    table.trim_fmt()
}

/// Sentences as a list, wrapped.
pub(super) fn list(sentences: &[String], screen: Screen) -> String {
    let mut table = table(NOTHING, screen.width.clamp(LEAST_WIDTH, TEXT_WIDTH));
    for sentence in sentences {
        table.add_row(["-", sentence]);
    }
    pad(&mut table);
    table.trim_fmt()
}

fn table(style: comfy_table::TableStyle, width: u16) -> Table {
    let mut table = Table::new();
    table
        .load_style(style)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    table
}

/// One blank behind the text of each column. comfy-table puts another between columns.
fn pad(table: &mut Table) {
    for column in table.column_iter_mut() {
        column.set_padding((0, 1));
    }
}

fn fixed(width: u16) -> ColumnConstraint {
    ColumnConstraint::Absolute(Width::Fixed(width + 1))
}

/// A request line with the middle of its ids left out.
fn shortened(line: &str) -> String {
    let parts = line.split('/').map(|part| {
        let is_id =
            part.len() >= ID_LENGTH && part.chars().all(|it| it.is_ascii_hexdigit() || it == '-');
        match (
            part.get(..ID_ENDS),
            part.get(part.len().saturating_sub(ID_ENDS)..),
        ) {
            (Some(start), Some(end)) if is_id => format!("{start}…{end}"),
            _ => part.to_owned(),
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Breaks a request line after slashes, so that no word is cut.
fn wrapped(line: &str, room: u16) -> String {
    let mut lines = vec![String::new()];
    for part in line.split_inclusive('/') {
        let is_full = lines.last().is_some_and(|last| {
            let length = last.chars().count() + part.chars().count();
            // The method stays with the first slash.
            !last.is_empty() && !last.ends_with(" /") && length > usize::from(room)
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

    fn rows() -> Vec<Row> {
        let row = Row {
            service: "bms",
            operation: "ShowResetPasswordFlag",
            request_line: Some(LINE.to_owned()),
            status: Some(200),
            outcome: "one-click reset: no".to_owned(),
            as_planned: true,
            time: Duration::from_micros(1234),
        };
        let not_sent = Row {
            request_line: None,
            status: None,
            outcome: "refused before sending".to_owned(),
            ..row.clone()
        };
        vec![row, not_sent]
    }

    #[test]
    fn ids_are_shortened_and_lines_break_after_slashes_only() {
        let short = shortened(LINE);
        assert_eq!(
            short,
            "GET /v1/bbf1…a954/baremetalservers/cf2a…6e5b/os-resetpwd-flag"
        );
        let text = wrapped(&short, 30);
        assert_eq!(text.replace('\n', ""), short);
        assert_eq!(text.lines().count(), 3);
        assert!(text.lines().rev().skip(1).all(|line| line.ends_with('/')));
        assert!(
            text.lines().all(|line| line.chars().count() <= 30),
            "{text}"
        );
    }

    #[test]
    fn a_list_wraps_between_words() {
        let sentence = "several words ".repeat(20);
        let text = list(
            &[sentence.trim().to_owned(), "short".to_owned()],
            Screen::PLAIN,
        );
        assert!(text.lines().all(|line| line.len() <= 100), "{text}");
        assert!(text.lines().count() >= 4);
        assert_eq!(text.matches("words").count(), 20);
        assert!(text.ends_with("- short"), "{text}");
    }

    #[test]
    fn the_table_fits_every_width_and_breaks_no_word() {
        for width in 58..140 {
            let screen = Screen {
                width,
                colour: false,
            };
            let text = render(&rows(), screen);
            let fits = |line: &str| line.chars().count() <= usize::from(width);
            assert!(text.lines().all(fits), "{width}:\n{text}");
            assert!(!text.contains('\u{1b}'), "{text}");
            let of_rows = rows();
            let texts = of_rows.iter().flat_map(|row| [row.operation, &row.outcome]);
            let words = texts.flat_map(str::split_whitespace);
            let parts = [
                "bbf1…a954/",
                "baremetalservers/",
                "os-resetpwd-flag",
                "sent)",
            ];
            for word in words.chain(parts) {
                assert!(text.contains(word), "{width}: {word}\n{text}");
            }
        }
    }

    #[test]
    fn only_the_outcome_has_a_colour() {
        let screen = Screen {
            width: 120,
            colour: true,
        };
        let text = render(&rows(), screen);
        assert_eq!(text.matches("\u{1b}[38;5;10m").count(), 1, "{text:?}");
        assert_eq!(text.matches("\u{1b}[38;5;11m").count(), 1, "{text:?}");
    }
}
