//! Documents that are not those of `spec/`: one more, two that share a path, and broken ones.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_sixth_endpoint_needs_nothing_but_its_document() {
    let directory = tempfile::tempdir().unwrap();
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec");
    for entry in std::fs::read_dir(spec).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, directory.path().join(path.file_name().unwrap())).unwrap();
    }
    std::fs::write(
        directory.path().join("sixth.yaml"),
        "
openapi: 3.0.3
info: {title: RDS, version: 1.0.0}
servers: [{url: 'https://rds.{region}.example.com/base', variables: {region: {default: a, enum: [a]}}}]
paths:
  /v3/{project_id}/instances/{instance_id}/password:
    parameters:
      - {name: project_id, in: path, required: true, schema: {type: string}}
      - {name: instance_id, in: path, required: true, schema: {type: string}}
    post:
      operationId: ResetPwd
      requestBody:
        required: true
        content:
          application/json:
            schema: {$ref: '#/components/schemas/Body'}
      responses:
        '202':
          description: later
          content:
            application/json:
              schema:
                type: object
                required: [job_id, ext, count]
                properties:
                  job_id: {type: string, minLength: 36}
                  ext: {type: string, nullable: true, enum: [soon]}
                  count: {type: integer, minimum: 5, exclusiveMinimum: true}
        4XX: {description: refused}
components:
  schemas:
    Body:
      type: object
      required: [db_user_pwd]
      properties:
        db_user_pwd: {type: string, format: password, x-password-policy: {min: 8, max: 32, minClasses: 1, classes: [letter]}}
",
    )
    .unwrap();
    let before = start().await.operations().len();
    let simulator = start_with(directory.path()).await.unwrap();
    assert_eq!(simulator.operations().len(), before + 1);
    let path = "/base/v3/p/instances/i/password";
    let call = |body: &Value| Call::new("POST", path).json(body).token();

    let response = call(&json!({"db_user_pwd": PASSWORD})).send(&simulator);
    assert_eq!(response.status, 202, "{response:?}");
    assert_eq!(response.json()["ext"], "soon");
    assert_eq!(response.json()["count"], 6);
    assert!(response.json()["job_id"].as_str().unwrap().len() >= 36);
    assert_eq!(
        call(&json!({"db_user_pwd": "short"}))
            .send(&simulator)
            .status,
        400
    );
    let response = call(&json!({"db_user_pwd": PASSWORD}))
        .header("Prefer", "code=409")
        .send(&simulator);
    assert_eq!(response.status, 409);

    let reset = simulator
        .operations()
        .into_iter()
        .find(|one| one.service() == "sixth");
    let curl = simulator.curl(reset.unwrap());
    assert!(
        curl.contains("/base/v3/sample/instances/sample/password'"),
        "{curl}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn two_services_with_one_path_are_told_apart_by_host_or_name() {
    let directory = tempfile::tempdir().unwrap();
    for service in ["rds", "taurus"] {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://{service}.example.com'}}]\n\
             paths: {{/v3/flag: {{get: {{operationId: Show, responses: {{'200': {{description: {service}}}}}}}}}}}\n"
        );
        std::fs::write(directory.path().join(format!("{service}.yaml")), text).unwrap();
    }
    let simulator = start_with(directory.path()).await.unwrap();
    let response = Call::new("GET", "/v3/flag").token().send(&simulator);
    assert_eq!(response.status, 421);
    assert!(response.reason().contains("rds, taurus"), "{response:?}");
    for service in ["taurus", "rds"] {
        let path = format!("/{service}/v3/flag");
        let call = Call::new("GET", &path).signed(&simulator);
        assert_eq!(call.send(&simulator).status, 200);
        let served = simulator.ledger().entries().pop().unwrap();
        assert_eq!(served.service.as_deref(), Some(service));
    }
    for operation in simulator.operations() {
        let url = format!("/{}/v3/flag'", operation.service());
        assert!(simulator.curl(operation).contains(&url));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_served_is_said_at_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let problem = async |text: &str| {
        std::fs::write(directory.path().join("a.yaml"), text).unwrap();
        start_with(directory.path()).await.unwrap_err().to_string()
    };
    assert!(
        start_with(&directory.path().join("gone"))
            .await
            .unwrap_err()
            .to_string()
            .contains("--spec")
    );
    assert!(
        start_with(directory.path())
            .await
            .unwrap_err()
            .to_string()
            .contains("no OpenAPI document")
    );
    let broken = problem("openapi: [").await;
    assert!(broken.starts_with("a.yaml:1:"), "{broken}");
    let reference = problem(
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {operationId: A, responses: {'200': {$ref: '#/components/responses/Gone'}}}}}",
    )
    .await;
    assert!(
        reference.starts_with("a.yaml:3:") && reference.contains("Gone"),
        "{reference}"
    );
    let pattern = problem(
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {operationId: A, parameters: [{name: p, in: query, schema: {type: string, pattern: '('}}], responses: {'200': {description: ok}}}}}",
    )
    .await;
    assert!(pattern.contains("a.A: parameter `p`"), "{pattern}");

    let simulator = start().await;
    let taken = cloud::simulator().address(host(&simulator).parse().unwrap());
    let error = taken.start().await.unwrap_err();
    assert!(matches!(error, SimulatorError::Bind { .. }));
    assert!(error.to_string().contains("--addr"), "{error}");
}
