//! Why a difference is not fixed without asking, and what fixing one means for users.

use super::{FixedDifference, for_people};
use crate::check::{Breaking, Comparison, DifferenceKind, OpenReason, PageDifference, Standing};
use crate::claim::{Aspect, ClaimValue, FactName, Rename, Subject};
use crate::lock::Review;
use crate::page::Dispute;

/// What is in something that was added before breaks nobody of itself: who does not know the outer
/// never gives the inner, however required it is there.
pub(super) fn comes_with(
    mut difference: PageDifference,
    operation: &str,
    fixed: &[FixedDifference],
) -> PageDifference {
    let is_added =
        |it: &PageDifference| it.kind == DifferenceKind::Added && it.name.aspect == Aspect::Present;
    let subject = &difference.name.subject;
    let is_inside = fixed.iter().any(|it| {
        it.operation == operation
            && is_added(&it.difference)
            && subject.is_inside(&it.difference.name.subject)
    });
    if is_added(&difference) && is_inside {
        difference.breaking = Breaking {
            breaks: false,
            why: "it comes with what it is in",
        };
    }
    difference
}

/// Why a difference may not be fixed without asking.
pub(super) fn decide(difference: &PageDifference, review: Option<&Review>) -> Option<String> {
    // Only what was on the page, vanished and was accepted as gone may be taken out.
    let is_gone = || review.is_some_and(|it| it.is_gone(&difference.name));
    let why = match (&difference.standing, difference.kind) {
        (Standing::Pending { .. }, _) => {
            "it is pending until it was seen a second time; fetch the page again on another day, or take another page of it, and use --confirm"
        }
        (
            Standing::Open(OpenReason::DeviationPageChanged | OpenReason::DeviationSpecChanged),
            _,
        ) => {
            "a deviation is on record that no longer fits; accept the page anew, with or without a reason"
        }
        (Standing::Open(OpenReason::Unexplained), DifferenceKind::Unsaid) if is_gone() => {
            return None;
        }
        (_, DifferenceKind::Vanished) => for_people(&difference.name).unwrap_or(
            "whether it is gone from the API is a question; if it is, accept the page, then patch",
        ),
        (_, DifferenceKind::Unsaid) => {
            "the page does not say it and never did as far as is on record; accept the page with a reason to keep it, or take it out by hand"
        }
        _ => return None,
    };
    Some(why.to_owned())
}

/// What an edit would write down that the page disagrees with itself about.
pub(super) fn disputed(difference: &PageDifference, disputes: &[Dispute]) -> Option<String> {
    let FactName { subject, aspect } = &difference.name;
    let would_write = |about: &Subject| match aspect {
        Aspect::Present if difference.page.is_some() => {
            about == subject || about.is_inside(subject)
        }
        Aspect::Route => about.is_of_path(),
        _ => false,
    };
    let mut about = disputes.iter().filter_map(|it| it.about.as_ref());
    let (about, _) = about.find(|(about, _)| would_write(about))?;
    let about = about.words();
    Some(format!(
        "what is said of {about} is disputed; decide that first"
    ))
}

/// Which action of IAM that is new in one list is gone from another: who moved it takes it out of there
/// too.
pub(super) fn moved(difference: &PageDifference, found: &Comparison) -> Option<String> {
    const LISTS: [Aspect; 3] = [Aspect::Alias, Aspect::Dependencies, Aspect::Actions];
    let FactName { subject, aspect } = &difference.name;
    if !LISTS.contains(aspect) {
        return None;
    }
    let new = ClaimValue::only_in(difference.page.as_ref(), difference.spec.as_ref());
    let new: Vec<&String> = new.collect();
    let mut others = found.differences.iter().filter(|it| {
        LISTS.contains(&it.name.aspect) && it.name.subject == *subject && it.name.aspect != *aspect
    });
    let (item, from) = others.find_map(|it| {
        let mut gone = ClaimValue::only_in(it.spec.as_ref(), it.page.as_ref());
        let item = gone.find(|gone| new.contains(gone))?;
        Some((item, it.name.aspect.words()))
    })?;
    Some(format!(
        "`{item}` is no longer in the {from}, and may have moved from there; change both by hand if so"
    ))
}

/// What of the document a thing of the page may be under another name or in another place, and what a
/// route would leave behind that may have moved.
pub(super) fn renamed(difference: &PageDifference, found: &Comparison) -> Option<String> {
    let FactName { subject, aspect } = &difference.name;
    let is_about = |it: &&Rename| match aspect {
        Aspect::Present => it.page == *subject || it.page.is_inside(subject),
        Aspect::Route => it.document.is_of_path() || it.page.is_of_path(),
        _ => false,
    };
    difference.page.as_ref()?;
    let mut unsure = found.renames.iter().filter(|it| !it.is_sure);
    let Rename { page, document, .. } = unsure.find(is_about)?;
    let what = match page == subject {
        true => "it".to_owned(),
        false => page.words(),
    };
    let old = document.words();
    let mut disputes = found.disputes.iter();
    let kept = match document {
        Subject::Status(_) => page,
        _ => disputes
            .find(|it| it.is_about_all_of(document))
            .map_or(document, |it| &it.name),
    };
    let how = match (document, document.leaf() == page.leaf()) {
        (Subject::Status(_), _) => format!("stand in place of {old}"),
        (_, true) => format!("be {old} in another place"),
        (_, false) => format!("be {old} under another name"),
    };
    Some(format!(
        "{what} may {how}; change that by hand if so, else accept the page with a reason for `{kept}/present`"
    ))
}
