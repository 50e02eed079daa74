//! Which column each cell belongs to.

use super::cell::name;
use crate::block::{Cell, Table};
use crate::vocabulary::{Column, column, is_type, yes_no};

/// The columns of a table by its header.
pub(super) fn columns(table: &Table) -> Vec<Option<Column>> {
    let mut out: Vec<Option<Column>> = Vec::new();
    for (index, cell) in table.header.iter().enumerate() {
        let at = cell.column.unwrap_or(index);
        if out.len() <= at {
            out.resize(at + 1, None);
        }
        let kind = column(&cell.text.text);
        // The second of two columns with one meaning says something else; a permission in words stands
        // before the action that grants it.
        let first = out
            .iter()
            .position(|known| kind.is_some() && *known == kind);
        let slot = match first {
            Some(first) if kind == Some(Column::Action) => {
                out.swap(first, at);
                None
            }
            Some(_) => None,
            None => out.get_mut(at),
        };
        if let Some(slot) = slot {
            *slot = kind;
        }
    }
    // A heading that is a type itself was mistaken for the word above types.
    if out.contains(&Some(Column::Name)) && !out.contains(&Some(Column::Type)) {
        for (index, cell) in table.header.iter().enumerate() {
            let slot = out.get_mut(cell.column.unwrap_or(index));
            if let Some(slot @ None) = slot.filter(|_| is_type(&cell.text.text)) {
                *slot = Some(Column::Type);
                break;
            }
        }
    }
    out
}

/// The column of each cell of a row; `None` when that cannot be told.
pub(super) fn places(row: &[Cell], columns: &[Option<Column>]) -> Option<Vec<usize>> {
    let known = row.iter().map(|cell| cell.column);
    let known = known.map(|at| at.filter(|at| *at < columns.len()));
    if let (false, Some(known)) = (columns.is_empty(), known.collect()) {
        return Some(known);
    }
    let is_place = |cell: &Cell, at: usize| {
        let kind = columns.get(at).copied().flatten();
        cell.column.is_none_or(|known| known == at) && fits(&cell.text.text, kind)
    };
    // Each cell as far to the left as it may stand, and as far to the right: the only way when
    // both are the same.
    let mut left = 0..columns.len();
    let first = row.iter().map(|cell| left.find(|at| is_place(cell, *at)));
    let first: Vec<usize> = first.collect::<Option<_>>()?;
    let mut right = (0..columns.len()).rev();
    let last = row
        .iter()
        .rev()
        .map(|cell| right.find(|at| is_place(cell, *at)));
    let last: Vec<usize> = last.collect::<Option<_>>()?;
    first.iter().eq(last.iter().rev()).then_some(first)
}

/// Whether a text can stand in a column. Only used for rows that lost a cell, so it is strict.
fn fits(text: &str, kind: Option<Column>) -> bool {
    match kind {
        Some(Column::Required) => yes_no(text).is_some(),
        Some(Column::Type) => is_type(text),
        Some(Column::Name) => name(text).is_some() && yes_no(text).is_none() && !is_type(text),
        Some(Column::Description) => yes_no(text).is_none() && !is_type(text),
        _ => true,
    }
}
