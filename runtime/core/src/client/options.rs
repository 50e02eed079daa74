//! What one call does differently from the client's other calls.

use std::fmt;
use std::time::Duration;

use super::checked::{Checked, LONGEST_TIMEOUT};
use super::engine::Engine;
use super::headers::{Value, refused};
use crate::authentication::Authentication;
use crate::invalid::InvalidRequest;
use crate::retry::RetryPolicy;
use crate::secret::Password;

/// What one call does differently from the client's other calls: time limits, retries, further
/// headers. What is not set here is as the client has it.
///
/// Every operation takes it with `call_options`.
///
/// ```
/// use std::time::Duration;
/// use openapi_client_runtime::{CallOptions, Password, RetryPolicy};
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

impl CallOptions {
    /// Changes nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long one attempt may take, from the connection to the last byte of the response. It must
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
    /// The value has no line breaks or other control characters. Headers that the client sets itself
    /// are refused before anything is sent: `Authorization` and what else says who calls, those of
    /// the body (`Content-*`, `Transfer-Encoding`), of the connection (`Host`, `Connection`,
    /// `Upgrade`, `Forwarded` and the like), those by which a gateway would see another request
    /// (`X-HTTP-Method-Override`), `User-Agent`, and what the operation was given by a setter of its
    /// own.
    pub fn header(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.with(name.into(), Value::Plain(value.into()))
    }

    /// [`header`](Self::header) with a secret: its value never prints, and is taken out of what an
    /// response may show.
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

impl<A: Authentication> Engine<A> {
    /// The same client with the options of a call; what they do not set stays. Connections,
    /// credentials and all that was learned are shared.
    #[must_use]
    pub fn with_options(&self, options: &CallOptions) -> Self {
        let mut settings = Checked::clone(&self.0);
        if let Err(problem) = settings.take(options) {
            settings.extra.problem.get_or_insert(problem);
        }
        Self::new(settings)
    }
}

impl<A: Authentication> Checked<A> {
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
        headers.try_for_each(|(name, value)| self.extra.set(name, value, A::HEADERS))
    }
}
