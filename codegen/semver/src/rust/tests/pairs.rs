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

/// The plainest of those that are spelled alike has the name.
#[test]
fn a_word_or_a_field_may_take_the_name_of_another() {
    for (from, before, after, expected) in [
        (
            "state: {type: string, enum: [open, shut]}",
            "state: {type: string, enum: [OPEN, shut]}",
            "state: {type: string, enum: [OPEN, open, shut]}",
            [
                "variant-means-another demo::types::VaultState::Open silent",
                "variant-added demo::types::VaultState::OpenUpper",
            ],
        ),
        (
            "        colour: {type: string}\n",
            "        Colour: {type: string}\n",
            "        Colour: {type: string}\n        colour: {type: string}\n",
            [
                "field-means-another demo::types::Door::colour silent",
                "field-added demo::types::Door::colour_mixed",
            ],
        ),
    ] {
        let of = |to| surface_of(&edited(&[(from, to)]));
        assert_eq!(lines(&compare(&of(before), &of(after))), expected);
    }
}
