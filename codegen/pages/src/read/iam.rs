//! The table of actions that IAM can grant.

use super::rows::{self, CellAt, Read, TableRows};
use crate::facts::{Fact, IamRow};
use crate::vocabulary::{Column, TableKind, is_action, is_bullet, is_none};

/// The rows of the tables of actions, in order.
pub(super) fn rows(tables: &[TableRows<'_>]) -> Vec<Fact<IamRow>> {
    tables
        .iter()
        .filter(|table| table.kind == TableKind::Iam)
        .flat_map(|table| table.cells.iter().filter_map(|cells| row(cells)))
        .collect()
}

/// A row of such a table; `None` when it names no action.
pub(super) fn row(cells: &[CellAt<'_>]) -> Option<Fact<IamRow>> {
    use Column::{Access, Alias, Condition, Dependencies, Resource};
    let cell = |wanted| rows::cell(cells, wanted).filter(|read| !is_none(&read.text.text));
    let action = cell(Column::Action)?;
    let name = list(action).into_iter().find(|name| is_action(name))?;
    let many = |wanted: Column| cell(wanted).map(list).unwrap_or_default();
    let row = IamRow {
        action: name,
        access: cell(Access).map(|read| read.text.text.trim().to_owned()),
        // "gauge *": what must be there is marked so.
        resource: cell(Resource).map(|read| {
            let text = read.text.text.replace('\\', "");
            let name = text.trim_end_matches(['*', ' ']);
            let star = if text.trim_end().ends_with('*') {
                "*"
            } else {
                ""
            };
            format!("{}{star}", name.trim())
        }),
        conditions: many(Condition),
        alias: many(Alias),
        dependencies: many(Dependencies),
    };
    let columns = [Access, Resource, Condition, Alias, Dependencies];
    let others = columns.map(|it| rows::cell(cells, it).unwrap_or(action).source.clone());
    Some(Fact {
        value: row,
        sources: std::iter::once(action.source.clone())
            .chain(others)
            .collect(),
    })
}

/// The entries of a cell, one a line or parted by commas.
fn list(read: &Read<'_>) -> Vec<String> {
    let entries = read.text.text.split(['\n', ',', '，', ';', ' ']);
    entries
        .map(|entry| {
            entry
                .trim()
                .trim_start_matches(|it| matches!(it, '-' | ' ') || is_bullet(it))
                .replace('\\', "")
        })
        .filter(|entry| !is_none(entry))
        .collect()
}
