//! What the pages of one run want differently of the same place.
//!
//! Pages are followed one after the other. When one of them is not content at the end because of
//! what another had fixed, both edits are wrong guesses: neither is made.

use std::collections::BTreeSet;

use huaweicloud_codegen::Source;

use super::{FixedDifference, PageToFollow, Patched, State};
use crate::check::PageDifference;
use crate::claim::{Aspect, ClaimValue, FactName, in_words};
use crate::lock::Lock;

/// A fact of an operation.
type Fact = (String, FactName);

/// What is disputed, and how every page stood to the documents before any edit.
#[derive(Default)]
pub(super) struct Disputes<'p> {
    before: Vec<(&'p PageToFollow<'p>, State)>,
    facts: BTreeSet<Fact>,
}

impl<'p> Disputes<'p> {
    /// Looks at the pages of a run; a page alone disputes nothing.
    pub(super) fn before(sources: &[Source], lock: &Lock, pages: &'p [PageToFollow<'p>]) -> Self {
        if pages.len() < 2 {
            return Self::default();
        }
        let before = pages.iter();
        let before =
            before.filter_map(|page| Some((page, State::read(sources, lock.clone(), page)?)));
        Self {
            before: before.collect(),
            facts: BTreeSet::new(),
        }
    }

    /// How the pages disagree about a fact, as far as is known.
    pub(super) fn about(&self, operation: &str, name: &FactName) -> Option<String> {
        self.facts.get(&(operation.to_owned(), name.clone()))?;
        let said = self.before.iter().filter(|it| it.0.operation == operation);
        let said: Vec<String> = said
            .map(|(page, state)| said_of(page, state, name))
            .collect();
        let who = match said.as_slice() {
            [_] => "another page of this run is about a schema that is shared, and says otherwise"
                .to_owned(),
            said => format!("the pages of this run dispute it: {}", said.join(", ")),
        };
        Some(format!(
            "{who}; decide which is right, and follow that page alone"
        ))
    }

    /// Adds the edits that left a page worse off than its own side of them; whether there are new
    /// ones.
    pub(super) fn find(&mut self, patched: &Patched, pages: &[PageToFollow<'_>]) -> bool {
        let known = self.facts.len();
        let mut found = Vec::new();
        if self.before.is_empty() {
            return false;
        }
        for page in pages {
            let Some(now) = State::read(&patched.sources, patched.lock.clone(), page) else {
                continue;
            };
            for left in now.checked.comparison.open() {
                let is_moved = self.is_moved(page, left);
                let edits = patched.fixed.iter();
                let to_blame = edits.filter(|it| blamed(it, page.operation, left, is_moved));
                found.extend(to_blame.map(|it| (it.operation.clone(), it.difference.name.clone())));
            }
        }
        self.facts.extend(found);
        self.facts.len() > known
    }

    /// Whether a difference was not there before, or not with these values.
    fn is_moved(&self, page: &PageToFollow<'_>, left: &PageDifference) -> bool {
        let mut before = self.before.iter();
        !before.any(|(it, state)| {
            let mut open = state.checked.comparison.open();
            (it.file, it.operation) == (page.file, page.operation)
                && open
                    .any(|it| it.name == left.name && it.page == left.page && it.spec == left.spec)
        })
    }
}

/// Whether an edit made a page differ: it is about the same fact, or what differs now did not
/// before and belongs to the same thing, which another operation may share.
fn blamed(edit: &FixedDifference, operation: &str, left: &PageDifference, is_moved: bool) -> bool {
    let (edited, name) = (&edit.difference.name, &left.name);
    if edit.operation == operation {
        let is_around = edit.difference.subjects().any(|edited| {
            name.subject.is_inside(&edited)
                || edited.is_inside(&name.subject)
                || name.subject == edited
        });
        return edited == name || (is_moved && is_around);
    }
    is_moved && edited.aspect == name.aspect && edited.subject.leaf() == name.subject.leaf()
}

/// What a page says about a fact, in words.
fn said_of(page: &PageToFollow<'_>, state: &State, name: &FactName) -> String {
    let value = match name.aspect {
        Aspect::Name => {
            let mut known = state.checked.comparison.differences.iter();
            let called = known.find(|it| it.name == *name);
            let called = called.and_then(|it| it.page.clone());
            called.or_else(|| Some(ClaimValue::one(name.subject.leaf())))
        }
        _ => state.checked.page.claims.value(name),
    };
    let says = match (value, name.aspect) {
        (Some(_), Aspect::Present) => "has it".to_owned(),
        (None, Aspect::Present) => "does not have it".to_owned(),
        (Some(value), aspect) => format!("says {}", in_words(aspect, &value)),
        (None, _) => "does not say it".to_owned(),
    };
    format!("{} {says}", page.file)
}
