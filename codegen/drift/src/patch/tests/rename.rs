//! Other names for what is known.

use huaweicloud_pages::facts::SourceFile;
use huaweicloud_pages::form::Form;

use super::fixture::{TEXT, page_of, patched, review_of, sources};
use super::*;

/// One edit: the names go, and description, bounds, comments and examples stay.
#[test]
fn a_rename_changes_names_only() {
    type Edit = fn(&mut Facts);
    let cases: &[(Edit, &[&str])] = &[
        (
            |it| edit(it, "name", |it| it.path = "gauge_name".into()),
            &[
                "-        - name   # C9",
                "+        - gauge_name   # C9",
                "-        name:",
                "+        gauge_name:",
            ],
        ),
        (
            |it| edit(it, "limit", |it| it.path = "page_limit".into()),
            &[
                "-        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 10}}",
                "+        - {name: page_limit, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 10}}",
            ],
        ),
        (
            |it| edit(it, "X-Mode", |it| it.path = "X-Gauge-Mode".into()),
            &[
                "-        - name: X-Mode   # C6",
                "+        - name: X-Gauge-Mode   # C6",
            ],
        ),
    ];
    for (edit, expected) in cases {
        let mut facts = page_of(TEXT);
        edit(&mut facts);
        let changes = changes(&facts);
        assert_eq!(changes, *expected);
    }
}

#[test]
fn extensions_and_examples_follow_a_rename() {
    let text = "\
paths:
  /v1/doors:
    post:
      operationId: OpenDoor
      requestBody:
        content:
          application/json:
            examples:
              plain:
                value: {code: 4711, \"force\": false}
            schema:
              allOf:
                - type: object
                  properties:
                    code: {type: string, x-required-unless: {field: force, equals: true}}
                    force: {type: boolean, description: Whether to force it., x-predicate: {name: force}}
                - required: [force]
      responses:
        '200':
          description: done
          x-success-when: {field: force, equals: 'no'}
          content:
            application/json:
              example: {force: 'no'}
              schema: {type: object, properties: {force: {type: string}}}
";
    let spec = Spec::read(&sources(text)).unwrap();
    assert_eq!(spec.operations.len(), 1);
    let mut facts = page("POST", "/v1/doors");
    for (name, kind, required) in [
        ("code", "String", Required::No),
        ("by_force", "Boolean", Required::Yes),
    ] {
        let field = field(name, kind, required, 5);
        facts.parameters.push((FieldLocation::Body, field));
    }
    let force = field("by_force", "String", Required::Unknown, 8);
    facts.responses = vec![response("200", vec![force])];
    facts.statuses = vec![fact("200".into(), 9)];
    let page = PageToFollow {
        file: "a.txt",
        facts: &facts,
        operation: "tide/OpenDoor",
    };
    let patched = patch(&sources(text), &Lock::default(), &[page]);
    let expected = text
        .replace("field: force", "field: by_force")
        .replace("[force]", "[by_force]")
        .replace("{force: 'no'}", "{by_force: 'no'}")
        .replace("force: {type", "by_force: {type")
        .replace("\"force\"", "'by_force'");
    assert_eq!(patched.sources[0].text, expected, "{:?}", patched.left);
}

#[test]
fn what_may_be_a_rename_is_left_to_people() {
    let mut facts = page_of(TEXT);
    edit(&mut facts, "open", |it| {
        it.path = "ajar".into();
        it.default = None;
    });
    let patched = patched(TEXT, &facts, &Lock::default());
    assert_eq!(patched.diff(&sources(TEXT)), "");
    let why: Vec<&str> = patched.left.iter().map(|it| it.why.as_str()).collect();
    assert!(
        why[0].starts_with("it may be the request field `open` under another name"),
        "{why:?}"
    );
}

/// What several responses share is shown in several examples, and all of them follow.
#[test]
fn every_example_of_a_shared_schema_follows() {
    let schema = "              schema:\n                $ref: '#/components/schemas/Problem'\n";
    let example = "              example: {code: Gate.1, message: The gate is shut.}\n";
    let text = TEXT.replace(schema, &format!("{example}{schema}"));
    let mut facts = page_of(&text);
    for response in &mut facts.responses {
        for field in response.fields.iter_mut().filter(|it| it.path == "message") {
            field.path = "error_message".into();
        }
    }
    let patched = patched(&text, &facts, &Lock::default());
    let expected = text.replace("message:", "error_message:");
    assert_eq!(patched.sources[0].text, expected, "{:?}", patched.left);
}

/// A flag whose default turns over with its name may mean the opposite now.
#[test]
fn a_flag_that_turns_over_is_no_sure_rename() {
    for (default, is_followed) in [(false, true), (true, false)] {
        let mut facts = page_of(TEXT);
        edit(&mut facts, "open", |it| {
            it.path = "is_open".into();
            it.default = Some(fact(default.into(), 9));
        });
        let patched = patched(TEXT, &facts, &Lock::default());
        assert_eq!(patched.fixed.len(), usize::from(is_followed), "{default}");
        assert_eq!(patched.left.is_empty(), is_followed, "{default}");
    }
}

/// What is on record moves along with a name, so that other words stay a question: of a parameter of the
/// path, of a field of the request and of a response.
#[test]
fn other_words_stay_a_question_under_another_name() {
    let described = |facts: &mut Facts, path: &str, words: &str| {
        edit(facts, path, |it| {
            it.description = Some(fact(words.into(), 9))
        });
    };
    for (name, new_name) in [
        ("gauge_id", "port_id"),
        ("limit", "page_limit"),
        ("message", "error_message"),
    ] {
        let mut facts = page_of(TEXT);
        facts.files = vec![SourceFile {
            name: "a.md".into(),
            form: Form::Markdown,
        }];
        described(&mut facts, name, "As it was.");
        let mut lock = Lock::default();
        lock.record(LABEL, &review_of(TEXT, &facts)).unwrap();
        described(&mut facts, name, "It is another thing.");
        let all = facts.parameters.iter_mut().map(|(_, it)| it);
        let returned = facts.responses.iter_mut().flat_map(|it| &mut it.fields);
        for field in all.chain(returned).filter(|it| it.path == name) {
            field.path = new_name.into();
        }
        let route = &mut facts.routes[0].value.path;
        *route = route.replace(name, new_name);
        let patched = patched(TEXT, &facts, &lock);
        let left: Vec<String> = patched
            .left
            .iter()
            .map(|it| it.difference.name.to_string())
            .collect();
        assert!(patched.sources[0].text.contains(new_name), "{left:?}");
        assert_eq!(left.len(), 1, "{left:?}");
        assert!(left[0].ends_with(&format!("{new_name}/words")), "{left:?}");
        let spec = Spec::read(&patched.sources).unwrap();
        let again = check(&spec, &patched.lock, "a.md", &facts, Some(LABEL)).unwrap();
        assert_eq!(again.comparison.open().count(), 1, "{name}");
    }
}
