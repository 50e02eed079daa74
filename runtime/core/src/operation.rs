//! What the client knows about an operation besides its types.

mod security;

use std::time::Duration;

pub(crate) use self::security::words;
pub use self::security::{Security, SecurityScheme};
use crate::rate_limit::RateLimit;

/// One operation of a service; a constant of the generated client.
///
/// ```
/// use openapi_client_runtime::{Operation, Retry};
///
/// static SHOW: Operation = Operation::new("shop", "ShowServer", "GET", "/v1/{project_id}/servers/{id}")
///     .retry(Retry::Safe);
/// assert_eq!(SHOW.to_string(), "shop.ShowServer");
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The service in lower case, as in its host name: `shop`.
    pub service: &'static str,
    /// The vendor's name of the operation: `ResetPassword`.
    pub name: &'static str,
    /// The HTTP method in upper case.
    pub method: &'static str,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// The Content-Type of the request body, if there is a body.
    pub content_type: Option<&'static str>,
    /// Whether the call may be sent again when its outcome is unknown.
    pub retry: Retry,
    /// What the caller must be allowed to do, in the vendor's words.
    pub permissions: &'static [&'static str],
    /// Request headers whose values are secret, in lower case.
    pub secret_headers: &'static [&'static str],
    /// Whether it is called without credentials, as signing in is.
    pub anonymous: bool,
    /// What it asks for to know who calls; `None` where all that the client has goes along.
    pub security: Option<Security>,
    /// The limit of its own that the API document gives it.
    pub rate_limit: Option<RateLimit>,
    /// The parameter of its path that is the project, if it has one.
    pub project_id: Option<ProjectParameter>,
}

impl Operation {
    /// An operation without a body that must not be sent twice.
    ///
    /// `service` in lower case, `name` as the vendor has it, `method` in upper
    /// case, `path` with its parameters in braces.
    #[doc(hidden)]
    pub const fn new(
        service: &'static str,
        name: &'static str,
        method: &'static str,
        path: &'static str,
    ) -> Self {
        Self {
            service,
            name,
            method,
            path,
            content_type: None,
            retry: Retry::Unsafe,
            permissions: &[],
            secret_headers: &[],
            anonymous: false,
            security: None,
            rate_limit: None,
            project_id: None,
        }
    }

    /// Says that no credentials go along: they are neither asked for nor sent.
    #[doc(hidden)]
    #[must_use]
    pub const fn anonymous(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// Says what it asks for to know who calls: one of these, and all that is in it, by the names
    /// that the document has for the schemes. Of the client's credentials the first that they fulfil
    /// goes along, and nothing else. Without any, it is [anonymous](Self::anonymous).
    ///
    /// ```
    /// use openapi_client_runtime::{Operation, SecurityScheme};
    ///
    /// static SHOW: Operation = Operation::new("shop", "ShowItem", "GET", "/items/{id}")
    ///     .security(&[
    ///         &[("token", SecurityScheme::Bearer)],
    ///         &[("key", SecurityScheme::ApiKeyHeader("X-Key"))],
    ///     ]);
    /// # let _ = SHOW;
    /// ```
    #[doc(hidden)]
    #[must_use]
    pub const fn security(mut self, alternatives: Security) -> Self {
        self.anonymous = alternatives.is_empty();
        self.security = Some(alternatives);
        self
    }

    /// Sets a limit of its own: this many calls in this many seconds. That of
    /// its service holds besides.
    #[must_use]
    pub const fn rate_limit(mut self, calls: u32, seconds: u32) -> Self {
        let per = Duration::from_secs(seconds as u64);
        self.rate_limit = Some(RateLimit::new(calls, per));
        self
    }

    /// Names the parameter of its path that is the project, with its fewest and most characters.
    #[doc(hidden)]
    #[must_use]
    pub const fn project_id(
        mut self,
        name: &'static str,
        min: Option<u64>,
        max: Option<u64>,
    ) -> Self {
        self.project_id = Some(ProjectParameter { name, min, max });
        self
    }

    /// Sets the Content-Type of the request body.
    #[doc(hidden)]
    #[must_use]
    pub const fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// Says whether sending it twice can do harm.
    #[doc(hidden)]
    #[must_use]
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Sets what the caller must be allowed to do.
    #[doc(hidden)]
    #[must_use]
    pub const fn permissions(mut self, permissions: &'static [&'static str]) -> Self {
        self.permissions = permissions;
        self
    }

    /// Sets the request headers whose values are secret, in lower case.
    #[doc(hidden)]
    #[must_use]
    pub const fn secret_headers(mut self, headers: &'static [&'static str]) -> Self {
        self.secret_headers = headers;
        self
    }
}

impl std::fmt::Display for Operation {
    /// `service.Name`, as errors and logs show it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.service, self.name)
    }
}

impl std::fmt::Debug for Operation {
    /// Short, since every error carries an operation.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Operation({self})")
    }
}

/// The parameter of a path that is the project, which the client puts there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProjectParameter {
    /// Its name in the path.
    pub name: &'static str,
    /// The fewest characters, if there is a bound.
    pub min: Option<u64>,
    /// The most characters, if there is a bound.
    pub max: Option<u64>,
}

/// Whether sending a request twice can do harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// Sending it again changes nothing.
    Safe,
    /// Sending it again may act twice.
    Unsafe,
}
