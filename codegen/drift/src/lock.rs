//! `spec/docs.lock`: what was on each operation's page when it was last reviewed, and in what the
//! documents deviate from it on purpose.
//!
//! The file is YAML that people may read and edit. Facts and reasons stand in it, no sentences of
//! the vendor. Writing it touches the reviews that changed and leaves every other line alone.

mod read;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use huaweicloud_codegen::load::tree::Span;
use huaweicloud_codegen::workspace::FileError;
use huaweicloud_codegen::write::write_file;
use huaweicloud_codegen::{Diagnostics, Source};
use indexmap::IndexMap;

use crate::claim::{Aspect, ClaimValue, Claims, FactName, Rename, Subject, renamed};
use crate::day::Day;

/// Where the lock is in a workspace.
pub const PATH: &str = "spec/docs.lock";

/// The facts of a page, without their places.
pub type ReviewedFacts = BTreeMap<Subject, BTreeMap<Aspect, ClaimValue>>;

/// A deviation on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The fact.
    pub fact: FactName,
    /// The code under which the difference is reported.
    pub code: String,
    /// What the page says; nothing when it does not say it.
    pub page: Option<ClaimValue>,
    /// What the document says; nothing when it does not say it.
    pub spec: Option<ClaimValue>,
    /// Why, in the reviewer's own words.
    pub reason: String,
}

/// A change of the page that waits to be seen a second time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingChange {
    /// The fact.
    pub fact: FactName,
    /// What the page says now.
    pub page: ClaimValue,
    /// The day it was first seen.
    pub since: Day,
    /// How often it was seen; 2 is enough.
    pub seen: u32,
    /// On which page it was seen first, by its mark; nothing in a record older than that.
    pub on: Option<String>,
}

/// What is known about the page of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The page's address.
    pub page: String,
    /// The files that were read at the review, the first witness first; none in a review older than
    /// this line.
    pub files: Vec<String>,
    /// The day of the review.
    pub reviewed: Day,
    /// What the page said.
    pub facts: ReviewedFacts,
    /// What the document said at the review that no page is read for.
    pub extensions: BTreeSet<String>,
    /// What facts that changed had been before the review; nothing for what had not been said.
    pub earlier: BTreeMap<FactName, Option<ClaimValue>>,
    /// The deviations on purpose.
    pub deviations: Vec<Deviation>,
    /// Changes seen once.
    pub pending: Vec<PendingChange>,
}

impl Review {
    /// What the page said about a fact.
    pub fn value(&self, name: &FactName) -> Option<ClaimValue> {
        let facts = self.facts.get(&name.subject)?;
        match facts.get(&name.aspect) {
            None if name.aspect == Aspect::Present => Some(ClaimValue::flag(true)),
            value => value.cloned(),
        }
    }

    /// Whether the page had a thing.
    pub(crate) fn has(&self, subject: &Subject) -> bool {
        self.facts.contains_key(subject)
    }

    /// Whether there is a reason on record for a thing, or that it is not there.
    pub(crate) fn explains(&self, subject: &Subject) -> bool {
        self.deviation(&FactName::presence(subject)).is_some()
    }

    /// Whether a fact was on the page, vanished and was accepted as gone.
    pub fn is_gone(&self, name: &FactName) -> bool {
        matches!(self.earlier.get(name), Some(Some(_))) && self.value(name).is_none()
    }

    /// The same in the names of the document.
    pub(crate) fn renamed(&self, renames: &[Rename]) -> Self {
        let mut review = self.clone();
        let to = |it: &FactName| FactName::new(renamed(&it.subject, renames), it.aspect);
        let earlier = self.earlier.iter();
        review.earlier = earlier.map(|(it, value)| (to(it), value.clone())).collect();
        for it in &mut review.deviations {
            it.fact = to(&it.fact);
        }
        for it in &mut review.pending {
            it.fact = to(&it.fact);
        }
        review.facts = ReviewedFacts::new();
        for (subject, said) in &self.facts {
            let known = review.facts.entry(renamed(subject, renames)).or_default();
            for (aspect, value) in said {
                known.entry(*aspect).or_insert_with(|| value.clone());
            }
        }
        review
    }

    /// The change that waits, if a fact with this value on the page does.
    pub(crate) fn pending_change(
        &self,
        name: &FactName,
        page: &ClaimValue,
    ) -> Option<&PendingChange> {
        let mut pending = self.pending.iter();
        pending.find(|it| it.fact == *name && it.page.agrees(page, name.aspect))
    }

    /// The deviation recorded for a fact.
    pub fn deviation(&self, name: &FactName) -> Option<&Deviation> {
        self.deviations.iter().find(|it| it.fact == *name)
    }
}

/// The facts of a page as a review keeps them.
pub fn facts_of<P>(claims: &Claims<P>) -> ReviewedFacts {
    let subjects = claims.iter().map(|(subject, entry)| {
        let facts = entry.facts.iter();
        let facts = facts.map(|(aspect, said)| (*aspect, said.value.clone()));
        (subject.clone(), facts.collect())
    });
    subjects.collect()
}

/// The names of facts.
pub(crate) fn fact_names(facts: &ReviewedFacts) -> BTreeSet<FactName> {
    let mut names = BTreeSet::new();
    for (subject, said) in facts {
        names.insert(FactName::new(subject.clone(), Aspect::Present));
        for aspect in said.keys() {
            names.insert(FactName::new(subject.clone(), *aspect));
        }
    }
    names
}

/// The lock as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lock {
    /// The file's text.
    text: String,
    /// The reviews by operation (`dcs/ResetPassword`), with the bytes of each.
    reviews: IndexMap<String, (Review, Span)>,
    /// How many regions each address of a service is for: `dcs` → `https://dcs.{region}…` → 34.
    endpoints: Endpoints,
}

/// The number of regions by service and by the address that holds `{region}`.
pub type Endpoints = BTreeMap<String, BTreeMap<String, u64>>;

/// Why there is no lock.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// It cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// Something in it is wrong.
    #[error("{PATH} has mistakes")]
    Mistakes {
        /// The file, for printing the mistakes with their lines.
        lock: Source,
        /// The mistakes.
        diagnostics: Diagnostics,
    },
}

impl Lock {
    /// Reads the lock of a workspace; one that is not there is empty.
    ///
    /// # Errors
    /// When the file cannot be read or has mistakes: an unknown key is one.
    pub fn read(root: &Path) -> Result<Self, LockError> {
        let path = root.join(PATH);
        match huaweicloud_codegen::read::text(&path) {
            Ok(text) => Self::parse(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(FileError::new("read", &path, error).into()),
        }
    }

    /// Reads the lock from its text.
    ///
    /// # Errors
    /// When it has mistakes.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let lock = Source::new(PATH, text);
        read::read(&lock).map_err(|diagnostics| LockError::Mistakes { lock, diagnostics })
    }

    /// The review of an operation.
    pub fn review(&self, label: &str) -> Option<&Review> {
        self.reviews.get(label).map(|(review, _)| review)
    }

    /// The operations that have a review.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.reviews.keys().map(String::as_str)
    }

    /// The addresses of the services as they were reviewed.
    pub fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// The file's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Records a review: its lines are replaced, all others stay.
    ///
    /// # Errors
    /// When what was written cannot be read again, which is a mistake of this program.
    pub fn record(&mut self, label: &str, review: &Review) -> Result<(), LockError> {
        if self.review(label) == Some(review) {
            return Ok(());
        }
        let text = write::with_review(self, label, review);
        *self = Self::parse(&text)?;
        Ok(())
    }

    /// The lock in which what is on record of an operation stands under other names.
    pub(crate) fn renamed(&self, label: &str, renames: &[Rename]) -> Self {
        let mut lock = self.clone();
        let review = lock.review(label).map(|it| it.renamed(renames));
        // What cannot be recorded stays as it was.
        match review.map(|it| lock.record(label, &it)) {
            Some(Ok(())) => lock,
            _ => self.clone(),
        }
    }

    /// Writes the lock of a workspace, through a temporary file and a rename.
    ///
    /// # Errors
    /// When it cannot be written; then the file is as it was.
    pub fn write(&self, root: &Path) -> Result<PathBuf, LockError> {
        let path = root.join(PATH);
        write_file(&path, self.text.as_bytes())?;
        Ok(path)
    }
}

#[cfg(test)]
mod tests;
