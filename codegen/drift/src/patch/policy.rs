//! What moves together or not at all: the rules of a password and its length, the row of an IAM action.

use super::State;
use crate::check::{PageDifference, Standing};
use crate::claim::{Aspect, FactName, SubjectClaims};

/// Keeps an edit from moving the rules of a password by a length alone: a definition's is that of
/// the field, within which there may be rules that only prose has.
pub(super) fn keep(difference: &PageDifference, now: &State) -> Result<(), String> {
    let subject = &difference.name.subject;
    let is_length = difference.name.aspect.equivalent().is_some();
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

/// Keeps an edit from moving one of two places while the other has to stay: the length of a field and
/// the rule of its password that has the same number, what IAM has of an action and which it is.
pub(super) fn together(
    difference: &PageDifference,
    now: &State,
    may: impl Fn(&PageDifference) -> Result<(), String>,
) -> Result<(), String> {
    let FactName { subject, aspect } = &difference.name;
    let document = now.checked.operation(&now.spec);
    let document = document.and_then(|it| it.claims.get(subject));
    let value = |aspect| document?.value(aspect);
    let (other, shared) = match aspect {
        Aspect::Action => return Ok(()),
        aspect if aspect.is_of_iam() => (Some(Aspect::Action), "is of the same row"),
        _ => {
            let is_same = |it: &Aspect| value(*it).is_some() && value(*it) == value(*aspect);
            (aspect.equivalent().filter(is_same), "has the same number")
        }
    };
    let says = now.checked.page.claims.get(subject);
    let Some(name) = other.map(|it| FactName::new(subject.clone(), it)) else {
        return Ok(());
    };
    let mut known = now.checked.comparison.differences.iter();
    let known = known.find(|it| it.name == name);
    // One difference of both is told as that of the rule.
    let says = says.and_then(|it| it.value(name.aspect).or(it.value(*aspect)));
    let is_of_both = says == difference.page.as_ref();
    let one_of_both = || PageDifference {
        name,
        ..difference.clone()
    };
    let other = known.cloned().or_else(|| is_of_both.then(one_of_both));
    let Some(other) = other else {
        return Ok(());
    };
    let why = match &other.standing {
        Standing::OnPurpose { reason } => Some(format!("it is on purpose: {reason}")),
        _ => may(&other).err(),
    };
    match why {
        Some(why) => Err(format!("`{}` {shared} and stays: {why}", other.name)),
        None => Ok(()),
    }
}

fn has_rules<P>(claims: &SubjectClaims<P>) -> bool {
    let lengths = [Aspect::PasswordMin, Aspect::PasswordMax];
    lengths.iter().any(|it| claims.says(*it))
}
