//! What single changes of a page do to the document.

mod dispute;
mod fixture;
mod property;
mod rename;
mod words;

use huaweicloud_pages::facts::{FieldFacts, FieldLocation, Required};

use super::*;
use crate::testing::{bounds, fact, field, page, response};
use fixture::{LABEL, TEXT, differences, page_of, patched, sources};

#[test]
fn the_page_of_a_document_differs_in_nothing() {
    assert_eq!(differences(&sources(TEXT), &page_of(TEXT)), [""; 0]);
    let patched = patched(TEXT, &page_of(TEXT), &Lock::default());
    assert_eq!(patched.sources, sources(TEXT));
    assert_eq!(patched.diff(&sources(TEXT)), "");
}

fn edit(facts: &mut Facts, path: &str, edit: impl FnOnce(&mut FieldFacts)) {
    let parameters = facts.parameters.iter_mut().map(|(_, it)| it);
    let responses = facts
        .responses
        .iter_mut()
        .flat_map(|it| it.fields.iter_mut());
    edit(
        parameters
            .chain(responses)
            .find(|it| it.path == path)
            .unwrap(),
    );
}

/// The lines a patch takes away and adds.
fn changes(facts: &Facts) -> Vec<String> {
    let before = sources(TEXT);
    let patched = patched(TEXT, facts, &Lock::default());
    assert_eq!(
        differences(&patched.sources, facts),
        [""; 0],
        "{:?}",
        patched.left
    );
    let diff = patched.diff(&before);
    diff.lines()
        .skip(2)
        .filter(|line| line.starts_with(['+', '-']))
        .map(str::to_owned)
        .collect()
}

#[test]
fn edits_touch_their_own_bytes_only() {
    type Edit = fn(&mut Facts);
    let cases: &[(Edit, &[&str])] = &[
        (
            |it| {
                edit(it, "name", |it| {
                    it.lengths = vec![fact(bounds(Some("2"), Some("12")), 9)]
                })
            },
            &[
                "-          maxLength: 9   # C10",
                "+          maxLength: 12   # C10",
            ],
        ),
        (
            |it| edit(it, "name", |it| it.required = (Required::No, None)),
            &["-        - name   # C9"],
        ),
        (
            |it| edit(it, "open", |it| it.required = (Required::Yes, None)),
            &["+        - open"],
        ),
        (
            |it| edit(it, "tags[].key", |it| it.required = (Required::No, None)),
            &["-            required: [key]"],
        ),
        (
            |it| edit(it, "tags[].value", |it| it.required = (Required::Yes, None)),
            &[
                "-            required: [key]",
                "+            required: [key, value]",
            ],
        ),
        (
            |it| edit(it, "limit", |it| it.required = (Required::Yes, None)),
            &[
                "-        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 10}}",
                "+        - {name: limit, in: query, required: true, schema: {type: integer, minimum: 1, maximum: 50, default: 10}}",
            ],
        ),
        (
            |it| {
                edit(it, "X-Mode", |it| {
                    it.enum_values = Some(fact(vec!["fast".into(), "still".into(), "on".into()], 9))
                })
            },
            &[
                "-              - 'slow'",
                "+              - 'still'",
                "+              - 'on'",
            ],
        ),
        (
            |it| {
                edit(it, "flag", |it| {
                    it.enum_values = Some(fact(vec!["True".into()], 9))
                })
            },
            &[
                "-                    enum: ['True', 'False']   # C8",
                "+                    enum: ['True']   # C8",
            ],
        ),
        (
            |it| edit(it, "open", |it| it.default = Some(fact("True".into(), 9))),
            &["-          default: false", "+          default: true"],
        ),
        (
            |it| {
                edit(it, "tags[].value", |it| {
                    it.default = Some(fact("some".into(), 9))
                })
            },
            &[
                "-                default: \"none\"",
                "+                default: \"some\"",
            ],
        ),
        (
            |it| edit(it, "name", |it| it.deprecated = Some(fact(true, 9))),
            &["+          deprecated: true"],
        ),
        (
            |it| {
                edit(it, "level", |it| {
                    it.ranges.clear();
                    it.type_ = Some(fact("String".into(), 9));
                })
            },
            &[
                "-        level: {type: number, nullable: true, minimum: 0, maximum: 5}",
                "+        level: {type: string, nullable: true}",
            ],
        ),
        (
            |it| edit(it, "open", |it| it.type_ = Some(fact("String".into(), 9))),
            &[
                "-          type: boolean",
                "-          default: false",
                "-          example: true",
                "+          type: string",
                "+          default: 'false'",
                "+          example: 'true'",
            ],
        ),
        (
            |it| {
                it.parameters.push((
                    FieldLocation::Body,
                    field("tags[].more", "Array of Integer", Required::Yes, 9),
                ))
            },
            &[
                "-            required: [key]",
                "+            required: [key, more]",
                "+              more:",
                "+                type: array",
                "+                items:",
                "+                  type: integer",
            ],
        ),
        (
            |it| {
                for index in [1, 2] {
                    it.responses[index].fields[0].nullable = Some(fact(true, 9));
                }
            },
            &["+          nullable: true"],
        ),
        (
            |it| {
                edit(it, "password", |it| {
                    let rules = it.password.as_mut().unwrap();
                    rules.value.min_classes = Some(4);
                    rules.value.specials = Some("!#'".into());
                })
            },
            &[
                "-            minClasses: 3",
                "-            specials: '!#'",
                "+            minClasses: 4",
                "+            specials: '!#'''",
            ],
        ),
    ];
    for (edit, expected) in cases {
        let mut facts = page_of(TEXT);
        edit(&mut facts);
        assert_eq!(changes(&facts), *expected);
    }
}

#[test]
fn bodies_are_made_where_there_were_none() {
    let text = "paths:\n  /a:\n    get:\n      operationId: SetGauge\n      responses:\n        '200': {description: done}\n        '202':\n          description: started\n";
    let mut facts = page("GET", "/a");
    facts.parameters.push((
        FieldLocation::Query,
        field("limit", "Integer", Required::No, 9),
    ));
    facts.parameters.push((
        FieldLocation::Body,
        field("server", "Object", Required::Yes, 9),
    ));
    facts.parameters.push((
        FieldLocation::Body,
        field("server.name", "String", Required::Yes, 9),
    ));
    facts.responses.push(response(
        "200",
        vec![field("ids", "List<String>", Required::Unknown, 9)],
    ));
    facts.responses.push(response(
        "202",
        vec![field("job", "String", Required::Unknown, 9)],
    ));
    let patched = patched(text, &facts, &Lock::default());
    assert_eq!(
        differences(&patched.sources, &facts),
        [""; 0],
        "{:?}",
        patched.left
    );
    assert_eq!(
        patched.sources[0].text,
        "\
paths:
  /a:
    get:
      operationId: SetGauge
      parameters:
        - name: limit
          in: query
          schema:
            type: integer
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required:
                - server
              properties:
                server:
                  type: object
                  required:
                    - name
                  properties:
                    name:
                      type: string
      responses:
        '200': {description: done, content: {application/json: {schema: {type: object, properties: {ids: {type: array, items: {type: string}}}}}}}
        '202':
          description: started
          content:
            application/json:
              schema:
                type: object
                properties:
                  job:
                    type: string
"
    );
}

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
            |it| edit(it, "gauge_id", |it| it.required = (Required::No, None)),
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
            |it| it.iam[0].value.conditions = vec!["g:EnterpriseProjectId".into()],
            "operation/iam.conditions",
            "lists of IAM are taken over by hand",
        ),
        (
            |it| it.iam[0].value.alias = vec!["tide:gauge:update".into()],
            "operation/iam.alias",
            "lists of IAM are taken over by hand",
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
    let decide = "the page disagrees with itself about the request field `more`; decide that first";
    assert!(why.contains(&decide), "{why:?}");
}

/// What vanished from the page and was accepted as gone is taken out of the document; what the page
/// never said stays.
#[test]
fn what_was_accepted_as_gone_is_removed() {
    let reviewed = |pages: &[&Facts]| {
        let spec = Spec::read(&sources(TEXT)).unwrap();
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
        let mut facts = page_of(TEXT);
        edit(&mut facts);
        let whole = page_of(TEXT);
        let asked = patched(TEXT, &facts, &reviewed(&[&whole]));
        assert_eq!(asked.sources, sources(TEXT), "edit {index} is a question");
        assert!(
            asked.left.iter().all(|it| it.why.contains("question")),
            "edit {index}"
        );
        let never = patched(TEXT, &facts, &reviewed(&[&facts]));
        assert_eq!(never.sources, sources(TEXT), "edit {index} was never said");
        assert!(
            never.left.iter().all(|it| it.why.contains("never did")),
            "edit {index}"
        );
        let removed = patched(TEXT, &facts, &reviewed(&[&whole, &facts]));
        assert_eq!(
            differences(&removed.sources, &facts),
            [""; 0],
            "edit {index}: {:?}",
            removed.left
        );
        assert_ne!(removed.sources, sources(TEXT), "edit {index}");
    }
}

#[test]
fn claims_of_two_operations_are_told_apart() {
    let text = TEXT.replace(
        "components:\n",
        "  /v1/{project_id}/problems:\n    get:\n      operationId: ShowProblem\n      responses:\n        '200':\n          description: one\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Problem'}\ncomponents:\n",
    );
    let mut facts = page_of(&text);
    for response in &mut facts.responses[1..] {
        response.fields[0].deprecated = Some(fact(true, 9));
    }
    let patched = patched(&text, &facts, &Lock::default());
    assert_eq!(patched.fixed.len(), 1, "{:?}", patched.left);
    assert!(
        patched.notes[0].starts_with("tide/ShowProblem shares the schema"),
        "{:?}",
        patched.notes
    );
}

#[test]
fn examples_follow_their_schemas() {
    let text = "\
paths:
  /a:
    post:
      operationId: SetGauge
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [mode]
              properties:
                mode: {type: string, enum: [quick, slow], example: slow}
                size: {type: string, example: big}
                note: {type: string, example: 'a b'}
            examples:
              one: {value: {mode: slow, size: big}}
              two:
                value:
                  mode: quick   # stays
      responses:
        '200': {description: done}
";
    let mut facts = page_of(text);
    edit(&mut facts, "mode", |it| {
        it.enum_values = Some(fact(vec!["quick".into()], 9));
    });
    edit(&mut facts, "size", |it| {
        it.type_ = Some(fact("Integer".into(), 9));
    });
    edit(&mut facts, "note", |it| it.required = (Required::Yes, None));
    let more = field("more", "Boolean", Required::Yes, 9);
    facts.parameters.push((FieldLocation::Body, more));
    let patched = patched(text, &facts, &Lock::default());
    assert_eq!(
        differences(&patched.sources, &facts),
        [""; 0],
        "{:?}",
        patched.left
    );
    let new = &patched.sources[0].text;
    for line in [
        "              required: [mode, note, more]",
        "                mode: {type: string, enum: [quick], example: quick}",
        "                size: {type: integer, example: 1}",
        "              one: {value: {mode: quick, size: 1, note: 'a b', more: false}}",
        "                  mode: quick   # stays",
        "                  note: 'a b'",
        "                  more: false",
    ] {
        assert!(new.lines().any(|it| it == line), "{line}\n{new}");
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
