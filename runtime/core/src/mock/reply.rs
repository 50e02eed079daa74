//! How a fake responds.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use crate::response::Download;
use crate::secret;
use crate::transport::{TransportError, TransportErrorKind};
use crate::wire::SecretBytes;

/// A response, or a failure to give one.
#[derive(Clone)]
pub struct Reply {
    outcome: Outcome,
    delay: Duration,
}

#[derive(Clone)]
enum Outcome {
    Response {
        status: StatusCode,
        headers: HeaderMap,
        body: SecretBytes,
    },
    Failure {
        kind: TransportErrorKind,
        arrived: bool,
    },
}

impl Reply {
    /// A response without a body. A status that is none becomes 500.
    pub fn status(status: u16) -> Self {
        Self::of(Outcome::Response {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers: HeaderMap::new(),
            body: SecretBytes::default(),
        })
    }

    /// A response with a JSON body. A value that does not serialize becomes a
    /// body that says so.
    pub fn json<T: Serialize + ?Sized>(status: u16, value: &T) -> Self {
        let (body, _) = secret::collect(|| SecretBytes::json(value));
        let body = body.unwrap_or_else(|_| {
            SecretBytes::from(b"the value does not serialize to JSON".to_vec())
        });
        Self::status(status)
            .header("content-type", "application/json")
            .with_body(body)
    }

    /// A response with a body of any kind, such as a page of a proxy.
    pub fn text(status: u16, content_type: &str, body: impl Into<String>) -> Self {
        Self::status(status)
            .header("content-type", content_type)
            .with_body(SecretBytes::from(body.into().into_bytes()))
    }

    /// A response with a body of bytes.
    pub fn bytes(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self::status(status)
            .header("content-type", content_type)
            .with_body(SecretBytes::shared(body.into()))
    }

    /// A response with the body of a download of bytes; none of one that was read.
    pub fn download(status: u16, content_type: &str, download: &Download) -> Self {
        Self::bytes(status, content_type, download.in_memory())
    }

    /// A response with a body that is one of several.
    #[doc(hidden)]
    pub fn by_media_type(status: u16, body: &impl super::PlayedBody) -> Self {
        body.reply(status)
    }

    /// With another Content-Type, of which a range such as `image/*` stands for one in it.
    #[doc(hidden)]
    #[must_use]
    pub fn of_type(mut self, media_type: &str) -> Self {
        if let Outcome::Response { headers, .. } = &mut self.outcome
            && let Ok(value) = HeaderValue::try_from(media_type.replace('*', "x"))
        {
            headers.insert(http::header::CONTENT_TYPE, value);
        }
        self
    }

    /// No response; `arrived` is whether the request may have been processed.
    pub fn no_response(kind: TransportErrorKind, arrived: bool) -> Self {
        Self::of(Outcome::Failure { kind, arrived })
    }

    /// Adds a header. One that cannot be sent is left out.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        self.put(name, value, |headers, name, value| {
            headers.append(name, value);
        })
    }

    /// With a header in the place of those of its name.
    pub(super) fn with_header(self, name: &str, value: &str) -> Self {
        self.put(name, value, |headers, name, value| {
            headers.insert(name, value);
        })
    }

    fn put(
        mut self,
        name: &str,
        value: &str,
        put: impl FnOnce(&mut HeaderMap, HeaderName, HeaderValue),
    ) -> Self {
        if let Outcome::Response { headers, .. } = &mut self.outcome
            && let (Ok(name), Ok(value)) =
                (name.parse::<HeaderName>(), HeaderValue::from_str(value))
        {
            put(headers, name, value);
        }
        self
    }

    /// Comes only after this time, which is that of tokio: a paused clock
    /// skips it.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    fn of(outcome: Outcome) -> Self {
        Self {
            outcome,
            delay: Duration::ZERO,
        }
    }

    fn with_body(mut self, bytes: SecretBytes) -> Self {
        if let Outcome::Response { body, .. } = &mut self.outcome {
            *body = bytes;
        }
        self
    }

    pub(super) fn delay(&self) -> Duration {
        self.delay
    }

    /// The response as a transport gives it.
    pub(super) fn give(self, number: u64) -> Result<http::Response<Bytes>, TransportError> {
        match self.outcome {
            Outcome::Response {
                status,
                mut headers,
                body,
            } => {
                // The form of the vendor's own ids.
                let id = HeaderValue::from_str(&format!("{number:032x}"));
                if let (false, Ok(id)) = (headers.contains_key("x-request-id"), id) {
                    headers.insert("x-request-id", id);
                }
                let mut response = http::Response::new(body.to_bytes());
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                Ok(response)
            }
            Outcome::Failure { kind, arrived } => {
                let error = TransportError::new(kind).caused_by("the mock was told to fail");
                Err(if arrived {
                    error.maybe_sent()
                } else {
                    error.not_sent()
                })
            }
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Outcome::Response { status, body, .. } => {
                write!(f, "Reply({status}, {} bytes)", body.len())
            }
            Outcome::Failure { kind, .. } => write!(f, "Reply(no response: {kind:?})"),
        }
    }
}
