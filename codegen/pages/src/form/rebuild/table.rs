//! The table that a heading and the cells below it make.

use super::{Columns, Names, Unit};
use crate::block::{Cell, Lines, Table, Text};

/// A cell whose column is known, or not.
pub(in crate::form) fn cell(unit: &Unit, column: Option<usize>) -> Cell {
    Cell {
        text: Text::new(unit.text.clone(), unit.lines),
        column,
    }
}

/// The cells of a row, each in the column of its place.
pub(in crate::form) fn placed(row: &[Unit]) -> Vec<Cell> {
    let cells = row.iter().enumerate();
    cells.map(|(at, unit)| cell(unit, Some(at))).collect()
}

/// The cells of a row whose columns cannot be told.
pub(in crate::form) fn loose(row: &[Unit]) -> Vec<Cell> {
    row.iter().map(|unit| cell(unit, None)).collect()
}

/// A table from its headings and its cells in their order, in which a cell may be several units.
pub(in crate::form) fn table(heads: &[Unit], inside: &[Unit], names: &Names) -> Table {
    let columns = Columns::new(heads, inside.iter(), names);
    let lines = heads.iter().chain(inside).map(|unit| unit.lines);
    let mut table = Table {
        header: placed(heads),
        lines: lines.reduce(Lines::join).unwrap_or_default(),
        ..Table::default()
    };
    if columns.anchored() {
        table.rows = columns.rows(inside);
    } else {
        table.broken = Some("the column that names the rows is missing".to_owned());
        table.rows = inside.iter().map(|unit| vec![cell(unit, None)]).collect();
    }
    table
}
