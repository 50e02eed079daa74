//! What is told beside the differences.

use std::collections::BTreeSet;

use huaweicloud_pages::block::Lines;

use super::Finder;
use crate::check::unsaid::is_unknown;
use crate::claim::{Aspect, FactName, listed, same};
use crate::lock::{fact_names, facts_of};

impl Finder<'_> {
    /// What the page says and no document can, whoever has reviewed it.
    pub(super) fn besides(&mut self) {
        for (subject, entry) in self.page.claims.iter() {
            if self.page.conditional.contains(subject) {
                let words = format!(
                    "{} must be given under a condition; no keyword says so, its description has to",
                    subject.words()
                );
                self.out.besides.push((words, entry.named));
            }
            if let Some(said) = entry.facts.get(&Aspect::PasswordForbids) {
                let words = format!(
                    "{} must not be: {}; no keyword says so, its description has to",
                    subject.words(),
                    said.value
                );
                self.out.besides.push((words, said.at));
            }
            let later = entry.facts.get(&Aspect::Asynchronous);
            for said in later.into_iter().filter(|it| it.value.is_yes()) {
                let words = "the work goes on after the response; no keyword says so, the \
                             description has to";
                self.out.besides.push((words.to_owned(), said.at));
            }
        }
        let left_out = self.page.left_out.iter();
        let left_out = left_out.map(|(said, at)| (format!("no fact is made of {said}"), *at));
        self.out.besides.extend(left_out);
        self.out.besides.sort_by_key(|(_, at)| *at);
    }

    /// Where a fact is said.
    fn place(&self, name: &FactName) -> Option<Lines> {
        let entry = self.page.claims.get(&name.subject)?;
        match name.aspect {
            Aspect::Present => Some(entry.named),
            aspect => entry.facts.get(&aspect).map(|it| it.at),
        }
    }

    /// What changed without making a difference, so that the record is out of date.
    pub(super) fn notes(&mut self) {
        let Some(review) = self.review else {
            return;
        };
        if self.is_written_anew {
            self.out.notes.push(
                "many of its words are other than at the review, as in another language, so which of \
                 them say something else is not told; `docs accept` records them"
                    .to_owned(),
            );
        }
        for known in &review.deviations {
            let page = self.page.claims.value(&known.fact);
            let spec = self.operation.claims.value(&known.fact);
            // Of a silent page only the document tells whether it is one still.
            let is_kept =
                page.is_none() && same(spec.as_ref(), known.spec.as_ref(), known.fact.aspect);
            if !is_kept
                && !is_unknown(self.operation, self.page, &known.fact)
                && !self.out.differences.iter().any(|it| it.name == known.fact)
            {
                self.out.notes.push(format!(
                    "the deviation on record for `{}` is not one any more: page and document agree; \
                     `docs accept` removes it",
                    known.fact
                ));
            }
        }
        if let Some(new) = self.page.new_witness() {
            self.out.notes.push(format!(
                "{} {} not on record yet, so what only {} is new and no change; `docs accept` records it",
                new.who(),
                new.one_or("is", "are"),
                new.one_or("it says", "they say")
            ));
        }
        let now = facts_of(&self.page.claims);
        let (known, now) = (fact_names(&review.facts), fact_names(&now));
        let changed = now.union(&known).filter(|name| {
            let told = self.out.differences.iter().any(|it| {
                let whole = it.name.aspect == Aspect::Present;
                let twin = it.name.aspect.equivalent();
                it.name == **name
                    || (twin == Some(name.aspect) && it.name.subject == name.subject)
                    || (whole && it.name.subject == name.subject)
                    || name.subject.is_inside(&it.name.subject)
            });
            let (before, after) = (review.value(name), self.page.claims.value(name));
            // A review keeps what it has of that.
            let known = |it| review.facts.get(&name.subject)?.get(&it).cloned();
            let is_kept = after.is_none()
                && name.aspect != Aspect::Present
                && (self.page.keeps(&name.subject, name.aspect, &known) || {
                    let lost = self.not_understood(&name.subject);
                    lost.iter().any(|it| it.0 == name.aspect)
                });
            let told = told
                || is_kept
                || self.out.disputes.iter().any(|it| it.is_about(name))
                || before.is_none() && self.place(name).is_some_and(|at| self.page.is_new(at))
                || name.aspect == Aspect::Words
                || self.page.takes_no_status_away(&name.subject);
            !told && !same(before.as_ref(), after.as_ref(), name.aspect)
        });
        let changed: Vec<&FactName> = changed.collect();
        if !changed.is_empty() {
            // All files, where one of the facts is gone.
            let files = changed.iter().map(|it| Some(self.place(it)?.file));
            let files: Option<BTreeSet<usize>> = files.collect();
            let by = files.map_or_else(|| self.page.witnesses(), |it| self.page.witness(it));
            self.out.notes.push(format!(
                "{}, facts on record changed without differing from the document: {}; `docs accept` \
                 records them",
                by.place(),
                listed(changed.iter())
            ));
        }
    }
}
