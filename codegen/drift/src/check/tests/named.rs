//! What documents say in extensions of their own: kinds of characters, and values that they name.

use huaweicloud_pages::facts::{Example, ExampleBody, SourceFile};
use huaweicloud_pages::form::Form;

use super::*;

fn spec_with(policy: &str, flag: &str) -> Spec {
    let text = TEXT
        .replace("{min: 8, max: 20, minClasses: 3}", policy)
        .replace("flag: {type: string}", flag);
    Spec::read(&[Source::new("spec/tide.yaml", text.as_str())]).unwrap()
}

fn found(spec: &Spec, facts: &Facts, lock: &Lock) -> Vec<String> {
    lines(&check(spec, lock, "a.txt", facts, None).unwrap().comparison)
}

fn recorded(spec: &Spec, facts: &Facts) -> Lock {
    let checked = check(spec, &Lock::default(), "a.txt", facts, None).unwrap();
    let mut lock = lock(facts, "");
    let mut review = lock.review("tide/SetGauge").unwrap().clone();
    review.facts = crate::lock::facts_of(&checked.page.claims);
    lock.record("tide/SetGauge", &review).unwrap();
    lock
}

/// Which kinds a password has is compared where both sides name them.
#[test]
fn the_kinds_of_characters_are_compared() {
    let named = |classes: &[&str]| {
        let mut facts = same();
        let rules = body(&mut facts, "password").password.as_mut().unwrap();
        rules.value.classes = classes.iter().map(|it| (*it).to_owned()).collect();
        facts
    };
    let three = "{min: 8, max: 20, classes: [letter, digit, special], minClasses: 3}";
    let none = "{min: 8, max: 20, minClasses: 3}";
    let breaking = "D0226 changed unreviewed breaking body password/password.classes";
    let less = "D0226 unsaid unreviewed breaking body password/password.classes";
    let harmless = "D0226 changed unreviewed harmless body password/password.classes";
    for (policy, classes, expected) in [
        (three, &["digit", "letter", "special"][..], &[][..]),
        (three, &["lower", "upper", "digit", "special"], &[breaking]),
        // One may be lost from a list, so it is asked about as what is gone.
        (three, &["letter", "digit"], &[less]),
        (three, &[], &[]),
        (none, &["letter", "digit"], &[]),
        (
            "{min: 8, max: 20, classes: [letter, digit], minClasses: 3}",
            &["letter", "digit", "special"],
            &[harmless],
        ),
    ] {
        let spec = spec_with(policy, "flag: {type: string}");
        assert_eq!(
            found(&spec, &named(classes), &Lock::default()),
            expected,
            "{policy} {classes:?}"
        );
    }
}

/// A value that an extension goes by has to be on the page as long as it ever was.
#[test]
fn a_value_that_an_extension_names_is_missed() {
    let told = |words: &str, values: &[&str]| {
        let mut facts = same();
        facts.files = vec![SourceFile {
            name: "a.md".into(),
            form: Form::Markdown,
        }];
        let flag = &mut facts.responses[0].fields[0];
        flag.description = Some(fact(words.to_owned(), 41));
        let values: Vec<String> = values.iter().map(|it| (*it).to_owned()).collect();
        flag.enum_values = (!values.is_empty()).then(|| fact(values, 41));
        facts
    };
    let own = "flag: {type: string, x-predicate: {name: is_set, equals: '1'}}";
    let beside = "flag: {type: string}\n                  other: {type: string, x-shown-when: {field: flag, equals: '1'}}";
    for flag in [own, beside] {
        let policy = "{min: 8, max: 20, minClasses: 3}";
        let spec = spec_with(policy, flag);
        let with_other = |mut facts: Facts| {
            let other = field("other", "String", Required::Unknown, 42);
            facts.responses[0]
                .fields
                .extend((flag == beside).then_some(other));
            facts
        };
        let lock = recorded(&spec, &with_other(told("How it went. 1: it is set.", &[])));
        let missed = "D0314 vanished page-changed breaking response 200 flag/equals";
        for (words, values, expected) in [
            ("How it went. 1: it is set.", &[][..], &[][..]),
            (
                "How it was. 1: it is set now.",
                &[],
                &["D0312 changed page-changed harmless response 200 flag/words"],
            ),
            ("How it went. 0: it is set.", &[], &[missed]),
            // Its words were lost.
            (
                "How it went:",
                &[],
                &["D0312 changed page-changed harmless response 200 flag/words"],
            ),
        ] {
            let facts = with_other(told(words, values));
            assert_eq!(found(&spec, &facts, &lock), expected, "{words}");
        }
        // An example may say it alone.
        let mut shown = with_other(told("How it went now.", &[]));
        let body = serde_json::json!({"flag": "1", "left": [{"flag": "2"}]});
        shown.examples = vec![Example {
            status: None,
            is_response: true,
            body: ExampleBody::Json(body),
            source: source(60),
        }];
        let words = "D0312 changed page-changed harmless response 200 flag/words";
        assert_eq!(found(&spec, &shown, &lock), [words]);
        // A page that never said it takes nothing away.
        let silent = with_other(told("How it went.", &[]));
        let lock = recorded(&spec, &silent);
        assert_eq!(found(&spec, &silent, &lock), [""; 0]);
    }
}

/// The client tells `Yes` from `yes`.
#[test]
fn the_case_of_a_value_counts_where_the_client_goes_by_it() {
    let told = |value: &str| {
        let mut facts = same();
        facts.files = vec![SourceFile {
            name: "a.md".into(),
            form: Form::Markdown,
        }];
        let flag = &mut facts.responses[0].fields[0];
        flag.description = Some(fact(
            format!("How it went.\n- {value}: set\n- Other: not"),
            41,
        ));
        flag.enum_values = Some(fact(vec![value.to_owned(), "Other".to_owned()], 41));
        facts
    };
    let flag =
        "flag: {type: string, enum: [True, Other], x-predicate: {name: is_set, equals: 'True'}}";
    let spec = spec_with(
        "{min: 8, max: 20, minClasses: 3}",
        &flag.replace("[True,", "['True',"),
    );
    let lock = recorded(&spec, &told("True"));
    assert_eq!(found(&spec, &told("True"), &lock), [""; 0]);
    let missed = "D0314 vanished page-changed breaking response 200 flag/equals";
    assert_eq!(found(&spec, &told("true"), &lock), [missed]);
    // Under another name it is there all the same.
    let mut renamed = told("True");
    renamed.responses[0].fields[0].path = "is_flag".to_owned();
    let name = "D0311 changed page-changed breaking response 200 flag/name";
    assert_eq!(found(&spec, &renamed, &lock), [name]);
}
