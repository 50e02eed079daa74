//! The other side: does a signature belong to this request?

use std::time::SystemTime;

use hmac::Mac;

use super::canonical::{self, HeaderBlock};
use super::sign::{info, payload, string_to_sign};
use super::{
    Algorithm, Authorization, DATE_HEADER, MAX_CLOCK_SKEW, PAYLOAD_HEADER, Scope, SigningInput,
    UNSIGNED_PAYLOAD, keys, parse_date,
};
use crate::sanitize::{self, sanitized};

/// Why a signature is not accepted. No part of it quotes the request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// Another algorithm than the one that is asked for.
    #[error(
        "the Authorization header does not begin with SDK-HMAC-SHA256, \
         or with V11-HMAC-SHA256 where a derived key is asked for"
    )]
    Algorithm,
    /// A part of the header is missing, twice or unknown.
    #[error(
        "the Authorization header is not `Access=…, SignedHeaders=…, Signature=…`, \
         nor the same with `Credential=…/day/region/service`"
    )]
    Malformed,
    /// Signed by somebody else.
    #[error("the access key is not known")]
    AccessKey,
    /// The key was derived for another region or service, or for another day
    /// than that of X-Sdk-Date.
    #[error("the key was derived for another day, region or service")]
    Scope,
    /// A header that must be signed is not.
    #[error("the header `{0}` is not signed")]
    NotSigned(&'static str),
    /// A header named in SignedHeaders did not arrive.
    #[error(
        "the signed header `{}` is not in the request",
        sanitized(.0, sanitize::NAME)
    )]
    MissingHeader(String),
    /// X-Sdk-Date is not `YYYYMMDDTHHMMSSZ`.
    #[error("X-Sdk-Date is not of the form YYYYMMDDTHHMMSSZ")]
    Date,
    /// The clocks are too far apart.
    #[error("X-Sdk-Date is more than 15 minutes away from the server's clock")]
    ClockSkew,
    /// The body is not the one that was signed.
    #[error("the body does not have the hash that was signed")]
    Payload,
    /// The signature does not belong to the request.
    #[error("the signature does not match the request")]
    Signature,
}

/// Checks the SDK-HMAC-SHA256 Authorization header of a received request.
///
/// The signature is derived again from the headers named in SignedHeaders,
/// and compared in constant time. `input` carries the keys the server knows,
/// the request as it arrived and all its headers; `now` is the server's clock.
///
/// # Errors
/// [`VerifyError`] says which check failed first.
pub fn verify(
    input: &SigningInput<'_>,
    authorization: &str,
    now: SystemTime,
) -> Result<(), VerifyError> {
    verify_for(input, None, authorization, now)
}

/// Checks the V11-HMAC-SHA256 Authorization header of a request received by
/// the service of this scope; see [`verify`].
///
/// # Errors
/// [`VerifyError`] says which check failed first.
pub fn verify_derived(
    input: &SigningInput<'_>,
    scope: Scope<'_>,
    authorization: &str,
    now: SystemTime,
) -> Result<(), VerifyError> {
    verify_for(input, Some(scope), authorization, now)
}

fn verify_for(
    input: &SigningInput<'_>,
    scope: Option<Scope<'_>>,
    authorization: &str,
    now: SystemTime,
) -> Result<(), VerifyError> {
    let authorization = Authorization::parse(authorization)?;
    let wanted = match scope {
        None => Algorithm::SdkHmacSha256,
        Some(_) => Algorithm::V11HmacSha256,
    };
    if authorization.algorithm != wanted {
        return Err(VerifyError::Algorithm);
    }
    if authorization.access_key != input.access_key {
        return Err(VerifyError::AccessKey);
    }
    if authorization.scope.map(|claimed| claimed.scope) != scope {
        return Err(VerifyError::Scope);
    }
    let names = &authorization.signed_headers;
    let signed = |wanted: &str| names.iter().any(|name| name.eq_ignore_ascii_case(wanted));
    for needed in ["Host", DATE_HEADER] {
        if !signed(needed) {
            return Err(VerifyError::NotSigned(needed));
        }
    }
    for name in names {
        if canonical::header(input.headers, name).is_none() {
            return Err(VerifyError::MissingHeader((*name).to_owned()));
        }
    }

    let date = canonical::header(input.headers, DATE_HEADER).ok_or(VerifyError::Date)?;
    let signed_at = parse_date(date).ok_or(VerifyError::Date)?;
    let apart = now
        .duration_since(signed_at)
        .unwrap_or_else(|ahead| ahead.duration());
    if apart > MAX_CLOCK_SKEW {
        return Err(VerifyError::ClockSkew);
    }
    if let Some(claimed) = authorization.scope
        && date.get(..8) != Some(claimed.day)
    {
        return Err(VerifyError::Scope);
    }

    let payload = checked_payload(input, signed(PAYLOAD_HEADER))?;
    let block = HeaderBlock::of(
        input
            .headers
            .iter()
            .copied()
            .filter(|(name, _)| signed(name)),
    );
    let info = scope.map(|scope| info(date, scope));
    let canonical_request = canonical::request(input, &block, &payload);
    let text = string_to_sign(date, info.as_deref(), &canonical_request);
    let mac = match &info {
        None => keys::mac(input.secret_key, &text),
        Some(info) => {
            let key = keys::derived_key(input.access_key, input.secret_key, info);
            keys::mac(&key, &text)
        }
    };
    let claimed = keys::unhex(authorization.signature).ok_or(VerifyError::Signature)?;
    mac.verify_slice(&claimed)
        .map_err(|_| VerifyError::Signature)
}

/// The payload line of the canonical request, after comparing it with the body.
fn checked_payload(
    input: &SigningInput<'_>,
    header_is_signed: bool,
) -> Result<String, VerifyError> {
    let stated = canonical::header(input.headers, PAYLOAD_HEADER);
    if let Some(stated) = stated {
        if !header_is_signed {
            return Err(VerifyError::NotSigned(PAYLOAD_HEADER));
        }
        let about_body = !stated.is_empty() && stated != UNSIGNED_PAYLOAD;
        if about_body && stated != keys::sha256_hex(input.body) {
            return Err(VerifyError::Payload);
        }
    }
    Ok(payload(input.body, stated))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::signing::sign;

    const BODY: &[u8] = br#"{"a":1}"#;
    const DATE: &str = "20251221T080910Z";

    fn now() -> SystemTime {
        parse_date(DATE).unwrap()
    }

    fn input<'a>(headers: &'a [(&'a str, &'a str)]) -> SigningInput<'a> {
        SigningInput {
            access_key: "AK",
            secret_key: "SK",
            method: "POST",
            host: "example.com",
            path: "/v1/a",
            query: &[],
            headers,
            body: BODY,
        }
    }

    const HEADERS: &[(&str, &str)] = &[
        ("Host", "example.com"),
        ("X-Sdk-Date", DATE),
        ("Content-Type", "application/json"),
    ];

    fn authorization() -> String {
        sign(&input(HEADERS), now()).authorization
    }

    #[test]
    fn what_was_signed_is_accepted() {
        verify(&input(HEADERS), &authorization(), now()).unwrap();
        // A header added on the way changes nothing.
        let mut more = HEADERS.to_vec();
        more.push(("Via", "1.1 proxy"));
        verify(&input(&more), &authorization(), now()).unwrap();
    }

    #[test]
    fn every_change_is_noticed() {
        let authorization = authorization();
        let received = input(HEADERS);
        let check = |changed: SigningInput<'_>| verify(&changed, &authorization, now());
        let query = [("a".to_owned(), "1".to_owned())];
        for changed in [
            SigningInput {
                method: "PUT",
                ..received
            },
            SigningInput {
                path: "/v1/b",
                ..received
            },
            SigningInput {
                query: &query,
                ..received
            },
            SigningInput {
                body: b"{}",
                ..received
            },
            SigningInput {
                secret_key: "other",
                ..received
            },
            input(&[
                ("Host", "elsewhere.com"),
                ("X-Sdk-Date", DATE),
                ("Content-Type", "application/json"),
            ]),
        ] {
            assert_eq!(check(changed), Err(VerifyError::Signature), "{changed:?}");
        }
        assert_eq!(
            check(SigningInput {
                access_key: "other",
                ..received
            }),
            Err(VerifyError::AccessKey)
        );
        assert_eq!(
            check(input(&HEADERS[..2])),
            Err(VerifyError::MissingHeader("content-type".into()))
        );
    }

    #[test]
    fn host_and_date_must_be_signed() {
        let without = |name: &str| authorization().replace(name, "content-type");
        assert_eq!(
            verify(&input(HEADERS), &without("host"), now()),
            Err(VerifyError::NotSigned("Host"))
        );
        assert_eq!(
            verify(&input(HEADERS), &without("x-sdk-date"), now()),
            Err(VerifyError::NotSigned("X-Sdk-Date"))
        );
    }

    #[test]
    fn clocks_may_be_fifteen_minutes_apart() {
        let check = |now| verify(&input(HEADERS), &authorization(), now);
        assert!(check(now() + MAX_CLOCK_SKEW).is_ok());
        assert!(check(now() - MAX_CLOCK_SKEW).is_ok());
        let second = Duration::from_secs(1);
        assert_eq!(
            check(now() + MAX_CLOCK_SKEW + second),
            Err(VerifyError::ClockSkew)
        );
        assert_eq!(
            check(now() - MAX_CLOCK_SKEW - second),
            Err(VerifyError::ClockSkew)
        );
    }

    #[test]
    fn a_given_hash_must_be_that_of_the_body() {
        let actual = keys::sha256_hex(BODY);
        for (hash, expected) in [
            (actual.as_str(), Ok(())),
            (UNSIGNED_PAYLOAD, Ok(())),
            ("00", Err(VerifyError::Payload)),
        ] {
            let mut headers = HEADERS.to_vec();
            headers.push((PAYLOAD_HEADER, hash));
            let authorization = sign(&input(&headers), now()).authorization;
            assert_eq!(
                verify(&input(&headers), &authorization, now()),
                expected,
                "{hash}"
            );
        }
        // Added on the way, it must not switch the check of the body off.
        let mut headers = HEADERS.to_vec();
        headers.push((PAYLOAD_HEADER, UNSIGNED_PAYLOAD));
        assert_eq!(
            verify(&input(&headers), &authorization(), now()),
            Err(VerifyError::NotSigned(PAYLOAD_HEADER))
        );
    }

    #[test]
    fn a_derived_key_is_good_for_its_day_region_and_service() {
        use crate::signing::sign_derived;

        let scope = Scope {
            region: "cn-north-4",
            service: "iotda",
        };
        let check = |scope, authorization: &str| {
            verify_derived(&input(HEADERS), scope, authorization, now())
        };
        let authorization = sign_derived(&input(HEADERS), scope, now()).authorization;
        assert_eq!(check(scope, &authorization), Ok(()));
        for other in [
            Scope {
                region: "globe",
                ..scope
            },
            Scope {
                service: "iam",
                ..scope
            },
        ] {
            assert_eq!(check(other, &authorization), Err(VerifyError::Scope));
        }
        for (part, put, expected) in [
            ("/20251221/", "/20251222/", VerifyError::Scope),
            ("Signature=", "Signature=00", VerifyError::Signature),
            ("V11-", "SDK-", VerifyError::Malformed),
        ] {
            let changed = authorization.replace(part, put);
            assert_eq!(check(scope, &changed), Err(expected), "{part}");
        }
        // Neither algorithm stands in for the other.
        let direct = sign(&input(HEADERS), now()).authorization;
        assert_eq!(check(scope, &direct), Err(VerifyError::Algorithm));
        assert_eq!(
            verify(&input(HEADERS), &authorization, now()),
            Err(VerifyError::Algorithm)
        );
    }
}
