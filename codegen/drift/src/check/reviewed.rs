//! Documents against the lock alone: no page is needed to see that one was edited without a reason.

use std::collections::BTreeMap;

use huaweicloud_codegen::load::Document;

use super::compare;
use crate::document::Spec;
use crate::document::pointer::items;
use crate::lock::Lock;
use crate::page::PageClaims;

/// In what the documents differ from what was reviewed, without a reason on record. What was never
/// reviewed has nothing to differ from.
pub fn unexplained(spec: &Spec, lock: &Lock) -> Vec<String> {
    let mut found = Vec::new();
    for label in lock.labels() {
        let (Some(review), Some(operation)) = (lock.review(label), spec.operation(label)) else {
            found.push(format!("{label}: reviewed, and in no document"));
            continue;
        };
        let origin = operation.origin.as_ref().map(|origin| origin.url.as_str());
        if origin != Some(&review.page) {
            let page = &review.page;
            found.push(format!(
                "{label}: reviewed was {page}, another page is its externalDocs"
            ));
        }
        let (says, said) = (&operation.extensions, &review.extensions);
        let gone = said.difference(says).map(|it| ("no longer said", it));
        let new = says.difference(said).map(|it| ("not reviewed", it));
        let differ = gone.chain(new);
        found.extend(differ.map(|(what, line)| format!("{label}: {what}: {line}")));
        let comparison = compare(operation, &PageClaims::reviewed(review), Some(review));
        found.extend(comparison.open().map(|it| format!("{label}: {it}")));
        found.extend(comparison.notes.iter().map(|it| format!("{label}: {it}")));
    }
    for (service, reviewed) in lock.endpoints() {
        let document = spec.document(&format!("spec/{service}.yaml"));
        let said = document.map(endpoints).unwrap_or_default();
        if said != *reviewed {
            found.push(format!(
                "{service}: regions by address were {reviewed:?} when reviewed, {said:?} in the document"
            ));
        }
    }
    found
}

/// How many regions each address of a document is for.
fn endpoints(document: &Document) -> BTreeMap<String, u64> {
    let servers = items(&document.tree, "servers").iter();
    let servers = servers.filter_map(|server| {
        let regions = server.pointer("/variables/region/enum")?.items().len();
        Some((server.get("url")?.as_str()?.to_owned(), regions as u64))
    });
    servers.collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use huaweicloud_codegen::{Source, Workspace};

    use super::*;

    fn committed() -> (Vec<Source>, Lock) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let sources = Workspace::at(&root).sources().unwrap();
        (sources, Lock::read(&root).unwrap())
    }

    /// The one test that holds `spec/` against what was reviewed. It knows no service.
    #[test]
    fn every_document_says_what_was_reviewed_or_why_not() {
        let (sources, lock) = committed();
        let found = unexplained(&Spec::read(&sources).unwrap(), &lock);
        assert!(
            found.is_empty(),
            "spec/ and spec/docs.lock differ:\n{}",
            found.join("\n")
        );
    }

    const TIDE: &str = "\
openapi: 3.0.3
info: {title: Tide, version: '1'}
security: [{Token: []}]
servers: [{url: 'https://tide.{region}.example', variables: {region: {default: a, enum: [a, b]}}}]
paths:
  /v1/{id}:
    put:
      operationId: SetGauge
      externalDocs: {url: 'https://example.com/set.html'}
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [name], properties: {name: {$ref: '#/components/schemas/Name'}}}
      responses:
        '200':
          description: done
          x-success-when: {field: flag, equals: x}
          content:
            application/json:
              schema: {type: object, properties: {flag: {type: string, enum: [x, y]}}}
components:
  schemas:
    Name: {type: string, maxLength: 9, x-password-policy: {classes: [lower]}}
";

    const LOCK: &str = r#"version: 1
endpoints: {tide: {'https://tide.{region}.example': 2}}
operations:
  tide/SetGauge:
    page: https://example.com/set.html
    reviewed: '2026-11-21'
    facts:
      operation: {route: 'PUT /v1/{id}'}
      path id: {type: string, required: yes}
      body name: {type: string, required: yes, length.max: 8}
      status 200: {}
      response 200 flag: {type: string, enum: [x, y]}
    extensions:
    - 'security: [{"Token":[]}]'
    - 'response 200 x-success-when: {"field":"flag","equals":"x"}'
    - 'body name x-password-policy: {"classes":["lower"]}'
    deviations:
      - {fact: body name/length.max, code: D0207, page: 8, spec: 9, reason: The copy says so.}
...
"#;

    #[test]
    fn an_edit_without_a_reason_is_named() {
        let of = |text: &str| {
            let spec = Spec::read(&[Source::new("spec/tide.yaml", text)]).unwrap();
            unexplained(&spec, &Lock::parse(LOCK).unwrap()).join("\n")
        };
        assert_eq!(of(TIDE), "");
        for (from, to, named) in [
            ("/v1/{id}:", "/v2/{id}:", "route"),
            ("put:", "post:", "route"),
            ("SetGauge", "SetLevel", "in no document"),
            ("set.html", "get.html", "another page"),
            ("maxLength: 9", "maxLength: 10", "greatest length"),
            ("required: [name], ", "", "requiredness"),
            ("Name: {type: string", "Name: {type: integer", "type"),
            ("{name: {", "{other: {type: string}, name: {", "other"),
            ("equals: x", "equals: y", "x-success-when"),
            (
                "          x-success-when: {field: flag, equals: x}\n",
                "",
                "no longer said",
            ),
            ("[lower]", "[lower, upper]", "x-password-policy"),
            ("put:", "put:\n      x-retry: true", "not reviewed: x-retry"),
            ("put:", "put:\n      security: []", "security: []"),
            (
                "security: [{Token: []}]",
                "security: [{Token: []}, {Key: []}]",
                "Key",
            ),
            ("enum: [x, y]", "enum: [x]", "allowed values"),
            ("'200'", "'202'", "202"),
            ("enum: [a, b]", "enum: [a]", "regions"),
            ("tide.{region}", "ebb.{region}", "regions"),
        ] {
            assert!(TIDE.contains(from), "{from}");
            let found = of(&TIDE.replacen(from, to, 1));
            assert!(found.contains(named), "{from} → {to}: {found}");
        }
    }
}
