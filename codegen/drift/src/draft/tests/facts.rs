//! What a definition says and no check knows: keywords, maps, headers.

use huaweicloud_codegen::load::tree::Node;
use huaweicloud_pages::facts::{FieldFacts, FieldLocation};
use serde_json::Value;

use super::*;
use crate::claim::ParameterLocation;
use crate::document::pointer::{Pointer, resolve};
use crate::document::{DocumentOperation, innermost};

/// A fact that only a definition has, from the schema where a subject is described.
fn keyword<'n>(root: &'n Node, schema: &Pointer, key: &str) -> Option<&'n Node> {
    let inner = innermost(root, schema);
    [schema, &inner].into_iter().find_map(|it| {
        let layers = crate::document::layers(root, it);
        layers.iter().find_map(|it| it.find(root)?.get(key))
    })
}

/// Compares what a definition says of a field, and no check knows, with its draft, and counts.
struct Comparison<'a> {
    root: &'a Node,
    operation: &'a DocumentOperation,
    facts: usize,
    missing: Vec<String>,
}

impl Comparison<'_> {
    fn field(&mut self, subject: &Subject, field: &FieldFacts) {
        self.facts += 1;
        let pointers = self.operation.pointers.get(subject);
        let Some(schema) = pointers.and_then(|it| it.schema.clone()) else {
            self.missing.push(format!("{subject}: no schema"));
            return;
        };
        self.keywords(&subject.to_string(), &schema, field);
    }

    fn keywords(&mut self, subject: &str, schema: &Pointer, field: &FieldFacts) {
        for (key, said) in &field.keywords {
            if matches!(
                key.as_str(),
                "example" | "collectionFormat" | "in" | "discriminator" | "consumes"
            ) {
                continue;
            }
            self.facts += 1;
            if key == "required" {
                continue;
            }
            let there = keyword(self.root, schema, key).map(Node::to_json);
            // A mark of ours leads.
            let is_marked = key == "format" && there == Some(Value::from("password"));
            if there.as_ref() != Some(&said.value) && !is_marked {
                self.missing
                    .push(format!("{subject} {key}: {} ({there:?})", said.value));
            }
        }
        let mut place = schema.clone();
        while let Some(items) =
            resolve(self.root, place.clone()).filter(|(_, it)| it.get("items").is_some())
        {
            place = items.0.below("items");
        }
        let Some(values) = &field.values else {
            return;
        };
        let place = place.below("additionalProperties");
        self.facts += 1;
        let place = match resolve(self.root, schema.clone()) {
            Some((place, _))
                if place
                    .below("additionalProperties")
                    .find(self.root)
                    .is_some() =>
            {
                place.below("additionalProperties")
            }
            _ => place,
        };
        if place.find(self.root).is_none() {
            self.missing.push(format!("{subject}: values of a map"));
            return;
        }
        self.keywords(&format!("{subject}.*"), &place, values);
        for said in &values.lengths {
            self.facts += 1;
            let most = keyword(self.root, &place, "maxLength").map(|it| it.to_json().to_string());
            if most != said.value.max {
                self.missing
                    .push(format!("{subject}.* maxLength ({most:?})"));
            }
        }
    }
}

#[test]
fn every_fact_of_a_definition_is_in_its_draft() {
    let mut compared = 0;
    for service in [None, Some("ebb")] {
        let drafted = drafted(service);
        let spec = Spec::read(&drafted.sources).unwrap();
        for ((name, _), facts) in DEFINITIONS.iter().zip(definitions()) {
            let label = format!("{}/{name}", service.unwrap_or("tide"));
            let operation = spec.operation(&label).unwrap();
            let mut comparison = Comparison {
                root: spec.tree(&operation.file).unwrap(),
                operation,
                facts: 0,
                missing: Vec::new(),
            };
            let route = &facts.routes[0].value;
            for (place, field) in &facts.parameters {
                // The document may call it otherwise already.
                let own = crate::pair::parameters(&route.path);
                let mut names = own.iter().zip(crate::pair::parameters(&operation.path));
                let name = match place {
                    FieldLocation::Path => names.find(|(own, _)| **own == field.path).unwrap().1,
                    _ => field.path.clone(),
                };
                let subject = match place {
                    FieldLocation::Path => Subject::Parameter(ParameterLocation::Path, name),
                    FieldLocation::Query => Subject::Parameter(ParameterLocation::Query, name),
                    FieldLocation::Header if name == "Content-Type" => continue,
                    FieldLocation::Header => Subject::Parameter(ParameterLocation::Header, name),
                    FieldLocation::Body => Subject::Field(name),
                };
                comparison.field(&subject, field);
            }
            for response in &facts.responses {
                let status = match response.status.as_str() {
                    "error" => "default".to_owned(),
                    status => status.to_owned(),
                };
                for field in &response.fields {
                    let subject = Subject::Response(status.clone(), field.path.clone());
                    comparison.field(&subject, field);
                }
                let pointers = operation.pointers.get(&Subject::Status(status)).unwrap();
                for header in &response.headers {
                    let at =
                        pointers
                            .object
                            .clone()
                            .unwrap()
                            .walk(["headers", &header.path, "schema"]);
                    comparison.keywords(&header.path, &at, header);
                }
            }
            // What has another form there is asked about.
            let asked = |it: &String| {
                let asked = ["query token secret", "short ", "uniqueItems"];
                asked.iter().any(|about| it.contains(about))
            };
            comparison.missing.retain(|it| !asked(it));
            assert_eq!(comparison.missing, Vec::<String>::new(), "{label}");
            compared += comparison.facts;
        }
    }
    assert!(compared > 250, "{compared}");
}
