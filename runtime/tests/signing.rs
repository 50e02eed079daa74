//! The signer against recorded signatures of the official one, and against
//! every spelling of the same request.
#![allow(clippy::unwrap_used, reason = "a test helper fails by panicking")]

use std::time::{Duration, SystemTime};

use huaweicloud_runtime::signing::{
    ALGORITHM, Authorization, SigningInput, canonical_query, format_date, parse_date, query_pairs,
    sign, verify,
};
use proptest::prelude::*;
use serde::Deserialize;

const VECTORS: &str = include_str!("fixtures/signing_vectors.jsonl");
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
    query: Vec<(String, String)>,
    headers: std::collections::BTreeMap<String, String>,
    body: Option<String>,
}

#[derive(Deserialize)]
struct Expect {
    canonical_request: String,
    string_to_sign: String,
    signed_headers: Vec<String>,
    signature: String,
    authorization: String,
    wire_uri: String,
    added_headers: std::collections::BTreeMap<String, String>,
}

fn check(vector: &Vector) {
    let name = &vector.name;
    let headers: Vec<(&str, &str)> = vector
        .input
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let input = SigningInput {
        access_key: &vector.input.access_key,
        secret_key: &vector.input.secret_key,
        method: &vector.input.method,
        host: &vector.input.host,
        path: &vector.input.path,
        query: &vector.input.query,
        headers: &headers,
        body: vector.input.body.as_deref().unwrap_or_default().as_bytes(),
    };
    let signed = sign(&input, SystemTime::UNIX_EPOCH);
    let expect = &vector.expect;
    assert_eq!(signed.canonical_request, expect.canonical_request, "{name}");
    assert_eq!(signed.string_to_sign, expect.string_to_sign, "{name}");
    assert_eq!(signed.signed_headers, expect.signed_headers, "{name}");
    assert_eq!(signed.signature, expect.signature, "{name}");
    assert_eq!(signed.authorization, expect.authorization, "{name}");
    let mut added: Vec<(String, String)> = signed
        .added_headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    added.push(("Authorization".to_owned(), signed.authorization.clone()));
    let added: std::collections::BTreeMap<_, _> = added.into_iter().collect();
    assert_eq!(added, expect.added_headers, "{name}");
    let query = canonical_query(input.query);
    let wire = if query.is_empty() {
        input.path.to_owned()
    } else {
        format!("{}?{query}", input.path)
    };
    assert_eq!(wire, expect.wire_uri, "{name}");

    // What the official signer signed, the verifier accepts.
    let mut received = headers.clone();
    received.extend(
        signed
            .added_headers
            .iter()
            .map(|(name, value)| (*name, value.as_str())),
    );
    let date = received.iter().find(|(name, _)| *name == "X-Sdk-Date");
    let now = parse_date(date.unwrap().1).unwrap();
    let received = SigningInput {
        headers: &received,
        ..input
    };
    verify(&received, &expect.authorization, now).unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// Checks every vector of `text`; returns how many there were.
fn check_all(text: &str) -> usize {
    let mut checked = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let vector: Vector = serde_json::from_str(line).unwrap();
        if vector.algorithm == ALGORITHM {
            check(&vector);
            checked += 1;
        } else {
            println!(
                "skipped {}: {} is not implemented",
                vector.name, vector.algorithm
            );
        }
    }
    checked
}

#[test]
fn recorded_signatures_are_met_to_the_byte() {
    assert_eq!(check_all(VECTORS), 28);
}

#[test]
fn further_vectors_are_met_if_a_file_is_named() {
    if let Ok(path) = std::env::var(MORE_VECTORS) {
        let text = std::fs::read_to_string(path).unwrap();
        assert!(
            check_all(&text) > 0,
            "the file has no vector of {ALGORITHM}"
        );
    }
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

fn owned(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

prop_compose! {
    fn any_request()(
        method in "[A-Za-z]{1,7}",
        path in "(/[a-zA-Z0-9%._ é]{0,12}){0,4}",
        query in prop::collection::vec((".{0,8}", ".{0,8}"), 0..5),
        headers in prop::collection::vec(("[A-Za-z][A-Za-z0-9_-]{0,10}", "[ -~]{0,16}"), 0..6),
        body in prop::collection::vec(any::<u8>(), 0..64),
    ) -> (String, String, Vec<(String, String)>, Vec<(String, String)>, Vec<u8>) {
        (method, path, query, headers, body)
    }
}

proptest! {
    #[test]
    fn the_order_of_headers_and_query_never_matters(
        (method, path, query, headers, body) in any_request(),
        seed in any::<u64>(),
    ) {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_766_304_550);
        let signature = |query: &[(String, String)], headers: &[(String, String)]| {
            sign(&SigningInput {
                access_key: "AK",
                secret_key: "SK",
                method: &method,
                host: "example.com",
                path: &path,
                query,
                headers: &owned(headers),
                body: &body,
            }, now).signature
        };
        // Of headers that decide, the first of several counts, so keep one.
        let mut seen = std::collections::BTreeSet::new();
        let mut headers = headers;
        headers.retain(|(name, _)| seen.insert(name.to_ascii_lowercase()));
        let (mut query_turned, mut headers_turned) = (query.clone(), headers.clone());
        if !query_turned.is_empty() {
            let by = seed as usize % query_turned.len();
            query_turned.rotate_left(by);
        }
        headers_turned.reverse();
        prop_assert_eq!(signature(&query, &headers), signature(&query_turned, &headers_turned));
    }

    #[test]
    fn whatever_is_signed_is_verified(
        (method, path, query, headers, body) in any_request(),
        seconds in 0u64..253_402_300_799,
    ) {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let mut received = owned(&headers);
        received.push(("Host", "example.com"));
        let input = SigningInput {
            access_key: "AK",
            secret_key: "SK",
            method: &method,
            host: "example.com",
            path: &path,
            query: &query,
            headers: &received.clone(),
            body: &body,
        };
        let signed = sign(&input, now);
        received.extend(signed.added_headers.iter().map(|(name, value)| (*name, value.as_str())));
        let seen = SigningInput { headers: &received, ..input };
        prop_assert_eq!(verify(&seen, &signed.authorization, now), Ok(()));
        let mut longer = body.clone();
        longer.push(0);
        let changed = SigningInput { body: &longer, ..seen };
        if !signed.added_headers.iter().any(|(name, _)| *name == "X-Sdk-Content-Sha256") {
            prop_assert!(verify(&changed, &signed.authorization, now).is_err());
        }
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in ".{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let _ = Authorization::parse(&text);
        let _ = Authorization::parse(&format!("{ALGORITHM} {text}"));
        let _ = parse_date(&text);
        let _ = parse_date(&String::from_utf8_lossy(&bytes));
        let mut pairs = query_pairs(&text);
        pairs.sort();
        prop_assert_eq!(query_pairs(&canonical_query(&pairs)), pairs);
    }

    #[test]
    fn dates_go_there_and_back(seconds in 0u64..253_402_300_799) {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        prop_assert_eq!(parse_date(&format_date(time)), Some(time));
    }
}
