//! The rules of a password against a length alone.

use super::State;
use crate::check::PageDifference;
use crate::claim::{Aspect, SubjectClaims};

/// Keeps an edit from moving the rules of a password by a length alone: a definition's is that of
/// the field, within which there may be rules that only prose has.
pub(super) fn keep(difference: &PageDifference, now: &State) -> Result<(), String> {
    let subject = &difference.name.subject;
    let is_length = matches!(
        difference.name.aspect,
        Aspect::LengthMin | Aspect::LengthMax | Aspect::PasswordMin | Aspect::PasswordMax
    );
    let page = now.checked.page.claims.get(subject);
    let document = now.checked.operation(&now.spec);
    let document = document.and_then(|it| it.claims.get(subject));
    if is_length && page.is_some_and(|it| !has_rules(it)) && document.is_some_and(has_rules) {
        return Err(
            "it is a length without the other rules of a password, and the document has rules; \
             decide which is right"
                .to_owned(),
        );
    }
    Ok(())
}

fn has_rules<P>(claims: &SubjectClaims<P>) -> bool {
    let lengths = [Aspect::PasswordMin, Aspect::PasswordMax];
    lengths.iter().any(|it| claims.facts.contains_key(it))
}
