//! What flips, until it was seen twice.

use super::*;

#[test]
fn a_flip_counts_when_it_was_seen_twice() {
    let mut lock = Lock::default();
    let before = facts(Required::No, "9");
    seen(&mut lock, &before);
    let flipped = facts(Required::Yes, "9");
    let see = |lock: &mut Lock, facts: &PageFacts, when: &str| {
        let checked = look(lock, facts);
        confirm(lock, &spec(), &checked, &sighting(when)).unwrap()
    };
    assert_eq!(open(&lock, &flipped), ["pending body name/required"]);
    assert_eq!(see(&mut lock, &flipped, "2026-11-22"), 1);
    assert_eq!(open(&lock, &flipped), ["pending body name/required"]);
    // The same file again is no second look.
    assert_eq!(see(&mut lock, &flipped, "2026-11-22"), 0);
    assert_eq!(open(&lock, &flipped), ["pending body name/required"]);
    // Another page of the same day is one, and so is the same page on another day.
    let mut other = lock.clone();
    let checked = look(&other, &flipped);
    let page = Sighting::of(&["b"], day("2026-11-22"));
    assert_eq!(confirm(&mut other, &spec(), &checked, &page).unwrap(), 1);
    assert_eq!(open(&other, &flipped), ["page-changed body name/required"]);
    assert_eq!(see(&mut lock, &flipped, "2026-11-23"), 1);
    assert_eq!(open(&lock, &flipped), ["page-changed body name/required"]);
    // Back again: the sighting is forgotten.
    assert_eq!(see(&mut lock, &before, "2026-11-22"), 1);
    assert_eq!(open(&lock, &flipped), ["pending body name/required"]);
    assert_eq!(see(&mut lock, &flipped, "2026-11-23"), 1);
    assert_eq!(see(&mut lock, &flipped, "2026-11-24"), 1);
    assert_eq!(see(&mut lock, &flipped, "2026-11-25"), 0);
    let pending = &lock.review("tide/SetTide").unwrap().pending[0];
    assert_eq!((pending.seen, pending.since), (2, day("2026-11-23")));
}

#[test]
fn a_bound_that_goes_back_is_held() {
    let mut lock = Lock::default();
    seen(&mut lock, &facts(Required::No, "9"));
    // A first change counts at once.
    let moved = facts(Required::No, "7");
    assert_eq!(open(&lock, &moved), ["page-changed body name/length.max"]);
    take(&mut lock, &moved, &decided(Some("Not yet."), &[])).unwrap();
    seen(&mut lock, &facts(Required::No, "9"));
    assert_eq!(open(&lock, &moved), ["pending body name/length.max"]);
}

#[test]
fn a_review_takes_a_flip_over_only_the_second_time() {
    let mut lock = Lock::default();
    let before = facts(Required::No, "9");
    seen(&mut lock, &before);
    let flipped = facts(Required::Yes, "9");
    let accepted = seen(&mut lock, &flipped);
    let required = name("body name/required");
    assert_eq!(
        (accepted.changed.len(), accepted.pending),
        (0, vec![required.clone()])
    );
    assert_eq!(open(&lock, &flipped), ["pending body name/required"]);
    assert_eq!(open(&lock, &before), [""; 0]);
    let review = lock.review("tide/SetTide").unwrap();
    assert_eq!(review.value(&required), Some(ClaimValue::flag(false)));
    assert_eq!(review.pending[0].seen, 1);

    // The same file on the same day is the same look.
    let accepted = seen(&mut lock, &flipped);
    assert_eq!(
        (accepted.changed.len(), accepted.pending),
        (0, vec![required.clone()])
    );
    let accepted = take_on(&mut lock, &flipped, &decided(None, &[]), "2026-11-22").unwrap();
    assert_eq!((accepted.changed.len(), accepted.pending), (1, vec![]));
    let review = lock.review("tide/SetTide").unwrap();
    assert_eq!(review.value(&required), Some(ClaimValue::flag(true)));
    assert_eq!(open(&lock, &flipped), ["unexplained body name/required"]);
}

#[test]
fn a_reason_for_a_flip_is_enough() {
    let mut lock = Lock::default();
    seen(&mut lock, &facts(Required::No, "9"));
    let flipped = facts(Required::Yes, "9");
    take(&mut lock, &flipped, &decided(Some("Only the page."), &[])).unwrap();
    assert_eq!(open(&lock, &flipped), [""; 0]);
}

#[test]
fn a_file_that_is_read_beside_another_is_no_second_page() {
    let first = |texts: &[&str]| PendingChange {
        fact: name("body name/required"),
        page: ClaimValue::flag(true),
        since: day("2026-11-21"),
        seen: 1,
        on: Some(Sighting::of(texts, day("2026-11-21")).page),
    };
    let look = Sighting::of(&["page", "definition"], day("2026-11-21"));
    assert!(!look.is_another(&first(&["page"])));
    assert!(!look.is_another(&first(&["definition", "another"])));
    assert!(look.is_another(&first(&["another"])));
}
