//! What a page had and has no longer: so much of it at once that it may be another page.

use std::collections::BTreeSet;

use crate::check::{Checked, DifferenceKind};
use crate::claim::{Aspect, FactName, Subject, renamed};
use crate::lock::{Review, ReviewedFacts, fact_names};

/// As much may go without being named.
const MOST: usize = 2;

/// What is gone, outermost things only, and out of how many.
pub(super) struct Removals {
    pub(super) gone: Vec<FactName>,
    known: usize,
}

impl Removals {
    /// Compares what is about to be recorded with the last review; without one, the page with the
    /// document, which somebody wrote from a page.
    pub(super) fn of(checked: &Checked, before: Option<&Review>, facts: &ReviewedFacts) -> Self {
        let Some(before) = before else {
            let unsaid = checked.comparison.differences.iter().filter(|it| {
                it.kind == DifferenceKind::Unsaid && it.name.aspect == Aspect::Present
            });
            let gone: Vec<FactName> = unsaid.map(|it| it.name.clone()).collect();
            let known = facts.len() + gone.len();
            return Self { gone, known };
        };
        let renames = &checked.comparison.renames;
        let now: BTreeSet<Subject> = facts.keys().map(|it| renamed(it, renames)).collect();
        let mut gone: Vec<FactName> = Vec::new();
        for name in fact_names(&before.facts) {
            let subject = renamed(&name.subject, renames);
            let is_kept = match name.aspect {
                Aspect::Words => true,
                Aspect::Present => now.contains(&subject),
                // A fact of what is gone goes with it, and one of what was renamed is looked for there.
                aspect => facts
                    .get(&name.subject)
                    .is_none_or(|it| it.contains_key(&aspect)),
            };
            let is_told =
                |it: &FactName| it.aspect == Aspect::Present && name.subject.is_inside(&it.subject);
            if !is_kept && !name.subject.is_trouble() && !gone.iter().any(is_told) {
                gone.push(name);
            }
        }
        // A status stands behind its fields in the order of names.
        let outer = gone.clone();
        gone.retain(|it| {
            let mut outer = outer.iter();
            !outer.any(|other| it.subject.is_inside(&other.subject))
        });
        Self {
            gone,
            known: before.facts.len(),
        }
    }

    /// Those that nobody named, if they are too many.
    pub(super) fn too_many(&self, named: &[FactName]) -> Vec<FactName> {
        let unnamed = self.gone.iter().filter(|it| !named.contains(it));
        let unnamed: Vec<FactName> = unnamed.cloned().collect();
        let is_much =
            unnamed.len() > MOST || (unnamed.len() > 1 && unnamed.len() * 2 >= self.known);
        if is_much { unnamed } else { Vec::new() }
    }
}
