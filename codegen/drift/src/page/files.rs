//! The files that claims are of, beside each other and beside those of the review.

use huaweicloud_pages::block::Lines;
use huaweicloud_pages::facts::SourceFile;

use super::{Dispute, PageClaims};
use crate::claim::{FactName, Subject};
use crate::lock::Review;
use crate::witness::Witness;

impl PageClaims {
    /// Whether its definition, which would have it, does not have a thing that the page has, and nobody
    /// has decided which is right.
    pub(crate) fn is_absent_from_definition(
        &self,
        subject: &Subject,
        review: Option<&Review>,
    ) -> bool {
        let is_open = |it: &Dispute| {
            let name = FactName::presence(&it.name);
            it.is_between_files && review.is_none_or(|it| it.deviation(&name).is_none())
        };
        let mut disputes = self.disputes.iter();
        !matches!(subject, Subject::Status(_))
            && disputes.any(|it| it.is_about_all_of(subject) && is_open(it))
    }

    /// Some of its files, or all, in words.
    pub(crate) fn witness(&self, files: impl IntoIterator<Item = usize>) -> Witness {
        Witness::of(&self.files, files)
    }

    /// All of its files, in words.
    pub(crate) fn witnesses(&self) -> Witness {
        self.witness(0..self.files.len())
    }

    /// Finds which of its files are of a kind that the review did not have, and whether one is missing
    /// that it had. A review without names of files is older than definitions.
    pub(crate) fn stand_beside(&mut self, review: &Review, names: &[String]) {
        let kinds = self.files.iter().map(SourceFile::is_definition);
        let kinds: Vec<bool> = kinds.collect();
        // The record has names and no forms.
        let kind_of = |name: &String| {
            let known = names.iter().position(|it| it.ends_with(name));
            let known = known.and_then(|it| kinds.get(it)).copied();
            known.unwrap_or(name.ends_with(".json"))
        };
        let was_read = |kind: bool| match review.files.as_slice() {
            [] => !kind,
            files => files.iter().any(|it| kind_of(it) == kind),
        };
        let new = kinds.iter().enumerate().filter(|it| !was_read(*it.1));
        self.new_files = new.map(|it| it.0).collect();
        let is_missing = |kind: bool| was_read(kind) && !kinds.contains(&kind);
        self.lacks_a_file = review.files.len() > kinds.len().max(1)
            || !kinds.is_empty() && (is_missing(true) || is_missing(false));
    }

    /// The files that were not read at the review, if there are any, in words.
    pub(crate) fn new_witness(&self) -> Option<Witness> {
        let new = self.new_files.iter().copied();
        (!self.new_files.is_empty()).then(|| self.witness(new))
    }

    /// Whether a place is in a file that was not read at the review.
    pub(crate) fn is_new(&self, at: Lines) -> bool {
        self.new_files.contains(&at.file)
    }
}
