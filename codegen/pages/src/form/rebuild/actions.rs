//! The rows of tables of actions that IAM can grant.

use super::table::cell;
use super::{Columns, Unit};
use crate::block::Cell;
use crate::slice::Slice;
use crate::vocabulary::{Column, Meaning, Term, is_action, plain};

impl Columns<'_> {
    /// The rows of a table of actions: every row begins with an action, and its cells are told by
    /// what they hold, since lists and empty cells make their number uncertain.
    pub(super) fn action_rows(&self, units: &[Unit]) -> Vec<Vec<Cell>> {
        let units = split_lists(units);
        let units = units.as_slice();
        let columns = self.len();
        // An action followed by an access level begins a row; other actions are aliases and the like.
        let access = self
            .roles
            .iter()
            .position(|role| *role == Some(Column::Access));
        let is_start = |index: usize| {
            units.get(index).is_some_and(|unit| is_action(&unit.text))
                && (access != Some(1)
                    || units.is_at(index + 1, |unit| Term::AccessLevel.is(&plain(&unit.text))))
        };
        let mut starts: Vec<usize> = (0..units.len()).filter(|index| is_start(*index)).collect();
        if starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        let rows = units.parts(&starts).into_iter().zip(&starts);
        rows.map(|(row, start)| {
            let whole = row.len() == columns;
            let certain = |at: usize, unit: &Unit| {
                whole
                    || (at == 0 && is_start(*start))
                    || (at == 1 && access == Some(1) && Term::AccessLevel.is(&plain(&unit.text)))
            };
            let row = row.iter().enumerate();
            row.map(|(at, unit)| cell(unit, certain(at, unit).then_some(at)))
                .collect()
        })
        .collect()
    }
}

/// Lists of actions and of condition keys that follow each other, parted.
fn split_lists(units: &[Unit]) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut last_item_is_action = None;
    for unit in units {
        let action = is_action(unit.text.trim_start_matches("- "));
        match out.last_mut() {
            Some(last) if unit.list && last_item_is_action == Some(action) => {
                last.text.push('\n');
                last.text.push_str(&unit.text);
                last.lines = last.lines.join(unit.lines);
            }
            _ => out.push(unit.clone()),
        }
        last_item_is_action = unit.list.then_some(action);
    }
    out
}
