//! Rendered text whose tables fell apart: one cell a paragraph, blank lines between.

use super::lines::{Line, lines, loose, span, unlinked};
use super::prose::{self, Found};
use super::rebuild::{Names, Unit, is_anchor, table, units};
use super::words::{
    heading, is_beside_name, is_capital_type, is_caption, is_json_start, is_kind,
    is_outside_tables, is_small,
};
use super::{FormError, lined};
use crate::block::{Block, Table};
use crate::slice::Slice;
use crate::vocabulary::{
    Column, Meaning, Section, Term, column, is_status, is_type, name_like, plain, yes_no,
};

/// The blocks of a page.
pub(super) fn blocks(text: &str) -> Result<Vec<Block>, FormError> {
    let text = &*unlinked(text);
    Ok(prose::blocks(
        &lines(text),
        &[lined::find, find, stray],
        &Names::of(text),
    ))
}

/// Finds tables with blank lines between their cells.
fn find(lines: &[Line<'_>], names: &Names) -> Vec<Found> {
    let units = units(lines, joins);
    let offset = span(lines).first;
    let mut out = Vec::new();
    let mut index = 0;
    while index < units.len() {
        let cells = header(&units, index).unwrap_or(0);
        let heads = units.from(index).to(cells);
        let (Some(first), Some(last)) = (heads.first(), heads.last()) else {
            index += 1;
            continue;
        };
        let to = end(&units, index, index + cells, last.indent);
        let inside = units.to(to).from(index + cells);
        out.push(Found {
            first: first.lines.first - offset,
            end: inside.last().unwrap_or(last).lines.last + 1 - offset,
            tables: vec![table(heads, inside, names)],
        });
        index = to;
    }
    out
}

/// The most paragraphs from one row below no heading to the next of the same table.
const MOST_APART: usize = 8;

/// Finds rows below no heading that is known, by their names and types: those of a table in another
/// language, or that was taken for something else above them.
fn stray(lines: &[Line<'_>], _: &Names) -> Vec<Found> {
    let units = units(lines, joins);
    let is_type = |at: usize| units.is_at(at, |unit| is_capital_type(&unit.text));
    let is_row = |at: &usize| {
        let name = units.is_at(*at, |unit| is_small(&unit.text) && name_like(&unit.text));
        name && (is_type(at + 1) || is_type(at + 2))
    };
    let rows: Vec<usize> = (0..units.len()).filter(is_row).collect();
    let offset = span(lines).first;
    let tables = rows.chunk_by(|row, next| next - row <= MOST_APART);
    let found = tables.filter(|_| rows.len() > 1).filter_map(|rows| {
        let (first, last) = (units.get(*rows.first()?)?, units.get(rows.last()? + 2)?);
        let (first, end) = (first.lines.first - offset, last.lines.last + 1 - offset);
        let lines = lines.to(end).from(first);
        let why = "its cells stand below no heading that is known";
        let tables = vec![Table::broken(why, span(lines), loose(lines))];
        Some(Found { first, end, tables })
    });
    found.collect()
}

/// Whether a line goes on with the paragraph above it. A caption is one of its own.
fn joins(above: &Unit, below: &str) -> bool {
    !is_caption(&above.text) && !is_caption(below) && !parted(&above.text, below)
}

/// Whether two lines are two cells though no blank line parts them: one of them can be nothing but
/// a cell.
fn parted(above: &str, below: &str) -> bool {
    let alone = |text: &str| {
        let type_ = is_capital_type(text) && (!text.contains(' ') || text.starts_with("Array of "));
        let heading = column(text).is_some() && !is_small(text);
        type_
            || heading
            || is_status(text)
            || yes_no(text).is_some() && (!text.is_ascii() || Term::SpokenAnswer.is(text))
    };
    !above.contains('\n') && (alone(above) || alone(below))
}

/// How many paragraphs are the heading of a table: at least two known column headings, none twice. Names of
/// parameters read like headings too ("name", "type"), so that a heading ends where a row can begin.
fn header(units: &[Unit], index: usize) -> Option<usize> {
    let role = |at: usize| {
        units
            .get(at)
            .filter(|unit| {
                !unit.list && !unit.text.contains('\n') && !unit.text.ends_with(['.', '。'])
            })
            .and_then(|unit| column(&unit.text))
    };
    // Below such a label stands what the label says of a value, and then the next label.
    if units
        .before(index)
        .is_some_and(|before| is_label(&before.text))
    {
        return None;
    }
    let small = |at: usize| units.is_at(at, |unit| is_small(&unit.text));
    let capital = |at: usize| {
        let begins = |unit: &Unit| unit.text.starts_with(char::is_alphabetic);
        units.is_at(at, begins) && !small(at)
    };
    let answers = |at: usize| units.is_at(at, |unit| is_beside_name(&unit.text));
    let cell_follows = |at: usize| answers(at + 1) && role(at + 1).is_none_or(|_| small(at + 1));
    role(index)?;
    let mut seen: Vec<Column> = Vec::new();
    let mut at = index;
    loop {
        match role(at) {
            Some(column) if seen.contains(&column) || (small(at) && !small(index)) => break,
            Some(_) if seen.contains(&Column::Description) && cell_follows(at) => break,
            Some(column) => seen.push(column),
            // One heading nobody knows, between known ones, is a column all the same.
            None if answers(at) => break,
            None => match (units.get(at), role(at + 1)) {
                (Some(unit), Some(next))
                    if !seen.contains(&Column::Description)
                        && !seen.contains(&next)
                        && (seen.len() >= 2 && is_short(unit)
                            || capital(at) && capital(at + 1) && seen.contains(&Column::Name)) => {}
                // The last one, as a name stands below it and not the rest of a row.
                (Some(unit), None)
                    if seen.contains(&Column::Name)
                        && seen.len() >= 2
                        && !seen.contains(&Column::Description)
                        && capital(at)
                        && name_like(&unit.text)
                        && !cell_follows(at)
                        && cell_follows(at + 1)
                        && units.get(at + 1).is_some_and(|next| name_like(&next.text)) => {}
                _ => break,
            },
        }
        at += 1;
    }
    // The heading of a section on codes reads like the column below it.
    let first = seen.first().copied();
    let repeats =
        role(at).is_some_and(|column| first == Some(column)) && first != Some(Column::Name);
    if repeats || seen.len() < 2 {
        return None;
    }
    let begins = first.is_some_and(is_anchor);
    let lost_names = seen
        .iter()
        .any(|column| matches!(column, Column::Type | Column::Required))
        && seen.contains(&Column::Description);
    (begins || lost_names).then_some(at - index)
}

/// Whether a paragraph is the label of a description's first part.
fn is_label(text: &str) -> bool {
    Term::PartLabel.is(&plain(text))
}

fn is_short(unit: &Unit) -> bool {
    !unit.list
        && !unit.text.contains('\n')
        && unit.text.chars().count() <= 30
        && !name_like(&unit.text.replace(' ', "/ "))
}

/// Where a table's cells end: at what can only be outside, or at the next heading.
fn end(units: &[Unit], head: usize, from: usize, indent: usize) -> usize {
    // What a status means can read like a heading, as "request error" does; the next status follows.
    let of_codes = units.is_at(head, |unit| {
        matches!(column(&unit.text), Some(Column::Status | Column::ErrorCode))
    });
    let within_codes = |index: usize| {
        let next = units.get(index + 1..=index + from - head);
        of_codes && next.is_some_and(|next| next.iter().any(|unit| is_status(&unit.text)))
    };
    let mut index = from;
    while let Some(unit) = units.get(index) {
        let first = unit.text.lines().next().unwrap_or_default();
        if let Some(below) = is_json_start(first)
            .then(|| rows_below(units, index))
            .flatten()
        {
            index = below;
            continue;
        }
        if (indent >= 2 && unit.indent < indent)
            || is_outside_tables(first)
            || header(units, index).is_some()
            || is_part(units, index)
            || !within_codes(index) && ends_section(units, index, from)
        {
            break;
        }
        index += 1;
    }
    index
}

/// Where rows go on below a listing, which is then an example in a description.
fn rows_below(units: &[Unit], index: usize) -> Option<usize> {
    let listing = units.from(index).lead(|unit| is_json(&unit.text));
    let below = index + listing;
    let name = units.is_at(below, |unit| name_like(&unit.text));
    (name && units.is_at(below + 1, |unit| is_beside_name(&unit.text))).then_some(below)
}

/// Whether a paragraph is a piece of a listing.
fn is_json(text: &str) -> bool {
    text.starts_with(['{', '}', '[', ']', '"'])
}

/// Whether a list item begins a part of the section: it heads one, or the next table.
fn is_part(units: &[Unit], index: usize) -> bool {
    let item = units
        .get(index)
        .and_then(|unit| unit.text.strip_prefix("- ").filter(|_| unit.list));
    item.is_some_and(|item| {
        let words = item.trim_end_matches([':', '：']);
        heading(words).is_some_and(|section| section != Section::Constraints)
            || !item.contains('\n') && header(units, index + 1).is_some()
    })
}

/// Whether a paragraph is the heading of the next section and not a cell that reads like one.
fn ends_section(units: &[Unit], index: usize, from: usize) -> bool {
    let Some(unit) = units.get(index) else {
        return false;
    };
    let Some(section) = heading(&unit.text).filter(|_| !unit.list) else {
        return false;
    };
    // A parameter may be called "uri" or "Authorization": a row's answer or type follows.
    let small = is_small(&unit.text);
    let cell = |next: &Unit| is_kind(&next.text) || small && is_beside_name(&next.text);
    if section == Section::Constraints || name_like(&unit.text) && units.is_at(index + 1, cell) {
        return false;
    }
    let Some(before) = (index > from).then(|| units.get(index - 1)).flatten() else {
        return true;
    };
    if is_label(&before.text) {
        return false;
    }
    let last = from.checked_sub(1).and_then(|last| units.get(last));
    let (answers, types) = (yes_no(&before.text).is_some(), is_type(&before.text));
    let ends_row = match last.and_then(|last| column(&last.text)) {
        Some(Column::Required) => answers,
        Some(Column::Type) => types,
        _ => false,
    };
    let expects_description = !before.list && (types || answers) && !ends_row;
    if !expects_description {
        return true;
    }
    // Right below a type: it is a description, unless what a section begins with follows.
    let next = units
        .get(index + 1)
        .map(|unit| unit.text.lines().next().unwrap_or_default());
    next.is_some_and(is_caption)
}
