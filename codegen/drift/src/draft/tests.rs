//! What a draft has to keep, over definitions and pages of our own in the shapes of real ones.

mod components;
mod examples;
mod facts;
mod further;
mod hostile;

use huaweicloud_codegen::{Source, profile, render};
use huaweicloud_pages::facts::Facts;
use serde_json::Value;

use super::{DraftError, Drafted, draft};
use crate::check::{DifferenceKind, check};
use crate::claim::{Aspect, Subject};
use crate::document::Spec;
use crate::lock::Lock;

const TIDE: &str = include_str!("tests/tide.yaml");

/// Definitions, by the file and the operation that is in it.
const DEFINITIONS: &[(&str, &str)] = &[
    ("CreateGauge", include_str!("tests/create_gauge.json")),
    ("ListGauges", include_str!("tests/list_gauges.json")),
    ("DeleteGauge", include_str!("tests/delete_gauge.json")),
    ("UpdateGauge", include_str!("tests/update_gauge.json")),
    ("UploadReadings", include_str!("tests/upload_gauge.json")),
];

fn tide() -> Vec<Source> {
    vec![Source::new("spec/tide.yaml", TIDE)]
}

fn read(name: &str, text: &str) -> Facts {
    huaweicloud_pages::read(name, text.as_bytes()).unwrap()
}

fn definitions() -> Vec<Facts> {
    let all = DEFINITIONS.iter();
    all.map(|(name, text)| read(&format!("{name}.json"), text))
        .collect()
}

/// All of them, as a part of the document that is there or as one of their own.
fn drafted(service: Option<&str>) -> Drafted {
    let drafted = draft(&tide(), definitions(), service);
    assert_eq!(drafted.failures, []);
    assert_eq!(drafted.operations.len(), DEFINITIONS.len());
    drafted
}

fn text<'a>(drafted: &'a Drafted, file: &str) -> &'a str {
    let source = drafted.sources.iter().find(|it| it.path == file).unwrap();
    &source.text
}

#[test]
fn a_draft_differs_from_its_definition_in_nothing() {
    for service in [None, Some("ebb")] {
        let drafted = drafted(service);
        let spec = Spec::read(&drafted.sources).unwrap();
        for ((name, _), facts) in DEFINITIONS.iter().zip(definitions()) {
            let label = format!("{}/{name}", service.unwrap_or("tide"));
            let checked = check(&spec, &Lock::default(), name, &facts, Some(&label)).unwrap();
            let differences = checked.comparison.differences.iter();
            let differences: Vec<String> = differences
                .filter(|it| it.kind != DifferenceKind::Contradiction)
                .map(|it| it.name.to_string())
                // What contradicts itself cannot be followed, nor a path that has another name.
                .filter(|it| {
                    ![
                        "operation/route",
                        "body gauge.auth_mode/default",
                        "body bounds/range.min",
                        "body bounds/range.max",
                        "body short/length.max",
                        "body secret_word/default",
                    ]
                    .contains(&it.as_str())
                })
                .collect();
            assert_eq!(differences, Vec::<String>::new(), "{label}");
        }
    }
}

/// Whatever the document looks like that a new one takes its servers and security from.
#[test]
fn a_model_in_another_style_is_taken_over_too() {
    let spaced = "info:\n    title: Tide\n    version: 1.0.0\n    license: {name: MIT}\n";
    let flow = "info: {title: Tide, version: 1.0.0, license: {name: MIT}}\n";
    let after = TIDE.find("\nservers:").unwrap();
    for info in [spaced, flow] {
        let yaml = format!("openapi: 3.0.3\n{info}{}", &TIDE[after + 1..]);
        let drafted = draft(
            &[Source::new("spec/tide.yaml", yaml)],
            definitions(),
            Some("ebb"),
        );
        assert_eq!(drafted.failures, []);
        let new = text(&drafted, "spec/ebb.yaml");
        assert!(new.contains("\n  license:\n    name: MIT\n"), "{new}");
    }
}

#[test]
fn a_draft_is_the_same_each_time_and_makes_a_client() {
    for service in [None, Some("ebb")] {
        let (one, other) = (drafted(service), drafted(service));
        assert_eq!(one.sources, other.sources);
        if let Err(mistakes) = render(&one.sources, profile::of_the_workspace()) {
            panic!("{}", mistakes.render(&one.sources, false));
        }
    }
}

/// The questions of a text, the lines of each together.
fn questions(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        let comment = line.trim_start().strip_prefix("# ");
        match (line.split_once("# ask: "), comment) {
            (Some((_, question)), _) => {
                found.push(question.to_owned());
                is_open = comment.is_some();
            }
            (None, Some(more)) if is_open => {
                if let Some(question) = found.last_mut() {
                    question.push_str(&format!(" {more}"));
                }
            }
            _ => is_open = false,
        }
    }
    found
}

#[test]
fn every_question_has_its_line() {
    let drafted = drafted(Some("ebb"));
    let questions = questions(text(&drafted, "spec/ebb.yaml"));
    let count: usize = drafted.operations.iter().map(|it| it.asks).sum();
    assert_eq!(questions.len(), count);
    for question in &questions {
        let place = question.rsplit_once(" (definition line ");
        let line = place.and_then(|(_, line)| line.strip_suffix(')')?.parse::<usize>().ok());
        let text = text(&drafted, "spec/ebb.yaml");
        assert!(line.is_some_and(|it| it >= 1), "{question}: {text}");
    }
    for wanted in [
        "can \"none\" be its default? it does not fit",
        "its name sounds like a secret; is it one?",
        "it has a default, and is a secret; may it have one?",
        "its name sounds like a secret; is it none?",
        "between 9 and 3 there is nothing; which is right?",
        "it is sent as a form, and the client sends JSON; may it?",
        "which type is `file`?",
        "its body is [\"application/xml\"], and the client speaks JSON; may it?",
        "its values are one text with signs between them; the client repeats the name",
        "it says `discriminator: \"kind\"`, for which OpenAPI has no word",
        "are the fields that are required here always sent?",
        "may `error_code` say no in a success? then `x-success-when` says so",
        "it is deprecated; is it still wanted?",
    ] {
        assert!(
            questions.iter().any(|it| it.starts_with(wanted)),
            "{wanted}"
        );
    }
}

#[test]
fn what_is_there_is_used_and_stays() {
    let drafted = drafted(None);
    let new = text(&drafted, "spec/tide.yaml");
    // Nothing is taken away or changed.
    let mut lines = new.lines();
    for line in TIDE.lines() {
        assert!(lines.any(|it| it == line), "{line}");
    }
    // The path, the words for a parameter and a schema that allows the same.
    assert_eq!(
        new.matches("  /v2/{project_id}/gauges/{gauge_id}:\n")
            .count(),
        1
    );
    assert!(
        new.matches("description: The project that the gauge belongs to.")
            .count()
            > 1
    );
    assert_eq!(new.matches("    Problem:\n").count(), 1);
    // Another schema of the same name has a name of its own.
    assert!(new.contains("    UpdateGaugeRequest:\n") && new.contains("    Entry:\n"));
    assert!(!new.contains("description: -"));
}

#[test]
fn a_definition_and_its_page_are_one_operation() {
    let page = "# Taking a Gauge Away\n\n## URI\n\nDELETE /v2/{project_id}/gauges/{gauge}\n\n\
        | Parameter | Type | Mandatory | Description |\n| --- | --- | --- | --- |\n\
        | id | String | Yes | Which. |\n| force | Boolean | No | Now. |\n";
    let page = read("delete_gauge.md", page);
    let definition = read("DeleteGauge.json", DEFINITIONS[2].1);
    let drafted = draft(&tide(), vec![page, definition], Some("tide"));
    assert_eq!(drafted.failures, []);
    assert_eq!(drafted.operations.len(), 1);
    let questions = questions(text(&drafted, "spec/tide.yaml"));
    assert!(
        questions.iter().any(|it| it.contains("page line ")),
        "{questions:#?}"
    );
}

#[test]
fn a_page_leaves_questions_where_it_leaves_gaps() {
    let page = "# Closing a Gate\n\n## URI\n\nPUT /v2/{project_id}/gates/{gate_id}/lock/state\n\n\
        ## Request\n\n| Parameter | Type | Description |\n| --- | --- | --- |\n\
        | gate.mode | String | How. |\n| new_password | String | The new one. |\n\n\
        ## Response\n\n| Parameter | Description |\n| --- | --- |\n| state | Which. |\n";
    let drafted = draft(&tide(), vec![read("close_gate.md", page)], Some("tide"));
    assert_eq!(drafted.failures, []);
    assert_eq!(drafted.operations[0].label, "tide/PutLockState");
    let questions = questions(text(&drafted, "spec/tide.yaml"));
    for wanted in [
        "what does the vendor call it?",
        "only the path names it; what is it?",
        "must it be given? that is not said",
        "only what is in `gate` is named; is it right?",
        "its type is not said; which is it?",
        "no status of a success is named; is it 200?",
    ] {
        assert!(
            questions.iter().any(|it| it.starts_with(wanted)),
            "{wanted}\n{questions:#?}"
        );
    }
    if let Err(mistakes) = render(&drafted.sources, profile::of_the_workspace()) {
        panic!("{}", mistakes.render(&drafted.sources, false));
    }
}

/// Of a parameter and of a field that must be given in some cases the cases are asked for.
#[test]
fn what_is_mandatory_in_some_cases_is_asked_about() {
    let page = "# Closing a Gate\n\n## URI\n\nPUT /v2/{project_id}/gates\n\n\
        | Parameter | Mandatory | Type | Description |\n| --- | --- | --- | --- |\n\
        | project_id | Yes | String | The project. |\n\
        | depth | Yes (if the gate is open) | String | How deep. |\n\n\
        ## Request\n\n| Parameter | Mandatory | Type | Description |\n| --- | --- | --- | --- |\n\
        | mode | Yes (when the gate is open) | String | How. |\n| state | No | String | Which. |\n";
    let drafted = draft(&tide(), vec![read("close_gate.md", page)], Some("tide"));
    assert_eq!(drafted.failures, []);
    let questions = questions(text(&drafted, "spec/tide.yaml"));
    let asked = questions
        .iter()
        .filter(|it| it.starts_with("in which cases must it be given?"));
    assert_eq!(asked.count(), 2, "{questions:#?}");
}

#[test]
fn what_cannot_be_drafted_is_told() {
    let delete = || read("DeleteGauge.json", DEFINITIONS[2].1);
    let failure = |read: Vec<Facts>, service| {
        let drafted = draft(&tide(), read, service);
        let mut failures = drafted.failures;
        failures.pop().unwrap()
    };
    for name in ["../ebb", "self", "client", "Ebb", "2", "2x", "", "a b"] {
        let (_, error) = failure(vec![delete()], Some(name));
        assert_eq!(error, DraftError::ServiceName(name.to_owned()));
    }
    // A call that shares the route of another.
    let mut other = delete();
    other.operation.as_mut().unwrap().value = "DropGauge".to_owned();
    let (file, error) = failure(vec![delete(), other], None);
    assert_eq!(file, "DeleteGauge.json");
    assert!(matches!(error, DraftError::Known { label, .. } if label == "tide/DeleteGauge"));
    // A service that has no document.
    let mut other = delete();
    for service in &mut other.services {
        service.value = "ebb".to_owned();
    }
    let (_, error) = failure(vec![other.clone()], None);
    assert!(
        error
            .to_string()
            .contains("it names `ebb`; say with --service NAME, one of tide")
    );
    other.routes.clear();
    assert_eq!(failure(vec![other], None).1, DraftError::NoRoute);
    let page = read("a.md", "# A\n\n## URI\n\nGET /v1/{a}/b/{a}\n");
    assert!(matches!(
        failure(vec![page], Some("tide")).1,
        DraftError::Route(_)
    ));
    let flow = Source::new(
        "spec/tide.yaml",
        "openapi: 3.0.3\npaths: {/a: {get: {operationId: A}}}\n",
    );
    let drafted = draft(&[flow], vec![delete()], Some("tide"));
    assert!(matches!(
        &drafted.failures[0].1,
        DraftError::Document { .. }
    ));
}

#[test]
fn foreign_signs_break_out_of_nothing() {
    let names = [
        "a\nb: c",
        "it's: #x",
        "{x}",
        "on",
        "~",
        "- a",
        "\u{2028}z",
        "é",
        "*",
        "&a",
        "!t",
        "`b`",
        " ",
        "#c",
        "$ref",
        "a/b~c",
        "\u{1b}[0m",
        "\u{85}",
        "\u{202e}x",
        "x # ask: no",
    ];
    let properties: serde_json::Map<String, Value> = names
        .iter()
        .map(|name| {
            let property = serde_json::json!({
                "type": "string", "enum": [name], "default": name, "description": name, "example": name,
            });
            ((*name).to_owned(), property)
        })
        .collect();
    let text = serde_json::json!({
        "product_short": "TIDE",
        "paths": {"/v2/{project_id}/odd": {"post": {
            "operationId": "Odd: {x}\n", "summary": "a\n# b: \u{2029}c",
            "parameters": [
                {"in": "query", "name": "q\n: x", "type": "string"},
                {"in": "body", "name": "body", "schema": {"$ref": "#/definitions/a: b\n"}},
            ],
            "responses": {"200": {"description": "-"}},
        }}},
        "definitions": {"a: b\n": {"type": "object", "properties": properties}},
    });
    let facts = read("odd\n.json", &text.to_string());
    let drafted = draft(&tide(), vec![facts], None);
    assert_eq!(drafted.failures, []);
    let spec = Spec::read(&drafted.sources).unwrap();
    let operation = spec.operation(&drafted.operations[0].label).unwrap();
    // That one has no letters that could name a value, which is asked about.
    for name in names.into_iter().filter(|it| *it != "é") {
        let subject = Subject::Field(name.to_owned());
        let claims = operation.claims.get(&subject).unwrap();
        assert_eq!(claims.facts[&Aspect::Enum].value.items(), [name]);
        assert_eq!(claims.facts[&Aspect::Default].value.as_one(), Some(name));
    }
    let schemas = spec
        .tree("spec/tide.yaml")
        .unwrap()
        .get("components")
        .unwrap()
        .get("schemas");
    let keys: Vec<&str> = schemas
        .unwrap()
        .entries()
        .iter()
        .map(|it| it.key.as_str())
        .collect();
    assert_eq!(keys, ["Problem", "AB"]);
    let harmful = |it: char| it.is_control() && it != '\n' || matches!(it, '\u{2028}' | '\u{202e}');
    let comments = text_of(&drafted)
        .lines()
        .filter_map(|it| it.split_once("# ask:"));
    for (_, comment) in comments {
        assert!(!comment.contains(harmful), "{comment:?}");
    }
}

fn text_of(drafted: &Drafted) -> &str {
    text(drafted, "spec/tide.yaml")
}
