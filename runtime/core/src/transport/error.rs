//! A call without a response.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::operation::Operation;
use crate::sanitize::{self, Sanitized};

/// An error of any layer.
pub(super) type BoxError = Box<dyn StdError + Send + Sync>;

/// What an error comes from, where that says more.
pub(super) fn source<'a>(
    error: &'a (dyn StdError + 'static),
) -> Option<&'a (dyn StdError + 'static)> {
    // Below its own text, OpenSSL repeats itself without the reason.
    #[cfg(feature = "native-tls")]
    if error.is::<::native_tls::Error>() {
        return None;
    }
    error.source()
}

/// What kept a call from having a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: name not found, refused, unreachable.
    Connect,
    /// No response in time; or no [turn](crate::rate) in time, and nothing was sent.
    Timeout,
    /// The encrypted connection could not be set up.
    Tls,
    /// The response broke off or was no HTTP.
    Body,
    /// The response's body is larger than [`MAX_BODY`](super::MAX_BODY), or its
    /// head than 128 KiB.
    TooLarge,
    /// Anything else.
    Other,
}

impl TransportErrorKind {
    fn text(self) -> &'static str {
        match self {
            Self::Connect => "no connection",
            Self::Timeout => "no response in time",
            Self::Tls => "the encrypted connection could not be set up",
            Self::Body => "the response broke off",
            Self::TooLarge => "the response is too large",
            Self::Other => "the request could not be carried out",
        }
    }
}

/// A call that has no response.
///
/// Its text names the server and the reason, and says whether the request may
/// have arrived; it holds no path, no query and no header.
#[derive(Clone)]
pub struct TransportError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: TransportErrorKind,
    may_have_been_processed: bool,
    host: Option<String>,
    operation: Option<&'static Operation>,
    source: Option<Arc<dyn StdError + Send + Sync>>,
    hint: Option<&'static str>,
}

impl TransportError {
    /// An error of this kind. It counts as "may have been processed" until
    /// [`not_sent`](Self::not_sent) says otherwise, [`TransportErrorKind::Connect`]
    /// and [`TransportErrorKind::Tls`] excepted.
    pub fn new(kind: TransportErrorKind) -> Self {
        Self(Box::new(Inner {
            kind,
            may_have_been_processed: !matches!(
                kind,
                TransportErrorKind::Connect | TransportErrorKind::Tls
            ),
            host: None,
            operation: None,
            source: None,
            hint: None,
        }))
    }

    /// States that the request certainly did not reach the server.
    #[must_use]
    pub fn not_sent(mut self) -> Self {
        self.0.may_have_been_processed = false;
        self
    }

    /// States that the request may have reached the server.
    #[must_use]
    pub fn maybe_sent(mut self) -> Self {
        self.0.may_have_been_processed = true;
        self
    }

    /// Names the server, as host and port.
    #[must_use]
    pub fn to_host(mut self, host: impl Into<String>) -> Self {
        self.0.host = Some(host.into());
        self
    }

    /// Keeps the cause. Its text is shown, escaped and cut where that is needed,
    /// so it must not hold secrets; its `Debug` is not.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(Arc::from(source.into()));
        self
    }

    /// Says what to do about it, if that is known.
    pub(super) fn with_hint(mut self, hint: Option<&'static str>) -> Self {
        self.0.hint = hint;
        self
    }

    /// Names the operation.
    #[doc(hidden)]
    pub fn during(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    /// What kept the call from having a response.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// `false` only when the request certainly did not reach the server.
    pub fn may_have_been_processed(&self) -> bool {
        self.0.may_have_been_processed
    }

    /// The operation that was called, if it is known.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }
}

impl TransportError {
    /// What happened and why, without what that means for the request.
    #[doc(hidden)]
    pub fn reason(&self) -> String {
        let mut text = self.0.kind.text().to_owned();
        if let Some(host) = &self.0.host {
            text.push_str(&format!(" ({})", Sanitized(host, sanitize::ADDRESS)));
        }
        // The deepest cause is the one that says something new.
        let mut cause = self.source();
        let mut deepest = None;
        while let Some(error) = cause {
            deepest = Some(error);
            cause = error.source();
        }
        if let Some(error) = deepest {
            let said = error.to_string();
            text.push_str(&format!(": {}", Sanitized(&said, sanitize::SENTENCE)));
        }
        if let Some(hint) = self.0.hint {
            text.push_str("; ");
            text.push_str(hint);
        }
        text
    }
}

impl fmt::Debug for TransportError {
    /// Without the `Debug` of a cause of another's making, which may show what
    /// nobody should log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.0.kind)
            .field("may_have_been_processed", &self.0.may_have_been_processed)
            .field("operation", &self.0.operation)
            .field("reason", &self.reason())
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&self.reason())?;
        f.write_str(if self.0.may_have_been_processed {
            "; the request may have reached the server, so look before sending it again"
        } else {
            "; the request did not reach the server and can be sent again"
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connect_and_tls_are_certain() {
        for (kind, processed) in [
            (TransportErrorKind::Connect, false),
            (TransportErrorKind::Tls, false),
            (TransportErrorKind::Timeout, true),
            (TransportErrorKind::Body, true),
            (TransportErrorKind::TooLarge, true),
            (TransportErrorKind::Other, true),
        ] {
            assert_eq!(
                TransportError::new(kind).may_have_been_processed(),
                processed
            );
        }
        let timeout = TransportError::new(TransportErrorKind::Timeout).not_sent();
        assert!(!timeout.may_have_been_processed());
    }

    #[test]
    fn the_text_says_who_what_and_what_to_do() {
        let cause = std::io::Error::other("connection refused");
        let error = TransportError::new(TransportErrorKind::Connect)
            .to_host("127.0.0.1:9")
            .caused_by(cause);
        assert_eq!(
            error.to_string(),
            "no connection (127.0.0.1:9): connection refused; \
             the request did not reach the server and can be sent again"
        );
        assert!(error.source().is_some());
    }
}
