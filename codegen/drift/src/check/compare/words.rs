//! Words that changed where no fact did: a question, since nobody but people can tell what they mean.

use huaweicloud_pages::block::Lines;
use huaweicloud_pages::says_no_default;
use huaweicloud_pages::vocabulary::words_for;

use super::Finder;
use crate::check::unsaid::goes_without_saying;
use crate::claim::{Aspect, ClaimValue, FactName, Subject, SubjectClaims, same};
use crate::lock::Review;
use crate::page::{ChangedWords, PageClaims, are_same, says, telling_line};

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
    if !now.says(Aspect::Words) {
        return Vec::new();
    }
    let is_known = are_known(page, review, subject);
    let is_read = |aspect: &Aspect| {
        let mut both = std::iter::once(*aspect).chain(aspect.equivalent());
        both.any(|it| now.says(it))
    };
    let known = |it| before.get(&it).cloned();
    let lost = before.iter().filter(|(aspect, value)| {
        !is_read(aspect)
            && aspect.is_said_in_words()
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
fn are_known(page: &PageClaims, review: &Review, subject: &Subject) -> Option<bool> {
    let before = review.facts.get(subject)?.get(&Aspect::Words)?;
    are_same(before, page.claims.said(subject, Aspect::Words)?)
}

/// Whether so many words are other than they were that they are those of another language, or of
/// another hand.
pub(super) fn is_written_anew(page: &PageClaims, review: &Review) -> bool {
    let all = page.claims.iter().map(|(subject, _)| subject);
    let all = all.filter_map(|it| are_known(page, review, it));
    let all: Vec<bool> = all.collect();
    let others = all.iter().filter(|is_known| !**is_known).count();
    (others > 1 && others == all.len()) || (others > 2 && others * 3 > all.len())
}

/// Of more clauses than these it is not looked for one that stands apart.
const MOST_CLAUSES: usize = 200;

impl Finder<'_> {
    /// Asks about words that are other than those of the review, unless the facts that changed explain
    /// them, or all of the page was written anew. What was on record and is not read any more is asked
    /// about in any case: nothing else tells it.
    pub(super) fn words(&mut self, subject: &Subject, said: &SubjectClaims<Lines>) {
        let Some(now) = said.facts.get(&Aspect::Words) else {
            return;
        };
        let lost = self.not_understood(subject);
        // A word that is no type is none of the words of a description.
        let known = self.review.and_then(|it| it.facts.get(subject));
        let is_typed = known.is_some_and(|it| it.contains_key(&Aspect::Type));
        let has_lost_type = is_typed && self.page.has_unknown_type(subject);
        if lost.is_empty() && self.is_written_anew && !has_lost_type {
            return;
        }
        let unexplained = self.unexplained(subject, said);
        if lost.is_empty() && unexplained.is_none() {
            return;
        }
        let name = FactName::new(subject.clone(), Aspect::Words);
        let near = self.operation.claims.get(subject);
        let near = near.map_or(&self.operation.named, |it| &it.named);
        let new = unexplained.as_ref().and_then(Option::as_deref);
        let at = new.and_then(|it| self.page.place_of(subject, it));
        let at = (at.unwrap_or(now.at), near.clone());
        self.push(name.clone(), Some(now.value.clone()), None, at);
        if let Some(told) = self.out.differences.last_mut()
            && told.name == name
        {
            // Without the mark of an item.
            let bare = |it: String| {
                telling_line(&it)
                    .trim_start_matches(|it: char| !it.is_alphanumeric())
                    .to_owned()
            };
            told.new_words = unexplained.flatten().map(bare);
        }
    }

    pub(super) fn not_understood(&self, subject: &Subject) -> Vec<(Aspect, ClaimValue)> {
        let review = self.review;
        review.map_or(Vec::new(), |it| not_understood(self.page, it, subject))
    }

    /// Whether words changed that nothing explains, and the first of them that is new. A clause with a
    /// new value in it is explained by it; a value in other words than the document's, as "two" or
    /// "is no longer used", explains one of the others.
    fn unexplained(
        &self,
        subject: &Subject,
        said: &SubjectClaims<Lines>,
    ) -> Option<Option<String>> {
        let known = self.review?.facts.get(subject);
        let marks = known?.get(&Aspect::Words)?;
        let ChangedWords { mut new, gone } = self.page.changed_words(subject, marks)?;
        let gone = if self.page.may_have_lost() { 0 } else { gone };
        let (mut may_go, mut spare) = (new.len(), 0);
        let mut is_bound_otherwise = false;
        let mut explained = Vec::new();
        for aspect in Aspect::ALL.iter().filter(|it| **it != Aspect::Words) {
            let before = known.and_then(|it| it.get(aspect));
            let now = said.value(*aspect);
            if same(before, now, *aspect) {
                continue;
            }
            explained.extend(said.facts.get(aspect).map(|it| it.at));
            is_bound_otherwise |= aspect.is_number();
            // In place of the value that is missed there may be any other.
            spare += usize::from(*aspect == Aspect::Equals && now.is_none());
            // That there is no default any more says that a clause alone.
            new.retain(|clause| {
                *aspect != Aspect::Default || now.is_some() || !says_no_default(clause)
            });
            // "This parameter has been deprecated."
            let is_end = *aspect == Aspect::Deprecated && now.is_some_and(ClaimValue::is_yes);
            let ending = |clause: &&str| {
                let words = words_for("deprecated");
                words.iter().any(|it| says(clause, it))
            };
            let ended = new.iter().position(|it| is_end && ending(it));
            let is_told = ended.map(|at| new.remove(at)).is_some();
            may_go += 1 + before.map_or(0, |it| it.items().len());
            let now =
                now.filter(|it| aspect.is_said_in_words() && !goes_without_saying(*aspect, it));
            let is_list = matches!(before, Some(ClaimValue::Many(_)));
            let [before, now] = [before, now].map(ClaimValue::items_of);
            // What moved leaves its neighbours in other places of a list.
            let beside = before.iter().filter(|_| is_list);
            let told = now.iter().chain(beside);
            new.retain(|clause| !told.clone().any(|it| says(clause, it)));
            let in_words = |it: &&String| !before.contains(it) && !self.page.says(subject, it);
            let spared = now.iter().filter(in_words).count();
            spare += if is_told { 0 } else { spared };
        }
        // Where one bound moved, the others may stand in other sentences.
        let bounds = said
            .facts
            .iter()
            .filter(|(aspect, _)| is_bound_otherwise && aspect.is_number());
        let bounds: Vec<&str> = bounds.filter_map(|(_, it)| it.value.as_one()).collect();
        new.retain(|clause| !bounds.iter().any(|it| says(clause, it)));
        // Shown are those that stand where no fact does.
        let is_beside = |it: &&&str| {
            let at = self.page.place_of(subject, it);
            let holds = |at: Lines| {
                explained
                    .iter()
                    .any(|it| it.file == at.file && (it.first..=it.last).contains(&at.first))
            };
            at.is_none_or(|at| !holds(at))
        };
        let shown = new
            .iter()
            .take(MOST_CLAUSES)
            .find(is_beside)
            .or(new.iter().max_by_key(|it| it.len()));
        (new.len() > spare || gone > may_go).then(|| shown.map(|it| (*it).to_owned()))
    }
}
