//! Every fact of the page against every fact of the document, both ways.

mod disputes;
mod notes;
mod words;

use disputes::open_disputes;
pub(crate) use words::not_understood;

use huaweicloud_codegen::load::tree::Span;
use huaweicloud_pages::block::Lines;
use huaweicloud_pages::vocabulary::folded;

use super::breaking::breaking;
use super::moves::is_gone;
use super::renames::{in_names_of_today, renames};
use super::standing::{reviewed, standing};
use super::unsaid::{goes_with_another, goes_without_saying};
use super::{Comparison, DifferenceKind, PageDifference};
use crate::claim::{
    Aspect, Claim, ClaimValue, FactName, Rename, Subject, SubjectClaims, listed, same,
};
use crate::document::DocumentOperation;
use crate::lock::Review;
use crate::page::PageClaims;

/// Compares a page with its operation; `review` is what is on record about the page.
///
/// What the page calls otherwise is one difference, of the name; all else is compared, and told, in
/// the names of the document.
pub fn compare(
    operation: &DocumentOperation,
    page: &PageClaims,
    review: Option<&Review>,
) -> Comparison {
    let review = review.map(|it| in_names_of_today(operation, page, it));
    let review = review.as_ref();
    let renames = renames(operation, page, review);
    let mut named = page.renamed(&renames);
    if !renames.is_empty() {
        // What only those find who know the document, who did not know these names.
        named.find_documented(operation);
    }
    let known = review.map(|review| review.renamed(&renames));
    compare_named(operation, &named, known.as_ref(), review, renames)
}

fn compare_named(
    operation: &DocumentOperation,
    page: &PageClaims,
    review: Option<&Review>,
    names_on_record: Option<&Review>,
    renames: Vec<Rename>,
) -> Comparison {
    let mut found = Finder {
        operation,
        page,
        review,
        names_on_record,
        is_written_anew: review.is_some_and(|it| words::is_written_anew(page, it)),
        out: Comparison {
            disputes: open_disputes(page, review),
            renames,
            ..Comparison::default()
        },
    };
    found.renamed();
    for (subject, said) in page.claims.iter() {
        match subject {
            Subject::Contradiction(_) | Subject::Unreadable => found.trouble(subject, said),
            _ => match operation.claims.get(subject) {
                Some(documented) => found.both(subject, said, documented),
                None => found.page_only(subject, said),
            },
        }
    }
    found.documented();
    found.besides();
    found.notes();
    found.out
}

struct Finder<'a> {
    operation: &'a DocumentOperation,
    page: &'a PageClaims,
    review: Option<&'a Review>,
    /// The review in the page's own names.
    names_on_record: Option<&'a Review>,
    /// Whether its words are those of another language, or of another hand.
    is_written_anew: bool,
    out: Comparison,
}

impl Finder<'_> {
    /// What the page calls otherwise than the document.
    fn renamed(&mut self) {
        let renames: Vec<Rename> = self.out.renames.clone();
        for rename in renames.iter().filter(|it| it.is_sure) {
            let document = self.operation.claims.get(&rename.document);
            let page = self.page.claims.get(&rename.document);
            let (Some(document), Some(page)) = (document, page) else {
                continue;
            };
            let name = FactName::new(rename.document.clone(), Aspect::Name);
            let [new, old] = [&rename.page, &rename.document].map(|it| ClaimValue::one(it.leaf()));
            let at = (page.named, document.named.clone());
            self.push(name, Some(new), Some(old), at);
        }
    }

    /// What the page called a thing when it was reviewed: as the document does, or as it does now.
    fn called_when_reviewed(
        &self,
        subject: &Subject,
        now: Option<&ClaimValue>,
    ) -> Option<ClaimValue> {
        let names = self.names_on_record?;
        if names.has(subject) {
            return Some(ClaimValue::one(subject.leaf()));
        }
        let now = now?.as_one()?;
        names
            .has(&subject.called(now))
            .then(|| ClaimValue::one(now))
    }

    fn trouble(&mut self, subject: &Subject, said: &SubjectClaims<Lines>) {
        let value = said.value(Aspect::Present).cloned();
        let at = (said.named, self.operation.named.clone());
        self.push(FactName::presence(subject), value, None, at);
    }

    fn page_only(&mut self, subject: &Subject, said: &SubjectClaims<Lines>) {
        if self.is_disputed(subject)
            || self.operation.implies(subject)
            || self.is_told_with_outer(subject)
            || self.may_be_of_the_path(subject, said)
        {
            return;
        }
        let name = FactName::presence(subject);
        let at = (said.named, self.near(subject));
        self.push(name, Some(ClaimValue::flag(true)), None, at);
    }

    fn both(
        &mut self,
        subject: &Subject,
        said: &SubjectClaims<Lines>,
        documented: &SubjectClaims<Span>,
    ) {
        self.words(subject, said);
        let lost = self.not_understood(subject);
        let is_flag = documented.one(Aspect::Type) == Some("boolean");
        let compared = Aspect::ALL.iter().copied();
        for aspect in compared.filter(|it| *it != Aspect::Words) {
            let page = said_or_equivalent(said, aspect, documented.says(aspect));
            let spec = said_or_equivalent(documented, aspect, said.says(aspect));
            let name = FactName::new(subject.clone(), aspect);
            let known = |it| documented.value(it).cloned();
            let page_at = place(said, aspect, page);
            let spec_at = place(documented, aspect, spec);
            let [page, spec] = [page.map(|it| &it.value), spec.map(|it| &it.value)];
            let differs = match (page, spec) {
                (None, None) => false,
                (Some(page), Some(spec)) => {
                    // A condition is no opinion against what is always required.
                    let is_open = aspect == Aspect::Required
                        && spec.is_yes()
                        && self.page.conditional.contains(subject);
                    let is_idle = [page, spec]
                        .iter()
                        .all(|it| goes_without_saying(aspect, it));
                    !is_idle && !is_open && !page.agrees(spec, aspect)
                }
                // A further route is news even where nobody reviewed the page.
                (Some(_), None) if aspect == Aspect::Routes && self.review.is_none() => true,
                (Some(_), None) if !aspect.is_in_documents() => {
                    self.moved_since_review(&name, page)
                }
                // What the document does not name is compared with nothing.
                (Some(_), None) if matches!(aspect, Aspect::PasswordClasses | Aspect::Equals) => {
                    false
                }
                // What was never on the page is no news, nor is that both values of a flag are.
                (None, Some(_)) if aspect == Aspect::Equals => {
                    !is_flag
                        && self.review.is_some_and(|it| it.value(&name).is_some())
                        && !self.page.keeps(subject, aspect, &known)
                }
                // The type of a flag names both of its values.
                (Some(page), None) if aspect == Aspect::Enum && is_flag => {
                    let mut values = page.items().iter();
                    !values.all(|it| matches!(folded(it).as_str(), "true" | "false"))
                }
                (Some(page), None) => !goes_without_saying(aspect, page),
                (None, Some(spec)) => {
                    !goes_without_saying(aspect, spec)
                        && !self.page.keeps(subject, aspect, &known)
                        && !goes_with_another(aspect, said, documented)
                        && !lost.iter().any(|it| it.0 == aspect)
                }
            };
            let differs = differs
                || (page.is_none()
                    && !aspect.is_in_documents()
                    && !self.page.may_have_lost()
                    && !lost.iter().any(|it| it.0 == aspect)
                    && self.moved_since_review(&name, None));
            // One number that is also the rule of a password is told as that, unless a review had a
            // reason for it alone.
            let rule = aspect.equivalent().filter(|_| aspect.is_bound());
            let is_told_as_rule = rule.is_some_and(|rule| {
                let of_page = said_or_equivalent(said, rule, true).map(|it| &it.value);
                let of_document = documented.value(rule);
                page == of_page
                    && spec == of_document
                    && of_document.is_some()
                    && self.review.is_none_or(|it| it.deviation(&name).is_none())
            });
            if differs && !is_told_as_rule && !self.is_settled_by_document(&name, spec) {
                self.push(name, page.cloned(), spec.cloned(), (page_at, spec_at));
            }
        }
    }

    /// What the document has and the page has not.
    fn documented(&mut self) {
        let mut missing: Vec<Subject> = Vec::new();
        let (mut unsure, mut unlisted): (Vec<&Subject>, Vec<&Subject>) = Default::default();
        for (subject, entry) in self.operation.claims.iter() {
            // A field goes with what it is in.
            if self.page.claims.has_any_of(subject)
                || missing.iter().any(|it| subject.is_inside(it))
                || subject.is_of_path() && !is_gone(self.operation, self.page, subject)
            {
                continue;
            }
            let name = FactName::presence(subject);
            let was_there = self.review.is_some_and(|it| it.has(subject));
            if self.page.takes_no_status_away(subject) {
                unlisted.extend(matches!(subject, Subject::Status(_)).then_some(subject));
                continue;
            }
            if self.page.is_silent_about(subject, Aspect::Present) && !was_there {
                continue;
            }
            if self.page.may_have_lost() {
                unsure.push(subject);
                continue;
            }
            missing.push(subject.clone());
            let at = (self.page_near(subject), entry.named.clone());
            self.push(name, None, Some(ClaimValue::flag(true)), at);
        }
        if !unsure.is_empty() {
            self.out.notes.push(format!(
                "what the document has was not found {}: {}; while a part cannot be read or a file is \
                 missing, that says nothing",
                self.page.witnesses().place(),
                listed(unsure.iter())
            ));
        }
        if !unlisted.is_empty() {
            let all = self.page.witnesses();
            self.out.notes.push(format!(
                "{} {} no list of statuses, so {} none away: {}",
                all.who(),
                all.one_or("has", "have"),
                all.one_or("it takes", "they take"),
                listed(unlisted.iter())
            ));
        }
    }

    fn push(
        &mut self,
        name: FactName,
        page: Option<ClaimValue>,
        spec: Option<ClaimValue>,
        (page_at, spec_at): (Lines, Span),
    ) {
        if self.out.disputes.iter().any(|it| it.is_about(&name)) || self.is_disputed_route(&name) {
            return;
        }
        let before = match name.aspect {
            Aspect::Name => self.called_when_reviewed(&name.subject, page.as_ref()),
            _ => self.review.and_then(|review| reviewed(review, &name)),
        };
        // What is left of a list is a question about the rest of it until it is on record. Kinds of
        // characters are lost from lists too.
        let is_less = || {
            let mut more = ClaimValue::only_in(page.as_ref(), spec.as_ref());
            name.aspect == Aspect::PasswordClasses && more.next().is_none()
        };
        let is_rest = (self.page.has_rest_of(&name) || is_less())
            && !same(before.as_ref(), page.as_ref(), name.aspect);
        let says = page.as_ref().filter(|_| !is_rest);
        let kind = match (&name.subject, says, &spec) {
            (Subject::Unreadable, ..) => DifferenceKind::Unreadable,
            (Subject::Contradiction(_), ..) => DifferenceKind::Contradiction,
            (_, Some(_), None) if name.aspect != Aspect::Words => DifferenceKind::Added,
            (_, Some(_), _) => DifferenceKind::Changed,
            (_, None, _) if before.is_some() => DifferenceKind::Vanished,
            (_, None, _) => DifferenceKind::Unsaid,
        };
        let standing = standing(
            &name,
            page.as_ref(),
            spec.as_ref(),
            before.as_ref(),
            self.review,
        );
        let dispute = self.page.disputes.iter().find(|it| it.name == name.subject);
        let also = dispute.map(|it| it.second_at);
        let lost = self.page.unreadable.iter().map(|it| it.1.file);
        let mut places = [Some(page_at), also].into_iter().flatten();
        let by = match (kind, &page) {
            (DifferenceKind::Unreadable, _) => self.page.witness(lost),
            (_, None) => self.page.witnesses(),
            _ => self.page.witness(places.clone().map(|it| it.file)),
        };
        let standing = match page.is_some() && places.any(|at| self.page.is_new(at)) {
            true => standing.of_new_file(),
            false => standing,
        };
        let not_understood = match name.aspect {
            Aspect::Words => self.not_understood(&name.subject),
            _ => Vec::new(),
        };
        let breaking = breaking(
            self.operation,
            self.page,
            &name,
            page.as_ref(),
            // What documents have no word for is held against the review.
            spec.as_ref()
                .or(before.as_ref().filter(|_| !name.aspect.is_in_documents())),
        );
        let changed = dispute.and_then(|it| self.changed(it));
        let (changed, before) = match changed {
            Some((file, before)) => (self.page.witness([file]), before),
            None => (by.clone(), before),
        };
        self.out.differences.push(PageDifference {
            name,
            kind,
            page,
            spec,
            reviewed: before,
            not_understood,
            new_words: None,
            standing,
            by,
            changed,
            breaking,
            page_at,
            page_also: also,
            spec_at,
        });
    }

    /// Whether the page changed what it says about something that documents have no word for.
    fn moved_since_review(&self, name: &FactName, page: Option<&ClaimValue>) -> bool {
        self.review.is_some_and(|review| {
            // With a reason on record it is told as being on purpose.
            let is_explained = review.deviation(name).is_some();
            is_explained || !same(review.value(name).as_ref(), page, name.aspect)
        })
    }

    /// Whether the document lacks what something is in, which is then told instead.
    fn is_told_with_outer(&self, subject: &Subject) -> bool {
        let (page, document) = (&self.page.claims, &self.operation.claims);
        let mut outers = subject.outers();
        outers.any(|it| page.has(&it) && !document.has(&it))
    }

    /// Where in the document something of the page would stand.
    fn near(&self, subject: &Subject) -> Span {
        let alike = |it: &Subject| match (it, subject) {
            (Subject::Status(_), Subject::Status(_)) => true,
            (Subject::Parameter(a, _), Subject::Parameter(b, _)) => a == b,
            _ => false,
        };
        let claims = &self.operation.claims;
        let beside = claims.iter().filter(|(it, _)| alike(it)).last();
        let entry = beside.map(|it| it.1).or_else(|| claims.around(subject));
        entry.map_or(&self.operation.named, |it| &it.named).clone()
    }

    /// Where on the page something of the document would stand.
    fn page_near(&self, subject: &Subject) -> Lines {
        let claims = &self.page.claims;
        let listed = self
            .page
            .status_list
            .filter(|_| matches!(subject, Subject::Status(_)));
        if let Some(at) = listed {
            return at;
        }
        let alike = |it: &Subject| match (it, subject) {
            (Subject::Response(one, _), Subject::Response(other, _)) => one == other,
            (Subject::Field(_), Subject::Field(_)) => true,
            (Subject::Parameter(one, _), Subject::Parameter(other, _)) => one == other,
            _ => false,
        };
        let is_object = |it: &Subject| matches!(it, Subject::Field(_) | Subject::Response(..));
        let mut objects = subject.outers().filter(is_object);
        let object = objects.find_map(|it| claims.get(&it));
        let beside = || claims.iter().filter(|it| alike(it.0)).last().map(|it| it.1);
        let around = || {
            claims
                .around(subject)
                .or_else(|| claims.get(&Subject::Operation))
        };
        let entry = object.or_else(beside).or_else(around);
        entry.map_or(Lines::of(1), |it| it.named)
    }
}

/// Where an aspect is said, or missed: of a row of IAM that is beside its action.
fn place<P: Clone>(entry: &SubjectClaims<P>, aspect: Aspect, said: Option<&Claim<P>>) -> P {
    let action = entry.facts.get(&Aspect::Action);
    let said = said.or(action.filter(|_| aspect.is_of_iam()));
    said.map_or(&entry.named, |it| &it.at).clone()
}

/// The aspect, or its equivalent where the other side has the aspect itself.
fn said_or_equivalent<P>(
    entry: &SubjectClaims<P>,
    aspect: Aspect,
    other_has_it: bool,
) -> Option<&Claim<P>> {
    entry.facts.get(&aspect).or_else(|| {
        let equivalent = aspect.equivalent().filter(|_| other_has_it)?;
        entry.facts.get(&equivalent)
    })
}
