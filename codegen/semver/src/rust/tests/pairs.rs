//! Small edits of a document, and all that is told of each.

mod answers;
mod made;
mod requests;
mod schemas;
mod words;

use super::{VAULTS, edited, lines, surface_of};
use crate::rust::compare;

/// What is edited, from and to, and what is told.
type Pair = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

fn check(pairs: &[Pair]) {
    let old = surface_of(VAULTS);
    let mut wrong = String::new();
    for (what, edits, expected) in pairs {
        let new = surface_of(&edited(edits));
        let changes = compare(&old, &new);
        let found = lines(&changes);
        if found != *expected {
            wrong.push_str(&format!("{what}\n"));
            for (line, it) in found.iter().zip(&changes) {
                wrong.push_str(&format!("    {line}\n        {}\n", it.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn of_words_the_documentation_is_told() {
    check(words::PAIRS);
}

#[test]
fn of_requests_each_is_told_and_none_twice() {
    check(requests::PAIRS);
}

#[test]
fn of_types_that_callers_make_each_is_told_and_none_twice() {
    check(made::PAIRS);
}

#[test]
fn of_answers_each_is_told_and_none_twice() {
    check(answers::PAIRS);
}

#[test]
fn of_schemas_each_is_told_and_none_twice() {
    check(schemas::PAIRS);
}
