//! The examples of definitions: those that fit stay, the others are asked about.

use huaweicloud_codegen::{profile, render};
use serde_json::{Value, json};

use super::{questions, read, text_of, tide};
use crate::document::Spec;
use crate::draft::{Drafted, draft};

/// A draft of an operation whose body has an example, and whose response has some.
fn drafted(sent: &Value, back: &Value) -> Drafted {
    let gate = json!({"type": "object", "required": ["id"], "properties": {
        "id": {"type": "string", "maxLength": 8}, "mode": {"type": "string", "enum": ["up", "down"]},
        "note": {"type": "string"}, "secret_keys": {"type": "object", "properties": {"one": {"type": "string"}}}, "password": {"type": "string"}, "depth": {"type": "integer"},
    }});
    let text = json!({
        "product_short": "TIDE",
        "paths": {"/v2/{project_id}/gates": {"post": {
            "operationId": "OpenGates",
            "parameters": [{"in": "body", "name": "body", "required": true,
                "schema": {"$ref": "#/definitions/Gates"}}],
            "responses": {"200": {"description": "-", "examples": back,
                "schema": {"$ref": "#/definitions/Gate"}}},
        }}},
        "definitions": {"Gate": gate, "Gates": {"type": "object", "example": sent, "properties": {
            "gates": {"type": "array", "items": {"$ref": "#/definitions/Gate"}},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        }}},
    });
    drafted_of(&text)
}

fn drafted_of(definition: &Value) -> Drafted {
    let drafted = draft(&tide(), vec![read("a.json", &definition.to_string())], None);
    assert_eq!(drafted.failures, []);
    if let Err(mistakes) = render(&drafted.sources, profile::of_the_workspace()) {
        panic!("{}", mistakes.render(&drafted.sources, false));
    }
    drafted
}

/// What stands at a way below the operation.
fn at(drafted: &Drafted, path: &str, way: &[&str]) -> Value {
    let spec = Spec::read(&drafted.sources).unwrap();
    let root = spec.tree("spec/tide.yaml").unwrap();
    let way = ["paths", path, "post"]
        .into_iter()
        .chain(way.iter().copied());
    let mut found = way.clone().try_fold(root, |node, it| node.get(it));
    let text = text_of(drafted);
    found.take().unwrap_or_else(|| panic!("{text}")).to_json()
}

const SENT: &[&str] = &["requestBody", "content", "application/json"];
const BACK: &[&str] = &["responses", "200", "content", "application/json"];

#[test]
fn an_example_that_fits_stays_without_secrets_and_sentences() {
    let sent = json!({
        "gates": [
            {"id": "g-1", "mode": "up", "password": "Real-Secret-7", "note": "Opened by the harbour master."},
            {"id": "g-2", "depth": 4, "note": "user=a&passwd=Inner-Secret-9", "secret_keys": {"one": "Nested-Secret-1"}},
        ],
        "labels": {"zone": "north", "admin_password": "Other-Secret-8"},
    });
    let back = json!({"application/json": {"id": "g-1", "depth": 7}});
    let drafted = drafted(&sent, &back);
    let example = &at(&drafted, "/v2/{project_id}/gates", SENT)["example"];
    assert_eq!(
        *example,
        json!({
            "gates": [
                {"id": "g-1", "mode": "up", "password": "Correct-Horse-42", "note": "example-note"},
                {"id": "g-2", "depth": 4, "note": "example-note", "secret_keys": {"one": "example-one"}},
            ],
            "labels": {"zone": "north", "admin_password": "example"},
        })
    );
    let example = &at(&drafted, "/v2/{project_id}/gates", BACK)["example"];
    assert_eq!(*example, json!({"id": "g-1", "depth": 7}));
    let text = text_of(&drafted);
    assert!(
        !text.contains("Secret-") && !text.contains("harbour"),
        "{text}"
    );
}

#[test]
fn examples_that_fit_stay_all_of_them() {
    let back = json!({"one": {"id": "g-1"}, "two": {"id": "g-2"}, "again": {"id": "g-1"}});
    let drafted = drafted(&json!({"gates": []}), &back);
    let media = at(&drafted, "/v2/{project_id}/gates", BACK);
    assert_eq!(media["examples"]["example1"]["value"], json!({"id": "g-1"}));
    assert_eq!(media["examples"]["example2"]["value"], json!({"id": "g-2"}));
    assert_eq!(media["examples"].as_object().unwrap().len(), 2);
    assert_eq!(media.get("example"), None);
}

#[test]
fn where_an_example_does_not_fit_is_asked() {
    for (sent, place) in [
        (
            json!({"gates": [{"id": "g"}, {"id": 5}]}),
            "`gates[].id`: the value is not of type \"string\"",
        ),
        (
            json!({"gates": [{"depth": 5}]}),
            "`gates[]`: \"id\" is a required property",
        ),
        (
            json!({"gates": [{"id": "g", "mode": "ajar"}]}),
            "`gates[].mode`: the value is not one of",
        ),
        (
            json!({"gates": [{"id": "g", "width": 5}]}),
            "`gates[]`: the schema has no field `width`",
        ),
        (json!({"gate": 5}), "the schema has no field `gate`"),
        (
            json!({"labels": {"zone": 5}}),
            "`labels.zone`: the value is not of type \"string\"",
        ),
        (json!("{\"gates\": [}"), "it cannot be read"),
    ] {
        let drafted = drafted(&sent, &json!({}));
        let media = at(&drafted, "/v2/{project_id}/gates", SENT);
        // What was made up stays.
        assert_eq!(media["example"]["labels"], json!({"key": "example-labels"}));
        let questions = questions(text_of(&drafted));
        let mut about = questions.iter().filter(|it| it.starts_with("its example "));
        let question = about
            .next()
            .unwrap_or_else(|| panic!("{place}: {questions:#?}"));
        let wanted = place.replace("it cannot", "its example cannot");
        assert!(question.contains(&wanted), "{wanted}: {question}");
        assert!(
            question.contains("(definition line ") && about.next().is_none(),
            "{question}"
        );
    }
}

/// Of the errors of many statuses, and of fields.
#[test]
fn examples_that_many_have_and_those_of_fields() {
    let fault = json!({"type": "object", "properties": {"code": {"type": "string"}}, "example": {"code": 4}});
    let responses = json!({"204": {"description": "-"},
        "400": {"description": "-", "schema": {"$ref": "#/definitions/Fault"}},
        "404": {"description": "-", "schema": {"$ref": "#/definitions/Fault"}}});
    let fields = json!({
        "gate": {"type": "object", "properties": {"id": {"type": "string"}}, "example": {"id": "g-4"}},
        "zones": {"type": "array", "items": {"type": "string"}, "example": ["north", "south"]},
        "depths": {"type": "array", "items": {"type": "integer", "example": 9}},
        "locks": {"type": "array", "items": {"$ref": "#/definitions/Fault"}, "example": [{"key": "x"}]},
        "width": {"type": "integer", "example": "wide"},
        "length": {"type": "integer", "example": "12"},
        "empty": {"type": "string", "example": null},
        "token": {"type": "string", "example": "Field-Secret-1"},
        "passwords": {"type": "array", "items": {"type": "string"}, "example": ["List-Secret-2"]},
    });
    let drafted = drafted_of(&json!({
        "product_short": "TIDE",
        "paths": {"/v2/{project_id}/locks": {"post": {
            "operationId": "OpenLocks",
            "parameters": [{"in": "body", "name": "body", "required": true,
                "schema": {"type": "object", "properties": fields}}],
            "responses": responses,
        }}},
        "definitions": {"Fault": fault},
    }));
    let media = at(&drafted, "/v2/{project_id}/locks", SENT);
    let whole = &media["example"];
    for (field, value) in [
        ("gate", json!({"id": "example-id"})),
        ("zones", json!(["north", "south"])),
        ("depths", json!([9])),
        ("length", json!(12)),
        ("empty", json!("example-empty")),
    ] {
        assert_eq!(whole[field], value, "{field}");
    }
    assert!(!text_of(&drafted).contains("Secret-"));
    let questions = questions(text_of(&drafted));
    for (wanted, count) in [
        (
            "its example does not fit: `code`: the value is not of type \"string\"",
            1,
        ),
        (
            "it has an example of an object; does that of its body show the same?",
            1,
        ),
        ("can \"wide\" be its example? it does not fit", 1),
        ("can ", 1),
    ] {
        let found = questions.iter().filter(|it| it.starts_with(wanted));
        assert_eq!(found.count(), count, "{wanted}\n{questions:#?}");
    }
}

/// Beside another question about the operation.
#[test]
fn an_example_of_what_has_no_fields_is_asked_about() {
    let drafted = drafted_of(&json!({
        "product_short": "TIDE",
        "paths": {"/v2/{project_id}/locks": {"post": {
            "operationId": "OpenLocks", "deprecated": true,
            "responses": {
                "200": {"description": "-", "examples": {"application/json": {"id": "g"}}},
                "202": {"description": "-", "examples": {"application/json": {}}},
            },
        }}},
    }));
    let questions = questions(text_of(&drafted));
    for wanted in [
        "it has an example of a body that has no fields here",
        "it is deprecated",
    ] {
        let found = questions.iter().filter(|it| it.starts_with(wanted));
        assert_eq!(found.count(), 1, "{wanted}\n{questions:#?}");
    }
}

/// What shows nothing takes the place of nothing, and raises no question.
#[test]
fn an_example_of_nothing_is_none() {
    for nothing in [json!({}), json!(null), json!([]), json!("{}"), json!("")] {
        let drafted = drafted(&nothing, &json!({"application/json": nothing}));
        let media = at(&drafted, "/v2/{project_id}/gates", SENT);
        assert_eq!(media["example"]["labels"], json!({"key": "example-labels"}));
        let media = at(&drafted, "/v2/{project_id}/gates", BACK);
        assert_eq!(media["example"]["id"], "example-");
        let text = text_of(&drafted);
        assert!(!text.contains("its example "), "{text}");
    }
}

/// A response for all other statuses has its examples too, whatever the definition calls it.
#[test]
fn an_example_of_any_other_response_is_its_own() {
    for name in ["default", "error", "5XX"] {
        let response = json!({"description": "-", "schema": {"$ref": "#/definitions/Fault"},
            "examples": {"application/json": {"depth": 7}}});
        let drafted = drafted_of(&json!({
            "product_short": "TIDE",
            "paths": {"/v2/{project_id}/locks": {"post": {"operationId": "OpenLocks",
                "responses": {"204": {"description": "-"}, name: response}}}},
            "definitions": {"Fault": {"type": "object", "properties": {"depth": {"type": "integer"}}}},
        }));
        let way = ["responses", "default", "content", "application/json"];
        let media = at(&drafted, "/v2/{project_id}/locks", &way);
        assert_eq!(media["example"], json!({"depth": 7}), "{name}");
    }
}

/// Each where its body is described.
#[test]
fn which_body_is_an_example_is_asked_of_the_body() {
    let schema = json!({"type": "object", "required": ["a"], "properties": {
        "a": {"type": "string", "pattern": "^[0-9]{4}-x$"}}});
    let definition = json!({
        "product_short": "TIDE",
        "paths": {"/v2/{project_id}/locks": {"post": {"operationId": "OpenLocks",
            "parameters": [{"in": "body", "name": "body", "required": true, "schema": schema}],
            "responses": {"200": {"description": "-", "schema": schema}}}}},
    });
    let text = serde_json::to_string_pretty(&definition).unwrap();
    let drafted = draft(&tide(), vec![read("a.json", &text)], None);
    let questions = questions(text_of(&drafted));
    let lines = text.lines().zip(1..);
    let places = lines.filter(|(it, _)| it.contains("\"200\"") || it.ends_with("      {"));
    let mut count = 0;
    for (_, line) in places {
        let wanted = format!("which body is an example? (definition line {line})");
        assert!(questions.contains(&wanted), "{wanted}\n{questions:#?}");
        count += 1;
    }
    assert_eq!(count, 2);
}
