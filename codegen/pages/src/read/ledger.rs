//! The account of all cells while the page is read.

use std::collections::BTreeMap;

use crate::block::Lines;
use crate::facts::{CellOutcome, Ledger};

/// What became of each cell so far.
#[derive(Default)]
pub(super) struct LedgerBuilder {
    cells: BTreeMap<(usize, usize, usize), (Lines, CellOutcome)>,
}

impl LedgerBuilder {
    /// Notes a cell.
    pub(super) fn note(&mut self, cell: (usize, usize, usize), lines: Lines, outcome: CellOutcome) {
        self.cells.insert(cell, (lines, outcome));
    }

    /// Lets no cell of a table count as a fact.
    pub(super) fn ignore(&mut self, table: usize, reason: &'static str) {
        self.change(table, &CellOutcome::Ignored(reason));
    }

    /// Declares what counted as a fact in a table unreadable.
    pub(super) fn refuse(&mut self, table: usize, reason: &str) {
        self.change(table, &CellOutcome::Unreadable(reason.to_owned()));
    }

    /// Lets one cell not count as a fact.
    pub(super) fn ignore_cell(&mut self, cell: (usize, usize, usize), reason: &'static str) {
        if let Some((_, outcome @ CellOutcome::Fact)) = self.cells.get_mut(&cell) {
            *outcome = CellOutcome::Ignored(reason);
        }
    }

    /// Declares one cell unreadable, whatever it counted as.
    pub(super) fn refuse_cell(&mut self, cell: (usize, usize, usize), reason: &str) {
        if let Some((_, outcome)) = self.cells.get_mut(&cell) {
            *outcome = CellOutcome::Unreadable(reason.to_owned());
        }
    }

    fn change(&mut self, table: usize, to: &CellOutcome) {
        let from = (table, 0, 0);
        let until = (table + 1, 0, 0);
        for (_, outcome) in self.cells.range_mut(from..until).map(|(_, cell)| cell) {
            if *outcome == CellOutcome::Fact {
                *outcome = to.clone();
            }
        }
    }

    /// The account, in reading order.
    pub(super) fn close(self) -> Ledger {
        let cells = self
            .cells
            .into_iter()
            .map(|(cell, (lines, outcome))| (cell, lines, outcome));
        Ledger {
            cells: cells.collect(),
        }
    }
}
