//! The rows of a table: which column is what, and what became of each cell.

use super::align;
use super::cell::{is_phrase, name, required, type_name};
use super::kind::TableKind;
use super::ledger::LedgerBuilder;
use super::page::TableAt;
pub(super) use super::row::{Read, Row, TableRows};
use crate::block::Cell;
use crate::facts::{CellOutcome, FactSource, SourceKind};
use crate::vocabulary::{
    Column, Meaning, Section, Term, column, is_none, is_type, number_in, plain, yes_no,
};

impl TableRows<'_> {
    /// Whether a column that is not known takes nothing away: the table is one of actions or codes, no
    /// column of it is known, or it has none for names and stands where the page describes no
    /// parameters.
    fn says_nothing_of_fields(&self) -> bool {
        let listed = [Column::Action, Column::Status, Column::ErrorCode];
        !self.has(Column::Name)
            && (listed.into_iter().any(|column| self.has(column))
                || self.columns.iter().all(Option::is_none)
                || !matches!(
                    self.at.section,
                    Some(Section::Uri | Section::Request | Section::Response | Section::Status)
                ) && self.at.status.is_none())
    }
}

/// The name of a row about the list that a whole body is.
pub(super) const WHOLE_LIST: &str = "[]";

/// Reads a table.
pub(super) fn read<'b>(at: &'b TableAt<'b>, ledger: &mut LedgerBuilder) -> TableRows<'b> {
    let table = at.table;
    let columns = align::columns(table);
    let mut out = TableRows {
        at,
        kind: TableKind::Other,
        columns,
        rows: Vec::new(),
        cells: Vec::new(),
    };
    let known = out.says_nothing_of_fields();
    for (index, cell) in table.header.iter().enumerate() {
        let place = cell.column.unwrap_or(index);
        let kind = out.columns.get(place).copied().flatten();
        let kind = kind.or_else(|| column(&cell.text.text));
        let outcome = match (&table.broken, kind) {
            (Some(why), _) => CellOutcome::Unreadable(why.clone()),
            (None, Some(_)) => CellOutcome::Ignored("a column heading"),
            (None, None) if cell.text.text.is_empty() => CellOutcome::Ignored("an empty cell"),
            (None, None) if known => CellOutcome::Ignored("a column the model has no word for"),
            (None, None) => CellOutcome::Unreadable("an unknown column heading".to_owned()),
        };
        ledger.note((at.number, 0, index + 1), cell.text.lines, outcome);
    }
    let keyless = keyless(&out);
    let again = |row: &[Cell]| {
        let headings = row
            .iter()
            .filter(|cell| {
                cell.text
                    .text
                    .starts_with(|c: char| !c.is_ascii_lowercase())
                    && column(&cell.text.text).is_some()
            })
            .count();
        headings >= 2 && headings + 1 >= row.len()
    };
    let another = table
        .rows
        .iter()
        .position(|row| again(row))
        .unwrap_or(table.rows.len());
    for (index, row) in table.rows.iter().enumerate() {
        let mut reader = Reader {
            at,
            ledger,
            row: index + 1,
        };
        if let Some(why) = &table.broken {
            reader.refuse(row, why);
        } else if table.cut && index + 1 == table.rows.len() {
            reader.refuse(row, "the page ends within this row");
        } else if index >= another {
            reader.refuse(row, "the heading of another table stands in this one");
        } else if keyless {
            reader.refuse(
                row,
                "the table has no column that says what its rows are about",
            );
        } else {
            reader.row(row, &mut out);
        }
    }
    out
}

/// Whether a table says something about its rows but has lost the column that names them.
fn keyless(table: &TableRows<'_>) -> bool {
    let says = [
        Column::Required,
        Column::Type,
        Column::Access,
        Column::Resource,
        Column::Condition,
    ];
    let names = [
        Column::Name,
        Column::Status,
        Column::ErrorCode,
        Column::Action,
        Column::Message,
    ];
    says.into_iter().any(|column| table.has(column))
        && !names.into_iter().any(|column| table.has(column))
}

struct Reader<'r, 'b> {
    at: &'b TableAt<'b>,
    ledger: &'r mut LedgerBuilder,
    row: usize,
}

impl<'b> Reader<'_, 'b> {
    fn place(&self, index: usize) -> (usize, usize, usize) {
        (self.at.number, self.row, index + 1)
    }

    fn note(&mut self, index: usize, cell: &Cell, outcome: CellOutcome) {
        let place = self.place(index);
        self.ledger.note(place, cell.text.lines, outcome);
    }

    fn refuse(&mut self, row: &[Cell], why: &str) {
        for (index, cell) in row.iter().enumerate() {
            self.note(index, cell, CellOutcome::Unreadable(why.to_owned()));
        }
    }

    fn row(&mut self, row: &'b [Cell], out: &mut TableRows<'b>) {
        let Some(places) = align::places(row, &out.columns) else {
            self.refuse(
                row,
                "the cells of this row fit the columns in more than one way, or in none",
            );
            self.name_only(row, out);
            return;
        };
        let mut cells: Vec<(Column, usize, Read<'b>)> = Vec::new();
        for (index, cell) in row.iter().enumerate() {
            let kind = places
                .get(index)
                .copied()
                .flatten()
                .and_then(|at| out.columns.get(at).copied().flatten());
            let Some(kind) = kind else {
                let at = places.get(index).copied().flatten();
                let headless = at.is_none_or(|at| {
                    out.at
                        .table
                        .header
                        .get(at)
                        .is_none_or(|head| head.text.text.is_empty())
                });
                let outcome = if is_none(&cell.text.text) {
                    CellOutcome::Ignored("an empty cell")
                } else if headless {
                    CellOutcome::Unreadable("the heading of its column is lost".to_owned())
                } else {
                    CellOutcome::Ignored("a column the model has no word for")
                };
                self.note(index, cell, outcome);
                continue;
            };
            let source = FactSource {
                kind: SourceKind::Table,
                lines: cell.text.lines,
                cell: Some(self.place(index)),
            };
            cells.push((
                kind,
                index,
                Read {
                    text: &cell.text,
                    source,
                },
            ));
        }
        if out.has(Column::Name) {
            self.parameter(row, cells, out);
        } else {
            let of = |wanted: Column| {
                cells
                    .iter()
                    .find(|(kind, ..)| *kind == wanted)
                    .map(|(_, _, read)| read.text.text.as_str())
            };
            let no_action = out.has(Column::Action)
                && !of(Column::Action).is_some_and(|text| text.contains(':'));
            let no_status = out.has(Column::Status)
                && !of(Column::Status)
                    .is_some_and(|text| text.contains(|c: char| c.is_ascii_digit()));
            if no_action || no_status {
                self.refuse(
                    row,
                    if no_action {
                        "the row names no action"
                    } else {
                        "the row names no status"
                    },
                );
                return;
            }
            for (_, index, read) in &cells {
                let outcome = if read.text.text.is_empty() {
                    CellOutcome::Ignored("an empty cell")
                } else {
                    CellOutcome::Fact
                };
                self.ledger
                    .note(self.place(*index), read.text.lines, outcome);
            }
            out.cells.push(
                cells
                    .into_iter()
                    .map(|(kind, _, read)| (kind, read))
                    .collect(),
            );
        }
    }

    /// A row whose cells cannot be told apart still names its parameter when the first cell can be
    /// nothing but a name; all else about it is unknown.
    fn name_only(&mut self, row: &'b [Cell], out: &mut TableRows<'b>) {
        let first_is_name = out.columns.first() == Some(&Some(Column::Name));
        let Some(cell) = row.first().filter(|_| first_is_name && row.len() > 1) else {
            return;
        };
        let Some(name) = name(&cell.text.text) else {
            return;
        };
        if yes_no(&name).is_some() || is_type(&name) {
            return;
        }
        let named = FactSource {
            kind: SourceKind::Table,
            lines: cell.text.lines,
            cell: Some(self.place(0)),
        };
        self.note(0, cell, CellOutcome::Fact);
        out.rows.push(Row::new(name, named));
    }

    fn parameter(
        &mut self,
        row: &'b [Cell],
        cells: Vec<(Column, usize, Read<'b>)>,
        out: &mut TableRows<'b>,
    ) {
        let found = cells.iter().find(|(kind, ..)| *kind == Column::Name);
        let typed = cells.iter().find(|(kind, ..)| *kind == Column::Type);
        // The only row of a body: words in the place of its name stand for the list that the body is,
        // or for any name.
        let only = self.at.table.rows.len() == 1 && typed.is_some();
        let is_list = |text: &str| {
            only && ["[", "array", "数组"]
                .iter()
                .any(|word| plain(text).starts_with(word))
        };
        let named = |text: &str| match name(text) {
            _ if is_list(text) => Some(WHOLE_LIST.to_owned()),
            None if only && is_phrase(text) => Some("*".to_owned()),
            name => name,
        };
        let Some((named, name)) =
            found.and_then(|(_, _, read)| Some((read.source.clone(), named(&read.text.text)?)))
        else {
            self.refuse(row, "the row has no name");
            return;
        };
        if yes_no(&name).is_some() && !matches!(name.as_str(), "y" | "n" | "m" | "o") {
            self.refuse(row, "the row has a yes or no where the name should be");
            return;
        }
        let filled = cells
            .iter()
            .filter(|(_, _, read)| !read.text.text.is_empty())
            .count();
        if filled < out.columns.len() && glued(&name) {
            self.refuse(row, "the name and the cell next to it run together");
            return;
        }
        if filled == 1 {
            self.refuse(row, "the row has nothing but a name");
            return;
        }
        let surely = Term::WrittenType.is(&name);
        if surely || is_type(&name) && typed.is_some_and(|(_, _, read)| !is_type(&read.text.text)) {
            self.refuse(row, "the row has a type where the name should be");
            return;
        }
        let mut new = Row::new(name, named);
        for (kind, index, read) in cells {
            let outcome = take(kind, read, &mut new);
            if let Some(cell) = row.get(index) {
                self.note(index, cell, outcome);
            }
        }
        out.rows.push(new);
    }
}

/// Takes a cell into a row and says what became of it.
fn take<'b>(kind: Column, read: Read<'b>, row: &mut Row<'b>) -> CellOutcome {
    let text = read.text.text.as_str();
    match kind {
        Column::Name => return CellOutcome::Fact,
        _ if text.is_empty() => return CellOutcome::Ignored("an empty cell"),
        Column::Required => match required(text) {
            Some(value) => {
                row.required = (value, Some(read.source));
            }
            None if is_none(text) => {
                return CellOutcome::Ignored("a cell that says there is nothing");
            }
            None => return CellOutcome::Unreadable("neither yes nor no".to_owned()),
        },
        Column::Type => {
            row.type_cell = Some(read.text);
            match type_name(text) {
                Some(name) => row.type_ = Some((name, read.source)),
                None if is_none(text) => {
                    return CellOutcome::Ignored("a cell that says there is nothing");
                }
                // It says where the fields stand.
                None if number_in(text).is_some() => {}
                None => return CellOutcome::Unreadable("no type".to_owned()),
            }
        }
        Column::Description | Column::Message => {
            if row.description.is_none() {
                row.description = Some(read);
            }
        }
        Column::Default => row.default = Some(read),
        Column::Range => row.range = Some(read),
        Column::Place => row.place = Some(read),
        Column::Example => return CellOutcome::Ignored("an example of one value"),
        _ => return CellOutcome::Ignored("a column the model has no word for"),
    }
    CellOutcome::Fact
}

/// Whether a name ends in what stands in the column next to it, as "gauge_idYes".
fn glued(name: &str) -> bool {
    // Names of lists end with "Array".
    let types = Term::WrittenType.words().filter(|word| *word != "Array");
    Term::SpokenAnswer.words().chain(types).any(|end| {
        name.strip_suffix(end).is_some_and(|start| {
            start.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
    })
}
