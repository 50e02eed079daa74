//! What the client knows about an operation besides its types.

/// One operation of a service; a constant of the generated client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The service in lower case, as in its host name: `dcs`.
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
    /// The IAM actions the caller needs.
    pub iam_actions: &'static [&'static str],
    /// Request headers whose values are secret, in lower case.
    pub secret_headers: &'static [&'static str],
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

/// Whether sending a request twice can do harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// Sending it again changes nothing.
    Safe,
    /// Sending it again may act twice.
    Unsafe,
}
