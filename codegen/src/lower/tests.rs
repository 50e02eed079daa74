//! Lowering, from YAML to model.

use super::lower;
use crate::load::{Document, load};
use crate::model::{
    ClientParameter, Content, FormPartKind, Model, ParameterLocation, RateLimit, SchemaKind,
    Service, Status, Style, Type,
};
use crate::source::Source;

pub(super) fn lowered(text: &str) -> (Model, Vec<String>) {
    let loaded = load(&[Source::new("spec/demo.yaml", text)]);
    assert!(
        loaded.diagnostics.is_empty(),
        "{:?}",
        loaded.diagnostics.iter().collect::<Vec<_>>()
    );
    lowered_for(&loaded.documents, crate::profile::of_the_workspace())
}

/// The model and the codes of what was found under a profile.
pub(super) fn lowered_for(
    documents: &[Document],
    profile: &dyn crate::profile::Profile,
) -> (Model, Vec<String>) {
    let (model, found) = lower(documents, profile);
    let found = found
        .iter()
        .map(|finding| finding.code.to_owned())
        .collect();
    (model, found)
}

pub(super) fn service(text: &str) -> Service {
    let (model, found) = lowered(text);
    assert!(found.is_empty(), "{found:?}");
    model.services.into_iter().next().unwrap()
}

/// A document whose only operation responds with the schema.
pub(super) fn responding(schema: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: a\n      \
         responses: {{'200': {{description: ok, content: {{application/json: {{schema: {schema}}}}}}}}}\n"
    )
}

pub(super) fn response(service: &Service) -> &Type {
    service.operations[0].responses[0].body().unwrap()
}

fn fields<'s>(service: &'s Service, name: &str) -> Vec<&'s str> {
    match &service.schemas[name].kind {
        SchemaKind::Object { fields, .. } => {
            fields.iter().map(|field| field.ident.as_str()).collect()
        }
        other => panic!("{name} is no object: {other:?}"),
    }
}

#[test]
fn servers_are_spread_over_their_regions() {
    let service = service(
        "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\nservers:\n- url: 'https://demo.{region}.example.com/v1/'\n  \
         variables: {region: {default: a, enum: [a, b]}}\n- url: 'https://demo.{region}.example.cn/v1'\n  \
         variables: {region: {default: c, enum: [c]}}\npaths:\n  /x:\n    get: {operationId: x, responses: {'200': {description: ok}}}\n",
    );
    let endpoints: Vec<_> = service
        .endpoints
        .iter()
        .map(|endpoint| (endpoint.region.as_str(), endpoint.url.as_str()))
        .collect();
    assert_eq!(
        endpoints,
        [
            ("a", "https://demo.a.example.com"),
            ("b", "https://demo.b.example.com"),
            ("c", "https://demo.c.example.cn"),
        ]
    );
    assert_eq!(service.operations[0].path, "/v1/x");
}

#[test]
fn an_address_without_a_region_is_for_all_regions_and_there_is_one() {
    let text = "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\nservers:\n- url: https://iam.example.com\n";
    let (model, found) = lowered(&format!("{text}paths: {{}}\n"));
    assert_eq!(found, [] as [&str; 0]);
    let service = &model.services[0];
    assert_eq!(
        service.global_endpoint.as_deref(),
        Some("https://iam.example.com")
    );
    assert_eq!(service.endpoints, []);
    let (model, found) = lowered(&format!("{text}- url: https://more.example\npaths: {{}}\n"));
    assert_eq!(found, ["lower::no-region"]);
    assert_eq!(
        model.services[0].global_endpoint.as_deref(),
        Some("https://iam.example.com")
    );
}

#[test]
fn the_headers_of_successes_are_kept() {
    let response = "{description: ok, headers: {X-Left: {required: true, schema: {type: integer, format: int32}}, \
         body: {schema: {type: string, format: password}}, X-Request-Id: {schema: {type: string}}, \
         X-List: {schema: {type: array, items: {type: string}}}}}";
    let document = |responses: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\nsecurity: []\npaths:\n  /x:\n    get:\n      operationId: x\n      responses: {{{responses}}}\n"
        )
    };
    let (model, found) = lowered(&document(&format!("'200': {response}, '404': {response}")));
    assert_eq!(found, ["lower::header-type"]);
    let operation = &model.services[0].operations[0];
    assert!(operation.anonymous);
    let headers: Vec<_> = operation.responses[0]
        .headers
        .iter()
        .map(|header| (header.ident.as_str(), header.required, &header.ty))
        .collect();
    assert_eq!(
        headers,
        [
            (
                "x_left",
                true,
                &Type::Integer {
                    bits: 32,
                    signed: true
                }
            ),
            ("body", false, &Type::Password),
            ("x_list", false, &Type::String),
        ]
    );
    assert_eq!(operation.responses[1].headers, []);

    // Of several successes as well: one name for a header of both, and one type.
    let other = response
        .replace("X-Left", "x-left")
        .replace("integer, format: int32", "string");
    let (model, found) = lowered(&document(&format!("'200': {response}, '202': {other}")));
    assert!(found.contains(&"lower::headers".to_owned()), "{found:?}");
    for response in &model.services[0].operations[0].responses {
        let left = &response.headers[0];
        assert_eq!((left.ident.as_str(), &left.ty), ("x_left", &Type::String));
        assert_eq!(response.headers[1].ty, Type::Password);
    }
}

#[test]
fn members_of_all_of_become_one_object() {
    let service = service(&responding(
        "{allOf: [{type: object, required: [a], properties: {a: {type: string}}}, \
         {type: object, properties: {b: {type: integer}}}]}",
    ));
    assert_eq!(response(&service), &Type::Named("AResponse".to_owned()));
    assert_eq!(fields(&service, "AResponse"), ["a", "b"]);
}

#[test]
fn names_that_collide_are_told_apart_and_keep_their_wire_names() {
    let service = service(&responding(
        "{type: object, properties: {'request info': {type: string}, request_info: {type: string}, type: {type: string}}}",
    ));
    assert_eq!(
        fields(&service, "AResponse"),
        ["request_space_info", "request_info", "type_"]
    );
    let SchemaKind::Object { fields, .. } = &service.schemas["AResponse"].kind else {
        panic!()
    };
    let wires: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(wires, ["request info", "request_info", "type"]);
}

#[test]
fn aliases_are_seen_through_and_recursion_ends() {
    let text = responding("{$ref: '#/components/schemas/Alias'}")
        + "components:\n  schemas:\n    Alias: {$ref: '#/components/schemas/Names'}\n    \
           Names: {type: array, items: {$ref: '#/components/schemas/Name'}}\n    Name: {type: string}\n";
    assert_eq!(
        response(&service(&text)),
        &Type::Array(Box::new(Type::String))
    );

    let text = responding("{$ref: '#/components/schemas/Node'}")
        + "components:\n  schemas:\n    Node: {type: object, properties: {next: {$ref: '#/components/schemas/Node'}}}\n";
    let service = service(&text);
    assert_eq!(response(&service), &Type::Named("Node".to_owned()));
    assert_eq!(fields(&service, "Node"), ["next"]);
    assert!(service.schemas["Node"].usage.success && !service.schemas["Node"].usage.request);

    let text = responding("{$ref: '#/components/schemas/Loop'}")
        + "components:\n  schemas:\n    Loop: {type: array, items: {$ref: '#/components/schemas/Loop'}}\n";
    let (_, found) = lowered(&text);
    assert_eq!(found, ["lower::circular-type"]);
}

#[test]
fn parameters_of_the_path_item_count_unless_repeated_and_the_client_holds_its_own() {
    let service = service(
        "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\npaths:\n  /{p}/{id}:\n    parameters:\n    \
         - {name: p, in: path, required: true, x-client-parameter: project_id, schema: {type: string}}\n    \
         - {name: id, in: path, required: true, description: outer, schema: {type: string}}\n    get:\n      operationId: x\n      \
         parameters:\n      - {name: id, in: path, required: true, description: inner, schema: {type: string}}\n      \
         - {name: X-Auth-Token, in: header, required: true, schema: {type: string}}\n      \
         - {name: id, in: query, schema: {type: string}}\n      - {name: Accept, in: header, schema: {type: string}}\n      \
         responses: {'200': {description: ok}}\n",
    );
    let found: Vec<_> = service.operations[0]
        .parameters
        .iter()
        .map(|p| {
            (
                p.ident.as_str(),
                p.location,
                p.client_parameter,
                p.description.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("id", ParameterLocation::Path, None, Some("inner")),
            (
                "x_auth_token",
                ParameterLocation::Header,
                Some(ClientParameter::AuthToken),
                None
            ),
            ("id_query", ParameterLocation::Query, None, None),
            (
                "p",
                ParameterLocation::Path,
                Some(ClientParameter::ProjectId),
                None
            ),
        ]
    );
}

/// The client writes them itself, and what callers gave would contradict it.
#[test]
fn headers_of_the_connection_are_no_parameters() {
    let names = ["Content-Length", "host", "Transfer-Encoding", "CONNECTION"];
    let headers = names.map(|it| format!("{{name: {it}, in: header, schema: {{type: string}}}}"));
    let service = service(&format!(
        "openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\npaths:\n  /x:\n    get:\n      operationId: x\n      \
         parameters: [{}, {{name: host, in: query, schema: {{type: string}}}}]\n      \
         responses: {{'200': {{description: ok}}}}\n",
        headers.join(", ")
    ));
    let [only] = &service.operations[0].parameters[..] else {
        panic!("one parameter");
    };
    assert_eq!(only.location, ParameterLocation::Query);
}

#[test]
fn a_part_that_nothing_is_said_of_is_a_file() {
    let service = service(
        "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\npaths:\n  /x:\n    post:\n      operationId: x\n      \
         requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {\
         file: {description: Any.}, files: {type: array, items: {}}, json: {}, note: {type: string}, \
         box: {properties: {a: {type: string}}}}}, encoding: {json: {contentType: application/json}}}}}\n      \
         responses: {'200': {description: ok}}\n",
    );
    let Some(Content::Multipart(parts)) = service.operations[0].body.as_ref().map(|it| &it.content)
    else {
        panic!("parts");
    };
    let kinds: Vec<_> = parts.iter().map(|it| (&*it.name, it.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("file", FormPartKind::File),
            ("files", FormPartKind::Files),
            ("json", FormPartKind::Json),
            ("note", FormPartKind::Value),
            ("box", FormPartKind::Json),
        ]
    );
}

#[test]
fn parameters_and_bodies_keep_how_they_are_written() {
    let text = "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\npaths:\n  /x:\n    post:\n      operationId: x\n      \
         parameters:\n      - {name: c, in: cookie, required: true, schema: {type: string}}\n      \
         - {name: o, in: query, style: deepObject, explode: true, schema: {type: object, properties: {a: {type: string}}}}\n      \
         - {name: l, in: query, explode: false, schema: {type: array, items: {type: string}}}\n      \
         - {name: j, in: query, content: {application/json: {schema: {type: object}}}}\n      \
         requestBody: {content: {text/csv: {schema: {type: string}}}}\n      \
         responses: {'200': {description: ok, content: {image/png: {schema: {type: string, format: binary}}}}, \
         '400': {description: no, content: {application/xml: {}, application/problem+json: {schema: {type: object}}}}}\n";
    let (mut model, found) = lowered(text);
    // What has no schema is told of.
    assert_eq!(found, ["lower::media-types"]);
    let service = model.services.remove(0);
    let operation = &service.operations[0];
    let spellings = operation.parameters.iter().map(|it| it.spelling);
    let spellings: Vec<_> = spellings.map(|it| (it.style, it.explode)).collect();
    assert_eq!(
        spellings,
        [
            (Style::Form, true),
            (Style::DeepObject, true),
            (Style::Form, false),
            (Style::Json, true)
        ]
    );
    let body = operation.body.as_ref().unwrap();
    assert_eq!((&body.content, &body.ty), (&Content::Text, &Type::Text));
    let [good, bad] = &operation.responses[..] else {
        panic!("two responses");
    };
    assert_eq!(good.body(), Some(&Type::Bytes));
    assert_eq!(good.contents[0].media_type, "image/png");
    assert_eq!(bad.body(), Some(&Type::Named("XResponse400".to_owned())));
    assert_eq!(bad.contents.len(), 1, "XML repeats what the JSON says");
}

#[test]
fn statuses_keep_their_kind() {
    let service = service(
        "openapi: 3.0.3\ninfo: {title: Demo, version: '1'}\npaths:\n  /x:\n    get:\n      operationId: x\n      \
         responses: {'200': {description: a}, 4XX: {description: b}, default: {description: c}}\n",
    );
    let statuses: Vec<_> = service.operations[0]
        .responses
        .iter()
        .map(|r| r.status)
        .collect();
    assert_eq!(
        statuses,
        [Status::Code(200), Status::Range(4), Status::Default]
    );
}

#[test]
fn a_limit_is_that_of_the_service_or_of_one_operation() {
    let text = responding("{type: string}");
    let plain = service(&text);
    assert_eq!(plain.rate_limit, None);
    assert_eq!(plain.operations[0].rate_limit, None);
    let text = text
        .replace("paths:", "x-rate-limit: {calls: 500, seconds: 60}\npaths:")
        .replace(
            "      responses:",
            "      x-rate-limit: {calls: 2, seconds: 1}\n      responses:",
        );
    let limited = service(&text);
    let limit = |calls, seconds| Some(RateLimit { calls, seconds });
    assert_eq!(limited.rate_limit, limit(500, 60));
    assert_eq!(limited.operations[0].rate_limit, limit(2, 1));
}

#[test]
fn of_several_bodies_the_first_that_has_fields_is_taken() {
    let patch = "application/json-patch+json: {schema: {type: array, items: {type: object}}}";
    let merge =
        "application/merge-patch+json: {schema: {type: object, properties: {a: {type: string}}}}";
    let json = "application/json: {schema: {type: object, properties: {a: {type: string}}}}";
    for (content, first) in [
        ([patch, merge, ""], "application/merge-patch+json"),
        ([merge, patch, json], "application/json"),
        ([patch, "", ""], "application/json-patch+json"),
    ] {
        let content: Vec<_> = content.into_iter().filter(|it| !it.is_empty()).collect();
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: Demo, version: '1'}}\npaths:\n  /a:\n    patch:\n      operationId: a\n      \
             requestBody: {{required: true, content: {{{}}}}}\n      responses: {{'204': {{description: ok}}}}\n",
            content.join(", ")
        );
        let (model, _) = lowered(&text);
        let body = model.services[0].operations[0].body.as_ref().unwrap();
        assert_eq!(body.media_type, first);
        assert_eq!(body.others.len(), content.len() - 1);
    }
}
