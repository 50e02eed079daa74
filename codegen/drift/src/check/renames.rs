//! Which field of the page is a field of the document under another name.
//!
//! A name alone tells little, so everything that is known of the two is counted: see [`Evidence`].
//! Enough of it makes the two one; less makes it a question, so that no document ends up with both.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::moves::{is_decided, moves, unmatched};
use crate::claim::{
    Aspect, Claims, FactName, ParameterLocation, Rename, Subject, SubjectClaims, location_word,
    words_of_name,
};
use crate::document::DocumentOperation;
use crate::lock::Review;
use crate::page::PageClaims;

/// What speaks for two being the same, in points.
#[derive(Debug, Clone, Copy)]
struct Evidence {
    /// 6: the same letters in another style; 4: the one has all words of the other; 3: few letters
    /// differ; 2: they share a word.
    name: i32,
    /// 2: the same type; −2: another.
    type_: i32,
    /// 3: most fields inside are the same.
    inside: i32,
    /// 1: the page had the old name when it was reviewed, and not the new one.
    record: i32,
    /// Those, and 1 for each of what follows: the same field stands before, and behind; both are required,
    /// or both are not (−1: just one is); the same values, default, bounds, of which 2 at most count.
    points: i32,
}

/// What the same letters count.
const SAME_LETTERS: i32 = 6;
/// From here on, a name is alike by itself.
const ALIKE: i32 = 3;
/// So many points make two names one thing, if they are alike.
const SURE: i32 = 6;
/// So many do if they are not, but the one came when the other went, or the same is inside.
const SURE_ALL_THE_SAME: i32 = 7;
/// So many make it a question.
const POSSIBLE: i32 = 5;

/// More pairs than this are not looked at: what shares so little with its document is another page.
const MOST_PAIRS: usize = 10_000;

impl Evidence {
    fn is_sure(self) -> bool {
        let is_alike = self.name >= ALIKE && self.points >= SURE;
        let is_the_same = self.record > 0 || self.inside > 0;
        // Only a name that is the same but for its style outweighs another type.
        (self.type_ >= 0 || self.name >= SAME_LETTERS)
            && (is_alike || (is_the_same && self.points >= SURE_ALL_THE_SAME))
    }
}

/// Every rename between a page and its operation, outer ones first; those inside are told in the
/// words in which the document calls what they are in.
pub(super) fn renames(
    operation: &DocumentOperation,
    page: &PageClaims,
    review: Option<&Review>,
) -> Vec<Rename> {
    let mut found: Vec<Rename> = Vec::new();
    let mut page = Cow::Borrowed(page);
    loop {
        let fresh = Search {
            operation,
            page: &page,
            review,
        }
        .find();
        let sure: Vec<Rename> = fresh.iter().filter(|it| it.is_sure).cloned().collect();
        if sure.is_empty() {
            // What is called the same in another place is that, and nothing that shares a word of its name.
            let moves = moves(operation, &page, review).into_iter();
            let moves = moves.filter(|it| !found.iter().any(|known| known.document == it.document));
            let mut moves: Vec<Rename> = moves.collect();
            let is_moved = |it: &Rename| moves.iter().any(|moved| moved.document == it.document);
            found.extend(fresh.into_iter().filter(|it| !is_moved(it)));
            found.append(&mut moves);
            return found;
        }
        page = Cow::Owned(page.renamed(&sure));
        found.extend(sure);
    }
}

/// A review in the names that page and document both have now: a rename that was followed takes its facts
/// and reasons along.
pub(crate) fn in_names_of_today(
    operation: &DocumentOperation,
    page: &PageClaims,
    review: &Review,
) -> Review {
    let mut followed = renames(operation, &PageClaims::reviewed(review), None);
    followed.retain(|it| {
        let is_old = !page.claims.has(&it.page) && !operation.claims.has(&it.page);
        is_old && page.claims.has(&it.document)
    });
    for it in &mut followed {
        it.is_sure = true;
    }
    review.renamed(&followed)
}

struct Search<'a> {
    operation: &'a DocumentOperation,
    page: &'a PageClaims,
    review: Option<&'a Review>,
}

impl Search<'_> {
    fn find(&self) -> Vec<Rename> {
        let is_gone = |it: &Subject| {
            !self.page.claims.has_any_of(it) || self.page.is_absent_from_definition(it, self.review)
        };
        let groups = unmatched(self.operation, self.page, is_gone, |it| self.candidate(it));
        let groups = groups.into_values();
        groups
            .flat_map(|[gone, new]| self.pairs(&gone, &new))
            .collect()
    }

    /// Where something stands that may have been renamed.
    fn candidate(&self, subject: &Subject) -> Option<String> {
        let is_in_known = match subject.outer() {
            Some(Subject::Operation | Subject::Status(_)) | None => true,
            Some(outer) => self.is_shared(&outer),
        };
        let is_decided = is_decided(self.page, self.review, subject);
        let is_open = is_in_known && !is_decided && !self.operation.implies(subject);
        place_of(subject).filter(|_| is_open)
    }

    /// Whether both sides have a thing.
    fn is_shared(&self, subject: &Subject) -> bool {
        self.page.claims.has(subject) && self.operation.claims.has(subject)
    }

    /// The pairs of which each is the best for the other.
    fn pairs(&self, gone: &[&Subject], new: &[&Subject]) -> Vec<Rename> {
        if gone.len() * new.len() > MOST_PAIRS {
            return Vec::new();
        }
        let old_beside = self.neighbours(&self.operation.claims, gone);
        let new_beside = self.neighbours(&self.page.claims, new);
        let mut scored: Vec<(Evidence, usize, usize)> = Vec::new();
        // The best of each, and how many have as much.
        let mut best_of_old = vec![(i32::MIN, 0); gone.len()];
        let mut best_of_new = vec![(i32::MIN, 0); new.len()];
        for (index, (document, old)) in gone.iter().zip(&old_beside).enumerate() {
            for (other, (page, new)) in new.iter().zip(&new_beside).enumerate() {
                let Some(evidence) = self.evidence(document, page, alike(old, new)) else {
                    continue;
                };
                let bests = [best_of_old.get_mut(index), best_of_new.get_mut(other)];
                for best in bests.into_iter().flatten() {
                    match evidence.points.cmp(&best.0) {
                        Ordering::Greater => *best = (evidence.points, 1),
                        Ordering::Equal => best.1 += 1,
                        Ordering::Less => {}
                    }
                }
                if evidence.points >= POSSIBLE {
                    scored.push((evidence, index, other));
                }
            }
        }
        let rename = |(evidence, index, other): &(Evidence, usize, usize)| {
            let (document, page) = (gone.get(*index)?, new.get(*other)?);
            let bests = [best_of_old.get(*index)?, best_of_new.get(*other)?];
            let is_best = bests.iter().all(|it| it.0 == evidence.points);
            let is_only = bests.iter().all(|it| it.1 == 1);
            let name = FactName::presence(document);
            let is_gone = self.review.is_some_and(|review| review.is_gone(&name));
            // While a part of the page cannot be read, the old name may stand in it; and while a page
            // has the old name that its definition does not have.
            let is_sure = evidence.is_sure()
                && is_only
                && !self.is_turned_over(document, page)
                && self.page.unreadable.is_empty()
                && !self.page.is_absent_from_definition(document, self.review);
            // What was accepted as gone is no question any more.
            (is_best && (is_sure || !is_gone)).then(|| Rename {
                page: (*page).clone(),
                document: (*document).clone(),
                is_sure,
            })
        };
        scored.iter().filter_map(rename).collect()
    }

    /// Whether a flag has another default under its new name: it may mean the opposite.
    fn is_turned_over(&self, document: &Subject, page: &Subject) -> bool {
        let old = self.operation.claims.get(document);
        let (Some(old), Some(new)) = (old, self.page.claims.get(page)) else {
            return false;
        };
        old.one(Aspect::Type) == Some("boolean")
            && agreement(old, new, Aspect::Default) == Some(false)
    }

    /// What speaks for two being the same; nothing if they cannot be.
    fn evidence(&self, document: &Subject, page: &Subject, neighbours: i32) -> Option<Evidence> {
        let old = self.operation.claims.get(document)?;
        let new = self.page.claims.get(page)?;
        let points = |aspect| match agreement(old, new, aspect) {
            Some(true) => 1,
            Some(false) => -1,
            None => 0,
        };
        let name = likeness(document.leaf(), page.leaf());
        let type_ = 2 * points(Aspect::Type);
        let facts = Aspect::ALL.iter();
        let facts = facts.filter(|it| it.says_values());
        let agreed = facts.filter(|it| agreement(old, new, **it) == Some(true));
        let facts: i32 = agreed.take(2).map(|_| 1).sum();
        let inside = 3 * i32::from(self.is_same_inside(document, page));
        let record = i32::from(self.went_and_came(document, page));
        let beside = neighbours + points(Aspect::Required) + facts;
        Some(Evidence {
            name,
            type_,
            inside,
            record,
            points: name + type_ + inside + record + beside,
        })
    }

    /// Whether the page had the one name when it was reviewed, or before, and not the other.
    fn went_and_came(&self, document: &Subject, page: &Subject) -> bool {
        self.review.is_some_and(|it| {
            (it.has(document) && !it.has(page)) || it.is_gone(&FactName::presence(document))
        })
    }

    /// What stands before and behind each of some siblings, of what both sides have.
    fn neighbours<P>(&self, claims: &Claims<P>, of: &[&Subject]) -> Vec<[Option<String>; 2]> {
        let place = of.first().and_then(|it| place_of(it));
        let all = claims.iter().map(|it| it.0);
        let siblings: Vec<&Subject> = all.filter(|it| place_of(it) == place).collect();
        let is_shared = |it: &&&Subject| self.is_shared(it);
        let leaf = |it: &&Subject| it.leaf().to_owned();
        let beside = of.iter().map(|subject| {
            let at = siblings.iter().position(|it| it == subject);
            let (before, rest) = siblings.split_at(at.unwrap_or_default());
            let before = before.iter().rev().find(is_shared);
            [before, rest.iter().skip(1).find(is_shared)].map(|it| it.map(leaf))
        });
        beside.collect()
    }

    fn is_same_inside(&self, document: &Subject, page: &Subject) -> bool {
        let old: Vec<String> = inside(&self.operation.claims, document);
        let new: Vec<String> = inside(&self.page.claims, page);
        let shared = old.iter().filter(|it| new.contains(it)).count();
        shared > 0 && shared * 2 >= old.len().max(new.len())
    }
}

/// A point for each neighbour that is the same.
fn alike(one: &[Option<String>; 2], other: &[Option<String>; 2]) -> i32 {
    one.iter().zip(other).map(|(a, b)| i32::from(a == b)).sum()
}

/// Where a thing stands with its siblings: a kind of parameter, or an object of a body. Parameters of the
/// path go by their place in it, and have none here.
fn place_of(subject: &Subject) -> Option<String> {
    let (kind, path) = match subject {
        Subject::Parameter(ParameterLocation::Path, _) => return None,
        Subject::Parameter(place, _) => {
            return Some(location_word(*place).to_owned());
        }
        Subject::Field(path) => ("body".to_owned(), path),
        Subject::Response(status, path) => (format!("response {status}"), path),
        _ => return None,
    };
    let (above, name) = path.rsplit_once('.').unwrap_or(("", path));
    let is_name = !name.is_empty() && !name.contains(['[', '*']);
    is_name.then(|| format!("{kind} {above}"))
}

/// The paths of what is inside, without what they are in.
fn inside<P>(claims: &Claims<P>, outer: &Subject) -> Vec<String> {
    let length = outer.path().map_or(0, str::len);
    let below = claims.iter().filter(|(it, _)| it.is_inside(outer));
    let below = below.filter_map(|(it, _)| it.path()?.get(length..));
    below.map(str::to_owned).collect()
}

/// Whether both say an aspect, and the same.
fn agreement<A, B>(old: &SubjectClaims<A>, new: &SubjectClaims<B>, aspect: Aspect) -> Option<bool> {
    Some(old.value(aspect)?.agrees(new.value(aspect)?, aspect))
}

/// The points two names have in common.
fn likeness(one: &str, other: &str) -> i32 {
    let (one, other) = (words_of_name(one), words_of_name(other));
    if one.concat() == other.concat() {
        return SAME_LETTERS;
    }
    // Of many it is called in the plural.
    let [one, other] = [&one, &other].map(|it| {
        let words = it.iter().map(|it| it.strip_suffix('s').unwrap_or(it));
        words.collect::<Vec<_>>()
    });
    let shared = one.iter().filter(|it| other.contains(it)).count();
    if shared > 0 && shared == one.len().min(other.len()) {
        return 4;
    }
    let similar = strsim::normalized_damerau_levenshtein(&one.concat(), &other.concat());
    match (similar >= 0.6, shared) {
        (_, 1..) => 2,
        (true, 0) => ALIKE,
        (false, 0) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_by_their_words() {
        for (one, other, points) in [
            ("server_id", "serverId", 6),
            ("X-Trace-Id", "x_trace_id", 6),
            ("instance_id", "server_id", 2),
            ("start_time", "end_time", 2),
            ("name", "display_name", 4),
            ("new_password", "password_new", 4),
            ("flag", "flags", 4),
            ("server_id", "server_ids", 4),
            ("colour", "color", 3),
            ("name", "title", 0),
            ("mode", "node_id", 0),
        ] {
            assert_eq!(likeness(one, other), points, "{one} {other}");
        }
    }
}
