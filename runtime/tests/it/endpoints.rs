//! Which address a call goes to: the builder's, the environment's, the credentials', the region's.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use huaweicloud_runtime::EndpointProblem;
use huaweicloud_runtime::credentials::Environment;
use huaweicloud_runtime::generated::wire::{RequestBuilder, SecretBytes};
use huaweicloud_runtime::generated::{Core, CoreBuilder};
use huaweicloud_runtime::transport::{Transport, TransportFuture};
use huaweicloud_runtime::{BuilderError, Credentials, Operation, Retry, ServiceEndpoints};

static SERVICES: &[ServiceEndpoints] = &[
    ServiceEndpoints::new("dcs", &[("cn-north-4", "https://dcs.region.example")]),
    ServiceEndpoints::new("iam", &[("cn-north-4", "https://iam.region.example")])
        .global("https://iam.example"),
];

const VARIABLES: &[(&str, &str)] = &[
    (
        "HUAWEICLOUD_SDK_REGION_DCS_CN_NORTH_4",
        "https://dcs.environment.example, https://second.example",
    ),
    (
        "HUAWEICLOUD_SDK_REGION_DCS_MOON_1",
        "https://dcs.moon.example",
    ),
    (
        "HUAWEICLOUD_SDK_IAM_ENDPOINT",
        "https://iam.environment.example",
    ),
    (
        "HUAWEICLOUD_SDK_REGION_IAM_CN_NORTH_4",
        "https://never.example",
    ),
];

fn environment() -> Environment {
    Environment::from_fn(|name| {
        let found = VARIABLES.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.into())
    })
}

fn builder(region: &str) -> CoreBuilder {
    CoreBuilder::new(region).credentials(Credentials::aksk("ak", "sk"))
}

fn addresses(builder: CoreBuilder) -> String {
    let core: Core = builder.build(SERVICES).unwrap();
    format!("{core:?}")
}

#[test]
fn the_environment_is_asked_only_on_request_and_goes_behind_the_builder() {
    let plain = addresses(builder("cn-north-4"));
    assert!(plain.contains("https://dcs.region.example"), "{plain}");
    assert!(plain.contains("https://iam.region.example"), "{plain}");

    let asked = addresses(builder("cn-north-4").endpoints_from(environment()));
    assert!(
        asked.contains("https://dcs.environment.example)"),
        "{asked}"
    );
    assert!(asked.contains("https://iam.environment.example"), "{asked}");
    assert!(
        !asked.contains("second") && !asked.contains("never"),
        "{asked}"
    );

    let given = builder("cn-north-4")
        .endpoints_from(environment())
        .service_endpoint("iam", "https://iam.given.example");
    let given = addresses(given);
    assert!(given.contains("https://iam.given.example"), "{given}");
    assert!(given.contains("https://dcs.environment.example"), "{given}");

    let one = addresses(
        builder("cn-north-4")
            .endpoints_from(environment())
            .endpoint("https://one.example"),
    );
    assert!(!one.contains("environment"), "{one}");
}

#[test]
fn a_region_needs_a_service_that_is_there() {
    // IAM is everywhere, which does not make this a region.
    let error = builder("moon-1").build(SERVICES).unwrap_err();
    assert!(matches!(error, BuilderError::UnknownRegion(_)), "{error}");
    // With an address of its own it is one; a private cloud, whose passwords are not for the
    // IAM of all regions.
    let moon = Environment::from_fn(|name| {
        (name == "HUAWEICLOUD_SDK_REGION_DCS_MOON_1").then(|| "https://dcs.moon.example".into())
    });
    let moon = addresses(builder("moon-1").endpoints_from(moon));
    assert!(moon.contains("https://dcs.moon.example"), "{moon}");
    assert!(!moon.contains("iam.example"), "{moon}");
    // An address of IAM alone makes no region.
    let builder = builder("moon-1").service_endpoint("iam", "https://iam.moon.example");
    let error = builder.build(SERVICES).unwrap_err();
    assert!(matches!(error, BuilderError::UnknownRegion(_)), "{error}");
}

#[test]
fn an_unusable_address_in_the_environment_is_refused() {
    for value in [
        "http://elsewhere.example",
        "nonsense",
        "https://u:p@h.example",
    ] {
        let environment = Environment::from_fn(move |name| {
            name.starts_with("HUAWEICLOUD_SDK_REGION_DCS")
                .then(|| value.into())
        });
        let builder = builder("cn-north-4").endpoints_from(environment);
        let error = builder.build(SERVICES).unwrap_err();
        assert!(matches!(error, BuilderError::Endpoint(_)), "{error}");
    }
}

/// Responds to everything with an empty object, and remembers where it was sent.
#[derive(Debug, Default)]
struct Remembering(Mutex<Vec<String>>);

impl Transport for Remembering {
    fn send(&self, request: http::Request<SecretBytes>) -> TransportFuture<'_> {
        self.0.lock().unwrap().push(request.uri().to_string());
        let response = http::Response::new(Bytes::from_static(b"{}"));
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[tokio::test]
async fn the_address_of_iam_that_credentials_bring_along_is_used_for_iam_alone() {
    static LIST: Operation =
        Operation::new("iam", "KeystoneListProjects", "GET", "/v3/projects").retry(Retry::Safe);
    static SHOW: Operation = Operation::new("dcs", "Show", "GET", "/v2/x").retry(Retry::Safe);
    let credentials = Credentials::aksk("ak", "sk").iam_endpoint("https://iam.credentials.example");
    for (given, expected) in [
        (None, "https://iam.credentials.example/v3/projects"),
        (
            Some("https://iam.given.example"),
            "https://iam.given.example/v3/projects",
        ),
    ] {
        let transport = Arc::new(Remembering::default());
        let mut builder = CoreBuilder::new("cn-north-4")
            .credentials(credentials.clone())
            .transport(transport.clone());
        if let Some(url) = given {
            builder = builder.service_endpoint("iam", url);
        }
        let core = builder.build(SERVICES).unwrap();
        for operation in [&LIST, &SHOW] {
            let request = RequestBuilder::get(operation.path.to_owned())
                .build()
                .unwrap();
            core.execute(operation, None, request).await.unwrap();
        }
        let seen = transport.0.lock().unwrap().clone();
        assert_eq!(seen, [expected, "https://dcs.region.example/v2/x"]);
    }
}

#[test]
fn a_template_gives_every_service_an_address() {
    let template = "https://{service}.{region}.cloud.example";
    let moon = || builder("moon-1").endpoint_template(template);
    let all = addresses(moon());
    assert!(all.contains("https://dcs.moon-1.cloud.example"), "{all}");
    // Passwords of this cloud are for no other's IAM.
    assert!(all.contains("https://iam.moon-1.cloud.example"), "{all}");

    // A service by its name goes before it, the environment behind it.
    let one = moon()
        .endpoints_from(environment())
        .service_endpoint("iam", "https://iam.given.example");
    let one = addresses(one);
    assert!(one.contains("https://iam.given.example"), "{one}");
    assert!(one.contains("https://dcs.moon-1.cloud.example"), "{one}");
    assert!(!one.contains("environment"), "{one}");

    // Of the two that are for all services, the last counts.
    let last = addresses(moon().endpoint("https://one.example"));
    assert!(!last.contains("cloud.example"), "{last}");
    let last = addresses(
        builder("moon-1")
            .endpoint("https://one.example")
            .endpoint_template(template),
    );
    assert!(!last.contains("one.example"), "{last}");

    // Without the region, with a port, in a known region.
    let known = builder("cn-north-4").endpoint_template("https://{service}.cloud.example:8443/api");
    let known = addresses(known);
    assert!(
        known.contains("https://dcs.cloud.example:8443/api"),
        "{known}"
    );
    assert!(!known.contains("region.example"), "{known}");
}

#[test]
fn a_template_that_gives_no_address_is_refused() {
    for (template, problem) in [
        ("https://{region}.cloud.example", EndpointProblem::NoService),
        ("https://cloud.example", EndpointProblem::NoService),
        (
            "https://{service}.{zone}.example",
            EndpointProblem::Placeholder,
        ),
        ("https://{service}.{}.example", EndpointProblem::Placeholder),
        ("https://{{service}}.example", EndpointProblem::Placeholder),
        ("http://{service}.example", EndpointProblem::PlainHttp),
        ("{service}.example", EndpointProblem::NotAUrl),
        ("{service}://example.com", EndpointProblem::Scheme),
        (
            "https://u:Hidden@{service}.example",
            EndpointProblem::UserInfo,
        ),
        (
            "https://example.com/?{service}",
            EndpointProblem::QueryOrFragment,
        ),
        (
            "https://example.com/../{service}",
            EndpointProblem::BasePath,
        ),
    ] {
        let builder = builder("moon-1").endpoint_template(template);
        let error = builder.build(SERVICES).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("Hidden"), "{error}");
        let BuilderError::Endpoint(error) = error else {
            panic!("{template}: {error}")
        };
        assert_eq!(error.problem(), problem, "{template}");
    }
    // Where a template is not meant, the error says where it is.
    let error = builder("moon-1").endpoint("https://{service}.example");
    let error = error.build(SERVICES).unwrap_err().to_string();
    assert!(error.contains(".endpoint_template("), "{error}");
}

#[tokio::test]
async fn a_service_without_an_address_is_named_whichever_is_called() {
    static SHOW: Operation = Operation::new("dcs", "Show", "GET", "/v2/x").retry(Retry::Safe);
    // A region of which only another service has an address.
    let core = builder("moon-1")
        .service_endpoint("dws", "https://dws.moon.example")
        .transport(Arc::new(Remembering::default()))
        .build(THREE)
        .unwrap();
    let request = RequestBuilder::get(SHOW.path.to_owned()).build().unwrap();
    let error = core.execute(&SHOW, None, request).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("service `dcs`") && !text.contains("bms"),
        "{text}"
    );
    assert!(text.contains(".service_endpoint(\"dcs\", url)"), "{text}");

    // Nobody was called yet: the error names all that are without.
    let error = builder("moon-1").build(THREE).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("bms, dcs, dws"), "{text}");
    assert!(text.contains(".endpoint_template("), "{text}");
}

static THREE: &[ServiceEndpoints] = &[
    ServiceEndpoints::new("bms", &[("cn-north-4", "https://bms.region.example")]),
    ServiceEndpoints::new("dcs", &[("cn-north-4", "https://dcs.region.example")]),
    ServiceEndpoints::new("dws", &[("cn-north-4", "https://dws.region.example")]),
];
