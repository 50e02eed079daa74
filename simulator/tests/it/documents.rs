//! Any document that the generator takes.

use std::path::Path;

use openapi_simulator::Simulator;

use super::raw::Call;

/// Every document that the generator is tested with is served, and every operation of it found.
#[tokio::test]
async fn every_document_of_the_generator_is_served() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/tests/foreign");
    let mut served = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_document = |it: &std::ffi::OsStr| it == "yaml" || it == "json";
        if !path.extension().is_some_and(is_document) {
            continue;
        }
        let simulator = Simulator::builder().spec(&path).start().await;
        let simulator = simulator.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for operation in simulator.operations() {
            let method: &'static str = operation.method().clone().to_string().leak();
            let call = Call::new(
                method,
                operation.path().replace(['{', '}'], "").replace(' ', "%20"),
            );
            let response = call.send(&simulator).await;
            let entry = simulator.ledger().entries().pop().unwrap();
            assert_ne!(response.status, 0, "{}: {entry:?}", path.display());
            assert_eq!(
                entry.service.as_deref(),
                Some(operation.service()),
                "{}: {entry:?}",
                path.display()
            );
            served += 1;
        }
    }
    assert!(served > 50, "{served}");
}
