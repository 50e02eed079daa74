//! What is left to people.

use huaweicloud_codegen::load::follow;
use huaweicloud_codegen::{Referred, Source};

use super::fixture::review_of;
use super::*;
use crate::claim::ClaimValue;
use crate::lock::Deviation;

#[test]
fn what_cannot_be_mended_is_said() {
    type Edit = fn(&mut Facts);
    let cases: &[(Edit, &str, &str)] = &[
        (
            |it| it.responses[1].fields[0].type_ = Some(fact("Integer".into(), 9)),
            "response 400 code/type",
            "its schema is shared, and the edit would make `response 500 code/type` differ",
        ),
        (
            |it| {
                it.parameters
                    .push((FieldLocation::Body, field("more", "?", Required::No, 9)))
            },
            "body more/present",
            "the page does not give its type",
        ),
        (
            |it| edit(it, "gauge_id", |it| it.required.0 = Required::No),
            "path gauge_id/required",
            "always required",
        ),
        (
            |it| it.parameters.retain(|(_, it)| it.path != "open"),
            "body open/present",
            "accept the page with a reason",
        ),
        (
            |it| it.statuses.push(fact("4xx".into(), 60)),
            "status 4xx/present",
            "no status a document can name",
        ),
        (
            |it| edit(it, "name", |it| it.secret = Some(fact(true, 9))),
            "body name/secret",
            "by hand",
        ),
        (
            |it| edit(it, "limit", |it| it.default = Some(fact("many".into(), 9))),
            "query limit/default",
            "`many` is no integer",
        ),
        (
            |it| {
                let mut other = it.iam[0].clone();
                other.value.action = "tide:gauge:list".into();
                it.iam.push(other);
            },
            "operation/iam.actions",
            "further actions of IAM are taken over by hand",
        ),
        (
            |it| edit(it, "open", |it| it.path = "ajar".into()),
            "body ajar/present",
            "it may be the request field `open` under another name",
        ),
        (
            |it| {
                let more = field("more", "String", Required::Unknown, 9);
                it.parameters.push((FieldLocation::Body, more));
            },
            "body more/present",
            "the page does not tell whether it must be given",
        ),
    ];
    for (edit, name, why) in cases {
        let mut facts = page_of(TEXT);
        edit(&mut facts);
        let patched = patched(TEXT, &facts, &Lock::default());
        assert_eq!(patched.sources, sources(TEXT), "{name}");
        let left = &patched.left[0];
        assert_eq!(left.difference.name.to_string(), *name);
        assert!(left.why.contains(why), "{name}: {}", left.why);
    }
}

/// Nothing of what a page disagrees with itself about is written, known or new.
#[test]
fn what_a_page_disputes_is_not_written() {
    let dispute = |facts: &mut Facts, about: &str, says: [&str; 2]| {
        facts
            .contradictions
            .push(huaweicloud_pages::facts::Contradiction {
                about: about.to_owned(),
                first: (says[0].to_owned(), crate::testing::source(5)),
                second: (says[1].to_owned(), crate::testing::source(8)),
            });
    };
    let mut facts = page_of(TEXT);
    edit(&mut facts, "name", |it| {
        it.type_ = Some(fact("Integer".into(), 9));
    });
    dispute(
        &mut facts,
        "body parameter name: type",
        ["Integer", "String"],
    );
    let new = field("more", "Integer", Required::No, 9);
    facts.parameters.push((FieldLocation::Body, new));
    dispute(
        &mut facts,
        "body parameter more: type",
        ["Integer", "String"],
    );
    facts.routes[0].value.path = "/v2/{project_id}/gauges/{id}".into();
    dispute(&mut facts, "path parameter gauge_id", ["one", "other"]);
    let patched = patched(TEXT, &facts, &Lock::default());
    assert_eq!(patched.diff(&sources(TEXT)), "");
    let why: Vec<&str> = patched.left.iter().map(|it| it.why.as_str()).collect();
    assert_eq!(why.len(), 5, "{why:?}");
    let decide = "what is said of the request field `more` is disputed; decide that first";
    assert!(why.contains(&decide), "{why:?}");
}

/// What vanished from the page and was accepted as gone is taken out of the document; what the page
/// never said stays.
#[test]
fn what_was_accepted_as_gone_is_removed() {
    // With its examples.
    let shown = "              example: {flag: 'True', left: hand}\n              schema:\n                type";
    let text = TEXT.replacen("              schema:\n                type", shown, 1);
    let text = text.as_str();
    let reviewed = |pages: &[&Facts]| {
        let spec = Spec::read(&sources(text)).unwrap();
        let mut lock = Lock::default();
        let decision = crate::accept::Decision {
            reason: None,
            facts: Vec::new(),
            removals: Vec::new(),
        };
        let day = crate::day::Day::parse("2026-11-01").unwrap();
        let look = crate::accept::Sighting::of(&["a"], day);
        for page in pages {
            let checked = check(&spec, &lock, "a.txt", page, Some(LABEL)).unwrap();
            crate::accept::accept(&mut lock, &spec, &checked, &decision, &look).unwrap();
        }
        lock
    };
    type Edit = fn(&mut Facts);
    let edits: &[Edit] = &[
        |it| it.parameters.retain(|(_, it)| it.path != "open"),
        |it| it.parameters.retain(|(_, it)| !it.path.starts_with("tags")),
        |it| it.parameters.retain(|(_, it)| it.path != "limit"),
        |it| {
            it.statuses.pop();
            it.responses.pop();
        },
        |it| {
            it.responses[0].fields.pop();
        },
        |it| edit(it, "X-Mode", |it| it.enum_values = None),
        |it| edit(it, "name", |it| it.lengths.clear()),
        |it| edit(it, "left", |it| it.deprecated = None),
    ];
    for (index, edit) in edits.iter().enumerate() {
        let mut facts = page_of(text);
        edit(&mut facts);
        let whole = page_of(text);
        let asked = patched(text, &facts, &reviewed(&[&whole]));
        assert_eq!(asked.sources, sources(text), "edit {index} is a question");
        assert!(
            asked.left.iter().all(|it| it.why.contains("question")),
            "edit {index}"
        );
        let never = patched(text, &facts, &reviewed(&[&facts]));
        assert_eq!(never.sources, sources(text), "edit {index} was never said");
        assert!(
            never.left.iter().all(|it| it.why.contains("never did")),
            "edit {index}"
        );
        let removed = patched(text, &facts, &reviewed(&[&whole, &facts]));
        assert_eq!(
            differences(&removed.sources, &facts),
            [""; 0],
            "edit {index}: {:?}",
            removed.left
        );
        assert_ne!(removed.sources, sources(text), "edit {index}");
        let left = removed.sources[0].text.matches("left: ").count();
        let is_gone = !facts.responses[0].fields.iter().any(|it| it.path == "left");
        assert_eq!(left, if is_gone { 0 } else { 2 }, "edit {index}");
    }
}

#[test]
fn the_type_of_a_password_is_left_to_people() {
    let mut facts = page_of(TEXT);
    edit(&mut facts, "password", |it| {
        it.type_ = Some(fact("Integer".into(), 9));
    });
    let patched = patched(TEXT, &facts, &Lock::default());
    assert_eq!(patched.sources, sources(TEXT));
    assert!(patched.left[0].why.contains("a password with rules"));
}

/// What a document refers to in another file is compared as what stands in it, and edited by hand.
#[test]
fn what_is_written_in_another_file_is_left() {
    let (before, rest) = TEXT.split_once("    Gauge:\n").unwrap();
    let (gauge, after) = rest.split_once("    Problem:\n").unwrap();
    let text = format!("{before}    Problem:\n{after}");
    let text = text.replace("#/components/schemas/Gauge", "parts/gauge.yaml");
    let sources = [follow(Source::new("spec/tide.yaml", text), &mut |_| {
        Referred::Text(gauge.into())
    })];
    let mut facts = page_of(TEXT);
    assert_eq!(differences(&sources, &facts), [""; 0]);
    edit(&mut facts, "name", |it| {
        it.lengths = vec![fact(bounds(Some("2"), Some("12")), 9)]
    });
    let lock = Lock::default();
    let page = PageToFollow {
        file: "page.md",
        facts: &facts,
        operation: LABEL,
    };
    let patched = patch(&sources, &lock, &[page]);
    assert_eq!(patched.sources, sources);
    let left = &patched.left[0];
    assert!(left.why.contains("in another file"), "{}", left.why);
    let place = sources[0].place(&left.difference.spec_at);
    assert_eq!(place.path, "spec/parts/gauge.yaml");
    assert_eq!(&place.text[place.span], "9");
}

/// What IAM has of an action is of that action, so none of it is followed where the action stays.
#[test]
fn half_of_an_iam_row_is_not_followed() {
    let mut facts = page_of(TEXT);
    let row = &mut facts.iam[0].value;
    (row.action, row.access) = ("wave:gauge:set".into(), Some("list".into()));
    let both = patched(TEXT, &facts, &Lock::default());
    assert!(
        both.sources[0]
            .text
            .contains("wave:gauge:set\n          access: list")
    );
    let lock = "\
version: 1
operations:
  tide/SetGauge:
    page: https://example.com
    reviewed: '2026-11-01'
    facts:
      operation: {iam.action: wave:gauge:set}
    deviations:
    - {fact: operation/iam.action, code: D0111, page: wave:gauge:set, spec: tide:gauge:set, reason: Not ours.}
...
";
    let held = patched(TEXT, &facts, &Lock::parse(lock).unwrap());
    assert_eq!(held.sources, sources(TEXT));
    let why = &held.left[0].why;
    assert_eq!(
        why,
        "`operation/iam.action` is of the same row and stays: it is on purpose: Not ours."
    );
}

/// The length of a field and the rule of its password that has the same number move together or not at
/// all.
#[test]
fn half_of_a_rule_is_not_followed() {
    let mut facts = page_of(TEXT);
    edit(&mut facts, "password", |it| {
        it.lengths = vec![fact(bounds(Some("4"), Some("20")), 9)];
        it.password.as_mut().unwrap().value.length = Some((4, 20));
    });
    let both = patched(TEXT, &facts, &Lock::default());
    let expected = TEXT.replace("minLength: 8", "minLength: 4");
    let expected = expected.replace(" min: 8", " min: 4");
    assert_eq!(both.sources[0].text, expected);
    let lock = "\
version: 1
operations:
  tide/SetGauge:
    page: https://example.com
    reviewed: '2026-11-01'
    facts:
      body password: {length.min: 6}
    deviations:
    - {fact: body password/length.min, code: D0206, page: PAGE, spec: 8, reason: Shorter keys jam the gate.}
...
";
    for (page, why) in [
        ("6", "a deviation is on record that no longer fits"),
        ("4", "it is on purpose: Shorter keys jam the gate."),
    ] {
        let lock = Lock::parse(&lock.replace("PAGE", page)).unwrap();
        let held = patched(TEXT, &facts, &lock);
        assert_eq!(held.sources, sources(TEXT));
        let same = "`body password/length.min` has the same number and stays: ";
        let found = held.left.iter().find(|it| it.why.starts_with(same));
        assert!(
            found.is_some_and(|it| it.why.contains(why)),
            "{:?}",
            held.left
        );
    }
}

/// What people edit is not promised to be edited once it is accepted as gone.
#[test]
fn what_is_gone_and_edited_by_hand_is_said_to_be() {
    let mut facts = page_of(TEXT);
    let mut further = facts.iam[0].clone();
    further.value.action = "tide:gauge:list".into();
    facts.iam.push(further);
    let text = TEXT.replace(
        "          access: write\n",
        "          access: write\n        - action: tide:gauge:list\n",
    );
    let mut lock = Lock::default();
    let review = review_of(TEXT, &facts);
    lock.record(LABEL, &review).unwrap();
    facts.iam.pop();
    let left = patched(&text, &facts, &lock).left;
    assert_eq!(left[0].difference.kind.word(), "vanished");
    assert!(left[0].why.contains("by hand"), "{}", left[0].why);
}

/// What only another type can have is asked about, and not written.
#[test]
fn bounds_of_another_type_are_left() {
    let mut facts = page_of(TEXT);
    edit(&mut facts, "name", |it| {
        it.ranges = vec![fact(bounds(Some("0"), Some("5")), 9)];
    });
    let mut more = field("pass", "String", Required::No, 9);
    more.ranges = vec![fact(bounds(None, Some("5")), 9)];
    facts.parameters.push((FieldLocation::Body, more));
    let patched = patched(TEXT, &facts, &Lock::default());
    assert_eq!(patched.sources, sources(TEXT));
    let why: Vec<&str> = patched.left.iter().map(|it| it.why.as_str()).collect();
    assert_eq!(why.len(), 3, "{why:?}");
    assert!(
        why.iter()
            .all(|it| it.contains("only a number can have that")),
        "{why:?}"
    );
}

/// An action that is gone from one list and new in another may have moved: following half of it leaves
/// it in both.
#[test]
fn an_action_that_moved_to_another_list_is_left() {
    let text = TEXT.replace(
        "          access: write\n",
        "          access: write\n          alias: [tide:gauge:get]\n",
    );
    let mut facts = page_of(TEXT);
    let row = &mut facts.iam[0].value;
    row.dependencies = vec!["tide:gauge:get".into()];
    let moved = patched(&text, &facts, &Lock::default());
    assert_eq!(moved.sources, sources(&text));
    let mut left = moved.left.iter();
    assert!(left.any(|it| it.why.contains("may have moved from there")));
    facts.iam[0].value.dependencies = vec!["tide:gauge:list".into()];
    let added = patched(&text, &facts, &Lock::default());
    assert!(added.sources[0].text.contains("tide:gauge:list"));
}

/// What deviates on purpose of one response is changed by nothing that is said of another with its schema.
#[test]
fn an_edit_undoes_no_deviation_of_another() {
    let lengths = |facts: &mut Facts, status: &str| {
        let mut responses = facts.responses.iter_mut();
        let response = responses.find(|it| it.status == status).unwrap();
        let field = response.fields.iter_mut().find(|it| it.path == "code");
        field.unwrap().lengths = vec![fact(bounds(None, Some("9")), 9)];
    };
    let mut facts = page_of(TEXT);
    lengths(&mut facts, "400");
    let mut review = review_of(TEXT, &facts);
    review.deviations = vec![Deviation {
        fact: FactName::parse("response 400 code/length.max").unwrap(),
        code: "D0307".into(),
        page: Some(ClaimValue::one("9")),
        spec: None,
        reason: "Longer codes came.".into(),
    }];
    let mut lock = Lock::default();
    lock.record(LABEL, &review).unwrap();
    lengths(&mut facts, "500");
    let patched = patched(TEXT, &facts, &lock);
    assert_eq!(patched.diff(&sources(TEXT)), "");
    let why: Vec<&str> = patched.left.iter().map(|it| it.why.as_str()).collect();
    assert!(why[0].contains("deviates on purpose"), "{why:?}");
}
