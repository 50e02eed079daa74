//! What a page disagrees with itself about.

use super::*;

/// The table says one type, the example shows another; the document follows one of them, or neither.
#[test]
fn what_a_page_disputes_is_a_question_and_no_difference() {
    let contradiction = |about: &str, says: [&str; 2]| Contradiction {
        about: about.to_owned(),
        first: (says[0].to_owned(), source(20)),
        second: (says[1].to_owned(), source(30)),
    };
    type Edit = fn(&mut Facts);
    let cases: &[(Edit, &str, [&str; 2])] = &[
        (
            |it| body(it, "name").type_ = Some(fact("Integer".into(), 20)),
            "body parameter name: type",
            ["Integer", "String"],
        ),
        (
            |it| body(it, "name").required.0 = Required::No,
            "body parameter name: required",
            ["optional", "mandatory"],
        ),
        (
            |it| body(it, "mode").enum_values = None,
            "body parameter mode: values",
            ["a, b", "A"],
        ),
        (
            |it| it.responses[0].fields[0].type_ = Some(fact("Integer".into(), 20)),
            "response 200 flag: type",
            ["Integer", "String"],
        ),
        (
            |it| it.routes[0].value.path = "/v1/{project_id}/gauges/{id}".into(),
            "path parameter gauge_id",
            ["the table has it", "the path has not"],
        ),
    ];
    for (edit, about, says) in cases {
        let mut facts = same();
        edit(&mut facts);
        facts.contradictions.push(contradiction(about, *says));
        let found = checked(&facts, &Lock::default());
        let expected =
            format!("D0901 contradiction unreviewed harmless contradiction {about}/present");
        assert_eq!(lines(&found), [expected]);
        let message = found.differences[0].to_string();
        assert!(message.ends_with("; which is right?"), "{message}");
        for part in [says[0], says[1], "at line 20", "at line 30"] {
            assert!(message.contains(part), "{message}");
        }
    }
    // With the type, its bounds are in dispute.
    let mut facts = same();
    body(&mut facts, "name").type_ = Some(fact("Integer".into(), 20));
    let name = body(&mut facts, "name");
    name.ranges = std::mem::take(&mut name.lengths);
    let about = "body parameter name: type";
    facts
        .contradictions
        .push(contradiction(about, ["Integer", "String"]));
    assert_eq!(lines(&checked(&facts, &Lock::default())).len(), 1);
    // Only names are in dispute: that the path moved is certain.
    let mut facts = same();
    facts.routes[0].value.path = "/v2/{project_id}/gauges/{id}".into();
    let about = "path parameter gauge_id";
    facts.contradictions.push(contradiction(about, ["a", "b"]));
    let asked = Some("tide/SetGauge");
    let found = check(&spec(), &Lock::default(), "a.txt", &facts, asked).unwrap();
    let mut found = found.comparison.differences.iter();
    assert!(found.any(|it| it.code().code == "D0101"));
}

/// With a reason on record the document may follow either place; a third thing differs.
#[test]
fn a_settled_dispute_lets_the_document_follow_either_place() {
    let name = "contradiction body parameter name: type";
    let settled = format!(
        "    deviations:\n      - fact: '{name}/present'\n        code: D0901\n        page: [Integer, String]\n        reason: The example is right.\n"
    );
    let mut facts = same();
    body(&mut facts, "name").type_ = Some(fact("Integer".into(), 20));
    facts.contradictions.push(Contradiction {
        about: "body parameter name: type".into(),
        first: ("Integer".into(), source(20)),
        second: ("String".into(), source(30)),
    });
    let found = checked(&facts, &lock(&facts, &settled));
    assert_eq!(found.open().count(), 0, "{:?}", lines(&found));
    assert_eq!(found.notes, [""; 0]);
    facts.contradictions[0].second.0 = "Boolean".into();
    let other = settled.replace("String]", "Boolean]");
    let found = checked(&facts, &lock(&facts, &other));
    let open: Vec<String> = found.open().map(|it| it.name.to_string()).collect();
    assert_eq!(open, ["body name/type"]);
}

/// A row that must be given and names nothing of the route, where the route names something that has no
/// row, is one question.
#[test]
fn a_row_beside_the_route_is_one_question() {
    let mut facts = same();
    facts.parameters.remove(1);
    let row = field("level_id", "String", Required::Yes, 11);
    facts = with(facts, FieldLocation::Query, row);
    assert_eq!(
        lines(&checked(&facts, &Lock::default())),
        ["D0201 added unreviewed breaking query level_id/present"]
    );
    facts.contradictions.push(Contradiction {
        about: "path parameter gauge_id".into(),
        first: ("the table does not have it".into(), source(10)),
        second: ("the path has it".into(), source(3)),
    });
    assert_eq!(
        lines(&checked(&facts, &Lock::default())),
        ["D0901 contradiction unreviewed harmless contradiction path parameter gauge_id/present"]
    );
}

/// A definition declares a length for the field, prose another for the password in it: nobody follows
/// either, as rule or as length.
#[test]
fn a_disputed_length_of_a_password_is_one_question() {
    let mut facts = same();
    let password = body(&mut facts, "password");
    password.lengths = vec![fact(bounds(Some("8"), Some("64")), 22)];
    password.password.as_mut().unwrap().value.length = Some((8, 32));
    let about = "body parameter password: greatest length";
    facts.contradictions.push(Contradiction {
        about: about.into(),
        first: ("64".into(), source(22)),
        second: ("32".into(), source(30)),
    });
    assert_eq!(
        lines(&checked(&facts, &Lock::default())),
        [format!(
            "D0901 contradiction unreviewed harmless contradiction {about}/present"
        )]
    );
}

/// One witness has another status of success than the other: one question, whichever the document has,
/// and what is in the response is compared all the same.
#[test]
fn two_statuses_of_success_are_one_question() {
    let mut facts = same();
    let of_page = |mut it: FactSource| {
        it.lines.file = 1;
        it
    };
    facts.contradictions.push(Contradiction {
        about: "status 200".into(),
        first: ("200".into(), source(50)),
        second: ("202".into(), of_page(source(60))),
    });
    let question = "D0901 contradiction unreviewed harmless contradiction status 200/present";
    facts.responses[0].fields[0].type_ = Some(fact("Integer".into(), 41));
    let differs = "D0303 changed unreviewed breaking response 200 flag/type";
    assert_eq!(
        lines(&checked(&facts, &Lock::default())),
        [differs, question]
    );
    let other = Spec::read(&[Source::new(
        "spec/tide.yaml",
        TEXT.replace("'200'", "'202'"),
    )])
    .unwrap();
    let found = check(&other, &Lock::default(), "a.txt", &facts, None).unwrap();
    let differs = "D0303 changed unreviewed breaking response 202 flag/type";
    assert_eq!(lines(&found.comparison), [differs, question]);
    let message = found.comparison.differences[1].to_string();
    assert!(message.contains("the status 200: 200 "), "{message}");
    // With a reason the document may have either.
    facts.responses[0].fields[0].type_ = Some(fact("String".into(), 41));
    let settled = "    deviations:\n      - {fact: contradiction status 200/present, code: D0901, \
                   page: ['200', '202'], reason: The server says 202.}\n";
    let lock = lock(&facts, settled);
    let found = check(&other, &lock, "a.txt", &facts, None).unwrap();
    assert_eq!(
        found.comparison.open().count(),
        0,
        "{:?}",
        lines(&found.comparison)
    );
}

/// A field that the table calls otherwise than the example is one question, whichever name the document has.
#[test]
fn two_names_of_one_field_are_one_question() {
    let mut facts = same();
    body(&mut facts, "mode").path = "manner".into();
    let name = |about: &str, first: &str, second: &str| Contradiction {
        about: format!("body parameter {about}"),
        first: (first.into(), source(21)),
        second: (second.into(), source(70)),
    };
    facts.contradictions = vec![
        name(
            "manner",
            "the table has it",
            "the example has mode in its place",
        ),
        name(
            "mode",
            "the table has manner in its place",
            "the example has it",
        ),
    ];
    let found = checked(&facts, &Lock::default());
    let dispute =
        "D0901 contradiction unreviewed harmless contradiction body parameter manner/present";
    assert_eq!(lines(&found), [dispute]);
    assert_eq!(found.disputes.len(), 2);
}
