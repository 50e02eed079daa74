//! Differences → documents that follow the page.
//!
//! One difference is fixed at a time, by splicing its place in the text; then document and page
//! are compared again. An edit that does not remove its difference, or that makes another one (a
//! schema that two responses share), is taken back and told. So whatever is left at the end is left
//! for a stated reason, and a second run finds nothing to do. What the pages of one run dispute is
//! fixed for none of them, so their order decides nothing.

mod ask;
mod decide;
mod dispute;
pub(crate) mod example;
mod fix;
mod policy;
pub(crate) mod schema;
pub(crate) mod splice;
pub(crate) mod status;

use std::collections::BTreeSet;

use huaweicloud_codegen::Source;
use huaweicloud_pages::facts::Facts;

use crate::check::{Checked, PageDifference, check};
use crate::claim::{FactName, Subject};
use crate::document::Spec;
use crate::edited;
use crate::lock::{Lock, facts_of};
use ask::asks;
use decide::{comes_with, decide, disputed, moved, renamed};
use dispute::Disputes;
use fix::Fixer;
use splice::Editor;

pub use ask::Ask;
pub(crate) use fix::for_people;

/// A difference that was fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedDifference {
    /// The operation: `dcs/ResetPassword`.
    pub operation: String,
    /// The difference as it was.
    pub difference: PageDifference,
}

/// A difference that was left, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnfixedDifference {
    /// The operation: `dcs/ResetPassword`.
    pub operation: String,
    /// The difference.
    pub difference: PageDifference,
    /// Why it was left, and what to do.
    pub why: String,
}

/// Documents before and after.
#[derive(Debug, Clone, Default)]
pub struct Patched {
    /// All documents, fixed.
    pub sources: Vec<Source>,
    /// What was fixed, in order.
    pub fixed: Vec<FixedDifference>,
    /// What was not.
    pub left: Vec<UnfixedDifference>,
    /// What else changed with it.
    pub notes: Vec<String>,
    /// What is left to say in words, about the documents as they are fixed.
    pub asks: Vec<Ask>,
    /// The reviews in the names of the documents as they are fixed: what was renamed takes along what is
    /// on record of it.
    pub lock: Lock,
}

impl Patched {
    /// The edits as a unified diff.
    pub fn diff(&self, before: &[Source]) -> String {
        edited::diff(before, &self.sources)
    }
}

/// A page to follow.
#[derive(Debug, Clone, Copy)]
pub struct PageToFollow<'a> {
    /// Its file.
    pub file: &'a str,
    /// What it says.
    pub facts: &'a Facts,
    /// The operation it is about: `dcs/ResetPassword`.
    pub operation: &'a str,
}

/// Fixes documents until they follow their pages as far as that can be done by splicing.
///
/// What is on purpose stays, what is pending or only vanished is left with the reason, and so is what
/// the pages dispute among themselves. Documents that cannot be read are returned as they are.
pub fn patch(sources: &[Source], lock: &Lock, pages: &[PageToFollow<'_>]) -> Patched {
    let mut disputes = Disputes::before(sources, lock, pages);
    // Each round finds a dispute that was not known before, or is the last.
    loop {
        let mut patched = follow_all(sources, lock, pages, &disputes);
        if !disputes.find(&patched, pages) {
            look_again(&mut patched, pages);
            ask(&mut patched, pages);
            return patched;
        }
    }
}

/// Asks for the words that go with what was fixed.
fn ask(patched: &mut Patched, pages: &[PageToFollow<'_>]) {
    let Ok(spec) = Spec::read(&patched.sources) else {
        return;
    };
    for fixed in &patched.fixed {
        let page = pages.iter().find(|it| it.operation == fixed.operation);
        let at = fixed.difference.page_at;
        let file = page.map_or("", |it| match it.facts.files.as_slice() {
            [] | [_] => it.file,
            files => files.get(at.file).map_or("", |it| it.name.as_str()),
        });
        for ask in asks(fixed, &spec, file) {
            if !patched.asks.contains(&ask) {
                patched.asks.push(ask);
            }
        }
    }
}

fn follow_all(
    sources: &[Source],
    lock: &Lock,
    pages: &[PageToFollow<'_>],
    disputes: &Disputes<'_>,
) -> Patched {
    let mut patched = Patched {
        sources: sources.to_vec(),
        lock: lock.clone(),
        ..Patched::default()
    };
    for page in pages {
        follow(&mut patched, page, disputes);
    }
    patched
}

/// Keeps of what was left that which is left still: a later page may have settled it.
fn look_again(patched: &mut Patched, pages: &[PageToFollow<'_>]) {
    if pages.len() < 2 {
        return;
    }
    let known = std::mem::take(&mut patched.left);
    for page in pages {
        let Some(now) = State::read(&patched.sources, patched.lock.clone(), page) else {
            continue;
        };
        for difference in now.checked.comparison.open() {
            let is_it = |it: &&UnfixedDifference| {
                it.operation == page.operation
                    && it.difference.name == difference.name
                    && it.difference.page == difference.page
            };
            let why = match known.iter().find(is_it) {
                Some(known) => known.why.clone(),
                None => format!(
                    "{} says this, another page that was followed says otherwise; decide which is right",
                    page.file
                ),
            };
            let left = UnfixedDifference {
                operation: page.operation.to_owned(),
                difference: difference.clone(),
                why,
            };
            if !patched.left.contains(&left) {
                patched.left.push(left);
            }
        }
    }
}

fn follow(patched: &mut Patched, page: &PageToFollow<'_>, disputes: &Disputes<'_>) {
    let mut refused: BTreeSet<FactName> = BTreeSet::new();
    let mut left: Vec<UnfixedDifference> = Vec::new();
    let Some(mut now) = State::read(&patched.sources, patched.lock.clone(), page) else {
        return;
    };
    loop {
        let next = {
            let mut open = now.checked.comparison.open();
            open.find(|it| !refused.contains(&it.name)).cloned()
        };
        let Some(difference) = next else {
            break;
        };
        refused.insert(difference.name.clone());
        let review = now.lock.review(page.operation);
        let found = &now.checked.comparison;
        let barred = |difference: &PageDifference| {
            disputes
                .about(page.operation, &difference.name)
                .or_else(|| decide(difference, review))
                .or_else(|| disputed(difference, &found.disputes))
                .or_else(|| renamed(difference, found))
                .or_else(|| moved(difference, found))
                .or_else(|| policy::kept(difference, &now).map(str::to_owned))
        };
        let stays = |it: &PageDifference| barred(it).or_else(|| now.fixed(page, it).err());
        let tried = match barred(&difference).or_else(|| policy::together(&difference, &now, stays))
        {
            Some(why) => Err(why),
            None => now.fixed(page, &difference),
        };
        match tried {
            Ok((sources, after, notes)) => {
                // What was left before may be within reach now: a field waits for its object.
                refused.retain(|it| *it == difference.name);
                left.clear();
                patched.sources = sources;
                let difference = comes_with(difference, page.operation, &patched.fixed);
                // One number of a password in two places is one difference.
                let is_twin = patched.fixed.iter().any(|it| {
                    let fixed = &it.difference;
                    it.operation == page.operation
                        && fixed.name.subject == difference.name.subject
                        && fixed.name.aspect.equivalent() == Some(difference.name.aspect)
                        && (&fixed.page, &fixed.spec) == (&difference.page, &difference.spec)
                });
                if !is_twin {
                    patched.fixed.push(FixedDifference {
                        operation: page.operation.to_owned(),
                        difference,
                    });
                }
                for note in notes {
                    if !patched.notes.contains(&note) {
                        patched.notes.push(note);
                    }
                }
                now = after;
                patched.lock.clone_from(&now.lock);
            }
            Err(why) => left.push(UnfixedDifference {
                operation: page.operation.to_owned(),
                difference,
                why,
            }),
        }
    }
    patched.left.extend(left);
}

/// Documents with the comparison of one page.
struct State {
    spec: Spec,
    checked: Checked,
    lock: Lock,
}

type Step = (Vec<Source>, State, Vec<String>);

impl State {
    fn read(sources: &[Source], lock: Lock, page: &PageToFollow<'_>) -> Option<Self> {
        let spec = Spec::read(sources).ok()?;
        let asked = Some(page.operation);
        let checked = check(&spec, &lock, page.file, page.facts, asked).ok()?;
        Some(Self {
            spec,
            checked,
            lock,
        })
    }

    /// Tries to fix one difference.
    fn fixed(&self, page: &PageToFollow<'_>, difference: &PageDifference) -> Result<Step, String> {
        let operation = self.checked.operation(&self.spec);
        let operation = operation.ok_or("the operation is not there")?;
        let document = self.spec.document(&operation.file);
        let document = document.ok_or("the document is not there")?;
        if operation.file.ends_with(".json") {
            return Err("documents in JSON are edited by hand".to_owned());
        }
        let text = &document.source.text;
        let page_claims = &self.checked.page;
        let page_claims = page_claims.renamed(&self.checked.comparison.renames);
        let fixer = Fixer {
            root: &document.tree,
            editor: Editor { text },
            operation,
            page: &page_claims.claims,
        };
        let splices = fixer.edits(difference)?;
        let unusual = "it is written in a way that cannot be edited safely; edit it by hand";
        let new = splice::apply(text, splices).ok_or(unusual)?;
        let documents = self.spec.documents.iter().map(|it| &it.source);
        let sources = documents.map(|it| match it.path == operation.file {
            true => it.with_text(new.clone()),
            false => it.clone(),
        });
        let sources: Vec<Source> = sources.collect();
        let lock = match difference.names_to_follow().as_slice() {
            [] => self.lock.clone(),
            renames => self.lock.renamed(page.operation, renames),
        };
        let after = State::read(&sources, lock, page).ok_or(unusual)?;
        let open = |state: &State| {
            let open = state.checked.comparison.open();
            open.map(|it| it.name.clone()).collect::<BTreeSet<_>>()
        };
        let (before, left) = (open(self), open(&after));
        if left.contains(&difference.name) {
            return Err(unusual.to_owned());
        }
        let is_fixed = |it: &Subject| {
            let mut fixed = difference.subjects();
            fixed.any(|fixed| *it == fixed || it.is_inside(&fixed))
        };
        let fresh = left.difference(&before).find(|it| !is_fixed(&it.subject));
        if let Some(fresh) = fresh {
            return Err(format!(
                "its schema is shared, and the edit would make `{fresh}` differ; give each its own schema"
            ));
        }
        let purposes = |state: &State| {
            let all = state.checked.comparison.differences.iter();
            let all = all.filter(|it| it.is_on_purpose());
            all.map(|it| it.name.clone()).collect::<BTreeSet<_>>()
        };
        let (before, kept) = (purposes(self), purposes(&after));
        let undone = before.difference(&kept).find(|it| !is_fixed(&it.subject));
        if let Some(undone) = undone {
            return Err(format!(
                "its schema is shared, and the edit would change `{undone}`, which deviates on purpose; \
                 give each its own schema"
            ));
        }
        let notes = self.side_effects(&after, difference);
        Ok((sources, after, notes))
    }

    /// The other operations that say something else after an edit.
    fn side_effects(&self, after: &State, difference: &PageDifference) -> Vec<String> {
        let words = difference.name.subject.words();
        let pairs = self.spec.operations.iter().zip(&after.spec.operations);
        let others = pairs.enumerate().filter(|(index, (old, new))| {
            *index != self.checked.operation && facts_of(&old.claims) != facts_of(&new.claims)
        });
        let notes = others.map(|(_, (old, _))| {
            let label = old.label();
            format!("{label} shares the schema of {words}, which changed with it")
        });
        notes.collect()
    }
}

#[cfg(test)]
mod tests;
