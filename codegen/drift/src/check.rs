//! Page and document laid side by side, with the last review as the third source.

mod breaking;
mod compare;
mod moves;
mod renames;
mod reviewed;
mod standing;
mod unsaid;

use std::fmt;

use huaweicloud_codegen::load::tree::Span;
use huaweicloud_pages::block::Lines;
use huaweicloud_pages::facts::Facts;

pub use breaking::Breaking;
pub use compare::compare;
pub(crate) use compare::not_understood;
pub(crate) use renames::in_names_of_today;
pub use reviewed::unexplained;
pub use standing::{OpenReason, SIGHTINGS_NEEDED, Standing};
pub(crate) use unsaid::is_unknown;

use crate::claim::{Aspect, ClaimValue, FactName, ParameterLocation, Rename, Subject, in_words};
use crate::code::{self, Code};
use crate::document::{DocumentOperation, Spec};
use crate::foreign;
use crate::lock::Lock;
use crate::page::{Dispute, PageClaims};
use crate::pair::{PairError, Pairing, pair, parameters};
use crate::witness::Witness;

/// What kind of difference it is, seen from the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The page says something that the document does not.
    Added,
    /// Both say something, and not the same.
    Changed,
    /// The document says something that the page said when it was reviewed and no longer says.
    /// That is a question, not a removal.
    Vanished,
    /// The document says something that the page does not say, as far as anybody recorded.
    Unsaid,
    /// The page disagrees with itself.
    Contradiction,
    /// A part of the page cannot be read.
    Unreadable,
}

impl DifferenceKind {
    /// Its name in reports.
    pub fn word(self) -> &'static str {
        match self {
            DifferenceKind::Added => "added",
            DifferenceKind::Changed => "changed",
            DifferenceKind::Vanished => "vanished",
            DifferenceKind::Unsaid => "unsaid",
            DifferenceKind::Contradiction => "contradiction",
            DifferenceKind::Unreadable => "unreadable",
        }
    }
}

/// A difference between a page and an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageDifference {
    /// The fact that differs.
    pub name: FactName,
    /// The kind of difference.
    pub kind: DifferenceKind,
    /// What the page says.
    pub page: Option<ClaimValue>,
    /// What the document says.
    pub spec: Option<ClaimValue>,
    /// What the page said when it was last reviewed.
    pub reviewed: Option<ClaimValue>,
    /// What was on record then and is not read in the words there are now.
    pub not_understood: Vec<(Aspect, ClaimValue)>,
    /// Of words that changed, the first that is new and is no fact.
    pub(crate) new_words: Option<String>,
    /// What is known about it.
    pub standing: Standing,
    /// Whether following the page would break users.
    pub breaking: Breaking,
    /// The files that say it; all there are where none does, and both of two that disagree.
    pub by: Witness,
    /// The files that changed, if any did: of two that disagree the one that says something new.
    pub changed: Witness,
    /// Where the page says it, or would.
    pub page_at: Lines,
    /// Where the page says otherwise, when it disagrees with itself.
    pub page_also: Option<Lines>,
    /// The bytes of the document that say it, or near which it would be said.
    pub spec_at: Span,
}

impl PageDifference {
    /// Its stable code.
    pub fn code(&self) -> Code {
        code::of(&self.name)
    }

    /// What its subject is called if it is a difference of the name, and the document follows.
    pub(crate) fn renamed_to(&self) -> Option<Subject> {
        let new = self.page.as_ref()?.as_one()?;
        (self.name.aspect == Aspect::Name).then(|| self.name.subject.called(new))
    }

    /// What goes by another name once the document follows: the thing itself, or what is in a path.
    pub(crate) fn names_to_follow(&self) -> Vec<Rename> {
        let new = self
            .renamed_to()
            .map(|new| (self.name.subject.clone(), new));
        let paths = [&self.spec, &self.page].map(|it| it.as_ref().and_then(ClaimValue::as_one));
        let in_path = match paths {
            [Some(old), Some(new)] if self.name.aspect == Aspect::Route => {
                let subject = |name| Subject::Parameter(ParameterLocation::Path, name);
                let [old, new] = [old, new].map(parameters);
                let pairs = old.iter().zip(&new).filter(|(old, new)| old != new);
                // Those that swap their names, or come in other numbers, are not told apart.
                let is_swap = pairs.clone().any(|(_, new)| old.contains(new));
                let is_clear = old.len() == new.len() && !is_swap;
                let pairs = pairs.filter(|_| is_clear);
                let pairs = pairs.map(|(old, new)| [old, new].map(|it| subject(it.clone())));
                pairs.map(|[old, new]| (old, new)).collect()
            }
            _ => Vec::new(),
        };
        let both = new.into_iter().chain(in_path);
        let both = both.map(|(page, document)| Rename {
            page,
            document,
            is_sure: true,
        });
        both.collect()
    }

    /// Whether it waits until it is seen a second time.
    pub fn is_pending(&self) -> bool {
        matches!(self.standing, Standing::Pending { .. })
    }

    /// Where the page says it, and where it says otherwise, if it does.
    pub(crate) fn places(&self) -> impl Iterator<Item = Lines> + Clone {
        [Some(self.page_at), self.page_also].into_iter().flatten()
    }

    /// What the other place says where the page disagrees with itself.
    pub(crate) fn second(&self) -> Option<&str> {
        ClaimValue::items_of(self.page.as_ref())
            .get(1)
            .map(String::as_str)
    }

    /// What it is about, by the names it has before and after the document follows.
    pub(crate) fn subjects(&self) -> impl Iterator<Item = Subject> {
        let new = self.names_to_follow().into_iter().map(|it| it.document);
        std::iter::once(self.name.subject.clone()).chain(new)
    }

    /// Whether it is recorded as being on purpose.
    pub fn is_on_purpose(&self) -> bool {
        matches!(self.standing, Standing::OnPurpose { .. })
    }
}

/// The difference in one sentence.
impl fmt::Display for PageDifference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.name.subject.words();
        let aspect = self.name.aspect.words();
        let is_presence = self.name.aspect == Aspect::Present;
        let (who, place) = (self.by.who(), self.by.place());
        let has = self.by.one_or("has", "have");
        let said = [&self.page, &self.spec].map(Option::as_ref);
        let [page, spec] = said.map(|it| it.map(|it| in_words(self.name.aspect, it)));
        match (self.kind, &self.page, &self.spec) {
            (DifferenceKind::Contradiction, Some(says), _) => {
                let about = match self.name.subject.about() {
                    Some((subject, Some(aspect))) => {
                        format!("the {} of {}", aspect.words(), subject.words())
                    }
                    Some((subject, None)) => subject.words(),
                    None => subject,
                };
                let places = match self.by.places() {
                    both if both.len() > 1 => both,
                    _ => self.places().map(|at| format!("at line {at}")).collect(),
                };
                let disagree = self.by.one_or("disagrees with itself", "disagree");
                let says = says.items().iter().zip(places);
                let says = says.map(|(said, place)| format!("{said} {place}"));
                let says = says.collect::<Vec<_>>().join(", ");
                write!(
                    formatter,
                    "{who} {disagree} about {about}: {says}; which is right?"
                )
            }
            (_, Some(ClaimValue::One(new)), Some(_)) if self.name.aspect == Aspect::Name => {
                let new = foreign::name(new);
                write!(formatter, "{subject} is called `{new}` {place}")
            }
            _ if !self.not_understood.is_empty() => {
                let known = self.not_understood.iter();
                let known =
                    known.map(|(it, value)| format!("{} {}", it.words(), in_words(*it, value)));
                let known = known.collect::<Vec<_>>().join(", ");
                write!(
                    formatter,
                    "{subject} is described {place} in other words than at the review, in which this is \
                     not understood any more: {known}; is it still so?"
                )
            }
            _ if self.name.aspect == Aspect::Words => write!(
                formatter,
                "{subject} is described {place} in other words than at the review, and no fact is made \
                 of them; \
                 is our description still true?"
            ),
            (DifferenceKind::Unreadable, Some(said), _) => {
                let count = said.items().first().map_or("", String::as_str);
                write!(formatter, "{who} cannot be read in {count}")
            }
            (DifferenceKind::Added, ..) if is_presence => {
                write!(formatter, "{who} {has} {subject}, the document has not")
            }
            (DifferenceKind::Vanished, ..) if is_presence => {
                write!(formatter, "{subject} is no longer {place}")
            }
            (DifferenceKind::Unsaid, ..) if is_presence => {
                write!(formatter, "the document has {subject}, {who} {has} not")
            }
            (kind, ..) => {
                let page = match (page, kind) {
                    (Some(page), _) => format!("{page} {place}"),
                    (None, DifferenceKind::Unsaid) => format!("not said {place}"),
                    (None, _) => format!("no longer {place}"),
                };
                let spec = match (spec, kind) {
                    _ if !self.name.aspect.is_in_documents()
                        && self.standing != Standing::Open(OpenReason::Unreviewed) =>
                    {
                        let before = self.reviewed.as_ref();
                        let before = before.map(|it| in_words(self.name.aspect, it));
                        let before = before.unwrap_or_else(|| "nothing".to_owned());
                        format!(", {before} at the review")
                    }
                    (Some(spec), _) => format!(", {spec} in the document"),
                    (None, DifferenceKind::Added) => ", not said in the document".to_owned(),
                    (None, _) => String::new(),
                };
                write!(formatter, "{aspect} of {subject}: {page}{spec}")
            }
        }
    }
}

/// What comparing a page with its operation found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// All differences, those on purpose included, in the order of the page.
    pub differences: Vec<PageDifference>,
    /// What else a reviewer should know.
    pub notes: Vec<String>,
    /// Where the page disagrees with itself and nobody has said which is right. What is disputed is
    /// no difference of its own, and nothing is followed in it.
    pub disputes: Vec<Dispute>,
    /// What the page says and documents have no word for, and where: it has to stand in a description.
    pub besides: Vec<(String, Lines)>,
    /// What the page seems to call otherwise than the document; those that are sure are differences
    /// of the name, the others questions.
    pub renames: Vec<Rename>,
}

impl Comparison {
    /// The differences that are not on purpose.
    pub fn open(&self) -> impl Iterator<Item = &PageDifference> {
        self.differences.iter().filter(|it| !it.is_on_purpose())
    }

    /// Whether a part of the page could not be read and nobody has said that this is all right.
    pub fn is_unreadable(&self) -> bool {
        self.open().any(|it| it.kind == DifferenceKind::Unreadable)
    }
}

/// A page, or the files of one operation together, the operation it is about, and how they compare.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The files it was read from, the first witness first; places say which by its index.
    pub files: Vec<String>,
    /// The operation's index in [`Spec::operations`].
    pub operation: usize,
    /// The page's claims.
    pub page: PageClaims,
    /// The comparison.
    pub comparison: Comparison,
}

impl Checked {
    /// The file of a place.
    pub fn file(&self, at: Lines) -> &str {
        self.files.get(at.file).map_or("", String::as_str)
    }

    /// Whether nothing may be written before a part of it can be read. Beside a definition that was read
    /// whole, what cannot be read of the page is only not followed.
    pub fn is_blocked(&self) -> bool {
        self.comparison.is_unreadable() && !self.page.has_whole_definition
    }

    /// What its files are called together.
    pub fn title(&self) -> String {
        self.files.join(" and ")
    }

    /// The operation the page is about.
    pub fn operation<'s>(&self, spec: &'s Spec) -> Option<&'s DocumentOperation> {
        spec.operations.get(self.operation)
    }
}

/// Pairs a page with its operation and compares the two.
///
/// `asked` names the operation (`dcs/ResetPassword`) when the page alone does not tell.
///
/// # Errors
/// When no operation fits the page, or more than one.
pub fn check(
    spec: &Spec,
    lock: &Lock,
    file: &str,
    facts: &Facts,
    asked: Option<&str>,
) -> Result<Checked, PairError> {
    let pairing: Pairing = pair(spec, file, facts, asked)?;
    let mut page = PageClaims::of(facts, &pairing);
    let files = match facts.files.as_slice() {
        [] | [_] => vec![file.to_owned()],
        files => files.iter().map(|it| it.name.clone()).collect(),
    };
    let operation = spec.operations.get(pairing.operation);
    let review = operation.and_then(|it| lock.review(&it.label()));
    if let Some(review) = review {
        page.stand_beside(review, &files);
    }
    if let Some(operation) = operation {
        page.find_documented(operation);
    }
    let mut comparison =
        operation.map_or_else(Comparison::default, |it| compare(it, &page, review));
    if let Some(review) = review.filter(|_| page.lacks_a_file) {
        comparison.notes.push(format!(
            "at the review {} read, and not all of that is here; what only the rest says is not looked \
             for now",
            match review.files.as_slice() {
                [] => "a page was".to_owned(),
                [one] => format!("{one} was"),
                all => format!("{} were", all.join(" and ")),
            }
        ));
    }
    Ok(Checked {
        files,
        operation: pairing.operation,
        page,
        comparison,
    })
}

#[cfg(test)]
mod tests;
