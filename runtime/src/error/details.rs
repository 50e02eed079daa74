//! What every answer that is an error has in common.

use std::fmt;

use http::HeaderMap;

use super::body::Reading;
use super::excerpt::excerpt;
use super::hint;
use crate::operation::Operation;

/// The longest header value that is kept, in bytes.
const LONGEST_HEADER: usize = 256;

/// What is known about an answer that is an error, whatever its shape.
///
/// Secrets of the request that the server echoed are replaced by
/// `[redacted]`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetails {
    operation: &'static Operation,
    status: u16,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    encoded_authorization_message: Option<String>,
    location: Option<String>,
    retry_after: Option<String>,
    body_excerpt: String,
}

impl ErrorDetails {
    pub(crate) fn new(
        operation: &'static Operation,
        status: http::StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Self {
        let reading = Reading::of(status, body);
        Self {
            operation,
            status: status.as_u16(),
            code: reading.code,
            message: reading.message,
            request_id: request_id(headers).or(reading.request_id),
            encoded_authorization_message: reading.encoded_authorization_message,
            location: text(headers, "location").and_then(|value| host_and_path(&value)),
            retry_after: text(headers, "retry-after"),
            // A success that cannot be used may hold what nobody should log.
            body_excerpt: if status.is_success() {
                String::new()
            } else {
                excerpt(body)
            },
        }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The vendor's error code, as text whether it came as text or number.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The server's message; for HTML its title, for an empty body the usual
    /// words for the status.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The id that the vendor's support asks for: of the header X-Request-Id,
    /// else X-IAM-Trace-Id, else of the body.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// What IAM says about a missing permission, for its interface
    /// DecodeAuthorizationMessage.
    pub fn encoded_authorization_message(&self) -> Option<&str> {
        self.encoded_authorization_message.as_deref()
    }

    /// The beginning of the body: at most 512 bytes, control characters
    /// escaped, secrets of the request redacted. Empty if the status means
    /// success.
    pub fn body_excerpt(&self) -> &str {
        &self.body_excerpt
    }

    /// What to do about it, for codes where that is known: a clock that is
    /// off, a signature or token that is refused, throttling, an API that is
    /// not there, a password that is missing, unwanted or too weak.
    pub fn hint(&self) -> Option<&'static str> {
        hint::of(self)
    }

    /// Where a redirect points to: host and path, without the query.
    pub fn location(&self) -> Option<&str> {
        self.location.as_deref()
    }

    /// The Retry-After header: seconds or a date.
    pub fn retry_after(&self) -> Option<&str> {
        self.retry_after.as_deref()
    }

    /// See [`Error::is_throttled`](super::Error::is_throttled).
    pub fn is_throttled(&self) -> bool {
        self.status == 429 || self.gateway_code() == Some("0308")
    }

    /// See [`Error::is_auth`](super::Error::is_auth).
    pub fn is_auth(&self) -> bool {
        matches!(self.status, 401 | 403)
            || matches!(self.gateway_code(), Some("0301" | "0303" | "0307"))
    }

    /// The number in the API gateway's own codes.
    pub(crate) fn gateway_code(&self) -> Option<&str> {
        let code = self.code.as_deref()?;
        code.strip_prefix("APIGW.")
            .or_else(|| code.strip_prefix("APIG."))
    }
}

impl fmt::Display for ErrorDetails {
    /// `dcs.ResetPassword: HTTP 400, DCS.4845: message (hint: …) (request id …)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: HTTP {}", self.operation, self.status)?;
        if let Some(code) = &self.code {
            write!(f, ", {code}")?;
        }
        if let Some(message) = &self.message {
            write!(f, ": {message}")?;
        }
        if let Some(hint) = self.hint() {
            write!(f, " (hint: {hint})")?;
        }
        if let Some(location) = &self.location {
            write!(f, " (redirect to {location})")?;
        }
        if let Some(id) = &self.request_id {
            write!(f, " (request id {id})")?;
        }
        Ok(())
    }
}

/// The request id in the headers.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<String> {
    text(headers, "x-request-id").or_else(|| text(headers, "x-iam-trace-id"))
}

/// A header's value as one bounded line.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.as_bytes();
    let value = String::from_utf8_lossy(&value[..value.len().min(LONGEST_HEADER)]);
    // Nothing that a terminal would obey.
    let value = if value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        value
    } else {
        value.chars().map(plain).collect()
    };
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// A character for people's eyes: a space in place of one that controls how
/// the text around it is shown.
pub(super) fn plain(c: char) -> char {
    let turns =
        matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if c.is_control() || turns { ' ' } else { c }
}

/// A redirect's target without scheme, user info, query and fragment.
fn host_and_path(location: &str) -> Option<String> {
    let address = location.split(['?', '#']).next().unwrap_or_default();
    let address = address
        .split_once("://")
        .map_or(address, |(_, address)| address);
    let (authority, path) = address.split_at(address.find('/').unwrap_or(address.len()));
    let host = authority.rsplit('@').next().unwrap_or_default();
    let shown = format!("{host}{path}");
    (!shown.is_empty()).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Retry;
    use http::{HeaderValue, StatusCode};

    static OPERATION: Operation =
        Operation::new("dcs", "ResetPassword", "POST", "/v2/{project_id}/x").retry(Retry::Unsafe);

    fn details(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> ErrorDetails {
        let headers = headers
            .iter()
            .map(|(name, value)| {
                (
                    http::HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        let status = StatusCode::from_u16(status).unwrap();
        ErrorDetails::new(&OPERATION, status, &headers, body.as_bytes())
    }

    #[test]
    fn the_request_id_has_an_order() {
        let body = r#"{"request_id":"body"}"#;
        let both = [("x-request-id", "header"), ("x-iam-trace-id", "iam")];
        assert_eq!(details(400, &both, body).request_id(), Some("header"));
        assert_eq!(details(400, &both[1..], body).request_id(), Some("iam"));
        assert_eq!(details(400, &[], body).request_id(), Some("body"));
        assert_eq!(
            details(400, &[("x-request-id", " ")], "").request_id(),
            None
        );
    }

    #[test]
    fn a_redirect_shows_host_and_path() {
        for (location, shown) in [
            (
                "https://u:p@login.example.com/a?token=x#y",
                "login.example.com/a",
            ),
            ("/a/b?c=d", "/a/b"),
            ("https://example.com", "example.com"),
        ] {
            let found = details(302, &[("location", location)], "");
            assert_eq!(found.location(), Some(shown));
        }
        assert_eq!(details(302, &[("location", "?a=b")], "").location(), None);
    }

    #[test]
    fn one_line_says_everything() {
        let found = details(
            400,
            &[("x-request-id", "r-1"), ("retry-after", "7")],
            r#"{"error_code":"DCS.4839","error_msg":"no reset"}"#,
        );
        assert_eq!(
            found.to_string(),
            "dcs.ResetPassword: HTTP 400, DCS.4839: no reset (request id r-1)"
        );
        assert_eq!(found.retry_after(), Some("7"));
    }

    #[test]
    fn the_hint_follows_the_message() {
        let body = r#"{"error_code":"DCS.4849","error_msg":"no such field."}"#;
        let found = details(400, &[("x-request-id", "r-1")], body);
        assert_eq!(
            found.to_string(),
            "dcs.ResetPassword: HTTP 400, DCS.4849: no such field. \
             (hint: leave new_password out when no_password_access is true) (request id r-1)"
        );
    }

    #[test]
    fn only_the_body_of_an_error_is_kept() {
        assert_eq!(details(400, &[], "a\nb").body_excerpt(), "a\\nb");
        assert_eq!(details(200, &[], "a\nb").body_excerpt(), "");
    }

    #[test]
    fn throttling_and_authentication() {
        let code =
            |status, code: &str| details(status, &[], &format!(r#"{{"error_code":"{code}"}}"#));
        assert!(code(429, "X").is_throttled());
        assert!(code(400, "APIGW.0308").is_throttled());
        assert!(code(400, "APIG.0308").is_throttled());
        assert!(!code(400, "DCS.0308").is_throttled());
        assert!(code(401, "X").is_auth() && code(403, "X").is_auth());
        assert!(code(400, "APIGW.0307").is_auth());
        assert!(!code(400, "DCS.4845").is_auth());
    }
}
