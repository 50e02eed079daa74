//! SDK-HMAC-SHA256: signing requests, and verifying signed ones.
//!
//! Pure functions over borrowed input; nothing here sends anything. A client
//! calls [`sign`]; a server (or a simulator of one) calls [`verify`].
//!
//! ```
//! use std::time::SystemTime;
//! use huaweicloud_runtime::signing::{SigningInput, sign, verify};
//!
//! let input = SigningInput {
//!     access_key: "AK",
//!     secret_key: "SK",
//!     method: "GET",
//!     host: "bms.cn-north-4.myhuaweicloud.com",
//!     path: "/v1/a",
//!     query: &[],
//!     headers: &[("Content-Type", "application/json")],
//!     body: b"",
//! };
//! let now = SystemTime::now();
//! let signed = sign(&input, now);
//! assert!(signed.authorization.starts_with("SDK-HMAC-SHA256 Access=AK, SignedHeaders="));
//!
//! let mut headers = input.headers.to_vec();
//! headers.extend(signed.added_headers.iter().map(|(name, value)| (*name, value.as_str())));
//! let received = SigningInput { headers: &headers, ..input };
//! verify(&received, &signed.authorization, now).unwrap();
//! ```

mod authorization;
mod canonical;
mod date;
mod verify;

use std::fmt;
use std::time::SystemTime;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

pub use authorization::Authorization;
pub use canonical::{canonical_query, encode_component, query_pairs};
pub use date::{format_date, parse_date};
pub use verify::{MAX_CLOCK_SKEW, VerifyError, verify};

/// The name of the algorithm, as the Authorization header begins.
pub const ALGORITHM: &str = "SDK-HMAC-SHA256";
/// The header with the time of signing.
pub const DATE_HEADER: &str = "X-Sdk-Date";
/// The header that replaces the hash of the body.
pub const PAYLOAD_HEADER: &str = "X-Sdk-Content-Sha256";
/// What [`PAYLOAD_HEADER`] says of a body that is not signed.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// A request to sign or to verify.
#[derive(Clone, Copy)]
pub struct SigningInput<'a> {
    /// The access key id.
    pub access_key: &'a str,
    /// The secret access key.
    pub secret_key: &'a str,
    /// The HTTP method in any case.
    pub method: &'a str,
    /// The Host header's value, used when `headers` has none.
    pub host: &'a str,
    /// The path as it is sent, without the query.
    pub path: &'a str,
    /// The query, decoded, in any order.
    pub query: &'a [(String, String)],
    /// The headers in any order and any case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body, byte for byte as it is sent.
    pub body: &'a [u8],
}

impl fmt::Debug for SigningInput<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningInput")
            .field("method", &self.method)
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

/// A signed request.
///
/// The canonical request holds header values, a security token among them,
/// so `Debug` shows the names of the signed headers only.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed {
    /// The request in the form that is hashed.
    pub canonical_request: String,
    /// What the secret key signs.
    pub string_to_sign: String,
    /// The lower-case names of the signed headers, sorted.
    pub signed_headers: Vec<String>,
    /// The signature in lower-case hex.
    pub signature: String,
    /// The value of the Authorization header.
    pub authorization: String,
    /// The headers to send in addition to those of the input, Authorization
    /// excepted.
    pub added_headers: Vec<(&'static str, String)>,
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed")
            .field("signed_headers", &self.signed_headers)
            .finish_non_exhaustive()
    }
}

/// Signs a request.
///
/// The date is that of an `X-Sdk-Date` header among the input's headers, else
/// `now`. Host, X-Sdk-Date and, where the rules ask for it,
/// X-Sdk-Content-Sha256 are added and signed. An Authorization header among the
/// input's headers cannot be part of what it authorizes and is passed over.
pub fn sign(input: &SigningInput<'_>, now: SystemTime) -> Signed {
    let mut added: Vec<(&'static str, String)> = Vec::new();
    let given = |name: &str| canonical::header(input.headers, name);

    let payload = match given(PAYLOAD_HEADER) {
        Some(value) => value,
        None if given("Content-Type").is_some_and(|value| !signs_body(&value)) => {
            added.push((PAYLOAD_HEADER, UNSIGNED_PAYLOAD.to_owned()));
            UNSIGNED_PAYLOAD.to_owned()
        }
        None => hex(&Sha256::digest(input.body)),
    };
    if given("Host").is_none() {
        added.push(("Host", input.host.to_owned()));
    }
    let date = given(DATE_HEADER).unwrap_or_else(|| {
        let date = format_date(now);
        added.push((DATE_HEADER, date.clone()));
        date
    });

    let headers = input
        .headers
        .iter()
        .copied()
        .chain(added.iter().map(|(name, value)| (*name, value.as_str())));
    let block = canonical::HeaderBlock::of(headers);
    let canonical_request = canonical::request(input, &block, &payload);
    let string_to_sign = string_to_sign(&date, &canonical_request);
    let signature = hex(&mac(input.secret_key, &string_to_sign)
        .finalize()
        .into_bytes());
    let signed_headers = block.names();
    let authorization = format!(
        "{ALGORITHM} Access={}, SignedHeaders={}, Signature={signature}",
        input.access_key,
        signed_headers.join(";"),
    );
    Signed {
        canonical_request,
        string_to_sign,
        signed_headers,
        signature,
        authorization,
        added_headers: added,
    }
}

/// Whether a body of this Content-Type is signed; others are sent unsigned.
/// The official clients look for the two names anywhere in the value.
fn signs_body(content_type: &str) -> bool {
    let content_type = content_type.to_ascii_lowercase();
    content_type.contains("application/json") || content_type.contains("application/bson")
}

fn string_to_sign(date: &str, canonical_request: &str) -> String {
    format!(
        "{ALGORITHM}\n{date}\n{}",
        hex(&Sha256::digest(canonical_request.as_bytes()))
    )
}

fn mac(secret_key: &str, message: &str) -> Hmac<Sha256> {
    // HMAC hashes a key that is too long and pads one that is too short.
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(secret_key.as_bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
    mac.update(message.as_bytes());
    mac
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input() -> SigningInput<'static> {
        SigningInput {
            access_key: "AK",
            secret_key: "HiddenKey",
            method: "POST",
            host: "example.com",
            path: "/v1/a",
            query: &[],
            headers: &[("X-Security-Token", "HiddenToken")],
            body: b"{\"a\":\"HiddenBody\"}",
        }
    }

    #[test]
    fn debug_hides_keys_headers_and_body() {
        let input = input();
        let shown = format!("{input:?} {:?}", sign(&input, SystemTime::UNIX_EPOCH));
        assert!(shown.contains("x-security-token"), "{shown}");
        assert!(!shown.contains("Hidden"), "{shown}");
    }

    #[test]
    fn media_types_that_sign_their_body() {
        for signed in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/bson",
        ] {
            assert!(signs_body(signed), "{signed}");
        }
        for unsigned in ["application/xml", "text/plain", "", "multipart/form-data"] {
            assert!(!signs_body(unsigned), "{unsigned}");
        }
    }
}
