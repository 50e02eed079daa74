//! The Authorization header, taken apart.

use super::{ALGORITHM, VerifyError};

/// The parts of `SDK-HMAC-SHA256 Access=…, SignedHeaders=a;b, Signature=…`.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization<'a> {
    /// The access key id.
    pub access_key: &'a str,
    /// The lower-case names of the signed headers.
    pub signed_headers: Vec<&'a str>,
    /// The signature in lower-case hex.
    pub signature: &'a str,
}

impl std::fmt::Debug for Authorization<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authorization")
            .field("signed_headers", &self.signed_headers)
            .finish_non_exhaustive()
    }
}

impl<'a> Authorization<'a> {
    /// Reads the value of an Authorization header.
    ///
    /// # Errors
    /// [`VerifyError::Algorithm`] when it begins with another algorithm,
    /// [`VerifyError::Malformed`] when a part is missing, twice or unknown.
    pub fn parse(value: &'a str) -> Result<Self, VerifyError> {
        let (algorithm, rest) = value.split_once(' ').unwrap_or((value, ""));
        if algorithm != ALGORITHM {
            return Err(VerifyError::Algorithm);
        }
        let (mut access_key, mut signed_headers, mut signature) = (None, None, None);
        for part in rest.split(',') {
            let (name, value) = part.trim().split_once('=').ok_or(VerifyError::Malformed)?;
            let slot = match name {
                "Access" => &mut access_key,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => return Err(VerifyError::Malformed),
            };
            if value.is_empty() || slot.replace(value).is_some() {
                return Err(VerifyError::Malformed);
            }
        }
        Ok(Self {
            access_key: access_key.ok_or(VerifyError::Malformed)?,
            signed_headers: signed_headers
                .ok_or(VerifyError::Malformed)?
                .split(';')
                .collect(),
            signature: signature.ok_or(VerifyError::Malformed)?,
        })
    }
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
        assert_eq!(parsed.access_key, "AK");
        assert_eq!(parsed.signed_headers, ["host", "x-sdk-date"]);
        assert_eq!(parsed.signature, "00ff");
        assert!(!format!("{parsed:?}").contains("00ff"));
    }

    #[test]
    fn other_forms_are_refused() {
        for (text, expected) in [
            ("", VerifyError::Algorithm),
            ("Bearer abc", VerifyError::Algorithm),
            ("V11-HMAC-SHA256 Credential=a", VerifyError::Algorithm),
            ("SDK-HMAC-SHA256", VerifyError::Malformed),
            ("SDK-HMAC-SHA256 Access=a", VerifyError::Malformed),
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
