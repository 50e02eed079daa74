use super::*;
use crate::claim::{Aspect, FactName};

const TEXT: &str = "\
openapi: 3.0.3
paths:
  /v1/{project_id}/gauges/{gauge_id}:
    parameters:
      - $ref: '#/components/parameters/Gauge'
    put:
      operationId: SetGauge
      deprecated: true
      externalDocs: {url: 'https://example.com/gauge_1.html', description: Setting a gauge}
      x-iam-actions:
        - action: tide:gauge:set
          access: write
          conditions: [g:Project]
      parameters:
        - name: limit
          in: query
          schema: {type: integer, minimum: 1, maximum: 50, default: 10}
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Gauge'}
      responses:
        '200':
          content:
            application/json:
              schema:
                type: array
                items: {$ref: '#/components/schemas/Gauge'}
        404: {description: none}
components:
  parameters:
    Gauge:
      name: gauge_id
      in: path
      required: true
      schema: {type: string, enum: [north, south]}
  schemas:
    Gauge:
      allOf:
        - $ref: '#/components/schemas/Named'
        - required: [password]
          properties:
            password:
              type: string
              format: password
              x-password-policy: {min: 8, max: 20, minClasses: 3, specials: '!#'}
            tags:
              type: array
              maxItems: 5
              items: {type: object, properties: {key: {type: string, nullable: true}}}
            inner: {$ref: '#/components/schemas/Gauge'}
    Named:
      type: object
      properties:
        name: {type: string, minLength: 2, maxLength: 9, deprecated: true}
";

fn spec() -> Spec {
    Spec::read(&[Source::new("spec/tide.yaml", TEXT)]).unwrap()
}

#[test]
fn an_operation_says_what_its_document_says() {
    let spec = spec();
    let operation = spec.operation("tide/SetGauge").unwrap();
    for (name, value) in [
        ("operation/route", "PUT /v1/{project_id}/gauges/{gauge_id}"),
        ("operation/deprecated", "yes"),
        ("operation/iam.action", "tide:gauge:set"),
        ("operation/iam.conditions", "g:Project"),
        ("query limit/type", "integer"),
        ("query limit/required", "no"),
        ("query limit/range.min", "1"),
        ("query limit/range.max", "50"),
        ("query limit/default", "10"),
        ("path gauge_id/required", "yes"),
        ("path gauge_id/enum", "north, south"),
        ("body name/length.max", "9"),
        ("body name/deprecated", "yes"),
        ("body password/required", "yes"),
        ("body password/secret", "yes"),
        ("body password/password.kinds", "3"),
        ("body password/password.specials", "!#"),
        ("body tags/type", "array of object"),
        ("body tags/items.max", "5"),
        ("body tags[].key/nullable", "yes"),
        ("body inner/type", "object"),
        ("status 404/present", "yes"),
        ("response 200 [].name/type", "string"),
    ] {
        let found = operation.claims.value(&FactName::parse(name).unwrap());
        assert_eq!(
            found.map(|it| it.to_string()).as_deref(),
            Some(value),
            "{name}"
        );
    }
    assert_eq!(operation.success(), Some("200"));
    let origin = operation.origin.as_ref().unwrap();
    assert_eq!(origin.url, "https://example.com/gauge_1.html");
}

#[test]
fn a_schema_inside_itself_comes_to_an_end() {
    let spec = spec();
    let operation = spec.operation("tide/SetGauge").unwrap();
    let deep = FactName::parse("body inner.inner/present").unwrap();
    assert_eq!(operation.claims.value(&deep), None);
}

#[test]
fn every_fact_knows_its_bytes() {
    let spec = spec();
    let operation = spec.operation("tide/SetGauge").unwrap();
    let at = |subject: &str, aspect: Aspect| {
        let entry = operation
            .claims
            .get(&Subject::parse(subject).unwrap())
            .unwrap();
        &TEXT[entry.facts[&aspect].at.clone()]
    };
    assert_eq!(at("query limit", Aspect::RangeMax), "50");
    assert_eq!(at("body password", Aspect::Required), "password");
    assert_eq!(at("body name", Aspect::LengthMax), "9");
    assert_eq!(
        at("operation", Aspect::Route),
        "/v1/{project_id}/gauges/{gauge_id}"
    );
}

#[test]
fn broken_documents_are_errors_and_never_panics() {
    let read = |text: &str| Spec::read(&[Source::new("spec/a.yaml", text)]);
    assert!(read("a: [").is_err());
    assert!(read("").is_err());
    for text in [
        "a",
        "[]",
        "paths: 1",
        "paths: {/a: {get: 1}}",
        "paths: {/a: {get: {parameters: [1], responses: []}}}",
    ] {
        assert!(read(text).is_ok(), "{text}");
    }
}
