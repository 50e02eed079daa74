//! The account of all cells while the page is read.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::row::Read;
use crate::block::Lines;
use crate::facts::{CellOutcome, Ledger};

/// Table, row and column, as in a fact's source.
pub(super) type Place = (usize, usize, usize);

/// What became of each cell so far.
#[derive(Default)]
pub(super) struct LedgerBuilder {
    cells: BTreeMap<Place, (Lines, CellOutcome)>,
}

impl LedgerBuilder {
    /// Notes a cell.
    pub(super) fn note(&mut self, cell: Place, lines: Lines, outcome: CellOutcome) {
        self.cells.insert(cell, (lines, outcome));
    }

    /// Notes a cell that was read.
    pub(super) fn note_read(&mut self, read: &Read<'_>, outcome: CellOutcome) {
        if let Some(cell) = read.source.cell {
            self.note(cell, read.text.lines, outcome);
        }
    }

    /// Notes a cell as unreadable that nothing is noted of.
    pub(super) fn note_rest(&mut self, cell: Place, lines: Lines, why: &str) {
        let outcome = || (lines, CellOutcome::Unreadable(why.to_owned()));
        self.cells.entry(cell).or_insert_with(outcome);
    }

    /// Lets no cell among these count as a fact.
    pub(super) fn ignore(&mut self, cells: RangeInclusive<Place>, reason: &'static str) {
        self.change(cells, &CellOutcome::Ignored(reason));
    }

    /// Declares what counted as a fact among these cells unreadable.
    pub(super) fn refuse(&mut self, cells: RangeInclusive<Place>, reason: &str) {
        self.change(cells, &CellOutcome::Unreadable(reason.to_owned()));
    }

    fn change(&mut self, cells: RangeInclusive<Place>, to: &CellOutcome) {
        for (_, (_, outcome)) in self.cells.range_mut(cells) {
            if *outcome == CellOutcome::Fact {
                *outcome = to.clone();
            }
        }
    }

    /// The account, in reading order.
    pub(super) fn close(self) -> Ledger {
        let cells = self.cells.into_iter();
        Ledger {
            cells: cells
                .map(|(cell, (lines, outcome))| (cell, lines, outcome))
                .collect(),
        }
    }
}
