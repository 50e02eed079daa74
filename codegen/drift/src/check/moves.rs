//! What is gone in one place and new in another: a field that moved into an object, a parameter that
//! moved from the path to the query, another status for a success.
//!
//! That is never certain, so it is a question; nothing is written twice, here and there.

use std::collections::BTreeMap;

use crate::claim::{Aspect, FactName, ParameterLocation, Rename, Subject, words_of_name};
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
    // What is gone of a path is taken out by hand, with the route, so it stays a question.
    let is_gone_on_record = |it: &Subject| {
        !it.is_of_path() && review.is_some_and(|review| review.is_gone(&FactName::presence(it)))
    };
    let found = unmatched(
        operation,
        page,
        |it| is_gone(operation, page, it) || page.is_absent_from_definition(it, review),
        |it| {
            let is_open = !is_decided(page, review, it) && !is_gone_on_record(it);
            key(it).filter(|_| is_open)
        },
    );
    let pairs = found.into_values();
    let pairs = pairs.filter_map(|[gone, new]| match (gone.as_slice(), new.as_slice()) {
        ([document], [page]) => Some((*document, *page)),
        _ => None,
    });
    let is_of_one_kind = |(old, new): &(&Subject, &Subject)| {
        let old = operation.claims.said(old, Aspect::Type);
        let new = page.claims.said(new, Aspect::Type);
        old.zip(new)
            .is_none_or(|(old, new)| old.agrees(new, Aspect::Type))
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

/// What of the document is gone and what of the page the document does not have, in groups of what may
/// be one.
pub(super) fn unmatched<'a, K: Ord>(
    operation: &'a DocumentOperation,
    page: &'a PageClaims,
    is_gone: impl Fn(&Subject) -> bool,
    group: impl Fn(&'a Subject) -> Option<K>,
) -> BTreeMap<K, [Vec<&'a Subject>; 2]> {
    let is_new = |it: &Subject| !operation.claims.has(it) && !operation.implies(it);
    let mut found: BTreeMap<K, [Vec<&Subject>; 2]> = BTreeMap::new();
    for (subject, _) in operation.claims.iter().filter(|it| is_gone(it.0)) {
        if let Some(group) = group(subject) {
            found.entry(group).or_default()[0].push(subject);
        }
    }
    for (subject, _) in page.claims.iter().filter(|it| is_new(it.0)) {
        if let Some(group) = group(subject) {
            found.entry(group).or_default()[1].push(subject);
        }
    }
    found
}

/// Whether somebody gave a reason for a thing, and so decided that it is no other, or whether the page is
/// not of one mind about it for another reason than that its definition does not have it.
pub(super) fn is_decided(page: &PageClaims, review: Option<&Review>, subject: &Subject) -> bool {
    let name = FactName::presence(subject);
    review.is_some_and(|it| it.explains(subject))
        || page.disputes.iter().any(|it| it.is_about(&name))
            && !page.is_absent_from_definition(subject, review)
}

/// Whether a thing of the document is surely no longer where it was.
pub(super) fn is_gone(operation: &DocumentOperation, page: &PageClaims, subject: &Subject) -> bool {
    if subject.is_of_path() {
        // The route names them, by their places.
        let route = page.claims.one(&Subject::Operation, Aspect::Route);
        let now = route.map(parameters);
        return !page.claims.has(subject)
            && now.is_some_and(|it| it.len() != parameters(&operation.path).len());
    }
    !page.claims.has_any_of(subject)
        && !page.takes_no_status_away(subject)
        && !page.is_silent_about(subject, Aspect::Present)
}

/// The message that a thing is in, and what it is called there, in whatever style of its place; all that a
/// success has is its status.
fn key(subject: &Subject) -> Option<(String, String)> {
    let (message, name) = match subject {
        Subject::Status(status) if status.starts_with('2') => ("success".to_owned(), ""),
        Subject::Parameter(..) | Subject::Field(_) => ("request".to_owned(), subject.leaf()),
        Subject::Response(status, _) => (format!("response {status}"), subject.leaf()),
        _ => return None,
    };
    // `X-Gauge-Id` is `gauge_id` in a header.
    let words = words_of_name(name);
    let is_header = matches!(subject, Subject::Parameter(ParameterLocation::Header, _));
    let name = match words.as_slice() {
        [prefix, rest @ ..] if is_header && prefix == "x" && !rest.is_empty() => rest.concat(),
        all => all.concat(),
    };
    let is_name = name.is_empty() == matches!(subject, Subject::Status(_));
    is_name.then_some((message, name))
}
