//! The simulator over real sockets: raw requests in, raw responses out.
//!
//! The client crate has no part in this, so that the simulator is judged on its own.

mod other_documents;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, SystemTime};

use huaweicloud_password_workbench::calls;
use huaweicloud_password_workbench::cloud::{self, DEMO_ACCESS_KEY, DEMO_SECRET_KEY, DEMO_TOKEN};
use huaweicloud_runtime::signing::{SigningInput, sign};
use openapi_simulator::{Authentication, RunningSimulator, SimulatorError};
use serde_json::{Value, json};

// With the service's name in front, as its path may become one that another service has too.
const BMS: &str = "/bms/v1/bbf1946d374b44a0a2a95533562ba954/baremetalservers/cf2a8b97-b5c6-47ef-9714-eb27adf26e5b/os-resetpwd-flag";
const ECS: &str = "/ecs/v1/bbf1946d374b44a0a2a95533562ba954/cloudservers/77616c78-0bc4-4156-b24b-4286586ac350/os-resetpwd-flag";
const DCS: &str = "/dcs/v2/bbf1946d374b44a0a2a95533562ba954/instances/5560df16-cebf-4473-95c4-d1b573c16e79/password/reset";
const CBH: &str = "/cbh/v2/bbf1946d374b44a0a2a95533562ba954/cbs/instance/password";
const DWS: &str = "/dws/v1.0/89cd04f168b84af6be287f71730fdb4b/clusters/4ca46bf1-5c61-48ff-b4f3-0ad4e5e3ba90/reset-password";
const PASSWORD: &str = "Correct-Horse-42";

/// A request being put together.
struct Call {
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// A response taken apart.
#[derive(Debug)]
struct Response {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Call {
    fn new(method: &'static str, path: &str) -> Self {
        Self {
            method,
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn json(self, body: &Value) -> Self {
        let mut call = self.header("Content-Type", "application/json");
        call.body = body.to_string().into_bytes();
        call
    }

    fn token(self) -> Self {
        self.header("X-Auth-Token", DEMO_TOKEN)
    }

    fn signed(self, simulator: &RunningSimulator) -> Self {
        self.signed_by(
            simulator,
            DEMO_ACCESS_KEY,
            DEMO_SECRET_KEY,
            SystemTime::now(),
        )
    }

    fn signed_by(self, simulator: &RunningSimulator, ak: &str, sk: &str, at: SystemTime) -> Self {
        let host = host(simulator);
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let signed = sign(
            &SigningInput {
                access_key: ak,
                secret_key: sk,
                method: self.method,
                host: &host,
                path: &self.path,
                query: &[],
                headers: &headers,
                body: &self.body,
            },
            at,
        );
        let mut call = self.header("Authorization", &signed.authorization);
        for (name, value) in signed.added_headers {
            if name != "Host" {
                call = call.header(name, &value);
            }
        }
        call
    }

    fn send(self, simulator: &RunningSimulator) -> Response {
        let host = host(simulator);
        let mut request = format!("{} {} HTTP/1.1\r\nHost: {host}\r\n", self.method, self.path);
        for (name, value) in &self.headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !self.body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        request.push_str("Connection: close\r\n\r\n");
        let mut stream = connect(simulator);
        stream.write_all(request.as_bytes()).unwrap();
        // A server that has seen enough may respond and close before it has read everything.
        let _ = stream.write_all(&self.body);
        let mut response = Vec::new();
        let _ = stream.read_to_end(&mut response);
        Response::parse(&String::from_utf8(response).unwrap())
    }
}

impl Response {
    fn parse(text: &str) -> Self {
        let (head, body) = text
            .split_once("\r\n\r\n")
            .unwrap_or_else(|| panic!("no HTTP response: {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap();
        Self {
            status: status.parse().unwrap(),
            headers: lines
                .map(|line| line.split_once(": ").unwrap())
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect(),
            body: body.to_owned(),
        }
    }

    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(header, _)| header == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    fn reason(&self) -> &str {
        self.header("x-simulator-reason")
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

fn host(simulator: &RunningSimulator) -> String {
    simulator.endpoint().replace("http://", "")
}

fn connect(simulator: &RunningSimulator) -> TcpStream {
    let stream = TcpStream::connect(host(simulator)).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
}

async fn start() -> RunningSimulator {
    cloud::simulator().start().await.unwrap()
}

async fn start_with(directory: &Path) -> Result<RunningSimulator, SimulatorError> {
    cloud::simulator().spec(directory).start().await
}

fn dcs_body() -> Value {
    json!({(calls::CACHE_PASSWORD): PASSWORD, (calls::CACHE_OPEN): false})
}

fn five_calls() -> [Call; 5] {
    [
        Call::new("GET", BMS),
        Call::new("GET", ECS),
        Call::new("POST", DCS).json(&dcs_body()),
        Call::new("PUT", CBH).json(
            &json!({(calls::BASTION_PASSWORD): PASSWORD, (calls::BASTION_SERVER): "6e22aced-2fdb-42e9-9175-4796fbe9fc23"}),
        ),
        Call::new("POST", DWS).json(&json!({(calls::CLUSTER_PASSWORD): PASSWORD})),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_five_operations_respond_as_documented_to_both_kinds_of_credentials() {
    let simulator = start().await;
    let mut request_ids = Vec::new();
    for signed in [true, false] {
        let responses = five_calls().map(|call| {
            let call = if signed {
                call.signed(&simulator)
            } else {
                call.token()
            };
            call.send(&simulator)
        });
        for response in &responses {
            assert_eq!(
                (response.status, response.reason()),
                (200, ""),
                "{response:?}"
            );
            request_ids.push(response.header("x-request-id").to_owned());
        }
        let [bms, ecs, dcs, cbh, dws] = responses;
        assert_eq!(bms.json(), json!({"resetpwd_flag": "False"}));
        assert_eq!(bms.header("content-type"), "application/json");
        assert_eq!(ecs.json(), json!({"resetpwd_flag": "False"}));
        assert_eq!(dcs.json()["code"], "1");
        assert_eq!(dcs.json()["ext_message"], Value::Null);
        assert_eq!(cbh.body, "");
        assert_eq!(dws.body.trim_matches(['{', '}', ' ']), "");
    }
    request_ids.sort();
    request_ids.dedup();
    assert_eq!(request_ids.len(), 10, "every response has an id of its own");
    assert!(request_ids.iter().all(|id| id.len() == 32));

    let served = simulator.ledger().entries();
    let kinds: Vec<Authentication> = served.iter().map(|one| one.authentication).collect();
    assert_eq!(kinds[..5], [Authentication::Signature; 5]);
    assert_eq!(kinds[5..], [Authentication::Token; 5]);
    assert_eq!(served[2].path, DCS);
    let led_to = (served[2].service.as_deref(), served[2].operation.as_deref());
    assert_eq!(led_to, (Some("dcs"), Some("ResetPassword")));
    assert!(!format!("{served:?}").contains(PASSWORD));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_prove_who_they_are_gets_401() {
    let simulator = start().await;
    let now = SystemTime::now();
    let late = now - Duration::from_secs(16 * 60);
    let call = || Call::new("POST", DCS).json(&dcs_body());

    let mut tampered = call().signed(&simulator);
    let body = String::from_utf8(tampered.body).unwrap();
    tampered.body = body.replace("Correct", "correct").into_bytes();
    let mut other_path = call().signed(&simulator);
    other_path.path = DCS.replace("bbf19", "bbf10");

    for (what, call, code) in [
        ("neither", call(), "APIGW.0301"),
        (
            "not the simulator's",
            call().header("X-Auth-Token", "another"),
            "APIGW.0301",
        ),
        (
            "access key",
            call().signed_by(&simulator, "OTHER", DEMO_SECRET_KEY, now),
            "APIGW.0301",
        ),
        (
            "does not match",
            call().signed_by(&simulator, DEMO_ACCESS_KEY, "other", now),
            "APIGW.0301",
        ),
        ("does not match", tampered, "APIGW.0301"),
        ("does not match", other_path, "APIGW.0301"),
        (
            "begin with SDK-HMAC-SHA256",
            call().header("Authorization", "Bearer x"),
            "APIGW.0301",
        ),
        (
            "15 minutes",
            call().signed_by(&simulator, DEMO_ACCESS_KEY, DEMO_SECRET_KEY, late),
            "APIGW.0303",
        ),
    ] {
        let response = call.send(&simulator);
        assert_eq!(response.status, 401, "{what}: {response:?}");
        assert!(response.reason().contains(what), "{what}: {response:?}");
        let body = response.json();
        assert_eq!(body["error_code"], code, "{what}");
        assert_eq!(body["request_id"], response.header("x-request-id"));
        assert!(body["error_msg"].is_string());
    }
    let unproven = |one: &Authentication| *one == Authentication::None;
    let served = simulator.ledger().entries();
    assert!(served.iter().map(|one| &one.authentication).all(unproven));
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_paths_and_methods_are_told_apart() {
    let simulator = start().await;
    let bent = BMS.replace("cf2a8b97-b5c6-47ef-9714-eb27adf26e5b", "%2e%2e");
    for path in ["/", "/v9/nothing", &format!("{CBH}/"), &bent] {
        let response = Call::new("GET", path).token().send(&simulator);
        assert_eq!(response.status, 404, "{path}");
        assert_eq!(response.json()["error_code"], "APIGW.0101");
        assert_eq!(
            response.json()["request_id"],
            response.header("x-request-id")
        );
    }
    let response = Call::new("DELETE", DCS).token().send(&simulator);
    assert_eq!(
        (response.status, response.header("allow")),
        (405, "POST, OPTIONS")
    );
    let response = Call::new("OPTIONS", BMS).send(&simulator);
    assert_eq!(
        (response.status, response.header("allow")),
        (204, "GET, HEAD, OPTIONS")
    );
    let response = Call::new("HEAD", BMS).token().send(&simulator);
    assert_eq!((response.status, response.body.as_str()), (200, ""));
    let response = Call::new("HEAD", BMS).send(&simulator);
    assert_eq!(response.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_not_documented_gets_the_documented_400_and_a_reason() {
    let simulator = start().await;
    let weak = "onlylowercase";
    let needed = format!("is needed unless {} is true", calls::CACHE_OPEN);
    let of_flag = format!("body.{}", calls::CACHE_OPEN);
    for (what, body) in [
        (needed.as_str(), json!({})),
        (
            "must not be sent",
            json!({(calls::CACHE_OPEN): true, (calls::CACHE_PASSWORD): PASSWORD}),
        ),
        (
            "undocumented fields: unknownField",
            json!({"unknownField": PASSWORD, (calls::CACHE_PASSWORD): PASSWORD}),
        ),
        ("password policy", json!({(calls::CACHE_PASSWORD): weak})),
        ("shorter than 8", json!({(calls::CACHE_PASSWORD): "Sh0rt!"})),
        (
            of_flag.as_str(),
            json!({(calls::CACHE_PASSWORD): PASSWORD, (calls::CACHE_OPEN): "no"}),
        ),
        ("body: ", json!([])),
    ] {
        let response = Call::new("POST", DCS)
            .json(&body)
            .signed(&simulator)
            .send(&simulator);
        assert_eq!(response.status, 400, "{what}: {response:?}");
        assert!(response.reason().contains(what), "{what}: {response:?}");
        assert_eq!(
            response.json()["error_code"],
            "DCS.4019",
            "the document's own example"
        );
        let everything = format!("{response:?}");
        for secret in [PASSWORD, weak, "Sh0rt!"] {
            assert!(!everything.contains(secret), "{everything}");
        }
    }
    // DWS documents its 400 without a body, so the gateway's stands in.
    let response = Call::new("POST", DWS)
        .json(&json!({}))
        .token()
        .send(&simulator);
    assert_eq!(response.status, 400);
    assert_eq!(response.json()["error_code"], "APIGW.0201");
    assert!(
        response.reason().contains(calls::CLUSTER_PASSWORD),
        "{response:?}"
    );

    for (what, call) in [
        ("body is missing", Call::new("POST", DWS).token()),
        (
            "none is documented",
            Call::new("GET", BMS).json(&json!({})).token(),
        ),
        (
            "query parameter x is not documented",
            Call::new("GET", &format!("{BMS}?x=1")).token(),
        ),
        (
            "parameter project_id",
            Call::new("GET", &BMS.replace("bbf1", &"b".repeat(60))).token(),
        ),
    ] {
        let response = call.send(&simulator);
        assert_eq!(response.status, 400, "{what}: {response:?}");
        assert!(response.reason().contains(what), "{what}: {response:?}");
    }
    let mut call = Call::new("POST", DWS)
        .token()
        .header("Content-Type", "text/plain");
    call.body = json!({(calls::CLUSTER_PASSWORD): PASSWORD})
        .to_string()
        .into_bytes();
    assert!(call.send(&simulator).reason().contains("Content-Type"));
    let mut call = Call::new("POST", DWS)
        .token()
        .header("Content-Type", "application/json;charset=utf-8");
    call.body = json!({(calls::CLUSTER_PASSWORD): PASSWORD})
        .to_string()
        .into_bytes();
    call.body.pop();
    assert!(call.send(&simulator).reason().contains("not JSON: line 1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn prefer_picks_any_documented_response() {
    let simulator = start().await;
    let ask = |path: &str, body: &Value, prefer: &str| {
        Call::new("POST", path)
            .json(body)
            .header("Prefer", prefer)
            .signed(&simulator)
            .send(&simulator)
    };
    let dws = json!({(calls::CLUSTER_PASSWORD): PASSWORD});
    for status in [200, 400, 401, 403, 404, 500, 503] {
        let response = ask(DWS, &dws, &format!("code={status}"));
        assert_eq!((response.status, response.reason()), (status, ""));
    }
    let response = ask(DCS, &dcs_body(), "code=500");
    assert_eq!(
        (response.status, &response.json()["error_code"]),
        (500, &json!("DCS.5000"))
    );
    let response = ask(DCS, &dcs_body(), "code=200, example=locked");
    assert_eq!(
        (response.status, &response.json()["code"]),
        (200, &json!("3"))
    );

    for prefer in ["code=418", "code=soon", "example=unknown"] {
        let response = ask(DCS, &dcs_body(), prefer);
        assert_eq!(response.status, 400, "{prefer}");
        assert!(
            response.reason().starts_with("Prefer"),
            "{prefer}: {response:?}"
        );
    }
    // Asking for a success does not make a wrong request right.
    let response = ask(DCS, &json!({}), "code=200");
    assert_eq!(response.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_over_one_mebibyte_is_not_taken() {
    let simulator = start().await;
    let mut call = Call::new("POST", DWS)
        .token()
        .header("Content-Type", "application/json");
    call.body = vec![b' '; 3 << 20];
    assert_eq!(call.send(&simulator).status, 413);
    let mut call = Call::new("POST", DWS)
        .token()
        .header("Content-Type", "application/json");
    call.body = json!({(calls::CLUSTER_PASSWORD): PASSWORD})
        .to_string()
        .into_bytes();
    call.body.resize(1 << 20, b' ');
    assert_eq!(call.send(&simulator).status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_frees_the_port_even_while_a_client_idles() {
    let simulator = start().await;
    let address = host(&simulator);
    // An idle client, and one that has sent half a request.
    let _idle = connect(&simulator);
    let mut half = connect(&simulator);
    half.write_all(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
        .unwrap();
    let stopped = tokio::time::timeout(Duration::from_secs(10), simulator.stop()).await;
    assert!(stopped.is_ok());
    assert!(TcpStream::connect(address).is_err());
}
