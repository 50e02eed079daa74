//! What a page, or the files of one operation, are not of one mind about.

use huaweicloud_pages::block::Lines;

use super::Finder;
use crate::check::Standing;
use crate::check::standing::{reviewed, standing};
use crate::claim::{Aspect, ClaimValue, FactName, ParameterLocation, Subject, SubjectClaims, same};
use crate::lock::Review;
use crate::page::{Dispute, PageClaims};

/// The disputes of a page that no review has settled.
pub(super) fn open_disputes(page: &PageClaims, review: Option<&Review>) -> Vec<Dispute> {
    let is_open = |it: &&Dispute| {
        let name = FactName::presence(&it.name);
        let says = page.claims.said(&it.name, Aspect::Present);
        let standing = standing(&name, says, None, None, review);
        !matches!(standing, Standing::OnPurpose { .. })
    };
    page.disputes.iter().filter(is_open).cloned().collect()
}

impl Finder<'_> {
    /// Which of two files that disagree says something else than was said at the review, and what that
    /// was.
    pub(super) fn changed(&self, dispute: &Dispute) -> Option<(usize, Option<ClaimValue>)> {
        let about = dispute.about.as_ref();
        let (subject, aspect) = about.filter(|_| dispute.is_between_files)?;
        let name = FactName::new(subject.clone(), aspect.unwrap_or(Aspect::Present));
        let before = reviewed(self.review?, &name);
        let first = self.page.claims.get(&dispute.name)?.named.file;
        let is_said_by = |value: Option<&ClaimValue>| same(value, before.as_ref(), name.aspect);
        let of_first = self.page.claims.value(&name);
        let is_of_first = match (subject, aspect) {
            (Subject::Status(_), _) => before.is_some(),
            // The first does not have it.
            (_, None) => before.is_none(),
            _ => is_said_by(of_first.as_ref()),
        };
        let is_of_second = aspect.is_none() || is_said_by(dispute.second.as_ref());
        match (is_of_first, is_of_second) {
            (true, _) => Some((dispute.second_at.file, before)),
            (_, true) => Some((first, before)),
            _ => None,
        }
    }

    /// Whether two files dispute that a thing is there, settled or not: it is told as their dispute.
    pub(super) fn is_disputed(&self, subject: &Subject) -> bool {
        let mut disputes = self.page.disputes.iter();
        disputes.any(|it| it.is_between_files && it.is_about_all_of(subject))
    }

    /// Whether a parameter that must be given may be one that the page's table of the address calls
    /// otherwise than its route, which is told as a dispute of the one that has no row.
    pub(super) fn may_be_of_the_path(
        &self,
        subject: &Subject,
        said: &SubjectClaims<Lines>,
    ) -> bool {
        let is_of_path = |it: &Dispute| it.about_of_path().is_some_and(|it| it.is_none());
        let required = said.value(Aspect::Required);
        matches!(subject, Subject::Parameter(ParameterLocation::Query, _))
            && required.is_some_and(ClaimValue::is_yes)
            && self.out.disputes.iter().any(is_of_path)
    }

    /// Whether a route differs only in what its parameters are called, and the page is not of one
    /// mind about that.
    pub(super) fn is_disputed_route(&self, name: &FactName) -> bool {
        let of_path = |it: &Dispute| it.about_of_path().is_some();
        let shape = |route: Option<&str>| route.map(crate::pair::shape);
        let [page, document] = [
            self.page.claims.one(&name.subject, Aspect::Route),
            self.operation.claims.one(&name.subject, Aspect::Route),
        ];
        name.aspect == Aspect::Route
            && self.out.disputes.iter().any(of_path)
            && shape(page) == shape(document)
    }

    /// Whether a reviewer has decided a dispute of the page, and the document follows the place that
    /// the claims do not.
    pub(super) fn is_settled_by_document(
        &self,
        name: &FactName,
        spec: Option<&ClaimValue>,
    ) -> bool {
        let mut disputes = self.page.disputes.iter();
        disputes.any(|it| {
            it.second.is_some() && it.is_about(name) && same(it.second.as_ref(), spec, name.aspect)
        })
    }
}
