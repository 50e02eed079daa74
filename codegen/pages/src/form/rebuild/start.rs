//! Where a row begins: at a name, or where an answer and a type stand as only a row has them.

use super::{Columns, Unit, starts_with_status};
use crate::form::words::{is_capital_type, is_sentence, is_small};
use crate::slice::Slice;
use crate::vocabulary::lexicon::Word;
use crate::vocabulary::{Column, Meaning, is_certain_answer, is_none, is_type, name_like, plain};

/// The columns of the cells at the start of a row; `None` for one that may be something else.
pub(super) type Start = Vec<Option<usize>>;

impl Columns<'_> {
    /// The beginning of a row at a unit, when one begins there; `above` is where the row before it
    /// began.
    pub(super) fn start(
        &self,
        units: &[Unit],
        index: usize,
        above: Option<&(usize, Start)>,
    ) -> Option<Start> {
        let unit = units.get(index)?;
        if above.is_some_and(|(from, start)| index < from + start.len()) || unit.list {
            return None;
        }
        match self.role(0)? {
            Column::Status => starts_with_status(&unit.text).then(name_alone),
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
        if !name_like(name) && index == 0 {
            return self.phrase_start(units);
        }
        if !name_like(name) || is_none(name) || is_certain_answer(name) {
            return None;
        }
        // What stands below the label of a description's part is that part.
        let above_is_label = units
            .before(index)
            .is_some_and(|before| is_label(&before.text));
        let known = self.names.has(name);
        if is_label(name) || above_is_label && !known && !name.contains('_') {
            return None;
        }
        // "String" is no parameter, unless the page uses such a name elsewhere.
        if is_capital_type(name) && !known {
            return None;
        }
        let identifier = known
            || name.contains(['_', '-'])
            || name.chars().skip(1).any(|c| c.is_ascii_uppercase());
        let described = above.is_none_or(|(from, start)| index > from + start.len());
        let matched = self.closed(units, index + 1);
        if !matched.is_empty() {
            // A lone word below a row without a description may be that description, and the name
            // lost.
            let certain = described || identifier || is_small(name);
            return Some([vec![certain.then_some(0)], matched].concat());
        }
        // Nothing beside the name tells that it is one.
        let Some((_, start)) = above else {
            let is_word = is_type(name) && !known;
            return (!is_word && (identifier || is_short_word(name))).then(name_alone);
        };
        let words_follow = units.is_at(index + 1, |next| {
            !next.list && (!name_like(&next.text) || is_label(&next.text))
        });
        let has = |role| self.roles.contains(&Some(role));
        let in_step = if has(Column::Type) {
            // Types are not lost, so that this one is none of the list, or this is no name.
            known
        } else if has(Column::Required) {
            identifier && words_follow && start.len() == 1
        } else {
            words_follow && (identifier || (is_short_word(name) && is_small(name)))
        };
        (described && in_step).then(name_alone)
    }

    /// A first row whose name is a few words, as "any key and its value", with a type behind it.
    fn phrase_start(&self, units: &[Unit]) -> Option<Start> {
        let words = units.first()?.text.as_str();
        let column = self
            .roles
            .iter()
            .position(|role| *role == Some(Column::Type))?;
        let matched = self.closed(units, 1);
        let is_phrase = words.chars().count() <= 60 && !is_sentence(words) && !is_type(words);
        (is_phrase && matched.contains(&Some(column))).then(|| [name_alone(), matched].concat())
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
        let begins = match (matched.len(), above) {
            (0, _) => false,
            (1, None) => true,
            (1, Some((from, start))) => {
                index > from + start.len()
                    && (!self.roles.contains(&Some(Column::Required)) || self.answers_lost)
                    && units.is_at(index, |unit| is_capital_type(&unit.text))
            }
            _ => true,
        };
        begins.then_some(matched)
    }

    /// The columns from the second on that have closed lists, as far as the cells from `index` fill
    /// them in their order.
    fn closed(&self, units: &[Unit], index: usize) -> Start {
        let mut found = Start::new();
        for column in 1..self.len() {
            let Some(unit) = units.get(index + found.len()) else {
                break;
            };
            if self.lists(column, unit) {
                found.push(Some(column));
            }
        }
        found
    }
}

/// Only the name is known.
fn name_alone() -> Start {
    vec![Some(0)]
}

/// The label of a part of a description. A word in small letters is a name, and so can "Default" be.
fn is_label(text: &str) -> bool {
    !is_small(text)
        && match Word::of(&plain(text)) {
            Some(Word::Definition | Word::Constraints | Word::Range) => true,
            Some(Word::Default) => !name_like(text),
            _ => false,
        }
}

fn is_short_word(text: &str) -> bool {
    text.len() <= 40
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
