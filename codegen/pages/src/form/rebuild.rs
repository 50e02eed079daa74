//! Puts the rows of a table together again whose cells are only known in their order.
//!
//! Cells may be lost (a single 是 vanishes from text) and a description may be several paragraphs,
//! so that counting does not help. What helps is what a column may hold: a name is one word, a type
//! comes from a closed list, and so does yes or no. Where these do not tell, a cell keeps no column.

mod actions;
mod names;
mod start;
mod table;

pub(super) use names::Names;
pub(super) use table::{loose, placed, table};

use super::lines::{Line, span};
use super::words::{is_answer, is_capital_type, item};
use crate::block::{Cell, Lines, Text};
use crate::slice::Slice;
use crate::vocabulary::{
    Column, Meaning, Term, column, is_certain_answer, is_none, is_status, is_type, name_like, plain,
};
use start::Start;
use table::cell;

/// A cell, or a paragraph of one.
#[derive(Debug, Clone, Default)]
pub(super) struct Unit {
    /// Its words; list items led by `- `.
    pub text: String,
    /// Where it stands.
    pub lines: Lines,
    /// Whether it is a list.
    pub list: bool,
    /// How far its first line is indented.
    pub indent: usize,
}

impl Unit {
    /// A whole cell.
    pub(super) fn new(text: impl Into<String>, lines: Lines) -> Self {
        Self {
            text: text.into(),
            lines,
            ..Self::default()
        }
    }
}

/// Parts lines into units: at blank lines, and where a line does not join the unit above it.
pub(super) fn units(lines: &[Line<'_>], joins: fn(&Unit, &str) -> bool) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut blank = true;
    for line in lines {
        let words = line.trimmed();
        let item = item(words);
        let text = item.map_or_else(|| words.to_owned(), |item| format!("- {item}"));
        let lines = span(&[*line]);
        match units.last_mut() {
            _ if words.is_empty() => {}
            Some(last) if !blank && joins(last, words) => {
                last.text.push('\n');
                last.text.push_str(&text);
                last.lines = last.lines.join(lines);
            }
            _ => units.push(Unit {
                text,
                lines,
                indent: line.indent(),
                list: item.is_some(),
            }),
        }
        blank = words.is_empty();
    }
    units
}

/// A table's columns, and how its rows are told apart.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    roles: Vec<Option<Column>>,
    names: &'a Names,
    /// Every unit is a whole cell and not a paragraph of one.
    pub whole: bool,
    /// No cell answers yes or no.
    answers_lost: bool,
}

impl<'a> Columns<'a> {
    /// The columns with these headings and cells.
    pub(super) fn new<'u>(
        headings: &[Unit],
        mut cells: impl Iterator<Item = &'u Unit>,
        names: &'a Names,
    ) -> Self {
        Self {
            answers_lost: !cells.any(|unit| is_answer(&unit.text)),
            roles: headings.iter().map(|unit| column(&unit.text)).collect(),
            names,
            whole: false,
        }
    }

    /// The number of columns.
    pub(super) fn len(&self) -> usize {
        self.roles.len()
    }

    /// Whether rows can be told apart: the first column names what the row is about.
    pub(super) fn anchored(&self) -> bool {
        self.roles.first().copied().flatten().is_some_and(is_anchor)
    }

    /// What a column holds.
    fn role(&self, column: usize) -> Option<Column> {
        self.roles.get(column).copied().flatten()
    }

    /// Whether a text can stand in a column, going only by columns with closed lists.
    pub(super) fn fits(&self, column: usize, text: &str) -> bool {
        match self.role(column) {
            Some(Column::Required) => {
                is_answer(text) || is_none(text) || !(is_type(text) || name_like(text))
            }
            Some(Column::Type) => !is_answer(text),
            Some(Column::Name) => {
                name_like(text) && !is_certain_answer(text)
                    || !text.is_ascii() && text.chars().count() <= 40
            }
            Some(Column::Status) => {
                starts_with_status(text) || text.is_empty() || !text.contains(' ')
            }
            _ => true,
        }
    }

    /// Whether a column has a closed list, and a cell is of it.
    fn lists(&self, column: usize, unit: &Unit) -> bool {
        !unit.list
            && match self.role(column) {
                Some(Column::Required) => is_answer(&unit.text),
                Some(Column::Type) => is_type(&unit.text),
                Some(Column::Place) => matches!(
                    plain(&unit.text).as_str(),
                    "path" | "query" | "header" | "body" | "uri"
                ),
                _ => false,
            }
    }

    /// Parts the cells into rows, and gives every cell its column where that can be told.
    pub(super) fn rows(&self, units: &[Unit]) -> Vec<Vec<Cell>> {
        if self.role(0) == Some(Column::Action) {
            return self.action_rows(units);
        }
        let mut starts: Vec<(usize, Start)> = Vec::new();
        for index in 0..units.len() {
            if let Some(start) = self.start(units, index, starts.last()) {
                starts.push((index, start));
            } else if starts.is_empty() {
                // What stands before the first row belongs to none.
                starts.push((index, Start::default()));
            }
        }
        let places: Vec<usize> = starts.iter().map(|(index, _)| *index).collect();
        let parts = units.parts(&places).into_iter();
        parts
            .zip(&starts)
            .enumerate()
            .map(|(row, (units, (_, start)))| {
                // Paragraphs above a row without a name may be that row's.
                let doubtful = starts.is_at(row + 1, |(_, next)| next.first() != Some(&Some(0)));
                self.assign(units, start, doubtful)
            })
            .collect()
    }

    /// Gives the cells of one row their columns.
    pub(super) fn row(&self, units: &[Unit]) -> Vec<Cell> {
        let start = self.start(units, 0, None).unwrap_or_default();
        self.assign(units, &start, false)
    }

    /// Makes the cells of a row: those whose column is known, and the rest by the columns left.
    fn assign(&self, units: &[Unit], start: &Start, doubtful: bool) -> Vec<Cell> {
        let mut cells: Vec<Cell> = units
            .iter()
            .zip(start)
            .map(|(unit, column)| cell(unit, *column))
            .collect();
        let mut rest = units.from(start.len());
        // Columns behind the description take what only they can hold, the last first.
        let (mut tail, mut behind) = (Vec::new(), self.len());
        while let (Some(column), Some((last, above))) = (behind.checked_sub(1), rest.split_last())
            && !start.contains(&Some(column))
            && self.lists(column, last)
        {
            tail.push(cell(last, Some(column)));
            (rest, behind) = (above, column);
        }
        // "String" in a description is the cell of a column whose heading was lost.
        let strays = |unit: &Unit| {
            let text = unit.text.as_str();
            is_capital_type(text)
                && !text.contains(' ')
                && !self.roles.contains(&Some(Column::Type))
                || Term::SpokenAnswer.is(text) && !self.roles.contains(&Some(Column::Required))
        };
        let whole = self.whole || doubtful || rest.len() > 1 && rest.iter().any(strays);
        let closed = |role: Option<Column>| {
            matches!(
                role,
                Some(Column::Required | Column::Type | Column::Name | Column::Place)
            )
        };
        let free: Vec<usize> = (0..self.len())
            .filter(|column| !start.contains(&Some(*column)) && !closed(self.role(*column)))
            .collect();
        match (free.as_slice(), rest) {
            (_, []) => {}
            ([only], rest) if !whole || rest.len() == 1 => cells.extend(merged(rest, Some(*only))),
            (several, rest) if several.len() == rest.len() => {
                cells.extend(
                    rest.iter()
                        .zip(several)
                        .map(|(unit, column)| cell(unit, Some(*column))),
                );
            }
            _ => cells.extend(rest.iter().map(|unit| cell(unit, None))),
        }
        cells.extend(tail.into_iter().rev());
        cells
    }
}

/// Several paragraphs as one cell.
fn merged(units: &[Unit], column: Option<usize>) -> Option<Cell> {
    let (first, last) = (units.first()?, units.last()?);
    let texts: Vec<&str> = units.iter().map(|unit| unit.text.as_str()).collect();
    Some(Cell {
        text: Text::new(texts.join("\n"), first.lines.join(last.lines)),
        column,
    })
}

/// Whether a column can tell rows apart.
pub(super) fn is_anchor(column: Column) -> bool {
    matches!(
        column,
        Column::Name | Column::Status | Column::Action | Column::ErrorCode | Column::Method
    )
}

fn starts_with_status(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(|word| {
        let word = word.trim_end_matches([':', '：', ',']);
        // "4XX": of a class.
        is_status(&word.replace(['x', 'X'], "0"))
    }) && words.count() <= 4
}
