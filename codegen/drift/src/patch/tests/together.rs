//! What moves together or not at all.

use super::fixture::{LABEL, TEXT, page_of, patched, review_of, sources};
use super::*;
use crate::claim::{Aspect, ClaimValue};
use crate::lock::{Deviation, Review};

/// The document of the other tests, with all that IAM has of an action.
fn with_lists() -> String {
    let lists = "          access: write
          conditions: [tide:zone]
          # Who may do that may do this. C13
          alias:
            - tide:gauge:move
            - tide:gauge:put   # C14
";
    TEXT.replace("          access: write\n", lists)
}

/// A page that says what the document says, and the review of it.
fn reviewed(text: &str, edit: impl FnOnce(&mut Facts)) -> (Facts, Review) {
    let mut facts = page_of(text);
    let lists = Spec::read(&sources(text)).unwrap();
    let claims = &lists.operation(LABEL).unwrap().claims;
    let items = |aspect| ClaimValue::items_of(claims.said(&Subject::Operation, aspect)).to_vec();
    let row = &mut facts.iam[0].value;
    row.conditions = items(Aspect::Conditions);
    row.alias = items(Aspect::Alias);
    row.dependencies = items(Aspect::Dependencies);
    edit(&mut facts);
    let review = review_of(text, &facts);
    (facts, review)
}

fn lock(review: &Review) -> Lock {
    let mut lock = Lock::default();
    lock.record(LABEL, review).unwrap();
    lock
}

fn changes(text: &str, patched: &Patched) -> Vec<String> {
    let diff = patched.diff(&sources(text));
    let changed = diff.lines().skip(2);
    let changed = changed.filter(|line| line.starts_with(['+', '-']));
    changed.map(str::to_owned).collect()
}

fn left(patched: &Patched) -> Vec<String> {
    let left = patched.left.iter();
    left.map(|it| format!("{}: {}", it.difference.name, it.why))
        .collect()
}

/// All that IAM has of an action is followed, its lists included, whose other items keep their lines.
#[test]
fn the_row_of_an_action_is_followed_whole() {
    let text = with_lists();
    let (mut facts, review) = reviewed(&text, |_| ());
    let row = &mut facts.iam[0].value;
    row.action = "tide:gauge:place".into();
    row.alias = vec!["tide:gauge:set".into(), "tide:gauge:put".into()];
    row.dependencies = vec!["tide:zone:list".into()];
    let patched = patched(&text, &facts, &lock(&review));
    assert_eq!(left(&patched), [""; 0]);
    assert_eq!(
        changes(&text, &patched),
        [
            "-        - action: tide:gauge:set",
            "+        - action: tide:gauge:place",
            "-            - tide:gauge:move",
            "+            - tide:gauge:set",
            "+          dependencies:",
            "+            - tide:zone:list",
        ]
    );
}

/// Where one of them has to stay, so does the action, and with it all others.
#[test]
fn an_action_stays_while_anything_of_its_row_has_to() {
    let text = with_lists();
    let (mut facts, review) = reviewed(&text, |_| ());
    facts.iam[0].value.action = "tide:gauge:place".into();
    facts.iam[0].value.access = Some("read".into());
    facts.iam[0].value.alias.clear();
    let held = patched(&text, &facts, &lock(&review));
    assert_eq!(changes(&text, &held), [""; 0]);
    let why = left(&held);
    assert_eq!(why.len(), 3, "{why:?}");
    assert!(
        why[0].starts_with(
            "operation/iam.action: `operation/iam.alias` is of the same row and stays: "
        ),
        "{why:?}"
    );
    // What is accepted as gone goes, and with it the rest.
    let mut gone = review.clone();
    let alias = FactName::new(Subject::Operation, Aspect::Alias);
    let known = gone
        .facts
        .get_mut(&Subject::Operation)
        .unwrap()
        .remove(&Aspect::Alias);
    gone.earlier.insert(alias, known);
    let followed = patched(&text, &facts, &lock(&gone));
    assert_eq!(left(&followed), [""; 0]);
    assert!(!followed.sources[0].text.contains("alias:"));
}

/// Both ends of one length are followed, or none.
#[test]
fn the_ends_of_a_length_move_together() {
    let (mut facts, mut review) = reviewed(TEXT, |_| ());
    let name = FactName::parse("body name/length.max").unwrap();
    review.deviations = vec![Deviation {
        fact: name,
        code: "D0207".into(),
        page: None,
        spec: Some(ClaimValue::one("9")),
        reason: "As it was measured.".into(),
    }];
    edit(&mut facts, "name", |it| {
        it.lengths = vec![fact(bounds(Some("6"), Some("6")), 9)];
    });
    let held = patched(TEXT, &facts, &lock(&review));
    assert_eq!(changes(TEXT, &held), [""; 0]);
    let why = left(&held);
    assert_eq!(why.len(), 2, "{why:?}");
    assert!(
        why[0].contains("`body name/length.max` is the other end and stays: "),
        "{why:?}"
    );
    // With that, both are followed.
    review.deviations.clear();
    let followed = patched(TEXT, &facts, &lock(&review));
    assert_eq!(left(&followed), [""; 0]);
    assert_eq!(changes(TEXT, &followed).len(), 4);
}

/// A comment beside what changes may be true no longer.
#[test]
fn a_comment_beside_what_changes_is_asked_about() {
    let text = TEXT.replace(
        "          minLength: 2\n",
        "          # As measured; no page tells.\n          minLength: 2\n",
    );
    let mut facts = page_of(&text);
    edit(&mut facts, "name", |it| {
        it.lengths = vec![fact(bounds(Some("2"), Some("12")), 9)];
    });
    let asks = patched(&text, &facts, &Lock::default()).asks;
    let asks = asks
        .iter()
        .map(|it| format!("{}:{}: {}", it.file, it.line, it.text));
    assert_eq!(
        asks.collect::<Vec<_>>(),
        [
            // The one above it, of both ends, and the one behind it.
            "spec/tide.yaml:79: this comment stands beside the greatest length, which is 12 now: is it still true?",
            "spec/tide.yaml:77: this comment stands beside the greatest length, which is 12 now: is it still true?",
        ]
    );
}

/// Where all kinds of characters had to be there, so do all of the new ones; where some, the page has to count.
#[test]
fn other_kinds_of_characters_are_counted_anew() {
    let kinds = |least: u32| {
        let classes =
            format!("classes: [letter, digit, special]\n            minClasses: {least}\n");
        TEXT.replace("minClasses: 3\n", &classes)
    };
    let edit = |text: &str, counted: Option<u32>| {
        let (mut facts, review) = reviewed(text, |_| ());
        let password = facts
            .parameters
            .iter_mut()
            .find(|it| it.1.path == "password");
        let rules = &mut password.unwrap().1.password.as_mut().unwrap().value;
        rules.classes = ["lower", "upper", "digit", "special"]
            .map(str::to_owned)
            .into();
        rules.min_classes = counted;
        patched(text, &facts, &lock(&review))
    };
    let list = [
        "-            classes: [letter, digit, special]",
        "+            classes: [lower, digit, special, upper]",
    ];
    let least = ["-            minClasses: 3", "+            minClasses: 4"];
    let all = kinds(3);
    for counted in [None, Some(4)] {
        assert_eq!(
            changes(&all, &edit(&all, counted)),
            [list[0], least[0], list[1], least[1]]
        );
    }
    let some = kinds(2);
    let found = edit(&some, None);
    assert_eq!(changes(&some, &found), [""; 0]);
    let why = left(&found);
    assert!(
        why.iter().any(|it| it.contains("how many of these kinds")),
        "{why:?}"
    );
}
