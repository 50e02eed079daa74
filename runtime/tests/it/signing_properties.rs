//! What holds for every request: how it is spelled never changes its signature,
//! what is signed is verified, and nothing panics.

use std::time::{Duration, SystemTime};

use huaweicloud_runtime::signing::{
    ALGORITHM, Algorithm, Authorization, Scope, SigningInput, SigningScheme, canonical_query,
    format_date, parse_date, query_pairs, sign, sign_derived, verify, verify_derived,
};
use proptest::prelude::*;

const PLAIN: SigningInput<'static> = SigningInput {
    access_key: "AK",
    secret_key: "SK",
    method: "GET",
    host: "example.com",
    path: "/",
    query: &[],
    headers: &[],
    body: b"",
};

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
    fn the_percent_encoding_of_a_path_never_matters(
        path in "(/[a-zA-Z0-9._~+ :é重😀-]{0,8}){1,4}",
        escape in prop::collection::vec(0u8..3, 48),
    ) {
        let now = SystemTime::UNIX_EPOCH;
        // Each character stays, or is escaped in upper-case or lower-case hex.
        let spelled: String = path.chars().zip(escape).map(|(c, how)| {
            let mut utf8 = [0; 4];
            let bytes = c.encode_utf8(&mut utf8).as_bytes();
            match how {
                0 => c.to_string(),
                1 => bytes.iter().map(|byte| format!("%{byte:02X}")).collect(),
                _ => bytes.iter().map(|byte| format!("%{byte:02x}")).collect(),
            }
        }).collect();
        let of = |path: &str| sign(&SigningInput { path, ..PLAIN }, now);
        prop_assert_eq!(of(&path), of(&spelled));
    }

    #[test]
    fn whatever_is_signed_is_verified(
        (method, path, query, headers, body) in any_request(),
        seconds in 0u64..253_402_300_799,
        derived in any::<bool>(),
    ) {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let scope = Scope { region: "cn-north-4", service: "iotda" };
        let scheme = if derived {
            SigningScheme::derived(scope.region, scope.service)
        } else {
            SigningScheme::Direct
        };
        let check = |input: &SigningInput<'_>, authorization: &str| if derived {
            verify_derived(input, scope, authorization, now)
        } else {
            verify(input, authorization, now)
        };
        let mut given = owned(&headers);
        given.push(("Host", "example.com"));
        let input = SigningInput {
            method: &method,
            path: &path,
            query: &query,
            headers: &given,
            body: &body,
            ..PLAIN
        };
        let signed = scheme.sign(&input, now);
        prop_assert!(signed.authorization.starts_with(scheme.algorithm().name()));
        let received = received(&given, &signed.added_headers);
        let seen = SigningInput { headers: &received, ..input };
        prop_assert_eq!(check(&seen, &signed.authorization), Ok(()));
        let mut longer = body.clone();
        longer.push(0);
        let changed = SigningInput { body: &longer, ..seen };
        prop_assert!(check(&changed, &signed.authorization).is_err());
    }

    #[test]
    fn no_input_makes_signing_panic(
        texts in prop::array::uniform8(any::<String>()),
        name in prop::sample::select(vec![
            "Content-Type", "X-Sdk-Date", "X-Sdk-Content-Sha256", "Host", "Authorization", "",
        ]),
        body in prop::collection::vec(any::<u8>(), 0..16),
    ) {
        let [access_key, secret_key, method, host, path, key, value, header] = &texts;
        let query = [(key.clone(), value.clone())];
        let input = SigningInput {
            access_key,
            secret_key,
            method,
            host,
            path,
            query: &query,
            headers: &[(name, header), (key, value)],
            body: &body,
        };
        let now = SystemTime::UNIX_EPOCH;
        let scope = Scope { region: key, service: value };
        for signed in [sign(&input, now), sign_derived(&input, scope, now)] {
            prop_assert_eq!(signed.signature.len(), 64);
            let _ = verify(&input, &signed.authorization, now);
            let _ = verify_derived(&input, scope, &signed.authorization, now);
        }
    }

    #[test]
    fn no_text_makes_a_parser_panic(text in ".{0,80}", bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        let _ = Authorization::parse(&text);
        for algorithm in [ALGORITHM, Algorithm::V11HmacSha256.name()] {
            let _ = Authorization::parse(&format!("{algorithm} {text}"));
        }
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
