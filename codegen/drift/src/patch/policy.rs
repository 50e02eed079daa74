//! What moves together or not at all: the rules of a password and its length, the row of an IAM action.

use super::State;
use crate::check::{PageDifference, Standing};
use crate::claim::{Aspect, FactName, SubjectClaims};

/// Why an edit does not move the rules of a password by a length alone: a definition's is that of
/// the field, within which there may be rules that only prose has.
pub(super) fn kept(difference: &PageDifference, now: &State) -> Option<&'static str> {
    let subject = &difference.name.subject;
    let is_length = difference.name.aspect.equivalent().is_some();
    let page = now.checked.page.claims.get(subject);
    let document = now.checked.operation(&now.spec);
    let document = document.and_then(|it| it.claims.get(subject));
    let is_alone =
        is_length && page.is_some_and(|it| !has_rules(it)) && document.is_some_and(has_rules);
    is_alone.then_some(
        "it is a length without the other rules of a password, and the document has rules; decide \
         which is right",
    )
}

/// Why an edit does not move one of several places, of which another has to stay: the length of a field and
/// the rule of its password that has the same number, the two ends of what a sentence bounds, which
/// action IAM has and what else it has of that.
pub(super) fn together(
    difference: &PageDifference,
    now: &State,
    stays: impl Fn(&PageDifference) -> Option<String>,
) -> Option<String> {
    let FactName { subject, aspect } = &difference.name;
    let named = |aspect| FactName::new(subject.clone(), aspect);
    let differences = &now.checked.comparison.differences;
    let known = |aspect| differences.iter().find(|it| it.name == named(aspect));
    let mut others: Vec<(PageDifference, &str)> = Vec::new();
    if aspect.is_of_iam_row() && known(Aspect::Action).is_some() {
        let row = Aspect::ALL
            .iter()
            .filter(|it| it.is_of_iam_row() && *it != aspect);
        let row = row.filter_map(|it| known(*it));
        others.extend(row.map(|it| (it.clone(), "is of the same row")));
    }
    // Of an end that somebody decided about, or that is gone, the other says nothing.
    let end = aspect.other_end().and_then(known);
    let end = end.filter(|it| it.page.is_some() && !it.is_on_purpose());
    others.extend(end.map(|it| (it.clone(), "is the other end")));
    others.extend(same_number(difference, now).map(|it| (it, "has the same number")));
    others.iter().find_map(|(other, how)| {
        let why = match &other.standing {
            Standing::OnPurpose { reason } => format!("it is on purpose: {reason}"),
            _ => stays(other)?,
        };
        Some(format!("`{}` {how} and stays: {why}", other.name))
    })
}

/// The difference of what says the same number of a password in another place.
fn same_number(difference: &PageDifference, now: &State) -> Option<PageDifference> {
    let FactName { subject, aspect } = &difference.name;
    let document = now.checked.operation(&now.spec)?.claims.get(subject)?;
    let other = aspect.equivalent()?;
    document
        .value(other)
        .filter(|it| document.value(*aspect) == Some(it))?;
    let name = FactName::new(subject.clone(), other);
    let mut known = now.checked.comparison.differences.iter();
    let known = known.find(|it| it.name == name).cloned();
    // One difference of both is told as that of the rule.
    let says = now.checked.page.claims.get(subject);
    let says = says.and_then(|it| it.value(other).or(it.value(*aspect)));
    let of_both = says == difference.page.as_ref();
    let one_of_both = || PageDifference {
        name,
        ..difference.clone()
    };
    known.or_else(|| of_both.then(one_of_both))
}

fn has_rules<P>(claims: &SubjectClaims<P>) -> bool {
    let lengths = [Aspect::PasswordMin, Aspect::PasswordMax];
    lengths.iter().any(|it| claims.says(*it))
}
