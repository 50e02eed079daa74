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
pub(super) fn places(row: &[Cell], columns: &[Option<Column>]) -> Option<Vec<Option<usize>>> {
    if columns.is_empty() {
        return None;
    }
    if row
        .iter()
        .all(|cell| cell.column.is_some_and(|at| at < columns.len()))
    {
        return Some(row.iter().map(|cell| cell.column).collect());
    }
    if row.len() > columns.len() {
        return None;
    }
    let mut search = Search {
        row,
        columns,
        so_far: Vec::with_capacity(row.len()),
        found: None,
        ways: 0,
        steps: 0,
    };
    search.from(0);
    if search.ways == 1 && search.steps < MAX_STEPS {
        search.found
    } else {
        None
    }
}

/// How many tries are made; only rows of very wide tables need more.
const MAX_STEPS: usize = 10_000;

/// Tries every way to put the cells into columns in order, keeping what each column may hold.
struct Search<'s> {
    row: &'s [Cell],
    columns: &'s [Option<Column>],
    so_far: Vec<Option<usize>>,
    found: Option<Vec<Option<usize>>>,
    ways: usize,
    steps: usize,
}

impl Search<'_> {
    fn from(&mut self, from: usize) {
        if self.ways > 1 || self.steps >= MAX_STEPS {
            return;
        }
        let Some(cell) = self.row.get(self.so_far.len()) else {
            self.ways += 1;
            self.found = Some(self.so_far.clone());
            return;
        };
        let left = self.row.len() - self.so_far.len();
        for at in from..self.columns.len() {
            self.steps += 1;
            if self.columns.len() - at < left {
                break;
            }
            if cell.column.is_some_and(|known| known != at)
                || !fits(&cell.text.text, self.columns.get(at).copied().flatten())
            {
                continue;
            }
            self.so_far.push(Some(at));
            self.from(at + 1);
            self.so_far.pop();
        }
    }
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
