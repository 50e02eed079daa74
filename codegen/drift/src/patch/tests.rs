//! What single changes of a page do to the document.

mod dispute;
mod fixture;
mod left;
mod property;
mod rename;
mod together;
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
            |it| edit(it, "name", |it| it.required.0 = Required::No),
            &["-        - name   # C9"],
        ),
        (
            |it| edit(it, "open", |it| it.required = (Required::Yes, None)),
            &["+        - open"],
        ),
        (
            |it| edit(it, "tags[].key", |it| it.required.0 = Required::No),
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
        // The type of a flag names both of its values.
        (
            |it| {
                edit(it, "open", |it| {
                    it.enum_values = Some(fact(vec!["true".into(), "False".into()], 9))
                })
            },
            &[],
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
                let mut more = field("labels", "Map<String,Integer>", Required::No, 9);
                let of = field("labels.*", "integer", Required::Unknown, 9);
                more.values = Some(Box::new(of));
                it.parameters.push((FieldLocation::Body, more));
            },
            &[
                "+        labels:",
                "+          type: object",
                "+          additionalProperties:",
                "+            type: integer",
            ],
        ),
        (
            |it| {
                edit(it, "name", |it| {
                    let pattern = fact("^[a-z]{2,9}$".into(), 9);
                    it.keywords.push(("pattern".into(), pattern));
                });
                edit(it, "tags", |it| {
                    it.keywords.push(("minItems".into(), fact(2.into(), 9)));
                });
            },
            &[
                "+          pattern: '^[a-z]{2,9}$'",
                "+          minItems: 2",
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

/// A field that must be given in every case needs no word for one.
#[test]
fn what_is_always_required_loses_its_case() {
    let case = "          x-required-unless: {field: level, equals: 5}\n          default: false\n";
    let text = TEXT.replace("          default: false\n", case);
    let mut facts = page_of(&text);
    edit(&mut facts, "open", |it| it.required = (Required::Yes, None));
    let patched = patched(&text, &facts, &Lock::default());
    let expected = TEXT.replace("        - tags\n", "        - tags\n        - open\n");
    assert_eq!(patched.sources[0].text, expected, "{:?}", patched.left);
}

/// An example of a value that has another word keeps its meaning, as far as the order tells it.
#[test]
fn an_example_follows_the_word_of_its_value() {
    let known = "enum: ['True', 'False']   # C8\n";
    let example = "                    example: 'False'\n";
    let text = TEXT.replace(known, &format!("{known}{example}"));
    for (values, shown) in [
        (["Yes", "No"], "'No'"),
        (["True", "No"], "'No'"),
        (["No", "True"], "'No'"),
    ] {
        let mut facts = page_of(&text);
        edit(&mut facts, "flag", |it| {
            it.enum_values = Some(fact(values.map(str::to_owned).to_vec(), 9));
        });
        let patched = patched(&text, &facts, &Lock::default());
        let text = &patched.sources[0].text;
        assert!(text.contains(&format!("example: {shown}")), "{text}");
    }
}

/// Where the type changes with the values, numbers are written without the quotes of texts.
#[test]
fn values_of_another_type_are_written_as_such() {
    let known = "enum: ['True', 'False']   # C8\n";
    let example = "                    example: 'False'\n";
    let text = TEXT.replace(known, &format!("{known}{example}"));
    let mut facts = page_of(&text);
    edit(&mut facts, "flag", |it| {
        it.type_ = Some(fact("Integer".into(), 9));
        it.enum_values = Some(fact(["1", "0"].map(str::to_owned).to_vec(), 9));
    });
    let patched = patched(&text, &facts, &Lock::default());
    let text = &patched.sources[0].text;
    assert!(
        text.contains("enum: [1, 0]   # C8\n                    example: 1\n"),
        "{text}"
    );
    assert!(patched.left.is_empty(), "{:?}", patched.left);
}

/// One value of what is a list now is an item of it.
#[test]
fn an_example_of_one_value_becomes_an_item() {
    let known = "left: {type: string, deprecated: true}";
    let text = TEXT.replace(known, "left: {type: string, example: 7 days}");
    let mut facts = page_of(&text);
    facts.responses[0].fields[1].type_ = Some(fact("Array of strings".into(), 9));
    let patched = patched(&text, &facts, &Lock::default());
    let text = &patched.sources[0].text;
    assert!(text.contains("example: ['7 days']"), "{text}");
}

/// What no schema can say stays with people, and what is written is what was said.
#[test]
fn odd_keywords_of_a_page_are_left_to_people() {
    type Edit = fn(&mut FieldFacts);
    let cases: &[Edit] = &[
        |it| it.default = Some(fact(" 5".into(), 9)),
        |it| it.keywords.push(("pattern".into(), fact("^1$".into(), 9))),
    ];
    for change in cases {
        let mut facts = page_of(TEXT);
        edit(&mut facts, "limit", change);
        let patched = patched(TEXT, &facts, &Lock::default());
        assert_eq!(patched.sources, sources(TEXT));
    }
    for value in [serde_json::json!(-3), serde_json::json!("many")] {
        let mut facts = page_of(TEXT);
        edit(&mut facts, "tags", |it| {
            it.keywords.push(("minItems".into(), fact(value, 9)))
        });
        assert_eq!(differences(&sources(TEXT), &facts), [""; 0]);
    }
}

/// Of a map the kind of its values is followed; of what else they are people decide.
#[test]
fn the_kind_of_the_values_of_a_map_is_followed() {
    let map = "        marks:\n          type: object\n          additionalProperties:\n            type: string\n";
    let text = TEXT.replace("        open:\n", &format!("{map}        open:\n"));
    let of = |type_: &str| {
        let mut facts = page_of(&text);
        edit(&mut facts, "marks", |it| {
            it.type_ = Some(fact("Map".to_owned(), 9));
            let values = field("marks.*", type_, Required::Unknown, 9);
            it.values = Some(Box::new(values));
        });
        patched(&text, &facts, &Lock::default())
    };
    assert_eq!(of("String").sources[0].text, text);
    let number = text.replace(map, &map.replace("type: string", "type: integer"));
    assert_eq!(of("Integer").sources[0].text, number);
    let lists = of("List<String>");
    assert_eq!(lists.sources[0].text, text);
    assert_eq!(lists.left.len(), 1);
}
