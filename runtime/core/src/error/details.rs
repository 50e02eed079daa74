//! What every response that is an error has in common.

use std::fmt;
use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::body::Reading;
use super::refusal::Refusal;
use crate::operation::Operation;
use crate::redact::{Examination, Redactor, WITHHELD};
use crate::retry::AttemptOutcome;
use crate::wire::SecretBytes;

/// The longest header value that is kept, in bytes.
const LONGEST_HEADER: usize = 256;

/// What the responses of an API mean beyond HTTP, where its vendor says so.
pub trait Conventions: fmt::Debug + Sync {
    /// The headers with the id of a request, in lower case; the first that is there counts.
    fn request_id_headers(&self) -> &'static [&'static str] {
        &["x-request-id"]
    }

    /// What to do about an error whose code says more than its message.
    fn hint(&self, error: &ErrorDetails) -> Option<&'static str> {
        let _ = error;
        None
    }

    /// Whether a code asks for fewer calls; status 429 does so without one.
    fn is_throttled(&self, error: &ErrorDetails) -> bool {
        let _ = error;
        false
    }

    /// Whether a 429 proves that the request went no further. A mere status does not: a proxy on the
    /// way may have passed it on.
    fn proves_unprocessed(&self, error: &ErrorDetails) -> bool {
        let _ = error;
        false
    }

    /// Whether a code blames the credentials; status 401 and 403 do so without one.
    fn is_auth(&self, error: &ErrorDetails) -> bool {
        let _ = error;
        false
    }

    /// What a refusal finds wrong with who called; `None` where it says nothing of that.
    fn refusal(&self, error: &ErrorDetails) -> Option<Refusal> {
        (error.status() == 401).then_some(Refusal::Credentials)
    }

    /// Whether a refusal shows that the server knows who called: it has a code, which no proxy on
    /// the way makes up, and blames something else.
    fn knows_caller(&self, error: &ErrorDetails) -> bool {
        !matches!(error.status(), 401 | 429) && error.unredacted_code().is_some()
    }

    /// The time that a refusal gives as the server's, besides its Date.
    fn server_time(&self, error: &ErrorDetails) -> Option<SystemTime> {
        let _ = error;
        None
    }
}

/// An API without words of its own: its responses mean what HTTP says.
#[derive(Debug, Clone, Copy)]
pub struct Plain;

impl Conventions for Plain {}

/// Those of the API that responded; no part of what is equal.
#[derive(Debug, Clone, Copy)]
struct Api(&'static dyn Conventions);

impl PartialEq for Api {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Api {}

/// What is known about a response that is an error, whatever its shape.
///
/// The server may have repeated what it was sent. So its words stand here only if they are the
/// code or the message of an error in a shape that the services use, and hold no part of a secret
/// of the request in any of the spellings that echoes have (escaped, encoded, cut off, more than
/// once). All else is withheld: [`withheld`](Self::withheld) says how much,
/// [`expose_body`](Self::expose_body) gives it to who takes the risk.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetails {
    operation: &'static Operation,
    status: u16,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    encoded_authorization_message: Option<Encoded>,
    location: Option<String>,
    retry_after: Option<String>,
    withheld: Option<Withheld>,
    unredacted: Unredacted,
    api: Api,
    /// As it came.
    body: SecretBytes,
}

/// The server's code and message, shown or not, for this crate to decide by.
#[derive(Clone, Default, PartialEq, Eq)]
struct Unredacted {
    code: Option<String>,
    message: Option<String>,
}

impl fmt::Debug for Unredacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unredacted").finish_non_exhaustive()
    }
}

/// What the API alone can decode, so that nobody knows what is in it.
#[derive(Clone, PartialEq, Eq)]
struct Encoded(String);

impl fmt::Debug for Encoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// A body of which nothing is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Withheld {
    /// The bytes of the body.
    pub length: usize,
    /// What the response says that they are.
    pub content_type: Option<String>,
}

impl fmt::Display for Withheld {
    /// `512 bytes of text/html`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.length)?;
        match &self.content_type {
            Some(content_type) => write!(f, " of {content_type}"),
            None => Ok(()),
        }
    }
}

impl ErrorDetails {
    /// `unredacted` is what the body says.
    pub(crate) fn new(
        operation: &'static Operation,
        status: StatusCode,
        headers: &HeaderMap,
        body: &Bytes,
        unredacted: Reading,
        redactor: &Redactor,
        conventions: &'static dyn Conventions,
    ) -> Self {
        let mut examination = redactor.examine();
        let mut redacted = |text: Option<String>| text.map(|text| examination.redacted(text));
        let mut code = redacted(unredacted.code.clone());
        let mut message = redacted(unredacted.message.clone());
        let mut request_id = redacted(
            conventions
                .request_id_headers()
                .iter()
                .find_map(|name| text(headers, name))
                .or(unredacted.request_id),
        );
        let mut location = redacted(text(headers, "location").and_then(|it| host_and_path(&it)));
        let mut retry_after = redacted(text(headers, "retry-after"));
        let mut content_type = redacted(text(headers, "content-type"));
        // A part of it is of no use to anybody.
        let encoded = unredacted
            .encoded_authorization_message
            .filter(|it| !redactor.examine_encoded().finds(it.as_bytes()));
        // A secret may stand in pieces.
        let mut all = [
            &mut code,
            &mut message,
            &mut request_id,
            &mut location,
            &mut retry_after,
            &mut content_type,
        ];
        let joined: String = all.iter().flat_map(|it| it.as_deref()).collect();
        if examination.finds(joined.as_bytes()) {
            for text in all.iter_mut().filter_map(|it| it.as_mut()) {
                WITHHELD.clone_into(text);
            }
        }
        // What is no code would be taken for one.
        let code = code.filter(|it| it != WITHHELD);
        let is_told = code.is_some() || message.is_some();
        let is_whole = is_told && message.as_deref() != Some(WITHHELD);
        let withheld = (!is_whole && !body.trim_ascii().is_empty()).then(|| Withheld {
            length: body.len(),
            content_type,
        });
        Self {
            operation,
            status: status.as_u16(),
            code,
            message: message.or_else(|| status.canonical_reason().map(str::to_owned)),
            request_id,
            encoded_authorization_message: encoded.map(Encoded),
            location,
            retry_after,
            withheld,
            unredacted: Unredacted {
                code: unredacted.code,
                message: unredacted.message,
            },
            api: Api(conventions),
            body: SecretBytes::shared(body.clone()),
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

    /// The API's error code, as text whether it came as text or number.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The server's message; where it has none that can be shown, the usual words for the status.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The message as it came, for a look at what it speaks of.
    #[doc(hidden)]
    pub fn unredacted_message(&self) -> &str {
        self.unredacted.message.as_deref().unwrap_or_default()
    }

    /// The code as it came, to decide by.
    #[doc(hidden)]
    pub fn unredacted_code(&self) -> Option<&str> {
        self.unredacted.code.as_deref()
    }

    /// The id that the vendor's support asks for: of a header, else of
    /// the body.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// What the API says about a missing permission, for its interface
    /// DecodeAuthorizationMessage.
    pub fn encoded_authorization_message(&self) -> Option<&str> {
        let encoded = self.encoded_authorization_message.as_ref()?;
        Some(&encoded.0)
    }

    /// What the body is, where nothing of it is shown.
    pub fn withheld(&self) -> Option<&Withheld> {
        self.withheld.as_ref()
    }

    /// The body as it came, which may repeat every secret of the request: for eyes, not for logs.
    pub fn expose_body(&self) -> &[u8] {
        self.body.as_slice()
    }

    /// What to do about it, for codes where that is known: a clock that is
    /// off, a signature or token that is refused, throttling, an API that is
    /// not there, a password that is missing, unwanted or too weak.
    pub fn hint(&self) -> Option<&'static str> {
        self.api.0.hint(self)
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
        self.status == 429 || self.api.0.is_throttled(self)
    }

    /// See [`Error::is_auth`](super::Error::is_auth).
    pub fn is_auth(&self) -> bool {
        matches!(self.status, 401 | 403) || self.api.0.is_auth(self)
    }

    /// How the call ended, as far as it matters for another attempt.
    #[doc(hidden)]
    pub fn outcome(&self) -> AttemptOutcome {
        AttemptOutcome::of_response(self.status, self.api.0.proves_unprocessed(self))
    }
}

impl fmt::Display for ErrorDetails {
    /// `shop.ResetPassword: HTTP 400, SHOP.4845: message (hint: …) (request id …)`.
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
        if let Some(withheld) = &self.withheld {
            write!(
                f,
                " (its body is not shown, since it may repeat a secret: {withheld})"
            )?;
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

/// The first of these headers that is there and may be shown.
pub(crate) fn header_of(
    names: &[&str],
    headers: &HeaderMap,
    redactor: &Redactor,
) -> Option<String> {
    let mut examination = redactor.examine();
    names
        .iter()
        .find_map(|name| redacted_header(headers, name, &mut examination))
}

/// A header's value, or what stands in its place.
pub(crate) fn redacted_header(
    headers: &HeaderMap,
    name: &str,
    examination: &mut Examination<'_>,
) -> Option<String> {
    text(headers, name).map(|value| examination.redacted(value))
}

/// A header's value as one bounded line.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.as_bytes();
    let value = String::from_utf8_lossy(&value[..value.len().min(LONGEST_HEADER)]);
    // Nothing that a terminal would obey.
    let value = if value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        value
    } else {
        value.chars().map(crate::sanitize::plain).collect()
    };
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
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
    use http::HeaderValue;

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
        crate::response::raw(&OPERATION, status, &headers, body).details()
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
    fn what_only_the_api_can_decode_is_not_shown() {
        let body = r#"{"error_code":"X","encoded_authorization_message":"SGlkZGVu"}"#;
        let found = details(403, &[], body);
        assert_eq!(found.encoded_authorization_message(), Some("SGlkZGVu"));
        assert!(!format!("{found} {found:?}").contains("SGlk"));
    }

    #[test]
    fn a_body_of_another_shape_is_withheld_and_kept() {
        let html = "<title>Hidden</title>";
        let found = details(502, &[("content-type", "text/html")], html);
        assert_eq!(
            found.to_string(),
            "dcs.ResetPassword: HTTP 502: Bad Gateway \
             (its body is not shown, since it may repeat a secret: 21 bytes of text/html)"
        );
        assert_eq!(found.expose_body(), html.as_bytes());
        assert!(!format!("{found:?}").contains("Hidden"));
        assert_eq!(details(502, &[], " \n").withheld(), None);
        let shown = details(400, &[], r#"{"error_code":"X","error_msg":"m"}"#);
        assert_eq!(shown.withheld(), None);
    }
}
