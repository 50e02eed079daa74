//! A document written as people write, and the page that says what it says.

use huaweicloud_codegen::Source;
use huaweicloud_codegen::load::tree::Span;
use huaweicloud_pages::facts::{Facts, FieldFacts, FieldLocation, IamRow, PasswordRules, Required};

use crate::check::check;
use crate::claim::{Aspect, ClaimValue, ParameterLocation, Subject, SubjectClaims};
use crate::document::Spec;
use crate::lock::{Lock, Review, facts_of};
use crate::patch::{PageToFollow, Patched, patch};
use crate::testing::{bounds, fact, field, page, response};

/// Written as people write: comments, quotes of every kind, block and flow style side by side.
pub(super) const TEXT: &str = "\
# The tide service. C1
openapi: 3.0.3
info: {title: Tide, version: '1'}   # C2
paths:
  # The one path. C3
  /v1/{project_id}/gauges/{gauge_id}:
    put:
      operationId: SetGauge
      summary: Set a gauge
      x-iam-actions:
        # Only one. C4
        - action: tide:gauge:set
          access: write
      parameters:
        # From the client. C5
        - name: project_id
          in: path
          required: true
          schema: {type: string, minLength: 1}
        - name: gauge_id
          in: path
          required: true
          schema:
            type: string
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 10}}
        - name: X-Mode   # C6
          in: header
          schema:
            type: string
            enum:
              # The usual one. C7
              - fast
              - 'slow'
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Gauge'
      responses:
        '200':
          description: done
          content:
            application/json:
              schema:
                type: object
                properties:
                  flag:
                    type: string
                    enum: ['True', 'False']   # C8
                  left: {type: string, deprecated: true}
        '400':
          description: wrong
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Problem'
        '500':
          description: broken
          content:
            application/json:
              schema:
                $ref: '#/components/schemas/Problem'
components:
  schemas:
    Gauge:
      type: object
      required:
        - name   # C9
        - tags
      properties:
        name:
          type: string
          description: >-
            A name,
            on two lines.
          minLength: 2
          maxLength: 9   # C10
        open:
          type: boolean
          default: false
          example: true
        level: {type: number, nullable: true, minimum: 0, maximum: 5}
        tags:
          type: array
          maxItems: 5
          items:
            type: object
            required: [key]
            properties:
              key: {type: string, maxLength: 36}
              value:
                type: string
                default: \"none\"
        password:
          type: string
          format: password
          minLength: 8
          maxLength: 20
          x-password-policy:
            min: 8
            max: 20
            minClasses: 3
            specials: '!#'
    Problem:
      type: object
      properties:
        # The code. C11
        code:
          type: string
        message:
          type: string
          nullable: true
# The end. C12
";

pub(super) const LABEL: &str = "tide/SetGauge";

pub(super) fn sources(text: &str) -> Vec<Source> {
    vec![Source::new("spec/tide.yaml", text)]
}

/// A page that says exactly what the document says.
pub(super) fn page_of(text: &str) -> Facts {
    let spec = Spec::read(&sources(text)).unwrap();
    let operation = spec.operation(LABEL).unwrap();
    let mut facts = page(&operation.method, &operation.path);
    for (subject, entry) in operation.claims.iter() {
        match subject {
            Subject::Operation => {
                let one = |aspect| entry.facts.get(&aspect).map(|it| it.value.to_string());
                if let Some(action) = one(Aspect::Action) {
                    let row = IamRow {
                        action,
                        access: one(Aspect::Access),
                        ..IamRow::default()
                    };
                    facts.iam.push(fact(row, 4));
                }
            }
            Subject::Parameter(place, name) => {
                let place = match place {
                    ParameterLocation::Path => FieldLocation::Path,
                    ParameterLocation::Query => FieldLocation::Query,
                    ParameterLocation::Header => FieldLocation::Header,
                    ParameterLocation::Cookie => continue,
                };
                facts
                    .parameters
                    .push((place, page_field(name, entry, true)));
            }
            Subject::Field(path) => {
                facts
                    .parameters
                    .push((FieldLocation::Body, page_field(path, entry, true)));
            }
            Subject::Status(status) => {
                facts.statuses.push(fact(status.clone(), 60));
                facts.responses.push(response(status, Vec::new()));
            }
            Subject::Response(status, path) => {
                let response = facts.responses.iter_mut().find(|it| it.status == *status);
                response
                    .unwrap()
                    .fields
                    .push(page_field(path, entry, false));
            }
            _ => {}
        }
    }
    facts
}

pub(super) fn page_field(path: &str, entry: &SubjectClaims<Span>, request: bool) -> FieldFacts {
    let said = |aspect| entry.facts.get(&aspect).map(|it| it.value.clone());
    let one = |aspect| said(aspect).map(|it: ClaimValue| it.to_string());
    let flag = |aspect| said(aspect).map(|it| fact(it.is_yes(), 9));
    let required = match said(Aspect::Required) {
        Some(value) if request => {
            if value.is_yes() {
                Required::Yes
            } else {
                Required::No
            }
        }
        _ => Required::Unknown,
    };
    let mut it = field(path, &one(Aspect::Type).unwrap_or("?".into()), required, 9);
    it.nullable = flag(Aspect::Nullable);
    it.deprecated = flag(Aspect::Deprecated);
    it.secret = flag(Aspect::Secret);
    it.enum_values = said(Aspect::Enum).map(|it| fact(it.items().to_vec(), 9));
    it.default = one(Aspect::Default).map(|it| fact(it.into(), 9));
    let span = |min, max| {
        let (min, max) = (one(min), one(max));
        let none = min.is_none() && max.is_none();
        (!none).then(|| fact(bounds(min.as_deref(), max.as_deref()), 9))
    };
    it.lengths = span(Aspect::LengthMin, Aspect::LengthMax)
        .into_iter()
        .collect();
    it.ranges = span(Aspect::RangeMin, Aspect::RangeMax)
        .into_iter()
        .collect();
    it.max_items = one(Aspect::MaxItems).map(|it| fact(it.parse().unwrap(), 9));
    if let Some(min) = one(Aspect::PasswordMin) {
        let max = one(Aspect::PasswordMax).unwrap();
        it.password = Some(fact(
            PasswordRules {
                length: Some((min.parse().unwrap(), max.parse().unwrap())),
                min_classes: one(Aspect::PasswordKinds).map(|it| it.parse().unwrap()),
                classes: ClaimValue::items_of(said(Aspect::PasswordClasses).as_ref()).to_vec(),
                specials: one(Aspect::PasswordSpecials),
                forbid: Vec::new(),
            },
            9,
        ));
    }
    it
}

pub(super) fn patched(text: &str, facts: &Facts, lock: &Lock) -> Patched {
    let page = PageToFollow {
        file: "a.txt",
        facts,
        operation: LABEL,
    };
    patch(&sources(text), lock, &[page])
}

pub(super) fn differences(sources: &[Source], facts: &Facts) -> Vec<String> {
    let spec = Spec::read(sources).unwrap();
    let checked = check(&spec, &Lock::default(), "a.txt", facts, Some(LABEL)).unwrap();
    let open = checked.comparison.open();
    open.map(|it| it.name.to_string()).collect()
}

/// Every comment and every line that an edit had no business with.
pub(super) fn comments(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.rsplit_once(" C").map(|(_, number)| number))
        .collect()
}

/// The review that a page has beside a document.
pub(super) fn review_of(text: &str, facts: &Facts) -> Review {
    let spec = Spec::read(&sources(text)).unwrap();
    let checked = check(&spec, &Lock::default(), "a.txt", facts, Some(LABEL)).unwrap();
    Review {
        page: "https://example.com".into(),
        files: Vec::new(),
        reviewed: crate::day::Day::parse("2026-11-01").unwrap(),
        facts: facts_of(&checked.page.claims),
        extensions: Default::default(),
        earlier: Default::default(),
        deviations: Vec::new(),
        pending: Vec::new(),
    }
}
