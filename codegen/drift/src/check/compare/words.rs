//! Words that changed where no fact did: a question, since nobody but people can tell what they mean.

use huaweicloud_pages::block::Lines;

use super::{DifferenceKind, Finder};
use crate::claim::{Aspect, ClaimValue, FactName, Subject, SubjectClaims, same};

impl Finder<'_> {
    /// Asks about words that are other than those of the review, unless facts changed with them, which
    /// are told then, or all of the page was written anew.
    pub(super) fn words(&mut self, subject: &Subject, said: &SubjectClaims<Lines>) {
        let Some(now) = said.facts.get(&Aspect::Words) else {
            return;
        };
        if self.are_known(subject, &now.value) != Some(false)
            || self.is_written_anew()
            || !self.says_what_it_said(subject, said)
        {
            return;
        }
        let name = FactName::new(subject.clone(), Aspect::Words);
        let near = self
            .operation
            .claims
            .get(subject)
            .map(|it| it.named.clone());
        let at = (now.at, near.unwrap_or_else(|| self.operation.named.clone()));
        let kind = Some(DifferenceKind::Changed);
        self.push(name, kind, Some(now.value.clone()), None, at);
    }

    /// Whether words are those of the review; nothing where it was of another form, or older than marks.
    fn are_known(&self, subject: &Subject, now: &ClaimValue) -> Option<bool> {
        let name = FactName::new(subject.clone(), Aspect::Words);
        let before = self.review?.value(&name)?;
        let form = |it: &ClaimValue| Some(it.as_one()?.split_once('-')?.0.to_owned());
        (form(&before) == form(now)).then(|| before == *now)
    }

    /// Whether so many words are other than they were that they are those of another language, or of
    /// another hand.
    pub(super) fn is_written_anew(&self) -> bool {
        let all = self.page.claims.iter();
        let all =
            all.filter_map(|(subject, said)| Some((subject, said.facts.get(&Aspect::Words)?)));
        let all = all.filter_map(|(subject, now)| self.are_known(subject, &now.value));
        let all: Vec<bool> = all.collect();
        let others = all.iter().filter(|is_known| !**is_known).count();
        (others > 1 && others == all.len()) || (others > 2 && others * 3 > all.len())
    }

    /// Whether all facts of a subject are those of the review.
    fn says_what_it_said(&self, subject: &Subject, said: &SubjectClaims<Lines>) -> bool {
        let known = self.review.and_then(|it| it.facts.get(subject));
        Aspect::ALL
            .iter()
            .filter(|it| **it != Aspect::Words)
            .all(|aspect| {
                let before = known.and_then(|it| it.get(aspect));
                same(before, said.facts.get(aspect).map(|it| &it.value), *aspect)
            })
    }
}
