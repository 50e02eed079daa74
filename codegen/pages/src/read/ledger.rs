//! The account of all cells while the page is read.

use std::collections::BTreeMap;

use crate::block::Lines;
use crate::facts::{CellFate, Ledger};

/// What became of each cell so far.
#[derive(Default)]
pub(super) struct Book {
    cells: BTreeMap<(usize, usize, usize), (Lines, CellFate)>,
}

impl Book {
    /// Notes a cell.
    pub(super) fn note(&mut self, cell: (usize, usize, usize), lines: Lines, fate: CellFate) {
        self.cells.insert(cell, (lines, fate));
    }

    /// Lets no cell of a table count as a fact.
    pub(super) fn ignore(&mut self, table: usize, reason: &'static str) {
        self.change(table, &CellFate::Ignored(reason));
    }

    /// Declares what counted as a fact in a table unreadable.
    pub(super) fn refuse(&mut self, table: usize, reason: &str) {
        self.change(table, &CellFate::Unreadable(reason.to_owned()));
    }

    /// Lets one cell not count as a fact.
    pub(super) fn ignore_cell(&mut self, cell: (usize, usize, usize), reason: &'static str) {
        if let Some((_, fate @ CellFate::Fact)) = self.cells.get_mut(&cell) {
            *fate = CellFate::Ignored(reason);
        }
    }

    /// Declares one cell unreadable, whatever it counted as.
    pub(super) fn refuse_cell(&mut self, cell: (usize, usize, usize), reason: &str) {
        if let Some((_, fate)) = self.cells.get_mut(&cell) {
            *fate = CellFate::Unreadable(reason.to_owned());
        }
    }

    fn change(&mut self, table: usize, to: &CellFate) {
        let from = (table, 0, 0);
        let until = (table + 1, 0, 0);
        for (_, fate) in self.cells.range_mut(from..until).map(|(_, cell)| cell) {
            if *fate == CellFate::Fact {
                *fate = to.clone();
            }
        }
    }

    /// The account, in reading order.
    pub(super) fn close(self) -> Ledger {
        let cells = self
            .cells
            .into_iter()
            .map(|(cell, (lines, fate))| (cell, lines, fate));
        Ledger {
            cells: cells.collect(),
        }
    }
}
