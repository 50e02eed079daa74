use super::*;
use crate::testing::{fact, page};
use huaweicloud_codegen::Source;

fn spec() -> Spec {
    let document = |route: &str, id: &str| {
        format!(
            "paths:\n  {route}:\n    get:\n      operationId: {id}\n      externalDocs:\n        url: https://example.com/x/{id}_1.html?a=1\n        description: About {id}\n"
        )
    };
    Spec::read(&[
        Source::new(
            "spec/one.yaml",
            document("/v1/{project_id}/tides/{tide_id}", "ShowTide"),
        ),
        Source::new(
            "spec/two.yaml",
            document("/v1/{project_id}/gauges", "ListGauges"),
        ),
        Source::new("spec/three.yaml", document("/v1/{p}/gauges", "ListThree")),
    ])
    .unwrap()
}

fn paired(facts: &Facts, file: &str) -> Result<String, PairError> {
    let spec = spec();
    pair(&spec, file, facts, None).map(|it| spec.operations[it.operation].label())
}

#[test]
fn routes_pair_whatever_their_parameters_are_called() {
    let facts = page("GET", "/v1/{projectId}/tides/{id}/");
    assert_eq!(paired(&facts, "a.txt").as_deref(), Ok("one/ShowTide"));
    let spec = spec();
    let pairing = pair(&spec, "a.txt", &facts, None).unwrap();
    assert_eq!(pairing.renamed("id"), "tide_id");
    assert_eq!(pairing.renamed("other"), "other");
}

#[test]
fn the_second_route_of_a_page_counts_when_the_first_fits_nothing() {
    let mut facts = page("GET", "/v2/{project_id}/tides/{id}");
    facts
        .routes
        .extend(page("GET", "/v1/{project_id}/tides/{id}").routes);
    assert_eq!(paired(&facts, "a.txt").as_deref(), Ok("one/ShowTide"));
}

#[test]
fn a_page_without_a_known_route_is_found_by_address_name_or_title() {
    let moved = page("GET", "/v9/{project_id}/tide/{id}");
    assert_eq!(
        paired(&moved, "docs/ShowTide_1.html").as_deref(),
        Ok("one/ShowTide")
    );
    assert_eq!(
        paired(&moved, "one_ShowTide.html").as_deref(),
        Ok("one/ShowTide")
    );
    let mut named = moved.clone();
    named.operation = Some(fact("ShowTide".to_owned(), 1));
    assert_eq!(paired(&named, "a.txt").as_deref(), Ok("one/ShowTide"));
    let mut titled = moved.clone();
    titled.title = Some(fact("About ShowTide (Tide)".to_owned(), 1));
    assert_eq!(paired(&titled, "a.txt").as_deref(), Ok("one/ShowTide"));
    let error = paired(&moved, "a.txt").unwrap_err().to_string();
    assert!(error.contains("GET /v9/{project_id}/tide/{id}"), "{error}");
    assert!(error.contains("--operation one/ShowTide"), "{error}");
    let error = paired(&Facts::default(), "a.txt").unwrap_err().to_string();
    assert!(error.contains("names no route"), "{error}");
}

#[test]
fn two_operations_with_the_same_route_are_told_apart_by_name_or_not_at_all() {
    let facts = page("GET", "/v1/{project_id}/gauges");
    let error = paired(&facts, "a.txt").unwrap_err();
    assert_eq!(
        error.to_string(),
        "this file fits two/ListGauges and three/ListThree; say which with --operation"
    );
    assert_eq!(
        paired(&facts, "ListThree_1.html").as_deref(),
        Ok("three/ListThree")
    );
    let spec = spec();
    let asked = pair(&spec, "a.txt", &facts, Some("three/ListThree")).unwrap();
    assert_eq!(spec.operations[asked.operation].id, "ListThree");
    let error = pair(&spec, "a.txt", &facts, Some("three/None")).unwrap_err();
    assert!(error.to_string().contains("one/ShowTide"), "{error}");
}

#[test]
fn a_page_that_is_plainly_anothers_is_refused() {
    let spec = spec();
    let facts = page("GET", "/v1/{project_id}/tides/{id}");
    let error = pair(&spec, "a.txt", &facts, Some("two/ListGauges")).unwrap_err();
    let error = error.to_string();
    assert!(
        error.starts_with("this file is about one/ShowTide (GET /v1/"),
        "{error}"
    );
    let moved = page("GET", "/v9/tides");
    assert!(pair(&spec, "a.txt", &moved, Some("two/ListGauges")).is_ok());
}

/// Two services with the same route, told apart by their servers and their IAM actions.
fn sharing() -> Spec {
    let document = |service: &str, id: &str| {
        format!(
            "servers:\n  - url: https://{service}.{{region}}.example.com\npaths:\n  /v3/{{project_id}}/gauges/{{gauge_id}}:\n    put:\n      operationId: {id}\n"
        )
    };
    Spec::read(&[
        Source::new("spec/basin.yaml", document("basindb", "SetGauge")),
        Source::new("spec/tide.yaml", document("tide", "SetGauge")),
    ])
    .unwrap()
}

#[test]
fn services_that_share_a_route_are_told_apart_by_what_names_them() {
    let spec = sharing();
    let mut facts = page("PUT", "/v3/{project_id}/gauges/{gauge_id}");
    let label = |facts: &Facts, asked: Option<&str>| {
        pair(&spec, "a.txt", facts, asked).map(|it| spec.operations[it.operation].label())
    };
    // Nothing on the page tells: it is asked, not guessed.
    let error = label(&facts, None).unwrap_err().to_string();
    assert_eq!(
        error,
        "this file fits basin/SetGauge and tide/SetGauge; say which with --operation"
    );
    for (word, expected) in [
        ("tide", "tide/SetGauge"),
        // By its file and by its server.
        ("basin", "basin/SetGauge"),
        ("basindb", "basin/SetGauge"),
    ] {
        facts.services = vec![fact(word.to_owned(), 5)];
        assert_eq!(label(&facts, None).as_deref(), Ok(expected), "{word}");
    }
    facts.services.clear();
    facts.iam = vec![fact(
        huaweicloud_pages::facts::IamRow {
            action: "tide:gauge:set".to_owned(),
            ..Default::default()
        },
        9,
    )];
    assert_eq!(label(&facts, None).as_deref(), Ok("tide/SetGauge"));
}

#[test]
fn a_page_of_another_service_with_the_same_route_is_no_page_of_this_one() {
    let spec = sharing();
    let mut facts = page("PUT", "/v3/{project_id}/gauges/{gauge_id}");
    facts.services = vec![fact("weir".to_owned(), 5)];
    let error = pair(&spec, "a.txt", &facts, None).unwrap_err().to_string();
    assert_eq!(
        error,
        "this file has the route of basin/SetGauge and tide/SetGauge, but it is about the service \
         `weir`; add a document for that service, or say with --operation that it is one of these"
    );
    // Whoever knows better says so.
    let asked = pair(&spec, "a.txt", &facts, Some("tide/SetGauge")).unwrap();
    assert_eq!(spec.operations[asked.operation].service, "tide");
    // Nor does its name make it one.
    facts.operation = Some(fact("SetGauge".to_owned(), 1));
    assert!(pair(&spec, "a.txt", &facts, None).is_err());
}
