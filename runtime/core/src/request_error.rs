//! Why a request could not be put together.

use crate::sanitize::{self, sanitized};

/// Why a request could not be put together. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A text that no header can carry.
    #[error("a header value holds characters that headers cannot carry; remove line breaks")]
    HeaderValue,
    /// A text that is no header name.
    #[error("a header name holds characters that header names cannot have")]
    HeaderName,
    /// A header or a cookie that is neither scalar, text, a list nor an object of them.
    #[error(
        "the header or cookie `{}` cannot be written: {problem}",
        sanitized(name, sanitize::NAME)
    )]
    Header {
        /// The parameter.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A query parameter that is neither scalar, text nor a list of them.
    #[error(
        "the query parameter `{}` cannot be written: {problem}",
        sanitized(name, sanitize::NAME)
    )]
    Query {
        /// The parameter.
        name: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A file or a stream that cannot be sent.
    #[error("the body cannot be sent: {problem}")]
    Upload {
        /// What is wrong with it.
        problem: String,
    },
    /// A body that does not serialize.
    #[error("the body cannot be written: {problem}")]
    Body {
        /// What is wrong with it.
        problem: &'static str,
    },
}
