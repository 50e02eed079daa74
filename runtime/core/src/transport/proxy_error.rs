//! A way through a proxy that did not come about.

use std::error::Error as StdError;
use std::fmt;

use http::Uri;

use super::error::{BoxError, source};

/// A way through a proxy that did not come about.
#[derive(Debug)]
pub(super) struct ProxyError {
    /// Host and port; its user and password are not part of it.
    proxy: String,
    pub(super) cause: BoxError,
}

impl ProxyError {
    pub(super) fn new(proxy: &Uri, cause: impl Into<BoxError>) -> Self {
        Self {
            proxy: proxy
                .authority()
                .map(ToString::to_string)
                .unwrap_or_default(),
            cause: cause.into(),
        }
    }

    /// Whether the proxy wants other credentials. hyper-util has no name for it
    /// but its text.
    pub(super) fn is_refusal(&self) -> bool {
        self.cause.to_string() == "tunnel error: proxy authorization required"
    }

    /// Whether the proxy does not connect to this server, for a reason that only it knows.
    fn is_unwillingness(&self) -> bool {
        self.cause.to_string() == "tunnel error: unsuccessful"
    }
}

impl fmt::Display for ProxyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "through the proxy {}: ", self.proxy)?;
        if self.is_refusal() {
            return f.write_str(
                "it wants another login (407); correct it, or give one with \
                 `.proxy_login(user, password)`",
            );
        }
        if self.is_unwillingness() {
            return f.write_str(
                "it did not connect to the server; ask who runs it whether it may go there",
            );
        }
        let mut deepest: &(dyn StdError + 'static) = &*self.cause;
        while let Some(cause) = source(deepest) {
            deepest = cause;
        }
        write!(f, "{deepest}")
    }
}

// The cause is part of the text, and no source besides.
impl StdError for ProxyError {}
