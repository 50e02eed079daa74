//! Rows that name a field again at the place where another row has named it.

use super::conflict::add;
use crate::facts::{Contradiction, FieldFacts};
use crate::vocabulary::plain;

/// What is known of the rows that came too late: the facts follow the first of each.
#[derive(Default)]
pub(super) struct Duplicates {
    /// Where two rows cannot both be right.
    pub(super) contradictions: Vec<Contradiction>,
    /// The cells of rows that say nothing else than the first did in the same table.
    pub(super) repeats: Vec<(usize, usize, usize)>,
}

impl Duplicates {
    /// Compares a field with the row that named it first; `about` is its place.
    pub(super) fn again(&mut self, about: &str, first: &FieldFacts, second: &FieldFacts) {
        if first.named == second.named {
            return;
        }
        let before = self.contradictions.len();
        if let (Some(one), Some(other)) = (&first.type_, &second.type_)
            && plain(&one.value) != plain(&other.value)
            && let (Some(said), Some(denied)) = (one.sources.first(), other.sources.first())
        {
            add(
                &mut self.contradictions,
                format!("{about} {}: type", first.path),
                (&one.value, said),
                (&other.value, denied),
            );
        }
        if let (Some(one), Some(other)) = (first.required.0.word(), second.required.0.word())
            && one != other
            && let (Some(said), Some(denied)) = (&first.required.1, &second.required.1)
        {
            add(
                &mut self.contradictions,
                format!("{about} {}: required", first.path),
                (one, said),
                (other, denied),
            );
        }
        // A whole table that says nothing new has lost the words that tell what it is about.
        let table = |field: &FieldFacts| Some(field.named.first()?.cell?.0);
        if self.contradictions.len() == before && table(first) == table(second) {
            let types = second.type_.iter().flat_map(|fact| &fact.sources);
            let words = second.description.iter().flat_map(|fact| &fact.sources);
            let cells = second
                .named
                .iter()
                .chain(types)
                .chain(words)
                .chain(&second.required.1)
                .filter_map(|said| said.cell);
            self.repeats.extend(cells);
        }
    }
}
