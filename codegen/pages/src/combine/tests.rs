mod laws;

use serde_json::json;

use super::*;
use crate::block::Lines;
use crate::facts::{Bounds, CellOutcome, PasswordRules, Required, ResponseFacts};
use crate::{notation, read};

/// A definition of one operation with these parameters, body and response.
fn definition(parts: &serde_json::Value) -> Facts {
    let mut operation = json!({
        "operationId": "SetGauge",
        "summary": "Setting",
        "parameters": [
            {"in": "path", "name": "gaugeId", "type": "string", "required": true},
            {"in": "body", "name": "Body", "schema": {"$ref": "#/definitions/Body"}},
        ],
        "responses": {"200": {"description": "OK", "schema": {"$ref": "#/definitions/Answer"}}},
    });
    for parameter in parts["parameters"].as_array().into_iter().flatten() {
        operation["parameters"]
            .as_array_mut()
            .expect("a list")
            .push(parameter.clone());
    }
    let text = json!({
        "swagger": "2.0",
        "product_short": "TIDE",
        "paths": {"/v1/gauges/{gaugeId}": {"put": operation}},
        "definitions": {
            "Body": parts["body"],
            "Answer": {"type": "object", "properties": {"level": {"type": "integer"}}},
        },
    });
    read("set.json", format!("{text:#}").as_bytes()).expect("a definition")
}

/// A page with these rows of the request's body: name, mandatory, type, description.
fn page(name: &str, rows: &[[&str; 4]]) -> Facts {
    read(name, page_text(rows).as_bytes()).expect("a page")
}

fn page_text(rows: &[[&str; 4]]) -> String {
    let mut text = "# Setting a Gauge\n\n## URI\n\nPUT /v1/gauges/{gauge_id}\n\nTable 1 Path parameters\n\n\
                    |Parameter|Mandatory|Type|Description|\n|---|---|---|---|\n|gauge_id|Yes|String|The gauge.|\n\n\
                    ## Request\n\nTable 2 Request body parameters\n\n|Parameter|Mandatory|Type|Description|\n|---|---|---|---|\n"
        .to_owned();
    for row in rows {
        text.push_str(&format!("|{}|\n", row.join("|")));
    }
    text.push_str(
        "\n## Response\n\nTable 3 Response body parameters\n\n|Parameter|Type|Description|\n|---|---|---|\n\
         |level|Integer|The level.|\n\n## Status Code\n\n|Status Code|Description|\n|---|---|\n|200|OK|\n|403|Not allowed.|\n",
    );
    text
}

fn field<'f>(facts: &'f Facts, path: &str) -> &'f FieldFacts {
    let mut all = facts.parameters.iter();
    let found = all.find(|(_, field)| field.path == path);
    &found.unwrap_or_else(|| panic!("no {path}")).1
}

fn differences(facts: &Facts) -> Vec<String> {
    let all = facts.contradictions.iter();
    all.map(|it| {
        let name = |source: &FactSource| facts.files[source.lines.file].name.clone();
        format!(
            "{}: {} ({}), {} ({})",
            it.about,
            it.first.0,
            name(&it.first.1),
            it.second.0,
            name(&it.second.1)
        )
    })
    .collect()
}

#[test]
fn what_only_the_definition_has_is_told() {
    let body = json!({"body": {"type": "object", "properties": {
        "mode": {"type": "string"},
        "range": {"type": "object", "properties": {"low": {"type": "integer"}}},
    }}});
    let both = combine(vec![
        definition(&body),
        page("set.md", &[["mode", "No", "String", "The mode."]]),
    ]);
    let told: Vec<&str> = both
        .left_out
        .iter()
        .map(|(words, _)| words.as_str())
        .collect();
    assert_eq!(
        told,
        ["the page's silence about body parameter range, which the definition has"]
    );
    assert_eq!(field(&both, "range.low").path, "range.low");
    // A page without a table of the body says nothing of it.
    let both = combine(vec![definition(&body), page("set.md", &[])]);
    assert_eq!(both.left_out, []);
}

#[test]
fn the_definition_leads_and_the_page_fills_what_it_leaves_open() {
    let first = definition(&json!({"body": {
        "type": "object",
        "required": ["mode"],
        "properties": {
            "mode": {"type": "string"},
            "depth": {"type": "integer", "maximum": 90, "default": 3},
            "note": {"type": "string", "maxLength": 64},
        },
    }}));
    let second = page(
        "set.md",
        &[
            [
                "mode",
                "Yes",
                "String",
                "The mode. The value can be **EBB** or **FLOOD**.",
            ],
            [
                "depth",
                "Yes",
                "String",
                "The depth. The value ranges from 1 to 80. The default value is 3.",
            ],
            [
                "note",
                "No",
                "String",
                "Words. The value contains 1 to 64 characters.",
            ],
        ],
    );
    let both = combine(vec![second, first]);
    let names: Vec<&str> = both.files.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["set.json", "set.md"]);
    assert_eq!(
        differences(&both),
        [
            "body parameter depth: type: Integer (set.json), String (set.md)",
            "body parameter depth: required: optional (set.json), mandatory (set.md)",
            "body parameter depth: greatest value: 90 (set.json), 80 (set.md)",
        ]
    );
    let depth = field(&both, "depth");
    assert_eq!(
        depth.type_.as_ref().map(|it| it.value.as_str()),
        Some("Integer")
    );
    assert_eq!(depth.required.0, Required::No);
    assert_eq!(depth.ranges[0].value.max.as_deref(), Some("90"));
    let mode = field(&both, "mode");
    let values = mode.enum_values.as_ref().expect("values");
    assert_eq!(values.value, ["EBB", "FLOOD"]);
    assert_eq!(values.sources[0].lines.file, 1);
    let note = &field(&both, "note").lengths[0];
    assert_eq!(note.value.min.as_deref(), Some("1"));
    let files: Vec<usize> = note.sources.iter().map(|it| it.lines.file).collect();
    assert_eq!(files, [0, 1]);
    assert_eq!(
        both.title.as_ref().map(|it| it.value.as_str()),
        Some("Setting a Gauge")
    );
    let statuses: Vec<&str> = both.statuses.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(statuses, ["200", "403"]);
    // The page calls it gauge_id, which no caller sees.
    assert_eq!(
        both.parameters
            .iter()
            .filter(|it| it.0 == FieldLocation::Path)
            .count(),
        1
    );
    assert_eq!(both.routes.len(), 1);
    // Nor does it name the status of its response.
    assert_eq!(both.responses.len(), 1);
}

/// Two pages give a password another length: one question, of the field and the rule.
#[test]
fn one_bound_of_a_password_is_one_contradiction() {
    let with_length = |name: &str, most: u32| {
        let mut facts = page(name, &[["password", "Yes", "String", "The password."]]);
        let all = facts.parameters.iter_mut();
        let (_, field) = all.last().expect("a field");
        let source = field.named[0].clone();
        let (part, min, max) = (None, Some("8".into()), Some(most.to_string()));
        field.lengths = vec![Fact::new(Bounds { part, min, max }, source.clone())];
        let rules = PasswordRules {
            length: Some((8, most)),
            ..PasswordRules::default()
        };
        field.password = Some(Fact::new(rules, source));
        facts
    };
    let both = combine(vec![with_length("a.md", 32), with_length("b.md", 20)]);
    assert_eq!(
        differences(&both),
        ["body parameter password: greatest length: 32 (a.md), 20 (b.md)"]
    );
}

/// A page that leaves statuses out takes none away, and one that has only others contradicts.
#[test]
fn two_statuses_of_success_contradict() {
    let first = definition(&json!({"body": {}}));
    for (listed, told, statuses) in [
        ("|200|OK|", &[][..], &["200", "403"][..]),
        (
            "|202|OK|",
            &["status 200: 200 (set.json), 202 (set.md)"],
            &["200", "403"],
        ),
        (
            "|201|OK|\n|204|OK|",
            &["status 200: 200 (set.json), 201, 204 (set.md)"],
            &["200", "403"],
        ),
        ("|200|OK|\n|202|OK|", &[], &["200", "202", "403"]),
        ("|404|Not there.|", &[], &["200", "403", "404"]),
    ] {
        let second = page_text(&[]).replace("|200|OK|", listed);
        let second = read("set.md", second.as_bytes()).expect("a page");
        let both = combine(vec![first.clone(), second]);
        assert_eq!(differences(&both), told, "{listed}");
        let mut known: Vec<&str> = both.statuses.iter().map(|it| it.value.as_str()).collect();
        known.sort_unstable();
        assert_eq!(known, statuses, "{listed}");
        assert_eq!(both.responses[0].fields.len(), 1, "{listed}");
    }
}

/// What a draft needs of a definition is not lost beside a page.
#[test]
fn what_only_definitions_say_stays() {
    let body = json!({"body": {"properties": {"mode": {"type": "string", "pattern": "^a+$"}}}});
    let first = definition(&body);
    let mut second = definition(&json!({"body": {"properties": {
        "mode": {"type": "string", "pattern": "^b+$", "format": "byte"},
    }}}));
    second.files[0].name = "two.json".into();
    let both = combine(vec![
        page("set.md", &[["mode", "No", "String", "The mode."]]),
        second,
        first.clone(),
    ]);
    let words = |facts: &Facts| -> Vec<(String, serde_json::Value, usize)> {
        let keywords = field(facts, "mode").keywords.iter();
        keywords
            .map(|(key, it)| (key.clone(), it.value.clone(), it.sources[0].lines.file))
            .collect()
    };
    assert_eq!(words(&first), [("pattern".to_owned(), json!("^a+$"), 0)]);
    assert_eq!(
        words(&both),
        [
            ("pattern".to_owned(), json!("^a+$"), 0),
            ("format".to_owned(), json!("byte"), 1)
        ]
    );
    assert_eq!(both.body, first.body);
    assert_eq!(both.responses[0].body, first.responses[0].body);
}

#[test]
fn a_definition_that_requires_nothing_has_no_opinion() {
    let open = json!({"type": "object", "properties": {"mode": {"type": "string"}}});
    let first = definition(&json!({
        "body": open,
        "parameters": [{"in": "query", "name": "wait", "type": "integer"}],
    }));
    assert_eq!(field(&first, "mode").required, (Required::No, None));
    assert_eq!(field(&first, "wait").required, (Required::No, None));
    let second = page("set.md", &[["mode", "Yes", "String", "The mode."]]);
    let both = combine(vec![first.clone(), second]);
    assert_eq!(field(&both, "mode").required.0, Required::Yes);
    assert_eq!(differences(&both), [""; 0]);
    assert_eq!(
        field(&combine(vec![first]), "mode").required.0,
        Required::No
    );
}

#[test]
fn the_policy_of_a_page_stands_beside_the_length_of_a_definition() {
    let first = definition(&json!({"body": {"properties": {
        "password": {"type": "string", "minLength": 0, "maxLength": 64},
    }}}));
    let policy = "The password must contain 8 to 32 characters and at least three of the following character types: \
                  uppercase letters, lowercase letters, digits, and special characters (~!@#).";
    let second = page("set.md", &[["password", "Yes", "String", policy]]);
    let both = combine(vec![first, second]);
    let password = field(&both, "password");
    assert_eq!(password.lengths[0].value.max.as_deref(), Some("64"));
    let rules = password.password.as_ref().expect("rules");
    assert_eq!(rules.value.length, Some((8, 32)));
    assert_eq!(
        differences(&both),
        [
            "body parameter password: least length: 0 (set.json), 8 (set.md)",
            "body parameter password: greatest length: 64 (set.json), 32 (set.md)",
        ]
    );
}

#[test]
fn a_field_that_only_the_page_has_is_told_unless_the_definition_leaves_it_open() {
    let first = definition(&json!({"body": {"properties": {
        "mode": {"type": "object", "properties": {"name": {"type": "string"}}},
        "tags": {"type": "object"},
    }}}));
    let second = page(
        "set.md",
        &[
            ["mode", "No", "Object", "The mode."],
            ["mode.name", "No", "String", "Its name."],
            ["mode.speed", "No", "String", "Its speed."],
            ["tags", "No", "Object", "Tags."],
            ["tags.colour", "No", "String", "A tag."],
            ["crew", "No", "String", "Who."],
        ],
    );
    let both = combine(vec![first.clone(), second.clone()]);
    let gone = |name: &str| format!("body parameter {name}: absent (set.json), present (set.md)");
    assert_eq!(differences(&both), [gone("mode.speed"), gone("crew")]);
    for name in ["mode.speed", "tags.colour", "crew"] {
        assert_eq!(field(&both, name).path, name);
    }
    // Two pages are no authority for each other.
    let third = page("other.md", &[["mode", "No", "Object", "The mode."]]);
    assert_eq!(differences(&combine(vec![third, second])), [""; 0]);
}

#[test]
fn headers_of_every_call_are_in_no_definition() {
    let first = definition(&json!({"body": {}}));
    let mut second = page("set.md", &[]);
    second.parameters.push((
        FieldLocation::Header,
        FieldFacts {
            path: "X-Auth-Token".into(),
            ..FieldFacts::default()
        },
    ));
    let both = combine(vec![first, second]);
    assert_eq!(differences(&both), [""; 0]);
    assert_eq!(field(&both, "X-Auth-Token").path, "X-Auth-Token");
}

#[test]
fn routes_that_are_not_the_same_are_told() {
    let first = definition(&json!({"body": {}}));
    let mut second = page("set.md", &[]);
    second.routes[0].value.path = "/v2/gauges/{gauge_id}".into();
    let both = combine(vec![second, first]);
    assert_eq!(
        differences(&both),
        [
            "operation: route: PUT /v1/gauges/{gaugeId} (set.json), PUT /v2/gauges/{gauge_id} (set.md)"
        ]
    );
    assert_eq!(both.routes.len(), 1);
    assert_eq!(both.routes[0].value.path, "/v1/gauges/{gaugeId}");
}

#[test]
fn definitions_come_before_pages_and_each_by_name() {
    let of = |file: &str, kind: &str| {
        let mut facts = definition(&json!({"body": {"properties": {"mode": {"type": kind}}}}));
        facts.files[0].name = file.into();
        facts
    };
    let all = [
        of("b.json", "integer"),
        page("a.md", &[["mode", "No", "String", "The mode."]]),
        of("c.json", "string"),
        page("z.md", &[["mode", "No", "Boolean", "The mode."]]),
    ];
    let both = combine(all.to_vec());
    let names: Vec<&str> = both.files.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["b.json", "c.json", "a.md", "z.md"]);
    let differ = |other: &str| format!("body parameter mode: type: Integer (b.json), {other}");
    assert_eq!(
        differences(&both),
        [differ("String (c.json)"), differ("Boolean (z.md)")]
    );
    for file in &all[1..] {
        assert!(is_same_operation(&all[0], file));
    }
    let mut elsewhere = all[0].clone();
    elsewhere.services[0].value = "ebb".into();
    assert!(!is_same_operation(&all[0], &elsewhere));
    assert!(
        is_same_operation(&elsewhere, &all[1]),
        "the page names no service"
    );
    elsewhere.routes[0].value.method = "GET".into();
    assert!(!is_same_operation(&elsewhere, &all[1]));
    let mut turned = all.to_vec();
    turned.reverse();
    assert_eq!(combine(turned), both);
    assert_eq!(combine(Vec::new()), Facts::default());
    let twice = vec![all[0].clone(), all[0].clone()];
    assert_eq!(combine(twice), all[0]);
}

/// One route for every action, each with a body of its own.
#[test]
fn two_calls_of_one_route_are_not_one_operation() {
    let first = definition(&json!({"body": {"properties": {"open": {"type": "object"}}}}));
    let same = page(
        "open.md",
        &[
            ["open", "Yes", "Object", "Opens it."],
            ["open.wide", "No", "String", "How."],
        ],
    );
    let other = page(
        "close.md",
        &[
            ["close", "Yes", "Object", "Closes it."],
            ["close.open", "No", "String", "How."],
        ],
    );
    assert!(is_same_operation(&first, &same) && !is_another_call(&first, &same));
    assert!(!is_same_operation(&first, &other) && is_another_call(&first, &other));
    assert!(
        !is_another_call(&first, &page("none.md", &[])),
        "a lost table tells nothing"
    );
}

#[test]
fn what_could_not_be_read_says_of_which_file() {
    let first = definition(&json!({"body": {}}));
    let mut second = page("set.md", &[["mode", "No", "String", "The mode."]]);
    second.unreadable.push(("a table".into(), Lines::of(9)));
    second.left_out.push(("a size".into(), Lines::of(8)));
    let both = combine(vec![first, second]);
    assert_eq!(both.unreadable[0].1.file, 1);
    assert_eq!(both.left_out[0].1.file, 1);
    assert!(both.ledger.cells.iter().all(|(_, at, _)| at.file == 1));
    let is_fact = |it: &CellOutcome| *it == CellOutcome::Fact;
    assert!(both.ledger.cells.iter().any(|(_, _, it)| is_fact(it)));
}

/// The table of a page may have a row for the body, and what is in it below.
#[test]
fn a_row_called_as_the_body_is_the_body() {
    let rows = [
        ["body", "Yes", "Gauge object", "What is set."],
        ["body.mode", "Yes", "String", "The mode."],
    ];
    let mode = json!({"type": "string"});
    let one =
        json!({"body": {"type": "object", "required": ["mode"], "properties": {"mode": mode}}});
    let facts = combine(vec![definition(&one), page("set.md", &rows)]);
    let paths = |facts: &Facts| {
        let body = facts
            .parameters
            .iter()
            .filter(|it| it.0 == FieldLocation::Body);
        body.map(|(_, it)| it.path.clone()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&facts), ["mode"]);
    assert_eq!(field(&facts, "mode").named.len(), 2);
    assert_eq!(facts.body.as_ref().expect("a body").named.len(), 2);
    // A field of that name is a field.
    let inner = json!({"type": "object", "properties": {"mode": mode}});
    let two = json!({"body": {"type": "object", "properties": {"body": inner}}});
    let facts = combine(vec![definition(&two), page("set.md", &rows)]);
    assert_eq!(paths(&facts), ["body", "body.mode"]);
}
