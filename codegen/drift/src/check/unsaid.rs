//! What leaving something out says, and when it says nothing.

use huaweicloud_codegen::load::tree::Span;
use huaweicloud_pages::block::Lines;

use crate::claim::{Aspect, ClaimValue, FactName, Subject, SubjectClaims};
use crate::document::DocumentOperation;
use crate::page::PageClaims;

/// Whether a page does not tell if a fact differs: the part that would say it may be what cannot be
/// read, the subject is not on the page at all, the page has no column for it, or is not of one mind.
pub(crate) fn is_unknown(
    operation: &DocumentOperation,
    page: &PageClaims,
    name: &FactName,
) -> bool {
    let subject = &name.subject;
    let is_malformed =
        page.lacks_a_file || !page.unreadable.is_empty() && *subject != Subject::Unreadable;
    page.claims.value(name).is_none()
        && (page.disputes.iter().any(|it| it.is_about(name))
            || is_malformed
            || !page.claims.has(subject) && operation.claims.has(subject)
            || page.is_silent_about(subject, name.aspect))
}

/// Whether leaving something out says just this.
pub(super) fn goes_without_saying(aspect: Aspect, value: &ClaimValue) -> bool {
    let is = |words: &[&str]| value.as_one().is_some_and(|it| words.contains(&it));
    match aspect {
        Aspect::Nullable | Aspect::Deprecated | Aspect::Secret | Aspect::Asynchronous => {
            is(&["no"])
        }
        // That something is not empty is a precaution of ours.
        Aspect::LengthMin => is(&["0", "1"]),
        Aspect::MinItems => is(&["0"]),
        Aspect::PasswordKinds => is(&["1"]),
        Aspect::Conditions | Aspect::Alias | Aspect::Dependencies | Aspect::Actions => {
            value.items().is_empty()
        }
        _ => false,
    }
}

/// Whether something the page does not say is told by another difference: what belongs to an IAM
/// action by the action, the length of a password by its rules, bounds by the type they belong to.
pub(super) fn goes_with_another(
    aspect: Aspect,
    page: &SubjectClaims<Lines>,
    document: &SubjectClaims<Span>,
) -> bool {
    let kind = page.one(Aspect::Type);
    let is_other = |kinds: &[&str]| kind.is_some_and(|kind| !kinds.contains(&kind));
    match aspect {
        // Another type has other bounds.
        Aspect::LengthMin | Aspect::LengthMax if is_other(&["string"]) => true,
        Aspect::RangeMin | Aspect::RangeMax if is_other(&["integer", "number"]) => true,
        Aspect::Enum if kind == Some("boolean") => true,
        aspect if aspect.is_of_iam() && aspect != Aspect::Action => !page.says(Aspect::Action),
        // Many words that name kinds are not understood.
        Aspect::PasswordClasses => true,
        Aspect::LengthMin => document.says(Aspect::PasswordMin),
        Aspect::LengthMax => document.says(Aspect::PasswordMax),
        _ => false,
    }
}
