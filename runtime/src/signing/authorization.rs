//! The Authorization header, taken apart.

use super::sign::key_part;
use super::{Algorithm, Scope, VerifyError};

/// What the access key stands beside in the header of a derived key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialScope<'a> {
    /// The day of signing: `YYYYMMDD`.
    pub day: &'a str,
    /// The region and service the key was derived for.
    pub scope: Scope<'a>,
}

/// The parts of `SDK-HMAC-SHA256 Access=…, SignedHeaders=a;b, Signature=…` or
/// of `V11-HMAC-SHA256 Credential=…/day/region/service, SignedHeaders=a;b,
/// Signature=…`.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization<'a> {
    /// The algorithm it names.
    pub algorithm: Algorithm,
    /// The access key id.
    pub access_key: &'a str,
    /// What the key was derived for; `None` for SDK-HMAC-SHA256.
    pub scope: Option<CredentialScope<'a>>,
    /// The lower-case names of the signed headers.
    pub signed_headers: Vec<&'a str>,
    /// The signature in lower-case hex.
    pub signature: &'a str,
}

impl std::fmt::Debug for Authorization<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authorization")
            .field("algorithm", &self.algorithm)
            .field("scope", &self.scope)
            .field("signed_headers", &self.signed_headers)
            .finish_non_exhaustive()
    }
}

impl<'a> Authorization<'a> {
    /// Reads the value of an Authorization header.
    ///
    /// # Errors
    /// [`VerifyError::Algorithm`] when it begins with an unknown algorithm,
    /// [`VerifyError::Malformed`] when a part is missing, twice or unknown.
    pub fn parse(value: &'a str) -> Result<Self, VerifyError> {
        let (algorithm, rest) = value.split_once(' ').unwrap_or((value, ""));
        let algorithm = algorithm.parse().map_err(|_| VerifyError::Algorithm)?;
        let (mut key, mut signed_headers, mut signature) = (None, None, None);
        for part in rest.split(',') {
            let (name, value) = part.trim().split_once('=').ok_or(VerifyError::Malformed)?;
            let slot = match name {
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ if name == key_part(algorithm) => &mut key,
                _ => return Err(VerifyError::Malformed),
            };
            if value.is_empty() || slot.replace(value).is_some() {
                return Err(VerifyError::Malformed);
            }
        }
        let key = key.ok_or(VerifyError::Malformed)?;
        let (access_key, scope) = match algorithm {
            Algorithm::SdkHmacSha256 => (key, None),
            Algorithm::V11HmacSha256 => {
                let (access_key, scope) = credential(key).ok_or(VerifyError::Malformed)?;
                (access_key, Some(scope))
            }
        };
        Ok(Self {
            algorithm,
            access_key,
            scope,
            signed_headers: signed_headers
                .ok_or(VerifyError::Malformed)?
                .split(';')
                .collect(),
            signature: signature.ok_or(VerifyError::Malformed)?,
        })
    }
}

/// Takes `AK/day/region/service` apart, from its end: an access key may hold a
/// slash, the others do not.
fn credential(text: &str) -> Option<(&str, CredentialScope<'_>)> {
    let mut parts = text.rsplitn(4, '/');
    let (service, region, day) = (parts.next()?, parts.next()?, parts.next()?);
    let access_key = parts.next()?;
    let scope = Scope { region, service };
    let complete = [access_key, day, region, service]
        .iter()
        .all(|part| !part.is_empty());
    complete.then_some((access_key, CredentialScope { day, scope }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_official_form_is_read() {
        let parsed = Authorization::parse(
            "SDK-HMAC-SHA256 Access=AK, SignedHeaders=host;x-sdk-date, Signature=00ff",
        )
        .unwrap();
        assert_eq!(parsed.algorithm, Algorithm::SdkHmacSha256);
        assert_eq!(parsed.access_key, "AK");
        assert_eq!(parsed.scope, None);
        assert_eq!(parsed.signed_headers, ["host", "x-sdk-date"]);
        assert_eq!(parsed.signature, "00ff");
        assert!(!format!("{parsed:?}").contains("00ff"));
    }

    #[test]
    fn the_derived_form_is_read() {
        let parsed = Authorization::parse(
            "V11-HMAC-SHA256 Credential=A/K/20251221/globe/iam, SignedHeaders=host, Signature=00ff",
        )
        .unwrap();
        assert_eq!(parsed.algorithm, Algorithm::V11HmacSha256);
        assert_eq!(parsed.access_key, "A/K");
        let scope = parsed.scope.unwrap();
        assert_eq!(scope.day, "20251221");
        assert_eq!((scope.scope.region, scope.scope.service), ("globe", "iam"));
        let shown = format!("{parsed:?}");
        assert!(!shown.contains("A/K") && !shown.contains("00ff"), "{shown}");
    }

    #[test]
    fn other_forms_are_refused() {
        for (text, expected) in [
            ("", VerifyError::Algorithm),
            ("Bearer abc", VerifyError::Algorithm),
            ("SDK-HMAC-SM3 Access=a", VerifyError::Algorithm),
            ("V11-HMAC-SHA256 Credential=a", VerifyError::Malformed),
            (
                "V11-HMAC-SHA256 Credential=a//r/s, SignedHeaders=c, Signature=d",
                VerifyError::Malformed,
            ),
            (
                "V11-HMAC-SHA256 Access=a/d/r/s, SignedHeaders=c, Signature=d",
                VerifyError::Malformed,
            ),
            ("SDK-HMAC-SHA256", VerifyError::Malformed),
            ("SDK-HMAC-SHA256 Access=a", VerifyError::Malformed),
            (
                "SDK-HMAC-SHA256 Credential=a/d/r/s, SignedHeaders=c, Signature=d",
                VerifyError::Malformed,
            ),
            (
                "SDK-HMAC-SHA256 Access=a, Access=b, SignedHeaders=c, Signature=d",
                VerifyError::Malformed,
            ),
            (
                "SDK-HMAC-SHA256 Access=, SignedHeaders=c, Signature=d",
                VerifyError::Malformed,
            ),
            (
                "SDK-HMAC-SHA256 Access=a, SignedHeaders=c, Signature=d, Extra=e",
                VerifyError::Malformed,
            ),
        ] {
            assert_eq!(Authorization::parse(text).unwrap_err(), expected, "{text}");
        }
    }
}
