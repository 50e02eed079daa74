//! What one call does differently from the client's other calls.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::build::LONGEST_TIMEOUT;
use super::core::{Core, Settings};
use crate::invalid::{InvalidRequest, InvalidRule};
use crate::redact::Redactor;
use crate::retry::RetryPolicy;
use crate::secret::Password;
use crate::wire;

/// More headers than this are refused.
const MOST_HEADERS: usize = 64;

/// What the client signs, computes, or must agree with itself about; also what proxies and servers
/// take as a word about the connection.
const OWN_HEADERS: &[&str] = &[
    "accept-encoding",
    "authorization",
    "connection",
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
    "x-auth-token",
    "x-domain-id",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-url",
    "x-project-id",
    "x-rewrite-url",
    "x-security-token",
];
/// All headers of signing begin so, those of the body, and those of proxies.
const OWN_PREFIXES: &[&str] = &["x-sdk-", "content-", "x-forwarded-"];

/// What one call does differently from the client's other calls: time limits, retries, further
/// headers. What is not set here is as the client has it.
///
/// Every operation takes it with `call_options`.
///
/// ```
/// use std::time::Duration;
/// use huaweicloud_runtime::{CallOptions, Password, RetryPolicy};
///
/// let options = CallOptions::new()
///     .operation_timeout(Duration::from_secs(5))
///     .retry_policy(RetryPolicy::none())
///     .header("X-Language", "en-us")
///     .secret_header("X-Ticket", Password::new("T-83745612"));
/// assert!(!format!("{options:?}").contains("83745612"));
/// ```
#[derive(Clone, Default)]
#[must_use = "it does nothing until a call takes it"]
pub struct CallOptions {
    attempt_timeout: Option<Duration>,
    operation_timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    headers: Vec<(String, Value)>,
}

/// What a header says.
#[derive(Clone)]
enum Value {
    Plain(String),
    Secret(Password),
}

impl CallOptions {
    /// Changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long one attempt may take, from the connection to the last byte of the answer. It must
    /// not be zero.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.attempt_timeout = Some(limit);
        self
    }

    /// How long the call may take in all: credentials, attempts, and the waits between them. It
    /// must not be zero.
    pub fn operation_timeout(mut self, limit: Duration) -> Self {
        self.operation_timeout = Some(limit);
        self
    }

    /// How often and how soon the call is sent again, where that can do no harm. The
    /// [budget](RetryPolicy::budget) stays the one that all calls of the client share.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sends a further header, which is signed with the rest. Given twice, the later value counts.
    ///
    /// The value has no line breaks or other control characters. Headers that the client sets itself are refused before anything
    /// is sent: those of authentication and signing (`Authorization`, `X-Auth-Token`,
    /// `X-Security-Token`, `X-Project-Id`, `X-Domain-Id`, `X-Sdk-*`), of the body (`Content-*`,
    /// `Transfer-Encoding`), of the connection (`Host`, `Connection`, `Upgrade`, `Forwarded` and the
    /// like), those by which a gateway would see another request (`X-HTTP-Method-Override`),
    /// `User-Agent`, and what the operation was given by a setter of its own.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), Value::Plain(value.into()))
    }

    /// [`header`](Self::header) with a secret: its value never prints, and is taken out of what an
    /// answer may show.
    pub fn secret_header(self, name: impl Into<String>, value: impl Into<Password>) -> Self {
        self.with(name.into(), Value::Secret(value.into()))
    }

    fn with(mut self, name: String, value: Value) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl fmt::Debug for CallOptions {
    /// Of headers the names alone: who calls one plain may be wrong.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("CallOptions")
            .field("attempt_timeout", &self.attempt_timeout)
            .field("operation_timeout", &self.operation_timeout)
            .field("retry_policy", &self.retry)
            .field("headers", &names)
            .finish()
    }
}

/// The headers that a call's options add, checked.
#[derive(Clone, Default)]
pub(super) struct ExtraHeaders {
    headers: Vec<(HeaderName, HeaderValue)>,
    secrets: Vec<Password>,
    /// What is wrong with the options. It is told when the call is made, with all else that is
    /// wrong with a request.
    problem: Option<InvalidRequest>,
}

impl ExtraHeaders {
    /// How many they are.
    pub(super) fn len(&self) -> usize {
        self.headers.len()
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

    fn set(&mut self, name: &str, value: &Value) -> Result<(), InvalidRequest> {
        let parsed = HeaderName::try_from(name)
            .map_err(|_| InvalidRequest::from(wire::BuildError::HeaderName))?;
        if is_own(parsed.as_str()) {
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
                let mut value = HeaderValue::from_str(secret.expose()).map_err(unwritable)?;
                value.set_sensitive(true);
                self.secrets.push(secret.clone());
                value
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
fn is_own(name: &str) -> bool {
    let name = name.replace('_', "-");
    OWN_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || OWN_HEADERS.contains(&name.as_str())
}

fn refused(header: &str, problem: &'static str) -> InvalidRequest {
    InvalidRequest::of_field(header, InvalidRule::Malformed(problem))
}

impl Core {
    /// The same client with the options of a call; what they do not set stays. Connections,
    /// credentials and all that was learned are shared.
    #[must_use]
    pub fn with_options(&self, options: &CallOptions) -> Self {
        let mut settings = Settings::clone(&self.0);
        if let Err(problem) = settings.take(options) {
            settings.extra.problem.get_or_insert(problem);
        }
        Self::new(settings)
    }
}

impl Settings {
    fn take(&mut self, options: &CallOptions) -> Result<(), InvalidRequest> {
        let limits = [
            (
                "attempt_timeout",
                options.attempt_timeout,
                &mut self.timeouts.attempt,
            ),
            (
                "operation_timeout",
                options.operation_timeout,
                &mut self.timeouts.operation,
            ),
        ];
        for (setting, given, limit) in limits {
            let Some(given) = given else { continue };
            if given.is_zero() {
                let problem = "it is zero, so no call could succeed; give it some time";
                return Err(refused(setting, problem));
            }
            *limit = given.min(LONGEST_TIMEOUT);
        }
        self.retry = options.retry.unwrap_or(self.retry);
        let mut headers = options.headers.iter();
        headers.try_for_each(|(name, value)| self.extra.set(name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_headers_are_known_in_every_spelling() {
        for own in ["host", "x-sdk-date", "x_auth_token", "x-sdk_content-sha256"] {
            assert!(is_own(own), "{own}");
        }
        for other in ["x-language", "x-auth", "accept", "cookie", "x-sdk"] {
            assert!(!is_own(other), "{other}");
        }
    }
}
