//! Signing: pure functions from a request and a time to a signature.
//!
//! The rules, oddities among them, are those of the official signer, so that
//! both give the same bytes.

use std::time::SystemTime;

use super::canonical::{self, HeaderBlock};
use super::{
    Algorithm, DATE_HEADER, PAYLOAD_HEADER, Scope, Signed, SigningInput, UNSIGNED_PAYLOAD,
    format_date, keys,
};

/// Signs a request with SDK-HMAC-SHA256.
///
/// The date is that of an `X-Sdk-Date` header among the input's headers, else
/// `now`. Host, X-Sdk-Date and, where the rules ask for it,
/// X-Sdk-Content-Sha256 are added and signed. An Authorization header among the
/// input's headers cannot be part of what it authorizes and is passed over.
///
/// A body is signed by its hash, or by the caller's X-Sdk-Content-Sha256. A
/// header spelled `Content-Type` that begins with neither `application/json`
/// nor `application/bson`, in these very letters, makes the body unsigned, as
/// the official signer has it; under another spelling of the name the hash is
/// signed, which servers take just as well.
pub fn sign(input: &SigningInput<'_>, now: SystemTime) -> Signed {
    sign_for(input, None, now)
}

/// Signs a request with V11-HMAC-SHA256: a key derived from the secret key for
/// the day of signing, the region and the service signs in place of the secret
/// key. Everything else is as [`sign`] does it.
pub fn sign_derived(input: &SigningInput<'_>, scope: Scope<'_>, now: SystemTime) -> Signed {
    sign_for(input, Some(scope), now)
}

fn sign_for(input: &SigningInput<'_>, scope: Option<Scope<'_>>, now: SystemTime) -> Signed {
    let mut added: Vec<(&'static str, String)> = Vec::new();
    let given = |name: &str| canonical::header(input.headers, name);

    let leaves_body_out = leaves_body_out(input.headers);
    if leaves_body_out {
        added.push((PAYLOAD_HEADER, UNSIGNED_PAYLOAD.to_owned()));
    }
    let stated_hash = if leaves_body_out {
        Some(UNSIGNED_PAYLOAD)
    } else {
        given(PAYLOAD_HEADER)
    };
    let payload = payload(input.body, stated_hash);
    if given("Host").is_none() {
        added.push(("Host", input.host.to_owned()));
    }
    let date = given(DATE_HEADER).map_or_else(
        || {
            let date = format_date(now);
            added.push((DATE_HEADER, date.clone()));
            date
        },
        str::to_owned,
    );

    let replaced = |name: &str| leaves_body_out && name.eq_ignore_ascii_case(PAYLOAD_HEADER);
    let headers = input
        .headers
        .iter()
        .copied()
        .filter(|(name, _)| !replaced(name))
        .chain(added.iter().map(|(name, value)| (*name, value.as_str())));
    let block = HeaderBlock::of(headers);
    let canonical_request = canonical::request(input, &block, &payload);
    let info = scope.map(|scope| info(&date, scope));
    let string_to_sign = string_to_sign(&date, info.as_deref(), &canonical_request);
    let signature = match &info {
        None => keys::mac_hex(input.secret_key, &string_to_sign),
        Some(info) => {
            let key = keys::derived_key(input.access_key, input.secret_key, info);
            keys::mac_hex(&key, &string_to_sign)
        }
    };
    let authorization = match &info {
        None => write_authorization(
            Algorithm::SdkHmacSha256,
            input.access_key,
            block.joined_names(),
            &signature,
        ),
        Some(info) => write_authorization(
            Algorithm::V11HmacSha256,
            &format!("{}/{info}", input.access_key),
            block.joined_names(),
            &signature,
        ),
    };
    Signed {
        canonical_request,
        string_to_sign,
        signed_headers: block.into_joined_names(),
        signature,
        authorization,
        added_headers: added,
    }
}

/// Whether the Content-Type keeps the body out of the signature.
fn leaves_body_out(headers: &[(&str, &str)]) -> bool {
    headers
        .iter()
        .find(|(name, _)| *name == "Content-Type")
        .is_some_and(|(_, value)| {
            !value.is_empty()
                && !value.starts_with("application/json")
                && !value.starts_with("application/bson")
        })
}

/// The last line of the canonical request. A body of no bytes has its own hash,
/// whatever the header states.
pub(super) fn payload(body: &[u8], stated_hash: Option<&str>) -> String {
    match stated_hash {
        Some(stated) if !stated.is_empty() && !body.is_empty() => stated.to_owned(),
        _ => keys::sha256_hex(body),
    }
}

/// What a key is derived for: `day/region/service`.
pub(super) fn info(date: &str, scope: Scope<'_>) -> String {
    let day = date.get(..8).unwrap_or(date);
    format!("{day}/{}/{}", scope.region, scope.service)
}

/// What the key signs; `info` is that of a derived key.
pub(super) fn string_to_sign(date: &str, info: Option<&str>, canonical_request: &str) -> String {
    let hash = keys::sha256_hex(canonical_request.as_bytes());
    match info {
        None => format!("{}\n{date}\n{hash}", Algorithm::SdkHmacSha256),
        Some(info) => format!("{}\n{date}\n{info}\n{hash}", Algorithm::V11HmacSha256),
    }
}

/// The name of the part that holds the access key.
pub(super) const fn key_part(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::SdkHmacSha256 => "Access",
        Algorithm::V11HmacSha256 => "Credential",
    }
}

/// Writes the value of the Authorization header. `key` is the access key, followed by `/` and
/// the derivation's info if the key is derived.
fn write_authorization(
    algorithm: Algorithm,
    key: &str,
    signed_headers: &str,
    signature: &str,
) -> String {
    [
        algorithm.name(),
        " ",
        key_part(algorithm),
        "=",
        key,
        ", SignedHeaders=",
        signed_headers,
        ", Signature=",
        signature,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn input<'a>(headers: &'a [(&'a str, &'a str)], body: &'a [u8]) -> SigningInput<'a> {
        SigningInput {
            access_key: "AK",
            secret_key: "SK",
            method: "POST",
            host: "example.com",
            path: "/v1/a",
            query: &[],
            headers,
            body,
        }
    }

    fn signed(headers: &[(&str, &str)], body: &[u8]) -> Signed {
        sign(&input(headers, body), SystemTime::UNIX_EPOCH)
    }

    fn payload_line(signed: &Signed) -> &str {
        signed.canonical_request.lines().last().unwrap()
    }

    #[test]
    fn media_types_that_sign_their_body() {
        let leaves_out = |value| leaves_body_out(&[("Content-Type", value)]);
        for signed in [
            "application/json",
            "application/json; charset=utf-8",
            "application/json-patch+json",
            "application/bson",
            "",
        ] {
            assert!(!leaves_out(signed), "{signed}");
        }
        for unsigned in [
            "application/xml",
            "text/plain",
            "multipart/form-data",
            "Application/JSON",
            " application/json",
        ] {
            assert!(leaves_out(unsigned), "{unsigned}");
        }
        assert!(!leaves_body_out(&[("content-type", "text/plain")]));
    }

    #[test]
    fn an_unsigned_payload_takes_the_place_of_a_stated_hash() {
        let headers = [
            ("Content-Type", "text/plain"),
            ("X-Sdk-Content-Sha256", "00"),
        ];
        let signed = signed(&headers, b"x");
        assert_eq!(payload_line(&signed), UNSIGNED_PAYLOAD);
        assert!(
            signed
                .canonical_request
                .contains("x-sdk-content-sha256:UNSIGNED-PAYLOAD\n")
        );
        assert_eq!(
            signed.added_headers[0],
            (PAYLOAD_HEADER, UNSIGNED_PAYLOAD.to_owned())
        );
    }

    #[test]
    fn no_body_has_the_hash_of_no_bytes() {
        for headers in [
            &[("Content-Type", "text/plain")][..],
            &[("X-Sdk-Content-Sha256", "00")],
            &[],
        ] {
            assert_eq!(payload_line(&signed(headers, b"")), EMPTY, "{headers:?}");
        }
        let blank = signed(&[("X-Sdk-Content-Sha256", " ")], b"x");
        assert_eq!(payload_line(&blank), keys::sha256_hex(b"x"));
    }

    #[test]
    fn a_date_of_any_form_derives_a_key() {
        for date in ["", "2025", "日付日付日付", "20251221T080910Z"] {
            let headers = [("X-Sdk-Date", date)];
            let scope = Scope {
                region: "r",
                service: "s",
            };
            let signed = sign_derived(&input(&headers, b""), scope, SystemTime::UNIX_EPOCH);
            assert!(
                signed
                    .authorization
                    .starts_with("V11-HMAC-SHA256 Credential=AK/")
            );
        }
    }
}
