//! What is on record of a description and is not understood in its new words.

use huaweicloud_pages::facts::{PasswordRules, SourceFile};
use huaweicloud_pages::form::Form;

use super::*;

/// A gate whose key has rules, in some words.
fn gate(words: &str, kinds: Option<u32>) -> PageFacts {
    let mut key = field("note", "String", Required::No, 6);
    key.description = Some(fact(words.to_owned(), 6));
    key.password = kinds.map(|kinds| {
        let rules = PasswordRules {
            min_classes: Some(kinds),
            ..Default::default()
        };
        fact(rules, 6)
    });
    let mut facts = with(
        page("POST", "/v1/tides"),
        FieldLocation::Body,
        field("name", "String", Required::No, 5),
    );
    facts.files = vec![SourceFile {
        name: "a.txt".into(),
        form: Form::Markdown,
    }];
    with(facts, FieldLocation::Body, key)
}

/// The document of the other tests, with a rule.
fn spec() -> Spec {
    let text = TEXT.replace(", maxLength: 9", "");
    let text = text.replace(
        "note: {type: string",
        "note: {type: string, x-password-policy: {minClasses: 3}",
    );
    Spec::read(&[Source::new("spec/tide.yaml", text.as_str())]).unwrap()
}

fn told(lock: &Lock, facts: &PageFacts) -> Vec<String> {
    let checked = check(&spec(), lock, "a.txt", facts, None).unwrap();
    let open = checked.comparison.open().map(ToString::to_string);
    open.chain(checked.comparison.notes.clone()).collect()
}

fn take(lock: &mut Lock, facts: &PageFacts, decision: &Decision) {
    let checked = check(&spec(), lock, "a.txt", facts, None).unwrap();
    accept(lock, &spec(), &checked, decision, &sighting("2026-11-21")).unwrap();
}

#[test]
fn what_is_not_understood_stays_a_question_until_somebody_decides() {
    let mut lock = Lock::default();
    take(
        &mut lock,
        &gate("At least 3 kinds.", Some(3)),
        &decided(None, &[]),
    );
    let moved = gate("Three of the kinds have to be in it.", None);
    let question = "the request field `note` is described on the page in other words than at the review, in which \
                    this is not understood any more: kinds of characters in the password 3; is it \
                    still so?";
    assert_eq!(told(&lock, &moved), [question]);
    take(&mut lock, &moved, &decided(None, &[]));
    assert_eq!(
        told(&lock, &moved),
        [question],
        "a look alone settles nothing"
    );

    // It is still so.
    let mut kept = lock.clone();
    let reason = decided(Some("Said otherwise."), &["body note/words"]);
    take(&mut kept, &moved, &reason);
    assert_eq!(told(&kept, &moved), [""; 0]);
    assert_eq!(told(&kept, &gate("Any kind.", None)), [question]);

    // It is gone.
    let gone = Decision {
        removals: vec![name("body note/password.kinds")],
        ..decided(None, &[])
    };
    take(&mut lock, &moved, &gone);
    assert_eq!(
        told(&lock, &moved),
        [
            "kinds of characters in the password of the request field `note`: not said on the page, 3 in \
          the document"
        ]
    );
}

/// A record that is older than marks does not tell whether words changed.
#[test]
fn a_rule_that_is_not_found_is_asked_about_without_marks_too() {
    let mut lock = Lock::default();
    let known = gate("At least 3 kinds.", Some(3));
    take(&mut lock, &known, &decided(None, &[]));
    let review = lock.review("tide/SetTide").unwrap().clone();
    let mark = review.value(&name("body note/words")).unwrap();
    let text = lock.text().replace(&format!(", words: {mark}"), "");
    let mut lock = Lock::parse(&text).unwrap();
    let moved = gate("Three of the kinds have to be in it.", None);
    for _ in 0..2 {
        let told = told(&lock, &moved);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("is not understood"), "{told:?}");
        take(&mut lock, &moved, &decided(None, &[]));
    }
}
