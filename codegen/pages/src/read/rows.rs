//! The rows of a table: which column is what, and what became of each cell.

use super::align;
use super::cell::{is_phrase, name, required, short, type_name};
use super::ledger::LedgerBuilder;
use super::page::TableAt;
pub(super) use super::row::{CellAt, Read, Row, TableRows, cell};
use crate::block::Cell;
use crate::facts::{CellOutcome, FactSource, SourceKind};
use crate::vocabulary::lexicon::Word;
use crate::vocabulary::{
    Column, Meaning, Section, TableKind, Term, column, is_none, is_of_form, is_type, kind_of_type,
    number_in, plain, yes_no,
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
                || !self.at.section.is_some_and(Section::describes) && self.at.status.is_none())
    }
}

/// The name of a row about the list that a whole body is.
pub(super) const WHOLE_LIST: &str = "[]";

/// Reads a table.
pub(super) fn read<'b>(at: &'b TableAt<'b>, ledger: &mut LedgerBuilder) -> TableRows<'b> {
    let table = at.table;
    let mut out = TableRows {
        at,
        kind: TableKind::Other,
        columns: align::columns(table),
        rows: Vec::new(),
        cells: Vec::new(),
    };
    headings(&out, ledger);
    let keyless = keyless(&out);
    let another = table.rows.iter().position(|row| are_headings(row));
    for (index, row) in table.rows.iter().enumerate() {
        let is_cut = table.cut && index + 1 == table.rows.len();
        let is_of_another = another.is_some_and(|another| index >= another);
        let about_nothing = "the table has no column that says what its rows are about";
        let unfit = first_of([
            (is_cut, "the page ends within this row"),
            (
                is_of_another,
                "the heading of another table stands in this one",
            ),
            (keyless, about_nothing),
        ]);
        let read = match table.broken.as_deref().or(unfit) {
            Some(why) => Err(why),
            None => read_row(row, index + 1, &mut out, ledger),
        };
        if let Err(why) = read {
            for (column, cell) in row.iter().enumerate() {
                let place = (at.number, index + 1, column + 1);
                ledger.note_rest(place, cell.text.lines, why);
            }
        }
    }
    out
}

/// What the first of some conditions that holds comes to.
pub(super) fn first_of<T, const N: usize>(conditions: [(bool, T); N]) -> Option<T> {
    let mut conditions = conditions.into_iter();
    conditions.find_map(|(holds, it)| holds.then_some(it))
}

/// Accounts for the header.
fn headings(table: &TableRows<'_>, ledger: &mut LedgerBuilder) {
    let at = table.at;
    // What answers or is a type heads nothing: a row stands where the heading was lost.
    let is_row = |cell: &Cell| is_type(&cell.text.text) || yes_no(&cell.text.text).is_some();
    let known = table.says_nothing_of_fields() && !at.table.header.iter().any(is_row);
    for (index, cell) in at.table.header.iter().enumerate() {
        let kind = table.columns.get(cell.column.unwrap_or(index)).copied();
        let kind = kind.flatten().or_else(|| column(&cell.text.text));
        let outcome = match (&at.table.broken, kind) {
            (Some(why), _) => CellOutcome::Unreadable(why.clone()),
            (None, Some(_)) => CellOutcome::Ignored("a column heading"),
            (None, None) if cell.text.text.is_empty() => CellOutcome::Ignored("an empty cell"),
            (None, None) if known => CellOutcome::Ignored(NO_WORD),
            (None, None) => {
                let heading = short(&cell.text.text);
                CellOutcome::Unreadable(format!("an unknown column heading: {heading}"))
            }
        };
        ledger.note((at.number, 0, index + 1), cell.text.lines, outcome);
    }
}

/// Why a column is left out.
const NO_WORD: &str = "a column the model has no word for";

/// Whether a row is the header of a table that lost its beginning.
fn are_headings(row: &[Cell]) -> bool {
    let heads = |cell: &&Cell| {
        let text = &cell.text.text;
        !text.starts_with(|c: char| c.is_ascii_lowercase()) && column(text).is_some()
    };
    let headings = row.iter().filter(heads).count();
    headings >= 2 && headings + 1 >= row.len()
}

/// Whether a table says something about its rows but has lost the column that names them.
fn keyless(table: &TableRows<'_>) -> bool {
    use Column::{Access, Action, Condition, ErrorCode, Message, Name, Resource, Status, Type};
    let has = |columns: [Column; 5]| columns.into_iter().any(|column| table.has(column));
    // A description alone is what is left of two columns.
    let alone = table.columns == [Some(Column::Description)];
    let says = alone || has([Column::Required, Type, Access, Resource, Condition]);
    says && !has([Name, Status, ErrorCode, Action, Message])
}

/// Reads a row, by its number, and accounts for its cells; says why when it cannot be read.
fn read_row<'b>(
    row: &'b [Cell],
    number: usize,
    out: &mut TableRows<'b>,
    ledger: &mut LedgerBuilder,
) -> Result<(), &'static str> {
    let at = out.at;
    let read = |index: usize, cell: &'b Cell| Read {
        text: &cell.text,
        source: FactSource {
            kind: SourceKind::Table,
            lines: cell.text.lines,
            cell: Some((at.number, number, index + 1)),
        },
    };
    // What says something of the table is no row of it.
    let filled: Vec<&Cell> = row
        .iter()
        .filter(|cell| !cell.text.text.is_empty())
        .collect();
    if matches!(filled.as_slice(), [only] if is_note(&only.text.text)) {
        for (index, cell) in row.iter().enumerate() {
            ledger.note_read(
                &read(index, cell),
                CellOutcome::Ignored("a note on the table"),
            );
        }
        return Ok(());
    }
    let Some(places) = align::places(row, &out.columns) else {
        if let Some((name, cell)) = only_name(row, out) {
            let read = read(0, cell);
            ledger.note_read(&read, CellOutcome::Fact);
            out.rows.push(Row::new(name, read.source));
        }
        return Err("the cells of this row fit the columns in more than one way, or in none");
    };
    let kind = |at: usize| out.columns.get(at).copied().flatten();
    let cells: Vec<CellAt<'b>> = places
        .iter()
        .zip(row.iter().enumerate())
        .map(|(at, (index, cell))| (kind(*at), read(index, cell)))
        .collect();
    let mut new = match out.has(Column::Name) {
        true => Some(parameter(&cells, out)?),
        false => None,
    };
    for ((kind, read), place) in cells.iter().zip(places) {
        let outcome = match (kind, &mut new) {
            (None, _) => in_no_column(&read.text.text, at.table.header.get(place)),
            (Some(kind), Some(row)) => take(*kind, read, row),
            _ if read.text.text.is_empty() => CellOutcome::Ignored("an empty cell"),
            _ => CellOutcome::Fact,
        };
        ledger.note_read(read, outcome);
    }
    match new {
        Some(new) => out.rows.push(new),
        None => out.cells.push(cells),
    }
    Ok(())
}

/// Whether words are a note: a word for one with a colon, and more behind it.
fn is_note(text: &str) -> bool {
    let label = text.split_once([':', '：']);
    let is_note = |label: &str| Word::of(&plain(label)) == Some(Word::Note);
    label.is_some_and(|(label, rest)| is_note(label) && !rest.trim().is_empty())
}

/// What becomes of a cell below a heading that is not known, or below none.
fn in_no_column(text: &str, heading: Option<&Cell>) -> CellOutcome {
    match heading.filter(|heading| !heading.text.text.is_empty()) {
        _ if is_none(text) => CellOutcome::Ignored("an empty cell"),
        None => CellOutcome::Unreadable("the heading of its column is lost".to_owned()),
        Some(_) => CellOutcome::Ignored(NO_WORD),
    }
}

/// A row whose cells cannot be told apart still names its parameter when the first cell can be
/// nothing but a name, in small letters or of several parts; all else about it is unknown.
fn only_name<'b>(row: &'b [Cell], table: &TableRows<'b>) -> Option<(String, &'b Cell)> {
    let first_is_name = table.columns.first() == Some(&Some(Column::Name));
    let cell = row.first().filter(|_| first_is_name && row.len() > 1)?;
    let name = name(&cell.text.text)?;
    let written = name.starts_with(|c: char| c.is_ascii_lowercase()) || name.contains(['_', '-']);
    (written && yes_no(&name).is_none() && !is_type(&name)).then_some((name, cell))
}

/// A row that so far has its name, or why it cannot be read.
fn parameter<'b>(cells: &[CellAt<'b>], table: &TableRows<'b>) -> Result<Row<'b>, &'static str> {
    let typed = cell(cells, Column::Type).map(|read| read.text.text.as_str());
    // The only row of a body: words in the place of its name stand for the list that the body is,
    // or for any name.
    let only = table.at.table.rows.len() == 1 && typed.is_some();
    let is_list = |text: &str| {
        let mut lists = ["[", "array", "数组"].iter();
        only && lists.any(|word| plain(text).starts_with(word))
    };
    let named = cell(cells, Column::Name).ok_or("the row has no name")?;
    let text = named.text.text.as_str();
    let name = match name(text) {
        _ if is_list(text) => WHOLE_LIST.to_owned(),
        Some(name) => name,
        None if only && is_phrase(text) => "*".to_owned(),
        None => return Err("the row has no name"),
    };
    let is_filled = |(kind, read): &&CellAt<'_>| kind.is_some() && !read.text.text.is_empty();
    let filled = cells.iter().filter(is_filled).count();
    let is_typed = typed.is_some_and(is_type);
    let shifted = is_type(&name) && typed.is_some() && !is_typed;
    let is_type = shifted || Term::WrittenType.is(&name);
    let may_answer = Term::NamelikeAnswer.is(&name) && (name.len() == 1 || is_typed);
    let is_answer = yes_no(&name).is_some() && !may_answer;
    let is_glued = filled < table.columns.len() && glued(&name);
    let unfit = first_of([
        (
            is_answer,
            "the row has a yes or no where the name should be",
        ),
        (is_glued, "the name and the cell next to it run together"),
        (filled == 1, "the row has nothing but a name"),
        (is_type, "the row has a type where the name should be"),
    ]);
    if let Some(why) = unfit {
        return Err(why);
    }
    let letters = |text: &str| text.chars().filter(|it| it.is_alphanumeric()).count();
    let is_noted = name != WHOLE_LIST && letters(text) > letters(&name);
    let mut row = Row::new(name, named.source.clone());
    row.remarks.extend(is_noted.then(|| named.clone()));
    Ok(row)
}

/// Takes a cell into a row and says what became of it.
fn take<'b>(kind: Column, read: &Read<'b>, row: &mut Row<'b>) -> CellOutcome {
    let text = read.text.text.as_str();
    match kind {
        Column::Name => return CellOutcome::Fact,
        _ if text.is_empty() => return CellOutcome::Ignored("an empty cell"),
        Column::Required => match required(text) {
            Some(value) => {
                row.required = (value, Some(read.source.clone()));
                row.remarks
                    .extend(yes_no(text).is_none().then(|| read.clone()));
            }
            None if is_none(text) => {
                return CellOutcome::Ignored("a cell that says there is nothing");
            }
            None => return CellOutcome::Unreadable("neither yes nor no".to_owned()),
        },
        Column::Type => {
            row.type_cell = Some(read.text);
            match type_name(text) {
                Some(name) => {
                    let says_more = kind_of_type(&name).is_none() || is_of_form(&name);
                    row.remarks.extend(says_more.then(|| read.clone()));
                    row.type_ = Some((name, read.source.clone()));
                }
                None if is_none(text) => {
                    return CellOutcome::Ignored("a cell that says there is nothing");
                }
                // It says where the fields stand.
                None if number_in(text).is_some() => {}
                None => return CellOutcome::Unreadable("no type".to_owned()),
            }
        }
        Column::Description | Column::Message => {
            row.description.get_or_insert_with(|| read.clone());
        }
        Column::Default => row.default = Some(read.clone()),
        Column::Range => row.range = Some(read.clone()),
        Column::Place => row.place = Some(read.clone()),
        Column::Example => return CellOutcome::Ignored("an example of one value"),
        _ => return CellOutcome::Ignored(NO_WORD),
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
