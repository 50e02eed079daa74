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
        "minLength: only text can have that, and the type is object",
        "maxLength: only text can have that, and the type is object",
        "minimum: only a number can have that, and the type is string",
        "`pattern: \"[A-Z!^-_=+[{}]:,.]*$\"` is left out: ",
        "minItems: only a list can have that, and the type is integer",
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

/// Of a list it is said of its items, and of what has no fields it says nothing.
#[test]
fn an_object_is_closed_where_it_is() {
    let fields = |of: Value| json!({"type": "object", "properties": {of.as_str().unwrap(): {"type": "string"}}});
    let closed = |of: Value| {
        let mut of = of;
        of["additionalProperties"] = false.into();
        of
    };
    let list = |of: Value| json!({"type": "array", "items": of});
    let fields = json!({
        "plain": closed(fields(json!("a"))),
        "gates": closed(list(fields(json!("b")))),
        "doors": list(closed(fields(json!("c")))),
        "rows": list(list(closed(fields(json!("d"))))),
        "any": closed(list(json!({"type": "object"}))),
        "word": closed(json!({"type": "string"})),
        "words": closed(list(json!({"type": "string"}))),
        "flags": list(closed(json!({"type": "boolean"}))),
    });
    let drafted = drafted(&Value::Null, &fields);
    let text = text_of(&drafted);
    let questions = questions(text);
    let odd = "it is closed for more fields, and is no object; what is meant?";
    let about = questions.iter().filter(|it| it.starts_with(odd));
    assert_eq!(about.count(), 3, "{text}");
    assert!(!text.contains("additionalProperties: false`"), "{text}");
    assert_eq!(
        text.matches("additionalProperties: false").count(),
        5,
        "{text}"
    );
}

/// The generator refuses it there.
#[test]
fn a_secret_in_an_address_is_not_marked() {
    let fields = json!({"pass": {"type": "string", "format": "password"},
        "words": {"type": "array", "items": {"type": "string", "format": "password"}}});
    let body =
        json!({"in": "body", "name": "body", "schema": {"type": "object", "properties": fields}});
    let query = json!({"in": "query", "name": "word", "type": "string", "format": "password"});
    let drafted = drafted(&json!({"parameters": [body, query]}), &Value::Null);
    asks(
        &drafted,
        "it is a secret, and addresses end up in logs; may it be one?",
    );
    assert_eq!(
        text_of(&drafted).matches("format: password").count(),
        2,
        "{}",
        text_of(&drafted)
    );
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

/// By the vendor's name, in the words of it, or by the route.
#[test]
fn an_operation_is_called_as_the_vendor_calls_it() {
    let rst = "\n.. _Sluice:\n\nOpening a Sluice\n================\n\nURI\n---\n\nPOST /v2/sluices/open\n";
    for (name, id, question) in [
        (":original_name: LiftSluice.html", "LiftSluice", ""),
        (
            ":original_name: tide_05_0011.html",
            "PostSluicesOpen",
            "what does the vendor call it?",
        ),
        ("LiftSluice", "LiftSluice", ""),
        ("lift-sluice", "lift-sluice", ""),
        (
            "Lift Sluice (v2)",
            "LiftSluiceV2",
            "the vendor calls it `Lift Sluice (v2)`; may it be called so?",
        ),
    ] {
        let facts = match name.starts_with(':') {
            true => read("sluice.rst", &format!("{name}\n{rst}")),
            false => {
                let call = json!({"operationId": name, "responses": {"204": {"description": "-"}}});
                let text = json!({"paths": {"/v2/sluices/open": {"post": call}}});
                read("a.json", &text.to_string())
            }
        };
        let drafted = made(vec![facts]);
        assert_eq!(drafted.operations[0].label, format!("tide/{id}"));
        let questions = questions(text_of(&drafted));
        let about = questions.iter().find(|it| it.contains("vendor call"));
        assert_eq!(about.is_some(), !question.is_empty(), "{questions:#?}");
        assert!(about.is_none_or(|it| it.starts_with(question)), "{about:?}");
    }
}

/// Where all paths begin, what all operations of a path have, another operation, and what is closed.
#[test]
fn what_stands_around_an_operation_of_a_definition_counts() {
    let call = |name: &str| {
        json!({"operationId": name, "responses": {"204": {"description": "-"}}, "parameters": [
        {"in": "body", "name": "body", "required": true, "schema": {"$ref": "#/definitions/Gate"}}]})
    };
    let all = json!([{"in": "query", "name": "dry", "type": "boolean", "required": false}]);
    for (key, base) in [("basePath", "/v2"), ("base_path", "/v2/")] {
        let text = json!({
            key: base, "name": "OpenGate",
            "paths": {
                "/gates": {"post": call("OpenGate"), "parameters": all},
                "/gates/close": {"post": call("CloseGate")},
            },
            "definitions": {"Gate": {"type": "object", "additionalProperties": false, "maxProperties": 3,
                "properties": {"id": {"type": "string"}}}},
        });
        let drafted = made(vec![read("a.json", &text.to_string())]);
        let text = text_of(&drafted);
        assert!(text.contains("\n  /v2/gates:\n"), "{text}");
        assert!(text.contains("- name: dry\n"), "{text}");
        assert!(
            text.contains("      additionalProperties: false\n"),
            "{text}"
        );
        asks(&drafted, "`maxProperties: 3` is left out: ");
        asks(
            &drafted,
            "it also says: another operation, POST /v2/gates/close (definition line 1)",
        );
    }
    // One call of two paths.
    let text = json!({"paths": {"/v2/gates": {"post": call("OpenGate")}, "/v2/doors": {"post": call("OpenGate")}},
        "definitions": {"Gate": {"type": "string"}}});
    let drafted = made(vec![read("a.json", &text.to_string())]);
    asks(
        &drafted,
        "it has the route POST /v2/doors too; is that wanted?",
    );
}

/// Without a page they stand in the words of a definition alone.
#[test]
fn rules_of_a_password_in_the_words_of_a_definition_are_a_policy() {
    let words = "The password must contain 8 to 26 characters and at least three of uppercase letters, \
        lowercase letters, digits, and special characters (!@$%^-_=+).";
    let fields = json!({
        "new_password": {"type": "string", "description": words},
        "note": {"type": "string", "description": words},
    });
    let drafted = drafted(&Value::Null, &fields);
    let text = text_of(&drafted);
    let policy = "          x-password-policy:\n            min: 8\n            max: 26\n            classes:\n              - lower\n              - upper\n              - digit\n              - special\n            minClasses: 3\n";
    assert_eq!(text.matches(policy).count(), 1, "{text}");
    asks(
        &drafted,
        "the rules of the password are read from its words; are they right? (definition line 1)",
    );
}

/// The tag of a definition is taken where the document has it.
#[test]
fn a_tag_is_asked_about_unless_the_definition_has_it() {
    for (tags, tag, question) in [
        (json!(["gauges"]), "Gauges", ""),
        (
            json!(["Locks"]),
            "Gauges",
            "its tag is `Locks` there; which is it here? (definition line ",
        ),
        (
            json!(["水位"]),
            "Gauges",
            "which tag is it? (definition line ",
        ),
        (Value::Null, "Gauges", "which tag is it? (definition line "),
    ] {
        let drafted = drafted(&json!({"tags": tags}), &json!({"a": {"type": "string"}}));
        assert_eq!(said(&drafted, "tags"), Some(json!([tag])));
        let questions = questions(text_of(&drafted));
        let about = questions.iter().find(|it| it.contains(" tag "));
        assert!(about.is_none_or(|it| it.starts_with(question)), "{about:?}");
        assert_eq!(about.is_some(), !question.is_empty(), "{tags}");
    }
}

/// Whose operation it is may have been taken for granted wrongly.
#[test]
fn an_operation_of_another_service_is_asked_about() {
    for (host, service, is_asked) in [
        ("tide.example.com", "tide", false),
        ("tide.example.com", "ebb", true),
        ("ebb.example.com", "ebb", false),
        ("ebb.example.com", "tide", true),
    ] {
        let text = json!({"host": host, "paths": {"/v2/sluices": {"get": {
            "operationId": "ListSluices", "responses": {"204": {"description": "-"}},
        }}}});
        let facts = read("a.json", &text.to_string());
        assert_eq!(facts.services.len(), 1);
        let drafted = draft(&tide(), vec![facts], Some(service));
        let text = super::text(&drafted, &format!("spec/{service}.yaml"));
        let wanted = format!("and this is {service}; is it of it?");
        let questions = questions(text);
        assert_eq!(
            questions.iter().any(|it| it.contains(&wanted)),
            is_asked,
            "{questions:#?}"
        );
    }
}

#[test]
fn a_row_called_as_the_body_is_asked_about_without_a_definition() {
    let page = |rows: &str| {
        let page = format!(
            "# Closing a Gate\n\n## URI\n\nPOST /v2/sluices\n\n## Request\n\n\
             Table 1 Request body parameters\n\n| Parameter | Mandatory | Type |\n| --- | --- | --- |\n{rows}"
        );
        made(vec![read("close_gate.md", &page)])
    };
    let question = "is `body` a field, or the body itself? (page line ";
    let row = "| body | Yes | Object |\n| body.mode | Yes | String |\n";
    asks(&page(row), question);
    let drafted = page(&format!("{row}| note | No | String |\n"));
    assert!(!text_of(&drafted).contains("the body itself?"));
}

/// What goes without saying, and what an exporter writes where nothing is said.
#[test]
fn what_says_nothing_raises_no_question() {
    let fields = json!({
        "word": {"type": "string", "writeOnly": true, "readOnly": false},
        "gate": {"type": "object", "writeOnly": true, "properties": {"a": {"type": "string"}}},
        "depth": {"type": "integer", "nullable": true, "example": null},
        "zones": {"type": "array", "items": {"type": "string"}, "x-nullable": true, "nullable": true, "example": null},
        "width": {"type": "integer", "example": ""},
        "is_open": {"type": "boolean", "example": ""},
        "list": {"type": "array", "items": {"type": "string"}, "example": ""},
        "map": {"type": "object", "example": ""},
    });
    let drafted = drafted(&Value::Null, &fields);
    let questions = questions(text_of(&drafted));
    for odd in [
        "is it sent at all?",
        "be its example?",
        "its example is null",
    ] {
        assert!(
            !questions.iter().any(|it| it.contains(odd)),
            "{odd}\n{questions:#?}"
        );
    }
    assert_eq!(
        text_of(&drafted).matches("writeOnly: true").count(),
        2,
        "{}",
        text_of(&drafted)
    );
}

/// As without examples.
#[test]
fn examples_that_the_generator_refuses_are_left_out() {
    let body = "              schema: {type: object, properties: {depth: {type: integer}}}\n";
    let examples = "              examples: {one: {value: {depth: low}}, two: {value: {depth: 2}}} # (definition line 9)\n";
    let answer = "      responses:\n        '200':\n          description: It is open.\n          content:\n            application/json:\n";
    let path = "  /v2/examples:\n    get:\n      operationId: ListExamples\n      summary: Lists.\n      tags: [Gauges]\n      externalDocs: {url: 'https://docs.example.com/tide/a.html'}\n";
    let at = super::TIDE.find("\ncomponents:").unwrap() + 1;
    let (before, after) = super::TIDE.split_at(at);
    let text = format!("{before}{path}{answer}{body}{examples}\n{after}");
    let known = huaweicloud_codegen::Source::new("spec/tide.yaml", super::TIDE);
    let mended = crate::draft::mend::mend(Some(&known), known.with_text(text));
    assert!(mended.text.contains("# ask: `examples"), "{}", mended.text);
    assert!(!mended.text.contains("examples: {one"), "{}", mended.text);
}

/// A draft is written in lines; what stands between brackets is somebody's, and no comment has room there.
#[test]
fn what_stands_between_brackets_stays() {
    let at = super::TIDE.find("\ncomponents:").unwrap() + 1;
    let (before, after) = super::TIDE.split_at(at);
    let schema = "  schemas:\n    Ebb:\n      type: object\n      properties:\n";
    let flow = "        a: {type: string, minItems: 3, maxItems: 4}\n        b: {format: 5}\n";
    let block =
        "        c:\n          type: string\n          minItems: 3\n          maxItems: 4\n";
    let after = after.replacen("  schemas:\n", &format!("{schema}{flow}{block}"), 1);
    let known = huaweicloud_codegen::Source::new("spec/tide.yaml", super::TIDE);
    let mended =
        crate::draft::mend::mend(Some(&known), known.with_text(format!("{before}{after}")));
    assert!(mended.text.contains(flow), "{}", mended.text);
    assert_eq!(mended.text.matches("# ask: ").count(), 2, "{}", mended.text);
}

#[test]
fn a_path_follows_its_base_after_one_slash() {
    for (base, path, whole) in [
        ("/v2", "/sluices", "/v2/sluices"),
        ("/v2/", "/sluices", "/v2/sluices"),
        ("/v2", "sluices", "/v2/sluices"),
        ("v2/", "//sluices", "/v2/sluices"),
        ("/", "sluices", "/sluices"),
        ("/", "/v2/sluices/", "/v2/sluices/"),
        ("v2", "/v2/sluices", "/v2/sluices"),
        ("/v2", "/v20/sluices", "/v2/v20/sluices"),
        ("", "/v2/sluices", "/v2/sluices"),
    ] {
        let text = json!({"product_short": "TIDE", "basePath": base, "paths": {path: {"post":
            {"operationId": "OpenSluice", "responses": {"204": {"description": "-"}}}}}});
        let facts = read("open_sluice.json", &text.to_string());
        assert_eq!(facts.routes[0].value.path, whole, "{base} {path}");
    }
}

/// Names that YAML takes for something else, secrets of any kind, and a keyword of another.
#[test]
fn odd_shapes_make_a_client_too() {
    let inner = json!({"type": "object", "properties": {"a": {"type": "string"}}});
    let fields = json!({
        "null": inner, "true": inner, "on": inner,
        "credentials": {"type": "array", "items": {"multipleOf": "x"}},
        "sk": {"type": "object", "additionalProperties": false},
        "zones": {"type": "array", "items": {"type": "string"}, "additionalProperties": false},
        "list": {"type": "array", "items": {"format": 5}},
        "more": {"type": "array", "items": {"format": 6, "multipleOf": "x"}},
    });
    let parameters = json!([
        {"in": "body", "name": "body", "required": true, "schema": {"type": "object", "properties": fields}},
        {"in": "query", "name": "api_key", "type": "object"},
    ]);
    let drafted = drafted(&json!({"parameters": parameters}), &json!({}));
    assert!(
        text_of(&drafted).contains("    'Null':\n"),
        "{}",
        text_of(&drafted)
    );
    asks(
        &drafted,
        "it is closed for more fields, and is no object; what is meant?",
    );
    asks(&drafted, "`format: 5` is left out: ");
}
