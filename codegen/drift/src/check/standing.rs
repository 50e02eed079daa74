//! What is known about a difference: page now, page as reviewed, document.

use super::PageDifference;
use crate::claim::{Aspect, ClaimValue, FactName, Subject, in_words, same};
use crate::day::Day;
use crate::lock::Review;

/// How often a change that flips must be seen before it counts.
pub const SIGHTINGS_NEEDED: u32 = 2;

/// Why a difference is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenReason {
    /// The operation's page was never reviewed.
    Unreviewed,
    /// The page changed since it was reviewed, the document did not.
    PageChanged,
    /// Nobody said it at the review, of which the file that says it was no part.
    NewFile,
    /// The page is as it was reviewed, and the document differs without a reason on record.
    Unexplained,
    /// Both are other than the page was when it was reviewed.
    BothChanged,
    /// There is a deviation on record, but the page no longer says what it was about.
    DeviationPageChanged,
    /// There is a deviation on record, but the document no longer says what it was about.
    DeviationSpecChanged,
}

/// What is known about a difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It waits for a decision.
    Open(OpenReason),
    /// It is on purpose.
    OnPurpose {
        /// Why.
        reason: String,
    },
    /// The page turned a fact over, or went back to what it said before its last review. That may
    /// be a misread cell or an old copy, so it is pending until it was seen a second time.
    Pending {
        /// How often it was seen and recorded.
        seen: u32,
        /// When it was first recorded.
        since: Option<Day>,
    },
}

impl Standing {
    /// Its name in reports.
    pub fn word(&self) -> &'static str {
        match self {
            Standing::Open(OpenReason::Unreviewed) => "unreviewed",
            Standing::Open(OpenReason::PageChanged) => "page-changed",
            Standing::Open(OpenReason::NewFile) => "new-file",
            Standing::Open(OpenReason::Unexplained) => "unexplained",
            Standing::Open(OpenReason::BothChanged) => "both-changed",
            Standing::Open(OpenReason::DeviationPageChanged) => "deviation-page-changed",
            Standing::Open(OpenReason::DeviationSpecChanged) => "deviation-spec-changed",
            Standing::OnPurpose { .. } => "on-purpose",
            Standing::Pending { .. } => "pending",
        }
    }

    /// The standing of what only a file says that was no part of the review.
    pub(super) fn of_new_file(self) -> Self {
        match self {
            Standing::Open(OpenReason::PageChanged | OpenReason::BothChanged) => {
                Standing::Open(OpenReason::NewFile)
            }
            other => other,
        }
    }
}

impl PageDifference {
    /// Its standing in a sentence, with the last review's day and word.
    pub fn standing_in_words(&self, review: Option<&Review>) -> String {
        let day = review.map_or(String::new(), |review| format!(" on {}", review.reviewed));
        let (by, changed) = (&self.by, &self.changed);
        let who = changed.who();
        let (it, was) = (changed.one_or("it", "they"), changed.one_or("was", "were"));
        // Of two that disagree it is told what was said of the thing.
        let aspect = match &self.name.subject {
            Subject::Contradiction(_) if by == changed => None,
            it @ Subject::Contradiction(_) => {
                Some(it.about().and_then(|it| it.1).unwrap_or(Aspect::Present))
            }
            _ => Some(self.name.aspect),
        };
        let said = match (aspect, &self.reviewed) {
            (None, _) => format!("{was} of one mind"),
            (Some(Aspect::Words), _) => "had other words".to_owned(),
            (Some(Aspect::Present), Some(_)) => "had it".to_owned(),
            (Some(Aspect::Present), None) => "did not have it".to_owned(),
            (Some(aspect), Some(value)) => format!("said {}", in_words(aspect, value)),
            (Some(_), None) => "did not say it".to_owned(),
        };
        match &self.standing {
            Standing::Open(OpenReason::Unreviewed) => {
                "this operation's page was never reviewed".to_owned()
            }
            Standing::Open(OpenReason::PageChanged) => {
                format!("{who} changed: when {it} {was} reviewed{day}, {it} {said}")
            }
            Standing::Open(OpenReason::NewFile) => format!(
                "{} {} at the review{day}",
                by.who(),
                by.one_or("was not read", "were not read together")
            ),
            Standing::Open(OpenReason::Unexplained) => format!(
                "{who} {} as {it} {was} when {it} {was} reviewed{day}; why the document differs is not on record",
                changed.one_or("is", "are")
            ),
            Standing::Open(OpenReason::BothChanged) => {
                format!("neither is what {who} {was} when {it} {was} reviewed{day}: {it} {said}")
            }
            Standing::Open(OpenReason::DeviationPageChanged) => format!(
                "a deviation is on record, but {who} {} something else than it was about",
                changed.one_or("says", "say")
            ),
            Standing::Open(OpenReason::DeviationSpecChanged) => {
                "a deviation is on record, but the document says something else than it was about"
                    .to_owned()
            }
            Standing::OnPurpose { reason } => format!("on purpose: {reason}"),
            Standing::Pending { seen, since } => {
                let since = since.map_or(String::new(), |day| format!(" on {day}"));
                let pending = match seen {
                    0 => " until it is seen a second time".to_owned(),
                    _ => format!(", seen once{since}"),
                };
                format!(
                    "pending{pending}: at the review{day} {who} {said}; look again on another day, or at another page of it, with --confirm"
                )
            }
        }
    }
}

/// What the page said about a fact when it was reviewed.
pub(super) fn reviewed(review: &Review, name: &FactName) -> Option<ClaimValue> {
    review.value(name).or_else(|| {
        let equivalent = name.aspect.equivalent()?;
        review.value(&FactName::new(name.subject.clone(), equivalent))
    })
}

/// What is known about a difference.
pub(super) fn standing(
    name: &FactName,
    page: Option<&ClaimValue>,
    spec: Option<&ClaimValue>,
    before: Option<&ClaimValue>,
    review: Option<&Review>,
) -> Standing {
    let Some(review) = review else {
        return Standing::Open(OpenReason::Unreviewed);
    };
    let same = |a, b| same(a, b, name.aspect);
    let open = match review.deviation(name) {
        Some(known) => match (
            same(known.page.as_ref(), page),
            same(known.spec.as_ref(), spec),
        ) {
            (true, true) => {
                return Standing::OnPurpose {
                    reason: known.reason.clone(),
                };
            }
            (true, false) => OpenReason::DeviationSpecChanged,
            (false, _) => OpenReason::DeviationPageChanged,
        },
        None if !name.aspect.is_in_documents() => OpenReason::PageChanged,
        None if same(page, before) => OpenReason::Unexplained,
        None if same(spec, before) => OpenReason::PageChanged,
        None => OpenReason::BothChanged,
    };
    let is_as_before = matches!(
        open,
        OpenReason::Unexplained | OpenReason::DeviationSpecChanged
    );
    let earlier = review.earlier.get(name).and_then(Option::as_ref);
    let went_back = |page: &ClaimValue| earlier.is_some_and(|it| it.agrees(page, name.aspect));
    // Where the record does not say it, the document does.
    let turned_over = name.aspect.is_two_valued() && (before.is_some() || spec.is_some());
    let flips = |page: &&ClaimValue| !is_as_before && (turned_over || went_back(page));
    let Some(page) = page.filter(flips) else {
        return Standing::Open(open);
    };
    match review.pending_change(name, page) {
        Some(pending) if pending.seen >= SIGHTINGS_NEEDED => Standing::Open(open),
        pending => Standing::Pending {
            seen: pending.map_or(0, |pending| pending.seen),
            since: pending.map(|pending| pending.since),
        },
    }
}
