//! Puts the rows of a table together again whose cells are only known in their order.
//!
//! Cells may be lost (a single 是 vanishes from text) and a description may be several paragraphs,
//! so that counting does not help. What helps is what a column may hold: a name is one word, a type
//! comes from a closed list, and so does yes or no. Where these do not tell, a cell keeps no column.

mod actions;
mod names;

pub(super) use names::Names;

use super::prose::join;
use crate::block::{Cell, Lines, Text};
use crate::vocabulary::{Column, column, is_none, is_status, is_type, name_like, plain, yes_no};

/// A cell, or a paragraph of one.
#[derive(Debug, Clone, Default)]
pub(super) struct Unit {
    /// Its words; list items led by `- `.
    pub text: String,
    /// Where it stands.
    pub lines: Lines,
    /// Whether it is a list.
    pub list: bool,
}

/// A table's columns, and how its rows are told apart.
#[derive(Debug)]
pub(super) struct Columns<'a> {
    roles: Vec<Option<Column>>,
    names: &'a Names,
    /// Every unit is a whole cell and not a paragraph of one.
    whole: bool,
}

impl<'a> Columns<'a> {
    /// The columns with these headings.
    pub(super) fn new(headings: &[String], names: &'a Names) -> Self {
        Self {
            roles: headings.iter().map(|heading| column(heading)).collect(),
            names,
            whole: false,
        }
    }

    /// The same, for text in which every unit is a whole cell.
    pub(super) fn of_whole_cells(self) -> Self {
        Self {
            whole: true,
            ..self
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
                yes_no(text).is_some() || is_none(text) || !(is_type(text) || name_like(text))
            }
            Some(Column::Type) => yes_no(text).is_none(),
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
        let ends: Vec<usize> = starts
            .iter()
            .skip(1)
            .map(|(index, _)| *index)
            .chain([units.len()])
            .collect();
        starts
            .iter()
            .zip(ends)
            .enumerate()
            .map(|(row, ((index, start), end))| {
                // Paragraphs above a row without a name may be that row's.
                let doubtful = starts
                    .get(row + 1)
                    .is_some_and(|(_, next)| next.cells.first() != Some(&Some(0)));
                self.assign(units.get(*index..end).unwrap_or_default(), start, doubtful)
            })
            .collect()
    }

    /// Gives the cells of one row their columns.
    pub(super) fn row(&self, units: &[Unit]) -> Vec<Cell> {
        let start = self.start(units, 0, None).unwrap_or_default();
        self.assign(units, &start, false)
    }

    /// The beginning of a row at a unit, when one begins there; `above` is where the row before it
    /// began.
    fn start(&self, units: &[Unit], index: usize, above: Option<&(usize, Start)>) -> Option<Start> {
        let unit = units.get(index)?;
        if above.is_some_and(|(from, start)| index < from + start.length) || unit.list {
            return None;
        }
        match self.role(0)? {
            Column::Status => starts_with_status(&unit.text).then(Start::name_alone),
            _ => self
                .named_start(units, index, above)
                .or_else(|| self.nameless_start(units, index, above)),
        }
    }

    /// A row that begins with a name.
    fn named_start(
        &self,
        units: &[Unit],
        index: usize,
        above: Option<&(usize, Start)>,
    ) -> Option<Start> {
        let name = units.get(index)?.text.as_str();
        if !name_like(name) || is_none(name) || is_certain_answer(name) {
            return None;
        }
        // What stands below the label of a description's part is that part.
        let above_is_label = index
            .checked_sub(1)
            .and_then(|before| units.get(before))
            .is_some_and(|before| is_label(&before.text));
        let known = self.names.has(name);
        if is_label(name) || above_is_label && !known && !name.contains('_') {
            return None;
        }
        // "String" is no parameter, unless the page uses such a name elsewhere.
        if is_type(name) && name.starts_with(|c: char| c.is_ascii_uppercase()) && !known {
            return None;
        }
        let identifier = known
            || name.contains(['_', '-'])
            || name.chars().skip(1).any(|c| c.is_ascii_uppercase());
        let described = above.is_none_or(|(from, start)| index > from + start.length);
        let matched = self.closed(units, index + 1);
        if !matched.cells.is_empty() {
            let type_column = self
                .roles
                .iter()
                .position(|role| *role == Some(Column::Type));
            let type_matched =
                type_column.is_none_or(|column| matched.cells.contains(&Some(column)));
            if is_type(name) && !type_matched && !known {
                // "String" with "Yes" below it: a row whose name was lost.
                return None;
            }
            // A lone word below a row without a description may be that description, and the name
            // lost.
            let certain =
                described || identifier || name.starts_with(|c: char| c.is_ascii_lowercase());
            let cells = std::iter::once(certain.then_some(0))
                .chain(matched.cells)
                .collect();
            return Some(Start {
                cells,
                length: 1 + matched.length,
            });
        }
        // Nothing beside the name tells that it is one.
        let Some((_, start)) = above else {
            let is_word = is_type(name) && !known;
            return (!is_word && (identifier || is_short_word(name))).then(Start::name_alone);
        };
        let words_follow = units
            .get(index + 1)
            .is_some_and(|next| !next.list && !name_like(&next.text));
        let has = |role| self.roles.contains(&Some(role));
        let in_step = if has(Column::Type) {
            // Types are not lost, so that this one is none of the list, or this is no name.
            known
        } else if has(Column::Required) {
            identifier && words_follow && start.length == 1
        } else {
            words_follow
                && (identifier
                    || (is_short_word(name) && name.starts_with(|c: char| c.is_ascii_lowercase())))
        };
        (described && in_step).then(Start::name_alone)
    }

    /// A row that lost its name: it begins with an answer and a type, in the order of the columns,
    /// or with a type alone where that cannot be a description.
    fn nameless_start(
        &self,
        units: &[Unit],
        index: usize,
        above: Option<&(usize, Start)>,
    ) -> Option<Start> {
        let matched = self.closed(units, index);
        let capital_type = || {
            units.get(index).is_some_and(|unit| {
                is_type(&unit.text) && unit.text.starts_with(char::is_uppercase)
            })
        };
        let flags_are_lost = || units.iter().all(|unit| yes_no(&unit.text).is_none());
        let begins = match (matched.cells.len(), above) {
            (0, _) => false,
            (1, None) => true,
            (1, Some((from, start))) => {
                index > from + start.length
                    && (!self.roles.contains(&Some(Column::Required)) || flags_are_lost())
                    && capital_type()
            }
            _ => true,
        };
        begins.then_some(matched)
    }

    /// The columns from the second on that have closed lists, as far as the cells from `index` fill
    /// them in their order.
    fn closed(&self, units: &[Unit], index: usize) -> Start {
        let mut found = Start::default();
        for column in 1..self.len() {
            let Some(unit) = units.get(index + found.length) else {
                break;
            };
            let fits = !unit.list
                && match self.role(column) {
                    Some(Column::Required) => yes_no(&unit.text).is_some(),
                    Some(Column::Type) => {
                        is_type(&unit.text)
                            // The name of a structure, right behind the answer before it.
                            || found.length > 0
                                && is_structure(&unit.text)
                                && self.role(column - 1) == Some(Column::Required)
                    }
                    Some(Column::Place) => matches!(
                        plain(&unit.text).as_str(),
                        "path" | "query" | "header" | "body" | "uri"
                    ),
                    _ => false,
                };
            if fits {
                found.cells.push(Some(column));
                found.length += 1;
            }
        }
        found
    }

    /// Makes the cells of a row: those whose column is known, and the rest by the columns left.
    fn assign(&self, units: &[Unit], start: &Start, doubtful: bool) -> Vec<Cell> {
        let mut cells: Vec<Cell> = units
            .iter()
            .zip(&start.cells)
            .map(|(unit, column)| cell(unit, *column))
            .collect();
        let rest = units.get(start.length..).unwrap_or_default();
        // "String" in a description is the cell of a column whose heading was lost.
        let strays = |unit: &Unit| {
            let text = unit.text.as_str();
            let type_ =
                is_type(text) && !text.contains(' ') && text.starts_with(char::is_uppercase);
            type_ && !self.roles.contains(&Some(Column::Type))
                || yes_no(text).is_some()
                    && !self.roles.contains(&Some(Column::Required))
                    && matches!(text, "Yes" | "No")
        };
        let whole = self.whole || doubtful || rest.len() > 1 && rest.iter().any(strays);
        let closed = |role: Option<Column>| {
            matches!(
                role,
                Some(Column::Required | Column::Type | Column::Name | Column::Place)
            )
        };
        let free: Vec<usize> = (0..self.len())
            .filter(|column| !start.cells.contains(&Some(*column)) && !closed(self.role(*column)))
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
        cells
    }
}

/// The cells at the start of a row and their columns; `None` for one that may be something else.
#[derive(Debug, Clone, Default)]
struct Start {
    cells: Vec<Option<usize>>,
    length: usize,
}

impl Start {
    /// Only the name is known.
    fn name_alone() -> Self {
        Self {
            cells: vec![Some(0)],
            length: 1,
        }
    }
}

fn cell(unit: &Unit, column: Option<usize>) -> Cell {
    Cell {
        text: Text {
            text: unit.text.clone(),
            lines: unit.lines,
            links: Vec::new(),
        },
        column,
    }
}

/// Several paragraphs as one cell.
fn merged(units: &[Unit], column: Option<usize>) -> Option<Cell> {
    let (first, last) = (units.first()?, units.last()?);
    let text = units
        .iter()
        .map(|unit| unit.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    Some(Cell {
        text: Text {
            text,
            lines: join(first.lines, last.lines),
            links: Vec::new(),
        },
        column,
    })
}

/// Whether a column can tell rows apart.
pub(super) fn is_anchor(column: Column) -> bool {
    matches!(
        column,
        Column::Name | Column::Status | Column::Action | Column::ErrorCode
    )
}

/// Whether a word is written like the name of a structure: `gauge_param`, `GaugeParam`.
fn is_structure(text: &str) -> bool {
    let inner = text
        .chars()
        .skip(1)
        .any(|c| c == '_' || c.is_ascii_uppercase());
    inner
        && text.chars().any(|c| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The label of a part of a description.
fn is_label(text: &str) -> bool {
    matches!(
        text.trim_end_matches([':', '：']),
        "Definition"
            | "Constraints"
            | "Range"
            | "Value Range"
            | "Default Value"
            | "参数解释"
            | "约束限制"
            | "取值范围"
            | "默认取值"
    )
}

/// An answer that is no name of a parameter.
fn is_certain_answer(text: &str) -> bool {
    yes_no(text).is_some()
        && !matches!(
            plain(text).as_str(),
            "m" | "o" | "y" | "n" | "required" | "optional" | "mandatory"
        )
}

fn is_short_word(text: &str) -> bool {
    text.len() <= 40
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn starts_with_status(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.next().is_some_and(|word| {
        is_status(word.trim_end_matches([':', '：', ','])) || matches!(word, "2xx" | "4xx" | "5xx")
    }) && words.count() <= 4
}
