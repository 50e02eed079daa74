//! What is gone in one place and new in another: a field that moved into an object, a parameter that
//! moved from the path to the query, another status for a success.
//!
//! That is never certain, so it is a question; nothing is written twice, here and there.

use std::collections::BTreeMap;

use crate::claim::{Aspect, FactName, ParameterLocation, Rename, Subject};
use crate::document::DocumentOperation;
use crate::lock::Review;
use crate::page::PageClaims;
use crate::pair::parameters;

/// Pairs of which the one is the only thing gone, the other the only one new, that is called so and sent
/// or received in the same message.
pub(super) fn moves(
    operation: &DocumentOperation,
    page: &PageClaims,
    review: Option<&Review>,
) -> Vec<Rename> {
    let is_explained = |subject: &Subject| {
        let name = FactName::new(subject.clone(), Aspect::Present);
        // What is gone of a path is taken out by hand, with the route, so it stays a question.
        let is_of_path = matches!(subject, Subject::Parameter(ParameterLocation::Path, _));
        let is_on_purpose =
            |it: &Review| it.deviation(&name).is_some() || (it.is_gone(&name) && !is_of_path);
        let is_disputed = page.disputes.iter().any(|it| it.is_about(&name));
        review.is_some_and(is_on_purpose)
            || is_disputed && !page.is_absent_from_definition(subject, review)
    };
    let mut found: BTreeMap<(String, &str), [Vec<&Subject>; 2]> = BTreeMap::new();
    for (subject, _) in operation.claims.iter() {
        if (is_gone(operation, page, subject) || page.is_absent_from_definition(subject, review))
            && !is_explained(subject)
            && let Some(key) = key(subject)
        {
            found.entry(key).or_default()[0].push(subject);
        }
    }
    for (subject, _) in page.claims.iter() {
        if operation.claims.get(subject).is_none()
            && !operation.implies(subject)
            && !is_explained(subject)
            && let Some(key) = key(subject)
        {
            found.entry(key).or_default()[1].push(subject);
        }
    }
    let pairs = found.into_values();
    let pairs = pairs.filter_map(|[gone, new]| match (gone.as_slice(), new.as_slice()) {
        ([document], [page]) => Some((*document, *page)),
        _ => None,
    });
    let is_of_one_kind = |(old, new): &(&Subject, &Subject)| {
        let (old, new) = (operation.claims.get(old), page.claims.get(new));
        let kinds = (
            old.and_then(|it| it.facts.get(&Aspect::Type)),
            new.and_then(|it| it.facts.get(&Aspect::Type)),
        );
        !matches!(kinds, (Some(old), Some(new)) if !old.value.agrees(&new.value, Aspect::Type))
    };
    let pairs = pairs.filter(is_of_one_kind);
    pairs
        .map(|(document, page)| Rename {
            page: page.clone(),
            document: document.clone(),
            is_sure: false,
        })
        .collect()
}

/// Whether a thing of the document is surely no longer where it was.
pub(super) fn is_gone(operation: &DocumentOperation, page: &PageClaims, subject: &Subject) -> bool {
    if let Subject::Parameter(ParameterLocation::Path, _) = subject {
        // The route names them, by their places.
        let route = FactName::new(Subject::Operation, Aspect::Route);
        let route = page.claims.value(&route);
        let now = route.as_ref().and_then(|it| it.as_one()).map(parameters);
        return page.claims.get(subject).is_none()
            && now.is_some_and(|it| it.len() != parameters(&operation.path).len());
    }
    page.claims.get(subject).is_none()
        && !page.claims.any(|it| it.is_inside(subject))
        && !page.takes_no_status_away(subject)
        && !page.is_silent_about(subject, Aspect::Present)
}

fn is_success(subject: &Subject) -> bool {
    matches!(subject, Subject::Status(status) if status.starts_with('2'))
}

/// The message that a thing is in, and what it is called there; all that a success has is its status.
fn key(subject: &Subject) -> Option<(String, &str)> {
    let (message, name) = match subject {
        Subject::Status(_) if is_success(subject) => ("success".to_owned(), ""),
        Subject::Parameter(..) | Subject::Field(_) => ("request".to_owned(), subject.leaf()),
        Subject::Response(status, _) => (format!("response {status}"), subject.leaf()),
        _ => return None,
    };
    let is_name = name.is_empty() == matches!(subject, Subject::Status(_)) && name != "*";
    is_name.then_some((message, name))
}
