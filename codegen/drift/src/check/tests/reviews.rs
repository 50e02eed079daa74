//! What the last review tells.

use super::*;

#[test]
fn the_last_review_tells_who_moved() {
    let mut narrower = same();
    body(&mut narrower, "name").lengths = vec![fact(bounds(Some("2"), Some("5")), 20)];
    let deviation = |page: u32, spec: u32| {
        format!(
            "    deviations:\n      - fact: body name/length.max\n        code: D0207\n        page: {page}\n        spec: {spec}\n        reason: Longer names work.\n"
        )
    };
    let standing = |facts: &Facts, lock: &Lock| {
        let found = checked(facts, lock);
        let words = found.differences.iter().map(|it| it.standing.word());
        words.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(standing(&narrower, &lock(&same(), "")), "page-changed");
    assert_eq!(standing(&narrower, &lock(&narrower, "")), "unexplained");
    assert_eq!(
        standing(&narrower, &lock(&narrower, &deviation(5, 9))),
        "on-purpose"
    );
    assert_eq!(
        standing(&narrower, &lock(&narrower, &deviation(4, 9))),
        "deviation-page-changed"
    );
    assert_eq!(
        standing(&narrower, &lock(&narrower, &deviation(5, 8))),
        "deviation-spec-changed"
    );
    let mut third = same();
    body(&mut third, "name").lengths = vec![fact(bounds(Some("2"), Some("7")), 20)];
    assert_eq!(standing(&narrower, &lock(&third, "")), "both-changed");

    // The page went back to what the document says.
    let found = checked(&same(), &lock(&narrower, &deviation(5, 9)));
    assert!(found.differences.is_empty());
    assert!(
        found.notes[0].contains("`body name/length.max` is not one any more"),
        "{:?}",
        found.notes
    );
    assert!(
        found.notes[1]
            .contains("changed without differing from the document: `body name/length.max`"),
        "{:?}",
        found.notes
    );
}

#[test]
fn asynchronous_work_is_compared_with_the_last_review() {
    let mut facts = same();
    facts.asynchronous = Some(fact(true, 60));
    assert_eq!(lines(&checked(&facts, &Lock::default())), [""; 0]);
    assert_eq!(
        lines(&checked(&facts, &lock(&same(), ""))),
        ["D0103 added page-changed harmless operation/asynchronous"]
    );
    assert_eq!(lines(&checked(&facts, &lock(&facts, ""))), [""; 0]);
    assert_eq!(
        lines(&checked(&same(), &lock(&facts, ""))),
        ["D0103 vanished page-changed harmless operation/asynchronous"]
    );
}

/// Of what the page never says only the document tells whether it is a deviation still.
#[test]
fn a_deviation_that_the_document_gave_up_is_noted() {
    let deviation = |fact: &str, spec: &str| {
        format!(
            "    deviations:\n      - fact: {fact}\n        code: D0207\n        spec: {spec}\n        reason: Ours.\n"
        )
    };
    for (fact, spec, is_noted) in [
        ("body mode/length.max", "64", true),
        ("path gauge_id/length.min", "1", false),
    ] {
        let found = checked(&same(), &lock(&same(), &deviation(fact, spec)));
        let noted = found
            .notes
            .iter()
            .any(|it| it.contains("is not one any more"));
        assert_eq!(noted, is_noted, "{fact}: {:?}", found.notes);
    }
}
