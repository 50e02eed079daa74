//! A look at a page → a review on record.

mod error;
mod removals;

use std::collections::BTreeMap;

use crate::check::{
    Checked, PageDifference, SIGHTINGS_NEEDED, compare, in_names_of_today, is_unknown,
    not_understood,
};
use crate::claim::{Aspect, ClaimValue, FactName, Subject, same};
use crate::day::Day;
use crate::document::Spec;
use crate::fetch::mark;
use crate::lock::{Deviation, Lock, PendingChange, Review, ReviewedFacts, fact_names, facts_of};
pub use error::AcceptError;
use removals::Removals;

/// A look at a page, to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// The day of it.
    pub day: Day,
    /// The page by the marks of its files: the same file again is the same page, whatever it is
    /// called, and whatever else is read beside it.
    pub page: String,
}

impl Sighting {
    /// A look at a page with the texts of its files.
    pub fn of<T: AsRef<str>>(texts: &[T], day: Day) -> Self {
        let marks = texts.iter().map(|it| mark(it.as_ref().as_bytes()));
        let page = marks.collect::<Vec<_>>().join(" ");
        Self { day, page }
    }

    /// Whether it is another than the one that found a change first: at another page, or on another
    /// day.
    fn is_another(&self, first: &PendingChange) -> bool {
        let is_known = |mark: &str| self.page.split(' ').any(|it| it == mark);
        let first_page = first.on.as_ref();
        let is_other_page = first_page.is_some_and(|it| !it.split(' ').any(is_known));
        is_other_page || self.day > first.since
    }

    /// The change that a difference is, as often as it was seen with this look; nothing of one that
    /// waits for none.
    fn counted(
        &self,
        difference: &PageDifference,
        before: Option<&Review>,
    ) -> Option<PendingChange> {
        let page = difference.page.as_ref()?;
        let known = before.and_then(|it| it.pending_change(&difference.name, page));
        let is_pending = difference.is_pending();
        let Some(known) = known else {
            return is_pending.then(|| PendingChange {
                fact: difference.name.clone(),
                page: page.clone(),
                since: self.day,
                seen: 1,
                on: Some(self.page.clone()),
            });
        };
        let more = u32::from(is_pending && self.is_another(known));
        Some(PendingChange {
            seen: known.seen.saturating_add(more).min(SIGHTINGS_NEEDED),
            ..known.clone()
        })
    }
}

/// What the reviewer decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// Why the document deviates, in the reviewer's own words; without one, the differences stay
    /// open.
    pub reason: Option<String>,
    /// The facts the reason is for; all that differ if there are none.
    pub facts: Vec<FactName>,
    /// What is gone from the API, however much that is; a name stands for all that is inside.
    pub removals: Vec<FactName>,
}

/// What a review changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accepted {
    /// The facts that are on record otherwise than before.
    pub changed: Vec<FactName>,
    /// The deviations that were recorded now.
    pub explained: Vec<FactName>,
    /// The deviations that were on record and are none any more.
    pub dropped: Vec<FactName>,
    /// The facts that flip and were seen for the first time: the record keeps what it had.
    pub pending: Vec<FactName>,
    /// The differences that are still open.
    pub open: Vec<PageDifference>,
}

/// Records that a page was looked at: what it says, and with a reason, what is on purpose.
///
/// # Errors
/// When the reason is empty or is for something that does not differ, when the review on record is
/// of a later day, when parts of the page cannot be read and nobody has accepted that, or when much
/// is gone and nobody has named it.
pub fn accept(
    lock: &mut Lock,
    spec: &Spec,
    checked: &Checked,
    decision: &Decision,
    look: &Sighting,
) -> Result<Accepted, AcceptError> {
    let operation = checked.operation(spec).ok_or(AcceptError::NoOperation)?;
    let label = operation.label();
    let reason = decision.reason.as_deref().map(str::trim);
    if reason == Some("") {
        return Err(AcceptError::NoReason);
    }
    let is_meant = |name: &FactName| {
        reason.is_some() && (decision.facts.is_empty() || decision.facts.contains(name))
    };
    let unreadable = FactName::presence(&Subject::Unreadable);
    if checked.comparison.is_unreadable() && !is_meant(&unreadable) {
        let places = checked.page.unreadable.iter();
        let mut at: Vec<usize> = places.map(|(_, at)| at.first).collect();
        at.dedup();
        return Err(AcceptError::Unreadable { at });
    }
    let before = lock.review(&label);
    let before = before.map(|it| in_names_of_today(operation, &checked.page, it));
    if let Some(on_record) = before.as_ref().map(|it| it.reviewed)
        && on_record > look.day
    {
        return Err(AcceptError::Earlier {
            operation: label,
            on_record,
            day: look.day,
        });
    }
    let mut facts = facts_on_record(checked, before.as_ref(), &decision.removals);
    let removals = Removals::of(checked, before.as_ref(), &facts);
    let mut named = decision.removals.iter();
    if let Some(name) = named.find(|it| !removals.gone.contains(it)) {
        return Err(AcceptError::NoRemoval {
            name: name.clone(),
            gone: removals.gone,
        });
    }
    let gone = removals.too_many(&[&decision.removals[..], &decision.facts].concat());
    if !gone.is_empty() {
        let reviewed = before.map(|it| it.reviewed);
        return Err(AcceptError::Removals { gone, reviewed });
    }
    let pending = keep_pending(checked, &mut facts, before.as_ref(), look, is_meant);
    let (changed, earlier) = moved(before.as_ref(), &facts);
    let mut review = Review {
        page: match (&before, &operation.origin) {
            (_, Some(origin)) => origin.url.clone(),
            (Some(before), None) => before.page.clone(),
            (None, None) => checked.files.first().cloned().unwrap_or_default(),
        },
        // What a file said that is missing now stays on record, and so does its name.
        files: match &before {
            Some(before) if checked.page.lacks_a_file => before.files.clone(),
            _ => checked.files.iter().map(|it| file_on_record(it)).collect(),
        },
        reviewed: look.day,
        facts,
        extensions: operation.extensions.clone(),
        earlier,
        deviations: Vec::new(),
        pending,
    };
    let known = before.map(|it| it.deviations).unwrap_or_default();
    // What is settled already hides nothing.
    review.deviations = known.clone();
    let mut found = compare(operation, &checked.page, Some(&review)).differences;
    review.deviations.clear();
    // What documents have no word for differs only until it is on record, as it is from now on; a
    // reason may be given for it all the same.
    let unworded = checked.comparison.differences.iter();
    for it in unworded.filter(|it| !it.name.aspect.is_in_documents()) {
        if !found.iter().any(|known| known.name == it.name) {
            found.push(it.clone());
        }
    }
    for name in &decision.facts {
        if !found.iter().any(|it| it.name == *name) {
            return Err(AcceptError::NoDifference {
                name: name.clone(),
                open: found.into_iter().map(|it| it.name).collect(),
            });
        }
    }
    let mut accepted = Accepted {
        changed,
        pending: review.pending.iter().map(|it| it.fact.clone()).collect(),
        ..Accepted::default()
    };
    for difference in &found {
        let name = &difference.name;
        let kept = known
            .iter()
            .find(|it| it.fact == *name && is_about(it, difference));
        let named = decision.facts.contains(name);
        let meant = named || (decision.facts.is_empty() && kept.is_none());
        match (reason, kept) {
            (Some(reason), _) if meant => {
                accepted.explained.push(name.clone());
                review.deviations.push(Deviation {
                    fact: name.clone(),
                    code: difference.code().code.to_owned(),
                    page: difference.page.clone(),
                    spec: difference.spec.clone(),
                    reason: reason.to_owned(),
                });
            }
            (_, Some(kept)) => review.deviations.push(kept.clone()),
            _ => {}
        }
    }
    // What the page does not tell cannot have been decided anew.
    for kept in &known {
        let is_found = found.iter().any(|it| it.name == kept.fact);
        if !is_found && is_unknown(operation, &checked.page, &kept.fact) {
            review.deviations.push(kept.clone());
        }
    }
    review.deviations.sort_by(|a, b| a.fact.cmp(&b.fact));
    let dropped = known.iter().map(|it| &it.fact);
    let dropped = dropped.filter(|it| review.deviation(it).is_none());
    accepted.dropped = dropped.cloned().collect();
    let left = compare(operation, &checked.page, Some(&review));
    accepted.open = left.open().cloned().collect();
    lock.record(&label, &review)?;
    Ok(accepted)
}

/// The file of a page as others can find it too: below the folder of the command, else its name.
fn file_on_record(file: &str) -> String {
    let file = file.replace('\\', "/");
    let is_below =
        !file.starts_with('/') && !file.contains(':') && !file.split('/').any(|it| it == "..");
    match file.rsplit_once('/') {
        Some((_, name)) if !is_below => name.to_owned(),
        _ => file.strip_prefix("./").unwrap_or(&file).to_owned(),
    }
}

/// Keeps what was on record about facts that flip and were not seen before, unless they are meant.
fn keep_pending(
    checked: &Checked,
    facts: &mut ReviewedFacts,
    before: Option<&Review>,
    look: &Sighting,
    is_meant: impl Fn(&FactName) -> bool,
) -> Vec<PendingChange> {
    let mut pending = Vec::new();
    for difference in checked.comparison.open().filter(|it| it.is_pending()) {
        let name = &difference.name;
        let seen = look.counted(difference, before);
        let Some(seen) = seen.filter(|it| it.seen < SIGHTINGS_NEEDED && !is_meant(name)) else {
            continue;
        };
        if name.aspect == Aspect::Present {
            facts.remove(&name.subject);
        } else if let Some(said) = facts.get_mut(&name.subject) {
            match &difference.reviewed {
                Some(before) => said.insert(name.aspect, before.clone()),
                None => said.remove(&name.aspect),
            };
        }
        pending.push(seen);
    }
    pending.sort_by(|a, b| a.fact.cmp(&b.fact));
    pending
}

/// What the page says, and what it said before wherever its form lost the cell this time.
///
/// What is not understood in other words stays with the mark of those in which it was, unless somebody
/// says that it is gone: what stands on record was read there.
fn facts_on_record(
    checked: &Checked,
    before: Option<&Review>,
    removals: &[FactName],
) -> ReviewedFacts {
    let mut facts = facts_of(&checked.page.claims);
    let Some(before) = before else {
        return facts;
    };
    let is_malformed = checked.page.may_have_lost();
    for (subject, said) in &before.facts {
        if subject.is_trouble() {
            continue;
        }
        let is_kept = is_malformed || checked.page.takes_no_status_away(subject);
        if is_kept && !facts.contains_key(subject) {
            facts.insert(subject.clone(), said.clone());
        }
        let Some(now) = facts.get_mut(subject) else {
            continue;
        };
        let mut lost = not_understood(&checked.page, before, subject);
        let is_gone = |it: &Aspect| removals.contains(&FactName::new(subject.clone(), *it));
        lost.retain(|(aspect, _)| !is_gone(aspect));
        for (aspect, value) in said {
            let known = |it| said.get(&it).cloned();
            let is_kept = checked.page.keeps(subject, *aspect, &known) && !is_gone(aspect);
            if is_kept || lost.iter().any(|it| it.0 == *aspect) {
                now.entry(*aspect).or_insert_with(|| value.clone());
            }
        }
        if !lost.is_empty() {
            match said.get(&Aspect::Words) {
                Some(words) => now.insert(Aspect::Words, words.clone()),
                None => now.remove(&Aspect::Words),
            };
        }
    }
    facts
}

type Moved = (Vec<FactName>, BTreeMap<FactName, Option<ClaimValue>>);

/// The facts that changed, and what every fact that ever changed had been before.
fn moved(before: Option<&Review>, after: &ReviewedFacts) -> Moved {
    let Some(before) = before else {
        return (fact_names(after).into_iter().collect(), BTreeMap::new());
    };
    let mut earlier = before.earlier.clone();
    let mut changed = Vec::new();
    let now = Review {
        facts: after.clone(),
        ..before.clone()
    };
    for name in fact_names(&before.facts).union(&fact_names(after)) {
        let (old, new) = (before.value(name), now.value(name));
        if name.aspect != Aspect::Words && !same(old.as_ref(), new.as_ref(), name.aspect) {
            changed.push(name.clone());
            earlier.insert(name.clone(), old);
        }
    }
    (changed, earlier)
}

/// Whether a deviation on record is just this difference.
fn is_about(known: &Deviation, difference: &PageDifference) -> bool {
    let aspect = difference.name.aspect;
    same(known.page.as_ref(), difference.page.as_ref(), aspect)
        && same(known.spec.as_ref(), difference.spec.as_ref(), aspect)
}

/// Counts a look at the page: what flips is recorded as seen once, and counts when a look at another
/// page, or on another day, finds it there too. Gives the number of facts whose record changed.
///
/// # Errors
/// When the lock cannot be written.
pub fn confirm(
    lock: &mut Lock,
    spec: &Spec,
    checked: &Checked,
    look: &Sighting,
) -> Result<usize, AcceptError> {
    let operation = checked.operation(spec).ok_or(AcceptError::NoOperation)?;
    let label = operation.label();
    let Some(before) = lock.review(&label).cloned() else {
        return Ok(0);
    };
    let open = checked.comparison.open();
    let pending = open.filter_map(|it| look.counted(it, Some(&before)));
    let mut pending: Vec<PendingChange> = pending.collect();
    pending.sort_by(|a, b| a.fact.cmp(&b.fact));
    let is_gone = |it: &&PendingChange| !pending.iter().any(|new| new.fact == it.fact);
    let gone = before.pending.iter().filter(is_gone).count();
    let new = pending
        .iter()
        .filter(|it| !before.pending.contains(it))
        .count();
    lock.record(&label, &Review { pending, ..before })?;
    Ok(gone + new)
}

#[cfg(test)]
mod tests;
