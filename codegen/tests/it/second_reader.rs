//! What passes the checks is OpenAPI to others too, and they find the same operations in it.

use std::collections::BTreeSet;

use huaweicloud_codegen::check::check;
use huaweicloud_codegen::load::load;
use huaweicloud_codegen::lower::lower;
use huaweicloud_codegen::{Source, Workspace, profile};
use openapiv3::OpenAPI;

use super::diagnostics::cases;

#[test]
fn what_is_checked_deserializes_and_has_the_operations_of_the_model() {
    let profile = profile::of_the_workspace();
    let of_the_workspace = Workspace::current().sources().unwrap();
    let others = cases().into_iter().flat_map(|(_, sources)| sources);
    let mut compared = 0;
    for source in of_the_workspace.into_iter().chain(others) {
        let path = source.path.clone();
        let loaded = load(&[source]);
        let mut found = loaded.diagnostics;
        found.extend(check(&loaded.documents, profile));
        let (model, lowered) = lower(&loaded.documents, profile);
        if found.has_errors() || lowered.has_errors() {
            continue;
        }
        let document: OpenAPI = serde_json::from_value(loaded.documents[0].tree.to_json())
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let theirs: BTreeSet<_> = document
            .operations()
            .map(|(path, method, operation)| {
                let id = operation.operation_id.clone().unwrap_or_default();
                (method.to_owned(), path.to_owned(), id)
            })
            .collect();
        let service = &model.services[0];
        let ours: BTreeSet<_> = service
            .operations
            .iter()
            .map(|operation| {
                let path = operation.path.strip_prefix(&service.base_path).unwrap();
                (
                    operation.method.key().to_owned(),
                    path.to_owned(),
                    operation.id.clone(),
                )
            })
            .collect();
        assert_eq!(ours, theirs, "{path}");
        compared += 1;
    }
    assert!(compared > 0);
}

#[test]
fn yaml_and_json_are_one() {
    let yaml = Workspace::current().sources().unwrap();
    for source in yaml {
        let tree = load(std::slice::from_ref(&source)).documents.remove(0).tree;
        let theirs: serde_json::Value = serde_yaml::from_str(&source.text).unwrap();
        assert_eq!(tree.to_json(), theirs, "{}", source.path);
        let json = Source::new(source.path.clone(), tree.to_json().to_string());
        assert_eq!(
            load(&[json]).documents[0].tree.to_json(),
            theirs,
            "{}",
            source.path
        );
    }
}
