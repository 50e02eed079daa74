//! SDK-HMAC-SHA256 and V11-HMAC-SHA256: signing requests, and verifying signed
//! ones. A client signs by itself, so all but [`SigningScheme`] is public with the
//! feature `verify` alone.
//!
//! Pure functions over borrowed input; nothing here sends anything. A client
//! calls [`sign`] or [`sign_derived`], or has a [`SigningScheme`] choose; a
//! server (or a simulator of one) calls [`verify`] or [`verify_derived`].
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

mod algorithm;
#[cfg(feature = "verify")]
mod authorization;
mod canonical;
mod date;
mod keys;
mod sign;
#[cfg(feature = "verify")]
mod verify;

use std::fmt;
use std::time::Duration;

#[cfg(feature = "verify")]
pub use crate::wire::canonical_query;
#[cfg(feature = "verify")]
pub use crate::wire::encode_path as encode_component;
#[cfg(feature = "verify")]
pub use crate::wire::query_pairs;
#[cfg(feature = "verify")]
pub use algorithm::UnknownAlgorithm;
pub use algorithm::{Algorithm, Scope, SigningScheme};
#[cfg(feature = "verify")]
pub use authorization::{Authorization, CredentialScope};
pub use date::{format_date, parse_date};
pub use sign::{sign, sign_derived};
#[cfg(feature = "verify")]
pub use verify::{VerifyError, verify, verify_derived};

/// How far the clocks of client and server may be apart; the API gateway
/// refuses more with APIGW.0303.
pub const MAX_CLOCK_SKEW: Duration = Duration::from_secs(15 * 60);
/// The name of the usual algorithm; see [`Algorithm`] for all.
#[cfg(feature = "verify")]
pub const ALGORITHM: &str = Algorithm::SdkHmacSha256.name();
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
    /// The lower-case names of the signed headers, sorted, with semicolons
    /// between them.
    pub signed_headers: String,
    /// The signature in lower-case hex.
    pub signature: String,
    /// The value of the Authorization header.
    pub authorization: String,
    /// The headers to send in addition to those of the input, Authorization
    /// excepted. One of a name that the input has takes that one's place.
    pub added_headers: Vec<(&'static str, String)>,
}

impl fmt::Debug for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signed")
            .field("signed_headers", &self.signed_headers)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

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
}
