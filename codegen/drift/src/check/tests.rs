mod disputes;
mod named;
mod places;
mod renames;
mod reviews;
mod words;

use huaweicloud_codegen::Source;
use huaweicloud_pages::facts::{
    CellOutcome, Contradiction, FactSource, FieldFacts, FieldLocation, Required,
};

use super::*;
use crate::testing::{bounds, fact, field, page, response, source, with};

const TEXT: &str = "\
paths:
  /v1/{project_id}/gauges/{gauge_id}:
    put:
      operationId: SetGauge
      parameters:
        - name: project_id
          in: path
          required: true
          schema: {type: string, minLength: 1}
        - name: gauge_id
          in: path
          required: true
          schema: {type: string, minLength: 1}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string, minLength: 2, maxLength: 9}
                mode: {type: string, enum: [a, b], default: a}
                password:
                  type: string
                  format: password
                  minLength: 8
                  maxLength: 20
                  x-password-policy: {min: 8, max: 20, minClasses: 3}
      responses:
        '200':
          content:
            application/json:
              schema:
                type: object
                properties:
                  flag: {type: string}
        '400': {description: wrong}
components:
  securitySchemes:
    Token: {type: apiKey, in: header, name: X-Auth-Token}
";

/// A page that says what the document says.
fn same() -> Facts {
    let mut facts = page("PUT", "/v1/{project_id}/gauges/{gauge_id}");
    facts = with(
        facts,
        FieldLocation::Path,
        field("project_id", "?", Required::Yes, 10),
    );
    facts = with(
        facts,
        FieldLocation::Path,
        field("gauge_id", "String", Required::Yes, 11),
    );
    let mut name = field("name", "String", Required::Yes, 20);
    name.lengths = vec![fact(bounds(Some("2"), Some("9")), 20)];
    facts = with(facts, FieldLocation::Body, name);
    let mut mode = field("mode", "string", Required::No, 21);
    mode.enum_values = Some(fact(vec!["b".to_owned(), "a".to_owned()], 21));
    mode.default = Some(fact("a".into(), 21));
    facts = with(facts, FieldLocation::Body, mode);
    let mut password = field("password", "String", Required::Unknown, 22);
    password.secret = Some(fact(true, 22));
    password.lengths = vec![fact(bounds(Some("8"), Some("20")), 22)];
    password.password = Some(fact(
        huaweicloud_pages::facts::PasswordRules {
            min_classes: Some(3),
            ..Default::default()
        },
        22,
    ));
    facts = with(facts, FieldLocation::Body, password);
    facts.responses = vec![response(
        "200",
        vec![field("flag", "String", Required::Unknown, 41)],
    )];
    facts.statuses = vec![fact("200".into(), 50), fact("400".into(), 51)];
    for status in &mut facts.statuses {
        status.sources[0].cell = Some((1, 1, 1));
    }
    facts
}

fn spec() -> Spec {
    Spec::read(&[Source::new("spec/tide.yaml", TEXT)]).unwrap()
}

fn checked(facts: &Facts, lock: &Lock) -> Comparison {
    check(&spec(), lock, "a.txt", facts, None)
        .unwrap()
        .comparison
}

fn lines(comparison: &Comparison) -> Vec<String> {
    let all = comparison.differences.iter();
    all.map(|it| {
        let breaks = if it.breaking.breaks {
            "breaking"
        } else {
            "harmless"
        };
        format!(
            "{} {} {} {breaks} {}",
            it.code().code,
            it.kind.word(),
            it.standing.word(),
            it.name
        )
    })
    .collect()
}

fn body<'f>(facts: &'f mut Facts, name: &str) -> &'f mut huaweicloud_pages::facts::FieldFacts {
    let found = facts
        .parameters
        .iter_mut()
        .find(|(_, field)| field.path == name);
    &mut found.unwrap().1
}

#[test]
fn a_page_that_says_the_same_differs_in_nothing() {
    let comparison = checked(&same(), &Lock::default());
    assert_eq!(lines(&comparison), [""; 0]);
    assert_eq!(comparison.notes, [""; 0]);
}

#[test]
fn every_difference_has_its_code_and_judgement() {
    type Edit = fn(&mut Facts);
    let cases: &[(Edit, &str)] = &[
        (
            |it| body(it, "name").type_ = Some(fact("Matriz de cadenas".into(), 20)),
            "D0202 changed unreviewed breaking body name/type",
        ),
        (
            |it| body(it, "mode").enum_values = None,
            "D0204 unsaid unreviewed breaking body mode/enum",
        ),
        (
            |it| body(it, "name").lengths = vec![fact(bounds(None, Some("9")), 20)],
            "D0206 unsaid unreviewed harmless body name/length.min",
        ),
        (
            |it| body(it, "name").deprecated = Some(fact(true, 20)),
            "D0212 added unreviewed harmless body name/deprecated",
        ),
        (
            |it| body(it, "name").nullable = Some(fact(true, 20)),
            "D0211 added unreviewed harmless body name/nullable",
        ),
        (
            |it| body(it, "name").secret = Some(fact(true, 20)),
            "D0213 added unreviewed breaking body name/secret",
        ),
        (
            |it| {
                it.statuses.pop();
            },
            "D0301 unsaid unreviewed breaking status 400/present",
        ),
        (
            |it| body(it, "name").path = "title".into(),
            "D0201 added unreviewed breaking body title/present|D0201 unsaid unreviewed breaking body name/present",
        ),
        (
            |it| {
                body(it, "name").path = "title".into();
                body(it, "title").lengths.clear();
                body(it, "title").type_ = Some(fact("Integer".into(), 20));
            },
            "D0201 added unreviewed breaking body title/present|D0201 unsaid unreviewed breaking body name/present",
        ),
        (
            |it| {
                it.contradictions.push(Contradiction {
                    about: "body name: type".into(),
                    first: ("String".into(), source(20)),
                    second: ("Integer".into(), source(30)),
                })
            },
            "D0901 contradiction unreviewed harmless contradiction body name: type/present",
        ),
        (
            |it| {
                it.ledger.cells.push((
                    (1, 2, 3),
                    source(9).lines,
                    CellOutcome::Unreadable("no such column".into()),
                ))
            },
            "D0902 unreadable unreviewed harmless unreadable/present",
        ),
    ];
    for (edit, expected) in cases {
        let mut facts = same();
        edit(&mut facts);
        let found = lines(&checked(&facts, &Lock::default()));
        assert_eq!(found.join("|"), *expected);
    }
}

/// What no keyword says is shown every time, whether it is on record or not.
#[test]
fn what_documents_have_no_word_for_is_shown() {
    let mut facts = same();
    let rules = &mut body(&mut facts, "password").password;
    rules.as_mut().unwrap().value.forbid = vec!["historical".into()];
    facts
        .left_out
        .push(("flag: its size".into(), source(41).lines));
    let shown = [
        "22: the request field `password` must not be: historical; no keyword says so, its description has to",
        "41: no fact is made of flag: its size",
    ];
    for lock in [Lock::default(), lock(&facts, "")] {
        let found = checked(&facts, &lock);
        let besides = found
            .besides
            .iter()
            .map(|(said, at)| format!("{}: {said}", at.first));
        assert_eq!(besides.collect::<Vec<_>>(), shown);
        assert_eq!(found.open().count(), 0);
    }
}

/// The rule of a password and the length of its field are one number, told once, whoever says which.
#[test]
fn one_bound_of_a_secret_is_one_difference() {
    let rule = |it: &mut FieldFacts, length| it.password.as_mut().unwrap().value.length = length;
    type Edit<'e> = &'e dyn Fn(&mut FieldFacts);
    let cases: &[(Edit<'_>, &[&str])] = &[
        (
            &|it| {
                it.lengths.clear();
                rule(it, Some((8, 16)));
            },
            &["body password/password.max"],
        ),
        (
            &|it| {
                it.lengths = vec![fact(bounds(Some("6"), Some("16")), 22)];
                rule(it, Some((6, 16)));
            },
            &["body password/password.min", "body password/password.max"],
        ),
        (
            &|it| it.lengths = vec![fact(bounds(Some("8"), Some("16")), 22)],
            &["body password/password.max"],
        ),
        // Two numbers are two differences.
        (
            &|it| {
                it.lengths = vec![fact(bounds(Some("8"), Some("24")), 22)];
                rule(it, Some((8, 16)));
            },
            &["body password/length.max", "body password/password.max"],
        ),
    ];
    for (edit, expected) in cases {
        let mut facts = same();
        edit(body(&mut facts, "password"));
        let found = checked(&facts, &Lock::default()).differences;
        let names: Vec<String> = found.iter().map(|it| it.name.to_string()).collect();
        assert_eq!(names, *expected);
    }
}

#[test]
fn what_extraction_lost_is_no_difference() {
    type Edit = fn(&mut Facts);
    let edits: &[Edit] = &[
        |it| body(it, "name").required = (Required::Unknown, None),
        |it| body(it, "name").type_ = None,
        |it| body(it, "name").type_ = Some(fact("Thing".into(), 20)),
        |it| body(it, "password").secret = None,
        |it| it.statuses.clear(),
        |it| it.responses[0].fields.clear(),
        |it| it.responses[0].status = "?".into(),
        |it| {
            it.parameters.push((
                FieldLocation::Header,
                field("x-auth-token", "String", Required::Yes, 15),
            ))
        },
        |it| {
            it.parameters.push((
                FieldLocation::Header,
                field("Content-Type", "String", Required::Yes, 15),
            ))
        },
        |it| {
            body(it, "password").lengths.push(fact(
                huaweicloud_pages::facts::Bounds {
                    part: Some("key".into()),
                    min: None,
                    max: Some("3".into()),
                },
                22,
            ))
        },
    ];
    for (index, edit) in edits.iter().enumerate() {
        let mut facts = same();
        edit(&mut facts);
        // Statuses that only a response names would be the whole list.
        if facts.statuses.is_empty() {
            facts.responses.clear();
        }
        assert_eq!(
            lines(&checked(&facts, &Lock::default())),
            [""; 0],
            "edit {index}"
        );
    }
}

#[test]
fn while_parts_cannot_be_read_absence_says_nothing() {
    let mut facts = same();
    facts.parameters.retain(|(_, field)| field.path != "mode");
    facts
        .unreadable
        .push(("a broken table".into(), source(9).lines));
    let comparison = checked(&facts, &Lock::default());
    assert_eq!(
        lines(&comparison),
        ["D0902 unreadable unreviewed harmless unreadable/present"]
    );
    assert!(comparison.is_unreadable());
    assert!(
        comparison.notes[0]
            .starts_with("what the document has was not found on the page: `body mode`;"),
        "{:?}",
        comparison.notes
    );
}

fn lock(facts: &Facts, more: &str) -> Lock {
    let spec = spec();
    let checked = check(&spec, &Lock::default(), "a.txt", facts, None).unwrap();
    let review = crate::lock::Review {
        page: "https://example.com".into(),
        files: Vec::new(),
        reviewed: crate::day::Day::parse("2026-11-01").unwrap(),
        facts: crate::lock::facts_of(&checked.page.claims),
        extensions: Default::default(),
        earlier: Default::default(),
        deviations: Vec::new(),
        pending: Vec::new(),
    };
    let mut lock = Lock::default();
    lock.record("tide/SetGauge", &review).unwrap();
    Lock::parse(&lock.text().replace("...\n", &format!("{more}...\n"))).unwrap()
}

/// Statuses that stand over answers or in sentences are no list of all there are.
#[test]
fn a_page_without_a_list_of_statuses_takes_none_away() {
    let mut facts = same();
    facts.statuses.truncate(1);
    facts.statuses[0].sources[0].kind = huaweicloud_pages::facts::SourceKind::Prose;
    let mut labelled = facts.clone();
    labelled.statuses[0].sources[0].kind = huaweicloud_pages::facts::SourceKind::StatusList;
    labelled.statuses[0].sources[0].cell = None;
    for (facts, lock) in [
        (&facts, Lock::default()),
        (&facts, lock(&same(), "")),
        (&labelled, lock(&same(), "")),
    ] {
        let found = checked(facts, &lock);
        assert_eq!(lines(&found), [""; 0]);
        let note = "the page has no list of statuses, so it takes none away: `status 400`";
        assert_eq!(found.notes, [note]);
    }
    // A definition has all there are, and so has a table of one row.
    let mut defined = labelled.clone();
    defined.statuses[0].sources[0].kind = huaweicloud_pages::facts::SourceKind::Definition;
    let found = checked(&defined, &Lock::default());
    assert!(lines(&found).iter().any(|it| it.contains("status 400")));
    let mut facts = labelled;
    facts.statuses[0].sources[0].cell = Some((1, 2, 1));
    let found = checked(&facts, &Lock::default());
    assert_eq!(
        lines(&found),
        ["D0301 unsaid unreviewed breaking status 400/present"]
    );
    // One that ends before its responses has lost their fields.
    let mut facts = same();
    facts.statuses.clear();
    facts.responses.clear();
    let found = checked(&facts, &lock(&same(), ""));
    assert!(
        lines(&found).iter().any(|it| it.contains("response 200 ")),
        "{:?}",
        lines(&found)
    );
}

/// What a password must not be is in no document, so it is held against the review.
#[test]
fn what_a_password_must_not_be_is_held_against_the_review() {
    let told = |forbid: &[&str]| {
        let mut facts = same();
        let rules = body(&mut facts, "password").password.as_mut().unwrap();
        rules.value.forbid = forbid.iter().map(|it| (*it).to_owned()).collect();
        facts
    };
    let lock = lock(&told(&["username", "weak"]), "");
    for (forbid, breaks, message) in [
        (
            &["weak"][..],
            false,
            "weak on the page, username, weak at the review",
        ),
        (
            &["weak", "username", "historical"],
            true,
            "historical on the page, username, weak at the",
        ),
        (
            &[],
            false,
            "no longer on the page, username, weak at the review",
        ),
    ] {
        let found = checked(&told(forbid), &lock);
        let [found] = found.differences.as_slice() else {
            panic!("{:?}", lines(&found));
        };
        assert_eq!(found.breaking.breaks, breaks, "{forbid:?}");
        assert!(found.to_string().contains(message), "{found}");
    }
}

#[test]
fn what_was_never_reviewed_said_nothing_at_a_review() {
    let mut facts = same();
    let mut further = facts.routes[0].clone();
    further.value.path = "/v9/{project_id}/gauges/{gauge_id}/all".into();
    facts.routes.push(further);
    let found = checked(&facts, &Lock::default());
    let message = found.differences[0].to_string();
    assert!(
        message.ends_with("on the page, not said in the document"),
        "{message}"
    );
}

/// What following a page means is said of what changes, and not of its opposite.
#[test]
fn what_following_means_is_said_of_what_changes() {
    let mut facts = page("POST", "/v1/{project_id}/gauges/{gauge_id}");
    facts.deprecated = Some(fact(false, 3));
    let spec = Spec::read(&[Source::new(
        "spec/tide.yaml",
        TEXT.replace(
            "      operationId",
            "      deprecated: true\n      operationId",
        ),
    )])
    .unwrap();
    let found = check(
        &spec,
        &Lock::default(),
        "a.txt",
        &facts,
        Some("tide/SetGauge"),
    );
    let found = found.unwrap().comparison.differences;
    let why = |name: &str| {
        let it = found.iter().find(|it| it.name.to_string() == name);
        it.map(|it| it.breaking.why)
    };
    assert_eq!(
        why("operation/route"),
        Some("requests would have another method")
    );
    assert_eq!(
        why("operation/deprecated"),
        Some("users are warned no longer")
    );
}
