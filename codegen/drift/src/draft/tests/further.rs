//! What only one definition in many says, and what cannot stand as it is said.

use huaweicloud_codegen::{profile, render};
use serde_json::{Value, json};

use super::{questions, read, text_of, tide};
use crate::document::Spec;
use crate::draft::{Drafted, draft};

/// A draft of an operation with a body of some fields and extensions of its own.
fn drafted(extensions: &Value, fields: &Value) -> Drafted {
    let mut operation = json!({
        "operationId": "OpenSluice",
        "parameters": [{"in": "body", "name": "body", "required": true,
            "schema": {"type": "object", "properties": fields}}],
        "responses": {"204": {"description": "-"}},
    });
    for (key, value) in extensions.as_object().into_iter().flatten() {
        operation[key] = value.clone();
    }
    let text = json!({
        "product_short": "TIDE",
        "paths": {"/v2/{project_id}/sluices": {"post": operation}},
    });
    made(vec![read("open_sluice.json", &text.to_string())])
}

/// What is drafted of some files, which has to make a client.
fn made(facts: Vec<huaweicloud_pages::facts::Facts>) -> Drafted {
    let drafted = draft(&tide(), facts, Some("tide"));
    assert_eq!(drafted.failures, []);
    if let Err(mistakes) = render(&drafted.sources, profile::of_the_workspace()) {
        panic!("{}", mistakes.render(&drafted.sources, false));
    }
    drafted
}

fn asks(drafted: &Drafted, wanted: &str) {
    let questions = questions(text_of(drafted));
    let is_there = questions.iter().any(|it| it.starts_with(wanted));
    assert!(is_there, "{wanted}\n{questions:#?}");
}

/// A keyword of the operation that was drafted.
fn said(drafted: &Drafted, key: &str) -> Option<Value> {
    let spec = Spec::read(&drafted.sources).unwrap();
    let operation = ["paths", "/v2/{project_id}/sluices", "post", key];
    let root = spec.tree("spec/tide.yaml").unwrap();
    let found = operation.iter().try_fold(root, |node, it| node.get(it));
    found.map(huaweicloud_codegen::load::tree::Node::to_json)
}

#[test]
fn how_often_it_may_be_called_and_by_whom_is_drafted() {
    let extensions = json!({
        "x-tenant_flow_value": "40", "x-tenant_flow_time": 2, "x-order": 3, "x-internal": "False",
        "x-huawei-security": {"pdpKey": "tide:sluice:open"}, "x-ebb": "low", "x-constraint": "Only at ebb.",
    });
    let drafted = drafted(&extensions, &json!({"a": {"type": "string"}}));
    assert_eq!(
        said(&drafted, "x-rate-limit"),
        Some(json!({"calls": 40, "seconds": 120}))
    );
    assert_eq!(
        said(&drafted, "x-iam-actions"),
        Some(json!(["tide:sluice:open"]))
    );
    asks(&drafted, "is it for one account, in this time?");
    asks(
        &drafted,
        "it says `x-ebb: \"low\"`, for which OpenAPI has no word",
    );
    asks(
        &drafted,
        "it says something by `x-constraint`; say it in your own words",
    );
    let text = text_of(&drafted);
    assert!(
        !text.contains("x-order") && !text.contains("x-internal"),
        "{text}"
    );
    assert!(!text.contains("Only at ebb"));
}

/// The page leads where it names the action itself.
#[test]
fn another_action_of_a_definition_is_asked_about() {
    let text = json!({
        "paths": {"/v2/{project_id}/sluices": {"get": {
            "operationId": "ListSluices", "responses": {"204": {"description": "-"}},
            "x-huawei-security": {"pdpKey": "tide:sluice:list"},
        }}},
    });
    let mut facts = read("list_sluices.json", &text.to_string());
    let at = facts.routes[0].sources[0].clone();
    let row = |action: &str| huaweicloud_pages::facts::IamRow {
        action: action.to_owned(),
        ..Default::default()
    };
    facts.iam = vec![huaweicloud_pages::facts::Fact::new(
        row("tide:gate:list"),
        at.clone(),
    )];
    let drafted = made(vec![facts.clone()]);
    asks(
        &drafted,
        "it names the action \"tide:sluice:list\" too; is it needed?",
    );
    facts.iam = vec![huaweicloud_pages::facts::Fact::new(
        row("tide:sluice:list"),
        at,
    )];
    let drafted = made(vec![facts]);
    assert!(!text_of(&drafted).contains("too; is it needed?"));
}

#[test]
fn an_extension_of_the_name_of_a_keyword_is_that_keyword() {
    let fields = json!({
        "name": {"type": "string", "x-minLength": 3, "x-maxLength": 7, "x-example": "ebb-1", "format": "String"},
        "depth": {"type": "string", "minLength": 2, "x-minLength": 4, "example": null},
    });
    let drafted = drafted(&Value::Null, &fields);
    let text = text_of(&drafted);
    assert!(
        text.contains("          minLength: 3\n          maxLength: 7\n"),
        "{text}"
    );
    assert!(text.contains("example: ebb-1") && !text.contains("format: String"));
    asks(
        &drafted,
        "it says `x-minLength: 4`, for which OpenAPI has no word",
    );
    asks(&drafted, "its example is null; may it be null?");
}

/// Whatever the generator refuses of a definition.
#[test]
fn what_cannot_stand_is_asked_about_where_it_stood() {
    let fields = json!({
        "gate": {"type": "object", "minLength": 1, "maxLength": 64},
        "memory": {"type": "string", "minimum": 2},
        "code": {"type": "string", "pattern": "[A-Z!^-_=+[{}]:,.]*$"},
        "format": {"type": "integer", "minItems": 3},
        "token": {"type": "string", "enum": ["Ebb", "Flow"], "x-sensitive": true},
    });
    let drafted = drafted(&Value::Null, &fields);
    for wanted in [
        "`minLength: 1` is left out: ",
        "`maxLength: 64` is left out: ",
        "`minimum: 2` is left out: ",
        "`pattern: \"[A-Z!^-_=+[{}]:,.]*$\"` is left out: ",
        "`minItems: 3` is left out: ",
    ] {
        asks(&drafted, wanted);
    }
    for question in questions(text_of(&drafted)) {
        assert!(
            question.contains(" line ") && question.ends_with(')'),
            "{question}"
        );
    }
}

#[test]
fn a_parameter_of_the_path_that_need_not_be_given_is_asked_about() {
    let page = "# Closing a Gate\n\n## URI\n\nDELETE /v2/gates/{gate_id}\n\n\
        | Parameter | Mandatory | Type | Description |\n| --- | --- | --- | --- |\n\
        | gate_id | No | String | Which. |\n";
    let drafted = made(vec![read("close_gate.md", page)]);
    asks(
        &drafted,
        "it is in the path, so it is always given, and it need not be",
    );
}

/// A table that is none of the call is one question, not one for each of its cells.
#[test]
fn a_reason_is_asked_about_once() {
    let page = "# Closing a Gate\n\n## URI\n\nDELETE /v2/gates\n";
    let mut facts = read("close_gate.md", page);
    for line in 4..9 {
        let at = huaweicloud_pages::block::Lines::of(line);
        facts.unreadable.push(("this is no gate".to_owned(), at));
    }
    let drafted = made(vec![facts]);
    let wanted = "it cannot be read here: this is no gate (page line 4, and 4 more to 8)";
    asks(&drafted, wanted);
    assert_eq!(
        text_of(&drafted).matches("it cannot be read here").count(),
        1
    );
}

/// Of a page and of a definition, whose path should have no query.
#[test]
fn what_only_the_query_of_a_route_names_is_a_parameter() {
    let route = "/v2/gates/{gate_id}?action=open&force={force}&wait={wait}";
    let page = format!(
        "# Opening a Gate\n\n## URI\n\nPOST {route}\n\n\
         | Parameter | Mandatory | Type | Description |\n| --- | --- | --- | --- |\n\
         | gate_id | Yes | String | Which. |\n| wait | No | Boolean | For whom. |\n"
    );
    let wait = json!({"in": "query", "name": "wait", "type": "boolean", "required": false});
    let definition = json!({"paths": {route: {"post": {
        "operationId": "OpenGate", "parameters": [wait], "responses": {"204": {"description": "-"}},
    }}}});
    for facts in [read("a.md", &page), read("a.json", &definition.to_string())] {
        let drafted = made(vec![facts]);
        let spec = Spec::read(&drafted.sources).unwrap();
        let way = ["paths", "/v2/gates/{gate_id}", "post", "parameters"];
        let root = spec.tree("spec/tide.yaml").unwrap();
        let found = way.iter().try_fold(root, |node, it| node.get(it)).unwrap();
        let found: Vec<Value> = found.items().iter().map(|it| it.to_json()).collect();
        let named = |name: &str| found.iter().find(|it| it["name"] == name).unwrap();
        assert_eq!(found.len(), 4);
        assert_eq!(named("action")["in"], "query");
        assert_eq!(named("action")["schema"]["enum"], json!(["open"]));
        assert_eq!(named("force")["schema"].get("enum"), None);
        assert_eq!(named("wait")["schema"]["type"], "boolean");
        asks(&drafted, "must it be given? that is not said");
        asks(&drafted, "its type is not said; which is it?");
    }
}
