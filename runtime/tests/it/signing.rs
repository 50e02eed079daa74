//! The signer against recorded signatures of the official one.

use std::collections::BTreeMap;
use std::time::SystemTime;

use huaweicloud_runtime::signing::{
    Algorithm, Scope, SigningInput, VerifyError, canonical_query, parse_date, sign, sign_derived,
    verify, verify_derived,
};
use serde::Deserialize;
use serde_json::Value;

/// What the official signer (huaweicloudsdkcore 3.1.219) makes of usual calls.
const VECTORS: &str = include_str!("../fixtures/signing_vectors.jsonl");
/// The same for the corners of its rules.
const EDGES: &str = include_str!("../fixtures/signing_edges.jsonl");
/// Names a file with further vectors of the same form.
const MORE_VECTORS: &str = "SIGNING_VECTORS";

#[derive(Deserialize)]
struct Vector {
    name: String,
    algorithm: String,
    input: Input,
    expect: Expect,
}

#[derive(Deserialize)]
struct Input {
    access_key: String,
    secret_key: String,
    method: String,
    host: String,
    path: String,
    query: Vec<(String, Value)>,
    headers: BTreeMap<String, String>,
    body: Option<String>,
    #[serde(default)]
    region: Option<String>,
    #[serde(default)]
    service: Option<String>,
}

#[derive(Deserialize)]
struct Expect {
    canonical_request: String,
    string_to_sign: String,
    signed_headers: Vec<String>,
    signature: String,
    authorization: String,
    wire_uri: String,
    added_headers: BTreeMap<String, String>,
}

/// The pairs of a query whose values are texts, numbers, truth values or lists
/// of them, as they go into a URL.
fn pairs(query: &[(String, Value)]) -> Vec<(String, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    query
        .iter()
        .flat_map(|(key, value)| match value {
            Value::Array(list) => list.iter().map(|item| (key.clone(), text(item))).collect(),
            single => vec![(key.clone(), text(single))],
        })
        .collect()
}

fn check(vector: &Vector) {
    let (name, given) = (&vector.name, &vector.input);
    let headers: Vec<(&str, &str)> = given
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let query = pairs(&given.query);
    let input = SigningInput {
        access_key: &given.access_key,
        secret_key: &given.secret_key,
        method: &given.method,
        host: &given.host,
        path: &given.path,
        query: &query,
        headers: &headers,
        body: given.body.as_deref().unwrap_or_default().as_bytes(),
    };
    let algorithm: Algorithm = vector
        .algorithm
        .parse()
        .unwrap_or_else(|error| panic!("{name}: {}: {error}", vector.algorithm));
    let scope = (algorithm == Algorithm::V11HmacSha256).then(|| Scope {
        region: given.region.as_deref().unwrap(),
        service: given.service.as_deref().unwrap(),
    });
    let signed = match scope {
        None => sign(&input, SystemTime::UNIX_EPOCH),
        Some(scope) => sign_derived(&input, scope, SystemTime::UNIX_EPOCH),
    };
    let expect = &vector.expect;
    assert_eq!(signed.canonical_request, expect.canonical_request, "{name}");
    assert_eq!(signed.string_to_sign, expect.string_to_sign, "{name}");
    assert_eq!(
        signed.signed_headers,
        expect.signed_headers.join(";"),
        "{name}"
    );
    assert_eq!(signed.signature, expect.signature, "{name}");
    assert_eq!(signed.authorization, expect.authorization, "{name}");

    // The vectors list a header as added only if the input has none of its name.
    let mut added: BTreeMap<String, String> = signed
        .added_headers
        .iter()
        .filter(|(name, _)| !given.headers.contains_key(*name))
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    added.insert("Authorization".to_owned(), signed.authorization.clone());
    assert_eq!(added, expect.added_headers, "{name}");
    let query = canonical_query(input.query);
    let wire = if query.is_empty() {
        input.path.to_owned()
    } else {
        format!("{}?{query}", input.path)
    };
    assert_eq!(wire, expect.wire_uri, "{name}");

    // What the official signer signed, the verifier accepts, unless the caller
    // stated a hash that is not the body's.
    let received = received(&headers, &signed.added_headers);
    let date = header(&received, "X-Sdk-Date").unwrap();
    let now = parse_date(date).unwrap();
    let seen = SigningInput {
        headers: &received,
        ..input
    };
    let verdict = match scope {
        None => verify(&seen, &expect.authorization, now),
        Some(scope) => verify_derived(&seen, scope, &expect.authorization, now),
    };
    let stated = header(&received, "X-Sdk-Content-Sha256").map_or("", str::trim);
    let probe = SigningInput {
        headers: &[],
        ..input
    };
    let hash = sign(&probe, now).canonical_request;
    let honest = ["", "UNSIGNED-PAYLOAD"].contains(&stated) || hash.ends_with(stated);
    let expected = if honest {
        Ok(())
    } else {
        Err(VerifyError::Payload)
    };
    assert_eq!(verdict, expected, "{name}");
}

/// The headers as they arrive: those added take the place of those given.
fn received<'a>(
    given: &[(&'a str, &'a str)],
    added: &'a [(&'static str, String)],
) -> Vec<(&'a str, &'a str)> {
    let replaced = |name: &str| added.iter().any(|(new, _)| new.eq_ignore_ascii_case(name));
    let mut headers: Vec<_> = given
        .iter()
        .copied()
        .filter(|(name, _)| !replaced(name))
        .collect();
    headers.extend(added.iter().map(|(name, value)| (*name, value.as_str())));
    headers
}

fn header<'a>(headers: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(given, _)| given.eq_ignore_ascii_case(name))
        .map(|(_, value)| *value)
}

/// Checks every vector of `text`; returns how many there were.
fn check_all(text: &str) -> usize {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let vector = serde_json::from_str(line)
                .unwrap_or_else(|error| panic!("a vector cannot be read: {error}: {line}"));
            check(&vector);
        })
        .count()
}

#[test]
fn recorded_signatures_are_met_to_the_byte() {
    assert_eq!(check_all(VECTORS), 30);
}

#[test]
fn the_corners_of_the_rules_are_met_to_the_byte() {
    assert_eq!(check_all(EDGES), 65);
}

#[test]
fn further_vectors_are_met_if_a_file_is_named() {
    if let Ok(path) = std::env::var(MORE_VECTORS) {
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{MORE_VECTORS}={path}: {error}"));
        let checked = check_all(&text);
        assert!(checked > 0, "the file has no vectors");
        println!("{checked} vectors met");
    }
}

#[test]
fn an_unknown_algorithm_fails_by_name() {
    let line = VECTORS.lines().next().unwrap();
    let line = line.replace("\"SDK-HMAC-SHA256\"", "\"SDK-HMAC-SM3\"");
    let panic = std::panic::catch_unwind(|| check_all(&line)).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(
        text.contains("seed_bms_show_reset_pwd: SDK-HMAC-SM3"),
        "{text}"
    );
}

/// The example of the vendor's signing guide, which gives the canonical request
/// and its hash but hides the secret key.
#[test]
fn the_published_example_has_its_canonical_request() {
    let query: Vec<(String, String)> = [
        ("marker", "13551d6b-755d-4757-b956-536f674975c0"),
        ("limit", "2"),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .into();
    let signed = sign(
        &SigningInput {
            access_key: "AK",
            secret_key: "SK",
            method: "GET",
            host: "service.region.example.com",
            path: "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs",
            query: &query,
            headers: &[
                ("X-Sdk-Date", "20191115T033655Z"),
                ("Content-Type", "application/json"),
            ],
            body: b"",
        },
        SystemTime::UNIX_EPOCH,
    );
    assert_eq!(
        signed.string_to_sign,
        "SDK-HMAC-SHA256\n20191115T033655Z\n\
         b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a"
    );
}
