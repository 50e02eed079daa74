//! Rows that name a field again at the place where another row has named it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::conflict::add;
use super::ledger::Place;
use crate::facts::{Contradiction, FieldFacts};
use crate::vocabulary::plain;

/// What is known of the rows that came too late: the facts follow the first of each.
#[derive(Default)]
pub(super) struct Duplicates {
    /// The first of each, by its place and path.
    first: HashMap<String, FieldFacts>,
    /// Where two rows cannot both be right.
    pub(super) contradictions: Vec<Contradiction>,
    /// The cells of rows that say nothing else than the first did in the same table.
    pub(super) repeats: Vec<Place>,
}

impl Duplicates {
    /// Whether no row has named a field before; else compares it with the one that did. `about` is
    /// its place.
    pub(super) fn is_first(&mut self, about: &str, field: &FieldFacts) -> bool {
        crate::steps::count(1);
        let about = format!("{about} {}", field.path);
        let first = match self.first.entry(about.clone()) {
            Entry::Vacant(free) => {
                free.insert(field.clone());
                return true;
            }
            Entry::Occupied(first) => first.into_mut(),
        };
        if first.named == field.named {
            return false;
        }
        let out = &mut self.contradictions;
        let before = out.len();
        if let (Some(one), Some(other)) = (&first.type_, &field.type_)
            && plain(&one.value) != plain(&other.value)
            && let (Some(said), Some(denied)) = (one.sources.first(), other.sources.first())
        {
            let about = format!("{about}: type");
            add(out, about, (&one.value, said), (&other.value, denied));
        }
        if let (Some(one), Some(other)) = (first.required.0.word(), field.required.0.word())
            && one != other
            && let (Some(said), Some(denied)) = (&first.required.1, &field.required.1)
        {
            let about = format!("{about}: required");
            add(out, about, (one, said), (other, denied));
        }
        // A whole table that says nothing new has lost the words that tell what it is about.
        let table = |field: &FieldFacts| Some(field.named.first()?.cell?.0);
        if out.len() == before && table(first) == table(field) {
            let types = field.type_.iter().flat_map(|fact| &fact.sources);
            let words = field.description.iter().flat_map(|fact| &fact.sources);
            let said = field.named.iter().chain(types).chain(words);
            let said = said.chain(&field.required.1);
            self.repeats.extend(said.filter_map(|said| said.cell));
        }
        false
    }
}
