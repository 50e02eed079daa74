//! What one stage finds does not hide what the next would say.

use std::collections::BTreeSet;

use huaweicloud_codegen::profile::{Neutral, RuntimePlace};
use huaweicloud_codegen::{Diagnostics, Policy, Severity, Source, profile, render, render_under};

/// A document with a mistake for each stage: a key twice, a status that is none, a reference that
/// leads nowhere, passwords whose policy nobody would check.
const ALL: &str = "openapi: 3.0.3
info: {title: Demo, title: Demo, version: '1'}
paths:
  /a:
    get:
      operationId: one
      parameters:
      - name: filter
        in: query
        schema: {type: object, properties: {a: {type: string}}}
        example: {a: 1}
      responses: {'600': {description: no}}
    put:
      operationId: two
      requestBody: {content: {application/json: {schema: {type: array, items: {type: string, format: password,
        x-password-policy: {min: 8, max: 26, classes: [lower, upper], minClasses: 2}}}}}}
      responses: {'204': {description: ok}}
  /b:
    post:
      operationId: three
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Nowhere'}}}}
      responses: {'200': {description: ok, content: {text/html: {schema: {type: string}}}}}
";

fn errors(found: &Diagnostics) -> BTreeSet<(String, &'static str)> {
    let errors = found.iter().filter(|it| it.severity == Severity::Error);
    errors.map(|it| (it.path.clone(), it.code)).collect()
}

#[test]
fn every_stage_tells_what_it_finds() {
    let sources = [
        Source::new("spec/demo.yaml", ALL),
        Source::new("spec/broken.yaml", "a: [1\nb: 2"),
        Source::new(
            "spec/lowered.yaml",
            ALL.replace("title: Demo, title", "title")
                .replace("'600'", "'204'")
                .replace("example: {a: 1}", "deprecated: true")
                .replace("/a:", "/c:")
                .replace("/b:", "/d:")
                .replace("$ref: '#/components/schemas/Nowhere'", "type: string"),
        ),
    ];
    let found = render(&sources, profile::of_the_workspace()).expect_err("mistakes");
    let told = errors(&found);
    let demo = "spec/demo.yaml";
    for (path, code) in [
        ("spec/broken.yaml", "yaml::syntax"),
        (demo, "yaml::duplicate-key"),
        (demo, "spec::status"),
        (demo, "spec::ref-unresolved"),
        (demo, "schema::example"),
        (demo, "lower::policy-place"),
        ("spec/lowered.yaml", "lower::policy-place"),
    ] {
        assert!(told.contains(&(path.to_owned(), code)), "{code}: {told:?}");
    }
    // By place, and each once.
    let sorted = found.sorted();
    let places: Vec<_> = sorted.iter().map(|it| (&it.path, it.span.start)).collect();
    assert!(places.is_sorted());
    let each: BTreeSet<_> = sorted
        .iter()
        .map(|it| (&it.path, it.span.start, it.span.end, &it.message))
        .collect();
    assert_eq!(each.len(), sorted.len());
}

#[test]
fn who_mends_what_is_told_is_told_nothing_new() {
    let first = render(
        &[Source::new("spec/demo.yaml", ALL)],
        profile::of_the_workspace(),
    )
    .expect_err("mistakes");
    let first = errors(&first);
    let mut text = ALL.to_owned();
    for (from, to) in [
        ("title: Demo, title", "title"),
        ("'600'", "'204'"),
        (
            "'#/components/schemas/Nowhere'",
            "'#/components/schemas/There'",
        ),
        ("example: {a: 1}", "deprecated: true"),
        (
            "type: string, format: password,
        x-password-policy: {min: 8, max: 26, classes: [lower, upper], minClasses: 2}",
            "type: string",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
        let whole = format!("{text}components: {{schemas: {{There: {{type: string}}}}}}\n");
        if let Err(found) = render(
            &[Source::new("spec/demo.yaml", &*whole)],
            profile::of_the_workspace(),
        ) {
            let new: Vec<_> = errors(&found).difference(&first).cloned().collect();
            assert_eq!(new, [], "after {to}");
        }
    }
    let whole = format!("{text}components: {{schemas: {{There: {{type: string}}}}}}\n");
    assert!(
        render(
            &[Source::new("spec/demo.yaml", whole)],
            profile::of_the_workspace()
        )
        .is_ok()
    );
}

#[test]
fn what_cannot_be_read_further_is_told_alone_and_ends() {
    for text in [
        "",
        "[]",
        "1",
        "swagger: '2.0'\npaths: {/a: {get: {parameters: [{in: body, name: b, schema: {}}]}}}\n",
        "openapi: 3.1.0\npaths: {}\n",
    ] {
        let found = render(
            &[Source::new("spec/a.yaml", text)],
            profile::of_the_workspace(),
        )
        .expect_err(text);
        assert!(
            found.iter().all(|it| !it.code.starts_with("lower::")),
            "{text}"
        );
    }
}

/// Parts that hold themselves many times over are told, and everything else with them.
#[test]
fn circles_of_references_end() {
    for part in [
        "allOf: [REF, REF, REF, REF, REF, REF, REF, REF, REF, REF]",
        "oneOf: [REF, REF, {type: object, properties: {a: REF}}]",
        "anyOf: [REF, {allOf: [REF, REF]}]",
        "allOf: [REF, {type: object, properties: {a: REF, file: {type: string, format: binary}}}]",
        "type: array, items: REF",
        "type: object, additionalProperties: REF",
        "allOf: [REF], discriminator: {propertyName: kind}, properties: {kind: {type: string}}",
    ] {
        for media_type in ["application/json", "multipart/form-data", "text/plain"] {
            let part = part.replace("REF", "{$ref: '#/components/schemas/S'}");
            let text = format!(
                "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      operationId: a\n      \
                 requestBody: {{content: {{{media_type}: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}\n      \
                 responses: {{'204': {{description: ok}}}}\n  /b: {{get: {{operationId: b, responses: {{'204': {{description: ok}}}}}}}}\n\
                 components:\n  schemas:\n    S: {{{part}}}\n",
            );
            let neutral = Neutral::new("a-client", RuntimePlace::Registry);
            let rendered = render_under(
                &[Source::new("a.yaml", &*text)],
                &neutral,
                &Policy::permissive(),
            );
            let rendered = rendered.unwrap_or_else(|found| panic!("{text}: {found:?}"));
            assert!(
                rendered.model.services[0]
                    .operations
                    .iter()
                    .any(|it| it.id == "b")
            );
        }
    }
}
