//! The headers that a call's options add to those of its operation.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::invalid::{InvalidRequest, InvalidRule};
use crate::redact::Redactor;
use crate::secret::Password;
use crate::wire;

/// More headers than this are refused.
const MOST_HEADERS: usize = 64;

/// What the client computes, or must agree with itself about; also what proxies and servers take as
/// a word about the connection. One that ends with `*` stands for all that begin so.
const OWN_HEADERS: &[&str] = &[
    "accept-encoding",
    "authorization",
    "connection",
    "content-*",
    "expect",
    "forwarded",
    "host",
    "http2-settings",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "x-forwarded-*",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-url",
    "x-rewrite-url",
];

/// What a header says.
#[derive(Clone)]
pub(super) enum Value {
    Plain(String),
    Secret(Password),
}

/// The headers that a call's options add, checked.
#[derive(Clone, Default)]
pub(super) struct ExtraHeaders {
    headers: Vec<(HeaderName, HeaderValue)>,
    secrets: Vec<Password>,
    /// What is wrong with the options. It is told when the call is made, with all else that is
    /// wrong with a request.
    pub(super) problem: Option<InvalidRequest>,
}

impl ExtraHeaders {
    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.headers.len()
    }

    /// Whether one of them is of this name.
    pub(super) fn sets(&self, name: &HeaderName) -> bool {
        self.headers.iter().any(|(given, _)| given == name)
    }

    /// Refuses what was wrong with the options.
    pub(super) fn check(&self) -> Result<(), InvalidRequest> {
        self.problem.clone().map_or(Ok(()), Err)
    }

    /// Refuses headers that the request has already.
    pub(super) fn check_against(&self, given: &HeaderMap) -> Result<(), InvalidRequest> {
        let mut names = self.headers.iter().map(|(name, _)| name);
        match names.find(|name| given.contains_key(*name)) {
            None => Ok(()),
            Some(name) => Err(refused(
                name.as_str(),
                "the operation sets this header itself, so it cannot be one of a call's options",
            )),
        }
    }

    /// Adds them to those of a request.
    pub(super) fn add_to(&self, headers: &mut HeaderMap, redactor: &mut Redactor) {
        for (name, value) in &self.headers {
            headers.insert(name, value.clone());
        }
        for secret in &self.secrets {
            redactor.add(secret);
        }
    }

    /// Adds one; `reserved` are those by which requests say who calls.
    pub(super) fn set(
        &mut self,
        name: &str,
        value: &Value,
        reserved: &[&str],
    ) -> Result<(), InvalidRequest> {
        let parsed = HeaderName::try_from(name)
            .map_err(|_| InvalidRequest::from(wire::BuildError::HeaderName))?;
        if is_own(parsed.as_str(), reserved) {
            return Err(refused(
                parsed.as_str(),
                "the client sets this header itself, so it cannot be one of a call's options",
            ));
        }
        let unwritable = |_| {
            let problem = "its value holds control characters, which headers cannot carry; \
                           leave them out";
            refused(parsed.as_str(), problem)
        };
        let written = match value {
            Value::Plain(text) => HeaderValue::from_str(text).map_err(unwritable)?,
            Value::Secret(secret) => {
                self.secrets.push(secret.clone());
                let value = wire::SecretBytes::text(secret.expose());
                value.into_header().map_err(unwritable)?
            }
        };
        self.headers.retain(|(known, _)| *known != parsed);
        if self.headers.len() == MOST_HEADERS {
            return Err(InvalidRequest::of_request(InvalidRule::Malformed(
                "a call's options can add 64 headers at most",
            )));
        }
        self.headers.push((parsed, written));
        Ok(())
    }
}

/// Whether only the client says what stands in this header. Gateways that read headers as variables
/// take `_` for `-`.
fn is_own(name: &str, reserved: &[&str]) -> bool {
    let name = name.replace('_', "-");
    let mut own = OWN_HEADERS.iter().chain(reserved);
    own.any(|own| match own.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == *own,
    })
}

pub(super) fn refused(header: &str, problem: &'static str) -> InvalidRequest {
    InvalidRequest::of_field(header, InvalidRule::Malformed(problem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_headers_are_known_in_every_spelling() {
        let reserved = ["x-shop-*", "x-auth-token"];
        for own in [
            "host",
            "content_type",
            "x-shop-date",
            "x_auth_token",
            "x-shop_hash",
        ] {
            assert!(is_own(own, &reserved), "{own}");
        }
        for other in ["x-language", "x-auth", "accept", "cookie", "x-shop"] {
            assert!(!is_own(other, &reserved), "{other}");
        }
    }
}
