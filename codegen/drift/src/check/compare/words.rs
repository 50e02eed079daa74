//! Words that changed where no fact did: a question, since nobody but people can tell what they mean.

use huaweicloud_pages::block::Lines;

use super::{DifferenceKind, Finder};
use crate::check::unsaid::goes_without_saying;
use crate::claim::{Aspect, ClaimValue, FactName, Subject, SubjectClaims, same};
use crate::lock::Review;
use crate::page::PageClaims;

/// What is on record of a subject that is described in other words now, and is not read in them: it may
/// be said in a way that nobody understood, so it is neither gone nor still true.
pub(crate) fn not_understood(
    page: &PageClaims,
    review: &Review,
    subject: &Subject,
) -> Vec<(Aspect, ClaimValue)> {
    let (Some(now), Some(before)) = (page.claims.get(subject), review.facts.get(subject)) else {
        return Vec::new();
    };
    let Some(words) = now.facts.get(&Aspect::Words) else {
        return Vec::new();
    };
    let is_known = are_known(review, subject, &words.value);
    let is_read = |aspect: &Aspect| {
        let mut both = std::iter::once(*aspect).chain(aspect.equivalent());
        both.any(|it| now.facts.contains_key(&it))
            || (*aspect == Aspect::Required && page.conditional.contains(subject))
    };
    let known = |it| before.get(&it).cloned();
    let lost = before.iter().filter(|(aspect, value)| {
        !is_read(aspect)
            && !goes_without_saying(**aspect, value)
            && match is_known {
                Some(is_same) => {
                    !is_same
                        && (aspect.is_rule_of_password() || page.keeps(subject, **aspect, &known))
                }
                // Of words that nobody marked, only what is told in many ways is in doubt.
                None => aspect.is_rule_of_password() && !page.keeps(subject, **aspect, &known),
            }
    });
    lost.map(|(aspect, value)| (*aspect, value.clone()))
        .collect()
}

/// Whether words are those of the review; nothing where it was of another form, or older than marks.
fn are_known(review: &Review, subject: &Subject, now: &ClaimValue) -> Option<bool> {
    let name = FactName::new(subject.clone(), Aspect::Words);
    let before = review.value(&name)?;
    let form = |it: &ClaimValue| Some(it.as_one()?.split_once('-')?.0.to_owned());
    (form(&before) == form(now)).then(|| before == *now)
}

impl Finder<'_> {
    /// Asks about words that are other than those of the review, unless facts changed with them, which
    /// are told then, or all of the page was written anew. What was on record and is not read any more
    /// is asked about in any case: nothing else tells it.
    pub(super) fn words(&mut self, subject: &Subject, said: &SubjectClaims<Lines>) {
        let Some(now) = said.facts.get(&Aspect::Words) else {
            return;
        };
        let lost = self.not_understood(subject);
        let is_told = self.are_known(subject, &now.value) != Some(false)
            || self.is_written_anew()
            || !self.says_what_it_said(subject, said);
        if lost.is_empty() && is_told {
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

    pub(super) fn not_understood(&self, subject: &Subject) -> Vec<(Aspect, ClaimValue)> {
        let review = self.review;
        review.map_or(Vec::new(), |it| not_understood(self.page, it, subject))
    }

    fn are_known(&self, subject: &Subject, now: &ClaimValue) -> Option<bool> {
        are_known(self.review?, subject, now)
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
