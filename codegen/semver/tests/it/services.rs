//! Several documents at a time, and what is shared by several operations.

use huaweicloud_codegen::{Source, profile};
use huaweicloud_semver::change::Verdict;
use huaweicloud_semver::{Difference, compare};

fn document(name: &str, operations: &str) -> Source {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: {name}, version: '1'}}\nservers: [{{url: 'https://{name}.example.com'}}]\n\
         paths:\n{operations}"
    );
    Source::new(format!("spec/{name}.yaml"), text)
}

fn operation(id: &str) -> String {
    format!(
        "  /{id}: {{get: {{operationId: {id}, parameters: [{{name: size, in: query, schema: {{type: integer}}}}], \
         responses: {{'200': {{description: ok, content: {{application/json: {{schema: {{type: object, \
         properties: {{a: {{type: string}}}}}}}}}}}}}}}}}}\n"
    )
}

fn difference(old: &[Source], new: &[Source]) -> Difference {
    compare(old, new, profile::of_the_workspace()).unwrap()
}

#[test]
fn an_operation_that_moves_to_another_service_is_told_as_that() {
    let (one, two, three) = (operation("one"), operation("two"), operation("three"));
    let old = [
        document("alpha", &format!("{one}{two}")),
        document("beta", &three),
    ];
    let new = [
        document("alpha", &one),
        document("beta", &format!("{two}{three}")),
    ];
    let found = difference(&old, &new);
    let told: Vec<_> = found.wire.iter().map(|it| it.code).collect();
    assert_eq!(told, ["operation-moved"]);
    assert_eq!(found.verdict(), Verdict::Major);
    // Another operation in its place is none that moved.
    let other = two.replace("size", "length");
    let new = [
        document("alpha", &one),
        document("beta", &format!("{other}{three}")),
    ];
    let told = difference(&old, &new).wire;
    let told: Vec<_> = told.iter().map(|it| it.code).collect();
    assert_eq!(told, ["operation-removed", "operation-added"]);
}

#[test]
fn a_service_comes_and_goes_as_one() {
    let (one, two) = (operation("one"), operation("two"));
    let old = [document("alpha", &one)];
    let new = [document("alpha", &one), document("beta", &two)];
    let found = difference(&old, &new);
    let told: Vec<_> = found.wire.iter().map(|it| it.code).collect();
    assert_eq!(
        (told.as_slice(), found.verdict()),
        (&["service-added"][..], Verdict::Minor)
    );
    let found = difference(&new, &old);
    let told: Vec<_> = found.wire.iter().map(|it| it.code).collect();
    assert_eq!(
        (told.as_slice(), found.verdict()),
        (&["service-removed"][..], Verdict::Major)
    );
}

#[test]
fn two_documents_of_one_service_are_refused_by_its_name() {
    let one = document("alpha", &operation("one"));
    let mut again = document("alpha", &operation("two"));
    again.path = "spec/alpha.json".to_owned();
    let profile = profile::of_the_workspace();
    let refused = compare(&[one.clone(), again], &[one], profile).unwrap_err();
    assert!(refused.to_string().contains("service `alpha`"), "{refused}");
}

#[test]
fn what_operations_share_is_told_once_with_all_of_them() {
    let shared = |kind: &str| {
        let uses = |id: &str| {
            format!(
                "  /{id}: {{put: {{operationId: {id}, requestBody: {{content: {{application/json: {{schema: \
                 {{$ref: '#/components/schemas/Both'}}}}}}}}, responses: {{'200': {{description: ok, content: \
                 {{application/json: {{schema: {{$ref: '#/components/schemas/Both'}}}}}}}}}}}}}}\n"
            )
        };
        let schemas = format!(
            "components:\n  schemas:\n    Both: {{type: object, properties: {{next: {{$ref: \
             '#/components/schemas/Both'}}, word: {{type: string, enum: [a, {kind}]}}}}}}\n"
        );
        document("alpha", &format!("{}{}{schemas}", uses("one"), uses("two")))
    };
    let found = difference(&[shared("b")], &[shared("b, c")]);
    let [change] = found.wire.as_slice() else {
        panic!("{:?}", found.wire);
    };
    assert_eq!(change.operations, ["PUT /one", "PUT /two"]);
    // One word more is compatible in what is sent, and dangerous in what comes back.
    assert_eq!(
        format!("{:?} {:?}", change.severity, change.direction),
        "Dangerous Both"
    );
    // The words are of the worse.
    assert!(
        change.message.contains("of the response"),
        "{}",
        change.message
    );
}

#[test]
fn schemas_in_a_long_chain_end() {
    let chain = |last: &str| {
        let links = (0..3_000).map(|at| {
            let next = at + 1;
            format!("    C{at}: {{type: object, properties: {{a: {{$ref: '#/components/schemas/C{next}'}}}}}}\n")
        });
        let links: String = links.collect();
        let end = format!("    C3000: {{type: object, properties: {{a: {{type: {last}}}}}}}\n");
        let call = "  /a: {get: {operationId: a, responses: {'200': {description: ok, content: \
                    {application/json: {schema: {$ref: '#/components/schemas/C0'}}}}}}}\n";
        document(
            "alpha",
            &format!("{call}components:\n  schemas:\n{links}{end}"),
        )
    };
    let loaded = huaweicloud_codegen::load::load(&[chain("string"), chain("integer")]);
    let found = huaweicloud_semver::wire::compare(
        &loaded.documents[0],
        &loaded.documents[1],
        profile::of_the_workspace(),
    );
    let told: Vec<_> = found.iter().map(|it| it.code).collect();
    assert_eq!(told, ["type-changed"]);
}

#[test]
fn schemas_that_are_used_twice_at_every_level_end() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let diamonds = |last: &str| {
            let links = (0..40).map(|at| {
                let next = format!("{{$ref: '#/components/schemas/C{}'}}", at + 1);
                format!("    C{at}: {{{keyword}: [{next}, {next}]}}\n")
            });
            let links: String = links.collect();
            let end = format!("    C40: {{type: object, properties: {{a: {{type: {last}}}}}}}\n");
            let call = "  /a: {get: {operationId: a, responses: {'200': {description: ok, content: \
                        {application/json: {schema: {$ref: '#/components/schemas/C0'}}}}}}}\n";
            document(
                "alpha",
                &format!("{call}components:\n  schemas:\n{links}{end}"),
            )
        };
        let loaded = huaweicloud_codegen::load::load(&[diamonds("string"), diamonds("integer")]);
        let [old, new] = loaded.documents.as_slice() else {
            panic!("two documents");
        };
        let found = huaweicloud_semver::wire::compare(old, new, profile::of_the_workspace());
        let told: Vec<_> = found.iter().map(|it| it.code).collect();
        assert_eq!(told, ["type-changed"], "{keyword}");
    }
}
